//! The planner takes an offered panel over, and says who should sit together; by seats alone.

use chrono::TimeDelta;
use fivefold::policy::{AccountId, Role};
use serde_json::{Value, json};

use super::form;
use crate::support::{App, Response, World};

const STRANGERS: &str = "have never met the same candidate";

/// A hiring team with three more interviewers; the world's own has left.
struct Team {
    app: App,
    world: World,
    ann: AccountId,
    bob: AccountId,
    cyd: AccountId,
}

impl Team {
    async fn new() -> Self {
        let app = App::new().await;
        let world = World::new(&app);
        app.sql(&format!("UPDATE memberships SET removed_at = now() WHERE account_id = '{}'", world.interviewer));
        let [ann, bob, cyd] = ["Ann First", "Bob Second", "Cyd Third"].map(|name| app.member(world.team, Role::Interviewer, name));
        Team { app, world, ann, bob, cyd }
    }

    /// An interview of tomorrow with these; the first leads.
    async fn meet(&self, seats: &[(AccountId, &str)]) -> String {
        let seats: Vec<Value> = seats.iter().map(|(account, seat)| json!({"account_id": account, "seat": seat})).collect();
        self.world.interview(&self.app, json!({"candidate": {"name": "Gus Guest"}, "seats": seats})).await.to_string()
    }

    async fn pair(&self, one: AccountId, other: AccountId) -> String {
        self.meet(&[(one, "lead_interviewer"), (other, "interviewer")]).await
    }

    async fn suggestion(&self, query: &str) -> Value {
        self.app.token(self.world.lead).get(&self.world.api(&format!("/panel-suggestion{query}"))).await.is(200).json()
    }

    async fn planner(&self, query: &str) -> Response {
        self.app.signed_in(self.world.lead).get(&self.world.page(&format!("/interviews/new{query}"))).await.is(200)
    }

    /// The planner with this panel, after a button.
    async fn press(&self, panel: &[(AccountId, &str)], button: (&str, String)) -> Response {
        let seats: Vec<Value> = panel.iter().map(|(account, seat)| json!({"account_id": account, "seat": seat})).collect();
        let mut plan = self.world.plan(&self.app);
        plan["seats"] = json!(seats);
        let mut pairs = form(&plan);
        pairs.push((button.0.into(), button.1));
        self.app.signed_in(self.world.lead).post_form(&self.world.page("/interviews"), pairs).await.is(200)
    }
}

/// The rows of the panel as the planner shows them: who, and in which seat.
fn rows(page: &Response) -> Vec<(String, String)> {
    let text = page.text();
    let chosen = |name: &str, row: usize| {
        let (_, control) = text.split_once(&format!("id=\"seats.{row}.{name}\""))?;
        let (options, _) = control.split_once("</select>")?;
        let (before, _) = options.split_once(" selected")?;
        Some(before.rsplit("value=\"").next()?.split('"').next()?.to_owned())
    };
    (0..).map_while(|row| Some((chosen("account_id", row)?, chosen("seat", row)?))).collect()
}

