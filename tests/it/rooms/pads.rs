//! The shared pad: written together, kept change by change, played back.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Hall, Listener, code};
use crate::support::pad::{Page, typed};
use crate::support::{Client, Response};

impl Hall {
    fn pad(&self, place: usize) -> String {
        self.api(&format!("/room/pads/{}", self.question(place)))
    }

    fn pad_page(&self, place: usize) -> String {
        format!("{}/pads/{}", self.page(), self.question(place))
    }

    /// A running room with the first question's pad open.
    async fn with_pad() -> Self {
        let hall = Hall::new().await;
        hall.start().await;
        hall.as_(hall.ines).put_json(&hall.pad(0), json!({"language": "sql"})).await.is(200);
        hall
    }
}

async fn send(client: &Client, pad: &str, key: Uuid, update: &str) -> Response {
    client.with("Idempotency-Key", &key.to_string()).post_json(&format!("{pad}/updates"), json!({"update": update})).await
}

async fn read(client: &Client, pad: &str) -> Value {
    client.get(pad).await.is(200).json()
}

#[actix_web::test]
async fn interviewer_and_candidate_type_at_once_and_both_have_the_same_text() {
    let hall = Hall::with_pad().await;
    let (ines, guest, pad) = (hall.as_(hall.ines), hall.guest(), hall.pad(0));
    let (mine, theirs) = (Page::default(), Page::default());
    let first = send(&ines, &pad, Uuid::now_v7(), &mine.types(0, "SELECT ")).await.is(200).json();
    theirs.hears(&read(&guest, &pad).await);
    let (one, other) = (mine.types(7, "1;"), theirs.types(0, "-- two at once 𝒳\n"));
    let second = send(&guest, &pad, Uuid::now_v7(), &other).await.is(200).json();
    let third = send(&ines, &pad, Uuid::now_v7(), &one).await.is(200).json();
    assert_eq!((&first["number"], &second["number"], &third["number"]), (&json!(1), &json!(2), &json!(3)), "numbers have no gap");
    let all = read(&guest, &format!("{pad}?after=0")).await;
    let sides: Vec<_> = all["updates"].as_array().unwrap().iter().map(|update| update["by"].as_str().unwrap()).collect();
    assert_eq!((sides, &all["last_number"], &all["language"]), (vec!["panel", "candidate", "panel"], &json!(3), &json!("sql")));
    mine.hears(&all);
    theirs.hears(&all);
    assert_eq!((mine.text(), theirs.text()), ("-- two at once 𝒳\nSELECT 1;".to_owned(), "-- two at once 𝒳\nSELECT 1;".to_owned()));
    let rest = read(&guest, &format!("{pad}?after=2")).await;
    assert_eq!(rest["updates"].as_array().unwrap().len(), 1, "only what came after");
}

