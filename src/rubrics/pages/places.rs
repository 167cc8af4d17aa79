//! What a place in the file is called on the screen.

/// What stands at a place of the rubric that is shown.
pub type Said<'s> = &'s dyn Fn(&str) -> String;

/// `areas[0].anchors[2].text` as "Fundamentals, level 3". Areas and signs are called as the rubric calls them.
pub fn words(place: &str, said: Said) -> String {
    match place.split('.').collect::<Vec<_>>().as_slice() {
        ["name"] => "Name".into(),
        ["description"] => "What it is for".into(),
        ["weights_reason"] => "Why the areas do not weigh the same".into(),
        ["cuts", level, mode] => format!("Cuts for {level}, {}", row(mode).0),
        [area, rest @ ..] if area.starts_with("areas[") => format!("{}, {}", area_name(area, said), of_area(rest)),
        [sign, part] if sign.starts_with("warning_signs[") => {
            let name = said(&format!("{sign}.name"));
            format!("Warning sign “{}”, {}", if name.trim().is_empty() { "no name yet" } else { name.trim() }, of_sign(part))
        }
        _ => place.replace('_', " "),
    }
}

fn of_area(rest: &[&str]) -> String {
    match rest {
        ["name"] => "name".into(),
        ["short_name"] => "one word".into(),
        ["description"] => "what it takes in".into(),
        ["weight"] => "weight".into(),
        ["expected", ..] => "expected levels".into(),
        [anchor, part] => {
            let level = row(anchor).1.parse::<usize>().map_or(0, |place| place + 1);
            if *part == "label" { format!("level {level}, headline") } else { format!("level {level}") }
        }
        _ => rest.join(" "),
    }
}

fn of_sign(part: &str) -> &str {
    match part {
        "looks_like" => "how it shows",
        "key" => "short name",
        other => other,
    }
}

/// The area's one word, else its number.
fn area_name(area: &str, said: Said) -> String {
    let name = said(&format!("{area}.short_name"));
    if name.trim().is_empty() { format!("Area {}", row(area).1.parse::<usize>().map_or(0, |place| place + 1)) } else { name.trim().into() }
}

/// `areas[0]` in its two parts.
fn row(part: &str) -> (&str, &str) {
    part.split_once('[').map_or((part, ""), |(list, rest)| (list, rest.trim_end_matches(']')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_words() {
        let said = |place: &str| match place {
            "areas[0].short_name" => "Fundamentals".to_owned(),
            "warning_signs[1].name" | "warning_signs[recites].name" => "Recites".to_owned(),
            _ => String::new(),
        };
        for (place, words_of_it) in [
            ("areas[0].anchors[2].text", "Fundamentals, level 3"),
            ("areas[0].anchors[2].label", "Fundamentals, level 3, headline"),
            ("areas[1].expected.mid", "Area 2, expected levels"),
            ("cuts.mid.hiring[1]", "Cuts for mid, hiring"),
            ("warning_signs[1].advice", "Warning sign “Recites”, advice"),
            ("warning_signs[recites].looks_like", "Warning sign “Recites”, how it shows"),
            ("warning_signs[2].name", "Warning sign “no name yet”, name"),
            ("weights_reason", "Why the areas do not weigh the same"),
        ] {
            assert_eq!(words(place, &said), words_of_it);
        }
    }
}
