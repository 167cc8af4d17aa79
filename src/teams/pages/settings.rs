//! A team's name, mode and zone.

use serde::Serialize;

use super::{Choice, Section, modes, sections};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::teams::model::TeamChange;
use crate::teams::service;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};
use crate::web::times::{ZoneGroup, zones};

#[derive(Debug, Serialize)]
pub struct SettingsPage {
    sections: Vec<Section>,
    save_url: String,
    personal: bool,
    form: TeamChange,
    errors: FormErrors,
    modes: Vec<Choice>,
    zones: &'static [ZoneGroup],
}

impl Template for SettingsPage {
    const PATH: &'static str = "teams/settings.html";
    const NAV: Nav = Nav::Admin;

    fn title(&self) -> String {
        "Settings".into()
    }

    fn samples() -> Vec<Self> {
        let wrong = FormErrors::sample;
        let sample = |personal, errors| SettingsPage {
            sections: vec![Section { label: "Settings", url: "/".into(), current: true }],
            save_url: "/teams/x/settings".into(),
            personal,
            form: TeamChange { name: Some("Backend".into()), mode: Some("mock".into()), time_zone: Some("UTC".into()) },
            errors,
            modes: modes(),
            zones: zones(),
        };
        vec![sample(false, FormErrors::default()), sample(true, wrong(&["name"])), sample(false, wrong(&["name", "mode", "time_zone"]))]
    }
}

pub async fn edit(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None, FormErrors::default())).await
}

pub async fn update(visitor: Visitor, Form(form): Form<TeamChange>) -> PageResult {
    let change = form.clone();
    match visitor.write(move |tx, actor| service::update(tx, actor, &change)).await {
        Ok(team) => see_other_with(format!("/teams/{}/settings", team.id), "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, Some(form), errors)).await
        }
    }
}

fn page(tx: &mut Tx, actor: &Actor, form: Option<TeamChange>, errors: FormErrors) -> Result<SettingsPage> {
    let team = service::settings(tx, actor)?;
    let now = TeamChange { name: Some(team.name), mode: Some(team.mode.to_string()), time_zone: Some(team.time_zone.name().to_owned()) };
    Ok(SettingsPage {
        sections: sections(actor, team.id, "settings"),
        save_url: format!("/teams/{}/settings", team.id),
        personal: team.personal,
        form: form.unwrap_or(now),
        errors,
        modes: modes(),
        zones: zones(),
    })
}
