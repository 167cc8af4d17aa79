//! What a résumé can be asked about: each project and each technology on it, with what to ask. For the person to be
//! ready, and for the panel to take as claims.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::content::{Project, Resume};

/// As many as anybody asks about.
pub const MOST_SUGGESTED: usize = 40;

/// Something that a résumé claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SuggestedClaim)]
pub struct Suggestion {
    /// The project or the technology, as the résumé says it.
    pub text: String,
    /// Where it says so, and what to ask.
    pub detail: String,
}

/// What an own project is asked about: parts, data, sign-in, interfaces, the hardest fault, the way out, the price.
const PROJECT: &str = "What are its parts, and why are they cut like this? How does the data lie, and why? Who signs in, and what may each of them do? \
    Why do its interfaces look the way they do? Which fault was hardest to find? How does a change get to its users, and back? What was given up for what?";
const SHOWN: &str =
    "What did it do there, and why this and nothing else? What went wrong with it, and how was that found? What would you do differently?";
const NOT_SHOWN: &str = "Where did you use it, for what, and how far did that go?";

/// A place that mentions something, and the words.
struct Mention<'r> {
    place: String,
    words: &'r str,
}

/// Projects first, then technologies, each once, none that is known already; at most `most`.
pub fn suggestions(resume: &Resume, known: &[String], most: usize) -> Vec<Suggestion> {
    let mut seen: BTreeSet<String> = known.iter().map(|text| key(text)).collect();
    let projects = resume.projects.iter().map(of_project);
    let technologies = technologies(resume).into_iter().map(|term| of_technology(resume, term));
    projects.chain(technologies).filter(|suggestion| seen.insert(key(&suggestion.text))).take(most.min(MOST_SUGGESTED)).collect()
}

/// Two spellings of one thing.
fn key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Everything that is listed by name: what projects were built with, then the skills.
pub fn technologies(resume: &Resume) -> Vec<&str> {
    let of_projects = resume.projects.iter().flat_map(|project| &project.keywords);
    // A skill that lists technologies is the name of a group; by itself it is one.
    let alone = |skill: &'_ super::content::Skill| skill.keywords.is_empty();
    let of_skills = resume.skills.iter().flat_map(move |skill| alone(skill).then_some(&skill.name).into_iter().chain(&skill.keywords));
    let mut seen = BTreeSet::new();
    of_projects.chain(of_skills).map(String::as_str).filter(|term| !term.is_empty() && seen.insert(key(term))).collect()
}

fn of_project(project: &Project) -> Suggestion {
    let what = project.description.lines().next().unwrap_or_default().trim();
    let text = if what.is_empty() { project.name.clone() } else { format!("{}: {what}", project.name) };
    let seen = if project.url.is_empty() { String::new() } else { format!("It can be seen at {}. ", project.url) };
    Suggestion { text: short(&text, 300), detail: format!("{seen}{PROJECT}") }
}

fn of_technology(resume: &Resume, term: &str) -> Suggestion {
    let shown = mentions(resume, term);
    let told: Vec<String> = shown
        .iter()
        .take(3)
        .map(|mention| {
            if mention.words.is_empty() { mention.place.clone() } else { format!("{}: “{}”", mention.place, short(mention.words, 160)) }
        })
        .collect();
    let listed = listed(resume, term).map(|listed| format!("{listed}. ")).unwrap_or_default();
    let detail = match told.is_empty() {
        true => format!("{listed}No job and no project shows it. {NOT_SHOWN}"),
        false => format!("{listed}{}. {SHOWN}", told.join("; ").trim_end_matches('.')),
    };
    Suggestion { text: short(term, 300), detail }
}

/// Under which skill it stands.
fn listed(resume: &Resume, term: &str) -> Option<String> {
    let is = |other: &str| key(other) == key(term);
    let skill = resume.skills.iter().find(|skill| is(&skill.name) || skill.keywords.iter().any(|keyword| is(keyword)))?;
    let level = if skill.level.is_empty() { String::new() } else { format!(", {}", skill.level) };
    let group = if is(&skill.name) || skill.name.is_empty() { String::new() } else { format!(", {}", skill.name) };
    Some(format!("Listed under Skills{group}{level}"))
}

