//! A team's rubric all the way: from the card over the debrief to what the candidate reads.

use chrono::TimeDelta;
use fivefold::platform::token::Purpose;
use fivefold::policy::Mode;
use serde_json::json;
use uuid::Uuid;

use crate::scorecards::Panel;

#[actix_web::test]
async fn names_weights_and_cuts_of_the_team_hold_from_the_card_to_the_report() {
    let panel = Panel::of(Mode::Hiring).await;
    let (app, world) = (&panel.app, &panel.world);
    let lead = app.token(world.lead);
    let rubric = lead.post_json(&world.api("/rubrics"), json!({"name": "Operations first"})).await.is(201).json();
    let place = world.api(&format!("/rubrics/{}", rubric["id"].as_str().unwrap()));
    let mut draft = rubric["draft"].clone();
    draft["areas"][0]["name"] = json!("Running it at night");
    draft["areas"][0]["weight"] = json!(4);
    draft["areas"][0]["anchors"][1]["label"] = json!("Wakes somebody else");
    draft["weights_reason"] = json!("Whoever is on call decides alone.");
    draft["cuts"]["mid"]["hiring"] = json!([2.05, 3.05, 3.95]);
    draft["warning_signs"] =
        json!([{"key": "", "name": "Silences alarms", "looks_like": "An alarm is noise.", "advice": "Ask what it was for."}]);
    lead.if_match(1).put_json(&place, &draft).await.is(200);
    let version = lead.post_json(&format!("{place}/versions"), json!({"reason": "On call counts"})).await.is(201).json();
    let id = version["newest_version"]["id"].as_str().unwrap();
    app.sql(&format!("UPDATE interviews SET rubric_version_id = '{id}', rubric_built_in = false WHERE id = '{}'", panel.id));
    let page = |rest: &str| world.page(&format!("/interviews/{}{rest}", panel.id));

    // The kit and the card speak the team's words.
    app.signed_in(panel.first).get(&page("/kit")).await.is(200).shows("Running it at night");
    panel.hold(panel.id);
    app.signed_in(panel.first)
        .get(&page("/scorecard"))
        .await
        .is(200)
        .shows("Running it at night")
        .shows("Wakes somebody else")
        .shows("Silences alarms");
    for account in [panel.first, panel.second] {
        let areas: Vec<_> =
            [2, 4, 4, 4, 4].iter().zip(1..).map(|(value, area)| json!({"area": area, "value": value, "reason": "Seen."})).collect();
        let card = json!({"areas": areas, "recommendation": "yes", "confidence": "medium", "next_step": "Practise."});
        panel.save(account, card).await.is(200);
        panel.submit(account).await.is(201);
    }

    // (4 · 2 + 4 + 4 + 4 + 4) / 8 = 3.0 is below the team's yes; equal weights and the built-in cuts would say yes.
    let proposal = app.token(world.owner).get(&panel.api("/debrief")).await.is(200).json()["proposal"].clone();
    assert_eq!((&proposal["value"], &proposal["outcome"]), (&json!(3.0), &json!("no")));
    app.signed_in(world.owner).get(&page("/debrief")).await.is(200).shows("Running it at night");

    // What the candidate reads, with an account and by a link.
    let owner = app.token(world.owner);
    owner.put_json(&panel.api("/decision"), json!({"outcome": "no", "reason": "By the rule."})).await.is(200);
    let report = json!({"headline": "Not yet", "show_areas": true, "advice": ["silences-alarms"]});
    owner.if_match(0).put_json(&panel.api("/report"), report).await.is(200);
    owner.put_json(&panel.api("/report/release"), json!({})).await.is(200);
    app.token(world.candidate).put_json(&panel.api("/self-scores"), json!({"skipped": true})).await.is(200);
    let read = app.signed_in(world.candidate).get(&page("/report")).await.is(200);
    let read = read.shows("Running it at night").shows("Wakes somebody else").shows("Ask what it was for.");
    read.hides("Silences alarms");
    let (link, team, now) = (Uuid::now_v7(), world.team, app.now());
    let until = now + TimeDelta::days(30);
    app.sql(&format!(
        "UPDATE candidates SET account_id = NULL;
         INSERT INTO candidate_links (team_id, id, interview_id, token_hash, created_by, created_at, expires_at)
         VALUES ('{team}', '{link}', '{}', '\\x00', '{}', '{now}', '{until}')",
        panel.id, world.lead,
    ));
    let guest = app.anon().with_cookie("guest", &app.server.signer.sign(Purpose::Guest, link, team.0, now, until));
    guest.get(&page("/report")).await.is(200).shows("Running it at night");
}
