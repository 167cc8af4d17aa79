//! Roles swapped half-way: one booking, two interviews.

use chrono::TimeDelta;
use fivefold::policy::{AccountId, InterviewId, Mode, Role};
use serde_json::{Value, json};

use super::both::{DOORS, Door, view};
use super::{form, link, member, questions};
use crate::support::{App, World, merge};

/// A mock interview of somebody with an account by the interviewer, and the second half planned after it.
async fn halves(app: &App, world: &World, door: Door) -> (InterviewId, InterviewId, AccountId) {
    let first = door.interview(app, world, json!({"place": "Room 4", "extra_minutes": 10, "question_ids": questions(app, 4)})).await;
    let candidate = member(app, world, Role::Candidate, "Cleo Candidate");
    link(app, view(app, world, first).await["candidate"]["id"].as_str().unwrap(), candidate);
    app.advance(TimeDelta::milliseconds(1));
    let path = format!("/interviews/{first}/swap");
    match door {
        Door::Program => app.token(world.lead).put_json(&world.api(&path), json!({})).await.is(200),
        Door::Page => app.signed_in(world.lead).post_form(&world.page(&path), [("", ""); 0]).await.is(303),
    };
    let half = view(app, world, first).await["other_half"].clone();
    assert_eq!(half["comes_first"], false);
    (first, half["interview_id"].as_str().unwrap().parse().unwrap(), candidate)
}

fn ids(plan: &Value) -> Vec<String> {
    plan["questions"].as_array().unwrap().iter().map(|question| question["question_id"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn the_second_half_follows_on_the_first_with_the_roles_swapped_and_other_questions() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    for door in DOORS {
        let mails = app.mails().len();
        let (first, second, candidate) = halves(&app, &world, door).await;
        let (one, other) = (view(&app, &world, first).await, view(&app, &world, second).await);
        assert_eq!(
            (&other["starts_at"], &other["minutes"], &other["place"], &other["level"]),
            (&one["ends_at"], &json!(60), &json!("Room 4"), &json!("mid"))
        );
        assert_eq!(other["seats"].as_array().unwrap().len(), 1);
        assert_eq!((&other["seats"][0]["account_id"], &other["seats"][0]["seat"]), (&json!(candidate), &json!("lead_interviewer")));
        assert_eq!(other["candidate"]["name"], "Ines Interviewer");
        assert_eq!(other["other_half"], json!({"interview_id": first, "comes_first": true}));
        assert!(
            !ids(&other).is_empty() && ids(&other).iter().all(|id| !ids(&one).contains(id)),
            "nobody is asked what they have just heard"
        );
        assert!(app.mails().len() >= mails + 2, "both are told");
        let account =
            app.text(&format!("SELECT account_id FROM candidates c JOIN interviews i ON i.candidate_id = c.id WHERE i.id = '{second}'"));
        assert_eq!(account, world.interviewer.to_string(), "who led the first half is the candidate of the second");
    }
    assert_eq!(app.count(&format!("SELECT count(*) FROM candidates WHERE account_id = '{}'", world.interviewer)), 1, "one record a person");
}

#[actix_web::test]
async fn the_second_half_is_moved_and_called_off_with_the_first_and_by_itself() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    for door in DOORS {
        let (first, second, _) = halves(&app, &world, door).await;
        let schedule = json!({"starts_at": "2026-03-05T14:00", "time_zone": "Asia/Kolkata", "minutes": 45, "extra_minutes": 0, "place": "Room 9", "reason": "The train is late."});
        door.done(door.does(&app, &world, first, ("schedule", schedule, 1)).await);
        let moved = view(&app, &world, second).await;
        assert_eq!(
            (&moved["starts_at"], &moved["minutes"], &moved["place"]),
            (&json!("2026-03-05T09:15:00Z"), &json!(60), &json!("Room 9"))
        );
        let alone = json!({"starts_at": "2026-03-06T14:00", "time_zone": "Asia/Kolkata", "minutes": 60, "extra_minutes": 0, "place": "Room 9", "reason": "Tomorrow."});
        door.done(door.does(&app, &world, second, ("schedule", alone, 2)).await);
        assert_eq!(view(&app, &world, first).await["starts_at"], "2026-03-05T08:30:00Z", "the first stays");
        door.done(door.does(&app, &world, first, ("cancellation", json!({"reason": "Ill."}), 2)).await);
        let off = view(&app, &world, second).await;
        assert_eq!((&off["stage"], &off["changes"][0]["reason"]), (&json!("cancelled"), &json!("Ill.")));
    }
}

#[actix_web::test]
async fn roles_are_swapped_once_in_mock_interviews_between_people_with_accounts() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    let (first, second, _) = halves(&app, &world, Door::Program).await;
    let swap = |id: InterviewId| {
        let (lead, path) = (app.token(world.lead), world.api(&format!("/interviews/{id}/swap")));
        async move { lead.put_json(&path, json!({})).await.is(409).json()["type"].as_str().unwrap().to_owned() }
    };
    assert!(swap(first).await.ends_with("/swapped"));
    assert!(swap(second).await.ends_with("/swapped"), "there are two halves, not three");
    let stranger = world.interview(&app, json!({"candidate": {"name": "Sofia Stranger"}})).await;
    assert!(swap(stranger).await.ends_with("/no-account"));
    let hiring = world.interview(&app, json!({"candidate": {"name": "Sofia Hired"}, "mode": "hiring"})).await;
    assert!(swap(hiring).await.ends_with("/not-mock"));
    let page = app.signed_in(world.lead).get(&world.page(&format!("/interviews/{first}"))).await.is(200).text();
    assert!(page.contains("The second half") && !page.contains("Swap roles half-way"), "{page}");
}

