//! Sets as files: taken away, changed elsewhere, brought back.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::doors::bodies::{question_set, upload};
use crate::support::{App, Client, World, merge};

/// A file sent to the API, and the dry run of it.
async fn bring(client: &Client, world: &World, kind: &str, query: &str, content: impl Into<Vec<u8>>) -> Value {
    client.send(Method::POST, &world.api(&format!("/question-sets/imports{query}")), Some((kind, content.into()))).await.is(201).json()
}

async fn bring_json(client: &Client, world: &World, file: &Value) -> Value {
    bring(client, world, "application/json", "", serde_json::to_vec_pretty(file).unwrap()).await
}

fn url(world: &World, import: &Value) -> String {
    world.api(&format!("/question-sets/imports/{}", import["id"].as_str().unwrap()))
}

async fn confirm(client: &Client, world: &World, import: &Value) -> Value {
    client.put_json(&format!("{}/confirmation", url(world, import)), json!({})).await.is(200).json()
}

/// Brings a file and waits until it is in the draft.
async fn import(app: &App, client: &Client, world: &World, file: &Value) -> Value {
    let checked = bring_json(client, world, file).await;
    assert_eq!(checked["state"], json!("ready"), "{checked:#}");
    assert_eq!(confirm(client, world, &checked).await["state"], json!("running"));
    app.run_jobs().await;
    let done = client.get(&url(world, &checked)).await.is(200).json();
    assert_eq!(done["state"], json!("done"), "{done:#}");
    done
}

fn counts(import: &Value) -> [i64; 4] {
    ["added", "changed", "skipped", "kept"].map(|name| import["plan"][name].as_i64().unwrap())
}

fn draft_url(world: &World, import: &Value) -> String {
    world.api(&format!("/question-sets/{}/draft", import["question_set_id"].as_str().unwrap()))
}

/// Questions of the set under test, with keys and titles of their own.
fn with_questions(keys: &[&str]) -> Value {
    let one = question_set()["questions"][0].clone();
    let named = |key: &&str| merge(one.clone(), json!({"key": key, "title": format!("Title {key}"), "prompt": format!("Why {key}?")}));
    merge(question_set(), json!({"questions": keys.iter().map(named).collect::<Vec<_>>()}))
}

#[actix_web::test]
async fn an_export_brought_back_changes_nothing_in_json_and_in_csv() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let (version, _) = World::versions(&app);
    lead.post_json(&world.api("/question-sets"), json!({"name": "Our backend", "copy_of": version})).await.is(201);
    let set = app.text("SELECT id FROM question_sets");
    lead.post_json(&world.api(&format!("/question-sets/{set}/versions")), json!({"reason": "First"})).await.is(201);
    let published = app.text("SELECT id FROM question_set_versions");
    for (place, name) in [(format!("versions/{published}"), "our-backend@1"), (format!("{set}/draft"), "our-backend")] {
        for (format, kind) in [("json", "application/json"), ("csv", "text/csv; charset=utf-8")] {
            let path = format!("/question-sets/{place}/export?format={format}");
            let file = lead.get(&world.api(&path)).await.is(200);
            assert_eq!(
                (file.header("Content-Disposition"), file.header("Content-Type"), file.header("X-Content-Type-Options")),
                (format!("attachment; filename=\"{name}.{format}\"").as_str(), kind, "nosniff")
            );
            assert_eq!(app.signed_in(world.lead).get(&world.page(&path)).await.is(200).body, file.body, "both doors");
            let query = format!("?file_name={name}.{format}");
            let checked = bring(&lead, &world, kind.split(';').next().unwrap(), &query, file.body).await;
            let total = checked["plan"]["skipped"].as_i64().unwrap();
            assert_eq!((counts(&checked), checked["plan"]["head"].clone()), ([0, 0, total, 0], json!([])), "{format}: {checked:#}");
            assert!(total > 40 && checked["plan"]["reordered"] == json!(false));
        }
    }
    lead.get(&world.api(&format!("/question-sets/versions/{published}/export?format=xlsx"))).await.is(400);
    app.token(world.interviewer).get(&world.api(&format!("/question-sets/versions/{published}/export"))).await.is(200);
    app.token(world.interviewer).get(&world.api(&format!("/question-sets/{set}/draft/export"))).await.is(403);
}

