//! Guided feedback after a practice of the board: card, decision and draft of the report on one page, or nothing of them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{DOORS, Door, Practice};
use crate::doors::bodies;
use crate::support::{Response, merge};

/// A booking whose first half was held: Ravi led, Noa practised.
struct Held {
    practice: Practice,
    interview: String,
}

impl Held {
    async fn new(with_third: bool) -> Self {
        let practice = Practice::new().await;
        let offer = practice.offer(Door::Program, practice.noa, 24).await;
        practice.book(Door::Program, practice.ravi, &offer).await.is(200);
        let interview = practice.app.text(&format!("SELECT interview_id FROM practice_offers WHERE id = '{offer}'"));
        let held = Held { practice, interview };
        if with_third {
            let seat = json!({"account_id": held.practice.world.interviewer, "seat": "interviewer"});
            held.practice.app.token(held.practice.world.lead).post_json(&held.api("/seats"), seat).await.is(201);
        }
        held.practice.app.advance(TimeDelta::hours(24));
        held
    }

    fn api(&self, rest: &str) -> String {
        self.practice.world.api(&format!("/interviews/{}{rest}", self.interview))
    }

    fn page(&self, rest: &str) -> String {
        self.practice.world.page(&format!("/interviews/{}{rest}", self.interview))
    }

    async fn room(&self, phase: &str) {
        self.practice.app.token(self.practice.ravi).put_json(&self.api("/room"), json!({"phase": phase})).await.is(200);
    }

    /// As Ravi.
    async fn give(&self, door: Door, version: i64, feedback: &Value) -> Response {
        let app = &self.practice.app;
        match door {
            Door::Program => app.token(self.practice.ravi).if_match(version).put_json(&self.api("/peer-feedback"), feedback).await,
            Door::Page => {
                let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let mut fields = vec![("version".to_owned(), version.to_string())];
                for (name, value) in feedback.as_object().unwrap() {
                    match value.as_array() {
                        Some(areas) => fields.extend(
                            areas
                                .iter()
                                .enumerate()
                                .flat_map(|(i, area)| ["value", "seen"].map(|part| (format!("areas.{i}.{part}"), text(&area[part])))),
                        ),
                        None => fields.push((name.clone(), text(value))),
                    }
                }
                app.signed_in(self.practice.ravi).post_form(&self.page("/feedback"), fields).await
            }
        }
    }

    /// Cards that are in, decisions, reports.
    fn written(&self) -> [i64; 3] {
        ["scorecards WHERE submitted_at IS NOT NULL", "decisions", "reports"]
            .map(|what| self.practice.app.count(&format!("SELECT count(*) FROM {what}")))
    }
}

