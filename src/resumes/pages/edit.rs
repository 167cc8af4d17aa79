//! Writing one's own résumé: all of it on one page, saved by a button.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::model::{Entry, Kind, OwnResume, Raw, SECTIONS, Section};
use super::super::service;
use super::form::{Difference, ResumeForm, control, differences};
use super::{RESUME_URL, crumbs};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, Person};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct EditPage {
    crumbs: Vec<Crumb>,
    action: &'static str,
    cancel_url: &'static str,
    version: String,
    /// What is in the form was shown again and not kept.
    unsaved: bool,
    errors: FormErrors,
    /// Where another window saved first: its words beside one's own.
    conflict: Vec<Difference>,
    sections: Vec<SectionFields>,
}

#[derive(Debug, Serialize)]
struct SectionFields {
    name: &'static str,
    label: &'static str,
    one: &'static str,
    is_list: bool,
    full: bool,
    error: Option<String>,
    rows: Vec<RowFields>,
}

#[derive(Debug, Serialize)]
struct RowFields {
    at: usize,
    /// `work.0`, for its buttons.
    place: String,
    title: String,
    fields: Vec<Input>,
}

#[derive(Debug, Serialize)]
struct Input {
    id: String,
    label: &'static str,
    kind: &'static str,
    /// Over both columns.
    wide: bool,
    rows: usize,
    needed: bool,
    hint: Option<&'static str>,
    max: usize,
    value: String,
    error: Option<String>,
}

/// The form as it is shown again.
#[derive(Default)]
struct Again {
    raw: Raw,
    version: String,
    unsaved: bool,
    errors: FormErrors,
    conflict: Vec<Difference>,
}

pub async fn edit(visitor: Visitor) -> PageResult {
    visitor
        .page(|tx, actor| {
            let own = service::own(tx, actor)?;
            Ok(EditPage::of(Again { raw: offered(&own, actor), version: own.version.to_string(), ..Again::default() }))
        })
        .await
}

pub async fn update(visitor: Visitor, Form(form): Form<ResumeForm>) -> PageResult {
    let version = form.get("version").to_owned();
    if let Some(raw) = form.pressed() {
        let again = Again { raw, version, unsaved: true, ..Again::default() };
        return visitor.page(|_, actor| actor.account().map(|_| EditPage::of(again))).await;
    }
    let (sent, raw) = (form.clone(), form.raw());
    let saved = visitor.write(move |tx, actor| {
        actor.account()?;
        service::save(tx, actor, sent.version()?, &sent.raw().tidy()?)
    });
    let (status, again) = match saved.await {
        Ok(_) => return see_other_with(RESUME_URL, "saved"),
        Err(Error::Stale { current }) => (StatusCode::PRECONDITION_FAILED, conflict(raw, current)?),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            (status, Again { raw, version, errors, ..Again::default() })
        }
    };
    visitor.page_with(status, move |_, _| Ok(EditPage::of(again))).await
}

/// Both texts side by side; what was typed stays in the form and is saved over the newest only by another press.
fn conflict(raw: Raw, current: serde_json::Value) -> Result<Again> {
    let current: OwnResume = serde_json::from_value(current)?;
    let errors = FormErrors::whole(
        "Your résumé was saved in another window in the meantime. Its words stand beside yours; yours are still in the form. Save again to keep yours.",
    );
    Ok(Again { conflict: differences(&raw, &current), version: current.version.to_string(), raw, errors, unsaved: true })
}

/// Nobody begins before an empty page: who one is is known, and there is room for the first of each.
fn offered(own: &OwnResume, actor: &Actor) -> Raw {
    if !own.resume.is_empty() {
        return Raw::of(&own.resume);
    }
    let mut raw = Raw::default();
    for section in SECTIONS {
        raw.add(section);
    }
    let Person::Account { name, email, .. } = &actor.person else { return raw };
    let mut first = Raw::default();
    for section in SECTIONS {
        for entry in raw.entries(section) {
            let mut entry = entry.clone();
            if section.name == "basics" {
                entry.insert("name", name.clone());
                entry.insert("email", email.clone());
            }
            first.push(section, entry);
        }
    }
    first
}

