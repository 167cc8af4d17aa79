//! Health and metrics.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse, web};
use metrics_exporter_prometheus::PrometheusHandle;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::Notify;

use super::Server;
use super::api::{ApiError, ApiResult};
use crate::platform::db::{Door, migration_state};
use crate::platform::error::Error;
use crate::platform::jobs;
use crate::platform::mail;

/// What `/metrics` shows and to whom.
pub struct Metrics {
    pub handle: PrometheusHandle,
    pub token: Option<SecretString>,
}

/// Whether the server takes new visitors, and whether anybody who sends them here asks.
#[derive(Default)]
pub struct Readiness {
    leaving: AtomicBool,
    asked: Mutex<Option<Instant>>,
    told: Notify,
}

/// A balancer asks more often than this.
const ASKS_WITHIN: Duration = Duration::from_secs(60);

impl Readiness {
    /// From now on the answer is no. Waits until somebody was told so, for a while at most, and not at all when
    /// nobody has asked lately: then there is no balancer that must learn it first.
    pub async fn leave(&self, at_most: Duration) {
        self.leaving.store(true, Ordering::SeqCst);
        let asked = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.is_some_and(|asked| asked.elapsed() < ASKS_WITHIN) {
            tokio::time::timeout(at_most, self.told.notified()).await.ok();
        }
    }

    fn is_leaving(&self) -> bool {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        let leaving = self.leaving.load(Ordering::SeqCst);
        if leaving {
            self.told.notify_one();
        }
        leaving
    }
}

/// The process answers; the database is not asked.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("live\n")
}

/// The database answers and has every migration, and the server is not about to stop.
pub async fn ready(server: web::Data<Server>) -> HttpResponse {
    let no = |after: &'static str, why: String| {
        HttpResponse::ServiceUnavailable().content_type("text/plain").insert_header((RETRY_AFTER, after)).body(why)
    };
    if server.readiness.is_leaving() {
        return no("1", "this server is stopping\n".into());
    }
    match server.db.read(Door::Anybody, |tx| Ok(migration_state(tx.conn())?.pending)).await {
        Ok(0) => HttpResponse::Ok().content_type("text/plain").body("ready\n"),
        Ok(count) => no("5", format!("{count} migrations are pending; run: fivefold migrate\n")),
        Err(_) => no("1", "the database is away\n".into()),
    }
}

/// Prometheus text, for a peer on this machine or one that brings the token.
pub async fn metrics(request: HttpRequest, server: web::Data<Server>, metrics: web::Data<Metrics>) -> ApiResult {
    if !may_read(&request, &metrics) {
        return Err(ApiError(Error::NotFound));
    }
    gauge(&server).await;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(metrics.handle.render()))
}

/// What is not counted as it happens but looked up when asked for.
async fn gauge(server: &Server) {
    let pool = server.db.use_of_pool();
    metrics::gauge!("db_pool_size").set(pool.size);
    metrics::gauge!("db_pool_open").set(pool.open);
    metrics::gauge!("db_pool_idle").set(pool.idle);
    metrics::gauge!("db_pool_turns_free").set(pool.free_turns);
    metrics::gauge!("event_streams_open").set(server.streams.count() as f64);
    let found = server.db.read(Door::Anybody, |tx| Ok((jobs::counts(tx)?, mail::unsent(tx)?))).await.ok();
    metrics::gauge!("db_up").set(if found.is_some() { 1.0 } else { 0.0 });
    // What cannot be known now is not a number, and not what it was the last time.
    let number = |count: Option<i64>| count.map_or(f64::NAN, |count| count as f64);
    metrics::gauge!("jobs_waiting").set(number(found.map(|(jobs, _)| jobs.waiting)));
    metrics::gauge!("jobs_due").set(number(found.map(|(jobs, _)| jobs.due)));
    metrics::gauge!("jobs_failed").set(number(found.map(|(jobs, _)| jobs.failed)));
    metrics::gauge!("mails_unsent").set(number(found.map(|(_, mails)| mails)));
}

fn may_read(request: &HttpRequest, metrics: &Metrics) -> bool {
    let headers = request.headers();
    let forwarded = headers.contains_key("Forwarded") || headers.contains_key("X-Forwarded-For");
    if request.peer_addr().is_some_and(|peer| peer.ip().is_loopback()) && !forwarded {
        return true;
    }
    let brought = headers.get("Authorization").and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    match (&metrics.token, brought) {
        (Some(token), Some(brought)) => token.expose_secret().as_bytes().ct_eq(brought.as_bytes()).into(),
        _ => false,
    }
}
