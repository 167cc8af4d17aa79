//! One person and one gold interview: begun, saved, submitted, locked; and what is learnt then.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{SLUGS, Team, areas, file, gold, reference};
use crate::doors::bodies::gold_scores;

#[actix_web::test]
async fn who_scores_alone_reads_the_transcript_and_then_why_the_experts_differ() {
    let team = Team::of(0).await;
    let (app, world) = (&team.app, &team.world);
    let client = app.token(world.interviewer);
    let list = client.get(&world.api("/gold-interviews")).await.is(200).json();
    let titles: Vec<&str> = list["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles, SLUGS.map(|slug| file(slug)["title"].as_str().unwrap().to_owned()));
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["own"]["state"] == json!("open")));

    let slug = SLUGS[2];
    let id = team.begin(world.interviewer, slug).await;
    assert_eq!(team.begin(world.interviewer, slug).await, id, "what was begun goes on");
    let url = world.api(&format!("/gold-scores/{id}"));
    let begun = client.get(&url).await.is(200).json();
    assert_eq!((&begun["feedback"], &begun["version"]), (&Value::Null, &json!(1)));
    assert_eq!(begun["gold_interview"]["transcript"], file(slug)["transcript"]);
    assert_eq!(begun["missing"].as_array().unwrap().len(), 15, "score, note and moment of each area");
    client.put_json(&format!("{url}/submission"), json!({})).await.is(422).refuses("areas.0.note");

    let saved = client.if_match(1).put_json(&url, areas([3, 3, 3, 3, 3], "Said")).await.is(200).json();
    assert_eq!((&saved["version"], &saved["missing"]), (&json!(2), &json!([])));
    let stale = client.if_match(1).put_json(&url, areas([1, 1, 1, 1, 1], "Other")).await.is(412).json();
    assert_eq!(stale["current"]["areas"][0]["note"], json!("Said 1"));
    client.put_json(&url, areas([1; 5], "x")).await.is(428);

    let given = client.put_json(&format!("{url}/submission"), json!({})).await.is(201).json();
    let consensus = file(slug)["consensus"].clone();
    for (at, expert) in reference(slug).into_iter().enumerate() {
        let area = &given["feedback"]["areas"][at];
        assert_eq!((&area["own"], &area["reference"]), (&json!(3), &json!(expert)));
        assert_eq!((&area["reason"], &area["evidence"]), (&consensus[at]["reason"], &consensus[at]["evidence"]));
        let difference = if area["contested"] == json!(true) { Value::Null } else { json!(3 - i64::from(expert)) };
        assert_eq!(area["difference"], difference, "a contested area is not scored");
        assert_eq!(area["experts"].as_array().unwrap().len(), file(slug)["experts"].as_array().unwrap().len());
    }
    // 4 2 5 (3 is contested) 2 against 3: -1, +1, -2, +1.
    let distance = &given["feedback"]["distance"];
    assert_eq!((&distance["interviews"], &distance["scores"]), (&json!(1), &json!(4)));
    assert_eq!((&distance["exact"], &distance["within_one"]), (&Value::Null, &Value::Null), "a share is told from four interviews on");
    assert_eq!((&distance["bias"], &distance["mean_distance"]), (&json!(-0.25), &json!(1.25)));
    app.signed_in(world.interviewer)
        .get(&world.page(&format!("/gold-scores/{id}")))
        .await
        .is(200)
        .hides("Within one")
        .hides("The same score");

    // Two interviews are not enough for a verdict, on the whole or in a line.
    let second = team.begin(world.interviewer, SLUGS[0]).await;
    team.submit(world.interviewer, &second, reference(SLUGS[0])).await;
    let own = client.get(&world.api("/readiness")).await.is(200).json()["own"].clone();
    let lines = own["lines"].as_array().unwrap().iter().map(|line| &line["verdict"]);
    assert!(lines.chain([&own["verdict"]]).all(|verdict| verdict == "not_enough"), "{own}");
    let page = app.signed_in(world.interviewer).get(&world.page("/exercises")).await.is(200).shows("Not enough yet");
    page.hides(">Says<").hides(">Ready<").hides(">Repeat<").hides("Talk about it");
}

