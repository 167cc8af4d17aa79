//! The candidate's résumé beside the kit, to read and to print.

use actix_web::web::{Path, Query};

use super::super::service;
use super::id_of;
use crate::accounts::Visitor;
use crate::resumes::sheets::{Frame, SheetPage, TemplateQuery};
use crate::web::page::PageResult;

pub async fn show(visitor: Visitor, path: Path<(String, String)>, query: Query<TemplateQuery>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| {
            let (name, found) = service::resume(tx, actor, id)?;
            let url = format!("/teams/{}/interviews/{id}", actor.team_id()?);
            let frame = Frame {
                name,
                back: "Kit".into(),
                back_url: format!("{url}/kit"),
                source: String::new(),
                url: format!("{url}/resume"),
                text_url: None,
            };
            Ok(SheetPage::of(frame, found.resume.as_ref().map(|resume| (resume, query.or(found.template)))))
        })
        .await
}
