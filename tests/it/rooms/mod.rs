//! The live room: who drives it, what each seat is given, its clock, its log and its stream.

mod asks;
mod cost;
mod own_notes;
mod pads;
mod presence;

use std::time::Duration;

use chrono::TimeDelta;
use fivefold::platform::token::Purpose;
use fivefold::policy::{AccountId, Mode, Role};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{App, Client, PASSWORD, Served, World};

/// A scheduled interview with one person in each seat, and five questions of the built-in set.
struct Hall {
    app: App,
    world: World,
    id: Uuid,
    /// The lead interviewer.
    ines: AccountId,
    ivo: AccountId,
    shadow: AccountId,
    observer: AccountId,
    candidate: AccountId,
    questions: Vec<Value>,
}

impl Hall {
    async fn new() -> Self {
        let hall = Self::planned().await;
        hall.app.sql("UPDATE interviews SET scheduled_at = created_at");
        hall
    }

    /// The same as a draft.
    async fn planned() -> Self {
        let app = App::new().await;
        let world = World::of(&app, Mode::Mock);
        let ivo = app.member(world.team, Role::Interviewer, "Ivo Interviewer");
        let shadow = app.member(world.team, Role::Interviewer, "Sam Shadow");
        let observer = app.member(world.team, Role::Interviewer, "Oda Observer");
        let id = Uuid::now_v7();
        let set: Value = serde_json::from_str(
            &app.text("SELECT content FROM library_question_set_versions WHERE slug = 'django-backend' ORDER BY number DESC LIMIT 1"),
        )
        .unwrap();
        let all = app.texts("SELECT id FROM library_question_set_versions WHERE slug = 'django-backend' ORDER BY number DESC LIMIT 1");
        let questions: Vec<Value> = set["questions"].as_array().unwrap().iter().take(6).cloned().collect();
        let (team, candidate, lead) = (world.team, world.candidate, world.lead);
        app.sql(&format!(
            "INSERT INTO candidates (team_id, id, name, account_id, created_at) VALUES ('{team}', '{id}', 'Carl Candidate', '{candidate}', now());
             INSERT INTO interviews (team_id, id, candidate_id, mode, level, question_set_version_id, rubric_version_id, starts_at, time_zone, minutes, extra_minutes, created_by, created_at)
             SELECT '{team}', '{id}', '{id}', 'mock', 'mid', '{}', r.id, '{}', 'UTC', 50, 10, '{lead}', now() FROM library_rubric_versions r WHERE slug = 'five-areas' ORDER BY number DESC LIMIT 1",
            all[0],
            app.now().to_rfc3339(),
        ));
        let hall = Hall { id, ines: world.interviewer, ivo, shadow, observer, candidate, questions, world, app };
        for (place, _) in hall.questions[..5].iter().enumerate() {
            let question = hall.question(place);
            hall.app.sql(&format!("INSERT INTO interview_questions VALUES ('{team}', '{id}', '{question}', {place}, false)"));
        }
        for (account, seat) in [(hall.ines, "lead_interviewer"), (ivo, "interviewer"), (shadow, "shadow"), (observer, "observer")] {
            hall.app.sql(&format!(
                "INSERT INTO seats (team_id, id, interview_id, account_id, seat, added_at) VALUES ('{team}', gen_random_uuid(), '{id}', '{account}', '{seat}', now())"
            ));
        }
        hall
    }

    fn question(&self, place: usize) -> String {
        self.questions[place]["id"].as_str().unwrap().to_owned()
    }

    fn prompt(&self, place: usize) -> &str {
        self.questions[place]["prompt"].as_str().unwrap()
    }

    fn api(&self, rest: &str) -> String {
        self.world.api(&format!("/interviews/{}{rest}", self.id))
    }

    fn page(&self) -> String {
        format!("/teams/{}/interviews/{}/room", self.world.team, self.id)
    }

    fn room(&self) -> String {
        self.api("/room")
    }

