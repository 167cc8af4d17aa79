//! The fields of a question: what errors call them, what a page calls them, and where the editor has them.

use super::super::draft::QuestionDraft;

/// A draft may have some of the five anchors: which of them is meant is told by its level, as in a whole question.
pub fn in_whole(field: &str, draft: &QuestionDraft) -> String {
    match split(field) {
        ("anchors", Some(place)) => {
            format!("anchors[{}].text", draft.anchors.get(place).map_or(place, |anchor| usize::from(anchor.level).saturating_sub(1)))
        }
        _ => field.to_owned(),
    }
}

/// `listen_for[3]` and `listen_for.3` are both a line of one text; `anchors[1].text` is the anchor of level 2.
pub fn control(field: &str) -> String {
    let (name, place) = split(field);
    match (name, place) {
        ("areas", _) => "primary".into(),
        ("anchors", Some(place)) => format!("anchors.{}", place + 1),
        ("anchors", None) => "anchors.1".into(),
        ("weak_answer", _) => if field.ends_with("why") { "weak_answer.why" } else { "weak_answer.text" }.into(),
        ("", _) => "title".into(),
        (name, _) => name.to_owned(),
    }
}

/// As the editor labels it.
pub fn label(field: &str) -> String {
    let (name, place) = split(field);
    let word = match name {
        "key" => "short name",
        "title" => "title",
        "prompt" => "prompt",
        "kind" => "kind",
        "areas" => "area",
        "levels" => "levels",
        "minutes" => "minutes",
        "tests" => "what it is there to find out",
        "listen_for" => "listen for",
        "warning_signs" => "warning signs",
        "probes" => "ask further",
        "topics" => "topics",
        "anchors" => "anchors",
        "strong_answer" => "strong answer",
        "weak_answer" => "weak answer",
        other => other,
    };
    match (name, place) {
        ("anchors", Some(place)) => format!("anchor {}", place + 1),
        ("listen_for" | "warning_signs" | "probes", Some(place)) => format!("{word}, line {}", place + 1),
        _ => word.to_owned(),
    }
}

/// The member, and which of its items, from 0.
fn split(field: &str) -> (&str, Option<usize>) {
    let name = field.split(['[', '.']).next().unwrap_or_default();
    let place = field[name.len()..].trim_start_matches(['[', '.']);
    let digits = place.find(|c: char| !c.is_ascii_digit()).map_or(place, |end| &place[..end]);
    (name, digits.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_leads_to_the_control_it_is_about() {
        let asked = [
            ("prompt", "prompt", "prompt"),
            ("areas", "primary", "area"),
            ("listen_for[2]", "listen_for", "listen for, line 3"),
            ("probes.0", "probes", "ask further, line 1"),
            ("anchors[1].text", "anchors.2", "anchor 2"),
            ("anchors", "anchors.1", "anchors"),
            ("weak_answer.why", "weak_answer.why", "weak answer"),
            ("weak_answer.text", "weak_answer.text", "weak answer"),
        ];
        for (field, id, words) in asked {
            assert_eq!((control(field).as_str(), label(field).as_str()), (id, words), "{field}");
        }
    }
}