#[actix_web::test]
async fn a_dry_run_changes_nothing_and_its_confirmation_does_what_it_said() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let first = bring_json(&lead, &world, &with_questions(&["a", "b", "c"])).await;
    assert_eq!((counts(&first), &first["new_set"], &first["question_set_id"]), ([3, 0, 0, 0], &json!(true), &Value::Null));
    assert_eq!(app.count("SELECT count(*) FROM question_sets"), 0);
    assert_eq!(app.due_jobs(), Vec::<String>::new(), "nothing runs before it is confirmed");
    confirm(&lead, &world, &first).await;
    confirm(&lead, &world, &first).await;
    assert_eq!(app.run_jobs().await, 1, "a second confirmation is the same one");
    let done = lead.get(&url(&world, &first)).await.json();
    assert_eq!((&done["state"], &done["done"], &done["total"]), (&json!("done"), &json!(3), &json!(3)));
    let set = draft_url(&world, &done);
    let version = json!({"reason": "First"});
    lead.post_json(&set.replace("/draft", "/versions"), &version).await.is(201);
    let frozen = app.text("SELECT md5(content::text) FROM question_set_versions");
    let ids =
        |questions: &Value| questions["items"].as_array().unwrap().iter().map(|q| (q["key"].clone(), q["id"].clone())).collect::<Vec<_>>();
    let before = ids(&lead.get(&format!("{set}/questions")).await.json());

    // One is new, one is another, the head too; the order is the file's and what it does not name stays in its place.
    let mut file = with_questions(&["x", "b", "a"]);
    file["questions"][1]["minutes"] = json!(9);
    file["name"] = json!("Another name");
    let second = import(&app, &lead, &world, &file).await;
    assert_eq!(counts(&second), [1, 1, 1, 1]);
    assert_eq!((&second["plan"]["head"], &second["plan"]["first_changed"][0]["fields"]), (&json!(["name"]), &json!(["minutes"])));
    let after = lead.get(&format!("{set}/questions")).await.json();
    let keys: Vec<&str> = after["items"].as_array().unwrap().iter().map(|question| question["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["x", "b", "c", "a"]);
    let after = ids(&after);
    assert!(before.iter().all(|known| after.contains(known)), "a question keeps its id");
    assert_eq!(app.text("SELECT name FROM question_sets"), "Another name");
    assert_eq!(app.text("SELECT md5(content::text) FROM question_set_versions"), frozen, "published means frozen");
    assert_eq!(
        app.count("SELECT count(*) FROM question_set_imports WHERE content IS NOT NULL"),
        0,
        "the file is not kept longer than needed"
    );
}

#[actix_web::test]
async fn everything_that_is_wrong_is_said_with_its_line_and_nothing_can_be_done_with_it() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let mut file = with_questions(&["a", "b"]);
    file["questions"][0]["prompt"] = json!("");
    file["questions"][1]["levels"] = json!(["mid", "mid"]);
    file["questions"][1]["surprise"] = json!(1);
    let refused = bring_json(&lead, &world, &file).await;
    let text = serde_json::to_string_pretty(&file).unwrap();
    let line = |words: &str| 1 + text.lines().position(|line| line.contains(words)).unwrap();
    let said: Vec<(String, usize)> = refused["mistakes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mistake| (mistake["field"].as_str().unwrap().to_owned(), mistake["line"].as_u64().unwrap() as usize))
        .collect();
    let mut expected = vec![
        ("questions[0] (a).prompt".to_owned(), line("\"prompt\": \"\"")),
        ("questions[1] (b).levels".to_owned(), 1 + text.lines().enumerate().filter(|(_, l)| l.contains("\"levels\"")).nth(1).unwrap().0),
        ("questions[1] (b).surprise".to_owned(), line("surprise")),
    ];
    expected.sort_by_key(|(_, line)| *line);
    assert_eq!(said, expected);
    assert_eq!((&refused["state"], &refused["mistakes_total"]), (&json!("refused"), &json!(3)));
    let problem = lead.put_json(&format!("{}/confirmation", url(&world, &refused)), json!({})).await.is(409).json();
    assert!(problem["type"].as_str().unwrap().ends_with("import-refused"));
    assert_eq!(app.count("SELECT count(*) FROM question_set_imports WHERE content IS NOT NULL"), 0);
}

#[actix_web::test]
async fn a_file_that_is_none_of_ours_is_told_what_it_is() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let valid = serde_json::to_string(&question_set()).unwrap();
    let deep = format!("{{\"format\": {}1{}}}", "[".repeat(100), "]".repeat(100));
    let json: Vec<(&str, Vec<u8>, &str, Option<u64>)> = vec![
        ("nothing", Vec::new(), "empty", None),
        ("no JSON", b"{\n\"format\": ,}".to_vec(), "no JSON from here", Some(2)),
        ("cut off", valid.as_bytes()[..valid.len() / 2].to_vec(), "ends too early", Some(1)),
        ("a list", b"[1]".to_vec(), "begins with {", Some(1)),
        ("broken UTF-8", [b"{\n\n\"a\": \"".as_slice(), b"\xff\"}"].concat(), "no UTF-8", Some(3)),
        ("gzip", vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "compressed", None),
        ("a zip", b"PK\x03\x04bomb".to_vec(), "archive", None),
        ("deep", deep.into_bytes(), "nests deeper", Some(1)),
        ("many values", format!("{{\"a\": [{}1]}}", "1,".repeat(1_600_000)).into_bytes(), "more values", Some(1)),
        ("a newer format", valid.replace("question-set@1", "question-set@7").into_bytes(), "newer Fivefold", Some(1)),
        ("a rubric", valid.replace("question-set@1", "rubric@1").into_bytes(), "another kind of file", Some(1)),
        ("an unknown format", valid.replace("fivefold/", "threefold/").into_bytes(), "no format that is known", Some(1)),
        ("no format", b"{\"slug\": \"a\"}".to_vec(), "does not say what it is", Some(1)),
        ("a member twice", valid.replacen("\"name\":", "\"name\":\"Twice\",\n\"name\":", 1).into_bytes(), "twice", Some(2)),
        ("a fraction", valid.replace("\"minutes\":5", "\"minutes\":5.0").into_bytes(), "whole number", Some(1)),
        ("a built-in set", valid.replace("\"slug\":\"brought\"", "\"slug\":\"django-backend\"").into_bytes(), "built in", None),
    ];
    for (what, content, says, line) in json {
        let import = bring(&lead, &world, "application/json", "", content).await;
        let mistake = &import["mistakes"][0];
        assert!(mistake["message"].as_str().is_some_and(|message| message.contains(says)), "{what}: {import:#}");
        assert_eq!((mistake["line"].as_u64(), &import["state"]), (line, &json!("refused")), "{what}");
    }
    let send = async |client: &Client, kind: &str, body: Vec<u8>| {
        client.send(Method::POST, &world.api("/question-sets/imports"), Some((kind, body))).await
    };
    send(&lead, "application/pdf", valid.clone().into_bytes()).await.is(400).shows("application/json or text/csv");
    send(&lead.with("Content-Encoding", "gzip"), "application/json", vec![0x1f, 0x8b]).await.is(400).shows("Content-Encoding");
    send(&lead, "application/json", vec![b' '; 11 * 1024 * 1024]).await.is(413);
    send(&app.anon(), "application/json", vec![b' '; 1024 * 1024]).await.is(413);
    lead.send(Method::POST, &world.api("/question-sets/imports?slug=Not%20one"), Some(("application/json", valid.into())))
        .await
        .is(422)
        .refuses("slug");
}

