//! A team's own sets: copied, written, published, retired.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{App, Client, World};

/// A copy of the built-in set, made by the lead.
async fn copy(app: &App, world: &World) -> (Client, String, Value) {
    let lead = app.token(world.lead);
    let (version, _) = World::versions(app);
    let set = lead.post_json(&world.api("/question-sets"), json!({"name": "Our backend", "copy_of": version})).await.is(201).json();
    let place = world.api(&format!("/question-sets/{}", set["id"].as_str().unwrap()));
    (lead, place, set)
}

pub async fn questions(client: &Client, place: &str) -> Vec<Value> {
    client.get(&format!("{place}/draft/questions?limit=100")).await.is(200).json()["items"].as_array().unwrap().clone()
}

/// What a PUT takes of a question that a GET gave.
pub fn written(question: &Value) -> Value {
    let mut question = question.clone();
    for name in ["id", "position", "version", "missing", "advice", "changed_at"] {
        question.as_object_mut().unwrap().remove(name);
    }
    question
}

#[actix_web::test]
async fn a_copy_begins_with_every_question_and_is_published_as_version_one() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, set) = copy(&app, &world).await;
    assert_eq!((&set["slug"], &set["newest_version"], &set["unpublished_changes"]), (&json!("our-backend"), &Value::Null, &json!(true)));
    let draft = questions(&lead, &place).await;
    assert_eq!(set["questions"], json!(draft.len()));
    assert!(draft.iter().all(|question| question["missing"] == json!([])), "the built-in set lacks nothing");

    let published = lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours from now on"})).await.is(201).json();
    assert_eq!((&published["newest_version"]["number"], &published["unpublished_changes"]), (&json!(1), &json!(false)));
    let id = published["newest_version"]["id"].as_str().unwrap();
    let version = app.token(world.interviewer).get(&world.api(&format!("/question-sets/versions/{id}"))).await.is(200).json();
    assert_eq!((&version["built_in"], &version["reason"]), (&json!(false), &json!("Ours from now on")));
    let ids = |questions: &[Value]| questions.iter().map(|question| question["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(version["questions"].as_array().unwrap()), ids(&draft), "a question keeps its id from the draft on");

    let again = lead.post_json(&format!("{place}/versions"), json!({"reason": "Again"})).await.is(409).json();
    assert!(again["type"].as_str().unwrap().ends_with("nothing-new"));
    app.signed_in(world.interviewer).get(&world.page("/question-sets")).await.is(200).shows("Our backend");
}

#[actix_web::test]
async fn published_means_frozen_whatever_becomes_of_the_draft() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, _) = copy(&app, &world).await;
    let first = lead.post_json(&format!("{place}/versions"), json!({"reason": "First"})).await.is(201).json();
    let id = first["newest_version"]["id"].as_str().unwrap().to_owned();
    let version = world.api(&format!("/question-sets/versions/{id}"));
    let before = lead.get(&version).await.is(200).json();

    let question = &questions(&lead, &place).await[1];
    let url = format!("{place}/draft/questions/{}", question["id"].as_str().unwrap());
    let mut changed = written(question);
    changed["title"] = json!("Another title");
    changed["key"] = json!("");
    let saved = lead.if_match(1).put_json(&url, &changed).await.is(200).json();
    assert_eq!((&saved["title"], &saved["key"], &saved["version"]), (&json!("Another title"), &question["key"], &json!(2)), "a key stays");
    let second = lead.post_json(&format!("{place}/versions"), json!({"reason": "Second"})).await.is(201).json();
    assert_eq!(second["newest_version"]["number"], json!(2));
    assert_eq!(lead.get(&version).await.is(200).json(), before);

    let refused = app.server.db.write_here(fivefold::platform::db::Door::System { team: world.team.0, reason: "test" }, |tx| {
        diesel::RunQueryDsl::execute(diesel::sql_query("UPDATE question_set_versions SET number = 9"), tx.conn())?;
        Ok(())
    });
    assert!(format!("{:?}", refused.unwrap_err()).contains("permission denied"), "not even the server may change it");
}

