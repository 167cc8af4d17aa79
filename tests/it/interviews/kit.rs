//! The kit: what goes on paper, and to whom.

use fivefold::policy::Role;
use serde_json::{Value, json};

use super::{link, member, plan, questions};
use crate::support::{App, World};

#[actix_web::test]
async fn the_kit_holds_the_whole_interview_in_order_through_both_doors() {
    let app = App::new().await;
    let world = World::new(&app);
    let mut ids = questions(&app, 5);
    ids.reverse();
    let changes = json!({"question_ids": ids, "instructions": "Be kind.", "place": "Room 4", "time_zone": "Asia/Kolkata"});
    let id = world.interview(&app, plan(&app, &world, changes)).await;
    let kit = app.token(world.interviewer).get(&world.api(&format!("/interviews/{id}/kit"))).await.is(200).json();
    let page = app.signed_in(world.interviewer).get(&world.page(&format!("/interviews/{id}/kit"))).await.is(200);
    let asked: Vec<_> = kit["questions"].as_array().unwrap().iter().map(|question| question["question_id"].as_str().unwrap()).collect();
    assert_eq!(asked, ids);
    let set: Value = serde_json::from_str(
        &app.text(&format!("SELECT content->'questions' FROM library_question_set_versions WHERE id = '{}'", World::versions(&app).0)),
    )
    .unwrap();
    let mut from = 0;
    for (question, id) in kit["questions"].as_array().unwrap().iter().zip(&ids) {
        let whole = set.as_array().unwrap().iter().find(|question| question["id"] == *id).unwrap();
        for member in ["title", "prompt", "tests", "listen_for", "probes", "warning_signs", "minutes", "anchors"] {
            assert_eq!(question[member], whole[member], "{member}");
        }
        let lists = ["listen_for", "probes", "warning_signs"].iter().flat_map(|list| question[list].as_array().unwrap());
        let anchors = question["anchors"].as_array().unwrap();
        assert_eq!(anchors.len(), 5, "the built-in set says of each question what an answer of each level is");
        let anchors = anchors.iter().map(|anchor| &anchor["text"]);
        for words in lists.chain([&question["prompt"], &question["tests"]]).chain(anchors).filter_map(Value::as_str) {
            assert!(page.says(&as_code(words)), "{words:?} is not on the sheet");
        }
        let text = page.text();
        let title = text[from..].find(&format!("<h3>{}", tera_escaped(question["title"].as_str().unwrap())));
        from += title.unwrap_or_else(|| panic!("{} comes in its place", question["title"]));
    }
    let rubric: Value = serde_json::from_str(
        &app.text(&format!("SELECT content->'areas' FROM library_rubric_versions WHERE id = '{}'", World::versions(&app).1)),
    )
    .unwrap();
    for (area, whole) in kit["areas"].as_array().unwrap().iter().zip(rubric.as_array().unwrap()) {
        assert_eq!((&area["anchors"], &area["expected"]), (&whole["anchors"], &whole["expected"]["mid"]));
        for anchor in area["anchors"].as_array().unwrap() {
            assert!(page.says(&as_code(anchor["text"].as_str().unwrap())), "{anchor}");
        }
    }
    let owners: Vec<_> = kit["areas"].as_array().unwrap().iter().map(|area| area["owners"][0].as_str().unwrap()).collect();
    assert_eq!(owners, ["Ines Interviewer", "Lena Lead", "Ines Interviewer", "Lena Lead", "Ines Interviewer"]);
    let facts =
        ["Sofia Marin", "Be kind.", "Room 4", "15:30 in Kolkata", "(UTC)", "Lead interviewer", "Looks after", "Print or save as PDF"];
    for words in facts {
        assert!(page.says(words), "{words}");
    }
    assert!(page.text().contains("<code>") && !page.says("`"), "code is set as code");
    page.hides("sofia@example.com");
}

/// Text between backticks as the sheet sets it.
fn as_code(text: &str) -> String {
    text.split('`').enumerate().map(|(n, part)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() }).collect()
}

/// Quotes as templates write them.
fn tera_escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#x27;")
}

#[actix_web::test]
async fn the_kit_is_for_who_scores_and_who_leads_and_never_for_the_candidate() {
    let app = App::new().await;
    let world = World::new(&app);
    let (shadow, observer) =
        (member(&app, &world, Role::Interviewer, "Sam Shadow"), member(&app, &world, Role::Interviewer, "Oda Observer"));
    let seats = json!([
        {"account_id": world.interviewer, "seat": "lead_interviewer"},
        {"account_id": shadow, "seat": "shadow"},
        {"account_id": observer, "seat": "observer"},
    ]);
    let id = world.interview(&app, json!({"seats": seats})).await;
    link(&app, &app.text("SELECT candidate_id FROM interviews"), world.candidate);
    let path = format!("/interviews/{id}/kit");
    let stranger = member(&app, &world, Role::Interviewer, "Stan Stranger");
    let expected = [
        (world.lead, 200),
        (world.owner, 200),
        (world.interviewer, 200),
        (shadow, 200),
        (observer, 403),
        (world.candidate, 403),
        (stranger, 404),
    ];
    for (account, status) in expected {
        app.token(account).get(&world.api(&path)).await.is(status);
        app.signed_in(account).get(&world.page(&path)).await.is(status);
        let plan = app.signed_in(account).get(&world.page(&format!("/interviews/{id}"))).await;
        assert_eq!(plan.says("Kit to print"), status == 200, "offered to who may read it");
    }
    let elsewhere = format!("/api/v1/teams/{}{path}", world.other_team);
    app.token(world.outsider).get(&elsewhere).await.is(404);
    app.token(world.lead).get(&world.api(&format!("/interviews/{}/kit", uuid::Uuid::new_v4()))).await.is(404);
}

#[actix_web::test]
async fn a_kit_of_many_questions_costs_as_many_queries_as_one_of_few() {
    let app = App::new().await;
    let world = World::new(&app);
    let mut costs = Vec::new();
    for count in [1, 12] {
        let changes = json!({"candidate": {"name": "Sofia"}, "question_ids": questions(&app, count)});
        let id = world.interview(&app, plan(&app, &world, changes)).await;
        for kit in [world.page(&format!("/interviews/{id}/kit")), world.api(&format!("/interviews/{id}/kit"))] {
            let (answer, queries) = app.queries(app.signed_in(world.lead).get(&kit)).await;
            answer.is(200);
            costs.push(queries.len());
        }
    }
    assert_eq!(costs[..2], costs[2..], "{costs:?}");
    assert!(costs.iter().all(|cost| *cost <= 8), "{costs:?}");
}
