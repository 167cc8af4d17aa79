//! What only who scores sees: guidance beside the question, their own marks, notes and scores.

use serde::Serialize;

use super::super::clock;
use super::super::own_notes::OwnNotes;
use super::super::service::Visit;
use super::console::Choice;
use super::words;
use crate::candidates::ClaimId;
use crate::policy::{AccountId, Actor, Seat};
use crate::question_sets::{Question, QuestionAnchor, QuestionId};
use crate::rubrics::{Anchor, Area};
use crate::scorecards::{ClaimMark, Content, Evidence, OwnCard, Sign, TickKind, Value, Verdict};
use crate::web::form::FormErrors;

/// What a form brought that could not be saved, to be shown again; and which question is looked at.
#[derive(Debug, Default)]
pub struct Typed {
    pub look_at: Option<QuestionId>,
    pub text: String,
    pub sign: Option<Sign>,
    pub area: Option<u8>,
    /// The card as the form would have it.
    pub marks: Option<Content>,
    /// The candidate's own notes.
    pub own_notes: Option<OwnNotes>,
    /// What to say when it was changed meanwhile; else the words for a card.
    pub stale: Option<String>,
    pub errors: FormErrors,
}

#[derive(Debug, Serialize)]
pub struct Desk {
    account: AccountId,
    version: i32,
    submitted: bool,
    card_url: String,
    resume_url: String,
    guide: Option<GuidePart>,
    areas: Vec<AreaPart>,
    claims: Vec<ClaimPart>,
    /// As in `2 of 5 left`; empty when none is.
    claims_left: String,
    verdicts: Vec<Choice>,
    notes: Vec<NotePart>,
    composer: Composer,
    /// Who scores, by first names, as in `Jonas and you`; empty where nobody else does.
    others: String,
}

/// One's own marks on the question that is shown.
#[derive(Debug, Serialize)]
struct GuidePart {
    listen_for: Vec<Line>,
    heard: usize,
    probes: Vec<Line>,
    signs: Vec<SignPart>,
    anywhere: Vec<SignPart>,
    anywhere_seen: usize,
    /// The primary area's name.
    area: String,
    /// What the levels are anchored in: the question itself, or its area.
    anchors_of: String,
    levels: Vec<LevelPart>,
    expected: Option<u8>,
    value: Option<Value>,
    scored: bool,
}

#[derive(Debug, Serialize)]
struct Line {
    index: u16,
    text: String,
    on: bool,
}

#[derive(Debug, Serialize)]
struct SignPart {
    key: String,
    label: String,
    looks_like: String,
    on: bool,
}

