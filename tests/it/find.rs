//! Find: everybody finds what they may see, and nothing else.

use fivefold::policy::{AccountId, Role};
use serde_json::{Value, json};

use crate::support::{App, World};

/// What this person's program finds, as kind and name; the page finds the same.
async fn found(app: &App, world: &World, account: AccountId, query: &str) -> Vec<(String, String)> {
    let list = app.token(account).get(&world.api(&format!("/find?{query}&limit=100"))).await.is(200).json();
    let page = app.signed_in(account).get(&world.page(&format!("/find?{query}&limit=100"))).await.is(200).text();
    let hits: Vec<_> = list["items"].as_array().unwrap().iter().map(named).collect();
    assert_eq!(page.matches("class=\"hit\"").count(), hits.len(), "page and API agree");
    for id in list["items"].as_array().unwrap().iter().map(id) {
        assert!(page.contains(id), "{id}");
    }
    hits
}

const NOTHING: [(String, String); 0] = [];

fn named(hit: &Value) -> (String, String) {
    let kind = hit["kind"].as_str().unwrap();
    let name = match kind {
        "candidate" => &hit["candidate"]["name"],
        "question" => &hit["question"]["title"],
        _ if hit["interview"]["candidate"].is_null() => &hit["interview"]["team"],
        _ => &hit["interview"]["candidate"]["name"],
    };
    (kind.to_owned(), name.as_str().unwrap().to_owned())
}

fn id(hit: &Value) -> &str {
    hit[hit["kind"].as_str().unwrap()]["id"].as_str().unwrap()
}

fn hit(kind: &str, name: &str) -> (String, String) {
    (kind.to_owned(), name.to_owned())
}

/// An interview of Sofia Marin, another of Ben Marino without the interviewer, and a draft that asks about marinades.
async fn scene(app: &App, world: &World) -> String {
    world.interview(app, json!({})).await;
    let others = json!({"candidate": {"name": "Ben Marino"}, "seats": [{"account_id": world.lead, "seat": "lead_interviewer"}]});
    world.interview(app, others).await;
    let lead = app.token(world.lead);
    let set = lead.post_json(&world.api("/question-sets"), json!({"name": "Kitchen"})).await.is(201).id();
    let place = world.api(&format!("/question-sets/{set}"));
    lead.post_json(&format!("{place}/draft/questions"), question("Marinades", "What is a marinade for?")).await.is(201);
    place
}

fn question(title: &str, prompt: &str) -> Value {
    json!({
        "title": title, "prompt": prompt, "kind": "technical", "areas": ["fundamentals"], "levels": ["mid"], "minutes": 5,
        "tests": "Whether they know why.", "listen_for": ["Tenderness"],
    })
}

#[actix_web::test]
async fn one_box_finds_people_interviews_and_questions_for_who_may_see_them() {
    let app = App::new().await;
    let world = World::new(&app);
    let place = scene(&app, &world).await;
    let of_lead = found(&app, &world, world.lead, "q=marin").await;
    let people =
        [hit("candidate", "Ben Marino"), hit("candidate", "Sofia Marin"), hit("interview", "Ben Marino"), hit("interview", "Sofia Marin")];
    let mut sorted = of_lead.clone();
    sorted.sort();
    assert_eq!(sorted[..4], people);
    assert_eq!(of_lead.last().unwrap(), &hit("question", "Marinades"), "a half typed word finds a draft, for who writes it");

    assert_eq!(found(&app, &world, world.interviewer, "q=marin").await, [hit("interview", "Sofia Marin")], "their own seat, and no draft");
    app.token(world.lead).post_json(&format!("{place}/versions"), json!({"reason": "First"})).await.is(201);
    let of_interviewer = found(&app, &world, world.interviewer, "q=marin").await;
    assert_eq!(of_interviewer, [hit("interview", "Sofia Marin"), hit("question", "Marinades")]);
    let of_lead = found(&app, &world, world.lead, "q=marin&kind=question").await;
    assert_eq!(of_lead, [hit("question", "Marinades")], "published as it stands in the draft: found once");
}

