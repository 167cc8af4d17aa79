//! Streams of signals: `text/event-stream`, which any browser reads and curl can show.
//!
//! A signal says that something happened, never what: who hears it fetches through their own scope. A
//! stream looks when the bell rings and every two seconds besides. Each look is a transaction of its own
//! with the reader's own rights, so a right that ends also ends the stream, and nothing is held between.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::http::header::{ACCEPT, CONTENT_ENCODING};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use futures_util::stream;
use serde::Serialize;
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;
use tokio::time::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Server;
use super::api::ApiResult;
use crate::platform::error::{Error, Result};

/// The longest that a stream goes without looking.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// So that a proxy, and the page itself, know that the line stands.
const SPEAK_EVERY: Duration = Duration::from_secs(15);
/// One more closes the oldest: a browser opens six at once to one host.
const STREAMS_A_READER: usize = 8;
/// Stands behind the last number a stream was given when it had to make room, and comes back as the
/// `Last-Event-ID` of a browser that would go on: it is told not to, else it would push out the next one.
const ELSEWHERE: &str = "elsewhere";

/// That something happened. Content is fetched; nothing of it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Signal {
    pub seq: i64,
    /// The number before it for this reader; what lies between is not for them.
    pub prev: i64,
    pub kind: String,
    pub ids: serde_json::Value,
    /// Of the room, by now.
    pub version: i64,
}

/// What one look found.
#[derive(Debug, Clone)]
pub struct Look {
    /// Whose stream it is, for the number of streams a reader may have.
    pub reader: Uuid,
    pub signals: Vec<Signal>,
    /// The newest number there is.
    pub last: i64,
    /// What is not in the log, because it is so right now: a name, and words that differ when it does.
    pub beside: Vec<(&'static str, String)>,
    /// Nothing will come after these signals.
    pub over: bool,
}

/// Where to begin: after the event the browser saw last, else after the number in the address.
pub fn after(request: &HttpRequest, after: Option<i64>) -> i64 {
    let last = last_event_id(request).and_then(|id| id.trim().parse().ok());
    last.or(after).unwrap_or(0).max(0)
}

fn last_event_id(request: &HttpRequest) -> Option<&str> {
    request.headers().get("Last-Event-ID").and_then(|value| value.to_str().ok())
}

/// Answers with a stream of what happens in `room`. The first look decides: what it refuses is an ordinary
/// error, and a stream in which nothing will ever come is 204, which tells a browser to stop asking.
pub async fn stream<L, F>(request: &HttpRequest, server: &Server, room: Uuid, after: i64, look: L) -> ApiResult
where
    L: Fn(i64) -> F + 'static,
    F: Future<Output = Result<Look>> + 'static,
{
    let bell = server.db.bell();
    let in_room = Ear::on(bell.watch(room));
    let first = look(after).await?;
    let pushed_out = last_event_id(request).is_some_and(|id| id.ends_with(ELSEWHERE));
    if pushed_out || (first.over && first.signals.is_empty() && after <= first.last) {
        return Ok(HttpResponse::NoContent().finish());
    }
    let mut answer = HttpResponse::build(StatusCode::OK);
    answer.content_type("text/event-stream").insert_header(("X-Accel-Buffering", "no"));
    // Compression would hold small pieces back until there are enough of them.
    answer.insert_header((CONTENT_ENCODING, "identity")).insert_header(("Vary", ACCEPT.as_str()));
    if request.method() == Method::HEAD {
        return Ok(answer.finish());
    }
    let place = server.streams.take(first.reader);
    let of_reader = Ear::on(bell.watch(first.reader));
    let beside = first.beside.clone();
    let mut live = Live { look, in_room, of_reader, after, beside, place, spoke: Instant::now(), over: false };
    let greeting = format!("retry: 2000\n\n{}", live.write(&first));
    let rest = stream::unfold(live, |mut live| async move { live.next().await.map(|chunk| (chunk, live)) });
    let first = stream::once(async move { Ok::<_, Infallible>(Bytes::from(greeting)) });
    Ok(answer.streaming(stream::StreamExt::chain(first, rest)))
}

/// Listens to one bell. Armed before each look, so that what happens during it is not missed.
struct Ear {
    bell: Arc<Notify>,
    heard: Pin<Box<OwnedNotified>>,
}

impl Ear {
    fn on(bell: Arc<Notify>) -> Self {
        Ear { heard: Box::pin(Arc::clone(&bell).notified_owned()), bell }
    }

