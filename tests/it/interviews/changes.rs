//! Another time, no interview, nobody there: each through both doors.

use serde_json::{Value, json};

use super::both::{DOORS, Door, page, view};
use super::{ended, plan, started};
use crate::support::{App, World, merge};

fn schedule(changes: Value) -> Value {
    let slot = json!({"starts_at": "2026-03-05T14:00", "time_zone": "Asia/Kolkata", "minutes": 45, "extra_minutes": 15});
    merge(merge(slot, json!({"place": "Room 9", "reason": "The train is late."})), changes)
}

#[actix_web::test]
async fn an_interview_is_rescheduled_and_everybody_is_told_in_words_of_their_own() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        let before = app.mails().len();
        door.done(door.does(&app, &world, id, ("schedule", schedule(json!({})), 1)).await);
        let plan = view(&app, &world, id).await;
        let now = ["starts_at", "ends_at", "time_zone", "minutes", "extra_minutes", "place", "version"].map(|name| plan[name].clone());
        let start = json!("2026-03-05T08:30:00Z");
        assert_eq!(now, [start, json!("2026-03-05T09:30:00Z"), json!("Asia/Kolkata"), json!(45), json!(15), json!("Room 9"), json!(2)]);

        let mails = app.mails().split_off(before);
        let to: Vec<_> = mails.iter().map(|mail| mail.to_address.clone()).collect();
        let candidate = format!("{door:?}@example.com").to_lowercase();
        assert_eq!(to.len(), 3, "{to:?}");
        for mail in &mails {
            let to_candidate = mail.to_address == candidate;
            assert_eq!(mail.body_text.contains("The train is late."), !to_candidate, "the reason is the panel's: {}", mail.body_text);
            assert!(mail.body_text.contains("Thu 5 Mar 2026"), "{}", mail.body_text);
            assert!(mail.body_text.contains("Tue 3 Mar 2026"), "what was before is said: {}", mail.body_text);
        }
        page(&app, &world, id)
            .await
            .shows("Lena Lead rescheduled the interview")
            .shows("The train is late.")
            .shows("Tue 3 Mar 2026, 10:00 (UTC) → Thu 5 Mar 2026, 08:30 (UTC)")
            .shows("Planned in Berlin → Kolkata")
            .shows("60 min → 45 min and 15 extra")
            .shows("Place: none → Room 9");
    }
}

#[actix_web::test]
async fn what_is_left_away_of_a_new_schedule_stays_as_it_is() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"place": "Room 4", "extra_minutes": 10})).await;
    let path = world.api(&format!("/interviews/{id}/schedule"));
    let body = json!({"starts_at": "2026-03-04T09:00", "reason": "Ill."});
    let moved = app.token(world.lead).if_match(1).put_json(&path, body).await.is(200);
    assert_eq!(moved.header("ETag"), "\"2\"");
    let moved = moved.json();
    let kept = ["starts_at", "time_zone", "minutes", "extra_minutes", "place"].map(|name| moved[name].clone());
    assert_eq!(kept, [json!("2026-03-04T08:00:00Z"), json!("Europe/Berlin"), json!(60), json!(10), json!("Room 4")]);
}

#[actix_web::test]
async fn a_new_schedule_keeps_the_bounds_of_a_plan_and_loses_nothing_typed() {
    let app = App::new().await;
    let world = World::new(&app);
    let cases = [
        (json!({"starts_at": "soon"}), "starts_at"),
        (json!({"starts_at": "2026-03-01T08:00:00Z"}), "starts_at"),
        (json!({"starts_at": "2029-12-01T08:00:00Z"}), "starts_at"),
        (json!({"starts_at": "2026-03-29T02:30", "time_zone": "Europe/Berlin"}), "starts_at"),
        (json!({"time_zone": "Europe/Atlantis"}), "time_zone"),
        (json!({"minutes": 4}), "minutes"),
        (json!({"minutes": 481}), "minutes"),
        (json!({"extra_minutes": -1}), "extra_minutes"),
        (json!({"place": "x".repeat(501)}), "place"),
        (json!({"reason": " "}), "reason"),
        (json!({"reason": "x".repeat(501)}), "reason"),
    ];
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        let mails = app.mails().len();
        for (changes, field) in &cases {
            let body = schedule(merge(json!({"place": "Room \"9\" & more"}), changes.clone()));
            let answer = door.does(&app, &world, id, ("schedule", body, 1)).await;
            assert!(answer.status == 422 && answer.error_at(field).is_some(), "{door:?} {changes}: {} {}", answer.status, answer.text());
            if door == Door::Page && *field != "place" {
                assert_eq!(answer.typed("place").as_deref(), Some("Room \"9\" & more"));
                assert_eq!(answer.typed("minutes"), Some(changes["minutes"].as_i64().unwrap_or(45).to_string()));
            }
        }
        assert_eq!((view(&app, &world, id).await["version"].clone(), app.mails().len()), (json!(1), mails));
    }
    let words = app.signed_in(world.lead);
    let id = Door::Page.interview(&app, &world, json!({"candidate": {"name": "Third"}})).await;
    let answer = words.post_form(&world.page(&format!("/interviews/{id}/schedule")), [("minutes", "ten"), ("version", "1")]).await;
    answer.clone().refuses("minutes").refuses("starts_at").refuses("reason");
    assert_eq!(answer.typed("minutes").as_deref(), Some("ten"));
}

