//! A question set as a table, one row a question; the columns stand in `library/README.md`.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` for a formula and runs it. Such a cell goes out with
//! an apostrophe before it, and comes back without; a text that itself begins like that keeps its own.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord, Terminator, Trim, WriterBuilder};

use super::super::draft::QuestionDraft;
use super::super::file::{FORMAT, MOST_QUESTIONS, QuestionSetFile};
use super::super::model::{QuestionAnchor, WeakAnswer};
use super::unfinished::can_be_kept;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::files::{Mistake, Mistakes};
use crate::platform::parse;

pub const COLUMNS: [&str; 21] = [
    "key",
    "title",
    "prompt",
    "kind",
    "areas",
    "levels",
    "minutes",
    "tests",
    "listen_for",
    "warning_signs",
    "probes",
    "checklist",
    "topics",
    "anchor_1",
    "anchor_2",
    "anchor_3",
    "anchor_4",
    "anchor_5",
    "strong_answer",
    "weak_answer",
    "weak_answer_why",
];

/// The table in UTF-8, with the mark by which spreadsheets know it.
pub fn write(questions: &[QuestionDraft]) -> Result<Vec<u8>> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let broken = |error: csv::Error| Error::Internal(error.into());
    table.write_record(COLUMNS).map_err(broken)?;
    for question in questions {
        table.write_record(cells(question).iter().map(|cell| disarmed(cell))).map_err(broken)?;
    }
    table.into_inner().map_err(|error| Error::Internal(anyhow::anyhow!("{error}")))
}

fn cells(question: &QuestionDraft) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let weak = question.weak_answer.clone().unwrap_or(WeakAnswer { text: String::new(), why: String::new() });
    let mut cells = vec![
        question.key.clone(),
        question.title.clone(),
        question.prompt.clone(),
        question.kind.map(|kind| kind.to_string()).unwrap_or_default(),
        question.areas.join("\n"),
        lines(&question.levels),
        question.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        question.tests.clone(),
        question.listen_for.join("\n"),
        question.warning_signs.join("\n"),
        question.probes.join("\n"),
        question.checklist.map(|checklist| checklist.to_string()).unwrap_or_default(),
        lines(&question.topics),
    ];
    let anchor = |level: u8| question.anchors.iter().find(|anchor| anchor.level == level);
    cells.extend((1..=5).map(|level| anchor(level).map(|anchor| anchor.text.clone()).unwrap_or_default()));
    cells.extend([text(&question.strong_answer), weak.text, weak.why]);
    cells
}

fn lines<T: ToString>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join("\n")
}

/// How a cell begins that a spreadsheet would calculate; apostrophes before it were put there to stop it.
fn is_armed(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn disarmed(cell: &str) -> String {
    if is_armed(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn as_it_was(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| is_armed(cell)).unwrap_or(cell)
}

/// Reads a table for the set of this short name: its questions, and what they lack to be published.
pub fn read(text: &str, slug: &str) -> Result<(Vec<QuestionDraft>, Mistakes), Mistakes> {
    let mut table = ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).trim(Trim::Headers).from_reader(text.as_bytes());
    let heading = table.headers().map_err(|_| Mistake::at(1, "", "The first line must name the columns."))?.clone();
    let places = places(&heading)?;
    let (mut questions, mut starts, mut mistakes) = (Vec::new(), Vec::new(), Mistakes::default());
    let mut record = StringRecord::new();
    while table.read_record(&mut record).map_err(|_| Mistake::whole("This table cannot be read."))? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = starts_at(text, &record);
        if record.iter().skip(heading.len()).any(|cell| !cell.trim().is_empty()) {
            mistakes.add(Mistake::at(line, "", format!("This row has more cells than the {} columns of the first line.", heading.len())));
        }
        let row = Row { record: &record, places: &places, line };
        questions.push(row.question(&mut mistakes));
        starts.push(line);
        if questions.len() > MOST_QUESTIONS {
            break;
        }
    }
    mistakes.check()?;
    check(questions, &starts, slug)
}

