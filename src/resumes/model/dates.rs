//! Dates of a résumé: a year, a month or a day, as people remember them.

use std::cmp::Ordering;

use chrono::NaiveDate;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Passes `2021`, `2021-03` and `2021-03-05`.
pub fn check(text: &str) -> Result<(), String> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    };
    let likely = text.get(..4).is_some_and(|year| ("1900".."2101").contains(&year));
    let there = shaped && likely && NaiveDate::parse_from_str(&filled(&parts), "%Y-%m-%d").is_ok();
    if there { Ok(()) } else { Err("Write a year, a month or a day, as in 2021, 2021-03 or 2021-03-05.".into()) }
}

/// The first day that it may mean.
fn filled(parts: &[&str]) -> String {
    let part = |at: usize| parts.get(at).copied().unwrap_or("01");
    format!("{}-{}-{}", part(0), part(1), part(2))
}

/// The later of two; where one says less than the other, as far as both say.
pub fn compare(one: &str, other: &str) -> Ordering {
    let both = one.len().min(other.len());
    one.get(..both).cmp(&other.get(..both))
}

/// As in `March 2021`.
pub fn words(date: &str) -> String {
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let day = parts.next().map(|day| day.trim_start_matches('0'));
    match (day, month) {
        (Some(day), Some(month)) => format!("{day} {month} {year}"),
        (None, Some(month)) => format!("{month} {year}"),
        _ => year.to_owned(),
    }
}

/// As in `March 2021 - Present`; what has no end goes on. Empty where nothing is said.
pub fn period(start: &str, end: &str) -> String {
    match (start.is_empty(), end.is_empty()) {
        (true, true) => String::new(),
        (true, false) => words(end),
        (false, true) => format!("{} - Present", words(start)),
        (false, false) => format!("{} - {}", words(start), words(end)),
    }
}

/// The newest first: what goes on, then by its end, then by its beginning; what has no date comes last.
pub fn newest_first((start, end): (&str, &str), (other_start, other_end): (&str, &str)) -> Ordering {
    let rank = |start: &str, end: &str| match (start.is_empty(), end.is_empty()) {
        (false, true) => 0,
        (_, false) => 1,
        (true, true) => 2,
    };
    rank(start, end).cmp(&rank(other_start, other_end)).then_with(|| other_end.cmp(end)).then_with(|| other_start.cmp(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_year_a_month_or_a_day_that_there_is() {
        for right in ["2021", "2021-03", "2024-02-29", "1999-12-31"] {
            assert_eq!(check(right), Ok(()), "{right}");
        }
        for wrong in ["", "21", "2021-3", "2021-13", "2023-02-29", "2021-03-05T00:00", "March 2021", "2021-", "0000", "9999", "２０２１"]
        {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_period_is_said_in_words_and_what_has_no_end_goes_on() {
        assert_eq!(period("2021-03", ""), "March 2021 - Present");
        assert_eq!(period("2019", "2021-03-05"), "2019 - 5 March 2021");
        assert_eq!((period("", "2020"), period("", "")), ("2020".into(), String::new()));
    }

    #[test]
    fn the_newest_comes_first_and_what_goes_on_before_all() {
        let mut periods = [("2010", "2012"), ("", ""), ("2018", "2021-03"), ("2019", "2021-03"), ("2015", "")];
        periods.sort_by(|one, other| newest_first(*one, *other));
        assert_eq!(periods, [("2015", ""), ("2019", "2021-03"), ("2018", "2021-03"), ("2010", "2012"), ("", "")]);
        assert_eq!(compare("2020", "2020-05"), Ordering::Equal, "one says less than the other");
    }
}
