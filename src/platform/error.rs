//! The one error of every service. It knows no HTTP: `web::api` and `web::page` each map it once.

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong, in the words of the product rather than of HTTP or SQL.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the sign-in has ended.
    #[error("sign in first")]
    Unauthenticated,
    /// Address and password do not fit together; which of the two is wrong is never said.
    #[error("Address and password do not fit together. Check both, or reset your password.")]
    WrongCredentials,
    /// The thing is visible to this reader, the act is not theirs.
    #[error("{0}")]
    Forbidden(&'static str),
    /// It does not exist, or not for this reader.
    #[error("not found")]
    NotFound,
    /// It was there for who holds its link, and is over: used, revoked, run out.
    #[error("{0}")]
    Gone(&'static str),
    /// The input could not be read at all.
    #[error("{0}")]
    Malformed(String),
    /// The input was read; these fields do not hold what they must.
    #[error("{} field(s) are not right", .0.len())]
    Invalid(FieldErrors),
    /// The act does not fit the state of things. `code` is stable for programs, `detail` is for people.
    #[error("{detail}")]
    Conflict { code: &'static str, detail: String },
    /// A write was based on a version that is no longer the newest; `current` is the newest.
    #[error("changed in the meantime")]
    Stale { current: serde_json::Value },
    /// An Idempotency-Key came back with another body.
    #[error("this Idempotency-Key was used with another body; a new request needs a new one")]
    KeyReused,
    /// A write to a shared text came without the version it is based on.
    #[error("send If-Match with the version this change is based on")]
    PreconditionRequired,
    #[error("larger than {limit} bytes")]
    TooLarge { limit: usize },
    /// A part was asked for that lies beyond the end.
    #[error("There are {size} bytes, and none of the range.")]
    NoSuchRange { size: u64 },
    #[error("The part of the address after the question mark is too long.")]
    AddressTooLong,
    #[error("The request came too slowly to wait for its end. Nothing was changed; send it again.")]
    TooSlow,
    #[error("too many tries")]
    TooMany { retry_after: Duration },
    /// The database, or a place in a queue, cannot be had right now.
    #[error("busy, try again in a moment")]
    Busy,
    /// A defect. Its text is logged and never sent.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// Field errors in the order of the form; `field` is the name in JSON and in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldErrors(Vec<FieldError>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    pub field: String,
    /// A sentence that says what to do.
    pub message: String,
}

impl Error {
    /// A single field that does not hold what it must.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(field, message);
        Error::Invalid(errors)
    }

    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Error::Conflict { code, detail: detail.into() }
    }
}

impl FieldErrors {
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }

    /// Takes the value of one parsed field, or notes its error and gives nothing.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, String>) -> Option<T> {
        parsed.map_err(|message| self.add(field, message)).ok()
    }

    /// Notes the error of one field, if there is one.
    pub fn note(&mut self, field: impl Into<String>, checked: Result<(), String>) {
        if let Err(message) = checked {
            self.add(field, message);
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// These beside what else a parse refuses, so that all of it is told at once.
    pub fn beside<T>(mut self, parsed: Result<T>) -> Result<T> {
        match parsed {
            Err(Error::Invalid(more)) => self.0.extend(more.0),
            parsed if self.is_empty() => return parsed,
            _ => {}
        }
        Err(Error::Invalid(self))
    }

    /// Nothing when there is no error, else all of them.
    pub fn check(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

/// One line an error: the field, then what is wrong with it.
impl std::fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            let end = if i + 1 == self.0.len() { "" } else { "\n" };
            write!(f, "{}: {}{end}", error.field, error.message)?;
        }
        Ok(())
    }
}

/// Always `Internal`, a missing row too: say `.optional()?.ok_or(Error::NotFound)` where absence is
/// expected and [`OnConstraint::on_constraint`] where a constraint is the rule.
impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Error::Internal(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Internal(error.into())
    }
}

/// Gives a named database constraint the meaning it has for people.
pub trait OnConstraint<T> {
    fn on_constraint(self, name: &str, error: Error) -> Result<T>;
}

impl<T> OnConstraint<T> for diesel::QueryResult<T> {
    fn on_constraint(self, name: &str, error: Error) -> Result<T> {
        match self {
            Err(diesel::result::Error::DatabaseError(_, info)) if info.constraint_name() == Some(name) => Err(error),
            other => other.map_err(Error::from),
        }
    }
}
