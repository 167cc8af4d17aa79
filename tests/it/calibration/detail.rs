//! What stands behind disclosures: pairs, the Rasch model, severity by area. Gates, signs, and nobody's name.

use fivefold::policy::AccountId;
use serde_json::{Value, json};

use super::Team;

fn list<'v>(view: &'v Value, pointer: &str) -> &'v Vec<Value> {
    view.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("{pointer} in {view}"))
}

fn number(view: &Value, name: &str) -> f64 {
    view[name].as_f64().unwrap_or_else(|| panic!("{name} in {view}"))
}

/// No name and no id of the three, on the page and in the answer, but of those who share their severity.
async fn names_nobody(team: &Team, reader: AccountId) {
    let (page, answer) = (team.page(reader, "").await.is(200).text(), team.read(reader, "").await.is(200).text());
    for (account, name) in team.three.iter().zip(["Ann First", "Bob Second", "Cyd Third"]) {
        if *account != reader {
            assert!(!page.contains(name) && !answer.contains(name), "{name}");
            assert!(!page.contains(&account.to_string()) && !answer.contains(&account.to_string()), "{name} by id");
        }
    }
}

#[actix_web::test]
async fn a_pair_opens_at_ten_candidates_and_names_nobody() {
    let few = Team::uneven(9).await;
    let view = few.team_of(few.world.lead).await;
    assert_eq!(view["pairs"], json!({"people": 0, "own": null, "pairs": [], "too_few": 3}));
    few.page(few.world.lead, "").await.is(200).shows("A pair is shown from ten candidates on").hides("Quadratic-weighted kappa of each");

    let team = Team::uneven(12).await;
    let view = team.team_of(team.world.lead).await;
    let pairs = list(&view, "/pairs/pairs");
    assert_eq!((&view["pairs"]["people"], &view["pairs"]["own"], pairs.len()), (&json!(3), &Value::Null, 3));
    for pair in pairs {
        assert_eq!(pair["kappa"]["tier"], "indicative");
        assert_eq!(pair["kappa"]["word"], "not_enough_evidence", "an early signal is not judged");
        let (low, value, high) = (number(&pair["kappa"], "low"), number(&pair["kappa"], "value"), number(&pair["kappa"], "high"));
        assert!(low < value && value < high, "{pair}");
        let members: Vec<&String> = pair.as_object().unwrap().keys().collect();
        assert_eq!(members, ["kappa", "places"], "the number of shared candidates would tell who it is");
    }
    let page = team.page(team.world.lead, "").await.is(200).shows("A and B").shows("A and C").shows("B and C").shows("10 to 19");
    assert!(!page.says("20 or more"));
    names_nobody(&team, team.world.lead).await;

    // A lead who scores finds their own row.
    team.app.sql(&format!("UPDATE memberships SET role = 'lead' WHERE account_id = '{}'", team.three[1]));
    let view = team.team_of(team.three[1]).await;
    let own = view["pairs"]["own"].as_u64().unwrap();
    assert!(own < 3);
    team.page(team.three[1], "").await.is(200).shows("You").shows("A and B").hides("B and C");
    names_nobody(&team, team.three[1]).await;
}

#[actix_web::test]
async fn who_shares_their_severity_is_not_named_among_the_pairs() {
    let team = Team::uneven(12).await;
    team.app.token(team.three[1]).put_json(&team.world.api("/calibration/own/sharing"), json!({})).await.is(204);
    let view = team.team_of(team.world.lead).await;
    let shared = |part: &Value| part.to_string().contains("Bob Second");
    assert!(shared(&view["severity"]) && !shared(&view["pairs"]) && !shared(&view["many_facets"]));
}

/// Counts and intervals of who is not named, as the lead reads them: dots of severity and rows of the Rasch model.
fn unnamed(view: &Value) -> Vec<(Value, f64)> {
    let width = |row: &Value, count: &str| (row[count].clone(), ((number(row, "high") - number(row, "low")) * 1e9).round());
    let dots = list(view, "/severity/dots").iter().filter(|dot| dot["name"].is_null()).map(|dot| width(dot, "shared_candidates"));
    let raters = list(view, "/many_facets/raters").iter().map(|rater| width(rater, "scores"));
    dots.chain(raters).collect()
}

