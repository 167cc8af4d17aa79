//! A full mock interview: questions, order and time as an interview has them, scored when it is over.

use chrono::TimeDelta;
use fivefold::question_sets::suggest;
use serde_json::{Value, json};

use super::Desk;

async fn begin(desk: &Desk) -> (String, Value) {
    let wish = json!({"question_set_version_id": desk.set, "level": "mid", "minutes": 20});
    let mock = desk.program.post_json(&desk.api("/practice/mocks"), wish).await.is(201).json();
    (desk.api(&format!("/practice/mocks/{}", mock["id"].as_str().unwrap())), mock)
}

#[actix_web::test]
async fn it_asks_what_an_interview_would_in_that_order_and_tells_nothing_of_what_comes() {
    let desk = Desk::new().await;
    let planned = suggest(&desk.version(), "mid".parse().unwrap(), 20);
    assert!(planned.len() > 2);
    let (url, mock) = begin(&desk).await;
    assert_eq!((&mock["questions"], &mock["attempts"]), (&json!(planned.len()), &json!([])));
    desk.program
        .post_json(&desk.api("/practice/mocks"), json!({"question_set_version_id": desk.set, "level": "mid", "minutes": 20}))
        .await
        .is(409);
    for (place, id) in planned.iter().enumerate() {
        let mock = desk.program.put_json(&format!("{url}/question"), json!({})).await.is(200);
        for later in planned.iter().skip(place + 1) {
            let question = desk.version().question(*later).unwrap().clone();
            assert!(!mock.text().contains(&later.to_string()) && !mock.says(&question.prompt), "a question to come");
        }
        let mock = mock.json();
        let attempt = mock["attempts"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(attempt["question_id"], json!(id));
        // Asking again is the same question.
        assert_eq!(
            desk.program.put_json(&format!("{url}/question"), json!({})).await.is(200).json()["attempts"].as_array().unwrap().len(),
            place + 1
        );
        let attempt = desk.answer(&json!({"id": attempt["id"], "answer": {"version": 0}})).await;
        let early = desk.program.put_json(&format!("{attempt}/score"), json!({"area_score": 3, "would_pass": 50})).await.is(409).json();
        assert!(early["type"].as_str().unwrap().ends_with("/mock-goes-on"), "{early}");
        desk.browser
            .get(&attempt.replace("/api/v1", ""))
            .await
            .is(200)
            .shows("Answers are scored when it is over")
            .hides("Keep this score");
    }
    let over = desk.program.put_json(&format!("{url}/question"), json!({})).await.is(200).json();
    assert!(over["ended_at"].is_string(), "after the last it is over");
    let first = desk.version().question(planned[0]).unwrap().clone();
    let attempt = desk.api(&format!("/attempts/{}", over["attempts"][0]["id"].as_str().unwrap()));
    let page = url.replace("/api/v1", "");
    let to_score = desk.browser.get(&page).await.is(200).shows("Score the first").text();
    assert!(to_score.contains(&format!(r#"href="{}""#, attempt.replace("/api/v1", ""))), "{to_score}");
    desk.program.put_json(&format!("{attempt}/score"), super::given(&first, 3)).await.is(200);
    desk.browser.get(&page).await.is(200).shows("Score the next").hides("Score the first");
    // Ticks come before the samples.
    let scored = desk.browser.get(&attempt.replace("/api/v1", "")).await.is(200).text();
    let place = |id: &str| scored.find(&format!(r#"id="{id}""#));
    assert!(place("listen").is_some() && (place("strong").is_none() || place("listen") < place("strong")), "{scored}");
}

#[actix_web::test]
async fn by_pages_the_clock_runs_on_and_it_can_be_ended_early() {
    let desk = Desk::new().await;
    let form = [("question_set_version_id", desk.set.as_str()), ("level", "mid"), ("minutes", "20")];
    let page = desk.browser.post_form(&desk.page("/practice/mocks"), form).await.leads();
    desk.browser.get(&page).await.is(200).shows("First question").shows("left of 20 min");
    desk.browser.get(&desk.page("/practice")).await.is(200).shows("A mock interview is going on");
    let attempt = desk.browser.post_form(&format!("{page}/question"), [("", "")]).await.leads();
    desk.browser.get(&attempt).await.is(200).shows("Its clock goes on");
    assert_eq!(desk.browser.post_form(&format!("{attempt}/completion"), [("text", "I would look."), ("version", "0")]).await.leads(), page);
    desk.app.advance(TimeDelta::minutes(21));
    desk.browser.get(&page).await.is(200).shows("+1:00").shows("Next question");
    assert_eq!(desk.browser.post_form(&format!("{page}/end"), [("", "")]).await.leads(), page);
    desk.browser.get(&page).await.is(200).shows("Score your answers").shows("1 left to score");
    desk.browser.get(&attempt).await.is(200).shows("Keep this score");
    desk.browser.post_form(&format!("{page}/question"), [("", "")]).await.is(409);
}

#[actix_web::test]
async fn what_was_begun_alone_becomes_the_mocks_when_it_asks_the_same() {
    let desk = Desk::new().await;
    let first = desk.version().question(suggest(&desk.version(), "mid".parse().unwrap(), 20)[0]).unwrap().clone();
    let begun = desk.start(desk.wish(&first)).await;
    let (url, _) = begin(&desk).await;
    let mock = desk.program.put_json(&format!("{url}/question"), json!({})).await.is(200).json();
    assert_eq!(mock["attempts"][0]["id"], begun["id"]);
}
