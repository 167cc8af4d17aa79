//! Passwords: Argon2id on threads of its own.
//!
//! Each thread owns one buffer that is used again and again, and the queue is bounded: on the general
//! pool every thread keeps its 19 MB, and a storm of sign-ins starves everything else.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::oneshot;

use super::error::{Error, Result};

/// At least this long when there is no second factor (NIST 800-63B-4).
pub const MIN_LENGTH: usize = 15;
/// Longer input costs time without adding strength.
pub const MAX_LENGTH: usize = 256;
const QUEUE: usize = 64;

/// A handle to the hashing threads; clones share them.
#[derive(Clone)]
pub struct Passwords {
    queue: SyncSender<Task>,
}

/// A password somebody may take: long enough, and not one that is guessed first.
#[derive(Clone)]
pub struct NewPassword(SecretString);

struct Task {
    work: Work,
    answer: oneshot::Sender<anyhow::Result<Answer>>,
}

enum Work {
    Hash(SecretString),
    Verify { password: SecretString, hash: Option<String> },
}

enum Answer {
    Hashed(String),
    Verified(bool),
}

impl NewPassword {
    /// `about` are words an attacker would try first: name, address.
    pub fn parse(password: SecretString, about: &[&str]) -> Result<Self, String> {
        let text = password.expose_secret();
        let length = text.chars().count();
        if length < MIN_LENGTH {
            return Err(format!("Use at least {MIN_LENGTH} characters. A sentence works well."));
        }
        if text.len() > MAX_LENGTH {
            return Err(format!("Use at most {MAX_LENGTH} characters."));
        }
        let judged: String = text.chars().take(100).collect();
        if zxcvbn::zxcvbn(&judged, about).score() < zxcvbn::Score::Three {
            return Err("This one is guessed quickly. Use a sentence that only you would write.".into());
        }
        Ok(NewPassword(password))
    }

    /// One that is in use already, whatever is asked of new ones by now.
    pub fn of_old(password: SecretString) -> Self {
        NewPassword(password)
    }

    /// The demo accounts' password, which the operator answers for.
    pub fn of_operator(password: SecretString) -> Self {
        NewPassword(password)
    }
}

impl Passwords {
    /// Starts `threads` hashing threads; they end when the last handle is dropped.
    pub fn start(threads: usize) -> Self {
        let (queue, tasks) = sync_channel(QUEUE);
        let tasks = Arc::new(Mutex::new(tasks));
        for number in 0..threads.max(1) {
            let tasks = Arc::clone(&tasks);
            std::thread::Builder::new()
                .name(format!("passwords-{number}"))
                .spawn(move || work_off(&tasks))
                .expect("a thread can be started");
        }
        Passwords { queue }
    }

    pub async fn hash(&self, password: NewPassword) -> Result<String> {
        match self.ask(Work::Hash(password.0)).await? {
            Answer::Hashed(hash) => Ok(hash),
            Answer::Verified(_) => Err(Error::Internal(anyhow::anyhow!("a hash was asked for"))),
        }
    }

    /// Without a hash it takes the same time and says no: an unknown account is not told from a known one.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> Result<bool> {
        if password.expose_secret().len() > MAX_LENGTH {
            return Ok(false);
        }
        match self.ask(Work::Verify { password, hash }).await? {
            Answer::Verified(right) => Ok(right),
            Answer::Hashed(_) => Err(Error::Internal(anyhow::anyhow!("an answer was asked for"))),
        }
    }

    async fn ask(&self, work: Work) -> Result<Answer> {
        let (answer, waiting) = oneshot::channel();
        self.queue.try_send(Task { work, answer }).map_err(|error| match error {
            TrySendError::Full(_) => Error::TooMany { retry_after: Duration::from_secs(2) },
            TrySendError::Disconnected(_) => Error::Internal(anyhow::anyhow!("the hashing threads are gone")),
        })?;
        Ok(waiting.await.map_err(|_| anyhow::anyhow!("a hashing thread died"))??)
    }
}

/// Whether a hash costs a guesser less than one that is made today. One that cannot be read is none of ours.
pub fn is_outdated(hash: &str) -> bool {
    let Some(params) = PasswordHash::new(hash).ok().and_then(|hash| Params::try_from(&hash).ok()) else { return false };
    let today = Params::DEFAULT;
    params.m_cost() < today.m_cost() || params.t_cost() < today.t_cost()
}

