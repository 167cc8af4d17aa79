//! Public proof, and questions to ask: both doors alike, in one's own order, and for nobody else's eyes.

use fivefold::platform::db::Door;
use serde_json::{Value, json};

use crate::support::{App, Client, Response, World, texts};

const PAGE: &str = "/account/proof";
const PROOFS: &str = "/api/v1/me/proofs";
const QUESTIONS: &str = "/api/v1/me/questions-to-ask";

fn depot() -> Value {
    json!({"kind": "repository", "title": "Depot", "url": "https://code.example.org/depot", "shows": "Retries that do not double."})
}

async fn listed(program: &Client, list: &str, what: &str) -> Vec<String> {
    let items = program.get(list).await.is(200).json()["items"].clone();
    items.as_array().unwrap().iter().map(|item| item[what].as_str().unwrap().to_owned()).collect()
}

/// The address of the page's forms for the item that says this.
async fn row(program: &Client, list: &str, what: &str, text: &str) -> String {
    let items = program.get(list).await.is(200).json()["items"].clone();
    let item = items.as_array().unwrap().iter().find(|item| item[what] == text).unwrap_or_else(|| panic!("no {text}")).clone();
    let path = if list == PROOFS { "proofs" } else { "questions" };
    format!("{PAGE}/{path}/{}", item["id"].as_str().unwrap())
}

#[actix_web::test]
async fn what_one_can_show_is_kept_by_either_door_in_ones_own_order() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    // Nobody begins before an empty page: each kind says what makes one worth showing.
    let empty = browser.get(PAGE).await.is(200).shows("What is worth showing").shows("One that you would be glad to be asked about");
    for kind in ["Repository", "Deployed app", "API documentation", "Write-up", "Portfolio", "Profile"] {
        assert!(empty.says(kind), "{kind}");
    }
    let made = program.post_json(PROOFS, depot()).await.is(201);
    assert_eq!(made.header("Location"), format!("{PROOFS}/{}", made.id()));
    let form = json!({"kind": "app", "title": "Planner", "url": "planner.example.org", "shows": ""});
    assert_eq!(browser.post_form(&format!("{PAGE}/proofs"), form).await.leads(), format!("{PAGE}#proofs"));
    assert_eq!(listed(&program, PROOFS, "url").await, ["https://code.example.org/depot", "https://planner.example.org/"]);
    browser.get(PAGE).await.shows("Retries that do not double.").hides("One that you would be glad");

    let planner = row(&program, PROOFS, "title", "Planner").await;
    browser.post_form(&format!("{planner}/place"), [("place", "0")]).await.leads();
    assert_eq!(listed(&program, PROOFS, "title").await, ["Planner", "Depot"]);
    let moved = program.put_json(&format!("{PROOFS}/{}/place", made.id()), json!({"place": 0})).await.is(200).json();
    assert_eq!(moved["items"][0]["title"], "Depot");
    // A place is not what a version is about.
    let changed = json!({"kind": "write_up", "title": "Why Depot", "url": "https://code.example.org/why"});
    let changed = program.if_match(1).put_json(&format!("{PROOFS}/{}", made.id()), changed).await.is(200);
    assert_eq!((changed.header("ETag"), &changed.json()["shows"]), ("\"2\"", &json!("")));

    browser.post_form(&format!("{planner}/removal"), [("", "")]).await.leads();
    program.delete(&format!("{PROOFS}/{}", made.id())).await.is(204);
    program.delete(&format!("{PROOFS}/{}", made.id())).await.is(404);
    assert_eq!(app.count("SELECT count(*) FROM proofs"), 0);
}

