//! Who met whose candidates, and panels that would mend it.

use super::super::model::{Overlap, PersonOfOverlap};
use super::super::statistics::overlap::{self, CONNECT, rotation_plan};
use super::scores::Scores;
use crate::policy::AccountId;

/// The seats of a usual panel.
const SEATS: usize = 3;

pub fn overlap(scores: &Scores) -> Overlap {
    let met = overlap::Overlap::of(&scores.ratings);
    let person = |id: &String| {
        let account_id: AccountId = id.parse().ok()?;
        Some(PersonOfOverlap { account_id, name: scores.name(account_id) })
    };
    let mut never_met: Vec<[PersonOfOverlap; 2]> = met
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
