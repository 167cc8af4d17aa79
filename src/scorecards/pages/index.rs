//! The scorecards of an interview that the reader may see.

use serde::Serialize;

use super::super::read::Table;
use super::parts::{Head, PersonCard, who_has_submitted};
use crate::policy::AccountId;
use crate::web::page::{Nav, Template};

#[derive(Debug, Clone, Serialize)]
pub struct IndexPage {
    pub head: Head,
    /// The reader's own card is not in: they see no other.
    pub owes: bool,
    pub cards: Vec<PersonCard>,
    pub panel: Vec<String>,
}

impl IndexPage {
    pub fn of(table: &Table, reader: Option<AccountId>) -> Self {
        IndexPage {
            head: Head::of(&table.brief, table.team, &table.rubric, &table.set, table.zone),
            owes: table.owes,
            cards: table.cards.iter().map(|card| PersonCard::of(card, &table.rubric, &table.set)).collect(),
            panel: who_has_submitted(&table.submissions, reader.unwrap_or(AccountId(uuid::Uuid::nil()))),
        }
    }
}

impl Template for IndexPage {
    const PATH: &'static str = "scorecards/index.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        format!("Scorecards for {}", self.head.candidate)
    }

    fn samples() -> Vec<Self> {
        super::samples::index_pages()
    }
}
