//! Several people and the same interviews: order, deadline, distribution, discussion, what is held back.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{SLUGS, Team, gold, reference, states};

#[actix_web::test]
async fn each_scores_in_an_order_of_their_own_one_after_the_other() {
    let team = Team::of(12).await;
    let (app, world) = (&team.app, &team.world);
    let exercise = team.exercise(&SLUGS, &[], &team.members).await;
    let mut orders = std::collections::BTreeSet::new();
    for member in &team.members {
        let found = team.exercise_of(*member, &exercise).await;
        assert_eq!(states(&found), ["next", "later", "later"]);
        let order: Vec<String> = found["interviews"].as_array().unwrap().iter().map(|of| of["gold_interview_id"].to_string()).collect();
        orders.insert(order.clone());
        assert_eq!(team.exercise_of(*member, &exercise).await, found, "the order stays");
        let begun = app.token(*member).post_json(&world.api(&format!("/exercises/{exercise}/scores")), json!({})).await.is(201).json();
        assert_eq!(begun["gold_interview"]["gold_interview_id"].to_string(), order[0]);
    }
    assert!(orders.len() >= 4, "12 people, 6 orders: {orders:?}");

    // What waits in an exercise is not scored beside it.
    let member = team.members[0];
    let later = team.exercise_of(member, &exercise).await["interviews"][2]["gold_interview_id"].clone();
    let refused = app.token(member).post_json(&world.api("/gold-scores"), json!({"gold_interview_id": later})).await.is(409).json();
    assert!(refused["type"].as_str().unwrap().ends_with("scored-in-an-exercise"));
}

#[actix_web::test]
async fn who_was_at_it_alone_goes_on_in_the_exercise_and_who_scored_it_before_is_spared() {
    let team = Team::of(2).await;
    let [begun, before] = [team.members[0], team.members[1]];
    let draft = team.begin(begun, SLUGS[0]).await;
    let earlier = team.begin(before, SLUGS[0]).await;
    team.submit(before, &earlier, [3; 5]).await;
    let exercise = team.exercise(&[SLUGS[0]], &[], &team.members).await;
    let scores = team.world.api(&format!("/exercises/{exercise}/scores"));
    assert_eq!(team.app.token(begun).post_json(&scores, json!({})).await.is(201).id(), draft);
    let found = team.exercise_of(before, &exercise).await;
    assert_eq!((states(&found), &found["interviews"][0]["own"]["score_id"]), (vec!["scored_before".to_owned()], &json!(earlier)));
    let nothing = team.app.token(before).post_json(&scores, json!({})).await.is(409).json();
    assert!(nothing["type"].as_str().unwrap().ends_with("nothing-waits"));
    team.submit(begun, &draft, [3; 5]).await;
    assert_eq!(team.exercise_of(begun, &exercise).await["stage"], json!("discussion"), "everybody is in who scores here");
}

