//! Everybody's own data: taken along as one file, deleted for good (R14).

use fivefold::policy::{AccountId, Mode, Role};
use serde_json::{Value, json};

use crate::support::Interview;
use crate::support::{App, PASSWORD, Response, World};

/// Words of the candidate's own, and of others.
const OWN: &str = "kestrel over the weir";
const OTHERS: &str = "magpie on the fence";

/// A mock interview that was held: the candidate wrote notes, scored themselves and has a report; the interviewer
/// handed a card in, a shadow began one.
async fn held(app: &App) -> (World, Interview) {
    let world = World::of(app, Mode::Mock);
    let interview = Interview::planned(app, &world, Mode::Mock);
    let (team, id, record, lead, now) = (world.team, interview.id, interview.record, world.lead, app.now().to_rfc3339());
    app.sql(&format!(
        "INSERT INTO rooms (team_id, interview_id, driver_id, started_at, started_by, ended_at, ended_by, last_seq)
            VALUES ('{team}', '{id}', '{0}', '{now}', '{0}', '{now}'::timestamptz + interval '1 minute', '{0}', 0);
         INSERT INTO self_scores (team_id, interview_id, area_values, given_at) VALUES ('{team}', '{id}', '{{\"1\": 3}}', '{now}');
         INSERT INTO candidate_resumes (team_id, candidate_id, content, imported_at) VALUES ('{team}', '{record}', '{{}}', '{now}');
         INSERT INTO candidate_claims (team_id, id, candidate_id, position, text, detail, created_at)
            VALUES ('{team}', gen_random_uuid(), '{record}', 1, '{OWN}', '{OWN}', '{now}');
         UPDATE candidate_links SET mailed_to = 'kestrel@example.com' WHERE interview_id = '{id}';
         INSERT INTO reports (team_id, interview_id, version, content, figures, written_by, written_at)
            VALUES ('{team}', '{id}', 1, '{{\"summary\": \"{OWN}\"}}', '{{}}', '{lead}', '{now}');",
        interview.lead_interviewer
    ));
    let path = world.api(&format!("/interviews/{id}"));
    let notes = app.token(interview.candidate).if_match(0).with("Idempotency-Key", &uuid::Uuid::now_v7().to_string());
    notes.patch_json(&format!("{path}/own-notes"), json!({"text": OWN})).await.is(200);
    app.advance(chrono::TimeDelta::minutes(2));
    for (who, words) in [(interview.lead_interviewer, OTHERS), (interview.shadow, "a draft of the shadow")] {
        let card = app.token(who).if_match(0).with("Idempotency-Key", &uuid::Uuid::now_v7().to_string());
        card.patch_json(&format!("{path}/scorecard"), json!({"next_step": words})).await.is(200);
    }
    app.sql(&format!(
        "INSERT INTO practice_attempts (team_id, id, account_id, question_set_version_id, question_set_built_in, rubric_version_id, rubric_built_in,
            question_id, title, prompt, area, topics, minutes, level, kind, think_seconds, started_at, answer)
         SELECT '{team}', gen_random_uuid(), a, s.id, true, r.id, true, s.id, 'T', 'P', 1, '{{}}', 5, 'mid', 'typed', 0, '{now}', words
         FROM (SELECT id FROM library_question_set_versions LIMIT 1) s, (SELECT id FROM library_rubric_versions LIMIT 1) r,
            (VALUES ('{}'::uuid, '{OWN}'), ('{}'::uuid, '{OTHERS}')) AS own (a, words)",
        interview.candidate, interview.observer
    ));
    app.leave_jobs();
    (world, interview)
}

