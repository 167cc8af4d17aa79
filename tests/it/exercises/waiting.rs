//! The next gold interview waits where one looks: on Home, on both pages of calibration, and among the exercises.

use chrono::TimeDelta;
use fivefold::policy::AccountId;
use serde_json::Value;

use super::Team;

const BANNER: &str = "Your next gold interview";

/// The exercises that wait for somebody, by name; Home's page says the same as its answer.
async fn waits(team: &Team, account: AccountId) -> Vec<(String, u64)> {
    let home: Value = team.app.token(account).get(&team.world.api("/home")).await.is(200).json();
    let page = team.app.signed_in(account).get(&team.world.page("")).await.is(200);
    let items = home["exercises"]["items"].as_array().unwrap().clone();
    assert_eq!(page.says(BANNER), !items.is_empty(), "{items:?}");
    for item in &items {
        let id = item["exercise_id"].as_str().unwrap();
        assert!(page.text().contains(&team.world.page(&format!("/exercises/{id}"))) && page.says(item["title"].as_str().unwrap()));
    }
    items.iter().map(|item| (item["name"].as_str().unwrap().to_owned(), item["left"].as_u64().unwrap())).collect()
}

#[actix_web::test]
async fn who_is_asked_finds_it_everywhere_until_it_is_scored() {
    let team = Team::of(2).await;
    let lead = team.world.lead;
    let [asked, other] = team.members[..] else { unreachable!() };
    let exercise = team.exercise(&["entry-tool-library", "mid-seventy-depots"], &[], &[asked, lead]).await;
    for account in [asked, lead] {
        assert_eq!(waits(&team, account).await, [("Autumn".to_owned(), 2)]);
        for place in ["/calibration", "/calibration/own", "/exercises"] {
            team.app.signed_in(account).get(&team.world.page(place)).await.is(200).shows(BANNER).shows("2 are left.");
        }
    }
    for account in [other, team.world.owner, team.world.candidate] {
        assert_eq!(waits(&team, account).await, []);
    }
    team.app.signed_in(other).get(&team.world.page("/calibration")).await.is(200).hides(BANNER);

    team.give(&exercise, asked, [3; 5]).await;
    assert_eq!(waits(&team, asked).await, [("Autumn".to_owned(), 1)]);
    team.give(&exercise, asked, [3; 5]).await;
    assert_eq!(waits(&team, asked).await, []);
    team.app.signed_in(asked).get(&team.world.page("/calibration")).await.is(200).hides(BANNER);
    assert_eq!(waits(&team, lead).await, [("Autumn".to_owned(), 2)], "the lead's own still waits");

    team.app.advance(TimeDelta::days(8));
    assert_eq!(waits(&team, lead).await, [], "the deadline has passed");
}

#[actix_web::test]
async fn what_waits_in_an_exercise_is_not_offered_to_be_scored_alone() {
    let team = Team::of(2).await;
    let [asked, other] = team.members[..] else { unreachable!() };
    team.exercise(&["entry-tool-library"], &["mid-seventy-depots"], &[asked]).await;
    let states = async |account: AccountId| {
        let list: Value = team.app.token(account).get(&team.world.api("/gold-interviews")).await.is(200).json();
        list["items"].as_array().unwrap().iter().map(|item| item["own"]["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut found = states(asked).await;
    found.sort();
    assert_eq!(found, ["in_exercise", "open"], "and what is held back is not there");
    assert_eq!(states(other).await, ["open", "open", "open"]);
    let page = team.app.signed_in(asked).get(&team.world.page("/exercises")).await.is(200).shows("It waits for you in an exercise.");
    assert_eq!(page.text().matches("Score it alone").count(), 1);
    let list: Value = team.app.token(asked).get(&team.world.api("/gold-interviews")).await.is(200).json();
    let there = list["items"].as_array().unwrap().iter().find_map(|item| item["own"]["exercise_id"].as_str().map(str::to_owned)).unwrap();
    let row = page.text().split_once("It waits for you").unwrap().1.split_once("</li>").unwrap().0.to_owned();
    assert!(row.contains(&team.world.page(&format!("/exercises/{there}"))), "{row}");
}

#[actix_web::test]
async fn the_first_deadline_comes_first_and_many_cost_as_many_queries_as_one() {
    let team = Team::of(1).await;
    let asked = team.members[0];
    team.exercise(&["entry-tool-library"], &[], &[asked]).await;
    let cost = async |path: &str| {
        let page = team.world.page(path);
        team.app.signed_in(asked).get(&page).await.is(200);
        team.app.queries(team.app.signed_in(asked).get(&page)).await.1.len()
    };
    let one = [cost("").await, cost("/calibration").await];
    for (slug, days) in [("mid-seventy-depots", -1), ("senior-garages", 1), ("entry-tool-library", 2)] {
        let id = team.exercise(&[slug], &[], &[asked]).await;
        team.app.sql(&format!("UPDATE exercises SET name = 'Day {days}', deadline = deadline + interval '{days} days' WHERE id = '{id}'"));
    }
    let names: Vec<String> = waits(&team, asked).await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Day -1", "Autumn", "Day 1"], "what waits in two exercises is scored in the one that ends first");
    assert_eq!([cost("").await, cost("/calibration").await], one);
}

#[actix_web::test]
async fn from_the_exercises_there_is_a_way_back_to_calibration() {
    let team = Team::of(1).await;
    let lead = team.app.signed_in(team.world.lead);
    let exercise = team.exercise(&["entry-tool-library"], &[], &[team.members[0]]).await;
    let back = |path: &str| format!("href=\"{}\"", team.world.page(path));
    // Not the bar over every page.
    let part =
        |page: &str, class: &str| page.split_once(&format!("class=\"{class}\"")).unwrap().1.split_once("</nav>").unwrap().0.to_owned();
    let index = part(&lead.get(&team.world.page("/exercises")).await.is(200).text(), "subnav");
    for path in ["/calibration", "/calibration/own"] {
        assert!(index.contains(&back(path)), "{path}");
    }
    assert!(index.contains(&format!("{} aria-current=\"page\">Exercises", back("/exercises"))), "{index}");
    for path in ["/calibration", "/calibration/own"] {
        let tabs = part(&lead.get(&team.world.page(path)).await.is(200).text(), "subnav");
        assert!(tabs.contains(&back("/exercises")), "{path}");
    }
    for path in [format!("/exercises/{exercise}"), "/exercises/new".into(), "/gold-interviews".into(), "/gold-interviews/new".into()] {
        let way = part(&lead.get(&team.world.page(&path)).await.is(200).text(), "crumbs");
        assert!(way.contains(&back("/calibration")) && way.contains(&back("/exercises")), "{path}");
    }
    // Who does not lead has no page of the team's.
    let member = part(&team.app.signed_in(team.members[0]).get(&team.world.page("/exercises")).await.is(200).text(), "subnav");
    assert!(!member.contains(&back("/calibration")) && member.contains(&back("/calibration/own")));
}
