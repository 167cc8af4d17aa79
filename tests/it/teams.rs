//! Teams, members and invitations.

use chrono::TimeDelta;
use fivefold::platform::db::Door;
use fivefold::policy::{AccountId, Mode, Role};
use serde_json::{Value, json};

use crate::support::{App, PASSWORD, World};

fn newcomer(email: &str) -> Value {
    json!({"name": "Nia", "email": email, "password": PASSWORD, "time_zone": "UTC"})
}

/// An invitation over the API: its id and its link's path.
async fn invite(app: &App, world: &World, owner: AccountId, input: Value) -> (String, String) {
    let given = app.token(owner).post_json(&world.api("/invitations"), input).await.is(201).json();
    let path = given["url"].as_str().unwrap().strip_prefix("http://localhost:8080").unwrap().to_owned();
    (given["id"].as_str().unwrap().to_owned(), path)
}

fn acceptance(path: &str) -> String {
    format!("/api/v1/invitations/{}/acceptance", path.rsplit('/').next().unwrap())
}

// Where everybody is sent.

#[actix_web::test]
async fn the_start_leads_to_sign_in_and_then_to_the_first_shared_team() {
    let app = App::new().await;
    let world = World::new(&app);
    assert_eq!(app.anon().get("/").await.leads(), "/sign-in");
    assert_eq!(app.signed_in(world.owner).get("/").await.leads(), world.page(""));
    let alone = app.account("Alone");
    let personal = app.token(alone).get("/api/v1/me").await.json()["teams"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(app.signed_in(alone).get("/").await.leads(), format!("/teams/{personal}"));
}

// Invitations.

#[actix_web::test]
async fn an_invitation_lets_one_new_person_in_and_its_link_is_shown_once() {
    let app = App::new().await;
    let world = World::new(&app);
    let owner = app.signed_in(world.owner);
    let page = owner.post_form(&world.page("/invitations"), json!({"role": "interviewer", "email": "", "days": "7"})).await.is(201);
    let link = page.text().split("/join/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let link = format!("/join/{link}");
    owner.get(&world.page("/invitations")).await.is(200).hides(&link);
    assert_eq!(app.count("SELECT count(*) FROM invitations WHERE length(token_hash) = 32"), 1);

    let browser = app.anon();
    browser.get(&link).await.is(200);
    browser.get(&link).await.is(200).shows("Olive Owner invites you to the team as an interviewer");
    assert_eq!(browser.post_form(&link, newcomer("nia@example.org")).await.leads(), world.page(""));
    let me = browser.get("/api/v1/me").await.is(200).json();
    assert_eq!((me["teams"][0]["name"].as_str(), me["teams"][0]["role"].as_str()), (Some("North"), Some("interviewer")));

    app.anon().get(&link).await.is(410);
    app.anon().post_form(&link, newcomer("second@example.org")).await.is(410);
    app.anon().post_json(&acceptance(&link), newcomer("second@example.org")).await.is(410);
    assert_eq!(app.count("SELECT count(*) FROM accounts WHERE email = 'second@example.org'"), 0);
    app.anon().get("/join/unknown").await.is(404);
}

#[actix_web::test]
async fn who_is_signed_in_joins_with_their_account() {
    let app = App::new().await;
    let world = World::new(&app);
    let (_, link) = invite(&app, &world, world.owner, json!({"role": "lead"})).await;
    let accounts = app.count("SELECT count(*) FROM accounts");
    app.signed_in(world.outsider).get(&link).await.is(200).shows("Otto Outsider");
    let entered = app.token(world.outsider).post_json(&acceptance(&link), json!({})).await.is(201).json();
    assert_eq!(entered["team_id"], world.team.to_string());
    assert_eq!(app.count("SELECT count(*) FROM accounts"), accounts);
    app.token(world.outsider).get(&world.api("/members")).await.is(200);
}

#[actix_web::test]
async fn who_is_in_the_team_already_uses_no_invitation_up() {
    let app = App::new().await;
    let world = World::new(&app);
    let (_, link) = invite(&app, &world, world.owner, json!({"role": "owner"})).await;
    app.token(world.lead).post_json(&acceptance(&link), json!({})).await.is(409);
    app.signed_in(world.lead).post_form(&link, json!({})).await.is(409).shows("in the team already");
    app.anon().get(&link).await.is(200);
}

#[actix_web::test]
async fn an_invitation_runs_out_and_can_be_taken_back() {
    let app = App::new().await;
    let world = World::new(&app);
    let (_, short) = invite(&app, &world, world.owner, json!({"role": "lead", "days": 1})).await;
    app.advance(TimeDelta::minutes(1));
    let (id, taken) = invite(&app, &world, world.owner, json!({"role": "lead", "days": 30})).await;
    app.advance(TimeDelta::hours(25));
    app.anon().get(&short).await.is(410).shows("has run out");
    app.anon().get(&taken).await.is(200);
    app.token(world.owner).delete(&world.api(&format!("/invitations/{id}"))).await.is(204);
    app.anon().get(&taken).await.is(410).shows("was taken back");
    app.anon().post_form(&taken, newcomer("nia@example.org")).await.is(410);

    let list = app.token(world.owner).get(&world.api("/invitations")).await.is(200).json();
    let states: Vec<_> = list["items"].as_array().unwrap().iter().map(|item| item["state"].as_str().unwrap().to_owned()).collect();
    assert_eq!(states, ["revoked", "expired"], "newest first");
}

#[actix_web::test]
async fn an_invitation_is_for_one_to_thirty_days_a_role_and_a_sound_address() {
    let app = App::new().await;
    let world = World::new(&app);
    let (owner, api) = (app.signed_in(world.owner), app.token(world.owner));
    for (field, input) in [
        ("days", json!({"role": "lead", "days": "0"})),
        ("days", json!({"role": "lead", "days": "31"})),
        ("days", json!({"role": "lead", "days": "soon"})),
        ("role", json!({"role": "king", "days": "7"})),
        ("email", json!({"role": "lead", "days": "7", "email": "nowhere"})),
    ] {
        owner.post_form(&world.page("/invitations"), &input).await.refuses(field);
        api.post_json(&world.api("/invitations"), &input).await.refuses(field);
    }
    assert_eq!(app.count("SELECT count(*) FROM invitations"), 0);
}

#[actix_web::test]
async fn an_invitation_with_an_address_is_mailed_for_its_team() {
    let app = App::new().await;
    let world = World::new(&app);
    let (_, link) = invite(&app, &world, world.owner, json!({"role": "candidate", "email": "nia@example.org"})).await;
    let mails = app.mails();
    assert_eq!((mails.len(), mails[0].to_address.as_str()), (1, "nia@example.org"));
    assert_eq!(mails[0].link(), link);
    assert_eq!(app.count(&format!("SELECT count(*) FROM mails WHERE team_id = '{}'", world.team)), 1);
    let page = app.anon().get(&link).await.is(200);
    assert_eq!(page.typed("email").as_deref(), Some("nia@example.org"), "the form knows the address");
}

#[actix_web::test]
async fn who_stops_being_an_owner_leaves_no_open_invitation_behind() {
    let app = App::new().await;
    let world = World::new(&app);
    let second = app.member(world.team, Role::Owner, "Second");
    let (_, way_back) = invite(&app, &world, second, json!({"role": "owner"})).await;
    app.token(world.owner).delete(&world.api(&format!("/members/{second}"))).await.is(204);
    app.token(second).post_json(&acceptance(&way_back), json!({})).await.is(410);
}

// Members.

#[actix_web::test]
async fn members_are_listed_by_page_and_addresses_are_for_those_who_write_to_people() {
    let app = App::new().await;
    let world = World::new(&app);
    let list = app.token(world.owner).get(&world.api("/members?limit=3")).await.is(200).json();
    let next = list["next_cursor"].as_str().unwrap();
    let rest = app.token(world.owner).get(&world.api(&format!("/members?limit=3&cursor={next}"))).await.is(200).json();
    let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
    let names: Vec<_> = [&list, &rest].iter().flat_map(|list| list["items"].as_array().unwrap()).map(name).collect();
    assert_eq!(names, ["Carl Candidate", "Ines Interviewer", "Lena Lead", "Olive Owner"]);
    assert_eq!(rest["next_cursor"], Value::Null);
    assert!(list["items"][0]["email"].is_string());

    let seen = app.token(world.interviewer).get(&world.api("/members")).await.is(200).json();
    assert_eq!(seen["items"][0].get("email"), None);
    app.token(world.candidate).get(&world.api("/members")).await.is(403);
    app.signed_in(world.candidate).get(&world.page("/members")).await.is(403);
}

#[actix_web::test]
async fn a_demotion_and_a_removal_act_on_the_next_request() {
    let app = App::new().await;
    let world = World::new(&app);
    let second = app.member(world.team, Role::Owner, "Second");
    let (owner, theirs) = (app.token(world.owner), app.token(second));
    let member = world.api(&format!("/members/{second}"));
    theirs.get(&world.api("/outbox")).await.is(200);
    owner.patch_json(&member, json!({"role": "interviewer"})).await.is(200);
    theirs.get(&world.api("/outbox")).await.is(403);
    theirs.get(&world.api("/members")).await.is(200);
    owner.delete(&member).await.is(204);
    theirs.get(&world.api("/members")).await.is(404);
    owner.delete(&member).await.is(404);
}

#[actix_web::test]
async fn only_owners_change_roles_and_remove() {
    let app = App::new().await;
    let world = World::new(&app);
    for role in [Role::Lead, Role::Interviewer, Role::Candidate] {
        let (api, page) = (app.token(world.with_role(role)), app.signed_in(world.with_role(role)));
        let path = format!("/members/{}", world.owner);
        api.patch_json(&world.api(&path), json!({"role": "candidate"})).await.is(403);
        api.delete(&world.api(&path)).await.is(403);
        page.post_form(&world.page(&format!("{path}/removal")), json!({})).await.is(403);
        api.post_json(&world.api("/invitations"), json!({"role": "owner"})).await.is(403);
        api.patch_json(&world.api(""), json!({"name": "Mine"})).await.is(403);
    }
}

#[actix_web::test]
async fn a_shared_team_keeps_an_owner() {
    let app = App::new().await;
    let world = World::new(&app);
    let (api, page) = (app.token(world.owner), app.signed_in(world.owner));
    let oneself = format!("/members/{}", world.owner);
    for answer in [
        api.patch_json(&world.api(&oneself), json!({"role": "lead"})).await,
        api.delete(&world.api(&oneself)).await,
        api.delete(&world.api("/membership")).await,
    ] {
        let problem = answer.is(409).json();
        assert!(problem["type"].as_str().unwrap().ends_with("/last-owner"), "{problem}");
    }
    page.post_form(&world.page(&oneself), json!({"role": "lead"})).await.is(409).shows("A team needs an owner");
    page.post_form(&world.page("/membership/end"), json!({})).await.is(409);

    api.patch_json(&world.api(&format!("/members/{}", world.lead)), json!({"role": "owner"})).await.is(200);
    assert_eq!(page.post_form(&world.page("/membership/end"), json!({})).await.leads(), "/");
    api.get(&world.api("/members")).await.is(404);
}

#[actix_web::test]
async fn two_owners_who_leave_at_once_leave_one_behind() {
    let app = App::new().await;
    let world = World::new(&app);
    let second = app.member(world.team, Role::Owner, "Second");
    let path = world.api("/membership");
    let (one, other) = (app.token(world.owner), app.token(second));
    let (one, other) = futures_util::join!(one.delete(&path), other.delete(&path));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409]);
    let owners = format!("SELECT count(*) FROM memberships WHERE team_id = '{}' AND role = 'owner' AND removed_at IS NULL", world.team);
    assert_eq!(app.count(&owners), 1);
}

