//! The exercise that is open now: two gold interviews that three members have scored and two still have to, and a
//! third that is held back until the discussion is over.

use chrono::{DateTime, TimeDelta, Utc};

use super::cast::{JONAS, LEAD, MATEO, MEI, PRIYA};
use super::past::workday;
use super::stage::Stage;
use crate::calibration::exercises::{self, Answer, Answers, AnswersInput, ExerciseId, ExerciseInput, GoldId, NewExercise};
use crate::platform::error::Result;

/// Built-in gold interviews: what is noted to each area, and when in the interview that was.
struct Heard {
    slug: &'static str,
    notes: [(u32, &'static str); 5],
}

const FIRST: [Heard; 2] = [
    Heard {
        slug: "entry-tool-library",
        notes: [
            (356, "Both read “one left”, both write. A transaction alone does not help; locks first, then looks."),
            (144, "Says what sends a query and what does not, and took the page’s queries apart one by one."),
            (943, "After a release: clicks around. The backup was never restored."),
            (738, "A message that can be read on a train, with one real question in it."),
            (498, "Switched the mails off first, then looked at one cause at a time."),
        ],
    },
    Heard {
        slug: "mid-seventy-depots",
        notes: [
            (439, "Takes the order of an index’s columns for a matter of reading."),
            (103, "Asks whether the column has to change at all, then goes in steps that both releases survive."),
            (905, "The way back is the image before: ten minutes, done twice."),
            (969, "Puts the reviewer’s remark down to what the reviewer does not know."),
            (583, "Would have run all failed tasks again; stopped at once when charged cards were mentioned."),
        ],
    },
];
const HELD_BACK: &str = "senior-garages";

/// Who is in, with what they gave to the two, and after how many days. The lead and Jonas have not begun.
const GIVEN: [(usize, i64, [[u8; 5]; 2]); 3] = [
    (PRIYA, 1, [[3, 3, 3, 4, 4], [2, 4, 3, 3, 3]]),
    // A little more lenient than the experts.
    (MATEO, 2, [[4, 3, 3, 5, 4], [3, 4, 3, 4, 4]]),
    // Stays in the middle.
    (MEI, 3, [[3, 3, 3, 3, 4], [3, 4, 3, 3, 3]]),
];

pub fn play(stage: &Stage) -> Result<()> {
    let made = stage.now - TimeDelta::days(4);
    let input = ExerciseInput {
        name: "Before the next round".into(),
        deadline: workday(stage.now + TimeDelta::days(5), 3),
        gold_interview_ids: FIRST.iter().map(|heard| GoldId::built_in(heard.slug)).collect(),
        held_back_ids: vec![GoldId::built_in(HELD_BACK)],
        second_deadline: Some(workday(stage.now + TimeDelta::days(19), 3)),
        account_ids: [LEAD, JONAS, PRIYA, MATEO, MEI].map(|place| stage.account(place)).into(),
    };
    let new = NewExercise::parse(&input)?;
    let id = stage.act(LEAD, made, |tx, actor| exercises::create_exercise(tx, actor, &new))?.id;
    for (place, days, scores) in &GIVEN {
        for nth in 0..FIRST.len() {
            let at = made + TimeDelta::days(*days) + TimeDelta::hours(nth as i64);
            give(stage, id, *place, at, scores)?;
        }
    }
    Ok(())
}

/// Scores the next one in this member's order, half an hour long.
fn give(stage: &Stage, id: ExerciseId, place: usize, at: DateTime<Utc>, scores: &[[u8; 5]; 2]) -> Result<()> {
    let begun = stage.act(place, at, |tx, actor| exercises::begin_next(tx, actor, id))?;
    let heard = FIRST.iter().zip(scores).find(|(heard, _)| GoldId::built_in(heard.slug) == begun.gold_interview.gold);
    let areas = heard.into_iter().flat_map(|(heard, scores)| heard.notes.iter().zip(scores));
    let answer = |(area, ((moment, note), value)): (u8, (&(u32, &str), &u8))| Answer {
        area,
        value: Some(*value),
        note: (*note).to_owned(),
        at_seconds: Some(*moment),
    };
    let answers = Answers::parse(&AnswersInput { areas: (1..).zip(areas).map(answer).collect() })?;
    stage.act(place, at + TimeDelta::minutes(30), |tx, actor| exercises::save_and_submit(tx, actor, begun.id, begun.version, &answers))?;
    Ok(())
}
