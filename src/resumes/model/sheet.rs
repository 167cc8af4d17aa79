//! A résumé laid out: one column of headings, lines and points, in the order in which they are read. The page and the
//! plain text are both made from it, so neither says what the other does not.

use serde::Serialize;

use super::content::{Certificate, Education, Project, Resume, Skill, Work};
use super::dates;
use crate::text_enum;

text_enum! {
    /// How a résumé is laid out: the work first, newest at the top; or what one can do first.
    ResumeTemplate { ByTime = "by_time", SkillsFirst = "skills_first" }
}

impl ResumeTemplate {
    pub fn label(self) -> &'static str {
        match self {
            ResumeTemplate::ByTime => "By time",
            ResumeTemplate::SkillsFirst => "Skills first",
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    pub name: String,
    pub label: String,
    pub contact: Vec<Line>,
    pub parts: Vec<Part>,
}

/// A line of text, and where it leads.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub text: String,
    pub url: Option<String>,
}

/// What stands under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    pub heading: &'static str,
    pub paragraphs: Vec<String>,
    pub entries: Vec<Entry>,
    pub points: Vec<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Entry {
    pub title: String,
    pub lines: Vec<Line>,
    pub paragraphs: Vec<String>,
    pub points: Vec<String>,
    /// As in `Technologies: Django, Redis`.
    pub last: String,
}

/// The words that programs look for. No other heading stands on a résumé.
pub const HEADINGS: [&str; 7] = ["Summary", "Work Experience", "Projects", "Education", "Skills", "Certifications", "Languages"];

impl Sheet {
    pub fn of(resume: &Resume, template: ResumeTemplate) -> Self {
        let basics = &resume.basics;
        let summary = part("Summary", paragraphs(&basics.summary), Vec::new(), Vec::new());
        let work = part("Work Experience", Vec::new(), newest_first(&resume.work, |work| (&work.start, &work.end), work_entry), Vec::new());
        let projects = part(
            "Projects",
            Vec::new(),
            newest_first(&resume.projects, |project| (&project.start, &project.end), project_entry),
            Vec::new(),
        );
        let education = part(
            "Education",
            Vec::new(),
            newest_first(&resume.education, |education| (&education.start, &education.end), education_entry),
            Vec::new(),
        );
        let skills = part("Skills", Vec::new(), Vec::new(), resume.skills.iter().map(skill).collect());
        let certificates = part(
            "Certifications",
            Vec::new(),
            newest_first(&resume.certificates, |certificate| (&certificate.date, &certificate.date), certificate_entry),
            Vec::new(),
        );
        let spoken = resume.languages.iter().map(|language| with_brackets(&language.language, &language.fluency));
        let languages = part("Languages", Vec::new(), Vec::new(), spoken.collect());
        let parts = match template {
            ResumeTemplate::ByTime => [summary, work, projects, education, skills, certificates, languages],
            ResumeTemplate::SkillsFirst => [summary, skills, projects, work, education, certificates, languages],
        };
        Sheet {
            name: basics.name.clone(),
            label: basics.label.clone(),
            contact: contact(resume),
            parts: parts.into_iter().filter(Part::says_something).collect(),
        }
    }
}

impl Part {
    fn says_something(&self) -> bool {
        !(self.paragraphs.is_empty() && self.entries.is_empty() && self.points.is_empty())
    }
}

fn part(heading: &'static str, paragraphs: Vec<String>, entries: Vec<Entry>, points: Vec<String>) -> Part {
    Part { heading, paragraphs, entries, points }
}

fn newest_first<'r, T>(items: &'r [T], period: impl Fn(&'r T) -> (&'r str, &'r str), entry: fn(&T) -> Entry) -> Vec<Entry>
where
    &'r T: Copy,
{
    let mut sorted: Vec<&'r T> = items.iter().collect();
    sorted.sort_by(|one, other| dates::newest_first(period(one), period(other)));
    sorted.into_iter().map(entry).collect()
}

fn contact(resume: &Resume) -> Vec<Line> {
    let basics = &resume.basics;
    let place = joined([&basics.city, &basics.region, &basics.country], ", ");
    let mail = Line { text: basics.email.clone(), url: Some(format!("mailto:{}", basics.email)) };
    let profiles = resume.profiles.iter().map(|profile| {
        let name = joined([&profile.network, &profile.username], " ");
        let text = if profile.url.is_empty() { name } else { joined([&name, &profile.url], ": ") };
        Line { text, url: Some(profile.url.clone()) }
    });
    [mail, plain(&basics.phone), plain(&place), link(&basics.url)]
        .into_iter()
        .chain(profiles)
        .filter(|line| !line.text.is_empty())
        .map(|line| Line { url: line.url.filter(|url| !url.is_empty()), ..line })
        .collect()
}

fn work_entry(work: &Work) -> Entry {
    Entry {
        title: joined([&work.position, &work.name], ", "),
        lines: lines([plain(&dates::period(&work.start, &work.end)), link(&work.url)]),
        paragraphs: paragraphs(&work.summary),
        points: work.highlights.clone(),
        last: String::new(),
    }
}

fn project_entry(project: &Project) -> Entry {
    Entry {
        title: project.name.clone(),
        lines: lines([plain(&dates::period(&project.start, &project.end)), link(&project.url)]),
        paragraphs: paragraphs(&project.description),
        points: project.highlights.clone(),
        last: listed("Technologies", &project.keywords),
    }
}

fn education_entry(education: &Education) -> Entry {
    let degree = joined([&education.study_type, &education.area], ", ");
    let score = if education.score.is_empty() { String::new() } else { format!("Grade: {}", education.score) };
    Entry {
        title: joined([&degree, &education.institution], ", "),
        lines: lines([plain(&dates::period(&education.start, &education.end)), plain(&score), link(&education.url)]),
        last: listed("Courses", &education.courses),
        ..Entry::default()
    }
}

fn certificate_entry(certificate: &Certificate) -> Entry {
    let date = if certificate.date.is_empty() { String::new() } else { dates::words(&certificate.date) };
    Entry {
        title: joined([&certificate.name, &certificate.issuer], ", "),
        lines: lines([plain(&date), link(&certificate.url)]),
        ..Entry::default()
    }
}

fn skill(skill: &Skill) -> String {
    let name = with_brackets(&skill.name, &skill.level);
    joined([&name, &skill.keywords.join(", ")], ": ")
}

fn with_brackets(what: &str, how: &str) -> String {
    match (what.is_empty(), how.is_empty()) {
        (_, true) => what.to_owned(),
        (true, _) => how.to_owned(),
        _ => format!("{what} ({how})"),
    }
}

fn listed(what: &str, items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("{what}: {}", items.join(", ")) }
}

fn joined<const N: usize>(parts: [&str; N], between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn plain(text: &str) -> Line {
    Line { text: text.to_owned(), url: None }
}

/// The address itself is what is read: on paper nobody can press it.
fn link(url: &str) -> Line {
    Line { text: url.to_owned(), url: Some(url.to_owned()) }
}

fn lines<const N: usize>(lines: [Line; N]) -> Vec<Line> {
    lines.into_iter().filter(|line| !line.text.is_empty()).collect()
}