fn work_off(tasks: &Mutex<Receiver<Task>>) {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT);
    let mut memory = vec![Block::default(); argon.params().block_count()];
    loop {
        let next = match tasks.lock() {
            Ok(tasks) => tasks.recv(),
            Err(_) => return,
        };
        let Ok(Task { work, answer }) = next else { return };
        let result = match work {
            Work::Hash(password) => hash(&argon, &mut memory, password.expose_secret()).map(Answer::Hashed),
            Work::Verify { password, hash } => verify(&argon, &mut memory, password.expose_secret(), hash.as_deref()).map(Answer::Verified),
        };
        // Who asked may have hung up.
        let _ = answer.send(result);
    }
}

fn hash(argon: &Argon2<'_>, memory: &mut [Block], password: &str) -> anyhow::Result<String> {
    let salt_bytes = rand::random::<[u8; 16]>();
    let output = fill(argon, memory, password, &salt_bytes)?;
    let hash = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon.params())?,
        salt: Some(Salt::new(&salt_bytes)?),
        hash: Some(Output::new(&output)?),
    };
    Ok(hash.to_string())
}

fn verify(argon: &Argon2<'_>, memory: &mut [Block], password: &str, hash: Option<&str>) -> anyhow::Result<bool> {
    let Some(hash) = hash else {
        fill(argon, memory, password, &[0; 16])?;
        return Ok(false);
    };
    let stored = PasswordHash::new(hash)?;
    let (Some(salt), Some(output)) = (&stored.salt, &stored.hash) else { return Ok(false) };
    // Hashes made under other costs are computed with their own memory.
    let params = Params::try_from(&stored)?;
    let computed = if params.block_count() == argon.params().block_count() && params.t_cost() == argon.params().t_cost() {
        fill(argon, memory, password, salt.as_ref())?
    } else {
        let mut out = vec![0; output.len()];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), salt.as_ref(), &mut out)
            .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
        out
    };
    use subtle::ConstantTimeEq as _;
    Ok(computed.ct_eq(output.as_bytes()).into())
}

fn fill(argon: &Argon2<'_>, memory: &mut [Block], password: &str, salt: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut out = vec![0; Params::DEFAULT_OUTPUT_LEN];
    argon
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut out, memory)
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_and_no_other_is() {
        let passwords = Passwords::start(1);
        let secret = || SecretString::from("seven green kites over Lyon");
        let hash = passwords.hash(NewPassword::parse(secret(), &[]).unwrap()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(secret(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("seven green kites over Lyo".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify(secret(), None).await.unwrap());
    }

    #[test]
    fn a_hash_made_at_lower_costs_is_outdated_and_one_of_today_is_not() {
        let hash = |costs: &str| format!("$argon2id$v=19${costs}$c29tZXNhbHRzb21lc2FsdA$WYHp6JG8nDBZZ+2u4gNuU1dwcw5mVTYwRC2cCbqj9bI");
        assert!(is_outdated(&hash("m=9216,t=2,p=1")));
        assert!(is_outdated(&hash("m=19456,t=1,p=1")));
        assert!(!is_outdated(&hash("m=19456,t=2,p=1")));
        assert!(!is_outdated(&hash("m=47104,t=3,p=1")));
        assert!(!is_outdated("no hash"));
    }

    #[tokio::test]
    async fn a_storm_is_told_to_come_back_and_who_is_in_the_queue_is_served() {
        let passwords = Passwords::start(1);
        let storm = (0..QUEUE * 3).map(|_| passwords.verify("wrong wrong wrong".into(), None));
        let answers = futures_util::future::join_all(storm).await;
        let refused = answers.iter().filter(|answer| matches!(answer, Err(Error::TooMany { .. }))).count();
        let served = answers.iter().filter(|answer| matches!(answer, Ok(false))).count();
        assert_eq!(refused + served, QUEUE * 3);
        // The thread may have taken a few out before the last came.
        assert!((QUEUE..QUEUE * 2).contains(&served), "{served} of {}", QUEUE * 3);
    }

    #[test]
    fn short_guessable_and_endless_passwords_are_refused() {
        for bad in ["short", "password1234567", "aaaaaaaaaaaaaaaaaaaa", &"x y ".repeat(100)] {
            assert!(NewPassword::parse(SecretString::from(bad), &[]).is_err(), "{bad}");
        }
    }
}
