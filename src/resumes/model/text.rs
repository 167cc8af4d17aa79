//! A sheet as plain text: UTF-8, no line longer than 80 letters unless a single word is.

use super::sheet::{Entry, Sheet};

const WIDTH: usize = 80;

impl Sheet {
    pub fn text(&self) -> String {
        let mut text = Text::default();
        text.wrapped(&self.name, "", "");
        text.wrapped(&self.label, "", "");
        text.wrapped(&self.contact.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" | "), "", "");
        for part in &self.parts {
            text.gap();
            text.line(&part.heading.to_uppercase());
            text.gap();
            part.paragraphs.iter().for_each(|paragraph| text.wrapped(paragraph, "", ""));
            for (at, entry) in part.entries.iter().enumerate() {
                if at > 0 {
                    text.gap();
                }
                entry.write(&mut text);
            }
            part.points.iter().for_each(|point| text.wrapped(point, "- ", "  "));
        }
        text.0
    }
}

impl Entry {
    fn write(&self, text: &mut Text) {
        text.wrapped(&self.title, "", "");
        self.lines.iter().for_each(|line| text.wrapped(&line.text, "", ""));
        self.paragraphs.iter().for_each(|paragraph| text.wrapped(paragraph, "", ""));
        self.points.iter().for_each(|point| text.wrapped(point, "- ", "  "));
        text.wrapped(&self.last, "", "");
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn gap(&mut self) {
        if !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// A word that is longer than a line stands on one of its own.
    fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        let (mut line, mut empty) = (first.to_owned(), true);
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(&line);
                (line, empty) = (rest.to_owned(), true);
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        if !empty {
            self.line(&line);
        }
    }
}