#[actix_web::test]
async fn who_comes_out_of_the_first_half_is_led_to_the_second() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    let (first, second, candidate) = halves(&app, &world, Door::Program).await;
    let observer = member(&app, &world, Role::Interviewer, "Oda Observer");
    let seat = json!({"account_id": observer, "seat": "observer"});
    app.token(world.lead).if_match(1).post_json(&world.api(&format!("/interviews/{first}/seats")), seat).await.is(201);
    super::ended(&app, &world, first);
    let there = world.page(&format!("/interviews/{second}/room"));
    for (who, led) in [(candidate, true), (world.interviewer, true), (observer, false)] {
        let over = app.signed_in(who).get(&world.page(&format!("/interviews/{first}/room"))).await.is(200).text();
        assert_eq!(over.contains(&there), led, "{over}");
    }
    app.signed_in(candidate).get(&there).await.is(200);
}

#[actix_web::test]
async fn in_a_team_that_hires_roles_are_swapped_between_candidates_only_and_the_page_says_why() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"mode": "mock"})).await;
    let candidate = member(&app, &world, Role::Candidate, "Cleo Candidate");
    link(&app, view(&app, &world, id).await["candidate"]["id"].as_str().unwrap(), candidate);
    let path = format!("/interviews/{id}/swap");
    let refused = app.token(world.lead).put_json(&world.api(&path), json!({})).await.is(409).json();
    assert!(refused["type"].as_str().unwrap().ends_with("/no-candidate"), "{refused}");
    let page = app.signed_in(world.lead).post_form(&world.page(&path), [("", ""); 0]).await.is(409).text();
    assert!(page.contains("Ines Interviewer cannot be a candidate of this team") && !page.contains("#account_id"), "{page}");
    assert_eq!(app.count("SELECT count(*) FROM interviews"), 1, "nothing is left of it");

    app.sql(&format!("UPDATE memberships SET role = 'candidate' WHERE account_id = '{}'", world.interviewer));
    app.token(world.lead).put_json(&world.api(&path), json!({})).await.is(200);
}

const TICKED: &str = r#"name="swap_roles" value="true" checked"#;

