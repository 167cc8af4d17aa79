//! Attempts at one question beside each other: the words that changed, and nothing of what is closed.

use serde_json::{Value, json};

use super::{Desk, given};

/// Answers with these words, scores and compares; gives the attempt.
async fn scored(desk: &Desk, text: &str, score: u8) -> Value {
    let question = desk.question("lazy-querysets");
    let attempt = desk.start(desk.wish(&question)).await;
    let url = desk.api(&format!("/attempts/{}", attempt["id"].as_str().unwrap()));
    desk.program.if_match(0).once().patch_json(&format!("{url}/answer"), json!({"text": text})).await.is(200);
    desk.program.put_json(&format!("{url}/completion"), json!({})).await.is(200);
    let scored = desk.program.put_json(&format!("{url}/score"), given(&question, score)).await.is(200).json();
    let version = scored["answer"]["version"].as_i64().unwrap();
    desk.program
        .if_match(version)
        .put_json(&format!("{url}/comparison"), json!({"heard": [0, 1], "note": "Say when."}))
        .await
        .is(200)
        .json()
}

fn id(attempt: &Value) -> String {
    attempt["id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn two_answers_stand_beside_each_other_with_the_words_that_changed() {
    let mut desk = Desk::new().await;
    let first = id(&scored(&desk, "When rows are needed.", 2).await);
    let alone = desk.program.get(&desk.api(&beside(&first))).await.is(200).json();
    assert_eq!((&alone["pair"], alone["attempts"].as_array().unwrap().len()), (&Value::Null, 1));
    desk.browser.get(&desk.page(&beside(&first))).await.is(200).shows("One attempt so far");

    desk.later(chrono::TimeDelta::days(3));
    let second = id(&scored(&desk, "When rows are really needed, never before.", 4).await);
    desk.later(chrono::TimeDelta::days(3));
    let third = id(&scored(&desk, "By list().", 3).await);
    let found = desk.program.get(&desk.api(&beside(&second))).await.is(200).json();
    let pair = &found["pair"];
    assert_eq!((&pair["older"]["id"], &pair["newer"]["id"]), (&json!(first), &json!(second)), "the one before");
    assert_eq!(
        (&pair["older"]["area_score"], &pair["newer"]["area_score"], &pair["newer"]["note"]),
        (&json!(2), &json!(4), &json!("Say when."))
    );
    assert_eq!(pair["newer"]["heard"]["found"], 2);
    assert_eq!(pair["words"][0], json!({"change": "kept", "text": "When rows are "}));
    assert_eq!(pair["words"][1], json!({"change": "added", "text": "really "}));
    let shown = desk.browser.get(&desk.page(&beside(&second))).await.is(200).shows("Side by side").shows("struck through").text();
    assert!(shown.contains("<ins>really </ins>") && !shown.contains("<del>really"), "{shown}");
    // The first has none before it; any other can be named, and a later one stands on the right.
    assert_eq!(desk.program.get(&desk.api(&beside(&first))).await.is(200).json()["pair"]["newer"]["id"], json!(second));
    let named = desk.program.get(&format!("{}?with={third}", desk.api(&beside(&first)))).await.is(200).json();
    assert_eq!((&named["pair"]["older"]["id"], &named["pair"]["newer"]["id"]), (&json!(first), &json!(third)));
    desk.browser.get(&format!("{}?with={third}", desk.page(&beside(&first)))).await.is(200).shows("By list().");
    for wrong in [first.as_str(), "nothing", "018f0000-0000-7000-8000-000000000000"] {
        desk.program.get(&format!("{}?with={wrong}", desk.api(&beside(&first)))).await.is(404);
        desk.browser.get(&format!("{}?with={wrong}", desk.page(&beside(&first)))).await.is(404);
    }
    let other = desk.question("slow-endpoint");
    let other = id(&desk.scored(&other, 3).await);
    desk.program.get(&format!("{}?with={other}", desk.api(&beside(&first)))).await.is(404);
    // Where a recording is one of them there are no words to compare.
    desk.app.sql(&format!("UPDATE practice_attempts SET kind = 'recorded' WHERE id = '{third}'"));
    let recorded = desk.program.get(&desk.api(&beside(&third))).await.is(200).json();
    assert_eq!((&recorded["pair"]["words"], &recorded["pair"]["newer"]["kind"]), (&Value::Null, &json!("recorded")));
    desk.browser.get(&desk.page(&beside(&third))).await.is(200).hides("struck through");
}

#[actix_web::test]
async fn what_is_not_scored_stands_beside_nothing_and_points_are_closed_while_one_answers_anew() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let before = id(&scored(&desk, "When rows are needed.", 2).await);
    let seen = desk.program.get(&desk.api(&beside(&before))).await.is(200).json();
    assert_eq!((&seen["title"], &seen["attempts"][0]["heard"]["found"]), (&json!(question.title), &json!(2)));
    let open = id(&desk.start(desk.wish(&question)).await);
    let refused = desk.program.get(&desk.api(&beside(&open))).await.is(409);
    assert!(refused.text().contains("not-scored"), "{}", refused.text());
    desk.browser.get(&desk.page(&beside(&open))).await.is(409);
    let seen = desk.program.get(&desk.api(&beside(&before))).await.is(200).json();
    assert_eq!(
        (&seen["title"], &seen["attempts"][0]["heard"], seen["attempts"].as_array().unwrap().len()),
        (&Value::Null, &Value::Null, 1)
    );
    desk.browser.get(&desk.page(&beside(&before))).await.is(200).hides(&question.title);
}

fn beside(id: &str) -> String {
    format!("/attempts/{id}/side-by-side")
}