    fn as_(&self, account: AccountId) -> Client {
        self.app.token(account)
    }

    async fn see(&self, account: AccountId) -> Value {
        self.as_(account).get(&self.room()).await.is(200).json()
    }

    /// The lead interviewer asks for a phase.
    async fn put(&self, body: Value) -> crate::support::Response {
        self.as_(self.ines).put_json(&self.room(), body).await
    }

    async fn start(&self) -> Value {
        self.put(json!({"phase": "live"})).await.is(200).json()
    }

    /// A candidate without an account, by a link to this interview.
    fn guest(&self) -> Client {
        let link = Uuid::now_v7();
        let (team, lead) = (self.world.team, self.world.lead);
        let until = self.app.now() + TimeDelta::days(1);
        self.app.sql(&format!(
            "INSERT INTO candidate_links (team_id, id, interview_id, token_hash, created_by, created_at, expires_at)
             VALUES ('{team}', '{link}', '{}', '\\x00', '{lead}', now(), '{}')",
            self.id,
            until.to_rfc3339(),
        ));
        self.app.anon().with_cookie("guest", &self.app.server.signer.sign(Purpose::Guest, link, team.0, self.app.now(), until))
    }

    fn log(&self) -> Vec<String> {
        self.app.texts("SELECT seq || ' ' || kind || ' ' || audience FROM room_events ORDER BY seq")
    }

    async fn phase_of(&self, account: AccountId) -> String {
        self.see(account).await["phase"].as_str().unwrap().to_owned()
    }
}

