//! Rubrics as files: out, and in as a new draft.

use serde_json::{Value, json};

use super::{copy, fields};
use crate::support::{App, World};

#[actix_web::test]
async fn what_is_exported_is_imported_as_a_draft_that_says_the_same() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, _) = copy(&app, &world).await;
    let id = lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours"})).await.is(201).json()["newest_version"]["id"].clone();
    let export = world.api(&format!("/rubrics/versions/{}/export", id.as_str().unwrap()));
    let file = app.token(world.interviewer).get(&export).await.is(200);
    assert_eq!(file.header("Content-Disposition"), "attachment; filename=\"our-measure-v1.json\"");
    let file: Value = file.json();
    assert_eq!(file["format"], json!("fivefold/rubric@1"));
    let page = world.page(&format!("/rubrics/versions/{}/export", id.as_str().unwrap()));
    assert_eq!(app.signed_in(world.interviewer).get(&page).await.is(200).json(), file, "both doors give the same");

    let made = lead.post_json(&world.api("/rubrics/imports"), &file).await.is(201).json();
    assert_eq!((&made["slug"], &made["missing"], &made["newest_version"]), (&json!("our-measure-2"), &json!([]), &Value::Null));
    let again = lead.post_json(&world.api(&format!("/rubrics/{}/versions", made["id"].as_str().unwrap())), json!({"reason": "In"})).await;
    let id = again.is(201).json()["newest_version"]["id"].clone();
    let mut second = lead.get(&world.api(&format!("/rubrics/versions/{}/export", id.as_str().unwrap()))).await.is(200).json();
    second["slug"] = file["slug"].clone();
    assert_eq!(second, file);
    app.token(world.candidate).get(&export).await.is(403);
    app.token(world.interviewer).post_json(&world.api("/rubrics/imports"), &file).await.is(403);
}

#[actix_web::test]
async fn only_a_file_that_could_be_published_is_imported_and_every_mistake_has_its_place() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, url) = (app.token(world.lead), world.api("/rubrics/imports"));
    let file = crate::doors::bodies::rubric_file();
    let with = |path: &str, value: Value| {
        let mut file = file.clone();
        *file.pointer_mut(path).unwrap() = value;
        file
    };
    let mut left_out = file.clone();
    left_out["areas"][1].as_object_mut().unwrap().remove("weight");
    for (body, field) in [
        (with("/format", json!("fivefold/question-set@1")), "format"),
        (with("/format", json!("fivefold/rubric@2")), "format"),
        (json!({}), "format"),
        (with("/areas/0/anchors/2/text", json!("")), "areas[0].anchors[2].text"),
        (with("/cuts/mid/hiring", json!([3, 2, 4])), "cuts.mid.hiring"),
        (with("/warning_signs/1/key", file["warning_signs"][0]["key"].clone()), "warning_signs[1].key"),
    ] {
        let refused = lead.post_json(&url, &body).await.is(422);
        let refused = refused.json();
        assert!(fields(&refused["errors"]).iter().any(|named| named.starts_with(field)), "{field}: {refused}");
    }
    for (body, place) in [(left_out, "areas[1]"), (with("/areas/3/expected/mid", json!("three")), "areas[3].expected.mid")] {
        let refused = lead.post_json(&url, &body).await.is(400).json();
        assert!(refused["detail"].as_str().unwrap().starts_with(place), "what cannot be read has its place too: {refused}");
    }
    let newer = lead.post_json(&url, with("/format", json!("fivefold/rubric@2"))).await.is(422).json();
    assert!(newer["errors"][0]["message"].as_str().unwrap().contains("made by a newer Fivefold"));
    assert_eq!(app.count("SELECT count(*) FROM rubrics"), 0);
}
