//! Bringing a résumé as a file, in two steps: what it says and what would give way to it, then for good. One's own
//! page and a candidate record's do it alike.

use actix_web::web::block;
use serde::Serialize;

use super::model::{Brought, LARGEST_FILE, LeftOut, Resume, ResumeTemplate, Sheet, read_file, to_file};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::files::{Mistake, Mistakes};
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, Template};
use crate::web::upload::Upload;

/// Whose it will be: one's own, or a candidate record's.
#[derive(Debug, Clone)]
pub struct Place {
    pub crumbs: Vec<Crumb>,
    pub heading: String,
    /// Where the file is sent, and where it is said to be right.
    pub import_url: String,
    pub confirm_url: String,
    pub cancel_url: String,
}

/// Asks for the file.
#[derive(Debug, Serialize)]
pub struct ImportPage<const CANDIDATES: bool> {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    cancel_url: String,
    /// What was brought, so that it can be mended where it stands.
    text: String,
    errors: FormErrors,
    mistakes: Vec<Mistake>,
    more_mistakes: usize,
}

/// Shows what it says.
#[derive(Debug, Serialize)]
pub struct PreviewPage<const CANDIDATES: bool> {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    again_url: String,
    cancel_url: String,
    /// The file as it was understood, for the second step.
    content: String,
    version: i32,
    errors: FormErrors,
    left_out: Vec<LeftOut>,
    extent: String,
    sheet: Sheet,
    replaces: Option<Replaced>,
}

#[derive(Debug, Serialize)]
struct Replaced {
    extent: String,
    sheet: Sheet,
}

/// What was sent and cannot be read.
#[derive(Debug, Default)]
pub struct Unread {
    text: String,
    errors: FormErrors,
    mistakes: Mistakes,
}

/// The file that was chosen, else the text that was pasted.
pub async fn read(upload: Upload) -> Result<Result<Brought, Unread>> {
    let of_file = !upload.file_name.is_empty();
    let content = if of_file { upload.content.to_vec() } else { upload.text.into_bytes() };
    let one = |field: &str, text: String| {
        let mut errors = FieldErrors::default();
        errors.add(field, text);
        FormErrors::from(errors)
    };
    if !of_file && content.trim_ascii().is_empty() {
        return Ok(Err(Unread { errors: one("file", "Choose a file, or paste its text.".into()), ..Unread::default() }));
    }
    let done = block(move || read_file(&content).map_err(|mistakes| (mistakes, content))).await.map_err(|_| Error::Busy)?;
    Ok(done.map_err(|(mistakes, content)| {
        let text = match mistakes.total() {
            1 => "1 thing in it is not right, as said under What is not right. Mend it and send it again.".to_owned(),
            total => format!("{total} things in it are not right, as said under What is not right. Mend them and send it again."),
        };
        // What is no text, or no file of ours by its size, cannot be mended in a field.
        let text_of_it = String::from_utf8(content).ok().filter(|text| text.len() <= LARGEST_FILE).unwrap_or_default();
        Unread { errors: one(if of_file { "file" } else { "content" }, text), text: text_of_it, mistakes }
    }))
}

impl<const CANDIDATES: bool> ImportPage<CANDIDATES> {
    pub fn of(place: Place, unread: Unread) -> Self {
        let told: Vec<Mistake> = unread.mistakes.iter().cloned().collect();
        ImportPage {
            crumbs: place.crumbs,
            heading: place.heading,
            action: place.import_url,
            cancel_url: place.cancel_url,
            text: unread.text,
            errors: unread.errors,
            more_mistakes: unread.mistakes.total() - told.len(),
            mistakes: told,
        }
    }
}

impl<const CANDIDATES: bool> PreviewPage<CANDIDATES> {
    /// `now` is what would give way, and its version.
    pub fn of(place: Place, brought: &Brought, now: (Option<&Resume>, i32), errors: FormErrors) -> Result<Self> {
        let sheet = |resume: &Resume| Sheet::of(resume, ResumeTemplate::ByTime);
        Ok(PreviewPage {
            crumbs: place.crumbs,
            heading: place.heading,
            action: place.confirm_url,
            again_url: place.import_url,
            cancel_url: place.cancel_url,
            content: serde_json::to_string_pretty(&to_file(&brought.resume))?,
            version: now.1,
            errors,
            left_out: brought.left_out.clone(),
            extent: brought.resume.extent(),
            sheet: sheet(&brought.resume),
            replaces: now.0.map(|resume| Replaced { extent: resume.extent(), sheet: sheet(resume) }),
        })
    }
}

const fn nav(candidates: bool) -> Nav {
    if candidates { Nav::Candidates } else { Nav::Account }
}

fn sample_place() -> Place {
    Place {
        crumbs: vec![Crumb { label: "Your résumé".into(), url: Some("/account/resume".into()) }],
        heading: "Résumé from a file".into(),
        import_url: "/account/resume/import".into(),
        confirm_url: "/account/resume/import/confirmation".into(),
        cancel_url: "/account/resume".into(),
    }
}

impl<const CANDIDATES: bool> Template for ImportPage<CANDIDATES> {
    const PATH: &'static str = "resumes/import.html";
    const NAV: Nav = nav(CANDIDATES);

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let mut mistakes = Mistakes::from(Mistake::at(7, "work[0].startDate", "Write a year."));
        (0..=Mistakes::MOST).for_each(|_| mistakes.add(Mistake::whole("The file is empty.")));
        let unread = |text: &str, field: &str, mistakes| Unread { text: text.into(), errors: FormErrors::sample(&[field]), mistakes };
        [Unread::default(), unread("", "file", Mistakes::default()), unread("{\"basics\": <1>}", "content", mistakes)]
            .into_iter()
            .map(|unread| ImportPage::of(sample_place(), unread))
            .collect()
    }
}

impl<const CANDIDATES: bool> Template for PreviewPage<CANDIDATES> {
    const PATH: &'static str = "resumes/preview.html";
    const NAV: Nav = nav(CANDIDATES);

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let resume = super::sheets::sample_resume();
        let left_out = vec![LeftOut { member: "awards".into(), times: 1 }, LeftOut { member: "work[].location".into(), times: 3 }];
        let some = Brought { resume: resume.clone(), left_out };
        let bare = Brought { resume: super::sheets::bare_resume(), left_out: Vec::new() };
        [(&some, Some(&resume), FormErrors::whole("Changed <meanwhile>.")), (&bare, None, FormErrors::default())]
            .into_iter()
            .filter_map(|(brought, now, errors)| PreviewPage::of(sample_place(), brought, (now, 3), errors).ok())
            .collect()
    }
}