#[actix_web::test]
async fn what_is_planned_already_is_nobodys_news() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        let mails = app.mails().len();
        let same = json!({"starts_at": "2026-03-03T10:00:00Z", "time_zone": "Europe/Berlin", "minutes": 60, "extra_minutes": 0, "place": "", "reason": "x"});
        let answer = door.conflicts(door.does(&app, &world, id, ("schedule", same, 1)).await, "unchanged");
        assert!(answer.says("This is what is planned already."));
        assert_eq!(app.mails().len(), mails);
    }
}

#[actix_web::test]
async fn a_change_of_an_older_plan_is_refused_with_the_newest_and_a_way_on() {
    let app = App::new().await;
    let world = World::new(&app);
    let acts = [
        ("schedule", schedule(json!({}))),
        ("cancellation", json!({"reason": "She has found something."})),
        ("seats", json!({"account_id": world.owner, "seat": "observer", "reason": "To learn."})),
        (&format!("seats/{}", world.lead), json!({"seat": "observer", "reason": "To learn."})),
        ("no-show", json!({"who": "candidate", "reason": "The line was dead."})),
    ];
    for door in DOORS {
        for (act, body) in &acts {
            let starts_at = if *act == "no-show" { "2026-03-02T08:59:00Z" } else { "2026-03-03T10:00:00Z" };
            let id = world.interview(&app, json!({"candidate": {"name": act}, "starts_at": starts_at})).await;
            app.sql(&format!("UPDATE interviews SET version = 7, place = 'Room of somebody else' WHERE id = '{id}'"));
            let stale = door.does(&app, &world, id, (act, body.clone(), 6)).await.is(412);
            match door {
                Door::Program => assert_eq!(stale.json()["current"]["version"], 7, "{act}"),
                Door::Page => {
                    let stale = stale.shows("Somebody else has changed this plan").shows("Room of somebody else");
                    assert_eq!(stale.typed("reason").as_deref(), body["reason"].as_str(), "{act}");
                    assert_eq!(stale.typed("version").as_deref(), Some("7"), "sent again, {act} is done");
                }
            }
            assert_eq!(view(&app, &world, id).await["version"], 7, "{act}");
            door.done(door.does(&app, &world, id, (act, body.clone(), 7)).await);
        }
    }
    let id = world.interview(&app, json!({"candidate": {"name": "Last"}})).await;
    let lead = app.token(world.lead);
    lead.put_json(&world.api(&format!("/interviews/{id}/schedule")), schedule(json!({}))).await.is(428);
    lead.with("If-Match", "seven").put_json(&world.api(&format!("/interviews/{id}/schedule")), schedule(json!({}))).await.is(400);
    app.leave_jobs();
}

#[actix_web::test]
async fn a_cancelled_interview_is_told_of_and_nothing_more_can_be_done_with_it() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        door.does(&app, &world, id, ("cancellation", json!({"reason": " "}), 1)).await.refuses("reason");
        let before = app.mails().len();
        door.done(door.does(&app, &world, id, ("cancellation", json!({"reason": "She has found something."}), 1)).await);
        assert_eq!(view(&app, &world, id).await["stage"], "cancelled");
        let mails = app.mails().split_off(before);
        assert_eq!(mails.len(), 3);
        for mail in &mails {
            let to_candidate = mail.to_address == format!("{door:?}@example.com").to_lowercase();
            assert_eq!(mail.body_text.contains("She has found something."), !to_candidate, "{}", mail.body_text);
        }
        let shown = page(&app, &world, id).await.shows("Lena Lead cancelled the interview").shows("She has found something.");
        let shown = shown.hides("Reschedule").hides("Cancel the interview").hides("Change the panel").text();
        assert!(!shown.contains("/calendar.ics"), "a cancelled interview is not offered to a calendar");
        for (act, body) in [
            ("schedule", schedule(json!({}))),
            ("cancellation", json!({"reason": "Again."})),
            ("no-show", json!({"who": "candidate"})),
            ("seats", json!({"account_id": world.owner, "seat": "observer"})),
        ] {
            door.conflicts(door.does(&app, &world, id, (act, body, 2)).await, "cancelled").shows("The interview is cancelled.");
            app.signed_in(world.lead).get(&world.page(&format!("/interviews/{id}/{act}"))).await.is(409).shows("Plan a new one.");
        }
    }
    app.leave_jobs();
}

#[actix_web::test]
async fn a_draft_is_put_away_and_nobody_hears_of_it() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({"draft": true})).await;
        page(&app, &world, id).await.shows("Put the draft away").hides("Reschedule");
        door.conflicts(door.does(&app, &world, id, ("schedule", schedule(json!({})), 1)).await, "draft");
        door.done(door.does(&app, &world, id, ("cancellation", json!({"reason": "Twice."}), 1)).await);
        assert_eq!(view(&app, &world, id).await["stage"], "cancelled");
    }
    assert_eq!(app.mails().len(), 0);
}

