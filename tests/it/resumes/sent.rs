//! As teams get it: only what was sent, only while it is sent, to who reads claims; and what can be asked about it.

use actix_web::http::Method;
use fivefold::policy::{Mode, Role, Seat};
use serde_json::{Value, json};

use super::full;
use crate::doors::bodies::upload;
use crate::support::{App, Client, Interview, World, merge};

const OWN: &str = "/api/v1/me/resume";

/// A team with an interview whose candidate has an account, and a written résumé of theirs.
struct Stage {
    app: App,
    world: World,
    interview: Interview,
}

impl Stage {
    async fn set() -> Self {
        let app = App::new().await;
        let world = World::of(&app, Mode::Hiring);
        let interview = Interview::planned(&app, &world, Mode::Hiring);
        app.token(interview.candidate).if_match(0).put_json(OWN, full()).await.is(200);
        Stage { app, world, interview }
    }

    fn api(&self, rest: &str) -> String {
        self.world.api(&format!("/candidates/{}{rest}", self.interview.record))
    }

    fn page(&self, rest: &str) -> String {
        self.world.page(&format!("/candidates/{}{rest}", self.interview.record))
    }

    fn candidate(&self) -> Client {
        self.app.token(self.interview.candidate)
    }

    fn lead(&self) -> Client {
        self.app.token(self.world.lead)
    }

    async fn send(&self) -> String {
        self.candidate().put_json(&self.world.api("/resume"), json!({})).await.is(201).id()
    }

    async fn put(&self, client: &Client, file: &Value) -> crate::support::Response {
        client.send(Method::PUT, &self.api("/resume"), Some(("application/json", serde_json::to_vec(file).unwrap()))).await
    }

    async fn claims(&self) -> Vec<String> {
        let items = self.lead().get(&self.api("/claims")).await.is(200).json()["items"].clone();
        items.as_array().unwrap().iter().map(|claim| claim["text"].as_str().unwrap().to_owned()).collect()
    }

    async fn suggested(&self) -> Vec<String> {
        let items = self.lead().get(&self.api("/resume/suggestions")).await.is(200).json()["items"].clone();
        items.as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap().to_owned()).collect()
    }
}

#[actix_web::test]
async fn no_team_sees_it_before_it_is_sent_nor_after_it_is_taken_back() {
    let stage = Stage::set().await;
    let panel = stage.app.token(stage.interview.seat(Seat::Interviewer));
    let of_interview = stage.world.api(&format!("/interviews/{}/resume", stage.interview.id));
    let unseen = async || {
        for (client, path) in [(stage.lead(), stage.api("/resume")), (panel.clone(), of_interview.clone())] {
            let read = client.get(&path).await.is(200).hides("Ada").json();
            assert_eq!((&read["resume"], &read["source"]), (&Value::Null, &Value::Null));
        }
        stage.lead().get(&stage.api("/resume/text")).await.is(404);
        assert_eq!(stage.suggested().await, Vec::<String>::new());
        stage.app.signed_in(stage.world.lead).get(&stage.page("")).await.is(200).hides("Suggested from");
    };
    unseen().await;
    let id = stage.send().await;
    let read = stage.lead().get(&stage.api("/resume")).await.is(200).json();
    assert_eq!((&read["resume"], &read["source"], &read["version"]), (&full(), &json!("sent"), &json!(0)));
    panel.get(&of_interview).await.is(200).shows("Ada Novák");

    // What is written later is not there before it is sent again.
    stage.app.advance(chrono::TimeDelta::minutes(1));
    stage.candidate().if_match(1).put_json(OWN, merge(full(), json!({"skills": [{"name": "Rust"}]}))).await.is(200);
    stage.lead().get(&stage.api("/resume")).await.is(200).hides("Rust");
    let sendings = stage.candidate().get(&format!("{OWN}/sendings")).await.is(200).json();
    assert_eq!((&sendings["items"][0]["changed_since"], &sendings["items"][0]["team"]), (&json!(true), &json!("North")));

    stage.candidate().delete(&format!("{OWN}/sendings/{id}")).await.is(204);
    unseen().await;
    assert_eq!(stage.app.texts("SELECT content IS NULL FROM sent_resumes"), ["true"], "what it said is gone");
    let own = stage.candidate().get(&format!("{OWN}/sendings")).await.json();
    assert!(own["items"][0]["withdrawn_at"].is_string());
    // Somebody else's is nobody's to take back.
    let again = stage.send().await;
    stage.lead().delete(&format!("{OWN}/sendings/{again}")).await.is(404);
    stage.app.token(stage.world.outsider).delete(&format!("{OWN}/sendings/{again}")).await.is(404);
}

