//! Debriefs as examples: a full one with everything on it, and the barest there can be.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::DecisionForm;
use super::show::DebriefPage;
use crate::candidates::ClaimId;
use crate::debriefs::combination::Combination;
use crate::debriefs::model::{
    AreaView, ClaimOfDebrief, ClaimVerdict, DebriefView, DecisionView, LaterScore, Proposal, RecommendationView, ScoreView, WarningSignView,
};
use crate::policy::{AccountId, Actor, InterviewId, Mode, Person, Role, Seat, TeamId, TeamOfActor};
use crate::question_sets::QuestionId;
use crate::rooms::{Language, PadOfInterview};
use crate::rubrics::Level;
use crate::scorecards::{Confidence, Evidence, Recommendation, Sign, Submission, Value, Verdict};
use crate::web::form::FormErrors;

pub fn full() -> DebriefPage {
    let form = DecisionForm {
        outcome: "nearly_ready".into(),
        reason: "Depth is there.".into(),
        dissents: vec![account(1).to_string()],
        ..DecisionForm::default()
    };
    page(&view(true), Some(form), FormErrors::whole("Say why."))
}

pub fn bare() -> DebriefPage {
    page(&view(false), None, FormErrors::default())
}

fn page(view: &DebriefView, form: Option<DecisionForm>, errors: FormErrors) -> DebriefPage {
    let team = TeamOfActor {
        id: TeamId(Uuid::nil()),
        name: "Team".into(),
        mode: Mode::Mock,
        personal: false,
        time_zone: chrono_tz::UTC,
        role: Some(Role::Lead),
    };
    DebriefPage::of(view, &Actor { person: Person::System, team: Some(team) }, form, errors)
        .unwrap_or_else(|_| unreachable!("the actor has a team"))
}

fn view(full: bool) -> DebriefView {
    let people: &[(&str, u8)] =
        if full { &[("Adaeze Okafor", 4), ("Jonas Lindqvist", 2), ("Priya Raman", 3)] } else { &[("Adaeze Okafor", 4)] };
    let scores: Vec<ScoreView> = people.iter().enumerate().map(|(place, (name, value))| score(place, name, *value, full)).collect();
    let area = |area, name: &str, spread| AreaView {
        area,
        name: name.into(),
        short_name: name.into(),
        expected: 3,
        scores: scores.clone(),
        median: full.then_some(3.0),
        mean: full.then_some(3.0),
        spread,
        self_score: full.then_some(3),
    };
    let value = full.then_some(3.4);
    DebriefView {
        interview_id: InterviewId(Uuid::nil()),
        candidate_name: "Sofia Marin".into(),
        mode: Mode::Mock,
        level: Level::Mid,
        opened_at: at(),
        early_reason: full.then(|| "Priya is away this week".into()),
        submissions: people
            .iter()
            .enumerate()
            .map(|(place, (name, _))| Submission {
                account_id: account(place),
                name: (*name).into(),
                seat: Seat::Interviewer,
                submitted: place < 2,
            })
            .collect(),
        areas: vec![
            area(5, "Problem-solving", full.then_some(2)),
            area(1, "Fundamentals", full.then_some(1)),
            area(2, "Framework", full.then_some(0)),
        ],
        proposal: Proposal {
            combination: Combination {
                value,
                low: value.map(|value| value - 0.9),
                high: value.map(|value| value + 0.9),
                scored_areas: if full { 5 } else { 3 },
                counted_cards: people.len(),
                step: full.then_some(2),
                near_a_cut: full,
            },
            outcome: full.then_some(Recommendation::ReadyNow),
            cuts: vec![2.3, 2.9],
            assumed: !full,
            measured_over: full.then_some(24),
        },
        recommendations: people
            .iter()
            .enumerate()
            .map(|(place, (name, _))| RecommendationView {
                account_id: account(place),
                name: (*name).into(),
                own: place == 0,
                counted: true,
                recommendation: full.then_some(Recommendation::NearlyReady),
                confidence: Some(Confidence::Medium),
                next_step: if full { "Say what you need to know first.".into() } else { String::new() },
            })
            .collect(),
        warning_signs: if full {
            vec![
                WarningSignView {
                    name: "Fixes first, asks later".into(),
                    question: Some("A migration stops halfway".into()),
                    seen_by: vec!["Adaeze Okafor".into(), "Jonas Lindqvist".into()],
                },
                WarningSignView { name: "Recites".into(), question: None, seen_by: vec!["Priya Raman".into()] },
            ]
        } else {
            Vec::new()
        },
        pads: if full {
            vec![PadOfInterview { question_id: QuestionId(Uuid::nil()), title: "A <slow> query".into(), language: Language::Sql }]
        } else {
            Vec::new()
        },
        claims: if full {
            let verdict = |place: usize, value, evidence: &str| ClaimVerdict {
                account_id: account(place),
                name: people.get(place).map_or("", |(name, _)| *name).into(),
                own: place == 0,
                counted: true,
                value,
                evidence: evidence.into(),
            };
            vec![ClaimOfDebrief {
                claim_id: ClaimId(Uuid::nil()),
                text: "Cut <latency> by 60%".into(),
                verdicts: vec![verdict(0, Some(Verdict::Partly), "The cache was \"hers\"."), verdict(1, None, "")],
            }]
        } else {
            Vec::new()
        },
        self_scored: full,
        decisions: if full { vec![decision(2, Recommendation::NearlyReady), decision(1, Recommendation::ReadyNow)] } else { Vec::new() },
        may_decide: full,
        may_report: full,
    }
}

fn score(place: usize, name: &str, value: u8, full: bool) -> ScoreView {
    let note =
        |sign, at_seconds, text: &str| Evidence { id: Uuid::nil(), sign, area: Some(5), question_id: None, at_seconds, text: text.into() };
    ScoreView {
        account_id: account(place),
        name: name.into(),
        seat: if place == 2 { Seat::Shadow } else { Seat::Interviewer },
        own: place == 0,
        counted: place < 2,
        value: Some(if full { Value::Scored(value) } else { Value::NotEnoughEvidence }),
        reason: if full { "Her plan held under every probe.".into() } else { String::new() },
        later: (full && place == 1).then(|| LaterScore {
            value: Some(Value::Scored(3)),
            reason: "The order was wrong, the content right.".into(),
            given_at: at() + TimeDelta::minutes(20),
            after_debrief: true,
            others_visible: true,
        }),
        evidence: if full {
            vec![
                note(Sign::Concern, Some(1330), "First answer was to restore the backup."),
                note(Sign::Strength, None, "Chose with a reason."),
                note(Sign::Neutral, Some(5), "Asked for water."),
            ]
        } else {
            Vec::new()
        },
    }
}

fn decision(number: i32, outcome: Recommendation) -> DecisionView {
    DecisionView {
        number,
        outcome,
        reason: "Depth is there; diagnosis has to come first.".into(),
        proposed_outcome: Some(Recommendation::ReadyNow),
        override_reason: if number == 2 { "She needs it once more, unprompted.".into() } else { String::new() },
        dissents: if number == 2 { vec!["Jonas Lindqvist".into()] } else { Vec::new() },
        decided_by: "Adaeze Okafor".into(),
        decided_at: at() + TimeDelta::minutes(30),
    }
}

fn account(place: usize) -> AccountId {
    AccountId(Uuid::from_u128(place as u128 + 1))
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_360_000, 0).unwrap_or_default()
}