// Teams.

#[actix_web::test]
async fn a_personal_team_is_for_one() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let client = app.token(ada);
    let team = client.get("/api/v1/me").await.json()["teams"][0]["id"].as_str().unwrap().to_owned();
    let api = format!("/api/v1/teams/{team}");
    for answer in [
        client.post_json(&format!("{api}/invitations"), json!({"role": "lead"})).await,
        client.delete(&format!("{api}/membership")).await,
        client.patch_json(&format!("{api}/members/{ada}"), json!({"role": "lead"})).await,
    ] {
        let problem = answer.is(409).json();
        assert!(problem["type"].as_str().unwrap().ends_with("/personal-team"), "{problem}");
    }
    client.patch_json(&api, json!({"mode": "hiring"})).await.refuses("mode");
    client.patch_json(&api, json!({"name": "My corner"})).await.is(200);
}

#[actix_web::test]
async fn anybody_with_an_account_makes_another_team_and_owners_change_it() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let input = json!({"name": "Second", "mode": "mock", "time_zone": "Europe/Berlin"});
    let home = app.signed_in(ada).post_form("/teams", &input).await.leads();
    let made = app.token(ada).post_json("/api/v1/teams", &input).await.is(201);
    let location = made.location().to_owned();
    assert_eq!(made.json()["role"], "owner");
    app.anon().post_json("/api/v1/teams", &input).await.is(401);
    app.token(ada).post_json("/api/v1/teams", json!({"name": "", "mode": "war", "time_zone": "UTC"})).await.refuses("mode");

    let changed = app.token(ada).patch_json(&location, json!({"mode": "hiring"})).await.is(200).json();
    assert_eq!((changed["name"].as_str(), changed["mode"].as_str()), (Some("Second"), Some("hiring")));
    let form = json!({"name": "Third", "mode": "mock", "time_zone": "UTC"});
    assert_eq!(app.signed_in(ada).post_form(&format!("{home}/settings"), form).await.leads(), format!("{home}/settings"));
    app.signed_in(ada).get(&format!("{home}/settings")).await.is(200).shows("Third");
}