/// The jobs and projects that show it, a project's list of technologies included.
fn mentions<'r>(resume: &'r Resume, term: &str) -> Vec<Mention<'r>> {
    let mut found = Vec::new();
    for project in &resume.projects {
        let place = format!("In the project {}", project.name);
        let words = project.highlights.iter().map(String::as_str).chain([project.description.as_str()]).find(|text| says(text, term));
        let named = project.keywords.iter().any(|keyword| key(keyword) == key(term));
        found.extend((named || words.is_some()).then(|| Mention { place, words: words.unwrap_or_default() }));
    }
    for work in &resume.work {
        let place = format!("At {}", if work.name.is_empty() { &work.position } else { &work.name });
        let words = work.highlights.iter().map(String::as_str).chain([work.summary.as_str()]).find(|text| says(text, term));
        found.extend(words.map(|words| Mention { place, words }));
    }
    found
}

/// Listed, and shown in no job and no project.
pub fn not_shown(resume: &Resume) -> Vec<&str> {
    technologies(resume).into_iter().filter(|term| mentions(resume, term).is_empty()).collect()
}

/// Whether a text has these words as words. Names as short as Go or C count only as they are written.
fn says(text: &str, term: &str) -> bool {
    let (text, term) =
        if term.chars().count() <= 3 { (text.to_owned(), term.to_owned()) } else { (text.to_lowercase(), term.to_lowercase()) };
    let outside = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '+' | '#'));
    !term.is_empty()
        && text
            .match_indices(&term)
            .any(|(at, _)| outside(text[..at].chars().next_back()) && outside(text[at + term.len()..].chars().next()))
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resume() -> Resume {
        serde_json::from_value(json!({
            "basics": {"name": "Ada"},
            "work": [{"name": "Acme", "position": "Developer", "highlights": ["Cut checkout latency by 60% with redis", "Let us go live daily"]}],
            "projects": [{"name": "Ledger", "description": "Invoices over an API\nMore", "url": "https://ledger.example.org", "keywords": ["Django", "PostgreSQL"]}],
            "skills": [{"name": "Backend", "level": "advanced", "keywords": ["django", "Redis", "Go"]}, {"name": "Kafka"}],
        }))
        .unwrap()
    }

    #[test]
    fn each_project_and_each_technology_is_suggested_once_with_where_it_stands_and_what_to_ask() {
        let found = suggestions(&resume(), &[], MOST_SUGGESTED);
        let texts: Vec<&str> = found.iter().map(|suggestion| suggestion.text.as_str()).collect();
        assert_eq!(texts, ["Ledger: Invoices over an API", "Django", "PostgreSQL", "Redis", "Go", "Kafka"]);
        assert!(found[0].detail.contains("https://ledger.example.org") && found[0].detail.matches('?').count() == 7, "{}", found[0].detail);
        assert!(found[1].detail.starts_with("Listed under Skills, Backend, advanced. In the project Ledger."), "{}", found[1].detail);
        assert!(found[3].detail.contains("At Acme: “Cut checkout latency by 60% with redis”."), "{}", found[3].detail);
        assert!(found[4].detail.contains("No job and no project shows it"), "to go is no language: {}", found[4].detail);
        assert_eq!(not_shown(&resume()), ["Go", "Kafka"]);
    }

    #[test]
    fn what_is_a_claim_already_is_not_suggested_whatever_its_case_and_forty_are_enough() {
        let known = ["  DJANGO ".to_owned(), "ledger:  invoices over an API".to_owned()];
        let texts: Vec<String> = suggestions(&resume(), &known, 3).into_iter().map(|suggestion| suggestion.text).collect();
        assert_eq!(texts, ["PostgreSQL", "Redis", "Go"]);
        let many: Vec<String> = (0..60).map(|number| format!("Tool {number}")).collect();
        let resume: Resume = serde_json::from_value(json!({"skills": [{"keywords": many}]})).unwrap();
        assert_eq!(suggestions(&resume, &[], 100).len(), MOST_SUGGESTED);
    }

    #[test]
    fn a_word_is_a_word_and_not_a_part_of_one() {
        assert!(says("Wrote C, then C++", "C") && says("Wrote C++", "C++") && says("in JAVA.", "Java"));
        assert!(!says("JavaScript", "Java") && !says("C# and C++", "C") && !says("let us go", "Go") && !says("x", ""));
    }
}
