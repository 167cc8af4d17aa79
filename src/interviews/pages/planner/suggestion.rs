//! What the planner says about who should sit together.

use serde::Serialize;

use super::super::super::model::{PairOfPanel, PanelAddition, PanelSuggestion, PanelWish, PersonOfPanel};
use super::super::super::service;
use super::form::PlannerForm;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;

/// Nothing of it is said where everybody has met.
#[derive(Debug, Default, Serialize)]
pub struct SuggestionPart {
    /// Who this panel brings together.
    brings: Vec<String>,
    /// Who has not met, or too seldom.
    finding: Option<String>,
    hint: &'static str,
    panels: Vec<Offer>,
    add: Vec<Offer>,
}

/// A button and why it is there.
#[derive(Debug, Serialize)]
struct Offer {
    value: String,
    label: String,
    why: Option<String>,
}

/// Most panels of the plan that are offered at once.
const PANELS: usize = 3;

/// Of the panel as it is in the form.
pub fn suggestion(tx: &mut Tx, actor: &Actor, form: &PlannerForm) -> Result<SuggestionPart> {
    let panel = form.account_id.iter().filter_map(|id| id.parse().ok()).collect();
    let wish = PanelWish { panel, mode: form.mode.parse().ok(), candidate_id: form.candidate_id.parse().ok() };
    match service::suggest_panel(tx, actor, &wish) {
        Ok(found) => Ok(SuggestionPart::of(&found)),
        // The form says what is wrong with its candidate.
        Err(Error::NotFound) => Ok(SuggestionPart::default()),
        Err(error) => Err(error),
    }
}

impl SuggestionPart {
    fn of(found: &PanelSuggestion) -> Self {
        let strangers = found.wanted == 1;
        SuggestionPart {
            brings: found.brings.iter().map(|pair| brings(pair, strangers)).collect(),
            finding: found.short.split_first().map(|(pair, others)| finding(pair, others.len(), strangers)),
            hint: if strangers {
                "Who never scores the same candidate cannot be compared. These panels mend it with the fewest seats."
            } else {
                "Five in twelve weeks are enough to compare two."
            },
            panels: found.plan.iter().take(PANELS).map(|panel| offer(panel)).collect(),
            add: found.add.iter().map(|one| addition(one, strangers)).collect(),
        }
    }

    pub fn sample() -> Self {
        let offer = |label: &str, why: Option<&str>| Offer { value: "1,2,3".into(), label: label.into(), why: why.map(str::to_owned) };
        SuggestionPart {
            brings: vec!["This panel brings Jonas \"J\" Lind and Priya <Raman> together.".into()],
            finding: Some("Jonas Lind and Mei Tanaka have never met the same candidate".into()),
            hint: "Who never scores the same candidate cannot be compared.",
            panels: vec![offer("Jonas Lind, Mei Tanaka", None)],
            add: vec![offer("Mei Tanaka", Some("has never met a candidate together with Jonas Lind"))],
        }
    }
}

fn both(pair: &PairOfPanel) -> String {
    names(&pair.people)
}

/// As in `Ann, Bob and Cyd`.
fn names(people: &[PersonOfPanel]) -> String {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn times(shared: u32) -> String {
    match shared {
        0 => "no candidate".into(),
        1 => "one candidate".into(),
        more => format!("{more} candidates"),
    }
}

fn brings(pair: &PairOfPanel, strangers: bool) -> String {
    if strangers {
        format!("This panel brings {} together, who have never met the same candidate.", both(pair))
    } else {
        format!("This panel brings {} together, who have shared {} in twelve weeks.", both(pair), times(pair.shared))
    }
}

fn finding(pair: &PairOfPanel, others: usize, strangers: bool) -> String {
    let more = match others {
        0 => String::new(),
        1 => ", nor has one other pair".into(),
        others => format!(", nor have {others} other pairs"),
    };
    if strangers {
        format!("{} have never met the same candidate{more}", both(pair))
    } else {
        format!("{} have shared {} in twelve weeks", both(pair), times(pair.shared))
    }
}

fn offer(panel: &[PersonOfPanel]) -> Offer {
    let ids: Vec<String> = panel.iter().map(|person| person.account_id.to_string()).collect();
    let people: Vec<&str> = panel.iter().map(|person| person.name.as_str()).collect();
    Offer { value: ids.join(","), label: people.join(", "), why: None }
}

fn addition(one: &PanelAddition, strangers: bool) -> Offer {
    let with = names(&one.with);
    let why = if strangers { format!("has never met a candidate together with {with}") } else { format!("has shared too few with {with}") };
    Offer { value: one.person.account_id.to_string(), label: one.person.name.clone(), why: Some(why) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::policy::AccountId;

    fn person(name: &str) -> PersonOfPanel {
        PersonOfPanel { account_id: AccountId(Uuid::nil()), name: name.into() }
    }

    #[test]
    fn it_is_said_who_has_not_met_and_how_often_else() {
        let pair = |shared| PairOfPanel { people: [person("Ann"), person("Bob")], shared };
        assert_eq!(finding(&pair(0), 0, true), "Ann and Bob have never met the same candidate");
        assert_eq!(finding(&pair(0), 1, true), "Ann and Bob have never met the same candidate, nor has one other pair");
        assert_eq!(finding(&pair(1), 7, false), "Ann and Bob have shared one candidate in twelve weeks");
        assert_eq!(names(&[person("Ann"), person("Bob"), person("Cyd")]), "Ann, Bob and Cyd");
    }
}
