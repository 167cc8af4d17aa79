//! Who did what: written down once, with the act, in ids, for good.

use chrono::TimeDelta;
use fivefold::platform::audit;
use fivefold::platform::db::Door;
use fivefold::policy::AccountId;
use serde_json::{Value, json};

use crate::support::{App, World};

/// The events of the team as its owner reads them, newest first.
async fn events(app: &App, world: &World) -> Vec<Value> {
    app.token(world.owner).get(&world.api("/audit")).await.is(200).json()["items"].as_array().unwrap().clone()
}

async fn candidate(app: &App, world: &World) -> String {
    app.token(world.lead).post_json(&world.api("/candidates"), json!({"name": "Cleo Canary"})).await.is(201).id()
}

#[actix_web::test]
async fn an_act_is_written_down_with_who_did_it_and_what_it_made() {
    let app = App::new().await;
    let world = World::new(&app);
    let made = candidate(&app, &world).await;
    app.advance(TimeDelta::seconds(1));
    let path = world.api(&format!("/members/{}", world.interviewer));
    let changed = app.token(world.owner).patch_json(&path, json!({"role": "lead"})).await.is(200);
    let all = events(&app, &world).await;
    assert_eq!(all.len(), 2, "{all:#?}");
    assert_eq!(all[0]["act"], "manage_members");
    assert_eq!(all[0]["operation"], "teams::api::update_member");
    assert_eq!(all[0]["account_id"], world.owner.to_string());
    assert_eq!(all[0]["subjects"], json!([world.interviewer.to_string()]));
    assert_eq!(all[0]["request_id"], changed.header("X-Request-Id"));
    assert_eq!((&all[1]["act"], &all[1]["made"][0], &all[1]["refused"]), (&json!("manage_candidates"), &json!(made), &json!(false)));
    let page = app.signed_in(world.owner).get(&world.page("/audit")).await.is(200);
    page.shows("Manage members").shows(&made).hides("Cleo Canary");
    assert_eq!(app.texts("SELECT e FROM audit_events e WHERE e::text ILIKE '%canary%'"), Vec::<String>::new());
}

#[actix_web::test]
async fn what_failed_left_nothing_and_what_was_refused_is_written_down_once_a_minute() {
    let app = App::new().await;
    let world = World::new(&app);
    app.token(world.lead).post_json(&world.api("/candidates"), json!({"name": ""})).await.is(422);
    app.token(world.lead).get(&world.api("/candidates/00000000-0000-7000-8000-000000000000")).await.is(404);
    assert_eq!(events(&app, &world).await, Vec::<Value>::new());
    for _ in 0..3 {
        app.token(world.lead).get(&world.api("/audit")).await.is(403);
        app.signed_in(world.lead).get(&world.page("/audit")).await.is(403);
        app.signed_in(world.lead).get(&world.page("/outbox")).await.is(403);
    }
    app.token(world.interviewer).get(&world.api("/audit")).await.is(403);
    let refused: Vec<(Value, Value)> =
        events(&app, &world).await.iter().map(|event| (event["act"].clone(), event["refused"].clone())).collect();
    let (audit, outbox) = ((json!("read_audit"), json!(true)), (json!("read_outbox"), json!(true)));
    assert_eq!(refused, [audit.clone(), outbox, audit], "one by act and person, newest first");
    app.advance(TimeDelta::seconds(61));
    app.token(world.lead).get(&world.api("/audit")).await.is(403);
    assert_eq!(events(&app, &world).await.len(), 4);
    app.token(world.outsider).get(&world.api("/audit")).await.is(404);
    app.signed_in(world.outsider).get(&world.page("/audit")).await.is(404);
}

#[actix_web::test]
async fn what_people_do_for_themselves_stands_in_the_team_that_is_their_own() {
    let app = App::new().await;
    let world = World::new(&app);
    let email = app.email_of(world.lead);
    let token =
        app.anon().post_json("/api/v1/sign-ins", json!({"email": email, "password": crate::support::PASSWORD})).await.is(201).json();
    let client = app.bearer(token["token"].as_str().unwrap());
    client.patch_json("/api/v1/me", json!({"name": "Lena Later"})).await.is(200);
    let teams = client.get("/api/v1/teams").await.is(200).json();
    let own = teams["items"].as_array().unwrap().iter().find(|team| team["personal"] == true).unwrap()["id"].as_str().unwrap().to_owned();
    let all = client.get(&format!("/api/v1/teams/{own}/audit")).await.is(200).json();
    let acts: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|event| &event["act"]).collect();
    assert_eq!(acts, ["update_me", "create_sign_in"]);
    assert_eq!(all["items"][1]["name"], "Lena Later", "the name of today");
    assert_eq!(events(&app, &world).await, Vec::<Value>::new());
}

