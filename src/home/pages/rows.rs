//! One line for each thing that waits: what it is, when, and the way to it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{MissingScorecards, OwnReportView, ReportStep, ReportToGive};
use crate::calibration::exercises::WaitingExercise;
use crate::interviews::words::{self, PersonLine, When};
use crate::interviews::{InterviewOfList, InvitationView, PlanOfList, SeatView};
use crate::platform::error::Result;
use crate::policy::{AccountId, Actor, InterviewId, Seat, TeamId};
use crate::reports::OwnStep;
use crate::web::times::Moment;

#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    pub url: String,
    pub title: String,
    pub meta: String,
    pub when: Option<When>,
    /// A date in place of the planned time, with the word before it.
    pub at: Option<At>,
    /// A word that stands out.
    pub chip: Option<&'static str>,
    pub people: Vec<PersonLine>,
    /// Of whom a scorecard is expected.
    pub seats: Vec<SeatLine>,
    pub actions: Vec<Action>,
}

#[derive(Debug, Clone, Serialize)]
pub struct At {
    pub word: &'static str,
    pub moment: Moment,
}

#[derive(Debug, Clone, Serialize)]
pub struct SeatLine {
    pub name: String,
    pub submitted: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Action {
    pub label: &'static str,
    pub url: String,
    pub primary: bool,
}

/// For whom and when the lines are written.
pub struct Reader {
    pub team: TeamId,
    pub zone: Tz,
    pub account: Option<AccountId>,
    pub now: DateTime<Utc>,
}

impl Reader {
    pub fn of(actor: &Actor, now: DateTime<Utc>) -> Result<Self> {
        Ok(Reader { team: actor.team_id()?, zone: actor.time_zone(), account: actor.account_or_none(), now })
    }

    pub fn live(&self, items: &[InterviewOfList]) -> Vec<Row> {
        let line = |item: &InterviewOfList| match item {
            InterviewOfList::Plan(plan) => {
                let room = plan.your_seat.map(|_| self.action(plan.id, "/room", "Go to the room", true));
                Row { actions: room.into_iter().collect(), people: self.panel(plan), ..self.plan(plan) }
            }
            InterviewOfList::Invitation(invitation) => {
                Row { actions: vec![self.action(invitation.id, "/room", "Go to the room", true)], ..self.invitation(invitation) }
            }
        };
        items.iter().map(line).collect()
    }

    pub fn scorecards(&self, items: &[PlanOfList]) -> Vec<Row> {
        let line =
            |plan: &PlanOfList| Row { actions: vec![self.action(plan.id, "/scorecard", "Write your scorecard", true)], ..self.past(plan) };
        items.iter().map(line).collect()
    }

    pub fn exercises(&self, items: &[WaitingExercise]) -> Vec<Row> {
        let line = |waiting: &WaitingExercise| {
            let url = format!("/teams/{}/exercises/{}", self.team, waiting.exercise_id);
            let left = if waiting.left == 1 { "the last one".to_owned() } else { format!("{} are left", waiting.left) };
            Row {
                title: waiting.title.clone(),
                meta: format!("{} min · {} · {left}", waiting.minutes, waiting.name),
                at: Some(self.at("Score it by", waiting.deadline)),
                actions: vec![Action { label: "Open the exercise", url: url.clone(), primary: true }],
                url,
                ..Row::default()
            }
        };
        items.iter().map(line).collect()
    }

    pub fn debriefs(&self, items: &[PlanOfList]) -> Vec<Row> {
        let line = |plan: &PlanOfList| Row {
            actions: vec![self.action(plan.id, "/debrief", "Hold the debrief", true)],
            people: self.panel(plan),
            ..self.past(plan)
        };
        items.iter().map(line).collect()
    }

    pub fn missing(&self, items: &[MissingScorecards]) -> Vec<Row> {
        let seats = |missing: &MissingScorecards| {
            missing.submissions.iter().map(|seat| SeatLine { name: seat.name.clone(), submitted: seat.submitted }).collect()
        };
        let line = |missing: &MissingScorecards| Row {
            actions: vec![self.action(missing.interview.id, "/debrief", "See the debrief", false)],
            seats: seats(missing),
            ..self.past(&missing.interview)
        };
        items.iter().map(line).collect()
    }

