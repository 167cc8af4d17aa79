//! The published schemas say what our own readers accept and refuse; and a file that goes out comes back as it was.

use std::path::Path;

use fivefold::platform::error::FieldErrors;
use fivefold::question_sets::{self, FileKind, NewFile, QuestionAnchor, QuestionDraft, QuestionSetFile, WeakAnswer};
use fivefold::rubrics;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::App;

fn folder(name: &str) -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let mut files: Vec<(String, Value)> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap())
        })
        .collect();
    files.sort_by(|one, other| one.0.cmp(&other.0));
    files
}

#[test]
fn every_built_in_file_passes_its_published_schema() {
    for (path, file) in folder("library/question-sets").into_iter().chain(folder("library/earlier/question-sets")) {
        assert!(question_sets::schema_passes(&file), "{path}");
        question_sets::read_json(&file.to_string()).unwrap_or_else(|mistakes| panic!("{path}: {mistakes:?}"));
    }
    for (path, file) in folder("library/rubrics") {
        assert!(rubrics::schema_passes(&file), "{path}");
        rubrics::read_json(&file.to_string()).unwrap_or_else(|mistakes| panic!("{path}: {mistakes:?}"));
    }
}

#[actix_web::test]
async fn the_schemas_are_published_and_are_schemas() {
    let app = App::new().await;
    for name in ["question-set@1", "rubric@1", "gold-interview@1"] {
        let answer = app.anon().get(&format!("/schemas/{name}.json")).await.is(200);
        assert_eq!(answer.header("Content-Type"), "application/schema+json");
        let schema = answer.json();
        assert_eq!((&schema["title"], jsonschema_error(&schema)), (&json!(format!("fivefold/{name}")), None));
    }
    app.anon().get("/schemas/question-set@2.json").await.is(404);
    app.anon().get("/schemas/%2e%2e%2fCargo.toml").await.is(404);
}

/// What the standard's own schema finds in it.
fn jsonschema_error(schema: &Value) -> Option<String> {
    jsonschema::meta::validate(schema).err().map(|error| error.to_string())
}

/// What only our own rules know, since no schema can say it.
const BEYOND_SCHEMAS: [&str; 11] = [
    "This key is used above",
    "This is the title of",
    "This is the prompt of",
    "These are the words of",
    "This is the label of",
    "The areas do not weigh the same",
    "A higher seniority cannot be asked for less",
    "Cuts ascend",
    "floating point",
    "duplicate field",
    "This must be the file's name",
];

/// A schema refuses what the reader refuses, but for what no schema can say.
fn agree(file: &Value, schema_passes: bool, own: Result<(), FieldErrors>) -> Result<(), String> {
    let beyond = |message: &str| BEYOND_SCHEMAS.iter().any(|known| message.contains(known));
    match (schema_passes, own) {
        (true, Ok(())) => Ok(()),
        (false, Err(_)) => Ok(()),
        (true, Err(errors)) if errors.iter().all(|error| beyond(&error.message)) => Ok(()),
        (passes, own) => Err(format!("the schema passes: {passes}, the reader says {own:?}: {file:#}")),
    }
}

/// One line that people might write, and what breaks tables and formulas.
fn line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "=", "+", "-", "@", "'", "\"", ",", ";", "a", "B", " ", "é", "\u{2028}", "\u{feff}", "🙂", "=1+1", "''=", "<b>", "\\n", "{}", "x y",
    ]);
    prop::collection::vec(piece, 1..8).prop_map(|pieces| {
        let text = pieces.concat().trim().to_owned();
        if text.is_empty() { "x".into() } else { text }
    })
}

/// Several of them.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 1..4).prop_map(|lines| lines.join("\n"))
}

/// Different lines.
fn lines(least: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(line(), least..5).prop_map(|lines| lines.into_iter().enumerate().map(|(i, line)| format!("{line}{i}")).collect())
}

fn some(words: &'static [&'static str], least: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(words, least..=words.len().min(3))
}

fn question() -> impl Strategy<Value = Value> {
    let words = (line(), line(), text(), line(), prop::option::of(text()), prop::option::of((text(), line())));
    let lists = (lines(1), lines(0), lines(0), prop::option::of(line()));
    let sets = (
        some(&["fundamentals", "framework", "production", "communication", "problem-solving"], 1),
        some(&["entry", "mid", "senior"], 1),
        some(&["orm", "docker", "git", "rest-auth"], 0),
        prop::sample::select(vec!["opening", "technical", "experience", "behavioural", "scenario", "closing"]),
        prop::sample::select(vec![json!("star"), json!("debugging"), json!("narrating"), Value::Null]),
        1..=60,
    );
    (words, lists, sets).prop_map(|((title, prompt, _, tests, strong, weak), (listen, warn, probes, anchor), sets)| {
        let (areas, levels, topics, kind, checklist, minutes) = sets;
        let anchors = anchor.map(|text| (1..=5).map(|level| json!({"level": level, "text": format!("{text}{level}")})).collect::<Vec<_>>());
        json!({
            "title": title, "prompt": prompt, "kind": kind, "areas": areas, "levels": levels, "minutes": minutes, "tests": tests,
            "listen_for": listen, "warning_signs": warn, "probes": probes, "checklist": checklist, "topics": topics, "anchors": anchors,
            "strong_answer": strong, "weak_answer": weak.map(|(text, why)| json!({"text": text, "why": why})),
        })
    })
}