#[actix_web::test]
async fn two_editors_of_one_question_lose_nothing_and_of_two_questions_do_not_meet() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, _) = copy(&app, &world).await;
    let owner = app.token(world.owner);
    let draft = questions(&lead, &place).await;
    let url = |question: &Value| format!("{place}/draft/questions/{}", question["id"].as_str().unwrap());
    let with = |question: &Value, prompt: &str| {
        let mut question = written(question);
        question["prompt"] = json!(prompt);
        question
    };
    lead.if_match(1).put_json(&url(&draft[0]), &with(&draft[0], "Mine.")).await.is(200);
    owner.if_match(1).put_json(&url(&draft[1]), &with(&draft[1], "Another question.")).await.is(200);
    let stale = owner.if_match(1).put_json(&url(&draft[0]), &with(&draft[0], "Theirs.")).await.is(412).json();
    assert_eq!(
        (&stale["current"]["prompt"], &stale["current"]["version"]),
        (&json!("Mine."), &json!(2)),
        "both texts are there to compare"
    );
    lead.put_json(&url(&draft[0]), &with(&draft[0], "Without a version.")).await.is(428);
    lead.if_match(1).send(Method::DELETE, &url(&draft[0]), None).await.is(412);
}

#[actix_web::test]
async fn what_a_draft_lacks_is_named_and_stops_publishing() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let set = lead.post_json(&world.api("/question-sets"), json!({"name": "New ground"})).await.is(201).json();
    let place = world.api(&format!("/question-sets/{}", set["id"].as_str().unwrap()));
    lead.post_json(&format!("{place}/versions"), json!({"reason": "Empty"})).await.is(422).refuses("questions");

    let question = lead.post_json(&format!("{place}/draft/questions"), json!({"title": "Why queues?"})).await.is(201).json();
    assert_eq!(question["key"], json!("why-queues"));
    let missing: Vec<&str> = question["missing"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(missing, ["kind", "prompt", "tests", "minutes", "areas", "levels", "listen_for"]);
    let refused = lead.post_json(&format!("{place}/versions"), json!({"reason": "Early"})).await.is(422).json();
    assert!(refused["errors"].as_array().unwrap().iter().any(|error| error["field"] == json!("questions[0] (why-queues).prompt")));
    lead.post_json(&format!("{place}/versions"), json!({"reason": " "})).await.is(422).refuses("reason");

    let whole = json!({
        "title": "Why queues?", "prompt": "What is a queue for?", "kind": "technical", "areas": ["fundamentals"], "levels": ["mid"],
        "minutes": 5, "tests": "Whether they know why.", "listen_for": ["Decouples", "", "Buffers"],
    });
    let url = format!("{place}/draft/questions/{}", question["id"].as_str().unwrap());
    let saved = lead.if_match(1).put_json(&url, &whole).await.is(200).json();
    assert_eq!((&saved["missing"], &saved["listen_for"]), (&json!([]), &json!(["Decouples", "Buffers"])));
    assert!(!saved["advice"].as_array().unwrap().is_empty(), "two points are few for the room, and it is said");
    lead.post_json(&format!("{place}/versions"), json!({"reason": "Whole"})).await.is(201);
    let again = lead.post_json(&format!("{place}/draft/questions"), json!({"title": "Why queues?"})).await.is(201).json();
    assert_eq!(again["key"], json!("why-queues-2"));
    lead.post_json(&format!("{place}/draft/questions"), json!({"title": "x", "key": "why-queues"})).await.is(422).refuses("key");
}

