//! Answers that are said aloud: saved in parts, heard in ranges by nobody else, and gone when their time is over.

use actix_web::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Desk, given};
use crate::support::{Client, PASSWORD, Response};

const OCTETS: &str = "application/octet-stream";

/// Bytes that begin as WebM does, in two parts.
fn sound() -> [Vec<u8>; 2] {
    let first = [vec![0x1a, 0x45, 0xdf, 0xa3], (0..996_u32).map(|place| (place % 251) as u8).collect()].concat();
    [first, (0..500_u32).map(|place| (place % 13) as u8).collect()]
}

async fn part(client: &Client, url: &str, number: usize, content: &[u8]) -> Response {
    client.send(Method::PUT, &format!("{url}/recording/parts/{number}"), Some((OCTETS, content.to_vec()))).await
}

/// Saves a recording of so long for an attempt.
async fn saved(desk: &Desk, url: &str, duration_ms: i64) -> Uuid {
    let take = Uuid::new_v4();
    desk.program.put_json(&format!("{url}/recording"), json!({"take": take, "media_type": "audio/webm"})).await.is(200);
    for (number, content) in sound().iter().enumerate() {
        part(&desk.program, url, number, content).await.is(200);
    }
    desk.program.put_json(&format!("{url}/recording/completion"), json!({"duration_ms": duration_ms})).await.is(200);
    take
}

/// An attempt whose answer has been going on for a minute.
async fn begun(desk: &Desk, key: &str) -> (String, String) {
    let id = desk.start(desk.wish(&desk.question(key))).await["id"].as_str().unwrap().to_owned();
    desk.app.advance(TimeDelta::seconds(60));
    (desk.api(&format!("/attempts/{id}")), desk.page(&format!("/attempts/{id}")))
}