impl EditPage {
    fn of(again: Again) -> Self {
        EditPage {
            crumbs: crumbs("Write it"),
            action: "/account/resume/edit",
            cancel_url: RESUME_URL,
            sections: SECTIONS.iter().map(|section| SectionFields::of(section, &again)).collect(),
            version: again.version,
            unsaved: again.unsaved,
            errors: again.errors,
            conflict: again.conflict,
        }
    }
}

impl SectionFields {
    fn of(section: &'static Section, again: &Again) -> Self {
        let mut entries = again.raw.entries(section).to_vec();
        if entries.is_empty() && !section.is_list() {
            entries.push(Entry::new());
        }
        SectionFields {
            name: section.name,
            label: section.label,
            one: section.one,
            is_list: section.is_list(),
            full: entries.len() >= section.most,
            error: again.errors.fields.get(section.name).cloned(),
            rows: entries.iter().enumerate().map(|(at, entry)| RowFields::of(section, at, entry, &again.errors)).collect(),
        }
    }
}

impl RowFields {
    fn of(section: &'static Section, at: usize, entry: &Entry, errors: &FormErrors) -> Self {
        let said = |name: &str| entry.get(name).cloned().unwrap_or_default();
        let named = section.needs.iter().map(|name| said(name)).find(|text| !text.trim().is_empty());
        let fields = section.fields.iter().map(|field| {
            let id = control(section, at, field.name);
            let (kind, max) = kind(field.kind);
            let (rows, wide) = match field.kind {
                Kind::Text(_) | Kind::Lines(..) => (3, true),
                Kind::Words(..) => (2, true),
                _ => (1, false),
            };
            Input {
                error: errors.fields.get(&id).cloned(),
                label: field.label,
                kind,
                max,
                wide,
                rows,
                needed: section.needs == [field.name],
                hint: hint(section.name, field.name, field.kind),
                value: said(field.name),
                id,
            }
        });
        RowFields {
            at,
            place: format!("{}.{at}", section.name),
            title: named.unwrap_or_else(|| format!("{}{} {}", section.one[..1].to_uppercase(), &section.one[1..], at + 1)),
            fields: fields.collect(),
        }
    }
}

/// The kind of control, and how much fits in it.
fn kind(kind: Kind) -> (&'static str, usize) {
    match kind {
        Kind::Line(most) => ("line", most),
        Kind::Text(most) => ("text", most),
        Kind::Email => ("email", 254),
        // Where a scheme is left away a browser would refuse what we understand.
        Kind::Url => ("url", 300),
        Kind::Date => ("date", 10),
        Kind::Lines(most, long) => ("text", most * (long + 2)),
        Kind::Words(most, long) => ("text", most * (long + 2)),
    }
}

fn hint(section: &str, field: &str, kind: Kind) -> Option<&'static str> {
    match (section, field, kind) {
        (_, "start", _) => Some("2021, or 2021-03"),
        (_, "end", _) => Some("Empty if it goes on"),
        (_, _, Kind::Date) => Some("2021, or 2021-03"),
        (_, _, Kind::Words(..)) => Some("With commas between, or a line each."),
        ("basics", "label", _) => Some("As in “Backend developer”."),
        ("basics", "country", _) => Some("Two letters, as in DE."),
        ("skills", "level", _) => Some("Only if it helps."),
        _ => None,
    }
}

impl Template for EditPage {
    const PATH: &'static str = "resumes/edit.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        "Write your résumé".into()
    }

    fn samples() -> Vec<Self> {
        let raw = Raw::of(&super::super::sheets::sample_resume());
        let mut full = raw.clone();
        let profiles = &SECTIONS[1];
        (0..profiles.most).for_each(|_| full.add(profiles));
        let fields = ["basics.name", "work.0.end", "work", "skills.1.keywords", "projects.0.description"];
        let difference =
            |yours: &str, theirs: &str| Difference { field: "Work 1: Position".into(), yours: yours.into(), theirs: theirs.into() };
        vec![
            EditPage::of(Again { version: "0".into(), ..Again::default() }),
            EditPage::of(Again { raw: full, version: "3".into(), unsaved: true, ..Again::default() }),
            EditPage::of(Again {
                raw,
                version: "3".into(),
                errors: FormErrors::sample(&fields),
                conflict: vec![difference("<Lead>", ""), difference("", "Dev")],
                ..Again::default()
            }),
        ]
    }
}
