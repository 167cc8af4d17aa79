//! A new rubric: a copy of one that is there, or a file.

use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::super::draft::NewRubric;
use super::super::service;
use super::{crumbs, draft_url, rubrics_url};
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
    import_url: String,
    form: NewForm,
    errors: FormErrors,
    /// What it can be a copy of.
    versions: Vec<Choice>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewForm {
    name: String,
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
                form.name = format!("{}, our copy", service::show(tx, actor, id)?.name).chars().take(80).collect();
            }
            page(tx, actor, form, FormErrors::default())
        })
        .await
}

pub async fn create(visitor: Visitor, Form(form): Form<NewForm>) -> PageResult {
    let sent = form.clone();
    let made = visitor.write(move |tx, actor| {
        let rubric = service::create(tx, actor, &sent.input()?)?;
        Ok(draft_url(actor.team_id()?, rubric.id))
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
        crumbs: crumbs(rubrics_url(team), "New rubric"),
        action: rubrics_url(team),
        cancel_url: rubrics_url(team),
        import_url: import_url(&rubrics_url(team)),
        form,
        errors,
        versions,
    })
}

fn import_url(rubrics: &str) -> String {
    format!("{rubrics}/imports/new")
}

impl NewForm {
    fn input(&self) -> Result<NewRubric> {
        let copy_of = match self.copy_of.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| Error::invalid("copy_of", "Choose a version from the list."))?),
        };
        Ok(NewRubric { name: self.name.clone(), slug: None, copy_of })
    }
}

impl Template for NewPage {
    const PATH: &'static str = "rubrics/new.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        "New rubric".into()
    }

    fn samples() -> Vec<Self> {
        let page = |form, errors| NewPage {
            crumbs: crumbs("/teams/1/rubrics".into(), "New rubric"),
            action: "/teams/1/rubrics".into(),
            cancel_url: "/teams/1/rubrics".into(),
            import_url: import_url("/teams/1/rubrics"),
            form,
            errors,
            versions: vec![Choice { value: "1".into(), label: "Five areas, version 1".into() }],
        };
        let typed = NewForm { name: "Ours".into(), copy_of: "1".into() };
        vec![page(NewForm::default(), FormErrors::default()), page(typed, FormErrors::sample(&["name", "copy_of"]))]
    }
}
