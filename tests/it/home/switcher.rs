//! From team to team: the switcher, and where the bare address leads.

use fivefold::platform::config::SignUp;
use fivefold::policy::{Mode, Role};
use serde_json::json;

use crate::support::{App, Options, PASSWORD, World};

#[actix_web::test]
async fn the_switcher_names_each_team_with_the_role_in_it_and_the_personal_one_personal() {
    let app = App::with(Options { sign_up: SignUp::Open, ..Options::default() }).await;
    let world = World::new(&app);
    let new = json!({"name": "Nora New", "email": "nora@example.com", "password": PASSWORD, "time_zone": "UTC"});
    let entered = app.anon().post_json("/api/v1/accounts", new).await.is(201).json();
    let id = app.text("SELECT id FROM accounts WHERE email = 'nora@example.com'").parse().unwrap();
    assert!(entered["token"].is_string() || entered["sign_in"].is_object(), "{entered}");
    app.sql(&format!(
        "INSERT INTO memberships (team_id, account_id, role, created_at) VALUES ('{}', '{id}', 'lead', '{}')",
        world.team,
        app.now().to_rfc3339()
    ));
    let page = app.signed_in(id).get(&world.page("")).await.is(200);
    page.shows("North").shows("Lead").shows("Personal").hides("Nora New (personal)");
}

#[actix_web::test]
async fn the_bare_address_leads_to_the_team_one_was_in_last_else_to_the_first_shared_one() {
    let app = App::new().await;
    let world = World::new(&app);
    let second = app.team("Aardvark", Mode::Mock, world.outsider);
    app.sql(&format!(
        "INSERT INTO memberships (team_id, account_id, role, created_at) VALUES ('{second}', '{}', '{}', '{}')",
        world.interviewer,
        Role::Interviewer,
        app.now().to_rfc3339()
    ));
    let browser = app.signed_in(world.interviewer);
    assert_eq!(browser.get("/").await.is(303).location(), format!("/teams/{second}"), "the first by name");
    browser.get(&world.page("")).await.is(200);
    assert_eq!(browser.get("/").await.is(303).location(), world.page(""), "where they were last");
    browser.get(&format!("/teams/{second}/interviews")).await.is(200);
    assert_eq!(browser.get("/").await.is(303).location(), format!("/teams/{second}"));
    app.sql(&format!("UPDATE memberships SET removed_at = created_at WHERE team_id = '{second}' AND account_id = '{}'", world.interviewer));
    assert_eq!(browser.get("/").await.is(303).location(), world.page(""), "no way to where they are no more");
    browser.with_cookie("team", "nonsense").get("/").await.is(303);
}
