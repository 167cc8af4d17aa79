//! The world that is walked: an interview at its end, so that every part of it is there to be asked for.

use std::collections::BTreeMap;

use fivefold::platform::config::SignUp;
use fivefold::platform::token::{Purpose, Signer};
use fivefold::policy::{AccountId, Mode, Role};
use fivefold::web::routing::Route;
use serde_json::json;
use uuid::Uuid;

use super::{Visitor, fill};
use crate::support::{App, Client, Database, Interview, Options, World};

pub struct Scene {
    pub app: App,
    pub world: World,
    pub interview: Interview,
    removed: AccountId,
    deactivated: AccountId,
    revoked_link: Uuid,
    /// An id for each noun of the addresses.
    ids: BTreeMap<&'static str, String>,
}

/// A scene of which copies are made.
pub struct Stage {
    database: Database,
    scene: Scene,
}

impl Scene {
    pub async fn set(mode: Mode) -> Stage {
        let app = App::with(options()).await;
        let world = World::of(&app, mode);
        let interview = Interview::planned(&app, &world, mode);
        let (removed, deactivated) = (app.member(world.team, Role::Owner, "Rita Removed"), app.account("Dora Deactivated"));
        let (team, revoked_link, now) = (world.team, Uuid::now_v7(), app.now().to_rfc3339());
        app.sql(&format!(
            "UPDATE memberships SET removed_at = '{now}' WHERE account_id = '{removed}' AND team_id = '{team}';
             UPDATE accounts SET deactivated_at = '{now}' WHERE id = '{deactivated}';
             INSERT INTO candidate_links (team_id, id, interview_id, token_hash, created_by, created_at, expires_at, revoked_at)
                VALUES ('{team}', '{revoked_link}', '{}', '\\x01', '{}', '{now}', '{now}'::timestamptz + interval '7 days', '{now}');",
            interview.id, world.lead,
        ));
        let mut scene = Scene { app, world, interview, removed, deactivated, revoked_link, ids: BTreeMap::new() };
        scene.play().await;
        scene.ids = scene.look_up().await;
        scene.app.leave_jobs();
        scene.app.database.take_away();
        let database = scene.app.database.copy();
        scene.app.database.bring_back();
        Stage { database, scene }
    }

    /// From the start of the room as far as the features reach.
    async fn play(&self) {
        let driver = self.app.token(self.interview.lead_interviewer);
        let room = self.world.api(&format!("/interviews/{}/room", self.interview.id));
        driver.put_json(&room, json!({"phase": "live"})).await.is(200);
        driver.put_json(&room, json!({"phase": "ended"})).await.is(200);
    }

    /// What the team has, asked for as its owner.
    async fn look_up(&self) -> BTreeMap<&'static str, String> {
        let owner = self.app.token(self.world.owner);
        let mut ids = BTreeMap::new();
        for noun in ["rubrics", "question-sets"] {
            let first = owner.get(&self.world.api(&format!("/{noun}"))).await.is(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
            let versions = owner.get(&self.world.api(&format!("/{noun}/{first}/versions"))).await.is(200).json();
            let version = versions["items"][0]["id"].as_str().unwrap().to_owned();
            ids.insert(noun, first);
            ids.insert(if noun == "rubrics" { "rubrics/versions" } else { "question-sets/versions" }, version);
        }
        let invitation = owner.post_json(&self.world.api("/invitations"), json!({"role": "interviewer"})).await.is(201).json();
        ids.insert("invitations", invitation["id"].as_str().unwrap().to_owned());
        ids.insert("join", invitation["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned());
        ids.insert("interviews", self.interview.id.to_string());
        ids.insert("candidates", self.interview.record.to_string());
        ids.insert("members", self.app.member(self.world.team, Role::Interviewer, "Milo Member").to_string());
        ids
    }

    /// A browser for pages, a program for the API.
    pub fn client(&self, visitor: Visitor, page: bool) -> Client {
        let app = &self.app;
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
            Visitor::WrongPurpose => bring(self.interview.guest_token(app, &self.world)),
            Visitor::RevokedGuest => {
                let token = app.server.signer.sign(Purpose::Guest, self.revoked_link, self.world.team.0, app.now(), until);
                app.anon().with_cookie("guest", &token)
            }
            Visitor::Guest => self.interview.guest(app, &self.world),
            Visitor::Outsider | Visitor::Trespasser => bring(app.sign_in_token(self.world.outsider)),
            Visitor::Removed => bring(app.sign_in_token(self.removed)),
            Visitor::Has(role) => bring(app.sign_in_token(self.world.with_role(role))),
            Visitor::Sits(seat) => bring(app.sign_in_token(self.interview.seat(seat))),
        }
    }

    /// The route's address with ids of things that are there.
    pub fn url(&self, route: &Route, visitor: Visitor) -> String {
        let team = if visitor == Visitor::Trespasser { self.world.other_team } else { self.world.team };
        let noun = |name: &str| {
            let before = route.path.split(&format!("/{{{name}")).next().unwrap_or_default();
            let mut words = before.rsplit('/');
            let noun = words.next().unwrap_or_default();
            if noun == "versions" { format!("{}/versions", words.next().unwrap_or_default()) } else { noun.to_owned() }
        };
        fill(route.path, |name| match (name, noun(name).as_str()) {
            ("team_id", _) => team.to_string(),
            ("question_id", _) => self.interview.questions[0].clone(),
            ("code", "problems") => "not-found".into(),
            ("id", "sign-ins") => self.own_sign_in(visitor),
            ("token", "join" | "invitations") => self.ids["join"].clone(),
            ("token", _) => "no-such-token".into(),
            (_, noun) if self.ids.contains_key(noun) => self.ids[noun].clone(),
            (_, noun) => panic!("{}: say in tests/it/doors/scene.rs what {{{name}}} of {noun} is", route.path),
        })
    }

    /// The newest sign-in of whoever knocks, so that it is theirs to end.
    fn own_sign_in(&self, visitor: Visitor) -> String {
        let account = match visitor {
            Visitor::Has(role) => self.world.with_role(role),
            Visitor::Sits(seat) => self.interview.seat(seat),
            Visitor::Removed => self.removed,
            _ => self.world.outsider,
        };
        self.app.sign_in_token(account);
        self.app.text(&format!("SELECT id FROM sign_ins WHERE account_id = '{account}' ORDER BY id DESC LIMIT 1"))
    }
}

impl Stage {
    /// The scene as it was set.
    pub async fn copy(&self) -> Scene {
        let app = App::over(self.database.copy(), options()).await;
        app.leave_jobs();
        let Scene { world, interview, removed, deactivated, revoked_link, ids, .. } = &self.scene;
        Scene {
            app,
            world: world.clone(),
            interview: interview.clone(),
            removed: *removed,
            deactivated: *deactivated,
            revoked_link: *revoked_link,
            ids: ids.clone(),
        }
    }
}

fn options() -> Options {
    Options { sign_up: SignUp::Open, ..Options::default() }
}
