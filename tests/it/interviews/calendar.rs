//! What calendars are told, read again as a calendar program reads it, and the reminders.

use chrono_tz::Tz;
use fivefold::policy::{InterviewId, Role};
use icalendar::parser::{read_calendar, unfold};
use icalendar::{Calendar, CalendarDateTime, Component as _, DatePerhapsTime, Event, EventLike as _, EventStatus};
use serde_json::{Value, json};

use super::both::Door;
use super::{link, member};
use crate::support::{App, Mail, World};

/// A calendar's object: what it asks for, and its one event.
fn read(text: &str) -> (String, Event) {
    let calendar = Calendar::from(read_calendar(&unfold(text)).unwrap_or_else(|error| panic!("{error}: {text}")));
    let method = calendar.property_value("METHOD").unwrap_or_default().to_owned();
    let events: Vec<_> = calendar.events().cloned().collect();
    assert_eq!(events.len(), 1, "{text}");
    (method, events.into_iter().next().unwrap())
}

fn entry(mail: &Mail) -> (String, Event) {
    read(mail.calendar.as_deref().unwrap_or_else(|| panic!("no entry in {:?} to {}", mail.subject, mail.to_address)))
}

fn start(event: &Event) -> (String, String) {
    match event.get_start() {
        Some(DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid })) => (date_time.to_string(), tzid),
        other => panic!("{other:?}"),
    }
}

async fn does(app: &App, world: &World, id: InterviewId, act: &str, body: Value, version: i64) -> Vec<Mail> {
    let before = app.mails().len();
    Door::Program.done(Door::Program.does(app, world, id, (act, body, version)).await);
    app.mails().split_off(before)
}

#[actix_web::test]
async fn every_calendar_follows_one_event_through_its_changes() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"place": "Room 4; second, floor"})).await;
    let planned = app.mails();
    let moved = json!({"starts_at": "2026-04-06T14:00", "time_zone": "Asia/Kolkata", "place": "Room 9", "reason": "Ill."});
    let moved = does(&app, &world, id, "schedule", moved, 1).await;
    let cancelled = does(&app, &world, id, "cancellation", json!({"reason": "Found."}), 2).await;
    let berlin = ("2026-03-03 11:00:00".to_owned(), "Europe/Berlin".to_owned());
    let kolkata = ("2026-04-06 14:00:00".to_owned(), "Asia/Kolkata".to_owned());
    let stations = [
        (planned, "REQUEST", 0, &berlin, "Room 4; second, floor", EventStatus::Confirmed),
        (moved, "REQUEST", 1, &kolkata, "Room 9", EventStatus::Confirmed),
        (cancelled, "CANCEL", 2, &kolkata, "Room 9", EventStatus::Cancelled),
    ];
    for (mails, method, sequence, begins, place, status) in stations {
        assert_eq!(mails.len(), 3, "panel and candidate");
        for mail in mails {
            let (asks, event) = entry(&mail);
            assert_eq!((asks.as_str(), event.get_uid()), (method, Some(format!("{id}@fivefold").as_str())));
            assert_eq!((event.get_sequence(), event.get_location(), event.get_status()), (Some(sequence), Some(place), Some(status)));
            assert_eq!(&start(&event), begins);
            let text = mail.calendar.as_ref().unwrap();
            assert!(text.contains(&format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", begins.1)), "the zone's rules come with it: {text}");
            assert!(unfold(text).contains(&format!("mailto:{}", mail.to_address)), "{text}");
            assert!(begins.1.parse::<Tz>().is_ok());
        }
    }
    app.leave_jobs();
}

#[actix_web::test]
async fn a_candidates_entry_names_people_and_no_seats_and_a_panels_both() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"instructions": "canary-instructions"})).await;
    for mail in app.mails() {
        let (_, event) = entry(&mail);
        let to_candidate = mail.to_address == "sofia@example.com";
        let description = event.get_description().unwrap().to_owned();
        assert!(description.contains("Ines Interviewer") && description.contains("Lena Lead"), "{description}");
        assert_eq!(description.contains("lead interviewer"), !to_candidate, "{description}");
        let summary = if to_candidate { "Interview with North" } else { "Interview: Sofia Marin" };
        assert_eq!(event.get_summary(), Some(summary));
        let text = unfold(mail.calendar.as_ref().unwrap());
        assert!(!text.contains("canary-instructions"));
        let others = app.mails().into_iter().map(|other| other.to_address).filter(|other| *other != mail.to_address);
        for other in others {
            assert!(!text.contains(&other), "an address is not everybody's business: {text}");
        }
    }
    link(&app, &app.text("SELECT candidate_id FROM interviews"), world.candidate);
    let path = format!("/interviews/{id}/calendar.ics");
    for (account, seats) in [(world.lead, true), (world.interviewer, true), (world.candidate, false)] {
        let files = [app.token(account).get(&world.api(&path)).await.is(200), app.signed_in(account).get(&world.page(&path)).await.is(200)];
        assert_eq!(files[0].text(), files[1].text(), "both doors give one file");
        assert_eq!(files[0].header("Content-Type"), "text/calendar; charset=utf-8");
        assert_eq!(files[0].header("Content-Disposition"), "attachment; filename=\"interview.ics\"");
        let (method, event) = read(&files[0].text());
        assert_eq!((method.as_str(), event.get_uid()), ("PUBLISH", Some(format!("{id}@fivefold").as_str())));
        let description = event.get_description().unwrap();
        assert_eq!(description.contains("lead interviewer"), seats, "{description}");
        assert!(!files[0].text().contains("ATTENDEE") && !files[0].text().contains("sofia@example.com"));
    }
    app.token(world.outsider).get(&world.api(&path)).await.is(404);
    app.anon().get(&world.api(&path)).await.is(401);
}