#[actix_web::test]
async fn a_candidate_finds_their_own_interviews_and_nothing_else() {
    let app = App::new().await;
    let world = World::new(&app);
    let place = scene(&app, &world).await;
    app.token(world.lead).post_json(&format!("{place}/versions"), json!({"reason": "First"})).await.is(201);
    assert_eq!(found(&app, &world, world.candidate, "q=marin").await, NOTHING);
    app.sql(&format!("UPDATE candidates SET account_id = '{}' WHERE name = 'Sofia Marin'", world.candidate));
    assert_eq!(found(&app, &world, world.candidate, "q=marin").await, [hit("interview", "North")]);
    assert_eq!(found(&app, &world, world.candidate, "q=middleware").await, NOTHING, "a prompt is seen in the room");
    assert_eq!(found(&app, &world, world.candidate, "q=marin&kind=candidate").await, NOTHING);
    app.sql("UPDATE interviews SET scheduled_at = NULL");
    assert_eq!(found(&app, &world, world.candidate, "q=marin").await, NOTHING, "a draft is not theirs to see yet");
    let page = app.signed_in(world.candidate).get(&world.page("/find")).await.is(200);
    page.shows("your own interviews").hides("questions by").hides("candidates by name");
}

#[actix_web::test]
async fn questions_are_found_by_any_form_of_their_words_wherever_they_come_from() {
    let app = App::new().await;
    let world = World::new(&app);
    let built_in = found(&app, &world, world.interviewer, "q=middlewares").await;
    assert!(built_in.iter().any(|(_, title)| title.to_lowercase().contains("middleware")), "{built_in:?}");
    assert_eq!(found(&app, &world, world.interviewer, "q=middlew").await.len(), built_in.len(), "half typed");
    let list = app.token(world.interviewer).get(&world.api("/find?q=middleware")).await.is(200).json();
    let first = &list["items"][0]["question"];
    assert_eq!((&first["built_in"], first["version_id"].is_string()), (&json!(true), true));
    assert!(
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|hit| { hit["question"]["prompt"].as_array().unwrap().iter().any(|piece| piece["found"] == json!(true)) })
    );

    // Once for each set, in its newest version only.
    let (version, _) = World::versions(&app);
    let lead = app.token(world.lead);
    let set = lead.post_json(&world.api("/question-sets"), json!({"name": "Ours", "copy_of": version})).await.is(201).id();
    let place = world.api(&format!("/question-sets/{set}"));
    let (twice, once) = (2, 1);
    let count = async |account| {
        let hits = found(&app, &world, account, "q=middleware&kind=question").await;
        hits.iter().filter(|(_, title)| *title == built_in[0].1).count()
    };
    assert_eq!((count(world.lead).await, count(world.interviewer).await), (twice, once));
    for reason in ["First", "Second"] {
        lead.post_json(&format!("{place}/versions"), json!({"reason": reason})).await.is(201);
        assert_eq!((count(world.lead).await, count(world.interviewer).await), (twice, twice), "{reason}");
        lead.post_json(&format!("{place}/draft/questions"), question(reason, "What is a saucepan for?")).await.is(201);
    }
    lead.put_json(&format!("{place}/retirement"), json!({})).await.is(200);
    assert_eq!((count(world.lead).await, count(world.interviewer).await), (once, once), "what is retired is offered nowhere");

    // Another team's things do not exist.
    let elsewhere = app.token(world.outsider).get(&format!("/api/v1/teams/{}/find?q=saucepan", world.other_team)).await.is(200).json();
    assert_eq!(elsewhere["items"], json!([]));
    app.token(world.outsider).get(&world.api("/find?q=saucepan")).await.is(404);
    app.anon().get(&world.api("/find?q=saucepan")).await.is(401);
}

#[actix_web::test]
async fn what_was_found_comes_in_pages_without_gap_and_in_a_bounded_number_of_queries() {
    let app = App::new().await;
    let world = World::new(&app);
    scene(&app, &world).await;
    let lead = app.token(world.lead);
    for query in ["q=marin", "q=django"] {
        let all = lead.get(&world.api(&format!("/find?{query}&limit=100"))).await.is(200).json();
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = lead.get(&world.api(&format!("/find?{query}&limit=2&cursor={cursor}"))).await.is(200).json();
            seen.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = next.to_owned();
        }
        assert_eq!(json!(seen), all["items"], "{query}");
    }
    let browser = app.signed_in(world.lead);
    let url = world.page("/find?q=django");
    let (answer, queries) = app.queries(browser.get(&url)).await;
    answer.is(200);
    assert!(queries.len() <= 12, "{queries:#?}");
}

