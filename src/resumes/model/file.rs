//! A résumé as a JSON Resume file (jsonresume.org): read strictly in what we keep, and generously in what we do not,
//! which is named.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::content::Resume;
use super::fields::{Field, SECTIONS, Section, section};
use super::raw::{Entry, Raw};
use crate::platform::error::{Error, FieldErrors};
use crate::platform::files::{self, Mistake, Mistakes};

/// The largest file that is looked at; a long résumé has a tenth of it.
pub const LARGEST_FILE: usize = 256 * 1024;

const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// What a file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub resume: Resume,
    pub left_out: Vec<LeftOut>,
}

/// A member of a file that a résumé here has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    /// As in `work[].location`.
    pub member: String,
    /// How often it is there.
    pub times: usize,
}

/// Reads a file, or says everything that is not right in it.
pub fn read_file(bytes: &[u8]) -> Result<Brought, Mistakes> {
    if bytes.len() > LARGEST_FILE {
        return Err(Mistake::whole(format!(
            "A résumé file has at most {} KB; this one has {}.",
            LARGEST_FILE / 1024,
            bytes.len().div_ceil(1024)
        ))
        .into());
    }
    let text = files::text(bytes)?;
    let whole = files::value(text)?;
    let Value::Object(members) = &whole else { return Err(Mistake::at(1, "", "A file begins with { and holds one object.").into()) };
    if !SECTIONS.iter().any(|section| members.contains_key(section.file)) {
        return Err(Mistake::at(1, "", "This is no JSON Resume file: it has neither basics nor work, projects or skills.").into());
    }
    let mut errors = FieldErrors::default();
    let raw = raw_of(&whole, &mut errors);
    let resume = match raw.tidy() {
        Ok(resume) => Some(resume),
        Err(Error::Invalid(more)) => {
            more.iter().for_each(|error| errors.add(place_in_file(&error.field), &error.message));
            None
        }
        Err(_) => return Err(Mistake::whole("This cannot be read.").into()),
    };
    files::located(&errors, text).check()?;
    let resume = resume.ok_or_else(|| Mistake::whole("This cannot be read."))?;
    Ok(Brought { resume, left_out: left_out(&whole) })
}

/// The file of a résumé, which brings the same résumé again.
pub fn to_file(resume: &Resume) -> Value {
    let raw = Raw::of(resume);
    let said = raw.value();
    let mut whole = json!({"$schema": SCHEMA});
    for section in SECTIONS {
        let entries = said[section.name].as_array().map_or_else(|| vec![&said[section.name]], |list| list.iter().collect());
        let entries: Vec<Value> = entries.into_iter().map(|entry| entry_to_file(section, entry)).collect();
        if section.is_list() && !entries.is_empty() {
            put(&mut whole, section.file, entries.into());
        } else if !section.is_list() {
            entries.into_iter().for_each(|entry| put(&mut whole, section.file, entry));
        }
    }
    whole
}

fn entry_to_file(section: &Section, entry: &Value) -> Value {
    let mut written = Value::Object(Map::new());
    for field in section.fields {
        let value = &entry[field.name];
        let empty = value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            put(&mut written, field.file, value.clone());
        }
    }
    written
}

/// Puts a value where its dotted name leads.
fn put(whole: &mut Value, path: &str, value: Value) {
    match path.split_once('.') {
        None => whole[path] = value,
        Some((first, rest)) => {
            if !whole[first].is_object() {
                whole[first] = Value::Object(Map::new());
            }
            put(&mut whole[first], rest, value);
        }
    }
}

fn raw_of(whole: &Value, errors: &mut FieldErrors) -> Raw {
    let mut raw = Raw::default();
    for section in SECTIONS {
        match find(whole, section.file, "", errors) {
            Value::Array(items) if section.is_list() => {
                for (at, item) in items.iter().enumerate() {
                    raw.push(section, entry_of(section, item, &format!("{}[{at}]", section.file), errors));
                }
            }
            Value::Null if section.is_list() => {}
            other if section.is_list() => wrong(errors, section.file, other, "a list"),
            other => raw.push(section, entry_of(section, other, section.file, errors)),
        }
    }
    raw
}

/// The value where a dotted name leads; null where nothing is.
fn find<'v>(value: &'v Value, path: &str, place: &str, errors: &mut FieldErrors) -> &'v Value {
    let mut here = value;
    let mut there = place.to_owned();
    for name in path.split('.') {
        match here {
            Value::Object(members) => here = members.get(name).unwrap_or(&Value::Null),
            Value::Null => return &Value::Null,
            other => {
                wrong(errors, &there, other, "an object");
                return &Value::Null;
            }
        }
        there = if there.is_empty() { name.to_owned() } else { format!("{there}.{name}") };
    }
    here
}

