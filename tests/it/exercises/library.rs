//! The built-in gold interviews keep the rules they were written to.

use std::collections::{BTreeMap, BTreeSet};

use fivefold::calibration::exercises::{self, GoldFile, Speaker, Turn};
use regex::Regex;
use serde_json::{Value, json};

use super::{SLUGS, file};

fn read(slug: &str) -> GoldFile {
    exercises::parse_file(slug, &file(slug).to_string()).unwrap_or_else(|errors| panic!("{slug}: {errors}"))
}

fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace(['’', '\''], "");
    plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The questions of the set they were interviewed with.
fn questions() -> BTreeMap<String, Value> {
    let set: Value = serde_json::from_str(include_str!("../../../library/question-sets/django-backend.json")).unwrap();
    set["questions"].as_array().unwrap().iter().map(|question| (question["key"].as_str().unwrap().to_owned(), question.clone())).collect()
}

/// Every text of a file.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        _ => {}
    }
}

#[test]
fn every_file_is_in_its_format_and_passes_its_schema() {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/library/gold-interviews")).unwrap();
    let names: BTreeSet<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, SLUGS.map(|slug| format!("{slug}.json")).into());
    for slug in SLUGS {
        read(slug);
        assert!(exercises::schema_passes(&file(slug)), "{slug}");
        exercises::read_json(&file(slug).to_string()).unwrap_or_else(|mistakes| panic!("{slug}: {mistakes:?}"));
    }
}

#[test]
fn what_breaks_a_rule_of_the_format_is_named() {
    let whole = file(SLUGS[0]);
    for (place, value, says) in [
        ("/format", json!("fivefold/gold-interview@2"), "format"),
        ("/title", json!(""), "title"),
        ("/minutes", json!(0), "minutes"),
        ("/rubric", json!("Five areas"), "rubric"),
        ("/transcript/2/at", json!(1), "transcript[2].at"),
        ("/transcript/0/text", json!(" x"), "transcript[0].text"),
        ("/transcript/0/question", json!("No key"), "transcript[0].question"),
        ("/transcript", json!([]), "transcript"),
        ("/experts", json!([]), "experts"),
        ("/experts/0/scores/1/area", json!(1), "experts[0].scores"),
        ("/experts/0/scores/1/value", json!(6), "experts[0].scores[1].value"),
        ("/experts/0/scores/1/reason", json!(""), "experts[0].scores[1].reason"),
        ("/experts/1/name", json!("Expert A"), "experts[1].name"),
        ("/consensus/0/area", json!(2), "consensus"),
        ("/consensus/0/value", json!(0), "consensus[0].value"),
        ("/consensus/0/acceptable", json!([4]), "consensus[0].acceptable"),
        ("/consensus/0/acceptable", json!([3, 3]), "consensus[0].acceptable"),
        ("/consensus/0/acceptable", json!([3, 5]), "consensus[0].acceptable"),
        ("/consensus/0/reason", json!(""), "consensus[0].reason"),
        ("/consensus/0/evidence", json!([]), "consensus[0].evidence"),
        ("/consensus/0/evidence/0/at", json!(1), "consensus[0].evidence[0].at"),
        ("/consensus/0/evidence/0/text", json!(""), "consensus[0].evidence[0].text"),
    ] {
        let mut broken = whole.clone();
        match broken.pointer_mut(place) {
            Some(member) => *member = value,
            None => broken["transcript"][0]["question"] = value,
        }
        let errors = exercises::parse_file(SLUGS[0], &broken.to_string()).expect_err(place);
        assert!(errors.iter().any(|error| error.field == says), "{place}: {errors}");
    }
    for (place, member) in [("", "surprise"), ("/transcript/0", "surprise"), ("/consensus/0", "contested")] {
        let mut broken = whole.clone();
        broken.pointer_mut(place).unwrap().as_object_mut().unwrap().insert(member.into(), json!(1));
        assert!(exercises::parse_file(SLUGS[0], &broken.to_string()).is_err() && !exercises::schema_passes(&broken), "{place} {member}");
    }
    assert!(exercises::parse_file("another", &whole.to_string()).is_err(), "its slug is its name");
}

#[test]
fn neither_title_nor_summary_gives_a_score_away() {
    let telling = Regex::new(r"(?i)\b(weak|strong|score|level [1-5]|over-engineered|uneven|excellent|poor|mixed|solid|steady)\b").unwrap();
    for slug in SLUGS {
        let gold = read(slug);
        let shown = format!("{slug} {} {}", gold.title, gold.summary);
        assert!(!telling.is_match(&shown), "{shown}");
        assert!(gold.title.chars().count() <= 60 && gold.summary.matches(['.', '!', '?']).count() <= 2, "{shown}");
    }
}

#[test]
fn the_words_are_clean_and_name_no_firm() {
    let firms = Regex::new(r"(?i)\b(google|amazon|aws|microsoft|azure|github|gitlab|facebook|meta|netflix|stripe|paypal|heroku|hetzner|sentry|datadog|whatsapp|slack|atlassian|jira|oracle|apple|uber|spotify|render|sendgrid|mailgun)\b").unwrap();
    for slug in SLUGS {
        let mut found = Vec::new();
        texts(&file(slug), &mut found);
        for text in found {
            assert!(!text.contains(['\'', '"']) && text == text.trim() && !text.contains("  "), "{slug}: {text}");
            assert_eq!(text.matches('“').count(), text.matches('”').count(), "{slug}: {text}");
            assert!(!firms.is_match(&text), "{slug}: {text}");
        }
    }
}

