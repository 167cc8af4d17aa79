//! Which interview waits for whom, through its life.

use chrono::TimeDelta;
use fivefold::policy::{Mode, Role};
use serde_json::json;
use uuid::Uuid;

use super::{home, parts};
use crate::scorecards::Panel;

const NOTHING: [&str; 0] = [];

fn start(panel: &Panel) {
    panel.app.at("2026-03-02T10:00:00Z");
    panel.app.sql(&format!(
        "INSERT INTO rooms (team_id, interview_id, started_at, started_by, driver_id) VALUES ('{}', '{}', '{}', '{3}', '{3}')",
        panel.world.team,
        panel.id,
        panel.app.now(),
        panel.first
    ));
}

#[actix_web::test]
async fn a_planned_interview_waits_for_who_is_part_of_it_and_a_live_one_for_leads_too() {
    let panel = Panel::new().await;
    let world = &panel.world;
    let uninvolved = panel.app.member(world.team, Role::Interviewer, "Uwe Uninvolved");
    for part_of_it in [panel.first, panel.second, panel.shadow, panel.observer, world.candidate] {
        assert_eq!(panel.waits_for(part_of_it).await, ["next"]);
    }
    for other in [world.owner, world.lead, uninvolved] {
        assert_eq!(panel.waits_for(other).await, NOTHING, "no seat in it");
    }
    start(&panel);
    for reader in panel.readers() {
        assert_eq!(panel.waits_for(reader).await, ["live"]);
    }
    assert_eq!(panel.waits_for(uninvolved).await, NOTHING);
    panel.app.token(world.outsider).get(&world.api("/home")).await.is(404);
    panel.app.anon().get(&world.api("/home")).await.is(401);
    panel.app.sql("UPDATE interviews SET cancelled_at = now()");
    assert_eq!(panel.waits_for(panel.first).await, NOTHING, "cancelled");
}

#[actix_web::test]
async fn times_are_the_readers_and_name_the_zone_and_the_seat_is_told() {
    let panel = Panel::new().await;
    panel.app.sql(&format!("UPDATE accounts SET time_zone = 'Asia/Kolkata' WHERE id = '{}'", panel.first));
    let page = panel.app.signed_in(panel.first).get(&panel.world.page("")).await.is(200);
    page.shows("Mon 2 Mar 2026, 15:30").shows("Kolkata").shows("You: lead interviewer").hides("You: shadow");
}

#[actix_web::test]
async fn a_card_is_owed_by_seats_that_score_until_it_is_in() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    for owes in [panel.first, panel.second, panel.shadow] {
        assert_eq!(panel.waits_for(owes).await, ["scorecards"]);
    }
    assert_eq!(panel.waits_for(panel.observer).await, NOTHING);
    let late = panel.world.interviewer;
    panel.seat(panel.id, late, "interviewer");
    assert_eq!(panel.waits_for(late).await, NOTHING, "added after the end");
    panel.card(panel.first, 3).await;
    assert_eq!(panel.waits_for(panel.first).await, NOTHING);
    // Opened early: who owes a card is asked for the card, and not to the debrief.
    panel.open_debrief(panel.id);
    assert_eq!(panel.waits_for(panel.second).await, ["scorecards"]);
}

#[actix_web::test]
async fn who_may_open_the_debrief_sees_which_seats_are_missing_and_no_more() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    panel.card(panel.second, 4).await;
    for (reader, expected) in
        [(panel.world.lead, "missing_scorecards"), (panel.world.owner, "missing_scorecards"), (panel.first, "scorecards")]
    {
        assert_eq!(panel.waits_for(reader).await, [expected]);
    }
    let view = home(&panel.app, &panel.world, panel.world.lead).await;
    let seats = &view["missing_scorecards"]["items"][0]["submissions"];
    let of =
        |account, name: &str, seat: &str, submitted| json!({"account_id": account, "name": name, "seat": seat, "submitted": submitted});
    let expected = [
        of(panel.first, "Fia First", "lead_interviewer", false),
        of(panel.second, "Sam Second", "interviewer", true),
        of(panel.shadow, "Sha Shadow", "shadow", false),
    ];
    assert_eq!(*seats, json!(expected), "yes or no for each seat: no time, no count, no content");
    // A lead who owes the only missing card waits for nobody else.
    panel.app.sql(&format!("UPDATE seats SET account_id = '{0}' WHERE account_id = '{1}'", panel.world.lead, panel.first));
    assert_eq!(panel.waits_for(panel.world.lead).await, ["scorecards"]);
}

