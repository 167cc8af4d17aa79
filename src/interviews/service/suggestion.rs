//! Whom a panel should bring together.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::super::model::{PairOfPanel, PanelAddition, PanelSuggestion, PanelWish, PersonOfPanel};
use super::super::overlap::{self, CONNECT, Overlap, Pair, QUARTER, SEATS};
use super::super::store::{self, Member, Sat};
use super::check;
use crate::candidates;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, AccountId, Act, Actor, Role};

const YEAR: TimeDelta = TimeDelta::weeks(52);
const WEEKS_OF_A_QUARTER: TimeDelta = TimeDelta::weeks(12);
/// So many people are offered to be added.
const ADDITIONS: usize = 3;

/// Panels that bring together who never met the same candidate in a year; where there are none, who shared too few in
/// a quarter.
pub fn suggest_panel(tx: &mut Tx, actor: &Actor, wish: &PanelWish) -> Result<PanelSuggestion> {
    policy::allow(&actor.standing(), Act::PlanInterviews)?;
    let team = actor.team_id()?;
    let candidate = match wish.candidate_id {
        Some(id) => candidates::find(tx, actor, id)?.account.map(|account| account.id),
        None => None,
    };
    let (mode, year) = (wish.mode.unwrap_or(actor.team()?.mode), tx.now - YEAR);
    let sat = store::sat_since(tx, team, year)?;
    let sitters: HashSet<AccountId> = sat.iter().map(|sat| sat.account_id).collect();
    // Who owns or leads and never sits in a panel is not asked to.
    let sits = |member: &Member| {
        let has_sat = sitters.contains(&member.account_id);
        check::role_sits(member.role, mode) && candidate != Some(member.account_id) && (has_sat || member.role == Role::Interviewer)
    };
    let people = store::members(tx, team, None)?.into_iter().filter(sits);
    let people = People(people.map(|member| (called(&member), member)).collect());
    let met = people.overlap(&sat, year);
    if !met.below(CONNECT).is_empty() {
        return Ok(people.suggestion(&met, CONNECT, year, &wish.panel));
    }
    let quarter = tx.now - WEEKS_OF_A_QUARTER;
    Ok(people.suggestion(&people.overlap(&sat, quarter), QUARTER, quarter, &wish.panel))
}

/// What the overlap calls somebody. Where it has to choose between equals it goes by this: by name, which means
/// something to who reads it, and by the id only where two are called the same.
fn called(member: &Member) -> String {
    format!("{} {}", member.name, member.account_id)
}

/// Who may sit in the panel, by what the overlap calls them.
struct People(BTreeMap<String, Member>);

impl People {
    fn called(&self, account: AccountId) -> Option<String> {
        self.0.iter().find(|(_, member)| member.account_id == account).map(|(called, _)| called.clone())
    }

    fn overlap(&self, sat: &[Sat], since: DateTime<Utc>) -> Overlap {
        let since = sat.iter().filter(|sat| sat.starts_at >= since).collect::<Vec<_>>();
        let panel = |sat: &[&Sat]| sat.iter().filter_map(|sat| self.called(sat.account_id)).collect();
        let panels: Vec<Vec<String>> = since.chunk_by(|one, other| one.interview_id == other.interview_id).map(panel).collect();
        Overlap::new(&self.0.keys().cloned().collect::<Vec<_>>(), &panels)
    }

    fn suggestion(&self, met: &Overlap, wanted: u32, since: DateTime<Utc>, panel: &[AccountId]) -> PanelSuggestion {
        let panel: Vec<String> = panel.iter().filter_map(|account| self.called(*account)).collect();
        let short = met.below(wanted);
        let strangers = wanted == CONNECT;
        let plan =
            if strangers { overlap::rotation_plan(met, SEATS, wanted).panels } else { vec![overlap::next_panel(met, SEATS, wanted)] };
        let brings = short.iter().filter(|pair| panel.contains(&pair.a) && panel.contains(&pair.b)).cloned().collect();
        let add = if panel.is_empty() { Vec::new() } else { overlap::suggest(met, &panel, wanted) };
        let add = add.into_iter().filter(|one| !one.with.is_empty()).take(ADDITIONS);
        let addition = |one: overlap::Suggestion| Some(PanelAddition { person: self.person(&one.rater)?, with: self.people(&one.with) });
        PanelSuggestion {
            since,
            wanted,
            short: self.pairs(short),
            plan: plan.iter().map(|panel| self.people(panel)).filter(|panel| panel.len() > 1).collect(),
            brings: self.pairs(brings),
            add: add.filter_map(addition).collect(),
        }
    }

    fn person(&self, called: &str) -> Option<PersonOfPanel> {
        self.0.get(called).map(|member| PersonOfPanel { account_id: member.account_id, name: member.name.clone() })
    }

    /// By name.
    fn people(&self, called: &[String]) -> Vec<PersonOfPanel> {
        let mut people: Vec<PersonOfPanel> = called.iter().filter_map(|called| self.person(called)).collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        people
    }

    /// Those who share fewest first, then by name.
    fn pairs(&self, pairs: Vec<Pair>) -> Vec<PairOfPanel> {
        let pair = |pair: Pair| Some(PairOfPanel { people: self.people(&[pair.a, pair.b]).try_into().ok()?, shared: pair.shared });
        let mut pairs: Vec<PairOfPanel> = pairs.into_iter().filter_map(pair).collect();
        pairs.sort_by(|one, other| {
            let names = |pair: &PairOfPanel| pair.people.each_ref().map(|person| person.name.clone());
            (one.shared, names(one)).cmp(&(other.shared, names(other)))
        });
        pairs
    }
}
