//! What one can show, and what one wants to ask.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::model::{OwnQuestion, OwnQuestionId, Proof, ProofId, ProofKind};
use super::super::service;
use super::PROOF_URL;
use super::forms::ListForm;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::web::form::FormErrors;
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template};

#[derive(Debug, Serialize)]
pub struct ShowPage {
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    proofs: Vec<ProofRow>,
    new_proof: NewPart,
    kinds: Vec<Choice>,
    /// Kinds of which there is none yet.
    missing: Vec<KindPart>,
    questions: Vec<QuestionRow>,
    new_question: NewPart,
    /// Of the six, those that are not on the list.
    suggestions: Vec<SuggestionPart>,
}

/// The form for one more.
#[derive(Debug, Serialize)]
struct NewPart {
    url: String,
    form: ListForm,
    errors: BTreeMap<String, String>,
}

#[derive(Debug, Serialize)]
struct KindPart {
    label: &'static str,
    advice: &'static str,
}

#[derive(Debug, Serialize)]
struct SuggestionPart {
    theme: &'static str,
    label: &'static str,
    text: &'static str,
    advice: &'static str,
}

#[derive(Debug, Serialize)]
struct ProofRow {
    kind: &'static str,
    title: String,
    url: String,
    shows: String,
    row: RowPart,
}

#[derive(Debug, Serialize)]
struct QuestionRow {
    text: String,
    theme: Option<&'static str>,
    heard: String,
    row: RowPart,
}

/// What every row has: its forms, and what was typed into them.
#[derive(Debug, Serialize)]
struct RowPart {
    /// Before the ids of its controls.
    key: String,
    url: String,
    /// Places for "up" and "down".
    up: Option<usize>,
    down: Option<usize>,
    /// It is shown again, with what was typed.
    open: bool,
    form: ListForm,
    errors: BTreeMap<String, String>,
    /// What another window saved meanwhile.
    theirs: Vec<String>,
}

/// Which form was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    NewProof,
    Proof(ProofId),
    NewQuestion,
    Question(OwnQuestionId),
}

/// A form that comes back.
#[derive(Debug)]
pub struct Again {
    pub at: At,
    pub form: ListForm,
    pub theirs: Vec<String>,
    pub errors: FormErrors,
}

impl At {
    /// The list it belongs to, as it is called in the address.
    pub fn list(self) -> &'static str {
        match self {
            At::NewProof | At::Proof(_) => "proofs",
            At::NewQuestion | At::Question(_) => "questions",
        }
    }

    /// Before the ids of the form's controls.
    fn key(self) -> String {
        match self {
            At::NewProof | At::NewQuestion => String::new(),
            At::Proof(id) => format!("p-{id}-"),
            At::Question(id) => format!("q-{id}-"),
        }
    }
}

pub async fn show(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None)).await
}

pub fn page(tx: &mut Tx, actor: &Actor, again: Option<&Again>) -> Result<ShowPage> {
    let (proofs, questions) = (service::proofs(tx, actor)?.items, service::questions(tx, actor)?.items);
    Ok(ShowPage::of(&proofs, &questions, again))
}

impl ShowPage {
    fn of(proofs: &[Proof], questions: &[OwnQuestion], again: Option<&Again>) -> Self {
        let has = |kind: ProofKind| proofs.iter().any(|proof| proof.kind == kind);
        let proof = |(place, proof): (usize, &Proof)| {
            let form = ListForm {
                kind: proof.kind.to_string(),
                title: proof.title.clone(),
                url: proof.url.clone(),
                shows: proof.shows.clone(),
                version: proof.version.to_string(),
                ..ListForm::default()
            };
            ProofRow {
                kind: proof.kind.label(),
                title: proof.title.clone(),
                url: proof.url.clone(),
                shows: proof.shows.clone(),
                row: RowPart::of(At::Proof(proof.id), (format!("proofs/{}", proof.id), place, proofs.len()), form, again),
            }
        };
        let question = |(place, question): (usize, &OwnQuestion)| {
            let form = ListForm {
                text: question.text.clone(),
                heard: question.heard.clone(),
                version: question.version.to_string(),
                ..ListForm::default()
            };
            QuestionRow {
                text: question.text.clone(),
                theme: question.theme.map(|theme| theme.label()),
                heard: question.heard.clone(),
                row: RowPart::of(At::Question(question.id), (format!("questions/{}", question.id), place, questions.len()), form, again),
            }
        };
        ShowPage {
            crumbs: vec![
                Crumb { label: "Your account".into(), url: Some("/account".into()) },
                Crumb { label: "Proof and questions".into(), url: None },
            ],
            errors: again.map(|again| keyed(&again.errors, &again.at.key())).unwrap_or_default(),
            new_proof: NewPart::of(At::NewProof, again),
            kinds: ProofKind::ALL.iter().map(|kind| Choice { value: kind.to_string(), label: kind.label().into() }).collect(),
            missing: ProofKind::ALL
                .iter()
                .filter(|kind| !has(**kind))
                .map(|kind| KindPart { label: kind.label(), advice: kind.advice() })
                .collect(),
            new_question: NewPart::of(At::NewQuestion, again),
            suggestions: service::suggested(questions)
                .iter()
                .filter(|suggestion| !suggestion.taken)
                .map(|suggestion| SuggestionPart {
                    theme: suggestion.theme.as_str(),
                    label: suggestion.theme.label(),
                    text: suggestion.text,
                    advice: suggestion.advice,
                })
                .collect(),
            proofs: proofs.iter().enumerate().map(proof).collect(),
            questions: questions.iter().enumerate().map(question).collect(),
        }
    }
}

