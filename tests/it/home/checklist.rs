//! First steps: they follow from facts, and can be put away.

use fivefold::policy::{Mode, Role};
use serde_json::{Value, json};

use super::home;
use crate::support::{App, World};

fn done(view: &Value) -> Vec<(String, bool)> {
    let step = |step: &Value| (step["step"].as_str().unwrap().to_owned(), step["done"].as_bool().unwrap());
    view["checklist"]["steps"].as_array().unwrap().iter().map(step).collect()
}

fn steps(invite: bool, library: bool, candidate: bool) -> Vec<(String, bool)> {
    vec![("invite".into(), invite), ("library".into(), library), ("candidate".into(), candidate), ("interview".into(), false)]
}

#[actix_web::test]
async fn the_first_steps_of_a_team_follow_from_what_was_done() {
    let app = App::new().await;
    let world = World::new(&app);
    let owner = app.account("Nora New");
    let team = app.team("New", Mode::Hiring, owner);
    let world = World { team, owner, ..world };
    let view = async || home(&app, &world, owner).await;
    assert_eq!(done(&view().await), steps(false, false, false));

    app.token(owner).post_json(&world.api("/invitations"), json!({"role": "lead"})).await.is(201);
    assert_eq!(done(&view().await), steps(true, false, false));
    let there = app.signed_in(owner).post_form(&world.page("/checklist"), [("fact", "library_seen")]).await.is(303);
    assert_eq!(there.location(), world.page("/question-sets"));
    assert_eq!(done(&view().await), steps(true, true, false));
    app.token(owner).post_json(&world.api("/candidates"), json!({"name": "Sofia Marin"})).await.is(201);
    assert_eq!(done(&view().await), steps(true, true, true));

    let lead = app.member(team, Role::Lead, "Lea Lead");
    assert_eq!(home(&app, &world, lead).await["checklist"], Value::Null, "they are the owner's");
    let world = World { lead, interviewer: app.member(team, Role::Interviewer, "Ina"), ..world };
    world.interview(&app, json!({})).await;
    assert_eq!(home(&app, &world, owner).await["checklist"], Value::Null, "an interview is planned: they are over");
}

#[actix_web::test]
async fn who_puts_the_first_steps_away_does_not_see_them_again_by_either_door() {
    for by_page in [true, false] {
        let app = App::new().await;
        let world = World::new(&app);
        let other = app.member(world.team, Role::Owner, "Oskar Owner");
        app.signed_in(world.owner).get(&world.page("")).await.is(200).shows("First steps");
        for _ in 0..2 {
            if by_page {
                let gone = app.signed_in(world.owner).post_form(&world.page("/checklist"), [("fact", "dismissed")]).await.is(303);
                assert_eq!(gone.location(), world.page(""));
            } else {
                app.token(world.owner).put_json(&world.api("/home/checklist"), json!({"fact": "dismissed"})).await.is(204);
            }
        }
        assert_eq!(home(&app, &world, world.owner).await["checklist"], Value::Null);
        app.signed_in(world.owner).get(&world.page("")).await.is(200).hides("First steps").shows("Nothing waits for you");
        app.signed_in(other).get(&world.page("")).await.is(200).shows("First steps");
        let noted = format!("SELECT noted_at = '{}' FROM checklist_facts", app.now().to_rfc3339());
        assert_eq!(app.texts(&noted), ["true"], "one dated fact");
        app.token(world.lead).put_json(&world.api("/home/checklist"), json!({"fact": "dismissed"})).await.is(403);
        app.token(world.owner).put_json(&world.api("/home/checklist"), json!({"fact": "bored"})).await.is(400);
    }
}

#[actix_web::test]
async fn an_empty_home_says_one_sentence_and_offers_one_thing() {
    let app = App::new().await;
    let world = World::new(&app);
    let page = async |account| app.signed_in(account).get(&world.page("")).await.is(200);
    page(world.lead).await.shows("Nothing waits for you").shows("All interviews");
    page(world.interviewer).await.shows("Nothing waits for you").shows("Look at the questions").hides("Plan an interview");
    page(world.candidate).await.shows("No interview yet").hides("Plan an interview");
}
