//! The board of peer practice: offers, bookings of two halves, and who sees what of them.

mod feedback;

use chrono::TimeDelta;
use fivefold::policy::{AccountId, Mode, Role};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{App, Response, World};

/// Through which door.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Door {
    Program,
    Page,
}

const DOORS: [Door; 2] = [Door::Program, Door::Page];

/// A team for practice with two candidates.
struct Practice {
    app: App,
    world: World,
    noa: AccountId,
    ravi: AccountId,
}

impl Practice {
    async fn new() -> Self {
        let app = App::new().await;
        app.leave_jobs();
        let world = World::of(&app, Mode::Mock);
        let (noa, ravi) = (app.member(world.team, Role::Candidate, "Noa Keller"), app.member(world.team, Role::Candidate, "Ravi Nair"));
        Practice { app, world, noa, ravi }
    }

    fn body(&self, hours: i64) -> Value {
        let at = (self.app.now() + TimeDelta::hours(hours)).to_rfc3339();
        json!({"level": "mid", "question_set_version_id": World::versions(&self.app).0, "starts_at": at, "time_zone": "Europe/Madrid",
            "minutes": 30, "note": "Queries that got slow"})
    }

    async fn try_offer(&self, door: Door, who: AccountId, body: &Value) -> Response {
        match door {
            Door::Program => self.app.token(who).post_json(&self.world.api("/practice-offers"), body).await,
            Door::Page => {
                let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let fields: Vec<_> = body.as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect();
                self.app.signed_in(who).post_form(&self.world.page("/peer-practice"), fields).await
            }
        }
    }

    async fn offer(&self, door: Door, who: AccountId, hours: i64) -> String {
        let known = self.app.texts("SELECT id FROM practice_offers");
        let made = self.try_offer(door, who, &self.body(hours)).await;
        assert!(matches!(made.status, 201 | 303), "{}", made.text());
        self.app.texts("SELECT id FROM practice_offers").into_iter().find(|id| !known.contains(id)).unwrap()
    }

    async fn book(&self, door: Door, who: AccountId, offer: &str) -> Response {
        match door {
            Door::Program => self.app.token(who).put_json(&self.world.api(&format!("/practice-offers/{offer}/booking")), json!({})).await,
            Door::Page => {
                self.app.signed_in(who).post_form(&self.world.page(&format!("/peer-practice/{offer}/booking")), [("", ""); 0]).await
            }
        }
    }

    async fn call_off(&self, door: Door, who: AccountId, offer: &str, reason: &str) -> Response {
        match door {
            Door::Program => {
                let reason = reason.replace(' ', "%20");
                self.app.token(who).delete(&self.world.api(&format!("/practice-offers/{offer}?reason={reason}"))).await
            }
            Door::Page => {
                let path = self.world.page(&format!("/peer-practice/{offer}/withdrawal"));
                self.app.signed_in(who).post_form(&path, [("reason", reason)]).await
            }
        }
    }

    async fn board(&self, who: AccountId) -> Vec<Value> {
        self.app.token(who).get(&self.world.api("/practice-offers")).await.is(200).json()["items"].as_array().unwrap().clone()
    }

    async fn page(&self, who: AccountId) -> Response {
        self.app.signed_in(who).get(&self.world.page("/peer-practice")).await.is(200)
    }
}