#[actix_web::test]
async fn nobody_can_have_missed_what_has_not_begun() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        let missed = json!({"who": "candidate", "reason": ""});
        page(&app, &world, id).await.hides("did not come");
        door.conflicts(door.does(&app, &world, id, ("no-show", missed, 1)).await, "not-due");
    }
}

#[actix_web::test]
async fn who_did_not_come_is_noted_with_a_name_from_the_planned_start_on() {
    let app = App::new().await;
    let world = World::new(&app);
    let missed = json!({"who": "candidate", "reason": "The line was dead."});
    let interviewer = json!({"who": "interviewer", "account_id": world.lead, "reason": ""});
    for door in DOORS {
        for (body, name, live) in [(&missed, format!("Sofia {door:?}"), false), (&interviewer, "Lena Lead".into(), true)] {
            let id =
                world.interview(&app, json!({"candidate": {"name": format!("Sofia {door:?}")}, "starts_at": "2026-03-02T09:00:00Z"})).await;
            if live {
                started(&app, &world, id);
            }
            let mails = app.mails().len();
            page(&app, &world, id).await.shows("Somebody did not come");
            door.done(door.does(&app, &world, id, ("no-show", body.clone(), 1)).await);
            let noted = page(&app, &world, id).await.shows(&format!("Lena Lead noted that {name} did not come")).hides("Change the panel");
            assert_eq!(noted.says("The line was dead."), !live);
            let plan = view(&app, &world, id).await;
            assert_eq!((plan["stage"].as_str(), plan["changes"][0]["about"].as_str()), (Some("no_show"), Some(name.as_str())));
            assert_eq!(app.mails().len(), mails, "who was there knows");
            door.conflicts(door.does(&app, &world, id, ("no-show", body.clone(), 2)).await, "no-show");
        }
        let id = world.interview(&app, json!({"candidate": {"name": "Over"}, "starts_at": "2026-03-02T09:00:00Z"})).await;
        ended(&app, &world, id);
        door.conflicts(door.does(&app, &world, id, ("no-show", missed.clone(), 1)).await, "over");
    }
}

#[actix_web::test]
async fn who_did_not_come_is_the_candidate_or_somebody_of_the_panel() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"starts_at": "2026-03-02T09:00:00Z"})).await;
    let lead = app.token(world.lead);
    let path = world.api(&format!("/interviews/{id}/no-show"));
    for body in [
        json!({"who": "interviewer"}),
        json!({"who": "interviewer", "account_id": world.owner}),
        json!({"who": "candidate", "account_id": world.lead}),
    ] {
        lead.put_json(&path, body).await.refuses("account_id");
    }
    lead.put_json(&path, json!({"who": "nobody"})).await.is(400).shows("who");
    lead.put_json(&path, json!({"who": "candidate", "fault": true})).await.is(400).shows("fault");
    for who in ["", "nobody", &world.owner.to_string()] {
        let form = [("who", who), ("reason", "Unclear & odd"), ("version", "1")];
        let answer = app.signed_in(world.lead).post_form(&world.page(&format!("/interviews/{id}/no-show")), form).await.refuses("who");
        assert_eq!(answer.typed("reason").as_deref(), Some("Unclear & odd"));
    }
}

#[actix_web::test]
async fn a_name_in_the_history_is_what_somebody_is_called_now() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({})).await;
    Door::Program.done(Door::Program.does(&app, &world, id, ("seats", json!({"account_id": world.owner, "seat": "observer"}), 1)).await);
    app.sql(&format!("UPDATE accounts SET name = 'Olivia Other' WHERE id = '{}'", world.owner));
    page(&app, &world, id).await.shows("Lena Lead gave Olivia Other a seat: observer");
    let kept = app.texts("SELECT detail FROM interview_changes").join(" ");
    assert!(!kept.contains("Olive") && !kept.contains("Sofia"), "no name is kept: {kept}");
}

#[actix_web::test]
async fn a_plan_is_changed_by_leads_and_owners_only() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, plan(&app, &world, json!({}))).await;
    let acts = ["schedule", "cancellation", "no-show", "seats", "candidate-links"];
    for act in acts {
        let path = format!("/interviews/{id}/{act}");
        app.signed_in(world.interviewer).get(&world.page(&path)).await.is(403);
        app.signed_in(world.candidate).get(&world.page(&path)).await.is(404);
        app.token(world.outsider).get(&world.page(&path)).await.is(404);
    }
    let shown = app.signed_in(world.interviewer).get(&world.page(&format!("/interviews/{id}"))).await.is(200);
    shown.hides("Change the plan").hides("Change the panel").shows("Kit to print").shows("Add to calendar");
    app.signed_in(world.owner).get(&world.page(&format!("/interviews/{id}"))).await.is(200).shows("Change the plan");
}
