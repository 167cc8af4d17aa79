//! One's own: written by either door, on a version, and read by nobody else.

use fivefold::platform::db::Door;
use serde_json::{Value, json};

use super::{form, full};
use crate::support::{App, World, merge, texts};

const API: &str = "/api/v1/me/resume";
const EDIT: &str = "/account/resume/edit";

#[actix_web::test]
async fn it_is_written_and_read_by_either_door_alike() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    let nothing = program.get(API).await.is(200);
    assert_eq!((nothing.header("ETag"), &nothing.json()["version"], &nothing.json()["saved_at"]), ("\"0\"", &json!(0), &Value::Null));
    browser.get("/account/resume").await.is(200).shows("No résumé yet");
    // Who one is stands there already.
    let empty = browser.get(EDIT).await.is(200);
    assert_eq!((empty.typed("basics.name"), empty.typed("version")), (Some("Carl Candidate".into()), Some("0".into())));
    assert_eq!(empty.typed("work.0.position"), Some(String::new()));

    assert_eq!(browser.post_form(EDIT, form(&full(), 0)).await.leads(), "/account/resume");
    let read = program.get(API).await.is(200).json();
    assert_eq!((&read["resume"], &read["version"]), (&full(), &json!(1)));
    let again = browser.get(EDIT).await.is(200);
    for (name, value) in form(&full(), 1) {
        assert_eq!(again.typed(&name), Some(value.replace("\r\n", "\n")), "{name}");
    }

    let changed = merge(full(), json!({"skills": [{"name": "Rust"}]}));
    let saved = program.if_match(1).put_json(API, &changed).await.is(200);
    assert_eq!((saved.header("ETag"), &saved.json()["resume"]["skills"][0]["name"]), ("\"2\"", &json!("Rust")));
    browser.get("/account/resume").await.is(200).shows("Rust").hides("C++");
}

#[actix_web::test]
async fn who_saves_second_sees_both_texts_and_loses_none() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    program.put_json(API, full()).await.is(428);
    program.if_match(0).put_json(API, full()).await.is(200);
    let mine = merge(full(), json!({"certificates": [{"name": "Mine", "issuer": "", "date": "", "url": ""}]}));
    let stale = program.if_match(0).put_json(API, &mine).await.is(412).json();
    assert_eq!(
        (&stale["current"]["version"], &stale["current"]["resume"]["certificates"][0]["name"]),
        (&json!(1), &json!("Relational design"))
    );
    let page = browser.post_form(EDIT, form(&mine, 0)).await.is(412).shows("Certificates 1: Name").shows("Relational design");
    assert_eq!((page.typed("certificates.0.name"), page.typed("version")), (Some("Mine".into()), Some("1".into())));
    browser.post_form(EDIT, form(&mine, 1)).await.leads();
    assert_eq!(program.get(API).await.json()["resume"]["certificates"][0]["name"], "Mine");
}

#[actix_web::test]
async fn rows_come_and_go_without_scripts_and_keep_what_is_typed() {
    let app = App::new().await;
    let world = World::new(&app);
    let browser = app.signed_in(world.candidate);
    let press = |name: &str, value: &str| [form(&full(), 0), vec![(name.to_owned(), value.to_owned())]].concat();
    let page = browser.post_form(EDIT, press("add", "work")).await.is(200).shows("Not saved yet");
    assert_eq!((page.typed("work.2.position"), page.typed("work.1.position")), (Some(String::new()), Some("Developer".into())));
    assert_eq!(page.typed("basics.summary"), Some(full()["basics"]["summary"].as_str().unwrap().into()));
    let page = browser.post_form(EDIT, press("remove", "work.0")).await.is(200);
    assert_eq!((page.typed("work.0.position"), page.typed("work.1.position")), (Some("Developer".into()), None));
    let page = browser.post_form(EDIT, press("up", "work.1")).await.is(200);
    assert_eq!((page.typed("work.0.position"), page.typed("work.1.position")), (Some("Developer".into()), Some("Trainee".into())));
    assert_eq!(app.count("SELECT count(*) FROM resumes"), 0, "a row's button saves nothing");
}