/// By the API as a file or an archive, or by the page.
async fn export(app: &App, who: AccountId, door: Door, password: &str) -> Response {
    let proof = json!({"current_password": password});
    match door {
        Door::File => app.token(who).post_json("/api/v1/me/export", proof).await,
        Door::Archive => app.token(who).post_json("/api/v1/me/export/archive", proof).await,
        Door::Page => app.signed_in(who).post_form("/account/data/export", [("current_password", password)]).await,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    File,
    Archive,
    Page,
}

const DOORS: [Door; 3] = [Door::File, Door::Archive, Door::Page];

/// The file, as it comes or out of its archive.
fn file(answer: &Response, door: Door) -> String {
    let name = if door == Door::File { "fivefold-own-data.json" } else { "fivefold-own-data.zip" };
    assert_eq!(answer.header("Content-Disposition"), format!("attachment; filename=\"{name}\""));
    if door == Door::File {
        return answer.text();
    }
    assert_eq!((answer.header("Content-Type"), answer.header("Content-Encoding")), ("application/zip", "identity"));
    String::from_utf8(answer.unpacked().remove("fivefold-own-data.json").unwrap()).unwrap()
}

async fn delete(app: &App, who: AccountId, page: bool, password: &str) -> Response {
    match page {
        false => app.token(who).post_json("/api/v1/me/deletion", json!({"current_password": password})).await,
        true => app.signed_in(who).post_form("/account/data/deletion", [("current_password", password)]).await,
    }
}

/// The tables in which these words stand, but the built-in library's.
fn traces(app: &App, words: &str) -> Vec<String> {
    let tables = app.texts("SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1");
    let holds = |table: &String| app.count(&format!("SELECT count(*) FROM {table} t WHERE t::text ILIKE '%{words}%'")) > 0;
    tables.into_iter().filter(|table| !table.starts_with("library_") && holds(table)).collect()
}

#[actix_web::test]
async fn the_file_holds_what_is_ones_own_and_no_word_of_others() {
    let app = App::new().await;
    let (world, interview) = held(&app).await;
    let me = app.token(interview.candidate);
    me.post_json("/api/v1/me/proofs", json!({"kind": "app", "title": OWN, "url": "https://weir.example.org"})).await.is(201);
    me.post_json("/api/v1/me/questions-to-ask", json!({"text": OWN})).await.is(201);
    for (who, words) in [(interview.candidate, OWN), (interview.lead_interviewer, OTHERS)] {
        let at = (app.now() + chrono::TimeDelta::days(2)).to_rfc3339();
        let offer = json!({"level": "mid", "question_set_version_id": World::versions(&app).0, "starts_at": at, "time_zone": "UTC",
            "minutes": 30, "note": words});
        app.token(who).post_json(&world.api("/practice-offers"), offer).await.is(201);
    }
    for door in DOORS {
        let text = file(&export(&app, interview.candidate, door, PASSWORD).await.is(200), door);
        let own: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&own["format"], &own["account"]["name"]), (&json!("fivefold/own-data@1"), &json!("Cleo Candidate")));
        assert_eq!(own["account"]["email"], app.email_of(interview.candidate));
        let team = own["teams"].as_array().unwrap().iter().find(|team| team["id"] == json!(world.team)).unwrap();
        assert_eq!((&team["interviews"][0]["notes"], &team["interviews"][0]["id"]), (&json!(OWN), &json!(interview.id)));
        assert_eq!((own["practice"]["attempts"].as_array().unwrap().len(), &own["practice"]["attempts"][0]["answer"]), (1, &json!(OWN)));
        assert_eq!((&own["proofs"][0]["title"], &own["questions_to_ask"][0]["text"]), (&json!(OWN), &json!(OWN)));
        assert_eq!(team["interviews"][0]["report"], Value::Null, "what was not released is not theirs to read");
        assert!(!text.contains(OTHERS), "another's card: {text}");
        let offers = team["peer_offers"].as_array().unwrap();
        assert_eq!((offers.len(), &offers[0]["note"], &offers[0]["minutes"]), (1, &json!(OWN), &json!(30)), "{offers:?}");

        let card = file(&export(&app, interview.lead_interviewer, door, PASSWORD).await.is(200), door);
        assert!(card.contains(OTHERS) && !card.contains(OWN), "{card}");
    }
}

#[actix_web::test]
async fn both_ask_for_the_password_once_more_and_a_wrong_one_does_nothing() {
    let app = App::new().await;
    let (_, interview) = held(&app).await;
    for door in DOORS {
        export(&app, interview.candidate, door, "not the password at all").await.refuses("current_password");
    }
    for page in [false, true] {
        delete(&app, interview.candidate, page, "not the password at all").await.refuses("current_password");
        delete(&app, interview.candidate, page, "").await.refuses("current_password");
    }
    assert_eq!(app.text(&format!("SELECT name FROM accounts WHERE id = '{}'", interview.candidate)), "Cleo Candidate");
}

#[actix_web::test]
async fn a_name_goes_out_of_mails_as_words_of_its_own() {
    let app = App::new().await;
    let world = World::new(&app);
    let mail = |subject: &str, html: &str, calendar: &str| {
        app.sql(&format!(
            "INSERT INTO mails (id, team_id, to_name, to_address, subject, body_text, body_html, calendar, calendar_method, created_at)
                VALUES (gen_random_uuid(), '{}', 'Ida', 'ida@example.com', $${subject}$$, '', $${html}$$, '{calendar}', 'REQUEST', now())",
            world.team
        ));
    };
    mail("Ann O'Hara (Ann O'Hara!)", "<b>Ann O&#39;Hara</b>", "SUMMARY:Ann O''Hara");
    mail("Joann O'Hara, Ann O'Haras", "<b>Ann O&#39;Hara-Finch</b>", "SUMMARY:Others");
    let team = world.team;
    app.system(team, move |tx| fivefold::platform::mail::erase_words(tx, team.0, "Ann O'Hara"));
    let left =
        app.texts("SELECT subject || ' | ' || body_html || ' | ' || coalesce(calendar, '-') FROM mails WHERE to_name = 'Ida' ORDER BY 1");
    assert_eq!(left, ["Joann O'Hara, Ann O'Haras | <b>somebody-Finch</b> | SUMMARY:Others", "somebody (somebody!) | <b>somebody</b> | -"]);
}