#[actix_web::test]
async fn the_page_does_the_same_and_keeps_what_was_typed() {
    let team = Team::of(0).await;
    let (app, world) = (&team.app, &team.world);
    let browser = app.signed_in(world.interviewer);
    browser.get(&world.page("/exercises")).await.is(200).shows("Score it alone").shows(file(SLUGS[1])["summary"].as_str().unwrap());
    let begun = browser.post_form(&world.page("/gold-scores"), json!({"gold_interview_id": gold(SLUGS[1])})).await.is(303);
    let url = begun.location().to_owned();
    let page = browser.get(&url).await.is(200).shows("Only you see what you give here").shows("Submit the scores");
    let transcript = file(SLUGS[1])["transcript"].clone();
    assert!(transcript.as_array().unwrap().iter().all(|turn| page.says(turn["text"].as_str().unwrap())), "every word is there");

    let without = |name: &str| gold_scores().into_iter().filter(|(field, _)| field != name).collect::<Vec<_>>();
    let missing = browser.post_form(&format!("{url}/submission"), without("areas.2.note")).await.is(422);
    missing.shows("Something is missing").shows("Write down what was said").shows("Asked first.");
    let empty = browser.post_form(&format!("{url}/submission"), json!({"version": "1"})).await.is(422);
    assert_eq!(empty.text().matches("href=\"#areas.").count(), 3, "each mistake once, with its areas");
    empty.shows("All five areas: Choose the level that fits best.");
    let mut wrong = without("areas.1.at");
    wrong.push(("areas.1.at".into(), "half past".into()));
    browser.post_form(&url, wrong).await.is(422).shows("Please look at these").shows("Write a time of the transcript").shows("half past");
    browser.post_form(&url, without("areas.2.value")).await.is(303);
    // R8: two tabs, two texts, side by side; what is kept is said area by area.
    let mut late = without("areas.0.note");
    late.push(("areas.0.note".into(), "Mine, typed late.".into()));
    let stale = browser.post_form(&url, &late).await.is(412).shows("Saved in another tab").hides("Something is missing");
    let (mine, there) = stale.text().split_once("Saved there").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert!(mine.contains("Mine, typed late.") && there.split("Saved there").next().unwrap().contains("Asked first."), "{}", stale.text());
    assert_eq!(stale.text().matches("Keep what was saved there").count(), 2, "the areas that differ, and no other");
    assert_eq!(stale.typed("there.areas.0.note").as_deref(), Some("Asked first."));
    assert_eq!(stale.typed("areas.0.note").as_deref(), Some("Mine, typed late."));

    let mut whole: Vec<_> = late.into_iter().filter(|(name, _)| name != "version").collect();
    whole.push(("version".into(), "2".into()));
    whole.push(("take".into(), "areas.0".into()));
    whole.extend(
        [("value", "3"), ("note", "Asked first."), ("at", "1:00")].map(|(name, value)| (format!("there.areas.0.{name}"), value.into())),
    );
    browser.post_form(&format!("{url}/submission"), &whole).await.is(303);
    let id = url.rsplit('/').next().unwrap();
    let given = app.token(world.interviewer).get(&world.api(&format!("/gold-scores/{id}"))).await.is(200).json();
    assert_eq!(given["areas"][0]["note"], json!("Asked first."), "the one of the other tab was ticked");
    let result = browser.get(&url).await.is(200).shows("This result is yours alone").shows("What each expert gave");
    for consensus in file(SLUGS[1])["consensus"].as_array().unwrap() {
        let result = &result;
        assert!(result.says(consensus["reason"].as_str().unwrap()) && result.says(&format!("#t-{}", consensus["evidence"][0]["at"])));
    }
    browser.post_form(&url, &whole).await.is(409);
    browser.get(&world.page("/exercises")).await.is(200).shows("Your result").shows("Again from");
}

