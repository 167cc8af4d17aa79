//! Progress: only from three attempts on, with its interval, and as quick for many attempts as for few.

use serde_json::json;

use super::{Desk, scored_rows};

#[actix_web::test]
async fn an_area_says_nothing_before_three_attempts_and_then_with_its_interval() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let area = usize::from(question.areas[0]) - 1;
    scored_rows(&desk, &question, &[(60, 2), (30, 3)]);
    let two = desk.program.get(&desk.api("/practice/progress?level=mid")).await.is(200).json()["areas"][area].clone();
    assert_eq!(
        (&two["attempts"], &two["mean"], &two["change"], &two["readiness"]),
        (&json!(2), &json!(null), &json!(null), &json!("not_enough"))
    );
    desk.browser.get(&desk.page("/practice/progress?level=mid")).await.is(200).shows("2 of 3 attempts; one more").hides("Where you stand");
    scored_rows(&desk, &question, &[(0, 4)]);
    let three = desk.program.get(&desk.api("/practice/progress?level=mid")).await.is(200).json();
    let found = &three["areas"][area];
    assert_eq!((&found["mean"]["value"], &three["attempts"], &three["recent"]), (&json!(3.0), &json!(3), &json!(1)));
    // A point in thirty days, exactly on a line.
    assert!((found["change"]["value"].as_f64().unwrap() - 1.0).abs() < 1e-6, "{found}");
    assert!(found["change"]["low"].as_f64().unwrap() < 1.0);
    // Neither a month's mean nor that of the desk stands without its interval.
    let months = found["months"].as_array().unwrap();
    assert_eq!(months.len(), 2, "January and March: {found}");
    assert!(months.iter().all(|month| month["mean"].is_null() && month["reason"].as_str().unwrap().contains("of 3 attempts")), "{found}");
    let weak = desk.program.get(&desk.api("/practice")).await.is(200).json()["weak_areas"].clone();
    assert_eq!((&weak[0]["mean"], &weak[0]["reason"]), (&found["mean"], &json!(null)), "{weak}");
    assert!(weak[1]["mean"].is_null() && weak[1]["reason"].as_str().unwrap().starts_with("0 of 3 attempts"), "{weak}");
    desk.browser.get(&desk.page("/practice")).await.is(200).shows("3.0 (1.0 to 5.0)");
    desk.browser.get(&desk.page("/practice/progress?level=mid")).await.is(200).shows("2 of 3 attempts").shows("+1.0 in 30 days (");
    let topics = three["topics"].as_array().unwrap();
    assert_eq!(topics.len(), 11);
    let orm = topics.iter().find(|topic| topic["topic"] == "orm").unwrap();
    assert_eq!((&orm["attempts"], &orm["questions"]), (&json!(3), &json!(1)));
    desk.browser.get(&desk.page("/practice/progress?level=mid")).await.is(200).shows("Where you stand").shows("2 of 11 practised");
    desk.program.get(&desk.api("/practice/progress?level=expert")).await.is(422);
    desk.browser.get(&desk.page("/practice/progress?level=expert")).await.is(200);
}

#[actix_web::test]
async fn every_page_asks_as_often_with_two_thousand_attempts_as_with_twenty() {
    let desk = Desk::new().await;
    let questions: Vec<_> = desk.version().questions.iter().take(10).cloned().collect();
    for question in &questions {
        scored_rows(&desk, question, &[(3, 3), (4, 3)]);
    }
    let one = desk.app.text("SELECT id FROM practice_attempts ORDER BY scored_at DESC, id LIMIT 1");
    let side = format!("/attempts/{one}/side-by-side");
    let plan = json!({"towards": "2026-06-01", "weekdays": ["monday", "thursday"], "minutes": 30, "level": "mid"});
    desk.program.put_json(&desk.api("/practice/plan"), plan).await.is(200);
    let pages = ["/practice", "/practice/progress", "/practice/plan", "/attempts", &side, ""];
    let cost = async || {
        let mut sent = Vec::new();
        for page in pages {
            desk.browser.get(&desk.page(page)).await.is(200);
            let (answer, queries) = desk.app.queries(desk.browser.get(&desk.page(page))).await;
            answer.is(200);
            sent.push(queries.len());
        }
        sent
    };
    let few = cost().await;
    for question in &questions {
        let rows: Vec<(i64, u8)> = (0..198).map(|n| (n, (n % 5) as u8 + 1)).collect();
        scored_rows(&desk, question, &rows);
    }
    assert_eq!(desk.app.count("SELECT count(*) FROM practice_attempts"), 2_000);
    assert_eq!(cost().await, few);
    eprintln!("queries of the desk, progress, plan, attempts, two side by side, home: {few:?}");
    assert!(few[..5].iter().all(|queries| *queries <= 24), "{few:?}");
}

#[actix_web::test]
async fn what_one_practises_is_one_record_wherever_it_was_made() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    desk.scored(&question, 3).await;
    let own = desk.app.text(&format!(
        "SELECT team_id FROM memberships m JOIN teams t ON t.id = m.team_id WHERE t.personal AND account_id = '{}'",
        desk.account
    ));
    let there = desk.program.get(&format!("/api/v1/teams/{own}/attempts")).await.is(200).json();
    assert_eq!((&there["items"][0]["title"], &there["items"][0]["team_id"]), (&json!(question.title), &json!(desk.team)));
    assert_eq!(desk.program.get(&format!("/api/v1/teams/{own}/practice/progress")).await.is(200).json()["attempts"], 1);
    let id = there["items"][0]["id"].as_str().unwrap();
    desk.program.get(&format!("/api/v1/teams/{own}/attempts/{id}")).await.is(404);
    // Who leaves a team keeps their own words and can no longer open the team's question there.
    desk.app.sql(&format!("UPDATE memberships SET removed_at = now() WHERE team_id = '{}' AND account_id = '{}'", desk.team, desk.account));
    let left = desk.program.get(&format!("/api/v1/teams/{own}/attempts")).await.is(200).json();
    assert!(left["items"][0]["team_id"].is_null(), "{left}");
    desk.browser.get(&format!("/teams/{own}/attempts")).await.is(200).shows("in a team you have left");
}
