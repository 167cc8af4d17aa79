//! What stands on every answer, whatever the answer is.

use actix_web::dev::Service as _;
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};
use fivefold::platform::db::Door;
use fivefold::routes;
use fivefold::web::page::PageError;
use fivefold::web::routing::{Kind, Method as RouteMethod};
use fivefold::web::{Server, guard};

use crate::support::{App, Options, Response, World};

const FORM: &str = "application/x-www-form-urlencoded";

#[actix_web::test]
async fn every_answer_has_the_headers_that_protect_it() {
    let app = App::new().await;
    let world = World::new(&app);
    let (anon, signed_in) = (app.anon(), app.signed_in(world.owner));
    let answers = [
        ("alive", anon.get("/health/live").await.is(200)),
        ("ready", anon.get("/health/ready").await.is(200)),
        ("a style sheet", anon.get("/static/css/app.css").await.is(200)),
        ("a missing file", anon.get("/static/no-such.css").await.is(404)),
        ("an unknown page", anon.get("/no/such/page").await.is(404)),
        ("an unknown operation", anon.get("/api/v1/no-such").await.is(404)),
        ("a wrong method", anon.delete("/health/live").await.is(405)),
        ("a wrong method of the API", anon.delete("/api/v1/me").await.is(405)),
        ("nobody", anon.get("/api/v1/me").await.is(401)),
        ("from another site", signed_in.with("Sec-Fetch-Site", "cross-site").delete("/api/v1/sign-ins/current").await.is(403)),
        ("no JSON", anon.send(Method::POST, "/api/v1/sign-ins", Some(("application/json", b"{".to_vec()))).await.is(400)),
        ("too long a query", anon.get(&format!("/api/v1/me?cursor={}", "a".repeat(5_000))).await.is(414)),
        ("too much for a page", anon.send(Method::POST, "/sign-in", Some((FORM, vec![b'a'; 600_000]))).await.is(413)),
        ("a form that is none", signed_in.send(Method::POST, "/account", Some((FORM, b"\xff=%ff&&;".to_vec()))).await),
        ("a way to a page", anon.get("/teams/new").await.is(303)),
        ("a forbidden page", app.signed_in(world.interviewer).get(&world.page("/outbox")).await.is(403)),
        ("a team that is not there", signed_in.get("/teams/00000000-0000-7000-8000-000000000000").await.is(404)),
        ("what browsers ask before an act", anon.send(Method::OPTIONS, "/api/v1/me", None).await.is(405)),
        ("the head alone", anon.head("/sign-in").await.is(200)),
        ("too much", anon.send(Method::POST, "/api/v1/sign-ins", Some(("application/json", vec![b' '; 600_000]))).await.is(413)),
    ];
    for (what, answer) in answers {
        check(what, &answer);
        assert_eq!(answer.header("Strict-Transport-Security"), "", "{what}: http has no such promise");
    }
}

