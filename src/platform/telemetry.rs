//! Logs on standard error, as text or JSON, and the Prometheus recorder.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tracing_subscriber::EnvFilter;

/// The log's settings, which are read before any file is: `FIVEFOLD_LOG` is a filter as in `info,fivefold=debug`;
/// `FIVEFOLD_LOG_FORMAT=json` writes one JSON object a line.
pub const LOG_SETTINGS: [&str; 2] = ["FIVEFOLD_LOG", "FIVEFOLD_LOG_FORMAT"];

pub fn start_logs() {
    let [filter, _] = LOG_SETTINGS;
    let filter = EnvFilter::try_from_env(filter).unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if logs_are_json() {
        logs.json().flatten_event(true).try_init()
    } else {
        logs.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init()
    };
    // A second start in one process (tests) keeps the first one's.
    drop(started);
}

/// Says something to the person who started the server: a link, a password. It is no log, is never filtered, and
/// stands among JSON as JSON, so that whoever reads the lines can.
pub fn announce(text: &str) {
    if logs_are_json() {
        let line = serde_json::json!({ "level": "INFO", "target": "fivefold::announcement", "message": text });
        eprintln!("{line}");
    } else {
        eprintln!("{text}");
    }
}

fn logs_are_json() -> bool {
    let [_, format] = LOG_SETTINGS;
    std::env::var(format).is_ok_and(|format| format == "json")
}

/// The process's metrics.
pub fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let recorder = recorder()?;
    let handle = recorder.handle();
    // A second start in one process (tests) keeps the first recorder; its own handle then stays empty.
    if metrics::set_global_recorder(recorder).is_ok() {
        describe_metrics();
    }
    Ok(handle)
}

/// Times are histograms in seconds with fixed buckets, so that servers can be added up.
pub fn recorder() -> anyhow::Result<PrometheusRecorder> {
    let buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];
    Ok(PrometheusBuilder::new().set_buckets(&buckets)?.build_recorder())
}

/// What each name means, for who reads `/metrics`; `docs/OPERATIONS.md` has the same list.
fn describe_metrics() {
    use metrics::{describe_gauge as gauge, describe_histogram as histogram};
    histogram!("http_request_seconds", "Time to answer, by method, route pattern and status; the life of a stream is not in it");
    gauge!("db_up", "1 when the database answers, else 0");
    gauge!("db_pool_size", "The most connections the pool may have");
    gauge!("db_pool_open", "Connections the pool has");
    gauge!("db_pool_idle", "Connections of the pool at rest");
    gauge!("db_pool_turns_free", "Requests that could use the database now without waiting");
    gauge!("event_streams_open", "Event streams open on this server");
    gauge!("jobs_waiting", "Jobs not done, also those whose time has not come");
    gauge!("jobs_due", "Jobs whose time has come");
    gauge!("jobs_failed", "Jobs given up after ten tries");
    gauge!("mails_unsent", "Mails not sent; without SMTP all that lie in the outbox");
}