#[actix_web::test]
async fn a_home_does_not_change_with_what_stands_in_anothers_card() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    panel.card(panel.second, 4).await;
    let readers = [panel.first, panel.shadow, panel.observer, panel.world.lead, panel.world.candidate];
    let mut before = Vec::new();
    for reader in readers {
        before.push(home(&panel.app, &panel.world, reader).await);
    }
    panel.app.sql(&format!(
        "UPDATE scorecards SET area_values = '{{\"1\": 1}}', recommendation = 'strong_no', next_step = 'CANARY', version = 99,
             saved_at = '2027-01-01T00:00:00Z', submitted_at = '2027-01-01T00:00:00Z' WHERE account_id = '{}'",
        panel.second
    ));
    for (reader, before) in readers.into_iter().zip(before) {
        assert_eq!(home(&panel.app, &panel.world, reader).await, before);
    }
}

#[actix_web::test]
async fn debrief_and_report_wait_for_leads_and_in_mock_for_the_lead_interviewer() {
    for mode in [Mode::Hiring, Mode::Mock] {
        let panel = Panel::of(mode).await;
        panel.hold(panel.id);
        for scorer in [panel.first, panel.second, panel.shadow] {
            panel.card(scorer, 3).await;
        }
        let holders = |part: &'static str| match mode {
            Mode::Hiring => [(panel.world.lead, vec![part]), (panel.world.owner, vec![part]), (panel.first, vec![])],
            Mode::Mock => [(panel.world.lead, vec![part]), (panel.world.owner, vec![part]), (panel.first, vec![part])],
        };
        for (reader, expected) in holders("debriefs") {
            assert_eq!(panel.waits_for(reader).await, expected, "{mode}");
        }
        assert_eq!(panel.waits_for(panel.second).await, NOTHING, "{mode}");
        let outcome = if mode == Mode::Hiring { "yes" } else { "nearly_ready" };
        let decision = json!({"outcome": outcome, "reason": "She finds the cause.", "override_reason": "The rule is not all."});
        panel.as_(panel.world.lead).put_json(&panel.api("/decision"), decision).await.is(200);
        for (reader, expected) in holders("reports") {
            assert_eq!(panel.waits_for(reader).await, expected, "{mode}");
        }
        let lead = panel.as_(panel.world.lead);
        let step = async || home(&panel.app, &panel.world, panel.world.lead).await["reports"]["items"][0]["step"].clone();
        assert_eq!(step().await, "write");
        lead.if_match(0).put_json(&panel.api("/report"), json!({"headline": "Nearly there"})).await.is(200);
        assert_eq!(step().await, "release");
        lead.put_json(&panel.api("/report/release"), json!({})).await.is(200);
        for (reader, _) in holders("reports") {
            assert_eq!(panel.waits_for(reader).await, NOTHING, "{mode}: given");
        }
    }
}

#[actix_web::test]
async fn a_debrief_waits_for_nobody_who_may_not_read_it_yet() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    for scorer in [panel.first, panel.second] {
        panel.card(scorer, 3).await;
    }
    assert_eq!(panel.waits_for(panel.world.lead).await, ["debriefs"]);
    // The lead is to score the same candidate again.
    let later = panel.interview("2026-03-09T10:00:00Z");
    panel.seat(later, panel.world.lead, "interviewer");
    assert_eq!(panel.waits_for(panel.world.lead).await, NOTHING, "hidden until their own card for the next one is in");
    assert_eq!(parts(&home(&panel.app, &panel.world, panel.world.lead).await, later), ["next"]);
    // Of an interview of one's own one reads the report.
    panel.app.sql(&format!("DELETE FROM seats WHERE interview_id = '{later}'; UPDATE candidates SET account_id = '{}'", panel.world.lead));
    assert_eq!(panel.waits_for(panel.world.lead).await, ["own_reports"]);
}

#[actix_web::test]
async fn a_candidate_is_asked_for_own_scores_and_then_led_to_the_report() {
    let panel = Panel::new().await;
    panel.hold(panel.id);
    let step = async || home(&panel.app, &panel.world, panel.world.candidate).await["own_reports"]["items"][0].clone();
    let first = step().await;
    assert_eq!((&first["step"], &first["report_waits"]), (&json!("give_scores"), &json!(false)));
    assert!(first["interview"].get("seats").is_none() && first["interview"].get("stage").is_none(), "an invitation: {first}");
    for scorer in [panel.first, panel.second] {
        panel.card(scorer, 3).await;
    }
    assert_eq!(step().await, first, "whether cards are in is not told");
    let lead = panel.as_(panel.world.lead);
    lead.put_json(&panel.api("/decision"), json!({"outcome": "yes", "reason": "Good.", "override_reason": "So it is."})).await.is(200);
    lead.if_match(0).put_json(&panel.api("/report"), json!({"headline": "Nearly there"})).await.is(200);
    assert_eq!(step().await, first, "nor whether a decision is made or a report begun");
    lead.put_json(&panel.api("/report/release"), json!({})).await.is(200);
    assert_eq!(step().await["report_waits"], true);
    panel.as_(panel.world.candidate).put_json(&panel.api("/self-scores"), json!({"skipped": true})).await.is(200);
    assert_eq!(step().await["step"], "read");
    lead.delete(&panel.api("/report/release")).await;
    assert_eq!(step().await["step"], "wait");
    panel.app.advance(TimeDelta::days(40));
    assert_eq!(panel.waits_for(panel.world.candidate).await, NOTHING, "no report is waited for for ever");
}

