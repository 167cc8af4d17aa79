//! Accounts and sign-ins.

use std::rc::Rc;

use chrono::TimeDelta;
use fivefold::platform::config::SignUp;
use fivefold::platform::db::Door;
use fivefold::{accounts, policy::AccountId};
use serde_json::json;

use crate::support::{App, Client, Options, PASSWORD, World};

/// The hash of [`PASSWORD`] as an older Fivefold might have made it.
const HASH_AT_LOWER_COSTS: &str = "$argon2id$v=19$m=8192,t=1,p=1$YW4gb2xkIHNhbHQgMDEyMw$wU5nbb2jTtDkEPCSCUWvZ92TXfHtM+CH+jROEQjIwr4";

const OTHER_PASSWORD: &str = "nine blue herons under Oslo";

// Set-up.

fn set_up_token(app: &App) -> String {
    app.write(Door::Anybody, accounts::offer_set_up).unwrap().as_str().to_owned()
}

fn first_owner(team_mode: &str) -> serde_json::Value {
    json!({
        "name": "Ada", "email": "ada@example.org", "password": PASSWORD, "time_zone": "Europe/Berlin",
        "team_name": "Backend", "team_mode": team_mode,
    })
}

#[actix_web::test]
async fn the_set_up_page_makes_the_first_owner_and_is_dead_afterwards() {
    let app = App::new().await;
    let token = set_up_token(&app);
    let browser = app.anon();
    browser.get("/").await.is(200).shows("Nobody has an account yet");
    let page = format!("/set-up/{token}");
    browser.get(&page).await.is(200).shows("Set up Fivefold");

    let home = browser.post_form(&page, first_owner("hiring")).await.leads();
    let me = browser.get("/api/v1/me").await.is(200).json();
    assert_eq!(home, format!("/teams/{}", me["teams"][0]["id"].as_str().unwrap()), "signed in at once, and at home");
    assert_eq!((me["teams"][0]["name"].as_str(), me["teams"][0]["role"].as_str()), (Some("Backend"), Some("owner")));
    assert_eq!(me["teams"][1]["personal"], true);

    browser.get(&page).await.is(404);
    app.anon().post_form(&page, first_owner("mock")).await.is(404);
    app.anon().post_json(&format!("/api/v1/set-up/{token}"), first_owner("mock")).await.is(404);
    assert!(app.write(Door::Anybody, accounts::offer_set_up).is_none(), "no new token once there is an account");
}

#[actix_web::test]
async fn set_up_over_the_api_gives_a_token_for_the_first_owner() {
    let app = App::new().await;
    let path = format!("/api/v1/set-up/{}", set_up_token(&app));
    app.anon().post_json(&path, json!({})).await.refuses("team_mode");
    let entered = app.anon().post_json(&path, first_owner("mock")).await.is(201).json();
    let client = app.bearer(entered["sign_in"]["token"].as_str().unwrap());
    assert_eq!(client.get("/api/v1/me").await.is(200).json()["teams"][0]["id"], entered["team_id"]);
}

#[actix_web::test]
async fn a_set_up_link_is_replaced_by_the_next_start_and_lasts_a_day() {
    let app = App::new().await;
    let (first, second) = (set_up_token(&app), set_up_token(&app));
    app.anon().get(&format!("/set-up/{first}")).await.is(404);
    app.anon().get(&format!("/set-up/{second}")).await.is(200);
    app.advance(TimeDelta::hours(25));
    app.anon().get(&format!("/set-up/{second}")).await.is(404);
}

#[actix_web::test]
async fn what_was_typed_at_set_up_is_kept_and_the_password_is_not_sent_back() {
    let app = App::new().await;
    let page = format!("/set-up/{}", set_up_token(&app));
    let mut form = first_owner("hiring");
    form["password"] = json!("too short");
    let again = app.anon().post_form(&page, form).await.refuses("password").hides("too short");
    assert_eq!(again.typed("name").as_deref(), Some("Ada"));
    assert_eq!(again.typed("time_zone").as_deref(), Some("Europe/Berlin"));
    assert_eq!(again.typed("team_name").as_deref(), Some("Backend"));
}

// Signing in and out.

async fn sign_in(client: &Client, email: &str, password: &str) -> u16 {
    client.post_json("/api/v1/sign-ins", json!({"email": email, "password": password})).await.status
}

