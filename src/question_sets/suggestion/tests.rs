use chrono::DateTime;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

use super::super::model::{Checklist, QuestionSetVersionId, Topic};
use super::*;

prop_compose! {
    fn question()(
        kind in select(Kind::ALL),
        areas in subsequence(vec![1, 2, 3, 4, 5], 1..=3).prop_shuffle(),
        levels in subsequence(Level::ALL, 1..=3),
        minutes in 1_u16..=20,
        topics in subsequence(Topic::ALL, 0..=3),
    ) -> (Kind, Vec<u8>, Vec<Level>, u16, Vec<Topic>) {
        (kind, areas, levels, minutes, topics)
    }
}

prop_compose! {
    fn set()(questions in proptest::collection::vec(question(), 0..=12)) -> QuestionSetVersion {
        let questions = questions.into_iter().enumerate().map(|(i, (kind, areas, levels, minutes, topics))| Question {
            id: QuestionId(Uuid::from_u128(i as u128)),
            key: format!("question-{i}"),
            title: format!("Question {i}"),
            prompt: "Why?".into(),
            kind,
            areas,
            levels,
            minutes,
            tests: "Whether.".into(),
            listen_for: Vec::new(),
            warning_signs: Vec::new(),
            probes: Vec::new(),
            checklist: None::<Checklist>,
            topics,
            anchors: Vec::new(),
            strong_answer: None,
            weak_answer: None,
        });
        QuestionSetVersion {
            id: QuestionSetVersionId(Uuid::nil()),
            set: super::super::model::QuestionSetId(uuid::Uuid::nil()),
            slug: "set".into(),
            number: 1,
            name: "Set".into(),
            description: "A set.".into(),
            questions: questions.collect(),
            published_at: DateTime::UNIX_EPOCH,
            rubric: None,
            published_by: None,
            reason: None,
            team: None,
            built_in: true,
        }
    }
}

fn suggested(set: &QuestionSetVersion, level: Level, minutes: u16) -> Vec<&Question> {
    suggest(set, level, minutes).into_iter().filter_map(|id| set.question(id)).collect()
}

fn areas(questions: &[&Question]) -> usize {
    questions.iter().fold(0, |areas, question| areas | mask(question))
}

/// Tries every choice: the least time in which all areas of the set at this level are covered.
fn shortest_cover(set: &QuestionSetVersion, level: Level) -> u16 {
    let fitting: Vec<_> = set.questions.iter().filter(|question| question.fits(level)).collect();
    let all = areas(&fitting);
    let choices = 0_u32..1 << fitting.len();
    let chosen =
        choices.map(|bits| fitting.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, question)| *question).collect());
    chosen
        .filter(|chosen: &Vec<_>| areas(chosen) == all)
        .map(|chosen| chosen.iter().map(|question| question.minutes).sum())
        .min()
        .unwrap_or(0)
}

proptest! {
    #[test]
    fn never_over_time_and_only_questions_of_the_level(set in set(), level in select(Level::ALL), minutes in 0_u16..=150) {
        let chosen = suggested(&set, level, minutes);
        prop_assert!(chosen.iter().map(|question| question.minutes).sum::<u16>() <= minutes);
        prop_assert!(chosen.iter().all(|question| question.fits(level)));
    }

    #[test]
    fn no_question_comes_twice(set in set(), level in select(Level::ALL), minutes in 0_u16..=150) {
        let mut ids = suggest(&set, level, minutes);
        let count = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
    }

    #[test]
    fn every_area_is_covered_as_soon_as_the_time_allows(set in set(), level in select(Level::ALL), more in 0_u16..=40) {
        let fitting: Vec<_> = set.questions.iter().filter(|question| question.fits(level)).collect();
        let minutes = shortest_cover(&set, level) + more;
        prop_assert_eq!(areas(&suggested(&set, level, minutes)), areas(&fitting));
    }

    #[test]
    fn the_opening_comes_first_and_the_closing_last(set in set(), level in select(Level::ALL), minutes in 0_u16..=150) {
        let place = |question: &&Question| match question.kind { Kind::Opening => 0, Kind::Closing => 2, _ => 1 };
        prop_assert!(suggested(&set, level, minutes).is_sorted_by_key(place));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn more_time_never_gives_fewer_questions(set in set(), level in select(Level::ALL)) {
        let counts: Vec<_> = (0..=120).map(|minutes| suggest(&set, level, minutes).len()).collect();
        prop_assert!(counts.is_sorted(), "{counts:?}");
    }

    #[test]
    fn the_same_input_gives_the_same_questions(set in set(), level in select(Level::ALL), minutes in 0_u16..=150) {
        prop_assert_eq!(suggest(&set, level, minutes), suggest(&set.clone(), level, minutes));
    }
}

fn built_in() -> QuestionSetVersion {
    let file = super::super::parse_file("django-backend", include_str!("../../../library/question-sets/django-backend.json")).unwrap();
    file.into_version(QuestionSetVersionId(Uuid::nil()), 1, DateTime::UNIX_EPOCH)
}

/// What the properties leave open, for the usual lengths of the built-in set.
#[test]
fn a_usual_interview_mixes_kinds_uses_its_time_and_doubles_no_topic() {
    let set = built_in();
    for (level, minutes) in Level::ALL.iter().flat_map(|level| [45, 60].map(|minutes| (*level, minutes))) {
        let chosen = suggested(&set, level, minutes);
        let keys: Vec<_> = chosen.iter().map(|question| question.key.as_str()).collect();
        let used: u16 = chosen.iter().map(|question| question.minutes).sum();
        assert!(used + 2 >= minutes, "{level}, {minutes} minutes: only {used} are used by {keys:?}");
        let count = |kind| chosen.iter().filter(|question| question.kind == kind).count();
        assert_eq!((count(Kind::Opening), count(Kind::Closing)), (1, 1), "{keys:?}");
        assert!(SHARES.iter().all(|(kind, _)| count(*kind) > 0), "{level}, {minutes} minutes: a kind is missing in {keys:?}");
        let mut topics: Vec<_> = chosen.iter().flat_map(|question| &question.topics).collect();
        topics.sort();
        assert!(topics.windows(2).all(|pair| pair[0] != pair[1]), "{level}, {minutes} minutes: {topics:?}");
    }
}