#[actix_web::test]
async fn after_a_deletion_nothing_names_the_person_and_nothing_lets_them_in() {
    for page in [false, true] {
        let app = App::new().await;
        let (world, interview) = held(&app).await;
        let (who, email, token) = (interview.candidate, app.email_of(interview.candidate), app.sign_in_token(interview.candidate));
        app.sql(&format!(
            "INSERT INTO mails (id, team_id, to_name, to_address, subject, body_text, body_html, created_at)
                VALUES (gen_random_uuid(), '{}', 'Cleo Candidate', '{email}', 'Your interview', '{OWN}', '', now());
             INSERT INTO mails (id, team_id, to_name, to_address, subject, body_text, body_html, calendar, calendar_method, created_at)
                VALUES (gen_random_uuid(), '{0}', 'Ida Interviewer', 'ida@example.com', 'Interview of Cleo Candidate', 'Cleo Candidate, {email}.',
                    '<p>Cleo Candidate</p>', E'SUMMARY:Interview of Cleo Cand\\r\\n idate', 'REQUEST', now());
             INSERT INTO invitations (team_id, id, role, email, token_hash, invited_by, created_at, expires_at, accepted_at, accepted_by)
                VALUES ('{0}', gen_random_uuid(), 'candidate', '{email}', '\\x01', '{1}', now(), now(), now(), '{who}')",
            world.team, world.lead
        ));
        app.token(who)
            .if_match(0)
            .put_json("/api/v1/me/resume", json!({"basics": {"name": "Cleo Candidate", "summary": OWN}}))
            .await
            .is(200);
        app.token(who).post_json(&world.api("/resume"), json!({})).await;
        let proof = json!({"kind": "app", "title": OWN, "url": "https://weir.example.org"});
        app.token(who).post_json("/api/v1/me/proofs", proof).await.is(201);
        app.token(who).post_json("/api/v1/me/questions-to-ask", json!({"text": OWN})).await.is(201);
        let plan = json!({"towards": "2026-03-20", "weekdays": ["monday"], "minutes": 30, "level": "mid"});
        app.token(who).put_json(&world.api("/practice/plan"), plan).await.is(200);
        assert!(traces(&app, "Cleo Candidate").len() >= 3 && traces(&app, &email).len() >= 3);
        let done = delete(&app, who, page, PASSWORD).await;
        assert!(done.status == if page { 303 } else { 204 }, "{}", done.text());

        for words in ["Cleo Candidate", &email, OWN, "kestrel@example.com"] {
            assert_eq!(traces(&app, words), Vec::<String>::new(), "{words}");
        }
        assert_eq!(app.count("SELECT count(*) FROM practice_plans"), 0);
        app.bearer(&token).get("/api/v1/me").await.is(401);
        let sign_in = json!({"email": email, "password": PASSWORD});
        app.anon().post_json("/api/v1/sign-ins", &sign_in).await.is(401);
        // What others wrote stays, and so does the interview, of nobody.
        assert!(traces(&app, OTHERS).contains(&"scorecards".to_owned()));
        let plan = app.token(world.lead).get(&world.api(&format!("/interviews/{}", interview.id))).await.is(200).json();
        assert_eq!(plan["candidate"]["name"], "Deleted candidate");
        // The address is free again.
        let new = fivefold::accounts::NewAccount::parse("Cleo Again", &email, "UTC", "hash".into()).unwrap();
        app.write(fivefold::platform::db::Door::Anybody, |tx| fivefold::teams::register(tx, &new, false));
    }
}

#[actix_web::test]
async fn what_was_handed_in_stays_without_a_name_and_drafts_go() {
    let app = App::new().await;
    let (world, interview) = held(&app).await;
    let card = "SELECT count(*) FROM scorecards";
    assert_eq!(app.count(card), 2);
    app.sql(&format!("UPDATE scorecards SET submitted_at = now() WHERE account_id = '{}'", interview.lead_interviewer));
    for who in [interview.lead_interviewer, interview.shadow] {
        delete(&app, who, false, PASSWORD).await.is(204);
    }
    assert_eq!(app.count(card), 1);
    assert_eq!((traces(&app, "Lilo Leads"), traces(&app, "a draft of the shadow")), (Vec::new(), Vec::new()));
    let members = app.token(world.lead).get(&world.api("/members")).await.is(200).text();
    assert!(!members.contains("Deleted account"), "who is deleted is in no team: {members}");
}

