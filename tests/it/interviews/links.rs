//! Candidates' links: into one interview without an account.

use chrono::TimeDelta;
use fivefold::policy::InterviewId;
use serde_json::{Value, json};

use super::both::{DOORS, Door};
use super::{ended, link, started};
use crate::support::{App, Client, Options, World};

/// A link that the lead makes, from its path on.
async fn made(app: &App, world: &World, id: InterviewId, body: Value) -> String {
    let given = app.token(world.lead).post_json(&world.api(&format!("/interviews/{id}/candidate-links")), body).await.is(201).json();
    path_of(given["url"].as_str().unwrap())
}

fn path_of(url: &str) -> String {
    url.strip_prefix("http://localhost:8080").unwrap_or_else(|| panic!("elsewhere: {url}")).to_owned()
}

/// A stranger's browser that has come in by a link.
async fn guest(app: &App, link: &str) -> Client {
    let browser = app.anon();
    browser.post_form(link, json!({})).await.leads();
    browser
}

async fn listed(app: &App, world: &World, id: InterviewId) -> Vec<Value> {
    let list = app.token(world.lead).get(&world.api(&format!("/interviews/{id}/candidate-links"))).await.is(200).json();
    list["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_links_address_is_told_once_and_kept_nowhere() {
    let app = App::new().await;
    let world = World::new(&app);
    for door in DOORS {
        let id = world.interview(&app, json!({"candidate": {"name": "No Address"}})).await;
        let path = format!("/interviews/{id}/candidate-links");
        let page = app.signed_in(world.lead);
        let url = match door {
            Door::Program => {
                let answer = app.token(world.lead).post_json(&world.api(&path), json!({})).await.is(201);
                assert_eq!(answer.location(), world.api(&format!("{path}/{}", answer.id())));
                answer.json()["url"].as_str().unwrap().to_owned()
            }
            Door::Page => {
                let shown = page.post_form(&world.page(&path), [("days", "")]).await.is(201).shows("It is shown this once.").text();
                shown.split("id=\"fresh-link\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
            }
        };
        let token = url.rsplit('/').next().unwrap();
        app.anon().get(&path_of(&url)).await.is(200).shows("Your interview with North");
        let later = [page.get(&world.page(&path)).await.is(200), app.token(world.lead).get(&world.api(&path)).await.is(200)];
        assert!(later.iter().all(|answer| !answer.says(token) && answer.says("Lena Lead")));
        assert_eq!(app.count(&format!("SELECT count(*) FROM candidate_links WHERE candidate_links::text LIKE '%{token}%'")), 0);
        let ends = listed(&app, &world, id).await[0]["expires_at"].clone();
        assert_eq!(ends, "2026-04-02T11:00:00Z", "30 days after the interview");
    }
}

#[actix_web::test]
async fn a_look_uses_nothing_up_and_each_coming_in_is_counted() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"candidate": {"name": "Sofia Marin"}, "place": "Room 4"})).await;
    let link = made(&app, &world, id, json!({})).await;
    let scanner = app.anon();
    for _ in 0..2 {
        let shown = scanner.get(&link).await.is(200);
        assert!(shown.header("Set-Cookie").is_empty(), "a program that follows links is let in nowhere");
        shown.shows("Hello Sofia Marin").shows("Room 4").shows("Ines Interviewer").shows("(Berlin)").hides("Lead interviewer");
    }
    assert_eq!(listed(&app, &world, id).await[0]["uses"], 0);

    app.advance(TimeDelta::minutes(3));
    let browser = app.anon();
    let came = browser.post_form(&link, json!({})).await;
    assert_eq!(came.leads(), world.page(&format!("/interviews/{id}")));
    let cookie = came.header("Set-Cookie").to_owned();
    for part in ["guest=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Secure"), "on http a browser would drop it");
    guest(&app, &link).await;
    let listed = listed(&app, &world, id).await;
    assert_eq!((&listed[0]["uses"], &listed[0]["last_used_at"]), (&json!(2), &json!("2026-03-02T09:03:00Z")));
    app.signed_in(world.lead).get(&world.page(&format!("/interviews/{id}/candidate-links"))).await.is(200).shows("2 times").shows("09:03");
}

