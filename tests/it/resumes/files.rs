//! As JSON Resume files: seen before they replace anything, out and in the same.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::full;
use crate::doors::bodies::{pasted, upload};
use crate::support::{App, Client, Response, World};

const API: &str = "/api/v1/me/resume";
const IMPORT: &str = "/account/resume/import";

async fn put(client: &Client, file: &[u8]) -> Response {
    client.send(Method::PUT, &format!("{API}/file"), Some(("application/json", file.to_vec()))).await
}

async fn post(client: &Client, path: &str, body: (&'static str, Vec<u8>)) -> Response {
    client.send(Method::POST, path, Some(body)).await
}

/// The second step, as the page of the first one sends it.
fn confirmation(preview: &Response) -> (&'static str, Vec<u8>) {
    let field =
        |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{}\r\n", preview.typed(name).unwrap());
    ("multipart/form-data; boundary=edge", format!("{}{}--edge--\r\n", field("version"), field("content")).into_bytes())
}

#[actix_web::test]
async fn a_file_is_seen_before_it_replaces_anything_by_either_door() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    program.if_match(0).put_json(API, full()).await.is(200);
    let file =
        json!({"basics": {"name": "Ada <New>", "location": {"city": "Bonn", "address": "Way 1"}}, "awards": [{"title": "x"}]}).to_string();

    let preview =
        program.send(Method::POST, &format!("{API}/previews"), Some(("application/json", file.clone().into()))).await.is(200).json();
    assert_eq!(
        (&preview["resume"]["basics"]["name"], &preview["replaces"], &preview["version"]),
        (&json!("Ada <New>"), &full(), &json!(1))
    );
    assert_eq!(preview["left_out"], json!([{"member": "awards", "times": 1}, {"member": "basics.location.address", "times": 1}]));
    let page = post(&browser, IMPORT, upload("ada.json", file.as_bytes(), "")).await.is(200);
    let page = page.shows("Ada <New>").shows("What it replaces").shows("Acme & Sons").shows("awards").shows("basics.location.address");
    assert_eq!(program.get(API).await.json()["resume"], full(), "nothing is kept before it is confirmed");

    assert_eq!(post(&browser, &format!("{IMPORT}/confirmation"), confirmation(&page)).await.leads(), "/account/resume");
    assert_eq!(program.get(API).await.json()["resume"]["basics"]["name"], "Ada <New>");
    // Somebody was quicker: what is there now is shown, and nothing is replaced.
    let stale = post(&browser, &format!("{IMPORT}/confirmation"), confirmation(&page)).await.is(412).shows("in the meantime");
    assert_eq!(stale.typed("version"), Some("2".into()));
    assert_eq!(put(&program.if_match(1), file.as_bytes()).await.is(412).json()["current"]["version"], 2);
    put(&program, file.as_bytes()).await.is(428);
    assert_eq!(put(&program.if_match(2), file.as_bytes()).await.is(200).json()["left_out"][0]["member"], "awards");
}

#[actix_web::test]
async fn what_goes_out_comes_in_the_same() {
    let app = App::new().await;
    let world = World::new(&app);
    let program = app.token(world.candidate);
    program.if_match(0).put_json(API, full()).await.is(200);
    let file = program.get(&format!("{API}/file")).await.is(200);
    assert!(file.header("Content-Disposition").contains("resume.json"));
    assert_eq!(app.signed_in(world.candidate).get("/account/resume/file").await.is(200).body, file.body);
    let (work, location) = (&file.json()["work"][1], &file.json()["basics"]["location"]);
    assert_eq!((&work["startDate"], &work["endDate"], &location["countryCode"]), (&json!("2019-05"), &Value::Null, &json!("ES")));
    let other = app.token(world.outsider).if_match(0);
    let brought = put(&other, &file.body).await.is(200).json();
    assert_eq!((&brought["resume"], &brought["left_out"]), (&full(), &json!([])));
    assert_eq!(other.get(&format!("{API}/file")).await.body, file.body);
}

#[actix_web::test]
async fn what_is_wrong_with_a_file_is_said_with_its_line_and_its_text_can_be_mended() {
    let app = App::new().await;
    let world = World::new(&app);
    let (program, browser) = (app.token(world.candidate), app.signed_in(world.candidate));
    let wrong = "{\n\"basics\": {\"name\": \"Ada\"},\n\"work\": [\n{\"name\": \"Acme\", \"startDate\": \"May 21\"}]\n}";
    let said = put(&program.if_match(0), wrong.as_bytes()).await.refuses("work[0].startDate");
    assert!(said.error_at("work[0].startDate").unwrap().starts_with("Line 4: "), "{}", said.text());
    let page = post(&browser, IMPORT, pasted(wrong)).await.is(422).shows("work[0].startDate").shows("data-label=\"Line\">4<");
    assert_eq!(page.typed("content").unwrap().replace("\r\n", "\n"), wrong);
    post(&browser, IMPORT, pasted(" ")).await.refuses("file");

    let large = format!("{{\"basics\": {{\"name\": \"{}\"}}}}", "a".repeat(257 * 1024));
    for (bytes, words) in [
        (b"{\"basics\": {\"name\": \"A\xff\"}}".to_vec(), "no UTF-8"),
        (b"\x50\x4b\x03\x04zip".to_vec(), "archive"),
        (b"basics: x".to_vec(), "no JSON"),
        (b"[1, 2]".to_vec(), "one object"),
        ("[".repeat(100_000).into_bytes(), "nests deeper"),
        (large.into_bytes(), "256 KB"),
    ] {
        put(&program.if_match(0), &bytes).await.is(422).shows(words);
        post(&browser, IMPORT, upload("x.json", &bytes, "")).await.is(422).shows(words);
        post(&browser, &format!("{IMPORT}/confirmation"), upload("x.json", &bytes, "")).await.is(422).shows(words);
    }
    let kind = Some(("text/plain", b"{}".to_vec()));
    program.if_match(0).send(Method::PUT, &format!("{API}/file"), kind).await.is(400).shows("application/json");
    assert_eq!(program.get(API).await.json()["version"], 0);
}