#[actix_web::test]
async fn nothing_that_a_lead_reads_of_who_shares_nothing_says_who_it_is() {
    let team = Team::uneven(12).await;
    // The third has scored one candidate fewer, as the seats of the interviews would tell.
    team.forget(0, 2);
    let lead = team.world.lead;
    let view = team.team_of(lead).await;
    let rows = unnamed(&view);
    let (tens, fifties) = (json!({"at_least": 10, "at_most": 19}), json!({"at_least": 50, "at_most": null}));
    assert_eq!(rows.iter().map(|(count, _)| count).collect::<Vec<_>>(), [&tens, &tens, &tens, &fifties, &fifties, &fifties]);
    assert!(rows[..3].iter().all(|row| row.1 == rows[0].1) && rows[3..].iter().all(|row| row.1 == rows[3].1), "no width tells a count");
    let raters = list(&view, "/many_facets/raters");
    assert!(raters.iter().all(|rater| rater["chance_high"] == raters[0]["chance_high"]), "nor does what chance does");
    assert_eq!((&view["adjusted"], &view["adjusted_kept_back"]), (&json!([]), &json!(12)), "a few panels tell each member");
    assert_eq!((&view["many_facets"]["candidates"], &view["many_facets"]["candidates_kept_back"]), (&json!([]), &json!(12)));
    let page = team.page(lead, "").await.is(200).shows("10 to 19").shows("50 or more").shows("12 interviews are kept back");
    assert!(!page.text().contains("<td class=\"nowrap\">11</td>") && !page.says("What the panel changed"));

    // Who shares is counted exactly; who is left over alone would have a name by that, and no panel of theirs is told.
    let share = async |account: AccountId| {
        team.app.token(account).put_json(&team.world.api("/calibration/own/sharing"), json!({})).await.is(204);
    };
    share(team.three[0]).await;
    share(team.three[2]).await;
    let view = team.team_of(lead).await;
    let dots = list(&view, "/severity/dots");
    let mut shared: Vec<(&str, &Value)> = dots.iter().map(|dot| (dot["name"].as_str().unwrap(), &dot["shared_candidates"])).collect();
    shared.sort_by_key(|dot| dot.0);
    let exact = |count: usize| json!({"at_least": count, "at_most": count});
    assert_eq!(shared, [("Ann First", &exact(12)), ("Cyd Third", &exact(11))]);
    assert_eq!((&view["severity"]["kept_back"], &view["adjusted"]), (&json!(1), &json!([])));
    assert_eq!(list(&view, "/many_facets/raters").len(), 2, "nor is the one left over found in the other scale, whose order is the same");
    team.page(lead, "").await.is(200).shows("it would be the only one without a name");

    share(team.three[1]).await;
    let view = team.team_of(lead).await;
    assert_eq!((list(&view, "/adjusted").len(), &view["adjusted_kept_back"]), (12, &json!(0)));
    team.page(lead, "").await.is(200).shows("What the panel changed").hides("kept back");
}

#[actix_web::test]
async fn a_lead_cannot_tell_which_of_two_is_the_lenient_one() {
    let mut told = Vec::new();
    for places in [[0, 1, 2], [0, 2, 1]] {
        let team = Team::nobody().await;
        for number in 0..12 {
            team.interview(number, |place, area| Team::chance(number, places[place as usize], area));
        }
        let view = team.team_of(team.world.lead).await;
        let rounded = |row: &Value| ["value", "low", "high"].map(|name| (self::number(row, name) * 1e6).round());
        let rows = |pointer: &str| list(&view, pointer).iter().map(rounded).collect::<Vec<_>>();
        told.push((rows("/severity/dots"), rows("/many_facets/raters")));
    }
    assert_eq!(told[0], told[1], "values and order are the same, whoever it is");
}

