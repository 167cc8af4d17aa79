//! An interview to show the pages with: each seat in the phases that are asked for.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::super::clock::Stretch;
use super::super::model::{Asked, Phase, Room};
use super::super::own_notes::OwnNotes;
use super::super::pad::{Language, Pad};
use super::super::presence::{Present, Said};
use super::super::service::{Entered, Visit};
use super::super::view;
use super::parts::RoomUrls;
use crate::candidates::ClaimId;
use crate::interviews::{Brief, Facts, Found, SeatView};
use crate::policy::{AccountId, Actor, InterviewId, Mode, Person, Role, Seat, SignInId, Standing, TeamId, TeamOfActor};
use crate::question_sets::{Kind, Question, QuestionId, QuestionSetVersion};
use crate::rubrics::{Anchor, Area, Cuts, Level, PerLevel, RubricVersion, WarningSign};
use crate::scorecards::{ClaimMark, Content, Evidence, OwnCard, Sign, Tick, TickKind, Value, Verdict, WarningMark};

const SEATS: [(u128, &str, Seat); 4] = [
    (1, "Adaeze Okafor", Seat::LeadInterviewer),
    (2, "Jonas Lindqvist", Seat::Interviewer),
    (3, "Priya Raman", Seat::Observer),
    (4, "Sofia Marin", Seat::Candidate),
];

/// One visit for each seat and phase.
pub fn visits(phases: &[Phase]) -> Vec<(Visit, Actor)> {
    phases.iter().flat_map(|phase| SEATS.iter().map(|seat| visit(*phase, *seat))).collect()
}

pub fn urls() -> RoomUrls {
    RoomUrls::of(TeamId(Uuid::nil()), InterviewId(Uuid::nil()))
}

pub fn page_url() -> String {
    format!("/teams/{0}/interviews/{0}", Uuid::nil())
}

fn visit(phase: Phase, (number, name, seat): (u128, &str, Seat)) -> (Visit, Actor) {
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
    let actor = actor(number, name);
    let standing = Standing { role: actor.role(), seat: Some(seat), mode: Mode::Mock };
    let entered =
        Entered { found: Found { brief: brief(phase, now), standing }, room: room(phase, now), seats: seats(), set: Arc::new(set(now)) };
    let scores = matches!(seat, Seat::LeadInterviewer | Seat::Interviewer);
    let card = scores.then(|| OwnCard { version: 7, submitted_at: (number == 2).then_some(now), content: card(number == 1) });
    let view = view::of(&entered, &actor, now);
    let notes = (seat == Seat::Candidate).then(|| OwnNotes { text: "Ask about <on-call>".into(), version: 3 });
    (Visit { entered, view, card, notes, rubric: Arc::new(rubric(now)), now }, actor)
}

fn actor(number: u128, name: &str) -> Actor {
    let id = Uuid::from_u128(number);
    let person = Person::Account {
        id: AccountId(id),
        sign_in: SignInId(id),
        name: name.into(),
        email: "somebody@example.org".into(),
        time_zone: chrono_tz::Tz::Europe__Berlin,
        operator: false,
    };
    let team = TeamOfActor {
        id: TeamId(Uuid::nil()),
        name: "Practice".into(),
        mode: Mode::Mock,
        personal: false,
        time_zone: chrono_tz::Tz::UTC,
        role: Some(Role::Interviewer),
    };
    Actor { person, team: Some(team) }
}

fn brief(phase: Phase, now: DateTime<Utc>) -> Brief {
    let begun = (phase != Phase::Waiting).then_some(now - TimeDelta::minutes(20));
    Brief {
        id: InterviewId(Uuid::nil()),
        candidate_id: Uuid::nil().into(),
        candidate_name: "Sofia Marin".into(),
        candidate_email: None,
        candidate_account: None,
        mode: Mode::Mock,
        level: Level::Mid,
        question_set_version_id: Uuid::nil().into(),
        rubric_version_id: Uuid::nil().into(),
        starts_at: now,
        time_zone: chrono_tz::Tz::Asia__Kolkata,
        minutes: 50,
        extra_minutes: 10,
        place: "https://meet.example.org/room".into(),
        instructions: "Keep to the order.".into(),
        swap_roles: false,
        version: 1,
        calendar_sequence: 0,
        created_by: AccountId(Uuid::nil()),
        facts: Facts { scheduled_at: Some(now), started_at: begun, ended_at: (phase == Phase::Ended).then_some(now), ..Facts::default() },
    }
}

fn room(phase: Phase, now: DateTime<Utc>) -> Room {
    let began = now - TimeDelta::minutes(20);
    let stretch = |number: u128, from: i64, to: Option<i64>| Stretch {
        question_id: Some(question_id(number)),
        began_at: began + TimeDelta::minutes(from),
        ended_at: to.map(|to| began + TimeDelta::minutes(to)),
    };
    let asked = |number: u128| Asked { question_id: question_id(number), added_in_room: number == 3, skipped: number == 3 };
    let started = phase != Phase::Waiting;
    Room {
        driver_id: None,
        started_at: started.then_some(began),
        ended_at: (phase == Phase::Ended).then_some(now),
        question_id: started.then(|| question_id(2)),
        prompt_hidden: phase == Phase::Paused,
        last_seq: 4,
        break_asked_at: (phase == Phase::Live).then_some(now),
        quiet_until: (phase == Phase::Live).then(|| now + TimeDelta::minutes(2)),
        present: Present::of(&[said(1, false, false, now), said(2, false, true, now), said(4, true, false, now)], now),
        stretches: if started { vec![stretch(1, 0, Some(12)), stretch(2, 12, (phase != Phase::Live).then_some(20))] } else { Vec::new() },
        questions: (1..=4).map(asked).collect(),
        pads: if started { vec![Pad { question_id: question_id(2), language: Language::Sql, last_number: 3 }] } else { Vec::new() },
    }
}

