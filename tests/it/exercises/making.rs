//! A gold interview of the team's own: written or made from an interview, scored by experts, agreed on, published.

use fivefold::policy::{AccountId, Mode, Role, Seat};
use serde_json::{Value, json};

use super::{Team, areas};
use crate::doors::bodies::{consensus, gold_input};
use crate::support::{Interview, World, merge};

fn input(team: &Team) -> Value {
    merge(gold_input(), json!({"rubric_version_id": World::versions(&team.app).1}))
}

pub(super) async fn written(team: &Team) -> (String, String) {
    let id = team.app.token(team.world.lead).post_json(&team.world.api("/gold-interviews"), input(team)).await.is(201).id();
    let url = team.world.api(&format!("/gold-interviews/{id}"));
    (id, url)
}

/// Asks these and lets each give a value everywhere, with words of their own.
pub(super) async fn expert(team: &Team, url: &str, account: AccountId, values: [u8; 5], word: &str) {
    let client = team.app.token(account);
    client.if_match(1).put_json(&format!("{url}/expert-score"), areas(values, word)).await.is(200);
    client.put_json(&format!("{url}/expert-score/submission"), json!({})).await.is(201);
}

#[actix_web::test]
async fn at_least_three_experts_score_blind_and_see_nothing_of_each_other_before_all_are_in() {
    let team = Team::of(4).await;
    let (app, world) = (&team.app, &team.world);
    let (id, url) = written(&team).await;
    let lead = app.token(world.lead);
    lead.put_json(&format!("{url}/experts"), json!({"account_ids": &team.members[..2]})).await.is(422).refuses("account_ids");
    lead.put_json(&format!("{url}/experts"), json!({"account_ids": [world.candidate, world.owner, world.lead]}))
        .await
        .is(422)
        .refuses("account_ids");
    let asked = [team.members[0], team.members[1], world.lead];
    let found = lead.put_json(&format!("{url}/experts"), json!({"account_ids": asked})).await.is(200).json();
    assert_eq!((&found["stage"], found["experts"].as_array().unwrap().len()), (&json!("experts"), 3));
    app.token(team.members[2]).get(&format!("{url}/expert-score")).await.is(404);
    assert_eq!(
        app.token(team.members[0]).get(&world.api("/gold-interviews/asked")).await.is(200).json()["items"][0]["gold_interview_id"],
        json!(id)
    );
    app.signed_in(team.members[0]).get(&world.page("/exercises")).await.is(200).shows("As an expert:");

    let missing = app.token(team.members[0]).put_json(&format!("{url}/expert-score/submission"), json!({})).await.is(422);
    missing.refuses("areas.0.value");
    expert(&team, &url, team.members[0], [2, 3, 3, 3, 3], "CANARY-A").await;
    expert(&team, &url, team.members[1], [4, 3, 3, 3, 4], "CANARY-B").await;
    let blind = |account: AccountId| {
        let (program, browser) = (app.token(account), app.signed_in(account));
        let (api, page, score) = (url.clone(), world.page(&format!("/gold-interviews/{id}")), format!("{url}/expert-score"));
        let consensus = world.page(&format!("/gold-interviews/{id}/consensus"));
        async move { [program.get(&api).await, browser.get(&page).await, program.get(&score).await, browser.get(&consensus).await] }
    };
    for account in [world.lead, world.owner, team.members[2], team.members[0]] {
        for answer in blind(account).await {
            assert!(!answer.says("CANARY-B"), "{account}: {}", answer.text());
            assert!(account == team.members[0] || !answer.says("CANARY-A"), "{account}");
        }
    }
    lead.if_match(2).put_json(&format!("{url}/consensus"), consensus()).await.is(412);
    let early = lead.if_match(1).put_json(&format!("{url}/consensus"), consensus()).await.is(409).json();
    assert!(early["type"].as_str().unwrap().ends_with("experts-missing"));
    lead.post_json(&format!("{url}/versions"), json!({"reason": "Early"})).await.is(409);
    // What is in stays and is locked.
    app.token(team.members[0]).if_match(2).put_json(&format!("{url}/expert-score"), areas([5; 5], "x")).await.is(409);
    let changed = merge(input(&team), json!({"transcript": []}));
    lead.if_match(1).put_json(&url, changed).await.is(409);

    expert(&team, &url, world.lead, [3, 3, 3, 3, 3], "CANARY-C").await;
    let open = lead.get(&url).await.is(200).json();
    assert_eq!(open["stage"], json!("consensus"));
    let names: Vec<&str> = open["scores"].as_array().unwrap().iter().map(|expert| expert["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Expert A", "Expert B", "Expert C"]);
    let contested: Vec<bool> = open["agreement"]["areas"].as_array().unwrap().iter().map(|area| area["contested"] == json!(true)).collect();
    assert_eq!(contested, [true, false, false, false, false], "2 to 4 is more than a point, 3 to 4 is not");
    // 15 pairs: area 1 has none alike (2, 3 and 4), area 5 has one (3, 3), the others three each.
    assert!((open["agreement"]["exact"].as_f64().unwrap() - 10.0 / 15.0).abs() < 1e-9, "{}", open["agreement"]);
    let closed = lead.put_json(&format!("{url}/experts"), json!({"account_ids": team.members})).await.is(409).json();
    assert!(closed["type"].as_str().unwrap().ends_with("experts-in"), "nobody could score it blind any more");
}

