//! The built-in library: its files, and how they come into the database.

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use fivefold::app;
use fivefold::platform::db::Clock;

use crate::support::{App, Database};

fn clock() -> Clock {
    std::sync::Arc::new(|| "2026-06-01T00:00:00Z".parse().unwrap())
}

const VERSIONS: &str = "SELECT slug || ' ' || number FROM library_question_set_versions UNION ALL \
    SELECT slug || ' ' || number FROM library_rubric_versions ORDER BY 1";

#[actix_web::test]
async fn a_start_with_nothing_new_changes_nothing() {
    let app = App::new().await;
    let before = (app.texts(VERSIONS), app.texts("SELECT xmin::text FROM library_question_set_versions"));
    app::import_library(&app.database.url(), &clock()).unwrap();
    app::import_library(&app.database.url(), &clock()).unwrap();
    assert_eq!((app.texts(VERSIONS), app.texts("SELECT xmin::text FROM library_question_set_versions")), before);
    assert_eq!(before.0, ["django-backend 1", "five-areas 1"]);
}

#[actix_web::test]
async fn new_content_is_the_next_version_and_the_earlier_stays() {
    let app = App::new().await;
    // As if an earlier release had brought another text.
    app.sql("UPDATE library_question_set_versions SET content_hash = '\\x00', content = jsonb_set(content, '{name}', '\"Before\"')");
    app::import_library(&app.database.url(), &clock()).unwrap();
    assert_eq!(app.texts(VERSIONS), ["django-backend 1", "django-backend 2", "five-areas 1"]);
    assert_eq!(app.text("SELECT content->>'name' FROM library_question_set_versions WHERE number = 1"), "Before");

    let question =
        "SELECT q->>'id' FROM library_question_set_versions, jsonb_array_elements(content->'questions') q WHERE q->>'key' = 'signals'";
    let ids = app.texts(question);
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]), "a question is recognised over the versions");
}

#[actix_web::test]
async fn servers_that_start_together_publish_once() {
    let database = Database::empty();
    fivefold::platform::db::migrate(&database.url()).unwrap();
    let url = database.url();
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| app::import_library(&url, &clock()).unwrap());
        }
    });
    assert_eq!(crate::support::texts(&mut database.connect(), VERSIONS), ["django-backend 1", "five-areas 1"]);
}

#[actix_web::test]
async fn the_role_that_answers_requests_cannot_write_the_library() {
    let app = App::new().await;
    for table in ["library_question_set_versions", "library_rubric_versions"] {
        for act in
            [format!("UPDATE {table} SET name = 'x'"), format!("DELETE FROM {table}"), format!("INSERT INTO {table} SELECT * FROM {table}")]
        {
            let mut conn = app.database.connect();
            conn.batch_execute("SET ROLE fivefold_app").unwrap();
            let refused = conn.transaction(|conn| conn.batch_execute(&act)).unwrap_err();
            assert!(refused.to_string().contains("permission denied"), "{act}: {refused}");
        }
    }
}
