//! Answers shown to a coach: scored blind on the same anchors, seen by these two alone, and taken back at any time.

use chrono::TimeDelta;
use fivefold::platform::db::Door;
use fivefold::policy::{AccountId, Role};
use serde_json::{Value, json};

use super::{Desk, scored_rows};
use crate::support::{Client, PASSWORD, Response, texts};

const TABLES: [&str; 3] = ["practice_shares", "practice_shared_attempts", "practice_coach_scores"];

/// Attempts of one area, scored by their author, and whom they are shown to.
struct Shared {
    desk: Desk,
    coach: AccountId,
    attempts: Vec<String>,
    share: String,
}

impl Shared {
    /// With these own scores; by a candidate, who names an interviewer of a team that hires by their address.
    async fn new(page: bool, scores: &[u8]) -> Self {
        let desk = Desk::new().await;
        let area: Vec<_> = desk.version().questions.iter().filter(|question| question.areas[0] == 1).cloned().collect();
        let mut attempts = Vec::new();
        for (question, score) in area.iter().zip(scores) {
            attempts.push(desk.scored(question, *score).await["id"].as_str().unwrap().to_owned());
        }
        assert_eq!(attempts.len(), scores.len());
        // All were scored at the same moment: they stand by their ids.
        attempts.sort();
        let coach = desk.world.interviewer;
        let share = share(&desk, page, &attempts, &desk.app.email_of(coach)).await;
        Shared { desk, coach, attempts, share }
    }

    fn program(&self) -> Client {
        self.desk.app.token(self.coach)
    }

    fn browser(&self) -> Client {
        self.desk.app.signed_in(self.coach)
    }

    fn at(&self, rest: &str) -> String {
        format!("/practice/shares/{}{rest}", self.share)
    }

    async fn score(&self, page: bool, attempt: &str, score: u8) -> Response {
        let words = ("Quotes nothing of it.", "Name the trigger.");
        let rest = self.at(&format!("/attempts/{attempt}/score"));
        if page {
            let number = score.to_string();
            let mut form = vec![("area_score", number.as_str()), ("evidence", words.0), ("comment", words.1)];
            form.extend(self.has_anchors(attempt).then_some(("score", number.as_str())));
            return self.browser().post_form(&self.desk.page(&rest), form).await;
        }
        let own = if self.has_anchors(attempt) { json!(score) } else { Value::Null };
        let body = json!({"score": own, "area_score": score, "evidence": words.0, "comment": words.1});
        self.program().put_json(&self.desk.api(&rest), body).await
    }

    fn has_anchors(&self, attempt: &str) -> bool {
        let question = self.desk.app.text(&format!("SELECT question_id FROM practice_attempts WHERE id = '{attempt}'"));
        self.desk.version().questions.iter().any(|known| known.id.to_string() == question && !known.anchors.is_empty())
    }

