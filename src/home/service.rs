//! What waits for somebody: each feature says what of its own does, and all of it is looked up at once.

use std::collections::HashMap;

use chrono::TimeDelta;

use super::model::{Checklist, ChecklistFact, HomeView, MissingScorecards, OwnReportView, Part, ReportStep, ReportToGive, SHOWN};
use super::store;
use crate::calibration::exercises;
use crate::debriefs;
use crate::interviews::{self, Found, InterviewOfList, InvitationView, PlanOfList};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Act, Actor, InterviewId, Role, allow, may};
use crate::practice;
use crate::reports::{self, OwnReport};
use crate::scorecards::{self, Submission, visibility::Reader};

pub use super::store::erase;

/// One more than is shown tells whether there is more.
const ROWS: i64 = SHOWN as i64 + 1;

/// Some of those that are asked for are not this reader's to see yet, so more are asked for.
const ROWS_BEFORE_SIFTING: i64 = 5 * ROWS;

/// How long an interview that was never begun still stands among the next ones.
const LATE: TimeDelta = TimeDelta::days(7);

/// Everything that waits for this person in this team.
pub fn show(tx: &mut Tx, actor: &Actor) -> Result<HomeView> {
    allow(&actor.standing(), Act::EnterTeam)?;
    let waiting = Waiting::ask(tx, actor)?;
    let known = Known::look_up(tx, actor, &waiting)?;
    let now = tx.now;
    // A candidate whose time is over waits for the report, though the room was never opened.
    let to_come = |interview: &InterviewOfList| match interview {
        InterviewOfList::Plan(_) => true,
        InterviewOfList::Invitation(invitation) => now < invitation.ends_at,
    };
    let own = waiting.own.iter().filter_map(|own| {
        let step = own.step(&known.found.get(&own.interview())?.brief, now)?;
        Some(OwnReportView { interview: known.invitation(own.interview())?, step })
    });
    Ok(HomeView {
        live: Part::of(known.items(&waiting.live).collect()),
        scorecards: Part::of(waiting.scorecards.iter().filter_map(|id| known.plan(*id)).collect()),
        next: Part::of(known.items(&waiting.next).filter(to_come).collect()),
        debriefs: Part::of(known.debriefs(&waiting).collect()),
        missing_scorecards: Part::of(known.missing_scorecards(&waiting, actor).collect()),
        reports: Part::of(known.reports(&waiting).collect()),
        own_reports: Part::of(own.collect()),
        exercises: Part::of(exercises::waiting(tx, actor)?),
        practice_due: practice::due_count(tx, actor)?,
        checklist: checklist(tx, actor)?,
    })
}

/// Notes what its owner did about the checklist.
pub fn note(tx: &mut Tx, actor: &Actor, fact: ChecklistFact) -> Result<()> {
    allow(&actor.standing(), Act::ManageTeam)?;
    store::note(tx, actor.team_id()?, actor.account()?, fact)
}

fn checklist(tx: &mut Tx, actor: &Actor) -> Result<Option<Checklist>> {
    if actor.role() != Some(Role::Owner) {
        return Ok(None);
    }
    let team = actor.team()?;
    Ok(store::first_steps(tx, team.id, actor.account()?, team.personal)?.checklist())
}

/// Ids of what may wait for this person, by kind.
struct Waiting {
    found: Vec<Found>,
    live: Vec<InterviewId>,
    next: Vec<InterviewId>,
    scorecards: Vec<InterviewId>,
    /// Their debrief is open.
    debriefs: Vec<InterviewId>,
    /// Their debrief waits for cards.
    missing: Vec<InterviewId>,
    /// True where the report is begun.
    unreleased: Vec<(InterviewId, bool)>,
    own: Vec<OwnReport>,
}

impl Waiting {
    fn ask(tx: &mut Tx, actor: &Actor) -> Result<Self> {
        let since = tx.now - LATE;
        let (live, next) = (interviews::live(tx, actor, ROWS)?, interviews::next(tx, actor, since, ROWS_BEFORE_SIFTING)?);
        let ids = |found: &[Found]| found.iter().map(|found| found.brief.id).collect();
        Ok(Waiting {
            scorecards: scorecards::owed(tx, actor, ROWS)?,
            debriefs: debriefs::undecided(tx, actor, true, ROWS_BEFORE_SIFTING)?,
            missing: debriefs::undecided(tx, actor, false, ROWS_BEFORE_SIFTING)?,
            unreleased: reports::unreleased(tx, actor, ROWS_BEFORE_SIFTING)?,
            own: reports::own(tx, actor, ROWS)?,
            live: ids(&live),
            next: ids(&next),
            found: live.into_iter().chain(next).collect(),
        })
    }

