//! Peer practice: a board on which people offer a time, and take another's.
//!
//! Always true: there is a board where people practise with each other, never in a team that hires, whose candidates do
//! not learn of one another; an offer is taken once, by somebody else; taken, it is one booking of two halves in mode
//! mock, in which each interviews the other once, with other questions; both may call it off before it begins, with a
//! reason. An offer shows a name, a level, a set and a time, and nothing else of its person; nobody
//! offers or books two times that overlap.

pub mod api;
pub mod feedback;
mod model;
pub mod pages;
mod service;
mod store;

pub use model::{Booking, NewOffer, OfferId, OfferMade, OfferPlace, OfferView, OwnOffer};
pub use service::{book, call_off, erase, leave, offer, offers, own_offers, sets};