#[actix_web::test]
async fn a_file_of_a_cancelled_interview_says_so_and_a_draft_has_none() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({})).await;
    does(&app, &world, id, "cancellation", json!({"reason": "Found."}), 1).await;
    let (_, event) = read(&app.token(world.lead).get(&world.api(&format!("/interviews/{id}/calendar.ics"))).await.is(200).text());
    assert_eq!((event.get_status(), event.get_sequence()), (Some(EventStatus::Cancelled), Some(1)));
    let draft = world.interview(&app, json!({"candidate": {"name": "Draft"}, "draft": true})).await;
    app.token(world.lead).get(&world.api(&format!("/interviews/{draft}/calendar.ics"))).await.is(409);
}

#[actix_web::test]
async fn who_leaves_and_comes_back_has_the_newest_entry() {
    let app = App::new().await;
    let world = World::new(&app);
    let leaver = member(&app, &world, Role::Interviewer, "Lio Leaver");
    let id = world.interview(&app, json!({})).await;
    let seat = json!({"account_id": leaver, "seat": "observer"});
    let came = does(&app, &world, id, "seats", seat.clone(), 1).await;
    let before = app.mails().len();
    app.advance(chrono::TimeDelta::seconds(1));
    app.token(world.lead).delete(&world.api(&format!("/interviews/{id}/seats/{leaver}"))).await.is(200);
    let left = app.mails().split_off(before);
    let back = does(&app, &world, id, "seats", seat, 3).await;
    let entries: Vec<_> =
        [came, left, back].iter().map(|mails| entry(&mails[0])).map(|(method, event)| (method, event.get_sequence())).collect();
    assert_eq!(entries, [("REQUEST".into(), Some(1)), ("CANCEL".into(), Some(2)), ("REQUEST".into(), Some(3))]);
}

/// Runs what is due at this time and gives whom it reminded, by address.
async fn reminded(app: &App, at: &str) -> Vec<String> {
    app.at(at);
    let before = app.mails().len();
    app.run_jobs().await;
    let mut to: Vec<_> =
        app.mails().split_off(before).into_iter().inspect(|mail| assert!(mail.calendar.is_none())).map(|mail| mail.to_address).collect();
    to.sort();
    to
}

#[actix_web::test]
async fn reminders_follow_a_reschedule_to_its_new_day_and_hour() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"starts_at": "2026-03-04T10:00:00Z"})).await;
    let all = {
        let mut all = vec![app.email_of(world.interviewer), app.email_of(world.lead), "sofia@example.com".into()];
        all.sort();
        all
    };
    does(&app, &world, id, "schedule", json!({"starts_at": "2026-03-06T10:00:00Z", "reason": "Ill."}), 1).await;
    for silent in ["2026-03-03T10:00:00Z", "2026-03-04T09:00:00Z"] {
        assert_eq!(reminded(&app, silent).await, Vec::<String>::new(), "{silent}");
    }
    assert_eq!(reminded(&app, "2026-03-05T10:00:00Z").await, all, "the day before");
    assert_eq!(reminded(&app, "2026-03-06T09:00:00Z").await, all, "an hour before");
    assert_eq!(reminded(&app, "2026-03-06T09:59:00Z").await, Vec::<String>::new(), "and no more");
    let mail = app.mails().into_iter().rfind(|mail| mail.to_address == "sofia@example.com").unwrap();
    app.anon().get(&mail.link()).await.is(200).shows("Your interview with North");
}

#[actix_web::test]
async fn reminders_stop_at_a_cancellation_and_a_no_show() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"starts_at": "2026-03-04T10:00:00Z"})).await;
    does(&app, &world, id, "cancellation", json!({"reason": "Found."}), 1).await;
    for silent in ["2026-03-03T10:00:00Z", "2026-03-04T09:00:00Z"] {
        assert_eq!(reminded(&app, silent).await, Vec::<String>::new(), "{silent}");
    }
}

#[actix_web::test]
async fn a_changed_panel_is_reminded_once_as_it_is_now() {
    let app = App::new().await;
    let world = World::new(&app);
    let (newcomer, id) = (
        member(&app, &world, Role::Interviewer, "Nina New"),
        world.interview(&app, json!({"starts_at": "2026-03-04T10:00:00Z", "candidate": {"name": "Sofia"}})).await,
    );
    does(&app, &world, id, "seats", json!({"account_id": newcomer, "seat": "shadow"}), 1).await;
    app.token(world.lead).delete(&world.api(&format!("/interviews/{id}/seats/{}", world.lead))).await.is(200);
    let mut panel = vec![app.email_of(newcomer), app.email_of(world.interviewer)];
    panel.sort();
    assert_eq!(reminded(&app, "2026-03-03T10:00:00Z").await, panel);
    assert_eq!(reminded(&app, "2026-03-04T09:00:00Z").await, panel);
}
