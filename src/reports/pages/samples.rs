//! Reports as examples: a full one with everything in it, one without numbers, the barest there can be.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::candidate::AskPage;
use super::desk::{DeskPage, Typed};
use super::form::{ReportForm, SelfScoresForm};
use super::preview::PreviewPage;
use crate::platform::error::{Error, FieldErrors};
use crate::policy::{Actor, InterviewId, Mode, Person, Role, TeamId, TeamOfActor};
use crate::reports::model::{
    AnchorText, AreaNumbers, AreaReport, AreaToScore, Content, DraftView, NextStep, Outcome, ReleaseView, ReportView, SelfScoresView,
    Strength, Suggestion, Suggestions, TwoWays,
};
use crate::reports::service::WriterSees;
use crate::rubrics::{Anchor, Level, WarningSign};
use crate::web::form::FormErrors;

const AREAS: [(&str, &str, f64); 5] = [
    ("Backend fundamentals", "Fundamentals", 3.3),
    ("Practical framework experience", "Framework", 4.0),
    ("Production mindset", "Production", 4.3),
    ("Communication and collaboration", "Communication", 4.3),
    ("Problem-solving under uncertainty", "Problem-solving", 3.0),
];

pub fn full() -> ReportView {
    let Content { headline, lede, strengths, next_steps, two_ways, message, .. } = content();
    ReportView {
        headline,
        lede,
        outcome: Some(Outcome::NearlyReady),
        areas: Some(areas(true)),
        strengths,
        next_steps,
        two_ways,
        advice: vec!["Say what was yours.".into()],
        message,
        ..bare()
    }
}

/// Areas in words, one of them not seen; the outcome is the headline.
pub fn wordless() -> ReportView {
    let mut areas = areas(false);
    areas[0].anchor = None;
    areas[1].next_anchor = None;
    ReportView { outcome: Some(Outcome::Yes), areas: Some(areas), ..bare() }
}

pub fn bare() -> ReportView {
    ReportView {
        interview_id: InterviewId(Uuid::nil()),
        candidate_name: "Sofia Marin".into(),
        about: "Django backend".into(),
        level: Level::Mid,
        held_on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default(),
        headline: String::new(),
        lede: String::new(),
        outcome: None,
        areas: None,
        strengths: Vec::new(),
        next_steps: Vec::new(),
        two_ways: None,
        advice: Vec::new(),
        message: String::new(),
    }
}

pub fn self_scores(given: bool) -> SelfScoresView {
    SelfScoresView {
        given_at: given.then(at),
        skipped: false,
        areas: AREAS
            .iter()
            .zip(1..)
            .map(|((name, ..), area)| AreaToScore {
                area,
                name: (*name).into(),
                description: "What it is about.".into(),
                anchors: (1..=5).map(|level| Anchor { level, label: "Solid".into(), text: "Picks sensible designs.".into() }).collect(),
                value: given.then_some(3),
            })
            .collect(),
    }
}

pub fn ask() -> Vec<AskPage> {
    let page = |ready, typed| AskPage::of(&actor(), InterviewId(Uuid::nil()), &self_scores(false), ready, typed);
    let empty = || SelfScoresForm::default();
    let wrong = empty().scores().err().map(errors).unwrap_or_default();
    [page(false, (empty(), FormErrors::default())), page(true, (empty(), wrong))].into_iter().filter_map(Result::ok).collect()
}

pub fn previews() -> Vec<PreviewPage> {
    let page = |sees: WriterSees, report: &ReportView, errors| PreviewPage::of(&actor(), report, &sees, errors);
    let released = |version| WriterSees { draft: DraftView { release: Some(release(version)), ..draft(7) }, ..sees(draft(7)) };
    let pages = [
        page(sees(draft(7)), &full(), FormErrors::default()),
        page(WriterSees { told_by_mail: false, ..sees(draft(7)) }, &bare(), FormErrors::whole("Something changed.")),
        page(released(7), &wordless(), FormErrors::default()),
        page(released(6), &full(), FormErrors::default()),
    ];
    pages.into_iter().filter_map(Result::ok).collect()
}

pub fn desks() -> Vec<DeskPage> {
    let page = |sees: WriterSees, typed| DeskPage::of(&actor(), InterviewId(Uuid::nil()), sees, typed);
    let new = DraftView {
        version: 0,
        written_by: None,
        written_at: None,
        content: Content::default(),
        outdated: false,
        perhaps_named: Vec::new(),
        ..draft(0)
    };
    let undecided =
        WriterSees { outcome: None, warning_signs: Vec::new(), ..sees(DraftView { suggestions: Suggestions::default(), ..new.clone() }) };
    let typed = ReportForm::from_content(&Content { lede: "Another lede.".into(), headline: String::new(), ..content() }, 6);
    let pages = [
        page(sees(new.clone()), Typed::as_saved(ReportForm::suggested(&sees(new)))),
        page(undecided, Typed::as_saved(ReportForm::default())),
        page(sees(draft(7)), Typed::as_saved(ReportForm::of(&draft(7)))),
        page(sees(DraftView { release: Some(release(7)), ..draft(7) }), Typed::wrong(typed.clone(), every_error())),
        page(sees(DraftView { release: Some(release(6)), ..draft(7) }), Typed::meanwhile_changed(typed)),
    ];
    pages.into_iter().filter_map(Result::ok).collect()
}