#[actix_web::test]
async fn a_draft_that_has_changed_since_the_dry_run_is_left_alone() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let done = import(&app, &lead, &world, &with_questions(&["a", "b"])).await;
    let draft = draft_url(&world, &done);
    let change = async || {
        let first = &lead.get(&format!("{draft}/questions")).await.json()["items"][0];
        let ids = json!([first["id"]]);
        let minutes = first["minutes"].as_i64().unwrap() + 1;
        lead.patch_json(&format!("{draft}/questions"), &json!({"question_ids": ids, "minutes": minutes})).await.is(200);
    };
    let content = || app.text("SELECT md5(string_agg(content::text || position, '' ORDER BY position)) FROM draft_questions");

    let checked = bring_json(&lead, &world, &with_questions(&["a", "b", "c"])).await;
    change().await;
    let before = content();
    let refused = lead.put_json(&format!("{}/confirmation", url(&world, &checked)), json!({})).await.is(409).json();
    assert!(refused["type"].as_str().unwrap().ends_with("draft-changed"), "{refused:#}");
    assert_eq!((app.due_jobs().len(), content()), (0, before));

    // It may change between the confirmation and its turn, too.
    let checked = bring_json(&lead, &world, &with_questions(&["a", "b", "c"])).await;
    confirm(&lead, &world, &checked).await;
    change().await;
    let before = content();
    app.run_jobs().await;
    let failed = lead.get(&url(&world, &checked)).await.json();
    assert_eq!((&failed["state"], content()), (&json!("failed"), before));
    assert!(failed["failure"].as_str().unwrap().contains("has changed"));

    // A set that was made meanwhile is another set.
    let file = merge(with_questions(&["a"]), json!({"slug": "other"}));
    let (one, two) = (bring_json(&lead, &world, &file).await, bring_json(&lead, &world, &file).await);
    confirm(&lead, &world, &one).await;
    app.run_jobs().await;
    lead.put_json(&format!("{}/confirmation", url(&world, &two)), json!({})).await.is(409);
}

