//! Question sets and rubrics as files, by the program itself.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::process::{Done, Home};
use crate::doors::bodies::question_set;
use crate::support::{merge, texts};

fn file(home: &Home, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    std::fs::create_dir_all(home.data_dir()).unwrap();
    let path = home.data_dir().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn run(home: &Home, arguments: &[&str]) -> Done {
    home.run(&[&["library"][..], arguments].concat(), &[])
}

#[test]
fn files_are_validated_without_a_database_and_each_mistake_has_file_line_and_field() {
    let home = Home::empty();
    let library = concat!(env!("CARGO_MANIFEST_DIR"), "/library");
    let (set, rubric) = (format!("{library}/question-sets/django-backend.json"), format!("{library}/rubrics/five-areas.json"));
    let done = run(&home, &["validate", &set, &rubric]);
    assert_eq!(done.status.code(), Some(0), "{}", done.err);
    assert!(done.out.contains("a question set with 44 questions") && done.out.contains("a rubric, "), "{}", done.out);

    let mut wrong = question_set();
    wrong["questions"][0]["minutes"] = json!(500);
    let text = serde_json::to_string_pretty(&wrong).unwrap();
    let line = 1 + text.lines().position(|line| line.contains("500")).unwrap();
    let wrong = file(&home, "wrong.json", text);
    let done = run(&home, &["validate", wrong.to_str().unwrap(), &rubric]);
    assert_eq!(done.status.code(), Some(1));
    let said = format!("{}: line {line}: questions[0] (why-queues).minutes: This is at most 60.", wrong.display());
    assert!(done.err.contains(&said) && done.err.contains("1 of 2 files is not right"), "{}", done.err);
    let rubric = file(&home, "rubric.json", std::fs::read_to_string(&rubric).unwrap().replace("\"weight\": 1", "\"weight\": 0"));
    assert!(run(&home, &["validate", rubric.to_str().unwrap()]).err.contains("areas[0] (fundamentals).weight: This is more than 0"));

    assert!(run(&home, &["validate", "/nowhere.json"]).failed_with_one_sentence().contains("/nowhere.json"));
    let other = file(&home, "set.xlsx", "PK");
    assert!(run(&home, &["validate", other.to_str().unwrap()]).failed_with_one_sentence().contains(".json nor .csv"));
    assert_eq!(run(&home, &["validate"]).status.code(), Some(2));
    assert_eq!(run(&home, &["import", other.to_str().unwrap(), "--team", "x"]).status.code(), Some(2));
    assert_eq!(home.postgres(), None, "no database was started");
}

#[test]
fn a_set_is_exported_changed_and_imported_after_a_dry_run() {
    let home = Home::used();
    let exported = run(&home, &["export", "django-backend@1"]);
    assert_eq!(exported.status.code(), Some(0), "{}", exported.err);
    let first: Value = serde_json::from_str(&exported.out).unwrap();
    let newest: Value = serde_json::from_str(&run(&home, &["export", "django-backend"]).out).unwrap();
    assert_ne!(first["questions"], newest["questions"]);
    let rubric: Value = serde_json::from_str(&run(&home, &["export", "five-areas"]).out).unwrap();
    assert_eq!(rubric["format"], json!("fivefold/rubric@1"));
    assert!(run(&home, &["export", "no-such-set"]).failed_with_one_sentence().contains("--team"));
    assert!(run(&home, &["export", "django-backend@x"]).failed_with_one_sentence().contains("after @"));

    // A team, made past the program.
    let team = uuid::Uuid::now_v7().to_string();
    let server = home.serve(&[], &[]);
    server.url();
    diesel::connection::SimpleConnection::batch_execute(
        &mut home.connect(),
        &format!(
            "INSERT INTO teams (id, name, mode, personal, time_zone, created_at) VALUES ('{team}', 'North', 'mock', false, 'UTC', now())"
        ),
    )
    .unwrap();
    server.stop();

    let copy = merge(newest, json!({"slug": "ours", "name": "Ours"}));
    let ours = file(&home, "ours.json", serde_json::to_vec(&copy).unwrap());
    let import = |more: &[&str]| run(&home, &[&["import", ours.to_str().unwrap(), "--team", &team][..], more].concat());
    let dry = import(&[]);
    assert_eq!(dry.status.code(), Some(0), "{}", dry.err);
    assert!(dry.out.contains("makes the set Ours (ours)") && dry.out.contains("44 added") && dry.out.contains("--yes"), "{}", dry.out);
    let yes = import(&["--yes"]);
    assert!(yes.status.success() && yes.out.contains("It is in the draft"), "{} {}", yes.out, yes.err);
    let again = import(&["--yes"]);
    assert!(again.out.contains("44 skipped"), "{}", again.out);
    let table = run(&home, &["export", "ours@draft", "--format", "csv", "--team", &team]);
    assert!(table.out.trim_start_matches('\u{feff}').starts_with("key,title,prompt"), "{}", table.err);
    let built_in =
        run(&home, &["import", concat!(env!("CARGO_MANIFEST_DIR"), "/library/question-sets/rust-backend.json"), "--team", &team]);
    assert!(built_in.status.code() == Some(1) && built_in.err.contains("built in"), "{}", built_in.err);
    let nobody = uuid::Uuid::now_v7().to_string();
    let ours = ours.to_str().unwrap();
    assert!(run(&home, &["import", ours, "--team", &nobody]).failed_with_one_sentence().contains("there is no team"));

    // A rubric is a new one each time.
    let own = file(&home, "measure.json", rubric.to_string());
    let import = |path: &PathBuf, more: &[&str]| run(&home, &[&["import", path.to_str().unwrap(), "--team", &team][..], more].concat());
    let dry = import(&own, &[]);
    assert!(
        dry.out.contains("makes the rubric") && dry.out.contains("(five-areas-2)") && dry.out.contains("--yes"),
        "{} {}",
        dry.out,
        dry.err
    );
    let yes = import(&own, &["--yes"]);
    assert!(yes.out.contains("(five-areas-2)") && yes.out.contains("It is in the draft"), "{} {}", yes.out, yes.err);
    assert!(import(&own, &[]).out.contains("(five-areas-3)"));
    assert!(import(&own, &["--slug", "ours"]).failed_with_one_sentence().contains("--slug"));
    let mut wrong = rubric.clone();
    wrong["areas"][0]["weight"] = json!(0);
    let wrong = file(&home, "wrong.json", serde_json::to_vec_pretty(&wrong).unwrap());
    let refused = import(&wrong, &["--yes"]);
    assert!(refused.err.contains("areas[0] (fundamentals).weight: ") && refused.err.contains("wrong.json: line "), "{}", refused.err);
    let draft: Value = serde_json::from_str(&run(&home, &["export", "five-areas-2@draft", "--team", &team]).out).unwrap();
    assert_eq!(merge(draft, json!({"slug": "five-areas"})), rubric, "what goes out again is what came in");
    assert!(
        run(&home, &["export", "five-areas-2", "--team", &team]).failed_with_one_sentence().contains("there is no"),
        "nothing is published"
    );

    let server = home.serve(&[], &[]);
    server.url();
    assert_eq!(texts(&mut home.connect(), "SELECT count(*) FROM draft_questions"), ["44"]);
    assert_eq!(texts(&mut home.connect(), "SELECT slug FROM rubrics"), ["five-areas-2"]);
    let set = "SELECT act || ' ' || cardinality(subjects) || ' ' || (cardinality(made) > 0) FROM audit_events WHERE operation = 'cli::library::import' ORDER BY id";
    let lines = ["edit_library 0 true", "edit_library 1 false", "edit_library 0 true"];
    assert_eq!(texts(&mut home.connect(), set), lines, "each import that was made, and no dry run");
    server.stop();
}
