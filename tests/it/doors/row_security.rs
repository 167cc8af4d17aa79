//! The second wall by itself: no handler, service or policy stands between these statements and the tables.

use diesel::{QueryResult, RunQueryDsl as _, sql_query};
use fivefold::platform::db::Door;
use fivefold::policy::{AccountId, Mode, TeamId};

use super::scene::Scene;
use crate::support::{App, texts};

/// Every table whose rows belong to a team.
const TABLES: &str = "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'team_id' AND attnotnull
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname";

#[actix_web::test]
async fn another_teams_rows_can_be_neither_read_nor_changed_nor_removed_nor_made() {
    let Scene { app, world, .. } = Scene::set(Mode::Hiring).await;
    // Facts that no act of the scene leaves.
    app.sql(&format!(
        "INSERT INTO interview_changes (team_id, id, interview_id, kind, reason, detail, changed_by, changed_at)
         SELECT team_id, gen_random_uuid(), id, 'cancelled', '', '{{}}', created_by, created_at FROM interviews LIMIT 1;
         SELECT seal_audit(now() + interval '1 day');
         INSERT INTO room_skips SELECT team_id, interview_id, question_id, '{now}', '{lead}' FROM interview_questions LIMIT 1 ON CONFLICT DO NOTHING;
         INSERT INTO room_presence SELECT team_id, id, id, id, false, false, '{now}' FROM interviews LIMIT 1;
         INSERT INTO own_notes SELECT team_id, id, 'Mine', 1, ARRAY[id], '{now}' FROM interviews LIMIT 1 ON CONFLICT DO NOTHING;
         INSERT INTO pad_updates SELECT team_id, interview_id, question_id, 1, question_id, opened_by, false, '\\x00', opened_at FROM pads LIMIT 1;
         INSERT INTO severity_shares VALUES ('{team}', '{lead}', '{now}');
         INSERT INTO gold_interview_versions (team_id, id, gold_interview_id, number, content, content_hash, rubric_version_id, rubric_built_in, reason, published_at)
         SELECT team_id, id, id, 1, draft, '\\x00', rubric_version_id, true, 'First', created_at FROM gold_interviews LIMIT 1;
         INSERT INTO second_draws (team_id, id, since, until, percent, seed, pool, asked_by, asked_at)
         VALUES ('{team}', '{draw}', '{now}'::timestamptz - interval '1 day', '{now}', 20, 7, 1, '{lead}', '{now}');
         INSERT INTO second_scores (team_id, id, draw_id, interview_id, account_id, asked_at)
         SELECT team_id, gen_random_uuid(), '{draw}', id, '{lead}', '{now}' FROM interviews LIMIT 1;
         INSERT INTO practice_offers (team_id, id, account_id, level, question_set_version_id, question_set_built_in, starts_at, time_zone,
            minutes, note, made_at)
         SELECT '{team}', gen_random_uuid(), '{lead}', 'mid', id, true, '{now}', 'UTC', 30, '', '{now}' FROM library_question_set_versions LIMIT 1;
         INSERT INTO practice_mocks (team_id, id, account_id, question_set_version_id, question_set_built_in, level, minutes, question_ids, started_at)
         SELECT '{team}', gen_random_uuid(), '{lead}', id, true, 'mid', 30, ARRAY[id], '{now}' FROM library_question_set_versions LIMIT 1;
         INSERT INTO practice_attempts (team_id, id, account_id, question_set_version_id, question_set_built_in, rubric_version_id, rubric_built_in,
            question_id, title, prompt, area, topics, minutes, level, kind, think_seconds, started_at)
         SELECT '{team}', gen_random_uuid(), '{lead}', s.id, true, r.id, true, s.id, 'T', 'P', 1, '{{}}', 5, 'mid', 'typed', 0, '{now}'
         FROM library_question_set_versions s, library_rubric_versions r LIMIT 1;
         INSERT INTO practice_shares SELECT team_id, '{draw}', account_id, '{owner}', team_id, '{now}', '{now}'::timestamptz + interval '30 days'
         FROM practice_attempts LIMIT 1;
         INSERT INTO practice_shared_attempts SELECT team_id, '{draw}', id, 0 FROM practice_attempts LIMIT 1;
         INSERT INTO practice_coach_scores SELECT team_id, share_id, attempt_id, '{owner}', '{now}', 3, 3, '{{}}', 'Seen.', ''
         FROM practice_shared_attempts LIMIT 1;
         INSERT INTO variance_components VALUES ('{team}', '{draw}', 0.1, 0.4, 20, '{now}');
         INSERT INTO recordings (team_id, id, media_type, parts, bytes, begun_at) VALUES ('{team}', '{draw}', 'audio/webm', 1, 1, '{now}');
         INSERT INTO recording_parts (team_id, recording_id, number, first_byte, digest, content) VALUES ('{team}', '{draw}', 0, 0, '\\x00', '\\x00');
         INSERT INTO practice_recordings (team_id, attempt_id, account_id, take)
         SELECT team_id, id, account_id, id FROM practice_attempts WHERE team_id = '{team}' LIMIT 1;
         INSERT INTO checklist_facts VALUES ('{team}', '{lead}', 'dismissed', '{now}')",
        now = app.now(),
        lead = world.lead,
        owner = world.owner,
        team = world.team,
        draw = uuid::Uuid::now_v7(),
    ));
    let (mut tables, mut wrong) = (0, Vec::new());
    for table in app.texts(TABLES) {
        tables += 1;
        let row = app.texts(&format!("SELECT to_jsonb(t) FROM {table} t WHERE team_id = '{}' LIMIT 1", world.team));
        let row = row.first().unwrap_or_else(|| panic!("{table}: let the scene leave a row in it, or write one above"));
        for (door, name) in doors(world.outsider, world.other_team) {
            wrong.extend(trespasses(&app, door, &table, world.team, row).into_iter().map(|what| format!("{table} {what} by {name}")));
        }
    }
    eprintln!("row security: {tables} tables, each tried through 5 doors");
    assert!(tables >= 18 && wrong.is_empty(), "{tables} tables: {wrong:#?}");
}