#[actix_web::test]
async fn one_guided_page_hands_the_card_in_decides_and_drafts_the_report() {
    for door in DOORS {
        let held = Held::new(false).await;
        let Practice { app, world, noa, ravi } = &held.practice;
        held.room("live").await;
        let note = json!({"id": uuid::Uuid::now_v7(), "sign": "strength", "area": 1, "text": "Counted the queries first."});
        app.token(*ravi).if_match(0).once().patch_json(&held.api("/scorecard"), json!({"evidence": [note]})).await.is(200);
        held.give(door, 1, &bodies::feedback()).await.is(409);
        held.room("ended").await;
        app.signed_in(*ravi).get(&held.page("/room")).await.is(200).shows("Your feedback is next").shows("Give feedback");
        app.signed_in(*ravi).get(&world.page("/peer-practice")).await.is(200).shows("Feedback that waits for you").shows("Noa Keller");
        app.signed_in(*noa).get(&world.page("/peer-practice")).await.is(200).hides("Feedback that waits for you");
        app.signed_in(*ravi).get(&held.page("/feedback")).await.is(200).shows("Counted the queries first.").shows("You said …");
        let asked = app.token(*ravi).get(&held.api("/peer-feedback")).await.is(200).json();
        assert_eq!((&asked["version"], &asked["areas"][0]["notes"]), (&json!(1), &json!(["Counted the queries first."])));
        for (who, status) in [(*noa, 403), (world.lead, 403), (world.interviewer, 404)] {
            app.token(who).get(&held.api("/peer-feedback")).await.is(status);
            app.signed_in(who).get(&held.page("/feedback")).await.is(status);
        }

        // A note of the room carries a score without more words; where there is none, words are asked for.
        let area = |area: u8, value: Value, seen: &str| json!({"area": area, "value": value, "seen": seen});
        let areas = json!([
            area(1, json!(5), ""),
            area(2, json!(2), "You guessed at the index."),
            area(3, json!("not_asked"), ""),
            area(4, json!(3), "I followed each step."),
            area(5, json!(3), "You named two risks."),
        ]);
        let feedback = merge(bodies::feedback(), json!({"areas": areas, "outcome": "not_yet"}));
        let mut bare = feedback.clone();
        bare["areas"][1]["seen"] = json!(" ");
        let refused = held.give(door, 1, &bare).await.refuses("areas.1.seen");
        let named = held.give(door, 1, &merge(feedback.clone(), json!({"went_well": "Ravi Nair liked it."}))).await.refuses("went_well");
        held.give(door, 1, &merge(feedback.clone(), json!({"outcome": null}))).await.refuses("outcome");
        if door == Door::Page {
            assert_eq!(
                (refused.typed("try_next"), named.typed("went_well")),
                (Some("Say the number.".into()), Some("Ravi Nair liked it.".into()))
            );
            assert_eq!(refused.typed("areas.4.seen"), Some("You named two risks.".into()));
        }
        let stale = held.give(door, 0, &feedback).await.is(412);
        assert!(door == Door::Program || stale.typed("areas.1.seen") == Some("You guessed at the index.".into()));
        assert_eq!(held.written(), [0, 0, 0], "all of it or nothing");

        let done = held.give(door, 1, &feedback).await;
        match door {
            Door::Program => assert_eq!(done.is(200).json()["report_version"], 1),
            Door::Page => assert_eq!(done.leads(), held.page("/report/preview")),
        }
        assert_eq!(held.written(), [1, 1, 1]);
        let card = app.token(*ravi).get(&held.api("/scorecard")).await.is(200).json();
        let notes: Vec<_> = card["evidence"].as_array().unwrap().iter().map(|note| (note["area"].clone(), note["sign"].clone())).collect();
        assert!(notes.contains(&(json!(2), json!("concern"))) && notes.len() == 4, "{notes:?}");
        assert_eq!((&card["areas"][2]["value"], &card["next_step"]), (&json!("not_asked"), &json!("Say the number.")));
        let debrief = app.token(*ravi).get(&held.api("/debrief")).await.is(200).json();
        let decision = &debrief["decisions"][0];
        assert_ne!(debrief["proposal"]["outcome"], "not_yet");
        assert_eq!((&decision["outcome"], &decision["override_reason"]), (&json!("not_yet"), &json!("One gap in four areas.")));

        held.give(door, 1, &feedback).await.is(409).shows("Your feedback is in");
        app.signed_in(*ravi).get(&held.page("/feedback")).await.is(200).shows("Look at the report");
        app.signed_in(*ravi).get(&world.page("/peer-practice")).await.is(200).hides("Feedback that waits for you");
        // Nothing reaches the other before the report is looked at and given, as any report is.
        app.token(*noa).get(&held.api("/report")).await.is(404);
        app.signed_in(*ravi).get(&held.page("/report/preview")).await.is(200).shows("You asked first.").hides("Ravi Nair liked");
        app.token(*ravi).put_json(&held.api("/report/release"), json!({"version": 1})).await.is(200);
        app.token(*noa).put_json(&held.api("/self-scores"), json!({"skipped": true})).await.is(200);
        let report = app.token(*noa).get(&held.api("/report")).await.is(200).json();
        assert_eq!(
            (&report["strengths"][0]["text"], &report["next_steps"][0]["text"]),
            (&json!("You asked first."), &json!("Say the number."))
        );
        assert!(report["areas"][0]["numbers"].is_null(), "in words");
    }
}

#[actix_web::test]
async fn while_another_card_is_owed_only_the_card_is_handed_in_and_a_planned_mock_has_no_guided_page() {
    let held = Held::new(true).await;
    let Practice { app, world, ravi, .. } = &held.practice;
    held.room("live").await;
    held.room("ended").await;
    let given = held.give(Door::Program, 0, &bodies::feedback()).await.is(200).json();
    assert_eq!((&given["report_version"], held.written()), (&Value::Null, [1, 0, 0]));
    app.signed_in(*ravi).get(&held.page("/feedback")).await.is(200).shows("Your feedback is in").hides("Look at the report");

    // Whoever leads a mock that a lead has planned writes a scorecard.
    let seats = json!([{"account_id": world.interviewer, "seat": "lead_interviewer"}]);
    let planned = world.interview(app, json!({"mode": "mock", "seats": seats})).await;
    let path = format!("/interviews/{planned}/peer-feedback");
    app.token(world.interviewer).get(&world.api(&path)).await.is(404);
    app.token(world.interviewer).if_match(0).put_json(&world.api(&path), bodies::feedback()).await.is(404);
}
