//! Random tokens, stored by their hash only, and the signed tokens that name a sign-in.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// 256 random bits for a link. Shown once; only [`Token::hash`] is stored.
#[derive(Clone)]
pub struct Token(String);

/// SHA-256 of a token: 256 random bits need no slow hash.
pub type TokenHash = Vec<u8>;

impl Token {
    pub fn random() -> Self {
        Token(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> TokenHash {
        hash(&self.0)
    }
}

/// The hash under which the token a visitor brought would be stored.
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What a signed token is for; a token of one purpose is refused for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `jti` is a sign-in row.
    SignIn,
    /// `jti` is a candidate's link, `team` its team.
    Guest,
}

impl Purpose {
    fn header_type(self) -> &'static str {
        match self {
            Purpose::SignIn => "sign-in+jwt",
            Purpose::Guest => "guest+jwt",
        }
    }
}

/// Exactly these: a claim that is none of ours was not put in by us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub exp: i64,
    pub iat: i64,
    pub jti: Uuid,
    /// The account of a sign-in, or the team of a guest.
    pub sub: Uuid,
}

/// Signs and reads tokens with one algorithm and one key.
#[derive(Clone)]
pub struct Signer {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

const NAME: &str = "fivefold";

impl Signer {
    pub fn new(secret: &[u8]) -> Self {
        Signer { encoding: EncodingKey::from_secret(secret), decoding: DecodingKey::from_secret(secret) }
    }

    /// Reads the key, or makes one on the first start; mode 0600.
    pub fn from_file(path: &Path) -> anyhow::Result<Self> {
        let secret = match std::fs::read(path) {
            Ok(secret) => secret,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make_key(path)?,
            Err(error) => return Err(error).with_context(|| format!("cannot read the secret key in {}", path.display())),
        };
        anyhow::ensure!(
            secret.len() >= 32,
            "the secret key in {} is shorter than 32 bytes; remove it to have a new one made (everybody signs in again)",
            path.display()
        );
        Ok(Signer::new(&secret))
    }

    pub fn sign(&self, purpose: Purpose, jti: Uuid, sub: Uuid, issued_at: DateTime<Utc>, expires_at: DateTime<Utc>) -> String {
        let header = Header { typ: Some(purpose.header_type().into()), ..Header::new(Algorithm::HS256) };
        let claims = Claims { iss: NAME.into(), aud: NAME.into(), exp: expires_at.timestamp(), iat: issued_at.timestamp(), jti, sub };
        jsonwebtoken::encode(&header, &claims, &self.encoding).expect("claims of plain values serialise")
    }

    /// The claims of a token that we signed for this purpose and that has not expired at `now`.
    pub fn read(&self, purpose: Purpose, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[NAME]);
        validation.set_issuer(&[NAME]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        // The expiry is judged by our own clock below, so that there is one clock.
        validation.validate_exp = false;
        let data = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation).ok()?;
        // There is one key; who names one wants another.
        let right_kind = data.header.typ.as_deref() == Some(purpose.header_type()) && data.header.kid.is_none();
        (right_kind && data.claims.exp > now.timestamp() && data.claims.iat <= now.timestamp() + 60).then_some(data.claims)
    }
}

fn make_key(path: &Path) -> anyhow::Result<Vec<u8>> {
    let secret = Token::random().0.into_bytes();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    // Written beside and linked into place, so that two servers starting at once end with one key.
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .with_context(|| format!("cannot write the secret key to {}", beside.display()))?;
    file.write_all(&secret)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&beside, path);
    std::fs::remove_file(&beside)?;
    match linked {
        Ok(()) => Ok(secret),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(std::fs::read(path)?),
        Err(error) => Err(error).with_context(|| format!("cannot write the secret key to {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_token_is_read_only_for_its_purpose_by_its_key_and_in_its_time() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (signer, other) = (Signer::new(&[7; 32]), Signer::new(&[8; 32]));
        let (jti, sub) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let token = signer.sign(Purpose::SignIn, jti, sub, now, now + TimeDelta::hours(1));

        assert_eq!(signer.read(Purpose::SignIn, &token, now).map(|c| (c.jti, c.sub)), Some((jti, sub)));
        assert_eq!(signer.read(Purpose::Guest, &token, now), None);
        assert_eq!(other.read(Purpose::SignIn, &token, now), None);
        assert_eq!(signer.read(Purpose::SignIn, &token, now + TimeDelta::hours(1)), None);
        assert_eq!(signer.read(Purpose::SignIn, &token, now - TimeDelta::hours(1)), None, "issued in the future");
    }

    #[test]
    fn the_key_is_made_once_and_for_the_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/secret-key");
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let token = Signer::from_file(&path).unwrap().sign(Purpose::SignIn, Uuid::nil(), Uuid::nil(), now, now + TimeDelta::hours(1));
        assert!(Signer::from_file(&path).unwrap().read(Purpose::SignIn, &token, now).is_some());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
