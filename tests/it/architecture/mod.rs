//! The rules of docs/ARCHITECTURE.md that a program can check: who may import whom, who writes what, where
//! the time comes from.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use source::{INNER, Source, inner_feature, part, sources};

/// The floors that are not features, lowest first; features stand between `web` and `routes`.
const FLOORS: [(&str, u32); 7] = [("platform", 0), ("policy", 1), ("web", 2), ("routes", 100), ("app", 101), ("cli", 102), ("main", 103)];

#[test]
fn every_module_uses_only_what_stands_below_it() {
    let sources = sources();
    let floors = floors(sources);
    let mut wrong = Vec::new();
    for source in sources {
        let Some(here) = floors.get(source.top()) else {
            wrong.push(format!("{}: src/lib.rs names no floor for {:?}", source.path, source.top()));
            continue;
        };
        for path in &source.paths {
            // The tables' names; who may say them is another test's matter.
            let Some(there) = floors.get(path[0].as_str()).filter(|_| path[0] != "schema") else { continue };
            if path[0] != source.top() && there >= here {
                wrong.push(format!("{} uses {}", source.path, path.join("::")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_feature_is_used_through_its_front_only() {
    let sources = sources();
    let features = features(sources);
    let mut wrong = Vec::new();
    for source in sources {
        for path in &source.paths {
            let same = path[0] == source.top() && inner_feature(path) == inner_feature(&source.module);
            let foreign = features.contains(&path[0]) && !same;
            let Some(part) = part(path).filter(|part| foreign && INNER.contains(part)) else { continue };
            let allowed = match source.top() {
                "routes" => ["pages", "api"].contains(&part),
                "app" => part == "jobs",
                _ => false,
            };
            if !allowed {
                wrong.push(format!("{} uses {}", source.path, path.join("::")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn within_a_feature_model_store_service_and_handlers_know_only_what_is_below() {
    let sources = sources();
    let forbidden: &[(&str, &[&str])] = &[
        ("model", &["store", "service", "pages", "api", "jobs"]),
        ("store", &["service", "pages", "api", "jobs"]),
        ("service", &["pages", "api"]),
        ("pages", &["store", "api", "jobs"]),
        ("api", &["store", "pages", "jobs"]),
        ("jobs", &["pages", "api"]),
    ];
    let mut wrong = Vec::new();
    for source in of_features(sources) {
        let Some((_, not)) = forbidden.iter().find(|(part, _)| *part == source.part()) else { continue };
        for path in source.paths.iter().filter(|path| path[0] == source.top()) {
            if part(path).is_some_and(|part| not.contains(&part)) {
                wrong.push(format!("{} uses {}", source.path, path.join("::")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn handlers_know_no_sql_and_services_no_http() {
    let sources = sources();
    let (mut wrong, mut patterns) = (Vec::new(), BTreeMap::new());
    for source in of_features(sources) {
        let not: &[&str] = match source.part() {
            "pages" | "api" => &[r"\bdiesel\b", r"\.conn\(\)", r"\bschema::"],
            // A model may derive how its values lie in a column, and no more.
            "model" => {
                &[r"\bactix_web\b", r"\bdiesel::(?:prelude|insert|update|delete|select|sql_query|connection)", r"\.conn\(\)", r"\bschema::"]
            }
            "service" | "jobs" => &[r"\bactix_web\b", r"\bdiesel\b", r"\.conn\(\)", r"\bschema::"],
            "store" => &[r"\bactix_web\b"],
            _ => &[r"\bdiesel\b", r"\.conn\(\)", r"\bschema::"],
        };
        for pattern in not {
            let pattern = patterns.entry(pattern).or_insert_with(|| Regex::new(pattern).unwrap());
            if let Some(found) = pattern.find(&source.code) {
                wrong.push(format!("{} has {}", source.path, found.as_str()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn handlers_do_not_decide_who_may() {
    let wrong: Vec<_> = sources()
        .iter()
        .filter(|source| matches!(source.part(), "pages" | "api"))
        .filter(|source| source.paths.iter().any(|path| path[0] == "policy" && path.last().is_some_and(|name| name == "allow")))
        .map(|source| source.path.clone())
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "the first line of the service says policy::allow; a page may only ask what to offer");
}

#[test]
fn a_table_is_written_by_one_feature_in_its_store() {
    let sources = sources();
    let verb =
        Regex::new(r"\b(?:insert_into|insert_or_ignore_into|update|delete|replace_into)\(\s*(?:crate::schema::)?(&?\w+)(::\w+)?").unwrap();
    let sql = Regex::new(r"(?i)\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+([a-z_]+)\b").unwrap();
    let tables = tables(sources);
    let mut writers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for source in sources {
        let diesel = verb.captures_iter(&source.code).filter_map(|found| {
            let is_diesel = found.get(2).is_some_and(|rest| rest.as_str() == "::table") || tables.contains(&found[1]);
            is_diesel.then(|| source.unaliased(&found[1]).to_owned())
        });
        let raw = sql.captures_iter(&source.code).map(|found| found[1].to_lowercase()).filter(|name| tables.contains(name));
        for table in diesel.chain(raw) {
            if source.top() != "platform" && source.part() != "store" {
                wrong.push(format!("{} writes {table} outside of a store", source.path));
            }
            writers.entry(table).or_default().insert(source.top().to_owned());
        }
        // A row as the target hides the table.
        if source.code.contains("diesel::update(&") || source.code.contains("diesel::delete(&") {
            wrong.push(format!("{} hides which table it writes", source.path));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(writers.len() > 5, "the search finds what is written: {writers:?}");
    writers.retain(|_, features| features.len() > 1);
    assert_eq!(writers, BTreeMap::new(), "written by more than one feature");
}

#[test]
fn the_clock_is_read_in_one_place() {
    let clock = Regex::new(
        r"\b(?:Utc|Local|SystemTime|OffsetDateTime|Uuid)::now\w*\(|(?i)\b(?:current_timestamp|clock_timestamp|localtimestamp)\b",
    )
    .unwrap();
    let sql_clock = Regex::new(r#"(?i)(?:\bSELECT|\bSET|\bVALUES|\bWHERE|[=<>,(])\s*now\(\)"#).unwrap();
    let wrong: Vec<_> = sources()
        .iter()
        .filter(|source| !source.path.starts_with("platform/db/"))
        .flat_map(|source| {
            let found = clock.find(&source.code).or_else(|| sql_clock.find(&source.code));
            found.map(|found| format!("{}: {}", source.path, found.as_str()))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "take tx.now or Db::now()");
}

#[test]
fn every_feature_says_what_it_is_and_keeps_its_inside_private() {
    let sources = sources();
    let inner = sources.iter().filter_map(|source| Some(format!("{}/{}", source.top(), inner_feature(&source.module)?)));
    for feature in features(sources).into_iter().chain(inner.collect::<BTreeSet<_>>()) {
        let front = sources.iter().find(|source| source.path == format!("{feature}/mod.rs"));
        let Some(front) = front else { continue };
        assert!(front.text.starts_with("//! "), "{}: what it is, what is always true, who may", front.path);
        for inside in ["model", "store", "service"] {
            assert!(!front.code.contains(&format!("pub mod {inside};")), "{} opens its {inside}", front.path);
        }
    }
}

#[test]
fn names_say_what_is_in_a_file_and_files_stay_small() {
    let sources = sources();
    for source in sources {
        for part in &source.module {
            assert!(!["util", "utils", "helper", "helpers", "common", "misc"].contains(&part.as_str()), "{} says nothing", source.path);
        }
        let beside = source.path.strip_suffix(".rs").filter(|_| !source.path.ends_with("mod.rs")).map(|path| format!("{path}/"));
        let doubled = beside.is_some_and(|folder| sources.iter().any(|other| other.path.starts_with(&folder)));
        assert!(!doubled, "{}: the file of a folder is its mod.rs", source.path);
        let lines = source.text.lines().filter(|_| source.path != "schema.rs").count();
        assert!(lines <= 400, "{} has {lines} lines; more than 400 become a folder of the same name", source.path);
    }
    let main = sources.iter().find(|source| source.path == "main.rs").unwrap();
    assert!(main.text.lines().count() <= 40, "main.rs only hands over");
}

#[test]
fn nothing_is_left_half_done() {
    let left = Regex::new(r"\b(?:todo|unimplemented|dbg)!|\.unwrap\(\)").unwrap();
    let note = Regex::new(r"\b(?:TODO|FIXME|XXX|HACK)\b").unwrap();
    let wrong: Vec<_> = sources()
        .iter()
        .flat_map(|source| {
            let found = left.find(&source.code).or_else(|| note.find(&source.text));
            found.map(|found| format!("{}: {}", source.path, found.as_str()))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

/// The features in the order in which src/lib.rs lists them.
fn features(sources: &'static [Source]) -> Vec<String> {
    let map = sources.iter().find(|source| source.path == "lib.rs").unwrap();
    let docs: String = map.text.lines().filter_map(|line| line.strip_prefix("//!")).collect();
    let (_, list) = docs.split_once("in this list:").expect("src/lib.rs lists the features");
    let list = list.split('`').nth(1).expect("the list stands in backticks");
    list.split_whitespace().map(str::to_owned).collect()
}

fn floors(sources: &'static [Source]) -> BTreeMap<String, u32> {
    let features = features(sources).into_iter().zip(10..);
    let macros = Regex::new(r"#\[macro_export\]\s*macro_rules! (\w+)").unwrap();
    let exported = sources
        .iter()
        .filter(|source| source.top() == "platform")
        .flat_map(|source| macros.captures_iter(&source.text).map(|found| (found[1].to_owned(), 0)).collect::<Vec<_>>());
    let fixed = FLOORS.iter().map(|(name, floor)| ((*name).to_owned(), *floor));
    // lib.rs is the map, schema.rs is generated; neither uses anything.
    features.chain(exported).chain(fixed).chain([("lib".to_owned(), 200), ("schema".to_owned(), 200)]).collect()
}

fn of_features(sources: &'static [Source]) -> impl Iterator<Item = &'static Source> {
    let features = features(sources);
    sources.iter().filter(move |source| features.iter().any(|feature| feature == source.top()))
}

fn tables(sources: &'static [Source]) -> BTreeSet<String> {
    let schema = sources.iter().find(|source| source.path == "schema.rs").unwrap();
    let table = Regex::new(r"table! \{\s+(\w+) \(").unwrap();
    table.captures_iter(&schema.text).map(|found| found[1].to_owned()).collect()
}
