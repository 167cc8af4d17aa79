//! The interview as an iCalendar object (RFC 5545, 5546). Pure: what goes in is all there is.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::{OffsetComponents as _, OffsetName as _, Tz};
use icalendar::{Component as _, Event, EventLike as _, EventStatus, Property};
use uuid::Uuid;

/// One interview for one reader.
#[derive(Debug, Clone)]
pub struct Entry {
    pub interview: Uuid,
    /// Rises with every change that calendars must take over.
    pub sequence: i32,
    pub written_at: DateTime<Utc>,
    pub starts_at: DateTime<Utc>,
    pub minutes: i32,
    pub zone: Tz,
    pub summary: String,
    pub description: String,
    pub location: String,
    pub url: String,
    pub organizer: Party,
    /// The recipient and nobody else: an address is not everybody's business. None in a file that somebody opens.
    pub attendee: Option<Party>,
    pub cancelled: bool,
}

/// A name and a mail address.
#[derive(Debug, Clone)]
pub struct Party {
    pub name: String,
    pub address: String,
}

/// What a calendar is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Takes the event in, or takes its changes over.
    Request,
    Cancel,
    /// For a file that a person opens: nothing is asked of them.
    Publish,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
            Method::Publish => "PUBLISH",
        }
    }
}

/// The whole object, lines folded and ended as the standard wants.
pub fn write(entry: &Entry, method: Method) -> String {
    let lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fivefold//Interviews//EN", "CALSCALE:GREGORIAN"];
    let method_line = format!("METHOD:{}", method.as_str());
    let head: String = lines.into_iter().chain([method_line.as_str()]).map(|line| format!("{line}\r\n")).collect();
    let zone = time_zone(entry.zone, entry.starts_at, entry.starts_at + TimeDelta::minutes(i64::from(entry.minutes)));
    let event = event(entry, method).try_into_string().unwrap_or_default();
    format!("{head}{zone}{event}END:VCALENDAR\r\n")
}

