//! Shapes of candidate records.

mod claims;
mod resumes;

pub use claims::*;
pub use resumes::*;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::AccountId;
pub use crate::policy::CandidateId;

/// `POST` and `PUT` of a candidate record, and its form.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CandidateInput {
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
    /// A member whose own account this is.
    #[serde(default)]
    pub account_id: Option<String>,
}

/// What a record holds, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCandidate {
    pub name: String,
    pub email: Option<String>,
    pub account: Option<AccountId>,
}

impl NewCandidate {
    /// An empty address or account means none.
    pub fn parse(input: &CandidateInput) -> Result<Self> {
        let filled = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse::line(&input.name, 1, 120));
        let email = errors.take("email", filled(&input.email).map(|email| parse::email(&email)).transpose());
        let account = errors.take("account_id", filled(&input.account_id).map(|id| account(&id)).transpose());
        match (name, email, account) {
            (Some(name), Some(email), Some(account)) => Ok(NewCandidate { name, email, account }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// What is said of an account that cannot be linked, known or not.
pub const NO_SUCH_MEMBER: &str = "Choose one of the members on offer, or none.";

fn account(id: &str) -> Result<AccountId, String> {
    id.parse().map_err(|_| NO_SUCH_MEMBER.to_owned())
}

/// A candidate record as its pages and the API show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CandidateView {
    pub id: CandidateId,
    pub name: String,
    pub email: Option<String>,
    pub account: Option<LinkedAccount>,
    /// For the next If-Match.
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

/// A member whose own account a record is linked to, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LinkedAccount {
    pub id: AccountId,
    pub name: String,
}

/// What of the list is asked for, beside the page of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Search {
    /// A part of the name, in any case.
    pub q: String,
}

impl Search {
    /// The query of the list's address that goes on at `cursor`.
    pub fn query(&self, cursor: &str) -> String {
        let pairs = [("q", self.q.as_str()), ("cursor", cursor)];
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty())).finish()
    }
}

/// A place in the list: names as the database compares them, then ids.
pub type Place = (String, CandidateId);

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str, email: &str, account: &str) -> CandidateInput {
        CandidateInput { name: name.into(), email: Some(email.into()), account_id: Some(account.into()) }
    }

    #[test]
    fn an_empty_address_or_account_means_none() {
        let new = NewCandidate::parse(&input(" Sofia Marin ", " ", "")).unwrap();
        assert_eq!(new, NewCandidate { name: "Sofia Marin".into(), email: None, account: None });
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let Err(Error::Invalid(errors)) = NewCandidate::parse(&input(" ", "no address", "7")) else { panic!("it passed") };
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["name", "email", "account_id"]);
    }
}
