//! Ten thousand questions in ten megabytes, progress, and an end in the middle.

use actix_web::http::Method;
use fivefold::platform::db::Door;
use fivefold::question_sets;
use serde_json::{Value, json};

use crate::doors::bodies::question_set;
use crate::support::{App, Client, World, merge};

/// A set of so many questions; with `words` it weighs about as many bytes as there may be.
fn large(count: usize, words: &str) -> Value {
    let one = question_set()["questions"][0].clone();
    let question = |i: usize| {
        merge(
            one.clone(),
            json!({"key": format!("question-{i}"), "title": format!("Title {i}"), "prompt": format!("Why {i}?"), "tests": words}),
        )
    };
    merge(question_set(), json!({"questions": (0..count).map(question).collect::<Vec<_>>()}))
}

async fn confirmed(client: &Client, world: &World, file: &Value) -> String {
    let imports = world.api("/question-sets/imports");
    let import = client.send(Method::POST, &imports, Some(("application/json", serde_json::to_vec(file).unwrap()))).await.is(201).json();
    assert_eq!(import["state"], json!("ready"), "{}", import["mistakes"]);
    let url = format!("{imports}/{}", import["id"].as_str().unwrap());
    client.put_json(&format!("{url}/confirmation"), json!({})).await.is(200);
    url
}

#[actix_web::test]
async fn ten_megabytes_with_ten_thousand_questions_are_read_and_written_with_few_queries() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let file = large(10_000, "words ".repeat(122).trim());
    let bytes = serde_json::to_vec(&file).unwrap();
    assert!((9_500_000..10 * 1024 * 1024).contains(&bytes.len()), "{}", bytes.len());
    let began = std::time::Instant::now();
    let (response, asked) =
        app.queries(lead.send(Method::POST, &world.api("/question-sets/imports"), Some(("application/json", bytes)))).await;
    let import = response.is(201).json();
    assert_eq!((&import["plan"]["added"], import["plan"]["first_added"].as_array().unwrap().len()), (&json!(10_000), 100));
    let checked = began.elapsed();
    assert!(asked.len() < 30, "{} queries for a dry run", asked.len());
    let url = world.api(&format!("/question-sets/imports/{}", import["id"].as_str().unwrap()));
    lead.put_json(&format!("{url}/confirmation"), json!({})).await.is(200);
    let began = std::time::Instant::now();
    let (_, asked) = app
        .queries(async {
            app.run_jobs().await;
            lead.get(&url).await
        })
        .await;
    let written = began.elapsed();
    assert_eq!(app.count("SELECT count(*) FROM draft_questions"), 10_000);
    assert!(asked.len() < 200, "{} queries for ten thousand questions", asked.len());
    let set = lead.get(&url).await.json()["question_set_id"].as_str().unwrap().to_owned();
    let began = std::time::Instant::now();
    let csv = lead.get(&world.api(&format!("/question-sets/{set}/draft/export?format=csv"))).await.is(200);
    let exported = began.elapsed();
    let back =
        lead.send(Method::POST, &world.api("/question-sets/imports?slug=brought"), Some(("text/csv", csv.body))).await.is(201).json();
    assert_eq!((&back["plan"]["skipped"], &back["plan"]["changed"]), (&json!(10_000), &json!(0)), "{}", back["mistakes"]);
    eprintln!(
        "10,000 questions, 10 MB: checked in {checked:?}, written in {written:?} with {} queries, exported in {exported:?}",
        asked.len()
    );
    let more = merge(large(1, "x"), json!({"slug": "brought"}));
    let full = merge(
        more.clone(),
        json!({"questions": [merge(more["questions"][0].clone(), json!({"key": "one-more", "title": "M", "prompt": "M?"}))]}),
    );
    let refused = lead.post_json(&world.api("/question-sets/imports"), full).await.is(201).json();
    assert!(refused["mistakes"][0]["message"].as_str().unwrap().contains("at most 10000"), "{refused}");
}

/// A worker between two parts: what it has told by then, and what becomes of it.
#[actix_web::test]
async fn an_import_tells_how_far_it_is_and_is_cancelled_while_it_runs() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let url = confirmed(&lead, &world, &large(1_200, "words")).await;
    // From the second part on somebody has cancelled: seen by a transaction that began before.
    app.sql(
        "CREATE FUNCTION cancel() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            NEW.cancelled_at := CASE WHEN NEW.done >= 1000 THEN NEW.created_at END; RETURN NEW; END $$;
         CREATE TRIGGER cancel BEFORE UPDATE OF done ON question_set_imports FOR EACH ROW EXECUTE FUNCTION cancel();",
    );
    app.run_jobs().await;
    let import = lead.get(&url).await.is(200).json();
    assert_eq!((&import["state"], &import["done"], &import["total"]), (&json!("cancelled"), &json!(1_000), &json!(1_200)));
    assert_eq!(app.count("SELECT count(*) FROM question_sets"), 0, "all of it is taken back");
    assert_eq!(app.count("SELECT count(*) FROM draft_questions"), 0);
}

/// The server dies while an import runs; the next one takes it up and does it once.
#[actix_web::test]
async fn an_import_that_broke_off_is_done_once_by_the_next_worker() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let url = confirmed(&lead, &world, &large(700, "words")).await;
    let id = url.rsplit('/').next().unwrap().parse().unwrap();
    let door = Door::System { team: world.team.0, reason: "test" };
    let broke_off: Result<(), _> = app.server.db.write_here(door, |tx| {
        question_sets::run_import(tx, world.team, id)?;
        Err(fivefold::platform::error::Error::Busy)
    });
    assert!(broke_off.is_err());
    assert_eq!(app.count("SELECT count(*) FROM draft_questions"), 0);
    assert_eq!(lead.get(&url).await.json()["state"], json!("running"));
    app.run_jobs().await;
    assert_eq!((app.count("SELECT count(*) FROM draft_questions"), lead.get(&url).await.json()["state"].clone()), (700, json!("done")));
    app.write(door, |tx| question_sets::run_import(tx, world.team, id));
    assert_eq!(app.count("SELECT count(*) FROM draft_questions"), 700, "a second run finds it done");
}
