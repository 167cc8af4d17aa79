//! What can be said about the looks without a browser: colours that can be read, and no class that nothing dresses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;

/// Text wants 4.5:1 on what it stands on, parts of controls and charts 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
const TEXT: f64 = 4.5;
const PART: f64 = 3.0;

#[test]
fn every_pair_of_colours_that_is_used_can_be_read_in_light_and_dark() {
    let tokens = Tokens::read();
    let faint: Vec<String> = pairs().iter().flat_map(|pair| tokens.fainter_than_asked(pair)).collect();
    assert!(faint.is_empty(), "too faint:\n{}", faint.join("\n"));
}

#[test]
fn every_class_of_a_template_is_dressed_by_a_style_sheet() {
    let dressed = dressed();
    let bare: BTreeSet<String> = files("templates", "html")
        .into_iter()
        .filter(|(path, _)| !path.starts_with("mail/"))
        .flat_map(|(path, text)| classes(&text).into_iter().map(move |class| (path.clone(), class)))
        .filter(|(_, class)| !dressed.contains(class))
        .map(|(path, class)| format!("{path}: {class}"))
        .collect();
    assert!(bare.is_empty(), "no style sheet knows:\n{}", bare.into_iter().collect::<Vec<_>>().join("\n"));
}

struct Pair {
    front: String,
    ground: String,
    asked: f64,
}

/// What stands on what.
fn pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut add = |fronts: &[&str], grounds: &[&str], asked: f64| {
        for front in fronts {
            pairs.extend(grounds.iter().map(|ground| Pair { front: (*front).into(), ground: (*ground).into(), asked }));
        }
    };
    let words = ["ink", "ink-2", "ink-3", "accent", "accent-strong", "danger", "warn", "good", "info"];
    add(&words, &["bg", "surface", "surface-sunken", "surface-raised"], TEXT);
    for meaning in ["danger", "warn", "good", "info"] {
        add(&[meaning, "ink", "ink-2"], &[&format!("{meaning}-soft")], TEXT);
    }
    add(&["accent", "accent-strong", "ink", "ink-2", "ink-3"], &["accent-soft"], TEXT);
    add(&["on-accent"], &["accent", "accent-strong"], TEXT);
    add(&["ink", "ink-2", "ink-3"], &["chart-band"], TEXT);
    for score in 1..=5 {
        add(&[&format!("on-s{score}")], &[&format!("s{score}")], TEXT);
    }
    add(&["line-strong", "focus"], &["surface", "bg", "surface-sunken"], PART);
    add(&["chart-axis", "chart-you", "chart-other", "s1", "s5"], &["surface"], PART);
    pairs
}

/// The colours by name, light and dark.
struct Tokens(BTreeMap<String, [String; 2]>);

impl Tokens {
    fn read() -> Self {
        let (_, css) = files("static/css", "css").into_iter().find(|(path, _)| path == "tokens.css").expect("tokens.css");
        let colour = Regex::new(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)").unwrap();
        // Who asks for more contrast gets other values further down.
        let usual = css.split("@media").next().unwrap();
        Self(colour.captures_iter(usual).map(|found| (found[1].into(), [found[2].into(), found[3].into()])).collect())
    }

    fn fainter_than_asked(&self, pair: &Pair) -> Vec<String> {
        let (front, ground) = (&self.0[&pair.front], &self.0[&pair.ground]);
        let ratio = |theme: usize| contrast(&front[theme], &ground[theme]);
        (0..2)
            .filter(|theme| ratio(*theme) < pair.asked)
            .map(|theme| {
                format!("{}: {} on {}: {:.2}, asked {}", ["light", "dark"][theme], pair.front, pair.ground, ratio(theme), pair.asked)
            })
            .collect()
    }
}

/// (lighter + 0.05) / (darker + 0.05), of relative luminances.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance of an sRGB colour written `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let linear = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5)
}

/// The classes that the markup names outright. Those put together from a value end where the value begins, and are left out.
fn classes(text: &str) -> BTreeSet<String> {
    let expression = Regex::new(r"(?s)\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}").unwrap();
    let class = Regex::new(r#"class="([^"]*)""#).unwrap();
    let plain = expression.replace_all(text, " ");
    class
        .captures_iter(&plain)
        .flat_map(|found| found[1].split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !name.ends_with('-'))
        .collect()
}

fn dressed() -> BTreeSet<String> {
    let name = Regex::new(r"\.([A-Za-z_][\w-]*)").unwrap();
    files("static/css", "css")
        .iter()
        .flat_map(|(_, css)| name.captures_iter(css).map(|found| found[1].to_owned()).collect::<Vec<_>>())
        .collect()
}

/// Every file with that ending below a folder of the project, by its path from there.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                found.push((path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} is empty");
    found
}

#[test]
fn classes_are_found_beside_expressions() {
    let found = classes(r#"<p class="a{% if x == "y" %} b--c{% endif %} d-{{ kind }}">"#);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a", "b--c"]);
}
