//! What can be shown in public.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::ProofId;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::text_enum;

/// More than anybody would look at.
pub const MOST_PROOFS: usize = 30;

const LONGEST_URL: usize = 400;

text_enum! {
    /// What kind of work can be seen there.
    ProofKind {
        Repository = "repository",
        App = "app",
        ApiDocs = "api_docs",
        WriteUp = "write_up",
        Portfolio = "portfolio",
        Profile = "profile",
    }
}

/// One thing that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Proof {
    pub id: ProofId,
    pub kind: ProofKind,
    pub title: String,
    pub url: String,
    /// What it shows, in one line; may be empty.
    pub shows: String,
    /// For the next If-Match.
    pub version: i32,
    pub saved_at: DateTime<Utc>,
}

/// `POST` and `PUT` of a proof.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewProof)]
pub struct ProofInput {
    pub kind: ProofKind,
    /// Up to 120 characters.
    pub title: String,
    /// Where it is, beginning with https://.
    pub url: String,
    /// What it shows, in one line of up to 300 characters.
    #[serde(default)]
    pub shows: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProof {
    pub kind: ProofKind,
    pub title: String,
    pub url: String,
    pub shows: String,
}

impl NewProof {
    pub fn parse(input: &ProofInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", parse::line(&input.title, 1, 120));
        let url = errors.take("url", public_url(&input.url));
        let shows = errors.take("shows", parse::line(input.shows.as_deref().unwrap_or_default(), 0, 300));
        match (title, url, shows) {
            (Some(title), Some(url), Some(shows)) => Ok(NewProof { kind: input.kind, title, url, shows }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// An address that somebody else can open: https, with a host that has a name, and nobody's password in it. Where the
/// scheme is left away it is https.
fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Fill this in.".into());
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let wrong = || "Write an address that others can open, as in https://code.example.org/me.".to_owned();
    let url = Url::parse(&whole).map_err(|_| wrong())?;
    if url.scheme() != "https" {
        return Err("Write an address that begins with https://.".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("Leave the name and the password out of the address.".into());
    }
    if !url.domain().is_some_and(|host| host.contains('.')) {
        return Err(wrong());
    }
    let url = url.to_string();
    if url.chars().count() > LONGEST_URL { Err(format!("Write at most {LONGEST_URL} characters.")) } else { Ok(url) }
}

impl ProofKind {
    /// As it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            ProofKind::Repository => "Repository",
            ProofKind::App => "Deployed app",
            ProofKind::ApiDocs => "API documentation",
            ProofKind::WriteUp => "Write-up",
            ProofKind::Portfolio => "Portfolio",
            ProofKind::Profile => "Profile",
        }
    }

    /// What makes one worth showing, for who has none.
    pub fn advice(self) -> &'static str {
        match self {
            ProofKind::Repository => {
                "One that you would be glad to be asked about: it says why it is there, its tests run, and each commit is one step."
            }
            ProofKind::App => "Something that runs where others can open it. Know what you would look at first if it went down tonight.",
            ProofKind::ApiDocs => {
                "A page with which a stranger makes a first call in ten minutes. Be ready to say how you chose its errors."
            }
            ProofKind::WriteUp => "A problem, what you tried, what it cost, and what you would do now. One page is plenty.",
            ProofKind::Portfolio => "Three pieces, each with your own part in it, say more than everything you ever made.",
            ProofKind::Profile => "What you do and what you look for. It should say the same as your résumé, dates too.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(title: &str, url: &str) -> Result<NewProof> {
        NewProof::parse(&ProofInput { kind: ProofKind::App, title: title.into(), url: url.into(), shows: None })
    }

    #[test]
    fn an_address_is_one_that_anybody_may_open() {
        assert_eq!(parse(" Depot ", "depot.example.org/app").unwrap().url, "https://depot.example.org/app");
        assert_eq!(parse("Depot", "https://Depot.example.org").unwrap().url, "https://depot.example.org/");
        let no = [
            "",
            "javascript:alert(1)",
            "http://depot.example.org",
            "https://localhost/app",
            "https://192.168.0.1/",
            "https://ada:secret@code.example.org/",
            "data:text/html,x",
            "https://exa mple.org",
        ];
        for url in no.into_iter().map(str::to_owned).chain([format!("https://example.org/{}", "x".repeat(400))]) {
            let Err(Error::Invalid(errors)) = parse("Depot", &url) else { panic!("{url} passed") };
            assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["url"], "{url}");
        }
        assert!(parse("", "https://example.org").is_err());
    }
}
