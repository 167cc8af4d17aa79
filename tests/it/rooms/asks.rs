//! What a candidate asks for in the room: a break, and minutes to think.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{Hall, code};
use crate::support::{Client, Response};

async fn ask_break(hall: &Hall, client: &Client, asked: bool) -> Response {
    client.put_json(&hall.api("/room/break"), json!({"asked": asked})).await
}

async fn quiet(hall: &Hall, client: &Client, minutes: u8) -> Response {
    client.put_json(&hall.api("/room/quiet"), json!({"minutes": minutes})).await
}

#[actix_web::test]
async fn a_break_that_is_asked_for_is_seen_by_all_until_it_comes() {
    let hall = Hall::new().await;
    hall.start().await;
    let candidate = hall.as_(hall.candidate);
    let asked: Value = ask_break(&hall, &candidate, true).await.is(200).json();
    assert_eq!(asked["break_asked_at"], json!(hall.app.now()));
    ask_break(&hall, &candidate, true).await.is(200);
    for person in [hall.ines, hall.ivo, hall.shadow, hall.observer] {
        assert_eq!(hall.see(person).await["break_asked_at"], json!(hall.app.now()));
    }
    let paused: Value = hall.put(json!({"phase": "paused"})).await.is(200).json();
    assert_eq!(paused["break_asked_at"], Value::Null);
    ask_break(&hall, &candidate, true).await.is(200);
    hall.put(json!({"phase": "live"})).await.is(200);
    assert_eq!(hall.log(), ["1 started all", "2 break_asked all", "3 paused all", "4 resumed all"], "in a break nobody asks for one");
}

#[actix_web::test]
async fn a_break_is_taken_back_by_who_asked_and_put_off_by_who_drives() {
    let hall = Hall::new().await;
    hall.start().await;
    let guest = hall.guest();
    ask_break(&hall, &guest, true).await.is(200);
    ask_break(&hall, &guest, false).await.is(200);
    ask_break(&hall, &guest, true).await.is(200);
    let later = hall.api("/room/break/postponement");
    hall.as_(hall.ivo).put_json(&later, json!({})).await.is(403);
    let put_off: Value = hall.as_(hall.ines).put_json(&later, json!({})).await.is(200).json();
    assert_eq!(put_off["break_asked_at"], Value::Null);
    hall.as_(hall.ines).put_json(&later, json!({})).await.is(200);
    assert_eq!(hall.log()[1..], ["2 break_asked all", "3 break_withdrawn all", "4 break_asked all", "5 break_put_off all"]);
}

#[actix_web::test]
async fn minutes_to_think_run_out_by_themselves_and_end_with_the_question_or_a_break() {
    let hall = Hall::new().await;
    hall.start().await;
    let candidate = hall.as_(hall.candidate);
    let until = hall.app.now() + TimeDelta::minutes(2);
    assert_eq!(quiet(&hall, &candidate, 2).await.is(200).json()["quiet_until"], json!(until));
    assert_eq!(hall.see(hall.ines).await["quiet_until"], json!(until));
    hall.app.advance(TimeDelta::seconds(121));
    assert_eq!(hall.see(hall.ines).await["quiet_until"], Value::Null);
    quiet(&hall, &candidate, 0).await.is(200);

    quiet(&hall, &candidate, 5).await.is(200);
    let moved: Value = hall.put(json!({"phase": "live", "question_id": hall.question(1)})).await.is(200).json();
    assert_eq!(moved["quiet_until"], Value::Null);
    quiet(&hall, &candidate, 1).await.is(200);
    hall.put(json!({"phase": "paused"})).await.is(200);
    assert_eq!(code(&quiet(&hall, &candidate, 1).await), "paused");
    quiet(&hall, &candidate, 6).await.is(422);
    let kinds = ["1 started all", "2 quiet_began all", "3 quiet_began all", "4 moved all", "5 quiet_began all", "6 paused all"];
    assert_eq!(hall.log(), kinds, "what ran out is no act");
}

#[actix_web::test]
async fn only_the_candidate_asks_and_only_while_the_interview_runs() {
    let hall = Hall::new().await;
    let candidate = hall.as_(hall.candidate);
    assert_eq!(code(&ask_break(&hall, &candidate, true).await), "not-started");
    hall.start().await;
    for person in [hall.ines, hall.ivo, hall.shadow, hall.observer] {
        ask_break(&hall, &hall.as_(person), true).await.is(403);
        quiet(&hall, &hall.as_(person), 1).await.is(403);
    }
    ask_break(&hall, &candidate, true).await.is(200);
    let ended: Value = hall.put(json!({"phase": "ended"})).await.is(200).json();
    assert_eq!(ended["break_asked_at"], Value::Null);
    assert_eq!(code(&ask_break(&hall, &candidate, true).await), "already-ended");
    assert_eq!(code(&quiet(&hall, &candidate, 1).await), "already-ended");
}

#[actix_web::test]
async fn the_pages_do_the_same_as_the_operations() {
    let hall = Hall::new().await;
    hall.start().await;
    let (candidate, page) = (hall.app.signed_in(hall.candidate), hall.page());
    candidate.post_form(&format!("{page}/break"), [("asked", "true")]).await.is(303);
    candidate.post_form(&format!("{page}/quiet"), [("minutes", "2")]).await.is(303);
    let own = candidate.get(&page).await.is(200).text();
    assert!(own.contains("You asked for a break") && own.contains("I am ready"), "{own}");
    let ines = hall.app.signed_in(hall.ines);
    let console = ines.get(&page).await.is(200).text();
    assert!(console.contains("Carl asked for a break.") && console.contains("Carl takes a moment to think."), "{console}");
    let observer = hall.app.signed_in(hall.observer).get(&page).await.is(200).text();
    assert!(observer.contains("Carl asked for a break.") && !observer.contains("Pause now"));
    ines.post_form(&format!("{page}/break/postponement"), json!({})).await.is(303);
    assert!(!ines.get(&page).await.text().contains("asked for a break"));
    candidate.post_form(&format!("{page}/quiet"), [("minutes", "0")]).await.is(303);
    let kinds = ["1 started all", "2 break_asked all", "3 quiet_began all", "4 break_put_off all", "5 quiet_ended all"];
    assert_eq!(hall.log(), kinds);
}
