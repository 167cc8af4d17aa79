//! A résumé as it was typed or brought: texts by section, place and field, before anything is known of them. Here they
//! become a [`Resume`], or every mistake is named at once.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use url::Url;

use super::content::Resume;
use super::dates;
use super::fields::{Field, Kind, MOST_LETTERS, SECTIONS, Section};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;

/// The texts of one entry; of a list, an item a line.
pub type Entry = BTreeMap<&'static str, String>;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Raw(BTreeMap<&'static str, Vec<Entry>>);

impl Raw {
    pub fn of(resume: &Resume) -> Self {
        let whole = serde_json::to_value(resume).unwrap_or_default();
        let mut raw = Raw::default();
        for section in SECTIONS {
            let said = &whole[section.name];
            let entries: Vec<&Value> = said.as_array().map_or_else(|| vec![said], |list| list.iter().collect());
            let entries =
                entries.into_iter().map(|entry| section.fields.iter().map(|field| (field.name, text(&entry[field.name]))).collect());
            raw.0.insert(section.name, entries.collect());
        }
        raw
    }

    pub fn entries(&self, section: &Section) -> &[Entry] {
        self.0.get(section.name).map(Vec::as_slice).unwrap_or_default()
    }

    /// One more, with nothing in it.
    pub fn add(&mut self, section: &'static Section) {
        let entry = section.fields.iter().map(|field| (field.name, String::new())).collect();
        self.0.entry(section.name).or_default().push(entry);
    }

    /// Those behind it move up.
    pub fn remove(&mut self, section: &'static Section, at: usize) {
        let entries = self.0.entry(section.name).or_default();
        if at < entries.len() {
            entries.remove(at);
        }
    }

    /// Changes places with the one before it.
    pub fn move_up(&mut self, section: &'static Section, at: usize) {
        let entries = self.0.entry(section.name).or_default();
        if at > 0 && at < entries.len() {
            entries.swap(at, at - 1);
        }
    }

    pub fn push(&mut self, section: &'static Section, entry: Entry) {
        self.0.entry(section.name).or_default().push(entry);
    }

    /// As the members of a [`Resume`].
    pub fn value(&self) -> Value {
        let mut whole = Map::new();
        for section in SECTIONS {
            let mut entries = self.entries(section).iter().map(|entry| value_of(section, entry));
            let value =
                if section.is_list() { Value::Array(entries.collect()) } else { entries.next().unwrap_or_else(|| Map::new().into()) };
            whole.insert(section.name.into(), value);
        }
        whole.into()
    }

    /// The résumé, or all that is not right with it. What is empty is left away.
    pub fn tidy(&self) -> Result<Resume> {
        let (mut tidy, mut errors) = (Raw::default(), FieldErrors::default());
        for section in SECTIONS {
            let said = self.entries(section).iter().enumerate().filter(|(_, entry)| !section.is_list() || !is_blank(entry));
            for (at, entry) in said {
                let place = if section.is_list() { format!("{}.{at}", section.name) } else { section.name.to_owned() };
                tidy.push(section, tidy_entry(section, entry, &place, &mut errors));
            }
            let count = tidy.entries(section).len();
            if count > section.most {
                errors.add(section.name, format!("Give at most {} here; these are {count}.", section.most));
            }
        }
        if self.0.get("basics").is_none_or(Vec::is_empty) {
            errors.add("basics.name", "Fill this in.");
        }
        let letters: usize = tidy.0.values().flatten().flat_map(BTreeMap::values).map(|text| text.chars().count()).sum();
        if letters > MOST_LETTERS {
            errors.add("basics.summary", format!("A résumé has at most {MOST_LETTERS} characters in all; these are {letters}."));
        }
        errors.check()?;
        serde_json::from_value(tidy.value()).map_err(Error::from)
    }
}

