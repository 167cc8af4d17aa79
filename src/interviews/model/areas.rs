//! Which seat owns which area: every area is somebody's to look after.

use crate::policy::Seat;

/// The areas' numbers.
pub const AREAS: std::ops::RangeInclusive<i16> = 1..=5;

/// Seats whose cards count; they own the areas.
pub fn counts(seat: Seat) -> bool {
    matches!(seat, Seat::LeadInterviewer | Seat::Interviewer)
}

/// Gives every area that nobody owns to a counted seat: to those that were given none, evenly; where all
/// were given some, to who owns fewest. What was given is kept.
pub fn share_out(seats: &mut [(Seat, Vec<i16>)]) {
    let counted = || seats.iter().enumerate().filter(|(_, (seat, _))| counts(*seat));
    let mut takers: Vec<usize> = counted().filter(|(_, (_, areas))| areas.is_empty()).map(|(at, _)| at).collect();
    if takers.is_empty() {
        takers = counted().map(|(at, _)| at).collect();
    }
    for area in AREAS {
        let owned = seats.iter().any(|(seat, areas)| counts(*seat) && areas.contains(&area));
        let taker = takers.iter().copied().min_by_key(|at| seats[*at].1.len());
        if let (false, Some(at)) = (owned, taker) {
            seats[at].1.push(area);
            seats[at].1.sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Seat::{Interviewer, LeadInterviewer, Observer, Shadow};

    fn shared(seats: &[(Seat, &[i16])]) -> Vec<Vec<i16>> {
        let mut seats: Vec<_> = seats.iter().map(|(seat, areas)| (*seat, areas.to_vec())).collect();
        share_out(&mut seats);
        seats.into_iter().map(|(_, areas)| areas).collect()
    }

    #[test]
    fn areas_are_spread_evenly_over_the_counted_seats() {
        assert_eq!(shared(&[(LeadInterviewer, &[])]), [vec![1, 2, 3, 4, 5]]);
        assert_eq!(shared(&[(LeadInterviewer, &[]), (Interviewer, &[])]), [vec![1, 3, 5], vec![2, 4]]);
        assert_eq!(shared(&[(LeadInterviewer, &[]), (Shadow, &[]), (Observer, &[])]), [vec![1, 2, 3, 4, 5], vec![], vec![]]);
    }

    #[test]
    fn what_was_given_is_kept_and_what_is_left_goes_to_who_has_least() {
        assert_eq!(shared(&[(LeadInterviewer, &[1, 2]), (Interviewer, &[])]), [vec![1, 2], vec![3, 4, 5]]);
        assert_eq!(shared(&[(LeadInterviewer, &[1]), (Interviewer, &[1, 2, 3, 4])]), [vec![1, 5], vec![1, 2, 3, 4]]);
        assert_eq!(shared(&[(LeadInterviewer, &[1, 2, 3, 4]), (Shadow, &[5])]), [vec![1, 2, 3, 4, 5], vec![5]], "a shadow owns beside");
    }
}
