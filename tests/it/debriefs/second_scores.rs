//! R7: a score given after the talk is a second field. It never overwrites the first, and the shift is shown.

use fivefold::policy::Mode;
use serde_json::{Value, json};

use super::{debrief, over, page, scores, shown};
use crate::scorecards::Panel;

fn area(debrief: &Value, number: u8, name: &str) -> Value {
    let area = debrief["areas"].as_array().unwrap().iter().find(|area| area["area"] == number).unwrap();
    area["scores"].as_array().unwrap().iter().find(|score| score["name"] == name).unwrap().clone()
}

async fn amend(panel: &Panel, number: u8, value: u8, reason: &str) {
    let body = json!({"areas": [{"area": number, "value": value}], "reason": reason});
    panel.as_(panel.first).post_json(&panel.api("/scorecard/revisions"), body).await.is(201);
}

#[actix_web::test]
async fn a_score_after_the_debrief_stands_beside_the_first_and_changes_no_figure() {
    let panel = over(Mode::Hiring).await;
    scores(&panel, panel.first, [2, 3, 3, 3, 3]).await;
    scores(&panel, panel.second, [4, 3, 3, 3, 3]).await;
    let before = debrief(&panel).await;
    assert_eq!(area(&before, 1, "Fia First")["later"], Value::Null);

    panel.app.advance(chrono::TimeDelta::minutes(5));
    let form = [("areas.0.value", "4"), ("reason", "Sam heard the order, I did not.")];
    panel.app.signed_in(panel.first).post_form(&page(&panel, "/scorecard/revisions"), form).await.leads();
    let after = debrief(&panel).await;
    let mine = area(&after, 1, "Fia First");
    let given_at = panel.app.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(mine["value"], 2, "the first is as it was");
    let later = json!({"value": 4, "reason": "Sam heard the order, I did not.", "given_at": given_at, "after_debrief": true, "others_visible": true});
    assert_eq!(mine["later"], later);
    for figure in ["proposal", "recommendations"] {
        assert_eq!(before[figure], after[figure], "{figure} rests on what was given blind");
    }
    for figure in ["spread", "median", "mean"] {
        assert_eq!(before["areas"][0][figure], after["areas"][0][figure], "{figure}");
    }
    // Everybody who may read the debrief reads the shift.
    let shift =
        regex::Regex::new(r#"Score </span>2</span> <span class="meta">then</span> <span[^>]*><span class="sr">Score </span>4<"#).unwrap();
    for reader in [panel.first, panel.second, panel.observer, panel.world.lead] {
        let text = shown(&panel, reader).await.is(200).shows("After the debrief opened").shows("Sam heard the order").text();
        assert!(shift.is_match(&text), "{text}");
    }
}

#[actix_web::test]
async fn each_area_shows_the_amendment_that_moved_it() {
    let panel = over(Mode::Hiring).await;
    scores(&panel, panel.first, [3, 3, 3, 3, 3]).await;
    amend(&panel, 1, 4, "I had mistyped it.").await;
    panel.app.advance(chrono::TimeDelta::minutes(5));
    scores(&panel, panel.second, [3, 3, 3, 3, 3]).await;
    amend(&panel, 2, 2, "Sam saw more.").await;
    amend(&panel, 3, 4, "A slip.").await;
    amend(&panel, 3, 3, "It was right before.").await;

    let open = debrief(&panel).await;
    let later = |number| area(&open, number, "Fia First")["later"].clone();
    assert_eq!(
        (&later(1)["reason"], &later(1)["after_debrief"], &later(1)["others_visible"]),
        (&json!("I had mistyped it."), &json!(false), &json!(false))
    );
    assert_eq!((&later(2)["reason"], &later(2)["after_debrief"]), (&json!("Sam saw more."), &json!(true)));
    assert_eq!(later(3), Value::Null, "it stands where it stood");
    assert_eq!(later(4), Value::Null);
    shown(&panel, panel.second).await.is(200).shows("Amended before others’ cards were in view");
}