/// Everybody who may come in, but not into the team whose rows are tried.
fn doors(account: AccountId, team: TeamId) -> [(Door, &'static str); 5] {
    let (account, team) = (account.0, team.0);
    [
        (Door::Anybody, "anybody"),
        (Door::Account(account), "an account"),
        (Door::Person { account, team }, "an owner of another team"),
        (Door::Guest { team }, "a guest of another team"),
        (Door::System { team, reason: "test" }, "a job of another team"),
    ]
}

/// What of the four statements did something to a row of this team.
fn trespasses(app: &App, door: Door, table: &str, team: TeamId, row: &str) -> Vec<&'static str> {
    let mine = format!("WHERE team_id = '{team}'");
    let read = app.write(door, |tx| Ok(texts(tx.conn(), &format!("SELECT 1 FROM {table} {mine}")))).len();
    let row = row.replace('\'', "''");
    let columns = app.columns(table);
    let made =
        rows(app, door, &format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, '{row}')"));
    // Some tables are not written by requests at all.
    let walls = ["row-level security", "permission denied"];
    let by_wall = made.as_ref().is_err_and(|error| walls.iter().any(|wall| error.to_string().contains(wall)));
    let changed = rows(app, door, &format!("UPDATE {table} SET team_id = team_id {mine}"));
    let removed = rows(app, door, &format!("DELETE FROM {table} {mine}"));
    // An append-only table refuses before any row is looked at.
    let nothing = |done: &QueryResult<usize>| !done.as_ref().is_ok_and(|count| *count > 0);
    [(read == 0, "is read"), (by_wall, "is not refused by the wall"), (nothing(&changed), "is changed"), (nothing(&removed), "is removed")]
        .into_iter()
        .filter_map(|(holds, what)| (!holds).then_some(what))
        .collect()
}

/// How many rows a statement of the application's role touches; nothing is kept of it.
fn rows(app: &App, door: Door, statement: &str) -> QueryResult<usize> {
    let mut done = Ok(0);
    let undone: Result<(), _> = app.server.db.write_here(door, |tx| {
        done = sql_query(statement).execute(tx.conn());
        Err(fivefold::platform::error::Error::NotFound)
    });
    assert!(undone.is_err());
    done
}
