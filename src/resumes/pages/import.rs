//! One's own résumé from a file.

use actix_web::http::StatusCode;

use super::super::bring::{self, ImportPage, Place, PreviewPage, Unread};
use super::super::model::Brought;
use super::super::service;
use super::{RESUME_URL, crumbs};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::web::form::FormErrors;
use crate::web::page::{PageResult, see_other_with};
use crate::web::upload::Upload;

pub type OwnImportPage = ImportPage<false>;
pub type OwnPreviewPage = PreviewPage<false>;

fn place() -> Place {
    let heading = "Résumé from a file";
    Place {
        crumbs: crumbs(heading),
        heading: heading.into(),
        import_url: "/account/resume/import".into(),
        confirm_url: "/account/resume/import/confirmation".into(),
        cancel_url: RESUME_URL.into(),
    }
}

pub async fn new_import(visitor: Visitor) -> PageResult {
    visitor.page(|_, actor| actor.account().map(|_| OwnImportPage::of(place(), Unread::default()))).await
}

pub async fn create_import(visitor: Visitor, upload: Upload) -> PageResult {
    visitor.read(|_, actor| actor.account()).await?;
    match bring::read(upload).await? {
        Ok(brought) => preview(&visitor, StatusCode::OK, brought, FormErrors::default()).await,
        Err(unread) => unreadable(&visitor, unread).await,
    }
}

pub async fn confirm_import(visitor: Visitor, upload: Upload) -> PageResult {
    visitor.read(|_, actor| actor.account()).await?;
    let version: Result<i32> = upload.field("version").parse().map_err(|_| Error::PreconditionRequired);
    let brought = match bring::read(upload).await? {
        Ok(brought) => brought,
        Err(unread) => return unreadable(&visitor, unread).await,
    };
    let (version, sent) = (version?, brought.clone());
    match visitor.write(move |tx, actor| service::import(tx, actor, version, sent)).await {
        Ok(_) => see_other_with(RESUME_URL, "resume-imported"),
        Err(Error::Stale { .. }) => {
            let text =
                "Your résumé was saved in another window in the meantime. What it says now stands below; import again to replace it.";
            preview(&visitor, StatusCode::PRECONDITION_FAILED, brought, FormErrors::whole(text)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn preview(visitor: &Visitor, status: StatusCode, brought: Brought, errors: FormErrors) -> PageResult {
    visitor
        .page_with(status, move |tx, actor| {
            let preview = service::preview_import(tx, actor, brought.clone())?;
            OwnPreviewPage::of(place(), &brought, (preview.replaces.as_ref(), preview.version), errors)
        })
        .await
}

async fn unreadable(visitor: &Visitor, unread: Unread) -> PageResult {
    visitor.page_with(StatusCode::UNPROCESSABLE_ENTITY, move |_, _| Ok(OwnImportPage::of(place(), unread))).await
}
