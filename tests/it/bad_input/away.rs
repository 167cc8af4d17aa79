//! Without its database.

use std::time::{Duration, Instant};

use fivefold::policy::Mode;
use fivefold::web::routing::{Kind, Who};
use futures_util::future::join_all;

use crate::doors::scene::Scene;
use crate::doors::{Knock, walked, welcome};
use crate::support::{App, World};

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
        let began = Instant::now();
        let answer = client.get("/api/v1/me").await.is(503);
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
        assert_ne!(answer.header("Retry-After"), "");
        assert_eq!(answer.header("Content-Type"), "application/problem+json");
    }

    app.database.bring_back();
    app.anon().get("/health/ready").await.is(200);
    client.get("/api/v1/me").await.is(200);
}

#[actix_web::test]
async fn without_its_database_every_route_that_needs_it_is_503_and_says_when_to_come_back() {
    let scene = Scene::set(Mode::Mock).await;
    let knocks: Vec<_> = walked().map(|route| (Knock::at(&scene, &route, welcome(&route, Mode::Mock)), route)).collect();
    scene.app.database.take_away();
    let began = Instant::now();
    // All at once: each waits for its turn as long as a request may.
    let answers = join_all(knocks.iter().map(|(knock, _)| knock.send())).await;
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    let mut away = 0;
    for ((_, route), answer) in knocks.iter().zip(answers) {
        // What everybody may read needs none; the probes have a test of their own.
        if route.path.starts_with("/health") || (route.who == Who::Anyone && answer.status < 400) {
            continue;
        }
        away += 1;
        assert_eq!(answer.status, 503, "{:?} {}: {}", route.method, route.path, answer.text());
        assert_ne!(answer.header("Retry-After"), "", "{}", route.path);
        let kind = if route.kind == Kind::Page { "text/html" } else { "application/problem+json" };
        assert!(answer.header("Content-Type").starts_with(kind), "{} {}", route.path, answer.header("Content-Type"));
    }
    eprintln!("database away: {away} of {} routes need it", knocks.len());
    assert!(away > 100, "{away}");
    scene.app.database.bring_back();
}
