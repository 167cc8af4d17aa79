//! Forms in which somebody scores five areas on their own: what is wrong with them, by area; and two versions of the
//! same scores, saved in two tabs, side by side (R8).

use serde::Serialize;

use crate::rubrics::RubricVersion;
use crate::web::form::{FormErrors, SummaryLine};

/// A form as it was sent: names and texts.
pub type Pairs = Vec<(String, String)>;
/// One field of an area, by its name within it, and what it holds.
pub type Field = (&'static str, String);

pub const MISSING: &str = "Something is missing";
pub const WRONG: &str = "Please look at these";
pub const ELSEWHERE: &str = "Saved in another tab";

/// An area that reads otherwise here than it was saved there.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict {
    label: String,
    mine: String,
    theirs: String,
    /// As in `areas.0`; whoever ticks it keeps what was saved.
    take: String,
    /// What was saved, which the form brings along.
    there: Vec<Hidden>,
}

#[derive(Debug, Clone, Serialize)]
struct Hidden {
    name: String,
    value: String,
}

/// What to say over two versions.
pub fn elsewhere(conflicts: &[Conflict]) -> FormErrors {
    FormErrors::whole(match conflicts.is_empty() {
        true => "These scores were saved in another tab, word for word as they are here. Save once more to go on.",
        false => {
            "Nothing has been overwritten. Below stands what you typed here beside what was saved there. Tick what to keep of that, then save."
        }
    })
}

/// The areas of which the two versions differ, in order.
pub fn conflicts(rubric: &RubricVersion, mine: &[Vec<Field>], theirs: &[Vec<Field>]) -> Vec<Conflict> {
    let of = |(number, (mine, theirs)): (u8, (&Vec<Field>, &Vec<Field>))| {
        let (take, here, there) = (format!("areas.{}", number - 1), words(mine), words(theirs));
        (here != there).then(|| Conflict {
            label: rubric.area(number).map(|area| area.name.clone()).unwrap_or_default(),
            mine: here,
            theirs: there,
            there: theirs.iter().map(|(name, value)| Hidden { name: format!("there.{take}.{name}"), value: value.clone() }).collect(),
            take,
        })
    };
    (1..).zip(mine.iter().zip(theirs)).filter_map(of).collect()
}

/// An area in words: its score, then what stands beside it.
fn words(fields: &[Field]) -> String {
    let line = |(name, value): &Field| {
        let value = value.replace("\r\n", "\n");
        match (*name, value.trim()) {
            (_, "") => None,
            ("value", "not_enough_evidence") => Some("Not enough evidence".to_owned()),
            ("value", score) => Some(format!("Score {score}")),
            ("at", at) => Some(format!("At {at}")),
            (_, text) => Some(text.to_owned()),
        }
    };
    let lines: Vec<String> = fields.iter().filter_map(line).collect();
    if lines.is_empty() { "Empty".into() } else { lines.join("\n") }
}

/// A form with what was saved in place of what was typed, in the areas where that was ticked.
pub fn chosen(form: Pairs) -> Pairs {
    let taken: Vec<String> = form.iter().filter(|(name, _)| name == "take").map(|(_, area)| format!("{area}.")).collect();
    let is_taken = |name: &str| taken.iter().any(|area| name.starts_with(area.as_str()));
    let keep = |(name, value): (String, String)| match name.strip_prefix("there.") {
        Some(there) => is_taken(there).then(|| (there.to_owned(), value)),
        None => (name != "take" && !is_taken(&name)).then_some((name, value)),
    };
    form.into_iter().filter_map(keep).collect()
}

/// Each mistake once, with the areas in which it is made; it leads to the first of them.
pub fn by_area(errors: &mut FormErrors, rubric: &RubricVersion) {
    let mut lines: Vec<(SummaryLine, Vec<String>)> = Vec::new();
    for line in errors.summary.drain(..) {
        let name = line.field.as_deref().and_then(area_of).and_then(|number| rubric.area(number)).map(|area| area.name.clone());
        let same = lines.iter_mut().find(|(known, areas)| name.is_some() && !areas.is_empty() && known.text == line.text);
        match same {
            Some((_, areas)) => areas.extend(name),
            None => lines.push((line, name.into_iter().collect())),
        }
    }
    let named = |(line, areas): (SummaryLine, Vec<String>)| match areas.is_empty() {
        true => line,
        false => SummaryLine { text: format!("{}: {}", listed(&areas), line.text), field: line.field },
    };
    errors.summary = lines.into_iter().map(named).collect();
}

/// The area of a field like `areas.0.note`.
fn area_of(field: &str) -> Option<u8> {
    let place: u8 = field.strip_prefix("areas.")?.split('.').next()?.parse().ok()?;
    place.checked_add(1)
}

fn listed(areas: &[String]) -> String {
    match areas {
        [one] => one.clone(),
        [_, _, _, _, _] => "All five areas".into(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
        [] => String::new(),
    }
}

/// For the samples of the pages.
pub fn sample_conflicts() -> Vec<Conflict> {
    let there = |name: &str, value: &str| Hidden { name: format!("there.areas.0.{name}"), value: value.into() };
    vec![Conflict {
        label: "Area <1>".into(),
        mine: "Score 3\nSaid \"I looked\".".into(),
        theirs: "Score 4\nCounts <queries>.".into(),
        take: "areas.0".into(),
        there: vec![there("value", "4"), there("note", "Counts <queries>.")],
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Pairs {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_ticked_comes_from_the_other_tab_and_the_rest_stays_as_typed() {
        let form = pairs(&[
            ("version", "3"),
            ("areas.0.value", "2"),
            ("areas.0.note", "Here."),
            ("areas.1.note", "Mine."),
            ("there.areas.0.value", "4"),
            ("there.areas.0.note", "There."),
            ("there.areas.1.note", "Theirs."),
            ("take", "areas.0"),
        ]);
        let wanted = pairs(&[("version", "3"), ("areas.1.note", "Mine."), ("areas.0.value", "4"), ("areas.0.note", "There.")]);
        assert_eq!(chosen(form), wanted);
    }

    #[test]
    fn an_area_is_told_in_words_however_its_lines_end() {
        let fields = |value: &str, note: &str| vec![("value", value.to_owned()), ("note", note.to_owned()), ("at", "12:30".to_owned())];
        assert_eq!(words(&fields("4", "One.\r\nTwo.")), "Score 4\nOne.\nTwo.\nAt 12:30");
        assert_eq!(words(&fields("not_enough_evidence", " ")), "Not enough evidence\nAt 12:30");
        assert_eq!(words(&[("value", String::new())]), "Empty");
    }

    #[test]
    fn areas_are_listed_as_one_would_say_them() {
        let names: Vec<String> = ["A", "B", "C", "D", "E"].map(str::to_owned).into();
        let said: Vec<String> = (1..=5).map(|many| listed(&names[..many])).collect();
        assert_eq!(said, ["A", "A and B", "A, B and C", "A, B, C and D", "All five areas"]);
        assert_eq!((area_of("areas.4.note"), area_of("name"), area_of("areas.x.note")), (Some(5), None, None));
    }
}
