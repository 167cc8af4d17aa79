//! What a candidate may know from practice: the planner says it, and suggests another question.

use actix_web::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::form;
use crate::support::{App, Client, World};

/// A question of the production area at level mid.
fn question(title: &str, prompt: &str, minutes: u16) -> Value {
    json!({
        "title": title, "prompt": prompt, "kind": "technical", "areas": ["production"], "levels": ["mid"], "minutes": minutes,
        "tests": "Whether they know why.", "listen_for": ["Says why"],
    })
}

/// A set with these questions, published; gives its address and the version's id.
async fn set(lead: &Client, world: &World, name: &str, questions: &[Value]) -> (String, String) {
    let id = lead.post_json(&world.api("/question-sets"), json!({"name": name})).await.is(201).id();
    let place = world.api(&format!("/question-sets/{id}"));
    for question in questions {
        lead.post_json(&format!("{place}/draft/questions"), question).await.is(201);
    }
    let version = publish(lead, &place).await;
    (place, version)
}

async fn publish(lead: &Client, place: &str) -> String {
    let set = lead.post_json(&format!("{place}/versions"), json!({"reason": "Ours"})).await.is(201).json();
    set["newest_version"]["id"].as_str().unwrap().to_owned()
}

async fn practice(lead: &Client, place: &str, open: bool) {
    let method = if open { Method::PUT } else { Method::DELETE };
    lead.send(method, &format!("{place}/practice"), open.then(|| ("application/json", b"{}".to_vec()))).await.is(200);
}

/// A record of the candidate's own account, and one of somebody without.
async fn records(lead: &Client, world: &World) -> [String; 2] {
    let own = json!({"name": "Carl Candidate", "account_id": world.candidate});
    let own = lead.post_json(&world.api("/candidates"), own).await.is(201).id();
    [own, lead.post_json(&world.api("/candidates"), json!({"name": "Gus Guest"})).await.is(201).id()]
}

async fn known(client: &Client, world: &World, candidate: &str, version: &str) -> Value {
    let query = format!("?question_set_version_id={version}&level=mid");
    client.get(&world.api(&format!("/candidates/{candidate}/known-questions{query}"))).await.is(200).json()
}

fn pairs(known: &Value) -> Vec<(&str, Option<&str>)> {
    known["items"].as_array().unwrap().iter().map(|item| (item["title"].as_str().unwrap(), item["instead"]["title"].as_str())).collect()
}

#[actix_web::test]
async fn who_plans_is_told_what_the_candidate_may_know_and_what_to_ask_instead() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let [carl, gus] = records(&lead, &world).await;
    let lonely = json!({
        "title": "Lonely", "prompt": "What is left to solve?", "kind": "closing", "areas": ["problem-solving"], "levels": ["mid"], "minutes": 3,
        "tests": "Whether they ask.", "listen_for": ["Asks"],
    });
    let practised =
        [question("Alarms", "When do you wake somebody up?", 5), question("Backups", "How do you know that a backup works?", 8), lonely];
    let (open, open_version) = set(&lead, &world, "For practice", &practised).await;
    let hiring = [
        question("Alarms again", "When do you wake somebody up", 5),
        question("Long one", "How would you take a service apart?", 12),
        question("Rollback", "How do you take a release back?", 6),
        question("Logs", "What do you never log?", 6),
    ];
    let (_, hiring_version) = set(&lead, &world, "For hiring", &hiring).await;
    assert_eq!(known(&lead, &world, &carl, &hiring_version).await["items"], json!([]), "nothing is open yet");

    let opened = json!(app.now());
    practice(&lead, &open, true).await;
    // The same words are the same question, whatever its title, its set, its end of sentence; of those left the nearest in time.
    let of_hiring = known(&lead, &world, &carl, &hiring_version).await;
    assert_eq!(pairs(&of_hiring), [("Alarms again", Some("Rollback"))]);
    assert_eq!((&of_hiring["items"][0]["open"]["name"], &of_hiring["items"][0]["open"]["opened_at"]), (&json!("For practice"), &opened));
    assert_eq!(of_hiring["items"][0]["instead"]["same_set"], json!(true));
    // A whole set that is open has nothing of its own to offer: another set's newest version has, and nothing twice.
    let of_open = known(&lead, &world, &carl, &open_version).await;
    assert_eq!(pairs(&of_open), [("Alarms", Some("Rollback")), ("Backups", Some("Logs")), ("Lonely", None)]);
    assert_eq!(of_open["items"][0]["instead"]["question_set"], json!("For hiring, version 1"));
    // Without a plan: everything.
    let all = lead.get(&world.api(&format!("/candidates/{carl}/known-questions"))).await.is(200).json();
    assert_eq!(pairs(&all).len(), 3);
    // Who has no account here has practised nothing here.
    assert_eq!(known(&lead, &world, &gus, &hiring_version).await, json!({"has_account": false, "reads_set": false, "items": []}));
    let built_in = World::versions(&app).0;
    assert_eq!(known(&lead, &world, &carl, &built_in).await["reads_set"], json!(true));

    // The planner's page says it and changes the two; for a guest it says nothing.
    let browser = app.signed_in(world.lead);
    let ids = app.texts(&format!(
        "SELECT q->>'id' FROM question_set_versions, jsonb_array_elements(content->'questions') q WHERE id = '{hiring_version}'"
    ));
    let mut plan = world.plan(&app);
    plan.as_object_mut().unwrap().remove("candidate");
    for (name, value) in
        [("candidate_id", json!(carl)), ("question_set_version_id", json!(hiring_version)), ("question_ids", json!([ids[0], ids[1]]))]
    {
        plan[name] = value;
    }
    let press = |button: (&str, String), candidate: &str| {
        let mut pairs: Vec<_> = form(&plan).into_iter().filter(|(name, _)| name != "candidate_id").collect();
        pairs.extend([("candidate_id".to_owned(), candidate.to_owned()), (button.0.to_owned(), button.1)]);
        pairs
    };
    let page = browser.post_form(&world.page("/interviews"), press(("refresh", "1".into()), &carl)).await.is(200);
    let page = page.shows("The candidate may know these").shows("For practice").shows("Ask instead: Rollback, 6 min");
    assert!(page.text().contains(&format!("value=\"{}:{}\"", ids[0], ids[2])));
    let part =
        browser.with("X-Fragment", "known").post_form(&world.page("/interviews"), press(("refresh", "1".into()), &carl)).await.is(200);
    assert!(part.says("Ask instead: Rollback") && !part.says("</html>"));
    let swapped = browser.post_form(&world.page("/interviews"), press(("swap", format!("{}:{}", ids[0], ids[2])), &carl)).await.is(200);
    assert_eq!(swapped.typed("question_ids").as_deref(), Some(ids[2].as_str()), "it takes the place of the other");
    assert!(!swapped.says("The candidate may know these"));
    for nonsense in
        [format!("{}:{}", ids[0], ids[1]), format!("{}:{}", ids[3], ids[2]), "x".into(), format!("{}:{}", ids[0], uuid::Uuid::nil())]
    {
        let same = browser.post_form(&world.page("/interviews"), press(("swap", nonsense), &carl)).await.is(200);
        assert_eq!(same.typed("question_ids").as_deref(), Some(ids[0].as_str()));
    }
    browser.post_form(&world.page("/interviews"), press(("refresh", "1".into()), &gus)).await.is(200).hides("may know these");
}

