//! The world that is walked: a team with interviews in every state, so that every part of them is there to be asked for.

use std::cell::Cell;
use std::collections::BTreeMap;

use fivefold::calibration::exercises::GoldId;
use fivefold::platform::config::SignUp;
use fivefold::platform::token::{Purpose, Signer, Token};
use fivefold::policy::{AccountId, Act, Mode, Role, Seat, TeamId};
use fivefold::web::routing::{Kind, Route, Who};
use serde_json::{Value, json};
use uuid::Uuid;

use super::stages::{NOTE, Stage, Stages, stage_of};
use super::{Visitor, bodies, fill};
use crate::support::{App, Client, Interview, Options, World, merge};

pub struct Scene {
    pub app: App,
    pub world: World,
    /// The people; it is the planned one of the stages.
    pub interview: Interview,
    stages: Stages,
    removed: AccountId,
    deactivated: AccountId,
    revoked_link: Uuid,
    /// How many came so far.
    visits: Cell<u16>,
    /// Who knocks now.
    knocking: Cell<Visitor>,
    /// An id for each noun of the addresses.
    ids: BTreeMap<&'static str, String>,
}

impl Scene {
    pub async fn set(mode: Mode) -> Self {
        let app = App::with(Options { sign_up: SignUp::Open, ..Options::default() }).await;
        let world = World::of(&app, mode);
        let interview = Interview::planned(&app, &world, mode);
        // Another owner, so that each of them may go.
        app.member(world.team, Role::Owner, "Oskar Owner");
        let (removed, deactivated) = (app.member(world.team, Role::Owner, "Rita Removed"), app.account("Dora Deactivated"));
        let (team, revoked_link, now) = (world.team, Uuid::now_v7(), app.now().to_rfc3339());
        app.sql(&format!(
            "UPDATE memberships SET removed_at = '{now}' WHERE account_id = '{removed}' AND team_id = '{team}';
             UPDATE accounts SET deactivated_at = '{now}' WHERE id = '{deactivated}';
             INSERT INTO candidate_links (team_id, id, interview_id, token_hash, created_by, created_at, expires_at, revoked_at)
                VALUES ('{team}', '{revoked_link}', '{}', '\\x01', '{}', '{now}', '{now}'::timestamptz + interval '7 days', '{now}');",
            interview.id, world.lead,
        ));
        let stages = Stages::play(&app, &world, mode, &interview).await;
        let mut scene = Scene {
            app,
            world,
            interview,
            stages,
            removed,
            deactivated,
            revoked_link,
            visits: Cell::new(0),
            knocking: Cell::new(Visitor::Anonymous),
            ids: BTreeMap::new(),
        };
        scene.ids = scene.look_up().await;
        scene.book();
        scene.app.leave_jobs();
        scene.app.sql(KEEP);
        scene
    }

    pub fn draft_question(&self) -> &str {
        &self.ids["draft/questions"]
    }

    /// Everything is again as it was set: much quicker than another database.
    pub fn restore(&self) {
        self.app.sql(RESTORE);
    }