#[actix_web::test]
async fn over_https_the_guests_cookie_is_secure() {
    let app = App::with(Options { base_url: "https://fivefold.example", ..Options::default() }).await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({})).await;
    let path = world.api(&format!("/interviews/{id}/candidate-links"));
    let given = app.token(world.lead).post_json(&path, json!({})).await.is(201).json();
    let link = given["url"].as_str().unwrap().strip_prefix("https://fivefold.example").unwrap().to_owned();
    let came = app.anon().post_form(&link, json!({})).await;
    assert!(came.header("Set-Cookie").contains("Secure"), "{}", came.header("Set-Cookie"));
}

#[actix_web::test]
async fn a_guest_sees_their_own_interview_and_nothing_else() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"candidate": {"name": "Sofia"}, "instructions": "canary-instructions"})).await;
    let other = world.interview(&app, json!({"candidate": {"name": "Other"}})).await;
    started(&app, &world, other);
    let guest = guest(&app, &made(&app, &world, id, json!({})).await).await;
    let own = format!("/interviews/{id}");
    let invitation = guest.get(&world.page(&own)).await.is(200).shows("Your interview with North").shows("Add to your calendar");
    invitation.hides("canary-instructions").hides("Lead interviewer").hides("Reschedule");
    let view = guest.get(&world.api(&own)).await.is(200).json();
    assert_eq!(view["people"], json!(["Ines Interviewer", "Lena Lead"]));
    guest.get(&world.page(&format!("{own}/room"))).await.is(200);
    guest.get(&world.page(&format!("{own}/calendar.ics"))).await.is(200);
    guest.get(&world.page(&format!("{own}/kit"))).await.is(403);
    for rest in [format!("/interviews/{other}"), format!("/interviews/{other}/room"), format!("/interviews/{other}/calendar.ics")] {
        guest.get(&world.page(&rest)).await.is(404);
        guest.get(&world.api(&rest)).await.is(404);
    }
    for rest in ["/interviews", "/candidates", "/members", "/rubrics"] {
        guest.get(&world.api(rest)).await.is(403);
    }
    let elsewhere = guest.get(&format!("/api/v1/teams/{}/interviews", world.other_team)).await;
    assert!(matches!(elsewhere.status, 401 | 404), "{}", elsewhere.status);
}

#[actix_web::test]
async fn what_is_no_link_is_404_and_what_is_over_is_410_and_the_guest_is_out() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"candidate": {"name": "Sofia"}})).await;
    for nothing in ["/interview-links/no-such-token", "/interview-links/x"] {
        app.anon().get(nothing).await.is(404).shows("This page is not here");
        app.anon().post_form(nothing, json!({})).await.is(404);
    }
    let invited = app.token(world.owner).post_json(&world.api("/invitations"), json!({"role": "lead"})).await.is(201).json();
    let token = invited["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    app.anon().get(&format!("/interview-links/{token}")).await.is(404);

    for door in DOORS {
        let link = made(&app, &world, id, json!({})).await;
        let guest = guest(&app, &link).await;
        let working = listed(&app, &world, id).await.into_iter().find(|link| link["revoked_at"].is_null()).unwrap();
        let made = working["id"].as_str().unwrap().to_owned();
        let path = format!("/interviews/{id}/candidate-links/{made}");
        let revoke = async || match door {
            Door::Program => app.token(world.lead).delete(&world.api(&path)).await,
            Door::Page => app.signed_in(world.lead).post_form(&world.page(&format!("{path}/revocation")), json!({})).await,
        };
        assert!(matches!(revoke().await.status, 204 | 303));
        revoke().await.is(404);
        app.anon().get(&link).await.is(410).shows("This link is over");
        app.anon().post_form(&link, json!({})).await.is(410);
        guest.get(&world.api(&format!("/interviews/{id}"))).await.is(401);
        assert!(guest.get(&world.page(&format!("/interviews/{id}/room"))).await.leads().starts_with("/sign-in"));
    }
    let short = made(&app, &world, id, json!({"days": 1})).await;
    let late = guest(&app, &short).await;
    app.advance(TimeDelta::days(1));
    app.anon().get(&short).await.is(410);
    app.anon().post_form(&short, json!({})).await.is(410);
    late.get(&world.api(&format!("/interviews/{id}"))).await.is(401);
    app.signed_in(world.lead).get(&world.page(&format!("/interviews/{id}/candidate-links"))).await.shows("Run out").shows("Taken back");
    app.leave_jobs();
}

