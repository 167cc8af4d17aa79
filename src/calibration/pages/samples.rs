//! Examples of the pages: a team in which there is something to see, and one that has not begun.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::super::exercises::WaitingPart;
use super::super::model::Look;
use super::super::reading::{self, Scores};
use super::super::statistics::generate::{Recipe, generate};
use super::own::OwnPage;
use super::team::TeamPage;
use crate::policy::{AccountId, Actor, InterviewId, Mode, Person, Role, SignInId, TeamId, TeamOfActor};
use crate::rubrics::{Level, RubricVersionId};
use crate::scorecards::BlindCard;

const RATERS: usize = 5;

pub fn team() -> Vec<TeamPage> {
    // Two show leads their severity; in the second team nobody does.
    let shares = |people: usize| (1..=people).map(|place| (account(place), DateTime::<Utc>::UNIX_EPOCH)).collect::<HashMap<_, _>>();
    let page =
        |(cards, people): &(Vec<BlindCard>, usize)| TeamPage::of(&reading::team(&scores(cards)?, me(), &shares(*people)), &actor()).ok();
    let mut pages: Vec<TeamPage> = [(cards(40), 2), (cards(8), 0), (Vec::new(), 0)].iter().filter_map(page).collect();
    if let Some(page) = pages.first_mut() {
        page.waiting.push(WaitingPart::sample());
    }
    pages
}

pub fn own() -> Vec<OwnPage> {
    let mut pages: Vec<OwnPage> =
        [cards(40), Vec::new()].iter().filter_map(|cards| OwnPage::of(&reading::own(&scores(cards)?, me()), &actor()).ok()).collect();
    let now = crate::web::times::Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::Tz::UTC);
    if let Some(page) = pages.first_mut() {
        page.shared_since = Some(now.clone());
        page.drift_since = Some(now);
        page.early = true;
        page.waiting.push(WaitingPart::sample());
        page.style.early = true;
    }
    pages
}

/// Candidates each scored by three of five.
fn cards(candidates: usize) -> Vec<BlindCard> {
    let made = generate(&Recipe::team(7, candidates, RATERS, 3)).scores;
    let mut cards: Vec<BlindCard> = Vec::new();
    for one in made {
        let (interview, rater) = (InterviewId(Uuid::from_u128(one.candidate as u128 + 1)), account(one.rater));
        let at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(one.candidate as i64);
        let place = match cards.iter().position(|card| card.interview == interview && card.rater == rater) {
            Some(place) => place,
            None => {
                cards.push(BlindCard {
                    interview,
                    candidate: format!("Candidate {}", one.candidate + 1),
                    starts_at: at,
                    level: Level::Mid,
                    rubric_version: rubric(),
                    rater,
                    rater_name: format!("Interviewer {}", one.rater + 1),
                    submitted_at: at,
                    areas: [None; 5],
                });
                cards.len() - 1
            }
        };
        if let Some(area) = cards.get_mut(place).and_then(|card| card.areas.get_mut(one.area)) {
            *area = Some(one.score);
        }
    }
    cards.sort_by_key(|card| (card.starts_at, card.interview));
    cards
}

fn scores(cards: &[BlindCard]) -> Option<Scores> {
    Scores::new(Look::default(), cards, &reading::used_versions(cards, None), Vec::new()).ok()
}

fn rubric() -> RubricVersionId {
    RubricVersionId(Uuid::nil())
}

fn account(place: usize) -> AccountId {
    AccountId(Uuid::from_u128(place as u128 + 1))
}

fn me() -> AccountId {
    account(0)
}

fn actor() -> Actor {
    let time_zone = chrono_tz::Tz::UTC;
    Actor {
        person: Person::Account {
            id: me(),
            sign_in: SignInId(Uuid::nil()),
            name: "Ada Example".into(),
            email: "ada@example.com".into(),
            time_zone,
            operator: false,
        },
        team: Some(TeamOfActor {
            id: TeamId(Uuid::nil()),
            name: "Example".into(),
            mode: Mode::Hiring,
            personal: false,
            time_zone,
            role: Some(Role::Lead),
        }),
    }
}