    /// The interview that is over was booked on the board.
    fn book(&self) {
        let (team, now, version) = (self.world.team, self.app.now().to_rfc3339(), World::versions(&self.app).0);
        let interview = &self.interview;
        self.app.sql(&format!(
            "INSERT INTO practice_offers (team_id, id, account_id, level, question_set_version_id, question_set_built_in, starts_at, time_zone,
                minutes, note, made_at, taken_by, taken_at, interview_id)
             VALUES ('{team}', gen_random_uuid(), '{candidate}', 'mid', '{version}', true, '{now}'::timestamptz - interval '9 days', 'UTC', 30, '',
                '{now}', '{taker}', '{now}', '{booked}')",
            candidate = interview.candidate,
            taker = interview.lead_interviewer,
            booked = self.stages.at(Stage::Scoring).id,
        ));
    }

    /// What the team has, asked for as its owner.
    async fn look_up(&self) -> BTreeMap<&'static str, String> {
        let owner = self.app.token(self.world.owner);
        let mut ids = BTreeMap::new();
        let rubric = self.own_rubric(&owner).await;
        let versions = owner.get(&self.world.api(&format!("/rubrics/{rubric}/versions"))).await.is(200).json();
        ids.insert("rubrics/versions", versions["items"][0]["id"].as_str().unwrap().to_owned());
        ids.insert("rubrics", rubric);
        let set = self.own_set(&owner, &mut ids).await;
        let questions = owner.get(&self.world.api(&format!("/question-sets/{set}/draft/questions"))).await.is(200).json();
        ids.insert("draft/questions", questions["items"][0]["id"].as_str().unwrap().to_owned());
        let versions = owner.get(&self.world.api(&format!("/question-sets/{set}/versions"))).await.is(200).json();
        ids.insert("question-sets/versions", versions["items"][0]["id"].as_str().unwrap().to_owned());
        ids.insert("question-sets", set);
        let import = owner.post_json(&self.world.api("/question-sets/imports"), bodies::question_set()).await.is(201);
        ids.insert("imports", import.id());
        let invitation = owner.post_json(&self.world.api("/invitations"), json!({"role": "interviewer"})).await.is(201).json();
        ids.insert("invitations", invitation["id"].as_str().unwrap().to_owned());
        ids.insert("candidates", self.interview.record.to_string());
        let claims = self.world.api(&format!("/candidates/{}/claims", self.interview.record));
        ids.insert("claims", owner.post_json(&claims, json!({"text": "Led a team"})).await.is(201).id());
        let resume = self.world.api(&format!("/candidates/{}/resume", self.interview.record));
        let file = Some(("application/json", serde_json::to_vec(&bodies::resume_file()).unwrap()));
        owner.if_match(0).send(actix_web::http::Method::PUT, &resume, file).await.is(200);
        // Everybody has one of their own, and has sent it; and a plan.
        self.app.sql(&format!(
            "INSERT INTO practice_plans SELECT id, gen_random_uuid(), '{now}'::timestamptz::date + 20, 127, 30, '18:00', 'mid', NULL, '{now}' FROM accounts;
             INSERT INTO resumes SELECT id, '{content}', 'by_time', 1, '{now}' FROM accounts;
             INSERT INTO sent_resumes SELECT team_id, gen_random_uuid(), account_id, '{content}', 'by_time', '{now}', NULL FROM memberships",
            content = bodies::resume_file(),
            now = self.app.now().to_rfc3339(),
        ));
        self.exercises(&mut ids);
        ids.insert("members", self.app.member(self.world.team, Role::Interviewer, "Milo Member").to_string());
        ids
    }

    /// One that everybody may score, and one that is over, with the scores of its leads.
    fn exercises(&self, ids: &mut BTreeMap<&'static str, String>) {
        let (team, owner, lead, now) = (self.world.team, self.world.owner, self.world.lead, self.app.now().to_rfc3339());
        let [open, over] = [Uuid::now_v7(), Uuid::now_v7()];
        for (id, deadline, place) in [(open, "1 day", 0), (over, "-1 day", 1)] {
            self.app.sql(&format!(
                "INSERT INTO exercises (team_id, id, name, deadline, notes_version, created_by, created_at)
                    VALUES ('{team}', '{id}', 'Autumn', '{now}'::timestamptz + interval '{deadline}', 1, '{owner}', '{now}');
                 INSERT INTO exercise_members SELECT '{team}', '{id}', account_id, '{now}' FROM memberships WHERE team_id = '{team}' AND role <> 'candidate';
                 INSERT INTO exercise_interviews (team_id, exercise_id, gold_interview_id, gold_version_id, gold_built_in, held_back, position)
                    VALUES ('{team}', '{id}', '{gold}', ({version}), true, false, 0)",
                gold = GoldId::built_in(GOLDS[place]),
                version = newest_gold(place),
            ));
        }
        for account in [owner, lead] {
            self.app.sql(&gold_score(team, account, (1, Some(over)), &now, true));
        }
        let [asked, agreed] = [Uuid::now_v7(), Uuid::now_v7()];
        for (id, experts) in [(asked, "role <> 'candidate'"), (agreed, "role = 'interviewer'")] {
            self.app.sql(&gold_interview(team, id, experts, &now));
        }
        self.app.sql(&format!("UPDATE gold_expert_scores SET submitted_at = '{now}' WHERE gold_interview_id = '{agreed}'"));
        ids.insert("gold-interviews", asked.to_string());
        ids.insert("gold-interviews/agreed", agreed.to_string());
        ids.insert("exercises", open.to_string());
        ids.insert("exercises/over", over.to_string());
    }

    /// A gold interview of no exercise.
    pub fn gold_alone(&self) -> &str {
        static ID: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| GoldId::built_in(GOLDS[2]).to_string());
        &ID
    }

    /// What whoever knocks has begun to score, ready to be submitted; for who may not, somebody else's.
    fn own_gold_score(&self, visitor: Visitor) -> String {
        let account = match visitor {
            Visitor::Has(role) if role != Role::Candidate => self.world.with_role(role),
            Visitor::Sits(seat) if seat != Seat::Candidate => self.interview.seat(seat),
            _ => self.world.owner,
        };
        let begun = format!("SELECT id FROM gold_scores WHERE account_id = '{account}' AND submitted_at IS NULL");
        if self.app.texts(&begun).is_empty() {
            self.app.sql(&gold_score(self.world.team, account, (2, None), &self.app.now().to_rfc3339(), false));
        }
        self.app.text(&begun)
    }

    /// An interview of people who were never met, which whoever knocks has begun to score again; for who may not,
    /// somebody else's.
    fn own_second_score(&self, visitor: Visitor) -> String {
        let account = match visitor {
            Visitor::Has(role) if role != Role::Candidate => self.world.with_role(role),
            Visitor::Sits(seat) if seat != Seat::Candidate => self.interview.seat(seat),
            _ => self.world.interviewer,
        };
        let begun = format!("SELECT id FROM second_scores WHERE account_id = '{account}' AND submitted_at IS NULL");
        if self.app.texts(&begun).is_empty() {
            let (team, lead, now) = (self.world.team, self.world.lead, self.app.now().to_rfc3339());
            let [candidate, interview, draw] = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
            let areas: Vec<Value> = (1..=5).map(|area| json!({"area": area, "value": 3, "reason": "Asked first."})).collect();
            let held = self.stages.at(Stage::Released).id;
            self.app.sql(&format!(
                "INSERT INTO candidates (team_id, id, name, created_at) VALUES ('{team}', '{candidate}', 'Kim Unmet', '{now}');
                 INSERT INTO interviews (team_id, id, candidate_id, mode, level, question_set_version_id, question_set_built_in,
                    rubric_version_id, rubric_built_in, starts_at, time_zone, minutes, created_by, created_at, scheduled_at)
                 SELECT team_id, '{interview}', '{candidate}', mode, level, question_set_version_id, question_set_built_in,
                    rubric_version_id, rubric_built_in, '{now}', 'UTC', 50, '{lead}', '{now}', '{now}'
                 FROM interviews WHERE id = '{held}';
                 INSERT INTO rooms (team_id, interview_id, started_at, started_by, ended_at, ended_by, driver_id)
                 VALUES ('{team}', '{interview}', '{now}', '{lead}', '{now}', '{lead}', '{lead}');
                 INSERT INTO debriefs (team_id, interview_id, opened_at, opened_by) VALUES ('{team}', '{interview}', '{now}', '{lead}');
                 INSERT INTO second_draws (team_id, id, since, until, percent, seed, pool, asked_by, asked_at)
                 VALUES ('{team}', '{draw}', '{now}'::timestamptz - interval '1 day', '{now}', 100, 7, 1, '{lead}', '{now}');
                 INSERT INTO second_scores (team_id, id, draw_id, interview_id, account_id, answers, asked_at)
                 VALUES ('{team}', gen_random_uuid(), '{draw}', '{interview}', '{account}', '{areas}', '{now}')",
                areas = json!(areas),
            ));
        }
        self.app.text(&format!("{begun} LIMIT 1"))
    }

    /// A set of the team with one question, published; a copy of another, in which the question has changed since.
    async fn own_set(&self, owner: &Client, ids: &mut BTreeMap<&'static str, String>) -> String {
        let origin = owner.post_json(&self.world.api("/question-sets"), json!({"name": "Origin"})).await.is(201).id();
        let there = self.world.api(&format!("/question-sets/{origin}"));
        let question = owner.post_json(&format!("{there}/draft/questions"), bodies::question()).await.is(201).json();
        let first = newest(&owner.post_json(&format!("{there}/versions"), json!({"reason": "First"})).await.is(201).json());
        let set = owner.post_json(&self.world.api("/question-sets"), json!({"name": "Own", "copy_of": first})).await.is(201).id();
        let place = self.world.api(&format!("/question-sets/{set}"));
        let url = format!("{there}/draft/questions/{}", question["id"].as_str().unwrap());
        owner.if_match(1).put_json(&url, merge(bodies::question(), json!({"tests": "Whether they know when not to."}))).await.is(200);
        ids.insert("upstream", newest(&owner.post_json(&format!("{there}/versions"), json!({"reason": "Sharper"})).await.is(201).json()));
        ids.insert("upstream/questions", question["key"].as_str().unwrap().to_owned());
        owner.post_json(&format!("{place}/versions"), json!({"reason": "First"})).await.is(201);
        // There is something new to publish.
        self.app.sql("UPDATE question_sets SET name = 'Our own', version = 1");
        set
    }

    /// A rubric of the team, published.
    async fn own_rubric(&self, owner: &Client) -> String {
        let rubric = owner.post_json(&self.world.api("/rubrics"), json!({"name": "Own measure"})).await.is(201).id();
        let versions = self.world.api(&format!("/rubrics/{rubric}/versions"));
        owner.post_json(&versions, json!({"reason": "First"})).await.is(201);
        // There is something new to publish.
        self.app.sql("UPDATE rubrics SET draft = jsonb_set(draft, '{description}', '\"Ours.\"')");
        rubric
    }

    /// The version of the set that the team's own was copied from in which something has changed since.
    pub fn upstream(&self) -> &str {
        &self.ids["upstream"]
    }

    /// A browser for pages, a program for the API; each from an address of its own, where nobody has tried anything yet.
    pub fn client(&self, visitor: Visitor, route: &Route) -> Client {
        self.visits.set(self.visits.get() + 1);
        let [high, low] = self.visits.get().to_be_bytes();
        self.bring(visitor, route).at([10, 0, high, low])
    }

    fn bring(&self, visitor: Visitor, route: &Route) -> Client {
        let app = &self.app;
        let page = route.kind == Kind::Page;
        let interview = self.stages.at(stage_of(route));
        let bring = |token: String| if page { app.anon().with_cookie("fivefold", &token) } else { app.bearer(&token) };
        let until = app.now() + chrono::TimeDelta::days(1);
        match visitor {
            Visitor::Anonymous => app.anon(),
            Visitor::SignedOut => {
                let token = app.sign_in_token(self.world.owner);
                app.sql(&format!("UPDATE sign_ins SET ended_at = created_at WHERE account_id = '{}'", self.world.owner));
                bring(token)
            }
            Visitor::Forged => bring(Signer::new(&[9; 32]).sign(Purpose::SignIn, Uuid::now_v7(), self.world.owner.0, app.now(), until)),
            Visitor::Deactivated => bring(app.sign_in_token(self.deactivated)),
            Visitor::WrongPurpose => bring(interview.guest_token(app, &self.world)),
            Visitor::RevokedGuest => {
                let token = app.server.signer.sign(Purpose::Guest, self.revoked_link, self.world.team.0, app.now(), until);
                app.anon().with_cookie("guest", &token)
            }
            Visitor::Guest => interview.guest(app, &self.world),
            Visitor::Outsider | Visitor::Trespasser => bring(app.sign_in_token(self.world.outsider)),
            Visitor::Removed => bring(app.sign_in_token(self.removed)),
            Visitor::Has(role) => bring(app.sign_in_token(self.world.with_role(role))),
            Visitor::Sits(seat) => bring(app.sign_in_token(self.interview.seat(seat))),
        }
    }

    /// The room is moved by who leads it: whoever may, takes the lead first.
    pub async fn take_the_lead(&self, visitor: Visitor, route: &Route) {
        if let (Visitor::Sits(seat), Who::May(Act::DriveRoom)) = (visitor, route.who) {
            let room = self.world.api(&format!("/interviews/{}/room/driver", self.stages.at(stage_of(route)).id));
            self.app.token(self.interview.seat(seat)).put_json(&room, json!({})).await;
        }
    }

    /// The route's address with ids of things that are there.
    pub fn url(&self, route: &Route, visitor: Visitor) -> String {
        let team = if visitor == Visitor::Trespasser { self.world.other_team } else { self.world.team };
        let noun = |name: &str| {
            let before = route.path.split(&format!("/{{{name}")).next().unwrap_or_default();
            let mut words = before.rsplit('/');
            let noun = words.next().unwrap_or_default();
            match noun {
                // Of `versions/{id}/questions` the id stands between.
                "questions" if before.contains("/versions/") => "versions/questions".into(),
                "versions" | "questions" => format!("{}/{noun}", words.next().unwrap_or_default()),
                noun => noun.to_owned(),
            }
        };
        fill(route.path, |name| match (name, noun(name).as_str()) {
            ("team_id", _) => team.to_string(),
            ("id", "interviews") => self.stages.at(stage_of(route)).id.to_string(),
            ("account_id", "seats") => self.interview.interviewer.to_string(),
            ("link_id", _) => self.stages.at(stage_of(route)).link.to_string(),
            ("note_id" | "page_id", _) => NOTE.to_string(),
            ("question_id", noun @ "draft/questions") => self.ids[noun].clone(),
            ("question_id", "versions/questions") => self.ids["draft/questions"].clone(),
            ("question_id", _) => self.interview.questions[0].clone(),
            ("code", "problems") => "not-found".into(),
            ("id", "exercises") if ["/discussion", "/rubric-draft"].iter().any(|rest| route.path.contains(rest)) => {
                self.ids["exercises/over"].clone()
            }
            ("id", "gold-interviews") if ["/consensus", "/versions", "/retirement"].iter().any(|rest| route.path.contains(rest)) => {
                self.ids["gold-interviews/agreed"].clone()
            }
            ("id", "gold-scores") => self.own_gold_score(visitor),
            ("id", "second-scores") => self.own_second_score(visitor),
            ("id", "peer-practice" | "practice-offers") => self.offer(visitor, route.path.ends_with("/booking")),
            ("id", "attempts") if route.path.contains("/recording") => self.spoken(self.own_attempt(visitor, (false, false))),
            ("id", "attempts") => self.own_attempt(visitor, attempt_stage(route)),
            ("number", "parts") => "0".into(),
            ("id", "shares") => self.share(visitor, coaches(route)).0,
            ("attempt_id", _) if route.path.ends_with("/audio") => self.spoken(self.share(visitor, false).1),
            ("attempt_id", _) => self.share(visitor, coaches(route)).1,
            ("id", "mocks") => self.own_mock(visitor),
            ("id", "sign-ins") => self.own_sign_in(visitor),
            ("id", "sendings") => self.own_sending(visitor),
            ("id", "proofs") => self.own_row(
                visitor,
                "proofs (account_id, id, position, kind, title, url, shows, saved_at)",
                "1, 'app', 'Depot', 'https://depot.example.org', ''",
            ),
            ("id", "proof/questions" | "questions-to-ask") => {
                self.own_row(visitor, "own_questions (account_id, id, position, text, saved_at)", "1, 'Who reviews?'")
            }
            ("token", "join" | "invitations") => self.invitation(),
            ("token", _) => "no-such-token".into(),
            (_, noun) if self.ids.contains_key(noun) => self.ids[noun].clone(),
            (_, noun) => panic!("{}: say in tests/it/doors/scene.rs what {{{name}}} of {noun} is", route.path),
        })
    }

    /// The token of an invitation that nobody has used.
    fn invitation(&self) -> String {
        let (token, team, now) = (Token::random(), self.world.team, self.app.now().to_rfc3339());
        let hash: String = token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        self.app.sql(&format!(
            "INSERT INTO invitations (team_id, id, role, token_hash, invited_by, created_at, expires_at)
             SELECT '{team}', gen_random_uuid(), 'lead', '\\x{hash}', invited_by, '{now}', expires_at FROM invitations LIMIT 1"
        ));
        token.as_str().to_owned()
    }

    /// What whoever knocks has sent, so that it is theirs to take back.
    fn own_sending(&self, visitor: Visitor) -> String {
        let account = self.account(visitor);
        self.app.text(&format!("SELECT id FROM sent_resumes WHERE account_id = '{account}' LIMIT 1"))
    }

    /// One row of a list of whoever knocks, as it was first saved.
    fn own_row(&self, visitor: Visitor, table: &str, values: &str) -> String {
        let (account, id, now) = (self.account(visitor), Uuid::now_v7(), self.app.now().to_rfc3339());
        let name = table.split(' ').next().unwrap_or_default();
        self.app.sql(&format!(
            "DELETE FROM {name} WHERE account_id = '{account}'; INSERT INTO {table} VALUES ('{account}', '{id}', {values}, '{now}')"
        ));
        id.to_string()
    }

    /// A time on the board at which nobody has anything else: somebody else's to be booked, one's own to be taken back.
    fn offer(&self, visitor: Visitor, to_book: bool) -> String {
        // Nobody plans further than a year.
        let (team, id, visits, now) = (self.world.team, Uuid::now_v7(), self.visits.get() % 2_800, self.app.now().to_rfc3339());
        let by = if to_book { self.ids["members"].clone() } else { self.account(visitor).to_string() };
        let version = World::versions(&self.app).0;
        self.app.sql(&format!(
            "INSERT INTO practice_offers (team_id, id, account_id, level, question_set_version_id, question_set_built_in, starts_at, time_zone,
                minutes, note, made_at)
             SELECT '{team}', '{id}', account_id, 'mid', '{version}', true, '{now}'::timestamptz + interval '1 day' + {visits} * interval '3 hours',
                'UTC', 30, '', '{now}' FROM memberships WHERE team_id = '{team}' AND account_id = '{by}'"
        ));
        id.to_string()
    }

    /// An attempt of whoever knocks, as far as the act needs it; for the trespasser, somebody else's.
    fn own_attempt(&self, visitor: Visitor, stage: (bool, bool)) -> String {
        self.attempt_of(self.practising(visitor), stage)
    }

    fn attempt_of(&self, account: AccountId, (finished, scored): (bool, bool)) -> String {
        let team = self.world.team;
        let there = format!(
            "SELECT id FROM practice_attempts WHERE account_id = '{account}' AND team_id = '{team}' AND mock_id IS NULL
             AND (finished_at IS NOT NULL) = {finished} AND (scored_at IS NOT NULL) = {scored}"
        );
        if self.app.texts(&there).is_empty() {
            let (set, rubric) = World::versions(&self.app);
            let key = if scored {
                "slow-endpoint"
            } else if finished {
                "hard-bug"
            } else {
                "lazy-querysets"
            };
            let now = self.app.now().to_rfc3339();
            let at = |is: bool| if is { format!("'{now}'") } else { "NULL".to_owned() };
            let level = |is: bool| if is { "3" } else { "NULL" };
            // One that is further on at the same question would be in the way.
            self.app.sql(&format!(
                "DELETE FROM practice_attempts a USING library_question_set_versions v, jsonb_array_elements(v.content -> 'questions') AS q
                 WHERE v.id = '{set}' AND q ->> 'key' = '{key}' AND a.question_id = (q ->> 'id')::uuid AND a.account_id = '{account}'
                 AND a.scored_at IS NULL"
            ));
            self.app.sql(&format!(
                "INSERT INTO practice_attempts (team_id, id, account_id, question_set_version_id, question_set_built_in, rubric_version_id,
                    rubric_built_in, question_id, title, prompt, area, topics, minutes, level, kind, think_seconds, started_at, answering_at,
                    finished_at, scored_at, answer, version, score, area_score, would_pass)
                 SELECT '{team}', gen_random_uuid(), '{account}', '{set}', true, '{rubric}', true, (q ->> 'id')::uuid, q ->> 'title', q ->> 'prompt', 2,
                    '{{}}', 5, 'mid', 'typed', 0, '{now}', '{now}', {finished}, {scored}, 'It is lazy.', 1, {score}, {score}, {score}
                 FROM library_question_set_versions, jsonb_array_elements(content -> 'questions') AS q WHERE id = '{set}' AND q ->> 'key' = '{key}'",
                finished = at(finished),
                scored = at(scored),
                score = level(scored),
            ));
        }
        self.app.text(&there)
    }

    /// The same attempt, with a recording that is saved.
    fn spoken(&self, attempt: String) -> String {
        let there = format!("SELECT count(*) FROM practice_recordings WHERE attempt_id = '{attempt}' AND recording_id IS NOT NULL");
        if self.app.count(&there) == 0 {
            let (id, sound, take) = (Uuid::now_v7(), bodies::SOUND, bodies::TAKE);
            let hex: String = sound.iter().map(|byte| format!("{byte:02x}")).collect();
            self.app.sql(&format!(
                "DELETE FROM practice_recordings WHERE attempt_id = '{attempt}';
                 INSERT INTO recordings (team_id, id, account_id, media_type, parts, bytes, duration_ms, begun_at, finished_at)
                    SELECT team_id, '{id}', account_id, 'audio/webm', 1, {size}, 3000, started_at, started_at FROM practice_attempts WHERE id = '{attempt}';
                 INSERT INTO recording_parts (team_id, recording_id, number, account_id, first_byte, digest, content)
                    SELECT team_id, id, 0, account_id, 0, sha256('\\x{hex}'), '\\x{hex}' FROM recordings WHERE id = '{id}';
                 INSERT INTO practice_recordings (team_id, attempt_id, account_id, take, duration_ms, recording_id)
                    SELECT team_id, id, account_id, '{take}', 3000, '{id}' FROM practice_attempts WHERE id = '{attempt}'",
                size = sound.len(),
            ));
        }
        attempt
    }

    pub fn knocks(&self, visitor: Visitor) {
        self.knocking.set(visitor);
    }

    /// A scored attempt of whoever knocks.
    pub fn attempt_to_share(&self) -> String {
        self.own_attempt(self.knocking.get(), (true, true))
    }

    /// A member who never knocks.
    pub fn nobody_else(&self) -> &str {
        &self.ids["members"]
    }

    /// What whoever knocks shares with somebody, or is to score for them, and the one answer in it.
    fn share(&self, visitor: Visitor, coaches: bool) -> (String, String) {
        let (me, other): (AccountId, AccountId) = (self.practising(visitor), self.nobody_else().parse().unwrap());
        let (author, coach) = if coaches { (other, me) } else { (me, other) };
        let (team, attempt) = (self.world.team, self.attempt_of(author, (true, true)));
        let there = format!(
            "SELECT s.id FROM practice_shares s WHERE account_id = '{author}' AND coach_id = '{coach}' AND withdrawn_at IS NULL
             AND NOT EXISTS (SELECT FROM practice_coach_scores c WHERE c.share_id = s.id) LIMIT 1"
        );
        if self.app.texts(&there).is_empty() {
            let (id, now) = (Uuid::now_v7(), self.app.now().to_rfc3339());
            self.app.sql(&format!(
                "INSERT INTO practice_shares VALUES ('{team}', '{id}', '{author}', '{coach}', '{team}', '{now}', '{now}'::timestamptz + interval '30 days');
                 INSERT INTO practice_shared_attempts VALUES ('{team}', '{id}', '{attempt}', 0)"
            ));
        }
        (self.app.text(&there), attempt)
    }

    /// A mock of whoever knocks that goes on.
    fn own_mock(&self, visitor: Visitor) -> String {
        let account = self.practising(visitor);
        let there = format!("SELECT id FROM practice_mocks WHERE account_id = '{account}' AND ended_at IS NULL");
        if self.app.texts(&there).is_empty() {
            self.app.sql(&format!(
                "INSERT INTO practice_mocks (team_id, id, account_id, question_set_version_id, question_set_built_in, level, minutes, question_ids, started_at)
                 SELECT '{team}', gen_random_uuid(), '{account}', id, true, 'mid', 30,
                    ARRAY(SELECT (q ->> 'id')::uuid FROM jsonb_array_elements(content -> 'questions') AS q LIMIT 3), '{now}'
                 FROM library_question_set_versions WHERE id = '{set}'",
                team = self.world.team,
                set = World::versions(&self.app).0,
                now = self.app.now().to_rfc3339(),
            ));
        }
        self.app.text(&there)
    }

    fn practising(&self, visitor: Visitor) -> AccountId {
        match visitor {
            Visitor::Has(role) => self.world.with_role(role),
            Visitor::Sits(seat) => self.interview.seat(seat),
            _ => self.world.owner,
        }
    }

    fn account(&self, visitor: Visitor) -> AccountId {
        match visitor {
            Visitor::Has(role) => self.world.with_role(role),
            Visitor::Sits(seat) => self.interview.seat(seat),
            Visitor::Removed => self.removed,
            _ => self.world.outsider,
        }
    }

    /// The newest sign-in of whoever knocks, so that it is theirs to end.
    fn own_sign_in(&self, visitor: Visitor) -> String {
        let account = self.account(visitor);
        self.app.sign_in_token(account);
        self.app.text(&format!("SELECT id FROM sign_ins WHERE account_id = '{account}' ORDER BY id DESC LIMIT 1"))
    }
}

