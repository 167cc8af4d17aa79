//! Candidate records.

use fivefold::policy::{Mode, Role};
use serde_json::{Value, json};

use crate::support::{App, World};

#[actix_web::test]
async fn a_record_is_made_read_and_replaced() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);

    let made = lead.post_json(&world.api("/candidates"), json!({"name": " Sofia Marin ", "email": "sofia@example.com"})).await.is(201);
    assert_eq!(made.location(), world.api(&format!("/candidates/{}", made.id())));
    let place = made.location().to_owned();
    let view = lead.get(&place).await.is(200);
    assert_eq!(view.header("ETag"), "\"1\"");
    assert_eq!(
        (&view.json()["name"], &view.json()["email"], &view.json()["account"]),
        (&json!("Sofia Marin"), &json!("sofia@example.com"), &Value::Null)
    );

    let changed = lead.if_match(1).put_json(&place, json!({"name": "Sofía Marín"})).await.is(200).json();
    assert_eq!((&changed["name"], &changed["email"], &changed["version"]), (&json!("Sofía Marín"), &Value::Null, &json!(2)));

    let browser = app.signed_in(world.lead);
    let form = json!({"name": "Jonas Weber", "email": "jonas@example.com", "account_id": ""});
    let page = browser.post_form(&world.page("/candidates"), form).await.leads();
    browser.get(&page).await.is(200).shows("Jonas Weber").shows("jonas@example.com");
    let form = browser.get(&format!("{page}/edit")).await.is(200);
    assert_eq!((form.typed("name"), form.typed("version")), (Some("Jonas Weber".into()), Some("1".into())));
    let change = json!({"name": "Jonas W.", "email": "", "account_id": world.candidate, "version": "1"});
    assert_eq!(browser.post_form(&format!("{page}/edit"), change).await.leads(), page);
    browser.get(&page).await.shows("Jonas W.").shows("Carl Candidate").hides("jonas@example.com");
}

#[actix_web::test]
async fn a_change_needs_the_version_it_is_based_on() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let place = lead.post_json(&world.api("/candidates"), json!({"name": "Sofia"})).await.is(201).location().to_owned();

    lead.put_json(&place, json!({"name": "Sonja"})).await.is(428);
    lead.if_match(1).put_json(&place, json!({"name": "Sonja"})).await.is(200);
    let stale = lead.if_match(1).put_json(&place, json!({"name": "Sara"})).await.is(412).json();
    assert_eq!((&stale["current"]["name"], &stale["current"]["version"]), (&json!("Sonja"), &json!(2)));
    assert_eq!(lead.get(&place).await.json()["name"], "Sonja");

    let browser = app.signed_in(world.lead);
    let page = place.replace("/api/v1", "");
    let stale = json!({"name": "Sara", "email": "sara@example.com", "version": "1"});
    let form = browser.post_form(&format!("{page}/edit"), stale).await.is(412).shows("It now says: Sonja");
    assert_eq!(
        (form.typed("name"), form.typed("email"), form.typed("version")),
        (Some("Sara".into()), Some("sara@example.com".into()), Some("2".into()))
    );
    let again = json!({"name": "Sara", "email": "sara@example.com", "version": "2"});
    browser.post_form(&format!("{page}/edit"), again).await.leads();
    assert_eq!(lead.get(&place).await.json()["name"], "Sara");
}

#[actix_web::test]
async fn an_address_stands_in_one_record_of_a_team_only() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    lead.post_json(&world.api("/candidates"), json!({"name": "Sofia Marin", "email": "sofia@example.com"})).await.is(201);

    let twice = lead.post_json(&world.api("/candidates"), json!({"name": "S. Marin", "email": "SOFIA@example.com"})).await.is(409);
    assert!(twice.json()["type"].as_str().unwrap().ends_with("/candidate-exists"), "{}", twice.text());
    twice.shows("Sofia Marin").shows("Use that record");

    let other = lead.post_json(&world.api("/candidates"), json!({"name": "Jonas"})).await.is(201).location().to_owned();
    lead.if_match(1).put_json(&other, json!({"name": "Jonas", "email": "sofia@example.com"})).await.is(409);
    // Another team knows nothing of it.
    let elsewhere = format!("/api/v1/teams/{}/candidates", world.other_team);
    app.token(world.outsider).post_json(&elsewhere, json!({"name": "Sofia", "email": "sofia@example.com"})).await.is(201);

    let browser = app.signed_in(world.lead);
    let form = json!({"name": "S. Marin", "email": "sofia@EXAMPLE.com"});
    let form = browser.post_form(&world.page("/candidates"), form).await.is(409).shows("Open the record of Sofia Marin");
    assert_eq!((form.typed("name"), form.typed("email")), (Some("S. Marin".into()), Some("sofia@EXAMPLE.com".into())));
}

