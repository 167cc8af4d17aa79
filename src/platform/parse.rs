//! Text from outside, parsed into what may be stored. An error is a sentence that says what to do.

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