#[actix_web::test]
async fn a_consensus_with_reasons_is_published_frozen_and_its_makers_are_spared() {
    let team = Team::of(4).await;
    let (app, world) = (&team.app, &team.world);
    let (id, url) = written(&team).await;
    let lead = app.token(world.lead);
    let experts = &team.members[..3];
    lead.put_json(&format!("{url}/experts"), json!({"account_ids": experts})).await.is(200);
    for (account, first) in experts.iter().zip([2, 3, 4]) {
        expert(&team, &url, *account, [first, 3, 3, 3, 4], "Because").await;
    }
    let half = json!({"areas": [{"area": 1, "value": 3}]});
    let found = lead.if_match(1).put_json(&format!("{url}/consensus"), half).await.is(200).json();
    assert!(found["missing"].as_array().unwrap().iter().any(|missing| missing["field"] == json!("areas.0.reason")));
    lead.post_json(&format!("{url}/versions"), json!({"reason": "First"})).await.is(422).refuses("areas.1.value");
    for (wrong, field) in [
        (json!({"area": 2, "value": 6}), "areas.1.value"),
        (json!({"area": 2, "value": 3, "acceptable": [0]}), "areas.1.acceptable"),
        (json!({"area": 9}), "areas.0.area"),
    ] {
        lead.if_match(2).put_json(&format!("{url}/consensus"), json!({"areas": [wrong]})).await.is(422).refuses(field);
    }
    let mut body = consensus();
    body["areas"][0]["acceptable"] = json!([2, 3, 4]);
    body["areas"][4]["acceptable"] = json!([3, 5]);
    lead.if_match(2).put_json(&format!("{url}/consensus"), &body).await.is(200);
    lead.post_json(&format!("{url}/versions"), json!({"reason": "First"})).await.is(422).refuses("areas.4.acceptable");
    body["areas"][4] =
        json!({"area": 5, "value": 4, "acceptable": [3, 4], "reason": "Says what it costs.", "evidence": [{"at": 20, "text": "Costs."}]});
    lead.if_match(3).put_json(&format!("{url}/consensus"), &body).await.is(200);
    let published = lead.post_json(&format!("{url}/versions"), json!({"reason": "First"})).await.is(201).json();
    assert_eq!((&published["newest"]["number"], &published["stage"]), (&json!(1), &json!("published")));
    lead.post_json(&format!("{url}/versions"), json!({"reason": "Again"})).await.is(409);

    // Everybody can score it but who had a hand in it, and the contested area is not scored.
    let outside = [team.members[3], world.interviewer, world.owner];
    for account in experts.iter().chain([&world.lead]) {
        let own = app.token(*account).get(&world.api("/gold-interviews")).await.is(200).json()["items"][0]["own"]["state"].clone();
        assert_eq!(own, json!("maker"));
        let refused = app.token(*account).post_json(&world.api("/gold-scores"), json!({"gold_interview_id": id})).await.is(409).json();
        assert!(refused["type"].as_str().unwrap().ends_with("had-a-hand"));
    }
    let mut given = Vec::new();
    for account in outside {
        let score = app.token(account).post_json(&world.api("/gold-scores"), json!({"gold_interview_id": id})).await.is(201).id();
        let result = team.submit(account, &score, [5, 3, 3, 3, 3]).await;
        let (first, last) = (&result["feedback"]["areas"][0], &result["feedback"]["areas"][4]);
        assert_eq!((&first["difference"], &first["contested"], &last["difference"]), (&Value::Null, &json!(true), &json!(-1)));
        assert_eq!(result["feedback"]["distance"]["scores"], json!(4));
        assert!(!result.to_string().contains("Member"), "experts have no names");
        given.push((account, score));
    }
    // A later edit is a new version; results keep theirs.
    body["areas"][4]["value"] = json!(3);
    lead.if_match(4).put_json(&format!("{url}/consensus"), &body).await.is(200);
    let second = lead.post_json(&format!("{url}/versions"), json!({"reason": "Sharper"})).await.is(201).json();
    assert_eq!(second["newest"]["number"], json!(2));
    for (account, score) in &given {
        let result = app.token(*account).get(&world.api(&format!("/gold-scores/{score}"))).await.is(200).json();
        assert_eq!((&result["gold_interview"]["number"], &result["feedback"]["areas"][4]["reference"]), (&json!(1), &json!(4)));
    }
    let exercise =
        |asked: &[AccountId]| json!({"name": "Ours", "deadline": "2026-04-01T00:00:00Z", "gold_interview_ids": [id], "account_ids": asked});
    lead.post_json(&world.api("/exercises"), exercise(experts)).await.is(422).refuses("gold_interview_ids");
    let late = app.member(world.team, Role::Interviewer, "Nils New");
    let made = lead.post_json(&world.api("/exercises"), exercise(&[experts[0], late])).await.is(201).id();
    assert_eq!(super::states(&team.exercise_of(experts[0], &made).await), ["maker"]);
    // Retired: offered no more.
    lead.put_json(&format!("{url}/retirement"), json!({})).await.is(200);
    let list = app.token(world.owner).get(&world.api("/gold-interviews")).await.is(200).json();
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["id"] != json!(id)));
    lead.delete(&format!("{url}/retirement")).await.is(200);
    // Another team has none of it.
    app.token(world.outsider).get(&format!("/api/v1/teams/{}/gold-interviews/{id}", world.other_team)).await.is(404);
    let theirs = app.token(world.outsider).get(&format!("/api/v1/teams/{}/gold-interviews", world.other_team)).await.is(200);
    assert!(!theirs.says("Ours: a Monday"));
}

