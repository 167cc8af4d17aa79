//! The statistics against numbers that others have computed or printed: published tables, made-up teams, inputs
//! from which nothing follows. Each case holds its ratings, what is asked, and what must come out.
//!
//! `cases/` always runs. More cases run when `FIVEFOLD_CASES` names a folder of them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

/// An expectation of a case that was computed with a quantile of Student's t that is off by 1e-9: the case, its place.
const THEIRS_IS_ROUNDED: [(&str, usize); 1] = [("guilford_like_7x3x5", 113)];
/// So much more than the case allows is let pass there.
const ROUNDING: f64 = 1e-8;

#[test]
fn every_expectation_of_every_case_comes_out() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/statistics/cases");
    let folders = [Some(own), std::env::var_os("FIVEFOLD_CASES").map(PathBuf::from)];
    let paths: Vec<PathBuf> = folders.into_iter().flatten().flat_map(cases).collect();
    let next = AtomicUsize::new(0);
    let judge = || std::iter::from_fn(|| paths.get(next.fetch_add(1, Ordering::Relaxed))).map(|path| judged(path)).collect::<Vec<_>>();
    let judged: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(judge)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let asked: usize = judged.iter().map(|(asked, _)| asked).sum();
    let wrong: Vec<String> = judged.into_iter().flat_map(|(_, wrong)| wrong).collect();
    eprintln!("statistics: {asked} expectations");
    assert!(asked > 1800, "only {asked} were asked");
    assert_eq!(wrong, Vec::<String>::new());
}

/// How many expectations a case has, and what did not come out.
fn judged(path: &Path) -> (usize, Vec<String>) {
    let case: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let Some(expected) = case["expected"].as_array() else { return (0, Vec::new()) };
    let id = case["id"].as_str().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_fivefold")).arg("statistics").arg(path).output().unwrap();
    let answers: Vec<Value> = serde_json::from_slice(&done.stdout).unwrap_or_else(|error| panic!("{id}: {error}"));
    assert!(done.status.success(), "{id}");
    assert_eq!(answers.len(), expected.len(), "{id}");
    let differs = |(place, (want, got)): (usize, (&Value, &Value))| {
        let slack = if THEIRS_IS_ROUNDED.contains(&(id, place)) { ROUNDING } else { 0.0 };
        differences(want, got, slack).into_iter().map(move |what| format!("{id} {place} {}: {what}", want["stat"])).collect::<Vec<_>>()
    };
    (expected.len(), expected.iter().zip(&answers).enumerate().flat_map(differs).collect())
}

/// A file without requests is answered by a report for people.
#[test]
fn a_file_that_asks_nothing_gets_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ratings.json");
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/statistics/cases/team_balanced.json");
    let mut case: Value = serde_json::from_slice(&std::fs::read(cases).unwrap()).unwrap();
    case.as_object_mut().unwrap().remove("expected");
    std::fs::write(&path, case.to_string()).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_fivefold")).arg("statistics").arg(&path).output().unwrap();
    let report = String::from_utf8(done.stdout).unwrap();
    for words in [
        "600 ratings of 24 subjects in 5 areas",
        "within one point",
        "alpha, all areas",
        "ICC(A,1)",
        "Severity",
        "Two levels apart or more",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
}

/// What a page hides the report hides too, and says why in words.
#[test]
fn a_report_keeps_the_gates_and_speaks_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ratings.json");
    let report = |subjects: usize, raters: usize, score: &dyn Fn(usize, usize) -> usize| {
        let rows = (0..subjects).flat_map(|subject| (0..raters).map(move |rater| (subject, rater)));
        let rows: Vec<Value> = rows
            .map(|(subject, rater)| json!({"subject": format!("s{subject}"), "rater": format!("r{rater}"), "area": "a", "score": score(subject, rater)}))
            .collect();
        std::fs::write(&path, json!({"scale": {"levels": [1, 2, 3, 4, 5]}, "ratings": rows}).to_string()).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_fivefold")).arg("statistics").arg(&path).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    let one = report(1, 2, &|_, rater| 2 + rater);
    assert!(one.starts_with("2 ratings of 1 subject in 1 area; 1 subject has two raters or more. Evidence: hidden."), "{one}");
    let few = report(4, 3, &|subject, rater| 1 + (subject + rater) % 3);
    for text in [&one, &few] {
        assert!(text.contains("not shown: it takes five subjects that two scored"), "{text}");
        for number in ["same score  ", "alpha, all", "ICC(A,1)"] {
            assert!(!text.contains(number), "{number}: {text}");
        }
    }
    let constant = report(6, 3, &|_, _| 3);
    assert!(constant.contains("a: 100 % of the scores are a 3. There is little variation to agree about."), "{constant}");
    assert!(constant.contains("not shown: nearly everybody gave the same score"), "{constant}");
    assert!(!constant.contains("constant_ratings") && !constant.contains("zero_variance"), "{constant}");
}

#[test]
fn an_input_that_is_no_ratings_is_refused_with_its_code_and_exit_1() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ratings.json");
    let run = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_fivefold")).arg("statistics").arg(&path).output().unwrap();
        let [out, err] = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap().trim().to_owned());
        (done.status.code(), out, err)
    };
    let scale = r#""scale": {"levels": [1, 2, 3], "min": 1, "max": 3}"#;
    let row = r#"{"subject": "s", "rater": "r", "area": "a", "score": 9}"#;
    let refused = run(&format!(r#"{{{scale}, "ratings": [{row}], "requests": []}}"#));
    assert_eq!((refused.0, refused.1.as_str()), (Some(1), r#"[{"error":"score_out_of_range"}]"#));
    let nothing = run(&format!(r#"{{{scale}, "ratings": [], "requests": []}}"#));
    assert_eq!((nothing.0, nothing.1.as_str()), (Some(0), "[]"));
    let broken = run("{");
    assert_eq!((broken.0, broken.1.as_str()), (Some(1), ""));
    assert!(broken.2.contains("is no file of ratings"), "{}", broken.2);
    let unknown = run(&format!(r#"{{{scale}, "ratings": [], "requests": [{{"stat": "luck"}}]}}"#));
    assert_eq!((unknown.0, unknown.1.as_str()), (Some(0), r#"[{"error":"unknown_request"}]"#));
}

fn cases(folder: PathBuf) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths
}

/// What of an answer is not as expected.
fn differences(want: &Value, got: &Value, slack: f64) -> Vec<String> {
    if let Some(code) = want.get("error") {
        return if got["error"] == *code { Vec::new() } else { vec![format!("{got} for {code}")] };
    }
    let tolerance = |field: &str| want["tol"].as_f64().or(want["tol"][field].as_f64()).unwrap_or(0.0) + slack;
    let mut wrong: Vec<String> = want["expect"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(field, value)| !close(&got[field.as_str()], value, tolerance(field)))
        .map(|(field, value)| format!("{field} {} for {value}", got[field.as_str()]))
        .collect();
    for member in ["reason", "flags"] {
        if !want[member].is_null() && want[member] != got[member] {
            wrong.push(format!("{member} {} for {}", got[member], want[member]));
        }
    }
    wrong
}

fn close(got: &Value, want: &Value, tolerance: f64) -> bool {
    match (got, want) {
        (Value::Array(got), Value::Array(want)) => {
            got.len() == want.len() && got.iter().zip(want).all(|(got, want)| close(got, want, tolerance))
        }
        (Value::Number(got), Value::Number(want)) => (got.as_f64().unwrap() - want.as_f64().unwrap()).abs() <= tolerance * 1.000001 + 1e-15,
        _ => got == want,
    }
}
