//! Pages of one's own account and of signing in.

pub mod account;
pub mod password_reset;
pub mod sign_in;
pub mod theme;

use crate::web::page::{Sample, samples_of};

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<sign_in::SignInPage>(),
        samples_of::<account::AccountPage>(),
        samples_of::<password_reset::NewResetPage>(),
        samples_of::<password_reset::ResetSentPage>(),
        samples_of::<password_reset::ResetPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
