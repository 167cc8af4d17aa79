//! An act with a cookie comes from our own pages or is refused, on every route that acts.

use actix_web::http::Method;
use fivefold::routes;
use fivefold::web::routing::{Kind, Method as RouteMethod};

use crate::support::{App, Client, World};

const REFUSAL: &str = "did not come from a page of this site";

#[actix_web::test]
async fn no_act_with_a_cookie_is_done_for_another_site() {
    let app = App::new().await;
    let world = World::new(&app);
    let browser = app.signed_in(world.owner).without("Sec-Fetch-Site");
    let from = |site: &str| browser.with("Sec-Fetch-Site", site);
    let (own, foreign) = ("http://localhost:8080", "https://evil.example");
    let strangers: [(&str, Client); 9] = [
        ("another site", from("cross-site")),
        ("a sister site", from("same-site")),
        ("an unknown word", from("anything")),
        ("another site that names ours", from("cross-site").with("Origin", own)),
        ("no word at all", browser.clone()),
        ("another origin", browser.with("Origin", foreign)),
        ("no origin", browser.with("Origin", "null")),
        ("an origin that ends like ours", browser.with("Origin", "http://evil-localhost:8080")),
        ("another port", browser.with("Origin", "http://localhost:8081")),
    ];
    let acts: Vec<_> = routes::all().into_iter().filter(|route| route.method != RouteMethod::Get).collect();
    assert!(acts.len() > 50, "{}", acts.len());
    for route in &acts {
        let url = super::doors::fill(route.path, |_| uuid::Uuid::now_v7().to_string());
        for (who, client) in &strangers {
            let answer = client.send(super::doors::method(route), &url, None).await;
            assert_eq!(answer.status, 403, "{who}: {:?} {url}", route.method);
            assert!(answer.says(REFUSAL), "{who}: {:?} {url}: {}", route.method, answer.text());
            let kind = if route.kind == Kind::Page { "text/html; charset=utf-8" } else { "application/problem+json" };
            assert_eq!(answer.header("Content-Type"), kind);
        }
    }
    let still_there = app.count("SELECT count(*) FROM sign_ins WHERE ended_at IS NULL");
    assert_eq!(still_there, 1, "nothing was done");
}

#[actix_web::test]
async fn our_own_pages_and_programs_are_let_through() {
    let app = App::new().await;
    let world = World::new(&app);
    let browser = app.signed_in(world.owner).without("Sec-Fetch-Site");
    let program = app.token(world.owner);
    for (who, client) in [
        ("our page", browser.with("Sec-Fetch-Site", "same-origin")),
        ("an address that was typed", browser.with("Sec-Fetch-Site", "none")),
        ("our page in an old browser", browser.with("Origin", "http://localhost:8080")),
        ("a program", program.with("Sec-Fetch-Site", "cross-site").with("Origin", "https://evil.example")),
    ] {
        let answer = client.send(Method::PATCH, "/api/v1/me", Some(("application/json", b"{}".to_vec()))).await;
        assert!(answer.status < 400, "{who}: {}", answer.text());
    }
    browser.with("Sec-Fetch-Site", "cross-site").get("/api/v1/me").await.is(200);
}
