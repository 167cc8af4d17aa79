//! How many questions reach each area at each level: the same table beside a version and beside a draft.

use serde::Serialize;

use super::super::draft::AreaCoverage;
use super::super::model::QuestionSetVersion;
use crate::rubrics::Level;

#[derive(Debug, Serialize)]
pub struct Coverage {
    levels: Vec<&'static str>,
    rows: Vec<Row>,
    /// What the longest bar stands for.
    most: i64,
}

#[derive(Debug, Serialize)]
struct Row {
    area: String,
    counts: Vec<i64>,
}

impl Coverage {
    pub fn of(areas: &[AreaCoverage], names: &[String]) -> Self {
        let row = |(area, name): (&AreaCoverage, &String)| Row { area: name.clone(), counts: vec![area.entry, area.mid, area.senior] };
        let rows: Vec<_> = areas.iter().zip(names).map(row).collect();
        let most = rows.iter().flat_map(|row| &row.counts).copied().max().unwrap_or_default().max(1);
        Coverage { levels: Level::ALL.iter().map(|level| level.label()).collect(), rows, most }
    }

    pub fn of_version(set: &QuestionSetVersion, names: &[String]) -> Self {
        let count = |area: u8, level: Level| {
            let reaches = set.questions.iter().filter(|question| question.areas.contains(&area) && question.fits(level));
            reaches.count() as i64
        };
        let of = |area| AreaCoverage {
            area,
            entry: count(area, Level::Entry),
            mid: count(area, Level::Mid),
            senior: count(area, Level::Senior),
        };
        Self::of(&(1..=5).map(of).collect::<Vec<_>>(), names)
    }
}
