//! One attempt, by either door: think, answer, score, compare.

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::{Desk, given};
use crate::support::merge;

#[actix_web::test]
async fn an_attempt_goes_its_way_by_either_door_alike() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let attempt = desk.start(merge(desk.wish(&question), json!({"think_seconds": 60}))).await;
    assert_eq!((&attempt["phase"], &attempt["question"]["prompt"]), (&json!("thinking"), &json!(question.prompt)));
    let id = attempt["id"].as_str().unwrap();
    let (api, page) = (desk.api(&format!("/attempts/{id}")), desk.page(&format!("/attempts/{id}")));
    desk.browser.get(&page).await.is(200).shows("Begin the answer").shows(&question.prompt).hides("I am done");
    desk.app.advance(TimeDelta::seconds(90));
    desk.browser.get(&page).await.is(200).shows("over the 1 min to think");
    assert_eq!(desk.browser.post_form(&format!("{page}/answering"), [("", "")]).await.leads(), page);

    // Going over is shown and nothing is cut off.
    desk.app.advance(TimeDelta::minutes(i64::from(question.minutes) + 1));
    desk.browser.get(&page).await.is(200).shows("finish your thought");
    desk.program.if_match(0).once().patch_json(&format!("{api}/answer"), json!({"text": "It is lazy."})).await.is(200);
    assert_eq!(desk.browser.get(&page).await.typed("text"), Some("It is lazy.".into()));
    let done = [("text", "It is lazy.\r\nAnd cached."), ("version", "1")];
    assert_eq!(desk.browser.post_form(&format!("{page}/completion"), done).await.leads(), page);
    let scoring = desk.program.get(&api).await.is(200).json();
    assert_eq!((&scoring["phase"], &scoring["answer"]["text"]), (&json!("scoring"), &json!("It is lazy.\nAnd cached.")));
    assert_eq!(scoring["scale"]["question_anchors"].as_array().unwrap().len(), 5);

    let refused = desk
        .browser
        .post_form(&format!("{page}/score"), [("score", "3"), ("would_pass", "70"), ("checked", "1")])
        .await
        .refuses("area_score");
    assert_eq!(refused.typed("would_pass"), Some("70".into()));
    let whole = [("score", "3"), ("area_score", "2"), ("would_pass", "70"), ("checked", "1"), ("checked", "0")];
    desk.browser.post_form(&format!("{page}/score"), whole).await.leads();
    let scored = desk.program.get(&api).await.is(200).json();
    assert_eq!(scored["own"], json!({"score": 3, "area_score": 2, "would_pass": 70, "checked": [0, 1]}));
    assert_eq!(scored["guidance"]["listen_for"], json!(question.listen_for));
    assert_eq!(scored["due_on"], "2026-03-04");
    desk.browser
        .get(&page)
        .await
        .is(200)
        .shows(&question.listen_for[0].replace('`', ""))
        .shows("A strong answer")
        .shows("comes back in 2 days");

    let version = scored["answer"]["version"].as_i64().unwrap();
    let compared = json!({"heard": [2, 0, 0], "signs": [1], "note": "Name two triggers."});
    let read = desk.program.if_match(version).put_json(&format!("{api}/comparison"), compared).await.is(200).json();
    assert_eq!((&read["compared"], &read["note"]), (&json!({"heard": [0, 2], "signs": [1]}), &json!("Name two triggers.")));
    // Two of six points: the question comes back sooner than its score alone would say.
    assert_eq!(read["due_on"], "2026-03-03");
    let form = [("heard", "1"), ("note", "Other"), ("version", &version.to_string())];
    let stale = desk.browser.post_form(&format!("{page}/comparison"), form).await.is(412).shows("Name two triggers.");
    assert_eq!(stale.typed("note"), Some("Other".into()));
    desk.browser
        .post_form(&format!("{page}/comparison"), [("heard", "1"), ("note", "Other"), ("version", &(version + 1).to_string())])
        .await
        .leads();
    assert_eq!(desk.program.get(&api).await.json()["compared"], json!({"heard": [1], "signs": []}));
}