/// A record of a member with the role candidate, for the planner.
async fn record(app: &App, world: &World, name: &str) -> (String, AccountId) {
    let account = member(app, world, Role::Candidate, name);
    let body = json!({"name": name, "account_id": account});
    (app.token(world.lead).post_json(&world.api("/candidates"), body).await.is(201).id(), account)
}

/// Plans through this door; gives the interview's id.
async fn planned(app: &App, world: &World, door: Door, plan: &Value) -> InterviewId {
    match door {
        Door::Program => app.token(world.lead).post_json(&world.api("/interviews"), plan).await.is(201).id().parse().unwrap(),
        Door::Page => {
            let done = app.signed_in(world.lead).post_form(&world.page("/interviews"), form(plan)).await.is(303);
            done.location().rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap()
        }
    }
}

#[actix_web::test]
async fn the_second_half_is_planned_with_the_first_where_the_plan_says_so() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    for (door, name) in [(Door::Program, "Cleo Candidate"), (Door::Page, "Dora Candidate")] {
        let (candidate, account) = record(&app, &world, name).await;
        let wanted =
            json!({"candidate": null, "candidate_id": candidate, "mode": "mock", "swap_roles": true, "question_ids": questions(&app, 4)});
        let plan = merge(world.plan(&app), wanted);
        // A draft keeps the wish and plans nothing yet.
        let draft = planned(&app, &world, door, &merge(plan.clone(), json!({"draft": true}))).await;
        let kept = view(&app, &world, draft).await;
        assert_eq!((&kept["swap_roles"], kept.get("other_half")), (&json!(true), None));
        let page = app.signed_in(world.lead).get(&world.page(&format!("/interviews/{draft}"))).await.is(200);
        page.shows("the second half is planned with this one");
        let again = app.signed_in(world.lead).get(&world.page(&format!("/interviews/{draft}/edit"))).await.is(200);
        assert!(again.text().contains(TICKED), "{}", again.text());
        // Planned, it has its other half at once, and both are told.
        let (mails, rest) = (app.mails().len(), merge(plan.clone(), json!({"draft": null})));
        match door {
            Door::Program => {
                app.token(world.lead).if_match(1).put_json(&world.api(&format!("/interviews/{draft}")), rest).await.is(200);
            }
            Door::Page => {
                let fields = [form(&rest), vec![("version".into(), "1".into())]].concat();
                app.signed_in(world.lead).post_form(&world.page(&format!("/interviews/{draft}/edit")), fields).await.is(303);
            }
        }
        assert_eq!(view(&app, &world, draft).await["other_half"]["comes_first"], false);
        assert!(app.mails().len() >= mails + 2);
        let first = planned(&app, &world, door, &plan).await;
        let half = view(&app, &world, first).await["other_half"]["interview_id"].clone();
        let second = view(&app, &world, half.as_str().unwrap().parse().unwrap()).await;
        assert_eq!((&second["seats"][0]["account_id"], &second["candidate"]["name"]), (&json!(account), &json!("Ines Interviewer")));
        assert_eq!(second["swap_roles"], false, "a second half has no third");
    }
}

#[actix_web::test]
async fn a_second_half_that_cannot_be_is_said_at_its_box_and_nothing_is_planned() {
    let app = App::new().await;
    let world = World::of(&app, Mode::Mock);
    let (candidate, _) = record(&app, &world, "Cleo Candidate").await;
    let hiring = json!({"candidate": null, "candidate_id": candidate, "mode": "hiring"});
    for (changes, words) in [(hiring, "mock interviews only"), (json!({"mode": "mock"}), "Invite them")] {
        let plan = merge(merge(world.plan(&app), changes), json!({"swap_roles": true, "question_ids": questions(&app, 2)}));
        app.token(world.lead).post_json(&world.api("/interviews"), &plan).await.refuses("swap_roles");
        let page = app.signed_in(world.lead).post_form(&world.page("/interviews"), form(&plan)).await.refuses("swap_roles");
        assert!(page.says(words) && page.text().contains(TICKED), "{}", page.text());
    }
    assert_eq!(app.count("SELECT count(*) FROM interviews"), 0);
}
