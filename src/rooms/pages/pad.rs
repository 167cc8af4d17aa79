//! The shared pad: as a part of the room's page, and as a page of its own on which it is played back and,
//! without scripts, written.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::{Deserialize, Serialize};

use super::super::model::Phase;
use super::super::pad::{Language, OpenPad, Pad};
use super::super::service::{self, Entered, PadReading, Visit};
use super::console::Choice;
use super::desk::Typed;
use super::parts::RoomUrls;
use super::{answer, id_of};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor};
use crate::question_sets::QuestionId;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{AnyPage, PageResult, Template, see_other};
use crate::web::times::Moment;

/// The pad of the question on the page, or what opens it.
#[derive(Debug, Serialize)]
pub struct PadPart {
    /// What the part shows; while it is the same, the part stays as it is.
    keep: String,
    /// Where a reader's browser reads and writes it.
    api: String,
    url: String,
    account: String,
    opened: bool,
    writes: bool,
    /// The reader may open it, or name its language anew.
    opens: bool,
    language: Language,
    language_words: &'static str,
    languages: Vec<Choice>,
}

impl PadPart {
    /// None where there is nothing to read and nothing to open.
    pub fn of(visit: &Visit, actor: &Actor, question: Option<QuestionId>, urls: &RoomUrls) -> Option<Self> {
        let (room, standing) = (&visit.entered.room, &visit.entered.found.standing);
        let question = question.filter(|id| room.came_up(*id))?;
        let (pad, opens) = (room.pad(question), policy::may(standing, Act::DriveRoom));
        if pad.is_none() && !opens {
            return None;
        }
        let language = pad.map_or(Language::Text, |pad| pad.language);
        let option = |language: &Language| Choice { value: language.to_string(), label: language.words().to_owned() };
        Some(PadPart {
            keep: if pad.is_some() { format!("{question} {language}") } else { question.to_string() },
            api: format!("{}{question}", urls.pads_api),
            url: format!("{}{question}", urls.pads),
            account: actor.reader().map(|id| id.to_string()).unwrap_or_default(),
            opened: pad.is_some(),
            writes: policy::may(standing, Act::WritePad),
            opens,
            language,
            language_words: language.words(),
            languages: Language::ALL.iter().map(option).collect(),
        })
    }
}

/// A pad of an interview that is over, to be played back.
#[derive(Debug, Serialize)]
pub struct PadLink {
    name: String,
    url: String,
    api: String,
    account: String,
}

impl PadLink {
    pub fn all(entered: &Entered, actor: &Actor, urls: &RoomUrls) -> Vec<Self> {
        let reader = actor.reader().map(|id| id.to_string()).unwrap_or_default();
        let link = |(place, pad): (usize, &Pad)| PadLink {
            name: name(entered, pad, place + 1),
            url: format!("{}{}", urls.pads, pad.question_id),
            api: format!("{}{}", urls.pads_api, pad.question_id),
            account: reader.clone(),
        };
        entered.room.pads.iter().enumerate().map(link).collect()
    }
}

