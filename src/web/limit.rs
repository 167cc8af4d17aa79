//! How often somebody may knock. It stops floods of one server; wrong passwords are counted in the
//! database, where a restart or a second server does not forget them.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::platform::error::{Error, Result};

/// One a second, and so many at once.
const BURST: NonZeroU32 = NonZeroU32::new(60).expect("60 is not zero");
/// Addresses that have not been seen for a while are forgotten when more than these are known.
const KNOWN: usize = 10_000;

/// Counts knocks by whatever key is given.
pub struct Limit(DefaultKeyedRateLimiter<String>);

impl Default for Limit {
    fn default() -> Self {
        Limit(RateLimiter::keyed(Quota::per_second(NonZeroU32::MIN).allow_burst(BURST)))
    }
}

impl Limit {
    /// Passes, or says when to come back.
    pub fn check(&self, key: &str) -> Result<()> {
        if self.0.len() > KNOWN {
            self.0.retain_recent();
        }
        self.0.check_key(&key.to_owned()).map_err(|early| {
            let wait = early.wait_time_from(governor::clock::DefaultClock::default().now());
            Error::TooMany { retry_after: wait.max(Duration::from_secs(1)) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_stopped_and_holds_nobody_else_up() {
        let limit = Limit::default();
        for _ in 0..BURST.get() {
            limit.check("203.0.113.9").unwrap();
        }
        assert!(matches!(limit.check("203.0.113.9"), Err(Error::TooMany { .. })));
        limit.check("198.51.100.7").unwrap();
    }
}