#[actix_web::test]
async fn questions_are_found_by_words_filtered_ordered_and_changed_together() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, set) = copy(&app, &world).await;
    let found =
        async |query: &str| lead.get(&format!("{place}/draft/questions?{query}")).await.is(200).json()["items"].as_array().unwrap().clone();
    let keys = |questions: &[Value]| questions.iter().map(|question| question["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(keys(&found("q=middlewares").await).contains(&"middleware".to_owned()), "words are found in every form");
    assert_eq!(found("q=zebra").await.len(), 0);
    assert!(found("kind=scenario&level=senior&area=5").await.iter().all(|question| question["kind"] == json!("scenario")));
    lead.get(&format!("{place}/draft/questions?area=6")).await.is(400);

    let draft = questions(&lead, &place).await;
    let mut order: Vec<Value> = draft.iter().map(|question| question["id"].clone()).collect();
    order.reverse();
    let version = set["version"].as_i64().unwrap();
    let put = |version: i64, ids: &[Value]| (lead.if_match(version), json!({"question_ids": ids}));
    let (client, body) = put(version, &order[1..]);
    client.put_json(&format!("{place}/draft/order"), &body).await.is(422).refuses("question_ids");
    let (client, body) = put(version, &order);
    let after = client.put_json(&format!("{place}/draft/order"), &body).await.is(200).json();
    assert_eq!(questions(&lead, &place).await[0]["id"], draft.last().unwrap()["id"]);
    let (client, body) = put(version, &order);
    client.put_json(&format!("{place}/draft/order"), &body).await.is(412);

    let two = json!([draft[0]["id"], draft[1]["id"]]);
    lead.patch_json(&format!("{place}/draft/questions"), &json!({"question_ids": two, "levels": ["senior"], "minutes": 9})).await.is(200);
    let changed: Vec<Value> = questions(&lead, &place).await.into_iter().filter(|question| question["minutes"] == json!(9)).collect();
    assert!(changed.len() >= 2 && changed.iter().filter(|question| question["levels"] == json!(["senior"])).count() == 2);
    let left = lead.patch_json(&format!("{place}/draft/questions"), &json!({"question_ids": two, "remove": true})).await.is(200).json();
    assert_eq!(left["questions"].as_i64().unwrap(), after["questions"].as_i64().unwrap() - 2);
    let positions: Vec<Value> = questions(&lead, &place).await.iter().map(|question| question["position"].clone()).collect();
    assert_eq!(positions, (1..=positions.len()).map(|place| json!(place)).collect::<Vec<_>>(), "no gap is left");
}

#[actix_web::test]
async fn an_interview_pins_a_version_of_the_team_and_keeps_it_when_the_set_is_retired() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, place, _) = copy(&app, &world).await;
    let published = lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours"})).await.is(201).json();
    let version = published["newest_version"]["id"].clone();
    let mut plan = world.plan(&app);
    plan["question_set_version_id"] = version.clone();
    plan.as_object_mut().unwrap().remove("question_ids");
    let interview = lead.post_json(&world.api("/interviews"), plan).await.is(201).json();
    assert_eq!(interview["question_set_version"]["name"], json!("Our backend"));

    lead.send(Method::PUT, &format!("{place}/retirement"), Some(("application/json", b"{}".to_vec()))).await.is(200);
    let url = world.api(&format!("/interviews/{}", interview["id"].as_str().unwrap()));
    assert_eq!(lead.get(&url).await.is(200).json()["question_set_version"]["id"], version);
    app.signed_in(world.interviewer).get(&world.page("/question-sets")).await.is(200).hides("Our backend");
    lead.send(Method::DELETE, &format!("{place}/retirement"), None).await.is(200);
    app.signed_in(world.interviewer).get(&world.page("/question-sets")).await.is(200).shows("Our backend");

    // Another team's version does not exist, in a plan neither.
    let stranger = app.token(world.outsider);
    stranger.get(&format!("/api/v1/teams/{}/question-sets/versions/{}", world.other_team, version.as_str().unwrap())).await.is(404);
    app.leave_jobs();
}

