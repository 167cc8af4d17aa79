//! Clients that hold a line and do not move: each is cut, and nobody else notices.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use actix_web::{HttpResponse, HttpServer, web};
use bytes::Bytes;
use fivefold::web::guard;
use fivefold::web::line::{self, Pace};
use futures_util::stream;

use crate::support::{App, Options, Served};

/// Short, so that the tests are; long enough for a machine with much else to do to say what it means to say.
const PACE: Pace = Pace {
    header: Duration::from_secs(1),
    body: Duration::from_millis(1200),
    body_share: Duration::from_millis(500),
    write: Duration::from_millis(1200),
    unconfirmed: Duration::from_secs(2),
    floor: 1024,
    send_buffer: 16 * 1024,
};
/// Of each kind at once.
const MANY: usize = 40;
/// Who has not been cut or answered by now never will be; how long a busy machine takes is not the question here.
const NEVER: Duration = Duration::from_secs(60);

/// A connection of a client who is up to no good.
struct Line(TcpStream);

impl Line {
    fn to(url: &str) -> Self {
        let stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        stream.set_nodelay(true).unwrap();
        Line(stream)
    }

    /// What the server says; it may have hung up.
    fn say(&mut self, text: &str) -> bool {
        self.0.write_all(text.as_bytes()).is_ok()
    }

    /// A byte now and then until the server hangs up; what it said before.
    fn dribble(mut self) -> String {
        self.0.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let (began, mut heard) = (Instant::now(), Vec::new());
        let mut piece = [0; 4096];
        while began.elapsed() < NEVER {
            match self.0.read(&mut piece) {
                Ok(0) => return String::from_utf8_lossy(&heard).into_owned(),
                Ok(read) => heard.extend_from_slice(&piece[..read]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return String::from_utf8_lossy(&heard).into_owned(),
            }
            self.say("a");
        }
        panic!("not cut in {NEVER:?}; heard {}", String::from_utf8_lossy(&heard));
    }

    /// Reads so many bytes a tenth of a second, or none, for much longer than the server waits; then whatever
    /// is left. How much it was: what the system had taken before the server gave up, or all.
    fn read_slowly(mut self, bytes: usize) -> usize {
        let (began, mut heard) = (Instant::now(), 0);
        while began.elapsed() < PACE.write * 5 {
            let mut piece = vec![0; bytes];
            heard += if bytes > 0 { self.0.read(&mut piece).unwrap_or(0) } else { 0 };
            std::thread::sleep(Duration::from_millis(100));
        }
        let mut piece = vec![0; 64 * 1024];
        loop {
            match self.0.read(&mut piece) {
                Ok(0) => return heard,
                Ok(read) => heard += read,
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => panic!("not cut; read {heard} bytes"),
                Err(_) => return heard,
            }
        }
    }

    /// Silent until the server hangs up.
    fn wait(mut self) -> String {
        let mut heard = Vec::new();
        match self.0.read_to_end(&mut heard) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => panic!("not cut in {NEVER:?}"),
            _ => String::from_utf8_lossy(&heard).into_owned(),
        }
    }
}

/// Many of a kind at once; what each of them heard.
async fn many(url: &str, work: impl Fn(Line) -> String + Clone + Send + 'static) -> Vec<String> {
    let threads: Vec<_> = (0..MANY)
        .map(|_| {
            let (url, work) = (url.to_owned(), work.clone());
            // Connected by who speaks: a line that waits for the others to connect would be late by itself.
            std::thread::spawn(move || work(Line::to(&url)))
        })
        .collect();
    actix_web::rt::task::spawn_blocking(|| threads.into_iter().map(|thread| thread.join().unwrap()).collect()).await.unwrap()
}

