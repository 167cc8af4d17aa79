//! The plan: made by either door, worked out anew from what was practised, and taken along as a calendar.

use chrono::TimeDelta;
use fivefold::policy::Mode;
use serde_json::{Value, json};

use super::{Desk, scored_rows};
use crate::support::{Interview, merge};

/// Every day of the next week, from Monday 2 March on.
fn week() -> Value {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    json!({"towards": "2026-03-09", "weekdays": days, "minutes": 40, "begins_at": "07:30", "level": "mid"})
}

/// The same as a form sends it.
fn form(plan: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let fields = plan.as_object().unwrap().iter().flat_map(|(name, value)| match value {
        Value::Array(items) => items.iter().map(|item| (name.clone(), text(item))).collect::<Vec<_>>(),
        Value::Null => Vec::new(),
        one => vec![(name.clone(), text(one))],
    });
    fields.collect()
}

async fn read(desk: &Desk) -> Value {
    desk.program.get(&desk.api("/practice/plan")).await.is(200).json()
}

fn items(plan: &Value) -> Vec<Value> {
    plan["days"].as_array().unwrap().iter().flat_map(|day| day["items"].as_array().unwrap().clone()).collect()
}

#[actix_web::test]
async fn a_plan_is_made_and_changed_by_either_door_and_shows_today_first() {
    let desk = Desk::new().await;
    desk.program.get(&desk.api("/practice/plan")).await.is(404);
    let empty = desk.browser.get(&desk.page("/practice/plan")).await.is(200).shows("No plan yet");
    assert_eq!((empty.typed("minutes"), empty.typed("begins_at")), (Some("30".into()), Some("18:00".into())));
    desk.program.delete(&desk.api("/practice/plan")).await.is(204);

    let wrong = json!({"towards": "2026-03-02", "weekdays": [], "minutes": 5, "begins_at": "late", "level": "mid"});
    let refused = desk.browser.post_form(&desk.page("/practice/plan"), form(&wrong)).await;
    let refused = refused.refuses("towards").refuses("weekdays").refuses("minutes").refuses("begins_at");
    assert_eq!(refused.typed("begins_at"), Some("late".into()));
    desk.program.put_json(&desk.api("/practice/plan"), &wrong).await.refuses("towards").refuses("minutes");
    assert_eq!(desk.app.count("SELECT count(*) FROM practice_plans"), 0);

    assert_eq!(desk.browser.post_form(&desk.page("/practice/plan"), form(&week())).await.leads(), desk.page("/practice/plan"));
    let plan = read(&desk).await;
    assert_eq!((&plan["basis"], &plan["minutes"], &plan["begins_at"]), (&json!("evenly"), &json!(40), &json!("07:30")));
    // All five areas and, with them or after them, all eleven topics, before anything again.
    let areas: Vec<i64> = items(&plan).iter().filter_map(|item| item["area"].as_i64()).take(5).collect();
    assert_eq!(areas, [1, 2, 3, 4, 5]);
    assert_eq!(plan["no_room"], json!({"areas": [], "topics": []}));
    assert_eq!(plan["days"][6]["on"], "2026-03-08");
    let last: Vec<&str> = plan["days"][6]["items"].as_array().unwrap().iter().map(|item| item["task"].as_str().unwrap()).collect();
    assert_eq!((&plan["days"][6]["light"], last), (&json!(true), vec!["collect_proof", "collect_questions", "rest"]));
    for day in plan["days"].as_array().unwrap() {
        assert!(day["minutes"].as_i64().unwrap() <= 40, "{day}");
    }
    let page = desk.browser.get(&desk.page("/practice/plan")).await.is(200).shows("Today").shows("all five get the same");
    let text = page.text();
    assert!(text.find(">Today<").unwrap() < text.find("Tue 3 Mar 2026").unwrap(), "today first");
    // Before its score, nothing is said of a question but that it is one.
    assert!(!text.contains(&desk.question("lazy-querysets").title));

    // Each item begins its attempt.
    let first = items(&plan).into_iter().find(|item| item["task"] == "area").unwrap();
    let begin = [("pick", "set"), ("level", "mid")].map(|(name, value)| (name, value.to_owned()));
    let ids = ["question_set_version_id", "question_id"].map(|name| (name, first[name].as_str().unwrap().to_owned()));
    let attempt = desk.browser.post_form(&desk.page("/attempts"), [begin, ids].concat()).await.leads();
    desk.browser.get(&attempt).await.is(200);

    // New questions are of one set, if one wants that, and of none that is not open.
    let sets = plan["choices"]["sets"].as_array().unwrap();
    let django = sets.iter().find(|set| set["name"].as_str().unwrap().contains("Django")).unwrap();
    let one =
        desk.program.put_json(&desk.api("/practice/plan"), merge(week(), json!({"question_set_id": django["id"]}))).await.is(200).json();
    let versions: std::collections::BTreeSet<String> =
        items(&one).iter().filter_map(|item| Some(item["question_set_version_id"].as_str()?.to_owned())).collect();
    assert_eq!(versions.into_iter().collect::<Vec<_>>(), std::slice::from_ref(&desk.set));
    let closed = merge(week(), json!({"question_set_id": uuid::Uuid::nil()}));
    desk.program.put_json(&desk.api("/practice/plan"), &closed).await.refuses("question_set_id");
    desk.browser.post_form(&desk.page("/practice/plan"), form(&closed)).await.refuses("question_set_id");

    // However far the day is, each day until then has something to do.
    let far = merge(week(), json!({"towards": "2026-04-30", "minutes": 60}));
    let far = desk.program.put_json(&desk.api("/practice/plan"), far).await.is(200).json();
    let days = far["days"].as_array().unwrap();
    assert_eq!(days.len(), 59, "{days:?}");
    let filled = |day: &Value| (45..=60).contains(&day["minutes"].as_i64().unwrap());
    assert!(days[..58].iter().all(filled), "{days:?}");
    let again = items(&far).into_iter().find(|item| item["task"] == "again").unwrap();
    assert!(again["question_id"].is_string() && again["text"].as_str().unwrap().starts_with("A question on "), "{again}");
    desk.browser.get(&desk.page("/practice/plan")).await.is(200).shows("again, ");
    let file = desk.browser.get(&desk.page("/practice/plan/calendar.ics")).await.is(200).text();
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 59);

    let id = plan["id"].clone();
    let changed = desk.program.put_json(&desk.api("/practice/plan"), merge(week(), json!({"minutes": 60}))).await.is(200).json();
    assert_eq!((&changed["id"], &changed["minutes"]), (&id, &json!(60)));
    desk.browser.get(&desk.page("/practice")).await.shows("Your plan");
    assert_eq!(desk.browser.post_form(&desk.page("/practice/plan/removal"), [("", "")]).await.leads(), desk.page("/practice"));
    desk.program.get(&desk.api("/practice/plan")).await.is(404);
}

