//! When questions come back: by own scores, at most so many a day, and not during a pause.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Desk;

async fn due(desk: &Desk) -> Value {
    desk.program.get(&desk.api("/practice")).await.is(200).json()["due"].clone()
}

fn many(due: &Value) -> usize {
    due["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn a_scored_question_comes_back_on_its_day_and_again_later_when_it_went_well() {
    let mut desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    assert_eq!(desk.scored(&question, 3).await["due_on"], "2026-03-04");
    assert_eq!((many(&due(&desk).await), &due(&desk).await["next_on"]), (0, &json!("2026-03-04")));
    desk.program.post_json(&desk.api("/attempts"), json!({"pick": "due"})).await.is(409);
    desk.browser.post_form(&desk.page("/attempts"), [("pick", "due")]).await.is(409).shows("Nothing comes back today");
    desk.later(TimeDelta::days(2));
    let back = due(&desk).await;
    assert_eq!((many(&back), &back["items"][0]["title"]), (1, &json!(question.title)));
    let shown = desk.browser.get(&desk.page("/practice")).await.is(200).shows(&question.title);
    shown.shows("Proof and questions").hides("Practise with a peer");
    // With time to think, as any other.
    let thinking = [("pick", "due"), ("question_id", &question.id.to_string()), ("think_seconds", "120")];
    let page = desk.browser.post_form(&desk.page("/attempts"), thinking).await.leads();
    desk.browser.get(&page).await.is(200).shows("of 2 min to think").hides("Asking questions first");
    desk.browser.post_form(&format!("{page}/answering"), [("", "")]).await.leads();
    let attempt = desk.start(json!({"pick": "due", "think_seconds": 60})).await;
    assert_eq!((&attempt["question_id"], &attempt["think_seconds"]), (&json!(question.id), &json!(120)));
    let url = desk.answer(&attempt).await;
    let again = desk.program.put_json(&format!("{url}/score"), super::given(&question, 4)).await.is(200).json();
    assert!(again["due_on"].as_str().unwrap() > "2026-03-08", "{}", again["due_on"]);
    assert_eq!(many(&due(&desk).await), 0);
    // Without the second attempt it is as if it had not been.
    desk.program.delete(&url).await.is(204);
    assert_eq!(many(&due(&desk).await), 1);
    desk.browser
        .post_form(&desk.page(&format!("/attempts/{}/removal", desk.app.text("SELECT id FROM practice_attempts"))), [("", "")])
        .await
        .leads();
    assert_eq!(desk.app.count("SELECT count(*) FROM practice_cards"), 0);
}

#[actix_web::test]
async fn a_day_gets_its_share_and_no_more_however_many_are_due() {
    let mut desk = Desk::new().await;
    let questions: Vec<_> =
        desk.version().questions.iter().filter(|question| question.levels.contains(&"mid".parse().unwrap())).take(12).cloned().collect();
    for question in &questions {
        desk.scored(question, 1).await;
    }
    // All came back on the next day but for the share: the others moved on by themselves.
    let days = desk.app.texts("SELECT due_on || ' ' || count(*) FROM practice_cards GROUP BY due_on ORDER BY due_on");
    assert_eq!(days, ["2026-03-03 5", "2026-03-04 5", "2026-03-05 2"]);
    // Away for a month: all are due, and still a day gets five.
    desk.later(TimeDelta::days(30));
    let back = due(&desk).await;
    assert_eq!((many(&back), &back["later"]), (5, &json!(7)));
    let attempt = desk.start(json!({"pick": "due"})).await;
    let question = questions.iter().find(|question| json!(question.id) == attempt["question_id"]).unwrap();
    let url = desk.answer(&attempt).await;
    desk.program.put_json(&format!("{url}/score"), super::given(question, 3)).await.is(200);
    let back = due(&desk).await;
    assert_eq!((many(&back), &back["later"]), (4, &json!(7)), "what is done counts into the day's share");
    desk.program.put_json(&desk.api("/practice/schedule"), json!({"daily": 2, "paused": false})).await.is(200);
    assert_eq!(many(&due(&desk).await), 1);
    // What the desk counts is what may be begun: past the share nothing comes by itself, on the page and over the API.
    let next = desk.start(json!({"pick": "due"})).await;
    let question = questions.iter().find(|question| json!(question.id) == next["question_id"]).unwrap();
    let url = desk.answer(&next).await;
    desk.program.put_json(&format!("{url}/score"), super::given(question, 3)).await.is(200);
    assert_eq!((many(&due(&desk).await), &due(&desk).await["later"]), (0, &json!(10)));
    let none = desk.program.post_json(&desk.api("/attempts"), json!({"pick": "due"})).await.is(409);
    assert!(none.json()["type"].as_str().unwrap().ends_with("/nothing-due"), "{}", none.text());
    assert!(none.says("That was your share for today. 10 more wait"), "{}", none.text());
    desk.browser.post_form(&desk.page("/attempts"), [("pick", "due")]).await.is(409).shows("That was your share for today.");
    // Picking one oneself is free.
    let waits = desk.app.text("SELECT question_id FROM practice_cards WHERE due_on <= '2026-04-01' ORDER BY due_on, question_id LIMIT 1");
    assert_eq!(desk.start(json!({"pick": "due", "question_id": waits})).await["question_id"], json!(waits));
    desk.program.put_json(&desk.api("/practice/schedule"), json!({"daily": 0, "paused": false})).await.refuses("daily");
    let refused = desk.browser.post_form(&desk.page("/practice/schedule"), [("daily", "99")]).await.refuses("daily");
    assert_eq!(refused.typed("daily"), Some("99".into()));
}

#[actix_web::test]
async fn a_pause_asks_nothing_and_afterwards_all_comes_back_as_many_days_later() {
    let mut desk = Desk::new().await;
    desk.scored(&desk.question("lazy-querysets"), 3).await;
    desk.browser.post_form(&desk.page("/practice/schedule"), [("daily", "5"), ("paused", "true")]).await.leads();
    desk.later(TimeDelta::days(10));
    let paused = due(&desk).await;
    assert_eq!((many(&paused), &paused["schedule"]["paused_on"]), (0, &json!("2026-03-02")));
    desk.browser.get(&desk.page("/practice")).await.is(200).shows("Paused since Mon 2 Mar 2026");
    desk.program.post_json(&desk.api("/attempts"), json!({"pick": "due"})).await.is(409);
    let on = desk.program.put_json(&desk.api("/practice/schedule"), json!({"daily": 5, "paused": false})).await.is(200).json();
    assert_eq!((many(&on), &on["next_on"]), (0, &json!("2026-03-14")));
}

#[actix_web::test]
async fn the_day_is_that_of_its_author() {
    let desk = Desk::new().await;
    desk.app.sql(&format!("UPDATE accounts SET time_zone = 'Pacific/Auckland' WHERE id = '{}'", desk.account));
    desk.app.at("2026-03-02T12:30:00Z");
    // It is the third there already.
    assert_eq!(desk.scored(&desk.question("lazy-querysets"), 3).await["due_on"], "2026-03-05");
}

#[actix_web::test]
async fn home_says_what_comes_back_today() {
    let mut desk = Desk::new().await;
    desk.scored(&desk.question("lazy-querysets"), 3).await;
    assert_eq!(desk.program.get(&desk.api("/home")).await.is(200).json()["practice_due"], 0);
    desk.later(TimeDelta::days(2));
    assert_eq!(desk.program.get(&desk.api("/home")).await.is(200).json()["practice_due"], 1);
    desk.browser.get(&desk.page("")).await.is(200).shows("1 question comes back today");
}
