//! Every address of the product in one table: pages first, then the API. What a route demands stands
//! beside it; `fivefold routes` prints it, the OpenAPI document is made from it, and a test walks it as
//! every kind of visitor.

mod apis;
mod pages;

use std::sync::LazyLock;

use actix_web::web;
use serde_json::Value;

use crate::calibration::{exercises, second_scoring};
use crate::web::page::Sample;
use crate::web::routing::Method::Get;
use crate::web::routing::Who::Anyone;
use crate::web::routing::{Route, Table, asset, page};
use crate::web::{assets, openapi, probes};
use crate::{
    accounts, api_docs, calibration, candidates, debriefs, find, home, interviews, own_data, peer_practice, practice, proofs,
    question_sets, reports, resumes, rooms, rubrics, scorecards, teams,
};

/// The whole table.
pub fn all() -> Vec<Route> {
    let mut routes = own();
    routes.extend(pages::pages());
    routes.extend(apis::apis());
    routes
}

/// The samples of every page, for the test that renders them all.
pub fn samples() -> Vec<Sample> {
    [
        accounts::pages::samples(),
        teams::pages::samples(),
        rubrics::pages::samples(),
        question_sets::pages::samples(),
        own_data::pages::samples(),
        resumes::pages::samples(),
        proofs::pages::samples(),
        candidates::pages::samples(),
        interviews::pages::samples(),
        scorecards::pages::samples(),
        rooms::pages::samples(),
        calibration::pages::samples(),
        debriefs::pages::samples(),
        reports::pages::samples(),
        exercises::pages::samples(),
        second_scoring::pages::samples(),
        peer_practice::pages::samples(),
        peer_practice::feedback::pages::samples(),
        practice::pages::samples(),
        home::pages::samples(),
        find::pages::samples(),
        api_docs::pages::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The OpenAPI document of the whole table, made once.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(openapi::document(&all())).unwrap_or_default());
    &DOCUMENT
}

/// Hangs every route into the server; a known path with another method answers 405.
pub fn configure(config: &mut web::ServiceConfig) {
    config.app_data(web::Data::new(api_docs::pages::Document(document)));
    let mut resources: Vec<(&'static str, Vec<Route>)> = Vec::new();
    let all = all();
    config.app_data(web::Data::new(Table::of(&all)));
    for route in all {
        match resources.iter_mut().find(|(path, _)| *path == route.path) {
            Some((_, routes)) => routes.push(route),
            None => resources.push((route.path, vec![route])),
        }
    }
    for (path, routes) in resources {
        let resource = routes.iter().fold(web::resource(path), |resource, route| resource.route(route.make()));
        config.service(resource);
    }
}

fn own() -> Vec<Route> {
    vec![
        asset("/static/{path:.*}", assets::show),
        page(Get, "/health/live", Anyone, probes::live),
        page(Get, "/health/ready", Anyone, probes::ready),
        page(Get, "/metrics", Anyone, probes::metrics),
        asset("/schemas/{name}", api_docs::pages::schema),
        asset("/api/openapi.json", api_docs::pages::document),
        page(Get, "/api/docs", Anyone, api_docs::pages::index),
        page(Get, "/api/docs/problems/{code}", Anyone, api_docs::pages::problem),
    ]
}
