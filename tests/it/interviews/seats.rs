//! The panel after planning.

use fivefold::policy::{InterviewId, Role};
use serde_json::{Value, json};

use super::both::{DOORS, Door, page, view};
use super::{ended, link, member, started};
use crate::support::{App, World};

async fn panel(app: &App, world: &World, id: InterviewId) -> Vec<(Value, Value)> {
    let plan = view(app, world, id).await;
    plan["seats"].as_array().unwrap().iter().map(|seat| (seat["seat"].clone(), seat["areas"].clone())).collect()
}

#[actix_web::test]
async fn who_gets_a_seat_is_told_with_a_calendar_entry_and_areas_stay_owned() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let newcomer = member(&app, &world, Role::Interviewer, "Nina New");
        let id = door.interview(&app, &world, json!({})).await;
        let before = app.mails().len();
        let body = json!({"account_id": newcomer, "seat": "interviewer", "areas": [2, 4], "reason": "A third view."});
        door.done(door.does(&app, &world, id, ("seats", body, 1)).await);
        let expected = [("lead_interviewer", json!([1, 3, 5])), ("interviewer", json!([2, 4])), ("interviewer", json!([2, 4]))];
        assert_eq!(panel(&app, &world, id).await, expected.map(|(seat, areas)| (json!(seat), areas)));
        let mails = app.mails().split_off(before);
        assert_eq!(mails.len(), 1, "nobody else has news");
        assert_eq!(mails[0].to_address, app.email_of(newcomer));
        assert!(mails[0].body_text.contains("Your seat: interviewer") && mails[0].calendar.as_ref().unwrap().contains("METHOD:REQUEST"));
        page(&app, &world, id)
            .await
            .shows("gave Nina New a seat: interviewer")
            .shows("A third view.")
            .shows("Looks after Framework and Communication");
    }
}

#[actix_web::test]
async fn a_panel_keeps_its_rules_when_it_changes() {
    let app = App::new().await;
    let world = World::new(&app);
    let own = member(&app, &world, Role::Interviewer, "Own Account");
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        app.sql("UPDATE candidates SET account_id = NULL");
        link(&app, &app.text(&format!("SELECT candidate_id FROM interviews WHERE id = '{id}'")), own);
        let seat = |account: &dyn ToString, seat: &str| json!({"account_id": account.to_string(), "seat": seat});
        let cases = [
            (seat(&world.outsider, "interviewer"), "account_id"),
            (seat(&uuid::Uuid::new_v4(), "interviewer"), "account_id"),
            (seat(&world.candidate, "interviewer"), "account_id"),
            (seat(&own, "interviewer"), "account_id"),
            (seat(&world.lead, "observer"), "account_id"),
            (seat(&world.owner, "candidate"), "seat"),
            (json!({"account_id": world.owner, "seat": "interviewer", "areas": [6]}), "areas"),
            (json!({"account_id": world.owner, "seat": "observer", "areas": [1]}), "areas"),
            (json!({"account_id": world.owner, "seat": "observer", "reason": "x".repeat(501)}), "reason"),
        ];
        for (body, field) in cases {
            let answer = door.does(&app, &world, id, ("seats", body.clone(), 1)).await;
            assert!(answer.status == 422 && answer.error_at(field).is_some(), "{door:?} {body}: {} {}", answer.status, answer.text());
        }
        let lead = format!("seats/{}", world.interviewer);
        let demoted = door.does(&app, &world, id, (&lead, json!({"seat": "observer"}), 1)).await;
        door.conflicts(demoted, "lead-needed").shows("Somebody must lead.");
        door.does(&app, &world, id, (&format!("seats/{}", world.owner), json!({"seat": "observer"}), 1)).await.is(404);
        let wrong = door.does(&app, &world, id, (&format!("seats/{}", world.lead), json!({"seat": "observer", "areas": [1]}), 1)).await;
        wrong.refuses("areas");
        assert_eq!(view(&app, &world, id).await["version"], 1);
    }
    let id = world.interview(&app, json!({"candidate": {"name": "X"}})).await;
    let path = world.api(&format!("/interviews/{id}/seats"));
    app.token(world.lead).post_json(&path, json!({"account_id": world.owner, "seat": "judge"})).await.is(400).shows("seat");
    app.token(world.lead).post_json(&path, json!({"account_id": world.owner, "seat": "observer", "why": ""})).await.is(400).shows("why");
}