#[actix_web::test]
async fn an_offer_that_is_taken_becomes_two_halves_in_which_each_interviews_once() {
    for door in DOORS {
        let practice = Practice::new().await;
        let Practice { app, world, noa, ravi } = &practice;
        let offer = practice.offer(door, *noa, 24).await;
        let seen = practice.board(*ravi).await;
        assert_eq!((seen.len(), &seen[0]["by"]["name"], &seen[0]["yours"]), (1, &json!("Noa Keller"), &json!(false)));
        practice.page(*ravi).await.shows("Practise with Noa Keller").shows("Queries that got slow");
        practice.page(*noa).await.shows("Your offer").shows("Take it back");

        let mails = app.mails().len();
        practice.book(door, *ravi, &offer).await;
        let first = app.text(&format!("SELECT interview_id FROM practice_offers WHERE id = '{offer}'"));
        let lead = app.token(world.lead);
        let one = lead.get(&world.api(&format!("/interviews/{first}"))).await.is(200).json();
        let second = one["other_half"]["interview_id"].as_str().unwrap();
        let other = lead.get(&world.api(&format!("/interviews/{second}"))).await.is(200).json();
        assert_eq!(
            (&one["mode"], &one["seats"][0]["account_id"], &one["candidate"]["name"]),
            (&json!("mock"), &json!(ravi), &json!("Noa Keller"))
        );
        assert_eq!((&other["seats"][0]["account_id"], &other["candidate"]["name"]), (&json!(noa), &json!("Ravi Nair")));
        assert_eq!((&other["starts_at"], &one["minutes"]), (&one["ends_at"], &json!(30)));
        assert!(app.mails().len() >= mails + 4, "both are told of both halves");
        // In the words of two who practise, and with both halves in each.
        for (who, name) in [(*noa, "Ravi Nair"), (*ravi, "Noa Keller")] {
            let told = app.mails_to(who);
            assert_eq!(told.len(), 2);
            for mail in told {
                let text = &mail.body_text;
                assert!(text.contains(&format!("you practise with {name} in ")) && text.contains("two halves"), "{text}");
                assert!(!text.contains("panel") && !text.contains("Your seat") && !text.contains("invites you"), "{text}");
                assert!(mail.subject.to_lowercase().contains(&format!("practice with {name}").to_lowercase()), "{}", mail.subject);
            }
        }
        app.signed_in(*noa).get(&world.page("/practice")).await.is(200).shows("Practise with a peer");
        // Both see their booking, nobody else does, and the offer is off the board.
        for (who, name) in [(*noa, "With Ravi Nair"), (*ravi, "With Noa Keller")] {
            assert_eq!(practice.board(who).await[0]["interview_id"], json!(first));
            practice.page(who).await.shows(name).shows("Call it off");
        }
        assert_eq!(practice.board(world.interviewer).await.len(), 0);
        practice.page(world.interviewer).await.hides("Noa Keller").shows("No time is offered");
    }
}

#[actix_web::test]
async fn an_offer_is_taken_once_by_somebody_else_and_nobody_is_in_two_places() {
    for door in DOORS {
        let practice = Practice::new().await;
        let Practice { app, world, noa, ravi } = &practice;
        let offer = practice.offer(door, *noa, 24).await;
        practice.book(door, *noa, &offer).await.is(409);
        // Nobody offers two times that overlap: not again, not half an hour later, not twice at once.
        let mut later = practice.body(24);
        later["starts_at"] = json!((app.now() + TimeDelta::minutes(24 * 60 + 30)).to_rfc3339());
        for body in [practice.body(24), later.clone()] {
            practice.try_offer(door, *noa, &body).await.refuses("starts_at").shows("overlaps");
        }
        let twice = [practice.body(72), practice.body(72)];
        let twice = join_all(twice.iter().map(|body| practice.try_offer(door, *noa, body))).await;
        assert_eq!(twice.iter().filter(|made| made.status == 422).count(), 1);
        let of_both = practice.offer(door, *ravi, 24).await;
        let of_a_third = practice.offer(door, world.interviewer, 24).await;
        let booked = practice.book(door, *ravi, &offer).await;
        assert!(matches!(booked.status, 200 | 303), "{}", booked.text());
        let late = practice.book(door, world.interviewer, &offer).await.is(409);
        assert!(late.says("Somebody else was faster"), "{}", late.text());
        let mine = practice.book(door, *ravi, &offer).await.is(409);
        assert!(mine.says("You have taken this time already"), "{}", mine.text());
        // Another time of the same two stands no more, and says whose time it is that is taken.
        for (who, id, words) in [
            (*noa, &of_both, "You two practise with each other at that time already."),
            (world.interviewer, &of_both, "They practise with somebody else at that time."),
            (*ravi, &of_a_third, "You practise with somebody else at that time."),
        ] {
            let busy = practice.book(door, who, id).await.is(409);
            assert!(busy.says(words), "{words}: {}", busy.text());
        }
        practice.try_offer(door, *ravi, &later).await.refuses("starts_at");
        let board = practice.board(world.lead).await;
        assert!(board.iter().all(|offer| offer["id"] != json!(of_both)), "{board:?}");
        let third = practice.board(*ravi).await.into_iter().find(|offer| offer["id"] == json!(of_a_third)).unwrap();
        assert_eq!(third["you_are_busy"], true);
        practice.page(*ravi).await.shows("You practise at that time.").hides(&format!("/peer-practice/{of_a_third}/booking"));
        let over = practice.offer(door, *noa, 2).await;
        app.advance(TimeDelta::hours(3));
        practice.book(door, *ravi, &over).await.is(409);
        assert_eq!(app.count("SELECT count(*) FROM interviews"), 2);
    }
}

