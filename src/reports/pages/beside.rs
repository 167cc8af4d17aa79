//! What whose report it is has collected for themselves: it stands beside the report and is never a part of it.

use serde::Serialize;

use crate::proofs::{OwnQuestion, Proof};

#[derive(Debug, Serialize)]
pub struct BesidePart {
    proofs: Vec<ProofLine>,
    questions: Vec<QuestionLine>,
    url: &'static str,
}

#[derive(Debug, Serialize)]
struct ProofLine {
    kind: &'static str,
    title: String,
    url: String,
    shows: String,
}

#[derive(Debug, Serialize)]
struct QuestionLine {
    text: String,
    heard: String,
}

impl BesidePart {
    pub fn of(both: Option<(Vec<Proof>, Vec<OwnQuestion>)>) -> Option<Self> {
        let (proofs, questions) = both?;
        let proof = |Proof { kind, title, url, shows, .. }| ProofLine { kind: kind.label(), title, url, shows };
        Some(BesidePart {
            proofs: proofs.into_iter().map(proof).collect(),
            questions: questions.into_iter().map(|OwnQuestion { text, heard, .. }| QuestionLine { text, heard }).collect(),
            url: "/account/proof",
        })
    }

    pub fn sample() -> Self {
        let proof = |shows: &str| ProofLine {
            kind: "Repository",
            title: "Depot <planner>".into(),
            url: "https://code.example.org/depot".into(),
            shows: shows.into(),
        };
        let question = |heard: &str| QuestionLine { text: "Who \"reviews\"?".into(), heard: heard.into() };
        BesidePart {
            proofs: vec![proof("Queues & retries"), proof("")],
            questions: vec![question("They <all> do."), question("")],
            url: "/account/proof",
        }
    }
}
