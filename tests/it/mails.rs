//! Mails behind the wall, and what is left of their secrets.

use chrono::TimeDelta;
use fivefold::platform::db::Door;
use fivefold::platform::mail::{self, Mail};
use serde_json::json;

use crate::support::{App, World, texts};

/// A world with an invitation of its team and somebody's link to a new password in the outbox.
async fn with_mails(app: &App) -> World {
    let world = World::new(app);
    let invitation = json!({"role": "lead", "email": "nia@example.org"});
    app.token(world.owner).post_json(&world.api("/invitations"), invitation).await.is(201);
    app.anon().post_json("/api/v1/password-resets", json!({"email": app.email_of(world.lead)})).await.is(204);
    app.run_jobs().await;
    world
}

fn take(app: &App, door: Door) -> Option<Mail> {
    app.write(door, mail::take_unsent)
}

#[actix_web::test]
async fn a_mail_is_seen_behind_its_teams_door_and_one_of_no_team_by_the_operator_alone() {
    let app = App::new().await;
    let world = with_mails(&app).await;
    let (team, other) = (world.team.0, world.other_team.0);
    let seen = |door| app.write(door, |tx| Ok(texts(tx.conn(), "SELECT to_address FROM mails ORDER BY created_at")));
    let owner = Door::Person { account: world.owner.0, team };
    assert_eq!(seen(owner), ["nia@example.org"]);
    assert_eq!(seen(Door::System { team, reason: "test" }), ["nia@example.org"]);
    for door in
        [Door::Anybody, Door::Account(world.owner.0), Door::Person { account: world.outsider.0, team: other }, Door::Guest { team: other }]
    {
        assert_eq!(seen(door), Vec::<String>::new(), "{door:?}");
    }
    app.sql(&format!("UPDATE accounts SET operator_since = now() WHERE id = '{}'", world.owner));
    assert_eq!(seen(owner).len(), 2);
    app.sql(&format!("UPDATE accounts SET deactivated_at = now() WHERE id = '{}'", world.owner));
    assert_eq!(seen(owner), ["nia@example.org"]);
}

#[actix_web::test]
async fn nobodys_request_can_take_mails_as_the_sender_does() {
    let app = App::new().await;
    let world = with_mails(&app).await;
    for door in
        [Door::Person { account: world.owner.0, team: world.team.0 }, Door::Account(world.owner.0), Door::Guest { team: world.team.0 }]
    {
        assert!(take(&app, door).is_none(), "{door:?}");
    }
    assert_eq!(app.count("SELECT count(*) FROM mails WHERE sent_at IS NOT NULL"), 0);
}

#[actix_web::test]
async fn what_has_arrived_keeps_no_secret_and_what_has_not_keeps_it_for_the_next_try() {
    let app = App::new().await;
    with_mails(&app).await;
    let secrets = app.texts("SELECT secret FROM mails ORDER BY created_at, id");
    assert!(secrets.len() == 2 && secrets.iter().all(|secret| secret.len() > 40), "{secrets:?}");
    let first = take(&app, Door::Anybody).unwrap();
    assert!(first.body_text.contains(&secrets[0]) && first.body_html.contains(&secrets[0]));
    app.write(Door::Anybody, |tx| mail::settle(tx, first.id, false));

    let second = take(&app, Door::Anybody).expect("what failed holds no other up");
    assert_ne!(second.id, first.id);
    app.write(Door::Anybody, |tx| mail::settle(tx, second.id, true));
    assert!(take(&app, Door::Anybody).is_none(), "not before its time");
    let text = |id| app.text(&format!("SELECT body_text || body_html || coalesce(secret, '') FROM mails WHERE id = '{id}'"));
    assert!(!text(second.id).contains(&secrets[1]), "{}", text(second.id));
    assert!(text(second.id).contains("/…"), "{}", text(second.id));
    assert!(text(first.id).contains(&secrets[0]));

    app.advance(TimeDelta::seconds(31));
    assert_eq!(take(&app, Door::Anybody).map(|mail| mail.id), Some(first.id));
}

#[actix_web::test]
async fn a_server_that_dies_while_it_sends_leaves_a_secret_for_an_hour_at_most() {
    let app = App::new().await;
    with_mails(&app).await;
    while take(&app, Door::Anybody).is_some() {}
    let left = || app.count("SELECT count(*) FROM mails WHERE secret IS NOT NULL");
    app.advance(TimeDelta::minutes(59));
    take(&app, Door::Anybody);
    assert_eq!(left(), 2);
    app.advance(TimeDelta::minutes(2));
    take(&app, Door::Anybody);
    assert_eq!(left(), 0);
    let owner_sees = app.texts("SELECT body_text FROM mails WHERE team_id IS NOT NULL");
    assert!(owner_sees[0].contains("/join/…"), "{owner_sees:?}");
}
