//! Accounts and sign-ins.

use serde_json::json;

use crate::support::{App, PASSWORD, World};

#[actix_web::test]
async fn a_sign_in_over_the_api_ends_with_its_sign_out() {
    let app = App::new().await;
    let world = World::new(&app);
    let email = app.email_of(world.owner);

    let given = app.anon().post_json("/api/v1/sign-ins", json!({"email": email, "password": PASSWORD})).await.is(201).json();
    let client = app.bearer(given["token"].as_str().unwrap());
    let me = client.get("/api/v1/me").await.is(200).json();
    assert_eq!(me["account"]["email"], email);
    assert_eq!(me["teams"][0]["role"], "owner");

    client.delete("/api/v1/sign-ins/current").await.is(204);
    client.get("/api/v1/me").await.is(401);
}

#[actix_web::test]
async fn a_sign_in_unused_for_twelve_hours_is_over() {
    let app = App::new().await;
    let account = app.account("Ada");
    let client = app.token(account);
    app.advance(chrono::TimeDelta::hours(11));
    client.get("/api/v1/me").await.is(200);
    app.advance(chrono::TimeDelta::hours(11));
    client.get("/api/v1/me").await.is(200);
    app.advance(chrono::TimeDelta::hours(13));
    client.get("/api/v1/me").await.is(401);
}

#[actix_web::test]
async fn a_cookie_works_like_a_token_and_an_act_from_another_site_is_refused() {
    let app = App::new().await;
    let client = app.signed_in(app.account("Ada"));
    client.get("/api/v1/me").await.is(200);
    client.with("Sec-Fetch-Site", "cross-site").delete("/api/v1/sign-ins/current").await.is(403);
    client.get("/api/v1/me").await.is(200);
    client.delete("/api/v1/sign-ins/current").await.is(204);
    client.get("/api/v1/me").await.is(401);
}
