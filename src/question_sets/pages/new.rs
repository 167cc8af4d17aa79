//! A new set: empty, or a copy.

use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::super::draft::NewQuestionSet;
use super::super::service;
use super::{draft_url, sets_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct NewPage {
    crumbs: Vec<Crumb>,
    action: String,
    cancel_url: String,
    form: NewForm,
    errors: FormErrors,
    /// What it can be a copy of.
    versions: Vec<Choice>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewForm {
    name: String,
    description: String,
    copy_of: String,
}

pub async fn new(visitor: Visitor, query: Query<NewForm>) -> PageResult {
    let form = query.into_inner();
    visitor
        .page(move |tx, actor| {
            let mut form = form;
            if form.name.is_empty()
                && let Ok(id) = form.copy_of.parse()
            {
                let origin = service::show(tx, actor, id)?;
                form.name = format!("{}, our copy", origin.name).chars().take(80).collect();
                form.description.clone_from(&origin.description);
            }
            page(tx, actor, form, FormErrors::default())
        })
        .await
}

pub async fn create(visitor: Visitor, Form(form): Form<NewForm>) -> PageResult {
    let input = form.clone();
    let made = visitor.write(move |tx, actor| {
        let set = service::create(tx, actor, &input.input()?)?;
        Ok(draft_url(actor.team_id()?, set.id))
    });
    match made.await {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, form, errors)).await
        }
    }
}

fn page(tx: &mut Tx, actor: &Actor, form: NewForm, errors: FormErrors) -> Result<NewPage> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let versions = service::published(tx, actor)?
        .iter()
        .map(|version| Choice { value: version.id.to_string(), label: format!("{}, version {}", version.name, version.number) })
        .collect();
    Ok(NewPage {
        crumbs: vec![
            Crumb { label: "Question sets".into(), url: Some(sets_url(team)) },
            Crumb { label: "New question set".into(), url: None },
        ],
        action: sets_url(team),
        cancel_url: sets_url(team),
        form,
        errors,
        versions,
    })
}

impl NewForm {
    fn input(&self) -> Result<NewQuestionSet> {
        let copy_of = match self.copy_of.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| Error::invalid("copy_of", "Choose a version from the list."))?),
        };
        Ok(NewQuestionSet { name: self.name.clone(), description: self.description.clone(), copy_of, ..NewQuestionSet::default() })
    }
}

impl Template for NewPage {
    const PATH: &'static str = "question_sets/new.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        "New question set".into()
    }

    fn samples() -> Vec<Self> {
        let page = |form, errors| NewPage {
            crumbs: vec![Crumb { label: "New question set".into(), url: None }],
            action: "/teams/1/question-sets".into(),
            cancel_url: "/teams/1/question-sets".into(),
            form,
            errors,
            versions: vec![Choice { value: "1".into(), label: "Django backend interview, version 2".into() }],
        };
        let typed = NewForm { name: "Ours".into(), description: "What we ask.".into(), copy_of: "1".into() };
        vec![page(NewForm::default(), FormErrors::default()), page(typed, FormErrors::sample(&["name", "description", "copy_of"]))]
    }
}
