//! Just enough of PostgreSQL's protocol (3.0, unchanged since version 7.4) to ask a server over its socket whether
//! it lets us in, and to run a statement and count its rows: no client program need be installed, and this module
//! needs nothing of the application's own pool.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// The user of the cluster and the name of its database.
pub(super) const NAME: &str = "fivefold";

/// `57P03`: the server is starting or stopping.
pub(super) const NOT_NOW: &str = "57P03";

const PROTOCOL: i32 = 3 << 16;
/// Making a database copies some megabytes; on a slow disk that takes a while.
const PATIENCE: Duration = Duration::from_secs(60);
const LONGEST_ANSWER: usize = 1 << 20;

/// What the server (or the system) said instead of doing it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("{message}")]
    Server { code: String, message: String },
    #[error(transparent)]
    System(#[from] io::Error),
}

impl Refusal {
    pub(super) fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Server { code, .. } if code == wanted)
    }
}

pub(super) struct Session {
    stream: UnixStream,
}

impl Session {
    pub(super) fn open(socket: &Path, database: &str) -> Result<Self, Refusal> {
        let stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut session = Self { stream };
        let mut body = PROTOCOL.to_be_bytes().to_vec();
        for word in ["user", NAME, "database", database, ""] {
            body.extend_from_slice(word.as_bytes());
            body.push(0);
        }
        session.send(None, &body)?;
        session.until_ready()?;
        Ok(session)
    }

    /// The number of rows it gave.
    pub(super) fn run(&mut self, statement: &str) -> Result<usize, Refusal> {
        let mut body = statement.as_bytes().to_vec();
        body.push(0);
        self.send(Some(b'Q'), &body)?;
        self.until_ready()
    }

    fn send(&mut self, kind: Option<u8>, body: &[u8]) -> io::Result<()> {
        let length = i32::try_from(body.len() + 4).map_err(io::Error::other)?;
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend_from_slice(&length.to_be_bytes());
        message.extend_from_slice(body);
        self.stream.write_all(&message)
    }

    /// Reads until the server waits for the next statement. A refused start ends the connection instead, so an
    /// error that is followed by its end counts as the answer.
    fn until_ready(&mut self) -> Result<usize, Refusal> {
        let mut refusal = None;
        let mut rows = 0;
        loop {
            let (kind, body) = match self.receive() {
                Ok(message) => message,
                Err(error) => return Err(refusal.unwrap_or(Refusal::System(error))),
            };
            match kind {
                b'Z' => return refusal.map_or(Ok(rows), Err),
                b'D' => rows += 1,
                b'E' => refusal = Some(read_error(&body)),
                b'R' if body != [0; 4] => {
                    let message = "it asks for a password: pg_hba.conf was changed".to_owned();
                    return Err(Refusal::Server { code: "28000".to_owned(), message });
                }
                _ => {}
            }
        }
    }

    fn receive(&mut self) -> io::Result<(u8, Vec<u8>)> {
        let mut head = [0; 5];
        self.stream.read_exact(&mut head)?;
        let [kind, length @ ..] = head;
        let length = usize::try_from(i32::from_be_bytes(length)).unwrap_or(0);
        if !(4..=LONGEST_ANSWER).contains(&length) {
            return Err(io::Error::other("not an answer of PostgreSQL"));
        }
        let mut body = vec![0; length - 4];
        self.stream.read_exact(&mut body)?;
        Ok((kind, body))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Says goodbye so that the server's process ends at once; if it is gone already, so much the better.
        let _ = self.send(Some(b'X'), &[]);
    }
}

/// Fields are a letter and a text each: `C` is the code, `M` the message.
fn read_error(body: &[u8]) -> Refusal {
    let (mut code, mut message) = (String::new(), String::new());
    for field in body.split(|byte| *byte == 0) {
        match field.split_first() {
            Some((b'C', text)) => code = String::from_utf8_lossy(text).into_owned(),
            Some((b'M', text)) => message = String::from_utf8_lossy(text).into_owned(),
            _ => {}
        }
    }
    Refusal::Server { code, message }
}
