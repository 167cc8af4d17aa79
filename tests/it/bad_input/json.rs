//! What holds for every operation of the API, whatever is sent to it.

use fivefold::policy::Mode;
use fivefold::routes;
use fivefold::web::routing::Route;
use serde_json::{Value, json};

use crate::doors::scene::Scene;
use crate::doors::{Knock, Valid, walked, welcome};
use crate::support::{Client, Response};

/// Operations that take JSON.
fn operations() -> impl Iterator<Item = Route> {
    walked().filter(|route| route.doc.as_ref().is_some_and(|doc| doc.takes.is_some()))
}

fn knock(scene: &Scene, route: &Route) -> Knock {
    Knock::at(scene, route, welcome(route, Mode::Mock))
}

/// Nothing when the answer is one that the operation's documentation names, in the form of a problem where it refuses.
fn fault(route: &Route, what: &str, answer: &Response) -> Option<String> {
    let method = format!("{:?}", route.method).to_lowercase();
    let documented = routes::document()["paths"][route.path][&method]["responses"][answer.status.to_string()].is_object();
    let problem = || {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        answer.header("Content-Type") == "application/problem+json"
            && body["request_id"].as_str().is_some_and(|id| !id.is_empty())
            && body["status"] == answer.status
            && ["type", "title", "detail"].iter().all(|member| body[member].is_string())
    };
    let fine = answer.status < 500 && documented && (answer.status < 400 || problem());
    (!fine).then(|| format!("{method} {} with {what}: {} {}", route.path, answer.status, answer.text()))
}

