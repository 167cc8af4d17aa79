//! Forms. A form always parses: its fields are text, and what the text means is the service's input type.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::api::{read_body, status};
use super::page::PageError;
use super::shape;
use crate::platform::error::{Error, FieldErrors};

/// `application/x-www-form-urlencoded`; repeated names make a list.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// A form that is a button alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoFields {}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_body(payload.take());
        Box::pin(async move {
            let parsed = body.await.and_then(|body| {
                shape::check_form(&body)?;
                serde_html_form::from_bytes(&body)
                    .map_err(|_| Error::Malformed("This form could not be read. Go back, reload the page and try again.".into()))
            });
            parsed.map(Form).map_err(PageError)
        })
    }
}

/// For `serialize_with`: a password is read from a form and never sent back in one.
pub fn not_shown<T, S: serde::Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_none()
}

/// What is wrong with a form, as its page shows it: `error_summary errors={errors.summary}` before the
/// form and `error={errors.fields.email}` at the field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FormErrors {
    pub summary: Vec<SummaryLine>,
    pub fields: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SummaryLine {
    /// The control's id; none for what concerns the whole form.
    pub field: Option<String>,
    pub text: String,
}

impl FormErrors {
    /// What the page that shows the form again says, and its status. An error that no form can mend is
    /// passed on.
    pub fn shown(error: Error) -> Result<(StatusCode, Self), Error> {
        let status = status(&error);
        match error {
            Error::Invalid(errors) => Ok((status, errors.into())),
            Error::Conflict { .. } | Error::WrongCredentials => Ok((status, Self::whole(error.to_string()))),
            other => Err(other),
        }
    }

    /// These fields were left empty: for the samples of a page.
    pub fn sample(fields: &[&str]) -> Self {
        let mut errors = FieldErrors::default();
        fields.iter().for_each(|field| errors.add(*field, "Fill this in."));
        errors.into()
    }

    /// A sentence about the whole form.
    pub fn whole(text: impl Into<String>) -> Self {
        FormErrors { summary: vec![SummaryLine { field: None, text: text.into() }], fields: BTreeMap::new() }
    }
}

impl From<FieldErrors> for FormErrors {
    fn from(errors: FieldErrors) -> Self {
        let mut form = FormErrors::default();
        for error in errors.iter() {
            form.summary.push(SummaryLine { field: Some(error.field.clone()), text: error.message.clone() });
            form.fields.entry(error.field.clone()).or_insert_with(|| error.message.clone());
        }
        form
    }
}