#[actix_web::test]
async fn it_is_sent_and_taken_back_on_the_page_and_also_from_a_team_that_one_has_left() {
    let stage = Stage::set().await;
    let browser = stage.app.signed_in(stage.interview.candidate);
    browser.get("/account/resume").await.is(200).shows("Send to North");
    assert_eq!(browser.post_form(&stage.world.page("/resume"), json!({})).await.leads(), "/account/resume#teams");
    let page = browser.get("/account/resume").await.is(200).shows("has a copy from").shows("Take back from North");
    browser.get("/account/resume").await.hides("You have changed it since");
    let withdrawal =
        page.text().split("action=\"").find(|part| part.contains("/withdrawal\"")).unwrap().split('"').next().unwrap().to_owned();
    browser.post_form(&stage.world.page("/membership/end"), json!({})).await.is(303);
    browser.get("/account/resume").await.is(200).shows("A team you have left").hides("North");
    browser.post_form(&withdrawal, json!({})).await.leads();
    assert_eq!(stage.app.texts("SELECT withdrawn_at IS NOT NULL FROM sent_resumes"), ["true"]);
    browser.get("/account/resume").await.is(200).hides("A team you have left");
    // The team it was taken from has the line in its audit.
    let line = format!(
        "SELECT count(*) FROM audit_events WHERE team_id = '{}' AND operation = 'resumes::pages::show::withdraw'",
        stage.world.team
    );
    assert_eq!(stage.app.count(&line), 1);
}

#[actix_web::test]
async fn nothing_is_sent_where_there_is_nothing_or_nobody_else() {
    let stage = Stage::set().await;
    let place = stage.world.api("/resume");
    let empty = stage.app.token(stage.world.candidate).put_json(&place, json!({})).await.is(409);
    assert!(empty.json()["type"].as_str().unwrap().ends_with("/no-resume"), "{}", empty.text());
    let personal = stage.app.text(&format!(
        "SELECT t.id FROM teams t JOIN memberships m ON m.team_id = t.id WHERE t.personal AND m.account_id = '{}'",
        stage.interview.candidate
    ));
    stage.candidate().put_json(&format!("/api/v1/teams/{personal}/resume"), json!({})).await.is(409);
    stage.app.token(stage.world.outsider).put_json(&place, json!({})).await.is(404);
}

#[actix_web::test]
async fn deleting_it_takes_it_from_everywhere() {
    let stage = Stage::set().await;
    stage.send().await;
    let elsewhere = stage.app.team("East", Mode::Mock, stage.interview.candidate);
    stage.candidate().put_json(&format!("/api/v1/teams/{elsewhere}/resume"), json!({})).await.is(201);
    stage.candidate().delete(OWN).await.is(204);
    assert_eq!(stage.app.count("SELECT count(*) FROM resumes"), 0);
    assert_eq!(stage.app.count("SELECT count(*) FROM sent_resumes WHERE content IS NOT NULL OR withdrawn_at IS NULL"), 0);
    stage.candidate().get(OWN).await.is(200).hides("Ada Novák");
    stage.app.signed_in(stage.interview.candidate).post_form("/account/resume/removal", json!({})).await.leads();
}

#[actix_web::test]
async fn who_reads_it_in_a_team_is_who_reads_its_claims() {
    let stage = Stage::set().await;
    stage.send().await;
    let of_interview = stage.world.api(&format!("/interviews/{}/resume", stage.interview.id));
    let page = of_interview.replace("/api/v1", "");
    for role in Role::ALL {
        let leads = matches!(role, Role::Owner | Role::Lead);
        let (program, browser) = (stage.app.token(stage.world.with_role(*role)), stage.app.signed_in(stage.world.with_role(*role)));
        for path in [stage.api("/resume"), stage.api("/resume/text"), stage.api("/resume/suggestions")] {
            program.get(&path).await.is(if leads { 200 } else { 403 });
        }
        browser.get(&stage.page("/resume")).await.is(if leads { 200 } else { 403 });
        browser.get(&page).await.is(if leads { 200 } else { 404 });
    }
    for seat in Seat::ALL {
        let scores = matches!(seat, Seat::LeadInterviewer | Seat::Interviewer | Seat::Shadow);
        let person = stage.interview.seat(*seat);
        let read = stage.app.token(person).get(&of_interview).await.is(if scores { 200 } else { 403 });
        let shown = stage.app.signed_in(person).get(&page).await.is(if scores { 200 } else { 403 });
        assert_eq!((read.says("Acme"), shown.says("Acme")), (scores, scores), "{seat}");
    }
    // The kit leads there, and the sheet is printed from there.
    let kit = stage.app.signed_in(stage.interview.seat(Seat::Shadow)).get(&page.replace("/resume", "/kit")).await.is(200);
    assert!(kit.text().contains(&format!("href=\"{page}\"")));
    stage.app.signed_in(stage.world.lead).get(&page).await.shows("Print or save as PDF").shows("Skills first");
}