#[actix_web::test]
async fn only_a_candidate_is_linked_and_in_a_mock_team_any_member() {
    let app = App::new().await;
    for (mode, interviewer_may) in [(Mode::Hiring, false), (Mode::Mock, true)] {
        let world = World::of(&app, mode);
        let lead = app.token(world.lead);
        let link = |account: String| json!({"name": "Carl", "account_id": account});
        let places = world.api("/candidates");

        let linked = lead.post_json(&places, link(world.candidate.to_string())).await.is(201).json();
        assert_eq!(linked["account"], json!({"id": world.candidate, "name": "Carl Candidate"}));
        lead.post_json(&places, link(world.candidate.to_string())).await.is(409).shows("this account");

        let answer = lead.post_json(&places, link(world.interviewer.to_string())).await;
        if interviewer_may {
            drop(answer.is(201))
        } else {
            drop(answer.refuses("account_id"))
        }
        lead.post_json(&places, link(world.outsider.to_string())).await.refuses("account_id");
        lead.post_json(&places, link("not an id".into())).await.refuses("account_id");
    }
}

#[actix_web::test]
async fn what_is_wrong_is_named_by_field() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let wrong = lead.post_json(&world.api("/candidates"), json!({"name": " ", "email": "nowhere"})).await;
    wrong.refuses("name").refuses("email");
    lead.post_json(&world.api("/candidates"), json!({"name": "Sofia", "phone": "1"})).await.is(400).shows("phone");

    let browser = app.signed_in(world.lead);
    let form = browser.post_form(&world.page("/candidates"), json!({"name": " ", "email": "no<where"})).await;
    let form = form.refuses("name").refuses("email");
    assert_eq!(form.typed("email"), Some("no<where".into()), "what was typed is kept");
    browser.post_form(&world.page("/candidates"), json!({"name": "x", "account_id": world.interviewer})).await.refuses("account_id");
}