#[actix_web::test]
async fn what_comes_after_the_deadline_counts_for_oneself_alone() {
    let team = Team::of(2).await;
    let [late, in_time] = team.members[..] else { unreachable!() };
    let exercise = team.exercise(&[SLUGS[0], SLUGS[1]], &[], &team.members).await;
    let scores = team.world.api(&format!("/exercises/{exercise}/scores"));
    team.give(&exercise, in_time, [3; 5]).await;
    team.give(&exercise, in_time, [3; 5]).await;
    let begun = team.app.token(late).post_json(&scores, json!({})).await.is(201).json();
    assert_eq!(begun["late_for"], Value::Null);
    let begun = begun["id"].as_str().unwrap().to_owned();
    let (api, page) = (team.world.api(&format!("/gold-scores/{begun}")), team.world.page(&format!("/gold-scores/{begun}")));
    let (browser, own) = (team.app.signed_in(late), team.world.page(&format!("/exercises/{exercise}")));
    browser.get(&page).await.is(200).hides("counts for you alone");
    team.app.advance(TimeDelta::days(8));
    // It is said before, and it is said afterwards.
    assert_eq!(team.app.token(late).get(&api).await.is(200).json()["late_for"], json!(exercise));
    team.app.signed_in(late).get(&page).await.is(200).shows("What you give here counts for you alone");
    let given = team.submit(late, &begun, [3; 5]).await;
    assert_eq!((&given["exercise_id"], &given["late_for"], given["feedback"].is_object()), (&Value::Null, &json!(exercise), true));
    team.app.signed_in(late).get(&page).await.is(200).shows("had passed when these came in");
    let found = team.exercise_of(late, &exercise).await;
    let mut stands = states(&found);
    stands.sort();
    assert_eq!((&found["stage"], stands), (&json!("discussion"), vec!["late".to_owned(), "missed".to_owned()]));
    assert_eq!(
        (&found["people"], &found["people_done"], &found["people_missed"]),
        (&json!(2), &json!(1), &json!(1)),
        "who was late is not in"
    );
    let page = team.app.signed_in(late).get(&own).await.is(200);
    page.shows("1 of 2 people is in; one missed the deadline").shows("It came after the deadline").hides("You scored it not long ago");
    team.app.token(late).post_json(&scores, json!({})).await.is(409);
}

async fn distribution(team: &Team, account: fivefold::policy::AccountId, exercise: &str) -> Value {
    let url = team.world.api(&format!("/exercises/{exercise}/distribution"));
    team.app.token(account).get(&url).await.is(200).json()["interviews"][0].clone()
}

#[actix_web::test]
async fn the_distribution_opens_with_ones_own_and_from_three_people_and_grows_by_three() {
    let team = Team::of(5).await;
    let exercise = team.exercise(&[SLUGS[1]], &[], &team.members).await;
    for (at, member) in team.members.iter().enumerate() {
        assert_eq!(distribution(&team, *member, &exercise).await["people"], Value::Null, "not before one's own");
        team.give(&exercise, *member, [at as u8 + 1, 3, 3, 3, 3]).await;
        let shown = distribution(&team, *member, &exercise).await["people"].clone();
        let due = [Value::Null, Value::Null, json!(3), json!(3), json!(5)];
        assert_eq!(shown, due[at], "after {}", at + 1);
    }
    let shown = distribution(&team, team.members[0], &exercise).await;
    let area = &shown["areas"][0];
    assert_eq!((&area["counts"], &area["own"], &area["reference"]), (&json!([1, 1, 1, 1, 1]), &json!(1), &json!(reference(SLUGS[1])[0])));
    let spread = area["spread"].as_f64().unwrap();
    assert!((spread - 2.5_f64.sqrt()).abs() < 1e-9, "{spread}");
    // A lead who has not scored it sees nothing, asked or not; once they have, alone, they do.
    assert_eq!(distribution(&team, team.world.lead, &exercise).await["people"], Value::Null);
    let alone = team.begin(team.world.lead, SLUGS[1]).await;
    team.submit(team.world.lead, &alone, [3; 5]).await;
    assert_eq!(distribution(&team, team.world.lead, &exercise).await["people"], json!(5));
    let page = team.app.signed_in(team.world.lead).get(&team.world.page(&format!("/exercises/{exercise}/distribution"))).await.is(200);
    let page = page.shows("5 people").shows("1: 1 person");
    for member in 0..5 {
        assert!(!page.says(&format!("Member {member}")), "nobody has a name here");
    }
}