fn code(refused: &Response) -> String {
    refused.json()["type"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn parts_come_in_order_once_each_and_say_themselves_what_they_are() {
    let desk = Desk::new().await;
    let (url, _) = begun(&desk, "lazy-querysets").await;
    let [first, second] = sound();
    let (take, here) = (Uuid::new_v4(), format!("{url}/recording"));
    desk.program.get(&here).await.is(404);
    part(&desk.program, &url, 0, &first).await.is(404);
    let begin = |take: Uuid| desk.program.put_json(&here, json!({"take": take, "media_type": "audio/webm"}));
    assert_eq!(begin(take).await.is(200).json()["state"], "uploading");
    assert_eq!(code(&desk.program.put_json(&format!("{here}/completion"), json!({"duration_ms": 900})).await.is(409)), "part-missing");
    part(&desk.program, &url, 0, b"<html>no sound</html>").await.refuses("part");
    part(&desk.program, &url, 0, b"").await.refuses("part");
    assert_eq!(code(&part(&desk.program, &url, 1, &second).await.is(409)), "part-missing");
    desk.program.send(Method::PUT, &format!("{here}/parts/0"), Some(("audio/webm", first.clone()))).await.is(400);
    desk.program.send(Method::PUT, &format!("{here}/parts/x"), Some((OCTETS, first.clone()))).await.is(404);
    desk.program.send(Method::PUT, &format!("{here}/parts/0"), Some((OCTETS, vec![0; 512 * 1024 + 1]))).await.is(413);
    // The same part, and the same beginning, after an answer that was lost.
    for _ in 0..2 {
        assert_eq!(part(&desk.program, &url, 0, &first).await.is(200).json()["parts"], 1);
        assert_eq!(begin(take).await.is(200).json()["parts"], 1);
    }
    assert_eq!(code(&part(&desk.program, &url, 0, &second).await.is(409)), "another-part");
    part(&desk.program, &url, 1, &second).await.is(200);
    desk.program.get(&format!("{here}/audio")).await.is(404);
    let over = format!("{here}/completion");
    let end = |ms: i64| desk.program.put_json(&over, json!({"duration_ms": ms}));
    end(66_000).await.refuses("duration_ms");
    end(0).await.refuses("duration_ms");
    for _ in 0..2 {
        let whole = end(59_000).await.is(200).json();
        assert_eq!((&whole["state"], &whole["bytes"], &whole["duration_ms"]), (&json!("saved"), &json!(1500), &json!(59_000)));
        assert_eq!(whole["keep_until"], "2026-05-31T09:01:00Z", "ninety days");
    }
    assert_eq!(code(&end(58_000).await.is(409)), "recording-finished");
    assert_eq!(code(&part(&desk.program, &url, 2, &second).await.is(409)), "recording-finished");
    assert_eq!(code(&begin(Uuid::new_v4()).await.is(409)), "another-recording");

    // What is too much is said.
    desk.app.sql("UPDATE recordings SET bytes = 33554432, finished_at = NULL");
    assert_eq!(code(&part(&desk.program, &url, 2, &second).await.is(409)), "recording-too-long");
    let (team, account) = (desk.team, desk.account);
    desk.app.sql(&format!(
        "UPDATE recordings SET bytes = 33554000;
         INSERT INTO recordings (team_id, id, account_id, media_type, parts, bytes, begun_at)
         SELECT '{team}', gen_random_uuid(), '{account}', 'audio/webm', 1, 33554432, now() FROM generate_series(1, 15)"
    ));
    assert_eq!(code(&part(&desk.program, &url, 2, &second[..432]).await.is(200)), "");
    desk.app.sql("UPDATE recordings SET bytes = 33554432 - 100 WHERE parts = 3");
    assert_eq!(code(&part(&desk.program, &url, 3, &second[..101]).await.is(409)), "recording-too-long");
    desk.app.sql(&format!(
        "UPDATE recordings SET bytes = 1000 WHERE parts = 3;
         INSERT INTO recordings (team_id, id, account_id, media_type, parts, bytes, begun_at)
         VALUES ('{team}', gen_random_uuid(), '{account}', 'audio/webm', 1, 33554432, now())"
    ));
    assert_eq!(code(&part(&desk.program, &url, 3, &second).await.is(409)), "recordings-full");
}

#[actix_web::test]
async fn a_saved_answer_is_heard_in_ranges_and_by_nobody_else() {
    let desk = Desk::new().await;
    let (url, page) = begun(&desk, "lazy-querysets").await;
    saved(&desk, &url, 59_000).await;
    let (audio, whole) = (format!("{url}/recording/audio"), sound().concat());
    let answer = desk.browser.get(&audio).await.is(200);
    assert_eq!(answer.body, whole);
    let tag = answer.header("ETag").to_owned();
    for (name, value) in [
        ("Content-Type", "audio/webm"),
        ("Cache-Control", "private, no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Accept-Ranges", "bytes"),
        ("Content-Range", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let range = |range: &str| desk.browser.with("Range", range);
    for (asked, from, to) in [("bytes=0-3", 0, 4), ("bytes=990-1009", 990, 1010), ("bytes=1400-", 1400, 1500), ("bytes=-1", 1499, 1500)] {
        let part = range(asked).get(&audio).await.is(206);
        assert_eq!(
            (part.body.as_slice(), part.header("Content-Range")),
            (&whole[from..to], format!("bytes {from}-{}/1500", to - 1).as_str())
        );
    }
    let beyond = range("bytes=1500-").get(&audio).await.is(416);
    assert_eq!((beyond.header("Content-Range"), code(&beyond).as_str()), ("bytes */1500", "no-such-range"));
    assert_eq!(range("bytes=0-3").with("If-Range", &tag).get(&audio).await.is(206).body.len(), 4);
    assert_eq!(range("bytes=0-3").with("If-Range", "\"another\"").get(&audio).await.is(200).body.len(), 1500);
    let head = range("bytes=0-3").head(&audio).await.is(206);
    assert_eq!((head.header("Content-Range"), head.body.len()), ("bytes 0-3/1500", 0));
    // On the wire it has a length, and a reader who stops takes nothing more.
    let served = desk.app.serve();
    let token = format!("Bearer {}", desk.app.sign_in_token(desk.account));
    let wired = served.http.get(format!("{}{audio}", served.url)).header("Authorization", &token).send().await.unwrap();
    assert_eq!((wired.content_length(), wired.bytes().await.unwrap().to_vec()), (Some(1500), whole));
    let wired = served.http.head(format!("{}{audio}", served.url)).header("Authorization", &token).send().await.unwrap();
    assert_eq!(wired.headers()["content-length"], "1500");

    desk.app.anon().get(&audio).await.is(401);
    for other in [desk.world.owner, desk.world.lead, desk.world.interviewer] {
        let other = desk.app.token(other);
        other.get(&audio).await.is(404);
        other.get(&format!("{url}/recording")).await.is(404);
        other.delete(&format!("{url}/recording")).await.is(404);
        part(&other, &url, 2, b"more").await.is(404);
        assert_eq!(other.get(&desk.api("/practice/recordings")).await.is(200).json()["items"], json!([]));
    }
    // The microphone is there where it is needed, and nowhere else.
    let allowed = |answer: &Response| answer.header("Permissions-Policy").contains("microphone=(self)");
    assert!(allowed(&desk.browser.get(&page).await.is(200).shows("needs scripts")));
    assert!(!allowed(&desk.browser.get(&desk.page("/practice")).await.is(200)) && !allowed(&desk.program.get(&url).await));

    desk.browser.post_form(&format!("{page}/recording/removal"), [("go", "on")]).await.leads();
    desk.program.get(&audio).await.is(404);
    assert_eq!(desk.app.count("SELECT count(*) FROM recording_parts") + desk.app.count("SELECT count(*) FROM practice_recordings"), 0);
}

#[actix_web::test]
async fn an_answer_is_finished_aloud_saved_or_on_the_device_and_both_stand_beside_each_other() {
    let mut desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let (url, page) = begun(&desk, "lazy-querysets").await;
    desk.program.put_json(&format!("{url}/completion"), json!({})).await.refuses("text");
    saved(&desk, &url, 59_000).await;
    let scoring = desk.program.put_json(&format!("{url}/completion"), json!({})).await.is(200).json();
    assert_eq!((&scoring["kind"], &scoring["recording"]["state"]), (&json!("recorded"), &json!("saved")));
    assert!(scoring["guidance"].is_null());
    let audio = format!("src=\"{url}/recording/audio\"");
    assert!(desk.browser.get(&page).await.is(200).shows("Said aloud, 0:59").text().contains(&audio));
    desk.program.put_json(&format!("{url}/score"), given(&question, 3)).await.is(200);
    assert!(desk.browser.get(&page).await.is(200).shows("kept until Sun 31 May 2026").text().contains(&audio));

    // The next one stays on its device: the server knows how long it took, and no more.
    desk.later(TimeDelta::days(3));
    let (second, second_page) = begun(&desk, "lazy-querysets").await;
    let take = Uuid::new_v4();
    let said = |take: Uuid, ms: i64| json!({"recording": {"take": take, "duration_ms": ms}});
    desk.program.put_json(&format!("{second}/completion"), said(take, 90_000)).await.refuses("duration_ms");
    let form = [("text", "And cached."), ("version", "0"), ("take", &take.to_string()), ("duration_ms", "58000")];
    desk.browser.post_form(&format!("{second_page}/completion"), form).await.leads();
    let scoring = desk.program.get(&second).await.is(200).json();
    assert_eq!((&scoring["kind"], &scoring["answer"]["text"]), (&json!("recorded"), &json!("And cached.")));
    assert_eq!((&scoring["recording"]["state"], &scoring["recording"]["duration_ms"]), (&json!("device"), &json!(58_000)));
    desk.browser.get(&second_page).await.is(200).shows("Said aloud, 0:58").shows("on the device on which you recorded it");
    desk.program.put_json(&format!("{second}/score"), given(&question, 4)).await.is(200);
    let beside = format!("/side-by-side?with={}", url.rsplit('/').next().unwrap());
    let pair = desk.program.get(&format!("{second}{beside}")).await.is(200).json()["pair"].clone();
    assert_eq!((&pair["older"]["recording"]["state"], &pair["newer"]["recording"]["state"]), (&json!("saved"), &json!("device")));
    let shown = desk.browser.get(&format!("{second_page}{beside}")).await.is(200).shows("Said aloud, 0:59").shows("Said aloud, 0:58");
    assert!(shown.text().contains(&audio) && shown.says("And cached."));

    // What was told can be saved later, and nothing else can.
    let (here, over) = (format!("{second}/recording"), format!("{second}/recording/completion"));
    let begin = |take: Uuid| desk.program.put_json(&here, json!({"take": take, "media_type": "audio/webm"}));
    assert_eq!(code(&begin(Uuid::new_v4()).await.is(409)), "answer-finished");
    begin(take).await.is(200);
    part(&desk.program, &second, 0, &sound()[0]).await.is(200);
    let end = |ms: i64| desk.program.put_json(&over, json!({"duration_ms": ms}));
    assert_eq!(code(&end(40_000).await.is(409)), "answer-finished");
    assert_eq!(end(58_000).await.is(200).json()["state"], "saved");
    // A finished answer stays one that was said aloud when its sound is deleted.
    desk.program.delete(&format!("{second}/recording")).await.is(204);
    assert_eq!(desk.program.get(&second).await.json()["recording"]["state"], "deleted");
    desk.browser.get(&second_page).await.is(200).shows("You deleted the recording on Thu 5 Mar 2026");
    assert_eq!(code(&begin(take).await.is(409)), "answer-finished");
    desk.app.leave_jobs();
}

#[actix_web::test]
async fn what_was_kept_as_long_as_was_wished_is_deleted_and_the_page_says_so() {
    let mut desk = Desk::new().await;
    let (url, page) = begun(&desk, "lazy-querysets").await;
    saved(&desk, &url, 59_000).await;
    desk.program.put_json(&format!("{url}/completion"), json!({})).await.is(200);
    // Another one was never brought to its end.
    let (other, _) = begun(&desk, "slow-endpoint").await;
    desk.program.put_json(&format!("{other}/recording"), json!({"take": Uuid::new_v4(), "media_type": "audio/ogg"})).await.is(200);
    let there = |desk: &Desk| desk.app.count("SELECT count(*) FROM recordings");

    desk.later(TimeDelta::days(8));
    desk.app.run_jobs().await;
    assert_eq!(there(&desk), 1, "a beginning is kept for a week");
    assert_eq!(desk.program.get(&other).await.is(200).json()["recording"]["state"], "device");
    let list = desk.page("/practice/recordings");
    desk.browser.get(&list).await.is(200).shows("Saved, kept until Sun 31 May 2026").shows("Not saved: on the device");
    desk.browser.post_form(&list, [("keep_days", "31")]).await.refuses("keep_days");
    desk.browser.post_form(&list, [("keep_days", "365")]).await.leads();
    desk.later(TimeDelta::days(100));
    desk.app.run_jobs().await;
    assert_eq!(there(&desk), 1, "a year");
    desk.app.run_jobs().await;
    let kept = desk.program.put_json(&desk.api("/practice/recordings"), json!({"keep_days": 30})).await.is(200).json();
    assert_eq!((&kept["keep_days"], &kept["bytes"]), (&json!(30), &json!(1500)));
    desk.app.run_jobs().await;
    assert_eq!((there(&desk), desk.app.count("SELECT count(*) FROM recording_parts")), (0, 0), "what is there already goes too");
    let gone = desk.program.get(&url).await.is(200).json();
    assert_eq!((&gone["kind"], &gone["recording"]["state"]), (&json!("recorded"), &json!("run_out")));
    desk.browser.get(&page).await.is(200).shows("kept as long as you wished, and deleted on");
    desk.browser.get(&list).await.is(200).shows("Kept as long as you wished");
    desk.program.get(&format!("{url}/recording/audio")).await.is(404);
}

#[actix_web::test]
async fn recordings_are_in_the_file_of_ones_own_data_and_go_with_attempt_and_account() {
    let desk = Desk::new().await;
    for key in ["lazy-querysets", "slow-endpoint"] {
        let (url, _) = begun(&desk, key).await;
        saved(&desk, &url, 30_000).await;
        desk.program.put_json(&format!("{url}/completion"), json!({})).await.is(200);
    }
    let proof = || json!({"current_password": PASSWORD});
    let own: Value = desk.program.post_json("/api/v1/me/export", proof()).await.is(200).json();
    assert_eq!(own["practice"]["keep_recordings_days"], 90);
    let attempts = own["practice"]["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 2);
    for attempt in attempts {
        let recording = &attempt["recording"];
        assert_eq!((&recording["duration_ms"], &recording["bytes"]), (&json!(30_000), &json!(1500)));
        assert_eq!(desk.program.get(recording["audio"].as_str().unwrap()).await.is(200).body.len(), 1500);
    }
    let name = |attempt: &Value| attempt["recording"]["file"].as_str().unwrap().to_owned();
    // The archive holds the sound itself: all that was put in, by either door.
    let by_page = || desk.browser.post_form("/account/data/export", [("current_password", PASSWORD)]);
    for archive in [desk.program.post_json("/api/v1/me/export/archive", proof()).await, by_page().await] {
        let files = archive.is(200).unpacked();
        assert_eq!(files.len(), 3);
        for attempt in attempts {
            assert_eq!(files[&name(attempt)], sound().concat(), "{}", name(attempt));
        }
    }
    // So it does when one has left the team in which it was said, where its address is closed.
    let lead = desk.app.token(desk.world.owner);
    lead.delete(&desk.api(&format!("/members/{}", desk.account))).await.is(204);
    let files = by_page().await.is(200).unpacked();
    let left: Value = serde_json::from_slice(&files["fivefold-own-data.json"]).unwrap();
    assert_eq!((&left["practice"]["attempts"][0]["recording"]["audio"], files.len()), (&Value::Null, 3));
    assert_eq!(files[&name(&attempts[0])], sound().concat());
    // Nobody else's archive has any of it.
    let others = lead.post_json("/api/v1/me/export/archive", proof()).await.is(200).unpacked();
    assert_eq!(others.into_keys().collect::<Vec<_>>(), ["fivefold-own-data.json"]);
    desk.app.sql(&format!("UPDATE memberships SET removed_at = NULL WHERE account_id = '{}'", desk.account));
    let left = |desk: &Desk| {
        ["recordings", "recording_parts", "practice_recordings"].map(|table| desk.app.count(&format!("SELECT count(*) FROM {table}")))
    };
    assert_eq!(left(&desk), [2, 4, 2]);
    desk.program.delete(&desk.api(&format!("/attempts/{}", attempts[0]["id"].as_str().unwrap()))).await.is(204);
    assert_eq!(left(&desk), [1, 2, 1]);
    desk.program.post_json("/api/v1/me/deletion", json!({"current_password": PASSWORD})).await.is(204);
    assert_eq!(left(&desk), [0, 0, 0]);
    desk.app.leave_jobs();
}