impl Resume {
    /// What a program sends, by the same rules.
    pub fn tidy(&self) -> Result<Resume> {
        Raw::of(self).tidy()
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}

fn value_of(section: &Section, entry: &Entry) -> Value {
    let member = |field: &Field| {
        let text = entry.get(field.name).map(String::as_str).unwrap_or_default();
        let value: Value = if field.kind.is_list() { items(field.kind, text).into() } else { text.into() };
        (field.name.to_owned(), value)
    };
    Value::Object(section.fields.iter().map(member).collect())
}

fn is_blank(entry: &Entry) -> bool {
    entry.values().all(|text| text.trim().is_empty())
}

/// The items of a list that stands in one text.
pub fn items(kind: Kind, text: &str) -> Vec<&str> {
    let ends: &[char] = if matches!(kind, Kind::Words(..)) { &['\n', ','] } else { &['\n'] };
    text.split(ends).map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn tidy_entry(section: &'static Section, entry: &Entry, place: &str, errors: &mut FieldErrors) -> Entry {
    let said = |name: &str| entry.get(name).map(|text| text.trim()).unwrap_or_default();
    let mut tidy = Entry::new();
    for field in section.fields {
        let at = format!("{place}.{}", field.name);
        tidy.insert(field.name, errors.take(&at, read(field.kind, said(field.name))).unwrap_or_default());
    }
    if section.needs.iter().all(|name| said(name).is_empty())
        && let Some(first) = section.needs.first()
    {
        let rest: Vec<String> =
            section.needs[1..].iter().filter_map(|name| section.field(name)).map(|field| field.label.to_lowercase()).collect();
        let message = if rest.is_empty() { "Fill this in.".to_owned() } else { format!("Fill this in, or {}.", rest.join(" or ")) };
        errors.add(format!("{place}.{first}"), message);
    }
    if let (Some(start), Some(end)) = (tidy.get("start").filter(|date| !date.is_empty()), tidy.get("end").filter(|date| !date.is_empty()))
        && dates::compare(start, end).is_gt()
    {
        errors.add(format!("{place}.end"), "This is before the beginning.");
    }
    tidy
}

fn read(kind: Kind, text: &str) -> Result<String, String> {
    match kind {
        Kind::Line(most) => parse::line(&single_spaced(text), 0, most),
        Kind::Text(most) => parse::text(text, most),
        Kind::Lines(most, long) | Kind::Words(most, long) => list(&items(kind, text), most, long),
        _ if text.is_empty() => Ok(String::new()),
        Kind::Email => parse::email(text),
        Kind::Url => url(text),
        Kind::Date => dates::check(text).map(|()| text.to_owned()),
    }
}

/// Nobody means two spaces in a line.
fn single_spaced(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn list(items: &[&str], most: usize, long: usize) -> Result<String, String> {
    if items.len() > most {
        return Err(format!("Give at most {most} here; these are {}.", items.len()));
    }
    let lines: Result<Vec<String>, String> = (1..)
        .zip(items)
        .map(|(number, item)| {
            parse::line(&single_spaced(item), 1, long).map_err(|message| format!("The item at place {number}: {message}"))
        })
        .collect();
    Ok(lines?.join("\n"))
}

/// An address on the web; one that begins with its host is helped.
fn url(text: &str) -> Result<String, String> {
    let message = || "Write a web address, as in https://example.org/me.".to_owned();
    let text = parse::line(text, 0, 300)?;
    let whole = if text.contains("://") { text } else { format!("https://{text}") };
    let parsed: Url = whole.parse().map_err(|_| message())?;
    let host = parsed.host_str().is_some_and(|host| host.contains('.') || host == "localhost");
    let plain = parsed.username().is_empty() && parsed.password().is_none() && !whole.contains(char::is_whitespace);
    if matches!(parsed.scheme(), "http" | "https") && host && plain { Ok(whole) } else { Err(message()) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn errors(resume: Value) -> Vec<String> {
        let resume: Resume = serde_json::from_value(resume).unwrap();
        let Err(Error::Invalid(errors)) = resume.tidy() else { panic!("it passed") };
        errors.iter().map(|error| error.field.clone()).collect()
    }

    #[test]
    fn every_mistake_is_named_at_its_place_and_empty_entries_count_for_nothing() {
        let wrong = json!({
            "basics": {"email": "nowhere", "url": "javascript:alert(1)"},
            "profiles": [{}, {"network": "GitHub"}],
            "work": [{"position": " ", "name": ""}, {"position": "Developer", "start": "2021-05", "end": "2021-04"}, {"summary": "x"}],
            "projects": [{"name": "x", "start": "May 2021", "keywords": ["x".repeat(61)]}],
            "skills": [{"level": "good"}],
        });
        let expected = [
            "basics.email",
            "basics.url",
            "basics.name",
            "profiles.1.url",
            "work.1.end",
            "work.2.position",
            "projects.0.start",
            "projects.0.keywords",
            "skills.0.name",
        ];
        assert_eq!(errors(wrong), expected);
        let many = json!({"basics": {"name": "Ada"}, "languages": vec![json!({"language": "x"}); 21]});
        assert_eq!(errors(many), ["languages"]);
        let long = json!({"basics": {"name": "Ada"}, "work": vec![json!({"name": "x", "summary": "é".repeat(2_000)}); 21]});
        assert_eq!(errors(long), ["basics.summary"]);
    }

    #[test]
    fn what_was_typed_is_tidied_once_and_then_stays() {
        let typed: Resume = serde_json::from_value(json!({
            "basics": {"name": " Ada ", "url": "example.org/ada", "summary": "One.\r\nTwo. "},
            "work": [{"name": "Acme", "highlights": ["Cut it \n  Kept it", " "]}],
            "skills": [{"name": "Backend", "keywords": ["Django, Redis", "C++"]}],
        }))
        .unwrap();
        let tidy = typed.tidy().unwrap();
        assert_eq!((tidy.basics.name.as_str(), tidy.basics.url.as_str()), ("Ada", "https://example.org/ada"));
        assert_eq!(
            (tidy.basics.summary.as_str(), &tidy.work[0].highlights),
            ("One.\nTwo.", &vec!["Cut it".to_owned(), "Kept it".to_owned()])
        );
        assert_eq!(tidy.skills[0].keywords, ["Django", "Redis", "C++"]);
        assert_eq!(tidy.tidy().unwrap(), tidy);
    }

    #[test]
    fn an_entry_that_is_taken_out_takes_no_other_with_it() {
        let section = super::super::fields::section("skills").unwrap();
        let mut raw = Raw::default();
        for name in ["a", "b", "c"] {
            raw.push(section, Entry::from([("name", name.to_owned())]));
        }
        let names = |raw: &Raw| raw.entries(section).iter().map(|entry| entry["name"].clone()).collect::<String>();
        raw.remove(section, 1);
        assert_eq!(names(&raw), "ac");
        raw.move_up(section, 1);
        raw.move_up(section, 0);
        raw.remove(section, 9);
        raw.add(section);
        assert_eq!(names(&raw), "ca");
    }
}