#[actix_web::test]
async fn a_sign_in_over_the_api_ends_with_its_sign_out() {
    let app = App::new().await;
    let world = World::new(&app);
    let email = app.email_of(world.owner);

    let given = app.anon().post_json("/api/v1/sign-ins", json!({"email": email, "password": PASSWORD})).await.is(201).json();
    let client = app.bearer(given["token"].as_str().unwrap());
    let me = client.get("/api/v1/me").await.is(200).json();
    assert_eq!(me["account"]["email"], email);
    assert_eq!(me["teams"][0]["role"], "owner");

    client.delete("/api/v1/sign-ins/current").await.is(204);
    client.get("/api/v1/me").await.is(401);
}

#[actix_web::test]
async fn the_page_signs_in_with_the_cookie_of_the_contract_and_out_at_once() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let browser = app.anon();
    let form = json!({"email": app.email_of(ada), "password": PASSWORD, "next": "/account"});
    let answer = browser.post_form("/sign-in", form).await;
    assert_eq!(answer.leads(), "/account");
    let cookie = answer.header("Set-Cookie").to_owned();
    for part in ["fivefold=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{part} is missing in {cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain http: {cookie}");

    let token = browser.cookie("fivefold").unwrap();
    app.bearer(&token).get("/api/v1/me").await.is(200);
    assert_eq!(browser.post_form("/sign-out", json!({})).await.leads(), "/sign-in");
    assert_eq!(browser.cookie("fivefold"), None);
    app.bearer(&token).get("/api/v1/me").await.is(401);
    assert_eq!(browser.get("/account").await.leads(), "/sign-in?next=%2Faccount");
}

#[actix_web::test]
async fn on_https_the_cookie_is_secure_and_bound_to_the_host() {
    let app = App::with(Options { base_url: "https://interviews.example", ..Options::default() }).await;
    let ada = app.account("Ada");
    let answer = app.anon().post_form("/sign-in", json!({"email": app.email_of(ada), "password": PASSWORD})).await;
    let cookie = answer.header("Set-Cookie");
    assert!(cookie.starts_with("__Host-fivefold=") && cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
}

#[actix_web::test]
async fn next_leads_to_paths_of_this_site_only() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let email = app.email_of(ada);
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"] {
        let form = json!({"email": email, "password": PASSWORD, "next": next});
        assert_eq!(app.anon().post_form("/sign-in", form).await.leads(), "/", "{next}");
    }
}

#[actix_web::test]
async fn wrong_address_and_wrong_password_get_the_same_words() {
    let app = App::new().await;
    let email = app.email_of(app.account("Ada"));
    let mut words = Vec::new();
    for address in [email.as_str(), "nobody@example.org", "no address \u{0}"] {
        let input = json!({"email": address, "password": "wrong wrong wrong"});
        let problem = app.anon().post_json("/api/v1/sign-ins", &input).await.is(401).json();
        assert!(problem["type"].as_str().unwrap().ends_with("/wrong-credentials"), "{problem}");
        words.push(problem["detail"].clone());
        let page = app.anon().post_form("/sign-in", &input).await.is(401).hides("wrong wrong wrong");
        assert_eq!(page.typed("email").as_deref().map(str::trim), Some(address.trim()), "the address is kept");
    }
    assert!(words.iter().all(|word| word == &words[0]), "{words:?}");
}

#[actix_web::test]
async fn ten_wrong_passwords_a_minute_close_an_account_known_or_not() {
    let app = App::new().await;
    let ada = app.account("Ada");
    for email in [app.email_of(ada), "nobody@example.org".to_owned()] {
        for _ in 0..10 {
            assert_eq!(sign_in(&app.anon(), &email, "wrong wrong wrong").await, 401);
        }
        let refused = app.anon().post_json("/api/v1/sign-ins", json!({"email": email, "password": PASSWORD})).await.is(429);
        assert!(!refused.header("Retry-After").is_empty());
        let page = app.anon().post_form("/sign-in", json!({"email": email, "password": PASSWORD})).await.is(429);
        assert_eq!(page.typed("email"), Some(email));
        app.advance(TimeDelta::seconds(61));
    }
    assert_eq!(sign_in(&app.anon(), &app.email_of(ada), PASSWORD).await, 201, "a minute later it is open again");
}