#[derive(Debug, Serialize)]
struct LevelPart {
    value: u8,
    title: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct AreaPart {
    number: u8,
    name: String,
    value: Option<Value>,
    strengths: usize,
    concerns: usize,
}

/// A claim of the résumé, with one's own verdict.
#[derive(Debug, Serialize)]
struct ClaimPart {
    id: ClaimId,
    text: String,
    detail: String,
    value: Option<Verdict>,
    evidence: String,
}

/// A note as `<evidence_row>` takes it.
#[derive(Debug, Serialize)]
struct NotePart {
    id: uuid::Uuid,
    at: String,
    at_seconds: Option<i32>,
    text: String,
    sign: Sign,
    area: Option<u8>,
    area_label: Option<String>,
    question_id: Option<QuestionId>,
    question_label: Option<String>,
}

#[derive(Debug, Serialize)]
struct Composer {
    text: String,
    sign: Sign,
    area: Option<String>,
    areas: Vec<Choice>,
}

impl Desk {
    pub fn of(visit: &Visit, actor: &Actor, card: &OwnCard, shown: Option<&Question>, typed: &Typed) -> Self {
        let content = typed.marks.as_ref().unwrap_or(&card.content);
        let brief = &visit.entered.found.brief;
        let team = actor.team.as_ref().map(|team| team.id.to_string()).unwrap_or_default();
        Desk {
            account: actor.account_or_none().unwrap_or(AccountId(uuid::Uuid::nil())),
            version: card.version,
            submitted: card.submitted_at.is_some(),
            card_url: format!("/teams/{team}/interviews/{}/scorecard", brief.id),
            resume_url: format!("/teams/{team}/interviews/{}/resume", brief.id),
            guide: shown.map(|question| guide(visit, content, question)),
            areas: visit.rubric.areas.iter().map(|area| area_part(content, area)).collect(),
            claims: content.claims.iter().map(claim_part).collect(),
            claims_left: claims_left(content),
            verdicts: Verdict::ALL.iter().map(|verdict| Choice { value: verdict.to_string(), label: verdict.words().to_owned() }).collect(),
            notes: notes(visit, content),
            composer: composer(visit, shown, typed),
            others: others(visit),
        }
    }
}

fn guide(visit: &Visit, content: &Content, question: &Question) -> GuidePart {
    let lines = |kind: TickKind, texts: &[String]| -> Vec<Line> {
        let line = |(index, text): (u16, &String)| {
            let on =
                content.ticks.iter().any(|tick| tick.on && tick.question_id == question.id && tick.kind == kind && tick.index == index);
            Line { index, text: text.clone(), on }
        };
        (0..).zip(texts).map(line).collect()
    };
    let listen_for = lines(TickKind::ListenFor, &question.listen_for);
    let anywhere = signs_of_rubric(visit, content);
    let area = question.primary_area().and_then(|number| visit.rubric.area(number));
    let value = content.questions.iter().find(|score| score.question_id == question.id).and_then(|score| score.value);
    GuidePart {
        heard: listen_for.iter().filter(|line| line.on).count(),
        listen_for,
        probes: lines(TickKind::Probe, &question.probes),
        signs: signs_of_question(content, question),
        anywhere_seen: anywhere.iter().filter(|sign| sign.on).count(),
        anywhere,
        anchors_of: if question.anchors.is_empty() {
            area.map(|area| area.name.clone()).unwrap_or_default()
        } else {
            "this question".into()
        },
        area: area.map(|area| area.name.clone()).unwrap_or_default(),
        levels: levels(question, area),
        expected: area.map(|area| *area.expected.at(visit.entered.found.brief.level)),
        scored: value.is_some(),
        value,
    }
}

/// The question's own signs are marked by their place.
fn signs_of_question(content: &Content, question: &Question) -> Vec<SignPart> {
    let sign = |(index, label): (usize, &String)| {
        let key = format!("question:{index}");
        let on = content.warning_signs.iter().any(|mark| mark.on && mark.key == key && mark.question_id == Some(question.id));
        SignPart { key, label: label.clone(), looks_like: String::new(), on }
    };
    question.warning_signs.iter().enumerate().map(sign).collect()
}

/// The rubric's signs belong to the whole interview, whichever question they showed at.
fn signs_of_rubric(visit: &Visit, content: &Content) -> Vec<SignPart> {
    let sign = |sign: &crate::rubrics::WarningSign| {
        let on = content.warning_signs.iter().any(|mark| mark.on && mark.key == sign.key && mark.question_id.is_none());
        SignPart { key: sign.key.clone(), label: sign.name.clone(), looks_like: sign.looks_like.clone(), on }
    };
    visit.rubric.warning_signs.iter().map(sign).collect()
}

/// By the question's own anchors, where it has some; else by those of its primary area.
fn levels(question: &Question, area: Option<&Area>) -> Vec<LevelPart> {
    if question.anchors.is_empty() {
        let level = |anchor: &Anchor| LevelPart { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() };
        return area.into_iter().flat_map(|area| &area.anchors).map(level).collect();
    }
    let level = |anchor: &QuestionAnchor| LevelPart { value: anchor.level, title: String::new(), text: anchor.text.clone() };
    question.anchors.iter().map(level).collect()
}

fn area_part(content: &Content, area: &Area) -> AreaPart {
    let count = |sign| content.evidence_of(area.number).filter(|note| note.sign == sign).count();
    AreaPart {
        number: area.number,
        name: area.short_name.clone(),
        value: content.area(area.number).and_then(|score| score.value),
        strengths: count(Sign::Strength),
        concerns: count(Sign::Concern),
    }
}

fn claim_part(mark: &ClaimMark) -> ClaimPart {
    ClaimPart {
        id: mark.claim_id,
        text: mark.text.clone(),
        detail: mark.detail.clone(),
        value: mark.value,
        evidence: mark.evidence.clone(),
    }
}

fn claims_left(content: &Content) -> String {
    let left = content.claims.iter().filter(|mark| mark.value.is_none()).count();
    if left == 0 { String::new() } else { format!("{left} of {} left", content.claims.len()) }
}

/// The newest first.
fn notes(visit: &Visit, content: &Content) -> Vec<NotePart> {
    let place = |id: QuestionId| visit.entered.room.questions.iter().position(|asked| asked.question_id == id);
    let note = |note: &Evidence| NotePart {
        id: note.id,
        at: note.at_seconds.map(|seconds| clock::text(i64::from(seconds))).unwrap_or_default(),
        at_seconds: note.at_seconds,
        text: note.text.clone(),
        sign: note.sign,
        area: note.area,
        area_label: note.area.and_then(|number| visit.rubric.area(number)).map(|area| area.short_name.clone()),
        question_id: note.question_id,
        question_label: note.question_id.and_then(place).map(|place| format!("Question {}", place + 1)),
    };
    let mut notes: Vec<NotePart> = content.evidence.iter().map(note).collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.at_seconds));
    notes
}

fn composer(visit: &Visit, shown: Option<&Question>, typed: &Typed) -> Composer {
    let area = typed.area.or_else(|| shown.and_then(Question::primary_area));
    let choice = |area: &Area| Choice { value: area.number.to_string(), label: area.short_name.clone() };
    Composer {
        text: typed.text.clone(),
        sign: typed.sign.unwrap_or(Sign::Neutral),
        area: area.map(|number| number.to_string()),
        areas: visit.rubric.areas.iter().map(choice).collect(),
    }
}

fn others(visit: &Visit) -> String {
    let scores = |seat: Seat| matches!(seat, Seat::LeadInterviewer | Seat::Interviewer | Seat::Shadow);
    let seats = visit.view.panel.iter().flat_map(|panel| &panel.seats);
    let mut names: Vec<&str> = seats.filter(|seat| !seat.you && scores(seat.seat)).map(|seat| words::first_name(&seat.name)).collect();
    if !names.is_empty() {
        names.push("you");
    }
    words::list(&names)
}
