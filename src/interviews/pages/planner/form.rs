//! The planner's form: what was typed, and what it means.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::super::super::model::{NewInterview, NewPerson, NewSeat, PlanView};
use crate::platform::error::{FieldErrors, Result};
use crate::policy::Actor;
use crate::question_sets::{QuestionId, QuestionSetVersion, QuestionSetVersionId};

/// Names as in JSON. What has no name there steers the form: buttons, and which questions are ticked.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PlannerForm {
    pub candidate_id: String,
    #[serde(rename = "candidate.name")]
    pub candidate_name: String,
    #[serde(rename = "candidate.email")]
    pub candidate_email: String,
    pub mode: String,
    pub level: String,
    pub question_set_version_id: String,
    pub rubric_version_id: String,
    /// The set that the rubric was offered for: another set brings its own.
    pub rubric_for: String,
    /// The order so far.
    pub question_ids: Vec<String>,
    /// What is ticked: this decides what is in.
    pub pick: Vec<String>,
    /// The seats, row by row.
    pub account_id: Vec<String>,
    pub seat: Vec<String>,
    /// `row:area`.
    pub areas: Vec<String>,
    pub starts_at: String,
    pub time_zone: String,
    pub minutes: String,
    pub extra_minutes: String,
    pub place: String,
    pub instructions: String,
    /// `true` when it is ticked.
    pub swap_roles: String,
    /// The draft's version this form was made from.
    pub version: String,

    // Buttons; each shows the form again.
    pub refresh: Option<String>,
    pub suggest: Option<String>,
    pub up: Option<String>,
    pub down: Option<String>,
    pub drop: Option<String>,
    /// `one:other`: the other takes the place of the one.
    pub swap: Option<String>,
    pub add_seat: Option<String>,
    pub drop_seat: Option<String>,
    /// These and nobody else, joined by commas.
    pub take_panel: Option<String>,
    pub add_person: Option<String>,
    /// Keeps a draft.
    pub draft: Option<String>,
}

impl PlannerForm {
    /// An empty plan: tomorrow's defaults of this reader and team.
    pub fn empty(actor: &Actor) -> Result<Self> {
        Ok(PlannerForm {
            mode: actor.team()?.mode.to_string(),
            level: "mid".into(),
            time_zone: actor.time_zone().name().into(),
            minutes: "60".into(),
            extra_minutes: "0".into(),
            account_id: vec![actor.account()?.to_string()],
            seat: vec!["lead_interviewer".into()],
            ..PlannerForm::default()
        })
    }

    /// A draft as a form.
    pub fn of(plan: &PlanView) -> Self {
        let ids: Vec<_> = plan.questions.iter().flatten().map(|question| question.question_id.to_string()).collect();
        let areas = |(row, seat): (usize, &super::super::super::model::SeatView)| {
            seat.areas.iter().map(move |area| format!("{row}:{area}")).collect::<Vec<_>>()
        };
        PlannerForm {
            candidate_id: plan.candidate.id.to_string(),
            mode: plan.mode.to_string(),
            level: plan.level.to_string(),
            question_set_version_id: plan.question_set_version.id.to_string(),
            rubric_version_id: plan.rubric_version.id.to_string(),
            question_ids: ids.clone(),
            pick: ids,
            account_id: plan.seats.iter().map(|seat| seat.account_id.to_string()).collect(),
            seat: plan.seats.iter().map(|seat| seat.seat.to_string()).collect(),
            areas: plan.seats.iter().enumerate().flat_map(areas).collect(),
            starts_at: plan.starts_at.with_timezone(&plan.time_zone).format("%Y-%m-%dT%H:%M").to_string(),
            time_zone: plan.time_zone.name().into(),
            minutes: plan.minutes.to_string(),
            extra_minutes: plan.extra_minutes.to_string(),
            place: plan.place.clone(),
            instructions: plan.instructions.clone(),
            swap_roles: if plan.swap_roles { "true".into() } else { String::new() },
            version: plan.version.to_string(),
            ..PlannerForm::default()
        }
    }

    /// Whether a button was used that only changes what the form shows.
    pub fn is_shown_again(&self) -> bool {
        let of_questions = [&self.refresh, &self.suggest, &self.up, &self.down, &self.drop, &self.swap];
        let of_seats = [&self.add_seat, &self.drop_seat, &self.take_panel, &self.add_person];
        of_questions.iter().chain(&of_seats).any(|button| button.is_some())
    }