#[actix_web::test]
async fn a_forwarded_header_of_a_stranger_does_not_buy_more_tries() {
    let app = App::new().await;
    let email = app.email_of(app.account("Ada"));
    for n in 0..10 {
        sign_in(&app.anon().with("X-Forwarded-For", &format!("203.0.113.{n}")), &email, "wrong wrong wrong").await;
    }
    assert_eq!(sign_in(&app.anon().with("X-Forwarded-For", "203.0.113.99"), &email, PASSWORD).await, 429);
}

#[actix_web::test]
async fn neither_a_restart_nor_a_second_server_forgets_the_tries() {
    let app = App::new().await;
    let email = app.email_of(app.account("Ada"));
    for _ in 0..10 {
        sign_in(&app.anon(), &email, "wrong wrong wrong").await;
    }
    let other = App::over(Rc::clone(&app.database), Options::default()).await;
    assert_eq!(sign_in(&other.anon(), &email, PASSWORD).await, 429);
    other.advance(TimeDelta::seconds(61));
    assert_eq!(sign_in(&other.anon(), &email, PASSWORD).await, 201);
}

#[actix_web::test]
async fn tries_from_one_address_block_are_counted_over_all_accounts_and_hold_no_other_block_up() {
    let app = App::with(Options { trusted_proxies: &["127.0.0.1"], ..Options::default() }).await;
    let from = |address: &str| app.anon().with("X-Forwarded-For", address);
    for n in 0..10 {
        // Another host of the same household, another account each time.
        let client = from(&format!("2001:db8:1:2::{n}"));
        assert_eq!(sign_in(&client, &format!("nobody{n}@example.org"), "wrong wrong wrong").await, 401);
    }
    let email = app.email_of(app.account("Ada"));
    assert_eq!(sign_in(&from("2001:db8:1:2::99"), &email, PASSWORD).await, 429);
    assert_eq!(sign_in(&from("2001:db8:1:3::1"), &email, PASSWORD).await, 201);
}

#[actix_web::test]
async fn a_password_kept_at_lower_costs_is_kept_at_todays_after_the_next_sign_in() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let email = app.email_of(ada);
    app.sql(&format!("UPDATE accounts SET password_hash = '{HASH_AT_LOWER_COSTS}' WHERE id = '{ada}'"));
    assert_eq!(sign_in(&app.anon(), &email, "wrong wrong wrong").await, 401);
    let kept = || app.text(&format!("SELECT password_hash FROM accounts WHERE id = '{ada}'"));
    assert_eq!(kept(), HASH_AT_LOWER_COSTS);
    assert_eq!(sign_in(&app.anon(), &email, PASSWORD).await, 201);
    assert!(kept().contains("$m=19456,t=2,p=1$"), "{}", kept());
    assert_eq!(sign_in(&app.anon(), &email, PASSWORD).await, 201);
}

#[actix_web::test]
async fn known_and_unknown_accounts_take_the_same_time() {
    let app = App::new().await;
    let known = app.email_of(app.account("Ada"));
    let time = async |email: &str| {
        let began = std::time::Instant::now();
        assert_eq!(sign_in(&app.anon(), email, "wrong wrong wrong").await, 401);
        app.sql("DELETE FROM sign_in_failures");
        began.elapsed()
    };
    let (mut of_known, mut of_unknown) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        of_known.push(time(&known).await);
        of_unknown.push(time("nobody@example.org").await);
    }
    of_known.sort();
    of_unknown.sort();
    // The least disturbed of each. Without the hash of nobody's password it would be ten to one.
    let (known, unknown) = (of_known[2].as_secs_f64(), of_unknown[2].as_secs_f64());
    assert!((0.5..2.0).contains(&(known / unknown)), "{known} s and {unknown} s");
}

#[actix_web::test]
async fn right_passwords_do_not_count_as_tries() {
    let app = App::new().await;
    let email = app.email_of(app.account("Ada"));
    for _ in 0..15 {
        assert_eq!(sign_in(&app.anon(), &email, PASSWORD).await, 201);
    }
    assert_eq!(app.count("SELECT count(*) FROM sign_in_failures"), 0);
}

#[actix_web::test]
async fn a_flood_of_unauthenticated_writes_is_stopped() {
    let app = App::new().await;
    let mut last = 0;
    for _ in 0..70 {
        last = app.anon().post_json("/api/v1/password-resets", json!({"email": "no address"})).await.status;
    }
    assert_eq!(last, 429);
}

