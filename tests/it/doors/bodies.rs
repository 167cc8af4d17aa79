//! For every write of the product, the least that is valid.

use fivefold::policy::AccountId;
use fivefold::web::routing::{Method, Route};
use serde_json::{Value, json};

use super::scene::Scene;
use super::stages::decision;
use crate::interviews::form;
use crate::support::pad::typed;
use crate::support::{PASSWORD, World, merge};

pub enum Body {
    Form(fn(&Scene) -> Vec<(&'static str, String)>),
    /// A form whose names are made.
    Fields(fn(&Scene) -> Vec<(String, String)>),
    Json(fn(&Scene) -> Value),
    /// A file: its kind, and what is in it.
    File(fn() -> (&'static str, Vec<u8>)),
    Nothing,
}

/// None: the table does not know the route.
pub fn of(route: &Route) -> Option<Body> {
    use Body::{Fields, File, Form, Json, Nothing};
    use Method::{Delete, Patch, Post, Put};

    let path = route.path.strip_prefix("/api/v1").unwrap_or(route.path);
    let api = path != route.path;
    if route.method == Delete {
        return Some(Nothing);
    }
    let path = path.strip_prefix("/teams/{team_id}").unwrap_or(path);
    let path = path.strip_prefix("/interviews/{id}").unwrap_or(path);
    Some(match (route.method, path) {
        // Accounts.
        (Post, "/sign-ins") => Json(|scene| json!({"email": scene.app.email_of(scene.world.owner), "password": PASSWORD})),
        (Post, "/sign-in") => Form(|scene| vec![("email", scene.app.email_of(scene.world.owner)), ("password", PASSWORD.into())]),
        (Post, "/sign-out" | "/account/sign-ins/end" | "/account/sign-ins/{id}/end") => Form(|_| vec![]),
        (Post, "/theme") => Form(|_| vec![("theme", "dark".into())]),
        (Post, "/password-reset") => Form(|_| vec![("email", "nobody@example.com".into())]),
        (Post, "/password-resets") => Json(|_| json!({"email": "nobody@example.com"})),
        (Post, "/password-reset/{token}") => Form(|_| vec![("password", NEW_PASSWORD.into())]),
        (Put, "/password-resets/{token}") => Json(|_| json!({"password": NEW_PASSWORD})),
        (Post, "/account") => Form(|_| vec![("name", "Ada".into()), ("time_zone", "Europe/Paris".into())]),
        (Patch, "/me") => Json(|_| json!({"name": "Ada"})),
        (Post, "/account/password") => Form(|_| vec![("current_password", PASSWORD.into()), ("new_password", NEW_PASSWORD.into())]),
        (Put, "/me/password") => Json(|_| json!({"current_password": PASSWORD, "new_password": NEW_PASSWORD})),

        (Post, "/account/data/export" | "/account/data/deletion") => Form(|_| vec![("current_password", PASSWORD.into())]),
        (Post, "/me/export" | "/me/export/archive" | "/me/deletion") => Json(|_| json!({"current_password": PASSWORD})),

        // Résumés.
        (Post, "/account/resume/edit") => {
            Form(|_| vec![("basics.name", "Ada".into()), ("skills.0.name", "Rust".into()), ("version", "1".into())])
        }
        (Put, "/me/resume") => Json(|_| json!({"basics": {"name": "Ada"}, "skills": [{"name": "Rust"}]})),
        (Post, "/account/resume/template") => Form(|_| vec![("template", "skills_first".into())]),
        (Put, "/me/resume/template") => Json(|_| json!({"template": "skills_first"})),
        (Post, "/account/resume/import" | "/account/resume/import/confirmation") => File(uploaded_resume),
        (Put, "/me/resume/file") | (Post, "/me/resume/previews") | (Put, "/candidates/{id}/resume") => {
            File(|| ("application/json", serde_json::to_vec(&resume_file()).unwrap()))
        }
        (Post, "/account/resume/removal" | "/account/resume/sendings/{id}/withdrawal" | "/resume") => Form(|_| vec![]),
        (Put, "/resume") => Json(|_| json!({})),
        (Post, "/candidates/{id}/resume/import" | "/candidates/{id}/resume/import/confirmation") => File(uploaded_resume),
        (Post, "/candidates/{id}/resume/removal") => Form(|_| vec![]),
        (Post, "/candidates/{id}/resume/claims") if !api => Form(|_| vec![("text", "Kafka".into())]),
        (Post, "/candidates/{id}/resume/claims") => Json(|_| json!({"texts": ["Kafka"]})),

        // Proof, and questions to ask.
        (Post, "/account/proof/proofs") => Form(|_| proof()),
        (Post, "/account/proof/proofs/{id}") => Form(|_| [proof(), vec![("version", "1".into())]].concat()),
        (Post, "/me/proofs") | (Put, "/me/proofs/{id}") => {
            Json(|_| json!({"kind": "app", "title": "Depot", "url": "https://depot.example.org"}))
        }
        (Post, "/account/proof/questions") => Form(|_| vec![("text", "Who reviews?".into())]),
        (Post, "/account/proof/questions/{id}") => {
            Form(|_| vec![("text", "Who reviews?".into()), ("heard", "Two of them.".into()), ("version", "1".into())])
        }
        (Post, "/me/questions-to-ask") | (Put, "/me/questions-to-ask/{id}") => Json(|_| json!({"text": "Who reviews?"})),
        (Post, "/account/proof/proofs/{id}/place" | "/account/proof/questions/{id}/place") => Form(|_| vec![("place", "0".into())]),
        (Put, "/me/proofs/{id}/place" | "/me/questions-to-ask/{id}/place") => Json(|_| json!({"place": 0})),
        (Post, "/account/proof/proofs/{id}/removal" | "/account/proof/questions/{id}/removal") => Form(|_| vec![]),

        // Teams.
        (Post, "/set-up/{token}" | "/sign-up" | "/join/{token}") if !api => Form(|_| person()),
        (Post, "/set-up/{token}" | "/accounts" | "/invitations/{token}/acceptance") => Json(|_| person().into_iter().collect()),
        (Post, "/teams") if !api => Form(|_| team()),
        (Post, "/teams") => Json(|_| team().into_iter().collect()),
        (Post, "/settings") => Form(|_| team()),
        (Patch, "") => Json(|_| json!({"name": "North and East"})),
        (Post, "/members/{account_id}") => Form(|_| vec![("role", "lead".into())]),
        (Patch, "/members/{account_id}") => Json(|_| json!({"role": "lead"})),
        (Post, "/members/{account_id}/removal" | "/membership/end" | "/invitations/{id}/revocation") => Form(|_| vec![]),
        (Post, "/invitations") if !api => Form(|_| vec![("role", "lead".into()), ("email", String::new()), ("days", "7".into())]),
        (Post, "/invitations") => Json(|_| json!({"role": "lead"})),

        (Post, "/checklist") => Form(|_| vec![("fact", "dismissed".into())]),
        (Post, "/calibration/own/sharing") => Form(|_| vec![("share", "yes".into())]),
        (Put, "/calibration/own/sharing") => Json(|_| json!({})),
        (Put, "/home/checklist") => Json(|_| json!({"fact": "dismissed"})),

        // Candidates.
        (Post, "/candidates") if !api => Form(|_| vec![("name", "Cora".into())]),
        (Post, "/candidates") => Json(|_| json!({"name": "Cora"})),
        (Post, "/candidates/{id}/edit") => {
            Form(|scene| vec![("name", "Cora".into()), ("account_id", scene.interview.candidate.to_string()), ("version", "1".into())])
        }
        (Post, "/candidates/{id}/claims") if !api => Form(|_| vec![("text", "Cut latency by 60%".into())]),
        (Post, "/candidates/{id}/claims") | (Put, "/candidates/{id}/claims/{claim_id}") => Json(|_| json!({"text": "Cut latency by 60%"})),
        (Post, "/candidates/{id}/claims/{claim_id}") => Form(|_| vec![("text", "Cut latency".into()), ("version", "1".into())]),
        (Post, "/candidates/{id}/claims/{claim_id}/removal") => Form(|_| vec![]),
        (Put, "/candidates/{id}") => Json(|scene| json!({"name": "Cora", "account_id": scene.interview.candidate})),

        // The library.
        (Post, "/question-sets/imports") if !api => File(uploaded),
        (Post, "/question-sets/imports") => File(|| ("application/json", serde_json::to_vec(&question_set()).unwrap())),
        (Post, "/question-sets/imports/{id}/confirmation" | "/question-sets/imports/{id}/cancellation") => Form(|_| vec![]),
        (Put, "/question-sets/imports/{id}/confirmation") => Json(|_| json!({})),
        (Post, "/question-sets") if !api => Form(|_| vec![("name", "New ground".into())]),
        (Post, "/question-sets/{id}/draft") => Form(|_| vec![("name", "Own".into()), ("version", "1".into())]),
        (Post, "/question-sets/{id}/draft/changes") => {
            Form(|scene| vec![("question", scene.draft_question().into()), ("minutes", "4".into())])
        }
        (Post, "/question-sets/{id}/draft/order") => Form(|scene| vec![("up", scene.draft_question().into()), ("version", "1".into())]),
        (Post, "/question-sets/{id}/versions") if !api => Form(|_| vec![("reason", "Better words".into())]),
        (Post, "/question-sets/{id}/retirement" | "/question-sets/{id}/practice") => Form(|_| vec![("on", "true".into())]),
        (Post, "/question-sets/{id}/draft/questions") if !api => Form(|_| vec![("title", "Why caches?".into())]),
        (Post, "/question-sets/{id}/draft/questions/{question_id}") => {
            Form(|_| vec![("title", "Why caches?".into()), ("version", "1".into())])
        }
        (Post, "/question-sets/{id}/draft/questions/{question_id}/removal") => Form(|_| vec![("version", "1".into())]),
        (Post, "/rubrics") if !api => Form(|_| vec![("name", "New measure".into())]),
        (Post, "/rubrics/imports") if !api => File(|| upload("brought.json", &serde_json::to_vec(&rubric_file()).unwrap(), "")),
        (Post, "/rubrics/{id}/draft") => Form(|_| vec![("name", "Own measure".into()), ("version", "1".into())]),
        (Post, "/rubrics/{id}/versions") if !api => Form(|_| vec![("reason", "Better words".into())]),
        (Post, "/rubrics/{id}/retirement") => Form(|_| vec![("on", "true".into())]),
        (Post, "/rubrics") => Json(|_| json!({"name": "New measure"})),
        (Post, "/rubrics/imports") => Json(|_| rubric_file()),
        (Put, "/rubrics/{id}") => Json(|_| json!({"name": "Own measure"})),
        (Post, "/rubrics/{id}/versions") => Json(|_| json!({"reason": "Better words"})),
        (Put, "/rubrics/{id}/retirement") => Json(|_| json!({})),
        (Post, "/question-sets") => Json(|_| json!({"name": "New ground"})),
        (Put, "/question-sets/{id}") => Json(|_| json!({"name": "Own"})),
        (Post, "/question-sets/{id}/versions") => Json(|_| json!({"reason": "Better words"})),
        (Put, "/question-sets/{id}/retirement" | "/question-sets/{id}/practice") => Json(|_| json!({})),
        (Post, "/question-sets/{id}/draft/questions") | (Put, "/question-sets/{id}/draft/questions/{question_id}") => Json(|_| question()),
        (Patch, "/question-sets/{id}/draft/questions") => Json(|scene| json!({"question_ids": [scene.draft_question()], "minutes": 4})),
        (Patch, "/question-sets/{id}/draft/order") => Json(|scene| json!({"question_ids": [scene.draft_question()], "place": 1})),
        (Put, "/question-sets/{id}/draft/order") => Json(|scene| json!({"question_ids": [scene.draft_question()]})),

        (Post, "/question-sets/{id}/upstream/questions/{key}") => {
            Form(|scene| vec![("version_id", scene.upstream().into()), ("version", "1".into())])
        }
        (Post, "/question-sets/{id}/upstream/questions" | "/question-sets/{id}/upstream/comparison") => {
            Form(|scene| vec![("version_id", scene.upstream().into())])
        }
        (
            Put,
            "/question-sets/{id}/upstream/questions"
            | "/question-sets/{id}/upstream/questions/{key}"
            | "/question-sets/{id}/upstream/comparison",
        ) => Json(|scene| json!({"version_id": scene.upstream()})),

        // Second scoring.
        (Post, "/second-scoring") if !api => {
            Form(|scene| vec![("since", day(scene, -30)), ("until", day(scene, 30)), ("percent", "1".into())])
        }
        (Post, "/second-scoring/draws") => Json(|scene| {
            let at = |days| scene.app.now() + chrono::TimeDelta::days(days);
            json!({"since": at(-30), "until": at(30), "percent": 1})
        }),
        (Post, "/second-scores/{id}" | "/second-scores/{id}/submission") if !api => Fields(|_| second_scores()),
        (Put, "/second-scores/{id}") => Json(|_| json!({"areas": [{"area": 1, "value": 4, "reason": "Asked first."}]})),
        (Put, "/second-scores/{id}/submission") => Json(|_| json!({})),

        // Exercises.
        (Post, "/exercises") if !api => Fields(|scene| exercise(scene, None)),
        (Post, "/exercises/{id}/edit") => Fields(|scene| exercise(scene, Some("1"))),
        (Post, "/exercises") => Json(
            |scene| json!({"name": "Autumn", "deadline": SOON, "gold_interview_ids": [scene.gold_alone()], "account_ids": [scene.world.interviewer]}),
        ),
        (Put, "/exercises/{id}") => Json(|scene| json!({"name": "Winter", "deadline": SOON, "account_ids": [scene.world.interviewer]})),
        (Post, "/exercises/{id}/scores" | "/exercises/{id}/rubric-draft") if api => Json(|_| json!({})),
        (Put, "/exercises/{id}/discussion/closing" | "/gold-scores/{id}/submission") => Json(|_| json!({})),
        (Post, "/exercises/{id}/scores" | "/exercises/{id}/rubric-draft" | "/exercises/{id}/discussion/closing") => Form(|_| vec![]),
        (Post, "/exercises/{id}/discussion") => Form(|_| vec![("notes", "A 3 is the job with help.".into()), ("version", "1".into())]),
        (Put, "/exercises/{id}/discussion") => Json(|_| json!({"notes": "A 3 is the job with help."})),
        (Post, "/gold-interviews") if !api => Fields(|scene| gold_form(scene, None)),
        (Post, "/gold-interviews/{id}/edit") => Fields(|scene| gold_form(scene, Some("1"))),
        (Post, "/gold-interviews") | (Put, "/gold-interviews/{id}") => {
            Json(|scene| merge(gold_input(), json!({"rubric_version_id": World::versions(&scene.app).1})))
        }
        (Put, "/gold-interviews/{id}/audio") => File(|| ("audio/webm", SOUND.to_vec())),
        (Post, "/gold-interviews/{id}/audio") => File(|| upload("talk.webm", SOUND, "")),
        (Post, "/gold-interviews/{id}/audio/removal") => Form(|_| vec![]),
        (Post, "/gold-interviews/{id}/experts") => {
            Fields(|scene| experts(scene).iter().map(|id| ("account_ids".to_owned(), id.to_string())).collect())
        }
        (Put, "/gold-interviews/{id}/experts") => Json(|scene| json!({"account_ids": experts(scene)})),
        (Post, "/gold-interviews/{id}/consensus") => Fields(|_| consensus_form()),
        (Put, "/gold-interviews/{id}/consensus") => Json(|_| consensus()),
        (Post, "/gold-interviews/{id}/versions") if !api => Form(|_| vec![("reason", "First".into())]),
        (Post, "/gold-interviews/{id}/versions") => Json(|_| json!({"reason": "First"})),
        (Post, "/gold-interviews/{id}/retirement") => Form(|_| vec![("on", "true".into())]),
        (Put, "/gold-interviews/{id}/retirement" | "/gold-interviews/{id}/expert-score/submission") => Json(|_| json!({})),
        (Put, "/gold-interviews/{id}/expert-score") => Json(|_| json!({"areas": [{"area": 1, "value": 3}]})),
        (Post, "/gold-interviews/{id}/expert-score" | "/gold-interviews/{id}/expert-score/submission") => Fields(|_| gold_scores()),
        (Post, "/gold-interview") if !api => Form(|_| vec![("consent", CONSENT.into())]),
        (Post, "/gold-interview") => Json(|_| json!({"consent": CONSENT})),
        (Post, "/gold-scores") if !api => Form(|scene| vec![("gold_interview_id", scene.gold_alone().into())]),
        (Post, "/gold-scores") => Json(|scene| json!({"gold_interview_id": scene.gold_alone()})),
        (Put, "/gold-scores/{id}") => Json(|_| json!({"areas": [{"area": 1, "value": 3}]})),
        (Post, "/gold-scores/{id}" | "/gold-scores/{id}/submission") => Fields(|_| gold_scores()),

        // Practice.
        (Post, "/practice/schedule") => Form(|_| vec![("daily", "4".into()), ("paused", "true".into())]),
        (Put, "/practice/schedule") => Json(|_| json!({"daily": 4, "paused": true})),
        (Post, "/practice/plan") => Form(|scene| {
            vec![("towards", day(scene, 20)), ("weekdays", "monday".into()), ("minutes", "30".into()), ("level", "mid".into())]
        }),
        (Put, "/practice/plan") => {
            Json(|scene| json!({"towards": day(scene, 20), "weekdays": ["monday", "friday"], "minutes": 30, "level": "mid"}))
        }
        (Post, "/practice/plan/removal") => Form(|_| vec![]),
        (Post, "/practice/recordings") => Form(|_| vec![("keep_days", "30".into())]),
        (Put, "/practice/recordings") => Json(|_| json!({"keep_days": 30})),
        (Put, "/attempts/{id}/recording") => Json(|_| json!({"take": TAKE, "media_type": "audio/webm"})),
        (Put, "/attempts/{id}/recording/parts/{number}") => File(|| ("application/octet-stream", SOUND.to_vec())),
        (Put, "/attempts/{id}/recording/completion") => Json(|_| json!({"duration_ms": 3000})),
        (Post, "/attempts/{id}/recording/removal") => Form(|_| vec![]),
        (Post, "/practice/mocks") if !api => Form(|scene| {
            vec![("question_set_version_id", World::versions(&scene.app).0), ("level", "mid".into()), ("minutes", "30".into())]
        }),
        (Post, "/practice/mocks") => {
            Json(|scene| json!({"question_set_version_id": World::versions(&scene.app).0, "level": "mid", "minutes": 30}))
        }
        (Post, "/practice/mocks/{id}/question" | "/practice/mocks/{id}/end") => Form(|_| vec![]),
        (Put, "/practice/mocks/{id}/question" | "/practice/mocks/{id}/end") => Json(|_| json!({})),
        (Post, "/attempts") if !api => Form(|scene| {
            let set = World::versions(&scene.app).0;
            vec![("pick", "set".into()), ("question_set_version_id", set), ("level", "mid".into()), ("think_seconds", "60".into())]
        }),
        (Post, "/attempts") => Json(
            |scene| json!({"pick": "set", "question_set_version_id": World::versions(&scene.app).0, "level": "mid", "think_seconds": 60}),
        ),
        (Post, "/attempts/{id}/answering" | "/attempts/{id}/removal") => Form(|_| vec![]),
        (Put, "/attempts/{id}/answering" | "/attempts/{id}/completion") => Json(|_| json!({})),
        (Post, "/attempts/{id}/answer" | "/attempts/{id}/completion") => {
            Form(|_| vec![("text", "It is lazy, and cached.".into()), ("version", "1".into())])
        }
        (Patch, "/attempts/{id}/answer") => Json(|_| json!({"text": "It is lazy, and cached."})),
        (Post, "/attempts/{id}/score") => {
            Form(|_| vec![("score", "3".into()), ("area_score", "3".into()), ("would_pass", "60".into()), ("checked", "1".into())])
        }
        (Put, "/attempts/{id}/score") => Json(|_| json!({"score": 3, "area_score": 3, "would_pass": 60, "checked": [1]})),
        (Post, "/attempts/{id}/comparison") => {
            Form(|_| vec![("heard", "0".into()), ("signs", "1".into()), ("note", "Name two triggers.".into()), ("version", "1".into())])
        }
        (Put, "/attempts/{id}/comparison") => Json(|_| json!({"heard": [0], "signs": [1], "note": "Name two triggers."})),

        (Post, "/practice/shares") if !api => {
            Fields(|scene| vec![("attempt_ids".to_owned(), scene.attempt_to_share()), ("coach_id".to_owned(), scene.nobody_else().into())])
        }
        (Post, "/practice/shares") => Json(|scene| json!({"attempt_ids": [scene.attempt_to_share()], "coach_id": scene.nobody_else()})),
        (Post, "/practice/shares/{id}/withdrawal") => Form(|_| vec![]),
        (Post, "/practice/shares/{id}/attempts/{attempt_id}/score") => {
            Form(|_| vec![("score", "3".into()), ("area_score", "3".into()), ("evidence", "Names no trigger.".into())])
        }
        (Put, "/practice/shares/{id}/attempts/{attempt_id}/score") => {
            Json(|_| json!({"score": 3, "area_score": 3, "evidence": "Names no trigger."}))
        }

        // The plan.
        (Post, "/interviews") if !api => Fields(|scene| form(&plan(scene))),
        (Post, "/interviews") => Json(plan),
        (Post, "/edit") => Fields(|scene| form(&merge(draft(scene), json!({"version": 1})))),
        (Put, "") => Json(draft),

        (Post, "/schedule") => Fields(|scene| pairs(&merge(schedule(scene), json!({"version": 1, "extra_minutes": 0})))),
        (Put, "/schedule") => Json(schedule),
        (Post, "/cancellation") => Form(|_| vec![("reason", "She has found something.".into()), ("version", "1".into())]),
        (Put, "/cancellation") => Json(|_| json!({"reason": "She has found something."})),
        (Post, "/no-show") => Form(|_| vec![("who", "candidate".into()), ("version", "1".into())]),
        (Put, "/no-show") => Json(|_| json!({"who": "candidate"})),
        (Post, "/seats") if !api => Fields(|scene| pairs(&merge(newcomer(scene), json!({"version": 1})))),
        (Post, "/seats") => Json(newcomer),
        (Post, "/seats/{account_id}") => Form(|_| vec![("seat", "observer".into()), ("version", "1".into())]),
        (Put, "/seats/{account_id}") => Json(|_| json!({"seat": "observer"})),
        (Post, "/seats/{account_id}/removal") => Form(|_| vec![("version", "1".into())]),
        (Post, "/candidate-links/{link_id}/revocation" | "/interview-links/{token}") => Form(|_| vec![]),
        (Post, "/candidate-links") if !api => Form(|_| vec![("days", "7".into())]),
        (Post, "/candidate-links") => Json(|_| json!({"days": 7})),

        // Scorecards.
        (Post, "/scorecard" | "/scorecard/submission") => {
            Form(|_| vec![("version", "1".into()), ("key", uuid::Uuid::new_v4().to_string()), ("next_step", "Ask sooner.".into())])
        }
        (Patch, "/scorecard") => Json(|_| json!({"next_step": "Ask sooner."})),
        (Put, "/scorecard/submission") => Json(|_| json!({})),
        (Post, "/scorecard/revisions") if !api => {
            Form(|_| vec![("areas.0.value", "4".into()), ("reason", "I had missed an answer.".into())])
        }
        (Post, "/scorecard/revisions") => Json(|_| json!({"areas": [{"area": 1, "value": 4}], "reason": "I had missed an answer."})),

        // The debrief.
        (Post, "/debrief") if !api => Form(|_| vec![("reason", "She starts tomorrow.".into())]),
        (Post, "/debrief") => Json(|_| json!({"reason": "She starts tomorrow."})),
        (Post, "/decision") => Fields(|_| pairs(&decision())),
        (Put, "/decision") => Json(|_| decision()),

        // The report.
        (Post, "/report") => Form(|_| vec![("version", "0".into()), ("headline", "Nearly ready".into())]),
        (Put, "/report") => Json(|_| json!({"headline": "Nearly ready"})),
        (Post, "/report/release") => Form(|_| vec![("version", "1".into())]),
        (Put, "/report/release") => Json(|_| json!({})),
        (Post, "/report/withdrawal") => Form(|_| vec![]),
        (Post, "/self-scores") => Form(|_| vec![("skip", "1".into())]),
        (Put, "/self-scores") => Json(|_| json!({"skipped": true})),

        // The room.
        (Post, "/room") => Form(|_| vec![("phase", "paused".into())]),
        (Post, "/room/driver") | (Post, "/room/notes/{note_id}/deletion") => Form(|_| vec![]),
        (Post, "/room/prompt") => Form(|_| vec![("hidden", "true".into())]),
        (Post, "/room/questions") if !api => Form(|scene| vec![("question_id", scene.interview.one_more_question.clone())]),
        (Post, "/room/skips") => Form(|scene| vec![("question_id", scene.interview.questions[1].clone())]),
        (Post, "/room/notes") => Form(|_| vec![("text", "Asked who is hurt.".into()), ("sign", "strength".into()), ("area", "3".into())]),
        (Post, "/room/marks") => Form(|_| vec![("version", "1".into()), ("area_1", "4".into())]),
        (Put, "/room") => Json(|_| json!({"phase": "paused"})),
        (Put, "/room/driver") | (Put, "/room/break/postponement") => Json(|_| json!({})),
        (Post, "/room/break") => Form(|_| vec![("asked", "true".into())]),
        (Post, "/room/break/postponement") => Form(|_| vec![]),
        (Post, "/room/quiet") => Form(|_| vec![("minutes", "2".into())]),
        (Put, "/room/break") => Json(|_| json!({"asked": true})),
        (Put, "/room/quiet") => Json(|_| json!({"minutes": 2})),
        (Put, "/room/presence/{page_id}") => Json(|_| json!({"presence": "here"})),
        // Peer practice.
        (Post, "/peer-practice") => Form(|scene| {
            vec![
                ("level", "mid".into()),
                ("question_set_version_id", World::versions(&scene.app).0),
                ("starts_at", tomorrow(scene)),
                ("time_zone", "Europe/Paris".into()),
                ("minutes", "30".into()),
            ]
        }),
        (Post, "/practice-offers") => Json(|scene| {
            let set = World::versions(&scene.app).0;
            json!({"level": "mid", "question_set_version_id": set, "starts_at": tomorrow(scene), "time_zone": "Europe/Paris", "minutes": 30})
        }),
        (Put, "/practice-offers/{id}/booking") => Json(|_| json!({})),
        (Post, "/peer-practice/{id}/booking") => Form(|_| vec![]),
        (Post, "/peer-practice/{id}/withdrawal") => Form(|_| vec![("reason", "Ill.".into())]),
        (Post, "/feedback") => Fields(|_| feedback_form()),
        (Put, "/peer-feedback") => Json(|_| feedback()),
        (Put, "/swap") => Json(|_| json!({})),
        (Post, "/swap") => Form(|_| vec![]),
        (Post, "/room/pads/{question_id}") => Form(|_| vec![("language", "python".into())]),
        (Put, "/room/pads/{question_id}") => Json(|_| json!({"language": "python"})),
        (Post, "/room/pads/{question_id}/text") => Form(|_| vec![("base", "0".into()), ("text", "SELECT 1;".into())]),
        (Post, "/room/pads/{question_id}/updates") => Json(|_| json!({"update": typed("SELECT 1;")})),
        (Post, "/room/own-notes") => Form(|_| vec![("text", "Ask about the team.".into()), ("version", "1".into())]),
        (Patch, "/own-notes") => Json(|_| json!({"text": "Ask about the team."})),
        (Put, "/room/prompt") => Json(|_| json!({"hidden": true})),
        (Post, "/room/questions") => Json(|scene| json!({"question_id": scene.interview.one_more_question})),
        (Put, "/room/skips/{question_id}") => Json(|_| json!({})),
        _ => return None,
    })
}

/// The recording of every attempt that is walked, and all of its bytes.
pub const TAKE: &str = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f";
pub const SOUND: &[u8] = b"\x1a\x45\xdf\xa3 sound";

/// The version that a change is based on.
pub fn version(route: &Route) -> i64 {
    // Of the report nothing is saved yet; everything else was written once.
    i64::from(!route.path.ends_with("/report"))
}

/// A plan with a candidate of its own, so that nobody owes the walked one's candidate another card.
fn plan(scene: &Scene) -> Value {
    let questions = &scene.interview.questions;
    merge(scene.world.plan(&scene.app), json!({"candidate": {"name": "Sofia Marin"}, "question_ids": questions}))
}

fn draft(scene: &Scene) -> Value {
    let candidate = json!({"candidate": null, "candidate_id": scene.interview.record, "draft": true});
    merge(plan(scene), candidate)
}

/// Two days from now.
fn schedule(scene: &Scene) -> Value {
    let starts_at = (scene.app.now() + chrono::TimeDelta::days(2)).to_rfc3339();
    json!({"starts_at": starts_at, "time_zone": "Europe/Berlin", "minutes": 45, "reason": "The train is late."})
}

fn newcomer(scene: &Scene) -> Value {
    json!({"account_id": scene.world.interviewer, "seat": "observer"})
}

/// An object's members as a form's fields.
fn pairs(object: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    object.as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// Within a year of every test's clock.
const SOON: &str = "2026-11-01T10:00:00Z";

fn exercise(scene: &Scene, version: Option<&str>) -> Vec<(String, String)> {
    let mut fields = vec![
        ("name".to_owned(), "Autumn".to_owned()),
        ("deadline".to_owned(), SOON[..16].to_owned()),
        (format!("interview.{}", scene.gold_alone()), "first".to_owned()),
        ("account_ids".to_owned(), scene.world.interviewer.to_string()),
    ];
    fields.extend(version.map(|version| ("version".to_owned(), version.to_owned())));
    fields
}

const CONSENT: &str = "She agreed by mail on 3 March that we train with it, without names.";

/// What can be scored at once; without the rubric.
pub fn gold_input() -> Value {
    let turn = |at: u32, who: &str, text: &str| json!({"at": at, "who": who, "text": text});
    json!({
        "title": "Ours: a Monday", "summary": "A queue that stands still.", "level": "mid", "minutes": 20,
        "transcript": [turn(0, "interviewer", "The queue stands still. What now?"), turn(20, "candidate", "I would look at what changed.")],
    })
}

fn gold_form(scene: &Scene, version: Option<&str>) -> Vec<(String, String)> {
    let input = gold_input();
    let mut fields: Vec<(String, String)> =
        ["title", "summary", "level"].map(|name| (name.to_owned(), input[name].as_str().unwrap().to_owned())).into();
    fields.push(("minutes".into(), "20".into()));
    fields.push(("rubric_version_id".into(), World::versions(&scene.app).1));
    fields.push(("transcript".into(), "0:00 interviewer: What now?\n0:20 candidate: I would look.".into()));
    fields.extend(version.map(|version| ("version".to_owned(), version.to_owned())));
    fields
}

/// What experts who gave a 3 everywhere agree on.
pub fn consensus() -> Value {
    let area = |area: u8| json!({"area": area, "value": 3, "acceptable": [3], "reason": "Looks first, and not yet at why.", "evidence": [{"at": 20, "text": "Looks first."}]});
    json!({"areas": (1..=5).map(area).collect::<Vec<_>>()})
}

fn consensus_form() -> Vec<(String, String)> {
    let area = |i: u8| {
        [("value", "3"), ("acceptable", "3"), ("reason", "Looks first."), ("evidence", "0:20 Looks first.")]
            .map(|(name, value)| (format!("areas.{i}.{name}"), value.to_owned()))
    };
    (0..5).flat_map(area).chain([("version".to_owned(), "1".to_owned())]).collect()
}

fn experts(scene: &Scene) -> [AccountId; 3] {
    [scene.world.owner, scene.world.lead, scene.world.interviewer]
}

/// The five areas of a form, whole.
pub fn gold_scores() -> Vec<(String, String)> {
    let area = |i: u8| {
        [("value", "3"), ("note", "Asked first."), ("at", "1:00")].map(|(name, value)| (format!("areas.{i}.{name}"), value.to_owned()))
    };
    (0..5).flat_map(area).chain([("version".to_owned(), "1".to_owned())]).collect()
}

/// The same of a second scoring.
pub fn second_scores() -> Vec<(String, String)> {
    let area = |i: u8| [("value", "3"), ("reason", "Asked first.")].map(|(name, value)| (format!("areas.{i}.{name}"), value.to_owned()));
    (0..5).flat_map(area).chain([("version".to_owned(), "1".to_owned())]).collect()
}

fn day(scene: &Scene, from_now: i64) -> String {
    (scene.app.now() + chrono::TimeDelta::days(from_now)).date_naive().to_string()
}

const NEW_PASSWORD: &str = "nine slow boats under Prague";

fn person() -> Vec<(&'static str, String)> {
    let email = format!("{}@example.com", uuid::Uuid::new_v4());
    vec![("name", "Nora New".into()), ("email", email), ("password", PASSWORD.into()), ("time_zone", "Europe/Paris".into())]
}

fn proof() -> Vec<(&'static str, String)> {
    let url = "https://depot.example.org/".into();
    vec![("kind", "app".into()), ("title", "Depot".into()), ("url", url), ("shows", "Queues.".into())]
}

fn team() -> Vec<(&'static str, String)> {
    vec![("name", "East".into()), ("mode", "mock".into()), ("time_zone", "Europe/Paris".into())]
}

/// The least of a question that can be published.
/// A form without a file, with the text of one.
pub fn pasted(text: &str) -> (&'static str, Vec<u8>) {
    let nothing =
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n";
    let text = format!("--edge\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n{text}\r\n--edge--\r\n");
    ("multipart/form-data; boundary=edge", [nothing, &text].concat().into_bytes())
}

/// A rubric that could be published at once.
pub fn rubric_file() -> Value {
    let text = include_str!("../../../library/rubrics/five-areas.json");
    serde_json::from_str(text).unwrap()
}

pub fn question() -> Value {
    json!({
        "title": "Why queues?", "prompt": "What is a queue for?", "kind": "technical", "areas": ["fundamentals"], "levels": ["mid"],
        "minutes": 5, "tests": "Whether they know why.", "listen_for": ["Decouples"],
    })
}

/// A question set as a file, for a set that is not there yet.
pub fn question_set() -> Value {
    let more = json!({"key": "why-queues", "warning_signs": [], "probes": [], "checklist": "narrating", "topics": []});
    let head = json!({"format": "fivefold/question-set@1", "slug": "brought", "name": "Brought along", "description": ""});
    merge(head, json!({"questions": [merge(question(), more)]}))
}

/// A résumé as a file.
pub fn resume_file() -> Value {
    json!({"basics": {"name": "Cleo Candidate"}, "skills": [{"name": "Kafka"}]})
}

/// The same as a browser sends it, on a version.
fn uploaded_resume() -> (&'static str, Vec<u8>) {
    let (kind, form) = upload("resume.json", &serde_json::to_vec(&resume_file()).unwrap(), "");
    (kind, [b"--edge\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n1\r\n".to_vec(), form].concat())
}

/// The same as a browser sends it with the form.
fn uploaded() -> (&'static str, Vec<u8>) {
    upload("brought.json", &serde_json::to_vec(&question_set()).unwrap(), "")
}

/// A form with a file and the short name of a set.
pub fn upload(name: &str, content: &[u8], slug: &str) -> (&'static str, Vec<u8>) {
    let field = format!("--edge\r\nContent-Disposition: form-data; name=\"slug\"\r\n\r\n{slug}\r\n");
    let file = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    ("multipart/form-data; boundary=edge", [field.as_bytes(), file.as_bytes(), content, b"\r\n--edge--\r\n"].concat())
}

/// Guided feedback, whole.
pub fn feedback() -> Value {
    let areas: Vec<_> = (1..=5).map(|area| json!({"area": area, "value": 3, "seen": "You asked first."})).collect();
    json!({
        "areas": areas, "went_well": "You asked first.", "try_next": "Say the number.", "outcome": "nearly_ready",
        "confidence": "low", "reason": "One gap in four areas.",
    })
}

/// The same as a form.
pub fn feedback_form() -> Vec<(String, String)> {
    let whole = feedback();
    let area = |i: u8| [("value", "3"), ("seen", "You asked first.")].map(|(name, value)| (format!("areas.{i}.{name}"), value.to_owned()));
    let words = ["went_well", "try_next", "outcome", "confidence", "reason"];
    let words = words.map(|name| (name.to_owned(), whole[name].as_str().unwrap().to_owned()));
    (0..5).flat_map(area).chain(words).chain([("version".to_owned(), "1".to_owned())]).collect()
}

fn tomorrow(scene: &Scene) -> String {
    (scene.app.now() + chrono::TimeDelta::days(1)).format("%Y-%m-%dT10:00").to_string()
}