#[actix_web::test]
async fn what_is_in_is_locked_under_whatever_comes_after() {
    let team = Team::of(0).await;
    let (app, world) = (&team.app, &team.world);
    let id = team.begin(world.interviewer, SLUGS[0]).await;
    team.submit(world.interviewer, &id, [3; 5]).await;
    let row = || app.text("SELECT to_jsonb(s) FROM gold_scores s");
    let before = row();
    let (url, page) = (world.api(&format!("/gold-scores/{id}")), world.page(&format!("/gold-scores/{id}")));
    for version in 1..=4 {
        let (client, browser) = (app.token(world.interviewer), app.signed_in(world.interviewer));
        client.if_match(version).put_json(&url, areas([5; 5], "Changed")).await.is(409);
        client.put_json(&format!("{url}/submission"), json!({})).await.is(409);
        let form = |rest: &str| (format!("{page}{rest}"), gold_scores());
        for (address, fields) in [form(""), form("/submission")] {
            browser.post_form(&address, fields).await.is(409);
        }
        app.token(world.interviewer).post_json(&world.api("/gold-scores"), json!({"gold_interview_id": gold(SLUGS[0])})).await.is(409);
        app.advance(TimeDelta::days(1));
        assert_eq!(row(), before);
    }
}

#[actix_web::test]
async fn the_same_interview_is_scored_again_after_ninety_days_and_its_old_result_closes_meanwhile() {
    let team = Team::of(0).await;
    let (app, world) = (&team.app, &team.world);
    let first = team.begin(world.interviewer, SLUGS[0]).await;
    team.submit(world.interviewer, &first, [3; 5]).await;
    let body = json!({"gold_interview_id": gold(SLUGS[0])});
    app.advance(TimeDelta::days(89));
    let refused = app.token(world.interviewer).post_json(&world.api("/gold-scores"), &body).await.is(409).json();
    assert!(refused["type"].as_str().unwrap().ends_with("scored-lately"));
    app.advance(TimeDelta::days(2));
    let client = app.token(world.interviewer);
    let second = client.post_json(&world.api("/gold-scores"), &body).await.is(201).id();
    assert_ne!(first, second);
    let of = |id: &str| world.api(&format!("/gold-scores/{id}"));
    assert_eq!(client.get(&of(&first)).await.is(200).json()["feedback"], Value::Null, "it would tell the reference");
    app.signed_in(world.interviewer).get(&world.page(&format!("/gold-scores/{first}"))).await.is(200).shows("score this interview again");
    team.submit(world.interviewer, &second, [4; 5]).await;
    for (id, own) in [(&first, 3), (&second, 4)] {
        let result = client.get(&of(id)).await.is(200).json();
        assert_eq!(result["feedback"]["areas"][0]["own"], json!(own), "each result stays what it was");
    }
    let list = client.get(&world.api("/gold-scores?limit=1")).await.is(200).json();
    assert_eq!((&list["items"][0]["id"], list["next_cursor"].is_string()), (&json!(second), true));
}

#[actix_web::test]
async fn a_result_is_its_owners_alone() {
    let team = Team::of(1).await;
    let (app, world) = (&team.app, &team.world);
    let id = team.begin(team.members[0], SLUGS[0]).await;
    team.submit(team.members[0], &id, [3; 5]).await;
    let (api, page) = (world.api(&format!("/gold-scores/{id}")), world.page(&format!("/gold-scores/{id}")));
    for other in [world.owner, world.lead, world.interviewer] {
        app.token(other).get(&api).await.is(404);
        app.signed_in(other).get(&page).await.is(404);
        assert_eq!(app.token(other).get(&world.api("/gold-scores")).await.is(200).json()["items"], json!([]));
    }
    app.token(world.candidate).get(&api).await.is(403);
    app.token(world.outsider).get(&api).await.is(404);
    let theirs = format!("/api/v1/teams/{}/gold-scores/{id}", world.other_team);
    app.token(world.outsider).get(&theirs).await.is(404);
}