#[actix_web::test]
async fn both_may_call_a_booking_off_with_a_reason_and_nobody_else() {
    for door in DOORS {
        let practice = Practice::new().await;
        let Practice { app, world, noa, ravi } = &practice;
        for (who, hours) in [(*noa, 24), (*ravi, 48)] {
            let offer = practice.offer(door, *noa, hours).await;
            practice.call_off(door, *ravi, &offer, "").await.is(403);
            practice.book(door, *ravi, &offer).await;
            practice.call_off(door, world.interviewer, &offer, "Mine").await.is(404);
            practice.call_off(door, who, &offer, "").await.refuses("reason");
            let done = practice.call_off(door, who, &offer, "A cold").await;
            assert!(matches!(done.status, 204 | 303), "{}", done.text());
            assert_eq!(practice.board(who).await.len(), 0, "it is off the board");
        }
        assert_eq!(app.count("SELECT count(*) FROM interviews WHERE cancelled_at IS NULL"), 0, "both halves of both are off");
        let open = practice.offer(door, *noa, 72).await;
        let done = practice.call_off(door, *noa, &open, "").await;
        assert!(matches!(done.status, 204 | 303), "an offer goes without a reason: {}", done.text());
        practice.book(door, *ravi, &open).await.is(404);
    }
}

#[actix_web::test]
async fn who_deletes_their_account_calls_off_what_they_booked_and_the_other_is_told() {
    let practice = Practice::new().await;
    let Practice { app, noa, ravi, .. } = &practice;
    for (by, taker, hours) in [(*noa, *ravi, 24), (*ravi, *noa, 48)] {
        let offer = practice.offer(Door::Program, by, hours).await;
        practice.book(Door::Program, taker, &offer).await;
    }
    app.token(*noa).post_json("/api/v1/me/deletion", json!({"current_password": crate::support::PASSWORD})).await.is(204);
    assert_eq!(app.count("SELECT count(*) FROM interviews WHERE cancelled_at IS NULL"), 0, "both halves of both are off");
    let told = app.mails_to(*ravi).into_iter().filter(|mail| mail.body_text.contains("One of you two has left."));
    assert_eq!(told.count(), 2, "of each half that they were to lead; what a candidate gets has no reason");
    assert_eq!(practice.board(*ravi).await.len(), 0);
}

#[actix_web::test]
async fn of_a_booking_whose_first_half_was_held_the_second_goes_with_who_leaves_and_nobody_is_asked_to_write_to_them() {
    let practice = Practice::new().await;
    let Practice { app, world, noa, ravi } = &practice;
    let offer = practice.offer(Door::Program, *noa, 24).await;
    practice.book(Door::Program, *ravi, &offer).await.is(200);
    let first = app.text(&format!("SELECT interview_id FROM practice_offers WHERE id = '{offer}'"));
    app.advance(TimeDelta::hours(24));
    for phase in ["live", "ended"] {
        app.token(*ravi).put_json(&world.api(&format!("/interviews/{first}/room")), json!({"phase": phase})).await.is(200);
    }
    app.signed_in(*ravi).get(&world.page(&format!("/interviews/{first}/room"))).await.is(200).shows("It took less than a minute.");
    let over = app.signed_in(*noa).get(&world.page(&format!("/interviews/{first}/room"))).await.is(200);
    over.shows("Your peer writes down what they saw.").hides("interviewers");
    let waits = |text: &str| text.contains(&format!("/interviews/{first}/"));
    assert!(waits(&practice.page(*ravi).await.shows("Feedback that waits for you").text()));
    app.token(*noa).post_json("/api/v1/me/deletion", json!({"current_password": crate::support::PASSWORD})).await.is(204);
    let standing = "SELECT count(*) FROM interviews WHERE swap_of IS NOT NULL AND cancelled_at IS NULL";
    assert_eq!((app.count(standing), app.count("SELECT count(*) FROM interviews WHERE cancelled_at IS NULL")), (0, 1));
    practice.page(*ravi).await.hides("Feedback that waits for you");
    let home = app.signed_in(*ravi).get(&world.page("")).await.is(200);
    assert!(!home.text().contains(&format!("/interviews/{first}/scorecard")), "{}", home.text());
}

#[actix_web::test]
async fn a_team_that_hires_has_no_board_and_its_candidates_do_not_learn_of_one_another() {
    let app = App::new().await;
    let world = World::new(&app);
    for who in [world.owner, world.lead, world.interviewer, world.candidate] {
        app.token(who).get(&world.api("/practice-offers")).await.is(404);
        app.signed_in(who).get(&world.page("/peer-practice")).await.is(404);
        app.signed_in(who).get(&world.page("/interviews")).await.is(200).hides("Practise with a peer");
    }
}