#[actix_web::test]
async fn a_new_lead_interviewer_makes_the_one_before_an_interviewer_and_both_are_told() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        let before = app.mails().len();
        let act = format!("seats/{}", world.lead);
        let body = json!({"seat": "lead_interviewer", "areas": [1, 2], "reason": "Ines is away in the morning."});
        door.done(door.does(&app, &world, id, (&act, body, 1)).await);
        let expected = [("lead_interviewer", json!([1, 2, 4])), ("interviewer", json!([1, 3, 5]))];
        assert_eq!(panel(&app, &world, id).await, expected.map(|(seat, areas)| (json!(seat), areas)));
        let mut told: Vec<_> = app.mails().split_off(before).into_iter().map(|mail| (mail.to_address, mail.body_text)).collect();
        told.sort();
        let address = |account| app.email_of(account);
        assert_eq!(told.iter().map(|(to, _)| to.clone()).collect::<Vec<_>>(), [address(world.interviewer), address(world.lead)]);
        assert!(told[0].1.contains("You are: interviewer") && told[1].1.contains("You are: lead interviewer"), "{told:?}");
        page(&app, &world, id)
            .await
            .shows("Lena Lead changed the seat of Lena Lead")
            .shows("Interviewer → Lead interviewer")
            .shows("Ines is away in the morning.");
    }
}

#[actix_web::test]
async fn other_areas_alone_are_nobodys_news() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        let before = app.mails().len();
        door.done(
            door.does(&app, &world, id, (&format!("seats/{}", world.lead), json!({"seat": "interviewer", "areas": [2, 3, 4]}), 1)).await,
        );
        assert_eq!(app.mails().len(), before);
        page(&app, &world, id).await.shows("Looks after Framework and Communication → Framework, Production and Communication");
    }
}

#[actix_web::test]
async fn who_is_taken_off_a_panel_is_told_and_sees_it_no_more() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let leaver = member(&app, &world, Role::Interviewer, "Lio Leaver");
        let seats = json!([{"account_id": world.interviewer, "seat": "lead_interviewer"}, {"account_id": leaver, "seat": "interviewer", "areas": [1, 2]}]);
        let id = door.interview(&app, &world, json!({"seats": seats})).await;
        let theirs = format!("/interviews/{id}");
        app.token(leaver).get(&world.api(&theirs)).await.is(200);
        let seat = format!("{theirs}/seats/{leaver}");
        let before = app.mails().len();
        app.advance(chrono::TimeDelta::seconds(1));
        match door {
            Door::Program => {
                let lead = app.token(world.lead);
                lead.if_match(3).delete(&world.api(&seat)).await.is(412);
                lead.delete(&world.api(&format!("{seat}?why=x"))).await.is(400);
                lead.delete(&world.api(&format!("{seat}?reason={}", "x".repeat(501)))).await.refuses("reason");
                lead.delete(&world.api(&format!("{seat}?reason=Away%20that%20week."))).await.is(200);
                lead.delete(&world.api(&seat)).await.is(404);
                lead.delete(&world.api(&format!("{theirs}/seats/{}", world.interviewer))).await.is(409).shows("lead-needed");
            }
            Door::Page => {
                let lead = app.signed_in(world.lead);
                lead.get(&world.page(&seat)).await.is(200).shows("Take Lio Leaver off the panel");
                let removal = format!("{}/removal", world.page(&seat));
                let long = "x".repeat(501);
                lead.post_form(&removal, [("removal-reason", long.as_str()), ("version", "1")]).await.refuses("removal-reason");
                lead.post_form(&removal, [("version", "3")]).await.is(412).shows("Somebody else has changed this plan");
                lead.post_form(&removal, [("removal-reason", "Away that week."), ("version", "1")]).await.leads();
                lead.get(&world.page(&seat)).await.is(404);
                let of_lead = world.page(&format!("{theirs}/seats/{}", world.interviewer));
                lead.get(&of_lead).await.is(200).hides("Take off the panel");
                lead.post_form(&format!("{of_lead}/removal"), [("version", "2")]).await.is(409).shows("Somebody must lead.");
            }
        }
        assert_eq!(panel(&app, &world, id).await, [(json!("lead_interviewer"), json!([1, 2, 3, 4, 5]))]);
        let mails = app.mails().split_off(before);
        assert_eq!((mails.len(), mails[0].to_address.clone()), (1, app.email_of(leaver)));
        assert!(mails[0].body_text.contains("Away that week.") && mails[0].calendar.as_ref().unwrap().contains("METHOD:CANCEL"));
        app.token(leaver).get(&world.api(&theirs)).await.is(404);
        app.signed_in(leaver).get(&world.page(&theirs)).await.is(404);
        page(&app, &world, id).await.shows("took Lio Leaver off the panel").shows("Away that week.");
    }
}

