//! Second scoring: drawn by a kept seed, blind to the last byte, locked, and nobody's by name; both doors.

use chrono::TimeDelta;
use fivefold::policy::{AccountId, Mode, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::doors::bodies::second_scores;
use crate::scorecards::Panel;
use crate::support::pad::typed;
use crate::support::{App, Client, World};

/// An interview whose cards are in, with a note of each interviewer, a pad, and a decision; nobody drew it yet.
async fn finished() -> Panel {
    let panel = Panel::of(Mode::Hiring).await;
    panel.hold(panel.id);
    for (account, place, score) in [(panel.first, 1_u128, 2), (panel.second, 2, 4)] {
        let note = json!({
            "id": Uuid::from_u128(place), "sign": if place == 1 { "concern" } else { "strength" }, "area": place, "question_id": panel.questions[0],
            "at_seconds": 60 * place, "text": format!("WORDS-{place}: Cleo told Fia First of the index."),
        });
        let alike = json!({"id": Uuid::from_u128(20 + place), "sign": "strength", "area": 1, "question_id": panel.questions[1], "text": "Both wrote this."});
        let loose = json!({"id": Uuid::from_u128(10 + place), "sign": "neutral", "area": null, "text": format!("LOOSE-{place}: Cleo Candidate was early.")});
        panel.save(account, json!({"evidence": [note, alike, loose]})).await.is(200);
        panel.save(account, panel.complete(score)).await.is(200);
        panel
            .save(account, json!({"next_step": "CANARY-STEP", "areas": [{"area": 1, "value": score, "reason": "CANARY-REASON"}]}))
            .await
            .is(200);
        panel.submit(account).await.is(201);
    }
    panel.open_debrief(panel.id);
    let decided = json!({"outcome": "cannot_say", "reason": "CANARY-DECISION", "override_reason": "CANARY-OVERRIDE"});
    panel.as_(panel.world.owner).put_json(&panel.api("/decision"), decided).await.is(200);
    panel.app.sql(&format!(
        "INSERT INTO pads (team_id, interview_id, question_id, language, last_number, bytes, opened_by, opened_at)
         VALUES ('{team}', '{id}', '{question}', 'sql', 1, 100, '{by}', '{now}');
         INSERT INTO pad_updates (team_id, interview_id, question_id, number, key, person_id, candidate, content, made_at)
         VALUES ('{team}', '{id}', '{question}', 1, '{by}', '{by}', true, decode('{content}', 'base64'), '{now}')",
        team = panel.world.team,
        id = panel.id,
        question = panel.questions[0],
        by = panel.first,
        now = panel.app.now(),
        content = typed("-- Cleo: PAD-TEXT"),
    ));
    panel
}

fn window(app: &App, percent: u8) -> Value {
    json!({"since": app.now() - TimeDelta::days(30), "until": app.now() + TimeDelta::days(1), "percent": percent})
}

async fn draw(panel: &Panel) -> Value {
    let url = panel.world.api("/second-scoring/draws");
    panel.as_(panel.world.lead).post_json(&url, window(&panel.app, 20)).await.is(201).json()
}

async fn asks(client: &Client, world: &World) -> Vec<Value> {
    client.get(&world.api("/second-scores")).await.is(200).json()["items"].as_array().unwrap().clone()
}

/// Drawn, and the address of the one ask, on the page and over JSON.
async fn drawn(panel: &Panel) -> (String, String) {
    draw(panel).await;
    let asks = asks(&panel.as_(panel.world.interviewer), &panel.world).await;
    let rest = format!("/second-scores/{}", asks[0]["id"].as_str().unwrap());
    (panel.world.page(&rest), panel.world.api(&rest))
}

fn areas(values: [Value; 5]) -> Value {
    let area = |(area, value): (u8, Value)| json!({"area": area, "value": value, "reason": format!("OWN-{area}")});
    json!({"areas": (1..).zip(values).map(area).collect::<Vec<_>>()})
}

#[actix_web::test]
async fn a_second_scorer_reads_prompts_bare_notes_and_pads_and_no_name() {
    let panel = finished().await;
    let (page, api) = drawn(&panel).await;
    let scorer = panel.world.interviewer;
    let read = [panel.as_(scorer).get(&api).await.is(200).text(), panel.app.signed_in(scorer).get(&page).await.is(200).text()];
    for text in &read {
        for word in ["WORDS-1", "WORDS-2", "LOOSE-1", "LOOSE-2", "PAD-TEXT", "the candidate told the interviewer of the index"] {
            assert!(text.to_lowercase().contains(&word.to_lowercase()), "{word} is missing");
        }
        for name in ["Cleo", "Fia", "Sam Second", &panel.first.to_string(), &panel.second.to_string(), &panel.id.to_string()] {
            assert!(!text.contains(name), "{name} is there");
        }
        for word in ["CANARY", "cannot_say", "Practise", "recommendation", "\"sign\"", "strength", "concern", "panel_mean\":"] {
            assert!(!text.contains(word), "{word} is there");
        }
    }
    let view: Value = serde_json::from_str(&read[0]).unwrap();
    assert_eq!(view["comparison"], Value::Null);
    assert_eq!(view["questions"].as_array().unwrap().len(), 4, "three of the plan, and what belongs to none");
    assert_eq!(view["questions"][0]["notes"][0], "WORDS-1: The candidate told the interviewer of the index.");
    assert_eq!(view["questions"][1]["notes"], json!(["Both wrote this."]), "how often it was written would be a count");
    let members: Vec<&String> = view["questions"][0].as_object().unwrap().keys().collect();
    assert_eq!(members, ["notes", "pad", "prompt", "question_id", "title"]);
}

/// R2: two worlds that differ only in what others gave are the same to the byte.
#[actix_web::test]
async fn what_others_gave_changes_no_byte_before_ones_own_are_in() {
    let panel = finished().await;
    let (page, api) = drawn(&panel).await;
    let (client, browser) = (panel.as_(panel.world.interviewer), panel.app.signed_in(panel.world.interviewer));
    let addresses = [page, panel.world.page("/second-scoring")];
    let read = async || {
        let mut all = vec![client.get(&api).await.is(200).text(), client.get(&panel.world.api("/second-scores")).await.is(200).text()];
        for address in &addresses {
            all.push(browser.get(address).await.is(200).text());
        }
        all
    };
    let before = read().await;
    panel.app.sql(&format!(
        "UPDATE scorecards SET recommendation = 'strong_no', confidence = 'low', next_step = 'Other', area_values = '{{\"1\": 1, \"2\": 1, \"3\": 5}}',
            area_reasons = '{{}}', evidence = (SELECT jsonb_object_agg(key, value || '{{\"sign\": \"neutral\", \"area\": 5}}') FROM jsonb_each(evidence));
         UPDATE scorecard_revisions SET content = jsonb_set(jsonb_set(content, '{{areas}}',
            (SELECT jsonb_agg(area || '{{\"value\": 1, \"reason\": \"Other\"}}') FROM jsonb_array_elements(content -> 'areas') area)), '{{evidence}}',
            (SELECT jsonb_agg(note || '{{\"sign\": \"neutral\", \"area\": 5}}') FROM jsonb_array_elements(content -> 'evidence') note));
         UPDATE scorecards SET account_id = '{2}' WHERE account_id = '{0}';
         UPDATE scorecards SET account_id = '{0}' WHERE account_id = '{1}';
         UPDATE scorecards SET account_id = '{1}' WHERE account_id = '{2}';
         UPDATE decisions SET outcome = 'strong_yes', reason = 'Other'",
        panel.first, panel.second, panel.shadow
    ));
    assert_eq!(read().await, before);
}

#[actix_web::test]
async fn what_is_in_is_locked_and_stands_beside_the_panels_means() {
    let panel = finished().await;
    let (page, api) = drawn(&panel).await;
    let client = panel.as_(panel.world.interviewer);
    let missing = client.put_json(&format!("{api}/submission"), json!({})).await.is(422);
    missing.refuses("areas.0.value");
    client.put_json(&api, areas([3, 3, 3, 3, 3].map(Value::from))).await.is(428);
    client.if_match(1).put_json(&api, areas(["not_asked".into(), 3.into(), 3.into(), 3.into(), 3.into()])).await.is(422);
    let none = json!({"areas": [{"area": 1, "value": 3}]});
    client.if_match(1).put_json(&api, none).await.is(200);
    client.put_json(&format!("{api}/submission"), json!({})).await.is(422).refuses("areas.0.reason");
    let given = areas([4.into(), "not_enough_evidence".into(), 3.into(), 5.into(), 1.into()]);
    let saved = client.if_match(2).put_json(&api, &given).await.is(200).json();
    assert_eq!((&saved["missing"], &saved["comparison"]), (&json!([]), &Value::Null));
    let stale = client.if_match(2).put_json(&api, areas([1, 1, 1, 1, 1].map(Value::from))).await.is(412).json();
    assert_eq!(stale["current"]["areas"][0]["reason"], "OWN-1");
    let done = client.put_json(&format!("{api}/submission"), json!({})).await.is(201).json();
    // The panel gave 2 and 4.
    let of = |area: usize| done["comparison"][area].clone();
    assert_eq!(of(0), json!({"area": 1, "own": 4, "panel_mean": 3.0, "difference": 1.0}));
    assert_eq!(of(1), json!({"area": 2, "own": null, "panel_mean": 3.0, "difference": null}));
    let row = || panel.app.text("SELECT to_jsonb(s) FROM second_scores s");
    let before = row();
    let browser = panel.app.signed_in(panel.world.interviewer);
    client.if_match(3).put_json(&api, &given).await.is(409);
    client.put_json(&format!("{api}/submission"), json!({})).await.is(409);
    browser.post_form(&page, second_scores()).await.is(409);
    browser.post_form(&format!("{page}/submission"), second_scores()).await.is(409);
    assert_eq!(row(), before);
    browser.get(&page).await.is(200).shows("within a point of the panel in 2 of 4 areas").shows("3.00").shows("OWN-4");
    // A card that is owed for the same candidate closes what the panel found (R2).
    let later = panel.interview("2026-03-09T10:00:00Z");
    panel.seat(later, panel.world.interviewer, "interviewer");
    assert_eq!(client.get(&api).await.is(200).json()["comparison"], Value::Null);
    browser.get(&page).await.is(200).shows("You owe a scorecard for the same candidate").hides("3.00");
}

#[actix_web::test]
async fn the_page_does_the_same_and_keeps_what_was_typed() {
    let panel = finished().await;
    let lead = panel.app.signed_in(panel.world.lead);
    let index = panel.world.page("/second-scoring");
    lead.get(&index).await.is(200).shows("Nothing drawn yet").shows("0 of the 10 interviews it takes can be compared");
    let form = |since: &str, percent: &str| json!({"since": since, "until": "2026-12-31", "percent": percent});
    lead.post_form(&index, form("soon", "20")).await.is(422).shows("Write a date").shows("soon");
    lead.post_form(&index, form("2026-01-01", "101")).await.is(422).shows("from 1 to 100").shows("101");
    lead.post_form(&index, form("2026-01-01", "20")).await.is(303);
    lead.get(&index).await.is(200).shows("20% of 1").shows("0 of 1").hides("Ines Interviewer").hides("Cleo");
    lead.post_form(&index, form("2026-01-01", "20")).await.is(409).shows("can be scored again");

    let browser = panel.app.signed_in(panel.world.interviewer);
    let asks = asks(&panel.as_(panel.world.interviewer), &panel.world).await;
    let page = panel.world.page(&format!("/second-scores/{}", asks[0]["id"].as_str().unwrap()));
    browser.get(&index).await.is(200).shows("1. Mid level").shows("Not begun").shows("Score it").hides("Draw interviews");
    let without = |name: &str| second_scores().into_iter().filter(|(field, _)| field != name).collect::<Vec<_>>();
    browser
        .post_form(&format!("{page}/submission"), without("areas.2.reason"))
        .await
        .is(422)
        .shows("this score rests on")
        .shows("Asked first.");
    browser.post_form(&page, without("areas.2.value")).await.is(303);
    let mut other = without("areas.0.reason");
    other.push(("areas.0.reason".into(), "Mine, typed late.".into()));
    let stale = browser.post_form(&page, &other).await.is(412).shows("Saved in another tab").hides("Something is missing");
    let there = stale.text().split("Saved there").nth(1).unwrap().to_owned();
    assert!(
        there.contains("Asked first.") && stale.typed("areas.0.reason").as_deref() == Some("Mine, typed late."),
        "both texts stand there"
    );
    assert_eq!(stale.typed("there.areas.0.reason").as_deref(), Some("Asked first."));
    browser.get(&index).await.is(200).shows("Begun").hides("Not begun");
    let mut whole: Vec<_> = other.into_iter().filter(|(name, _)| name != "version").collect();
    for (name, value) in [("version", "2"), ("take", "areas.0"), ("there.areas.0.value", "3"), ("there.areas.0.reason", "Asked first.")] {
        whole.push((name.into(), value.into()));
    }
    browser.post_form(&format!("{page}/submission"), whole).await.is(303);
    browser.get(&page).await.is(200).shows("This result is yours alone").hides("Mine, typed late.");
    browser.get(&index).await.is(200).shows("Your result").shows("Nothing waits for you");
}

#[actix_web::test]
async fn who_had_a_seat_is_the_candidate_or_leads_is_not_asked() {
    let panel = finished().await;
    // Whoever is left knows the candidate: a seat of an earlier interview that was taken back, and being the candidate.
    let earlier = panel.interview("2026-02-02T10:00:00Z");
    panel.seat(earlier, panel.world.interviewer, "observer");
    panel.app.sql(&format!(
        "UPDATE seats SET removed_at = added_at WHERE interview_id = '{earlier}';
         UPDATE memberships SET role = 'interviewer' WHERE account_id = '{}'",
        panel.world.candidate
    ));
    let url = panel.world.api("/second-scoring/draws");
    let refused = panel.as_(panel.world.lead).post_json(&url, window(&panel.app, 100)).await.is(409).json();
    assert!(refused["type"].as_str().unwrap().ends_with("nothing-to-draw"), "owner and lead are not asked either");
    let free = panel.app.member(panel.world.team, Role::Interviewer, "Free Frida");
    draw(&panel).await;
    assert_eq!(asks(&panel.as_(free), &panel.world).await.len(), 1);
    panel.as_(panel.world.lead).post_json(&url, window(&panel.app, 100)).await.is(409);
}

#[actix_web::test]
async fn an_interview_that_is_not_finished_or_not_of_the_window_is_not_drawn() {
    let panel = Panel::of(Mode::Hiring).await;
    panel.hold(panel.id);
    let url = panel.world.api("/second-scoring/draws");
    let lead = panel.as_(panel.world.lead);
    lead.post_json(&url, window(&panel.app, 100)).await.is(409);
    panel.open_debrief(panel.id);
    let past = json!({"since": "2025-01-01T00:00:00Z", "until": "2026-03-02T10:00:00Z", "percent": 100});
    lead.post_json(&url, past).await.is(409);
    lead.post_json(&url, json!({"since": "2026-03-02T10:00:00Z", "until": "2026-03-02T10:00:00Z", "percent": 0}))
        .await
        .is(422)
        .refuses("percent");
    lead.post_json(&url, window(&panel.app, 1)).await.is(201);
}

#[actix_web::test]
async fn who_comes_to_know_the_interview_scores_it_no_more() {
    for by in ["a seat", "a lead"] {
        let panel = finished().await;
        let (page, api) = drawn(&panel).await;
        let scorer = panel.world.interviewer;
        let role = |role: &str| panel.app.sql(&format!("UPDATE memberships SET role = '{role}' WHERE account_id = '{scorer}'"));
        if by == "a seat" {
            panel.seat(panel.interview("2026-03-09T10:00:00Z"), scorer, "interviewer");
        } else {
            role("lead");
        }
        let (client, browser) = (panel.as_(scorer), panel.app.signed_in(scorer));
        let refused = client.get(&api).await.is(409).text();
        assert!(refused.contains("knows-too-much") && !refused.contains("WORDS"), "{by}");
        client.if_match(1).put_json(&api, areas([3; 5].map(Value::from))).await.is(409);
        client.put_json(&format!("{api}/submission"), json!({})).await.is(409);
        browser.get(&page).await.is(409).hides("WORDS");
        browser.post_form(&page, second_scores()).await.is(409);
        assert_eq!(asks(&client, &panel.world).await, Vec::<Value>::new(), "{by}");
    }
}

#[actix_web::test]
async fn what_one_is_asked_for_is_ones_own_alone() {
    let panel = finished().await;
    let (page, api) = drawn(&panel).await;
    for other in [panel.world.owner, panel.world.lead, panel.first, panel.observer] {
        panel.as_(other).get(&api).await.is(404);
        panel.app.signed_in(other).get(&page).await.is(404);
        panel.as_(other).if_match(1).put_json(&api, areas([3; 5].map(Value::from))).await.is(404);
        assert_eq!(asks(&panel.as_(other), &panel.world).await, Vec::<Value>::new());
    }
    let url = panel.world.api("/second-scoring");
    panel.as_(panel.world.interviewer).get(&url).await.is(403);
    panel.as_(panel.world.candidate).get(&api).await.is(403);
}

/// Interviews of one panellist who gave a 3 everywhere, each scored again by these with a 4 in every area.
struct Twice {
    app: App,
    world: World,
}

impl Twice {
    async fn new() -> Self {
        let app = App::new().await;
        let world = World::new(&app);
        app.sql(&format!(
            "INSERT INTO second_draws (team_id, id, since, until, percent, seed, pool, asked_by, asked_at)
             VALUES ('{}', '{}', '{now}'::timestamptz - interval '1 day', '{now}', 100, 7, 12, '{}', '{now}')",
            world.team,
            Uuid::from_u128(7),
            world.lead,
            now = app.now(),
        ));
        Twice { app, world }
    }

    fn interview(&self, number: u128, scorer: AccountId, submitted: bool) {
        let (team, lead, rater, now) = (self.world.team, self.world.lead, self.world.interviewer, self.app.now());
        let id = |kind: u128| Uuid::from_u128((kind << 64) + number + 1);
        let first: Vec<Value> = (1..=5).map(|area| json!({"area": area, "value": 3, "reason": ""})).collect();
        let second: Vec<Value> = (1..=5).map(|area| json!({"area": area, "value": 4 + number % 2, "reason": "So."})).collect();
        self.app.sql(&format!(
            "INSERT INTO candidates (team_id, id, name, created_at) VALUES ('{team}', '{candidate}', 'Candidate {number}', '{now}');
             INSERT INTO interviews (team_id, id, candidate_id, mode, level, question_set_version_id, rubric_version_id, starts_at, time_zone, minutes, created_by, created_at, scheduled_at)
             SELECT '{team}', '{interview}', '{candidate}', 'hiring', 'mid', set.id, rubric.id, '{now}', 'UTC', 60, '{lead}', '{now}', '{now}'
             FROM library_question_set_versions set, library_rubric_versions rubric
             WHERE set.slug = 'django-backend' AND rubric.slug = 'five-areas' ORDER BY set.number DESC, rubric.number DESC LIMIT 1;
             INSERT INTO rooms (team_id, interview_id, started_at, started_by, ended_at, ended_by, driver_id)
             VALUES ('{team}', '{interview}', '{now}', '{lead}', '{now}', '{lead}', '{lead}');
             INSERT INTO seats (team_id, id, interview_id, account_id, seat, added_at) VALUES ('{team}', '{card}', '{interview}', '{rater}', 'interviewer', '{now}');
             INSERT INTO scorecards (team_id, id, interview_id, account_id, version, area_values, area_reasons, question_values, evidence, ticks,
                                     warning_signs, claim_verdicts, claim_evidence, next_step, created_at, saved_at, submitted_at)
             VALUES ('{team}', '{card}', '{interview}', '{rater}', 1, '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '', '{now}', '{now}', '{now}');
             INSERT INTO scorecard_revisions (team_id, scorecard_id, number, content, author_id, reason, others_visible, created_at)
             VALUES ('{team}', '{card}', 1, '{content}', '{rater}', '', false, '{now}');
             INSERT INTO debriefs (team_id, interview_id, opened_at, opened_by) VALUES ('{team}', '{interview}', '{now}', '{lead}');
             INSERT INTO second_scores (team_id, id, draw_id, interview_id, account_id, answers, asked_at, submitted_at)
             VALUES ('{team}', '{score}', '{draw}', '{interview}', '{scorer}', '{second}', '{now}', {submitted})",
            interview = id(2),
            candidate = id(1),
            card = id(9),
            score = id(5),
            draw = Uuid::from_u128(7),
            content = json!({"areas": first}),
            second = json!(second),
            submitted = if submitted { format!("'{now}'") } else { "NULL".into() },
        ));
    }

    async fn read(&self, rest: &str) -> Value {
        self.app.token(self.world.lead).get(&self.world.api(rest)).await.is(200).json()
    }
}

/// R13, and never by person.
#[actix_web::test]
async fn leads_see_agreement_from_ten_interviews_of_three_people_on_and_nobodys_by_name() {
    let twice = Twice::new().await;
    let people = [1, 2, 3].map(|number| twice.app.member(twice.world.team, Role::Interviewer, &format!("Scorer Nr{number}")));
    let browser = twice.app.signed_in(twice.world.lead);
    let page = twice.world.page("/second-scoring");
    for number in 0..9 {
        twice.interview(number, people[number as usize % 3], true);
    }
    twice.interview(20, people[0], false);
    let view = twice.read("/second-scoring").await;
    assert_eq!((&view["double_scored"], &view["agreement"]), (&json!(9), &Value::Null), "nine, and what is begun does not count");
    browser.get(&page).await.is(200).shows("9 of the 10 interviews it takes can be compared").hides("Second minus first");
    twice.interview(9, people[0], true);
    let agreement = twice.read("/second-scoring").await["agreement"].clone();
    // 4 and 5 by turns against 3: half of the scores are within one.
    assert_eq!((&agreement["interviews"], &agreement["scores"]), (&json!(10), &json!(50)));
    assert_eq!((&agreement["mean_difference"], &agreement["within_one"]), (&json!(1.5), &json!(0.5)));
    assert!(agreement["low"].as_f64().unwrap() < 1.5 && agreement["high"].as_f64().unwrap() > 1.5);
    let text = browser.get(&page).await.is(200).shows("Second minus first").shows("+1.50").text();
    let json = twice.read("/second-scoring").await.to_string();
    for account in people {
        assert!(!text.contains(&account.to_string()) && !json.contains(&account.to_string()));
    }
    assert!(!text.contains("Scorer Nr") && !json.contains("Scorer Nr") && !json.contains("interview_id"));
    // Of two people it would be said of them.
    twice.app.sql(&format!("UPDATE second_scores SET account_id = '{}' WHERE account_id = '{}'", people[0], people[2]));
    assert_eq!(twice.read("/second-scoring").await["agreement"], Value::Null);
    browser.get(&page).await.is(200).shows("once three people have scored").hides("Second minus first");
}

#[actix_web::test]
async fn nothing_of_a_second_scoring_enters_the_live_reliability() {
    let twice = Twice::new().await;
    let scorer = twice.app.member(twice.world.team, Role::Interviewer, "Scorer");
    for number in 0..4 {
        twice.interview(number, scorer, true);
    }
    let with = twice.read("/calibration").await;
    twice.app.sql("DELETE FROM second_scores");
    assert_eq!(twice.read("/calibration").await, with);
    assert_eq!(with["cards"], json!(4));
}

#[actix_web::test]
async fn the_pages_ask_the_database_as_often_for_many_as_for_one() {
    let twice = Twice::new().await;
    let scorer = twice.app.member(twice.world.team, Role::Interviewer, "Scorer");
    let page = twice.world.page("/second-scoring");
    let queries = async |account: AccountId| {
        let browser = twice.app.signed_in(account);
        let (response, queries) = twice.app.queries(async { browser.get(&page).await }).await;
        response.is(200);
        queries.len()
    };
    twice.interview(0, scorer, true);
    twice.interview(1, scorer, false);
    let one = (queries(scorer).await, queries(twice.world.lead).await);
    for number in 2..12 {
        twice.interview(number, scorer, number % 2 == 0);
    }
    assert_eq!((queries(scorer).await, queries(twice.world.lead).await), one);
}

#[actix_web::test]
async fn what_one_gave_is_taken_along_and_what_was_begun_goes_with_the_account() {
    let twice = Twice::new().await;
    let scorer = twice.app.member(twice.world.team, Role::Interviewer, "Scorer");
    twice.interview(0, scorer, true);
    twice.interview(1, scorer, false);
    let client = twice.app.token(scorer);
    let proof = json!({"current_password": crate::support::PASSWORD});
    let data = client.post_json("/api/v1/me/export", &proof).await.is(200).json();
    let team = data["teams"].as_array().unwrap().iter().find(|team| team["id"] == json!(twice.world.team)).unwrap();
    assert_eq!(team["second_scores"].as_array().unwrap().len(), 2);
    let gone = client.post_json("/api/v1/me/deletion", &proof).await;
    assert!(gone.status < 300, "{}", gone.status);
    assert_eq!(twice.app.texts("SELECT (submitted_at IS NOT NULL)::text FROM second_scores"), ["true"]);
}
