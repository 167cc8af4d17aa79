//! Before one's own score is saved there is no byte of what an interviewer has beside the question, whatever one asks for.

use fivefold::question_sets::Question;
use serde_json::json;

use super::{Desk, given};
use crate::support::Response;

/// Words that only an interviewer has: title, purpose, points, signs, probes, both answers.
fn guidance(question: &Question) -> Vec<String> {
    let weak = question.weak_answer.iter().flat_map(|weak| [weak.text.clone(), weak.why.clone()]);
    let lines = question.listen_for.iter().chain(&question.warning_signs).chain(&question.probes).cloned();
    let words = lines.chain(weak).chain(question.strong_answer.clone()).chain([question.title.clone(), question.tests.clone()]);
    words
        .map(|text| text.split('`').next().unwrap_or_default().chars().take(28).collect::<String>())
        .filter(|text| text.chars().count() > 12)
        .collect()
}

/// What only the score needs.
fn anchors(question: &Question) -> Vec<String> {
    question
        .anchors
        .iter()
        .map(|anchor| anchor.text.split('`').next().unwrap_or_default().chars().take(24).collect())
        .filter(|text: &String| text.len() > 12)
        .collect()
}

/// Everything that its author can ask for, with every refusal on the way.
async fn everything(desk: &Desk, id: &str) -> Vec<(String, Response)> {
    let mut answers = Vec::new();
    for address in ["/practice", "/practice/progress", "/practice/recordings", "/attempts", "/home", "/find?q=queryset", "/interviews"] {
        answers.push((format!("API {address}"), desk.program.get(&desk.api(address)).await));
    }
    for address in ["", "/practice", "/practice/progress", "/practice/recordings", "/attempts", "/find?q=queryset", "/question-sets"] {
        answers.push((format!("page {address}"), desk.browser.get(&desk.page(address)).await));
    }
    for rest in ["", "/answer", "/recording", "/recording/audio", "/side-by-side"] {
        answers.push((format!("API attempt{rest}"), desk.program.get(&desk.api(&format!("/attempts/{id}{rest}"))).await));
    }
    let (api, page) = (desk.api(&format!("/attempts/{id}")), desk.page(&format!("/attempts/{id}")));
    answers.push(("page attempt".into(), desk.browser.get(&page).await));
    answers.push(("side by side".into(), desk.browser.get(&format!("{page}/side-by-side")).await));
    answers.push(("part of it".into(), desk.browser.with("X-Fragment", "main").get(&page).await));
    answers.push(("stale".into(), desk.program.if_match(77).once().patch_json(&format!("{api}/answer"), json!({"text": "x"})).await));
    answers.push(("stale form".into(), desk.browser.post_form(&format!("{page}/answer"), [("text", "x"), ("version", "77")]).await));
    answers.push(("stale end".into(), desk.browser.post_form(&format!("{page}/completion"), [("text", "y"), ("version", "77")]).await));
    answers.push(("no score".into(), desk.program.put_json(&format!("{api}/score"), json!({})).await));
    answers.push(("no score form".into(), desk.browser.post_form(&format!("{page}/score"), [("score", "9")]).await));
    answers.push(("compare".into(), desk.program.if_match(1).put_json(&format!("{api}/comparison"), json!({"heard": [0]})).await));
    answers.push(("compare form".into(), desk.browser.post_form(&format!("{page}/comparison"), [("heard", "0"), ("version", "1")]).await));
    answers
}

fn told<'w>(answer: &Response, words: &'w [String]) -> Option<&'w String> {
    let body = answer.text();
    words.iter().find(|word| body.contains(word.as_str()) || answer.says(word))
}