#[actix_web::test]
async fn an_import_is_cancelled_before_it_runs_and_not_after() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let import = bring_json(&lead, &world, &with_questions(&["a"])).await;
    confirm(&lead, &world, &import).await;
    let cancelled = lead.delete(&url(&world, &import)).await.is(200).json();
    assert_eq!(cancelled["state"], json!("cancelled"));
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM question_sets"), 0);
    lead.delete(&url(&world, &import)).await.is(200);
    lead.put_json(&format!("{}/confirmation", url(&world, &import)), json!({})).await.is(409);

    let done = self::import(&app, &lead, &world, &with_questions(&["a"])).await;
    let over = lead.delete(&url(&world, &done)).await.is(409).json();
    assert!(over["type"].as_str().unwrap().ends_with("import-over"));
    assert_eq!(app.count("SELECT count(*) FROM draft_questions"), 1);
}

#[actix_web::test]
async fn files_are_forgotten_after_a_week_and_the_twenty_first_pushes_the_first_out() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let first = bring_json(&lead, &world, &with_questions(&["a"])).await;
    for second in 0..20 {
        app.advance(chrono::TimeDelta::seconds(second + 1));
        bring_json(&lead, &world, &with_questions(&["a"])).await;
    }
    lead.get(&url(&world, &first)).await.is(404);
    let list = lead.get(&world.api("/question-sets/imports?limit=7")).await.is(200).json();
    assert_eq!((list["items"].as_array().unwrap().len(), list["next_cursor"].is_string()), (7, true));
    app.advance(chrono::TimeDelta::days(8));
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM question_set_imports"), 0);
}

