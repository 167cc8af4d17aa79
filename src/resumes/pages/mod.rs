//! One's own résumé on pages.

mod edit;
mod form;
mod import;
mod show;

pub use edit::{edit, update};
pub use import::{confirm_import, create_import, new_import};
pub use show::{choose, delete, file, print, send, show, text, withdraw};

use super::bring::{ImportPage, PreviewPage};
use super::sheets::SheetPage;
use crate::web::page::{Crumb, Sample, samples_of};

const RESUME_URL: &str = "/account/resume";

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<show::ShowPage>(),
        samples_of::<edit::EditPage>(),
        samples_of::<ImportPage<false>>(),
        samples_of::<PreviewPage<false>>(),
        samples_of::<SheetPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn crumbs(here: &str) -> Vec<Crumb> {
    vec![
        Crumb { label: "Your account".into(), url: Some("/account".into()) },
        Crumb { label: "Résumé".into(), url: Some(RESUME_URL.into()) },
        Crumb { label: here.into(), url: None },
    ]
}
