//! How one sees oneself: percentages against what came out, own scores against what released reports say.

use fivefold::policy::Mode;
use serde_json::{Value, json};

use super::{Desk, scored_rows};
use crate::support::Interview;

/// To listen for, in these tests.
const POINTS: usize = 4;

async fn honesty(desk: &Desk) -> Value {
    desk.program.get(&desk.api("/practice/progress?level=mid")).await.is(200).json()["honesty"].clone()
}

/// Compares every attempt that is not yet: so many of four points found, and this percentage said before.
fn compared(desk: &Desk, heard: usize, said: u8) {
    let places: Vec<usize> = (0..heard).collect();
    desk.app.sql(&format!(
        "UPDATE practice_attempts SET would_pass = {said}, compared = '{}' WHERE compared IS NULL",
        json!({"heard": places, "signs": [], "points": POINTS})
    ));
}

#[actix_web::test]
async fn percentages_are_judged_from_ten_compared_answers_by_score_and_points_together() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let asked =
        desk.program.get(&desk.api("/practice/progress?level=mid")).await.json()["areas"][usize::from(question.areas[0]) - 1]["expected"]
            .as_u64()
            .unwrap() as u8;
    // Good enough and half of the points: passed. One point too few, or one level too low: not.
    scored_rows(&desk, &question, &[(1, asked), (2, 5), (3, asked)]);
    compared(&desk, 2, 80);
    scored_rows(&desk, &question, &[(4, 5), (5, asked)]);
    compared(&desk, 1, 80);
    scored_rows(&desk, &question, &[(6, asked - 1), (7, asked - 1), (8, asked - 1), (9, asked - 1)]);
    compared(&desk, 4, 100);
    // Without a comparison it does not count.
    scored_rows(&desk, &question, &[(10, 5)]);
    let nine = honesty(&desk).await;
    assert_eq!((&nine["answers"], &nine["passed"], &nine["found"]), (&json!(9), &json!(3), &Value::Null));
    desk.browser.get(&desk.page("/practice/progress?level=mid")).await.is(200).shows("9 of 10 answers so far").hides("Your Brier score");
    compared(&desk, 4, 20);
    let found = honesty(&desk).await["found"].clone();
    let number = |name: &str| found[name].as_f64().unwrap();
    // Three of 80 that passed, two of 80 and four of 100 that did not, one of 20 that passed.
    let brier = (3.0 * 0.04 + 2.0 * 0.64 + 4.0 + 0.64) / 10.0;
    assert!((number("brier") - brier).abs() < 1e-9 && (number("baseline") - 0.24).abs() < 1e-9, "{found}");
    assert!((number("said") - 82.0).abs() < 1e-9 && (number("passed") - 40.0).abs() < 1e-9, "{found}");
    assert_eq!((&found["verdict"], found["bands"].as_array().unwrap().len()), (&json!("no_difference"), 2));
    // Of ten answers no difference is clear, however much higher the score is, unless its interval says so.
    let difference = &found["brier_difference"];
    assert!((difference["value"].as_f64().unwrap() - (brier - 0.24)).abs() < 1e-9, "{found}");
    let holds_zero = difference["low"].as_f64().unwrap() <= 0.0 && difference["high"].as_f64().unwrap() >= 0.0;
    assert_eq!(found["brier_verdict"], if holds_zero { "no_difference" } else { "says_less" });
    assert_eq!(found["bands"][1], json!({"from": 80, "to": 100, "answers": 9, "passed": 3}));
    let page = desk.browser.get(&desk.page("/practice/progress?level=mid")).await.is(200);
    page.shows("the difference is +0.36 (")
        .shows("No clear difference so far")
        .shows("0.60")
        .shows("0.24")
        .shows("3 of 9 passed")
        .shows("at least half of the points");
    // What the level asks is that of the pinned level, whatever the page is measured by.
    let senior = desk.program.get(&desk.api("/practice/progress?level=senior")).await.is(200).json()["honesty"].clone();
    assert_eq!(senior["found"], found);
}

