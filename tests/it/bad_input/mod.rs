//! Whatever is sent, the answer says what is wrong with it, and nothing breaks.

mod away;
mod forms;
mod ids;
mod json;
mod sizes;

use serde_json::json;

use crate::support::App;

#[actix_web::test]
async fn what_cannot_be_read_is_400_and_names_the_member() {
    let app = App::new().await;
    let anon = app.anon();
    let unknown = anon.post_json("/api/v1/sign-ins", json!({"email": "a@b.example", "password": "x", "admin": true})).await.is(400);
    assert!(unknown.json()["detail"].as_str().unwrap().contains("admin"), "{}", unknown.text());
    let missing = anon.post_json("/api/v1/sign-ins", json!({"email": "a@b.example"})).await.is(400);
    assert!(!missing.text().contains("serde") && !missing.text().contains("line 1 column"), "{}", missing.text());
}
