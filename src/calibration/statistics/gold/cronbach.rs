//! Where squared distance to the consensus comes from (Cronbach 1955).

use super::super::moments::finite;
use super::Compared;

/// Parts of the mean squared distance; they sum to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cronbach {
    /// Overall level.
    pub elevation: f64,
    /// Level of subjects over all areas.
    pub differential_elevation: f64,
    /// Level of areas over all subjects.
    pub stereotype_accuracy: f64,
    /// What is left: subjects in single areas.
    pub differential_accuracy: f64,
}

/// None unless every subject was compared in every area: the parts of a table with holes do not sum to the whole.
/// Scores must be in the order subject, area, each once.
pub fn cronbach(compared: &[Compared]) -> Option<Cronbach> {
    let rows: Vec<&[Compared]> = compared.chunk_by(|a, b| a.subject == b.subject).collect();
    let first = rows.first()?;
    let complete = rows.iter().all(|row| row.len() == first.len() && row.iter().zip(*first).all(|(a, b)| a.area == b.area));
    if !complete {
        return None;
    }
    let (subjects, areas) = (rows.len() as f64, first.len() as f64);
    let mut columns = vec![0.0; first.len()];
    let mut levels = Vec::with_capacity(rows.len());
    for row in &rows {
        columns.iter_mut().zip(*row).for_each(|(sum, score)| *sum += score.distance() / subjects);
        levels.push(row.iter().map(Compared::distance).sum::<f64>() / areas);
    }
    let all = levels.iter().sum::<f64>() / subjects;
    let mut rest = 0.0;
    for (row, level) in rows.iter().zip(&levels) {
        rest += row.iter().zip(&columns).map(|(score, column)| (score.distance() - level - column + all).powi(2)).sum::<f64>();
    }
    Some(Cronbach {
        elevation: finite(all * all)?,
        differential_elevation: finite(levels.iter().map(|level| (level - all).powi(2)).sum::<f64>() / subjects)?,
        stereotype_accuracy: finite(columns.iter().map(|column| (column - all).powi(2)).sum::<f64>() / areas)?,
        differential_accuracy: finite(rest / (subjects * areas))?,
    })
}