#[actix_web::test]
async fn pages_do_the_same_and_keep_what_was_typed() {
    let team = Team::of(3).await;
    let (app, world) = (&team.app, &team.world);
    let browser = app.signed_in(world.lead);
    let place = world.page("/gold-interviews");
    browser.get(&place).await.is(200).shows("None of your own yet");
    browser.get(&format!("{place}/new")).await.is(200).shows("A turn on a line of its own");
    let form = |transcript: &str| {
        let rubric = World::versions(app).1;
        json!({"title": "Ours", "summary": "A <queue>.", "level": "mid", "minutes": "20", "rubric_version_id": rubric, "transcript": transcript})
    };
    browser.post_form(&place, form("Hello")).await.is(422).shows("Line 1: begin").shows("A <queue>.");
    browser.post_form(&place, form("0:00 interviewer: Hi\n0:30 robot: beep")).await.is(422).shows("Line 2: write it as");
    let nothing = browser.post_form(&place, json!({"transcript": "Hello"})).await.is(422);
    let nobody = app.token(world.lead).post_json(&world.api("/gold-interviews"), json!({})).await.is(422);
    for field in ["title", "level", "minutes", "rubric_version_id"] {
        assert!(nothing.error_at(field).is_some() && nobody.error_at(field).is_some(), "{field} is told with the rest");
    }
    assert!(nothing.error_at("transcript").is_some());
    let made = browser.post_form(&place, form("0:00 interviewer: What now?\r\n0:20 candidate: I look.\r\nThen I ask.")).await.is(303);
    let page = made.location().to_owned();
    browser.get(&page).await.is(200).shows("Ask at least three").shows("Then I ask.");
    let edit = browser.get(&format!("{page}/edit")).await.is(200);
    assert!(edit.says("0:20 candidate: I look.\n  Then I ask."), "{}", edit.text());
    browser
        .post_form(&format!("{page}/edit"), merge(form("0:00 interviewer: Hi"), json!({"version": "9"})))
        .await
        .is(412)
        .shows("changed meanwhile")
        .shows("0:00 interviewer: Hi");

    let asked: Vec<(&str, String)> = team.members.iter().map(|member| ("account_ids", member.to_string())).collect();
    browser.post_form(&format!("{page}/experts"), &asked[..1]).await.is(422).shows("Ask at least three experts");
    browser.post_form(&format!("{page}/experts"), &asked).await.is(303);
    for member in &team.members {
        let expert = app.signed_in(*member);
        let score = format!("{page}/expert-score");
        expert.get(&score).await.is(200).shows("You score as an expert").shows("I look.");
        let mut fields = crate::doors::bodies::gold_scores();
        fields.retain(|(name, _)| name != "areas.0.note");
        expert.post_form(&format!("{score}/submission"), &fields).await.is(422).shows("not the one beside it").shows("Asked first.");
        let [mine, theirs] = ["Mine, typed late.", "Theirs."].map(|note| {
            let mut fields = fields.clone();
            fields.push(("areas.0.note".to_owned(), note.to_owned()));
            fields
        });
        expert.post_form(&score, theirs).await.is(303);
        let stale = expert.post_form(&score, mine).await.is(412).shows("Saved in another tab").shows("Mine, typed late.").shows("Theirs.");
        assert_eq!(stale.typed("version").as_deref(), Some("2"));
        let mut whole = crate::doors::bodies::gold_scores();
        whole.retain(|(name, _)| name != "version");
        whole.push(("version".into(), "2".into()));
        expert.post_form(&format!("{score}/submission"), whole).await.is(303);
        expert.get(&score).await.is(200).shows("Your scores are in and locked");
    }
    browser.get(&page).await.is(200).shows("In every area the experts lay within a point").shows("Write the consensus");
    browser.get(&format!("{page}/consensus")).await.is(200).shows("Expert A").shows("Asked first.");
    let of = |evidence: &str| {
        let area = |i: u8| {
            [("value", "3"), ("acceptable", "3"), ("reason", "It shows & it tells."), ("evidence", evidence)]
                .map(|(name, value)| (format!("areas.{i}.{name}"), value.to_owned()))
        };
        (0..5).flat_map(area).chain([("version".to_owned(), "1".to_owned())]).collect::<Vec<_>>()
    };
    browser
        .post_form(&format!("{page}/consensus"), of("Looks."))
        .await
        .is(422)
        .shows("Begin each line with a time")
        .shows("It shows & it tells.");
    browser.post_form(&format!("{page}/consensus"), of("0:20 Looks.")).await.is(303);
    browser.post_form(&format!("{page}/consensus"), of("0:20 Looks again.")).await.is(412).shows("Looks again.");
    browser.post_form(&format!("{page}/versions"), json!({"reason": " "})).await.is(422).shows("Say in a line");
    browser.post_form(&format!("{page}/versions"), json!({"reason": "First"})).await.is(303);
    browser.get(&page).await.is(200).shows("Version 1 is published").shows("Retire it");
    browser.post_form(&format!("{page}/retirement"), json!({"on": "true"})).await.is(303);
    browser.get(&place).await.is(200).shows("Retired");
}

