//! A team's own rubrics over JSON.

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::super::draft::{NewRubric, NewRubricVersion, RubricDraft};
use super::super::model::RubricId;
use super::super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, created, if_match, ok_versioned};

type OfRubric = Path<(String, String)>;

fn id(path: &OfRubric) -> Result<RubricId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}

pub async fn create_rubric(visitor: Visitor, Json(new): Json<NewRubric>) -> ApiResult {
    let (view, team) = visitor.write(move |tx, actor| Ok((service::create(tx, actor, &new)?, actor.team_id()?))).await?;
    created(&format!("/api/v1/teams/{team}/rubrics/{}", view.id), &view)
}

pub async fn create_rubric_import(visitor: Visitor, Json(file): Json<serde_json::Value>) -> ApiResult {
    let (view, team) = visitor.write(move |tx, actor| Ok((service::import(tx, actor, file)?, actor.team_id()?))).await?;
    created(&format!("/api/v1/teams/{team}/rubrics/{}", view.id), &view)
}

pub async fn show_rubric(visitor: Visitor, path: OfRubric) -> ApiResult {
    let id = id(&path)?;
    let view = visitor.read(move |tx, actor| service::show_rubric(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn update_rubric(visitor: Visitor, path: OfRubric, request: HttpRequest, Json(draft): Json<RubricDraft>) -> ApiResult {
    let (id, version) = (id(&path)?, if_match(&request)?);
    let view = visitor.write(move |tx, actor| service::update(tx, actor, id, version, draft)).await?;
    ok_versioned(view.version, &view)
}

pub async fn put_rubric_retirement(visitor: Visitor, path: OfRubric) -> ApiResult {
    let id = id(&path)?;
    let view = visitor.write(move |tx, actor| service::retire(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn delete_rubric_retirement(visitor: Visitor, path: OfRubric) -> ApiResult {
    let id = id(&path)?;
    let view = visitor.write(move |tx, actor| service::unretire(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn create_rubric_version(visitor: Visitor, path: OfRubric, Json(new): Json<NewRubricVersion>) -> ApiResult {
    let id = id(&path)?;
    let (view, team) = visitor.write(move |tx, actor| Ok((service::publish(tx, actor, id, &new)?, actor.team_id()?))).await?;
    let version = view.newest_version.as_ref().map(|version| version.id.to_string()).unwrap_or_default();
    created(&format!("/api/v1/teams/{team}/rubrics/versions/{version}"), &view)
}