/// The line on which a row begins.
fn starts_at(text: &str, record: &StringRecord) -> u32 {
    let Some(position) = record.position() else { return 1 };
    let (line, at) = (position.line() as u32, position.byte() as usize);
    // Between the two letters of a line's end the reader stands still before it.
    let before = text.as_bytes().get(at..).unwrap_or_default();
    let ends = before.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count() as u32;
    line + ends
}

/// Spreadsheets separate by what the country's numbers leave free.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| heading.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == b',')).unwrap_or(b',')
}

/// Which cell of a row each column is.
fn places(heading: &StringRecord) -> Result<HashMap<&'static str, usize>, Mistakes> {
    let (mut places, mut mistakes) = (HashMap::new(), Mistakes::default());
    for (place, name) in heading.iter().enumerate() {
        let name = name.trim().to_lowercase();
        match COLUMNS.iter().find(|column| **column == name) {
            Some(column) if places.insert(*column, place).is_some() => mistakes.add(Mistake::at(1, name, "This column is there twice.")),
            Some(_) => {}
            None if name.is_empty() => {}
            None => mistakes.add(Mistake::at(1, name, "This column is not known. Take it out.")),
        }
    }
    for column in COLUMNS.iter().filter(|column| !places.contains_key(**column)) {
        mistakes.add(Mistake::at(1, *column, "This column is missing. Add it; its cells may be empty where nothing is needed."));
    }
    mistakes.check()?;
    Ok(places)
}

/// One row that is being read.
struct Row<'r> {
    record: &'r StringRecord,
    places: &'r HashMap<&'static str, usize>,
    line: u32,
}