/// Somebody with nothing to hide, all the while.
async fn unharmed(served: &Served) -> usize {
    for _ in 0..30 {
        let answer = served.http.get(format!("{}/sign-in", served.url)).timeout(NEVER).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert!(answer.text().await.unwrap().contains("</html>"));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    30
}

async fn app() -> App {
    App::with(Options { pace: PACE, ..Options::default() }).await
}

#[actix_web::test]
async fn a_header_that_dribbles_in_is_cut_first_and_later() {
    let app = app().await;
    let served = app.serve();
    let first = many(&served.url, |mut line| {
        line.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        line.dribble()
    });
    let later = many(&served.url, |mut line| {
        line.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        std::thread::sleep(Duration::from_millis(100));
        line.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        line.dribble()
    });
    let (first, later, _) = tokio::join!(first, later, unharmed(&served));
    assert!(first.iter().all(|heard| heard.is_empty() || heard.starts_with("HTTP/1.1 408")), "{first:?}");
    assert!(later.iter().all(|heard| heard.starts_with("HTTP/1.1 200") && heard.matches("HTTP/1.1").count() == 1), "{later:?}");
}

#[actix_web::test]
async fn a_body_that_dribbles_in_is_408_and_cut_whether_its_length_was_said_or_not() {
    let app = app().await;
    let served = app.serve();
    for (path, length) in [
        ("/api/v1/sign-ins", "Content-Length: 4000"),
        // `a` and so on: the first chunk's length, which never ends.
        ("/api/v1/sign-ins", "Transfer-Encoding: chunked"),
        ("/api/v1/no-such", "Transfer-Encoding: chunked"),
    ] {
        let heard = many(&served.url, move |mut line| {
            let chunk = if length.starts_with("T") { "fff\r\n" } else { "" };
            line.say(&format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{length}\r\n\r\n{chunk}"));
            line.dribble()
        });
        let (heard, _) = tokio::join!(heard, unharmed(&served));
        for heard in heard {
            assert!(heard.starts_with("HTTP/1.1 408") && heard.contains("application/problem+json"), "{path} {length}: {heard}");
        }
    }
}

#[actix_web::test]
async fn who_is_refused_cannot_go_on_sending() {
    let app = app().await;
    let served = app.serve();
    for length in ["Content-Length: 4000", "Transfer-Encoding: chunked"] {
        let heard = many(&served.url, move |mut line| {
            line.say(&format!(
                "POST /sign-out HTTP/1.1\r\nHost: localhost\r\nCookie: fivefold=x\r\nSec-Fetch-Site: cross-site\r\n{length}\r\n\r\n"
            ));
            if length.starts_with("T") {
                line.say("fff\r\n");
            }
            line.dribble()
        })
        .await;
        assert!(heard.iter().all(|heard| heard.is_empty() || heard.starts_with("HTTP/1.1 403")), "{length}: {heard:?}");
    }
}

#[actix_web::test]
async fn a_silent_connection_is_cut_before_and_after_its_first_request() {
    let app = app().await;
    let served = app.serve();
    let before = many(&served.url, |line| line.wait());
    let after = many(&served.url, |mut line| {
        line.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        line.wait()
    });
    let (_, after, _) = tokio::join!(before, after, unharmed(&served));
    assert!(after.iter().all(|heard| heard.starts_with("HTTP/1.1 200")), "{after:?}");
}

/// Much more than the parts of the system that hold bytes back can hide.
const LARGE: usize = 4 << 20;
static LARGE_BODY: [u8; LARGE] = [b'x'; LARGE];

/// A server with an answer that is large, a stream that never ends, and one that says nothing, behind the guard of the real one.
fn large(app: &App) -> (String, actix_web::dev::ServerHandle) {
    let server = app.server.clone();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let running = HttpServer::new(move || {
        let endless = || {
            let pieces = stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b':'; 4096])));
            HttpResponse::Ok().content_type("text/event-stream").streaming(pieces)
        };
        let silent = || {
            let pieces = stream::pending::<Result<Bytes, std::io::Error>>();
            HttpResponse::Ok().content_type("text/event-stream").streaming(pieces)
        };
        actix_web::App::new()
            .app_data(server.clone())
            .wrap(actix_web::middleware::from_fn(guard::guard))
            .route("/large", web::get().to(|| async { HttpResponse::Ok().body(Bytes::from_static(&LARGE_BODY)) }))
            .route("/silent", web::get().to(move || async move { silent() }))
            .route("/endless", web::get().to(move || async move { endless() }))
    })
    .workers(1)
    .on_connect(line::watch(PACE))
    .h1_write_buffer_size(line::BUFFER)
    .disable_signals()
    .shutdown_timeout(0)
    .listen(listener)
    .unwrap()
    .run();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    (url, handle)
}

#[actix_web::test]
async fn an_answer_that_nobody_takes_is_given_up_and_one_that_is_taken_arrives() {
    let app = app().await;
    let (url, handle) = large(&app);
    for (path, bytes) in [("/large", 0), ("/large", 16), ("/endless", 0)] {
        let heard = many(&url, move |mut line| {
            line.say(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            line.read_slowly(bytes).to_string()
        });
        let others = async {
            let answer = reqwest::get(format!("{url}/large")).await.unwrap();
            assert_eq!(answer.bytes().await.unwrap().len(), LARGE, "who takes it gets all of it");
        };
        let (heard, ()) = tokio::join!(heard, others);
        assert!(heard.iter().all(|heard| heard.parse::<usize>().unwrap() < LARGE), "{path}: {heard:?}");
    }
    drop(handle.stop(false));
}

#[actix_web::test]
async fn a_silent_stream_is_not_slow() {
    let app = app().await;
    let (url, handle) = large(&app);
    let mut line = Line::to(&url);
    line.say("GET /silent HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let stood = actix_web::rt::task::spawn_blocking(move || {
        line.0.set_read_timeout(Some(PACE.write * 3)).unwrap();
        let mut heard = [0; 8192];
        let head = line.0.read(&mut heard).unwrap();
        let more = line.0.read(&mut heard);
        (head, more.map_err(|error| error.kind()))
    });
    let (head, more) = stood.await.unwrap();
    assert!(head > 0);
    assert!(matches!(more, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "it was cut: {more:?}");
    drop(handle.stop(false));
}