#[actix_web::test]
async fn the_box_is_on_every_page_of_a_team_and_says_what_to_do_when_there_is_nothing() {
    let app = App::new().await;
    let world = World::new(&app);
    for role in Role::ALL {
        let browser = app.signed_in(world.with_role(*role));
        browser.get(&world.page("")).await.is(200).shows(&format!("href=\"{}\"", world.page("/find")));
        browser.get(&world.page("/find")).await.is(200).shows("Nothing typed yet");
    }
    let browser = app.signed_in(world.lead);
    let nothing = browser.get(&world.page("/find?q=%22zebra+crossing%22&kind=question")).await.is(200).shows("Nothing here has");
    assert_eq!(nothing.typed("q"), Some("\"zebra crossing\"".into()), "what was typed stays");
    browser.get(&world.page("/find?q=-&kind=question")).await.is(200);
    for odd in ["%00", "%27", "%5C", "%3A*", "%26%7C%21", "the", "%F0%9F%99%82"] {
        browser.get(&world.page(&format!("/find?q={odd}"))).await.is(200);
    }
    browser.get(&world.page("/find?q=x&kind=score")).await.is(400);
    browser.get(&world.page(&format!("/find?q={}", "x".repeat(201)))).await.is(400);
    browser.get(&world.page("/find?q=x&cursor=x")).await.is(400);
}

/// Sets of two teams in several versions, one of them retired, beside drafts that say something else.
async fn libraries(app: &App, world: &World) {
    for (account, team, name) in [(world.lead, world.team, "Kitchen"), (world.outsider, world.other_team, "Orchard")] {
        let client = app.token(account);
        let api = |path: &str| format!("/api/v1/teams/{team}{path}");
        for (number, name) in [name.to_owned(), format!("{name}, old")].iter().enumerate() {
            let set = client.post_json(&api("/question-sets"), json!({"name": name})).await.is(201).id();
            let place = api(&format!("/question-sets/{set}"));
            for version in ["First", "Second"] {
                let asked = format!("{version} of {name}: what is a marinade for?");
                client.post_json(&format!("{place}/draft/questions"), question(&format!("{version} {number}"), &asked)).await.is(201);
                client.post_json(&format!("{place}/versions"), json!({"reason": version})).await.is(201);
            }
            client
                .post_json(&format!("{place}/draft/questions"), question("Not yet", &format!("What is {name} marinated in?")))
                .await
                .is(201);
            if number == 1 {
                client.put_json(&format!("{place}/retirement"), json!({})).await.is(200);
            }
        }
    }
}

#[actix_web::test]
async fn the_tables_of_find_are_made_anew_from_a_filled_database_and_everybody_finds_the_same() {
    let app = App::new().await;
    let world = World::new(&app);
    libraries(&app, &world).await;
    // A published document leaves out what is empty: to whoever searches it, it says the same.
    let rows = |table: &str| {
        let rows = app.texts(&format!("SELECT (to_jsonb(t) - 'content')::text FROM {table} t ORDER BY 1"));
        assert!(rows.len() > 3, "{table} holds {}", rows.len());
        rows
    };
    let all = async || {
        let mut hits = Vec::new();
        for (account, team) in [(world.lead, world.team), (world.interviewer, world.team), (world.outsider, world.other_team)] {
            for query in ["q=marin", "q=django", "q=queue"] {
                let url = format!("/api/v1/teams/{team}/find?{query}&limit=100");
                hits.push(app.token(account).get(&url).await.is(200).json());
            }
        }
        hits
    };
    let before = (rows("published_questions"), rows("library_questions"), all().await);
    let again = [
        include_str!("../../migrations/2026-11-24-000901_found_questions/down.sql"),
        include_str!("../../migrations/2026-11-24-000901_found_questions/up.sql"),
    ];
    // As a server that migrates does it: row security holds for the owner of the tables too.
    app.sql(&format!("SET ROLE fivefold_owner; BEGIN; {} {} COMMIT; RESET ROLE", again[0], again[1]));
    assert_eq!((rows("published_questions"), rows("library_questions"), all().await), before);
    assert!(before.2.iter().any(|hits| hits.to_string().contains("Second of")), "what is found is there at all");
}