#[actix_web::test]
async fn on_https_browsers_are_told_to_stay_there() {
    let app = App::with(Options { base_url: "https://interviews.example", ..Options::default() }).await;
    let answer = app.anon().get("/no/such/page").await.is(404);
    assert_eq!(answer.header("Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
}

#[actix_web::test]
async fn each_answer_has_an_id_of_its_own_that_its_problem_names() {
    let app = App::new().await;
    let first = app.anon().get("/api/v1/me").await.is(401);
    let second = app.anon().get("/api/v1/me").await.is(401);
    assert_eq!(first.json()["request_id"], first.header("X-Request-Id"));
    assert_ne!(first.header("X-Request-Id"), second.header("X-Request-Id"));
}

#[actix_web::test]
async fn errors_of_the_api_are_problems_and_those_of_pages_are_pages() {
    let app = App::new().await;
    let api = app.anon().get("/api/v1/no-such").await.is(404);
    assert_eq!(api.header("Content-Type"), "application/problem+json");
    let problem = api.json();
    for member in ["type", "title", "detail", "request_id"] {
        assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {problem}");
    }
    assert_eq!(problem["status"], 404);
    let page = app.anon().get("/no/such/page").await.is(404);
    assert!(page.header("Content-Type").starts_with("text/html"), "{page:?}");
    assert_eq!(crate::support::html::faults(&page.text()), Vec::<String>::new());
}

#[actix_web::test]
async fn a_handler_that_panics_answers_500_with_an_id_and_without_the_cause() {
    let app = App::new().await;
    async fn panics() -> HttpResponse {
        panic!("the secret cause")
    }
    let panicking = || web::get().to(panics);
    let service = actix_web::test::init_service(
        actix_web::App::new()
            .app_data(app.server.clone())
            .wrap(from_fn(guard::guard))
            .route("/panic", panicking())
            .route("/api/v1/panic", panicking()),
    )
    .await;
    for (path, kind) in [("/panic", "text/html; charset=utf-8"), ("/api/v1/panic", "application/problem+json")] {
        let request = actix_web::test::TestRequest::get().uri(path).to_request();
        let error = service.call(request).await.map(drop).expect_err("it travels as an error");
        let answer = Response::read(HttpResponse::from_error(error)).await.is(500);
        check(path, &answer);
        assert_eq!(answer.header("Content-Type"), kind);
        assert!(answer.text().contains(answer.header("X-Request-Id")), "{}", answer.text());
        assert!(!answer.text().contains("secret cause"), "{}", answer.text());
    }
}

#[actix_web::test]
async fn a_stream_has_them_too() {
    let app = App::new().await;
    let world = World::new(&app);
    let interview = crate::support::Interview::planned(&app, &world, fivefold::policy::Mode::Hiring);
    let stream = app.token(interview.lead_interviewer).get(&world.api(&format!("/interviews/{}/events", interview.id))).await.is(200);
    assert_eq!(stream.header("Content-Type"), "text/event-stream");
    check("a stream", &stream);
}

#[actix_web::test]
async fn a_panic_in_a_transaction_leaves_nothing_for_the_next_request() {
    let app = App::new().await;
    let world = World::new(&app);
    let team = world.team.0;
    async fn panics(server: web::Data<Server>, team: web::Data<uuid::Uuid>) -> HttpResponse {
        let door = Door::System { team: **team, reason: "test" };
        let done = server.db.write(door, |tx| -> fivefold::platform::error::Result<()> {
            let written = "INSERT INTO set_up_tokens VALUES ('\\x01', now(), now())";
            diesel::RunQueryDsl::execute(diesel::sql_query(written), tx.conn())?;
            panic!("the secret cause")
        });
        HttpResponse::from_error(PageError(done.await.unwrap_err()))
    }
    let service = actix_web::test::init_service(
        actix_web::App::new()
            .app_data(app.server.clone())
            .app_data(web::Data::new(team))
            .wrap(from_fn(guard::guard))
            .route("/panic", web::post().to(panics)),
    )
    .await;
    // More often than there are connections.
    for _ in 0..8 {
        let request = actix_web::test::TestRequest::post().uri("/panic").to_request();
        let answer = match service.call(request).await {
            Ok(answer) => Response::read(answer.into_parts().1).await,
            Err(error) => Response::read(HttpResponse::from_error(error)).await,
        }
        .is(500);
        check("a panic in a transaction", &answer);
        assert!(answer.text().contains(answer.header("X-Request-Id")) && !answer.text().contains("secret cause"), "{}", answer.text());
        app.token(world.owner).get("/api/v1/me").await.is(200);
        let left = app.write(Door::Anybody, |tx| {
            Ok(crate::support::texts(
                tx.conn(),
                "SELECT (SELECT count(*) FROM set_up_tokens) || ' ' || coalesce(current_team()::text, 'none')",
            ))
        });
        assert_eq!(left, ["0 none"]);
    }
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    assert_eq!(app.count(open), 0);
}

#[actix_web::test]
async fn assets_are_kept_by_the_browser_and_pages_are_not() {
    let app = App::new().await;
    let asset = app.anon().get("/static/css/app.css").await.is(200);
    assert!(asset.header("Cache-Control").contains("public"), "{asset:?}");
    let again = app.anon().with("If-None-Match", asset.header("ETag")).get("/static/css/app.css").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(app.anon().get("/no/such/page").await.header("Cache-Control"), "no-store");
}

#[actix_web::test]
async fn every_address_says_405_to_a_method_it_does_not_have() {
    let app = App::new().await;
    let all = routes::all();
    let mut paths: Vec<&str> = all.iter().filter(|route| route.kind != Kind::Asset).map(|route| route.path).collect();
    paths.dedup();
    for path in paths {
        let there: Vec<RouteMethod> = all.iter().filter(|route| route.path == path).map(|route| route.method).collect();
        let methods = [
            (RouteMethod::Get, Method::GET),
            (RouteMethod::Post, Method::POST),
            (RouteMethod::Put, Method::PUT),
            (RouteMethod::Patch, Method::PATCH),
            (RouteMethod::Delete, Method::DELETE),
        ];
        let url = super::doors::fill(path, |_| uuid::Uuid::nil().to_string());
        for (_, method) in methods.into_iter().filter(|(method, _)| !there.contains(method)) {
            // Another pattern may take the same address: `sign-ins/current` beside `sign-ins/{id}`.
            let taken = all.iter().any(|route| route.path != path && super::doors::takes(route, &method, &url));
            let answer = app.anon().send(method.clone(), &url, None).await;
            assert!(taken || answer.status == 405, "{method} {url}: {}", answer.status);
        }
    }
}

fn check(what: &str, answer: &Response) {
    let csp = answer.header("Content-Security-Policy");
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(csp.contains(part), "{what}: {part} is missing in {csp:?}");
    }
    assert!(!csp.contains("unsafe"), "{what}: {csp}");
    let exact = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ];
    for (name, value) in exact {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(answer.header("Permissions-Policy").contains("camera=()"), "{what}");
    for name in ["Cookie", "Sec-Fetch-Site", "Origin"] {
        assert!(answer.header("Vary").contains(name), "{what}: Vary is {:?}", answer.header("Vary"));
    }
    assert!(!answer.header("X-Request-Id").is_empty(), "{what}");
    assert!(!answer.header("Cache-Control").is_empty(), "{what}");
    assert_eq!(answer.header("Server"), "", "{what} tells what serves it");
}
