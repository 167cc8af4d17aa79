//! Floor 0: what every server needs and no interview knows.

pub mod audit;
pub mod config;
pub mod db;
pub mod error;
pub mod files;
pub mod frozen;
pub mod id;
pub mod jobs;
pub mod mail;
pub mod parse;
pub mod password;
pub mod postgres;
pub mod splitmix;
pub mod stop;
pub mod telemetry;
pub mod text_enum;
pub mod token;
pub mod words;