#[actix_web::test]
async fn another_teams_things_do_not_exist() {
    let app = App::new().await;
    let world = World::new(&app);
    let (id, _) = invite(&app, &world, world.owner, json!({"role": "lead"})).await;
    let (api, page) = (app.token(world.outsider), app.signed_in(world.outsider));
    for rest in ["", "/members", "/invitations", "/outbox"] {
        api.get(&world.api(rest)).await.is(404);
    }
    for rest in ["/members", "/invitations", "/settings", "/outbox"] {
        page.get(&world.page(rest)).await.is(404);
    }
    api.patch_json(&world.api(""), json!({"name": "Mine"})).await.is(404);
    api.delete(&world.api(&format!("/members/{}", world.lead))).await.is(404);
    // Through one's own team's address, too.
    let own = format!("/api/v1/teams/{}", world.other_team);
    api.delete(&format!("{own}/invitations/{id}")).await.is(404);
    api.delete(&format!("{own}/members/{}", world.lead)).await.is(404);
    api.get("/api/v1/teams/not-an-id/members").await.is(404);
}

#[actix_web::test]
async fn behind_one_teams_door_row_security_hides_and_refuses_the_others_rows() {
    use diesel::RunQueryDsl as _;
    let app = App::new().await;
    let world = World::of(&app, Mode::Hiring);
    invite(&app, &world, world.owner, json!({"role": "lead"})).await;
    let door = Door::Person { account: world.outsider.0, team: world.other_team.0 };
    for table in ["memberships", "invitations"] {
        let mine = app.write(door, |tx| {
            let update = format!("UPDATE {table} SET role = 'candidate' WHERE team_id = '{}'", world.team);
            Ok(diesel::sql_query(update).execute(tx.conn())?)
        });
        assert_eq!(mine, 0, "{table} of another team is not there to be written");
    }
    let renamed = app.write(door, |tx| {
        Ok(diesel::sql_query(format!("UPDATE teams SET name = 'taken' WHERE id = '{}'", world.team)).execute(tx.conn())?)
    });
    assert_eq!(renamed, 0);
    let smuggled = app.server.db.write_here(door, |tx| {
        let insert = format!(
            "INSERT INTO memberships (team_id, account_id, role, created_at) VALUES ('{}', '{}', 'owner', now())",
            world.team, world.outsider
        );
        Ok(diesel::sql_query(insert).execute(tx.conn())?)
    });
    assert!(smuggled.is_err(), "row security lets no row into another team");
}

