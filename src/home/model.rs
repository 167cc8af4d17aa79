//! Shapes of what waits for somebody.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calibration::exercises::WaitingExercise;
use crate::interviews::{InterviewOfList, InvitationView, PlanOfList};
use crate::reports::OwnStep;
use crate::scorecards::Submission;
use crate::text_enum;

/// How many of each kind are shown; the list of interviews has the rest.
pub const SHOWN: usize = 10;

/// Everything that waits for this person in this team.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HomeView {
    /// Rooms that are open now: all of the team for leads and owners, else those one is part of.
    pub live: Part<InterviewOfList>,
    /// Interviews that are over and whose scorecard one owes, the oldest first.
    pub scorecards: Part<PlanOfList>,
    /// One's own next interviews, as panel or as candidate.
    pub next: Part<InterviewOfList>,
    /// Debriefs that are open for this person to hold and decide.
    pub debriefs: Part<PlanOfList>,
    /// Interviews that are over and wait for the scorecards of others, for who may open the debrief.
    pub missing_scorecards: Part<MissingScorecards>,
    /// Decided interviews whose candidate has no report yet, for who writes it.
    pub reports: Part<ReportToGive>,
    /// One's own interviews as a candidate that are over.
    pub own_reports: Part<OwnReportView>,
    /// Exercises in which a gold interview waits to be scored, the first deadline first.
    pub exercises: Part<WaitingExercise>,
    /// How many questions come back in practice today.
    pub practice_due: usize,
    /// First steps in a team without interviews, for its owner.
    pub checklist: Option<Checklist>,
}

/// The first few of a kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Part<T> {
    pub items: Vec<T>,
    /// There are more than these.
    pub more: bool,
}

impl<T> Part<T> {
    /// Of items of which one more than is shown was asked for.
    pub fn of(mut items: Vec<T>) -> Self {
        let more = items.len() > SHOWN;
        items.truncate(SHOWN);
        Part { items, more }
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MissingScorecards {
    pub interview: PlanOfList,
    /// Of whom a card is expected, and whether it is in: yes or no, no time.
    pub submissions: Vec<Submission>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportToGive {
    pub interview: PlanOfList,
    pub step: ReportStep,
}

text_enum! {
    /// What is next for a report.
    ReportStep { Write = "write", Release = "release" }
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnReportView {
    pub interview: InvitationView,
    #[serde(flatten)]
    pub step: OwnStep,
}

/// First steps of a new team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FirstSteps)]
pub struct Checklist {
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Step {
    pub step: StepName,
    pub done: bool,
}

text_enum! {
    /// A first step.
    StepName {
        Invite = "invite",
        /// Look at the questions and the rubric.
        Library = "library",
        Candidate = "candidate",
        Interview = "interview",
    }
}

text_enum! {
    /// What somebody did about the checklist that no other table knows.
    ChecklistFact {
        LibrarySeen = "library_seen",
        /// It is not shown to this person again.
        Dismissed = "dismissed",
    }
}

/// `PUT …/home/checklist`, and the checklist's forms.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistNote {
    pub fact: ChecklistFact,
}

/// What is known of a team's first steps.
#[derive(Debug, Clone, Copy, Default)]
pub struct FirstSteps {
    pub personal: bool,
    pub invited: bool,
    pub library_seen: bool,
    pub has_candidates: bool,
    pub has_interviews: bool,
    pub dismissed: bool,
}

impl FirstSteps {
    /// None once an interview is planned or the list was put away. Nobody is asked into a personal team.
    pub fn checklist(self) -> Option<Checklist> {
        if self.has_interviews || self.dismissed {
            return None;
        }
        let steps = [
            (StepName::Invite, self.invited),
            (StepName::Library, self.library_seen),
            (StepName::Candidate, self.has_candidates),
            (StepName::Interview, self.has_interviews),
        ];
        let asked = steps.into_iter().filter(|(step, _)| *step != StepName::Invite || !self.personal);
        Some(Checklist { steps: asked.map(|(step, done)| Step { step, done }).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checklist_ends_with_the_first_interview_or_when_it_is_put_away() {
        let new = FirstSteps { has_candidates: true, ..FirstSteps::default() };
        let done = |steps: FirstSteps| steps.checklist().unwrap().steps.into_iter().map(|step| step.done).collect::<Vec<_>>();
        assert_eq!(done(new), [false, false, true, false]);
        assert_eq!(done(FirstSteps { personal: true, ..new }), [false, true, false], "nobody is asked into a personal team");
        assert_eq!(FirstSteps { has_interviews: true, ..new }.checklist(), None);
        assert_eq!(FirstSteps { dismissed: true, ..new }.checklist(), None);
    }

    #[test]
    fn a_part_says_that_there_is_more_without_showing_it() {
        let part = Part::of((0..=SHOWN).collect());
        assert_eq!((part.items.len(), part.more), (SHOWN, true));
        assert!(!Part::of((0..SHOWN).collect()).more);
    }
}