#[actix_web::test]
async fn what_is_no_json_is_400_at_every_operation() {
    let scene = Scene::set(Mode::Mock).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    let garbage: [&[u8]; 10] =
        [b"{", b"[]", b"null", b"7", b"\"{}\"", b"{} {}", b"\xef\xbb\xbf{}", b"{\"a\":\"\xff\xfe\"}", b"\"\\ud800\"", b"{'a': 1}"];
    let deep = "[".repeat(4_000);
    for route in operations() {
        let knock = knock(&scene, &route);
        for body in garbage.into_iter().chain([deep.as_bytes()]) {
            asked += 1;
            let answer = knock.client.send(knock.method.clone(), &knock.url, Some(("application/json", body.to_vec()))).await;
            let what = String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned();
            wrong.extend(fault(&route, &what, &answer));
            assert_eq!(answer.status, 400, "{} {what}: {}", route.path, answer.text());
            assert!(!answer.text().contains(r#"\".\""#), "no member is called so: {}", answer.text());
            assert!(!["serde", "line 1", "column", "EOF"].iter().any(|word| answer.says(word)), "a parser's words: {}", answer.text());
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
            asked += 1;
            let answer = knock.client.send(knock.method.clone(), &knock.url, Some((kind, b"{}".to_vec()))).await;
            wrong.extend(fault(&route, kind, &answer));
            assert_eq!(answer.status, 400, "{} as {kind:?}: {}", route.path, answer.text());
        }
    }
    eprintln!("bad JSON: {asked} requests");
    assert_eq!(wrong, Vec::<String>::new());
}

#[actix_web::test]
async fn what_is_too_large_is_413_at_every_operation() {
    let scene = Scene::set(Mode::Mock).await;
    for route in operations() {
        let knock = knock(&scene, &route);
        let answer = knock.client.send(knock.method.clone(), &knock.url, Some(("application/json", vec![b' '; 1024 * 1024]))).await;
        assert_eq!((answer.status, fault(&route, "1 MB", &answer)), (413, None), "{}", route.path);
    }
}

#[actix_web::test]
async fn an_unknown_member_is_400_and_named_at_every_operation() {
    let scene = Scene::set(Mode::Mock).await;
    for route in operations() {
        let mut knock = knock(&scene, &route);
        let Valid::Json(body) = &mut knock.body else { panic!("{} takes no JSON", route.path) };
        body["surprise"] = json!(true);
        let answer = knock.send().await;
        assert_eq!((answer.status, fault(&route, "surprise", &answer)), (400, None), "{}: {}", route.path, answer.text());
        assert!(answer.json()["detail"].as_str().unwrap().contains("surprise"), "{}: {}", route.path, answer.text());
    }
}

/// Values that break what reads them carelessly; written as JSON, since some cannot be held in memory.
fn strange() -> Vec<(&'static str, String)> {
    let text = |text: &str| serde_json::to_string(text).unwrap();
    vec![
        ("null", "null".into()),
        ("a list", "[]".into()),
        ("an object", "{}".into()),
        ("a negative number", "-1".into()),
        ("a huge number", "9223372036854775808".into()),
        ("a number beyond all", "1e999".into()),
        ("an empty text", text("")),
        ("a NUL by escape", r#""a\u0000b""#.into()),
        ("a lone surrogate", r#""\ud800""#.into()),
        ("turned letters", text("\u{202e}abc\u{200b}\u{feff}")),
        ("an absurd id", text("00000000-0000-0000-0000-00000000000g")),
        ("an id of nothing", text("00000000-0000-0000-0000-000000000000")),
        ("markup", text("<script>alert(1)</script>")),
        ("a long text", text(&"é".repeat(100_000))),
        ("a far time", text("+262142-12-31T23:59:59Z")),
        ("a time before all", text("-0001-01-01T00:00:00Z")),
    ]
}

#[actix_web::test]
async fn no_member_of_any_operation_can_be_spoilt_so_that_something_breaks() {
    let scene = Scene::set(Mode::Mock).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for route in operations() {
        let Valid::Json(valid) = knock(&scene, &route).body else { panic!("{} takes no JSON", route.path) };
        for pointer in members(&valid) {
            for (what, value) in strange() {
                asked += 1;
                let spoilt = spoil(&valid, &pointer, &value);
                let knock = knock(&scene, &route);
                // Wrong passwords are counted, and after some of them none is looked at.
                if pointer.ends_with("password") {
                    scene.app.sql("DELETE FROM sign_in_failures");
                }
                let answer = knock.client.send(knock.method.clone(), &knock.url, Some(("application/json", spoilt.into_bytes()))).await;
                wrong.extend(fault(&route, &format!("{what} at {pointer}"), &answer));
                wrong.extend(unnamed(&answer, &pointer).map(|text| format!("{} with {what} at {pointer}: {text}", route.path)));
                if answer.status < 400 {
                    scene.restore();
                }
            }
        }
    }
    eprintln!("spoilt members: {asked} requests");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A refusal that does not say which member it is about, where it is about one.
fn unnamed(answer: &Response, pointer: &str) -> Option<String> {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let name = pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
    let named = match answer.status {
        // What is no JSON at all has no members.
        400 => body["detail"].as_str().is_some_and(|detail| detail.contains(name) || detail == "This is not JSON."),
        422 => body["errors"].as_array().is_some_and(|errors| !errors.is_empty()),
        _ => true,
    };
    (!named).then(|| answer.text())
}

/// The place of every member of a body, those within lists and objects too.
fn members(body: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), body)];
    while let Some((place, value)) = open.pop() {
        let inner: Vec<(String, &Value)> = match value {
            Value::Object(members) => members.iter().map(|(name, value)| (format!("{place}/{name}"), value)).collect(),
            Value::Array(items) => items.iter().take(1).map(|value| (format!("{place}/0"), value)).collect(),
            _ => Vec::new(),
        };
        found.extend(inner.iter().map(|(place, _)| place.clone()));
        open.extend(inner);
    }
    found
}

/// The body with this text in the place of a member.
fn spoil(valid: &Value, pointer: &str, text: &str) -> String {
    const MARK: &str = "the spoilt place";
    let mut body = valid.clone();
    *body.pointer_mut(pointer).unwrap() = MARK.into();
    body.to_string().replace(&format!("\"{MARK}\""), text)
}

#[actix_web::test]
async fn a_write_on_a_version_says_which_one_and_a_stale_one_is_given_the_newest() {
    let scene = Scene::set(Mode::Mock).await;
    let mut tried = 0;
    for route in operations().filter(|route| route.doc.as_ref().unwrap().headers.iter().any(|(name, _)| *name == "If-Match")) {
        tried += 1;
        let path = route.path;
        let with = |change: fn(Client) -> Client| {
            let mut knock = knock(&scene, &route);
            knock.client = change(knock.client);
            knock
        };
        let absent = with(|client| client.without("If-Match")).send().await;
        assert_eq!((absent.status, fault(&route, "no version", &absent)), (428, None), "{path}: {}", absent.text());
        for strange in [|client: Client| client.with("If-Match", "\"x\""), |client: Client| client.with("If-Match", "")] {
            let strange = with(strange).send().await;
            assert_eq!((strange.status, fault(&route, "a strange version", &strange)), (400, None), "{path}: {}", strange.text());
        }
        let stale = with(|client| client.if_match(99)).send().await;
        assert_eq!((stale.status, fault(&route, "a stale version", &stale)), (412, None), "{path}: {}", stale.text());
        assert!(stale.json()["current"].is_object(), "{path}: {}", stale.text());
    }
    assert!(tried >= 4, "{tried}");
    let mut tried = 0;
    for route in operations().filter(|route| route.doc.as_ref().unwrap().headers.iter().any(|(name, _)| *name == "Idempotency-Key")) {
        tried += 1;
        for key in [None, Some("not-a-uuid")] {
            let mut knock = knock(&scene, &route);
            knock.client = knock.client.without("Idempotency-Key");
            knock.client = key.map_or(knock.client.clone(), |key| knock.client.with("Idempotency-Key", key));
            let answer = knock.send().await;
            assert_eq!((answer.status, fault(&route, "no key", &answer)), (400, None), "{}: {}", route.path, answer.text());
        }
    }
    assert!(tried >= 1, "{tried}");
}

#[actix_web::test]
async fn what_can_be_done_once_is_409_the_second_time() {
    let scene = Scene::set(Mode::Mock).await;
    let once = [
        "/api/v1/invitations/{token}/acceptance",
        "/api/v1/teams/{team_id}/interviews/{id}/scorecard/submission",
        "/api/v1/teams/{team_id}/interviews/{id}/debrief",
        "/api/v1/teams/{team_id}/interviews/{id}/room/questions",
    ];
    for path in once {
        let route = operations().find(|route| route.path == path).unwrap_or_else(|| panic!("{path} is gone"));
        let knock = knock(&scene, &route);
        scene.take_the_lead(welcome(&route, Mode::Mock), &route).await;
        let first = knock.send().await;
        assert!(first.status < 300, "{path}: {} {}", first.status, first.text());
        let second = knock.send().await;
        // A link that was used is over.
        let expected = if path.contains("{token}") { 410 } else { 409 };
        assert_eq!((second.status, fault(&route, "twice", &second)), (expected, None), "{path}: {}", second.text());
    }
}
