//! Ratings for tests.

use proptest::prelude::*;

use super::ratings::{Ratings, Row, Scale};

pub fn five() -> Scale {
    Scale::new(vec![1.0, 2.0, 3.0, 4.0, 5.0]).unwrap()
}

/// Subject, rater, area, score.
pub type Given = (String, String, String, u8);

pub fn given(rows: &[(&str, &str, &str, u8)]) -> Vec<Given> {
    rows.iter().map(|(s, r, a, x)| ((*s).into(), (*r).into(), (*a).into(), *x)).collect()
}

pub fn ratings(rows: &[Given]) -> Ratings {
    Ratings::new(five(), rows.iter().map(|(s, r, a, x)| Row { subject: s, rater: r, area: a, score: Some(f64::from(*x)) })).unwrap()
}

/// Few ids and any holes: all degenerate shapes come up. GOLD and SELF are among the raters.
pub fn any_rows() -> impl Strategy<Value = Vec<Given>> {
    let raters = prop::sample::subsequence(vec!["r1", "r2", "r3", "r4", "GOLD", "SELF"], 1..=6);
    let levels = prop::sample::subsequence(vec![1u8, 2, 3, 4, 5], 1..=5);
    (raters, 1..7usize, 1..4usize, 0..4u8, levels).prop_flat_map(|(raters, subjects, areas, holes, levels)| {
        let cells = subjects * raters.len() * areas;
        (Just((raters, areas)), prop::collection::vec((prop::sample::select(levels), 0..10u8), cells)).prop_map(
            move |((raters, areas), scores)| {
                let place = |at: usize| (at / (raters.len() * areas), at / areas % raters.len(), at % areas);
                scores
                    .iter()
                    .enumerate()
                    .filter(|(_, (_, hole))| *hole >= 3 * holes)
                    .map(|(at, (score, _))| {
                        let (s, r, a) = place(at);
                        (format!("s{s}"), raters[r].to_owned(), format!("A{a}"), *score)
                    })
                    .collect()
            },
        )
    })
}

/// The same ratings under ids that sort the other way round, rows reversed.
pub fn renamed(rows: &[Given]) -> Vec<Given> {
    rows.iter().rev().map(|(s, r, a, x)| (other_name(s), other_name(r), a.clone(), *x)).collect()
}

pub fn other_name(id: &str) -> String {
    match id {
        "GOLD" | "SELF" => id.to_owned(),
        _ => id.chars().map(|c| if c.is_ascii_digit() { (b'9' - (c as u8 - b'0')) as char } else { c }).collect(),
    }
}