#[actix_web::test]
async fn a_panel_changes_until_the_end_and_after_it_only_grows() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = door.interview(&app, &world, json!({})).await;
        started(&app, &world, id);
        let before = app.mails().len();
        door.done(door.does(&app, &world, id, ("seats", json!({"account_id": world.owner, "seat": "shadow"}), 1)).await);
        assert_eq!(app.mails().len(), before, "who is in the room needs no mail");
        app.sql(&format!("UPDATE rooms SET ended_at = '{}', ended_by = started_by WHERE interview_id = '{id}'", app.now().to_rfc3339()));
        let late = member(&app, &world, Role::Interviewer, "Lars Late");
        let seat = format!("seats/{}", world.owner);
        door.conflicts(door.does(&app, &world, id, (&seat, json!({"seat": "observer"}), 2)).await, "over");
        app.token(world.lead).delete(&world.api(&format!("/interviews/{id}/{seat}"))).await.is(409);
        door.conflicts(door.does(&app, &world, id, ("seats", json!({"account_id": late, "seat": "lead_interviewer"}), 2)).await, "over");
        app.signed_in(world.lead)
            .get(&world.page(&format!("/interviews/{id}/seats")))
            .await
            .is(200)
            .shows("owes no scorecard")
            .hides("Change</a>");
        door.done(door.does(&app, &world, id, ("seats", json!({"account_id": late, "seat": "interviewer"}), 2)).await);
    }
}

#[actix_web::test]
async fn the_form_offers_who_could_sit_there_and_costs_the_same_for_a_large_panel() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({})).await;
    let path = world.page(&format!("/interviews/{id}/seats"));
    let lead = app.signed_in(world.lead);
    let (shown, few) = app.queries(lead.get(&path)).await;
    let people = shown.is(200).text();
    let people = people.split("name=\"account_id\"").nth(1).unwrap().split("</select>").next().unwrap().to_owned();
    assert!(people.contains("Olive Owner"), "{people}");
    for not in ["Ines Interviewer", "Lena Lead", "Carl Candidate"] {
        assert!(!people.contains(not), "{not} in {people}");
    }
    for number in 0..18 {
        let seat = json!({"account_id": member(&app, &world, Role::Interviewer, &format!("Member {number}")), "seat": "observer"});
        app.token(world.lead).post_json(&world.api(&format!("/interviews/{id}/seats")), seat).await.is(201);
    }
    // The bell of the panel's changes is rung in whatever connection comes next.
    let own = |queries: Vec<String>| queries.into_iter().filter(|query| !query.starts_with("NOTIFY")).collect::<Vec<_>>();
    let (shown, many) = app.queries(lead.get(&path)).await;
    let (few, many) = (own(few), own(many));
    shown.is(200).shows("Member 17");
    // The names in the history are one more.
    assert!(many.len() <= few.len() + 1, "{few:#?} {many:#?}");
    let (_, page_of_many) = app.queries(lead.get(&world.page(&format!("/interviews/{id}")))).await;
    assert!(page_of_many.len() <= 12, "{page_of_many:#?}");
    ended(&app, &world, id);
}
