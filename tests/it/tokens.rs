//! The signed tokens: what we did not sign for this purpose is nobody, and what ends a right acts at once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fivefold::policy::Role;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::support::{App, PASSWORD, World};

/// The key of the tests' server.
const KEY: [u8; 32] = [7; 32];
const TYPE: &str = "sign-in+jwt";

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn signed(kind: Option<&str>, algorithm: Algorithm, key: &[u8], claims: &Value) -> String {
    let header = Header { typ: kind.map(str::to_owned), ..Header::new(algorithm) };
    encode(&header, claims, &EncodingKey::from_secret(key)).unwrap()
}

fn ours(claims: &Value) -> String {
    signed(Some(TYPE), Algorithm::HS256, &KEY, claims)
}

fn changed(claims: &Value, name: &str, value: Value) -> String {
    let mut claims = claims.clone();
    claims[name] = value;
    ours(&claims)
}

fn lacking(claims: &Value, name: &str) -> String {
    let mut claims = claims.clone();
    claims.as_object_mut().unwrap().remove(name);
    ours(&claims)
}

#[actix_web::test]
async fn every_forged_token_is_nobody() {
    let app = App::new().await;
    let world = World::new(&app);
    let token = app.sign_in_token(world.lead);
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
    let of_another: Value = {
        let other = app.sign_in_token(world.owner);
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(other.split('.').nth(1).unwrap()).unwrap()).unwrap()
    };
    app.bearer(&ours(&claims)).get("/api/v1/me").await.is(200);
    let now = app.now().timestamp();
    let (head, body) = (part(&json!({"alg": "HS256", "typ": TYPE})), part(&claims));
    let signature = token.split('.').nth(2).unwrap();
    let forged = [
        ("no algorithm", format!("{}.{body}.", part(&json!({"alg": "none", "typ": TYPE})))),
        ("no algorithm in capitals", format!("{}.{body}.{signature}", part(&json!({"alg": "NONE", "typ": TYPE})))),
        ("no signature", format!("{head}.{body}.")),
        ("two parts", format!("{head}.{body}")),
        ("an empty one", String::new()),
        ("another key", signed(Some(TYPE), Algorithm::HS256, &[8; 32], &claims)),
        ("an empty key", signed(Some(TYPE), Algorithm::HS256, b"", &claims)),
        ("another algorithm", signed(Some(TYPE), Algorithm::HS384, &KEY, &claims)),
        ("yet another algorithm", signed(Some(TYPE), Algorithm::HS512, &KEY, &claims)),
        ("another purpose", signed(Some("guest+jwt"), Algorithm::HS256, &KEY, &claims)),
        ("any purpose", signed(Some("JWT"), Algorithm::HS256, &KEY, &claims)),
        ("no purpose", signed(None, Algorithm::HS256, &KEY, &claims)),
        ("a key of its own choice", {
            let header = Header { typ: Some(TYPE.into()), kid: Some("../../dev/null".into()), ..Header::new(Algorithm::HS256) };
            encode(&header, &claims, &EncodingKey::from_secret(&KEY)).unwrap()
        }),
        ("exp as text", changed(&claims, "exp", json!((now + 3600).to_string()))),
        ("exp with a fraction", changed(&claims, "exp", json!(now as f64 + 0.5))),
        ("exp in the past", changed(&claims, "exp", json!(now - 1))),
        ("exp now", changed(&claims, "exp", json!(now))),
        ("no exp", lacking(&claims, "exp")),
        ("issued in the future", changed(&claims, "iat", json!(now + 600))),
        ("no iat", lacking(&claims, "iat")),
        ("nbf in the future", changed(&claims, "nbf", json!(now + 600))),
        ("nbf as text", changed(&claims, "nbf", json!("tomorrow"))),
        ("another aud", changed(&claims, "aud", json!("another"))),
        ("a list of auds", changed(&claims, "aud", json!(["fivefold", "another"]))),
        ("no aud", lacking(&claims, "aud")),
        ("another iss", changed(&claims, "iss", json!("another"))),
        ("no iss", lacking(&claims, "iss")),
        ("no sign-in", changed(&claims, "jti", json!("00000000-0000-7000-8000-000000000000"))),
        ("a sign-in that is no id", changed(&claims, "jti", json!("1 OR 1=1"))),
        ("another's account", changed(&claims, "sub", of_another["sub"].clone())),
        ("another's sign-in", changed(&claims, "jti", of_another["jti"].clone())),
        ("changed after it was signed", format!("{head}.{}.{signature}", part(&of_another))),
    ];
    for (what, token) in forged {
        app.bearer(&token).get("/api/v1/me").await.is(401);
        let answer = app.anon().with_cookie("fivefold", &token).get("/api/v1/me").await;
        assert_eq!(answer.status, 401, "{what} in a cookie");
        let answer = app.bearer(&token).get(&world.api("/members")).await;
        assert_eq!((answer.status, answer.header("Content-Type")), (401, "application/problem+json"), "{what}");
    }
}

#[actix_web::test]
async fn what_ends_a_right_acts_on_the_next_request() {
    let app = App::new().await;
    let world = World::new(&app);
    let owner = app.token(world.owner);
    let member = |account| world.api(&format!("/members/{account}"));
    let me = "/api/v1/me";

    let (first, second) = (app.token(world.lead), app.token(world.lead));
    first.get(me).await.is(200);
    first.delete("/api/v1/sign-ins/current").await.is(204);
    first.get(me).await.is(401);
    second.get(&world.api("/candidates")).await.is(200);
    owner.patch_json(&member(world.lead), json!({"role": "interviewer"})).await.is(200);
    second.get(&world.api("/candidates")).await.is(403);

    let third = app.token(world.lead);
    let change = json!({"current_password": PASSWORD, "new_password": "eight blue herons under Porto"});
    third.put_json("/api/v1/me/password", change).await.is(204);
    second.get(me).await.is(401);
    third.get(me).await.is(200);

    third.get(&world.api("/members")).await.is(200);
    owner.delete(&member(world.lead)).await.is(204);
    third.get(&world.api("/members")).await.is(404);
    app.sql(&format!("UPDATE accounts SET deactivated_at = now() WHERE id = '{}'", world.lead));
    third.get(me).await.is(401);
    let nobody = app.member(world.team, Role::Interviewer, "Nina New");
    app.token(nobody).get(me).await.is(200);
}