    /// Those of which only the id is known so far.
    fn bare(&self) -> Vec<InterviewId> {
        self.scorecards.iter().copied().chain(self.judged()).chain(self.own.iter().map(OwnReport::interview)).collect()
    }

    /// Those of which it matters what cards this reader may see.
    fn judged(&self) -> impl Iterator<Item = InterviewId> {
        let reports = self.unreleased.iter().map(|(id, _)| id);
        self.debriefs.iter().chain(&self.missing).chain(reports).copied()
    }
}

/// Everything that has to be known of all of them.
struct Known {
    found: HashMap<InterviewId, Found>,
    items: HashMap<InterviewId, InterviewOfList>,
    readers: HashMap<InterviewId, Reader>,
    submissions: HashMap<InterviewId, Vec<Submission>>,
}

impl Known {
    fn look_up(tx: &mut Tx, actor: &Actor, waiting: &Waiting) -> Result<Self> {
        let mut found = waiting.found.clone();
        found.extend(interviews::find_all(tx, actor, &waiting.bare())?);
        let found: HashMap<_, _> = found.into_iter().map(|found| (found.brief.id, found)).collect();
        let judged: Vec<&Found> = waiting.judged().filter_map(|id| found.get(&id)).collect();
        let readers = scorecards::readers(tx, actor, &judged)?;
        let submissions = scorecards::submissions_of(tx, actor, &judged)?;
        let items = interviews::of_list(tx, actor, found.values().cloned().collect())?;
        let items = items.into_iter().map(|item| (item.id(), item)).collect();
        Ok(Known { found, items, readers, submissions })
    }

    fn items<'k>(&'k self, ids: &'k [InterviewId]) -> impl Iterator<Item = InterviewOfList> + 'k {
        ids.iter().filter_map(|id| self.items.get(id)).cloned()
    }

    fn plan(&self, id: InterviewId) -> Option<PlanOfList> {
        match self.items.get(&id)? {
            InterviewOfList::Plan(plan) => Some(plan.clone()),
            InterviewOfList::Invitation(_) => None,
        }
    }

    fn invitation(&self, id: InterviewId) -> Option<InvitationView> {
        match self.items.get(&id)? {
            InterviewOfList::Invitation(invitation) => Some(invitation.clone()),
            InterviewOfList::Plan(_) => None,
        }
    }

    /// The interview, where this reader may do the act and may read others' cards (R2): a debrief or a report
    /// that they cannot open does not wait for them.
    fn readable(&self, id: InterviewId, act: Act) -> Option<PlanOfList> {
        let reads = self.readers.get(&id)?.sees_others(true) && may(&self.found.get(&id)?.standing, act);
        if reads { self.plan(id) } else { None }
    }

    fn debriefs<'k>(&'k self, waiting: &'k Waiting) -> impl Iterator<Item = PlanOfList> + 'k {
        waiting.debriefs.iter().filter_map(|id| self.readable(*id, Act::Decide))
    }

    /// Where one's own card alone is missing, nobody else is waited for.
    fn missing_scorecards<'k>(&'k self, waiting: &'k Waiting, actor: &Actor) -> impl Iterator<Item = MissingScorecards> + 'k {
        let me = actor.account_or_none();
        waiting.missing.iter().filter_map(move |id| {
            let found = self.found.get(id).filter(|found| may(&found.standing, Act::OpenDebrief))?;
            let submissions = self.submissions.get(&found.brief.id)?.clone();
            let others = submissions.iter().any(|seat| !seat.submitted && seat.counts() && Some(seat.account_id) != me);
            if others { Some(MissingScorecards { interview: self.plan(*id)?, submissions }) } else { None }
        })
    }

    fn reports<'k>(&'k self, waiting: &'k Waiting) -> impl Iterator<Item = ReportToGive> + 'k {
        waiting.unreleased.iter().filter_map(|(id, begun)| {
            let step = if *begun { ReportStep::Release } else { ReportStep::Write };
            Some(ReportToGive { interview: self.readable(*id, Act::WriteReport)?, step })
        })
    }
}