#[actix_web::test]
async fn a_link_of_another_interview_is_not_taken_back_here() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"candidate": {"name": "Sofia"}})).await;
    let other = world.interview(&app, json!({"candidate": {"name": "Other"}})).await;
    let link = made(&app, &world, other, json!({})).await;
    let of_other = listed(&app, &world, other).await[0]["id"].as_str().unwrap().to_owned();
    for link in [&of_other, "seven", &uuid::Uuid::new_v4().to_string()] {
        let path = format!("/interviews/{id}/candidate-links/{link}");
        app.token(world.lead).delete(&world.api(&path)).await.is(404);
        app.signed_in(world.lead).post_form(&world.page(&format!("{path}/revocation")), json!({})).await.is(404);
    }
    app.anon().get(&link).await.is(200);
}

#[actix_web::test]
async fn a_link_lives_1_to_365_days() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"candidate": {"name": "Sofia"}})).await;
    let path = format!("/interviews/{id}/candidate-links");
    for days in [0, -1, 366] {
        app.token(world.lead).post_json(&world.api(&path), json!({"days": days})).await.refuses("days");
        app.signed_in(world.lead).post_form(&world.page(&path), [("days", days)]).await.refuses("days");
    }
    let typed = app.signed_in(world.lead).post_form(&world.page(&path), [("days", "a week")]).await.refuses("days");
    assert_eq!(typed.typed("days").as_deref(), Some("a week"));
    app.token(world.lead).post_json(&world.api(&path), json!({"days": "7"})).await.is(400).shows("days");
    made(&app, &world, id, json!({"days": 365})).await;
    assert_eq!(listed(&app, &world, id).await[0]["expires_at"], "2027-03-02T09:00:00Z");
}

#[actix_web::test]
async fn what_does_not_take_place_gets_no_new_link_and_its_links_are_still_to_be_seen() {
    let app = App::new().await;
    let world = World::new(&app);
    let draft = world.interview(&app, json!({"candidate": {"name": "Draft"}, "draft": true})).await;
    let path = |id| format!("/interviews/{id}/candidate-links");
    app.token(world.lead).post_json(&world.api(&path(draft)), json!({})).await.is(409).shows("draft");
    app.signed_in(world.lead).get(&world.page(&path(draft))).await.is(409);
    let id = world.interview(&app, json!({})).await;
    Door::Page.done(Door::Page.does(&app, &world, id, ("cancellation", json!({"reason": "x"}), 1)).await);
    app.token(world.lead).post_json(&world.api(&path(id)), json!({})).await.is(409);
    app.signed_in(world.lead).post_form(&world.page(&path(id)), [("days", "")]).await.is(409);
    let page = app.signed_in(world.lead).get(&world.page(&path(id))).await.is(200);
    page.shows("sofia@example.com").shows("Take back").hides("Make the link");
}

#[actix_web::test]
async fn an_invitation_by_mail_carries_a_way_in_that_needs_no_account() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({})).await;
    let mail = app.mails().into_iter().find(|mail| mail.to_address == "sofia@example.com").unwrap();
    assert!(mail.link().starts_with("/interview-links/"), "{}", mail.body_text);
    let guest = guest(&app, &mail.link()).await;
    guest.get(&world.page(&format!("/interviews/{id}"))).await.is(200).shows("Your interview with North");
    let listed = listed(&app, &world, id).await;
    assert_eq!((listed.len(), &listed[0]["mailed_to"], &listed[0]["uses"]), (1, &json!("sofia@example.com"), &json!(1)));

    // Who has an account comes in with it.
    app.advance(TimeDelta::seconds(1));
    let candidate = app.text("SELECT id FROM candidates");
    link(&app, &candidate, world.candidate);
    let again = world.interview(&app, json!({"candidate": null, "candidate_id": candidate, "starts_at": "2026-03-09T10:00:00Z"})).await;
    let mail = app.mails().into_iter().rfind(|mail| mail.to_address == "sofia@example.com").unwrap();
    assert_eq!(mail.link(), world.page(&format!("/interviews/{again}")));
}