fn names(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

fn short(view: &Value) -> Vec<(String, u64)> {
    let pair = |pair: &Value| (names(&pair["people"]).join("+"), pair["shared"].as_u64().unwrap());
    view["short"].as_array().unwrap().iter().map(pair).collect()
}

#[actix_web::test]
async fn a_panel_in_the_address_is_taken_over() {
    let team = Team::new().await;
    let outsider = team.world.outsider;
    let page = team.planner(&format!("?panel={}&panel={outsider}&panel=nonsense&panel={}&panel={}", team.cyd, team.ann, team.cyd)).await;
    let wanted = [(team.cyd.to_string(), "lead_interviewer".to_owned()), (team.ann.to_string(), "interviewer".to_owned())];
    assert_eq!(rows(&page), wanted, "each once, the first leads, nobody of another team");
    let plain = team.planner("").await;
    assert_eq!(rows(&plain), [(team.world.lead.to_string(), "lead_interviewer".to_owned())]);
    assert_eq!(rows(&team.planner(&format!("?panel={outsider}")).await), rows(&plain), "nobody of it may sit here");
    assert_eq!(plain.typed("level").as_deref(), Some("mid"));
    let senior = team.planner(&format!("?panel={}&level=senior", team.cyd)).await;
    assert_eq!((senior.typed("level").as_deref(), rows(&senior).len()), (Some("senior"), 1), "and the level");
    assert_eq!(team.planner("?level=boss").await.typed("level").as_deref(), Some("mid"));
    // Beside the candidate.
    let record = team.app.token(team.world.lead).post_json(&team.world.api("/candidates"), json!({"name": "Gus Guest"})).await.is(201).id();
    let page = team.planner(&format!("?candidate={record}&panel={}", team.bob)).await;
    assert_eq!((page.typed("candidate_id"), rows(&page).len()), (Some(record), 1));
}

#[actix_web::test]
async fn the_planner_says_who_never_met_and_seats_them() {
    let team = Team::new().await;
    team.pair(team.ann, team.bob).await;
    let view = team.suggestion("").await;
    assert_eq!(view["wanted"], 1);
    assert_eq!(short(&view), [("Ann First+Cyd Third".into(), 0), ("Bob Second+Cyd Third".into(), 0)]);
    let plan: Vec<Vec<String>> = view["plan"].as_array().unwrap().iter().map(names).collect();
    assert_eq!(plan, [["Ann First", "Bob Second", "Cyd Third"]], "one interview mends both");
    assert_eq!((&view["brings"], &view["add"]), (&json!([]), &json!([])));

    let view = team.suggestion(&format!("?account_ids={},{}", team.ann, team.cyd)).await;
    let brings: Vec<Vec<String>> = view["brings"].as_array().unwrap().iter().map(|pair| names(&pair["people"])).collect();
    assert_eq!(brings, [["Ann First", "Cyd Third"]]);
    assert_eq!((&view["add"][0]["person"]["name"], names(&view["add"][0]["with"])), (&json!("Bob Second"), vec!["Cyd Third".to_owned()]));

    let page = team.planner(&format!("?panel={}", team.cyd)).await;
    let page = page.shows(&format!("Ann First and Cyd Third {STRANGERS}, nor has one other pair."));
    let page = page.shows("Take this panel").shows("Ann First, Bob Second, Cyd Third").shows("Add Ann First");
    page.shows("has never met a candidate together with Cyd Third");
    let panel = [(team.cyd, "lead_interviewer")];
    let page = team.press(&panel, ("add_person", team.ann.to_string())).await;
    assert_eq!(rows(&page), [(team.cyd.to_string(), "lead_interviewer".into()), (team.ann.to_string(), "interviewer".into())]);
    page.shows("This panel brings Ann First and Cyd Third together");
    let all = [team.ann, team.bob, team.cyd].map(|account| account.to_string()).join(",");
    let page = team.press(&panel, ("take_panel", all.clone())).await;
    assert_eq!(rows(&page)[0], (team.cyd.to_string(), "lead_interviewer".into()), "who leads goes on leading");
    assert_eq!(rows(&page).len(), 3);
    let page = team.press(&[(team.world.lead, "lead_interviewer")], ("take_panel", all)).await;
    assert_eq!(rows(&page).iter().map(|(_, seat)| seat.as_str()).collect::<Vec<_>>(), ["lead_interviewer", "interviewer", "interviewer"]);
}

#[actix_web::test]
async fn only_counted_seats_of_interviews_that_take_place_bring_people_together() {
    let team = Team::new().await;
    let lead = team.app.token(team.world.lead);
    let id = team.pair(team.ann, team.bob).await;
    team.meet(&[(team.ann, "lead_interviewer"), (team.bob, "interviewer"), (team.cyd, "shadow")]).await;
    team.meet(&[(team.bob, "lead_interviewer"), (team.cyd, "observer")]).await;
    let cancelled = team.pair(team.ann, team.cyd).await;
    lead.put_json(&team.world.api(&format!("/interviews/{cancelled}/cancellation")), json!({"reason": "Ill"})).await.is(200);
    let seats = json!([{"account_id": team.ann, "seat": "lead_interviewer"}, {"account_id": team.cyd, "seat": "interviewer"}]);
    team.world.interview(&team.app, json!({"draft": true, "seats": seats})).await;
    assert_eq!(short(&team.suggestion("").await), [("Ann First+Cyd Third".into(), 0), ("Bob Second+Cyd Third".into(), 0)]);

    // Whoever only owns or leads is not asked to sit; once they do, they belong.
    team.meet(&[(team.cyd, "lead_interviewer"), (team.world.lead, "interviewer")]).await;
    assert!(short(&team.suggestion("").await).iter().any(|(pair, _)| pair.contains("Lena Lead")));
    // A year later nobody has met.
    team.app.sql(&format!("UPDATE interviews SET starts_at = starts_at - interval '53 weeks' WHERE id <> '{id}'"));
    assert_eq!(short(&team.suggestion("").await), [("Ann First+Cyd Third".into(), 0), ("Bob Second+Cyd Third".into(), 0)]);
}

#[actix_web::test]
async fn where_everybody_has_met_it_is_said_who_shared_too_few_in_a_quarter() {
    let team = Team::new().await;
    for _ in 0..4 {
        team.meet(&[(team.ann, "lead_interviewer"), (team.bob, "interviewer"), (team.cyd, "interviewer")]).await;
    }
    team.pair(team.ann, team.bob).await;
    let view = team.suggestion("").await;
    assert_eq!(view["wanted"], 5);
    assert_eq!(short(&view), [("Ann First+Cyd Third".into(), 4), ("Bob Second+Cyd Third".into(), 4)]);
    assert_eq!(view["plan"].as_array().unwrap().len(), 1);
    team.planner("").await.shows("Ann First and Cyd Third have shared 4 candidates in twelve weeks.");
    team.meet(&[(team.ann, "lead_interviewer"), (team.bob, "interviewer"), (team.cyd, "interviewer")]).await;
    let view = team.suggestion("").await;
    assert_eq!((&view["short"], &view["plan"], &view["add"]), (&json!([]), &json!([]), &json!([])));
    team.planner("").await.hides("Take this panel").hides(STRANGERS);
    // Met long ago: in the year, not in the quarter.
    team.app.sql("UPDATE interviews SET starts_at = starts_at - interval '20 weeks'");
    assert_eq!(short(&team.suggestion("").await)[0], ("Ann First+Bob Second".into(), 0));
}

#[actix_web::test]
async fn it_is_who_sat_where_and_nothing_of_what_they_gave() {
    let team = Team::new().await;
    let id = team.pair(team.ann, team.bob).await;
    let before = (team.suggestion("").await, team.planner("").await.text());
    team.app.sql(&format!(
        "INSERT INTO scorecards (team_id, id, interview_id, account_id, version, created_at, saved_at, submitted_at)
         SELECT team_id, gen_random_uuid(), id, '{}', 1, created_at, created_at, created_at FROM interviews WHERE id = '{id}'",
        team.ann
    ));
    assert_eq!((team.suggestion("").await, team.planner("").await.text()), before);
    // Only who plans is told: seats of interviews that one does not sit in are nobody else's business.
    for account in [team.ann, team.world.candidate] {
        team.app.token(account).get(&team.world.api("/panel-suggestion")).await.is(403);
    }
    team.app.token(team.world.outsider).get(&team.world.api("/panel-suggestion")).await.is(404);
}

#[actix_web::test]
async fn the_candidate_and_who_may_not_sit_are_in_no_panel() {
    let team = Team::new().await;
    let lead = team.app.token(team.world.lead);
    lead.get(&team.world.api(&format!("/panel-suggestion?candidate_id={}", uuid::Uuid::nil()))).await.is(404);
    lead.get(&team.world.api("/panel-suggestion?account_ids=one,two")).await.is(400);
    // Somebody with the role candidate sits in mock interviews only.
    let seats = json!([{"account_id": team.ann, "seat": "lead_interviewer"}, {"account_id": team.world.candidate, "seat": "interviewer"}]);
    team.world.interview(&team.app, json!({"mode": "mock", "seats": seats})).await;
    let says = async |mode: &str| team.suggestion(mode).await.to_string().contains("Carl Candidate");
    assert!(says("?mode=mock").await && !says("?mode=hiring").await && !says("").await);
    // Nor does whoever is interviewed.
    let record = json!({"name": "Carl Candidate", "account_id": team.world.candidate});
    let record = lead.post_json(&team.world.api("/candidates"), record).await.is(201).id();
    assert!(!says(&format!("?mode=mock&candidate_id={record}")).await);
}

#[actix_web::test]
async fn many_interviews_cost_as_many_queries_as_one() {
    let team = Team::new().await;
    let lead = team.app.signed_in(team.world.lead);
    let page = team.world.page("/interviews/new");
    let cost = async || {
        lead.get(&page).await.is(200);
        team.app.queries(lead.get(&page)).await.1.len()
    };
    team.pair(team.ann, team.bob).await;
    let one = cost().await;
    for _ in 0..8 {
        team.pair(team.bob, team.cyd).await;
        team.app.advance(TimeDelta::seconds(1));
    }
    assert_eq!(cost().await, one);
}