#[actix_web::test]
async fn what_was_published_after_a_set_was_closed_for_practice_is_not_known() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let [carl, _] = records(&lead, &world).await;
    let (place, _) = set(&lead, &world, "Ours", &[question("Before", "What came before?", 5)]).await;
    app.advance(TimeDelta::hours(1));
    lead.post_json(&format!("{place}/draft/questions"), question("During", "What stood there then?", 5)).await.is(201);
    let gone = app.text("SELECT id::text FROM draft_questions WHERE key = 'before'");
    lead.if_match(1).delete(&format!("{place}/draft/questions/{gone}")).await.is(204);
    publish(&lead, &place).await;
    app.advance(TimeDelta::hours(1));
    practice(&lead, &place, true).await;
    app.advance(TimeDelta::hours(1));
    practice(&lead, &place, false).await;
    let closed = json!(app.now());
    app.advance(TimeDelta::hours(1));
    lead.post_json(&format!("{place}/draft/questions"), question("After", "What came after?", 5)).await.is(201);
    let newest = publish(&lead, &place).await;
    let known = known(&lead, &world, &carl, &newest).await;
    assert_eq!(
        pairs(&known),
        [("During", Some("After"))],
        "what was gone before the opening, or came after the closing, nobody could practise"
    );
    assert_eq!(known["items"][0]["open"]["closed_at"], closed);
}

#[actix_web::test]
async fn what_a_candidate_may_know_is_told_to_who_plans_and_costs_few_queries() {
    let app = App::new().await;
    let world = World::new(&app);
    let lead = app.token(world.lead);
    let [carl, _] = records(&lead, &world).await;
    let place = world.api(&format!("/candidates/{carl}/known-questions"));
    for account in [world.interviewer, world.candidate] {
        app.token(account).get(&place).await.is(403);
    }
    app.token(world.outsider).get(&place).await.is(404);
    lead.get(&world.api(&format!("/candidates/{}/known-questions", uuid::Uuid::nil()))).await.is(404);
    lead.get(&format!("{place}?question_set_version_id={}", uuid::Uuid::nil())).await.is(404);
    for wrong in ["question_ids=x", "level=boss", "question_set_version_id=7"] {
        lead.get(&format!("{place}?{wrong}")).await.is(400);
    }

    let mut version = String::new();
    let mut counts = Vec::new();
    for name in ["One", "Two", "Three"] {
        let (set, newest) = set(&lead, &world, name, &[question(name, &format!("What is {name}?"), 5)]).await;
        practice(&lead, &set, true).await;
        version = newest;
        known(&lead, &world, &carl, &version).await;
        let (_, queries) = app.queries(lead.get(&format!("{place}?question_set_version_id={version}"))).await;
        counts.push(queries.len());
    }
    assert!(!version.is_empty() && counts.windows(2).all(|pair| pair[0] == pair[1]), "{counts:?}");
}