    /// Everything that the coach can be sent, without what is drawn.
    async fn everything(&self) -> Vec<String> {
        let (program, browser, desk) = (self.program(), self.browser(), &self.desk);
        let mut answers = Vec::new();
        for rest in ["/practice/shares", &self.at(""), "/practice", "/practice/progress", "/attempts", "/home"] {
            answers.push(program.get(&desk.api(rest)).await);
        }
        for rest in ["", "/practice/shares", &self.at(""), "/practice", "/attempts"] {
            answers.push(browser.get(&desk.page(rest)).await);
        }
        for attempt in &self.attempts {
            let rest = self.at(&format!("/attempts/{attempt}"));
            answers.push(browser.get(&desk.page(&rest)).await);
            answers.push(program.get(&desk.api(&format!("/attempts/{attempt}"))).await);
            answers.push(program.put_json(&desk.api(&format!("{rest}/score")), json!({})).await);
            answers.push(browser.post_form(&desk.page(&format!("{rest}/score")), [("area_score", "9"), ("comment", "Mine")]).await);
        }
        let drawn = regex::Regex::new(r#""request_id":"[^"]*"|<code>[0-9a-f-]{36}</code>"#).unwrap();
        answers.iter().map(|answer| drawn.replace_all(&answer.text(), "").into_owned()).collect()
    }
}

async fn share(desk: &Desk, page: bool, attempts: &[String], email: &str) -> String {
    if page {
        let mut form: Vec<(&str, &str)> = attempts.iter().map(|id| ("attempt_ids", id.as_str())).collect();
        form.push(("coach_email", email));
        let url = desk.browser.post_form(&desk.page("/practice/shares"), form).await.leads();
        return url.rsplit('/').next().unwrap().to_owned();
    }
    let body = json!({"attempt_ids": attempts, "coach_email": email});
    desk.program.post_json(&desk.api("/practice/shares"), body).await.is(201).id()
}

#[actix_web::test]
async fn a_coach_scores_blind_and_then_both_see_how_far_apart_they_are() {
    for page in [false, true] {
        let it = Shared::new(page, &[4, 5, 4]).await;
        let desk = &it.desk;
        desk.browser.get(&desk.page(&it.at(""))).await.is(200).shows("The link").shows("0 of 3 scored");
        let mail = desk.app.mails_to(it.coach).pop().unwrap();
        assert!(mail.body_text.contains(&it.at("")) && mail.subject.contains("3 answers"), "{}", mail.body_text);
        assert_eq!(desk.app.count("SELECT count(*) FROM mails WHERE team_id IS NULL AND subject LIKE '%your eye on%'"), 1, "of no team");
        it.browser().get(&desk.page("/practice/shares")).await.is(200).shows("Carl Candidate").shows("To score");

        // Two worlds that differ in the author's own judgement alone are the same to every byte.
        let (one, two) = (it.everything().await, {
            desk.app.sql(
                "UPDATE practice_attempts SET score = CASE WHEN score IS NOT NULL THEN 1 END, area_score = 1, would_pass = 3, checked = '{0}',
                    note = 'CANARY', compared = '{\"heard\": [0], \"signs\": [], \"points\": 4}'",
            );
            it.everything().await
        });
        assert!(one.iter().any(|body| body.contains("When rows are needed.")), "the answer itself is there");
        assert_eq!(one, two);

        let refused = it.score(page, &it.attempts[0], 6).await;
        refused.refuses("area_score");
        let first = it.score(page, &it.attempts[0], 3).await;
        assert!(matches!(first.status, 200 | 303), "{}", first.text());
        it.score(page, &it.attempts[0], 2).await.is(409);
        // One is not all: the others are still scored blind. The author sees what came at once.
        desk.app.sql("UPDATE practice_attempts SET area_score = 4, checked = '{}', note = ''");
        let three = it.everything().await;
        desk.app.sql("UPDATE practice_attempts SET area_score = 5, checked = '{1}', note = 'CANARY'");
        assert_eq!(three, it.everything().await);
        let seen = desk.program.get(&desk.api(&it.at(""))).await.is(200).json();
        let answer =
            seen["attempts"].as_array().unwrap().iter().find(|answer| answer["attempt_id"] == json!(it.attempts[0])).unwrap().clone();
        assert_eq!(
            (&answer["coach"]["area_score"], &answer["coach"]["evidence"], &answer["gap"]["area_score"]),
            (&json!(3), &json!("Quotes nothing of it."), &json!(2))
        );
        assert_eq!((&seen["gap"]["attempts"], &seen["gap"]["all"]), (&json!(1), &Value::Null), "no interval of one answer");
        let area = &seen["gap"]["areas"][0];
        assert_eq!((&area["own"], &area["coach"], &area["gap"]), (&Value::Null, &Value::Null, &Value::Null), "and no mean");
        assert!(area["reason"].as_str().unwrap().starts_with("1 of 3 answers"), "{area}");
        desk.browser.get(&desk.page(&it.at(""))).await.is(200).shows("from 3 answers on");

        for attempt in &it.attempts[1..] {
            it.score(page, attempt, 3).await;
        }
        desk.app.sql(&format!("UPDATE practice_attempts SET area_score = 4 WHERE id = '{}'", it.attempts[0]));
        for client in [it.program(), desk.program.clone()] {
            let seen = client.get(&desk.api(&it.at(""))).await.is(200);
            assert!(!seen.text().contains("CANARY") && !seen.text().contains("would_pass"), "{}", seen.text());
            let gap = seen.json()["gap"].clone();
            // 1, 2 and 2.
            assert!((gap["all"]["value"].as_f64().unwrap() - 5.0 / 3.0).abs() < 1e-9 && gap["all"]["low"].as_f64().unwrap() > 0.0, "{gap}");
            assert_eq!((&gap["areas"][0]["attempts"], &gap["areas"][0]["coach"]["value"]), (&json!(3), &json!(3.0)));
        }
        it.browser().get(&desk.page(&it.at(""))).await.is(200).shows("They see themselves higher than you do").shows("+1.7 (");
        let rest = it.at(&format!("/attempts/{}", it.attempts[1]));
        it.browser().get(&desk.page(&rest)).await.is(200).shows("Difference +2 on the area");
        desk.browser.get(&desk.page(&rest)).await.is(200).shows("Name the trigger.").shows("Difference +2 on the area");
    }
}

#[actix_web::test]
async fn nobody_else_sees_it_and_the_wall_of_the_database_alone_keeps_it_to_the_two() {
    let it = Shared::new(false, &[4]).await;
    let (desk, attempt) = (&it.desk, &it.attempts[0]);
    it.score(false, attempt, 3).await.is(200);
    for other in [desk.world.owner, desk.world.lead] {
        let (program, browser) = (desk.app.token(other), desk.app.signed_in(other));
        program.get(&desk.api(&it.at(""))).await.is(404);
        program.delete(&desk.api(&it.at(""))).await.is(404);
        program.put_json(&desk.api(&it.at(&format!("/attempts/{attempt}/score"))), json!({})).await.is(404);
        browser.get(&desk.page(&it.at(&format!("/attempts/{attempt}")))).await.is(404);
        let list = program.get(&desk.api("/practice/shares")).await.is(200).json();
        assert_eq!(list, json!({"given": [], "received": []}));
        browser.get(&desk.page("/audit")).await.hides("practice::");
    }
    // The coach has no other way to the attempt, and neither of the two does the other's part.
    it.program().get(&desk.api(&format!("/attempts/{attempt}"))).await.is(404);
    it.program().delete(&desk.api(&it.at(""))).await.is(403);
    desk.program.put_json(&desk.api(&it.at(&format!("/attempts/{attempt}/score"))), json!({"area_score": 1})).await.is(403);

    let team = desk.team.0;
    let person = |account: AccountId| Door::Person { account: account.0, team };
    for table in TABLES {
        let seen = |door| desk.app.write(door, |tx| Ok(texts(tx.conn(), &format!("SELECT count(*) FROM {table}"))))[0].clone();
        for (door, rows) in [
            (person(desk.account), "1"),
            (person(it.coach), "1"),
            (Door::Account(it.coach.0), "1"),
            (person(desk.world.owner), "0"),
            (Door::System { team, reason: "test" }, "0"),
            (Door::Guest { team }, "0"),
            (Door::Anybody, "0"),
        ] {
            assert_eq!(seen(door), rows, "{table} through {door:?}");
        }
    }
    let ask = |door| {
        let query = format!("SELECT answer FROM shared_attempts('{}', '{}')", it.share, desk.app.now().to_rfc3339());
        desk.app.write(door, move |tx| Ok(texts(tx.conn(), &query)))
    };
    assert_eq!(ask(person(it.coach)), ["When rows are needed."]);
    assert_eq!((ask(person(desk.world.owner)).len(), ask(Door::Account(it.coach.0)).len()), (0, 0));
    // A second attempt of the same author, which a coach would like to see too.
    scored_rows(desk, &desk.question("slow-endpoint"), &[(1, 3)]);
    let hidden = desk.app.text("SELECT id FROM practice_attempts WHERE answer = 'A'");
    let forged = [
        format!("INSERT INTO practice_shared_attempts VALUES ('{team}', '{}', '{hidden}', 1)", it.share),
        "INSERT INTO practice_shares SELECT team_id, gen_random_uuid(), account_id, coach_id, via_team, made_at, ends_at FROM practice_shares"
            .to_owned(),
        "UPDATE practice_shares SET ends_at = ends_at + interval '1 year'".to_owned(),
        format!("UPDATE practice_shared_attempts SET attempt_id = '{hidden}'"),
    ];
    for statement in forged {
        let done = desk
            .app
            .server
            .db
            .write_here(person(it.coach), |tx| Ok(diesel::RunQueryDsl::execute(diesel::sql_query(&statement), tx.conn())?));
        assert!(format!("{done:?}").contains("row-level security"), "{statement}: {done:?}");
    }
    let by_author = desk.app.server.db.write_here(person(desk.account), |tx| {
        Ok(diesel::RunQueryDsl::execute(diesel::sql_query("UPDATE practice_coach_scores SET area_score = 5"), tx.conn())?)
    });
    assert!(format!("{by_author:?}").contains("row-level security"), "{by_author:?}");
}

#[actix_web::test]
async fn what_was_said_aloud_is_heard_by_the_coach_as_long_as_it_is_shown_and_kept() {
    let it = Shared::new(false, &[4]).await;
    let (desk, attempt) = (&it.desk, &it.attempts[0]);
    let audio = desk.api(&it.at(&format!("/attempts/{attempt}/audio")));
    let shown = desk.page(&it.at(&format!("/attempts/{attempt}")));
    it.program().get(&audio).await.is(404);
    // In two parts, so that what is heard goes over their edge.
    desk.app.sql(&format!(
        "UPDATE practice_attempts SET kind = 'recorded', answer = '' WHERE id = '{attempt}';
         INSERT INTO recordings (team_id, id, account_id, media_type, parts, bytes, duration_ms, begun_at, finished_at)
            SELECT team_id, id, account_id, 'audio/webm', 2, 6, 61000, started_at, started_at FROM practice_attempts WHERE id = '{attempt}';
         INSERT INTO recording_parts (team_id, recording_id, number, account_id, first_byte, digest, content)
            SELECT team_id, id, 0, account_id, 0, 'd'::bytea, 'abc'::bytea FROM recordings UNION ALL SELECT team_id, id, 1, account_id, 3, 'd'::bytea, 'def'::bytea FROM recordings;
         INSERT INTO practice_recordings (team_id, attempt_id, account_id, take, duration_ms, recording_id)
            SELECT team_id, id, account_id, id, 61000, id FROM recordings"
    ));
    for who in [it.coach, desk.account] {
        assert_eq!(desk.app.token(who).get(&audio).await.is(200).text(), "abcdef");
    }
    let part = it.program().with("Range", "bytes=2-3").get(&audio).await.is(206);
    assert_eq!(
        (part.text().as_str(), part.header("Content-Range"), part.header("Cache-Control")),
        ("cd", "bytes 2-3/6", "private, no-store")
    );
    assert_eq!(it.program().get(&desk.api(&it.at(""))).await.is(200).json()["attempts"][0]["sound"], json!({"duration_ms": 61000}));
    it.browser().get(&shown).await.is(200).shows("Said aloud, 1:01").shows(&audio);
    // The wall of the database alone, without what a service asks before.
    let hear = |account: AccountId| {
        let (share, now, team) = (it.share.clone(), desk.app.now().to_rfc3339(), desk.team.0);
        let sounds = format!("SELECT s.attempt_id FROM shared_sounds('{share}', '{now}') s");
        let parts = format!("SELECT p.first_byte FROM shared_sound_part('{share}', '{attempt}', '{now}', 4) p");
        let door = Door::Person { account: account.0, team };
        desk.app.write(door, move |tx| Ok((texts(tx.conn(), &sounds).len(), texts(tx.conn(), &parts))))
    };
    for (who, heard) in [(it.coach, 1), (desk.account, 1), (desk.world.lead, 0), (desk.world.owner, 0)] {
        let part = if heard == 1 { vec!["3".to_owned()] } else { Vec::new() };
        assert_eq!(hear(who), (heard, part));
    }
    desk.app.sql("UPDATE practice_shares SET withdrawn_at = made_at");
    assert_eq!((hear(it.coach).0, hear(desk.account).0), (0, 1), "what is taken back is heard by its author alone");
    desk.app.sql("UPDATE practice_shares SET withdrawn_at = NULL");
    // The other way to it stays its author's, and a third person has none.
    it.program().get(&desk.api(&format!("/attempts/{attempt}/recording/audio"))).await.is(404);
    desk.app.token(desk.world.lead).get(&audio).await.is(404);

    desk.app.sql("UPDATE practice_recordings SET recording_id = NULL, removed = 'deleted', removed_at = now(); DELETE FROM recordings");
    it.program().get(&audio).await.is(404);
    it.browser().get(&shown).await.is(200).shows("the recording is not kept any more");
    let again = json!({"attempt_ids": [attempt], "coach_email": desk.app.email_of(desk.world.lead)});
    desk.program.post_json(&desk.api("/practice/shares"), &again).await.refuses("attempt_ids");
    desk.program.delete(&desk.api(&it.at(""))).await.is(204);
    it.program().get(&audio).await.is(410);
}

#[actix_web::test]
async fn it_is_taken_back_at_any_time_also_in_the_middle_of_scoring_and_ends_by_itself() {
    for page in [false, true] {
        let it = Shared::new(page, &[4, 3]).await;
        let desk = &it.desk;
        let (api, shown) = (desk.api(&it.at("")), desk.page(&it.at("")));
        it.score(page, &it.attempts[0], 3).await;
        if page {
            assert_eq!(desk.browser.post_form(&format!("{shown}/withdrawal"), [("", "")]).await.leads(), shown);
        } else {
            desk.program.delete(&api).await.is(204);
        }
        let late = it.score(page, &it.attempts[1], 3).await.is(410).shows("These answers were taken back.");
        if page {
            late.shows("Quotes nothing of it.").shows("Name the trigger.").hides("When rows are needed.");
        }
        it.program().get(&api).await.is(410).hides("When rows are needed.");
        it.browser().get(&shown).await.is(410);
        it.browser().get(&desk.page("/practice/shares")).await.is(200).shows("Taken back");
        let kept = desk.program.get(&api).await.is(200).json();
        assert!(kept["attempts"].to_string().contains("Quotes nothing of it."), "what was given stays: {kept}");
        desk.browser.get(&shown).await.is(200).shows("You have taken it back").hides("share-link");

        // What they have scored they do not get again; what they have not, they may.
        let email = desk.app.email_of(it.coach);
        let twice = json!({"attempt_ids": [it.attempts[0]], "coach_email": email});
        desk.program.post_json(&desk.api("/practice/shares"), twice).await.is(409);
        let share = share(desk, page, &it.attempts[1..], &email).await;
        let again = desk.api(&format!("/practice/shares/{share}"));
        it.program().get(&again).await.is(200);
        let out = |at: &str| {
            format!("UPDATE memberships SET removed_at = {at} WHERE account_id = '{}' AND team_id = '{}'", desk.account, desk.team)
        };
        desk.app.sql(&out("now()"));
        it.program().get(&again).await.is(410).shows("has left the team");
        desk.app.sql(&out("NULL"));
        desk.app.advance(TimeDelta::days(30));
        it.program().get(&again).await.is(410).shows("thirty days");
        desk.app.token(desk.account).get(&again).await.is(200);
        // An attempt that is deleted is in no share any more.
        desk.app.token(desk.account).delete(&desk.api(&format!("/attempts/{}", it.attempts[1]))).await.is(204);
        desk.app.signed_in(desk.account).get(&desk.page(&format!("/practice/shares/{share}"))).await.is(200).shows("No answer is left");
    }
}

#[actix_web::test]
async fn who_is_named_is_in_a_team_with_one_and_candidates_of_a_team_that_hires_are_nobody() {
    let mut desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let (attempt, tea) =
        (desk.scored(&question, 3).await["id"].as_str().unwrap().to_owned(), desk.app.member(desk.team, Role::Candidate, "Tea Rival"));
    let try_by = async |desk: &Desk, body: Value| {
        let body = crate::support::merge(json!({"attempt_ids": [attempt]}), body);
        desk.program.post_json(&desk.api("/practice/shares"), body).await
    };
    for (named, field) in [
        (json!({"coach_email": desk.app.email_of(tea)}), "coach_email"),
        (json!({"coach_id": tea}), "coach_id"),
        (json!({"coach_email": desk.app.email_of(desk.world.outsider)}), "coach_email"),
        (json!({"coach_email": desk.app.email_of(desk.account)}), "coach_email"),
        (json!({"coach_email": "no address"}), "coach_email"),
        (json!({}), "coach_id"),
        (json!({"coach_email": desk.app.email_of(desk.world.lead), "attempt_ids": []}), "attempt_ids"),
        (json!({"coach_email": desk.app.email_of(desk.world.lead), "attempt_ids": [uuid::Uuid::nil()]}), "attempt_ids"),
    ] {
        try_by(&desk, named.clone()).await.refuses(field);
    }
    // A candidate is shown no list of people; who may read the members is.
    desk.browser.get(&desk.page(&format!("/practice/shares/new?attempt={attempt}"))).await.is(200).hides("Lena Lead").shows(" checked");
    let form = [("attempt_ids", attempt.as_str()), ("coach_email", "kim@example.com")];
    let refused = desk.browser.post_form(&desk.page("/practice/shares"), form).await.refuses("coach_email");
    assert_eq!(refused.typed("coach_email"), Some("kim@example.com".into()));
    desk.browser.post_form(&desk.page("/practice/shares"), [("attempt_ids", attempt.as_str())]).await.refuses("coach_email");
    let lead = desk.app.signed_in(desk.world.lead);
    desk.app.sql(&format!("UPDATE practice_attempts SET account_id = '{}' WHERE id = '{attempt}'", desk.world.lead));
    lead.get(&desk.page("/practice/shares/new")).await.is(200).shows("Ines Interviewer").hides("Tea Rival").hides("Lena Lead</option>");

    // From a personal team: anybody who is in some team with one, and they come by that team.
    let own = desk.app.text(&format!(
        "SELECT team_id FROM memberships m JOIN teams t ON t.id = m.team_id WHERE t.personal AND account_id = '{}'",
        desk.account
    ));
    let shared_team = desk.team;
    desk.team = own.parse().unwrap();
    let attempt = desk.scored(&desk.question("slow-endpoint"), 3).await["id"].as_str().unwrap().to_owned();
    let body = json!({"attempt_ids": [attempt], "coach_email": desk.app.email_of(desk.world.outsider)});
    desk.program.post_json(&desk.api("/practice/shares"), &body).await.refuses("coach_email");
    let share = share(&desk, true, std::slice::from_ref(&attempt), &desk.app.email_of(desk.world.lead)).await;
    let there = format!("/api/v1/teams/{shared_team}/practice/shares/{share}");
    let view = desk.app.token(desk.world.lead).get(&there).await.is(200).json();
    assert_eq!((&view["attempts"][0]["answer"], &view["author"]), (&json!("When rows are needed."), &json!("Carl Candidate")));
    let coach_page = format!("/teams/{shared_team}/practice/shares/{share}/attempts/{attempt}");
    desk.app.signed_in(desk.world.lead).get(&coach_page).await.is(200).shows("Score an answer");
    let given = json!({"area_score": 2, "score": 2, "evidence": "Guesses."});
    let url = format!("{there}/attempts/{attempt}/score");
    let done = desk.app.token(desk.world.lead).put_json(&url, given).await.is(200).json();
    assert_eq!((&done["gap"]["areas"][0]["attempts"], &done["attempts"][0]["own"]["area_score"]), (&json!(1), &json!(3)));
    desk.program.get(&there).await.is(404);
    desk.program.get(&desk.api(&format!("/practice/shares/{share}"))).await.is(200);
    let audited =
        desk.app.count(&format!("SELECT count(*) FROM audit_events WHERE team_id = '{shared_team}' AND operation LIKE 'practice%'"));
    assert_eq!(audited, 0, "a team does not learn who looks at whose practice");
}

#[actix_web::test]
async fn both_take_their_part_along_and_what_is_deleted_is_gone_for_both() {
    let it = Shared::new(false, &[4, 3]).await;
    let desk = &it.desk;
    it.score(false, &it.attempts[0], 3).await.is(200);
    let proof = json!({"current_password": PASSWORD});
    let export = async |who: AccountId| desk.app.token(who).post_json("/api/v1/me/export", &proof).await.is(200).json()["practice"].clone();
    let author = export(desk.account).await;
    assert_eq!(
        (&author["shares"][0]["attempt_ids"], &author["shares"][0]["scores"][0]["evidence"], &author["coach_scores"]),
        (&json!(it.attempts), &json!("Quotes nothing of it."), &json!([]))
    );
    let coach = export(it.coach).await;
    assert_eq!((&coach["shares"], &coach["coach_scores"][0]["comment"]), (&json!([]), &json!("Name the trigger.")));
    assert!(!coach.to_string().contains("When rows are needed."), "another's answer: {coach}");

    desk.app.token(it.coach).post_json("/api/v1/me/deletion", &proof).await.is(204);
    let left = desk.program.get(&desk.api(&it.at(""))).await.is(200).json();
    assert_eq!((&left["coach"], &left["attempts"][0]["coach"]["area_score"]), (&json!("Deleted account"), &json!(3)));
    assert!(!left.to_string().contains("Quotes nothing of it."), "{left}");
    desk.browser.get(&desk.page(&it.at(""))).await.is(200);
    let to_come = share(desk, false, &it.attempts[1..], &desk.app.email_of(desk.world.lead)).await;
    desk.app.token(desk.account).post_json("/api/v1/me/deletion", &proof).await.is(204);
    for table in TABLES {
        assert_eq!(desk.app.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    desk.app.token(desk.world.lead).get(&desk.api(&format!("/practice/shares/{to_come}"))).await.is(404);
}

#[actix_web::test]
async fn many_answers_and_many_shares_cost_as_many_queries_as_few() {
    let it = Shared::new(false, &[4]).await;
    let desk = &it.desk;
    let mut costs = Vec::new();
    for round in 0..2 {
        let mut cost = Vec::new();
        for rest in ["/practice/shares".to_owned(), it.at(""), it.at(&format!("/attempts/{}", it.attempts[0]))] {
            it.browser().get(&desk.page(&rest)).await.is(200);
            let browser = it.browser();
            cost.push(desk.app.queries(browser.get(&desk.page(&rest))).await.1.len());
        }
        costs.push(cost);
        if round == 0 {
            scored_rows(desk, &desk.question("lazy-querysets"), &[(1, 3), (2, 3), (3, 3), (4, 3), (5, 3), (6, 3)]);
            desk.app.sql(&format!(
                "INSERT INTO practice_shared_attempts SELECT team_id, '{share}', id, 1 FROM practice_attempts WHERE answer = 'A';
                 INSERT INTO practice_shares SELECT team_id, gen_random_uuid(), account_id, coach_id, via_team, made_at, ends_at
                 FROM practice_shares, generate_series(1, 8)",
                share = it.share
            ));
        }
    }
    eprintln!("queries of what is shared, one share, one answer: {:?}", costs[0]);
    assert_eq!(costs[0], costs[1]);
    assert!(costs[0].iter().all(|queries| *queries <= 16), "{costs:?}");
}