#[actix_web::test]
async fn who_reads_the_library_does_not_see_what_is_being_written() {
    let app = App::new().await;
    let world = World::new(&app);
    let (_, place, _) = copy(&app, &world).await;
    let interviewer = app.token(world.interviewer);
    interviewer.get(&place).await.is(403);
    interviewer.get(&format!("{place}/draft/questions")).await.is(403);
    assert!(!interviewer.get(&world.api("/question-sets")).await.is(200).text().contains("Our backend"));
    assert!(app.token(world.lead).get(&world.api("/question-sets")).await.is(200).text().contains("Our backend"));
    app.token(world.outsider).get(&place).await.is(404);
}

#[actix_web::test]
async fn the_pages_do_what_the_operations_do_without_a_script() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.signed_in(world.lead);
    let (version, _) = World::versions(&app);
    let sets = world.page("/question-sets");
    let page = lead.get(&world.page(&format!("/question-sets/versions/{version}"))).await.is(200).shows("Copy to change it");
    assert!(page.says("Copy to change it"));
    lead.get(&format!("{sets}/new?copy_of={version}")).await.is(200).shows("our copy");
    lead.post_form(&sets, json!({"name": " ", "copy_of": version})).await.refuses("name");
    let draft = lead.post_form(&sets, json!({"name": "Ours", "copy_of": version})).await.is(303).location().to_owned();
    lead.get(&draft).await.is(200).shows("Changes not published yet").shows("question-");
    lead.get(&sets).await.is(200).shows("Draft, not published yet");
    let found = lead.get(&format!("{draft}?q=middleware")).await.is(200);
    assert!(found.says("What middleware is for"));
    lead.get(&format!("{draft}?q=zebra")).await.is(200).shows("No question fits");

    // A question is written, refused with everything that was typed, shown in the preview, and saved.
    let questions = format!("{draft}/questions");
    let typed =
        json!({"title": "Why queues?", "prompt": "What is a queue for?\nReally?", "minutes": "many", "listen_for": "Decouples\n\nBuffers"});
    let refused = lead.post_form(&questions, &typed).await.refuses("minutes");
    assert_eq!((refused.typed("title"), refused.typed("minutes")), (Some("Why queues?".into()), Some("many".into())));
    let mut form = typed.clone();
    form["minutes"] = json!("5");
    form["preview"] = json!("1");
    let before = app.count("SELECT count(*) FROM draft_questions");
    lead.post_form(&questions, &form).await.is(200).shows("What is a queue for? Really?").shows("To be published it needs");
    assert_eq!(app.count("SELECT count(*) FROM draft_questions"), before, "a preview saves nothing");
    form.as_object_mut().unwrap().remove("preview");
    lead.post_form(&questions, &form).await.is(303);
    let id = app.text("SELECT id::text FROM draft_questions WHERE key = 'why-queues'");
    let url = format!("{questions}/{id}");
    lead.get(&url).await.is(200).shows("Decouples");

    // What is missing stops publishing and leads to the question.
    let set = draft.strip_suffix("/draft").unwrap();
    lead.post_form(&format!("{set}/versions"), json!({"reason": "First"})).await.is(422).shows("It cannot be published yet");
    let whole = json!({
        "title": "Why queues?", "prompt": "What is a queue for?", "kind": "technical", "primary": "fundamentals", "levels": "mid", "minutes": "5",
        "tests": "Whether they know why.", "listen_for": "Decouples\nBuffers", "version": "1",
    });
    lead.post_form(&url, &whole).await.is(303);

    // Two editors: both texts are shown, and nothing is lost.
    let mut mine = whole.clone();
    mine["prompt"] = json!("What would you use a queue for?");
    let stale = lead.post_form(&url, &mine).await.is(412).shows("Yours and theirs");
    assert_eq!(stale.typed("prompt").as_deref(), Some("What would you use a queue for?"));
    assert!(stale.text().contains("<del>would you use</del>") && stale.text().contains("<ins>is</ins>"), "{}", stale.text());
    mine["version"] = json!(stale.typed("version").unwrap());
    // One of theirs is taken over into the form; what is not taken stays mine, and nothing is saved by it.
    let mut both = mine.clone();
    (both["tests"], both["take"]) = (json!("Whether they can say why."), json!("Prompt"));
    let taken = lead.post_form(&url, &both).await.is(200);
    assert_eq!(
        (taken.typed("prompt"), taken.typed("tests")),
        (Some("What is a queue for?".into()), Some("Whether they can say why.".into()))
    );
    assert!(taken.text().contains("Take theirs: What it is there to find out") && !taken.text().contains("Take theirs: Prompt"));
    assert_eq!(taken.typed("version"), stale.typed("version"));
    lead.post_form(&url, &mine).await.is(303);
    assert_eq!(app.text("SELECT content->>'prompt' FROM draft_questions WHERE key = 'why-queues'"), "What would you use a queue for?");

    // Up by one place, then out.
    let version = lead.get(&draft).await.is(200).typed("version").unwrap();
    lead.post_form(&format!("{draft}/order"), json!({"up": id, "version": version})).await.is(303);
    assert_eq!(app.count("SELECT position FROM draft_questions WHERE key = 'why-queues'"), before);
    lead.post_form(&format!("{draft}/order"), json!({"up": id, "version": version}))
        .await
        .is(412)
        .shows("Somebody else has changed this draft");
    lead.post_form(&format!("{draft}/changes"), json!({"question": id, "minutes": "7"})).await.is(303);
    assert_eq!(app.text("SELECT content->>'minutes' FROM draft_questions WHERE key = 'why-queues'"), "7");
    let published = lead.post_form(&format!("{set}/versions"), json!({"reason": "With queues"})).await.is(303).location().to_owned();
    lead.get(&published).await.is(200).shows("With queues").shows("Why queues?").shows("Edit the draft");

    app.signed_in(world.interviewer).get(&published).await.is(200).hides("Retired");
    lead.post_form(&format!("{set}/practice"), json!({"on": "true"})).await.is(303);
    lead.post_form(&format!("{set}/retirement"), json!({"on": "true"})).await.is(303);
    lead.get(&sets).await.is(200).shows("Retired sets: 1");
    app.signed_in(world.interviewer).get(&published).await.is(200).shows("Retired").shows("what used a version keeps it");
    app.signed_in(world.interviewer).get(&draft).await.is(403);
}

