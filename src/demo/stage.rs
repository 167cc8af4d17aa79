//! Where the story is played: a database whose clock is set, and the people as actors.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::cast::{MEMBERS, Member};
use crate::accounts::NewAccount;
use crate::candidates::{self, ClaimId, NewCandidate, NewClaim};
use crate::debriefs::RefreshComponents;
use crate::platform::db::{Clock, Db, Door, Tx};
use crate::platform::error::Result;
use crate::platform::jobs::Job as _;
use crate::platform::mail;
use crate::policy::{AccountId, Actor, CandidateId, Mode, Person, SignInId, TeamOfActor};
use crate::question_sets::{self, QuestionSetVersion};
use crate::rubrics::{self, RubricVersion};
use crate::teams::{self, NewTeam};

pub const ZONE: Tz = chrono_tz::Europe::Berlin;

/// The time on the stage; moving it moves the database's clock.
#[derive(Clone)]
pub struct Time(Arc<Mutex<DateTime<Utc>>>);

impl Time {
    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

pub fn clock(now: DateTime<Utc>) -> (Clock, Time) {
    let time = Arc::new(Mutex::new(now));
    let read = Arc::clone(&time);
    (Arc::new(move || *read.lock().unwrap_or_else(PoisonError::into_inner)), Time(time))
}

pub struct Stage {
    db: Db,
    time: Time,
    pub now: DateTime<Utc>,
    team: TeamOfActor,
    /// In the order of [`MEMBERS`].
    accounts: Vec<AccountId>,
    pub set: Arc<QuestionSetVersion>,
    pub rubric: Arc<RubricVersion>,
}

impl Stage {
    /// Makes the accounts, the team and its members, a year ago.
    pub fn set_up(db: Db, time: Time, now: DateTime<Utc>, password_hash: &str) -> Result<Self> {
        time.set(now - chrono::TimeDelta::days(400));
        let accounts = MEMBERS.iter().map(|member| make_account(&db, member, password_hash)).collect::<Result<Vec<_>>>()?;
        let new = NewTeam { name: "Northlight engineering".into(), mode: Mode::Hiring, personal: false, time_zone: ZONE };
        let owner = accounts[0];
        let (id, (set, rubric)) = db.write_here(Door::Anybody, |tx| {
            let team = teams::create(tx, &new, owner)?;
            for (member, account) in MEMBERS.iter().zip(&accounts).skip(1) {
                teams::add_member(tx, team, *account, member.role)?;
            }
            Ok((team, newest(tx)?))
        })?;
        let team = TeamOfActor { id, name: new.name, mode: new.mode, personal: false, time_zone: ZONE, role: None };
        Ok(Stage { db, time, now, team, accounts, set, rubric })
    }

    pub fn account(&self, place: usize) -> AccountId {
        self.accounts[place]
    }

    /// Lets the member at this place do something at this time.
    pub fn act<T>(&self, place: usize, at: DateTime<Utc>, work: impl FnOnce(&mut Tx, &Actor) -> Result<T>) -> Result<T> {
        self.time.set(at);
        let actor = self.actor(place);
        self.db.write_here(Door::Person { account: self.accounts[place].0, team: self.team.id.0 }, |tx| work(tx, &actor))
    }

    /// A candidate record, linked to a member's account or to none.
    pub fn candidate(&self, at: DateTime<Utc>, name: &str, linked: Option<usize>) -> Result<CandidateId> {
        let new = NewCandidate {
            name: name.to_owned(),
            email: linked.map(|place| MEMBERS[place].email.to_owned()),
            account: linked.map(|place| self.accounts[place]),
        };
        Ok(self.act(1, at, |tx, actor| candidates::create(tx, actor, new))?.id)
    }

    /// What a candidate's résumé says, to be asked about.
    pub fn claims(&self, at: DateTime<Utc>, candidate: CandidateId, texts: &[(&str, &str)]) -> Result<Vec<ClaimId>> {
        let add = |(text, detail): &(&str, &str)| {
            let new = NewClaim { text: (*text).to_owned(), detail: (*detail).to_owned() };
            Ok(self.act(1, at, |tx, actor| candidates::add_claim(tx, actor, candidate, &new))?.id)
        };
        texts.iter().map(add).collect()
    }

    /// What the round leaves to calibration, before the interviews of these days.
    pub fn measure(&self) -> Result<()> {
        self.time.set(self.now - chrono::TimeDelta::days(7));
        let job = RefreshComponents { team: self.team.id, rubric_version: self.rubric.id };
        self.db.write_here(Door::System { team: self.team.id.0, reason: "demo" }, |tx| job.run(tx))
    }

    /// The story's mails are history: nothing of it is to be sent.
    pub fn close(&self) -> Result<()> {
        self.time.set(self.now);
        self.db.write_here(Door::System { team: self.team.id.0, reason: "demo" }, |tx| mail::mark_all_sent(tx, self.team.id.0))
    }

    fn actor(&self, place: usize) -> Actor {
        let member = &MEMBERS[place];
        Actor {
            person: Person::Account {
                id: self.accounts[place],
                sign_in: SignInId(Uuid::nil()),
                name: member.name.into(),
                email: member.email.into(),
                time_zone: ZONE,
                operator: member.role == crate::policy::Role::Owner,
            },
            team: Some(TeamOfActor { role: Some(member.role), ..self.team.clone() }),
        }
    }
}

fn make_account(db: &Db, member: &Member, password_hash: &str) -> Result<AccountId> {
    let new = NewAccount { name: member.name.into(), email: member.email.into(), time_zone: ZONE, password_hash: password_hash.into() };
    let operator = member.role == crate::policy::Role::Owner;
    db.write_here(Door::Anybody, |tx| teams::register(tx, &new, operator))
}

/// The built-in Django set and the rubric of five areas, as they were published last.
fn newest(tx: &mut Tx) -> Result<(Arc<QuestionSetVersion>, Arc<RubricVersion>)> {
    let set = question_sets::newest(tx, "django-backend")?;
    let rubric = rubrics::newest(tx, "five-areas")?;
    Ok((set, rubric))
}