#[actix_web::test]
async fn an_update_whose_answer_was_lost_counts_once() {
    let hall = Hall::with_pad().await;
    let (candidate, key, update) = (hall.as_(hall.candidate), Uuid::now_v7(), typed("once"));
    for _ in 0..3 {
        assert_eq!(send(&candidate, &hall.pad(0), key, &update).await.is(200).json(), json!({"number": 1}));
    }
    assert_eq!(read(&candidate, &hall.pad(0)).await["updates"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn who_reads_along_types_nothing_and_leads_may_read_it_without_a_seat() {
    let hall = Hall::with_pad().await;
    send(&hall.as_(hall.candidate), &hall.pad(0), Uuid::now_v7(), &typed("seen")).await.is(200);
    for reader in [hall.shadow, hall.observer, hall.world.lead, hall.world.owner] {
        let client = hall.as_(reader);
        assert_eq!(read(&client, &hall.pad(0)).await["last_number"], 1);
        send(&client, &hall.pad(0), Uuid::now_v7(), &typed("mine")).await.is(403);
        client.put_json(&hall.pad(0), json!({"language": "go"})).await.is(403);
    }
    hall.as_(hall.candidate).put_json(&hall.pad(0), json!({"language": "go"})).await.is(403);
    hall.as_(hall.world.outsider).get(&hall.pad(0)).await.is(404);
}

#[actix_web::test]
async fn a_question_that_has_not_come_up_has_no_pad_for_anybody() {
    let hall = Hall::new().await;
    let ines = hall.as_(hall.ines);
    assert_eq!(code(&ines.put_json(&hall.pad(0), json!({"language": "sql"})).await), "not-started");
    hall.start().await;
    ines.put_json(&hall.pad(1), json!({"language": "sql"})).await.is(404);
    for place in [0, 1] {
        hall.as_(hall.candidate).get(&hall.pad(place)).await.is(404);
        hall.app.signed_in(hall.candidate).get(&hall.pad_page(place)).await.is(404);
        send(&hall.as_(hall.candidate), &hall.pad(place), Uuid::now_v7(), &typed("early")).await.is(404);
    }
    ines.put_json(&hall.pad(0), json!({"language": "sql"})).await.is(200);
    assert_eq!(hall.see(hall.candidate).await["pads"][0]["question_id"], hall.question(0));
    let log = hall.log();
    ines.put_json(&hall.pad(0), json!({"language": "sql"})).await.is(200);
    assert_eq!(hall.log(), log, "opened twice is opened once");
    ines.put_json(&hall.pad(0), json!({"language": "rust"})).await.is(200);
    assert_eq!(hall.log().last().unwrap(), "3 pad_opened all");
}

#[actix_web::test]
async fn what_could_not_be_sent_before_the_end_is_taken_for_half_a_day() {
    let hall = Hall::with_pad().await;
    hall.put(json!({"phase": "ended"})).await.is(200);
    let candidate = hall.as_(hall.candidate);
    send(&candidate, &hall.pad(0), Uuid::now_v7(), &typed("late")).await.is(200);
    let over = hall.app.signed_in(hall.candidate).get(&hall.page()).await.is(200).text();
    assert!(over.contains(&format!("data-pad-late=\"{}\"", hall.pad(0))) && over.contains(&hall.pad_page(0)), "{over}");
    hall.app.advance(TimeDelta::hours(13));
    hall.app.leave_jobs();
    let candidate = hall.as_(hall.candidate);
    assert_eq!(code(&send(&candidate, &hall.pad(0), Uuid::now_v7(), &typed("too late")).await), "already-ended");
    assert_eq!(code(&hall.as_(hall.ines).put_json(&hall.pad(0), json!({"language": "go"})).await), "already-ended");
    assert_eq!(read(&candidate, &hall.pad(0)).await["last_number"], 1);
}

#[actix_web::test]
async fn what_is_no_update_and_what_is_too_much_is_refused_with_words() {
    let hall = Hall::with_pad().await;
    let (candidate, pad) = (hall.as_(hall.candidate), hall.pad(0));
    for wrong in ["%%%", "////", ""] {
        send(&candidate, &pad, Uuid::now_v7(), wrong).await.is(422);
    }
    candidate.post_json(&format!("{pad}/updates"), json!({"update": typed("no key")})).await.is(400);
    hall.app.sql("UPDATE pads SET bytes = 8 * 1024 * 1024");
    assert_eq!(code(&send(&candidate, &pad, Uuid::now_v7(), &typed("one more")).await), "pad-full");
}

#[actix_web::test]
async fn without_scripts_the_pad_is_written_on_its_page_and_loses_nothing_of_others() {
    let hall = Hall::with_pad().await;
    let (candidate, page) = (hall.app.signed_in(hall.candidate), hall.pad_page(0));
    let text = |base: &str, text: &str| vec![("base", base.to_owned()), ("text", text.to_owned())];
    candidate.post_form(&format!("{page}/text"), text("0", "one\r\nthree")).await.is(303);
    assert!(candidate.get(&page).await.is(200).text().contains("one\nthree</textarea>"));
    send(&hall.as_(hall.ines), &hall.pad(0), Uuid::now_v7(), &typed("# look\n")).await.is(200);
    candidate.post_form(&format!("{page}/text"), text("1", "one\ntwo\nthree")).await.is(303);
    let now = candidate.get(&page).await.is(200).text();
    assert!(now.contains("# look\n") && now.contains("one\ntwo\nthree"), "{now}");
    let before = candidate.get(&format!("{page}?at=1")).await.is(200).text();
    assert!(before.contains("one\nthree</textarea>") && !before.contains("# look"), "{before}");
    assert!(!candidate.get(&format!("{page}?at=0")).await.is(200).text().contains("three"));
    let long = "x".repeat(270_000);
    let refused = candidate.post_form(&format!("{page}/text"), text("3", &long)).await.is(422).text();
    assert!(refused.contains(&long), "what was typed stands there");
}

#[actix_web::test]
async fn the_page_of_each_seat_has_the_pad_of_its_question_and_the_room_moves_without_it() {
    let hall = Hall::new().await;
    hall.start().await;
    let page = |account| {
        let client = hall.app.signed_in(account);
        let url = hall.page();
        async move { client.get(&url).await.is(200).text() }
    };
    assert!(page(hall.ines).await.contains("Open a shared pad"));
    for account in [hall.candidate, hall.observer, hall.shadow] {
        assert!(!page(account).await.contains("shared pad"), "nothing to read, nothing to open");
    }
    let open = hall.app.signed_in(hall.ivo).post_form(&hall.pad_page(0), [("language", "python")]).await;
    open.is(303);
    let bound = format!("data-pad=\"{}\"", hall.pad(0));
    for account in [hall.ines, hall.ivo, hall.candidate, hall.observer, hall.shadow] {
        let html = page(account).await;
        assert!(html.contains(&bound), "{html}");
        assert_eq!(html.contains("data-reads"), [hall.observer, hall.shadow].contains(&account));
    }
    hall.put(json!({"phase": "live", "question_id": hall.question(1)})).await.is(200);
    assert!(!page(hall.candidate).await.contains(&bound), "another question has another pad");
}

#[actix_web::test]
async fn a_stream_says_that_a_pad_changed_and_nothing_of_it() {
    let hall = Hall::with_pad().await;
    let served = hall.app.serve();
    let mut watching = Listener::open(&hall, &served, hall.candidate, "", None).await;
    send(&hall.as_(hall.ines), &hall.pad(0), Uuid::now_v7(), &typed("SELECT secret")).await.is(200);
    watching.hears("event: pad\ndata: {}\n\n").await;
    assert!(!watching.text.contains("secret"), "{}", watching.text);
}