#[actix_web::test]
async fn no_byte_of_the_guidance_reaches_its_author_before_the_own_score_is_saved() {
    let desk = Desk::new().await;
    let mut asked = 0;
    for key in ["lazy-querysets", "slow-endpoint", "hard-bug"] {
        let question = desk.question(key);
        let (secret, scale) = (guidance(&question), anchors(&question));
        assert!(secret.len() > 12, "{key}: {}", secret.len());
        let started =
            desk.program.post_json(&desk.api("/attempts"), super::merge(desk.wish(&question), json!({"think_seconds": 30}))).await.is(201);
        let id = started.id();
        let api = desk.api(&format!("/attempts/{id}"));
        let mut traffic = vec![("start".to_owned(), started)];
        traffic.extend(everything(&desk, &id).await);
        traffic.push(("answering".into(), desk.program.put_json(&format!("{api}/answering"), json!({})).await.is(200)));
        traffic.push((
            "save".into(),
            desk.program.if_match(0).once().patch_json(&format!("{api}/answer"), json!({"text": "I look first."})).await.is(200),
        ));
        traffic.extend(everything(&desk, &id).await);
        for (what, answer) in &traffic {
            assert_eq!(told(answer, &secret), None, "{what} tells of {key}");
            assert_eq!(told(answer, &scale), None, "{what} tells the anchors of {key} before the answer is finished");
        }
        asked += traffic.len();

        let mut traffic = vec![("finish".to_owned(), desk.program.put_json(&format!("{api}/completion"), json!({})).await.is(200))];
        traffic.extend(everything(&desk, &id).await);
        for (what, answer) in &traffic {
            assert_eq!(told(answer, &secret), None, "{what} tells of {key}");
        }
        asked += traffic.len();
        assert!(traffic.iter().any(|(_, answer)| told(answer, &scale).is_some()), "the anchors come with the score");
        let opened = desk.program.put_json(&format!("{api}/score"), given(&question, 3)).await.is(200);
        let all = secret.iter().filter(|word| opened.text().contains(word.as_str()) || opened.says(word)).count();
        assert!(all > 10, "and then all of it opens: {all}");
    }
    assert!(asked > 100, "{asked}");
}

#[actix_web::test]
async fn while_a_question_is_answered_anew_what_one_learnt_of_it_is_closed() {
    let desk = Desk::new().await;
    let question = desk.question("lazy-querysets");
    let secret: Vec<String> = guidance(&question).into_iter().filter(|word| !question.title.starts_with(word.as_str())).collect();
    let first = desk.scored(&question, 3).await["id"].as_str().unwrap().to_owned();
    let second = desk.start(desk.wish(&question)).await["id"].as_str().unwrap().to_owned();
    let (api, page) = (desk.api(&format!("/attempts/{first}")), desk.page(&format!("/attempts/{first}")));
    for id in [&first, &second] {
        for (what, answer) in everything(&desk, id).await {
            assert_eq!(told(&answer, &secret), None, "{what}");
        }
    }
    desk.browser.get(&page).await.is(200).shows("You are answering this question anew");
    assert!(desk.program.get(&api).await.json()["guidance"].is_null());
    let url = desk.answer(&json!({"id": second, "answer": {"version": 0}})).await;
    desk.program.put_json(&format!("{url}/score"), given(&question, 4)).await.is(200);
    assert_eq!(desk.program.get(&api).await.json()["guidance"]["listen_for"], json!(question.listen_for));
}

#[actix_web::test]
async fn a_team_shares_its_sets_for_practice_and_their_words_do_not_leak() {
    let desk = Desk::new().await;
    let owner = desk.app.token(desk.world.owner);
    let set = owner.post_json(&desk.api("/question-sets"), json!({"name": "Ours"})).await.is(201).id();
    let there = desk.api(&format!("/question-sets/{set}"));
    let question =
        super::merge(crate::doors::bodies::question(), json!({"listen_for": ["SECRET-4711 decouples"], "tests": "SECRET-4711 why."}));
    owner.post_json(&format!("{there}/draft/questions"), question).await.is(201);
    let published = owner.post_json(&format!("{there}/versions"), json!({"reason": "First"})).await.is(201).json();
    let version = published["newest_version"]["id"].as_str().unwrap().to_owned();
    let wish = json!({"pick": "set", "question_set_version_id": version, "level": "mid"});
    // Published, and not open for practice.
    desk.program.post_json(&desk.api("/attempts"), &wish).await.refuses("question_set_version_id");
    owner.put_json(&format!("{there}/practice"), json!({})).await;
    desk.app.sql(&format!("UPDATE question_sets SET practice_opened_at = '{}' WHERE id = '{set}'", desk.app.now().to_rfc3339()));
    let sets = desk.program.get(&desk.api("/practice")).await.is(200).shows("Ours");
    assert!(!sets.says("SECRET-4711"));
    let attempt = desk.start(wish.clone()).await;
    assert!(!attempt.to_string().contains("SECRET-4711"));
    for (what, answer) in everything(&desk, attempt["id"].as_str().unwrap()).await {
        assert!(!answer.says("SECRET-4711"), "{what}");
    }
    let url = desk.answer(&attempt).await;
    let opened = desk.program.put_json(&format!("{url}/score"), json!({"area_score": 3, "would_pass": 50})).await.is(200);
    opened.shows("SECRET-4711");
    // Elsewhere the set is not there, and neither is the attempt.
    let outsider = desk.app.token(desk.world.outsider);
    outsider.post_json(&format!("/api/v1/teams/{}/attempts", desk.world.other_team), &wish).await.refuses("question_set_version_id");
}
