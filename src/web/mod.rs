//! Floor 1: HTTP, once. Features say what they mean; this says how it travels.

pub mod address;
pub mod api;
pub mod archive;
pub mod assets;
pub mod download;
pub mod events;
pub mod form;
pub mod guard;
pub mod intake;
pub mod limit;
pub mod line;
pub mod openapi;
pub mod page;
pub mod paging;
pub mod probes;
pub mod ranges;
pub mod routing;
mod sample;
mod script;
mod shape;
mod text;
pub mod times;
pub mod upload;

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::Semaphore;
use url::Url;

use crate::platform::config::SignUp;
use crate::platform::db::Db;
use crate::platform::password::Passwords;
use crate::platform::token::Signer;
use events::Streams;
use limit::Limit;
use line::Pace;
use page::Views;
use probes::Readiness;

/// What every handler can reach.
pub struct Server {
    pub db: Db,
    pub views: Views,
    pub signer: Signer,
    pub passwords: Passwords,
    pub base_url: Url,
    pub sign_up: SignUp,
    /// With SMTP the outbox is a record, without it the only place where a mail can be read.
    pub sends_mail: bool,
    /// Whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// What people who are not signed in may ask of the server, by address block.
    pub strangers: Limit,
    /// How slow a client may be.
    pub pace: Pace,
    /// Places for bodies that are larger than others.
    pub uploads: Arc<Semaphore>,
    /// The event streams that are open here.
    pub streams: Streams,
    /// What is said to who asks whether to send visitors here.
    pub readiness: Readiness,
}

impl Server {
    /// Cookies are Secure and carry the `__Host-` prefix.
    pub fn secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }

    /// The cookie's name: the prefix binds it to this host and to https.
    pub fn sign_in_cookie(&self) -> &'static str {
        if self.secure() { "__Host-fivefold" } else { "fivefold" }
    }
}
