//! Who has the room open: here, away, left; and who is told.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Hall, Listener};
use crate::support::Client;

async fn say(hall: &Hall, client: &Client, page: Uuid, presence: &str) {
    client.put_json(&hall.api(&format!("/room/presence/{page}")), json!({"presence": presence})).await.is(204);
}

/// By name, as this reader's view has it.
fn of(view: &Value, name: &str) -> String {
    let people = view["people"].as_array().unwrap().iter().chain(view["panel"]["seats"].as_array().into_iter().flatten());
    let mut found = people.filter(|person| person["name"] == name).map(|person| person["presence"].as_str().unwrap().to_owned());
    found.next_back().unwrap()
}

#[actix_web::test]
async fn a_person_is_here_while_one_of_their_pages_says_so_and_has_left_a_minute_after_the_last_word() {
    let hall = Hall::new().await;
    let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
    let (ines, ivo) = (hall.as_(hall.ines), hall.as_(hall.ivo));
    let name = hall.app.text(&format!("SELECT name FROM accounts WHERE id = '{}'", hall.ines));
    assert_eq!(of(&hall.see(hall.ivo).await, &name), "left");
    say(&hall, &ines, one, "here").await;
    say(&hall, &ines, other, "away").await;
    assert_eq!(of(&hall.see(hall.ivo).await, &name), "here");
    say(&hall, &ines, one, "left").await;
    assert_eq!(of(&hall.see(hall.ivo).await, &name), "away");
    hall.app.advance(TimeDelta::seconds(61));
    assert_eq!(of(&hall.see(hall.ivo).await, &name), "left");
    say(&hall, &ines, one, "here").await;
    assert_eq!(hall.app.texts("SELECT page_id FROM room_presence"), [one.to_string()], "words that no longer hold are taken away");

    say(&hall, &ivo, one, "away").await;
    assert_eq!(of(&hall.see(hall.ivo).await, &name), "here", "nobody speaks for another");
}

#[actix_web::test]
async fn the_candidate_is_told_who_is_there_and_not_where_they_look() {
    let hall = Hall::new().await;
    say(&hall, &hall.as_(hall.ines), Uuid::now_v7(), "away").await;
    let name = hall.app.text(&format!("SELECT name FROM accounts WHERE id = '{}'", hall.ines));
    assert_eq!(of(&hall.see(hall.candidate).await, &name), "here");
    assert_eq!(of(&hall.see(hall.observer).await, &name), "away");
    say(&hall, &hall.guest(), Uuid::now_v7(), "here").await;
    assert_eq!(hall.see(hall.ines).await["candidate_presence"], "here");
    assert!(hall.log().is_empty(), "the log holds what happened, not who is there");
}

#[actix_web::test]
async fn a_stream_says_that_presence_changed_and_nothing_of_it() {
    let hall = Hall::new().await;
    let served = hall.app.serve();
    let mut watching = Listener::open(&hall, &served, hall.ivo, "", None).await;
    let page = Uuid::now_v7();
    say(&hall, &hall.as_(hall.ines), page, "here").await;
    watching.hears("event: presence\ndata: {}").await;
    hall.start().await;
    watching.hears("started").await;
    say(&hall, &hall.as_(hall.ines), page, "here").await;
    say(&hall, &hall.as_(hall.ines), page, "left").await;
    watching.hears_twice("event: presence").await;
}

#[actix_web::test]
async fn only_who_has_a_seat_says_that_they_are_there() {
    let hall = Hall::new().await;
    let path = hall.api(&format!("/room/presence/{}", Uuid::now_v7()));
    let here = || json!({"presence": "here"});
    hall.as_(hall.world.lead).put_json(&path, here()).await.is(403);
    hall.as_(hall.ines).put_json(&hall.api("/room/presence/nonsense"), here()).await.is(404);
    hall.as_(hall.ines).put_json(&path, json!({"presence": "elsewhere"})).await.is(400);
    hall.app.sql("UPDATE interviews SET cancelled_at = now()");
    hall.as_(hall.ines).put_json(&path, here()).await.is(404);
}

#[actix_web::test]
async fn words_of_pages_that_never_said_goodbye_are_gone_within_the_hour_and_nobody_who_is_there_is_forgotten() {
    let hall = Hall::new().await;
    let (ines, ivo) = (hall.as_(hall.ines), hall.as_(hall.ivo));
    let (gone, stays) = (Uuid::now_v7(), Uuid::now_v7());
    say(&hall, &ines, gone, "here").await;
    say(&hall, &ines, Uuid::now_v7(), "here").await;
    say(&hall, &ivo, stays, "here").await;
    hall.app.advance(TimeDelta::minutes(59));
    say(&hall, &ivo, stays, "here").await;
    assert_eq!(hall.app.run_jobs().await, 0, "one job for a room, in its hour");
    hall.app.advance(TimeDelta::seconds(59));
    say(&hall, &ivo, stays, "here").await;
    hall.app.advance(TimeDelta::seconds(2));
    assert_eq!(hall.app.run_jobs().await, 1);
    assert_eq!(hall.app.texts("SELECT page_id FROM room_presence"), [stays.to_string()]);
    hall.app.advance(TimeDelta::hours(2));
    assert_eq!(hall.app.run_jobs().await, 1);
    assert!(hall.app.texts("SELECT page_id FROM room_presence").is_empty());
    hall.app.advance(TimeDelta::hours(2));
    assert_eq!(hall.app.run_jobs().await, 0, "an empty room needs no more looks");
}
