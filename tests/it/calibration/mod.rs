//! Calibration: which scores enter, who sees whom, what a gate hides; both doors.

mod components;
mod detail;

use fivefold::policy::{AccountId, Mode, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scorecards::Panel;
use crate::support::{App, Response, World};

/// A team of three interviewers, who scored candidates together.
struct Team {
    app: App,
    world: World,
    three: [AccountId; 3],
}

impl Team {
    /// The second is always a point above the first, the third as the first.
    async fn of(interviews: u128) -> Self {
        let team = Team::nobody().await;
        for number in 0..interviews {
            let base = 1 + number % 4;
            team.interview(number, |place, _| base + u128::from(place == 1));
        }
        team
    }

    /// As [`Team::of`], with some chance in every score.
    async fn uneven(interviews: u128) -> Self {
        let team = Team::nobody().await;
        for number in 0..interviews {
            team.interview(number, |place, area| Team::chance(number, place, area));
        }
        team
    }

    /// What the one at this place gives; the second gives more.
    fn chance(number: u128, place: u128, area: u128) -> u128 {
        let chance = (number * 7 + place * 5 + area * 3 + number * area) % 3;
        (2 + number % 3 + u128::from(place == 1) + chance).saturating_sub(1).clamp(1, 5)
    }

    async fn nobody() -> Self {
        let app = App::new().await;
        let world = World::new(&app);
        let three = ["Ann First", "Bob Second", "Cyd Third"].map(|name| app.member(world.team, Role::Interviewer, name));
        Team { app, world, three }
    }

    /// An interview whose debrief is open, with the cards of the three: by place and area.
    fn interview(&self, number: u128, score: impl Fn(u128, u128) -> u128) {
        let (team, lead, now) = (self.world.team, self.world.lead, self.app.now());
        let id = |kind: u128| Uuid::from_u128((kind << 64) + number + 1);
        let cards = self.three.iter().zip(0..).map(|(account, place)| {
            let card = Uuid::from_u128((9 << 64) + number * 3 + place);
            let areas: Vec<Value> = (1..=5).map(|area| json!({"area": area, "value": score(place, area) as u8, "reason": ""})).collect();
            format!(
                "INSERT INTO seats (team_id, id, interview_id, account_id, seat, added_at) VALUES ('{team}', '{card}', '{interview}', '{account}', 'interviewer', '{now}');
                 INSERT INTO scorecards (team_id, id, interview_id, account_id, version, area_values, area_reasons, question_values, evidence, ticks,
                                         warning_signs, claim_verdicts, claim_evidence, next_step, created_at, saved_at, submitted_at)
                 VALUES ('{team}', '{card}', '{interview}', '{account}', 1, '{values}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '', '{now}', '{now}', '{now}');
                 INSERT INTO scorecard_revisions (team_id, scorecard_id, number, content, author_id, reason, others_visible, created_at)
                 VALUES ('{team}', '{card}', 1, '{content}', '{account}', '', false, '{now}');",
                interview = id(2),
                values = Value::Object((1..=5).map(|area| (area.to_string(), json!(score(place, area) as u8))).collect()),
                content = json!({"areas": areas, "questions": [], "evidence": [], "ticks": [], "warning_signs": [], "next_step": ""}),
            )
        });
        self.app.sql(&format!(
            "INSERT INTO candidates (team_id, id, name, created_at) VALUES ('{team}', '{candidate}', 'Candidate {number}', '{now}');
             INSERT INTO interviews (team_id, id, candidate_id, mode, level, question_set_version_id, rubric_version_id, starts_at, time_zone, minutes, created_by, created_at, scheduled_at)
             SELECT '{team}', '{interview}', '{candidate}', 'hiring', '{level}', set.id, rubric.id, '{now}', 'UTC', 60, '{lead}', '{now}', '{now}'
             FROM library_question_set_versions set, library_rubric_versions rubric
             WHERE set.slug = 'django-backend' AND rubric.slug = 'five-areas' ORDER BY set.number DESC, rubric.number DESC LIMIT 1;
             INSERT INTO rooms (team_id, interview_id, started_at, started_by, ended_at, ended_by, driver_id)
             VALUES ('{team}', '{interview}', '{now}', '{lead}', '{now}', '{lead}', '{lead}');
             {cards}
             INSERT INTO debriefs (team_id, interview_id, opened_at, opened_by) VALUES ('{team}', '{interview}', '{now}', '{lead}');",
            interview = id(2),
            candidate = id(1),
            level = if number.is_multiple_of(2) { "mid" } else { "senior" },
            cards = cards.collect::<String>(),
        ));
    }

    /// The card of the one at this place has no scores.
    fn forget(&self, number: u128, place: u128) {
        let card = Uuid::from_u128((9 << 64) + number * 3 + place);
        for area in 0..5 {
            self.app.sql(&format!(
                "UPDATE scorecard_revisions SET content = jsonb_set(content, '{{areas,{area},value}}', 'null') WHERE scorecard_id = '{card}'"
            ));
        }
    }

    async fn read(&self, reader: AccountId, rest: &str) -> Response {
        self.app.token(reader).get(&self.world.api(&format!("/calibration{rest}"))).await
    }

    async fn page(&self, reader: AccountId, rest: &str) -> Response {
        self.app.signed_in(reader).get(&self.world.page(&format!("/calibration{rest}"))).await
    }

    async fn team_of(&self, reader: AccountId) -> Value {
        self.read(reader, "").await.is(200).json()
    }
}

#[actix_web::test]
async fn only_first_scores_of_interviewers_enter_and_only_once_the_debrief_is_open() {
    let panel = Panel::of(Mode::Hiring).await;
    let counted = async |reader: AccountId, rest: &str| {
        let view: Value = panel.as_(reader).get(&panel.world.api(&format!("/calibration{rest}"))).await.is(200).json();
        (view["cards"].clone(), view["interviewers"].clone())
    };
    panel.hold(panel.id);
    panel.card(panel.shadow, 4).await;
    panel.card(panel.first, 2).await;
    assert_eq!(counted(panel.world.owner, "").await, (json!(0), json!(0)), "the debrief is not open");
    panel.open_debrief(panel.id);
    assert_eq!(counted(panel.world.owner, "").await, (json!(1), json!(1)), "the first; no shadow");
    assert_eq!(counted(panel.second, "/own").await, (json!(0), json!(0)), "who owes a card is told nothing of this interview (R2)");
    panel.card(panel.second, 3).await;
    assert_eq!(counted(panel.second, "/own").await, (json!(2), json!(2)));

    // What is amended after others were seen is kept, and never counted.
    panel.app.sql(&format!(
        "INSERT INTO scorecard_revisions (team_id, scorecard_id, number, content, author_id, reason, others_visible, created_at)
         SELECT team_id, scorecard_id, 2, jsonb_set(content, '{{areas,0,value}}', '5'), author_id, 'Heard more', true, created_at
         FROM scorecard_revisions WHERE author_id = '{}'",
        panel.first
    ));
    let talk: Value = panel.as_(panel.world.owner).get(&panel.world.api("/calibration")).await.is(200).json();
    assert_eq!(talk["talk_about"], json!([]), "2 and 3 are one apart; the amended 5 would be two");
    assert_eq!(talk["cards"], 2);
}

#[actix_web::test]
async fn what_is_too_thin_to_be_shown_is_in_no_byte() {
    let team = Team::of(4).await;
    let view = team.team_of(team.world.lead).await;
    assert_eq!(view["agreement"]["tier"], "hidden");
    for pointer in ["/agreement/exact", "/agreement/within_one", "/agreement/alpha/value", "/agreement/alpha/low", "/consistency/one/value"]
    {
        assert_eq!(view.pointer(pointer), Some(&Value::Null), "{pointer}");
    }
    assert_eq!(view.pointer("/agreement/areas/0/scores"), Some(&json!([])));
    assert_eq!((&view["severity"]["dots"], &view["consistency"]["curve"]), (&json!([]), &json!([])));
    let own: Value = team.read(team.three[1], "/own").await.is(200).json();
    assert_eq!((&own["severity"]["value"], &own["severity"]["tier"]), (&Value::Null, &json!("hidden")));
    team.page(team.three[1], "/own").await.is(200).shows("Too early to compare you with colleagues");
    team.page(team.world.lead, "").await.is(200).shows("Too few shared candidates to compare interviewers");
}

#[actix_web::test]
async fn where_nearly_all_scores_are_the_same_the_page_says_that_and_not_that_too_few_were_shared() {
    let team = Team::nobody().await;
    for number in 0..6 {
        team.interview(number, |place, area| if (number, place, area) == (0, 0, 1) { 4 } else { 3 });
    }
    let view = team.team_of(team.world.lead).await;
    assert_eq!((&view["agreement"]["tier"], &view["agreement"]["shared_candidates"]), (&json!("hidden"), &json!(6)));
    let cautions: Vec<&str> = view["cautions"].as_array().unwrap().iter().map(|said| said.as_str().unwrap()).collect();
    assert_eq!(cautions.len(), 5, "{cautions:?}");
    assert!(cautions[0].contains(": 94 % of the scores are a 3.") && cautions[1].contains(": 100 %"), "{cautions:?}");
    let page = team.page(team.world.lead, "").await.is(200).shows("94 % of the scores are a 3");
    page.shows("nearly everybody gave the same score: little variation to agree about").hides("from five candidates that two scored");

    // Of four shared candidates it would be single scorecards that are told.
    let few = Team::nobody().await;
    for number in 0..4 {
        few.interview(number, |_, _| 3);
    }
    assert_eq!(few.team_of(few.world.lead).await["cautions"], json!([]));
    few.page(few.world.lead, "").await.is(200).shows("from five candidates that two scored");
}

#[actix_web::test]
async fn leads_see_dots_without_names_until_somebody_shares_theirs() {
    let team = Team::of(12).await;
    let names = async || {
        let view = team.team_of(team.world.lead).await;
        let dots = view["severity"]["dots"].as_array().unwrap().clone();
        assert_eq!(dots.len(), 3);
        dots.iter().filter_map(|dot| dot["name"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(names().await, Vec::<String>::new());
    let page = team.page(team.world.lead, "").await.is(200).text();
    for name in ["Ann First", "Bob Second", "Cyd Third"] {
        assert!(!page.contains(name), "{name} stands on the lead's page");
    }
    let own: Value = team.read(team.three[1], "/own").await.is(200).json();
    assert!(own["severity"]["low"].as_f64().unwrap() > 0.0, "the second is more lenient: {}", own["severity"]);

    let sharing = team.world.api("/calibration/own/sharing");
    let bob = team.app.token(team.three[1]);
    bob.put_json(&sharing, json!({})).await.is(204);
    assert_eq!(names().await, ["Bob Second"]);
    team.page(team.world.lead, "").await.is(200).shows("Bob Second");
    bob.delete(&sharing).await.is(204);
    assert_eq!(names().await, Vec::<String>::new());

    // The other door.
    let form = |share: &str| vec![("share".to_owned(), share.to_owned())];
    let page = team.world.page("/calibration/own/sharing");
    team.app.signed_in(team.three[0]).post_form(&page, &form("yes")).await.is(303);
    assert_eq!(names().await, ["Ann First"]);
    team.app.signed_in(team.three[0]).post_form(&page, &form("no")).await.is(303);
    assert_eq!(names().await, Vec::<String>::new());
}

#[actix_web::test]
async fn an_interviewer_reads_their_own_and_the_team_is_the_leads() {
    let team = Team::of(12).await;
    team.read(team.three[0], "").await.is(403);
    let page = team.page(team.three[0], "").await.is(200).text();
    assert!(page.contains("Your own calibration") && !page.contains("Bob Second"), "their own page, which names no colleague");
    team.read(team.world.candidate, "/own").await.is(403);
    team.app.token(team.world.outsider).get(&team.world.api("/calibration/own")).await.is(404);
}

#[actix_web::test]
async fn a_look_is_one_level_and_one_period_and_a_word_that_is_none_is_refused() {
    let team = Team::of(12).await;
    let shared = async |rest: &str| team.read(team.world.lead, rest).await.is(200).json()["shared_interviews"].clone();
    assert_eq!(shared("").await, 12);
    assert_eq!(shared("?level=mid").await, 6);
    assert_eq!(shared(&format!("?rubric_version_id={}", Uuid::nil())).await, 0);
    team.app.sql("UPDATE interviews SET starts_at = starts_at - interval '100 days'");
    assert_eq!(shared("?period=12-weeks").await, 0);
    assert_eq!(shared("?period=26-weeks").await, 12);
    let refused = team.read(team.world.lead, "?period=fortnight").await;
    assert!(refused.is(400).text().contains("12-weeks, 26-weeks, 52-weeks or always"));
}

#[actix_web::test]
async fn a_panel_is_planned_at_the_level_that_is_looked_at() {
    let team = Team::of(3).await;
    // The first never scores with another.
    for (number, place) in [(0, 1), (0, 2), (1, 0), (2, 0)] {
        team.forget(number, place);
    }
    team.page(team.world.lead, "").await.is(200).shows("Plan with them").hides("level=mid");
    let page = team.page(team.world.lead, "?level=mid").await.is(200).shows("Plan with them").text();
    let mut links = page.split("href=\"").filter(|rest| rest.contains("/interviews/new?panel="));
    assert!(links.clone().count() > 0 && links.all(|rest| rest.split('"').next().unwrap().ends_with("level=mid")));
}

#[actix_web::test]
async fn many_scorecards_cost_as_many_queries_as_few() {
    let mut costs = Vec::new();
    for interviews in [6, 24] {
        let team = Team::of(interviews).await;
        let lead = team.app.signed_in(team.world.lead);
        lead.get(&team.world.page("/calibration")).await.is(200);
        let (_, queries) = team.app.queries(lead.get(&team.world.page("/calibration"))).await;
        costs.push(queries.len());
    }
    assert_eq!(costs[0], costs[1]);
    assert!(costs[0] <= 14, "{} queries", costs[0]);
}