fn question_set() -> impl Strategy<Value = Value> {
    (prop::collection::vec(question(), 1..5), line(), prop::option::of(line()), prop::option::of(Just("five-areas"))).prop_map(
        |(mut questions, name, description, rubric)| {
            for (i, question) in questions.iter_mut().enumerate() {
                question["key"] = json!(format!("question-{i}"));
                for member in ["title", "prompt"] {
                    question[member] = json!(format!("{}{i}", question[member].as_str().unwrap()).chars().take(48).collect::<String>());
                    let text = question[member].as_str().unwrap().trim().to_owned();
                    question[member] = json!(text);
                }
            }
            let description = description.unwrap_or_default();
            json!({
                "format": "fivefold/question-set@1", "slug": "a-set", "name": name, "description": description, "rubric": rubric,
                "questions": questions,
            })
        },
    )
}

/// Something done to a file that may break it.
#[derive(Debug, Clone)]
enum Spoil {
    Put(Value),
    Remove,
    Add,
    Double,
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let long = [48, 49, 80, 81, 300, 301, 600, 601, 1000, 1001].map(|length| json!("é".repeat(length)));
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(5),
        json!(5.0),
        json!(5.5),
        json!(6),
        json!(60),
        json!(61),
        json!(-1),
        json!(100),
        json!(100.5),
        json!(70_000),
        json!(""),
        json!("x"),
        json!(" x"),
        json!("x "),
        json!("x\u{a0}"),
        json!("\u{2028}x"),
        json!("a\u{2028}b"),
        json!("\u{85}"),
        json!("a\u{0}b"),
        json!("a\nb"),
        json!("a\tb"),
        json!("a\r\nb"),
        json!("a\u{9f}b"),
        json!("\u{feff}x"),
        json!("Upper"),
        json!("a--b"),
        json!("-a"),
        json!("two words"),
        json!("mid"),
        json!("star"),
        json!("git"),
        json!([]),
        json!({}),
        json!(["mid"]),
        json!(["x", "x"]),
        json!(["x", "y"]),
        json!([1.5, 2.5]),
        json!({"text": "x", "why": "y"}),
    ];
    let put = prop::sample::select(values.into_iter().chain(long).collect::<Vec<_>>()).prop_map(Spoil::Put);
    prop_oneof![6 => put, 1 => Just(Spoil::Remove), 1 => Just(Spoil::Add), 1 => Just(Spoil::Double)]
}

/// The JSON pointers of everything in a value.
fn places(value: &Value, here: String, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| places(value, format!("{here}/{name}"), all)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, value)| places(value, format!("{here}/{i}"), all)),
        _ => {}
    }
    all.push(here);
}

/// Our reader takes a list for an object whose members it gives in their order. The schema does not, and is asked first.
fn puts_list_for_object(file: &Value, at: &prop::sample::Index, spoil: &Spoil) -> bool {
    let mut all = Vec::new();
    places(file, String::new(), &mut all);
    matches!(spoil, Spoil::Put(Value::Array(_)))
        && file.pointer(at.get::<String>(&all)).is_some_and(|value| value.is_object() || value.is_null())
}

