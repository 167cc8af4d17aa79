//! The built-in library: its files, and how they come into the database.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use fivefold::app;
use fivefold::platform::db::Clock;
use fivefold::platform::error::FieldErrors;
use fivefold::question_sets::{self, Kind, QuestionSetFile};
use fivefold::rubrics::{self, AREA_KEYS, Level};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{App, Database};

fn clock() -> Clock {
    std::sync::Arc::new(|| "2026-06-01T00:00:00Z".parse().unwrap())
}

/// Every version that a new server has: an earlier one of a set stays beside the newest.
const BUILT_IN: [&str; 10] = [
    "django-backend 1",
    "django-backend 2",
    "entry-tool-library 1",
    "five-areas 1",
    "five-areas-backend 1",
    "five-areas-rust 1",
    "general-backend 1",
    "mid-seventy-depots 1",
    "rust-backend 1",
    "senior-garages 1",
];

const VERSIONS: &str = "SELECT slug || ' ' || number FROM library_question_set_versions UNION ALL \
    SELECT slug || ' ' || number FROM library_rubric_versions UNION ALL \
    SELECT slug || ' ' || number FROM library_gold_interview_versions ORDER BY 1";

#[actix_web::test]
async fn a_start_with_nothing_new_changes_nothing() {
    let app = App::new().await;
    let before = (app.texts(VERSIONS), app.texts("SELECT xmin::text FROM library_question_set_versions"));
    app::import_library(&app.database.url(), &clock()).unwrap();
    app::import_library(&app.database.url(), &clock()).unwrap();
    assert_eq!((app.texts(VERSIONS), app.texts("SELECT xmin::text FROM library_question_set_versions")), before);
    assert_eq!(before.0, BUILT_IN);
}

#[actix_web::test]
async fn new_content_is_the_next_version_and_the_earlier_stays() {
    let app = App::new().await;
    // As if an earlier release had brought another text.
    app.sql(
        "UPDATE library_question_set_versions SET content_hash = '\\x00', content = jsonb_set(content, '{name}', '\"Before\"')
             WHERE slug = 'django-backend' AND number = 2",
    );
    app::import_library(&app.database.url(), &clock()).unwrap();
    let versions = app.texts(VERSIONS);
    assert_eq!(versions[..3], ["django-backend 1", "django-backend 2", "django-backend 3"]);
    assert_eq!(versions.len(), BUILT_IN.len() + 1, "the others have nothing new");
    assert_eq!(
        app.text("SELECT content->>'name' FROM library_question_set_versions WHERE slug = 'django-backend' AND number = 2"),
        "Before"
    );

    let question =
        "SELECT q->>'id' FROM library_question_set_versions, jsonb_array_elements(content->'questions') q WHERE q->>'key' = 'signals'";
    let ids = app.texts(question);
    assert_eq!((ids.len(), &ids[0]), (3, &ids[1]), "a question is recognised over the versions");
}

#[actix_web::test]
async fn servers_that_start_together_publish_once() {
    let database = Database::empty();
    fivefold::platform::db::migrate(&database.url()).unwrap();
    let url = database.url();
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| app::import_library(&url, &clock()).unwrap());
        }
    });
    assert_eq!(crate::support::texts(&mut database.connect(), VERSIONS), BUILT_IN);
}

#[actix_web::test]
async fn the_role_that_answers_requests_cannot_write_the_library() {
    let app = App::new().await;
    for table in ["library_question_set_versions", "library_rubric_versions", "library_gold_interview_versions"] {
        for act in
            [format!("UPDATE {table} SET slug = 'x'"), format!("DELETE FROM {table}"), format!("INSERT INTO {table} SELECT * FROM {table}")]
        {
            let mut conn = app.database.connect();
            conn.batch_execute("SET ROLE fivefold_app").unwrap();
            let refused = conn.transaction(|conn| conn.batch_execute(&act)).unwrap_err();
            assert!(refused.to_string().contains("permission denied"), "{act}: {refused}");
        }
    }
}

// The files.

