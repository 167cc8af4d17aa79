//! A team's own rubrics: copied, written, published, retired.

use actix_web::http::Method;
use fivefold::platform::db::Door;
use serde_json::{Value, json};

use super::{copy, fields};
use crate::support::{App, World};

#[actix_web::test]
async fn a_copy_of_the_built_in_rubric_lacks_nothing_and_is_published_once() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, rubric) = copy(&app, &world).await;
    assert_eq!(
        (&rubric["slug"], &rubric["newest_version"], &rubric["unpublished_changes"]),
        (&json!("our-measure"), &Value::Null, &json!(true))
    );
    assert_eq!((&rubric["missing"], &rubric["advice"]), (&json!([]), &json!([])));
    assert_eq!(rubric["copied_from"], json!(World::versions(&app).1));
    lead.post_json(&format!("{place}/versions"), json!({"reason": " "})).await.is(422).refuses("reason");

    let published = lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours from now on"})).await.is(201).json();
    let newest = &published["newest_version"];
    assert_eq!(
        (&newest["number"], &newest["reason"], &published["unpublished_changes"]),
        (&json!(1), &json!("Ours from now on"), &json!(false))
    );
    let id = newest["id"].as_str().unwrap();
    let version = app.token(world.interviewer).get(&world.api(&format!("/rubrics/versions/{id}"))).await.is(200).json();
    assert_eq!(
        (&version["built_in"], &version["rubric_id"], &version["published_by"]),
        (&json!(false), &rubric["id"], &newest["published_by"])
    );
    assert!(newest["published_by"].is_string(), "who published it");

    let again = lead.post_json(&format!("{place}/versions"), json!({"reason": "Again"})).await.is(409).json();
    assert!(again["type"].as_str().unwrap().ends_with("nothing-new"));
    let list = app.token(world.interviewer).get(&world.api("/rubrics")).await.is(200).json();
    let own = list["items"].as_array().unwrap().iter().find(|rubric| rubric["built_in"] == json!(false)).unwrap();
    assert_eq!((&own["name"], &own["newest_version"]["id"]), (&json!("Our measure"), &newest["id"]));
    let versions = lead.get(&format!("{place}/versions")).await.is(200).json();
    assert_eq!(versions["items"], json!([newest]));
}

#[actix_web::test]
async fn any_version_that_the_team_reads_is_copied_and_a_short_name_is_nobody_elses() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, mut rubric) = copy(&app, &world).await;
    rubric["draft"]["areas"][2]["name"] = json!("Running it");
    lead.if_match(1).put_json(&place, &rubric["draft"]).await.is(200);
    let version =
        lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours"})).await.is(201).json()["newest_version"]["id"].clone();

    let all = world.api("/rubrics");
    let second = lead.post_json(&all, json!({"name": "Our measure", "copy_of": version})).await.is(201).json();
    assert_eq!(
        (&second["slug"], &second["copied_from"], &second["draft"]["areas"][2]["name"]),
        (&json!("our-measure-2"), &version, &json!("Running it"))
    );
    for taken in ["our-measure", "five-areas"] {
        lead.post_json(&all, json!({"name": "Another", "slug": taken})).await.is(422).refuses("slug");
    }
    lead.post_json(&all, json!({"name": "Another", "slug": "No key"})).await.is(422).refuses("slug");
    lead.post_json(&all, json!({"name": "  "})).await.is(422).refuses("name");

    // Another team reads neither the rubric nor its version, not even as a copy, though this process has it in memory.
    let outsider = app.token(world.outsider);
    let theirs = |rest: &str| format!("/api/v1/teams/{}/rubrics{rest}", world.other_team);
    outsider.get(&theirs(&format!("/versions/{}", version.as_str().unwrap()))).await.is(404);
    outsider.get(&theirs(&format!("/{}", rubric["id"].as_str().unwrap()))).await.is(404);
    outsider.get(&theirs(&format!("/{}/versions", rubric["id"].as_str().unwrap()))).await.is(404);
    let refused = outsider.post_json(&theirs(""), json!({"name": "Mine", "copy_of": version})).await;
    assert_ne!(refused.status, 201, "{}", refused.text());
    assert_eq!(app.count(&format!("SELECT count(*) FROM rubrics WHERE team_id = '{}'", world.other_team)), 0);
}

