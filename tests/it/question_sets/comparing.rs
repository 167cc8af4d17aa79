//! What changed: between versions, before publishing, and where a set was copied from.

use serde_json::{Value, json};

use super::drafts::{questions, written};
use crate::support::{App, Client, World};

/// A set of the team with three questions, published once.
async fn published(world: &World, lead: &Client) -> String {
    let place = made(world, lead, json!({"name": "Backend"})).await;
    for (title, prompt) in [("Queues", "What is a queue for?"), ("Caches", "When does a cache lie?"), ("Tests", "What do you test first?")]
    {
        lead.post_json(&format!("{place}/draft/questions"), whole(title, prompt)).await.is(201);
    }
    publish(lead, &place, "First").await;
    place
}

async fn made(world: &World, lead: &Client, new: Value) -> String {
    let set = lead.post_json(&world.api("/question-sets"), new).await.is(201).id();
    world.api(&format!("/question-sets/{set}"))
}

fn whole(title: &str, prompt: &str) -> Value {
    json!({
        "title": title, "prompt": prompt, "kind": "technical", "areas": ["fundamentals"], "levels": ["mid"], "minutes": 5,
        "tests": "Whether they know why.", "listen_for": ["Says why", "Names a cost"],
    })
}

async fn publish(lead: &Client, place: &str, reason: &str) -> String {
    let set = lead.post_json(&format!("{place}/versions"), json!({"reason": reason})).await.is(201).json();
    set["newest_version"]["id"].as_str().unwrap().to_owned()
}

/// Another text for one field of the question of this title.
async fn change(client: &Client, place: &str, title: &str, field: &str, value: Value) {
    let question = questions(client, place).await.into_iter().find(|question| question["title"] == json!(title)).unwrap();
    let mut new = written(&question);
    new[field] = value;
    let url = format!("{place}/draft/questions/{}", question["id"].as_str().unwrap());
    client.if_match(question["version"].as_i64().unwrap()).put_json(&url, &new).await.is(200);
}

/// As a page's address.
fn page(place: &str) -> String {
    place.replace("/api/v1", "")
}

#[actix_web::test]
async fn the_difference_between_two_versions_is_told_question_by_question_and_word_by_word() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let place = published(&world, &lead).await;
    let first = lead.get(&format!("{place}/versions")).await.is(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    change(&lead, &place, "Queues", "prompt", json!("What is a job queue for?")).await;
    lead.post_json(&format!("{place}/draft/questions"), whole("Locks", "Who waits for whom?")).await.is(201);

    let draft = lead.get(&format!("{place}/draft/differences")).await.is(200).json();
    assert_eq!((&draft["to"], &draft["from"]["id"]), (&Value::Null, &json!(first)), "the draft against what was published last");
    assert_eq!(draft["counts"], json!({"added": 1, "removed": 0, "changed": 1, "moved": 0, "unchanged": 2}));
    let editor = app.signed_in(world.lead);
    let shown = editor.get(&format!("{}/draft/differences", page(&place))).await.is(200);
    shown.shows("What would change").shows("What is a <ins>job </ins>queue for?");

    let second = publish(&lead, &place, "A job queue is meant").await;
    let reader = app.token(world.interviewer);
    let versions = world.api(&format!("/question-sets/versions/{second}/differences"));
    let told = reader.get(&versions).await.is(200).json();
    assert_eq!((&told["from"]["id"], &told["to"]["id"], &told["counts"]), (&json!(first), &json!(second), &draft["counts"]));
    let changed = &told["questions"][0];
    assert_eq!(
        (&changed["title"], &changed["fate"], &changed["fields"][0]["field"]),
        (&json!("Queues"), &json!("changed"), &json!("prompt"))
    );
    let added = json!({"change": "added", "text": "job "});
    assert!(changed["fields"][0]["lines"][0]["words"].as_array().unwrap().contains(&added), "{changed}");
    assert_eq!((&told["questions"][1]["fate"], &told["questions"][1]["unchanged_before"]), (&json!("added"), &json!(2)));
    let back = reader.get(&world.api(&format!("/question-sets/versions/{first}/differences?from={second}"))).await.is(200).json();
    assert_eq!(back["counts"]["removed"], json!(1), "any two, in either direction");

    // The same on pages, with who published it and why.
    let browser = app.signed_in(world.interviewer);
    let address = world.page(&format!("/question-sets/versions/{second}"));
    browser.get(&address).await.is(200).shows("A job queue is meant").shows(&format!("{address}/differences"));
    let shown = browser.get(&format!("{address}/differences")).await.is(200).shows("A job queue is meant").shows("Locks");
    shown.shows("2 questions are as they were").shows("What is a <ins>job </ins>queue for?");
    browser.get(&format!("{address}/differences?from={second}")).await.is(200).shows("Nothing has changed");

    // Page by page nothing is left out.
    let one = reader.get(&format!("{versions}?limit=1")).await.is(200).json();
    let cursor = one["next_cursor"].as_str().unwrap();
    let two = reader.get(&format!("{versions}?limit=1&cursor={cursor}")).await.is(200).json();
    assert_eq!(
        (&one["questions"][0], &two["questions"][0], &two["next_cursor"]),
        (&told["questions"][0], &told["questions"][1], &Value::Null)
    );
}