#[actix_web::test]
async fn an_interview_that_was_never_begun_is_marked_and_goes_after_a_week() {
    let panel = Panel::new().await;
    panel.app.at("2026-03-02T12:00:00Z");
    let page = panel.app.signed_in(panel.first).get(&panel.world.page("")).await.is(200);
    page.shows("Not started").shows("Write your scorecard");
    assert_eq!(panel.waits_for(panel.world.candidate).await, ["own_reports"], "for the candidate its time is over");
    panel.app.at("2026-03-10T12:00:00Z");
    assert_eq!(panel.waits_for(panel.first).await, NOTHING);
}

#[actix_web::test]
async fn a_hundred_interviews_cost_as_many_queries_as_one() {
    let panel = Panel::of(Mode::Mock).await;
    panel.app.at("2026-03-02T10:00:00Z");
    // One of each kind: next, live, owed, open, decided.
    let others: Vec<_> = (0..4).map(|_| panel.interview("2026-03-02T09:00:00Z")).collect();
    for id in &others {
        for (account, seat) in [(panel.first, "lead_interviewer"), (panel.second, "interviewer")] {
            panel.seat(*id, account, seat);
        }
    }
    let (team, now, lead) = (panel.world.team, panel.app.now().to_rfc3339(), panel.world.lead);
    for (place, id) in others.iter().enumerate() {
        let ended = if place == 0 { "NULL, NULL".to_owned() } else { format!("'{now}', '{lead}'") };
        panel.app.sql(&format!(
            "INSERT INTO rooms (team_id, interview_id, started_at, started_by, driver_id, ended_at, ended_by)
             VALUES ('{team}', '{id}', '{now}', '{lead}', '{lead}', {ended})"
        ));
    }
    for id in &others[2..] {
        panel.open_debrief(*id);
        panel.app.sql(&format!(
            "INSERT INTO scorecards (team_id, id, interview_id, account_id, version, created_at, saved_at, submitted_at)
             VALUES ('{team}', gen_random_uuid(), '{id}', '{}', 1, '{now}', '{now}', '{now}')",
            panel.first
        ));
    }
    panel.app.sql(&format!(
        "INSERT INTO decisions (team_id, interview_id, number, outcome, reason, override_reason, decided_by, decided_at)
         VALUES ('{team}', '{}', 1, 'not_yet', 'x', '', '{lead}', '{now}')",
        others[3]
    ));
    let readers = [(panel.first, vec!["next", "live", "scorecards"]), (lead, vec!["live", "missing_scorecards", "debriefs", "reports"])];
    for (reader, parts) in &readers {
        let view = home(&panel.app, &panel.world, *reader).await;
        for part in parts {
            assert_eq!(view[part]["items"].as_array().unwrap().len(), 1, "{part}: {view}");
        }
    }
    let cost = async || {
        let mut sent = Vec::new();
        for (reader, _) in &readers {
            let (page, by_page) = panel.app.queries(panel.app.signed_in(*reader).get(&panel.world.page(""))).await;
            page.is(200);
            let (answer, by_program) = panel.app.queries(panel.app.token(*reader).get(&panel.world.api("/home"))).await;
            answer.is(200);
            sent.extend([by_page.len(), by_program.len()]);
        }
        sent
    };
    let one = cost().await;
    for id in others.into_iter().chain([panel.id]) {
        multiply(&panel, &id.to_string(), 99);
    }
    for (reader, parts) in &readers {
        let view = home(&panel.app, &panel.world, *reader).await;
        for part in parts {
            assert_eq!((view[part]["items"].as_array().unwrap().len(), &view[part]["more"]), (10, &json!(true)), "{part}");
        }
    }
    assert_eq!(cost().await, one);
    assert!(one.iter().all(|sent| *sent <= 17), "a handful, with the opening and the end of the transaction: {one:?}");
}

/// Copies an interview with all that hangs on it.
fn multiply(panel: &Panel, id: &str, times: usize) {
    for _ in 0..times {
        let copy = Uuid::new_v4();
        let mut statements = String::new();
        for (table, key) in [
            ("interviews", "id"),
            ("seats", "interview_id"),
            ("rooms", "interview_id"),
            ("debriefs", "interview_id"),
            ("decisions", "interview_id"),
            ("scorecards", "interview_id"),
        ] {
            let columns = panel.app.columns(table);
            let fresh = if key == "id" { String::new() } else { ", 'id', gen_random_uuid()".to_owned() };
            statements.push_str(&format!(
                "INSERT INTO {table} ({columns}) SELECT {columns} FROM (
                    SELECT (jsonb_populate_record(t, jsonb_build_object('{key}', '{copy}'{fresh}))).* FROM {table} t WHERE t.{key} = '{id}') AS copied;"
            ));
        }
        panel.app.sql(&statements);
    }
}
