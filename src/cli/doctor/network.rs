//! Mail, and how people reach the server.

use super::Finding;
use crate::platform::config::{self, Config};
use crate::platform::mail;
use actix_web::rt::System;

pub(super) fn check(config: &Config) -> Vec<Finding> {
    vec![mail_server(config), address(config), proxies(config)]
}

fn mail_server(config: &Config) -> Finding {
    let thing = "mail";
    let Some(url) = &config.smtp_url else {
        return Finding::warn(thing, "FIVEFOLD_SMTP_URL is not set: mails are kept in the outbox, and owners pass the links on by hand");
    };
    match System::new().block_on(mail::try_server(url)) {
        Ok(()) => Finding::ok(thing, "the mail server takes our mails"),
        Err(error) => {
            Finding::fail(thing, format!("the mail server of FIVEFOLD_SMTP_URL does not answer ({error:#}); check host, port and password"))
        }
    }
}

fn address(config: &Config) -> Finding {
    let (thing, url) = ("address", config.base_url_for(config.listen));
    match (url.scheme(), config::is_loopback(&url)) {
        ("https", _) => Finding::ok(thing, format!("{url}, with secure cookies")),
        (_, true) => Finding::ok(thing, format!("{url}, for this machine only")),
        _ => Finding::warn(
            thing,
            format!(
                "{url} has no TLS, so passwords and notes can be read on the way; put a proxy with TLS in front and set FIVEFOLD_BASE_URL=https://…"
            ),
        ),
    }
}

/// Without it, limits count all visitors as one.
fn proxies(config: &Config) -> Finding {
    let thing = "proxies";
    let https = config.base_url.as_ref().is_some_and(|url| url.scheme() == "https");
    match (https, config.trusted_proxies.as_slice()) {
        (true, []) => Finding::warn(
            thing,
            "somebody in front does the TLS, but none is trusted, so limits count all visitors as one; set FIVEFOLD_TRUSTED_PROXIES to its address",
        ),
        (_, []) => Finding::ok(thing, "none is trusted; forwarded headers are ignored"),
        (_, trusted) => Finding::ok(
            thing,
            format!("{} is believed about visitors' addresses", trusted.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ),
    }
}
