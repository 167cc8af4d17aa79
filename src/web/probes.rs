//! Health and metrics.

use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse, web};
use metrics_exporter_prometheus::PrometheusHandle;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::Server;
use super::api::{ApiError, ApiResult};
use crate::platform::db::{Door, migration_state};
use crate::platform::error::Error;
use crate::platform::jobs;

/// What `/metrics` shows and to whom.
pub struct Metrics {
    pub handle: PrometheusHandle,
    pub token: Option<SecretString>,
}

/// The process answers; the database is not asked.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("live\n")
}

/// The database answers and has every migration.
pub async fn ready(server: web::Data<Server>) -> HttpResponse {
    let pending = server.db.read(Door::Anybody, |tx| Ok(migration_state(tx.conn())?.pending)).await;
    match pending {
        Ok(0) => HttpResponse::Ok().content_type("text/plain").body("ready\n"),
        Ok(count) => HttpResponse::ServiceUnavailable()
            .insert_header((RETRY_AFTER, "5"))
            .body(format!("{count} migrations are pending; run: fivefold migrate\n")),
        Err(_) => HttpResponse::ServiceUnavailable().insert_header((RETRY_AFTER, "1")).body("the database is away\n"),
    }
}

/// Prometheus text, for a peer on this machine or one that brings the token.
pub async fn metrics(request: HttpRequest, server: web::Data<Server>, metrics: web::Data<Metrics>) -> ApiResult {
    if !may_read(&request, &metrics) {
        return Err(ApiError(Error::NotFound));
    }
    if let Ok((waiting, failed)) = server.db.read(Door::Anybody, jobs::counts).await {
        metrics::gauge!("jobs_waiting").set(waiting as f64);
        metrics::gauge!("jobs_failed").set(failed as f64);
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(metrics.handle.render()))
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