#[actix_web::test]
async fn what_is_wrong_is_named_at_its_field_and_nothing_typed_is_lost() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    let wrong = merge(
        full(),
        json!({"work": [{"position": "Dev", "start": "2021-05", "end": "2020"}], "projects": [{"name": "", "url": "javascript:alert(1)", "start": "soon"}]}),
    );
    let said = program.if_match(0).put_json(API, &wrong).await;
    let said = said.refuses("work.0.end").refuses("projects.0.url").refuses("projects.0.name").refuses("projects.0.start");
    drop(said);
    program.if_match(0).put_json(API, json!({"basics": {"name": "Ada"}, "awards": []})).await.is(400).shows("awards");
    let page = browser.post_form(EDIT, form(&wrong, 0)).await.refuses("work.0.end").refuses("projects.0.url");
    assert_eq!((page.typed("projects.0.start"), page.typed("projects.0.url")), (Some("soon".into()), Some("javascript:alert(1)".into())));
    browser.post_form(EDIT, [("basics.name", "Ada")]).await.is(428);
    assert_eq!(program.get(API).await.json()["version"], 0);
}

#[actix_web::test]
async fn a_template_is_chosen_with_one_click_and_kept() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    // Also before a word is written, and without touching the version that a form stands on.
    browser.post_form("/account/resume/template", [("template", "skills_first")]).await.leads();
    let own = program.get(API).await.json();
    assert_eq!((&own["template"], &own["version"]), (&json!("skills_first"), &json!(0)));
    browser.post_form(EDIT, form(&full(), 0)).await.leads();
    assert_eq!(program.get(API).await.json()["template"], "skills_first");
    let choose = format!("{API}/template");
    assert_eq!(program.put_json(&choose, json!({"template": "by_time"})).await.is(200).json()["version"], 1);
    program.put_json(&choose, json!({"template": "two_columns"})).await.is(400);
    browser.post_form("/account/resume/template", [("template", "two_columns")]).await.is(400);
    assert_eq!(program.get(API).await.json()["template"], "by_time");
}

#[actix_web::test]
async fn nobody_else_reads_it_and_the_wall_holds_without_any_handler() {
    let app = App::new().await;
    let world = World::new(&app);
    app.token(world.candidate).if_match(0).put_json(API, full()).await.is(200);
    for other in [world.owner, world.lead, world.interviewer, world.outsider] {
        let read = app.token(other).get(API).await.is(200).hides("Ada Novák");
        assert_eq!(read.json()["version"], 0);
        app.token(other).get(&format!("{API}/text")).await.is(200).hides("Ada");
    }
    app.anon().get(API).await.is(401);
    let seen = |door| app.write(door, |tx| Ok(texts(tx.conn(), "SELECT account_id FROM resumes")));
    assert_eq!(seen(Door::Anybody), Vec::<String>::new());
    assert_eq!(seen(Door::Account(world.owner.0)), Vec::<String>::new());
    assert_eq!(seen(Door::Person { account: world.owner.0, team: world.team.0 }), Vec::<String>::new());
    assert_eq!(seen(Door::System { team: world.team.0, reason: "test" }), Vec::<String>::new());
    assert_eq!(seen(Door::Account(world.candidate.0)), [world.candidate.to_string()]);
}

#[actix_web::test]
async fn one_may_be_asked_about_everything_that_is_listed() {
    let app = App::new().await;
    let world = World::new(&app);
    app.token(world.candidate).if_match(0).put_json(API, full()).await.is(200);
    let items = app.token(world.candidate).get(&format!("{API}/suggestions")).await.is(200).json()["items"].clone();
    let texts: Vec<&str> = items.as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["Ledger: Invoices over an API", "Django", "PostgreSQL", "Redis", "C++"]);
    let page = app.signed_in(world.candidate).get("/account/resume").await.is(200).shows("You may be asked about");
    for item in items.as_array().unwrap() {
        assert!(page.says(item["text"].as_str().unwrap()) && page.says(item["detail"].as_str().unwrap()), "{item}");
    }
    page.shows("Listed, and shown in no job and no project: C++.");
}
