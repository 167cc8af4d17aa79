//! Writing: who may, what is refused, and that nothing typed is lost.

use fivefold::policy::Mode;
use serde_json::{Value, json};

use super::*;

#[actix_web::test]
async fn a_report_is_written_when_the_debrief_is_open_and_not_before() {
    let panel = over(Mode::Hiring).await;
    let owner = panel.as_(panel.world.owner);
    assert_eq!(code(&owner.get(&panel.api("/report")).await), "debrief-not-open");
    assert_eq!(code(&owner.if_match(0).put_json(&panel.api("/report"), report()).await), "debrief-not-open");
    assert_eq!(code(&release(&panel).await), "debrief-not-open");
    let browser = panel.app.signed_in(panel.world.owner);
    browser.get(&page(&panel, "/report")).await.is(200).shows("The report comes after the debrief");
    assert_eq!(browser.get(&page(&panel, "/report/preview")).await.leads(), page(&panel, "/report"));

    card(&panel, panel.first, [3, 4, 4, 4, 2]).await;
    assert_eq!(code(&owner.get(&panel.api("/report")).await), "debrief-not-open");
    card(&panel, panel.second, [3, 4, 4, 4, 2]).await;
    let draft = owner.get(&panel.api("/report")).await.is(200);
    assert_eq!((draft.header("ETag"), &draft.json()["version"]), ("\"0\"", &json!(0)));
    browser.get(&page(&panel, "/report")).await.is(200).shows("Report for Cleo Candidate");
}

#[actix_web::test]
async fn who_owes_a_card_sees_nothing_of_the_report_though_the_debrief_was_opened_early() {
    let panel = over(Mode::Mock).await;
    panel.seat(panel.id, panel.world.lead, "shadow");
    // Who is added after the end owes no card; this shadow was there from the start.
    panel.app.sql("UPDATE seats SET added_at = added_at - interval '1 day' WHERE seat = 'shadow'");
    card(&panel, panel.second, [3, 4, 4, 4, 2]).await;
    panel.as_(panel.world.owner).post_json(&panel.api("/debrief"), json!({"reason": "Fia is ill"})).await.is(201);
    save(&panel, report()).await.is(200);
    // The lead interviewer of a mock interview, and a lead with a shadow's seat.
    for owing in [panel.first, panel.world.lead] {
        let (token, browser) = (panel.as_(owing), panel.app.signed_in(owing));
        for answer in [
            token.get(&panel.api("/report")).await,
            token.get(&panel.api("/report/preview")).await,
            token.if_match(1).put_json(&panel.api("/report"), report()).await,
            token.put_json(&panel.api("/report/release"), json!({})).await,
            browser.get(&page(&panel, "/report")).await,
            browser.get(&page(&panel, "/report/preview")).await,
            browser.post_form(&page(&panel, "/report"), [("version", "1")]).await,
            browser.post_form(&page(&panel, "/report/release"), [("version", "1")]).await,
        ] {
            answer.is(403).shows("after your own scorecard").hides("Nearly ready").hides("CANARY").hides("Production");
        }
    }
    card(&panel, panel.first, [3, 4, 4, 4, 2]).await;
    panel.as_(panel.first).get(&panel.api("/report")).await.is(200).shows("Nearly ready").shows("CANARY-STEP");
}

#[actix_web::test]
async fn leads_and_owners_write_and_in_a_mock_interview_the_lead_interviewer() {
    for (mode, lead_interviewer) in [(Mode::Hiring, 403), (Mode::Mock, 200)] {
        let panel = debriefed(mode).await;
        card(&panel, panel.shadow, [3, 4, 4, 4, 2]).await;
        let world = &panel.world;
        let readers = [
            (world.owner, 200),
            (world.lead, 200),
            (panel.first, lead_interviewer),
            (panel.second, 403),
            (panel.shadow, 403),
            (panel.observer, 403),
            (world.candidate, 404),
            (world.interviewer, 404),
            (world.outsider, 404),
        ];
        for (account, expected) in readers {
            panel.as_(account).get(&panel.api("/report")).await.is(expected);
            // Asked for own scores, or told that there is nothing yet: the candidate's page is there.
            let expected_page = if account == world.candidate { 200 } else { expected };
            panel.app.signed_in(account).get(&page(&panel, "/report")).await.is(expected_page).hides("CANARY-NOTE-").hides("REASON");
            let write = if account == world.candidate { 403 } else { expected };
            let write = if write == 200 { 412 } else { write };
            panel.as_(account).if_match(9).put_json(&panel.api("/report"), report()).await.is(write);
            let release = if write == 412 { 409 } else { write };
            panel.as_(account).put_json(&panel.api("/report/release"), json!({})).await.is(release);
            panel.as_(account).delete(&panel.api("/report/release")).await.is(release);
            panel.app.signed_in(account).post_form(&page(&panel, "/report"), [("version", "9")]).await.is(write);
        }
        panel.app.anon().get(&panel.api("/report")).await.is(401);
        panel.as_(world.owner).get(&world.api("/interviews/no-id/report")).await.is(404);
    }
}

