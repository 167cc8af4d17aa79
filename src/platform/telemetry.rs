//! Logs on standard error, as text or JSON, and the Prometheus recorder.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// `FIVEFOLD_LOG` is a filter as in `info,fivefold=debug`; `FIVEFOLD_LOG_FORMAT=json` writes one JSON object a line.
pub fn start_logs() {
    let filter = EnvFilter::try_from_env("FIVEFOLD_LOG").unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if std::env::var("FIVEFOLD_LOG_FORMAT").is_ok_and(|format| format == "json") {
        logs.json().flatten_event(true).try_init()
    } else {
        logs.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init()
    };
    // A second start in one process (tests) keeps the first one's.
    drop(started);
}

/// The process's metrics. Times are histograms in seconds with fixed buckets, so that servers can be added up.
pub fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let recorder =
        PrometheusBuilder::new().set_buckets(&[0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0])?.build_recorder();
    let handle = recorder.handle();
    // A second start in one process (tests) keeps the first recorder; its own handle then stays empty.
    drop(metrics::set_global_recorder(recorder));
    Ok(handle)
}