/// Said once, though several fields may lie in it.
fn wrong(errors: &mut FieldErrors, place: &str, value: &Value, must: &str) {
    if errors.iter().any(|error| error.field == place) {
        return;
    }
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    errors.add(place, format!("This must be {must}; it is {is}."));
}

fn entry_of(section: &'static Section, value: &Value, place: &str, errors: &mut FieldErrors) -> Entry {
    if !value.is_object() && !value.is_null() {
        wrong(errors, place, value, "an object");
        return Entry::new();
    }
    let text = |field: &Field, errors: &mut FieldErrors| {
        let mut said = find(value, field.file, place, errors);
        if said.is_null() && !field.older.is_empty() {
            said = find(value, field.older, place, errors);
        }
        text_of(field, said, &format!("{place}.{}", field.file), errors)
    };
    section.fields.iter().map(|field| (field.name, text(field, errors))).collect()
}

fn text_of(field: &Field, value: &Value, place: &str, errors: &mut FieldErrors) -> String {
    use super::fields::Kind;
    // A file may break a line where we have one; only what has paragraphs keeps them.
    let one_line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    match value {
        Value::Null => String::new(),
        Value::String(text) if matches!(field.kind, Kind::Text(_)) => text.clone(),
        Value::String(text) if !field.kind.is_list() => one_line(text),
        Value::Array(items) if field.kind.is_list() => {
            let mut lines = Vec::new();
            for (at, item) in items.iter().enumerate() {
                match item.as_str() {
                    Some(text) => lines.push(one_line(text)),
                    None => wrong(errors, &format!("{place}[{at}]"), item, "a text"),
                }
            }
            lines.join("\n")
        }
        other => {
            wrong(errors, place, other, if field.kind.is_list() { "a list" } else { "a text" });
            String::new()
        }
    }
}

/// Where the file has what is called `work.0.start` here.
fn place_in_file(place: &str) -> String {
    let mut parts = place.split('.');
    let name = parts.next().unwrap_or_default();
    let Some(section) = section(name) else { return place.to_owned() };
    let index = if section.is_list() { parts.next().map(|at| format!("[{at}]")).unwrap_or_default() } else { String::new() };
    let field = parts.next().and_then(|name| section.field(name)).map(|field| format!(".{}", field.file)).unwrap_or_default();
    format!("{}{index}{field}", section.file)
}

/// What of the file is nothing of ours, each once.
fn left_out(whole: &Value) -> Vec<LeftOut> {
    let known = known();
    let mut found = BTreeMap::new();
    look(whole, "", &known, &mut found);
    found.into_iter().map(|(member, times)| LeftOut { member, times }).collect()
}

fn known() -> BTreeSet<String> {
    let mut known = BTreeSet::from(["$schema".to_owned()]);
    for section in SECTIONS {
        upwards(&mut known, section.file);
        let base = if section.is_list() { format!("{}[]", section.file) } else { section.file.to_owned() };
        for field in section.fields {
            upwards(&mut known, &format!("{base}.{}", field.file));
            if !field.older.is_empty() {
                known.insert(format!("{base}.{}", field.older));
            }
        }
    }
    known
}

/// A name and all that it lies in.
fn upwards(known: &mut BTreeSet<String>, path: &str) {
    known.insert(path.to_owned());
    for (end, _) in path.match_indices('.') {
        known.insert(path[..end].to_owned());
    }
}

fn look(value: &Value, place: &str, known: &BTreeSet<String>, found: &mut BTreeMap<String, usize>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| look(item, &format!("{place}[]"), known, found)),
        Value::Object(members) => {
            for (name, inner) in members {
                let here = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
                if known.contains(&here) {
                    look(inner, &here, known, found);
                } else if found.len() < MOST_LEFT_OUT || found.contains_key(&here) {
                    *found.entry(here.chars().take(80).collect()).or_default() += 1;
                }
            }
        }
        _ => {}
    }
}