#[actix_web::test]
async fn published_means_frozen_whatever_becomes_of_the_draft() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, rubric) = copy(&app, &world).await;
    let first = lead.post_json(&format!("{place}/versions"), json!({"reason": "First"})).await.is(201).json();
    let version = world.api(&format!("/rubrics/versions/{}", first["newest_version"]["id"].as_str().unwrap()));
    let before = lead.get(&version).await.is(200).json();

    let mut draft = rubric["draft"].clone();
    draft["areas"][0]["anchors"][0]["text"] = json!("Says it works and cannot say why.");
    let saved = lead.if_match(1).put_json(&place, &draft).await.is(200).json();
    assert_eq!((&saved["version"], &saved["unpublished_changes"], &saved["draft"]), (&json!(2), &json!(true), &draft));
    let back = lead.if_match(2).put_json(&place, &rubric["draft"]).await.is(200).json();
    assert_eq!(back["unpublished_changes"], json!(false), "what was changed back is what was published");
    lead.if_match(3).put_json(&place, &draft).await.is(200);
    let second = lead.post_json(&format!("{place}/versions"), json!({"reason": "Second"})).await.is(201).json();
    assert_eq!(second["newest_version"]["number"], json!(2));
    assert_eq!(lead.get(&version).await.is(200).json(), before);

    for act in ["UPDATE rubric_versions SET number = 9", "DELETE FROM rubric_versions"] {
        let refused = app.server.db.write_here(Door::System { team: world.team.0, reason: "test" }, |tx| {
            diesel::RunQueryDsl::execute(diesel::sql_query(act), tx.conn())?;
            Ok(())
        });
        assert!(format!("{:?}", refused.unwrap_err()).contains("permission denied"), "not even the server may: {act}");
    }
}

#[actix_web::test]
async fn two_editors_lose_nothing() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, rubric) = copy(&app, &world).await;
    let with = |description: &str| {
        let mut draft = rubric["draft"].clone();
        draft["description"] = json!(description);
        draft
    };
    lead.if_match(1).put_json(&place, &with("Mine.")).await.is(200);
    let stale = app.token(world.owner).if_match(1).put_json(&place, &with("Theirs.")).await.is(412).json();
    assert_eq!((&stale["current"]["draft"]["description"], &stale["current"]["version"]), (&json!("Mine."), &json!(2)));
    assert!(stale["current"]["changed_by"].is_string(), "whose words these are");
    lead.put_json(&place, &with("Without a version.")).await.is(428);
    assert_eq!(lead.get(&place).await.is(200).json()["draft"]["description"], json!("Mine."));
}

#[actix_web::test]
async fn what_a_draft_lacks_is_named_and_stops_publishing() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, _) = copy(&app, &world).await;
    // Only a name: it is kept, and everything else is missing.
    let bare = lead.if_match(1).put_json(&place, json!({"name": "Bare"})).await.is(200).json();
    let missing = fields(&bare["missing"]);
    for field in ["description", "areas[0].name", "areas[4].anchors[4].text", "areas[2].expected", "areas[1].weight", "cuts.mid.mock"] {
        assert!(missing.contains(&field), "{field}: {missing:?}");
    }
    assert_eq!(bare["draft"]["areas"][3]["key"], json!("communication"), "the areas are given");
    let refused = lead.post_json(&format!("{place}/versions"), json!({"reason": "Early"})).await.is(422).json();
    assert_eq!(fields(&refused["errors"]), missing);
    assert_eq!(app.count("SELECT count(*) FROM rubric_versions"), 0);
}

#[actix_web::test]
async fn hard_rules_stop_and_advice_does_not() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, rubric) = copy(&app, &world).await;
    let mut draft = rubric["draft"].clone();
    // Weights that differ want a reason; equal words and falling expectations are no measure.
    draft["areas"][2]["weight"] = json!(2);
    draft["areas"][0]["anchors"][1]["text"] = draft["areas"][0]["anchors"][0]["text"].clone();
    draft["areas"][1]["expected"] = json!({"entry": 4, "mid": 3, "senior": 5});
    draft["cuts"]["mid"]["hiring"] = json!([2.1, 2.0, 3.9]);
    let saved = lead.if_match(1).put_json(&place, &draft).await.is(200).json();
    assert_eq!(fields(&saved["missing"]), ["areas[1].expected", "areas[0].anchors[1].text", "weights_reason", "cuts.mid.hiring"]);

    let mut draft = rubric["draft"].clone();
    draft["areas"][2]["weight"] = json!(2);
    draft["weights_reason"] = json!("Here production breaks first.");
    draft["areas"][0]["anchors"][0]["text"] = json!("Names the parts and cannot say what each is for.");
    draft["areas"][0]["anchors"][1]["text"] = json!("Names the parts and can say what each is for.");
    let saved = lead.if_match(2).put_json(&place, &draft).await.is(200).json();
    assert_eq!(saved["missing"], json!([]));
    let advice = fields(&saved["advice"]);
    assert!(advice.contains(&"areas[0].anchors[1].text"), "levels 1 and 2 read alike: {advice:?}");
    lead.post_json(&format!("{place}/versions"), json!({"reason": "Advice is advice"})).await.is(201);

    // What could not even be kept is refused at once, by its place.
    let long = "x".repeat(241);
    for (change, field) in [
        (json!({"name": ""}), "name"),
        (json!({"areas": [{"key": "speed"}]}), "areas[0].key"),
        (json!({"areas": [{"number": 2}]}), "areas[0].number"),
        (json!({"areas": [{"weight": 0}]}), "areas[0].weight"),
        (json!({"areas": [{"expected": {"entry": 6}}]}), "areas[0].expected"),
        (json!({"areas": [{"anchors": [{"level": 1, "label": "", "text": long}]}]}), "areas[0].anchors[0].text"),
        (json!({"areas": [{}, {}, {}, {}, {}, {}]}), "areas"),
        (json!({"cuts": {"entry": {"mock": [0, null]}, "mid": {}, "senior": {}}}), "cuts.entry.mock"),
        (json!({"warning_signs": [{"key": "Not a key", "name": "Recites", "looks_like": "", "advice": ""}]}), "warning_signs[0].key"),
    ] {
        let body = crate::support::merge(json!({"name": "Ours"}), change);
        lead.if_match(3).put_json(&place, &body).await.is(422).refuses(field);
    }
    lead.if_match(3).put_json(&place, json!({"name": "Ours", "colour": 1})).await.is(400);
}

