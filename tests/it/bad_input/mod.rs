//! Whatever is sent, the answer says what is wrong with it, and nothing breaks.

use actix_web::http::Method;
use fivefold::routes;
use fivefold::web::routing::{Kind, Who};
use serde_json::json;

use crate::support::{App, World};

#[actix_web::test]
async fn what_cannot_be_read_is_400_and_names_the_member() {
    let app = App::new().await;
    let anon = app.anon();
    let unknown = anon.post_json("/api/v1/sign-ins", json!({"email": "a@b.example", "password": "x", "admin": true})).await.is(400);
    assert!(unknown.json()["detail"].as_str().unwrap().contains("admin"), "{}", unknown.text());
    let missing = anon.post_json("/api/v1/sign-ins", json!({"email": "a@b.example"})).await.is(400);
    assert!(!missing.text().contains("serde") && !missing.text().contains("line 1 column"), "{}", missing.text());
    for body in ["", "[]", "null", "{\"email\":", "{\"email\": 1, \"password\": []}", "\u{feff}{}", "{} {}", "\"\\ud800\""] {
        let answer = anon.send(Method::POST, "/api/v1/sign-ins", Some(("application/json", body.into()))).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
    }
    let deep = "[".repeat(100_000);
    anon.send(Method::POST, "/api/v1/sign-ins", Some(("application/json", deep.into()))).await.is(400);
    let not_utf8 = b"{\"email\": \"\xff\xfe\", \"password\": \"x\"}".to_vec();
    anon.send(Method::POST, "/api/v1/sign-ins", Some(("application/json", not_utf8))).await.is(400);
    anon.send(Method::POST, "/api/v1/sign-ins", Some(("text/plain", b"{}".to_vec()))).await.is(400);
}

#[actix_web::test]
async fn what_is_too_large_is_413_and_is_not_read_to_its_end() {
    let app = App::new().await;
    for (kind, path) in [("application/json", "/api/v1/sign-ins")] {
        app.anon().send(Method::POST, path, Some((kind, vec![b'a'; 512 * 1024 + 1]))).await.is(413);
    }
}

#[actix_web::test]
async fn ids_that_are_none_are_404_on_every_route() {
    let app = App::new().await;
    let world = World::new(&app);
    let (page, program) = (app.signed_in(world.owner), app.token(world.owner));
    let strange = ["0", "1 OR 1=1", "%00", "..%2f..%2fetc%2fpasswd", "\u{1F600}", "00000000-0000-0000-0000-00000000000g", "%ff%fe"];
    for route in routes::all().iter().filter(|route| route.path.contains("id}") && !matches!(route.who, Who::Anyone)) {
        for bad in strange {
            let bad = bad.replace(' ', "%20").replace('\u{1F600}', "%F0%9F%98%80");
            let url = super::doors::fill(route.path, |name| {
                if name == "team_id" && route.path.matches("id}").count() > 1 { world.team.to_string() } else { bad.clone() }
            });
            let client = if route.kind == Kind::Page { &page } else { &program };
            let body = (super::doors::method(route) != Method::GET).then(|| ("application/json", b"{}".to_vec()));
            let answer = client.once().if_match(1).send(super::doors::method(route), &url, body).await;
            // A body may be judged before the id is.
            let read_first = answer.status == 400 && super::doors::method(route) != Method::GET;
            assert!(answer.status == 404 || read_first, "{:?} {url}: {} {}", route.method, answer.status, answer.text());
        }
    }
}

#[actix_web::test]
async fn without_its_database_the_server_says_so_soon_and_recovers_by_itself() {
    let app = App::new().await;
    let world = World::new(&app);
    let client = app.token(world.owner);
    client.get("/api/v1/me").await.is(200);

    app.database.take_away();
    app.anon().get("/health/live").await.is(200);
    assert_ne!(app.anon().get("/health/ready").await.is(503).header("Retry-After"), "");
    for _ in 0..2 {
        let began = std::time::Instant::now();
        let answer = client.get("/api/v1/me").await.is(503);
        assert!(began.elapsed() < std::time::Duration::from_secs(3), "{:?}", began.elapsed());
        assert_ne!(answer.header("Retry-After"), "");
        assert_eq!(answer.header("Content-Type"), "application/problem+json");
    }

    app.database.bring_back();
    app.anon().get("/health/ready").await.is(200);
    client.get("/api/v1/me").await.is(200);
}
