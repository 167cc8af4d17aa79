//! The interview as a file for one's own calendar.

use super::super::calendar::{self, Entry, Method};
use super::super::model::{join, people};
use super::super::words;
use super::super::{read, store};
use super::{letters, state};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, InterviewId, Seat};

/// A draft is in nobody's calendar. The candidate's file has names and no seats.
pub fn calendar_file(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<String> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::SeeInterview)?;
    let brief = found.brief;
    state::in_calendars(&brief)?;
    let team = actor.team()?;
    let seats = store::seats(tx, team.id, id)?;
    let entry = letters::entry(tx, &brief, &team.name);
    let url = format!("{}{}", tx.base_url(), letters::path(team.id, &brief));
    let entry = if found.standing.seat == Some(Seat::Candidate) {
        Entry { summary: format!("Interview with {}", team.name), description: format!("With {}.", join(&people(&seats))), url, ..entry }
    } else {
        let panel: Vec<_> = seats.iter().map(|seat| format!("{}, {}", seat.name, words::seat(seat.seat).to_lowercase())).collect();
        let description = format!("Panel:\n{}", panel.join("\n"));
        Entry { summary: format!("Interview: {}", brief.candidate_name), description, url, ..entry }
    };
    Ok(calendar::write(&entry, Method::Publish))
}
