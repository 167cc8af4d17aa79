//! Which change fits which state of an interview. The acts ask here, and so do the pages that offer them.

use chrono::{DateTime, Utc};

use super::super::model::{Brief, Change, Offers, Stage};
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Mode, Seat, Standing};

/// Passes while an interview is planned and has not begun.
pub fn scheduled(brief: &Brief) -> Result<()> {
    let (code, detail) = match brief.stage() {
        Stage::Scheduled => return Ok(()),
        Stage::Draft => ("draft", "This is a draft. Go on with it, or plan it first."),
        Stage::Live => ("started", "The interview has begun."),
        Stage::Scoring | Stage::Debrief | Stage::Decided => ("over", "The interview is over."),
        Stage::NoShow => ("no-show", "Somebody did not come. Plan a new interview."),
        Stage::Cancelled => ("cancelled", "The interview is cancelled. Plan a new one."),
    };
    Err(Error::conflict(code, detail))
}

/// What has not begun can be called off; a draft is put away.
pub fn cancellable(brief: &Brief) -> Result<()> {
    if brief.stage() == Stage::Draft { Ok(()) } else { scheduled(brief) }
}

/// From the planned start on, as long as it is not over.
pub fn missable(brief: &Brief, now: DateTime<Utc>) -> Result<()> {
    not_over(brief)?;
    if now < brief.starts_at {
        return Err(Error::conflict("not-due", "The interview has not begun yet: nobody can have missed it."));
    }
    Ok(())
}

/// Seats are changed and taken away until the interview is over.
pub fn not_over(brief: &Brief) -> Result<()> {
    if brief.stage() == Stage::Live { Ok(()) } else { scheduled(brief) }
}

/// Somebody may join after it until the decision, but not lead what is over.
pub fn joinable(brief: &Brief, seat: Seat) -> Result<()> {
    match brief.stage() {
        Stage::Scoring | Stage::Debrief if seat != Seat::LeadInterviewer => Ok(()),
        _ => not_over(brief),
    }
}

/// A candidate's link leads to what takes place, or to its report.
pub fn linkable(brief: &Brief) -> Result<()> {
    match brief.stage() {
        Stage::Draft => Err(Error::conflict("draft", "A draft is nobody's yet. Plan the interview first.")),
        Stage::Cancelled | Stage::NoShow => Err(Error::conflict("off", "This interview does not take place.")),
        _ => Ok(()),
    }
}

/// A draft is in nobody's calendar.
pub fn in_calendars(brief: &Brief) -> Result<()> {
    match brief.stage() {
        Stage::Draft => Err(Error::conflict("draft", "This is a draft. Plan it first.")),
        _ => Ok(()),
    }
}

pub const NOT_MOCK: &str = "Roles are swapped in mock interviews only.";
pub const NO_ACCOUNT: &str =
    "Roles can be swapped with a candidate who has an account in this team. Invite them, and name the account on their record.";

/// Two people swap roles where people practise with each other, and both have an account.
pub fn swappable(brief: &Brief) -> Result<()> {
    scheduled(brief)?;
    match (brief.mode, brief.candidate_account) {
        (Mode::Hiring, _) => Err(Error::conflict("not-mock", NOT_MOCK)),
        (Mode::Mock, None) => Err(no_account()),
        (Mode::Mock, Some(_)) => Ok(()),
    }
}

pub fn no_account() -> Error {
    Error::conflict("no-account", NO_ACCOUNT)
}

/// Whether this kind of change fits at all.
pub fn fits(brief: &Brief, change: Change, now: DateTime<Utc>) -> Result<()> {
    match change {
        Change::Schedule => scheduled(brief),
        Change::Cancellation => cancellable(brief),
        Change::NoShow => missable(brief, now),
        Change::Panel => joinable(brief, Seat::Observer),
        Change::Seat => not_over(brief),
        // What was made is still to be seen when nothing more can be.
        Change::Links if brief.stage() != Stage::Draft => Ok(()),
        Change::Links => linkable(brief),
        Change::Swap => swappable(brief),
    }
}

/// What a reader may do with this interview now.
pub fn offers(brief: &Brief, standing: &Standing, now: DateTime<Utc>) -> Offers {
    let changes = policy::may(standing, Act::ChangePlan);
    Offers {
        edit: changes && brief.stage() == Stage::Draft,
        reschedule: changes && scheduled(brief).is_ok(),
        cancel: changes && cancellable(brief).is_ok(),
        mark_no_show: changes && missable(brief, now).is_ok(),
        add_seats: changes && joinable(brief, Seat::Observer).is_ok(),
        change_seats: changes && not_over(brief).is_ok(),
        see_links: changes && brief.stage() != Stage::Draft,
        make_links: changes && linkable(brief).is_ok(),
        read_kit: policy::may(standing, Act::ReadKit),
        take_calendar: brief.stage() == Stage::Scheduled,
        swap: changes && swappable(brief).is_ok(),
    }
}
