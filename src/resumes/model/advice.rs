//! What is worth another look on a résumé before somebody else reads it. Nothing here forbids anything.

use serde::Serialize;
use utoipa::ToSchema;

use super::content::Resume;
use super::probes;

/// A remark about one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Advice {
    /// As in `skills`.
    pub section: &'static str,
    pub text: String,
}

/// More technologies than this nobody can talk about.
const MANY: usize = 25;

pub fn advice(resume: &Resume) -> Vec<Advice> {
    let mut found = Vec::new();
    let mut add = |section, text: String| found.push(Advice { section, text });
    if resume.basics.summary.is_empty() {
        add(
            "basics",
            "There is no summary. Two or three sentences about what you build and what you want to do next are what is read first.".into(),
        );
    }
    let public = [&resume.basics.url].into_iter().chain(resume.profiles.iter().map(|profile| &profile.url));
    if public.chain(resume.projects.iter().map(|project| &project.url)).all(String::is_empty) {
        add(
            "profiles",
            "Nothing here can be looked at. One repository with tests and a README, or one thing that runs, says more than a list.".into(),
        );
    }
    if resume.projects.is_empty() {
        add(
            "projects",
            "There is no project. Interviewers ask longest about things you built yourself; a small one that you know well is enough."
                .into(),
        );
    }
    for project in resume.projects.iter().filter(|project| project.highlights.is_empty()) {
        add("projects", format!("{} does not say what your part was. Add a decision you made, or a problem you solved.", project.name));
    }
    for work in resume.work.iter().filter(|work| work.highlights.is_empty() && work.summary.is_empty()) {
        let name = if work.name.is_empty() { &work.position } else { &work.name };
        add("work", format!("{name} says where you were and not what you did."));
    }
    let unshown = probes::not_shown(resume);
    if !unshown.is_empty() {
        let (told, more) = (unshown.iter().take(8).copied().collect::<Vec<_>>().join(", "), unshown.len().saturating_sub(8));
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        add(
            "skills",
            format!("Listed, and shown in no job and no project: {told}{more}. Say where you used them, or be ready to be asked."),
        );
    }
    let count = probes::technologies(resume).len();
    if count > MANY {
        add(
            "skills",
            format!("{count} technologies are listed, and each can be asked about. Keep those you could talk about for five minutes."),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_listed_and_not_shown_and_what_says_nothing_is_pointed_at() {
        let sections = |resume: &Resume| advice(resume).iter().map(|advice| advice.section).collect::<Vec<_>>();
        let bare: Resume =
            serde_json::from_value(json!({"work": [{"name": "Acme"}], "projects": [{"name": "Ledger"}], "skills": [{"name": "Kafka"}]}))
                .unwrap();
        assert_eq!(sections(&bare), ["basics", "profiles", "projects", "work", "skills"]);
        let good: Resume = serde_json::from_value(json!({
            "basics": {"summary": "Builds.", "url": "https://example.org"},
            "work": [{"name": "Acme", "highlights": ["Used Kafka"]}],
            "projects": [{"name": "Ledger", "highlights": ["Chose one table"]}],
            "skills": [{"name": "Kafka"}],
        }))
        .unwrap();
        assert_eq!(sections(&good), Vec::<&str>::new());
    }
}
