//! Mail addresses and links in a text: most of them hold somebody's name, so they are left away.

const MAIL: &str = "[mail address]";
const LINK: &str = "[link]";
/// What links begin with, or hold where they begin with the name of a server.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "www."];
/// Servers whose addresses people write without a scheme end so.
const ENDS: [&str; 8] = ["com", "org", "net", "io", "dev", "me", "eu", "de"];

/// The text with a word in brackets in the place of each.
pub fn without_addresses(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut piece = String::new();
    for letter in text.chars() {
        if letter.is_whitespace() || "\"'“”‘’<>(){}[],;|`".contains(letter) {
            cleaned.push_str(&clean(&piece));
            cleaned.push(letter);
            piece.clear();
        } else {
            piece.push(letter);
        }
    }
    cleaned.push_str(&clean(&piece));
    cleaned
}

/// A piece of text without a blank, a quote or a bracket in it.
fn clean(piece: &str) -> String {
    let bare = piece.trim_end_matches(['.', ':', '!', '?']);
    let rest = &piece[bare.len()..];
    let small = bare.to_lowercase();
    let link = SCHEMES.iter().filter_map(|scheme| small.find(scheme)).min().or_else(|| is_server(&small).then_some(0));
    match link {
        // Lower case may have another length, as in `İ`; then all of the piece goes.
        Some(at) => format!("{}{LINK}{rest}", if small.len() == bare.len() { bare.get(..at).unwrap_or_default() } else { "" }),
        None if is_mail(bare) => format!("{MAIL}{rest}"),
        None => piece.to_owned(),
    }
}

/// As in `example.org/people/anna`.
fn is_server(piece: &str) -> bool {
    let Some((server, _)) = piece.split_once('/') else { return false };
    server.rsplit_once('.').is_some_and(|(name, end)| is_host(name) && ENDS.contains(&end))
}

/// As in `anna@example.org`, whatever stands before it.
fn is_mail(piece: &str) -> bool {
    let Some((before, host)) = piece.rsplit_once('@') else { return false };
    let end = host.rsplit_once('.').filter(|(name, _)| is_host(name)).map(|(_, end)| end);
    before.ends_with(char::is_alphanumeric) && end.is_some_and(|end| end.chars().count() >= 2 && end.chars().all(char::is_alphabetic))
}

fn is_host(name: &str) -> bool {
    name.split('.').all(|label| !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_and_links_are_left_away_and_nothing_else() {
        for (text, without) in [
            ("Write to sofia.marin@example.org, or s@m.io.", "Write to [mail address], or [mail address]."),
            ("See https://example.org/sofia?x=1.", "See [link]."),
            ("See (www.sofia-marin.dev) and github.com/sofia!", "See ([link]) and [link]!"),
            ("get(\"https://example.org/a\")", "get(\"[link]\")"),
            ("mail:sofia@example.org", "[mail address]"),
            ("@property, a@b, app/models.py, 3.5/2, and/or", "@property, a@b, app/models.py, 3.5/2, and/or"),
            ("", ""),
        ] {
            assert_eq!(without_addresses(text), without);
        }
    }
}