/// The code of a 409.
fn code(problem: &crate::support::Response) -> String {
    assert_eq!(problem.status, 409, "{}", problem.text());
    problem.json()["type"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

#[actix_web::test]
async fn an_interview_goes_from_waiting_to_its_end_and_every_step_is_in_the_log() {
    let hall = Hall::new().await;
    let before = hall.see(hall.ines).await;
    assert_eq!((&before["phase"], &before["prompt"]), (&json!("waiting"), &json!(null)));
    assert_eq!(before["clock"]["budget_seconds"], 3600, "extra time counts");

    let live = hall.start().await;
    assert_eq!(live["phase"], "live");
    assert_eq!(live["prompt"]["text"], hall.prompt(0));
    hall.put(json!({"phase": "live", "question_id": hall.question(2)})).await.is(200);
    hall.put(json!({"phase": "paused"})).await.is(200);
    hall.put(json!({"phase": "live"})).await.is(200);
    let ines = hall.as_(hall.ines);
    ines.put_json(&hall.api(&format!("/room/skips/{}", hall.question(2))), json!({})).await.is(200);
    ines.put_json(&hall.api("/room/prompt"), json!({"hidden": true})).await.is(200);
    ines.put_json(&hall.api("/room/prompt"), json!({"hidden": false})).await.is(200);
    let added = ines.post_json(&hall.api("/room/questions"), json!({"question_id": hall.question(5)})).await.is(201);
    assert_eq!(added.location(), hall.room());
    let ended = hall.put(json!({"phase": "ended"})).await.is(200).json();
    assert_eq!((&ended["phase"], &ended["prompt"]), (&json!("ended"), &json!(null)));

    let expected = [
        "1 started all",
        "2 moved all",
        "3 paused all",
        "4 resumed all",
        "5 skipped panel",
        "6 moved all",
        "7 prompt_hidden all",
        "8 prompt_shown all",
        "9 question_added panel",
        "10 ended all",
    ];
    assert_eq!(hall.log(), expected);
    assert_eq!(hall.see(hall.ines).await["last_seq"], 10);
}

#[actix_web::test]
async fn what_is_so_already_is_no_act_and_leaves_no_trace() {
    let hall = Hall::new().await;
    hall.start().await;
    hall.put(json!({"phase": "live"})).await.is(200);
    hall.put(json!({"phase": "live", "question_id": hall.question(0)})).await.is(200);
    hall.as_(hall.ines).put_json(&hall.api("/room/prompt"), json!({"hidden": false})).await.is(200);
    hall.as_(hall.ines).put_json(&hall.api("/room/driver"), json!({})).await.is(200);
    assert_eq!(hall.log(), ["1 started all"]);
}

#[actix_web::test]
async fn a_move_that_does_not_fit_is_refused_with_a_code() {
    let hall = Hall::planned().await;
    assert_eq!(code(&hall.put(json!({"phase": "live"})).await), "not-scheduled");
    hall.app.sql("UPDATE interviews SET scheduled_at = created_at");
    for phase in ["paused", "ended"] {
        assert_eq!(code(&hall.put(json!({"phase": phase})).await), "not-started");
    }
    let ines = hall.as_(hall.ines);
    assert_eq!(code(&ines.put_json(&hall.api("/room/prompt"), json!({"hidden": true})).await), "not-started");
    hall.start().await;
    let again = ines.post_json(&hall.api("/room/questions"), json!({"question_id": hall.question(1)})).await;
    assert_eq!(code(&again), "question-there");
    hall.put(json!({"phase": "ended"})).await.is(200);
    for phase in ["live", "paused", "ended"] {
        assert_eq!(code(&hall.put(json!({"phase": phase})).await), "already-ended");
    }
    assert_eq!(hall.log(), ["1 started all", "2 ended all"]);
}

#[actix_web::test]
async fn a_cancelled_interview_and_one_nobody_came_to_have_no_room() {
    for (fact, why) in [("cancelled_at", "cancelled"), ("no_show_at", "no-show")] {
        let hall = Hall::new().await;
        hall.app.sql(&format!("UPDATE interviews SET {fact} = now()"));
        assert_eq!(code(&hall.put(json!({"phase": "live"})).await), why);
        for account in [hall.ines, hall.candidate] {
            hall.as_(account).get(&hall.room()).await.is(404);
            hall.as_(account).get(&hall.api("/events")).await.is(404);
        }
    }
}

#[actix_web::test]
async fn bad_input_names_its_field_and_changes_nothing() {
    let hall = Hall::new().await;
    hall.put(json!({"phase": "live", "question_id": hall.question(5)})).await.refuses("question_id");
    hall.put(json!({"phase": "waiting"})).await.is(400);
    hall.put(json!({"phase": "live", "speed": 2})).await.is(400);
    hall.put(json!({})).await.is(400);
    hall.start().await;
    hall.put(json!({"phase": "ended", "question_id": hall.question(1)})).await.refuses("question_id");
    let ines = hall.as_(hall.ines);
    ines.post_json(&hall.api("/room/questions"), json!({"question_id": Uuid::now_v7()})).await.refuses("question_id");
    ines.put_json(&hall.api(&format!("/room/skips/{}", Uuid::now_v7())), json!({})).await.is(404);
    ines.put_json(&hall.api("/room/skips/x"), json!({})).await.is(404);
    ines.get(&hall.world.api("/interviews/x/room")).await.is(404);
    ines.get(&hall.world.api(&format!("/interviews/{}/room", Uuid::now_v7()))).await.is(404);
    ines.get(&hall.api("/events?after=x")).await.is(400);
    assert_eq!(hall.log(), ["1 started all"]);
}

#[actix_web::test]
async fn only_who_drives_drives_and_another_interviewer_may_take_the_wheel_which_is_recorded() {
    let hall = Hall::new().await;
    let (ines, ivo) = (hall.as_(hall.ines), hall.as_(hall.ivo));
    ivo.put_json(&hall.room(), json!({"phase": "live"})).await.is(403);
    for account in [hall.shadow, hall.observer, hall.candidate, hall.world.lead, hall.world.owner] {
        let client = hall.as_(account);
        client.put_json(&hall.room(), json!({"phase": "live"})).await.is(403);
        client.put_json(&hall.api("/room/driver"), json!({})).await.is(403);
        client.put_json(&hall.api("/room/prompt"), json!({"hidden": true})).await.is(403);
    }
    hall.as_(hall.world.outsider).put_json(&hall.room(), json!({"phase": "live"})).await.is(404);
    hall.guest().put_json(&hall.room(), json!({"phase": "live"})).await.is(403);

    let taken = ivo.put_json(&hall.api("/room/driver"), json!({})).await.is(200).json();
    assert_eq!(taken["panel"]["you_drive"], true);
    assert_eq!(taken["phase"], "waiting", "the wheel can be taken before the start");
    ines.put_json(&hall.room(), json!({"phase": "live"})).await.is(403);
    ivo.put_json(&hall.room(), json!({"phase": "live"})).await.is(200);
    ines.put_json(&hall.api("/room/driver"), json!({})).await.is(200);
    ivo.put_json(&hall.room(), json!({"phase": "paused"})).await.is(403);
    assert_eq!(hall.log(), ["1 taken_over panel", "2 started all", "3 taken_over panel"]);
    let by = hall.app.texts("SELECT actor_id FROM room_events ORDER BY seq");
    assert_eq!(by, [hall.ivo.to_string(), hall.ivo.to_string(), hall.ines.to_string()]);
}

#[actix_web::test]
async fn a_skipped_question_is_passed_over_until_somebody_goes_to_it() {
    let hall = Hall::new().await;
    hall.start().await;
    let ines = hall.as_(hall.ines);
    ines.put_json(&hall.api(&format!("/room/skips/{}", hall.question(1))), json!({})).await.is(200);
    let room = hall.see(hall.ines).await;
    assert_eq!(room["prompt"]["question_id"], hall.question(0), "another question is asked: that one goes on");
    assert_eq!(room["panel"]["next_question_id"], hall.question(2));
    assert_eq!(room["panel"]["queue"][1]["skipped"], true);
    let room = hall.put(json!({"phase": "live", "question_id": hall.question(1)})).await.is(200).json();
    assert_eq!(room["panel"]["queue"][1]["skipped"], false);

    let room = hall.put(json!({"phase": "live", "question_id": hall.question(4)})).await.is(200).json();
    assert_eq!(room["panel"]["next_question_id"], json!(null));
    let room = ines.put_json(&hall.api(&format!("/room/skips/{}", hall.question(4))), json!({})).await.is(200).json();
    assert_eq!(room["prompt"]["question_id"], hall.question(4), "there is none behind the last");
}

#[actix_web::test]
async fn the_log_has_no_gap_however_many_drive_at_once() {
    let hall = Hall::new().await;
    hall.start().await;
    let (ines, ivo) = (hall.as_(hall.ines), hall.as_(hall.ivo));
    let moves = (0..20).map(|number| {
        let (ines, ivo, hall) = (&ines, &ivo, &hall);
        async move {
            match number % 4 {
                0 => ines.put_json(&hall.api("/room/driver"), json!({})).await,
                1 => ivo.put_json(&hall.api("/room/driver"), json!({})).await,
                2 => ines.put_json(&hall.room(), json!({"phase": "live", "question_id": hall.question(number % 5)})).await,
                _ => ivo.put_json(&hall.room(), json!({"phase": if number % 8 == 3 { "paused" } else { "live" }})).await,
            }
        }
    });
    for answer in join_all(moves).await {
        assert!([200, 403, 503].contains(&answer.status), "{}", answer.text());
    }
    let seqs: Vec<i64> = hall.app.texts("SELECT seq FROM room_events ORDER BY seq").iter().map(|seq| seq.parse().unwrap()).collect();
    assert!(seqs.len() > 5, "{seqs:?}");
    assert_eq!(seqs, (1..=seqs.len() as i64).collect::<Vec<_>>());
    assert_eq!(hall.app.count("SELECT last_seq FROM rooms"), seqs.len() as i64);
    assert!(hall.app.count("SELECT count(*) FROM room_stretches WHERE ended_at IS NULL") <= 1);
}

#[actix_web::test]
async fn the_clock_counts_what_ran_and_a_pause_does_not() {
    let hall = Hall::new().await;
    hall.start().await;
    hall.app.advance(TimeDelta::minutes(3));
    hall.put(json!({"phase": "live", "question_id": hall.question(1)})).await.is(200);
    hall.app.advance(TimeDelta::minutes(2));
    hall.put(json!({"phase": "paused"})).await.is(200);
    hall.app.advance(TimeDelta::minutes(30));
    let clock = hall.see(hall.candidate).await["clock"].clone();
    assert_eq!((&clock["used_seconds"], &clock["paused"]), (&json!(300), &json!(true)));
    assert_eq!(clock["running_since"], json!(null));
    assert_eq!(clock["question"], json!({"id": hall.question(1), "used_seconds": 120, "budget_seconds": 240}));
    hall.put(json!({"phase": "live"})).await.is(200);
    hall.app.advance(TimeDelta::minutes(1));
    assert_eq!(hall.see(hall.ines).await["clock"]["used_seconds"], 360);

    hall.app.advance(TimeDelta::hours(-3));
    let back = hall.see(hall.ines).await["clock"].clone();
    assert_eq!((&back["used_seconds"], &back["remaining_seconds"]), (&json!(300), &json!(3300)), "set back, nothing is lost that was used");
    hall.put(json!({"phase": "live", "question_id": hall.question(0)})).await.is(200);
    hall.app.advance(TimeDelta::hours(2));
    let over = hall.see(hall.ines).await["clock"].clone();
    assert_eq!(
        (&over["remaining_seconds"], &over["paused"]),
        (&json!(3600 - 300 - 7200), &json!(false)),
        "over is shown, nothing is cut off"
    );
    assert_eq!(hall.phase_of(hall.ines).await, "live");
}

#[actix_web::test]
async fn a_candidate_is_given_the_prompt_and_the_names_and_nothing_else() {
    let hall = Hall::new().await;
    let (account, guest) = (hall.as_(hall.candidate), hall.guest());
    for step in 0..4 {
        match step {
            1 => drop(hall.start().await),
            2 => drop(hall.put(json!({"phase": "live", "question_id": hall.question(3)})).await.is(200)),
            3 => drop(hall.as_(hall.ines).put_json(&hall.api("/room/prompt"), json!({"hidden": true})).await.is(200)),
            _ => {}
        }
        for client in [&account, &guest] {
            let body = client.get(&hall.room()).await.is(200);
            assert_is_for_a_candidate(&hall, &body.text(), [None, Some(0), Some(3), None][step]);
            assert!(body.json().get("panel").is_none());
        }
    }
    let room = hall.see(hall.candidate).await;
    let names: Vec<&str> = room["people"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["Ines Interviewer", "Ivo Interviewer", "Oda Observer", "Sam Shadow"],
        "by the alphabet: any other order tells seats"
    );
    for person in room["people"].as_array().unwrap() {
        let known: Vec<_> = person.as_object().unwrap().keys().collect();
        assert_eq!(known, ["name", "presence", "you"]);
    }
}

/// Nothing of a question but the prompt of the one that shows; no seat; nothing that anybody listens for.
fn assert_is_for_a_candidate(hall: &Hall, body: &str, shows: Option<usize>) {
    for (place, question) in hall.questions.iter().enumerate() {
        let secret = ["listen_for", "probes", "warning_signs"].iter().flat_map(|name| question[name].as_array().unwrap());
        for text in secret.chain([&question["title"], &question["tests"]]) {
            assert!(!body.contains(text.as_str().unwrap()), "{text} is in {body}");
        }
        assert_eq!(body.contains(question["prompt"].as_str().unwrap()), shows == Some(place), "{body}");
        assert!(shows == Some(place) || hall.question(place) == current_id(body) || !body.contains(&hall.question(place)), "{body}");
    }
    for word in ["lead_interviewer", "shadow", "observer", "driver", "listen_for", "queue", "next_question"] {
        assert!(!body.contains(word), "{word} is in {body}");
    }
}

/// The clock runs on a question although its prompt is hidden.
fn current_id(body: &str) -> String {
    let room: Value = serde_json::from_str(body).unwrap();
    room["clock"]["question"]["id"].as_str().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn an_observer_is_given_prompt_queue_and_clock_and_no_guidance() {
    let hall = Hall::new().await;
    hall.start().await;
    let room = hall.as_(hall.observer).get(&hall.room()).await.is(200);
    let listen_for = hall.questions[0]["listen_for"][0].as_str().unwrap();
    assert!(!room.says(listen_for) && !room.says("guidance"));
    let room = room.json();
    assert_eq!(room["prompt"]["text"], hall.prompt(0));
    assert_eq!(room["panel"]["queue"][4]["title"], hall.questions[4]["title"]);
    assert_eq!((&room["panel"]["you_drive"], &room["panel"]["may_take_the_wheel"]), (&json!(false), &json!(false)));
    for account in [hall.ines, hall.ivo, hall.shadow] {
        assert_eq!(hall.see(account).await["panel"]["guidance"]["listen_for"][0], listen_for);
    }
}

#[actix_web::test]
async fn the_room_is_for_who_has_a_seat_and_for_nobody_else() {
    let hall = Hall::new().await;
    hall.start().await;
    for path in [hall.room(), hall.api("/events")] {
        for account in [hall.world.owner, hall.world.lead] {
            hall.as_(account).get(&path).await.is(403);
        }
        let stranger = hall.app.member(hall.world.team, Role::Interviewer, "Nora Nobody");
        hall.as_(stranger).get(&path).await.is(404);
        hall.as_(hall.world.outsider).get(&path).await.is(404);
        hall.app.anon().get(&path).await.is(401);
        hall.app.bearer("nonsense").get(&path).await.is(401);
    }
}

// The stream.

/// A stream as it comes in, read piece by piece.
struct Listener {
    answer: reqwest::Response,
    text: String,
}

impl Listener {
    async fn open(hall: &Hall, served: &Served, account: AccountId, query: &str, last: Option<&str>) -> Self {
        let mut request =
            served.http.get(format!("{}{}{query}", served.url, hall.api("/events"))).bearer_auth(hall.app.sign_in_token(account));
        if let Some(last) = last {
            request = request.header("Last-Event-ID", last);
        }
        Listener { answer: request.send().await.unwrap(), text: String::new() }
    }

    /// Reads until these words have come.
    async fn hears(&mut self, words: &str) {
        let patience = tokio::time::timeout(Duration::from_secs(10), async {
            while !self.text.contains(words) {
                let piece =
                    self.answer.chunk().await.unwrap().unwrap_or_else(|| panic!("the stream ended before {words:?}: {}", self.text));
                self.text.push_str(std::str::from_utf8(&piece).unwrap());
            }
        });
        patience.await.unwrap_or_else(|_| panic!("{words:?} did not come: {}", self.text));
    }

    /// Reads until these words have come for the second time.
    async fn hears_twice(&mut self, words: &str) {
        self.hears(words).await;
        let first = self.text.find(words).unwrap_or_default() + words.len();
        let rest = self.text.split_off(first);
        let before = std::mem::replace(&mut self.text, rest);
        self.hears(words).await;
        self.text.insert_str(0, &before);
    }

    /// Reads until the stream ends.
    async fn ends(&mut self) {
        let patience = tokio::time::timeout(Duration::from_secs(10), async {
            while let Ok(Some(piece)) = self.answer.chunk().await {
                self.text.push_str(std::str::from_utf8(&piece).unwrap());
            }
        });
        patience.await.unwrap_or_else(|_| panic!("the stream did not end: {}", self.text));
    }

    fn signals(&self) -> Vec<Value> {
        self.text.lines().filter_map(|line| line.strip_prefix("data: ")).map(|data| serde_json::from_str(data).unwrap()).collect()
    }

    fn kinds(&self) -> Vec<String> {
        self.signals().iter().map(|signal| signal["kind"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

#[actix_web::test]
async fn a_stream_tells_what_happens_and_goes_on_where_a_browser_was_after_it_lost_the_line() {
    let hall = Hall::new().await;
    let served = hall.app.serve();
    let mut first = Listener::open(&hall, &served, hall.ivo, "?after=0", None).await;
    assert_eq!(first.answer.headers()["content-type"], "text/event-stream");
    assert_eq!(first.answer.headers()["x-accel-buffering"], "no");
    first.hears("retry: 2000").await;
    hall.start().await;
    first.hears("id: 1\n").await;
    drop(first);
    hall.put(json!({"phase": "paused"})).await.is(200);
    hall.put(json!({"phase": "live"})).await.is(200);

    let mut again = Listener::open(&hall, &served, hall.ivo, "?after=0", Some("1")).await;
    again.hears("id: 3\n").await;
    assert_eq!(again.kinds(), ["paused", "resumed"], "nothing twice, nothing left out");
    assert_eq!(again.signals()[0], json!({"seq": 2, "prev": 1, "kind": "paused", "ids": {}, "version": 2}));
    hall.put(json!({"phase": "ended"})).await.is(200);
    again.ends().await;
    assert_eq!(again.kinds(), ["paused", "resumed", "ended", "closed"]);
    let over = Listener::open(&hall, &served, hall.ivo, "?after=4", None).await;
    assert_eq!(over.answer.status(), 204, "a browser stops asking");
}

#[actix_web::test]
async fn a_candidates_stream_holds_what_changes_on_their_screen_and_no_content() {
    let hall = Hall::new().await;
    let served = hall.app.serve();
    let mut stream = Listener::open(&hall, &served, hall.candidate, "", None).await;
    hall.start().await;
    hall.as_(hall.ivo).put_json(&hall.api("/room/driver"), json!({})).await.is(200);
    let ivo = hall.as_(hall.ivo);
    ivo.post_json(&hall.api("/room/questions"), json!({"question_id": hall.question(5)})).await.is(201);
    ivo.put_json(&hall.api(&format!("/room/skips/{}", hall.question(0))), json!({})).await.is(200);
    ivo.put_json(&hall.room(), json!({"phase": "ended"})).await.is(200);
    stream.ends().await;
    assert_eq!(stream.kinds(), ["started", "moved", "ended", "closed"]);
    assert_eq!(stream.signals()[1]["prev"], 1);
    for place in [2, 3, 4, 5] {
        assert!(!stream.text.contains(&hall.question(place)), "{}", stream.text);
    }
}

#[actix_web::test]
async fn a_stream_ends_with_the_right_to_it() {
    let hall = Hall::new().await;
    hall.start().await;
    let served = hall.app.serve();
    let ends = [
        format!("UPDATE seats SET removed_at = now() WHERE account_id = '{}'", hall.ivo),
        format!("UPDATE sign_ins SET ended_at = now() WHERE account_id = '{}'", hall.shadow),
        format!("UPDATE memberships SET removed_at = now() WHERE account_id = '{}'", hall.observer),
    ];
    for (account, end) in [hall.ivo, hall.shadow, hall.observer].into_iter().zip(ends) {
        let mut stream = Listener::open(&hall, &served, account, "", None).await;
        stream.hears("started").await;
        hall.app.sql(&end);
        hall.put(json!({"phase": "paused"})).await.is(200);
        stream.ends().await;
        assert_eq!(stream.kinds(), ["started"], "nothing is told after the right has gone");
        hall.put(json!({"phase": "live"})).await.is(200);
        hall.app.sql("DELETE FROM room_events WHERE seq > 1; UPDATE rooms SET last_seq = 1");
    }
}

#[actix_web::test]
async fn what_ends_a_right_ends_the_stream_at_once() {
    let hall = Hall::new().await;
    hall.start().await;
    let served = hall.app.serve();
    let (owner, team) = (hall.app.token(hall.world.owner), hall.world.team);
    let member = |account: AccountId| format!("/api/v1/teams/{team}/members/{account}");
    for what in ["sign-out", "password", "removal"] {
        let own = hall.app.sign_in_token(hall.ivo);
        let url = format!("{}{}", served.url, hall.api("/events"));
        let answer = served.http.get(url).bearer_auth(&own).send().await.unwrap();
        let mut stream = Listener { answer, text: String::new() };
        stream.hears("started").await;
        match what {
            "sign-out" => drop(hall.app.bearer(&own).delete("/api/v1/sign-ins/current").await.is(204)),
            "password" => {
                let change = json!({"current_password": PASSWORD, "new_password": "eight blue herons under Porto"});
                drop(hall.app.token(hall.ivo).put_json("/api/v1/me/password", change).await.is(204));
            }
            _ => drop(owner.delete(&member(hall.ivo)).await.is(204)),
        }
        // Streams look by themselves only every two seconds.
        let done = std::time::Instant::now();
        stream.ends().await;
        assert!(done.elapsed() < Duration::from_millis(1_500), "{what}: {:?}", done.elapsed());
    }
    hall.app.leave_jobs();
}

#[actix_web::test]
async fn a_reader_has_eight_streams_and_the_oldest_makes_room() {
    let hall = Hall::new().await;
    hall.start().await;
    let served = hall.app.serve();
    let mut streams = Vec::new();
    for _ in 0..9 {
        let mut stream = Listener::open(&hall, &served, hall.ivo, "", None).await;
        stream.hears("started").await;
        streams.push(stream);
    }
    streams[0].ends().await;
    assert_eq!(streams[0].kinds(), ["started", "elsewhere"]);
    let last = streams[0].text.lines().rev().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    let again = Listener::open(&hall, &served, hall.ivo, "", Some(&last)).await;
    assert_eq!(again.answer.status(), 204, "a browser that comes back by itself is told to stop");
    assert_eq!(hall.app.server.streams.count(), 8);
    hall.put(json!({"phase": "paused"})).await.is(200);
    for stream in &mut streams[1..] {
        stream.hears("paused").await;
    }
    drop(streams);
    for phase in ["live", "paused"].into_iter().cycle().take(40) {
        hall.put(json!({"phase": phase})).await.is(200);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(hall.app.server.streams.count(), 0, "a stream that nobody reads is forgotten with the next that would be written");
}

#[actix_web::test]
async fn a_stream_holds_no_connection_while_it_waits() {
    let hall = Hall::new().await;
    hall.start().await;
    let served = hall.app.serve();
    let mut streams = Vec::new();
    for account in [hall.ines, hall.ivo, hall.shadow, hall.observer, hall.candidate, hall.ines, hall.ivo] {
        let mut stream = Listener::open(&hall, &served, account, "", None).await;
        stream.hears("started").await;
        streams.push(stream);
    }
    // The pool of a test has three connections.
    hall.put(json!({"phase": "paused"})).await.is(200);
    for stream in &mut streams {
        stream.hears("paused").await;
    }
}

#[actix_web::test]
async fn after_a_restart_the_room_is_as_it_was() {
    let hall = Hall::new().await;
    hall.start().await;
    hall.put(json!({"phase": "live", "question_id": hall.question(2)})).await.is(200);
    hall.app.advance(TimeDelta::minutes(7));
    let before = hall.see(hall.ines).await;
    let events = hall.app.count("SELECT count(*) FROM room_events");
    // All that another server has is the database: nothing of the room is kept in this one.
    let served = hall.app.serve();
    let after: Value = {
        let request = served.http.get(format!("{}{}", served.url, hall.room())).bearer_auth(hall.app.sign_in_token(hall.ines));
        request.send().await.unwrap().json().await.unwrap()
    };
    assert_eq!(before, after);
    assert_eq!(events, 2);
}
