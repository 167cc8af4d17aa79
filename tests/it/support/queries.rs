//! Counts what is sent to a test's database.

use std::collections::HashMap;
use std::sync::{Mutex, Once};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

/// What was sent to each database of this run, by its address; only of those that are watched.
static SENT: Mutex<Option<HashMap<String, Vec<String>>>> = Mutex::new(None);

/// Every connection that is opened from here on knows its database. Called before the first one.
pub(super) fn instrument() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let make = || Some(Box::new(Watcher::default()) as Box<dyn Instrumentation>);
        assert!(set_default_instrumentation(make).is_ok());
    });
}

/// Begins to keep what is sent to the database of this address.
pub(super) fn watch(url: &str) {
    SENT.lock().unwrap().get_or_insert_default().insert(url.to_owned(), Vec::new());
}

/// What was sent since [`watch`], and forgets it.
pub(super) fn take(url: &str) -> Vec<String> {
    SENT.lock().unwrap().as_mut().and_then(|sent| sent.remove(url)).unwrap_or_default()
}

#[derive(Default)]
struct Watcher {
    url: String,
}

impl Instrumentation for Watcher {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => self.url = url.to_owned(),
            // The bell tells other servers by a thread of its own, whenever it comes to it: no request waits for that.
            InstrumentationEvent::StartQuery { query, .. } if !query.to_string().starts_with("NOTIFY ") => {
                if let Some(sent) = SENT.lock().unwrap().as_mut().and_then(|sent| sent.get_mut(&self.url)) {
                    sent.push(query.to_string());
                }
            }
            _ => {}
        }
    }
}