/// Whether an act on what is shared is its coach's.
fn coaches(route: &Route) -> bool {
    route.who == Who::May(Act::Coach)
}

/// Whether an act on an attempt needs its answer finished, and its score given.
fn attempt_stage(route: &Route) -> (bool, bool) {
    match route.path.rsplit('/').next() {
        Some("score") => (true, false),
        Some("comparison" | "side-by-side") => (true, true),
        _ => (false, false),
    }
}

/// The built-in gold interviews: of the open exercise, of the one that is over, of none.
const GOLDS: [&str; 3] = ["entry-tool-library", "mid-seventy-depots", "senior-garages"];

fn newest_gold(place: usize) -> String {
    format!("SELECT id FROM library_gold_interview_versions WHERE slug = '{}' ORDER BY number DESC LIMIT 1", GOLDS[place])
}

/// A gold interview of the team, as statements: its transcript, its consensus, and whole scores of its experts.
fn gold_interview(team: TeamId, id: Uuid, experts: &str, now: &str) -> String {
    let input = bodies::gold_input();
    let answers: Vec<Value> = (1..=5).map(|area| json!({"area": area, "value": 3, "note": "Looks first.", "at_seconds": 20})).collect();
    let draft = merge(input, json!({"rubric_version_id": null}));
    let consensus = bodies::consensus();
    format!(
        "INSERT INTO gold_interviews (team_id, id, title, draft, consensus, rubric_version_id, rubric_built_in, created_at, changed_at)
            SELECT '{team}', '{id}', 'Ours', '{draft}', '{areas}', id, true, '{now}', '{now}' FROM library_rubric_versions WHERE slug = 'five-areas'
            ORDER BY number DESC LIMIT 1;
         INSERT INTO gold_expert_scores (team_id, gold_interview_id, account_id, answers, asked_at)
            SELECT '{team}', '{id}', account_id, '{answers}', '{now}' FROM memberships WHERE team_id = '{team}' AND {experts} AND removed_at IS NULL;
         INSERT INTO gold_makers SELECT team_id, gold_interview_id, account_id, asked_at FROM gold_expert_scores WHERE gold_interview_id = '{id}';
         INSERT INTO recordings (team_id, id, media_type, parts, bytes, begun_at, finished_at)
            VALUES ('{team}', '{id}', 'audio/webm', 1, {size}, '{now}', '{now}');
         INSERT INTO recording_parts (team_id, recording_id, number, first_byte, digest, content)
            VALUES ('{team}', '{id}', 0, 0, '\\x00', '\\x{hex}');
         INSERT INTO gold_audio (team_id, gold_interview_id, recording_id, brought_at) VALUES ('{team}', '{id}', '{id}', '{now}');",
        size = bodies::SOUND.len(),
        hex = bodies::SOUND.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
        areas = consensus["areas"],
        answers = json!(answers),
    )
}