/// The same, with the ids that the controls of this form have.
fn keyed(errors: &FormErrors, key: &str) -> FormErrors {
    let mut errors = errors.clone();
    for line in &mut errors.summary {
        line.field = line.field.take().map(|field| format!("{key}{field}"));
    }
    errors
}

impl NewPart {
    fn of(at: At, again: Option<&Again>) -> Self {
        let again = again.filter(|again| again.at == at);
        NewPart {
            url: format!("{PROOF_URL}/{}", at.list()),
            form: again.map(|again| again.form.clone()).unwrap_or_default(),
            errors: again.map(|again| again.errors.fields.clone()).unwrap_or_default(),
        }
    }
}

impl RowPart {
    fn of(at: At, (path, place, many): (String, usize, usize), stored: ListForm, again: Option<&Again>) -> Self {
        let again = again.filter(|again| again.at == at);
        RowPart {
            key: at.key(),
            url: format!("{PROOF_URL}/{path}"),
            up: place.checked_sub(1),
            down: (place + 1 < many).then_some(place + 1),
            open: again.is_some(),
            form: again.map_or(stored, |again| again.form.clone()),
            errors: again.map(|again| again.errors.fields.clone()).unwrap_or_default(),
            theirs: again.map(|again| again.theirs.clone()).unwrap_or_default(),
        }
    }
}

impl Template for ShowPage {
    const PATH: &'static str = "proofs/show.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        "Proof and questions".into()
    }

    fn samples() -> Vec<Self> {
        let at = chrono::DateTime::UNIX_EPOCH;
        let proof = |n: u128, kind, shows: &str| Proof {
            id: ProofId(uuid::Uuid::from_u128(n)),
            kind,
            title: "Depot <planner> & \"tests\"".into(),
            url: "https://code.example.org/depot".into(),
            shows: shows.into(),
            version: 2,
            saved_at: at,
        };
        let question = |n: u128, theme, heard: &str| OwnQuestion {
            id: OwnQuestionId(uuid::Uuid::from_u128(n)),
            text: "Who reviews <what>?".into(),
            theme,
            heard: heard.into(),
            version: 1,
            saved_at: at,
        };
        let all: Vec<Proof> = ProofKind::ALL.iter().zip(1..).map(|(kind, n)| proof(n, *kind, "Queues & retries")).collect();
        let six: Vec<OwnQuestion> =
            super::super::model::Theme::ALL.iter().zip(1..).map(|(theme, n)| question(n, Some(*theme), "They <all> do.")).collect();
        let again = |at, errors, theirs: &[&str]| Again {
            at,
            form: ListForm { title: "Mine".into(), text: "Mine".into(), version: "1".into(), ..ListForm::default() },
            theirs: theirs.iter().map(|text| (*text).to_owned()).collect(),
            errors,
        };
        let few = ([proof(1, ProofKind::App, "")], [question(1, None, "")]);
        let page = |again: &Again| ShowPage::of(&few.0, &few.1, Some(again));
        vec![
            ShowPage::of(&[], &[], None),
            ShowPage::of(&all, &six, None),
            page(&again(At::NewProof, FormErrors::sample(&["kind", "title", "url", "shows"]), &[])),
            page(&again(At::NewQuestion, FormErrors::sample(&["text"]), &[])),
            page(&again(At::Proof(few.0[0].id), FormErrors::sample(&["kind", "title", "url", "shows"]), &[])),
            page(&again(At::Question(few.1[0].id), FormErrors::whole("Saved in another window."), &["<Theirs>", "Heard"])),
            page(&again(At::Question(few.1[0].id), FormErrors::sample(&["text", "heard"]), &[])),
        ]
    }
}
