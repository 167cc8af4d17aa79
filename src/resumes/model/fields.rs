//! Every field of a résumé in one table: what it is called here, in a JSON Resume file and on the form, and what it
//! may hold. Form, file and rules all go by it, so none of them can forget one.

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of so many characters.
    Line(usize),
    /// Several lines.
    Text(usize),
    Email,
    Url,
    Date,
    /// One item a line: how many, and how long each.
    Lines(usize, usize),
    /// The same for single words and names, which commas part as well.
    Words(usize, usize),
}

#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    /// In a JSON Resume file; a dot leads into an object.
    pub file: &'static str,
    /// As older files call it.
    pub older: &'static str,
    pub kind: Kind,
    pub label: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub struct Section {
    pub name: &'static str,
    /// Where the file has it.
    pub file: &'static str,
    pub label: &'static str,
    /// One of them.
    pub one: &'static str,
    /// At most so many; one alone is no list.
    pub most: usize,
    pub fields: &'static [Field],
    /// One of these must be filled in.
    pub needs: &'static [&'static str],
}

impl Section {
    pub fn is_list(&self) -> bool {
        self.most > 1
    }

    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Kind {
    pub fn is_list(self) -> bool {
        matches!(self, Kind::Lines(..) | Kind::Words(..))
    }
}

const fn field(name: &'static str, file: &'static str, kind: Kind, label: &'static str) -> Field {
    Field { name, file, older: "", kind, label }
}

const fn called_before(field: Field, older: &'static str) -> Field {
    Field { older, ..field }
}

const START: Field = field("start", "startDate", Kind::Date, "From");
const END: Field = field("end", "endDate", Kind::Date, "Until");
const URL: Field = field("url", "url", Kind::Url, "Link");
const HIGHLIGHTS: Field = field("highlights", "highlights", Kind::Lines(20, 400), "What you did, a line each");

/// In the order of the form.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "basics",
        file: "basics",
        label: "You",
        one: "you",
        most: 1,
        needs: &["name"],
        fields: &[
            field("name", "name", Kind::Line(120), "Name"),
            field("label", "label", Kind::Line(120), "What you do"),
            field("email", "email", Kind::Email, "Email"),
            field("phone", "phone", Kind::Line(40), "Phone"),
            called_before(field("url", "url", Kind::Url, "Your own page"), "website"),
            field("city", "location.city", Kind::Line(80), "City"),
            field("region", "location.region", Kind::Line(80), "Region"),
            field("country", "location.countryCode", Kind::Line(60), "Country"),
            field("summary", "summary", Kind::Text(2_000), "Summary"),
        ],
    },
    Section {
        name: "profiles",
        file: "basics.profiles",
        label: "Public profiles",
        one: "profile",
        most: 10,
        needs: &["url", "username"],
        fields: &[field("network", "network", Kind::Line(60), "Where"), field("username", "username", Kind::Line(80), "Name there"), URL],
    },
    Section {
        name: "work",
        file: "work",
        label: "Work",
        one: "job",
        most: 30,
        needs: &["position", "name"],
        fields: &[
            field("position", "position", Kind::Line(120), "Position"),
            called_before(field("name", "name", Kind::Line(120), "Employer"), "company"),
            START,
            END,
            called_before(URL, "website"),
            field("summary", "summary", Kind::Text(2_000), "What it was about"),
            HIGHLIGHTS,
        ],
    },
    Section {
        name: "projects",
        file: "projects",
        label: "Projects",
        one: "project",
        most: 30,
        needs: &["name"],
        fields: &[
            field("name", "name", Kind::Line(120), "Name"),
            URL,
            START,
            END,
            field("description", "description", Kind::Text(1_000), "What it is"),
            HIGHLIGHTS,
            field("keywords", "keywords", Kind::Words(40, 60), "Technologies"),
        ],
    },
    Section {
        name: "education",
        file: "education",
        label: "Education",
        one: "education",
        most: 15,
        needs: &["institution", "area"],
        fields: &[
            field("institution", "institution", Kind::Line(160), "Where"),
            field("area", "area", Kind::Line(120), "Field"),
            field("study_type", "studyType", Kind::Line(80), "Degree"),
            field("score", "score", Kind::Line(40), "Mark"),
            START,
            END,
            URL,
            field("courses", "courses", Kind::Lines(20, 160), "Courses, a line each"),
        ],
    },
    Section {
        name: "skills",
        file: "skills",
        label: "Skills",
        one: "skill",
        most: 30,
        needs: &["name", "keywords"],
        fields: &[
            field("name", "name", Kind::Line(80), "Skill or group"),
            field("level", "level", Kind::Line(40), "Level"),
            field("keywords", "keywords", Kind::Words(40, 60), "Technologies"),
        ],
    },
    Section {
        name: "languages",
        file: "languages",
        label: "Languages",
        one: "language",
        most: 20,
        needs: &["language"],
        fields: &[field("language", "language", Kind::Line(60), "Language"), field("fluency", "fluency", Kind::Line(60), "How well")],
    },
    Section {
        name: "certificates",
        file: "certificates",
        label: "Certificates",
        one: "certificate",
        most: 30,
        needs: &["name"],
        fields: &[
            field("name", "name", Kind::Line(160), "Name"),
            field("issuer", "issuer", Kind::Line(120), "From whom"),
            field("date", "date", Kind::Date, "When"),
            URL,
        ],
    },
];

/// What a whole résumé may hold, in characters: ten pages.
pub const MOST_LETTERS: usize = 40_000;

pub fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::content::Resume;
    use super::super::raw::Raw;
    use super::*;

    #[test]
    fn the_table_names_every_field_of_a_resume_and_no_other() {
        let mut raw = Raw::default();
        for section in SECTIONS {
            raw.add(section);
        }
        let whole: Resume = serde_json::from_value(raw.value()).expect("the table names only what there is");
        let there = serde_json::to_value(whole).unwrap();
        for section in SECTIONS {
            let entry = if section.is_list() { &there[section.name][0] } else { &there[section.name] };
            let Value::Object(members) = entry else { panic!("{} is no object", section.name) };
            let mut named: Vec<&str> = section.fields.iter().map(|field| field.name).collect();
            named.sort_unstable();
            let mut there: Vec<&str> = members.keys().map(String::as_str).collect();
            there.sort_unstable();
            assert_eq!(there, named, "{}", section.name);
            assert!(section.needs.iter().all(|name| section.field(name).is_some()), "{}", section.name);
        }
        assert_eq!(there.as_object().unwrap().len(), SECTIONS.len());
    }
}
