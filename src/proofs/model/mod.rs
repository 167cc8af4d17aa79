//! Shapes of both lists and the rules that need nothing else.

mod proof;
mod question;

pub use proof::*;
pub use question::*;

use serde::Deserialize;
use utoipa::ToSchema;

use crate::id_types;

id_types! {
    /// Something that can be shown in public.
    ProofId,
    /// A question that somebody wants to ask.
    OwnQuestionId,
}

/// `PUT …/place`: where in its list something stands, from 0; further than the end is the end.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlace {
    pub place: u16,
}

/// The order after one has been taken to a place; none when it is not there.
pub fn placed<T: Copy + PartialEq>(order: &[T], one: T, place: usize) -> Option<Vec<T>> {
    order.contains(&one).then(|| {
        let mut rest: Vec<T> = order.iter().copied().filter(|other| *other != one).collect();
        rest.insert(place.min(rest.len()), one);
        rest
    })
}

#[cfg(test)]
mod tests {
    use super::placed;

    #[test]
    fn one_takes_a_place_and_the_others_keep_their_order() {
        assert_eq!(placed(&[1, 2, 3, 4], 4, 1), Some(vec![1, 4, 2, 3]));
        assert_eq!(placed(&[1, 2, 3, 4], 1, 0), Some(vec![1, 2, 3, 4]));
        assert_eq!(placed(&[1, 2, 3], 1, 99), Some(vec![2, 3, 1]));
        assert_eq!(placed(&[1, 2, 3], 9, 0), None);
    }
}