#[actix_web::test]
async fn a_warning_sign_gets_a_key_of_its_name_and_an_empty_one_is_none() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, rubric) = copy(&app, &world).await;
    let mut draft = rubric["draft"].clone();
    let sign = |name: &str| json!({"key": "", "name": name, "looks_like": "It shows.", "advice": "Do otherwise."});
    draft["warning_signs"] =
        json!([sign("Blames others"), sign("Blames others"), {"key": "", "name": " ", "looks_like": "", "advice": ""}]);
    let saved = lead.if_match(1).put_json(&place, &draft).await.is(200).json();
    let keys: Vec<&str> = saved["draft"]["warning_signs"].as_array().unwrap().iter().map(|sign| sign["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["blames-others", "blames-others-2"]);
}

#[actix_web::test]
async fn a_retired_rubric_is_offered_nowhere_and_what_pinned_it_keeps_it() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, rubric) = copy(&app, &world).await;
    let version =
        lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours"})).await.is(201).json()["newest_version"]["id"].clone();
    let interview = world.interview(&app, json!({"rubric_version_id": version})).await;
    let url = world.api(&format!("/interviews/{interview}"));
    assert_eq!(
        app.texts("SELECT team_rubric::text FROM interviews WHERE NOT rubric_built_in"),
        [version.as_str().unwrap()],
        "a foreign key holds"
    );

    let page = world.page(&format!("/rubrics/versions/{}", version.as_str().unwrap()));
    app.signed_in(world.interviewer).get(&page).await.is(200).hides("Retired");
    let retired = lead.send(Method::PUT, &format!("{place}/retirement"), Some(("application/json", b"{}".to_vec()))).await.is(200).json();
    assert!(retired["retired_at"].is_string());
    assert_eq!(lead.get(&url).await.is(200).json()["rubric_version"]["id"], version);
    app.signed_in(world.interviewer).get(&page).await.is(200).shows("Retired").shows("what used a version keeps it");
    lead.get(&world.api(&format!("/rubrics/versions/{}", version.as_str().unwrap()))).await.is(200);
    let seen = |list: Value| list["items"].as_array().unwrap().iter().any(|item| item["id"] == rubric["id"]);
    assert!(!seen(app.token(world.interviewer).get(&world.api("/rubrics")).await.is(200).json()));
    assert!(seen(lead.get(&world.api("/rubrics")).await.is(200).json()), "who writes it takes it back");
    app.signed_in(world.lead).get(&world.page("/interviews/new")).await.is(200).hides("Our measure");
    lead.send(Method::DELETE, &format!("{place}/retirement"), None).await.is(200);
    app.signed_in(world.lead).get(&world.page("/interviews/new")).await.is(200).shows("Our measure, version 1");

    // Another team cannot pin it.
    let mut plan = world.plan(&app);
    plan["rubric_version_id"] = version;
    plan["seats"] = json!([{"account_id": world.outsider, "seat": "lead_interviewer"}]);
    let refused = app.token(world.outsider).post_json(&format!("/api/v1/teams/{}/interviews", world.other_team), plan).await;
    assert!(refused.status == 403 || refused.error_at("rubric_version_id").is_some(), "{}", refused.text());
}