#[actix_web::test]
async fn the_only_owner_is_told_to_find_another_first_and_nothing_is_lost() {
    let app = App::new().await;
    let (world, _) = held(&app).await;
    let plan = app.token(world.owner).get("/api/v1/me/deletion").await.is(200).json();
    let fate = |name: &str| plan["teams"].as_array().unwrap().iter().find(|team| team["name"] == name).unwrap()["fate"].clone();
    assert_eq!((plan["possible"].clone(), fate("North")), (json!(false), json!("needs_owner")));
    app.signed_in(world.owner).get("/account/data/deletion").await.is(200).shows("has no other owner").hides("Delete my account");
    for page in [false, true] {
        let refused = delete(&app, world.owner, page, PASSWORD).await.is(409);
        assert!(refused.says("North has no other owner"), "{}", refused.text());
    }
    assert_eq!(app.text(&format!("SELECT name FROM accounts WHERE id = '{}'", world.owner)), "Olive Owner");
    assert_eq!(app.count(&format!("SELECT count(*) FROM memberships WHERE account_id = '{}' AND removed_at IS NULL", world.owner)), 2);

    app.sql(&format!("UPDATE memberships SET role = 'owner' WHERE account_id = '{}' AND team_id = '{}'", world.lead, world.team));
    app.signed_in(world.owner).get("/account/data/deletion").await.is(200).shows("goes on without you").shows("Delete my account");
    delete(&app, world.owner, true, PASSWORD).await.is(303);
    app.token(world.lead).get(&world.api("/interviews")).await.is(200);
}

#[actix_web::test]
async fn a_team_with_nobody_else_goes_with_everything_in_every_table() {
    let app = App::new().await;
    let (world, _) = held(&app).await;
    let lead = app.token(world.owner);
    let set = app.text("SELECT id FROM library_question_set_versions WHERE slug = 'django-backend' LIMIT 1");
    lead.post_json(&world.api("/question-sets"), json!({"copy_of": set})).await;
    app.sql(&format!("UPDATE memberships SET removed_at = now() WHERE team_id = '{}' AND account_id <> '{}'", world.team, world.owner));
    let tables = "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'team_id'
                  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1";
    let filled = |app: &App| -> Vec<String> {
        let rows = |table: &String| app.count(&format!("SELECT count(*) FROM {table} WHERE team_id = '{}'", world.team)) > 0;
        app.texts(tables).into_iter().filter(rows).collect()
    };
    assert!(filled(&app).len() >= 12, "{:?}", filled(&app));
    let plan = lead.get("/api/v1/me/deletion").await.is(200).json();
    assert!(plan["teams"].as_array().unwrap().iter().all(|team| team["fate"] == "goes"), "{plan}");
    delete(&app, world.owner, false, PASSWORD).await.is(204);
    let left: Vec<String> = filled(&app).into_iter().filter(|table| !table.starts_with("audit_")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(app.text(&format!("SELECT name FROM teams WHERE id = '{}'", world.team)), "Deleted team");
    app.token(world.outsider).get("/api/v1/me").await.is(200);
}

#[actix_web::test]
async fn the_database_itself_deletes_a_team_for_its_last_person_only() {
    use fivefold::platform::db::Door;
    let app = App::new().await;
    let world = World::new(&app);
    let erase = |door: Door, team: fivefold::policy::TeamId| {
        app.server.db.write_here(door, |tx| {
            use diesel::RunQueryDsl as _;
            diesel::sql_query(format!("SELECT erase_team('{team}')")).execute(tx.conn())?;
            Ok(())
        })
    };
    let person = |account: AccountId, team: fivefold::policy::TeamId| Door::Person { account: account.0, team: team.0 };
    assert!(erase(person(world.owner, world.team), world.team).is_err(), "others are in it");
    assert!(erase(person(world.owner, world.other_team), world.other_team).is_err(), "not in it");
    assert!(erase(person(world.outsider, world.other_team), world.team).is_err(), "another team's door");
    assert!(erase(Door::System { team: world.other_team.0, reason: "test" }, world.other_team).is_err(), "nobody's");
    assert!(erase(person(world.outsider, world.other_team), world.other_team).is_ok());
    let solo = app.member(world.other_team, Role::Interviewer, "Late Arrival");
    assert!(app.count(&format!("SELECT count(*) FROM memberships WHERE account_id = '{solo}'")) > 0);
}
