//! Work of this feature that is done after the request.

use serde::{Deserialize, Serialize};

use super::service;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs::Job;
use crate::policy::AccountId;

/// Mails the link to a new password. Asked for an unknown address it does nothing, but it is asked all
/// the same.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendPasswordReset {
    pub account: Option<AccountId>,
}

impl Job for SendPasswordReset {
    const KIND: &'static str = "accounts.send_password_reset";

    fn run(self, tx: &mut Tx) -> Result<()> {
        self.account.map_or(Ok(()), |account| service::send_reset(tx, account))
    }
}