/// A released report with these averages of area 1 to 5 beside the candidate's own scores.
fn reported(desk: &Desk, interview: &Interview, own: [u8; 5], totals: [u32; 5], content: &Value) {
    let own: serde_json::Map<String, Value> = (1..).zip(own).map(|(area, value): (u8, u8)| (area.to_string(), json!(value))).collect();
    let areas: Vec<Value> = (1..).zip(totals).map(|(area, total): (u8, u32)| json!({"area": area, "total": total, "cards": 2})).collect();
    let (team, id, lead, now) = (desk.team, interview.id, desk.world.lead, desk.app.now().to_rfc3339());
    let (own, figures) = (Value::Object(own), json!({"areas": areas, "outcome": null}));
    desk.app.sql(&format!(
        "INSERT INTO self_scores VALUES ('{team}', '{id}', '{own}', '{now}');
         INSERT INTO reports VALUES ('{team}', '{id}', 1, '{content}', '{figures}', '{lead}', '{now}');
         INSERT INTO report_releases (team_id, interview_id, number, version, content, figures, released_by, released_at)
            VALUES ('{team}', '{id}', 1, 1, '{content}', '{figures}', '{lead}', '{now}')"
    ));
}

#[actix_web::test]
async fn the_gap_to_interviewers_is_signed_and_comes_from_released_reports_that_show_their_averages() {
    let mut desk = Desk::new().await;
    let interview = Interview::planned(&desk.app, &desk.world, Mode::Hiring);
    desk.account = interview.candidate;
    desk.later(chrono::TimeDelta::zero());
    let gap = async |desk: &Desk| desk.program.get(&desk.api("/practice/progress")).await.is(200).json()["self_gap"].clone();
    let again = |desk: &Desk| interview.again(&desk.app, &desk.world, Mode::Hiring, desk.app.now());
    let shown = json!({"show_areas": true, "show_numbers": true});
    reported(&desk, &interview, [4, 3, 3, 3, 3], [6, 6, 6, 6, 6], &shown);
    reported(&desk, &again(&desk), [5, 3, 3, 3, 3], [7, 6, 6, 6, 6], &shown);
    // Averages that the report does not show cannot be told from a gap either.
    reported(&desk, &again(&desk), [1, 1, 1, 1, 1], [10, 10, 10, 10, 10], &json!({"show_areas": true, "show_numbers": false}));
    let withdrawn = again(&desk);
    reported(&desk, &withdrawn, [1, 1, 1, 1, 1], [10, 10, 10, 10, 10], &shown);
    desk.app.sql(&format!(
        "UPDATE report_releases SET withdrawn_at = now(), withdrawn_by = released_by WHERE interview_id = '{}'",
        withdrawn.id
    ));
    let unreleased = again(&desk);
    reported(&desk, &unreleased, [1, 1, 1, 1, 1], [10, 10, 10, 10, 10], &shown);
    desk.app.sql(&format!("DELETE FROM report_releases WHERE interview_id = '{}'", unreleased.id));
    let two = gap(&desk).await;
    assert_eq!((&two["interviews"], &two["all"], &two["areas"][0]["gap"]), (&json!(2), &Value::Null, &Value::Null), "{two}");
    assert_eq!((&two["areas"][0]["own"], &two["areas"][0]["given"]), (&Value::Null, &Value::Null), "no mean before its interval");
    assert!(two["areas"][0]["reason"].as_str().unwrap().starts_with("2 of 3 interviews"), "{two}");
    desk.browser.get(&desk.page("/practice/progress")).await.is(200).shows("2 of 3 interviews so far").shows("from 3 interviews on");
    reported(&desk, &again(&desk), [4, 3, 3, 3, 3], [6, 6, 6, 6, 6], &shown);
    let three = gap(&desk).await;
    let first = &three["areas"][0]["gap"];
    // Gaps of 1, 1.5 and 1 in the first area; a fifth of that over all five.
    assert!((first["value"].as_f64().unwrap() - 3.5 / 3.0).abs() < 1e-9 && first["low"].as_f64().unwrap() > 0.0, "{three}");
    assert!((three["all"]["value"].as_f64().unwrap() - 3.5 / 15.0).abs() < 1e-9, "{three}");
    assert_eq!((&three["areas"][1]["gap"]["value"], &three["areas"][0]["reason"]), (&json!(0.0), &Value::Null));
    let own = &three["areas"][0]["own"];
    assert!((own["value"].as_f64().unwrap() - 13.0 / 3.0).abs() < 1e-9 && own["low"].as_f64().unwrap() < 4.3, "{three}");
    desk.browser.get(&desk.page("/practice/progress")).await.is(200).shows("+1.2 (").shows("No clear difference");
    // Nobody else's interviews are one's own.
    let lead = desk.app.token(desk.world.lead).get(&desk.api("/practice/progress")).await.is(200).json();
    assert_eq!(lead["self_gap"], json!({"interviews": 0, "all": null, "areas": []}));
}