#[test]
fn every_file_is_in_its_format() {
    let (rubrics, sets) = (files("rubrics"), files("question-sets"));
    let read = rubrics.iter().map(|(slug, text)| rubric(slug, text)).chain(sets.iter().map(|(slug, text)| question_set(slug, text)));
    let wrong: Vec<String> = read.filter_map(Result::err).map(|errors| errors.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

/// What the format does not ask for; the built-in library has all of it.
const MAY_BE_MISSING: [&str; 4] = ["rubric", "anchors", "strong_answer", "weak_answer"];

#[test]
fn the_built_in_sets_leave_nothing_to_be_wished_for() {
    for (slug, text) in files("question-sets") {
        let set = question_sets::parse_file(&slug, &text).unwrap();
        assert_eq!(set.advice().to_string(), "", "{slug}");
        assert!(files("rubrics").iter().any(|(rubric, _)| Some(rubric) == set.rubric.as_ref()), "{slug} names a rubric that is there");
        assert!(set.questions.len() >= 20, "{slug}");
    }
}

#[test]
fn a_member_that_is_missing_unknown_or_empty_is_named() {
    for (folder, read) in [("rubrics", rubric as Read), ("question-sets", question_set)] {
        let (slug, text) = file(folder, if folder == "rubrics" { "five-areas" } else { "django-backend" });
        let whole: Value = serde_json::from_str(&text).unwrap();
        for place in ["", "/areas/4", "/areas/0/anchors/2", "/areas/1/expected", "/cuts/mid", "/warning_signs/0", "/questions/3"] {
            let Some(members) = whole.pointer(place).and_then(Value::as_object) else { continue };
            for name in members.keys().filter(|name| !MAY_BE_MISSING.contains(&name.as_str())) {
                let without = changed(&whole, place, |members| drop(members.remove(name)));
                refuses(read, &slug, &without, name);
                // A set explains itself by its questions.
                if members[name].is_string() && !(place.is_empty() && name == "description" && folder == "question-sets") {
                    let empty = changed(&whole, place, |members| members[name] = json!(""));
                    refuses(read, &slug, &empty, name);
                }
            }
            let with = changed(&whole, place, |members| drop(members.insert("surprise".into(), json!(1))));
            refuses(read, &slug, &with, "surprise");
        }
    }
}

#[test]
fn a_rule_of_the_format_that_is_broken_is_named_with_its_place() {
    let (slug, text) = file("rubrics", "five-areas");
    let rubric_with = |place: &str, value: Value| replaced(&text, place, value);
    for (place, value, says) in [
        ("/areas/0/anchors/0/level", json!(2), "areas[0].anchors[0].level"),
        ("/areas/3/key", json!("talking"), "areas[3].key"),
        ("/areas/2/expected/entry", json!(5), "areas[2].expected"),
        ("/areas/2/weight", json!(2), "weights_reason"),
        ("/cuts/mid/hiring", json!([3.0, 2.0, 4.0]), "cuts.mid.hiring"),
        ("/warning_signs/1/key", json!("memorised-definitions"), "warning_signs[1].key"),
        ("/slug", json!("other"), "slug"),
    ] {
        refuses(rubric, &slug, &rubric_with(place, value), says);
    }
    let weighed =
        replaced(&rubric_with("/areas/2/weight", json!(2)).to_string(), "/weights_reason", json!("Production counts twice here."));
    assert!(rubric(&slug, &weighed.to_string()).is_ok(), "unequal weights with a reason are allowed");

    let (slug, text) = file("question-sets", "django-backend");
    for (place, value, says) in [
        ("/questions/2/areas", json!(["framework", "magic"]), "magic"),
        ("/questions/2/areas", json!([]), "questions[2] (safe-schema-changes).areas"),
        ("/questions/2/levels", json!(["mid", "mid"]), "levels"),
        ("/questions/2/kind", json!("riddle"), "questions[2].kind"),
        ("/questions/2/minutes", json!(0), "minutes"),
        ("/questions/2/key", json!("introduce-yourself"), "key"),
        ("/questions/2/title", json!("x".repeat(49)), "title"),
        ("/questions/2/listen_for", json!([]), "listen_for"),
        ("/questions/2/probes", json!(["one", "two", "two"]), "probes"),
        ("/questions/2/anchors", json!([{"level": 1, "text": "One."}]), "anchors"),
        ("/questions/2/anchors", json!(anchors(["a", "b", "c", "A.", "e"])), "anchors[3].text"),
        ("/questions/2/weak_answer", json!({"text": "Well.", "why": ""}), "weak_answer.why"),
        ("/questions/2/strong_answer", json!(" We did."), "strong_answer"),
    ] {
        refuses(question_set, &slug, &replaced(&text, place, value), says);
    }
}

fn anchors(texts: [&str; 5]) -> Vec<Value> {
    (1..).zip(texts).map(|(level, text): (u8, _)| json!({"level": level, "text": text})).collect()
}

/// A team may keep what is much for the room, and is told; the built-in sets leave nothing to be told.
#[test]
fn what_is_too_much_for_the_room_is_said_and_not_refused() {
    let (slug, text) = file("question-sets", "django-backend");
    for (place, value, says) in [
        ("/questions/2/prompt", json!("One. Two. Three. Four."), "prompt"),
        ("/questions/2/listen_for", json!(["one", "two", "three"]), "listen_for"),
        ("/questions/2/probes", json!(["one", "two", "three", "four", "five"]), "probes"),
        ("/questions/2/warning_signs", json!(["x".repeat(61), "y"]), "warning_signs[0]"),
    ] {
        let set = question_sets::parse_file(&slug, &replaced(&text, place, value).to_string()).unwrap();
        let advice = set.advice().to_string();
        assert!(advice.contains(&format!("questions[2] (safe-schema-changes).{says}")), "{says}: {advice}");
    }
}

#[test]
fn two_anchors_alike_are_refused() {
    let (slug, text) = file("rubrics", "five-areas");
    let whole: Value = serde_json::from_str(&text).unwrap();
    let words = whole.pointer("/areas/0/anchors/1/text").unwrap().as_str().unwrap().to_uppercase().replace(',', " –");
    refuses(rubric, &slug, &replaced(&text, "/areas/0/anchors/3/text", json!(words)), "areas[0].anchors[3].text");
    refuses(rubric, &slug, &replaced(&text, "/areas/4/anchors/3/text", json!(words)), "areas[4].anchors[3].text");
}

/// A 45-minute interview gives each area a fifth of its time.
#[test]
fn every_area_has_enough_questions_for_three_quarters_of_an_hour_at_every_level() {
    for (slug, text) in files("question-sets") {
        let set = question_sets::parse_file(&slug, &text).unwrap();
        assert_eq!(shortages(&set), Vec::<String>::new(), "{slug}");

        let mut thinner = set.clone();
        thinner.questions.retain(|question| question.areas[0] != "production" || !question.levels.contains(&Level::Senior));
        assert!(shortages(&thinner).contains(&"production at level senior: 0 questions, 0 minutes".to_owned()), "{slug}");
    }
}

/// Questions that are about the area first, openings and closings aside: at least two, with nine minutes.
fn shortages(set: &QuestionSetFile) -> Vec<String> {
    let mut short = Vec::new();
    for (area, level) in AREA_KEYS.iter().flat_map(|area| Level::ALL.iter().map(move |level| (area, level))) {
        let about = |question: &&question_sets::QuestionFile| {
            question.areas[0] == *area && question.levels.contains(level) && !matches!(question.kind, Kind::Opening | Kind::Closing)
        };
        let questions: Vec<_> = set.questions.iter().filter(about).collect();
        let minutes: u16 = questions.iter().map(|question| question.minutes).sum();
        if questions.len() < 2 || minutes < 45 / 5 {
            short.push(format!("{area} at level {level}: {} questions, {minutes} minutes", questions.len()));
        }
    }
    short
}

/// Facts carry over, sentences do not.
#[test]
fn no_eight_words_in_a_row_come_from_the_hiring_guide() {
    let guide: BTreeSet<&str> = include_str!("../data/hiring-guide-runs.txt").lines().filter(|line| !line.starts_with('#')).collect();
    assert!(guide.len() > 2_000 && guide.iter().all(|run| run.len() == 12));
    let mut copied = BTreeMap::new();
    for (slug, text) in files("rubrics").into_iter().chain(files("question-sets")) {
        for text in strings(&serde_json::from_str(&text).unwrap()) {
            let found: Vec<String> = runs(&text).into_iter().filter(|run| guide.contains(hash(run).as_str())).collect();
            copied.extend(found.into_iter().map(|run| (run, slug.clone())));
        }
    }
    assert_eq!(copied, BTreeMap::new());
}

/// The normalisation that tests/data/hiring-guide-runs.txt describes.
fn runs(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(8).map(|run| run.join(" ")).collect()
}

fn hash(run: &str) -> String {
    Sha256::digest(run.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn runs_are_the_same_however_a_text_is_set() {
    assert_eq!(
        runs("It’s ONE, two; three—four\n(five) six 7 eight."),
        ["its one two three four five six 7", "one two three four five six 7 eight"]
    );
    assert!(runs("only seven words are not a run").is_empty());
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(members) => members.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

type Read = fn(&str, &str) -> Result<(), FieldErrors>;

fn rubric(slug: &str, text: &str) -> Result<(), FieldErrors> {
    rubrics::parse_file(slug, text).map(drop)
}

fn question_set(slug: &str, text: &str) -> Result<(), FieldErrors> {
    question_sets::parse_file(slug, text).map(drop)
}

/// The slug and the text of each file below `library/`, which holds nothing else.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("library").join(folder);
    let paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!paths.is_empty() && paths.iter().all(|path| path.extension().is_some_and(|ending| ending == "json")), "{paths:?}");
    let slug = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (slug(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn file(folder: &str, slug: &str) -> (String, String) {
    files(folder).into_iter().find(|(name, _)| name == slug).unwrap()
}

#[track_caller]
fn refuses(read: Read, slug: &str, file: &Value, says: &str) {
    let errors = read(slug, &serde_json::to_string_pretty(file).unwrap()).expect_err(says).to_string();
    assert!(errors.contains(says), "{says:?} is not named in: {errors}");
}

fn changed(whole: &Value, place: &str, change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> Value {
    let mut copy = whole.clone();
    change(copy.pointer_mut(place).and_then(Value::as_object_mut).unwrap());
    copy
}

fn replaced(text: &str, place: &str, value: Value) -> Value {
    let (parent, name) = place.rsplit_once('/').unwrap();
    changed(&serde_json::from_str(text).unwrap(), parent, |members| drop(members.insert(name.into(), value)))
}

/// Every row of the guide's topics is there once, and each key that it names is one of the files'.
#[test]
fn the_map_of_the_guide_names_only_what_is_there() {
    let readme = std::fs::read_to_string("library/README.md").unwrap();
    let set: Value = serde_json::from_str(&std::fs::read_to_string("library/question-sets/django-backend.json").unwrap()).unwrap();
    let rubric: Value = serde_json::from_str(&std::fs::read_to_string("library/rubrics/five-areas.json").unwrap()).unwrap();
    let keys = |list: &Value| list.as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let known = [keys(&set["questions"]), keys(&rubric["areas"]), keys(&rubric["warning_signs"])].concat();
    let mut topics = Vec::new();
    for line in readme.lines().filter(|line| line.starts_with("| ")) {
        let topic = line.split('|').nth(1).unwrap().trim();
        let (group, number) = topic.split_at(1);
        if !matches!(group, "A" | "B" | "C" | "D" | "E" | "F") || number.parse::<u8>().is_err() {
            continue;
        }
        topics.push(topic.to_owned());
        for key in line.split('`').skip(1).step_by(2).filter(|key| key.contains('-') && !key.contains(['…', '.', ' '])) {
            assert!(known.iter().any(|known| known == key), "{topic}: {key:?} is neither question, area nor warning sign");
        }
        if group == "C" {
            let key = line.split('`').nth(1).unwrap();
            assert!(keys(&set["questions"]).iter().any(|known| known == key), "{topic}: {key:?} is no question");
        }
    }
    let asked = [("A", 5), ("B", 3), ("C", 27), ("D", 7), ("E", 5), ("F", 4)];
    let asked: Vec<String> = asked.into_iter().flat_map(|(group, last)| (1..=last).map(move |number| format!("{group}{number}"))).collect();
    assert_eq!(topics, asked);
}