#[actix_web::test]
async fn what_a_reader_may_not_read_is_not_compared_for_them() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let place = published(&world, &lead).await;
    let version = lead.get(&format!("{place}/versions")).await.is(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let differences = |team: &str| format!("/api/v1/teams/{team}/question-sets/versions/{version}/differences");
    app.token(world.candidate).get(&differences(&world.team.to_string())).await.is(403);
    app.token(world.interviewer).get(&format!("{place}/draft/differences")).await.is(403);
    app.token(world.interviewer).get(&format!("{place}/upstream")).await.is(403);
    app.token(world.outsider).get(&differences(&world.other_team.to_string())).await.is(404);
    let (built_in, _) = World::versions(&app);
    let foreign = format!("/api/v1/teams/{}/question-sets/versions/{built_in}/differences?from={version}", world.other_team);
    app.token(world.outsider).get(&foreign).await.is(404);
    lead.get(&world.api(&format!("/question-sets/versions/{version}/differences?from=7"))).await.is(404);
    lead.get(&format!("{place}/upstream")).await.is(404);
}

/// The set `Backend`, a copy of it that has changed one question too, and what has changed in `Backend` since.
async fn copied(world: &World, lead: &Client) -> (String, String, String) {
    let origin = published(world, lead).await;
    let first = lead.get(&format!("{origin}/versions")).await.is(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let copy = made(world, lead, json!({"name": "Ours", "copy_of": first})).await;
    change(lead, &copy, "Caches", "prompt", json!("When does our cache lie?")).await;
    for (title, prompt) in [("Queues", "What is a job queue for?"), ("Caches", "When does a cache not tell the truth?")] {
        change(lead, &origin, title, "prompt", json!(prompt)).await;
    }
    let tests = questions(lead, &origin).await.into_iter().find(|question| question["title"] == json!("Tests")).unwrap();
    let remove = json!({"question_ids": [tests["id"]], "remove": true});
    lead.patch_json(&format!("{origin}/draft/questions"), remove).await.is(200);
    lead.post_json(&format!("{origin}/draft/questions"), whole("Locks", "Who waits for whom?")).await.is(201);
    let second = publish(lead, &origin, "Clearer").await;
    (origin, copy, second)
}

fn prompts(questions: &[Value]) -> Vec<(&str, &str)> {
    questions.iter().map(|question| (question["title"].as_str().unwrap(), question["prompt"].as_str().unwrap())).collect()
}

#[actix_web::test]
async fn single_questions_are_taken_over_from_where_a_set_was_copied_from() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let (_, copy, second) = copied(&world, &lead).await;
    let upstream = lead.get(&format!("{copy}/upstream")).await.is(200).json();
    assert_eq!((&upstream["open"], &upstream["untouched"], &upstream["newest"]["id"]), (&json!(4), &json!(3), &json!(second)));
    let ours: Vec<_> =
        upstream["questions"].as_array().unwrap().iter().map(|one| (&one["key"], &one["fate"], &one["ours"], &one["version"])).collect();
    let one = |key: &str, fate: &str, ours: &str, version: i32| (json!(key), json!(fate), json!(ours), json!(version));
    let wanted = [
        one("queues", "changed", "as_copied", 1),
        one("caches", "changed", "changed", 2),
        one("tests", "removed", "as_copied", 1),
        one("locks", "added", "as_copied", 0),
    ];
    let mut told: Vec<_> = ours.into_iter().map(|(a, b, c, d)| (a.clone(), b.clone(), c.clone(), d.clone())).collect();
    told.sort_by_key(|one| wanted.iter().position(|other| other == one));
    assert_eq!(told, wanted);
    let browser = app.signed_in(world.lead);
    browser.get(&world.page("/question-sets")).await.is(200).shows("4 questions changed in the set this was copied from");
    browser.get(&format!("{}/draft", page(&copy))).await.is(200).shows("4 questions changed in the set this was copied from.");
    browser.get(&format!("{}/upstream", page(&copy))).await.is(200).shows("You changed it too").shows("our").shows("not tell the truth");

    // One of them, over what we had written: only by who has seen our newest text.
    let read = json!({"version_id": second});
    lead.if_match(1).put_json(&format!("{copy}/upstream/questions/caches"), &read).await.is(412);
    lead.put_json(&format!("{copy}/upstream/questions/caches"), &read).await.is(428);
    let left = lead.if_match(2).put_json(&format!("{copy}/upstream/questions/caches"), &read).await.is(200).json();
    assert_eq!((&left["open"], &left["same"]), (&json!(3), &json!(1)));
    lead.if_match(1).put_json(&format!("{copy}/upstream/questions/nothing"), &read).await.is(404);
    let (built_in, _) = World::versions(&app);
    let other = json!({"version_id": built_in});
    lead.if_match(1).put_json(&format!("{copy}/upstream/questions/queues"), other).await.is(422).refuses("version_id");

    // The same by the page.
    let form = |version: &str| vec![("version_id", second.clone()), ("version", version.to_owned())];
    let address = format!("{}/upstream", page(&copy));
    browser.post_form(&format!("{address}/questions/locks"), &form("7")).await.is(412).shows("Somebody else has changed");
    assert_eq!(browser.post_form(&format!("{address}/questions/locks"), &form("0")).await.is(303).location(), address);
    let draft = questions(&lead, &copy).await;
    assert_eq!(
        prompts(&draft),
        [
            ("Queues", "What is a queue for?"),
            ("Caches", "When does a cache not tell the truth?"),
            ("Locks", "Who waits for whom?"),
            ("Tests", "What do you test first?")
        ],
        "what is new stands where it stands there"
    );

    // The rest at once; then there is nothing to tell any more.
    let done = lead.put_json(&format!("{copy}/upstream/questions"), &read).await.is(200).json();
    assert_eq!((&done["open"], &done["copied_from"]["id"]), (&json!(0), &json!(second)));
    let draft = questions(&lead, &copy).await;
    assert_eq!(prompts(&draft).len(), 3, "what was removed there is taken out");
    browser.get(&world.page("/question-sets")).await.is(200).hides("changed in the set this was copied from");
    browser.get(&address).await.is(200).shows("Nothing has changed there");
}

