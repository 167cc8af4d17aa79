//! Before one's own scores are in there is no byte of the reference, the experts or colleagues, whoever one is.

use fivefold::policy::AccountId;
use serde_json::{Value, json};

use super::{SLUGS, Team, areas, file};
use crate::support::Response;

/// Words that stand in the reference alone, and in a colleague's scores alone.
fn canaries() -> Vec<String> {
    let mut words = vec!["COLLEAGUE".to_owned()];
    for slug in SLUGS {
        let file = file(slug);
        let texts = |place: &Value| place.as_str().unwrap().chars().take(30).collect::<String>();
        words.extend(file["consensus"].as_array().unwrap().iter().map(|area| texts(&area["reason"])));
        words.extend(
            file["consensus"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|area| area["evidence"].as_array().unwrap())
                .map(|mark| texts(&mark["text"])),
        );
        words.extend(
            file["experts"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|expert| expert["scores"].as_array().unwrap())
                .map(|score| texts(&score["reason"])),
        );
    }
    words
}

/// Everything a member can ask for that could hold any of it, with the errors of what they may not do yet.
async fn everything(team: &Team, account: AccountId, exercise: &str, score: &str) -> Vec<(String, Response)> {
    let (program, browser) = (team.app.token(account), team.app.signed_in(account));
    let mut answers = Vec::new();
    let addresses = [
        "/exercises".to_owned(),
        format!("/exercises/{exercise}"),
        format!("/exercises/{exercise}/distribution"),
        format!("/exercises/{exercise}/discussion"),
        format!("/gold-scores/{score}"),
    ];
    for address in &addresses {
        answers.push((format!("API {address}"), program.get(&team.world.api(address)).await));
        answers.push((format!("page {address}"), browser.get(&team.world.page(address)).await));
    }
    for address in ["/gold-interviews", "/gold-scores", "/home", "/audit", "/find?q=cache", "/rubrics"] {
        answers.push((format!("API {address}"), program.get(&team.world.api(address)).await));
    }
    for address in ["", "/exercises/new", "/audit", "/find?q=cache"] {
        answers.push((format!("page {address}"), browser.get(&team.world.page(address)).await));
    }
    let own = team.world.api(&format!("/gold-scores/{score}"));
    answers.push(("stale".into(), program.if_match(9).put_json(&own, areas([3; 5], "Own")).await));
    answers.push(("wrong".into(), program.if_match(1).put_json(&own, areas([9; 5], "Own")).await));
    answers.push(("missing".into(), program.put_json(&format!("{own}/submission"), json!({})).await));
    let discussion = team.world.api(&format!("/exercises/{exercise}/discussion"));
    answers.push(("notes".into(), program.if_match(0).put_json(&discussion, json!({"notes": "x"})).await));
    answers
}

#[actix_web::test]
async fn nothing_of_the_reference_or_of_others_is_in_any_byte_before_ones_own_are_in() {
    let team = Team::of(4).await;
    let (app, world) = (&team.app, &team.world);
    let asked: Vec<AccountId> = team.members.iter().chain([&world.owner, &world.lead, &world.interviewer]).copied().collect();
    let exercise = team.exercise(&[SLUGS[0]], &[], &asked).await;
    // Four colleagues are in, with words of their own.
    for member in &team.members {
        let program = app.token(*member);
        let id = program.post_json(&world.api(&format!("/exercises/{exercise}/scores")), json!({})).await.is(201).id();
        let url = world.api(&format!("/gold-scores/{id}"));
        program.if_match(1).put_json(&url, areas([2, 3, 4, 5, 1], "COLLEAGUE")).await.is(200);
        program.put_json(&format!("{url}/submission"), json!({})).await.is(201);
    }
    let (words, mut asked_for) = (canaries(), 0);
    for account in [world.interviewer, world.lead, world.owner] {
        let scores = world.api(&format!("/exercises/{exercise}/scores"));
        let score = app.token(account).post_json(&scores, json!({})).await.is(201).id();
        for (what, answer) in everything(&team, account, &exercise, &score).await {
            asked_for += 1;
            let body = answer.text();
            let told = words.iter().find(|word| body.contains(word.as_str()) || answer.says(word));
            assert_eq!(told, None, "{what} tells {account}");
            // Nor a count or a spread.
            for member in ["\"counts\"", "\"spread\"", "\"consensus\"", "\"experts\""] {
                assert!(!body.contains(member), "{what} has {member} for {account}");
            }
        }
        let events: Vec<String> = answer_headers(&team, account).await;
        assert!(events.iter().all(|header| !words.iter().any(|word| header.contains(word.as_str()))));
        app.token(account).if_match(1).put_json(&world.api(&format!("/gold-scores/{score}")), areas([3; 5], "Own")).await.is(200);
        let given = app.token(account).put_json(&world.api(&format!("/gold-scores/{score}/submission")), json!({})).await.is(201);
        assert!(words.iter().any(|word| given.says(word)), "and with one's own it opens at once");
        assert!(!given.says("COLLEAGUE"), "a colleague's words never do");
    }
    assert!(asked_for > 60, "{asked_for}");
    // Nobody else's words, even when everybody is in.
    for account in asked {
        let found = everything(&team, account, &exercise, &uuid::Uuid::nil().to_string()).await;
        assert!(found.iter().all(|(_, answer)| !answer.says("COLLEAGUE")));
    }
    let kept = app.text("SELECT coalesce(string_agg(e::text, ' '), '') FROM audit_events e");
    assert!(!kept.contains("COLLEAGUE") && !words.iter().any(|word| kept.contains(word.as_str())), "nor in the audit");
}

async fn answer_headers(team: &Team, account: AccountId) -> Vec<String> {
    let answer = team.app.token(account).get(&team.world.api("/gold-interviews")).await.is(200);
    answer.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default())).collect()
}

#[actix_web::test]
async fn for_candidates_it_is_forbidden_and_for_another_team_it_is_not_there() {
    let team = Team::of(1).await;
    let (app, world) = (&team.app, &team.world);
    let exercise = team.exercise(&[SLUGS[0]], &[], &team.members).await;
    for rest in ["/exercises".to_owned(), format!("/exercises/{exercise}"), "/gold-interviews".into(), "/gold-scores".into()] {
        app.token(world.candidate).get(&world.api(&rest)).await.is(403);
        app.token(world.outsider).get(&world.api(&rest)).await.is(404);
        app.anon().get(&world.api(&rest)).await.is(401);
    }
    app.signed_in(world.candidate).get(&world.page("/exercises")).await.is(403);
    app.signed_in(world.candidate).get(&world.page("")).await.is(200).hides("Calibration");
    for rest in ["", "/distribution", "/discussion"] {
        let theirs = format!("/api/v1/teams/{}/exercises/{exercise}{rest}", world.other_team);
        app.token(world.outsider).get(&theirs).await.is(404);
    }
}
