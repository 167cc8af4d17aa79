//! R6: a debrief's band rests on the team's own components once they can be reported.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Team;

/// The mean of a card varies, and not as the built-in components say.
fn score(number: u128, place: u128, area: u128) -> u128 {
    let chance = (number * 7 + place * 5 + area * 3 + number * area) % 3;
    (2 + number % 3 + u128::from(place == 1) + chance).saturating_sub(1).clamp(1, 5)
}

/// Between interviewers, and what is left: by the mean squares of a complete table, which is what the likelihood gives
/// where none of them is negative.
fn components(interviews: u128) -> (f64, f64) {
    let cell = |number: u128, place: u128| (1..=5).map(|area| score(number, place, area) as f64).sum::<f64>() / 5.0;
    let (n, k) = (interviews as f64, 3.0);
    let row = |number| (0..3).map(|place| cell(number, place)).sum::<f64>() / k;
    let column = |place| (0..interviews).map(|number| cell(number, place)).sum::<f64>() / n;
    let mean = (0..3).map(column).sum::<f64>() / k;
    let raters = n * (0..3).map(|place| (column(place) - mean).powi(2)).sum::<f64>() / (k - 1.0);
    let rest = (0..interviews).flat_map(|number| (0..3).map(move |place| (number, place)));
    let rest = rest.map(|(number, place)| (cell(number, place) - row(number) - column(place) + mean).powi(2)).sum::<f64>();
    let rest = rest / ((n - 1.0) * (k - 1.0));
    ((raters - rest) / n, rest)
}

impl Team {
    /// An interview of three cards whose debrief a lead opens now.
    async fn opens(&self, number: u128) -> String {
        self.interview(number, |place, area| score(number, place, area));
        let id = Uuid::from_u128((2 << 64) + number + 1);
        self.app.sql(&format!("DELETE FROM debriefs WHERE interview_id = '{id}'"));
        let debrief = self.world.api(&format!("/interviews/{id}/debrief"));
        self.app.token(self.world.lead).post_json(&debrief, json!({"reason": "The room has to be free by noon."})).await.is(201);
        debrief
    }

    async fn proposal(&self, debrief: &str) -> Value {
        self.app.token(self.world.lead).get(debrief).await.is(200).json()["proposal"].clone()
    }
}

#[actix_web::test]
async fn a_debrief_opens_with_the_teams_own_components_once_they_are_reportable() {
    let team = Team::nobody().await;
    for number in 0..18 {
        team.interview(number, |place, area| score(number, place, area));
    }
    team.opens(18).await;
    assert_eq!(team.app.run_jobs().await, 0, "nineteen cannot be reported, so nothing is asked");
    let first = team.opens(19).await;
    assert_eq!(team.app.run_jobs().await, 1);
    let assumed = team.proposal(&first).await;
    assert_eq!((&assumed["assumed"], &assumed["measured_over"]), (&json!(true), &Value::Null), "it keeps what it opened with");

    let second = team.opens(20).await;
    let own = team.proposal(&second).await;
    assert_eq!((&own["assumed"], &own["measured_over"]), (&json!(false), &json!(20)));
    let (interviewer, rest) = components(20);
    assert!(interviewer > 0.0);
    assert_eq!(own["counted_cards"], 3, "{own}");
    let half = own["value"].as_f64().unwrap() - own["low"].as_f64().unwrap();
    assert!((half - 1.96 * ((interviewer + rest) / 3.0).sqrt()).abs() < 1e-6, "{half} of {interviewer} and {rest}");
    let page = team.app.signed_in(team.world.lead).get(&second.replace("/api/v1", "")).await.is(200);
    page.shows("how much this team’s interviewers have differed, over 20 interviews with two scorecards or more");

    team.opens(21).await;
    assert_eq!(team.app.run_jobs().await, 1, "one run for all that opened meanwhile");

    // What nothing recent stands behind is assumed again.
    team.app.advance(TimeDelta::weeks(60));
    team.opens(22).await;
    team.app.run_jobs().await;
    assert!(team.app.texts("SELECT 1 FROM variance_components").is_empty());
}