    fn arm(&mut self) {
        self.heard = Box::pin(Arc::clone(&self.bell).notified_owned());
    }
}

/// A stream between two looks.
struct Live<L> {
    look: L,
    in_room: Ear,
    /// Rings when the reader's rights may have changed.
    of_reader: Ear,
    after: i64,
    /// As it was said last.
    beside: Vec<(&'static str, String)>,
    place: Place,
    spoke: Instant,
    over: bool,
}

impl<L, F> Live<L>
where
    L: Fn(i64) -> F,
    F: Future<Output = Result<Look>>,
{
    /// The next piece to send; none ends the stream. It is asked for only when the last piece was taken.
    async fn next(&mut self) -> Option<Result<Bytes, Infallible>> {
        if self.over {
            return None;
        }
        loop {
            tokio::select! {
                pushed_out = self.place.given_up() => {
                    self.over = true;
                    let last = format!("id: {} {ELSEWHERE}\ndata: {{\"kind\":\"{ELSEWHERE}\"}}\n\n", self.after);
                    return pushed_out.then(|| Ok(last.into()));
                }
                () = self.in_room.heard.as_mut() => {}
                () = self.of_reader.heard.as_mut() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            self.in_room.arm();
            self.of_reader.arm();
            let text = match (self.look)(self.after).await {
                Ok(found) => self.write(&found),
                // The database is away for a moment; the stream waits with everybody else.
                Err(Error::Busy) => String::new(),
                // Whoever may no longer look learns why when they ask again.
                Err(_) => return None,
            };
            if !text.is_empty() {
                self.spoke = Instant::now();
                return Some(Ok(text.into()));
            }
            if self.spoke.elapsed() >= SPEAK_EVERY {
                self.spoke = Instant::now();
                // The comment is for what stands between; a page cannot see it, so it gets an event, with the number of
                // the last signal: whoever missed that one learns it now and not with the next.
                return Some(Ok(format!(": still here\n\nevent: ping\ndata: {{\"last\":{}}}\n\n", self.after).into()));
            }
        }
    }

    fn write(&mut self, found: &Look) -> String {
        let mut text = String::new();
        if self.after > found.last {
            // Numbers from a time that is gone, as after a restored backup.
            self.after = found.last;
            text.push_str(&format!("id: {}\ndata: {{\"kind\":\"reset\"}}\n\n", found.last));
        }
        for signal in &found.signals {
            let data = serde_json::to_string(signal).unwrap_or_default();
            text.push_str(&format!("id: {}\ndata: {data}\n\n", signal.seq));
            self.after = signal.seq;
        }
        // Without a number: whoever comes back later asks for the page anyway.
        for (name, _) in found.beside.iter().filter(|said| !self.beside.contains(said)) {
            text.push_str(&format!("event: {name}\ndata: {{}}\n\n"));
        }
        self.beside.clone_from(&found.beside);
        if found.over {
            self.over = true;
            text.push_str("data: {\"kind\":\"closed\"}\n\n");
        }
        text
    }
}

/// The streams that are open on this server, by reader.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    by_reader: HashMap<Uuid, VecDeque<Arc<Out>>>,
    /// The server stops: a stream that begins now gets its first answer and ends.
    closed: bool,
}

/// The way out of one stream.
#[derive(Default)]
struct Out {
    called: Notify,
    /// By a newer one of the same reader, and not by the end of the server.
    pushed: AtomicBool,
}

impl Streams {
    /// A place for one more; the reader's oldest stream gives up its own when there are too many.
    fn take(&self, reader: Uuid) -> Place {
        let out = Arc::<Out>::default();
        let mut open = self.lock();
        if open.closed {
            out.called.notify_one();
        }
        let mine = open.by_reader.entry(reader).or_default();
        mine.push_back(Arc::clone(&out));
        if mine.len() > STREAMS_A_READER
            && let Some(oldest) = mine.pop_front()
        {
            oldest.pushed.store(true, Ordering::Relaxed);
            oldest.called.notify_one();
        }
        drop(open);
        Place { streams: self.clone(), reader, out }
    }

    /// Ends all of them in order, and those that begin later, for a server that stops: browsers come back to
    /// the next one.
    pub fn close(&self) {
        let mut open = self.lock();
        open.closed = true;
        open.by_reader.values().flatten().for_each(|out| out.called.notify_one());
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.lock().by_reader.values().map(VecDeque::len).sum()
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reader's place among the open streams, until it is dropped.
struct Place {
    streams: Streams,
    reader: Uuid,
    out: Arc<Out>,
}

impl Place {
    /// Waits for the call to go; whether a newer stream took the place.
    async fn given_up(&self) -> bool {
        self.out.called.notified().await;
        self.out.pushed.load(Ordering::Relaxed)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.lock();
        if let Some(mine) = open.by_reader.get_mut(&self.reader) {
            mine.retain(|out| !Arc::ptr_eq(out, &self.out));
            if mine.is_empty() {
                open.by_reader.remove(&self.reader);
            }
        }
    }
}
