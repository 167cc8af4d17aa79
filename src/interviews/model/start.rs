//! When an interview starts, as people and programs write it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::{GapInfo, OffsetName as _, Tz};

/// A plan may be written down a little late, as when an interview was agreed on the phone.
const LATE: TimeDelta = TimeDelta::days(1);
/// Farther ahead is a slip of the pen.
const AHEAD: TimeDelta = TimeDelta::days(3 * 366);

/// An RFC 3339 time, or a local time without offset (`2026-03-29T14:30`), meant in `zone`. A local time
/// that the clocks skip is refused with the next one that exists; of one that comes twice the earlier is
/// taken, which [`ambiguity`] then says.
pub fn parse(text: &str, zone: Tz) -> Result<DateTime<Utc>, String> {
    let text = text.trim();
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return Ok(exact.with_timezone(&Utc));
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .ok_or("Give date and time, as in 2026-11-24T14:00.")?;
    zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc)).ok_or_else(|| skipped(local, zone))
}

/// Refuses what lies in the past, unless it is a draft that is not planned yet, and what lies too far ahead.
pub fn check(at: DateTime<Utc>, now: DateTime<Utc>, draft: bool) -> Result<(), String> {
    if !draft && at < now - LATE {
        return Err("This lies more than a day in the past.".into());
    }
    if (at - now).abs() > AHEAD {
        return Err("This is more than three years away. Check the year.".into());
    }
    Ok(())
}

/// What to say of a start whose local time comes twice because the clocks go back.
pub fn ambiguity(at: DateTime<Utc>, zone: Tz) -> Option<String> {
    let here = at.with_timezone(&zone);
    let local = here.naive_local();
    let chrono::LocalResult::Ambiguous(earlier, later) = zone.from_local_datetime(&local) else { return None };
    let which = if here == earlier { "earlier" } else { "later" };
    let abbreviation = |at: &DateTime<Tz>| at.offset().abbreviation().unwrap_or_default().to_owned();
    Some(format!(
        "The clocks go back that day: {} comes twice, first as {}, then as {}. The {which} one is planned.",
        local.format("%H:%M"),
        abbreviation(&earlier),
        abbreviation(&later),
    ))
}

fn skipped(local: NaiveDateTime, zone: Tz) -> String {
    let next = GapInfo::new(&local, &zone).and_then(|gap| gap.end).map(|end| end.format("%Y-%m-%dT%H:%M").to_string());
    let next = next.map(|next| format!(" The next time that does is {next}.")).unwrap_or_default();
    format!("The clocks go forward then: {} does not exist in {}.{next}", local.format("%Y-%m-%dT%H:%M"), zone.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America, Asia, Europe};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_local_time_is_meant_in_its_zone_and_an_exact_one_as_it_stands() {
        assert_eq!(parse("2026-11-24T14:00", Europe::Berlin).unwrap(), utc("2026-11-24T13:00:00Z"));
        assert_eq!(parse(" 2026-07-24T14:00:30 ", Europe::Berlin).unwrap(), utc("2026-07-24T12:00:30Z"));
        assert_eq!(parse("2026-11-24T14:00", Asia::Kolkata).unwrap(), utc("2026-11-24T08:30:00Z"));
        assert_eq!(parse("2026-11-24T14:00:00-05:00", Europe::Berlin).unwrap(), utc("2026-11-24T19:00:00Z"));
        for bad in ["", "tomorrow", "2026-13-01T10:00", "2026-11-24"] {
            assert!(parse(bad, Europe::Berlin).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_refused_with_the_next_that_exists() {
        let refused = parse("2026-03-29T02:30", Europe::Berlin).unwrap_err();
        assert!(refused.contains("2026-03-29T02:30 does not exist in Europe/Berlin") && refused.contains("2026-03-29T03:00"), "{refused}");
        let refused = parse("2026-03-08T02:00", America::New_York).unwrap_err();
        assert!(refused.contains("2026-03-08T03:00"), "{refused}");
        assert!(parse("2026-03-29T03:00", Europe::Berlin).is_ok());
    }

    #[test]
    fn of_a_time_that_comes_twice_the_earlier_is_taken_and_said() {
        let at = parse("2026-10-25T02:30", Europe::Berlin).unwrap();
        assert_eq!(at, utc("2026-10-25T00:30:00Z"));
        let said = ambiguity(at, Europe::Berlin).unwrap();
        assert!(said.contains("02:30 comes twice, first as CEST, then as CET. The earlier one"), "{said}");
        assert!(ambiguity(utc("2026-10-25T01:30:00Z"), Europe::Berlin).unwrap().contains("The later one"));
        assert_eq!(ambiguity(utc("2026-10-25T04:30:00Z"), Europe::Berlin), None);
        assert_eq!(ambiguity(at, Asia::Kolkata), None);
    }

    #[test]
    fn a_plan_lies_neither_long_in_the_past_nor_years_ahead() {
        let now = utc("2026-11-24T14:00:00Z");
        assert!(check(utc("2026-11-23T14:00:00Z"), now, false).is_ok());
        assert!(check(utc("2026-11-23T13:59:59Z"), now, false).is_err());
        assert!(check(utc("2026-11-01T14:00:00Z"), now, true).is_ok());
        assert!(check(utc("2062-11-24T14:00:00Z"), now, true).is_err());
    }
}