#[actix_web::test]
async fn a_lead_who_was_interviewed_writes_no_report_on_themselves() {
    let panel = debriefed(Mode::Hiring).await;
    panel.app.sql(&format!("UPDATE candidates SET account_id = '{}'", panel.world.lead));
    let lead = panel.as_(panel.world.lead);
    lead.if_match(0).put_json(&panel.api("/report"), report()).await.is(403).hides("CANARY");
    lead.get(&panel.api("/report/preview")).await.is(403);
    lead.put_json(&panel.api("/report/release"), json!({})).await.is(403);
    lead.delete(&panel.api("/report/release")).await.is(403);
    lead.get(&panel.api("/report")).await.is(404);
    panel
        .app
        .signed_in(panel.world.lead)
        .get(&page(&panel, "/report"))
        .await
        .is(200)
        .hides("CANARY")
        .shows("How would you score yourself?");
}

#[actix_web::test]
async fn each_save_says_which_version_it_changes_and_two_writers_see_both_texts() {
    let panel = debriefed(Mode::Hiring).await;
    let (owner, address) = (panel.as_(panel.world.owner), panel.api("/report"));
    owner.put_json(&address, report()).await.is(428);
    let first = owner.if_match(0).put_json(&address, report()).await.is(200);
    assert_eq!((first.header("ETag"), &first.json()["version"]), ("\"1\"", &json!(1)));
    let stale = owner.if_match(0).put_json(&address, json!({"headline": "Mine"})).await.is(412).json();
    assert_eq!((&stale["current"]["version"], &stale["current"]["headline"]), (&json!(1), &report()["headline"]));

    let browser = panel.app.signed_in(panel.world.lead);
    let mine = [("version", "0"), ("headline", "My own headline"), ("lede", "Your depth is real and you explain it well.")];
    let shown = browser.post_form(&page(&panel, "/report"), mine).await.is(412);
    assert_eq!(shown.typed("headline").as_deref(), Some("My own headline"), "what was typed is kept");
    let shown = shown.shows("Somebody saved another version meanwhile").shows("Nearly ready: ask before you fix").shows("Olive Owner");
    // Knowing theirs, saving again is meant.
    assert_eq!(shown.typed("version").as_deref(), Some("1"));
    let again = [("version", "1"), ("headline", "My own headline")];
    assert_eq!(browser.post_form(&page(&panel, "/report"), again).await.leads(), page(&panel, "/report"));
    assert_eq!(owner.get(&address).await.json()["headline"], "My own headline");
}

#[actix_web::test]
async fn form_and_json_mean_the_same_report() {
    let panel = debriefed(Mode::Hiring).await;
    let by_json = save(&panel, report()).await.is(200).json();
    let form = [
        ("version", "1"),
        ("headline", "Nearly ready: ask before you fix"),
        ("lede", "Your depth is real and you explain it well."),
        ("strength_title", "You tell people early"),
        ("strength_text", "Before touching the database."),
        ("strength_title", ""),
        ("strength_text", " "),
        ("strength_title", "You measure before you tune"),
        ("strength_text", ""),
        ("step_title", "Say what you need to know"),
        ("step_time", "2 weeks"),
        ("step_text", "Three incident questions."),
        ("said", "I would restore the backup."),
        ("said_note", "A fix first."),
        ("stronger", "I stop the rollout."),
        ("stronger_note", "Stops the damage."),
        ("show_areas", "true"),
        ("show_numbers", "true"),
        ("advice", "overstated-experience"),
        ("message", "Thank you for your time."),
        ("then", "preview"),
    ];
    let browser = panel.app.signed_in(panel.world.owner);
    assert_eq!(browser.post_form(&page(&panel, "/report"), form).await.leads(), page(&panel, "/report/preview"));
    let mut by_form = panel.as_(panel.world.owner).get(&panel.api("/report")).await.is(200).json();
    by_form["version"] = json!(1);
    assert_eq!(by_form, by_json);

    // The desk shows what is saved, row by row.
    let desk = browser.get(&page(&panel, "/report")).await.is(200);
    for name in ["headline", "lede", "strength_title", "strength_text", "step_title", "step_time", "said", "message"] {
        let typed = form.iter().find(|(field, _)| *field == name).unwrap().1;
        assert_eq!(desk.typed(name).as_deref(), Some(typed), "{name}");
    }
}