#[actix_web::test]
async fn the_two_widest_areas_are_talked_about_and_the_notes_are_for_who_has_scored() {
    let team = Team::of(3).await;
    let (app, world) = (&team.app, &team.world);
    let asked: Vec<_> = team.members.iter().chain([&world.lead]).copied().collect();
    let exercise = team.exercise(&[SLUGS[0]], &[], &asked).await;
    let url = world.api(&format!("/exercises/{exercise}/discussion"));
    let lead = app.token(world.lead);
    for (member, values) in team.members.iter().zip([[3, 1, 3, 3, 2], [3, 3, 3, 3, 3], [3, 5, 3, 3, 4]]) {
        team.give(&exercise, *member, values).await;
    }
    let early = lead.if_match(0).put_json(&url, json!({"notes": "Early."})).await.is(409).json();
    assert!(early["type"].as_str().unwrap().ends_with("still-scoring"));
    team.give(&exercise, world.lead, [3, 3, 3, 3, 3]).await;

    let found = lead.get(&url).await.is(200).json();
    let widest: Vec<u64> = found["widest"].as_array().unwrap().iter().map(|area| area["area"].as_u64().unwrap()).collect();
    assert_eq!(widest, [2, 5]);
    let noted = lead.if_match(0).put_json(&url, json!({"notes": "NOTES: a 3 is alone."})).await.is(200).json();
    assert_eq!(noted["version"], json!(1));
    let stale = lead.if_match(0).put_json(&url, json!({"notes": "Other."})).await.is(412).json();
    assert_eq!(stale["current"]["notes"], json!("NOTES: a 3 is alone."));
    app.token(team.members[0]).if_match(1).put_json(&url, json!({"notes": "Mine."})).await.is(403);
    let browser = app.signed_in(team.members[0]);
    browser
        .get(&world.page(&format!("/exercises/{exercise}/discussion")))
        .await
        .is(200)
        .shows("NOTES: a 3 is alone.")
        .hides("Change the anchors");
    // Who has not scored reads none of it, whatever their role.
    assert_eq!(app.token(world.owner).get(&url).await.is(200).json()["notes"], json!(""));
    let page = app.signed_in(world.owner).get(&world.page(&format!("/exercises/{exercise}/discussion"))).await.is(200);
    page.hides("NOTES").shows("Score the interviews of this exercise yourself first").hides("Close the discussion");
    let form = json!({"notes": "By the page.", "version": "0"});
    let page = app.signed_in(world.lead).post_form(&world.page(&format!("/exercises/{exercise}/discussion")), form).await.is(412);
    page.shows("By the page.").shows("NOTES: a 3 is alone.");
}

#[actix_web::test]
async fn change_the_anchors_opens_a_draft_once_and_comes_back_to_it() {
    let team = Team::of(1).await;
    let (app, world) = (&team.app, &team.world);
    let exercise = team.exercise(&[SLUGS[0]], &[], &team.members).await;
    let (api, page) =
        (world.api(&format!("/exercises/{exercise}/rubric-draft")), world.page(&format!("/exercises/{exercise}/rubric-draft")));
    let draft = app.token(world.lead).post_json(&api, json!({})).await.is(201).json();
    assert!(draft["copied_from"].is_string() && draft["draft"]["areas"][0]["anchors"][0]["text"].is_string());
    let leads = app.signed_in(world.owner).post_form(&page, json!({"area": "4"})).await.is(303);
    assert_eq!(leads.location(), world.page(&format!("/rubrics/{}/draft#area-communication", draft["id"].as_str().unwrap())));
    assert_eq!(app.count("SELECT count(*) FROM rubrics"), 1);
    app.signed_in(world.owner)
        .get(&world.page(&format!("/rubrics/{}/draft", draft["id"].as_str().unwrap())))
        .await
        .is(200)
        .shows("id=\"area-communication\"");
    app.token(team.members[0]).post_json(&api, json!({})).await.is(403);
}

