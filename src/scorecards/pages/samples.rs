//! Examples of every page, in every state it can be in.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::super::model::{
    AreaScore, Card, CardView, ClaimMark, Confidence, Content, Evidence, Recommendation, Revision, Sign, Submission, Value, Verdict,
    WarningMark, checklist, missing,
};
use super::super::read::{Desk, Table};
use super::edit::EditPage;
use super::form::Typed;
use super::index::IndexPage;
use super::submission::SubmissionPage;
use crate::candidates::{CandidateId, ClaimId};
use crate::interviews::{Brief, Facts};
use crate::policy::{AccountId, InterviewId, Mode, Seat, TeamId};
use crate::question_sets::{Kind, Question, QuestionId, QuestionSetVersion, QuestionSetVersionId};
use crate::rubrics::{Anchor, Area, Cuts, Level, PerLevel, RubricVersion, RubricVersionId, WarningSign};
use crate::web::form::FormErrors;

pub fn edit_pages() -> Vec<EditPage> {
    let errors = FormErrors::sample(&["areas.0.value", "areas.1.reason", "areas.1.evidence", "recommendation", "confidence", "next_step"]);
    let typed = Typed(
        [
            ("areas.1.value", "4"),
            ("areas.1.reason", "Typed."),
            ("areas.2.evidence", "A note."),
            ("areas.2.sign", "concern"),
            ("next_step", "Rest."),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
    );
    let mock = Desk { seat: Some(Seat::Shadow), submissions: Vec::new(), ..desk(Mode::Mock, Content::empty(&[question()]), Vec::new()) };
    vec![
        EditPage::of(&mock),
        EditPage::of(&desk(Mode::Hiring, full(), Vec::new())),
        EditPage::of(&desk(Mode::Hiring, full(), Vec::new())).shown_again(&typed, errors),
        EditPage::of(&desk(Mode::Hiring, full(), Vec::new())).shown_again(&typed, FormErrors::whole("It is submitted already.")),
        EditPage::of(&desk(Mode::Hiring, full(), Vec::new())).in_conflict(&typed),
    ]
}

pub fn submission_pages() -> Vec<SubmissionPage> {
    let mut amended = full();
    amended.areas[0].value = Some(Value::NotAsked);
    amended.next_step = "Read a book on locks.".into();
    let first = revision(1, "", full());
    let second = Revision { others_visible: true, after_debrief: true, ..revision(2, "Sam saw it.", amended) };
    let one = SubmissionPage::of(&desk(Mode::Hiring, full(), vec![first.clone()]));
    let two = SubmissionPage::of(&desk(Mode::Mock, full(), vec![first, second]));
    let errors =
        FormErrors::sample(&["areas.0.value", "areas.0.reason", "areas.0.evidence", "recommendation", "confidence", "next_step", "reason"]);
    let again = two.clone().map(|page| page.shown_again(&Typed(vec![("reason".into(), "Typed.".into())]), errors));
    [one, two, again].into_iter().flatten().collect()
}

pub fn index_pages() -> Vec<IndexPage> {
    let desk = desk(Mode::Hiring, full(), Vec::new());
    let card = |name: &str, own, submitted_at| CardView {
        account_id: AccountId(Uuid::from_u128(4)),
        name: name.into(),
        seat: Seat::Shadow,
        own,
        version: 3,
        submitted_at,
        content: full(),
        revisions: vec![revision(1, "", full()), revision(2, "Why.", full())],
    };
    let table = |cards, owes| Table {
        team: desk.team,
        brief: desk.brief.clone(),
        cards,
        submissions: desk.submissions.clone(),
        owes,
        rubric: Arc::clone(&desk.rubric),
        set: Arc::clone(&desk.set),
        zone: Tz::UTC,
    };
    let some = table(vec![card("Ada Lovelace", true, None), card("Sam Second", false, Some(at()))], true);
    let alone = Table { submissions: Vec::new(), ..table(Vec::new(), false) };
    vec![IndexPage::of(&some, Some(desk.account)), IndexPage::of(&alone, None)]
}

fn desk(mode: Mode, content: Content, revisions: Vec<Revision>) -> Desk {
    let rubric = rubric();
    let submitted_at = revisions.first().map(|revision| revision.created_at);
    let card = Card {
        version: 3,
        submitted_at,
        missing: missing(&content, &rubric.areas),
        checklist: checklist(&content, &rubric.areas),
        content,
        revisions,
    };
    let person = |id: u128, name: &str, submitted| Submission {
        account_id: AccountId(Uuid::from_u128(id)),
        name: name.into(),
        seat: Seat::Interviewer,
        submitted,
    };
    Desk {
        team: TeamId(Uuid::from_u128(1)),
        brief: brief(mode, submitted_at),
        seat: Some(Seat::Interviewer),
        account: AccountId(Uuid::from_u128(4)),
        key: Uuid::from_u128(5),
        card,
        rubric: Arc::new(rubric),
        set: Arc::new(set()),
        submissions: vec![
            person(4, "Ada Lovelace", false),
            person(6, "Sam Second", true),
            person(7, "Ida Third", true),
            person(8, "Bo Fourth", false),
        ],
        zone: Tz::UTC,
    }
}

fn at() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn brief(mode: Mode, debrief_opened_at: Option<DateTime<Utc>>) -> Brief {
    let ended_at = (mode == Mode::Hiring).then(at);
    Brief {
        id: InterviewId(Uuid::from_u128(2)),
        candidate_id: CandidateId(Uuid::from_u128(3)),
        candidate_name: "Sofia Marin".into(),
        candidate_email: None,
        candidate_account: None,
        mode,
        level: Level::Mid,
        question_set_version_id: QuestionSetVersionId(Uuid::nil()),
        rubric_version_id: RubricVersionId(Uuid::nil()),
        starts_at: at(),
        time_zone: Tz::UTC,
        minutes: 60,
        extra_minutes: 0,
        place: String::new(),
        instructions: String::new(),
        swap_roles: false,
        version: 1,
        calendar_sequence: 0,
        created_by: AccountId(Uuid::from_u128(9)),
        facts: Facts { scheduled_at: Some(at()), started_at: Some(at()), ended_at, debrief_opened_at, ..Facts::default() },
    }
}

fn revision(number: i32, reason: &str, content: Content) -> Revision {
    Revision {
        number,
        blind: number == 1,
        author_id: AccountId(Uuid::from_u128(4)),
        author: "Ada Lovelace".into(),
        created_at: at(),
        reason: reason.into(),
        others_visible: false,
        after_debrief: false,
        content,
    }
}

fn question() -> QuestionId {
    QuestionId(Uuid::from_u128(10))
}

fn full() -> Content {
    let mut content = Content::empty(&[question()]);
    let mark = |id: u128, value, evidence: &str| ClaimMark {
        claim_id: ClaimId(Uuid::from_u128(id)),
        text: "Cut <latency> by 60%".into(),
        detail: if value == Some(Verdict::Partly) { "Of what, measured how?".into() } else { String::new() },
        value,
        evidence: evidence.into(),
    };
    content.claims = vec![mark(31, Some(Verdict::Partly), "The cache was \"his\"."), mark(32, None, "")];
    let values = [Value::Scored(3), Value::Scored(5), Value::NotEnoughEvidence, Value::NotAsked, Value::Scored(2)];
    for (area, value) in content.areas.iter_mut().zip(values) {
        *area = AreaScore { area: area.area, value: Some(value), reason: "Explains the cost of an index unasked.".into() };
    }
    content.questions[0].value = Some(Value::Scored(4));
    let note = |id: u128, sign, area, at_seconds, question_id| Evidence {
        id: Uuid::from_u128(id),
        sign,
        area,
        question_id,
        at_seconds,
        text: "Knew that a concurrent index build cannot run in a transaction.".into(),
    };
    content.evidence = vec![
        note(1, Sign::Strength, Some(1), Some(1385), Some(question())),
        note(2, Sign::Concern, Some(1), Some(860), None),
        note(3, Sign::Neutral, None, None, None),
    ];
    content.warning_signs = vec![
        WarningMark { key: "blames-others".into(), question_id: None, on: true },
        WarningMark { key: "question:0".into(), question_id: Some(question()), on: true },
    ];
    (content.recommendation, content.confidence) = (Some(Recommendation::CannotSay), Some(Confidence::High));
    content.next_step = "Read the query plans of your slowest page.".into();
    content
}

fn rubric() -> RubricVersion {
    let anchor = |level| Anchor { level, label: format!("Level {level}"), text: "Picks sensible designs and explains the costs.".into() };
    let area = |number| Area {
        number,
        key: format!("area-{number}"),
        name: format!("Area {number}"),
        short_name: format!("A{number}"),
        description: "HTTP, data and indexes, caching.".into(),
        weight: 1.0,
        anchors: (1..=5).map(anchor).collect(),
        expected: PerLevel { entry: 2, mid: 3, senior: 4 },
    };
    let cuts = || Cuts { mock: [2.3, 2.9], hiring: [2.0, 3.0, 4.0] };
    RubricVersion {
        id: RubricVersionId(Uuid::nil()),
        rubric: crate::rubrics::RubricId(Uuid::nil()),
        slug: "five-areas".into(),
        number: 2,
        name: "Five areas".into(),
        description: "For backend interviews.".into(),
        areas: (1..=5).map(area).collect(),
        weights_reason: None,
        cuts: PerLevel { entry: cuts(), mid: cuts(), senior: cuts() },
        warning_signs: vec![WarningSign {
            key: "blames-others".into(),
            name: "Blames others".into(),
            looks_like: "Every failure had somebody else's name.".into(),
            advice: "Say what you did.".into(),
        }],
        published_at: at(),
        published_by: None,
        reason: None,
        team: None,
        built_in: true,
    }
}

fn set() -> QuestionSetVersion {
    QuestionSetVersion {
        id: QuestionSetVersionId(Uuid::nil()),
        set: crate::question_sets::QuestionSetId(Uuid::nil()),
        slug: "django-backend".into(),
        number: 1,
        name: "Django backend".into(),
        description: "Django.".into(),
        questions: vec![Question {
            id: question(),
            key: "indexes".into(),
            title: "Indexes".into(),
            prompt: "When does an index hurt?".into(),
            kind: Kind::Technical,
            areas: vec![1],
            levels: vec![Level::Mid],
            minutes: 6,
            tests: "Costs.".into(),
            listen_for: Vec::new(),
            warning_signs: vec!["Indexes everything.".into()],
            probes: Vec::new(),
            checklist: None,
            topics: Vec::new(),
            anchors: Vec::new(),
            strong_answer: None,
            weak_answer: None,
        }],
        published_at: at(),
        rubric: None,
        published_by: None,
        reason: None,
        team: None,
        built_in: true,
    }
}