#[actix_web::test]
async fn a_question_that_got_another_short_name_here_is_still_told_and_taken_over_and_keeps_its_name() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let (_, copy, second) = copied(&world, &lead).await;
    for (title, key) in [("Queues", "our-queues"), ("Caches", "our-caches")] {
        change(&lead, &copy, title, "key", json!(key)).await;
    }
    let upstream = lead.get(&format!("{copy}/upstream")).await.is(200).json();
    let told = |key: &str| {
        let all = upstream["questions"].as_array().unwrap();
        let one = all.iter().find(|one| one["key"] == json!(key)).unwrap();
        (one["fate"].as_str().unwrap().to_owned(), one["ours"].as_str().unwrap().to_owned())
    };
    assert_eq!((told("queues"), told("caches")), (("changed".into(), "as_copied".into()), ("changed".into(), "changed".into())));
    let browser = app.signed_in(world.lead);
    browser.get(&world.page("/question-sets")).await.is(200).shows("4 questions changed in the set this was copied from");

    let read = json!({"version_id": second});
    lead.put_json(&format!("{copy}/upstream/questions"), &read).await.is(200);
    let left = lead.if_match(3).put_json(&format!("{copy}/upstream/questions/caches"), &read).await.is(200).json();
    assert_eq!((&left["open"], &left["copied_from"]["id"]), (&json!(0), &json!(second)), "all of it is here");
    let mut draft: Vec<_> = questions(&lead, &copy).await.iter().map(|one| (one["key"].clone(), one["prompt"].clone())).collect();
    draft.sort_by_key(|(key, _)| key.to_string());
    let one = |key: &str, prompt: &str| (json!(key), json!(prompt));
    let expected = [
        one("locks", "Who waits for whom?"),
        one("our-caches", "When does a cache not tell the truth?"),
        one("our-queues", "What is a job queue for?"),
    ];
    assert_eq!(draft, expected);
}

