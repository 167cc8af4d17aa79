//! Shapes of résumé claims.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id_types;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;

id_types! {
    /// A résumé claim of a candidate.
    ClaimId,
}

/// As many as anybody asks about, and some more.
pub const MAX_CLAIMS: usize = 40;

/// `POST` and `PUT` of a claim, and its form.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimInput {
    /// One sentence, as the résumé says it.
    pub text: String,
    /// What there is to ask about it, for the panel.
    #[serde(default)]
    pub detail: Option<String>,
}

/// What a claim holds, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClaim {
    pub text: String,
    pub detail: String,
}

impl NewClaim {
    pub fn parse(input: &ClaimInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let text = errors.take("text", parse::line(&input.text, 1, 300));
        let detail = errors.take("detail", parse::text(input.detail.as_deref().unwrap_or_default(), 2_000));
        match (text, detail) {
            (Some(text), Some(detail)) => Ok(NewClaim { text, detail: detail.trim().to_owned() }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// What a résumé says, to be asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClaimView {
    pub id: ClaimId,
    pub text: String,
    pub detail: String,
    /// For the next If-Match.
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_one_line_and_its_detail_may_be_absent() {
        let parse =
            |text: &str, detail: Option<&str>| NewClaim::parse(&ClaimInput { text: text.into(), detail: detail.map(str::to_owned) });
        assert_eq!(parse(" Cut latency by 60% ", None).unwrap(), NewClaim { text: "Cut latency by 60%".into(), detail: String::new() });
        let Err(Error::Invalid(errors)) = parse(" ", Some(&"x".repeat(2_001))) else { panic!("it passed") };
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["text", "detail"]);
    }
}
