//! Text from outside, parsed into what may be stored. An error is a sentence that says what to do.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::error::FieldErrors;

/// A file of one of our JSON formats. The error names the member and the line.
pub fn json_file<T: DeserializeOwned>(text: &str) -> Result<T, FieldErrors> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let (path, error) = (error.path().to_string(), error.into_inner());
        one_error(path, format!("{error}."))
    })?;
    reader.end().map_err(|error| one_error(".".into(), format!("There is something after the end: {error}.")))?;
    Ok(parsed)
}

fn one_error(field: String, message: String) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add(field, message);
    errors
}

/// A key: lower-case words joined by hyphens, as in `safe-schema-changes`.
pub fn key(text: &str) -> Result<(), String> {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if text.len() <= 60 && text.split('-').all(word) {
        return Ok(());
    }
    Err(format!("{text:?} is no key: write lower-case words joined by hyphens, at most 60 characters."))
}

/// A key made from a title: `What’s middleware for?` becomes `whats-middleware-for`. A title without a single
/// letter or digit of the Latin alphabet gives `question`.
pub fn slug(title: &str) -> String {
    let plain = title.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() + 1 > 60 {
            break;
        }
        slug = if slug.is_empty() { word.to_owned() } else { format!("{slug}-{word}") };
    }
    if slug.is_empty() { "question".into() } else { slug }
}

/// Text of `min` to `max` characters that is stored exactly as it stands, so it may not need trimming.
pub fn exact_line(text: &str, min: usize, max: usize) -> Result<(), String> {
    let trimmed = line(text, min, max)?;
    if trimmed == text { Ok(()) } else { Err("Leave spaces at the beginning and the end away.".into()) }
}

/// The same over several lines, which end with \n alone.
pub fn exact_text(text: &str, min: usize, max: usize) -> Result<(), String> {
    let length = text.chars().count();
    if length < min {
        return Err("Fill this in.".into());
    }
    if text != self::text(text, max)?.trim() {
        return Err("Leave spaces at the beginning and the end away, and end lines with \n alone.".into());
    }
    Ok(())
}

/// Whether two texts are the same words, however they are set.
pub fn alike(one: &str, other: &str) -> bool {
    words(one).eq(words(other))
}

/// How much of their words two texts share, from 0 to 1: the words of both among the words of either (Jaccard). How
/// often a word stands there, and where, does not count.
pub fn shared_words(one: &str, other: &str) -> f64 {
    let (one, other): (BTreeSet<String>, BTreeSet<String>) = (words(one).collect(), words(other).collect());
    let either = one.union(&other).count();
    if either == 0 { 0.0 } else { one.intersection(&other).count() as f64 / either as f64 }
}

/// The words alone, in their order, so that texts that are alike are equal.
pub fn only_words(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Trimmed text of `min` to `max` characters, on one line.
pub fn line(text: &str, min: usize, max: usize) -> Result<String, String> {
    let text = text.trim();
    let length = text.chars().count();
    if length < min {
        return Err(if min == 1 { "Fill this in.".into() } else { format!("Write at least {min} characters.") });
    }
    if length > max {
        return Err(format!("Write at most {max} characters; these are {length}."));
    }
    if text.chars().any(char::is_control) {
        return Err("Leave control characters and line breaks away.".into());
    }
    Ok(text.to_owned())
}

/// Text of several lines, at most `max` characters; line ends become \n.
pub fn text(text: &str, max: usize) -> Result<String, String> {
    let text = text.replace("\r\n", "\n");
    let length = text.chars().count();
    if length > max {
        return Err(format!("Write at most {max} characters; these are {length}."));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err("Leave control characters away.".into());
    }
    Ok(text.trim_end().to_owned())
}

/// A mail address as people write it.
pub fn email(text: &str) -> Result<String, String> {
    let text = line(text, 3, 254)?;
    let address: lettre::Address = text.parse().map_err(|_| "Write a mail address, as in name@example.org.".to_owned())?;
    Ok(address.to_string())
}

/// An IANA time zone.
pub fn time_zone(text: &str) -> Result<chrono_tz::Tz, String> {
    text.trim().parse().map_err(|_| "Choose a time zone from the list, as in Europe/Berlin.".to_owned())
}
