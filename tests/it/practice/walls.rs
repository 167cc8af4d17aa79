//! Nobody else reads any of it: by roles, by the database alone, by the audit; and it leaves with its account.

use fivefold::platform::db::Door;
use fivefold::practice;
use serde_json::json;

use super::{Desk, given};
use crate::support::texts;

const TABLES: [&str; 8] = [
    "practice_attempts",
    "practice_mocks",
    "practice_cards",
    "practice_schedules",
    "practice_plans",
    "practice_recordings",
    "recordings",
    "recording_parts",
];

/// Something in every table.
async fn filled() -> Desk {
    let desk = Desk::new().await;
    desk.scored(&desk.question("lazy-querysets"), 3).await;
    desk.program
        .post_json(&desk.api("/practice/mocks"), json!({"question_set_version_id": desk.set, "level": "mid", "minutes": 20}))
        .await
        .is(201);
    desk.program.put_json(&desk.api("/practice/schedule"), json!({"daily": 3, "paused": false})).await.is(200);
    let plan = json!({"towards": "2026-03-20", "weekdays": ["monday"], "minutes": 30, "level": "mid"});
    desk.program.put_json(&desk.api("/practice/plan"), plan).await.is(200);
    // Said aloud, too.
    desk.app.sql(&format!(
        "INSERT INTO recordings (team_id, id, account_id, media_type, parts, bytes, begun_at)
            SELECT team_id, id, account_id, 'audio/webm', 1, 1, started_at FROM practice_attempts WHERE account_id = '{0}';
         INSERT INTO recording_parts (team_id, recording_id, number, account_id, first_byte, digest, content)
            SELECT team_id, id, 0, account_id, 0, '\\x00', '\\x00' FROM recordings;
         INSERT INTO practice_recordings (team_id, attempt_id, account_id, take, recording_id)
            SELECT team_id, id, account_id, id, id FROM recordings",
        desk.account
    ));
    desk
}

#[actix_web::test]
async fn no_role_of_the_team_sees_another_members_practice() {
    let desk = filled().await;
    let attempt = desk.app.text("SELECT id FROM practice_attempts");
    let mock = desk.app.text("SELECT id FROM practice_mocks");
    for other in [desk.world.owner, desk.world.lead, desk.world.interviewer] {
        let (program, browser) = (desk.app.token(other), desk.app.signed_in(other));
        for rest in ["", "/answer", "/side-by-side"] {
            program.get(&desk.api(&format!("/attempts/{attempt}{rest}"))).await.is(404);
        }
        program.get(&desk.api(&format!("/practice/mocks/{mock}"))).await.is(404);
        program.delete(&desk.api(&format!("/attempts/{attempt}"))).await.is(404);
        program.put_json(&desk.api(&format!("/attempts/{attempt}/score")), given(&desk.question("lazy-querysets"), 1)).await.is(404);
        assert_eq!(program.get(&desk.api("/attempts")).await.is(200).json()["items"], json!([]));
        assert_eq!(program.get(&desk.api("/practice/progress")).await.is(200).json()["attempts"], 0);
        for page in ["/practice", "/attempts", "/practice/progress", "/audit"] {
            browser.get(&desk.page(page)).await.hides("When rows are needed");
        }
    }
}

#[actix_web::test]
async fn the_wall_of_the_database_alone_keeps_it_to_its_author() {
    let desk = filled().await;
    let (team, author) = (desk.team.0, desk.account.0);
    for table in TABLES {
        let seen = |door| desk.app.write(door, |tx| Ok(texts(tx.conn(), &format!("SELECT count(*) FROM {table}"))))[0].clone();
        let own = seen(Door::Person { account: author, team });
        assert_ne!(own, "0", "{table}");
        assert_eq!(seen(Door::Account(author)), own, "{table}: from everywhere");
        for (door, who) in [
            (Door::Person { account: desk.world.owner.0, team }, "the owner of the team"),
            (Door::Person { account: desk.world.lead.0, team }, "a lead"),
            (Door::System { team, reason: "test" }, "a job of the team"),
            (Door::Guest { team }, "a guest"),
            (Door::Anybody, "nobody"),
        ] {
            assert_eq!(seen(door), "0", "{table} is read by {who}");
        }
        let spoilt = desk.app.server.db.write_here(Door::Person { account: desk.world.owner.0, team }, |tx| {
            let statement = format!("UPDATE {table} SET account_id = account_id");
            Ok(diesel::RunQueryDsl::execute(diesel::sql_query(statement), tx.conn())?)
        });
        assert_eq!(spoilt.unwrap(), 0, "{table} is changed by another");
    }
}

#[actix_web::test]
async fn a_team_does_not_learn_that_its_members_practise() {
    let desk = filled().await;
    let of_team =
        desk.app.count(&format!("SELECT count(*) FROM audit_events WHERE team_id = '{}' AND operation LIKE 'practice%'", desk.team));
    assert_eq!(of_team, 0);
    let own = desk
        .app
        .count("SELECT count(*) FROM audit_events e JOIN teams t ON t.id = e.team_id WHERE t.personal AND operation LIKE 'practice%'");
    assert_eq!(own, 6, "start, end of the answer, score, mock, schedule, plan");
}

#[actix_web::test]
async fn everything_leaves_with_the_export_and_goes_with_the_account() {
    let desk = filled().await;
    let account = desk.account;
    let export = desk.app.write(Door::Account(account.0), move |tx| practice::export(tx, account, &[]));
    let export = serde_json::to_value(export).unwrap();
    assert_eq!(export["attempts"][0]["answer"], "When rows are needed.");
    assert_eq!(export["attempts"][0]["prompt"], json!(desk.question("lazy-querysets").prompt));
    assert_eq!(
        (export["mocks"].as_array().unwrap().len(), export["due"].as_array().unwrap().len(), &export["schedule"]["daily"]),
        (1, 1, &json!(3))
    );
    assert_eq!(export["plan"]["towards"], "2026-03-20");
    // As whoever deletes an account does: past every wall, what hangs on it goes along.
    for table in TABLES.into_iter().filter(|table| *table != "recording_parts") {
        let hanging = desk.app.count(&format!(
            "SELECT count(*) FROM pg_constraint WHERE conrelid = '{table}'::regclass AND confrelid = 'accounts'::regclass AND confdeltype = 'c'"
        ));
        assert_eq!(hanging, 1, "{table} goes with its account");
    }
}