// Outbox.

#[actix_web::test]
async fn the_outbox_shows_owners_their_teams_mails_and_the_operator_the_servers_too() {
    let app = App::new().await;
    let world = World::new(&app);
    invite(&app, &world, world.owner, json!({"role": "lead", "email": "nia@example.org"})).await;
    app.anon().post_json("/api/v1/password-resets", json!({"email": app.email_of(world.lead)})).await.is(204);
    app.run_jobs().await;

    let owner = app.signed_in(world.owner);
    owner.get(&world.page("/outbox")).await.is(200).shows("nia@example.org").shows("sends no mail").hides("Choose a new password");
    let foreign = format!("/api/v1/teams/{}/outbox", world.other_team);
    assert_eq!(app.token(world.outsider).get(&foreign).await.is(200).json()["items"], json!([]));
    app.signed_in(world.lead).get(&world.page("/outbox")).await.is(403);

    app.sql(&format!("UPDATE accounts SET operator_since = now() WHERE id = '{}'", world.owner));
    owner.get(&world.page("/outbox")).await.is(200).shows("Choose a new password").shows("/password-reset/");
    app.sql("UPDATE mails SET sent_at = now() WHERE team_id IS NULL");
    owner.get(&world.page("/outbox")).await.is(200).shows("Choose a new password").hides("/password-reset/");
}