#[actix_web::test]
async fn what_is_done_is_ticked_by_itself_and_a_day_that_passed_moves_on() {
    let mut desk = Desk::new().await;
    desk.program.put_json(&desk.api("/practice/plan"), week()).await.is(200);
    let before = read(&desk).await;
    let first = items(&before).into_iter().find(|item| item["task"] == "area").unwrap();
    let question = desk.version().questions.iter().find(|question| json!(question.id) == first["question_id"]).cloned();
    // The first may be of another built-in set.
    let question = question.unwrap_or_else(|| desk.question("lazy-querysets"));
    desk.scored(&question, 2).await;
    let after = read(&desk).await;
    assert_eq!((&after["done_today"][0]["title"], &after["answers"]), (&json!(question.title), &json!(1)));
    let today = |plan: &Value| plan["days"][0]["minutes"].as_i64().unwrap();
    assert!(today(&after) + i64::from(question.minutes) + 5 <= 40, "{after}");
    assert!(items(&after).iter().all(|item| item["question_id"] != json!(question.id)), "it has had its time today");
    desk.browser.get(&desk.page("/practice/plan")).await.shows(&question.title).shows("So far one answer on one day.");

    desk.later(TimeDelta::days(3));
    let later = read(&desk).await;
    // What came back goes first; what two empty days held is in the days to come.
    assert_eq!((&later["days"][0]["items"][0]["task"], &later["days_passed"]), (&json!("due"), &json!(2)));
    assert_eq!((&later["today"], &later["done_today"]), (&json!("2026-03-05"), &json!([])));
    let page = desk.browser.get(&desk.page("/practice/plan")).await.is(200);
    page.shows("What earlier days held is in the days to come; nothing is lost.").shows(&question.title).hides("missed").hides("streak");
    // A pause asks nothing.
    desk.program.put_json(&desk.api("/practice/schedule"), json!({"daily": 5, "paused": true})).await.is(200);
    assert!(items(&read(&desk).await).iter().all(|item| item["task"] != "due"));

    desk.later(TimeDelta::days(5));
    assert_eq!(read(&desk).await["days"], json!([]));
    desk.browser.get(&desk.page("/practice/plan")).await.is(200).shows("The day has come.");
    // A new one begins from nothing.
    let again = desk.program.put_json(&desk.api("/practice/plan"), merge(week(), json!({"towards": "2026-03-20"}))).await.is(200).json();
    assert!(again["id"] != before["id"] && again["answers"] == 0, "{again}");
}

