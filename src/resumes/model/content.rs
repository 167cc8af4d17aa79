//! What a résumé holds. A text that is empty was not given.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A résumé, section by section, after JSON Resume.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Resume {
    pub basics: Basics,
    /// Where else one is found in public.
    pub profiles: Vec<Profile>,
    pub work: Vec<Work>,
    pub projects: Vec<Project>,
    pub education: Vec<Education>,
    pub skills: Vec<Skill>,
    pub languages: Vec<Language>,
    pub certificates: Vec<Certificate>,
}

/// Who it is about. An empty text means that it is not said, here and below.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Basics {
    pub name: String,
    /// What one does, as in `Backend developer`.
    pub label: String,
    pub email: String,
    pub phone: String,
    pub url: String,
    pub city: String,
    pub region: String,
    /// Two letters, as in `DE`, or the country's name.
    pub country: String,
    pub summary: String,
}

/// A page of one's own elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    pub network: String,
    pub username: String,
    pub url: String,
}

/// A place where one worked. Dates are `2021`, `2021-03` or `2021-03-05`; without an end it goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Work {
    pub position: String,
    /// Of the employer.
    pub name: String,
    pub url: String,
    pub start: String,
    pub end: String,
    pub summary: String,
    pub highlights: Vec<String>,
}

/// Something one built.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Project {
    pub name: String,
    pub description: String,
    pub url: String,
    pub start: String,
    pub end: String,
    pub highlights: Vec<String>,
    /// What it was built with.
    pub keywords: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Education {
    pub institution: String,
    pub area: String,
    pub study_type: String,
    pub url: String,
    pub start: String,
    pub end: String,
    pub score: String,
    pub courses: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Skill {
    pub name: String,
    pub level: String,
    pub keywords: Vec<String>,
}

/// A language one speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = SpokenLanguage)]
pub struct Language {
    pub language: String,
    pub fluency: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Certificate {
    pub name: String,
    pub issuer: String,
    pub date: String,
    pub url: String,
}

impl Resume {
    /// Nothing was written into it yet.
    pub fn is_empty(&self) -> bool {
        *self == Resume::default()
    }

    /// How much of what is in it, as in `2 jobs, 3 projects`.
    pub fn extent(&self) -> String {
        let parts = [
            (self.work.len(), "job", "jobs"),
            (self.projects.len(), "project", "projects"),
            (self.education.len(), "education", "educations"),
            (self.skills.len(), "skill", "skills"),
            (self.languages.len(), "language", "languages"),
            (self.certificates.len(), "certificate", "certificates"),
        ];
        let said: Vec<String> = parts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
            .collect();
        if said.is_empty() { "name and contact only".into() } else { said.join(", ") }
    }
}
