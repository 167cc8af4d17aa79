//! The shape of what is sent, before it is read: nothing of ours nests deep or lists without end.

use crate::platform::error::{Error, Result};

/// The deepest body of ours has six.
const DEPTH: usize = 32;
/// A scorecard holds at most a thousand of anything.
const MEMBERS: usize = 2_000;

/// Passes JSON that is neither too deep nor too long in any list or object. Whether it is JSON at all, its
/// parser says.
pub fn check_json(json: &[u8]) -> Result<()> {
    let mut members: Vec<usize> = Vec::new();
    let (mut in_text, mut escaped) = (false, false);
    for byte in json {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (true, _) => {}
            (false, b'[' | b'{') if members.len() == DEPTH => {
                return Err(Error::Malformed(format!("This nests deeper than {DEPTH} levels.")));
            }
            (false, b'[' | b'{') => members.push(1),
            (false, b']' | b'}') => drop(members.pop()),
            (false, b',') => {
                let Some(count) = members.last_mut() else { continue };
                *count += 1;
                if *count > MEMBERS {
                    return Err(Error::Malformed(format!("A list or an object here has more than {MEMBERS} members.")));
                }
            }
            (false, _) => {}
        }
    }
    Ok(())
}

/// Passes a form or a query that does not name things without end.
pub fn check_form(form: &[u8]) -> Result<()> {
    let fields = form.iter().filter(|byte| **byte == b'&').count();
    if fields < MEMBERS { Ok(()) } else { Err(Error::Malformed(format!("This form has more than {MEMBERS} fields."))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_too_deep_or_lists_too_much_is_refused_and_text_is_no_shape() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(check_json(deep(DEPTH).as_bytes()).is_ok());
        assert!(check_json(deep(DEPTH + 1).as_bytes()).is_err());
        let long = |members: usize| format!("{{\"a\": [{}]}}", vec!["1"; members].join(","));
        assert!(check_json(long(MEMBERS).as_bytes()).is_ok());
        assert!(check_json(long(MEMBERS + 1).as_bytes()).is_err());
        let text = format!("[\"{}\\\"{}\"]", "[{,".repeat(5_000), "],".repeat(5_000));
        assert!(check_json(text.as_bytes()).is_ok(), "brackets and commas in a text");
        assert!(check_json(b"]]],,,").is_ok(), "no JSON; its parser says so");
        assert!(check_form("a=1&".repeat(MEMBERS - 1).as_bytes()).is_ok());
        assert!(check_form("a=1&".repeat(MEMBERS).as_bytes()).is_err());
    }
}