#[actix_web::test]
async fn the_list_goes_by_name_in_pages_and_is_searched_by_a_part_of_it() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    for name in ["bob", "Ada", "Carl", "anna", "100%", "Ada"] {
        lead.post_json(&world.api("/candidates"), json!({"name": name})).await.is(201);
    }
    let (mut names, mut cursor) = (Vec::new(), String::new());
    for _ in 0..3 {
        let page = lead.get(&world.api(&format!("/candidates?limit=2&cursor={cursor}"))).await.is(200).json();
        names.extend(page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        cursor = page["next_cursor"].as_str().unwrap_or_default().to_owned();
    }
    assert!(cursor.is_empty(), "six records are three pages of two");
    assert_eq!(names, ["100%", "Ada", "Ada", "anna", "bob", "Carl"]);

    let found = async |search: &str| {
        let list = lead.get(&world.api(&format!("/candidates?q={search}"))).await.is(200).json();
        list["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("AN").await, ["anna"]);
    assert_eq!(found("%25").await, ["100%"], "a percent sign is a letter here");
    assert_eq!(found("_").await, Vec::<String>::new());
    lead.get(&world.api("/candidates?limit=101")).await.is(400);
    lead.get(&world.api("/candidates?cursor=zzz")).await.is(400);

    let browser = app.signed_in(world.lead);
    let page = browser.get(&world.page("/candidates?limit=2&q=A")).await.is(200).shows("Ada").hides("bob").shows("More candidates");
    assert_eq!(page.typed("q"), Some("A".into()));
    browser.get(&world.page("/candidates?q=zz")).await.is(200).shows("Nobody found");
    lead.get(&world.api("/candidates?q=a&q=b")).await.is(400).shows("request_id");
}

#[actix_web::test]
async fn owners_and_leads_know_the_records_and_nobody_else() {
    let app = App::new().await;
    let world = World::new(&app);
    let place = app.token(world.owner).post_json(&world.api("/candidates"), json!({"name": "Sofia"})).await.is(201).location().to_owned();
    for role in [Role::Interviewer, Role::Candidate] {
        let client = app.token(world.with_role(role));
        client.get(&world.api("/candidates")).await.is(403);
        client.get(&place).await.is(403);
        client.post_json(&world.api("/candidates"), json!({"name": "Jonas"})).await.is(403);
        client.if_match(1).put_json(&place, json!({"name": "Jonas"})).await.is(403);
    }
    app.token(world.outsider).get(&place).await.is(404);
    let foreign = place.replace(&world.team.to_string(), &world.other_team.to_string());
    app.token(world.outsider).get(&foreign).await.is(404);
    app.token(world.outsider).if_match(1).put_json(&foreign, json!({"name": "Jonas"})).await.is(404);
    app.token(world.lead).get(&world.api("/candidates/7")).await.is(404);
    let page = place.replace("/api/v1", "");
    for role in [Role::Interviewer, Role::Candidate] {
        let browser = app.signed_in(world.with_role(role));
        for page in [world.page("/candidates"), world.page("/candidates/new"), page.clone(), format!("{page}/edit")] {
            browser.get(&page).await.is(403).hides("Sofia");
        }
        browser.post_form(&world.page("/candidates"), json!({"name": ""})).await.is(403);
        browser.post_form(&format!("{page}/edit"), json!({"name": "Jonas", "version": "1"})).await.is(403);
    }
    app.signed_in(world.lead).get(&world.page("/candidates/7/edit")).await.is(404);
}

#[actix_web::test]
async fn nobody_is_on_the_panel_of_their_own_interview_by_either_door() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    let interview = world.interview(&app, json!({})).await;
    let record = app.text(&format!("SELECT candidate_id FROM interviews WHERE id = '{interview}'"));
    let api = world.api(&format!("/candidates/{record}"));
    let edit = world.page(&format!("/candidates/{record}/edit"));
    let input = |account| json!({"name": "Sofia Marin", "email": "", "account_id": account});
    let form = |account, version: i32| json!({"name": "Sofia Marin", "email": "", "account_id": account, "version": version.to_string()});

    // Linking while the account has a seat.
    for seated in [world.interviewer, world.lead] {
        app.token(world.owner).if_match(1).put_json(&api, input(seated)).await.refuses("account_id");
        let page = app.signed_in(world.owner).post_form(&edit, form(seated, 1)).await.refuses("account_id");
        page.shows("Take them off the panel first").shows("Sofia Marin");
    }
    assert_eq!(app.text("SELECT count(*) FROM candidates WHERE account_id IS NOT NULL"), "0");

    // A seat that has ended, or of an interview that was cancelled, is none.
    app.sql(&format!("UPDATE seats SET removed_at = added_at WHERE account_id = '{}'", world.lead));
    app.token(world.owner).if_match(1).put_json(&api, input(world.lead)).await.is(200);
    // Then no seat is given to that account: not in a new plan, not in one that is written anew.
    let mut plan = world.plan(&app);
    plan["candidate"] = Value::Null;
    plan["candidate_id"] = json!(record);
    plan["mode"] = json!("mock");
    plan.as_object_mut().unwrap().remove("candidate");
    app.token(world.owner).post_json(&world.api("/interviews"), &plan).await.refuses("seats.1.account_id");
    app.signed_in(world.owner).post_form(&world.page("/interviews"), crate::interviews::form(&plan)).await.refuses("seats.1.account_id");
    app.sql("UPDATE interviews SET cancelled_at = created_at");
    app.token(world.owner).if_match(2).put_json(&api, input(world.interviewer)).await.is(200);
}
