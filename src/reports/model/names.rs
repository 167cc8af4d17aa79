//! Names of people in a text: a report names nobody of the panel (R10).

/// What may stand within a name.
const JOINS: [char; 3] = ['\'', '’', '-'];

/// The first full name that stands in the text, whatever its case. A name of one word may also be an
/// ordinary word ("Will"), so it counts only as it is written.
pub fn named<'p>(text: &str, panel: &'p [String]) -> Option<&'p str> {
    let words = words(text);
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    panel.iter().map(String::as_str).find(|name| {
        let name: Vec<&str> = self::words(name);
        match name[..] {
            [] => false,
            [one] => words.contains(&one),
            _ => {
                let name: Vec<String> = name.iter().map(|word| word.to_lowercase()).collect();
                lower.windows(name.len()).any(|window| window == name)
            }
        }
    })
}

/// Parts of names that stand in the texts as words of their own: perhaps somebody, perhaps not. The
/// candidate's own name is theirs to read.
pub fn perhaps_named<'t>(texts: impl Iterator<Item = &'t str>, panel: &[String], candidate: &str) -> Vec<String> {
    let own = words(candidate);
    let mut parts: Vec<&str> = panel.iter().flat_map(|name| words(name)).filter(|part| part.chars().count() > 2).collect();
    parts.retain(|part| !own.contains(part));
    parts.sort_unstable();
    parts.dedup();
    let said: Vec<&str> = texts.flat_map(words).collect();
    parts.into_iter().filter(|part| said.contains(part)).map(str::to_owned).collect()
}

/// The words of a text, without a possessive's ending.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && !JOINS.contains(&c))
        .map(|word| word.trim_matches(JOINS))
        .map(|word| word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word))
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel() -> Vec<String> {
        ["Jonas Lindqvist", "Will", "Anne-Marie O’Neill"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_full_name_is_found_whatever_its_case_and_what_stands_round_it() {
        for text in
            ["As jonas  lindqvist said", "(Jonas Lindqvist)", "Jonas Lindqvist’s question", "Thank Will.", "ANNE-MARIE O’NEILL asked"]
        {
            assert!(named(text, &panel()).is_some(), "{text}");
        }
        for text in ["You will do well", "Jonas asked", "Lindqvist Jonas", "Jonas. Lindqvistson", ""] {
            assert_eq!(named(text, &panel()), None, "{text}");
        }
    }

    #[test]
    fn a_part_of_a_name_is_worth_a_look_unless_it_is_the_candidates() {
        let texts = ["You told Jonas early.", "Anne-Marie’s probe", "you will"];
        assert_eq!(perhaps_named(texts.into_iter(), &panel(), "Sofia Marin"), ["Anne-Marie", "Jonas"]);
        assert_eq!(perhaps_named(texts.into_iter(), &panel(), "Jonas Marin"), ["Anne-Marie"]);
    }
}