#[actix_web::test]
async fn a_lead_takes_single_suggestions_or_all_and_none_twice() {
    let stage = Stage::set().await;
    stage.lead().post_json(&stage.api("/claims"), json!({"text": "dJANGO"})).await.is(201);
    stage.send().await;
    assert_eq!(stage.suggested().await, ["Ledger: Invoices over an API", "PostgreSQL", "Redis", "C++"]);
    let browser = stage.app.signed_in(stage.world.lead);
    browser
        .get(&stage.page(""))
        .await
        .is(200)
        .shows("Suggested from the résumé")
        .shows("At Acme & Sons: “Cut checkout latency by 60% with Redis”");
    let take = stage.page("/resume/claims");
    assert_eq!(browser.post_form(&take, [("text", "Redis")]).await.leads(), format!("{}#claims", stage.page("")));
    assert_eq!(stage.claims().await, ["dJANGO", "Redis"]);
    browser.post_form(&take, [("text", "Redis")]).await.is(409).shows("not suggested any more");
    let taken = stage.lead().post_json(&stage.api("/resume/claims"), json!({"texts": ["C++"]})).await.is(200).json();
    assert!(taken["items"][0]["detail"].as_str().unwrap().starts_with("Listed under Skills, Backend, advanced."), "{taken}");
    browser.post_form(&take, json!({})).await.leads();
    assert_eq!(stage.claims().await, ["dJANGO", "Redis", "C++", "Ledger: Invoices over an API", "PostgreSQL"]);
    assert_eq!(stage.suggested().await, Vec::<String>::new());
    assert_eq!(stage.lead().post_json(&stage.api("/resume/claims"), json!({})).await.is(200).json()["items"], json!([]));
    stage.app.token(stage.world.interviewer).post_json(&stage.api("/resume/claims"), json!({})).await.is(403);
    // Taken back or not: what the team has written down stays the team's.
    stage.candidate().delete(OWN).await.is(204);
    assert_eq!(stage.claims().await.len(), 5);
}

#[actix_web::test]
async fn no_more_is_suggested_than_a_record_has_room_for() {
    let stage = Stage::set().await;
    let tools: Vec<String> = (0..60).map(|number| format!("Tool {number}")).collect();
    let halves = [json!({"name": "x", "keywords": tools[..30]}), json!({"name": "y", "keywords": tools[30..]})];
    let file = json!({"basics": {"name": "Cleo"}, "skills": halves});
    stage.put(&stage.lead().if_match(0), &file).await.is(200);
    assert_eq!(stage.suggested().await.len(), 40);
    stage.lead().post_json(&stage.api("/claims"), json!({"text": "Led a team"})).await.is(201);
    assert_eq!(stage.suggested().await.len(), 39);
    stage.lead().post_json(&stage.api("/resume/claims"), json!({})).await.is(200);
    assert_eq!((stage.claims().await.len(), stage.suggested().await.len()), (40, 0));
    stage.lead().post_json(&stage.api("/resume/claims"), json!({"texts": ["Tool 50"]})).await.is(409);
}

#[actix_web::test]
async fn a_lead_puts_a_file_to_the_record_and_the_persons_own_word_comes_before_it() {
    let stage = Stage::set().await;
    let file = json!({"basics": {"name": "Cleo From File"}, "skills": [{"name": "Kafka"}], "awards": []});
    let browser = stage.app.signed_in(stage.world.lead);
    let import = stage.page("/resume/import");
    browser.get(&import).await.is(200).shows("from a file");
    let sent = Some(upload("cleo.json", &serde_json::to_vec(&file).unwrap(), ""));
    let preview = browser.send(Method::POST, &import, sent).await.is(200).shows("Cleo From File").shows("awards");
    assert_eq!(stage.lead().get(&stage.api("/resume")).await.json()["resume"], Value::Null, "nothing is kept before it is confirmed");
    let field =
        |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{}\r\n", preview.typed(name).unwrap());
    let confirm = format!("{}{}--edge--\r\n", field("version"), field("content")).into_bytes();
    let confirm = Some(("multipart/form-data; boundary=edge", confirm));
    browser.send(Method::POST, &format!("{import}/confirmation"), confirm.clone()).await.is(303);
    browser.send(Method::POST, &format!("{import}/confirmation"), confirm).await.is(412).shows("Another file was put");
    let read = stage.lead().get(&stage.api("/resume")).await.is(200).json();
    assert_eq!((&read["source"], &read["imported_by"], &read["version"]), (&json!("imported"), &json!("Lena Lead"), &json!(1)));
    browser.get(&stage.page("")).await.shows("brought by Lena Lead").shows("Kafka");
    stage.put(&stage.lead(), &file).await.is(428);
    assert_eq!(stage.put(&stage.lead().if_match(7), &file).await.is(412).json()["current"]["version"], 1);
    stage.put(&stage.lead().if_match(1), &json!({"work": {}})).await.refuses("work").refuses("basics.name");

    let id = stage.send().await;
    let read = stage.lead().get(&stage.api("/resume")).await.is(200).hides("Kafka").json();
    assert_eq!((&read["source"], &read["version"]), (&json!("sent"), &json!(1)));
    stage.candidate().delete(&format!("{OWN}/sendings/{id}")).await.is(204);
    stage.lead().get(&stage.api("/resume")).await.is(200).shows("Kafka");
    browser.post_form(&stage.page("/resume/removal"), json!({})).await.is(303);
    assert_eq!(stage.lead().get(&stage.api("/resume")).await.json()["resume"], Value::Null);
    stage.lead().delete(&stage.api("/resume")).await.is(204);
    stage.put(&stage.app.token(stage.world.interviewer).if_match(0), &file).await.is(403);
}
