//! What the log says, and what it never does.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value, json};

use super::process::{Home, http};
use crate::support::{Database, texts};
use secrecy::ExposeSecret as _;

const FIRST_PASSWORD: &str = "canary perches in the first oak";
const SECOND_PASSWORD: &str = "canary perches in the second oak";
const GUEST_PASSWORD: &str = "canary perches in the third oak";
const NAME: &str = "Canaria Canarini";

/// A server's log after somebody was set up, signed in, forgot the password, set a new one, and invited a guest;
/// with everything that must not be in it.
async fn log_of_secrets(format: &str, filter: &str) -> (String, Vec<(&'static str, String)>) {
    let (home, database) = (Home::empty(), Database::migrated());
    let environment = [
        ("DATABASE_URL", database.url().expose_secret().to_owned()),
        ("FIVEFOLD_LOG_FORMAT", format.to_owned()),
        ("FIVEFOLD_LOG", filter.to_owned()),
    ];
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let process = home.serve(&[], &environment);
    let url = process.url();
    let http = http();
    let send = async |request: reqwest::RequestBuilder, body: Value| {
        let answer = request.json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}: {}", answer.status(), answer.text().await.unwrap());
        answer.json::<Value>().await.unwrap_or_default()
    };
    let api = |path: &str| format!("{url}/api/v1/{path}");

    let set_up = process.word_after("/set-up/");
    let owner = json!({"name": NAME, "email": "canary@example.com", "password": FIRST_PASSWORD, "time_zone": "UTC", "team_name": "Nest", "team_mode": "hiring"});
    let entered = send(http.post(api(&format!("set-up/{set_up}"))), owner).await;
    let team = entered["team_id"].as_str().unwrap().to_owned();
    let sign_in = send(http.post(api("sign-ins")), json!({"email": "canary@example.com", "password": FIRST_PASSWORD})).await;
    let token = sign_in["token"].as_str().unwrap().to_owned();
    let wrong = http.post(api("sign-ins")).json(&json!({"email": "canary@example.com", "password": SECOND_PASSWORD})).send().await.unwrap();
    assert_eq!(wrong.status(), 401);

    let invitation = send(http.post(api(&format!("teams/{team}/invitations"))).bearer_auth(&token), json!({"role": "interviewer"})).await;
    let link = invitation["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let page = http.get(invitation["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let guest = json!({"name": NAME, "email": "guest@example.com", "password": GUEST_PASSWORD, "time_zone": "UTC"});
    send(http.post(api(&format!("invitations/{link}/acceptance"))), guest).await;

    send(http.post(api("password-resets")), json!({"email": "canary@example.com"})).await;
    let mail = "SELECT body_text FROM mails WHERE body_text LIKE '%/password-reset/%'";
    let mut conn = database.connect();
    super::process::until("the mail is written", || !texts(&mut conn, mail).is_empty());
    let body = texts(&mut conn, mail).remove(0);
    let reset = body.split_once("/password-reset/").unwrap().1.split_whitespace().next().unwrap().to_owned();
    assert_eq!(http.get(format!("{url}/password-reset/{reset}")).send().await.unwrap().status(), 200);
    send(http.put(api(&format!("password-resets/{reset}"))), json!({"password": SECOND_PASSWORD})).await;

    let form = serde_html_form::to_string([("email", "canary@example.com"), ("password", SECOND_PASSWORD)]).unwrap();
    let page = http
        .post(format!("{url}/sign-in"))
        .header("Sec-Fetch-Site", "same-origin")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 303);
    let cookie = page.headers()["Set-Cookie"].to_str().unwrap().split([';', '=']).nth(1).unwrap().to_owned();
    let me = http.get(format!("{url}/sign-ins")).header("Cookie", format!("fivefold={cookie}")).send().await.unwrap();
    assert!(me.status().as_u16() < 500);

    // Somebody in front whom nobody named; told once.
    for _ in 0..2 {
        assert_eq!(http.get(format!("{url}/sign-in")).header("X-Forwarded-For", "203.0.113.9").send().await.unwrap().status(), 200);
    }
    let done = process.stop();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(done.err.matches("FIVEFOLD_TRUSTED_PROXIES").count(), 1, "{}", done.err);
    // The announcement to who started the server is the link itself.
    let log = done.err.lines().filter(|line| !line.contains("/set-up/")).collect::<Vec<_>>().join("\n");
    let secrets = vec![
        ("a password", FIRST_PASSWORD.to_owned()),
        ("a wrong password", SECOND_PASSWORD.to_owned()),
        ("a guest's password", GUEST_PASSWORD.to_owned()),
        ("the set-up token", set_up),
        ("a sign-in's token", token),
        ("a sign-in's cookie", cookie),
        ("an invitation's token", link),
        ("a reset's token", reset),
        ("a name", NAME.to_owned()),
    ];
    (log, secrets)
}

#[actix_web::test]
async fn no_secret_is_in_the_log_even_when_it_says_everything() {
    let (log, secrets) = log_of_secrets("text", "trace").await;
    assert!(log.lines().count() > 100, "it says much: {log}");
    for (what, secret) in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert!(line.is_none(), "{what} is in the log: {}", line.unwrap_or_default());
    }
}

#[actix_web::test]
async fn json_logs_are_one_object_a_line_and_name_their_request() {
    let (log, _) = log_of_secrets("json", "info").await;
    let mut answered = 0;
    for line in log.lines() {
        let keys: Keys = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let mut once = keys.0.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), keys.0.len(), "a name stands twice: {line}");
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(line["message"].is_string() && line["level"].is_string(), "{line}");
        if line["message"] == "answered" {
            answered += 1;
            let id = line["span"]["id"].as_str().unwrap_or_default();
            assert!(uuid::Uuid::parse_str(id).is_ok(), "{line}");
            let route = line["span"]["route"].as_str().unwrap_or_default();
            assert!(line["span"]["method"].is_string() && !route.is_empty() && line["status"].is_number(), "{line}");
        }
    }
    assert!(answered >= 10, "{log}");
}

/// The names of an object as they stand, doubled ones too.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Keys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = map.next_entry::<String, Value>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
