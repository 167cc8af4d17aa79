//! The word to stop, given once and heard by everything that works in the background.

use std::time::Duration;

use tokio::sync::watch;

/// Who says it. Dropping it says it too.
#[derive(Debug)]
pub struct Stopper(watch::Sender<u32>);

/// Who hears it.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<u32>);

/// The two ends.
pub fn stop() -> (Stopper, Stop) {
    let (stopper, stop) = watch::channel(0);
    (Stopper(stopper), Stop(stop))
}

impl Stopper {
    /// Once means in order; twice, without waiting for anything.
    pub fn tell(&self) {
        self.0.send_modify(|times| *times = times.saturating_add(1));
    }
}

impl Stop {
    pub fn is_told(&self) -> bool {
        *self.0.borrow() > 0 || self.0.has_changed().is_err()
    }

    /// Waits for the word.
    pub async fn told(&mut self) {
        self.told_times(1).await;
    }

    /// Waits for impatience.
    pub async fn told_twice(&mut self) {
        self.told_times(2).await;
    }

    /// Waits for the word, and then for so long.
    pub async fn told_and(&mut self, wait: Duration) {
        self.told().await;
        tokio::time::sleep(wait).await;
    }

    async fn told_times(&mut self, times: u32) {
        // An error is the end of who could say it, and there is nobody to wait for any more.
        self.0.wait_for(|told| *told >= times).await.ok();
    }
}