#[actix_web::test]
async fn what_is_held_back_opens_when_the_discussion_is_closed() {
    let team = Team::of(2).await;
    let (app, world, member) = (&team.app, &team.world, team.members[0]);
    let exercise = team.exercise(&[SLUGS[0]], &[SLUGS[1]], &team.members).await;
    let title = super::file(SLUGS[1])["title"].as_str().unwrap().to_owned();
    let found = team.exercise_of(member, &exercise).await;
    assert_eq!((states(&found).len(), &found["held_back"]), (1, &json!(1)));
    assert!(!found.to_string().contains(&title) && !found.to_string().contains(&gold(SLUGS[1])));
    let list = app.token(member).get(&world.api("/gold-interviews")).await.is(200);
    assert!(!list.says(&title), "it is not offered beside the exercise either");
    let body = json!({"gold_interview_id": gold(SLUGS[1])});
    app.token(member).post_json(&world.api("/gold-scores"), &body).await.is(404);

    for member in &team.members {
        team.give(&exercise, *member, [3; 5]).await;
    }
    let closing = world.api(&format!("/exercises/{exercise}/discussion/closing"));
    app.token(member).put_json(&closing, json!({})).await.is(403);
    // Who has not scored it closes it as little as they write its notes.
    let unseen = app.token(world.lead).put_json(&closing, json!({})).await.is(409).json();
    assert!(unseen["type"].as_str().unwrap().ends_with("score-first"));
    let page = world.page(&format!("/exercises/{exercise}/discussion/closing"));
    app.signed_in(world.owner).post_form(&page, json!({})).await.is(409).shows("Score the interviews of this exercise first");
    let alone = team.begin(world.lead, SLUGS[0]).await;
    team.submit(world.lead, &alone, [3; 5]).await;
    app.token(world.lead).put_json(&closing, json!({})).await.is(200);
    app.token(world.lead).put_json(&closing, json!({})).await.is(409);
    let found = team.exercise_of(member, &exercise).await;
    assert_eq!((&found["stage"], states(&found)), (&json!("second_scoring"), vec!["submitted".to_owned(), "next".to_owned()]));
    app.signed_in(member).get(&world.page(&format!("/exercises/{exercise}"))).await.is(200).shows(&title).shows("Score the next one");
    team.give(&exercise, member, [3; 5]).await;
    let page = app.signed_in(member).get(&world.page(&format!("/exercises/{exercise}"))).await.is(200);
    page.hides("The discussion begins")
        .shows("The exercise is done when everybody is in")
        .shows("told from 4 interviews on")
        .hides("95% interval");
    let result = app.token(member).get(&world.api(&format!("/exercises/{exercise}/result"))).await.is(200).json();
    assert_eq!((&result["needed"], &result["changes"], &result["second"]["exact"]), (&json!(4), &json!([]), &Value::Null));
    team.give(&exercise, team.members[1], [3; 5]).await;
    assert_eq!(team.exercise_of(member, &exercise).await["stage"], json!("done"));
}