#[actix_web::test]
async fn mistakes_stand_at_their_fields_and_who_saves_second_sees_both_texts() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    let wrong = json!({"kind": "", "title": "", "url": "javascript:alert(1)", "shows": "x".repeat(301)});
    let page = browser.post_form(&format!("{PAGE}/proofs"), &wrong).await;
    let page = page.refuses("kind").refuses("title").refuses("url").refuses("shows");
    assert_eq!(page.typed("url"), Some("javascript:alert(1)".into()));
    program.post_json(PROOFS, json!({"kind": "app", "title": "D", "url": "http://depot.example.org"})).await.refuses("url");
    program.post_json(PROOFS, json!({"kind": "certificate", "title": "D", "url": "https://depot.example.org"})).await.is(400);

    let id = program.post_json(PROOFS, depot()).await.is(201).id();
    let (url, form) = (format!("{PROOFS}/{id}"), row(&program, PROOFS, "title", "Depot").await);
    program.put_json(&url, depot()).await.is(428);
    let mine = json!({"kind": "app", "title": "Mine", "url": "https://mine.example.org", "shows": "", "version": "1"});
    browser
        .post_form(&form, json!({"kind": "app", "title": "", "url": "https://x.example.org", "shows": "", "version": "1"}))
        .await
        .refuses(&format!("p-{id}-title"));
    program.if_match(1).put_json(&url, json!({"kind": "app", "title": "Theirs", "url": "https://theirs.example.org"})).await.is(200);
    assert_eq!(program.if_match(1).put_json(&url, depot()).await.is(412).json()["current"]["title"], "Theirs");
    let both = browser.post_form(&form, &mine).await.is(412).shows("In the other window it says").shows("Theirs");
    assert!(both.text().contains("value=\"Mine\"") && both.text().contains("name=\"version\" value=\"2\""), "{}", both.text());
    let mut again = mine;
    again["version"] = json!("2");
    browser.post_form(&form, &again).await.leads();
    assert_eq!(listed(&program, PROOFS, "title").await, ["Mine"]);

    let id = program.post_json(QUESTIONS, json!({"text": "Who reviews?"})).await.is(201).id();
    let form = format!("{PAGE}/questions/{id}");
    browser.post_form(&form, json!({"text": "", "heard": "They all do.", "version": "1"})).await.refuses(&format!("q-{id}-text"));
    program.if_match(1).put_json(&format!("{QUESTIONS}/{id}"), json!({"text": "Who reviews what?"})).await.is(200);
    browser.post_form(&form, json!({"text": "Who?", "heard": "They all do.", "version": "1"})).await.is(412).shows("Who reviews what?");
}

#[actix_web::test]
async fn questions_are_ones_own_or_taken_from_the_six_with_one_click() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    let six = program.get(&format!("{QUESTIONS}/suggestions")).await.is(200).json()["items"].clone();
    assert_eq!(six.as_array().unwrap().len(), 6);
    let page = browser.get(PAGE).await.is(200).shows("Six that stand ready");
    assert!(six.as_array().unwrap().iter().all(|one| page.says(one["text"].as_str().unwrap()) && one["taken"] == false));

    browser.post_form(&format!("{PAGE}/questions"), [("theme", "scale")]).await.leads();
    program.post_json(QUESTIONS, json!({"theme": "testing", "text": "What may stay untested?"})).await.is(201);
    browser.post_form(&format!("{PAGE}/questions"), [("text", "Who is on call?")]).await.leads();
    program.post_json(QUESTIONS, json!({"theme": "scale"})).await.is(409);
    browser.post_form(&format!("{PAGE}/questions"), [("theme", "scale")]).await.is(409).shows("on your list already");
    program.post_json(QUESTIONS, json!({})).await.refuses("text");
    browser.post_form(&format!("{PAGE}/questions"), [("text", " ")]).await.refuses("text");
    let own = listed(&program, QUESTIONS, "text").await;
    assert_eq!((own[0].as_str(), own[1].as_str()), (six[1]["text"].as_str().unwrap(), "What may stay untested?"));
    let taken = program.get(&format!("{QUESTIONS}/suggestions")).await.json()["items"].clone();
    assert_eq!(taken.as_array().unwrap().iter().filter(|one| one["taken"] == true).count(), 2);

    let call = row(&program, QUESTIONS, "text", "Who is on call?").await;
    browser.post_form(&format!("{call}/place"), [("place", "0")]).await.leads();
    browser.post_form(&call, json!({"text": "Who is on call?", "heard": "Two, by turns.", "version": "1"})).await.leads();
    // What one heard stays where only the words change.
    let id = call.rsplit('/').next().unwrap();
    let said = program.if_match(2).put_json(&format!("{QUESTIONS}/{id}"), json!({"text": "Who is on call at night?"})).await.is(200).json();
    assert_eq!((&said["heard"], &said["version"]), (&json!("Two, by turns."), &json!(3)));
    assert_eq!(listed(&program, QUESTIONS, "text").await[0], "Who is on call at night?");
    browser.get(PAGE).await.shows("Two, by turns.");
    browser.post_form(&format!("{call}/removal"), [("", "")]).await.leads();
    program.get(&format!("{QUESTIONS}/{id}")).await.is(404);
}

