//! The line to one client, and how long it may be held up.
//!
//! A connection costs little while it moves and a place of somebody else's when it does not. The server
//! itself ends a connection whose first header is late; what it cannot end, this does: later headers that
//! are late, bodies that dribble in (with [`super::intake`]), answers that nobody takes. Streams of events
//! may be silent as long as they like, but what is said must be taken.

use std::any::Any;
use std::cell::Cell;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::Extensions;
use bytes::Bytes;
use nix::sys::socket::{setsockopt, sockopt};
use tokio::time::Instant;

/// How long each stage of a conversation may take.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// For a request's header to arrive, and for the next request to begin.
    pub header: Duration,
    /// For a request's whole body to arrive.
    pub body: Duration,
    /// In each of these a body brings its share, by `floor`.
    pub body_share: Duration,
    /// An answer of which nothing was taken for this long, or less than `floor`, is given up.
    pub write: Duration,
    /// What the other machine does not even confirm.
    pub unconfirmed: Duration,
    /// Bytes a second that a conversation moves at least.
    pub floor: u64,
    /// What the system may hold back for one client; more would hide that it is not taken.
    pub send_buffer: usize,
}

impl Pace {
    /// A file may take longer, at the same speed at least.
    pub fn for_files(self) -> Self {
        Pace { body: self.body * 4, ..self }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            header: Duration::from_secs(5),
            body: Duration::from_secs(30),
            body_share: Duration::from_secs(10),
            write: Duration::from_secs(20),
            unconfirmed: Duration::from_secs(15),
            floor: 1024,
            send_buffer: 128 * 1024,
        }
    }
}

/// What is written ahead of the client, in bytes: with it and the system's part, a place in an answer is known well enough.
pub const BUFFER: usize = 16 * 1024;
/// A piece of an answer: small, so that the place in it is known.
const PIECE: usize = 8 * 1024;

/// What is going on.
#[derive(Debug, Clone, Copy)]
enum Phase {
    /// For a request, since then.
    Waiting(Instant),
    /// On a request or on the next piece of an answer; that is our own time.
    Working,
    /// A piece was given at `given`; since `since`, `moved` bytes were.
    Writing { given: Instant, since: Instant, moved: u64 },
    /// The last answer is on its way; the rest of the request is not wanted.
    Leaving(Instant),
}

/// One connection. The server's own handle is out of reach while it is busy, so this holds another.
pub struct Line {
    socket: TcpStream,
    pace: Pace,
    phase: Cell<Phase>,
}

/// For `HttpServer::on_connect`: watches the new connection until it ends.
pub fn watch(pace: Pace) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + Clone + 'static {
    move |io, data| {
        let Some(stream) = io.downcast_ref::<actix_web::rt::net::TcpStream>() else { return };
        match Line::of(stream, pace) {
            Ok(line) => {
                let line = Rc::new(line);
                let watched = Rc::downgrade(&line);
                data.insert(line);
                actix_web::rt::spawn(async move {
                    let often = pace.header.min(pace.write).min(Duration::from_secs(4)) / 4;
                    loop {
                        tokio::time::sleep(often).await;
                        // Gone with its connection.
                        let Some(line) = watched.upgrade() else { return };
                        line.look();
                    }
                });
            }
            Err(error) => tracing::warn!(%error, "a connection cannot be watched"),
        }
    }
}

/// Lets this process hold as many files as it is allowed at all: each connection is two.
pub fn raise_open_files() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let raised = getrlimit(Resource::RLIMIT_NOFILE).and_then(|(_, most)| setrlimit(Resource::RLIMIT_NOFILE, most, most));
    if let Err(error) = raised {
        tracing::warn!(%error, "the number of open files stays as it is");
    }
}

impl Line {
    fn of(stream: &actix_web::rt::net::TcpStream, pace: Pace) -> std::io::Result<Self> {
        // Elsewhere than on Linux the watch alone has to do.
        #[cfg(target_os = "linux")]
        setsockopt(stream, sockopt::TcpUserTimeout, &u32::try_from(pace.unconfirmed.as_millis()).unwrap_or(u32::MAX))?;
        setsockopt(stream, sockopt::SndBuf, &pace.send_buffer)?;
        let socket = TcpStream::from(stream.as_fd().try_clone_to_owned()?);
        Ok(Line { socket, pace, phase: Cell::new(Phase::Waiting(Instant::now())) })
    }

    /// The line a request came by; none in a test without a port.
    pub fn to(request: &HttpRequest) -> Option<Rc<Line>> {
        request.conn_data::<Rc<Line>>().cloned()
    }

    /// A request is being answered.
    pub fn work(&self) {
        self.phase.set(Phase::Working);
    }

    /// The answer had no body to be taken.
    pub fn wait(&self) {
        self.phase.set(Phase::Waiting(Instant::now()));
    }

    /// What is still coming in is not wanted: the answer may be read for a moment, then the line is cut.
    pub fn leave(&self) {
        self.phase.set(Phase::Leaving(Instant::now()));
    }

    fn gave(&self, bytes: usize) {
        let now = Instant::now();
        self.phase.set(match self.phase.get() {
            Phase::Writing { since, moved, .. } => Phase::Writing { given: now, since, moved: moved + bytes as u64 },
            Phase::Leaving(since) => Phase::Leaving(since),
            Phase::Waiting(_) | Phase::Working => Phase::Writing { given: now, since: now, moved: bytes as u64 },
        });
    }

    fn rests(&self, phase: Phase) {
        if !matches!(self.phase.get(), Phase::Leaving(_)) {
            self.phase.set(phase);
        }
    }

    fn look(&self) {
        let late = match self.phase.get() {
            Phase::Working => false,
            // The server's own limits come first: so long between requests, and so long for a header.
            Phase::Waiting(since) => since.elapsed() > self.pace.header * 2,
            Phase::Leaving(since) => since.elapsed() > self.pace.header,
            Phase::Writing { given, since, moved } => {
                let share = since.elapsed() > self.pace.write;
                if share {
                    self.phase.set(Phase::Writing { given, since: Instant::now(), moved: 0 });
                }
                given.elapsed() > self.pace.write || (share && moved < self.pace.floor * self.pace.write.as_secs().max(1))
            }
        };
        if late {
            tracing::info!(phase = ?self.phase.get(), "a slow client is cut");
            metrics::counter!("slow_clients_cut").increment(1);
            // One that is gone already needs no cut.
            let _ = self.socket.shutdown(Shutdown::Both);
        }
    }
}

/// An answer's body in pieces whose taking is watched.
pub struct Watched {
    body: BoxBody,
    rest: Bytes,
    line: Rc<Line>,
}

/// The body, watched.
pub fn watched(line: Rc<Line>, body: BoxBody) -> BoxBody {
    BoxBody::new(Watched { body, rest: Bytes::new(), line })
}

impl MessageBody for Watched {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        if this.rest.is_empty() {
            match Pin::new(&mut this.body).poll_next(cx) {
                Poll::Ready(Some(Ok(bytes))) => this.rest = bytes,
                Poll::Ready(other) => return Poll::Ready(other),
                Poll::Pending => {
                    // Nobody can take what we do not have: a silent stream is not slow.
                    this.line.rests(Phase::Working);
                    return Poll::Pending;
                }
            }
        }
        let piece = this.rest.split_to(PIECE.min(this.rest.len()));
        this.line.gave(piece.len());
        Poll::Ready(Some(Ok(piece)))
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.line.rests(Phase::Waiting(Instant::now()));
    }
}
