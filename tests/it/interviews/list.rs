//! The list: who sees what, its parts, and what it costs.

use fivefold::policy::Role;
use serde_json::{Value, json};

use super::{debriefed, decided, ended, link, member, started};
use crate::support::{App, World};

fn ids(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn everybody_sees_what_is_theirs_to_see() {
    let app = App::new().await;
    let world = World::new(&app);
    let theirs = world.interview(&app, json!({})).await.to_string();
    let others = json!({"candidate": {"name": "Ben Okoro"}, "seats": [{"account_id": world.lead, "seat": "lead_interviewer"}]});
    let other = world.interview(&app, others).await.to_string();
    let candidate = app.text(&format!("SELECT candidate_id FROM interviews WHERE id = '{theirs}'"));
    link(&app, &candidate, world.candidate);
    let uninvolved = member(&app, &world, Role::Interviewer, "Uwe Uninvolved");

    let seen = async |account| {
        let list = app.token(account).get(&world.api("/interviews")).await.is(200).json();
        let page = app.signed_in(account).get(&world.page("/interviews")).await.is(200).text();
        for id in [&theirs, &other] {
            assert_eq!(page.contains(id.as_str()), ids(&list).contains(id), "page and API agree");
        }
        let mut ids = ids(&list);
        ids.sort();
        ids
    };
    let mut both = vec![theirs.clone(), other.clone()];
    both.sort();
    assert_eq!(seen(world.owner).await, both);
    assert_eq!(seen(world.lead).await, both);
    assert_eq!(seen(world.interviewer).await, std::slice::from_ref(&theirs));
    assert_eq!(seen(world.candidate).await, std::slice::from_ref(&theirs));
    assert_eq!(seen(uninvolved).await, Vec::<String>::new());
    app.token(world.outsider).get(&world.api("/interviews")).await.is(404);
    app.anon().get(&world.api("/interviews")).await.is(401);
}

#[actix_web::test]
async fn the_parts_of_the_list_follow_from_the_facts() {
    let app = App::new().await;
    let world = World::new(&app);
    let mut made = Vec::new();
    for name in ["Planned", "Live", "Over", "Open", "Decided", "Cancelled"] {
        made.push((name, world.interview(&app, json!({"candidate": {"name": name}})).await));
    }
    let at = |name: &str| made.iter().find(|(other, _)| *other == name).unwrap().1;
    started(&app, &world, at("Live"));
    ended(&app, &world, at("Over"));
    debriefed(&app, &world, at("Open"));
    decided(&app, &world, at("Decided"));
    app.sql(&format!("UPDATE interviews SET cancelled_at = now() WHERE id = '{}'", at("Cancelled")));
    let lead = app.token(world.lead);
    for (part, names) in [
        ("upcoming", vec!["Live", "Planned"]),
        ("scoring", vec!["Over"]),
        ("debrief", vec!["Open"]),
        ("done", vec!["Cancelled", "Decided"]),
        ("all", vec!["Cancelled", "Decided", "Live", "Open", "Over", "Planned"]),
    ] {
        let list = lead.get(&world.api(&format!("/interviews?state={part}"))).await.is(200).json();
        let mut found: Vec<_> =
            list["items"].as_array().unwrap().iter().map(|item| item["candidate"]["name"].as_str().unwrap().to_owned()).collect();
        found.sort();
        assert_eq!(found, names, "{part}");
        let page = app.signed_in(world.lead).get(&world.page(&format!("/interviews?state={part}"))).await.is(200);
        for (name, id) in &made {
            assert_eq!(page.says(&id.to_string()), names.contains(name), "{name} on the page of {part}");
        }
    }
    lead.get(&world.api("/interviews?state=soon")).await.is(400);
}

#[actix_web::test]
async fn a_candidate_cannot_tell_from_the_list_how_far_the_scoring_is() {
    let app = App::new().await;
    let world = World::new(&app);
    for (step, name) in [(ended as fn(&App, &World, fivefold::policy::InterviewId), "Over"), (debriefed, "Open"), (decided, "Decided")] {
        let id = world.interview(&app, json!({"candidate": {"name": name}})).await;
        app.sql("UPDATE candidates SET account_id = NULL");
        link(&app, &app.text(&format!("SELECT candidate_id FROM interviews WHERE id = '{id}'")), world.candidate);
        step(&app, &world, id);
        let candidate = app.token(world.candidate);
        for (part, there) in [("upcoming", 0), ("scoring", 0), ("debrief", 0), ("done", 1), ("all", 1)] {
            let list = candidate.get(&world.api(&format!("/interviews?state={part}"))).await.is(200).json();
            assert_eq!(ids(&list).len(), there, "{name} in {part}");
            assert!(there == 0 || list["items"][0]["state"] == "over", "{list}");
        }
    }
}

#[actix_web::test]
async fn pages_of_the_list_join_without_gap_in_the_order_of_their_start() {
    let app = App::new().await;
    let world = World::new(&app);
    for day in 1..=5 {
        let starts_at = format!("2026-04-0{day}T10:00:00Z");
        world.interview(&app, json!({"candidate": {"name": format!("Day {day}")}, "starts_at": starts_at})).await;
    }
    let lead = app.token(world.lead);
    for (part, expected) in [("upcoming", "Day 1 Day 2 Day 3 Day 4 Day 5"), ("all", "Day 5 Day 4 Day 3 Day 2 Day 1")] {
        let (mut names, mut cursor) = (Vec::new(), String::new());
        loop {
            let list = lead.get(&world.api(&format!("/interviews?state={part}&limit=2&cursor={cursor}"))).await.is(200).json();
            names.extend(list["items"].as_array().unwrap().iter().map(|item| item["candidate"]["name"].as_str().unwrap().to_owned()));
            match list["next_cursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(names.join(" "), expected, "{part}");
    }
    let first = app.signed_in(world.lead).get(&world.page("/interviews?limit=2")).await.is(200).shows("Day 2").hides("Day 3");
    assert!(first.text().contains("rel=\"next\""));
    lead.get(&world.api("/interviews?cursor=none")).await.is(400);
}

#[actix_web::test]
async fn five_hundred_interviews_cost_as_many_queries_as_one() {
    let app = App::new().await;
    let world = World::new(&app);
    let first = world.interview(&app, json!({})).await;
    let (browser, program) = (app.signed_in(world.lead), app.token(world.lead));
    let cost = async || {
        let (page, by_page) = app.queries(browser.get(&world.page("/interviews?limit=100"))).await;
        page.is(200);
        let (list, by_list) = app.queries(program.get(&world.api("/interviews?limit=100"))).await;
        list.is(200);
        (by_page.len(), by_list.len())
    };
    let one = cost().await;
    for table in ["interviews", "seats"] {
        let written = |each: &str| {
            let all = format!("SELECT string_agg({each}, ', ' ORDER BY ordinal_position) FROM information_schema.columns");
            app.text(&format!("{all} WHERE table_name = '{table}' AND is_generated = 'NEVER'"))
        };
        let columns = written("column_name");
        let values =
            written("CASE column_name WHEN 'id' THEN 'gen_random_uuid()' WHEN 'interview_id' THEN 'i.id' ELSE 't.' || column_name END");
        let from = match table {
            "interviews" => format!("interviews t, generate_series(1, 499) WHERE t.id = '{first}'"),
            _ => format!("seats t, interviews i WHERE t.interview_id = '{first}' AND i.id <> '{first}'"),
        };
        app.sql(&format!("INSERT INTO {table} ({columns}) SELECT {values} FROM {from}"));
    }
    assert_eq!(app.count("SELECT count(*) FROM interviews"), 500);
    assert_eq!(cost().await, one);
    assert!(one.0 <= 7 && one.1 <= 6, "a handful, with the opening and the end of the transaction: {one:?}");
}
