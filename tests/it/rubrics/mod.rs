//! Rubrics: the library here, a team's own in the files beside.

mod files;
mod frozen;
mod own;
mod pages;
mod path;

use fivefold::policy::Role;
use serde_json::{Value, json};

use crate::support::{App, Client, World};

#[actix_web::test]
async fn the_built_in_rubric_is_read_with_its_anchors_and_cuts() {
    let app = App::new().await;
    let world = World::new(&app);
    let reader = app.token(world.interviewer);

    let list = reader.get(&world.api("/rubrics")).await.is(200).json();
    let rubric = &list["items"][0];
    assert_eq!((&rubric["slug"], &rubric["built_in"]), (&Value::from("five-areas"), &Value::from(true)));
    let rubric_id = rubric["id"].as_str().unwrap();
    let versions = reader.get(&world.api(&format!("/rubrics/{rubric_id}/versions"))).await.is(200).json();
    assert_eq!(versions["items"][0]["id"], rubric["newest_version"]["id"]);

    let id = rubric["newest_version"]["id"].as_str().unwrap();
    let version = reader.get(&world.api(&format!("/rubrics/versions/{id}"))).await.is(200).json();
    let areas = version["areas"].as_array().unwrap();
    assert_eq!(areas.iter().map(|area| area["number"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert!(areas.iter().all(|area| area["anchors"].as_array().unwrap().len() == 5));
    assert_eq!(version["cuts"]["senior"]["hiring"], serde_json::json!([3.1, 3.9, 4.5]));

    let browser = app.signed_in(world.interviewer);
    browser.get(&world.page("/rubrics")).await.is(200).shows("Five areas").shows(&world.page(&format!("/rubrics/versions/{id}")));
    let page = browser.get(&world.page(&format!("/rubrics/versions/{id}"))).await.is(200);
    let page = page.shows("Built-in, read-only").shows("3.9 to 4.5").shows("4.5 and above").shows("Expected: Entry, Mid");
    let texts = areas.iter().flat_map(|area| area["anchors"].as_array().unwrap()).map(|anchor| anchor["text"].as_str().unwrap());
    assert!(texts.into_iter().all(|text| page.says(text)), "all 25 anchors are there");
    let advice = version["warning_signs"].as_array().unwrap().iter().map(|sign| sign["advice"].as_str().unwrap());
    assert!(advice.into_iter().all(|advice| page.says(advice)));
}

#[actix_web::test]
async fn a_candidate_sees_no_rubric_and_what_is_unknown_is_not_found() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = app.text("SELECT id::text FROM library_rubric_versions WHERE slug = 'five-areas' ORDER BY number DESC");
    let version = world.api(&format!("/rubrics/versions/{id}"));
    app.token(world.with_role(Role::Candidate)).get(&version).await.is(403);
    app.token(world.candidate).get(&world.api("/rubrics")).await.is(403);
    let browser = app.signed_in(world.candidate);
    browser.get(&world.page("/rubrics")).await.is(403);
    browser.get(&world.page(&format!("/rubrics/versions/{id}"))).await.is(403).hides("Gaps in the basics");
    app.signed_in(world.lead).get(&world.page("/rubrics/7")).await.is(404);
    app.token(world.outsider).get(&version).await.is(404);
    for unknown in ["7", "0190a000-0000-7000-8000-000000000000"] {
        app.token(world.lead).get(&world.api(&format!("/rubrics/versions/{unknown}"))).await.is(404);
        app.token(world.lead).get(&world.api(&format!("/rubrics/{unknown}/versions"))).await.is(404);
    }
}

/// A team's rubric that was just copied from the built-in one, as the lead sees it: client, address, answer.
async fn copy(app: &App, world: &World) -> (Client, String, Value) {
    let lead = app.token(world.lead);
    let rubric = lead.post_json(&world.api("/rubrics"), json!({"name": "Our measure"})).await.is(201).json();
    let place = world.api(&format!("/rubrics/{}", rubric["id"].as_str().unwrap()));
    (lead, place, rubric)
}

/// What is wrong, field by field.
fn fields(errors: &Value) -> Vec<&str> {
    errors.as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}
