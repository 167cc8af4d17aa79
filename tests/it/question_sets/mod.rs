//! Question sets: the library here, a team's own in `drafts`.

mod comparing;
mod drafts;
mod exchange;
mod frozen;
mod large;
mod schemas;
mod screens;

use serde_json::{Value, json};

use crate::support::{App, World};

#[actix_web::test]
async fn the_built_in_set_is_read_with_everything_an_interviewer_needs() {
    let app = App::new().await;
    let world = World::new(&app);
    let reader = app.token(world.interviewer);

    let list = reader.get(&world.api("/question-sets")).await.is(200).json();
    let set = &list["items"][0];
    assert_eq!((&set["slug"], &set["built_in"], &list["next_cursor"]), (&json!("django-backend"), &json!(true), &Value::Null));
    let set_id = set["id"].as_str().unwrap();
    let versions = reader.get(&world.api(&format!("/question-sets/{set_id}/versions"))).await.is(200).json();
    assert_eq!(versions["items"][0], set["newest_version"]);

    let id = set["newest_version"]["id"].as_str().unwrap();
    let version = reader.get(&world.api(&format!("/question-sets/versions/{id}"))).await.is(200).json();
    assert_eq!(version["questions"].as_array().unwrap().len() as u64, set["newest_version"]["questions"].as_u64().unwrap());
    let question = version["questions"].as_array().unwrap().iter().find(|question| question["key"] == "lazy-querysets").unwrap();
    assert_eq!((&question["areas"], &question["kind"], &question["checklist"]), (&json!([2, 1]), &json!("technical"), &json!("narrating")));
    for list in ["listen_for", "warning_signs", "probes"] {
        assert!(question[list].as_array().unwrap().len() > 1, "{list}");
    }

    let browser = app.signed_in(world.interviewer);
    let place = world.page(&format!("/question-sets/versions/{id}"));
    browser.get(&world.page("/question-sets")).await.is(200).shows("Django backend interview").shows(&place);
    let page = browser.get(&place).await.is(200).shows("Built-in, read-only");
    for question in version["questions"].as_array().unwrap() {
        for text in [&question["title"], &question["prompt"]] {
            assert!(page.says(text.as_str().unwrap()), "{text}");
        }
        assert!(!page.says(question["tests"].as_str().unwrap()), "the list stays light: the rest stands on the question's own page");
    }
    let questions = version["questions"].as_array().unwrap();
    for (place, question) in questions.iter().enumerate().filter(|(place, _)| [0, 4, questions.len() - 1].contains(place)) {
        let page = browser
            .get(&format!(
                "{place_of_set}/questions/{}",
                question["id"].as_str().unwrap(),
                place_of_set = world.page(&format!("/question-sets/versions/{id}"))
            ))
            .await
            .is(200);
        for text in strings(
            question,
            &["title", "prompt", "tests", "listen_for", "warning_signs", "probes", "anchors", "strong_answer", "weak_answer"],
        ) {
            assert!(page.says(&text), "{text}");
        }
        if place > 0 {
            page.shows(questions[place - 1]["id"].as_str().unwrap());
        }
    }
    browser.get(&format!("{}/questions/{}", world.page(&format!("/question-sets/versions/{id}")), uuid::Uuid::nil())).await.is(404);
    let to_newest = browser.get(&world.page(&format!("/question-sets/{set_id}"))).await.is(303);
    assert_eq!(to_newest.location(), world.page(&format!("/question-sets/versions/{id}")));
}

/// Every paragraph of these members.
fn strings(question: &Value, members: &[&str]) -> Vec<String> {
    fn all(value: &Value, found: &mut Vec<String>) {
        match value {
            // Code is set as code: what stands between the backticks is there in pieces.
            Value::String(text) => found.extend(text.split(['`', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)),
            Value::Array(items) => items.iter().for_each(|item| all(item, found)),
            Value::Object(members) => members.values().for_each(|member| all(member, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    members.iter().for_each(|member| all(&question[*member], &mut found));
    found
}

#[actix_web::test]
async fn the_page_shows_the_questions_of_an_area_a_level_and_a_kind() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = app.text("SELECT id::text FROM library_question_set_versions WHERE slug = 'django-backend' ORDER BY number DESC");
    let place = world.page(&format!("/question-sets/versions/{id}"));
    let browser = app.signed_in(world.lead);

    let page = browser.get(&format!("{place}?area=5&level=mid&kind=scenario")).await.is(200);
    let page = page.shows("question-failing-tasks").shows("question-unclear-requirements").hides("question-middleware");
    assert_eq!(
        (page.typed("area"), page.typed("level"), page.typed("kind")),
        (Some("5".into()), Some("mid".into()), Some("scenario".into()))
    );
    browser.get(&format!("{place}?area=&level=&kind=")).await.is(200).shows("question-middleware");
    browser.get(&format!("{place}?level=entry&kind=scenario")).await.is(200).hides("question-production-down");
    browser.get(&format!("{place}?area=1&kind=opening")).await.is(200).shows("No question fits");
    for unknown in ["area=6", "area=x", "level=boss", "kind=riddle"] {
        browser.get(&format!("{place}?{unknown}")).await.is(400);
    }
}

#[actix_web::test]
async fn a_candidate_sees_no_questions_and_what_is_unknown_is_not_found() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = app.text("SELECT id::text FROM library_question_set_versions WHERE slug = 'django-backend' ORDER BY number DESC");
    let version = world.api(&format!("/question-sets/versions/{id}"));
    app.token(world.candidate).get(&version).await.is(403);
    app.token(world.candidate).get(&world.api("/question-sets")).await.is(403);
    let browser = app.signed_in(world.candidate);
    browser.get(&world.page("/question-sets")).await.is(403);
    browser.get(&world.page(&format!("/question-sets/versions/{id}"))).await.is(403).hides("Listen for");
    app.signed_in(world.lead).get(&world.page("/question-sets/7")).await.is(404);
    app.token(world.outsider).get(&version).await.is(404);
    app.anon().get(&version).await.is(401);
    for unknown in ["7", "0190a000-0000-7000-8000-000000000000"] {
        app.token(world.lead).get(&world.api(&format!("/question-sets/versions/{unknown}"))).await.is(404);
        app.token(world.lead).get(&world.api(&format!("/question-sets/{unknown}/versions"))).await.is(404);
    }
}
