//! A file of ratings: JSON, with the rows in it or in a CSV file beside it.

use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde_json::Value;

use crate::calibration::statistics::ratings::{Gathered, Ratings, Row, Scale};
use crate::calibration::statistics::reason::Refusal;

/// A scale, ratings, and what is asked of them.
pub struct File {
    scale: Scale,
    rows: Rows,
    pub asked: Asked,
}

enum Rows {
    Here(Vec<RowOfFile>),
    /// A file's name and the names of its columns.
    Csv(String, Vec<String>),
}

/// What the file asks for.
pub enum Asked {
    Nothing,
    Items(Vec<Value>),
}

#[derive(Deserialize)]
struct Document {
    scale: ScaleOfFile,
    #[serde(default)]
    ratings: Option<Vec<RowOfFile>>,
    ratings_csv: Option<String>,
    #[serde(default)]
    csv_columns: Vec<String>,
    requests: Option<Vec<Value>>,
    expected: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct ScaleOfFile {
    levels: Vec<f64>,
}

/// Ids are strings as written; members that we do not know are left alone.
#[derive(Deserialize)]
struct RowOfFile {
    subject: String,
    rater: String,
    area: String,
    #[serde(default)]
    score: Option<f64>,
}

impl RowOfFile {
    fn row(&self) -> Row<'_> {
        Row { subject: &self.subject, rater: &self.rater, area: &self.area, score: self.score }
    }
}

impl File {
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let read: Document = serde_json::from_str(text)?;
        let Ok(scale) = Scale::new(read.scale.levels) else { bail!("`scale.levels` must be 2 to 255 numbers that rise") };
        let rows = match (read.ratings, read.ratings_csv) {
            (Some(rows), _) => Rows::Here(rows),
            (None, Some(name)) => Rows::Csv(name, read.csv_columns),
            (None, None) => Rows::Here(Vec::new()),
        };
        let asked = read.requests.or(read.expected).map_or(Asked::Nothing, Asked::Items);
        Ok(File { scale, rows, asked })
    }

    /// The checked ratings, or why the whole input is refused. `folder` is where the CSV file lies.
    pub fn ratings(&self, folder: &Path) -> anyhow::Result<Result<Ratings, Refusal>> {
        match &self.rows {
            Rows::Here(rows) => Ok(Ratings::new(self.scale.clone(), rows.iter().map(RowOfFile::row))),
            Rows::Csv(name, columns) => {
                let path = folder.join(name);
                let file = std::fs::File::open(&path).with_context(|| format!("Cannot read {}", path.display()))?;
                let plain = BufReader::new(file);
                let text: Box<dyn Read> =
                    if name.ends_with(".gz") { Box::new(flate2::bufread::GzDecoder::new(plain)) } else { Box::new(plain) };
                from_csv(self.scale.clone(), text, columns).with_context(|| format!("{} is no file of ratings", path.display()))
            }
        }
    }

    /// The code with which these rows would be refused; none where they would be taken.
    pub fn refusal(&self, input: &Value) -> Option<Value> {
        let rows: Vec<RowOfFile> = serde_json::from_value(input.clone()).ok()?;
        let refused = Ratings::new(self.scale.clone(), rows.iter().map(RowOfFile::row)).err()?;
        serde_json::to_value(refused).ok()
    }
}

fn from_csv(scale: Scale, text: impl Read, columns: &[String]) -> anyhow::Result<Result<Ratings, Refusal>> {
    let place = |name: &str| columns.iter().position(|column| column == name);
    let (Some(subject), Some(rater), Some(area), Some(score)) = (place("subject"), place("rater"), place("area"), place("score")) else {
        bail!("`csv_columns` must name subject, rater, area and score");
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let mut gathered = Gathered::new(scale);
    let mut record = csv::StringRecord::new();
    let mut first = true;
    while reader.read_record(&mut record)? {
        // A first line with the names of the columns is no rating.
        if std::mem::take(&mut first) && record.iter().eq(columns.iter().map(String::as_str)) {
            continue;
        }
        let field = |at: usize| record.get(at).unwrap_or_default();
        let score = match field(score).trim() {
            "" => None,
            text => match text.parse::<f64>() {
                Ok(score) => Some(score),
                Err(_) => return Ok(Err(Refusal::ScoreNotOnScale)),
            },
        };
        if let Err(refusal) = gathered.push(Row { subject: field(subject), rater: field(rater), area: field(area), score }) {
            return Ok(Err(refusal));
        }
    }
    Ok(gathered.ratings())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [&str; 4] = ["rater", "subject", "area", "score"];

    fn read(text: &str) -> Result<Ratings, Refusal> {
        let columns = COLUMNS.map(str::to_owned);
        from_csv(Scale::new(vec![1.0, 2.0, 3.0]).unwrap(), text.as_bytes(), &columns).unwrap()
    }

    #[test]
    fn a_table_is_read_by_its_columns_with_or_without_their_names_on_top() {
        let plain = read("r1,s1,A,2\nr2,s1,A,3\nr2,s2,A,\n").unwrap();
        assert_eq!(plain.raters(), ["r1", "r2"]);
        assert_eq!(plain.subjects(), ["s1"], "a row without a score is no rating");
        assert_eq!(read("rater,subject,area,score\nr1,s1,A,2\nr2,s1,A,3\n").unwrap(), plain);
    }

    #[test]
    fn what_is_no_rating_refuses_the_whole_table() {
        assert_eq!(read("r1,s1,A,9\n"), Err(Refusal::ScoreOutOfRange));
        assert_eq!(read("r1,s1,A,good\n"), Err(Refusal::ScoreNotOnScale));
        assert_eq!(read("r1,,A,2\n"), Err(Refusal::EmptyId));
        assert_eq!(read("r1,s1,A,2\nr1,s1,A,2\n"), Err(Refusal::DuplicateRating));
    }

    #[test]
    fn requests_come_before_expectations_and_none_of_both_is_a_report() {
        let asked = |rest: &str| match File::parse(&format!(r#"{{"scale": {{"levels": [1, 2]}}, "ratings": []{rest}}}"#)).unwrap().asked {
            Asked::Nothing => None,
            Asked::Items(items) => Some(items.len()),
        };
        assert_eq!(asked(""), None);
        assert_eq!(asked(r#", "requests": []"#), Some(0));
        assert_eq!(asked(r#", "expected": [{}, {}]"#), Some(2));
        assert_eq!(asked(r#", "expected": [{}, {}], "requests": [{}]"#), Some(1));
        assert!(File::parse(r#"{"scale": {"levels": [2, 1]}, "ratings": []}"#).is_err());
    }
}