#[actix_web::test]
async fn all_that_was_not_touched_is_taken_over_and_what_we_wrote_stays() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let (_, copy, second) = copied(&world, &lead).await;
    let read = json!({"version_id": second});
    let left = lead.put_json(&format!("{copy}/upstream/questions"), &read).await.is(200).json();
    assert_eq!((&left["open"], &left["questions"][0]["key"]), (&json!(1), &json!("caches")));
    let draft = questions(&lead, &copy).await;
    assert!(prompts(&draft).contains(&("Caches", "When does our cache lie?")));
    let browser = app.signed_in(world.lead);
    browser.get(&world.page("/question-sets")).await.is(200).shows("1 question changed in the set this was copied from");

    let form = [("version_id", second.clone())];
    browser.post_form(&format!("{}/upstream/comparison", page(&copy)), &form).await.is(303);
    assert_eq!(lead.get(&copy).await.is(200).json()["copied_from"], json!(second), "looked at: ours stays as we wrote it");
    browser.get(&world.page("/question-sets")).await.is(200).hides("changed in the set this was copied from");
    let again = lead.put_json(&format!("{copy}/upstream/comparison"), &read).await.is(200).json();
    assert_eq!(again["open"], json!(0));
}

#[actix_web::test]
async fn a_copy_of_an_earlier_built_in_version_is_told_what_changed_since() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let earlier = app.text("SELECT id::text FROM library_question_set_versions WHERE slug = 'django-backend' ORDER BY number LIMIT 1");
    let copy = made(&world, &lead, json!({"name": "Ours", "copy_of": earlier})).await;
    let upstream = lead.get(&format!("{copy}/upstream?limit=100")).await.is(200).json();
    let open = upstream["open"].as_u64().unwrap();
    assert!(open > 0 && upstream["untouched"] == upstream["open"], "{open}");
    let read = json!({"version_id": upstream["newest"]["id"]});
    let done = lead.put_json(&format!("{copy}/upstream/questions"), &read).await.is(200).json();
    assert_eq!((&done["open"], &done["copied_from"]["id"]), (&json!(0), &upstream["newest"]["id"]));
    let newest = upstream["newest"]["id"].as_str().unwrap();
    let same = lead.get(&format!("{copy}/draft/differences?from={newest}")).await.is(200).json();
    let counts = &same["counts"];
    assert_eq!((&counts["added"], &counts["removed"], &counts["changed"]), (&json!(0), &json!(0), &json!(0)), "{same}");
}

#[actix_web::test]
async fn copies_that_were_made_before_know_what_they_were_copied_from() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    copied(&world, &lead).await;
    let keys = || app.texts("SELECT key || ' ' || coalesce(copied_key, '-') FROM draft_questions ORDER BY set_id, position");
    let before = keys();
    assert!(before.contains(&"caches caches".to_owned()) && before.contains(&"caches -".to_owned()), "{before:?}");
    let again = [
        include_str!("../../../migrations/2026-11-24-001302_copied_keys/down.sql"),
        include_str!("../../../migrations/2026-11-24-001302_copied_keys/up.sql"),
    ];
    app.sql(&format!("SET ROLE fivefold_owner; BEGIN; {} {} COMMIT; RESET ROLE", again[0], again[1]));
    assert_eq!(keys(), before);
}