#[actix_web::test]
async fn a_sign_in_unused_for_twelve_hours_is_over() {
    let app = App::new().await;
    let account = app.account("Ada");
    let client = app.token(account);
    app.advance(TimeDelta::hours(11));
    client.get("/api/v1/me").await.is(200);
    app.advance(TimeDelta::hours(11));
    client.get("/api/v1/me").await.is(200);
    app.advance(TimeDelta::hours(13));
    client.get("/api/v1/me").await.is(401);
}

#[actix_web::test]
async fn a_cookie_works_like_a_token_and_an_act_from_another_site_is_refused() {
    let app = App::new().await;
    let account = app.account("Ada");
    let client = app.signed_in(account);
    client.get("/api/v1/me").await.is(200);
    client.with("Sec-Fetch-Site", "cross-site").delete("/api/v1/sign-ins/current").await.is(403);
    client.with("Sec-Fetch-Site", "cross-site").post_form("/sign-out", json!({})).await.is(403);
    client.get("/api/v1/me").await.is(200);
    client.delete("/api/v1/sign-ins/current").await.is(204);
    client.get("/api/v1/me").await.is(401);

    let program = app.token(account).with("Sec-Fetch-Site", "cross-site");
    program.delete("/api/v1/sign-ins/current").await.is(204);
}

// One's own account.

#[actix_web::test]
async fn ones_own_sign_ins_are_seen_and_ended_and_nobody_elses() {
    let app = App::new().await;
    let (ada, bo) = (app.account("Ada"), app.account("Bo"));
    let (here, there, foreign) = (app.token(ada), app.token(ada), app.token(bo));
    let list = here.get("/api/v1/sign-ins").await.is(200).json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    let other = items.iter().find(|item| item["current"] == false).unwrap()["id"].as_str().unwrap().to_owned();

    foreign.delete(&format!("/api/v1/sign-ins/{other}")).await.is(404);
    app.signed_in(bo).post_form(&format!("/account/sign-ins/{other}/end"), json!({})).await.is(404);
    there.get("/api/v1/me").await.is(200);
    app.signed_in(ada).post_form(&format!("/account/sign-ins/{other}/end"), json!({})).await.leads();
    there.get("/api/v1/me").await.is(401);

    let third = app.token(ada);
    here.delete("/api/v1/sign-ins").await.is(204);
    third.get("/api/v1/me").await.is(401);
    here.get("/api/v1/me").await.is(200);
    foreign.get("/api/v1/me").await.is(200);
}

#[actix_web::test]
async fn name_and_zone_are_changed_through_both_doors() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let browser = app.signed_in(ada);
    assert_eq!(browser.post_form("/account", json!({"name": "Ada L", "time_zone": "Asia/Kolkata"})).await.leads(), "/account");
    browser.get("/account").await.is(200).shows("Ada L").shows("Saved.");
    let view = app.token(ada).patch_json("/api/v1/me", json!({"name": "Ada King"})).await.is(200).json();
    assert_eq!((view["name"].as_str(), view["time_zone"].as_str()), (Some("Ada King"), Some("Asia/Kolkata")));
    let again = browser.post_form("/account", json!({"name": " ", "time_zone": "Nowhere"})).await.refuses("name");
    assert!(again.error_at("time_zone").is_some());
    app.token(ada).patch_json("/api/v1/me", json!({"email": "x@example.org"})).await.is(400);
}

#[actix_web::test]
async fn a_changed_password_needs_the_current_one_and_ends_the_other_sign_ins() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let (here, there) = (app.signed_in(ada), app.token(ada));
    let change = |current: &str, new: &str| json!({"current_password": current, "new_password": new});

    here.post_form("/account/password", change("not this one at all", OTHER_PASSWORD)).await.refuses("current_password");
    there.put_json("/api/v1/me/password", change("not this one at all", "short")).await.refuses("new_password");
    there.get("/api/v1/me").await.is(200);

    assert_eq!(here.post_form("/account/password", change(PASSWORD, OTHER_PASSWORD)).await.leads(), "/account");
    here.get("/account").await.is(200);
    there.get("/api/v1/me").await.is(401);
    let email = app.email_of(ada);
    assert_eq!(sign_in(&app.anon(), &email, PASSWORD).await, 401);
    assert_eq!(sign_in(&app.anon(), &email, OTHER_PASSWORD).await, 201);
}