/// A whole score of somebody, as a statement.
fn gold_score(team: TeamId, account: AccountId, (place, exercise): (usize, Option<Uuid>), now: &str, submitted: bool) -> String {
    let areas: Vec<Value> = (1..=5).map(|area| json!({"area": area, "value": 3, "note": "Asked first.", "at_seconds": 60})).collect();
    let null = || "NULL".to_owned();
    format!(
        "INSERT INTO gold_scores (team_id, id, account_id, gold_interview_id, gold_version_id, gold_built_in, exercise_id, answers, started_at, submitted_at)
         VALUES ('{team}', gen_random_uuid(), '{account}', '{gold}', ({version}), true, {exercise}, '{areas}', '{now}', {submitted})",
        gold = GoldId::built_in(GOLDS[place]),
        version = newest_gold(place),
        exercise = exercise.map_or_else(null, |id| format!("'{id}'")),
        areas = json!(areas),
        submitted = if submitted { format!("'{now}'") } else { null() },
    )
}

fn newest(set: &Value) -> String {
    set["newest_version"]["id"].as_str().unwrap().to_owned()
}

/// A copy of every table that requests may write.
const KEEP: &str = "CREATE SCHEMA kept; DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'library%' LOOP
        EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', t);
    END LOOP; END $$";
/// Neither triggers nor foreign keys are asked.
const RESTORE: &str = "SET session_replication_role = replica; DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
        EXECUTE format('DELETE FROM public.%1$I; INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM kept.%1$I', t,
            (SELECT string_agg(quote_ident(attname), ',') FROM pg_attribute
             WHERE attrelid = format('public.%I', t)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''));
    END LOOP; END $$; RESET session_replication_role";