#[actix_web::test]
async fn what_is_offered_keeps_the_rules_and_says_what_to_do() {
    for door in DOORS {
        let practice = Practice::new().await;
        let wrong = [
            ("minutes", json!(5)),
            ("starts_at", json!("2020-01-01T10:00")),
            ("time_zone", json!("Mars")),
            ("note", json!("x".repeat(501))),
        ];
        for (field, value) in wrong {
            let mut body = practice.body(24);
            body[field] = value;
            practice.try_offer(door, practice.noa, &body).await.refuses(field);
        }
        let mut body = practice.body(24);
        body["question_set_version_id"] = json!(uuid::Uuid::nil());
        let refused = practice.try_offer(door, practice.noa, &body).await.refuses("question_set_version_id");
        if door == Door::Page {
            assert_eq!(refused.typed("note").as_deref(), Some("Queries that got slow"), "what was typed is there");
        }
        for hours in 1..=5 {
            practice.offer(door, practice.noa, hours).await;
        }
        practice.try_offer(door, practice.noa, &practice.body(9)).await.is(409);
    }
}

#[actix_web::test]
async fn a_set_of_the_team_is_offered_while_it_is_open_for_practice_and_no_longer() {
    let practice = Practice::new().await;
    let Practice { app, world, noa, .. } = &practice;
    let lead = app.token(world.lead);
    let built_in = World::versions(app).0;
    let set = lead.post_json(&world.api("/question-sets"), json!({"name": "House questions", "copy_of": built_in})).await.is(201).id();
    let own = lead.post_json(&world.api(&format!("/question-sets/{set}/versions")), json!({"reason": "First"})).await.is(201);
    let version = app.text(&format!("SELECT id FROM question_set_versions WHERE set_id = '{set}'"));
    drop(own);
    let mut body = practice.body(24);
    body["question_set_version_id"] = json!(version);
    let practice_url = world.api(&format!("/question-sets/{set}/practice"));
    for (step, offered) in [("not yet", false), ("open", true), ("closed", false)] {
        match step {
            "open" => drop(lead.put_json(&practice_url, json!({})).await.is(200)),
            "closed" => drop(lead.delete(&practice_url).await.is(200)),
            _ => {}
        }
        let page = app.signed_in(*noa).get(&world.page("/peer-practice/new")).await.is(200);
        assert_eq!(page.says("House questions"), offered, "{step}");
        let tried = practice.try_offer(Door::Program, *noa, &body).await;
        assert_eq!(tried.status, if offered { 201 } else { 422 }, "{step}: {}", tried.text());
    }
}

#[actix_web::test]
async fn the_board_is_narrowed_to_a_level_and_a_set() {
    let practice = Practice::new().await;
    practice.offer(Door::Program, practice.noa, 24).await;
    let set = World::versions(&practice.app).0;
    let look = practice.app.signed_in(practice.ravi);
    for (query, found) in [
        ("level=&question_set_version_id=", true),
        ("level=mid", true),
        ("level=senior", false),
        (&format!("question_set_version_id={set}"), true),
    ] {
        let page = look.get(&practice.world.page(&format!("/peer-practice?{query}"))).await.is(200);
        assert_eq!(page.says("Practise with Noa Keller"), found, "{query}");
        let list = practice.app.token(practice.ravi).get(&practice.world.api(&format!("/practice-offers?{query}"))).await.is(200).json();
        assert_eq!(!list["items"].as_array().unwrap().is_empty(), found, "{query}");
    }
    look.get(&practice.world.page("/peer-practice?level=expert")).await.is(400);
}

#[actix_web::test]
async fn the_board_costs_the_same_however_many_times_are_offered() {
    let practice = Practice::new().await;
    let mut counts = Vec::new();
    for people in [1, 12] {
        for place in 0..people {
            let who = practice.app.member(practice.world.team, Role::Candidate, &format!("Peer {people} {place}"));
            practice.offer(Door::Program, who, 24 + place).await;
        }
        let look = practice.app.signed_in(practice.noa);
        look.get(&practice.world.page("/peer-practice")).await.is(200);
        counts.push(practice.app.queries(look.get(&practice.world.page("/peer-practice"))).await.1.len());
    }
    assert_eq!(counts[0], counts[1]);
}
