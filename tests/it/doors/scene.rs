//! The world that is walked: an interview at its end, so that every part of it is there to be asked for.

use fivefold::platform::token::{Purpose, Signer};
use fivefold::policy::{AccountId, Mode, Role};
use fivefold::web::routing::Route;
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
}

/// A scene of which copies are made.
pub struct Stage {
    database: Database,
    scene: Scene,
}

impl Scene {
    pub async fn set(mode: Mode) -> Stage {
        let app = App::new().await;
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
        let scene = Scene { app, world, interview, removed, deactivated, revoked_link };
        scene.play().await;
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
        driver.put_json(&room, serde_json::json!({"phase": "live"})).await.is(200);
        driver.put_json(&room, serde_json::json!({"phase": "ended"})).await.is(200);
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
            before.rsplit('/').next().unwrap_or_default().to_owned()
        };
        fill(route.path, |name| match (name, noun(name).as_str()) {
            ("team_id", _) => team.to_string(),
            ("question_id", _) => self.interview.questions[0].clone(),
            ("id", "interviews") => self.interview.id.to_string(),
            ("code", "problems") => "not-found".into(),
            ("id", "sign-ins") => self.own_sign_in(visitor),
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
        let app = App::over(self.database.copy(), Options::default()).await;
        app.leave_jobs();
        let Scene { world, interview, removed, deactivated, revoked_link, .. } = &self.scene;
        Scene {
            app,
            world: world.clone(),
            interview: interview.clone(),
            removed: *removed,
            deactivated: *deactivated,
            revoked_link: *revoked_link,
        }
    }
}