#[actix_web::test]
async fn nobody_else_reads_either_and_the_wall_holds_without_any_handler() {
    let app = App::new().await;
    let world = World::new(&app);
    let mine = app.token(world.candidate);
    let (proof, question) =
        (mine.post_json(PROOFS, depot()).await.is(201).id(), mine.post_json(QUESTIONS, json!({"text": "Depot?"})).await.is(201).id());
    for other in [world.owner, world.lead, world.interviewer, world.outsider] {
        let (program, browser) = (app.token(other), app.signed_in(other));
        assert!(listed(&program, PROOFS, "id").await.is_empty() && listed(&program, QUESTIONS, "id").await.is_empty());
        browser.get(PAGE).await.is(200).hides("Depot");
        for (list, id, body) in [(PROOFS, &proof, depot()), (QUESTIONS, &question, json!({"text": "Mine?"}))] {
            let url = format!("{list}/{id}");
            let answers: [Response; 4] = [
                program.get(&url).await,
                program.if_match(1).put_json(&url, &body).await,
                program.put_json(&format!("{url}/place"), json!({"place": 0})).await,
                program.delete(&url).await,
            ];
            assert_eq!(answers.map(|answer| answer.status), [404; 4], "{url}");
        }
    }
    app.anon().get(PROOFS).await.is(401);
    for table in ["proofs", "own_questions"] {
        let seen = |door| app.write(door, move |tx| Ok(texts(tx.conn(), &format!("SELECT account_id FROM {table}"))));
        let (owner, team) = (world.owner.0, world.team.0);
        for door in [
            Door::Anybody,
            Door::Account(owner),
            Door::Person { account: owner, team },
            Door::Guest { team },
            Door::System { team, reason: "test" },
        ] {
            assert_eq!(seen(door), Vec::<String>::new(), "{table}");
        }
        assert_eq!(seen(Door::Account(world.candidate.0)), [world.candidate.to_string()]);
    }
}

#[actix_web::test]
async fn a_list_is_full_at_thirty() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    app.sql(&format!(
        "INSERT INTO proofs SELECT '{0}', gen_random_uuid(), n, 'app', 'T' || n, 'https://example.org/', '', 1, now() FROM generate_series(1, 30) n;
         INSERT INTO own_questions SELECT '{0}', gen_random_uuid(), n, 'Q' || n, NULL, '', 1, now() FROM generate_series(1, 30) n",
        world.candidate
    ));
    program.post_json(PROOFS, depot()).await.is(409);
    browser.post_form(&format!("{PAGE}/proofs"), depot()).await.is(409).shows("Remove one first");
    program.post_json(QUESTIONS, json!({"text": "One more?"})).await.is(409);
    let (few, queries) = app.queries(browser.get(PAGE)).await;
    few.is(200).shows("T30");
    assert!(queries.len() <= 8, "{queries:#?}");
}
