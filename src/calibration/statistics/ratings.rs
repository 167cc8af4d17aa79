//! Ratings as columns: who gave whom which level in which area.

use super::reason::Refusal;

/// The consensus of experts: compared with, never a rater.
pub const GOLD: &str = "GOLD";
/// The candidate's own score: compared with, never a rater.
pub const SELF: &str = "SELF";

/// The declared scale. A level that nobody uses still counts for weights and chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    levels: Vec<f64>,
}

impl Scale {
    /// Levels that rise, 2 to 255 of them.
    pub fn new(levels: Vec<f64>) -> Result<Self, Refusal> {
        let rising = levels.windows(2).all(|pair| pair[0] < pair[1]);
        let whole = levels.iter().all(|level| level.is_finite());
        if !(2..=255).contains(&levels.len()) || !rising || !whole {
            return Err(Refusal::InvalidScale);
        }
        Ok(Scale { levels })
    }

    pub fn levels(&self) -> &[f64] {
        &self.levels
    }

    pub fn count(&self) -> usize {
        self.levels.len()
    }

    pub fn min(&self) -> f64 {
        self.levels[0]
    }

    pub fn max(&self) -> f64 {
        self.levels[self.levels.len() - 1]
    }

    /// The place of a score among the levels.
    pub fn place(&self, score: f64) -> Result<u8, Refusal> {
        if !(self.min()..=self.max()).contains(&score) {
            return Err(Refusal::ScoreOutOfRange);
        }
        self.levels.iter().position(|level| *level == score).map(|place| place as u8).ok_or(Refusal::ScoreNotOnScale)
    }
}

/// One rating as it comes: `score` none is "not rated" and is skipped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a> {
    pub subject: &'a str,
    pub rater: &'a str,
    pub area: &'a str,
    pub score: Option<f64>,
}

/// One rating: places in the lists of [`Ratings`], and the place of the level in the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub subject: u32,
    pub area: u16,
    pub rater: u32,
    pub level: u8,
}

/// A score that is no rater's: of the experts' consensus, or of the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub subject: u32,
    pub area: u16,
    pub level: u8,
}

/// A checked set of ratings. Ids are sorted, cells are in the order subject, area, rater: the order in which
/// rows came changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    scale: Scale,
    subjects: Vec<String>,
    raters: Vec<String>,
    areas: Vec<String>,
    cells: Vec<Cell>,
    gold: Vec<Mark>,
    own: Vec<Mark>,
}

impl Ratings {
    /// Checks and sorts rows. Refuses the whole input at the first row that is wrong, in the order they came;
    /// a cell that is rated twice is found last.
    pub fn new<'a>(scale: Scale, rows: impl IntoIterator<Item = Row<'a>>) -> Result<Self, Refusal> {
        let (mut subjects, mut raters, mut areas) = (Ids::default(), Ids::default(), Ids::default());
        let mut read = Vec::new();
        for row in rows {
            if row.subject.is_empty() || row.rater.is_empty() || row.area.is_empty() {
                return Err(Refusal::EmptyId);
            }
            let Some(score) = row.score else { continue };
            let level = scale.place(score)?;
            read.push(Cell {
                subject: subjects.place(row.subject),
                area: areas.place(row.area) as u16,
                rater: raters.place(row.rater),
                level,
            });
        }
        let ((subjects, s), (raters, r), (areas, a)) = (subjects.sorted(), raters.sorted(), areas.sorted());
        for cell in &mut read {
            *cell = Cell {
                subject: s[cell.subject as usize],
                area: a[cell.area as usize] as u16,
                rater: r[cell.rater as usize],
                level: cell.level,
            };
        }
        read.sort_unstable();
        let key = |cell: &Cell| (cell.subject, cell.area, cell.rater);
        if read.windows(2).any(|pair| key(&pair[0]) == key(&pair[1])) {
            return Err(Refusal::DuplicateRating);
        }
        let place = |id: &str| raters.iter().position(|rater| rater == id).map(|at| at as u32);
        let (gold, own) = (place(GOLD), place(SELF));
        let marks = |of: Option<u32>| {
            read.iter()
                .filter(|cell| Some(cell.rater) == of)
                .map(|cell| Mark { subject: cell.subject, area: cell.area, level: cell.level })
                .collect()
        };
        let (gold_marks, own_marks) = (marks(gold), marks(own));
        if gold.is_some() || own.is_some() {
            read.retain(|cell| Some(cell.rater) != gold && Some(cell.rater) != own);
        }
        Ok(Ratings { scale, subjects, raters, areas, cells: read, gold: gold_marks, own: own_marks })
    }

    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// Sorted. May hold subjects that only GOLD or SELF scored.
    pub fn subjects(&self) -> &[String] {
        &self.subjects
    }

    /// Sorted. GOLD and SELF are among them, but no cell is theirs.
    pub fn raters(&self) -> &[String] {
        &self.raters
    }

    pub fn areas(&self) -> &[String] {
        &self.areas
    }

    /// In the order subject, area, rater; without GOLD and SELF.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub fn gold(&self) -> &[Mark] {
        &self.gold
    }

    /// The candidates' own scores.
    pub fn own(&self) -> &[Mark] {
        &self.own
    }

    pub fn rater(&self, id: &str) -> Option<u32> {
        self.raters.binary_search_by(|rater| rater.as_str().cmp(id)).ok().map(|at| at as u32)
    }

    pub fn subject(&self, id: &str) -> Option<u32> {
        self.subjects.binary_search_by(|subject| subject.as_str().cmp(id)).ok().map(|at| at as u32)
    }

    pub fn area(&self, id: &str) -> Option<u16> {
        self.areas.binary_search_by(|area| area.as_str().cmp(id)).ok().map(|at| at as u16)
    }
}

/// Ids in the order they were met.
#[derive(Default)]
struct Ids {
    places: std::collections::HashMap<String, u32>,
}

impl Ids {
    fn place(&mut self, id: &str) -> u32 {
        if let Some(place) = self.places.get(id) {
            return *place;
        }
        let place = self.places.len() as u32;
        self.places.insert(id.to_owned(), place);
        place
    }

    /// The ids in order, and for each place met the place in that order.
    fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut ids: Vec<(String, u32)> = self.places.into_iter().collect();
        ids.sort_unstable();
        let mut moved = vec![0; ids.len()];
        for (to, (_, from)) in ids.iter().enumerate() {
            moved[*from as usize] = to as u32;
        }
        (ids.into_iter().map(|(id, _)| id).collect(), moved)
    }
}