impl Row<'_> {
    /// What a cell says, with the ends of its lines as we write them.
    fn text(&self, column: &str) -> String {
        let cell = self.places.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default();
        let cell = as_it_was(cell.trim()).trim();
        if cell.contains('\r') { cell.replace("\r\n", "\n").replace('\r', "\n") } else { cell.to_owned() }
    }

    fn lines(&self, column: &str) -> Vec<String> {
        self.text(column).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// Words of a fixed set, which may also stand on one line.
    fn words<T: std::str::FromStr<Err = String>>(&self, column: &'static str, mistakes: &mut Mistakes) -> Vec<T> {
        let text = self.text(column).to_lowercase();
        split(&text).filter_map(|word| word.parse().map_err(|message| mistakes.add(Mistake::at(self.line, column, message))).ok()).collect()
    }

    fn question(&self, mistakes: &mut Mistakes) -> QuestionDraft {
        let title = self.text("title");
        let key = Some(self.text("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| parse::slug(&title));
        QuestionDraft {
            key,
            title,
            prompt: self.text("prompt"),
            kind: self.word("kind", mistakes),
            areas: split(&self.text("areas")).map(str::to_owned).collect(),
            levels: self.words("levels", mistakes),
            minutes: self.minutes(mistakes),
            tests: self.text("tests"),
            listen_for: self.lines("listen_for"),
            warning_signs: self.lines("warning_signs"),
            probes: self.lines("probes"),
            checklist: self.word("checklist", mistakes),
            topics: self.words("topics", mistakes),
            anchors: self.anchors(),
            strong_answer: Some(self.text("strong_answer")).filter(|text| !text.is_empty()),
            weak_answer: Some(WeakAnswer { text: self.text("weak_answer"), why: self.text("weak_answer_why") })
                .filter(|weak| !weak.text.is_empty() || !weak.why.is_empty()),
        }
    }

    /// A word of a fixed set; none where the cell is empty.
    fn word<T: std::str::FromStr<Err = String>>(&self, column: &'static str, mistakes: &mut Mistakes) -> Option<T> {
        let word = self.text(column).to_lowercase();
        if word.is_empty() {
            return None;
        }
        word.parse().map_err(|message| mistakes.add(Mistake::at(self.line, column, message))).ok()
    }

    fn minutes(&self, mistakes: &mut Mistakes) -> Option<u16> {
        let minutes = self.text("minutes");
        let mut wrong = |_| mistakes.add(Mistake::at(self.line, "minutes", "Write whole minutes, 1 to 60."));
        (!minutes.is_empty()).then(|| minutes.parse().map_err(&mut wrong).ok()).flatten()
    }

    /// Five, or none when all five cells are empty.
    fn anchors(&self) -> Vec<QuestionAnchor> {
        let columns = ["anchor_1", "anchor_2", "anchor_3", "anchor_4", "anchor_5"];
        let anchors: Vec<_> = (1..).zip(columns).map(|(level, column)| QuestionAnchor { level, text: self.text(column) }).collect();
        if anchors.iter().any(|anchor| !anchor.text.is_empty()) { anchors } else { Vec::new() }
    }
}

/// The words of a cell, on lines of their own or on one.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ',', ';']).map(str::trim).filter(|word| !word.is_empty())
}

/// The rules of the format, said of rows and columns. What only stops it from being published stops no draft.
fn check(mut questions: Vec<QuestionDraft>, starts: &[u32], slug: &str) -> Result<(Vec<QuestionDraft>, Mistakes), Mistakes> {
    // What stands above the questions is not in a table.
    let file = QuestionSetFile {
        format: FORMAT.into(),
        slug: slug.to_owned(),
        name: "A table".into(),
        description: String::new(),
        rubric: None,
        questions: questions.iter().cloned().map(QuestionDraft::into_file).collect(),
    };
    let mut errors = FieldErrors::default();
    file.check(&mut errors);
    let mut mistakes = Mistakes::default();
    for error in errors.iter() {
        let row = error.field.strip_prefix("questions[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        let line = row.and_then(|row| starts.get(row)).copied();
        let field = row.map_or_else(|| error.field.clone(), |_| column(&error.field));
        mistakes.add(Mistake { line, field, message: error.message.clone() });
    }
    for (question, line) in questions.iter().zip(starts).filter(|(question, _)| question.kind.is_none()) {
        mistakes.add(Mistake::at(*line, "kind", format!("{} has no kind.", question.key)));
    }
    questions.iter_mut().for_each(|question| question.anchors.retain(|anchor| !anchor.text.is_empty()));
    if mistakes.is_empty() || (!questions.is_empty() && can_be_kept(&questions)) { Ok((questions, mistakes)) } else { Err(mistakes) }
}

/// The column of a field as our own rules name it.
fn column(field: &str) -> String {
    let field = field.split_once(").").map_or(field, |(_, rest)| rest);
    match field.split_once('[') {
        Some(("anchors", rest)) => {
            let place: usize = rest.split(']').next().and_then(|place| place.parse().ok()).unwrap_or_default();
            format!("anchor_{}", place + 1)
        }
        Some((list, _)) => list.to_owned(),
        None if field == "anchors" => "anchor_1".into(),
        None if field == "weak_answer.text" => "weak_answer".into(),
        None if field == "weak_answer.why" => "weak_answer_why".into(),
        None => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_be_calculated_goes_out_disarmed_and_comes_back_as_it_was() {
        for (cell, out) in [("=1+1", "'=1+1"), ("@x", "'@x"), ("-", "'-"), ("'=x", "''=x"), ("''+", "'''+")] {
            assert_eq!((disarmed(cell).as_str(), as_it_was(&disarmed(cell))), (out, cell));
        }
        for cell in ["plain", "'tis", "''", "a=b", ""] {
            assert_eq!((disarmed(cell).as_str(), as_it_was(cell)), (cell, cell));
        }
    }

    #[test]
    fn every_row_knows_its_line_whatever_ends_the_lines() {
        for end in ["\n", "\r\n"] {
            let text = [&COLUMNS.join(","), "a,\"one", "two\",x", "", "b,t,p"].join(end);
            let mut table = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            let lines: Vec<u32> = table.records().map(|record| starts_at(&text, &record.unwrap())).collect();
            assert_eq!(lines, [2, 5], "{end:?}");
        }
    }

    #[test]
    fn tables_of_countries_with_a_decimal_comma_are_read() {
        let heading = COLUMNS.join(";");
        assert_eq!((delimiter(&heading), delimiter(&COLUMNS.join("\t")), delimiter("key")), (b';', b'\t', b','));
    }
}