#[actix_web::test]
async fn a_thousand_questions_cost_as_many_queries_as_twenty() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.signed_in(world.lead);
    let (_, place, set) = copy(&app, &world).await;
    let draft = world.page(&format!("/question-sets/{}/draft", set["id"].as_str().unwrap()));
    // What never changes is in memory from the first look on.
    lead.get(&draft).await.is(200);
    let (_, few) = app.queries(lead.get(&draft)).await;
    app.sql(
        "INSERT INTO draft_questions (team_id, set_id, id, key, position, content, changed_at)
         SELECT team_id, set_id, gen_random_uuid(), key || '-' || n, position + n * 100,
                content || jsonb_build_object('key', key || '-' || n, 'title', left(content->>'title', 40) || ' ' || n), changed_at
         FROM draft_questions, generate_series(1, 25) AS n",
    );
    let (answer, many) = app.queries(lead.get(&draft)).await;
    assert!(answer.is(200).text().len() < 200_000, "the page stays light");
    assert_eq!(many.len(), few.len(), "{many:#?}");
    assert_eq!(lead_found(&app, &world, &place).await, 26, "words are found over all of them");
}

async fn lead_found(app: &App, world: &World, place: &str) -> usize {
    let list = app.token(world.lead).get(&format!("{place}/draft/questions?q=middleware+layers&limit=100")).await.is(200).json();
    list["items"].as_array().unwrap().iter().filter(|question| question["title"].as_str().unwrap().contains("middleware")).count()
}
