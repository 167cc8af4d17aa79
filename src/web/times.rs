//! Times as people read them: in the reader's zone, with the zone named; and the zones to choose from.

use std::sync::LazyLock;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::Serialize;

/// A moment for `<local_time at={m.at} text={m.text} zone={m.zone} />`.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// RFC 3339 in UTC.
    pub at: String,
    /// As in `Tue 3 Mar 2026, 14:00`.
    pub text: String,
    /// As in `Berlin`.
    pub zone: String,
}

impl Moment {
    pub fn of(at: DateTime<Utc>, zone: Tz) -> Self {
        Moment {
            at: at.to_rfc3339_opts(SecondsFormat::Secs, true),
            text: at.with_timezone(&zone).format("%a %-d %b %Y, %H:%M").to_string(),
            zone: zone_name(zone),
        }
    }
}

/// The place that stands for a zone.
pub fn zone_name(zone: Tz) -> String {
    zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

/// The zones of one part of the world, as the component `select` takes them.
#[derive(Debug, Serialize)]
pub struct ZoneGroup {
    pub label: &'static str,
    pub options: Vec<ZoneOption>,
}

#[derive(Debug, Serialize)]
pub struct ZoneOption {
    pub value: &'static str,
    pub label: String,
}

const REGIONS: [&str; 9] = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// Every zone that is named after a place, by region, and UTC. Old names without a region are left out;
/// they are understood when a program sends one.
pub fn zones() -> &'static [ZoneGroup] {
    static ZONES: LazyLock<Vec<ZoneGroup>> = LazyLock::new(|| {
        let utc = ZoneGroup { label: "Everywhere", options: vec![ZoneOption { value: "UTC", label: "UTC".into() }] };
        REGIONS.into_iter().map(|label| ZoneGroup { label, options: of_region(label) }).chain([utc]).collect()
    });
    &ZONES
}

fn of_region(region: &str) -> Vec<ZoneOption> {
    let place = |zone: &'static Tz| {
        let place = zone.name().strip_prefix(region)?.strip_prefix('/')?;
        Some(ZoneOption { value: zone.name(), label: place.replace('_', " ").replace('/', ", ") })
    };
    chrono_tz::TZ_VARIANTS.iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_the_readers_zone_and_names_it() {
        let at: DateTime<Utc> = "2026-03-03T13:00:00Z".parse().unwrap();
        let moment = Moment::of(at, chrono_tz::America::Argentina::Buenos_Aires);
        assert_eq!((moment.at.as_str(), moment.text.as_str()), ("2026-03-03T13:00:00Z", "Tue 3 Mar 2026, 10:00"));
        assert_eq!(moment.zone, "Buenos Aires");
    }

    #[test]
    fn every_zone_on_offer_is_understood() {
        let offered: Vec<_> = zones().iter().flat_map(|group| &group.options).map(|option| option.value).collect();
        assert!(offered.len() > 400, "{}", offered.len());
        assert!(offered.contains(&"Europe/Berlin") && offered.contains(&"America/Argentina/Buenos_Aires"));
        assert!(offered.iter().all(|zone| crate::platform::parse::time_zone(zone).is_ok()));
    }
}