#[actix_web::test]
async fn the_pages_do_the_same_without_a_script() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.signed_in(world.lead);
    let imports = world.page("/question-sets/imports");
    let send = async |name: &str, content: &[u8], slug: &str| {
        let (kind, body) = upload(name, content, slug);
        lead.send(Method::POST, &imports, Some((kind, body))).await
    };
    lead.get(&world.page("/question-sets")).await.is(200).shows("Import");
    lead.get(&imports).await.is(200).shows("Check the file");
    let refused = send("", b"", "ours").await.refuses("file");
    assert_eq!(refused.typed("slug"), Some("ours".into()), "what was typed is kept");
    send("ours.xlsx", b"PK", "").await.refuses("file").shows("saved as CSV");
    send("ours.json", b"{}", "Our Own").await.refuses("slug");

    let text = serde_json::to_string_pretty(&with_questions(&["a", "b"])).unwrap();
    let wrong = send("ours.json", text.replace("\"minutes\": 5", "\"minutes\": 500").as_bytes(), "").await.leads();
    lead.get(&wrong).await.is(200).shows("2 things in this file are not right").shows("questions[0] (a).minutes").hides("Import it");
    let checked = send("ours.json", text.as_bytes(), "our-own").await.leads();
    lead.get(&checked).await.is(200).shows("Makes the set Brought along (our-own)").shows("Import it").shows("Title a");
    lead.post_form(&format!("{checked}/confirmation"), json!({})).await.is(303);
    lead.get(&checked).await.is(200).shows("0 of 2 questions").shows("Cancel the import");
    app.run_jobs().await;
    let done = lead.get(&checked).await.is(200).shows("The file is in the draft");
    assert!(done.text().contains(&app.text("SELECT id FROM question_sets WHERE slug = 'our-own'")), "the draft is one step away");
    lead.post_form(&format!("{checked}/cancellation"), json!({})).await.is(409).shows("This import is over");
    lead.get(&imports).await.is(200).shows("ours.json").shows("Imported").shows("Not right yet");
    app.signed_in(world.interviewer).get(&imports).await.is(403);
}

#[actix_web::test]
async fn an_unfinished_draft_is_imported_with_what_is_missing_for_publishing_and_a_mistake_still_refuses_it() {
    let app = App::new().await;
    let world = World::new(&app);
    let (lead, browser) = (app.token(world.lead), app.signed_in(world.lead));
    let mut file = with_questions(&["a", "b"]);
    file["questions"][0]["prompt"] = json!("");
    file["questions"][1]["kind"] = Value::Null;
    file["questions"][1]["minutes"] = Value::Null;
    let checked = bring_json(&lead, &world, &file).await;
    let missing = |import: &Value| {
        let list = import["plan"]["missing"].as_array().unwrap().clone();
        list.iter().map(|one| (one["field"].as_str().unwrap().to_owned(), one["line"].is_number())).collect::<Vec<_>>()
    };
    let expected = ["questions[0] (a).prompt", "questions[1] (b).kind", "questions[1] (b).minutes"].map(|field| (field.to_owned(), true));
    assert_eq!((missing(&checked), &checked["state"], &checked["mistakes"]), (expected.to_vec(), &json!("ready"), &json!([])));
    let page = url(&world, &checked).replace("/api/v1", "");
    browser.get(&page).await.is(200).shows("Missing for publishing").shows("questions[1] (b).kind").shows("Import it");
    let done = import(&app, &lead, &world, &file).await;
    let draft = draft_url(&world, &done);
    let exported = lead.get(&format!("{draft}/export?format=json")).await.is(200).json();
    assert_eq!(exported, file, "what goes out again is what came in");
    let publish = lead.post_json(&draft.replace("/draft", "/versions"), json!({"reason": "Too early"})).await.is(422).json();
    assert!(publish["errors"].as_array().unwrap().iter().any(|error| error["field"] == "questions[0] (a).prompt"), "{publish:#}");
    let table = lead.get(&format!("{draft}/export?format=csv")).await.is(200).body;
    let again = bring(&lead, &world, "text/csv", "?slug=brought", table).await;
    assert_eq!((counts(&again), missing(&again).len()), ([0, 0, 2, 0], 3), "{again:#}");

    // Unfinished is not wrong, and wrong is not unfinished.
    let spoil: [fn(&mut Value); 5] = [
        |question| drop(question.as_object_mut().unwrap().remove("tests")),
        |question| question["surprise"] = json!(1),
        |question| question["minutes"] = json!(500),
        |question| question["title"] = json!("  Not as we write it"),
        |question| question["key"] = json!("a"),
    ];
    for (n, spoil) in spoil.iter().enumerate() {
        let mut file = file.clone();
        spoil(&mut file["questions"][1]);
        assert_eq!(bring_json(&lead, &world, &file).await["state"], json!("refused"), "{n}");
    }
}