    pub fn reports(&self, items: &[ReportToGive]) -> Vec<Row> {
        let line = |report: &ReportToGive| {
            let (label, chip) = match report.step {
                ReportStep::Write => ("Write the report", None),
                ReportStep::Release => ("Finish and release", Some("Begun")),
            };
            Row { actions: vec![self.action(report.interview.id, "/report", label, false)], chip, ..self.past(&report.interview) }
        };
        items.iter().map(line).collect()
    }

    pub fn next(&self, items: &[InterviewOfList]) -> Vec<Row> {
        let line = |item: &InterviewOfList| match item {
            InterviewOfList::Plan(plan) => self.planned(plan),
            InterviewOfList::Invitation(invitation) => {
                Row { actions: vec![self.action(invitation.id, "/room", "Open the room", false)], ..self.invitation(invitation) }
            }
        };
        items.iter().map(line).collect()
    }

    pub fn own_reports(&self, items: &[OwnReportView]) -> Vec<Row> {
        let line = |own: &OwnReportView| {
            let report = |label, primary| vec![self.action(own.interview.id, "/report", label, primary)];
            let (actions, meta) = match own.step {
                OwnStep::GiveScores { report_waits: true } => (report("Give your own scores", true), "Then your report opens"),
                OwnStep::GiveScores { report_waits: false } => (report("Give your own scores", true), "How did it go, in your eyes?"),
                OwnStep::Wait => (Vec::new(), "The report is not there yet"),
                OwnStep::Read { .. } => (report("Read your report", false), "Your report is here"),
            };
            Row {
                when: None,
                at: Some(self.at("Held", own.interview.starts_at)),
                meta: meta.into(),
                actions,
                ..self.invitation(&own.interview)
            }
        };
        items.iter().map(line).collect()
    }

    /// One that has not begun. When its time is over it may have been held without the room, so the scorecard
    /// is offered too.
    fn planned(&self, plan: &PlanOfList) -> Row {
        let late = plan.ends_at < self.now;
        let scores = late && matches!(plan.your_seat, Some(Seat::LeadInterviewer | Seat::Interviewer | Seat::Shadow));
        let card = scores.then(|| self.action(plan.id, "/scorecard", "Write your scorecard", false));
        let actions = [Some(self.action(plan.id, "/room", "Open the room", false)), card];
        Row { chip: late.then_some("Not started"), actions: actions.into_iter().flatten().collect(), ..self.plan(plan) }
    }

    fn past(&self, plan: &PlanOfList) -> Row {
        Row { when: None, at: Some(self.at("Held", plan.starts_at)), ..self.plan(plan) }
    }

    fn plan(&self, plan: &PlanOfList) -> Row {
        let kind = format!("{}, {}", words::level(plan.level), words::mode(plan.mode).to_lowercase());
        let part = plan.your_seat.map(|seat| format!("You: {}", words::seat(seat).to_lowercase()));
        Row {
            url: self.address(plan.id, ""),
            title: plan.candidate.name.clone(),
            meta: [Some(kind), part].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            when: Some(When::of(plan.starts_at, plan.ends_at, plan.time_zone, self.zone)),
            ..Row::default()
        }
    }

    fn invitation(&self, invitation: &InvitationView) -> Row {
        Row {
            url: self.address(invitation.id, ""),
            title: format!("Your interview with {}", invitation.team),
            meta: format!("{} min", invitation.minutes),
            when: Some(When::of(invitation.starts_at, invitation.ends_at, invitation.time_zone, self.zone)),
            people: invitation.people.iter().map(|name| PersonLine::named(name)).collect(),
            ..Row::default()
        }
    }

    fn panel(&self, plan: &PlanOfList) -> Vec<PersonLine> {
        let line = |seat: &SeatView| PersonLine { you: self.account == Some(seat.account_id), ..PersonLine::named(&seat.name) };
        plan.seats.iter().map(line).collect()
    }

    fn action(&self, id: InterviewId, rest: &str, label: &'static str, primary: bool) -> Action {
        Action { label, url: self.address(id, rest), primary }
    }

    fn at(&self, word: &'static str, at: DateTime<Utc>) -> At {
        At { word, moment: Moment::of(at, self.zone) }
    }

    fn address(&self, id: InterviewId, rest: &str) -> String {
        format!("/teams/{}/interviews/{id}{rest}", self.team)
    }
}