    /// Takes the rubric that the chosen set names, unless the rubric was chosen beside this very set.
    pub fn take_rubric(&mut self, named: Option<String>) {
        let another_set = !self.rubric_for.is_empty() && self.rubric_for != self.question_set_version_id;
        if let Some(rubric) = named.filter(|_| another_set || self.rubric_version_id.is_empty()) {
            self.rubric_version_id = rubric;
        }
        self.rubric_for.clone_from(&self.question_set_version_id);
    }

    pub fn set(&self) -> Option<QuestionSetVersionId> {
        self.question_set_version_id.parse().ok()
    }

    /// The ticked questions of this set: those that had a place keep it, new ones come behind.
    pub fn chosen(&self, set: &QuestionSetVersion) -> Vec<QuestionId> {
        let ticked: Vec<QuestionId> = self.pick.iter().filter_map(|id| id.parse().ok()).filter(|id| set.question(*id).is_some()).collect();
        let mut chosen: Vec<QuestionId> = Vec::new();
        let placed = self.question_ids.iter().filter_map(|id| id.parse().ok()).filter(|id| ticked.contains(id));
        for id in placed.chain(set.questions.iter().map(|question| question.id).filter(|id| ticked.contains(id))) {
            if !chosen.contains(&id) {
                chosen.push(id);
            }
        }
        chosen
    }

    pub fn choose(&mut self, ids: &[QuestionId]) {
        self.question_ids = ids.iter().map(ToString::to_string).collect();
        self.pick = self.question_ids.clone();
    }

    /// Does what the buttons of the question list and of the panel say.
    pub fn apply_buttons(&mut self, set: &QuestionSetVersion) {
        let mut chosen = self.chosen(set);
        let place = |id: &Option<String>, chosen: &[QuestionId]| {
            let id: QuestionId = id.as_deref()?.parse().ok()?;
            chosen.iter().position(|other| *other == id)
        };
        if let Some(at) = place(&self.up, &chosen).filter(|at| *at > 0) {
            chosen.swap(at, at - 1);
        }
        if let Some(at) = place(&self.down, &chosen).filter(|at| at + 1 < chosen.len()) {
            chosen.swap(at, at + 1);
        }
        if let Some(at) = place(&self.drop, &chosen) {
            chosen.remove(at);
        }
        if let Some((at, other)) = self.swapped(set, &chosen) {
            chosen[at] = other;
        }
        self.choose(&chosen);
    }

    /// Which place another question of the set takes.
    fn swapped(&self, set: &QuestionSetVersion, chosen: &[QuestionId]) -> Option<(usize, QuestionId)> {
        let (one, other) = self.swap.as_deref()?.split_once(':')?;
        let (one, other): (QuestionId, QuestionId) = (one.parse().ok()?, other.parse().ok()?);
        let at = chosen.iter().position(|id| *id == one)?;
        (set.question(other).is_some() && !chosen.contains(&other)).then_some((at, other))
    }

    pub fn apply_seat_buttons(&mut self) {
        self.seat.resize(self.account_id.len(), String::new());
        if self.add_seat.is_some() {
            self.account_id.push(String::new());
            self.seat.push("interviewer".into());
        }
        if let Some(person) = self.add_person.clone().filter(|person| !self.account_id.contains(person)) {
            self.seat_person(person);
        }
        if let Some(panel) = self.take_panel.clone() {
            self.take_panel(&panel.split(',').map(str::to_owned).collect::<Vec<_>>());
        }
        let dropped: Option<usize> = self.drop_seat.as_deref().and_then(|row| row.parse().ok());
        if let Some(row) = dropped.filter(|row| *row < self.account_id.len()) {
            self.account_id.remove(row);
            self.seat.remove(row);
            let moved = |(at, area): (usize, i16)| match at.cmp(&row) {
                std::cmp::Ordering::Less => Some((at, area)),
                std::cmp::Ordering::Equal => None,
                std::cmp::Ordering::Greater => Some((at - 1, area)),
            };
            self.areas = self.row_areas().into_iter().filter_map(moved).map(|(at, area)| format!("{at}:{area}")).collect();
        }
    }

    /// In the first row in which nobody is chosen, else in one of its own.
    fn seat_person(&mut self, person: String) {
        match self.account_id.iter_mut().find(|account| account.is_empty()) {
            Some(free) => *free = person,
            None => {
                self.account_id.push(person);
                self.seat.push("interviewer".into());
            }
        }
    }