#[actix_web::test]
async fn of_scorecards_the_audit_tells_nobody_but_their_author() {
    let app = App::new().await;
    let world = World::new(&app);
    let row = |account: AccountId| {
        format!(
            "INSERT INTO audit_events VALUES ('{}', gen_random_uuid(), now(), '{account}', NULL, 'write_scorecard',
             'debriefs::api::put_submission', '{{}}', '{{}}', false, gen_random_uuid())",
            world.team
        )
    };
    app.sql(&row(world.interviewer));
    assert_eq!(events(&app, &world).await, Vec::<Value>::new(), "not that a card was submitted, and not when (R2)");
    app.sql(&row(world.owner));
    assert_eq!(events(&app, &world).await.len(), 1);
}

#[actix_web::test]
async fn the_list_is_read_by_the_page() {
    let app = App::new().await;
    let world = World::new(&app);
    for _ in 0..3 {
        candidate(&app, &world).await;
        app.advance(TimeDelta::seconds(1));
    }
    let owner = app.token(world.owner);
    let first = owner.get(&world.api("/audit?limit=2")).await.is(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = owner.get(&world.api(&format!("/audit?limit=2&cursor={cursor}"))).await.is(200).json();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next_cursor"]), (1, &Value::Null));
    assert!(first["items"][1]["at"].as_str() > rest["items"][0]["at"].as_str());
}

#[actix_web::test]
async fn nobody_can_change_what_was_written_down() {
    let app = App::new().await;
    let world = World::new(&app);
    candidate(&app, &world).await;
    app.advance(TimeDelta::minutes(5));
    assert_eq!(app.write(Door::Anybody, audit::seal), 1);
    let refused = |role: &str, statement: &str| {
        let mut conn = app.database.connect();
        use diesel::connection::SimpleConnection as _;
        conn.batch_execute(&format!("SET ROLE {role}; SET app.team = '{}'", world.team)).unwrap();
        conn.batch_execute(statement).unwrap_err().to_string()
    };
    for table in ["audit_events", "audit_seals"] {
        for statement in [format!("UPDATE {table} SET team_id = team_id"), format!("DELETE FROM {table}"), format!("TRUNCATE {table}")] {
            assert!(refused("fivefold_app", &statement).contains("permission denied"), "{statement}");
            assert!(refused("fivefold_owner", &statement).contains("stays as it is"), "{statement}");
        }
    }
    assert!(refused("fivefold_app", "INSERT INTO audit_seals SELECT * FROM audit_seals").contains("permission denied"));
}

#[actix_web::test]
async fn what_was_changed_past_us_no_longer_fits_its_seal() {
    let app = App::new().await;
    let world = World::new(&app);
    let seal = || app.write(Door::Anybody, audit::seal);
    let faults = || app.write(Door::Anybody, audit::faults);
    candidate(&app, &world).await;
    assert_eq!(seal(), 0, "what a request may still write before is not sealed");
    app.advance(TimeDelta::minutes(2));
    assert_eq!((seal(), seal()), (1, 0));
    candidate(&app, &world).await;
    candidate(&app, &world).await;
    app.advance(TimeDelta::minutes(2));
    assert_eq!(seal(), 1);
    assert_eq!(app.texts("SELECT number || ': ' || events FROM audit_seals ORDER BY number"), ["1: 1", "2: 2"]);
    assert_eq!(faults(), []);

    let team = world.team.0;
    let past_us =
        |statement: &str| app.sql(&format!("SET session_replication_role = replica; {statement}; RESET session_replication_role"));
    app.sql("CREATE TABLE kept AS TABLE audit_events; CREATE TABLE kept_seals AS TABLE audit_seals");
    let restore = || {
        past_us(
            "DELETE FROM audit_events; INSERT INTO audit_events TABLE kept; DELETE FROM audit_seals; INSERT INTO audit_seals TABLE kept_seals",
        );
        assert_eq!(faults(), []);
    };
    let oldest = "(SELECT id FROM audit_events ORDER BY id LIMIT 1)";
    past_us(&format!("UPDATE audit_events SET act = 'another' WHERE id = {oldest}"));
    assert_eq!(faults(), [(team, 1)]);
    restore();
    past_us(&format!("DELETE FROM audit_events WHERE id = {oldest}"));
    assert_eq!(faults(), [(team, 1)]);
    restore();
    past_us(&format!(
        "INSERT INTO audit_events SELECT team_id, gen_random_uuid(), at, account_id, link_id, act, operation, subjects, made, refused, request_id
         FROM audit_events WHERE id = {oldest}"
    ));
    assert_eq!(faults(), [(team, 1)]);
    restore();
    past_us("DELETE FROM audit_seals WHERE number = 1");
    assert!(faults().contains(&(team, 2)), "{:?}", faults());
    restore();
    past_us("UPDATE audit_seals SET hash = '\\x00' WHERE number = 1");
    assert_eq!(faults(), [(team, 1), (team, 2)]);
}