#[actix_web::test]
async fn the_theme_is_kept_in_the_browser_and_leads_back_on_this_site_only() {
    let app = App::new().await;
    let browser = app.anon().with("Host", "localhost:8080");
    let back = browser.with("Referer", "http://localhost:8080/sign-in?next=%2F").post_form("/theme", json!({"theme": "dark"})).await;
    assert_eq!(back.leads(), "/sign-in?next=%2F");
    assert_eq!(browser.cookie("theme").as_deref(), Some("dark"));
    browser.get("/sign-in").await.is(200).text().contains("data-theme=\"dark\"").then_some(()).unwrap();
    let away = browser.with("Referer", "https://evil.example/x").post_form("/theme", json!({"theme": "none"})).await;
    assert_eq!(away.leads(), "/");
    assert_eq!(browser.cookie("theme"), None);
}

// Reset by mail.

async fn reset_link(app: &App, account: AccountId) -> String {
    app.anon().post_form("/password-reset", json!({"email": app.email_of(account)})).await.is(200);
    app.run_jobs().await;
    app.mails_to(account).last().unwrap().link()
}

#[actix_web::test]
async fn a_reset_is_answered_alike_for_known_and_unknown_addresses() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let known = app.email_of(ada);
    let page = |email: String| {
        let client = app.anon();
        async move { client.post_form("/password-reset", json!({"email": email})).await.is(200).text().replace(&email, "ADDRESS") }
    };
    assert_eq!(page(known.clone()).await, page("nobody@example.org".into()).await);
    app.anon().post_json("/api/v1/password-resets", json!({"email": "nobody@example.org"})).await.is(204);
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    assert_eq!(app.mails_to(ada).len(), 1);
    assert_eq!(app.count("SELECT count(*) FROM mails WHERE team_id IS NOT NULL"), 0, "it belongs to no team");
}

#[actix_web::test]
async fn a_reset_link_works_once_and_ends_every_sign_in() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let before = app.token(ada);
    let link = reset_link(&app, ada).await;
    let token = link.rsplit('/').next().unwrap();
    assert_eq!(app.count("SELECT count(*) FROM password_resets WHERE length(token_hash) = 32"), 1);

    app.anon().get(&link).await.is(200);
    app.anon().get(&link).await.is(200).shows("Choose a new password");
    app.anon().post_form(&link, json!({"password": "short"})).await.refuses("password");
    assert_eq!(app.anon().post_form(&link, json!({"password": OTHER_PASSWORD})).await.leads(), "/sign-in");

    before.get("/api/v1/me").await.is(401);
    app.anon().get(&link).await.is(410);
    app.anon().post_form(&link, json!({"password": PASSWORD})).await.is(410);
    app.anon().put_json(&format!("/api/v1/password-resets/{token}"), json!({"password": PASSWORD})).await.is(410);
    app.anon().get("/password-reset/unknown").await.is(404);
    assert_eq!(sign_in(&app.anon(), &app.email_of(ada), OTHER_PASSWORD).await, 201);
}

#[actix_web::test]
async fn a_reset_link_dies_after_half_an_hour_and_with_the_next_password() {
    let app = App::new().await;
    let ada = app.account("Ada");
    let (first, second) = (reset_link(&app, ada).await, reset_link(&app, ada).await);
    app.anon().post_form(&second, json!({"password": OTHER_PASSWORD})).await.leads();
    app.anon().get(&first).await.is(410);

    let late = reset_link(&app, ada).await;
    app.advance(TimeDelta::minutes(31));
    app.anon().get(&late).await.is(410);
    app.anon().post_form(&late, json!({"password": PASSWORD})).await.is(410);
}

// Sign-up.

#[actix_web::test]
async fn sign_up_is_there_only_when_the_operator_opens_it() {
    let input = json!({"name": "Ada", "email": "ada@example.org", "password": PASSWORD, "time_zone": "UTC"});
    let closed = App::new().await;
    closed.anon().get("/sign-up").await.is(404);
    closed.anon().post_form("/sign-up", &input).await.is(404);
    closed.anon().post_json("/api/v1/accounts", &input).await.is(404);

    let open = App::with(Options { sign_up: SignUp::Open, ..Options::default() }).await;
    let browser = open.anon();
    browser.get("/sign-up").await.is(200);
    browser.post_form("/sign-up", &input).await.leads();
    assert_eq!(browser.get("/api/v1/me").await.is(200).json()["teams"][0]["personal"], true);
    open.anon().post_json("/api/v1/accounts", &input).await.is(409);
}