    /// Seats these and nobody else, each once. Who leads already goes on leading, else the first does; areas are shared
    /// out anew. Without anybody the panel stays as it is.
    pub fn take_panel(&mut self, panel: &[String]) {
        let mut people: Vec<String> = Vec::new();
        for person in panel.iter().filter(|person| !person.is_empty()) {
            if !people.contains(person) {
                people.push(person.clone());
            }
        }
        let leads = self.account_id.iter().zip(&self.seat).find(|(_, seat)| *seat == "lead_interviewer").map(|(account, _)| account);
        let Some(lead) = leads.filter(|lead| people.contains(lead)).or(people.first()).cloned() else { return };
        people.sort_by_key(|person| *person != lead);
        self.seat = people.iter().map(|person| if *person == lead { "lead_interviewer" } else { "interviewer" }.to_owned()).collect();
        self.account_id = people;
        self.areas.clear();
    }

    /// Each ticked area with its row.
    pub fn row_areas(&self) -> Vec<(usize, i16)> {
        let pair = |text: &String| {
            let (row, area) = text.split_once(':')?;
            Some((row.parse().ok()?, area.parse().ok()?))
        };
        self.areas.iter().filter_map(pair).collect()
    }

    /// What the form means. Rows of the panel in which nobody is chosen are no seats.
    pub fn parse(&self, set: Option<&QuestionSetVersion>) -> Result<NewInterview> {
        let mut errors = FieldErrors::default();
        let new_person = !self.candidate_name.trim().is_empty();
        let candidate_id = match self.candidate_id.as_str() {
            "" => None,
            id => errors.take("candidate_id", id.parse().map_err(|_| "Choose a candidate from the list.".to_owned())),
        };
        let person = || NewPerson {
            name: self.candidate_name.clone(),
            email: Some(self.candidate_email.clone()).filter(|email| !email.trim().is_empty()),
        };
        let mode = errors.take("mode", self.mode.parse());
        let level = errors.take("level", self.level.parse());
        let set_id = errors.take("question_set_version_id", chosen(&self.question_set_version_id));
        let rubric_id = errors.take("rubric_version_id", chosen(&self.rubric_version_id));
        let seats = self.seats(&mut errors);
        let minutes = errors.take("minutes", number(&self.minutes));
        let extra = errors.take("extra_minutes", if self.extra_minutes.trim().is_empty() { Ok(0) } else { number(&self.extra_minutes) });
        if self.starts_at.trim().is_empty() {
            errors.add("starts_at", "Choose date and time.");
        }
        match (level, set_id, rubric_id, minutes, extra) {
            (Some(level), Some(question_set_version_id), Some(rubric_version_id), Some(minutes), Some(extra_minutes))
                if errors.is_empty() =>
            {
                Ok(NewInterview {
                    candidate_id,
                    candidate: new_person.then(person),
                    mode,
                    level,
                    question_set_version_id,
                    rubric_version_id,
                    question_ids: Some(set.map(|set| self.chosen(set)).unwrap_or_default()),
                    seats,
                    starts_at: self.starts_at.clone(),
                    time_zone: self.time_zone.clone(),
                    minutes,
                    extra_minutes,
                    place: self.place.clone(),
                    instructions: self.instructions.clone(),
                    swap_roles: self.swap_roles == "true",
                    draft: self.draft.is_some(),
                })
            }
            _ => Err(crate::platform::error::Error::Invalid(errors)),
        }
    }

    fn seats(&self, errors: &mut FieldErrors) -> Vec<NewSeat> {
        let areas = self.row_areas();
        let rows = self.account_id.iter().zip(&self.seat).enumerate().filter(|(_, (account, _))| !account.is_empty());
        rows.filter_map(|(row, (account, seat))| {
            let account_id = errors.take(&format!("seats.{row}.account_id"), chosen(account));
            let seat = errors.take(&format!("seats.{row}.seat"), seat.parse());
            let areas = areas.iter().filter(|(at, _)| *at == row).map(|(_, area)| *area).collect();
            Some(NewSeat { account_id: account_id?, seat: seat?, areas })
        })
        .collect()
    }

    /// Takes rows away in which nobody is chosen, so that the rows shown are numbered as the seats are.
    pub fn close_ranks(&mut self) {
        self.seat.resize(self.account_id.len(), String::new());
        while let Some(row) = self.account_id.iter().position(String::is_empty) {
            self.drop_seat = Some(row.to_string());
            self.apply_seat_buttons();
        }
        self.drop_seat = None;
    }
}

fn chosen<T: FromStr>(id: &str) -> Result<T, String> {
    id.parse().map_err(|_| "Choose one from the list.".to_owned())
}

fn number(text: &str) -> Result<i32, String> {
    text.trim().parse().map_err(|_| "Write a whole number of minutes.".to_owned())
}