fn every_error() -> FormErrors {
    let fields = [
        "headline",
        "lede",
        "strengths",
        "strengths.0.title",
        "strengths.0.text",
        "next_steps",
        "next_steps.0.title",
        "next_steps.0.text",
        "next_steps.0.time",
        "two_ways.said",
        "two_ways.said_note",
        "two_ways.stronger",
        "two_ways.stronger_note",
        "show_outcome",
        "advice",
        "message",
    ];
    let mut errors = FieldErrors::default();
    fields.iter().for_each(|field| errors.add(*field, "Look at this again."));
    errors.into()
}

fn errors(error: Error) -> FormErrors {
    FormErrors::shown(error).map(|(_, errors)| errors).unwrap_or_default()
}

fn content() -> Content {
    let strength = |title: &str, text: &str| Strength { title: title.into(), text: text.into() };
    let step =
        |title: &str, text: &str, time: Option<&str>| NextStep { title: title.into(), text: text.into(), time: time.map(str::to_owned) };
    Content {
        headline: "Nearly ready: ask before you fix".into(),
        lede: "Your depth is real and you explain it well. When something breaks, you reach for a fix before finding out what happened. \
               Close that and you are ready for mid-level interviews."
            .into(),
        strengths: vec![
            strength("You tell people early", "You named who to tell, and in what order, before touching the database."),
            strength("You know your own project", "You drew its permission classes from memory and named two faults in them."),
            strength("You measure before you tune", ""),
        ],
        next_steps: vec![
            step(
                "Say what you need to know, before what you would do",
                "In the migration question you named a fix after eleven seconds. Practise three incident questions, finding out first.",
                Some("2 weeks"),
            ),
            step("Learn what an index costs on writes", "", None),
        ],
        two_ways: Some(TwoWays {
            said: "I would restore the backup, and then see what is missing.".into(),
            said_note: "A fix before a diagnosis.".into(),
            stronger: "I stop the rollout and tell support. Then I look at which steps ran.".into(),
            stronger_note: "Stops the damage, finds the state.".into(),
        }),
        show_areas: true,
        show_numbers: true,
        show_outcome: true,
        advice: vec!["overstated-experience".into()],
        message: "Thank you for your time.\n\nCome again in spring.".into(),
    }
}

fn draft(version: i32) -> DraftView {
    DraftView {
        version,
        written_by: Some("Adaeze Okafor".into()),
        written_at: Some(at()),
        content: content(),
        outdated: true,
        perhaps_named: vec!["Jonas".into()],
        release: None,
        suggestions: Suggestions {
            strengths: vec![Suggestion { area: "Production mindset".into(), text: "Told support first.\nThen looked.".into() }],
            next_steps: vec!["Say what you need to know first.".into()],
            advice: vec!["overstated-experience".into()],
        },
    }
}

fn sees(draft: DraftView) -> WriterSees {
    let sign = |key: &str, name: &str| WarningSign {
        key: key.into(),
        name: name.into(),
        looks_like: String::new(),
        advice: "Say what was yours.".into(),
    };
    WriterSees {
        draft,
        candidate_name: "Sofia Marin".into(),
        outcome: Some(Outcome::NearlyReady),
        warning_signs: vec![sign("overstated-experience", "Experience larger than the work"), sign("ignores-testing", "Tests left out")],
        told_by_mail: true,
    }
}

fn areas(with_numbers: bool) -> Vec<AreaReport> {
    let anchor =
        |label: &str| Some(AnchorText { label: label.into(), text: "Picks sensible designs and explains most of their costs.".into() });
    let area = |((name, short_name, mean), area): (&(&str, &str, f64), u8)| AreaReport {
        area,
        name: (*name).into(),
        short_name: (*short_name).into(),
        anchor: anchor("Solid on common paths"),
        next_anchor: anchor("Explains costs unasked"),
        numbers: with_numbers.then(|| AreaNumbers { mean: *mean, low: mean - 0.8, high: (mean + 0.8).min(5.0), cards: 3, expected: 3 }),
    };
    AREAS.iter().zip(1..).map(area).collect()
}

fn release(version: i32) -> ReleaseView {
    ReleaseView { number: 1, version, released_by: "Adaeze Okafor".into(), released_at: at() }
}

fn actor() -> Actor {
    let team = TeamOfActor {
        id: TeamId(Uuid::nil()),
        name: "Team".into(),
        mode: Mode::Mock,
        personal: false,
        time_zone: chrono_tz::UTC,
        role: Some(Role::Lead),
    };
    Actor { person: Person::System, team: Some(team) }
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_360_000, 0).unwrap_or_default()
}