fn said(person: u128, candidate: bool, away: bool, now: DateTime<Utc>) -> Said {
    Said { person_id: Uuid::from_u128(person), candidate, away, seen_at: now }
}

fn seats() -> Vec<SeatView> {
    let seat = |(number, name, seat): &(u128, &str, Seat)| SeatView {
        account_id: AccountId(Uuid::from_u128(*number)),
        name: (*name).into(),
        email: String::new(),
        seat: *seat,
        areas: Vec::new(),
        added_at: DateTime::default(),
    };
    SEATS[..3].iter().map(seat).collect()
}

fn question_id(number: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(100 + number))
}

fn set(now: DateTime<Utc>) -> QuestionSetVersion {
    QuestionSetVersion {
        id: Uuid::nil().into(),
        set: crate::question_sets::QuestionSetId(Uuid::nil()),
        slug: "backend".into(),
        number: 1,
        name: "Django backend".into(),
        description: String::new(),
        questions: (1..=5).map(question).collect(),
        published_at: now,
        rubric: None,
        published_by: None,
        reason: None,
        team: None,
        built_in: true,
    }
}

fn question(number: u128) -> Question {
    let lines = |words: &str| vec![words.to_owned(), format!("{words}, again")];
    Question {
        id: question_id(number),
        key: format!("question-{number}"),
        title: format!("Question of many words, number {number}"),
        prompt: "A migration has stopped halfway through a release. Walk me through your next thirty minutes.".into(),
        kind: if number == 1 { Kind::Opening } else { Kind::Scenario },
        areas: vec![5, 3],
        levels: vec![Level::Mid],
        minutes: 6,
        tests: "Whether the candidate protects data first.".into(),
        listen_for: lines("Halts the rollout, and says so"),
        warning_signs: lines("Fixes first, asks later"),
        probes: lines("How do you know?"),
        checklist: None,
        topics: Vec::new(),
        anchors: Vec::new(),
        strong_answer: None,
        weak_answer: None,
    }
}

fn rubric(now: DateTime<Utc>) -> RubricVersion {
    let cuts = Cuts { mock: [2.3, 2.9], hiring: [2.1, 2.9, 3.9] };
    RubricVersion {
        id: Uuid::nil().into(),
        rubric: crate::rubrics::RubricId(Uuid::nil()),
        slug: "five-areas".into(),
        number: 1,
        name: "Five areas".into(),
        description: String::new(),
        areas: (1..=5).map(area).collect(),
        weights_reason: None,
        cuts: PerLevel { entry: cuts.clone(), mid: cuts.clone(), senior: cuts },
        warning_signs: vec![WarningSign {
            key: "recites".into(),
            name: "Recites".into(),
            looks_like: "The definition is fluent, with nothing behind it.".into(),
            advice: "Keep one thing you built for each term.".into(),
        }],
        published_at: now,
        published_by: None,
        reason: None,
        team: None,
        built_in: true,
    }
}

fn area(number: u8) -> Area {
    let anchor = |level: u8| Anchor { level, label: format!("Level {level}"), text: "What it looks like.".into() };
    Area {
        number,
        key: format!("area-{number}"),
        name: format!("Area number {number}"),
        short_name: format!("Area {number}"),
        description: String::new(),
        weight: 1.0,
        anchors: (1..=5).map(anchor).collect(),
        expected: PerLevel { entry: 2, mid: 3, senior: 4 },
    }
}

fn card(begun: bool) -> Content {
    let mut content = Content::empty(&[question_id(1), question_id(2), question_id(3), question_id(4)]);
    if begun {
        content.questions[0].value = Some(Value::Scored(4));
        content.questions[1].value = Some(Value::NotEnoughEvidence);
        content.areas[0].value = Some(Value::Scored(3));
        let (question_id, area) = (Some(question_id(1)), Some(5));
        let signs = [Sign::Strength, Sign::Concern, Sign::Neutral].into_iter().zip(1u128..);
        content.evidence = signs
            .map(|(sign, number)| Evidence {
                id: Uuid::from_u128(number),
                sign,
                area,
                question_id,
                at_seconds: Some(90),
                text: "Said so.".into(),
            })
            .collect();
        content.ticks =
            vec![Tick { question_id: question_id.unwrap_or(QuestionId(Uuid::nil())), kind: TickKind::ListenFor, index: 0, on: true }];
        let claim = |id: u128, value, evidence: &str| ClaimMark {
            claim_id: ClaimId(Uuid::from_u128(id)),
            text: "Cut <latency> by 60%".into(),
            detail: evidence.into(),
            value,
            evidence: evidence.into(),
        };
        content.claims = vec![claim(31, Some(Verdict::Partly), "The cache was \"his\"."), claim(32, None, "")];
        content.warning_signs = vec![WarningMark { key: "recites".into(), question_id: None, on: true }];
    }
    content
}