fn spoilt(mut file: Value, at: &prop::sample::Index, spoil: &Spoil) -> Value {
    let mut all = Vec::new();
    places(&file, String::new(), &mut all);
    let place = at.get(&all).clone();
    let (parent, name) = place.rsplit_once('/').map_or((String::new(), String::new()), |(parent, name)| (parent.into(), name.into()));
    match spoil {
        Spoil::Put(value) => *file.pointer_mut(&place).unwrap() = value.clone(),
        Spoil::Remove => match file.pointer_mut(&parent).unwrap() {
            Value::Object(members) => drop(members.remove(&name)),
            Value::Array(items) => drop(name.parse::<usize>().map(|i| items.remove(i))),
            _ => {}
        },
        Spoil::Add => match file.pointer_mut(&place).unwrap() {
            Value::Object(members) => drop(members.insert("surprise".into(), json!(1))),
            Value::Array(items) => items.push(json!("surprise")),
            _ => {}
        },
        Spoil::Double => {
            if let Value::Array(items) = file.pointer_mut(&place).unwrap() {
                items.extend(items.clone());
            }
        }
    }
    file
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn the_schema_of_question_sets_agrees_with_their_reader(file in question_set(), at: prop::sample::Index, spoil in spoil()) {
        let check = |file: &Value| {
            let slug = file["slug"].as_str().unwrap_or_default().to_owned();
            agree(file, question_sets::schema_passes(file), question_sets::parse_file(&slug, &file.to_string()).map(drop))
        };
        prop_assert!(question_sets::schema_passes(&file), "{file:#}");
        check(&file).map_err(TestCaseError::fail)?;
        if puts_list_for_object(&file, &at, &spoil) {
            prop_assert!(!question_sets::schema_passes(&spoilt(file, &at, &spoil)));
        } else {
            check(&spoilt(file, &at, &spoil)).map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn the_schema_of_rubrics_agrees_with_their_reader(at: prop::sample::Index, spoil in spoil()) {
        let file: Value = serde_json::from_str(include_str!("../../../library/rubrics/five-areas.json")).unwrap();
        let listed = puts_list_for_object(&file, &at, &spoil);
        let file = spoilt(file, &at, &spoil);
        if listed {
            prop_assert!(!rubrics::schema_passes(&file));
            return Ok(());
        }
        let slug = file["slug"].as_str().unwrap_or_default().to_owned();
        agree(&file, rubrics::schema_passes(&file), rubrics::parse_file(&slug, &file.to_string()).map(drop)).map_err(TestCaseError::fail)?;
    }
}

proptest! {
    #![proptest_config(config(400))]

    /// Also through a spreadsheet that separates and ends lines as it likes.
    #[test]
    fn what_goes_out_comes_back_as_it_was(file in question_set()) {
        let set = question_sets::read_json(&file.to_string()).map_err(|mistakes| TestCaseError::fail(format!("{mistakes:?}: {file:#}")))?;
        let questions: Vec<QuestionDraft> = set.questions.iter().cloned().map(QuestionDraft::of).collect();
        for kind in [FileKind::Json, FileKind::Csv] {
            let head = QuestionSetFile { questions: Vec::new(), ..set.clone() };
            let content = question_sets::write(kind, head, &questions).unwrap();
            let text = String::from_utf8(content.clone()).unwrap();
            let new = NewFile::parse(kind, "a-set.csv", "", content.into()).unwrap();
            let back = question_sets::read(&new).map_err(|mistakes| TestCaseError::fail(format!("{mistakes:?}: {text}")))?;
            prop_assert_eq!(&back.questions, &questions, "{}", text);
            prop_assert!(back.missing.is_empty());
            prop_assert_eq!(&back.slug, &set.slug);
            if let Some(head) = back.head {
                prop_assert_eq!((head.name, head.description, head.rubric), (set.name.clone(), set.description.clone(), set.rubric.clone()));
            }
            if kind == FileKind::Csv {
                let mut table = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
                for record in table.records() {
                    let record = record.unwrap();
                    let armed = record.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
                    prop_assert_eq!(armed, None, "a spreadsheet would calculate this");
                }
            }
        }
    }

    /// A draft that lacks something goes out and comes back with the same lacks, which are told.
    #[test]
    fn an_unfinished_draft_comes_back_as_it_was_and_says_what_is_missing(file in question_set(), lacks in 1_u16..512) {
        let set = question_sets::read_json(&file.to_string()).map_err(|mistakes| TestCaseError::fail(format!("{mistakes:?}: {file:#}")))?;
        let mut questions: Vec<QuestionDraft> = set.questions.iter().cloned().map(QuestionDraft::of).collect();
        let spoilt = &mut questions[0];
        let takes: [fn(&mut QuestionDraft); 9] = [
            |question| question.kind = None,
            |question| question.minutes = None,
            |question| question.prompt.clear(),
            |question| question.tests.clear(),
            |question| question.areas.clear(),
            |question| question.levels.clear(),
            |question| question.listen_for.clear(),
            |question| question.anchors = vec![QuestionAnchor { level: 4, text: "Says why".into() }],
            |question| question.weak_answer = Some(WeakAnswer { text: "Because".into(), why: String::new() }),
        ];
        takes.iter().enumerate().filter(|(n, _)| lacks >> n & 1 == 1).for_each(|(_, take)| take(spoilt));
        for kind in [FileKind::Json, FileKind::Csv] {
            let head = QuestionSetFile { questions: Vec::new(), ..set.clone() };
            let content = question_sets::write(kind, head, &questions).unwrap();
            let text = String::from_utf8(content.clone()).unwrap();
            let new = NewFile::parse(kind, "a-set.csv", "", content.into()).unwrap();
            let back = question_sets::read(&new).map_err(|mistakes| TestCaseError::fail(format!("{mistakes:?}: {text}")))?;
            prop_assert_eq!(&back.questions, &questions, "{}", text);
            prop_assert!(back.missing.total() >= lacks.count_ones() as usize, "{:?}: {}", back.missing, text);
            prop_assert!(back.missing.iter().all(|missing| missing.line.is_some()));
        }
    }
}
