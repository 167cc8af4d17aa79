//! Settings: flags win over the environment, the environment over `fivefold.toml` in the data directory.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use secrecy::SecretString;
use serde::Deserialize;
use url::{Host, Url};

/// Who may make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignUp {
    /// Only who holds an invitation.
    #[default]
    Invited,
    /// Anybody who reaches the server.
    Open,
}

/// The settings as written, before they are put together; each field is one name of the table in `docs/OPERATIONS.md`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    database_url: Option<SecretString>,
    migrate_database_url: Option<SecretString>,
    listen: Option<String>,
    base_url: Option<String>,
    sign_up: Option<SignUp>,
    metrics_token: Option<SecretString>,
    secret_key_file: Option<PathBuf>,
    smtp_url: Option<SecretString>,
    trusted_proxies: Option<String>,
    db_pool: Option<u32>,
}

/// The fields of [`Written`], as `fivefold.toml` names them.
pub const NAMES: [&str; 10] = [
    "database_url",
    "migrate_database_url",
    "listen",
    "base_url",
    "sign_up",
    "metrics_token",
    "secret_key_file",
    "smtp_url",
    "trusted_proxies",
    "db_pool",
];

/// The environment's name for a setting of the file.
pub fn variable(name: &str) -> String {
    match name {
        "database_url" => "DATABASE_URL".to_owned(),
        _ => format!("FIVEFOLD_{}", name.to_uppercase()),
    }
}

/// What flags may set.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub listen: Option<String>,
    pub data_dir: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct Config {
    pub data_dir: PathBuf,
    pub data_dir_is_default: bool,
    /// None: a private PostgreSQL in the data directory.
    pub database_url: Option<SecretString>,
    pub migrate_database_url: Option<SecretString>,
    pub listen: SocketAddr,
    /// None until the port is known (`:0`, or the default for loopback).
    pub base_url: Option<Url>,
    pub sign_up: SignUp,
    pub metrics_token: Option<SecretString>,
    pub secret_key_file: PathBuf,
    pub smtp_url: Option<SecretString>,
    pub trusted_proxies: Vec<IpAddr>,
    pub db_pool: u32,
}

/// Said by the environment or a flag only, because the file is in it.
pub const DATA_DIR: &str = "FIVEFOLD_DATA_DIR";
/// In the data directory.
pub const FILE: &str = "fivefold.toml";
const DEFAULT_DATA_DIR: &str = "./fivefold-data";
const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

impl Config {
    pub fn load(flags: Flags) -> anyhow::Result<Self> {
        Self::with(flags, |name| std::env::var(name).ok())
    }

    /// With another environment than the process's own.
    pub fn with(flags: Flags, environment: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        let named = flags.data_dir.or_else(|| set(DATA_DIR).map(PathBuf::from));
        let data_dir_is_default = named.is_none();
        let data_dir = std::path::absolute(named.unwrap_or_else(|| DEFAULT_DATA_DIR.into()))?;
        let written = read(&data_dir.join(FILE), set)?;

        let listen = flags.listen.or(written.listen).unwrap_or_else(|| DEFAULT_LISTEN.into());
        let listen = listen
            .parse()
            .with_context(|| format!("FIVEFOLD_LISTEN is {listen:?}; write an address and a port, as in {DEFAULT_LISTEN}"))?;
        Ok(Config {
            secret_key_file: written.secret_key_file.unwrap_or_else(|| data_dir.join("secret-key")),
            data_dir,
            data_dir_is_default,
            database_url: written.database_url,
            migrate_database_url: written.migrate_database_url,
            listen,
            base_url: written.base_url.as_deref().map(parse_base_url).transpose()?,
            sign_up: written.sign_up.unwrap_or_default(),
            metrics_token: written.metrics_token,
            smtp_url: written.smtp_url,
            trusted_proxies: parse_proxies(written.trusted_proxies.as_deref().unwrap_or_default())?,
            db_pool: match written.db_pool {
                Some(0) => bail!("FIVEFOLD_DB_POOL is 0; write how many connections the pool may hold"),
                Some(size) => size,
                None => 4 * cores(),
            },
        })
    }

    /// The address people use: as set, else `http://localhost:PORT` on loopback, else `http://` and the address.
    pub fn base_url_for(&self, bound: SocketAddr) -> Url {
        self.base_url.clone().unwrap_or_else(|| {
            let host = if bound.ip().is_loopback() { format!("localhost:{}", bound.port()) } else { bound.to_string() };
            Url::parse(&format!("http://{host}")).expect("an address makes a URL")
        })
    }
}

/// Whether only this machine reaches this address.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn read(file: &Path, set: impl Fn(&str) -> Option<String>) -> anyhow::Result<Written> {
    let mut builder = config::Config::builder().add_source(config::File::from(file).required(false));
    for name in NAMES {
        builder = builder.set_override_option(name, set(&variable(name)))?;
    }
    let written = builder.build().and_then(config::Config::try_deserialize);
    written.map_err(|error| {
        // The reader of the file draws the place over several lines.
        let said: Vec<String> = error.to_string().split_whitespace().map(str::to_owned).collect();
        anyhow::anyhow!("the settings cannot be read: {}; see the table in docs/OPERATIONS.md", said.join(" "))
    })
}

fn parse_base_url(text: &str) -> anyhow::Result<Url> {
    let url = Url::parse(text).with_context(|| format!("FIVEFOLD_BASE_URL is {text:?}; write it as https://interviews.example"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        bail!("FIVEFOLD_BASE_URL is {text:?}; it must begin with http:// or https:// and name a host");
    }
    if url.path() != "/" {
        bail!("FIVEFOLD_BASE_URL is {text:?}; Fivefold lives at the root of its host, leave the path away");
    }
    Ok(url)
}

fn parse_proxies(text: &str) -> anyhow::Result<Vec<IpAddr>> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse().with_context(|| format!("FIVEFOLD_TRUSTED_PROXIES holds {part:?}; write addresses with commas between them"))
        })
        .collect()
}

fn cores() -> u32 {
    std::thread::available_parallelism().map_or(2, |n| n.get() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(file: &str, environment: &[(&str, &str)], flags: Flags) -> anyhow::Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), file).unwrap();
        let flags = Flags { data_dir: Some(folder.path().to_owned()), ..flags };
        Config::with(flags, |name| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn flags_win_over_the_environment_and_the_environment_over_the_file() {
        let file = "listen = \"127.0.0.1:1\"\nbase_url = \"http://file.example\"\ndb_pool = 3";
        let environment = [("FIVEFOLD_LISTEN", "127.0.0.1:2"), ("FIVEFOLD_BASE_URL", "http://variable.example"), ("FIVEFOLD_DB_POOL", "")];
        let config = with(file, &environment, Flags { listen: Some("127.0.0.1:3".into()), data_dir: None }).unwrap();
        assert_eq!(config.listen.port(), 3);
        assert_eq!(config.base_url.unwrap().as_str(), "http://variable.example/");
        assert_eq!(config.db_pool, 3, "an empty variable is none");
    }

    #[test]
    fn what_cannot_be_read_is_one_sentence() {
        for file in
            ["listen = ", "liste = \"127.0.0.1:1\"", "sign_up = \"everybody\"", "db_pool = \"many\"", "db_pool = 0", "listen = \"8080\""]
        {
            let said = format!("{:#}", with(file, &[], Flags::default()).unwrap_err());
            assert!(!said.contains('\n') && said.len() < 400, "{said}");
        }
    }
}
