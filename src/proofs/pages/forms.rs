//! What the forms of the page do.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::model::{
    NewProof, NewQuestion, OwnQuestionId, ProofId, ProofInput, ProofKind, QuestionChange, QuestionChangeInput, QuestionInput,
};
use super::super::service;
use super::PROOF_URL;
use super::show::{Again, At, page};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, see_other_with};

/// Every form of the page: what was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ListForm {
    pub kind: String,
    pub title: String,
    pub url: String,
    pub shows: String,
    pub text: String,
    pub heard: String,
    pub version: String,
    #[serde(skip_serializing)]
    pub theme: String,
    #[serde(skip_serializing)]
    pub place: String,
}

impl ListForm {
    /// Every mistake at once, a kind that was not chosen too.
    fn proof(&self) -> Result<NewProof> {
        let of = |kind| {
            let (title, url, shows) = (self.title.clone(), self.url.clone(), Some(self.shows.clone()));
            NewProof::parse(&ProofInput { kind, title, url, shows })
        };
        if let Ok(kind) = self.kind.parse() {
            return of(kind);
        }
        let mut errors = FieldErrors::default();
        errors.add("kind", "Choose what it is.");
        if let Err(Error::Invalid(others)) = of(ProofKind::Repository) {
            others.iter().for_each(|other| errors.add(other.field.clone(), other.message.clone()));
        }
        Err(Error::Invalid(errors))
    }

    fn question(&self) -> Result<NewQuestion> {
        let theme = (!self.theme.is_empty()).then(|| self.theme.parse().map_err(Error::Malformed)).transpose()?;
        let text = (theme.is_none() || !self.text.is_empty()).then(|| self.text.clone());
        NewQuestion::parse(&QuestionInput { text, theme })
    }

    fn change(&self) -> Result<QuestionChange> {
        QuestionChange::parse(&QuestionChangeInput { text: self.text.clone(), heard: Some(self.heard.clone()) })
    }

    fn version(&self) -> Result<i32> {
        self.version.parse().map_err(|_| Error::PreconditionRequired)
    }

    fn place(&self) -> Result<u16> {
        self.place.parse().map_err(|_| Error::Malformed("Say which place it takes.".into()))
    }
}

pub async fn create_proof(visitor: Visitor, Form(form): Form<ListForm>) -> PageResult {
    act(visitor, At::NewProof, form, |form, tx, actor| service::add_proof(tx, actor, &form.proof()?).map(drop)).await
}

pub async fn update_proof(visitor: Visitor, id: Path<String>, Form(form): Form<ListForm>) -> PageResult {
    let id: ProofId = id.parse().map_err(|_| Error::NotFound)?;
    act(visitor, At::Proof(id), form, move |form, tx, actor| {
        service::change_proof(tx, actor, id, form.version()?, &form.proof()?).map(drop)
    })
    .await
}

pub async fn place_proof(visitor: Visitor, id: Path<String>, Form(form): Form<ListForm>) -> PageResult {
    let id: ProofId = id.parse().map_err(|_| Error::NotFound)?;
    act(visitor, At::Proof(id), form, move |form, tx, actor| service::place_proof(tx, actor, id, form.place()?).map(drop)).await
}

pub async fn remove_proof(visitor: Visitor, id: Path<String>) -> PageResult {
    let id: ProofId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::remove_proof(tx, actor, id)).await?;
    see_other_with(format!("{PROOF_URL}#proofs"), "off-list")
}

pub async fn create_question(visitor: Visitor, Form(form): Form<ListForm>) -> PageResult {
    act(visitor, At::NewQuestion, form, |form, tx, actor| service::add_question(tx, actor, &form.question()?).map(drop)).await
}

pub async fn update_question(visitor: Visitor, id: Path<String>, Form(form): Form<ListForm>) -> PageResult {
    let id: OwnQuestionId = id.parse().map_err(|_| Error::NotFound)?;
    act(visitor, At::Question(id), form, move |form, tx, actor| {
        service::change_question(tx, actor, id, form.version()?, &form.change()?).map(drop)
    })
    .await
}

pub async fn place_question(visitor: Visitor, id: Path<String>, Form(form): Form<ListForm>) -> PageResult {
    let id: OwnQuestionId = id.parse().map_err(|_| Error::NotFound)?;
    act(visitor, At::Question(id), form, move |form, tx, actor| service::place_question(tx, actor, id, form.place()?).map(drop)).await
}

pub async fn remove_question(visitor: Visitor, id: Path<String>) -> PageResult {
    let id: OwnQuestionId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::remove_question(tx, actor, id)).await?;
    see_other_with(format!("{PROOF_URL}#questions"), "off-list")
}

/// Does it and leads back to the list, or shows the page again with what was typed and what is wrong with it.
async fn act(
    visitor: Visitor,
    at: At,
    form: ListForm,
    work: impl FnOnce(&ListForm, &mut Tx, &Actor) -> Result<()> + Send + 'static,
) -> PageResult {
    let sent = form.clone();
    let done = visitor.write(move |tx, actor| {
        actor.account()?;
        work(&sent, tx, actor)
    });
    let (status, again) = match done.await {
        Ok(()) => return see_other_with(format!("{PROOF_URL}#{}", at.list()), "saved"),
        Err(Error::Stale { current }) => (StatusCode::PRECONDITION_FAILED, stale(at, form, &current)),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            (status, Again { at, form, theirs: Vec::new(), errors })
        }
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, Some(&again))).await
}

/// Both texts: the other window's are shown, one's own stay in the form and are saved over them by another press.
fn stale(at: At, form: ListForm, current: &serde_json::Value) -> Again {
    let text = |name: &str| current[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let errors = FormErrors::whole("It was saved in another window meanwhile. Both are below; save again to keep yours.");
    Again {
        at,
        theirs: ["title", "url", "shows", "text", "heard"].into_iter().filter_map(text).collect(),
        form: ListForm { version: current["version"].to_string(), ..form },
        errors,
    }
}