/// Nobody reads more of them.
const MOST_LEFT_OUT: usize = 50;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fields::Kind;
    use super::*;

    fn mistakes(text: &str) -> Vec<(Option<u32>, String)> {
        let Err(mistakes) = read_file(text.as_bytes()) else { panic!("it was read") };
        mistakes.iter().map(|mistake| (mistake.line, mistake.field.clone())).collect()
    }

    #[test]
    fn what_is_not_right_is_named_with_its_line_and_its_name_in_the_file() {
        let text = "{\n\"basics\": {\"name\": 7, \"location\": \"Berlin\"},\n\"work\": [\n{\"name\": \"x\", \"startDate\": \"May\"},\n\"x\",\n{\"position\": \"y\",\n\"highlights\": \"z\"}],\n\"skills\": {}\n}";
        let mut found = mistakes(text);
        found.sort();
        let expected = [
            (2, "basics.location"),
            (2, "basics.name"),
            (2, "basics.name"),
            (4, "work[0].startDate"),
            (5, "work[1]"),
            (7, "work[2].highlights"),
            (8, "skills"),
        ];
        assert_eq!(found, expected.map(|(line, field)| (Some(line), field.to_owned())));
    }

    #[test]
    fn what_is_no_resume_file_is_told_apart() {
        let said = |bytes: &[u8]| read_file(bytes).unwrap_err().iter().next().unwrap().message.clone();
        assert!(said(b"").contains("empty"));
        assert!(said(b"{\"basics\": {\"name\": \"A\xff\"}}").contains("UTF-8"));
        assert!(said(b"%PDF-1.7").contains("PDF"));
        assert!(said(b"name: Ada").contains("no JSON"));
        assert!(said(b"[]").contains("one object"));
        assert!(said(b"{\"title\": 1}").contains("no JSON Resume"));
        assert!(said(&[b"{\"basics\": ", "[".repeat(200_000).as_bytes()].concat()).contains("nests deeper"));
        assert!(said(&vec![b' '; LARGEST_FILE + 1]).contains("256 KB"));
    }

    #[test]
    fn what_has_no_place_here_is_left_out_and_named_and_older_names_are_known() {
        let text = r#"{"$schema": "x", "meta": {}, "basics": {"name": "Ada", "website": "ada.example.org", "image": "x", "location": {"city": "Bonn", "address": "Way 1"}},
            "work": [{"company": "Acme", "position": "Dev", "location": "Bonn"}, {"name": "Bee", "location": "Rome", "startDate": null}], "awards": []}"#;
        let brought = read_file(text.as_bytes()).unwrap();
        let named: Vec<(&str, usize)> = brought.left_out.iter().map(|left| (left.member.as_str(), left.times)).collect();
        assert_eq!(named, [("awards", 1), ("basics.image", 1), ("basics.location.address", 1), ("meta", 1), ("work[].location", 2)]);
        assert_eq!((brought.resume.basics.url.as_str(), brought.resume.work[0].name.as_str()), ("https://ada.example.org", "Acme"));
    }

    fn said(kind: Kind) -> BoxedStrategy<String> {
        let word = "[A-Za-zé漢+#.&<\"]{1,12}";
        match kind {
            Kind::Line(_) => "[A-Za-zé漢,:&<\" ]{0,30}".boxed(),
            Kind::Text(_) => "[A-Za-zé,.<\" \n]{0,60}".boxed(),
            Kind::Email => prop_oneof![Just(String::new()), "[a-z]{1,8}@example\\.org"].boxed(),
            Kind::Url => prop_oneof![Just(String::new()), "(https://)?[a-z]{1,8}\\.example\\.org/[a-z]{0,5}"].boxed(),
            Kind::Date => prop_oneof![Just(String::new()), "(19|20)[0-9]{2}(-0[1-9](-[12][0-8])?)?"].boxed(),
            Kind::Lines(..) | Kind::Words(..) => prop::collection::vec(word, 0..4).prop_map(|items| items.join("\n")).boxed(),
        }
    }

    /// Any résumé, as somebody may type it.
    pub fn any_raw() -> impl Strategy<Value = Raw> {
        let sections: Vec<_> = SECTIONS
            .iter()
            .map(|section| {
                let texts: Vec<_> = section.fields.iter().map(|field| said(field.kind)).collect();
                let count = if section.is_list() { 0..4_usize } else { 1..2 };
                prop::collection::vec(texts, count).prop_map(move |entries| (section, entries))
            })
            .collect();
        sections.prop_map(|sections| {
            let mut raw = Raw::default();
            for (section, entries) in sections {
                for texts in entries {
                    let mut entry: Entry = section.fields.iter().map(|field| field.name).zip(texts).collect();
                    // What must be filled in is; what ends begins before.
                    entry.entry(section.needs[0]).and_modify(|text| *text = format!("x{}", text.replace("https://", "")));
                    if section.needs[0] == "url" {
                        entry.insert("url", "x.example.org".into());
                    }
                    if entry.contains_key("end") {
                        entry.insert("end", String::new());
                    }
                    raw.push(section, entry);
                }
            }
            raw
        })
    }

    proptest! {
        #[test]
        fn a_resume_that_goes_out_as_a_file_comes_back_the_same(raw in any_raw()) {
            let resume = raw.tidy().unwrap();
            let file = serde_json::to_string_pretty(&to_file(&resume)).unwrap();
            let brought = read_file(file.as_bytes()).unwrap();
            prop_assert_eq!(&brought.resume, &resume);
            prop_assert_eq!(brought.left_out, vec![]);
            prop_assert_eq!(to_file(&brought.resume), to_file(&resume));
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), json in "[\\[\\]{}:,\"a-z0-9 ]{0,80}") {
            let _ = read_file(&bytes);
            let _ = read_file(json.as_bytes());
            let _ = read_file(format!("{{\"basics\": {json}").as_bytes());
        }
    }
}