#[actix_web::test]
async fn every_wrong_field_is_named_and_what_was_typed_is_kept() {
    let panel = debriefed(Mode::Hiring).await;
    let long = |length: usize| "x".repeat(length);
    let wrong = json!({
        "headline": long(121),
        "lede": long(601),
        "strengths": [{"title": "", "text": "Seen."}, {"title": "Good", "text": long(601)}, ""],
        "next_steps": [{"title": " ", "text": "Go."}, {"title": "Go", "time": long(41)}],
        "two_ways": {"said": "This.", "stronger": ""},
        "show_outcome": true,
        "advice": ["overstated-experience", "no-such-sign"],
        "message": long(2001),
    });
    let refused = save(&panel, wrong).await.is(422).json();
    let fields: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect();
    let expected = [
        "headline",
        "lede",
        "strengths.0.title",
        "strengths.1.text",
        "strengths.2",
        "next_steps.0.title",
        "next_steps.1.time",
        "two_ways.stronger",
        "advice.1",
        "message",
        "show_outcome",
    ];
    assert_eq!(fields, expected);
    let rows: Vec<_> = (0..7).map(|row| format!("Strength {row}")).collect();
    save(&panel, json!({ "strengths": rows })).await.refuses("strengths");
    save(&panel, json!({"strength": []})).await.is(400);

    let browser = panel.app.signed_in(panel.world.owner);
    let form = [("version", "0"), ("strength_title", ""), ("strength_text", "Seen by us all."), ("said", "This."), ("message", "Kept.")];
    let shown = browser.post_form(&page(&panel, "/report"), form).await.refuses("strengths.0.title").refuses("two_ways.stronger");
    assert_eq!(shown.typed("strength_text").as_deref(), Some("Seen by us all."));
    assert_eq!(shown.typed("message").as_deref(), Some("Kept."));
    browser.post_form(&page(&panel, "/report"), [("version", "0"), ("show_outcome", "true")]).await.refuses("show_outcome");
    assert_eq!(panel.app.count("SELECT count(*) FROM reports"), 0);
}

#[actix_web::test]
async fn a_report_names_nobody_of_the_panel() {
    let panel = debriefed(Mode::Hiring).await;
    for (field, report) in [
        ("headline", json!({"headline": "As Fia First said"})),
        ("lede", json!({"lede": "In short,\nfia  first liked it."})),
        ("strengths.0.text", json!({"strengths": [{"title": "Good", "text": "Sam Second’s question."}]})),
        ("next_steps.0.title", json!({"next_steps": [{"title": "Ask Obi Observer"}]})),
        ("two_ways.said", json!({"two_ways": {"said": "Well, Sha Shadow…", "stronger": "No."}})),
        ("message", json!({"message": "Yours, Fia First"})),
    ] {
        save(&panel, report).await.refuses(field);
    }
    // A part of a name may be an ordinary word: it is asked about and not refused.
    let saved = save(&panel, json!({"headline": "First things first, says Sam"})).await.is(200).json();
    assert_eq!(saved["perhaps_named"], json!(["First", "Sam"]));
    let browser = panel.app.signed_in(panel.world.owner);
    browser.get(&page(&panel, "/report/preview")).await.is(200).shows("names nobody").shows("“Sam”");
    // Who joins the panel later is not named either.
    save(&panel, json!({"headline": "Thanks to Ines Interviewer"})).await.is(200);
    panel.seat(panel.id, panel.world.interviewer, "observer");
    assert_eq!(code(&release(&panel).await), "report-names-somebody");
}

#[actix_web::test]
async fn the_scorecards_words_are_offered_to_the_writer_and_kept_only_when_saved() {
    let panel = debriefed(Mode::Hiring).await;
    card(&panel, panel.shadow, [3, 4, 4, 4, 2]).await;
    decide(&panel, "no").await;
    let draft = panel.as_(panel.world.owner).get(&panel.api("/report")).await.is(200).json();
    let note = json!({"area": "Production mindset", "text": NOTE});
    assert_eq!(draft["suggestions"], json!({"strengths": [note, note], "next_steps": [STEP, STEP], "advice": []}), "no shadow's");
    assert_eq!((&draft["strengths"], &draft["next_steps"], &draft["headline"]), (&json!([]), &json!([]), &json!("")));

    let browser = panel.app.signed_in(panel.world.owner);
    let plain = browser.get(&page(&panel, "/report")).await.is(200).shows(NOTE);
    assert_eq!(plain.typed("strength_text").as_deref(), Some(""));
    let filled = browser.get(&page(&panel, "/report?start=suggested")).await.is(200);
    assert_eq!(filled.typed("strength_title").as_deref(), Some(NOTE));
    assert_eq!(filled.typed("step_title").as_deref(), Some(STEP.trim_end_matches('.')));
    assert_eq!(filled.typed("headline").as_deref(), Some("Not this time"));
    assert_eq!(panel.app.count("SELECT count(*) FROM reports"), 0);
    let _: Value = draft;
}