#[test]
fn people_take_turns_at_the_pace_of_speech() {
    for slug in SLUGS {
        let gold = read(slug);
        let turns = &gold.transcript;
        assert_eq!(turns[0].at, 0);
        assert!(turns[0].who == Speaker::Interviewer && turns.last().unwrap().who == Speaker::Interviewer, "{slug}");
        let count = |turn: &Turn| turn.text.split_whitespace().count() as f64;
        for pair in turns.windows(2) {
            assert_ne!(pair[0].who, pair[1].who, "{slug} at {}: one speaks twice", pair[1].at);
            let (words, gap) = (count(&pair[0]), f64::from(pair[1].at - pair[0].at));
            assert!(
                gap >= words * 60.0 / 165.0 - 1.0 && gap <= words * 60.0 / 110.0 + 12.0,
                "{slug} at {}: {words} words in {gap} s",
                pair[0].at
            );
        }
        let total: f64 = turns.iter().map(count).sum();
        let end = f64::from(turns.last().unwrap().at) + count(turns.last().unwrap()) * 60.0 / 145.0;
        assert!((2_100.0..=2_800.0).contains(&total), "{slug}: {total} words");
        assert!((15..=20).contains(&gold.minutes) && (end / 60.0 - f64::from(gold.minutes)).abs() <= 0.75, "{slug}: {end} s");
        assert!((130.0..=150.0).contains(&(total / (end / 60.0))), "{slug}: {} words a minute", total / (end / 60.0));
    }
}

#[test]
fn what_is_asked_stands_in_the_set_and_reaches_every_area() {
    let (known, rubric) = (questions(), fivefold::rubrics::AREA_KEYS);
    for slug in SLUGS {
        let gold = read(slug);
        let mut asked = Vec::new();
        for turn in gold.transcript.iter().filter(|turn| turn.question.is_some()) {
            let key = turn.question.clone().unwrap();
            let question = known.get(&key).unwrap_or_else(|| panic!("{slug}: {key}"));
            assert!(turn.who == Speaker::Interviewer && turn.text.contains(question["prompt"].as_str().unwrap()), "{slug}: {key}");
            assert!(question["levels"].as_array().unwrap().contains(&json!(gold.level)), "{slug}: {key} is of another level");
            asked.push(key);
        }
        assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len(), "{slug}: a question twice");
        assert_eq!((&known[&asked[0]]["kind"], &known[asked.last().unwrap()]["kind"]), (&json!("opening"), &json!("closing")), "{slug}");
        let reached: BTreeSet<&str> =
            asked.iter().flat_map(|key| known[key]["areas"].as_array().unwrap()).map(|area| area.as_str().unwrap()).collect();
        assert_eq!(reached, rubric.into(), "{slug}");
    }
}

#[test]
fn the_reference_stands_on_what_was_said_and_on_what_the_experts_gave() {
    let (mut contested, mut split) = (Vec::new(), 0);
    let quoted = Regex::new("“([^”]+)”").unwrap();
    for slug in SLUGS {
        let gold = read(slug);
        let said = gold.transcript.iter().flat_map(|turn| words(&turn.text)).collect::<Vec<_>>().join(" ");
        let by_candidate: BTreeSet<u32> =
            gold.transcript.iter().filter(|turn| turn.who == Speaker::Candidate).map(|turn| turn.at).collect();
        let reasons: Vec<&String> = gold.experts.iter().flat_map(|expert| &expert.scores).map(|score| &score.reason).collect();
        assert_eq!(reasons.iter().collect::<BTreeSet<_>>().len(), reasons.len(), "{slug}: a reason twice");
        assert!(reasons.iter().all(|reason| reason.chars().count() >= 40), "{slug}");
        for of in &gold.consensus {
            let given = gold.given(of.area);
            let apart = given.iter().max().unwrap() - given.iter().min().unwrap();
            split += usize::from(apart == 1);
            if gold.contested(of.area) {
                contested.push((slug, of.area));
                assert!(of.reason.contains("Contested") && of.reason.contains("experts"), "{slug} {}", of.area);
            }
            assert!(apart <= 2 && given.iter().filter(|value| **value == of.value).count() * 2 >= given.len(), "{slug} {}", of.area);
            assert_eq!(of.acceptable.iter().copied().collect::<BTreeSet<_>>(), given.iter().copied().collect(), "{slug} {}", of.area);
            assert!(of.reason.chars().count() >= 150 && (2..=4).contains(&of.evidence.len()), "{slug} {}", of.area);
            assert!(
                of.evidence.iter().all(|mark| by_candidate.contains(&mark.at)),
                "{slug} {}: evidence is what the candidate says",
                of.area
            );
        }
        // What is quoted was said.
        let marks = gold.consensus.iter().flat_map(|of| &of.evidence).map(|mark| &mark.text);
        for text in marks.chain(gold.consensus.iter().map(|of| &of.reason)).chain(reasons) {
            for quote in quoted.captures_iter(text) {
                assert!(said.contains(&words(&quote[1]).join(" ")), "{slug}: nobody says {}", &quote[1]);
            }
        }
    }
    assert_eq!((contested.len(), split >= 6), (1, true), "{contested:?}, {split}");
}

#[test]
fn every_area_is_met_low_in_the_middle_and_high() {
    for area in 1..=5_u8 {
        let levels: BTreeSet<u8> = SLUGS.iter().map(|slug| read(slug).consensus(area).unwrap().value.clamp(2, 4)).collect();
        assert_eq!(levels, [2, 3, 4].into(), "area {area}");
    }
}