#[actix_web::test]
async fn a_reschedule_prolongs_what_was_mailed_and_revives_nothing() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({})).await;
    let mailed = app.mails().into_iter().find(|mail| mail.to_address == "sofia@example.com").unwrap().link();
    let short = made(&app, &world, id, json!({"days": 1})).await;
    let own = made(&app, &world, id, json!({"days": 60})).await;
    let revoked = made(&app, &world, id, json!({})).await;
    let newest = listed(&app, &world, id).await;
    let revoked_id =
        newest.iter().find(|link| link["expires_at"] == "2026-04-02T11:00:00Z" && link["mailed_to"].is_null()).unwrap()["id"].clone();
    let path = format!("/interviews/{id}/candidate-links/{}", revoked_id.as_str().unwrap());
    app.token(world.lead).delete(&world.api(&path)).await.is(204);
    app.advance(TimeDelta::hours(25));
    let later = json!({"starts_at": "2026-06-01T10:00:00Z", "reason": "Ill."});
    Door::Program.done(Door::Program.does(&app, &world, id, ("schedule", later, 1)).await);
    let ends = |list: &[Value]| list.iter().map(|link| link["expires_at"].as_str().unwrap()[..10].to_owned()).collect::<Vec<_>>();
    // Newest first: the one of the new mail, then those made by hand, then the first mail's.
    let after = listed(&app, &world, id).await;
    let mut ends = ends(&after);
    ends.sort();
    assert_eq!(ends, ["2026-03-03", "2026-04-02", "2026-05-01", "2026-07-01", "2026-07-01"]);
    for (link, status) in [(&mailed, 200), (&own, 200), (&short, 410), (&revoked, 410)] {
        app.anon().get(link).await.is(status);
    }
    app.leave_jobs();
}

#[actix_web::test]
async fn who_is_of_the_team_follows_a_link_as_themselves() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"candidate": {"name": "Sofia"}})).await;
    let link = made(&app, &world, id, json!({})).await;
    let lead = app.signed_in(world.lead);
    lead.get(&link).await.is(200).shows("You are signed in as Lena Lead");
    let came = lead.post_form(&link, json!({})).await;
    assert_eq!(came.leads(), world.page(&format!("/interviews/{id}")));
    assert_eq!(lead.cookie("guest"), None);
    assert_eq!(listed(&app, &world, id).await[0]["uses"], 0, "the candidate did not come");

    let stranger = app.signed_in(world.outsider);
    stranger.get(&link).await.is(200).hides("You are signed in as");
    stranger.post_form(&link, json!({})).await.leads();
    stranger.get(&world.page(&format!("/interviews/{id}"))).await.is(200).shows("Your interview with North");
}

#[actix_web::test]
async fn a_long_list_of_links_costs_one_query() {
    let app = App::new().await;
    let world = World::new(&app);
    let id = world.interview(&app, json!({"candidate": {"name": "Sofia"}})).await;
    let (page, api) = (world.page(&format!("/interviews/{id}/candidate-links")), world.api(&format!("/interviews/{id}/candidate-links")));
    let mut costs = Vec::new();
    for count in [1, 20] {
        for _ in 0..count {
            made(&app, &world, id, json!({})).await;
        }
        let (_, by_page) = app.queries(app.signed_in(world.lead).get(&page)).await;
        let (_, by_api) = app.queries(app.token(world.lead).get(&api)).await;
        costs.push((by_page.len(), by_api.len()));
    }
    assert_eq!(costs[0], costs[1]);
    assert!(costs[0].1 <= 6, "{costs:?}");
    ended(&app, &world, id);
}
