//! SIGTERM and SIGINT, heard from the first moment on: also while the database is still being started.

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::platform::stop::{Stop, Stopper, stop};

/// Begins to listen; the word to stop comes with the first signal, and impatience with the second.
pub fn listen() -> anyhow::Result<Stop> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (stopper, stop) = stop();
    let (terminate, interrupt) = {
        let _inside = runtime.enter();
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?)
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(hear(terminate, interrupt, stopper)))?;
    Ok(stop)
}

async fn hear(mut terminate: Signal, mut interrupt: Signal, stopper: Stopper) {
    loop {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stopper.tell();
    }
}