/// A decided interview whose notes name people.
async fn decided(team: &Team) -> Interview {
    let (app, world) = (&team.app, &team.world);
    let interview = Interview::planned(app, world, Mode::Mock);
    let url = |rest: &str| world.api(&format!("/interviews/{}{rest}", interview.id));
    let lead = app.token(interview.seat(Seat::LeadInterviewer));
    lead.put_json(&url("/room"), json!({"phase": "live", "question_id": interview.questions[0]})).await.is(200);
    app.advance(chrono::TimeDelta::seconds(90));
    let note = |at: i64, text: &str| json!({"id": uuid::Uuid::new_v4(), "sign": "strength", "area": 1, "at_seconds": at, "text": text});
    let areas: Vec<Value> = (1..=5).map(|area| json!({"area": area, "value": 3, "reason": "REASON of the card."})).collect();
    let card = |notes: Value| json!({"areas": areas, "evidence": notes, "recommendation": "nearly_ready", "confidence": "medium", "next_step": "Practise."});
    let notes = json!([
        note(40, "Cleo Candidate told Ivo to look at cleo’s plan, and Cleo’s query."),
        note(60, "Looks first, see cleo.c@example.org.")
    ]);
    lead.if_match(0).once().patch_json(&url("/scorecard"), card(notes)).await.is(200);
    app.token(interview.seat(Seat::Interviewer))
        .if_match(0)
        .once()
        .patch_json(&url("/scorecard"), card(json!([note(50, "OTHER NOTE")])))
        .await
        .is(200);
    lead.put_json(&url("/room"), json!({"phase": "ended"})).await.is(200);
    for seat in [Seat::LeadInterviewer, Seat::Interviewer] {
        app.token(interview.seat(seat)).put_json(&url("/scorecard/submission"), json!({})).await.is(201);
    }
    interview
}