/// A candidate knows a question by its prompt alone, which may be hidden: to them a pad has a number.
fn name(entered: &Entered, pad: &Pad, place: usize) -> String {
    let panel = entered.found.standing.seat != Some(policy::Seat::Candidate);
    let question = entered.set.question(pad.question_id).filter(|_| panel);
    match question {
        Some(question) => format!("{} · {}", question.title, pad.language.words()),
        None => format!("Pad {place} · {}", pad.language.words()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct At {
    at: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LanguageForm {
    language: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TextForm {
    text: String,
    base: String,
}

#[derive(Debug, Serialize)]
pub struct PadPage {
    heading: String,
    language: &'static str,
    text: String,
    at: i64,
    last: i64,
    /// When the shown state was made.
    made: Option<Moment>,
    writes: bool,
    ended: bool,
    api: String,
    url: String,
    room_url: String,
    errors: FormErrors,
}

impl Template for PadPage {
    const PATH: &'static str = "rooms/pad.html";
    const ALONE: bool = true;

    fn title(&self) -> String {
        format!("{} · Shared pad", self.heading)
    }

    fn samples() -> Vec<Self> {
        let visits = super::samples::visits(&[Phase::Live, Phase::Ended]);
        let page = |(visit, actor): (Visit, Actor)| {
            let pad = *visit.entered.room.pads.first()?;
            let writes = policy::may(&visit.entered.found.standing, Act::WritePad) && visit.view.phase == Phase::Live;
            let made_at = Some(visit.now);
            let reading = PadReading {
                entered: visit.entered,
                pad,
                place: 1,
                at: if writes { 3 } else { 2 },
                made_at,
                text: "SELECT <1>;\n".into(),
                writes,
            };
            let errors = if writes { FormErrors::sample(&["text"]) } else { FormErrors::default() };
            Some(Self::of(&reading, &actor, &super::samples::urls(), errors))
        };
        visits.into_iter().filter_map(page).collect()
    }
}

impl PadPage {
    fn of(reading: &PadReading, actor: &Actor, urls: &RoomUrls, errors: FormErrors) -> Self {
        let pad = reading.pad;
        PadPage {
            heading: name(&reading.entered, &pad, reading.place),
            language: pad.language.words(),
            text: reading.text.clone(),
            at: reading.at,
            last: pad.last_number,
            made: reading.made_at.map(|at| Moment::of(at, actor.time_zone())),
            writes: reading.writes && reading.at == pad.last_number,
            ended: reading.entered.room.ended_at.is_some(),
            api: format!("{}{}", urls.pads_api, pad.question_id),
            url: format!("{}{}", urls.pads, pad.question_id),
            room_url: urls.here.clone(),
            errors,
        }
    }
}

pub async fn show(visitor: Visitor, path: Path<(String, String, String)>, at: Query<At>) -> PageResult {
    let at = at.at.as_deref().and_then(|number| number.parse().ok());
    page(&visitor, &path, StatusCode::OK, at, None).await
}

pub async fn open(visitor: Visitor, path: Path<(String, String, String)>, Form(form): Form<LanguageForm>) -> PageResult {
    let (team, id, question) = path.into_inner();
    let (interview, question) = (id_of(&id)?, question_of(&question)?);
    let done = match form.language.parse() {
        Ok(language) => {
            visitor.write(move |tx, actor| service::open_pad(tx, actor, interview, question, OpenPad { language }).map(drop)).await
        }
        Err(_) => Err(Error::invalid("language", "Choose one of the languages.")),
    };
    answer(&visitor, &(team, id), done, Typed::default(), None).await
}

/// Saves the whole text for a browser without scripts.
pub async fn save_text(visitor: Visitor, path: Path<(String, String, String)>, Form(form): Form<TextForm>) -> PageResult {
    let (interview, question) = (id_of(&path.1)?, question_of(&path.2)?);
    // A browser sends a text area's lines with both ends.
    let text = form.text.replace("\r\n", "\n");
    let base = form.base.parse().unwrap_or_default();
    let typed = text.clone();
    let done = visitor.write_draft(move |tx, actor| service::rewrite_pad(tx, actor, interview, question, base, &text)).await;
    match done {
        Ok(()) => see_other(format!("{}/room/pads/{question}", interview_url(&path))),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            page(&visitor, &path, status, None, Some((typed, errors))).await
        }
    }
}

async fn page(
    visitor: &Visitor,
    path: &(String, String, String),
    status: StatusCode,
    at: Option<i64>,
    typed: Option<(String, FormErrors)>,
) -> PageResult {
    let (interview, question) = (id_of(&path.1)?, question_of(&path.2)?);
    visitor
        .any_page(status, None, move |tx, actor| {
            let mut reading = service::read_pad(tx, actor, interview, question, at)?;
            let urls = RoomUrls::of(actor.team_id()?, interview);
            let errors = match typed {
                Some((text, errors)) => {
                    reading.text = text;
                    errors
                }
                None => FormErrors::default(),
            };
            AnyPage::of(&PadPage::of(&reading, actor, &urls, errors))
        })
        .await
}

fn interview_url(path: &(String, String, String)) -> String {
    format!("/teams/{}/interviews/{}", path.0, path.1)
}

fn question_of(id: &str) -> Result<QuestionId> {
    id.parse().map_err(|_| Error::NotFound)
}
