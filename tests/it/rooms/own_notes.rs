//! What a candidate writes for themselves: saved like a card, read by nobody else.

use serde_json::json;
use uuid::Uuid;

use super::Hall;
use crate::support::{Client, Response};

const SECRET: &str = "Ask who is on call: zebra-4711";

async fn save(hall: &Hall, client: &Client, version: i32, key: Uuid, text: &str) -> Response {
    client
        .with("If-Match", &format!("\"{version}\""))
        .with("Idempotency-Key", &key.to_string())
        .patch_json(&hall.api("/own-notes"), json!({"text": text}))
        .await
}

#[actix_web::test]
async fn a_candidate_keeps_notes_before_during_and_after_by_link_and_by_account() {
    let hall = Hall::new().await;
    let guest = hall.guest();
    assert_eq!(guest.get(&hall.api("/own-notes")).await.is(200).json(), json!({"text": "", "version": 0}));
    assert_eq!(save(&hall, &guest, 0, Uuid::now_v7(), "One").await.is(200).json(), json!({"version": 1}));
    hall.start().await;
    let candidate = hall.as_(hall.candidate);
    assert_eq!(save(&hall, &candidate, 1, Uuid::now_v7(), "One and two").await.is(200).json(), json!({"version": 2}));
    hall.put(json!({"phase": "ended"})).await.is(200);
    assert_eq!(save(&hall, &candidate, 2, Uuid::now_v7(), SECRET).await.is(200).json(), json!({"version": 3}));
    let page = hall.app.signed_in(hall.candidate).get(&hall.page()).await.is(200).text();
    assert!(page.contains(SECRET), "{page}");
    let copy = hall.app.signed_in(hall.candidate).get(&format!("{}/own-notes", hall.page())).await.is(200);
    assert_eq!((copy.text().as_str(), copy.header("content-disposition")), (SECRET, "attachment; filename=\"my-notes.txt\""));
}

#[actix_web::test]
async fn a_save_whose_answer_was_lost_counts_once_and_one_on_an_older_version_is_shown_what_is_there() {
    let hall = Hall::new().await;
    let candidate = hall.as_(hall.candidate);
    let key = Uuid::now_v7();
    save(&hall, &candidate, 0, key, "One").await.is(200);
    save(&hall, &candidate, 1, Uuid::now_v7(), "Two").await.is(200);
    assert_eq!(save(&hall, &candidate, 0, key, "One").await.is(200).json(), json!({"version": 2}), "the same save again");
    let stale = save(&hall, &candidate, 1, Uuid::now_v7(), "Three").await.is(412).json();
    assert_eq!(stale["current"], json!({"text": "Two", "version": 2}));
    save(&hall, &candidate, 7, Uuid::now_v7(), "Three").await.is(412);
    assert_eq!(candidate.get(&hall.api("/own-notes")).await.json()["text"], "Two");
    save(&hall, &candidate, 2, Uuid::now_v7(), &"x".repeat(20_001)).await.is(422);
}

#[actix_web::test]
async fn nobody_else_reads_them_whatever_their_role() {
    let hall = Hall::new().await;
    save(&hall, &hall.as_(hall.candidate), 0, Uuid::now_v7(), SECRET).await.is(200);
    hall.start().await;
    for person in [hall.world.owner, hall.world.lead, hall.ines, hall.ivo, hall.shadow, hall.observer] {
        hall.as_(person).get(&hall.api("/own-notes")).await.is(403);
        save(&hall, &hall.as_(person), 1, Uuid::now_v7(), "Mine").await.is(403);
        for path in [hall.room(), hall.page(), hall.world.api(&format!("/interviews/{}", hall.id))] {
            assert!(!hall.as_(person).get(&path).await.text().contains("zebra-4711"));
        }
    }
}

#[actix_web::test]
async fn without_scripts_nothing_that_was_typed_is_lost() {
    let hall = Hall::new().await;
    hall.start().await;
    let (candidate, page) = (hall.app.signed_in(hall.candidate), hall.page());
    candidate.post_form(&format!("{page}/own-notes"), [("text", "One"), ("version", "0")]).await.is(303);
    assert!(candidate.get(&page).await.text().contains("One</textarea>"));
    let stale = candidate.post_form(&format!("{page}/own-notes"), [("text", "Other"), ("version", "0")]).await.is(412).text();
    assert!(stale.contains("to: One.") && stale.contains("Other</textarea>"), "{stale}");
    candidate.post_form(&format!("{page}/own-notes"), [("text", "Other"), ("version", "1")]).await.is(303);
    let long = "x".repeat(20_001);
    let refused = candidate.post_form(&format!("{page}/own-notes"), [("text", long.as_str()), ("version", "2")]).await.is(422).text();
    assert!(refused.contains(&long));
}

#[actix_web::test]
async fn what_was_typed_on_one_persons_page_is_never_saved_as_anothers_who_signed_in_since() {
    let hall = Hall::new().await;
    hall.start().await;
    let typed = || json!({"next_step": "Typed by Ines."});
    let of = |whose: &dyn ToString, who| hall.app.signed_in(who).with("X-Page-Of", &whose.to_string());
    of(&hall.ines, hall.ivo).if_match(0).once().patch_json(&hall.api("/scorecard"), typed()).await.is(401);
    of(&"nobody", hall.ivo).if_match(0).once().patch_json(&hall.api("/scorecard"), typed()).await.is(401);
    assert_eq!(hall.app.count("SELECT count(*) FROM scorecards"), 0);
    let page = of(&hall.ines, hall.ivo).get(&hall.page()).await.is(303);
    assert!(page.header("location").starts_with("/sign-in"), "another's page is not taken apart for this one");
    of(&hall.ines, hall.ines).if_match(0).once().patch_json(&hall.api("/scorecard"), typed()).await.is(200);
}
