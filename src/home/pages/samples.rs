//! Examples that show every branch of the page.

use chrono::{DateTime, Utc};

use super::rows::{Action, At, Row, SeatLine};
use super::{ChecklistPart, Empty, HomePage, PracticePart, Section, StepLine};
use crate::interviews::words::{PersonLine, When};
use crate::web::times::Moment;

const INTERVIEW: &str = "/teams/1/interviews/1";

pub fn pages() -> Vec<HomePage> {
    vec![full(), first_steps(), empty(Some("All interviews")), empty(None)]
}

fn full() -> HomePage {
    let at: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
    let action = |label, primary| Action { label, url: format!("{INTERVIEW}/room"), primary };
    let row = Row { url: INTERVIEW.into(), title: "Sofia <Marin>".into(), meta: "Mid, hiring".into(), ..Row::default() };
    let planned = Row {
        when: Some(When::of(at, at, chrono_tz::Asia::Kolkata, chrono_tz::UTC)),
        chip: Some("Not started"),
        actions: vec![action("Open the room", false), action("Write your scorecard", true)],
        people: vec![PersonLine::named("Adaeze Okafor"), PersonLine { you: true, ..PersonLine::named("Jonas Lind") }],
        ..row.clone()
    };
    let past = Row {
        at: Some(At { word: "Held", moment: Moment::of(at, chrono_tz::UTC) }),
        seats: vec![
            SeatLine { name: "Adaeze Okafor".into(), submitted: true },
            SeatLine { name: "Jonas \"J\" Lind".into(), submitted: false },
        ],
        ..row
    };
    let section = |id, title, text, rows, more: bool| Section {
        id,
        title,
        text,
        live: id == "live",
        rows,
        more_url: more.then(|| "/teams/1/interviews".into()),
    };
    HomePage {
        heading: "North & South".into(),
        sub: "You are a lead here.".into(),
        plan_url: Some("/teams/1/interviews/new".into()),
        checklist: None,
        sections: vec![
            section("live", "Live now", None, vec![planned.clone()], false),
            section("missing", "Waiting for others' scorecards", Some("The debrief opens with the last one."), vec![past], true),
        ],
        next: vec![section("next", "Your next interviews", None, vec![planned], true)],
        practice: Some(PracticePart { text: "2 questions come back today".into(), url: "/teams/1/practice".into() }),
        empty: None,
    }
}

fn first_steps() -> HomePage {
    let step = |text, done, notes| StepLine { text, done, label: "Open", url: "/teams/1/question-sets".into(), notes };
    let steps = vec![step("Ask people in", true, false), step("Look at the questions", false, true), step("Plan the first", false, false)];
    HomePage {
        checklist: Some(ChecklistPart { action: "/teams/1/checklist".into(), steps }),
        plan_url: None,
        sections: Vec::new(),
        next: Vec::new(),
        ..full()
    }
}

fn empty(action: Option<&'static str>) -> HomePage {
    let empty =
        Empty { title: "Nothing waits for you", text: "It is shown here.", action, url: action.map(|_| "/teams/1/interviews".into()) };
    HomePage { plan_url: None, sections: Vec::new(), next: Vec::new(), practice: None, empty: Some(empty), ..full() }
}