#[actix_web::test]
async fn from_an_interview_only_with_consent_decided_and_without_names() {
    let team = Team::of(0).await;
    let (app, world) = (&team.app, &team.world);
    let interview = decided(&team).await;
    app.leave_jobs();
    let url = world.api(&format!("/interviews/{}/gold-interview", interview.id));
    let page = world.page(&format!("/interviews/{}/gold-interview", interview.id));
    let lead = app.token(world.lead);
    let consent = json!({"consent": "She agreed by mail on 3 March that we train with it, without names."});
    let early = lead.post_json(&url, &consent).await.is(409).json();
    assert!(early["type"].as_str().unwrap().ends_with("not-decided"));
    app.signed_in(world.lead).get(&page).await.is(200).shows("ended in a decision");
    let decision = crate::doors::stages::decision();
    lead.put_json(&world.api(&format!("/interviews/{}/decision", interview.id)), decision).await.is(200);

    lead.post_json(&url, json!({"consent": "Yes"})).await.is(422).refuses("consent");
    app.signed_in(world.lead).post_form(&page, json!({"consent": "Yes <b>"})).await.is(422).shows("Without consent").shows("Yes <b>");
    app.token(interview.seat(Seat::LeadInterviewer)).post_json(&url, &consent).await.is(403);
    let gold = lead.post_json(&url, &consent).await.is(201).json();
    assert_eq!((&gold["consent"]["words"], &gold["level"]), (&consent["consent"], &json!("mid")));
    let text = gold["transcript"].to_string();
    for name in ["Cleo", "cleo", "Candidate told", "Ivo", "Lilo", "REASON", "OTHER NOTE", "example.org"] {
        assert!(!text.contains(name), "{name}: {text}");
    }
    let turns = gold["transcript"].as_array().unwrap();
    assert_eq!((&turns[0]["at"], &turns[0]["who"]), (&json!(0), &json!("interviewer")));
    assert_eq!(
        turns[1]["text"],
        json!("The candidate told the interviewer to look at the candidate’s plan, and the candidate’s query.").clone()
    );
    assert_eq!((&turns[1]["at"], &turns[2]["at"]), (&json!(40), &json!(60)));
    let sat = app.count(&format!("SELECT count(*) FROM gold_makers WHERE account_id = '{}'", interview.seat(Seat::Observer)));
    assert_eq!(sat, 1, "who sat there is not asked to score it");
    let row = app.server.db.write_here(fivefold::platform::db::Door::System { team: world.team.0, reason: "test" }, |tx| {
        let act = "UPDATE gold_interviews SET consent_words = NULL";
        diesel::RunQueryDsl::execute(diesel::sql_query(act), tx.conn())?;
        Ok(())
    });
    assert!(format!("{:?}", row.unwrap_err()).contains("gold_interviews_only_with_consent"), "not even the server may");
    let made = app.signed_in(world.lead).post_form(&page, &consent).await.is(303);
    app.signed_in(world.lead).get(made.location()).await.is(200).shows("The candidate told");
    app.signed_in(world.lead).get(&world.page("/gold-interviews/new")).await.is(200).shows("From an interview that was held");
    app.token(app.member(world.team, Role::Interviewer, "Nina")).get(&url.replace("/gold-interview", "")).await.is(404);
}
