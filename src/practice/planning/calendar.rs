//! A plan as an iCalendar file (RFC 5545): one event a day, at the time and in the zone of whose plan it is. Pure.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use icalendar::{Component as _, Event, EventStatus};

use crate::interviews::calendar::{local, time_zone};
use crate::practice::model::PlanId;

/// A plan as the calendar knows it.
#[derive(Debug, Clone)]
pub struct Heading {
    pub plan: PlanId,
    pub made_at: DateTime<Utc>,
    pub written_at: DateTime<Utc>,
    pub zone: Tz,
    pub begins_at: NaiveTime,
    pub url: String,
}

/// One day of it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub on: NaiveDate,
    pub minutes: u16,
    pub lines: Vec<String>,
}

/// The whole file, lines folded and ended as the standard wants.
pub fn write(heading: &Heading, entries: &[Entry]) -> String {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fivefold//Practice//EN", "CALSCALE:GREGORIAN"];
    let head: String = head.iter().map(|line| format!("{line}\r\n")).collect();
    let times: Vec<DateTime<Utc>> = entries.iter().map(|entry| begins(heading, entry.on)).collect();
    let zone = times.iter().min().zip(times.iter().max()).map(|(first, last)| time_zone(heading.zone, *first, *last + TimeDelta::days(1)));
    let events: String = entries.iter().zip(&times).map(|(entry, at)| event(heading, entry, *at)).collect();
    format!("{head}{}{events}END:VCALENDAR\r\n", zone.unwrap_or_default())
}

/// Known by plan and day, so that a newer file changes the same events. Its number is how many minutes old the plan is:
/// it rises with every file, and a calendar takes the newer one.
fn event(heading: &Heading, entry: &Entry, at: DateTime<Utc>) -> String {
    let ends = at + TimeDelta::minutes(i64::from(entry.minutes.max(5)));
    let sequence = (heading.written_at - heading.made_at).num_minutes().max(0);
    let mut event = Event::new();
    event
        .uid(&format!("{}-{}@fivefold", heading.plan, entry.on.format("%Y%m%d")))
        .sequence(u32::try_from(sequence).unwrap_or(u32::MAX))
        .timestamp(heading.written_at)
        .append_property(local("DTSTART", at, heading.zone))
        .append_property(local("DTEND", ends, heading.zone))
        .summary(&format!("Practise, {} min", entry.minutes))
        .description(&entry.lines.join("\n"))
        .url(&heading.url)
        .status(EventStatus::Confirmed);
    event.done().try_into_string().unwrap_or_default()
}

/// A time that the clocks leave out on a day is an hour later there; of one that comes twice it is the first.
fn begins(heading: &Heading, on: NaiveDate) -> DateTime<Utc> {
    let at = on.and_time(heading.begins_at);
    let found = heading.zone.from_local_datetime(&at).earliest();
    let found = found.or_else(|| heading.zone.from_local_datetime(&(at + TimeDelta::hours(1))).earliest());
    found.map_or_else(|| at.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use icalendar::parser::{read_calendar, unfold};
    use icalendar::{Calendar, CalendarDateTime, DatePerhapsTime};

    fn heading(written_at: &str) -> Heading {
        Heading {
            plan: PlanId(uuid::Uuid::from_u128(7)),
            made_at: "2026-03-20T08:00:00Z".parse().unwrap(),
            written_at: written_at.parse().unwrap(),
            zone: chrono_tz::Europe::Berlin,
            begins_at: NaiveTime::from_hms_opt(2, 30, 0).unwrap(),
            url: "http://localhost:8080/teams/1/practice/plan".into(),
        }
    }

    fn entries() -> Vec<Entry> {
        let on = |day: &str| day.parse().unwrap();
        vec![
            Entry { on: on("2026-03-28"), minutes: 30, lines: vec!["Lazy, querysets; and \\ more".into(), "Rest".into()] },
            Entry { on: on("2026-03-29"), minutes: 0, lines: vec!["Rest".into()] },
        ]
    }

    #[test]
    fn each_day_is_one_event_in_the_persons_zone_with_a_name_that_stays() {
        let text = write(&heading("2026-03-20T08:00:00Z"), &entries());
        assert!(text.split("\r\n").all(|line| line.len() <= 75) && !text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
        let calendar = Calendar::from(read_calendar(&unfold(&text)).unwrap());
        let events: Vec<_> = calendar.events().collect();
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].get_uid(), Some("00000000-0000-0000-0000-000000000007-20260328@fivefold"));
        assert_eq!(events[0].get_description(), Some("Lazy, querysets; and \\ more\nRest"));
        let at = |text: &str| {
            let date_time = text.parse().unwrap();
            Some(DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid: "Europe/Berlin".into() }))
        };
        assert_eq!(events[0].get_start(), at("2026-03-28T02:30:00"));
        // The clocks leave 02:30 out on this day.
        assert_eq!(events[1].get_start(), at("2026-03-29T03:30:00"));
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
        assert!(text.contains("BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000"), "{text}");

        let later = write(&heading("2026-03-21T08:00:00Z"), &entries());
        let later = Calendar::from(read_calendar(&unfold(&later)).unwrap());
        let newer = later.events().next().unwrap();
        assert_eq!((newer.get_uid(), newer.get_sequence()), (events[0].get_uid(), Some(1440)));
        assert_eq!(events[0].get_sequence(), Some(0));
    }

    #[test]
    fn an_empty_plan_is_an_empty_calendar() {
        assert!(read_calendar(&write(&heading("2026-03-20T08:00:00Z"), &[])).unwrap().components.is_empty());
    }
}
