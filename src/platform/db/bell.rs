//! The bell says "look", never what: who is woken reads through their own scope.
//!
//! A ring wakes the watchers of this process at once. Other servers hear it by NOTIFY, sent after the
//! commit by one thread for all rooms that rang within ten milliseconds: a NOTIFY inside the request's
//! own transaction would serialise every commit. What is missed is found by asking again, so watchers
//! also look without having heard anything.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use secrecy::SecretString;
use tokio::sync::Notify;
use uuid::Uuid;

use super::connection::single;

const CHANNEL: &str = "fivefold_rooms";
const WINDOW: Duration = Duration::from_millis(10);
/// A NOTIFY payload is at most 8,000 bytes, an id and its comma 37.
const IDS_A_NOTIFY: usize = 200;

#[derive(Clone)]
pub struct Bell {
    watchers: Arc<Mutex<HashMap<Uuid, Weak<Notify>>>>,
    others: Sender<Uuid>,
}

impl Bell {
    pub(super) fn start(url: &SecretString) -> Self {
        let (others, rung) = channel();
        let bell = Bell { watchers: Arc::default(), others };
        let sending = url.clone();
        std::thread::spawn(move || tell_others(&sending, &rung));
        let (listening, ears) = (url.clone(), Arc::downgrade(&bell.watchers));
        std::thread::spawn(move || hear_others(&listening, &ears));
        bell
    }

    /// Something to wait on: `notified()` after each look. It is forgotten when the last watcher drops it.
    /// What rings is a room, or a person whose rights may have changed.
    pub fn watch(&self, room: Uuid) -> Arc<Notify> {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.retain(|_, watcher| watcher.strong_count() > 0);
        if let Some(known) = watchers.get(&room).and_then(Weak::upgrade) {
            return known;
        }
        let fresh = Arc::new(Notify::new());
        watchers.insert(room, Arc::downgrade(&fresh));
        fresh
    }

    pub(super) fn ring(&self, room: Uuid) {
        wake(&self.watchers, room);
        // The thread ends with the process only.
        self.others.send(room).ok();
    }
}

fn wake(watchers: &Mutex<HashMap<Uuid, Weak<Notify>>>, room: Uuid) {
    let watchers = watchers.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(watcher) = watchers.get(&room).and_then(Weak::upgrade) {
        watcher.notify_waiters();
    }
}

fn tell_others(url: &SecretString, rung: &Receiver<Uuid>) {
    let mut conn: Option<PgConnection> = None;
    while let Ok(first) = rung.recv() {
        std::thread::sleep(WINDOW);
        let rooms: Vec<Uuid> = std::iter::once(first).chain(rung.try_iter()).collect::<HashSet<_>>().into_iter().collect();
        let statements: String = rooms
            .chunks(IDS_A_NOTIFY)
            .map(|ids| format!("NOTIFY {CHANNEL}, '{}';", ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",")))
            .collect();
        let told = match conn.as_mut() {
            Some(conn) => conn.batch_execute(&statements).is_ok(),
            None => false,
        };
        if !told {
            conn = single(url).ok();
            if let Some(conn) = conn.as_mut() {
                drop(conn.batch_execute(&statements));
            }
        }
    }
}

fn hear_others(url: &SecretString, watchers: &Weak<Mutex<HashMap<Uuid, Weak<Notify>>>>) {
    while watchers.strong_count() > 0 {
        if let Ok(mut conn) = single(url)
            && conn.batch_execute(&format!("LISTEN {CHANNEL}")).is_ok()
        {
            while let Some(watchers) = watchers.upgrade() {
                let heard: Result<Vec<_>, _> = conn.notifications_iter().collect();
                let Ok(heard) = heard else { break };
                for room in heard.iter().flat_map(|note| note.payload.split(',')).filter_map(|id| id.parse().ok()) {
                    wake(&watchers, room);
                }
                drop(watchers);
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}