fn event(entry: &Entry, method: Method) -> Event {
    let ends_at = entry.starts_at + TimeDelta::minutes(i64::from(entry.minutes));
    let mut event = Event::new();
    event
        .uid(&format!("{}@fivefold", entry.interview))
        .sequence(entry.sequence.max(0).cast_unsigned())
        .timestamp(entry.written_at)
        .append_property(local("DTSTART", entry.starts_at, entry.zone))
        .append_property(local("DTEND", ends_at, entry.zone))
        .summary(&entry.summary)
        .append_property(party("ORGANIZER", &entry.organizer));
    if let Some(attendee) = &entry.attendee {
        let mut attendee = party("ATTENDEE", attendee);
        attendee.add_parameter("ROLE", "REQ-PARTICIPANT").add_parameter("PARTSTAT", "NEEDS-ACTION").add_parameter("RSVP", "FALSE");
        event.append_property(attendee);
    }
    if !entry.description.is_empty() {
        event.description(&entry.description);
    }
    if !entry.location.is_empty() {
        event.location(&entry.location);
    }
    if !entry.url.is_empty() {
        event.url(&entry.url);
    }
    event.status(if entry.cancelled || method == Method::Cancel { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event.done()
}

pub fn local(name: &str, at: DateTime<Utc>, zone: Tz) -> Property {
    if zone == Tz::UTC {
        return Property::new(name, at.format(UTC).to_string());
    }
    let mut property = Property::new(name, at.with_timezone(&zone).format(LOCAL).to_string());
    property.add_parameter("TZID", zone.name());
    property.done()
}

/// A double quote cannot stand in a parameter, escaped or not.
fn party(name: &str, party: &Party) -> Property {
    let mut property = Property::new(name, format!("mailto:{}", party.address));
    property.add_parameter("CN", &party.name.replace('"', "'"));
    property.done()
}

const UTC: &str = "%Y%m%dT%H%M%SZ";
const LOCAL: &str = "%Y%m%dT%H%M%S";

/// A stretch in which a zone's offset stays.
struct Observance {
    /// Local time by the offset before, as the standard wants.
    begins: NaiveDateTime,
    from: i32,
    to: i32,
    daylight: bool,
    name: String,
}

/// The zone's rules as far as the event reaches: the change before it and those up to the one after it.
/// None for UTC, which needs no rules.
pub fn time_zone(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    if zone == Tz::UTC {
        return String::new();
    }
    let observances: String = observances(zone, from, to).iter().map(Observance::write).collect();
    format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n{observances}END:VTIMEZONE\r\n", zone.name())
}

fn observances(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Observance> {
    // Where the clocks change at all they do so within a year; a year more costs nothing.
    let reach = TimeDelta::days(2 * 366);
    let changes = changes(zone, from - reach, to + reach);
    let before = changes.iter().rposition(|change| *change <= from);
    let after = changes.iter().position(|change| *change > to).map_or(changes.len(), |after| after + 1);
    let mut all: Vec<_> = changes[before.unwrap_or(0)..after].iter().map(|change| Observance::at(zone, *change)).collect();
    if before.is_none() {
        all.insert(0, Observance::always(zone, from));
    }
    all
}

/// The moments in between at which the zone's offset changes. They are found by asking once a day and
/// then halving: the table behind is not open to us.
fn changes(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut changes = Vec::new();
    let mut day = from;
    while day < to {
        let next = day + TimeDelta::days(1);
        if offset(zone, day) != offset(zone, next) {
            changes.push(first_second_of(zone, day, next));
        }
        day = next;
    }
    changes
}

fn first_second_of(zone: Tz, mut old: DateTime<Utc>, mut new: DateTime<Utc>) -> DateTime<Utc> {
    let before = offset(zone, old);
    while new - old > TimeDelta::seconds(1) {
        let middle = old + (new - old) / 2;
        if offset(zone, middle) == before { old = middle } else { new = middle }
    }
    DateTime::from_timestamp(new.timestamp(), 0).unwrap_or(new)
}

/// Seconds ahead of UTC, and of those the summer's.
fn offset(zone: Tz, at: DateTime<Utc>) -> (i32, i32) {
    let here = at.with_timezone(&zone);
    let (base, summer) = (here.offset().base_utc_offset().num_seconds(), here.offset().dst_offset().num_seconds());
    ((base + summer) as i32, summer as i32)
}

impl Observance {
    fn at(zone: Tz, change: DateTime<Utc>) -> Self {
        let (from, _) = offset(zone, change - TimeDelta::seconds(1));
        let (to, summer) = offset(zone, change);
        Observance {
            begins: change.naive_utc() + TimeDelta::seconds(i64::from(from)),
            from,
            to,
            daylight: summer > 0,
            name: abbreviation(zone, change),
        }
    }

    fn always(zone: Tz, at: DateTime<Utc>) -> Self {
        let (to, summer) = offset(zone, at);
        Observance { begins: NaiveDateTime::default(), from: to, to, daylight: summer > 0, name: abbreviation(zone, at) }
    }

    fn write(&self) -> String {
        let kind = if self.daylight { "DAYLIGHT" } else { "STANDARD" };
        format!(
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\nTZNAME:{}\r\nEND:{kind}\r\n",
            self.begins.format(LOCAL),
            hours(self.from),
            hours(self.to),
            self.name
        )
    }
}

fn abbreviation(zone: Tz, at: DateTime<Utc>) -> String {
    at.with_timezone(&zone).offset().abbreviation().unwrap_or(zone.name()).to_owned()
}

/// As in `+0530`; seconds only where a zone has them.
fn hours(seconds: i32) -> String {
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let rest = if seconds % 60 == 0 { String::new() } else { format!("{:02}", seconds % 60) };
    format!("{sign}{:02}{:02}{rest}", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America, Asia, Europe};
    use icalendar::parser::{read_calendar, unfold};
    use icalendar::{Calendar, CalendarDateTime, DatePerhapsTime};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn entry(starts_at: &str, zone: Tz) -> Entry {
        Entry {
            interview: Uuid::from_u128(7),
            sequence: 2,
            written_at: utc("2026-03-01T08:00:00Z"),
            starts_at: utc(starts_at),
            minutes: 60,
            zone,
            summary: "Interview with Zoë, Ltd; part 1".into(),
            description: "First line\nSecond; with, signs and a back\\slash, and long enough that it has to be folded — twice, ää öö üü."
                .into(),
            location: "https://meet.example/a,b;c".into(),
            url: "http://localhost:8080/teams/1/interviews/7".into(),
            organizer: Party { name: "North".into(), address: "fivefold@example.com".into() },
            cancelled: false,
            attendee: Some(Party { name: "Sofia \"So\" Marin: QA".into(), address: "sofia@example.com".into() }),
        }
    }

    fn read(text: &str) -> Calendar {
        Calendar::from(read_calendar(&unfold(text)).unwrap())
    }

    #[test]
    fn it_reads_back_as_it_was_meant() {
        let entry = entry("2026-03-03T13:00:00Z", Europe::Berlin);
        let text = write(&entry, Method::Request);
        let calendar = read(&text);
        assert_eq!(calendar.property_value("METHOD"), Some("REQUEST"));
        let event = calendar.events().next().unwrap();
        assert_eq!(event.get_uid(), Some("00000000-0000-0000-0000-000000000007@fivefold"));
        assert_eq!(event.get_sequence(), Some(2));
        assert_eq!(event.get_timestamp(), Some(entry.written_at));
        assert_eq!(event.get_summary(), Some(entry.summary.as_str()));
        assert_eq!(event.get_description(), Some(entry.description.as_str()));
        assert_eq!(event.get_location(), Some(entry.location.as_str()));
        assert_eq!(event.get_status(), Some(EventStatus::Confirmed));
        let start = CalendarDateTime::WithTimezone { date_time: "2026-03-03T14:00:00".parse().unwrap(), tzid: "Europe/Berlin".into() };
        assert_eq!(event.get_start(), Some(DatePerhapsTime::DateTime(start)));
        assert!(
            unfold(&text).contains(
                "ATTENDEE;CN=\"Sofia 'So' Marin: QA\";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:sofia@example.com"
            ),
            "{text}"
        );
    }

    #[test]
    fn lines_end_and_fold_as_the_standard_wants() {
        let text = write(&entry("2026-03-03T13:00:00Z", Europe::Berlin), Method::Request);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "only CRLF ends a line");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches("DTSTAMP").count(), 1, "{text}");
    }

    #[test]
    fn a_cancellation_carries_the_same_uid() {
        let entry = entry("2026-03-03T13:00:00Z", Europe::Berlin);
        let calendar = read(&write(&entry, Method::Cancel));
        assert_eq!(calendar.property_value("METHOD"), Some("CANCEL"));
        let event = calendar.events().next().unwrap();
        assert_eq!(event.get_status(), Some(EventStatus::Cancelled));
        assert_eq!(event.get_uid(), Some("00000000-0000-0000-0000-000000000007@fivefold"));
    }

    fn rules(zone: Tz, from: &str, to: &str) -> String {
        time_zone(zone, utc(from), utc(to)).replace("\r\n", "\n")
    }

    #[test]
    fn a_zone_with_summer_time_carries_the_change_before_and_the_one_after() {
        let berlin = rules(Europe::Berlin, "2026-07-01T12:00:00Z", "2026-07-01T13:00:00Z");
        assert_eq!(
            berlin,
            "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\n\
             BEGIN:DAYLIGHT\nDTSTART:20260329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST\nEND:DAYLIGHT\n\
             BEGIN:STANDARD\nDTSTART:20261025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET\nEND:STANDARD\n\
             END:VTIMEZONE\n"
        );
        let new_york = rules(America::New_York, "2026-12-24T12:00:00Z", "2026-12-24T13:00:00Z");
        assert!(
            new_york.contains("BEGIN:STANDARD\nDTSTART:20261101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nTZNAME:EST\n"),
            "{new_york}"
        );
        assert!(new_york.contains("BEGIN:DAYLIGHT\nDTSTART:20270314T020000\n"), "{new_york}");
    }

    #[test]
    fn an_event_across_the_change_carries_all_three_stretches() {
        let berlin = rules(Europe::Berlin, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z");
        for line in ["DTSTART:20260329T020000", "DTSTART:20261025T030000", "DTSTART:20270328T020000"] {
            assert!(berlin.contains(line), "{line} is missing in {berlin}");
        }
        assert_eq!(berlin.matches("BEGIN:STANDARD").count(), 1);
        assert_eq!(berlin.matches("BEGIN:DAYLIGHT").count(), 2);
    }

    #[test]
    fn a_zone_without_summer_time_has_one_rule_and_utc_needs_none() {
        assert_eq!(
            rules(Asia::Kolkata, "2026-07-01T12:00:00Z", "2026-07-01T13:00:00Z"),
            "BEGIN:VTIMEZONE\nTZID:Asia/Kolkata\n\
             BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nTZNAME:IST\nEND:STANDARD\n\
             END:VTIMEZONE\n"
        );
        assert_eq!(rules(Tz::UTC, "2026-07-01T12:00:00Z", "2026-07-01T13:00:00Z"), "");
        assert!(write(&entry("2026-03-03T13:00:00Z", Tz::UTC), Method::Request).contains("DTSTART:20260303T130000Z\r\n"));
    }

    /// What a calendar program does with the rules: the latest observance that has begun gives the offset.
    fn by_the_rules(observances: &[Observance], local: NaiveDateTime) -> DateTime<Utc> {
        let current = observances.iter().filter(|o| o.begins <= local).max_by_key(|o| o.begins).unwrap();
        (local - TimeDelta::seconds(i64::from(current.to))).and_utc()
    }

    #[test]
    fn the_rules_give_the_right_moment_in_every_zone_of_the_world() {
        for zone in chrono_tz::TZ_VARIANTS {
            for day in ["2026-01-15T10:00:00Z", "2026-03-29T08:00:00Z", "2026-07-15T10:00:00Z", "2026-11-01T12:00:00Z"] {
                let at = utc(day);
                let observances = observances(zone, at, at + TimeDelta::hours(1));
                let local = at.with_timezone(&zone).naive_local();
                assert_eq!(by_the_rules(&observances, local), at, "{zone} {day}");
            }
        }
    }
}
