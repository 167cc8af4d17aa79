//! An id of another team's thing in a body is an id of nothing (R12): the answer is the same to the letter.

use fivefold::policy::Mode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::scene::Scene;
use crate::interviews::form;
use crate::support::{Response, merge};

/// Where an id can be named in a plan, and what is there to be named.
fn plans(scene: &Scene) -> [(&'static str, Uuid); 2] {
    [("/candidate_id", scene.interview.record), ("/seats/0/account_id", scene.interview.interviewer.0)]
}

/// A plan of the other team's owner, whole and their own.
fn own_plan(scene: &Scene) -> Value {
    let seats = json!([{"account_id": scene.world.outsider, "seat": "lead_interviewer"}]);
    let own = json!({"candidate": {"name": "Sofia Marin"}, "seats": seats, "question_ids": scene.interview.questions});
    merge(scene.world.plan(&scene.app), own)
}

fn with(plan: &Value, place: &str, id: Uuid) -> Value {
    if place == "/candidate_id" {
        return merge(plan.clone(), json!({"candidate": null, "candidate_id": id}));
    }
    let mut plan = plan.clone();
    *plan.pointer_mut(place).unwrap() = json!(id);
    plan
}

/// The two answers, with the ids and what is drawn put aside.
#[track_caller]
fn alike(what: &str, id: Uuid, foreign: &Response, nothing: &Response, unknown: Uuid) {
    let plain = |answer: &Response, id: Uuid| {
        let body = answer.text().replace(&id.to_string(), "ID");
        let drawn = regex::Regex::new(r#""request_id":"[^"]*"|<code>[0-9a-f-]{36}</code>"#).unwrap();
        (answer.status, drawn.replace_all(&body, "").into_owned())
    };
    assert!(matches!(foreign.status, 404 | 422), "{what}: {} {}", foreign.status, foreign.text());
    assert_eq!(plain(foreign, id), plain(nothing, unknown), "{what}");
}

#[actix_web::test]
async fn ids_of_another_team_in_a_body_are_ids_of_nothing() {
    let scene = Scene::set(Mode::Hiring).await;
    let (team, me) = (scene.world.other_team, scene.world.outsider);
    let (program, browser) = (scene.app.token(me), scene.app.signed_in(me));
    let (api, page) = (|rest: &str| format!("/api/v1/teams/{team}{rest}"), |rest: &str| format!("/teams/{team}{rest}"));

    let plan = own_plan(&scene);
    let draft = program.post_json(&api("/interviews"), merge(plan.clone(), json!({"draft": true}))).await.is(201).id();
    for (place, id) in plans(&scene) {
        let unknown = Uuid::new_v4();
        let [foreign, nothing] = [id, unknown].map(|id| with(&plan, place, id));
        let made = [program.post_json(&api("/interviews"), &foreign).await, program.post_json(&api("/interviews"), &nothing).await];
        alike(place, id, &made[0], &made[1], unknown);
        let (url, change) = (api(&format!("/interviews/{draft}")), program.if_match(1));
        let changed = [change.put_json(&url, &foreign).await, change.put_json(&url, &nothing).await];
        alike(place, id, &changed[0], &changed[1], unknown);
        let url = page("/interviews");
        let typed = [browser.post_form(&url, form(&foreign)).await, browser.post_form(&url, form(&nothing)).await];
        alike(place, id, &typed[0], &typed[1], unknown);
    }

    let record = program.post_json(&api("/candidates"), json!({"name": "Cora"})).await.is(201).id();
    let (id, unknown) = (scene.interview.candidate.0, Uuid::new_v4());
    let [foreign, nothing] = [id, unknown].map(|account| json!({"name": "Cora", "account_id": account}));
    let made = [program.post_json(&api("/candidates"), &foreign).await, program.post_json(&api("/candidates"), &nothing).await];
    alike("account_id", id, &made[0], &made[1], unknown);
    let url = api(&format!("/candidates/{record}"));
    let changed = [program.if_match(1).put_json(&url, &foreign).await, program.if_match(1).put_json(&url, &nothing).await];
    alike("account_id", id, &changed[0], &changed[1], unknown);
    let typed = [browser.post_form(&page("/candidates"), &foreign).await, browser.post_form(&page("/candidates"), &nothing).await];
    alike("account_id", id, &typed[0], &typed[1], unknown);
}
