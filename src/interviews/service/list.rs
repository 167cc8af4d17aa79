//! The list of interviews: two queries, whatever its length.

use chrono::{DateTime, Utc};

use super::super::model::{CandidateOfPlan, Filter, Found, InterviewOfList, InvitationView, PlanOfList, SeatView};
use super::super::store;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, InterviewId, Seat};
use crate::web::api::List;
use crate::web::paging::Slice;

/// Where a list goes on.
pub type Place = (DateTime<Utc>, InterviewId);

/// The interviews this reader sees: all for leads and owners, those they sit in or are the candidate of
/// for others.
pub fn list(tx: &mut Tx, actor: &Actor, filter: Filter, slice: &Slice<Place>) -> Result<List<InterviewOfList>> {
    policy::allow(&actor.standing(), Act::ListInterviews)?;
    let found = store::list(tx, actor, filter, slice.after, slice.rows())?;
    let page = slice.list(found, |found| (found.brief.starts_at, found.brief.id))?;
    Ok(List { items: of_list(tx, actor, page.items)?, next_cursor: page.next_cursor })
}

/// Up to `rows` interviews that this reader sees, with candidates in whose name this is, newest first, after a place.
pub fn find_by_name(tx: &mut Tx, actor: &Actor, name: &str, after: Option<Place>, rows: i64) -> Result<Vec<(Place, InterviewOfList)>> {
    policy::allow(&actor.standing(), Act::ListInterviews)?;
    let found = store::named(tx, actor, name, after, rows)?;
    let places: Vec<Place> = found.iter().map(|found| (found.brief.starts_at, found.brief.id)).collect();
    Ok(places.into_iter().zip(of_list(tx, actor, found)?).collect())
}

/// What a list shows of interviews that the reader was found to see: one query for all their panels.
pub fn of_list(tx: &mut Tx, actor: &Actor, found: Vec<Found>) -> Result<Vec<InterviewOfList>> {
    let ids: Vec<_> = found.iter().map(|found| found.brief.id).collect();
    let mut panels = store::seats_of(tx, actor.team_id()?, &ids)?;
    let team = &actor.team()?.name;
    let item = |found: Found| {
        let seats = panels.remove(&found.brief.id).unwrap_or_default();
        item(found, seats, team, actor.leads())
    };
    Ok(found.into_iter().map(item).collect())
}

/// Whether this reader plans interviews, for what a page offers.
pub fn plans(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::PlanInterviews)
}

/// Whether this reader has more to do with interviews than to be their candidate.
pub fn sits_in_panels(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::ReadLibrary)
}

fn item(found: Found, seats: Vec<SeatView>, team: &str, leads: bool) -> InterviewOfList {
    let Found { brief, standing } = found;
    if standing.seat == Some(Seat::Candidate) {
        return InterviewOfList::Invitation(InvitationView::of(&brief, team, &seats));
    }
    InterviewOfList::Plan(PlanOfList {
        id: brief.id,
        stage: brief.stage(),
        starts_at: brief.starts_at,
        ends_at: brief.planned_end(),
        candidate: CandidateOfPlan { id: brief.candidate_id, name: brief.candidate_name, email: brief.candidate_email.filter(|_| leads) },
        mode: brief.mode,
        level: brief.level,
        time_zone: brief.time_zone,
        minutes: brief.minutes,
        extra_minutes: brief.extra_minutes,
        place: brief.place,
        seats,
        your_seat: standing.seat,
    })
}
