//! Interviews: the plan of one event, and the facts of its life.
//!
//! Always true: an interview pins one question-set version and one rubric version for ever; its stage
//! follows from dated facts; it is visible to leads and owners, to who has a seat, to its candidate, and
//! to nobody else (not found). Leads and owners plan and change it, each change with author and reason.
//! Its candidate reads when, where and with whom, and nothing of the plan behind.

pub mod api;
pub mod calendar;
pub mod jobs;
mod model;
pub mod overlap;
pub mod pages;
mod read;
mod service;
mod store;
pub mod words;

pub use model::{
    AddSeat, Brief, CandidateState, ChangeSeat, ChangeView, Facts, Filter, Found, Half, InterviewOfList, InterviewView, InvitationView,
    KitView, KnownQuestions, LinkGiven, LinkView, NewCancellation, NewCandidateLink, NewInterview, NewNoShow, NewPerson, NewSchedule,
    NewSeat, PairOfPanel, PanelAddition, PanelSuggestion, PanelWish, PersonOfPanel, PlanOfList, PlanView, PlannedQuestion, SeatView, Stage,
    people, start,
};
pub use read::{add_question, find, find_all, live, lock, next, open_if_candidate, questions, seats};
pub use service::*;