#[actix_web::test]
async fn the_rasch_model_takes_thirty_scores_of_everybody_and_agrees_with_severity() {
    let hidden = Team::uneven(5).await;
    let view = hidden.team_of(hidden.world.lead).await;
    let model = &view["many_facets"];
    assert_eq!((&model["tier"], &model["fewest"], &model["scores"]), (&json!("hidden"), &json!(25), &Value::Null));
    assert!(["raters", "areas", "candidates"].iter().all(|part| model[part] == json!([])), "{model}");
    let own: Value = hidden.read(hidden.three[0], "/own").await.is(200).json();
    assert_eq!((&own["many_facets"]["tier"], &own["many_facets"]["measure"]), (&json!("hidden"), &Value::Null));
    hidden.page(hidden.world.lead, "").await.is(200).shows("It takes 30 scores of everybody").shows("somebody has 25 so far");
    hidden.page(hidden.three[0], "/own").await.is(200).shows("It takes 30 scores of everybody");

    let early = Team::uneven(6).await;
    assert_eq!(early.team_of(early.world.lead).await["many_facets"]["tier"], "indicative");

    let team = Team::uneven(12).await;
    let view = team.team_of(team.world.lead).await;
    let model = &view["many_facets"];
    assert_eq!((&model["tier"], &model["scores"]), (&json!("reportable"), &json!(180)));
    let raters = list(model, "/raters");
    assert_eq!(raters.len(), 3);
    assert!(raters.iter().map(|rater| number(rater, "value")).sum::<f64>().abs() < 1e-9, "they are centred");
    assert!(raters.iter().all(|rater| rater["own"] == json!(false) && rater.get("name").is_none()));
    assert_eq!((list(model, "/areas").len(), list(model, "/candidates").len(), &model["candidates_kept_back"]), (5, 0, &json!(12)));
    names_nobody(&team, team.world.lead).await;
    for account in team.three {
        team.app.token(account).put_json(&team.world.api("/calibration/own/sharing"), json!({})).await.is(204);
    }
    let open = team.team_of(team.world.lead).await;
    let model = &open["many_facets"];
    assert_eq!((list(model, "/candidates").len(), &model["candidates_kept_back"]), (12, &json!(0)));
    for candidate in list(model, "/candidates") {
        assert!(number(candidate, "low") < number(candidate, "fair") && number(candidate, "fair") < number(candidate, "high"));
        assert!((1.0..=5.0).contains(&number(candidate, "low")) && (1.0..=5.0).contains(&number(candidate, "high")), "{candidate}");
    }

    // The second gives a point more than the others: more lenient, in the model as in severity.
    let own: Value = team.read(team.three[1], "/own").await.is(200).json();
    let measure = &own["many_facets"]["measure"];
    assert!(number(measure, "low") > 0.0 && number(&own["severity"], "low") > 0.0, "{own}");
    assert!(number(measure, "infit") > 0.0 && number(measure, "scores") == 60.0);
    assert!(raters.iter().any(|rater| rater["value"] == measure["value"]), "it is one of the lead's dots");
    team.page(team.three[1], "/own")
        .await
        .is(200)
        .shows("You in the Rasch model")
        .shows("In the Rasch model you are more lenient")
        .hides("Ann First");
}

#[actix_web::test]
async fn ones_own_severity_in_each_area_has_a_gate_of_its_own() {
    let early = Team::uneven(4).await;
    let own: Value = early.read(early.three[1], "/own").await.is(200).json();
    for area in list(&own, "/areas") {
        assert_eq!((&area["tier"], &area["value"], &area["low"]), (&json!("hidden"), &Value::Null, &Value::Null));
    }
    let team = Team::uneven(12).await;
    // In the first area the second did not score: there they are not compared.
    team.app.sql(&format!(
        "UPDATE scorecard_revisions SET content = jsonb_set(content, '{{areas,0,value}}', 'null') WHERE author_id = '{}'",
        team.three[1]
    ));
    let own: Value = team.read(team.three[1], "/own").await.is(200).json();
    let areas = list(&own, "/areas");
    assert_eq!(areas[0]["tier"], "hidden");
    for area in &areas[1..] {
        assert_ne!(area["tier"], "hidden");
        assert_eq!(area["shared_candidates"], 12);
        assert!(number(area, "low") <= number(area, "value") && number(area, "value") <= number(area, "high"));
    }
    let page = team.page(team.three[1], "/own").await.is(200).shows("Your severity, area by area").shows("too few shared candidates");
    assert!(page.says("Four comparisons at once"), "so many that one may lie apart by chance");
    let answer = team.team_of(team.world.lead).await;
    assert!(answer.get("areas").is_none(), "nobody else is told");
}

#[actix_web::test]
async fn every_other_coefficient_carries_its_interval() {
    let team = Team::uneven(12).await;
    let view = team.team_of(team.world.lead).await;
    let more = list(&view, "/agreement/more");
    let names: Vec<&str> = more.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Alpha, interval", "Alpha, nominal", "Fleiss’ kappa", "Gwet’s AC2, linear", "Brennan–Prediger, linear"]);
    for one in more {
        assert!(number(one, "low") < number(one, "value") && number(one, "value") < number(one, "high"), "{one}");
    }
    team.page(team.world.lead, "").await.is(200).shows("Fleiss’ kappa");
    let thin = Team::uneven(4).await;
    assert_eq!(thin.team_of(thin.world.lead).await["agreement"]["more"], json!([]));
}
