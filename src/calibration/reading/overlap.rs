//! Who met whose candidates, and panels that would mend it.

use std::collections::BTreeSet;

use super::super::model::Overlap;
use super::scores::Scores;
use crate::interviews::PersonOfPanel;
use crate::interviews::overlap::{self, CONNECT, SEATS, rotation_plan};
use crate::policy::AccountId;

pub fn overlap(scores: &Scores) -> Overlap {
    // Who scored no area of a candidate has not met them.
    let met = |card: &&crate::scorecards::BlindCard| card.areas.iter().any(Option::is_some);
    let panels: Vec<Vec<String>> =
        scores.interviews().map(|cards| cards.iter().filter(met).map(|card| card.rater.to_string()).collect()).collect();
    let raters: BTreeSet<String> = panels.iter().flatten().cloned().collect();
    let met = overlap::Overlap::new(&raters.into_iter().collect::<Vec<_>>(), &panels);
    let person = |id: &String| {
        let account_id: AccountId = id.parse().ok()?;
        Some(PersonOfPanel { account_id, name: scores.name(account_id) })
    };
    let mut never_met: Vec<[PersonOfPanel; 2]> = met
        .below(CONNECT)
        .iter()
        .filter_map(|pair| {
            let mut two = [person(&pair.a)?, person(&pair.b)?];
            two.sort_by(|one, other| one.name.cmp(&other.name));
            Some(two)
        })
        .collect();
    never_met.sort_by(|one, other| one.iter().map(|person| &person.name).cmp(other.iter().map(|person| &person.name)));
    let plan = rotation_plan(&met, SEATS, CONNECT).panels.iter().map(|panel| panel.iter().filter_map(person).collect()).collect();
    Overlap { connected: met.connected(), never_met, plan }
}
