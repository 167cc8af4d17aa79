//! The page of one interview, and what its candidate does not see.

use fivefold::policy::Role;
use serde_json::json;

use super::{link, member};
use crate::support::{App, World};

#[actix_web::test]
async fn the_candidate_sees_when_where_and_who_and_nothing_of_the_plan() {
    let app = App::new().await;
    let world = World::new(&app);
    let shadow = member(&app, &world, Role::Interviewer, "Aaron Shadow");
    let seats = json!([
        {"account_id": world.interviewer, "seat": "lead_interviewer"},
        {"account_id": world.lead, "seat": "interviewer"},
        {"account_id": shadow, "seat": "shadow"},
    ]);
    let plan = json!({"seats": seats, "level": "senior", "place": "Room 4, second floor", "instructions": "canary-instructions"});
    let id = world.interview(&app, plan).await;
    link(&app, &app.text("SELECT candidate_id FROM interviews"), world.candidate);
    let path = format!("/interviews/{id}");
    let answers = [
        app.token(world.candidate).get(&world.api(&path)).await.is(200),
        app.signed_in(world.candidate).get(&world.page(&path)).await.is(200),
        app.token(world.candidate).get(&world.api("/interviews")).await.is(200),
        app.signed_in(world.candidate).get(&world.page("/interviews")).await.is(200),
    ];
    let view = answers[0].json();
    assert_eq!(view["people"], json!(["Aaron Shadow", "Ines Interviewer", "Lena Lead"]), "by the alphabet, not by rank");
    let mut canaries = vec![
        "canary-instructions".to_owned(),
        "senior".into(),
        "Senior".into(),
        "shadow\"".into(),
        "lead_interviewer".into(),
        "Lead interviewer".into(),
    ];
    canaries.extend([world.interviewer, world.lead, shadow].iter().flat_map(|account| [app.email_of(*account), account.to_string()]));
    let (set, _) = World::versions(&app);
    canaries.push(set.clone());
    canaries.extend(app.texts(&format!(
        "SELECT x.value FROM library_question_set_versions v, jsonb_array_elements(v.content->'questions') q, jsonb_each_text(q) x \
         WHERE v.id = '{set}' AND x.key IN ('id', 'title', 'prompt')"
    )));
    for (at, answer) in answers.iter().enumerate() {
        for canary in &canaries {
            assert!(!answer.says(canary), "answer {at} has {canary:?}:\n{}", answer.text());
        }
        assert!(answer.says("Ines Interviewer") || at == 3, "people are named");
    }
    assert!(answers[1].says("Room 4, second floor"));
}

#[actix_web::test]
async fn the_panel_sees_the_plan_and_an_observer_no_questions() {
    let app = App::new().await;
    let world = World::new(&app);
    let observer = member(&app, &world, Role::Interviewer, "Oda Observer");
    let seats = json!([{"account_id": world.interviewer, "seat": "lead_interviewer"}, {"account_id": observer, "seat": "observer"}]);
    let id = world.interview(&app, json!({"seats": seats, "instructions": "Be kind."})).await;
    let path = format!("/interviews/{id}");

    let view = app.token(world.interviewer).get(&world.api(&path)).await.is(200).json();
    assert_eq!(view["your_seat"], "lead_interviewer");
    assert!(view["questions"].as_array().unwrap().len() > 3);
    assert!(view["candidate"].get("email").is_none(), "an address is for leads");
    let title = view["questions"][0]["title"].as_str().unwrap().to_owned();
    app.signed_in(world.interviewer).get(&world.page(&path)).await.is(200).shows("Be kind.").shows(&title).hides("sofia@example.com");
    app.signed_in(world.lead).get(&world.page(&path)).await.is(200).shows("sofia@example.com");

    let view = app.token(observer).get(&world.api(&path)).await.is(200).json();
    assert!(view.get("questions").is_none(), "{view}");
    app.signed_in(observer).get(&world.page(&path)).await.is(200).shows("Be kind.").hides(&title);
}

#[actix_web::test]
async fn what_one_may_not_see_and_what_is_not_there_are_the_same() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({})).await;
    let uninvolved = member(&app, &world, Role::Interviewer, "Uwe Uninvolved");
    let path = format!("/interviews/{id}");
    let nothing = format!("/interviews/{}", uuid::Uuid::new_v4());
    for client in [app.token(uninvolved), app.token(world.candidate)] {
        client.get(&world.api(&path)).await.is(404);
        client.get(&world.page(&path)).await.is(404);
    }
    app.token(world.outsider).get(&world.api(&path)).await.is(404);
    app.token(world.outsider).get(&format!("/api/v1/teams/{}{path}", world.other_team)).await.is(404);
    app.token(world.lead).get(&world.api(&nothing)).await.is(404);
    app.token(world.lead).get(&world.api("/interviews/seven")).await.is(404);
    app.signed_in(world.lead).get(&world.page("/interviews/seven")).await.is(404);
    app.anon().get(&world.api(&path)).await.is(401);
}

#[actix_web::test]
async fn times_are_shown_in_the_readers_zone_and_in_the_interviews() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"starts_at": "2026-03-03T14:00", "time_zone": "Asia/Kolkata"})).await;
    app.sql(&format!("UPDATE accounts SET time_zone = 'Europe/Berlin' WHERE id = '{}'", world.interviewer));
    for path in [format!("/interviews/{id}"), "/interviews".into()] {
        let page = app.signed_in(world.interviewer).get(&world.page(&path)).await.is(200);
        page.shows("Tue 3 Mar 2026, 09:30").shows("(Berlin)").shows("14:00 in Kolkata").shows("2026-03-03T08:30:00Z");
    }
}