#[actix_web::test]
async fn a_finished_answer_and_a_given_score_never_change() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let url = desk.answered(&question).await;
    let late = desk.program.if_match(1).once().patch_json(&format!("{url}/answer"), json!({"text": "Better."})).await.is(409).json();
    assert!(late["type"].as_str().unwrap().ends_with("/answer-finished"), "{late}");
    let page = url.replace("/api/v1", "");
    desk.browser.post_form(&format!("{page}/answer"), [("text", "Better."), ("version", "1")]).await.is(409).shows("Better.");
    desk.program.put_json(&format!("{url}/score"), given(&question, 4)).await.is(200);
    let again = desk.program.put_json(&format!("{url}/score"), given(&question, 2)).await.is(409).json();
    assert!(again["type"].as_str().unwrap().ends_with("/already-scored"), "{again}");
    desk.program.put_json(&format!("{url}/completion"), json!({})).await.is(200);
    let read = desk.program.get(&url).await.json();
    assert_eq!((&read["answer"]["text"], &read["own"]["area_score"]), (&json!("When rows are needed."), &json!(4)));
}

#[actix_web::test]
async fn a_save_whose_answer_was_lost_counts_once_and_one_on_an_older_version_is_shown_what_is_there() {
    let desk = Desk::new().await;
    let id = desk.start(desk.wish(&desk.question("lazy-querysets"))).await["id"].as_str().unwrap().to_owned();
    let (api, page) = (desk.api(&format!("/attempts/{id}/answer")), desk.page(&format!("/attempts/{id}")));
    let key = Uuid::now_v7().to_string();
    let once = desk.program.if_match(0).with("Idempotency-Key", &key);
    assert_eq!(once.patch_json(&api, json!({"text": "One"})).await.is(200).json(), json!({"version": 1}));
    desk.program.if_match(1).once().patch_json(&api, json!({"text": "Two"})).await.is(200);
    assert_eq!(once.patch_json(&api, json!({"text": "One"})).await.is(200).json(), json!({"version": 2}), "the same save again");
    let stale = desk.program.if_match(1).once().patch_json(&api, json!({"text": "Three"})).await.is(412).json();
    assert_eq!(stale["current"], json!({"text": "Two", "version": 2}));
    for form in ["answer", "completion"] {
        let shown = desk.browser.post_form(&format!("{page}/{form}"), [("text", "Mine"), ("version", "1")]).await.is(412).shows("Two");
        // Without scripts nothing saves it but the next press.
        let shown = shown.shows("Not saved yet");
        assert!(!shown.text().contains(r#"data-state="saved""#), "{}", shown.text());
        assert_eq!((shown.typed("text"), shown.typed("version")), (Some("Mine".into()), Some("2".into())));
    }
    // What the page has saved by itself meanwhile is no other version.
    desk.browser.post_form(&format!("{page}/completion"), [("text", "Two"), ("version", "0")]).await.leads();
    desk.program.if_match(2).once().patch_json(&api, json!({"text": "x".repeat(20_001)})).await.is(422);
}

#[actix_web::test]
async fn nothing_is_scored_before_it_is_answered_and_nothing_compared_before_it_is_scored() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let id = desk.start(desk.wish(&question)).await["id"].as_str().unwrap().to_owned();
    let url = desk.api(&format!("/attempts/{id}"));
    desk.program.put_json(&format!("{url}/completion"), json!({})).await.refuses("text");
    desk.program.put_json(&format!("{url}/score"), given(&question, 3)).await.is(409);
    desk.program.if_match(0).put_json(&format!("{url}/comparison"), json!({"heard": []})).await.is(409);
    let url = desk.answer(&json!({"id": id, "answer": {"version": 0}})).await;
    desk.program.if_match(1).put_json(&format!("{url}/comparison"), json!({"heard": []})).await.is(409);
    for (wrong, field) in [
        (json!({"area_score": 6}), "area_score"),
        (json!({"score": 0}), "score"),
        (json!({"would_pass": 101}), "would_pass"),
        (json!({"checked": [4]}), "checked"),
    ] {
        desk.program.put_json(&format!("{url}/score"), merge(given(&question, 3), wrong)).await.refuses(field);
    }
    desk.program.put_json(&format!("{url}/score"), given(&question, 3)).await.is(200);
    desk.program.if_match(1).put_json(&format!("{url}/comparison"), json!({"heard": [99]})).await.refuses("heard");
}

#[actix_web::test]
async fn a_set_gives_the_question_that_was_practised_least_and_what_is_begun_goes_on() {
    let desk = Desk::new().await;
    let wish = json!({"pick": "set", "question_set_version_id": desk.set, "level": "mid"});
    let fitting: Vec<String> = desk
        .version()
        .questions
        .iter()
        .filter(|question| question.levels.contains(&"mid".parse().unwrap()))
        .map(|question| question.id.to_string())
        .collect();
    let mut met = Vec::new();
    for _ in 0..fitting.len() {
        met.push(desk.start(wish.clone()).await["question_id"].as_str().unwrap().to_owned());
    }
    assert_eq!(met, fitting, "in the order of the set, each once");
    // All were begun once: the first comes again, and it is the attempt that was begun.
    let again = desk.start(wish).await;
    assert_eq!(again["question_id"], json!(fitting[0]));
    assert_eq!(desk.app.count("SELECT count(*) FROM practice_attempts"), fitting.len() as i64);
    desk.program.post_json(&desk.api("/attempts"), json!({"pick": "set", "level": "mid"})).await.refuses("question_set_version_id");
    desk.program.post_json(&desk.api("/attempts"), json!({"pick": "weak_areas"})).await.refuses("level");
    // What is meant to be said aloud counts as what it was finished as.
    let meant = merge(desk.wish(&desk.question("hard-bug")), json!({"kind": "recorded"}));
    desk.start(meant).await;
    let form = [("pick", "set"), ("question_set_version_id", desk.set.as_str()), ("level", "mid"), ("think_seconds", "120")];
    assert!(desk.browser.post_form(&desk.page("/attempts"), form).await.leads().starts_with(&desk.page("/attempts/")));
    let refused = desk
        .browser
        .post_form(&desk.page("/practice/mocks"), [("question_set_version_id", "x"), ("level", "mid"), ("minutes", "50")])
        .await;
    assert_eq!(refused.refuses("question_set_version_id").typed("minutes"), Some("50".into()));
}

#[actix_web::test]
async fn the_weak_area_with_the_lowest_mean_comes_first_and_one_of_too_few_attempts_last() {
    let desk = Desk::new().await;
    let version = desk.version();
    let of = |area: u8| version.questions.iter().find(|question| question.areas[0] == area).unwrap().clone();
    super::scored_rows(&desk, &of(1), &[(9, 4), (8, 4), (7, 5)]);
    super::scored_rows(&desk, &of(3), &[(9, 2), (8, 3), (7, 2)]);
    super::scored_rows(&desk, &of(4), &[(9, 1), (8, 1)]);
    let areas = desk.program.get(&desk.api("/practice")).await.is(200).json()["weak_areas"].clone();
    let order: Vec<u64> = areas.as_array().unwrap().iter().map(|area| area["area"].as_u64().unwrap()).collect();
    assert_eq!(order, [3, 1, 2, 5, 4]);
    assert!(areas[4]["mean"].is_null(), "two attempts say nothing: {areas}");
    let attempt = desk.start(json!({"pick": "weak_areas", "level": "mid"})).await;
    let asked = desk.app.text(&format!("SELECT area FROM practice_attempts WHERE id = '{}'", attempt["id"].as_str().unwrap()));
    assert_eq!(asked, "3");
}
