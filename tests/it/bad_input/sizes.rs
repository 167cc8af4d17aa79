//! Nothing is read beyond what a route has use for.

use actix_web::http::Method;
use fivefold::routes;
use fivefold::web::routing::{Kind, Who};

use crate::doors::{self, method};
use crate::support::{App, World};

#[actix_web::test]
async fn no_route_reads_more_than_it_has_to() {
    let app = App::new().await;
    let world = World::new(&app);
    let (page, program) = (app.signed_in(world.owner), app.token(world.owner));
    for route in routes::all().iter().filter(|route| route.kind != Kind::Asset) {
        // Files are up to ten megabytes, and a form round them.
        let writes = [Method::POST, Method::PUT].contains(&method(route));
        let files = writes && (route.path.ends_with("/question-sets/imports") || route.path.ends_with("/gold-interviews/{id}/audio"));
        let most = match route.who {
            Who::Anyone => 4 * 1024,
            _ if files => 10 * 1024 * 1024 + 64 * 1024,
            _ => 512 * 1024,
        };
        assert!(route.reads <= most, "{:?} {} reads {}", route.method, route.path, route.reads);
        let url = doors::fill(route.path, |_| world.team.to_string());
        let client = if route.kind == Kind::Page { &page } else { &program };
        let form = if route.kind == Kind::Page { "application/x-www-form-urlencoded" } else { "application/json" };
        let too_much = Some((form, vec![b'a'; route.reads + 1]));
        let answer = client.send(doors::method(route), &url, too_much).await.is(413);
        let kind = if url.starts_with("/api/v1") { "application/problem+json" } else { "text/html; charset=utf-8" };
        assert_eq!(answer.header("Content-Type"), kind, "{url}");
    }
}

#[actix_web::test]
async fn a_query_without_end_is_414() {
    let app = App::new().await;
    let long = "a".repeat(5_000);
    let problem = app.anon().get(&format!("/api/v1/me?cursor={long}")).await.is(414);
    assert_eq!(problem.header("Content-Type"), "application/problem+json");
    app.anon().get(&format!("/sign-in?next={long}")).await.is(414).shows("too long");
    app.anon().get(&format!("/sign-in?next=/{}", &long[..3_000])).await.is(200);
}

#[actix_web::test]
async fn what_nests_deep_or_lists_without_end_is_400() {
    let app = App::new().await;
    let world = World::new(&app);
    let client = app.token(world.owner);
    let path = format!("/api/v1/teams/{}/interviews", world.team);
    let deep = format!("{{\"seats\":{}{}}}", "[".repeat(40), "]".repeat(40));
    client.send(Method::POST, &path, Some(("application/json", deep.into()))).await.is(400).shows("deeper");
    let long = format!("{{\"question_ids\":[{}]}}", vec!["1"; 3_000].join(","));
    client.send(Method::POST, &path, Some(("application/json", long.into()))).await.is(400).shows("more than");
    let form = "question_ids=1&".repeat(3_000);
    let page = app.signed_in(world.owner);
    let page_path = format!("/teams/{}/interviews", world.team);
    page.send(Method::POST, &page_path, Some(("application/x-www-form-urlencoded", form.into()))).await.is(400).shows("more than");
}