#[actix_web::test]
async fn weak_areas_come_first_where_enough_is_known_and_what_one_brings_has_its_place() {
    let desk = Desk::new().await;
    let weak = desk.question("slow-endpoint");
    scored_rows(&desk, &weak, &[(9, 1), (8, 2), (7, 1)]);
    let own = json!({"basics": {"name": "Cleo"}, "skills": [{"name": "Kafka"}]});
    desk.program.if_match(0).put_json("/api/v1/me/resume", own).await.is(200);
    desk.program.post_json("/api/v1/me/proofs", json!({"kind": "app", "title": "Depot", "url": "https://depot.example.org"})).await.is(201);
    desk.program.post_json("/api/v1/me/questions-to-ask", json!({"theme": "scale"})).await.is(201);
    let plan = desk.program.put_json(&desk.api("/practice/plan"), week()).await.is(200).json();
    assert_eq!((&plan["basis"], &plan["areas"][0]["area"]), (&json!("weak_areas"), &json!(weak.areas[0])));
    assert!(plan["areas"][0]["reason"].as_str().unwrap().contains("from 3 attempts"), "{}", plan["areas"]);
    let all = items(&plan);
    assert_eq!(all.iter().find_map(|item| item["area"].as_i64()), Some(i64::from(weak.areas[0])));
    let with = |task: &str| {
        all.iter().filter(|item| item["task"] == task).map(|item| item["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(with("claim"), ["Explain aloud, from your résumé: Kafka"]);
    assert_eq!(
        (with("proof"), with("questions")),
        (vec!["Look through what you can show: one thing".to_owned()], vec!["Say aloud what you want to ask: one question".to_owned()])
    );
    assert!(with("collect_proof").is_empty() && with("collect_questions").is_empty());
    // Topics that were met wait no more.
    let topics: Vec<&str> = all.iter().filter_map(|item| item["topic"].as_str()).collect();
    assert!(weak.topics.iter().all(|topic| !topics.contains(&topic.as_str())), "{topics:?}");
}

#[actix_web::test]
async fn the_day_of_ones_own_interview_can_be_taken_and_nobody_elses() {
    let desk = Desk::new().await;
    let interview = Interview::planned(&desk.app, &desk.world, Mode::Hiring);
    let day = desk.app.text(&format!("SELECT (starts_at AT TIME ZONE 'UTC')::date FROM interviews WHERE id = '{}'", interview.id));
    desk.app.sql(&format!("UPDATE interviews SET starts_at = starts_at + interval '6 days' WHERE id = '{}'", interview.id));
    let wish = merge(week(), json!({"towards": null, "interview_id": interview.id}));
    let (program, browser) = (desk.app.token(interview.candidate), desk.app.signed_in(interview.candidate));
    // One of today is none to plan towards, and neither is one that began before its time.
    let today = interview.again(&desk.app, &desk.world, Mode::Hiring, desk.app.now() + TimeDelta::hours(3));
    let begun = interview.again(&desk.app, &desk.world, Mode::Hiring, desk.app.now() + TimeDelta::days(2));
    desk.app.sql(&format!(
        "INSERT INTO rooms (team_id, interview_id, driver_id, started_at, started_by, last_seq)
            VALUES ('{}', '{}', '{lead}', now(), '{lead}', 0)",
        desk.team,
        begun.id,
        lead = interview.lead_interviewer
    ));
    for other in [&today, &begun] {
        let wish = merge(wish.clone(), json!({"interview_id": other.id}));
        program.put_json(&desk.api("/practice/plan"), &wish).await.refuses("interview_id");
        browser.get(&desk.page("/practice/plan")).await.is(200).hides(&other.id.to_string());
    }
    let page = browser.get(&desk.page("/practice/plan")).await.is(200).shows("Your interview on");
    assert_eq!(page.typed("interview_id"), Some(interview.id.to_string()));
    let at =
        desk.app.text(&format!("SELECT to_char(starts_at AT TIME ZONE 'UTC', 'HH24:MI') FROM interviews WHERE id = '{}'", interview.id));
    page.shows(&format!("{at} ("));
    browser.post_form(&desk.page("/practice/plan"), form(&wish)).await.leads();
    let plan = program.get(&desk.api("/practice/plan")).await.is(200).json();
    assert!(plan["towards"].as_str().unwrap() > day.as_str(), "{plan}");
    assert_eq!(plan["choices"]["interviews"][0]["id"], json!(interview.id));
    browser.get(&desk.page("/practice/plan")).await.hides("Your next interview here is");
    // It is moved: the plan says so, and changes nothing by itself.
    desk.app.sql(&format!("UPDATE interviews SET starts_at = starts_at + interval '1 day' WHERE id = '{}'", interview.id));
    browser.get(&desk.page("/practice/plan")).await.shows("Your next interview here is");
    desk.app.sql(&format!("UPDATE interviews SET cancelled_at = now() WHERE id = '{}'", interview.id));
    program.put_json(&desk.api("/practice/plan"), &wish).await.refuses("interview_id");
    desk.app.token(desk.world.lead).put_json(&desk.api("/practice/plan"), &wish).await.refuses("interview_id");
}

#[actix_web::test]
async fn the_calendar_holds_an_event_a_day_in_ones_own_zone_under_names_that_stay() {
    let mut desk = Desk::new().await;
    desk.app.sql(&format!("UPDATE accounts SET time_zone = 'Europe/Berlin' WHERE id = '{}'", desk.account));
    (desk.program, desk.browser) = (desk.app.token(desk.account), desk.app.signed_in(desk.account));
    desk.program.get(&desk.api("/practice/plan/calendar.ics")).await.is(404);
    desk.program.put_json(&desk.api("/practice/plan"), week()).await.is(200);
    let file = desk.program.get(&desk.api("/practice/plan/calendar.ics")).await.is(200);
    assert!(file.header("Content-Disposition").contains("practice.ics") && file.header("Content-Type").starts_with("text/calendar"));
    let text = file.text();
    assert_eq!((text.matches("BEGIN:VEVENT").count(), text.matches("BEGIN:VTIMEZONE").count()), (7, 1), "{text}");
    assert!(text.contains("DTSTART;TZID=Europe/Berlin:20260303T073000\r\n"), "{text}");
    let uids = |text: &str| text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect::<Vec<_>>();
    let sequence = |text: &str| text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")?.trim().parse::<u32>().ok()).unwrap();
    desk.later(TimeDelta::hours(2));
    desk.program.put_json(&desk.api("/practice/plan"), merge(week(), json!({"begins_at": "08:00"}))).await.is(200);
    let newer = desk.browser.get(&desk.page("/practice/plan/calendar.ics")).await.is(200).text();
    assert_eq!(uids(&newer), uids(&text));
    assert!(sequence(&newer) > sequence(&text), "{newer}");
    assert!(!newer.contains(&desk.question("lazy-querysets").prompt));
}