#[actix_web::test]
async fn a_lead_makes_and_changes_an_exercise_on_pages_and_in_the_api() {
    let team = Team::of(2).await;
    let (app, world) = (&team.app, &team.world);
    let browser = app.signed_in(world.lead);
    browser.get(&world.page("/exercises/new")).await.is(200).shows("Hold back").shows("Member 0").hides("Carl Candidate");
    let form = |second: &str, part: &str| {
        let fields = [("name", "Spring"), ("deadline", "2026-03-10T18:00"), ("second_deadline", second)];
        let mut fields: Vec<(String, String)> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        fields.push((format!("interview.{}", gold(SLUGS[0])), "first".into()));
        fields.push((format!("interview.{}", gold(SLUGS[1])), part.into()));
        fields.extend(team.members.iter().map(|member| ("account_ids".to_owned(), member.to_string())));
        fields
    };
    browser.post_form(&world.page("/exercises"), form("", "second")).await.is(422).shows("Say until when").shows("Spring");
    browser.post_form(&world.page("/exercises"), form("2026-03-09T18:00", "second")).await.is(422).shows("after the first deadline");
    let nothing = browser.post_form(&world.page("/exercises"), json!({"deadline": "2026-03-29T02:30"})).await.is(422);
    for field in ["name", "gold_interview_ids", "account_ids"] {
        assert!(nothing.error_at(field).is_some(), "{field} is told with the rest: {}", nothing.text());
    }
    let made = browser.post_form(&world.page("/exercises"), form("2026-03-20T18:00", "second")).await.is(303);
    let id = made.location().rsplit('/').next().unwrap().to_owned();
    let found = team.exercise_of(world.lead, &id).await;
    assert_eq!((&found["name"], &found["people"], &found["held_back"]), (&json!("Spring"), &json!(2), &json!(1)));

    let api = world.api("/exercises");
    let lead = app.token(world.lead);
    let body = json!({"name": "S", "deadline": app.now() + TimeDelta::days(1), "gold_interview_ids": [gold(SLUGS[0])], "account_ids": [world.lead]});
    let with = |change: Value| crate::support::merge(body.clone(), change);
    lead.post_json(&api, with(json!({"gold_interview_ids": []}))).await.is(422).refuses("gold_interview_ids");
    lead.post_json(&api, with(json!({"gold_interview_ids": [uuid::Uuid::new_v4()]}))).await.is(422).refuses("gold_interview_ids");
    lead.post_json(&api, with(json!({"deadline": app.now()}))).await.is(422).refuses("deadline");
    lead.post_json(&api, with(json!({"deadline": app.now() + TimeDelta::days(367)}))).await.is(422).refuses("deadline");
    // What nobody can score is no exercise; what some cannot is said before it is made.
    let alone = team.begin(team.members[1], SLUGS[2]).await;
    team.submit(team.members[1], &alone, [3; 5]).await;
    let dead = json!({"gold_interview_ids": [gold(SLUGS[2])], "account_ids": [team.members[1]]});
    lead.post_json(&api, with(dead)).await.is(422).refuses("gold_interview_ids");
    browser.get(&world.page("/exercises/new")).await.is(200).shows("4 of 5 can score it now");
    lead.post_json(&api, with(json!({"account_ids": [world.outsider]}))).await.is(422).refuses("account_ids");
    lead.post_json(&api, with(json!({"account_ids": [world.candidate]}))).await.is(422).refuses("account_ids");
    app.token(world.interviewer).post_json(&api, &body).await.is(403);

    // Who has begun stays; who has not can be spared.
    app.token(team.members[0]).post_json(&format!("{api}/{id}/scores"), json!({})).await.is(201);
    let change = json!({"name": "Spring, later", "deadline": "2026-03-12T18:00:00Z", "second_deadline": "2026-03-22T18:00:00Z", "account_ids": [world.lead]});
    let changed = lead.if_match(1).put_json(&format!("{api}/{id}"), &change).await.is(200).json();
    assert_eq!((&changed["name"], &changed["people"]), (&json!("Spring, later"), &json!(2)), "the one who began, and the lead");
    lead.if_match(1).put_json(&format!("{api}/{id}"), &change).await.is(412);
    let edit = world.page(&format!("/exercises/{id}/edit"));
    browser.get(&edit).await.is(200).shows("Spring, later");
    let mut fields = form("2026-03-21T18:00", "");
    fields.push(("version".into(), "1".into()));
    browser.post_form(&edit, fields).await.is(412).shows("it is called").shows("Spring");
}

#[actix_web::test]
async fn what_waits_is_told_until_it_is_done() {
    let team = Team::of(1).await;
    let (app, world, member) = (&team.app, &team.world, team.members[0]);
    let exercise = team.exercise(&[SLUGS[0]], &[], &team.members).await;
    let page = world.page("/exercises");
    app.signed_in(member).get(&page).await.is(200).shows("Your next gold interview").shows("Autumn");
    app.signed_in(world.interviewer).get(&page).await.is(200).hides("Your next gold interview").shows("You are not asked");
    team.give(&exercise, member, [3; 5]).await;
    app.signed_in(member).get(&page).await.is(200).hides("Your next gold interview").shows("1 scored");
}
