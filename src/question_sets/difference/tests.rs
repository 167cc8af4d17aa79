use std::time::Instant;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::platform::words::Change;

fn question(number: u128, title: &str) -> (QuestionId, QuestionDraft) {
    let question = QuestionDraft {
        key: format!("key-{number}"),
        title: title.into(),
        prompt: format!("What is {title}?"),
        listen_for: vec!["Says why".into(), "Names a cost".into()],
        ..QuestionDraft::default()
    };
    (QuestionId(Uuid::from_u128(number)), question)
}

fn side(questions: Vec<(QuestionId, QuestionDraft)>) -> Side {
    Side { name: "Ours".into(), questions, ..Side::default() }
}

fn all(old: &Side, new: &Side) -> Vec<QuestionDifference> {
    Outline::of(old, new).questions(0, usize::MAX, None).into_iter().map(|(_, question)| question).collect()
}

#[test]
fn each_question_has_the_fate_it_had() {
    let old = side(vec![question(1, "one"), question(2, "two"), question(3, "three"), question(4, "four")]);
    let mut new = side(vec![question(4, "four"), question(1, "one"), question(3, "three and more"), question(5, "five")]);
    new.name = "Our own".into();
    let outline = Outline::of(&old, &new);
    assert_eq!(outline.counts(), Counts { added: 1, removed: 1, changed: 1, moved: 1, unchanged: 1 });
    let fates: Vec<_> = all(&old, &new).iter().map(|question| (question.key.clone(), question.fate, question.moved)).collect();
    let fate = |key: &str, fate, moved| (key.to_owned(), fate, moved);
    assert_eq!(
        fates,
        [
            fate("key-4", Fate::Kept, true),
            fate("key-2", Fate::Removed, false),
            fate("key-3", Fate::Changed, false),
            fate("key-5", Fate::Added, false)
        ]
    );
    let head = outline.head(None);
    assert_eq!((head.len(), head[0].field), (1, "name"));
    assert_eq!(all(&old, &new)[1].unchanged_before, 1, "what is as it was is counted where it stands");
}

#[test]
fn only_fields_that_changed_are_told_and_lists_item_by_item() {
    let (id, before) = question(1, "queues");
    let mut after = before.clone();
    after.prompt = "What is a queue for?".into();
    after.listen_for = vec!["Names a cost and a limit".into(), "Says why".into(), "Knows when not to".into()];
    after.minutes = Some(5);
    let told = all(&side(vec![(id, before)]), &side(vec![(id, after)])).remove(0).fields;
    assert_eq!(told.iter().map(|field| field.field).collect::<Vec<_>>(), ["prompt", "minutes", "listen_for"]);
    let lines: Vec<_> = told[2].lines.iter().map(|line| (line.words.new_text(), line.fate, line.moved)).collect();
    assert_eq!(
        lines,
        [
            ("Names a cost and a limit".to_owned(), Fate::Changed, true),
            ("Says why".to_owned(), Fate::Kept, false),
            ("Knows when not to".to_owned(), Fate::Added, false)
        ]
    );
}

#[test]
fn a_copy_is_paired_by_its_keys_and_a_renamed_key_by_its_id() {
    let (_, text) = question(1, "one");
    let copy = side(vec![(QuestionId(Uuid::from_u128(9)), text.clone())]);
    assert_eq!(Outline::of(&side(vec![question(1, "one")]), &copy).counts().unchanged, 1);
    let renamed = QuestionDraft { key: "other".into(), ..text };
    let told = all(&side(vec![question(1, "one")]), &side(vec![(QuestionId(Uuid::from_u128(1)), renamed)]));
    assert_eq!((told[0].fate, told[0].fields[0].field), (Fate::Changed, "key"));
}

#[test]
fn anchors_are_told_level_by_level() {
    let (id, mut before) = question(1, "one");
    before.anchors = (1..=5).map(|level| crate::question_sets::QuestionAnchor { level, text: format!("Sounds like {level}") }).collect();
    let mut after = before.clone();
    after.anchors[3].text = "Sounds like 4, with a number".into();
    let fields = fields(&before, &after, None);
    let fates: Vec<_> = fields[0].lines.iter().map(|line| line.fate).collect();
    assert_eq!(fates, [Fate::Kept, Fate::Kept, Fate::Kept, Fate::Changed, Fate::Kept]);
    let bare = QuestionDraft { anchors: Vec::new(), ..before.clone() };
    assert!(super::fields(&before, &bare, None)[0].lines.iter().all(|line| line.fate == Fate::Removed), "{id}");
}

/// What the difference says the old and the new side were.
fn told(differences: &[QuestionDifference], unchanged: usize) -> (usize, usize) {
    let count = |fate: Fate| differences.iter().filter(|question| question.fate == fate).count();
    let both = count(Fate::Changed) + count(Fate::Kept) + unchanged;
    (both + count(Fate::Removed), both + count(Fate::Added))
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_told_twice(
        old in proptest::collection::btree_map(0u128..12, "[ab]{0,2}", 0..10),
        new in proptest::collection::vec((0u128..12, "[ab]{0,2}"), 0..10),
        shuffle in any::<u64>(),
    ) {
        let mut seen = std::collections::BTreeSet::new();
        let mut new: Vec<_> = new.into_iter().filter(|(number, _)| seen.insert(*number)).map(|(number, title)| question(number, &title)).collect();
        let many = new.len().max(1);
        new.rotate_left(shuffle as usize % many);
        let (old, new) = (side(old.into_iter().map(|(number, title)| question(number, &title)).collect()), side(new));
        let outline = Outline::of(&old, &new);
        let told_of = all(&old, &new);
        prop_assert_eq!(told(&told_of, outline.counts().unchanged), (old.questions.len(), new.questions.len()));
        let nothing = QuestionDraft::default();
        for difference in &told_of {
            let before = difference.position_before.map_or(&nothing, |place| &old.questions[place - 1].1);
            let after = difference.position.map_or(&nothing, |place| &new.questions[place - 1].1);
            for field in difference.fields.iter().filter(|field| field.field == "prompt") {
                prop_assert_eq!(field.lines[0].words.old_text(), before.prompt.as_str());
                prop_assert_eq!(field.lines[0].words.new_text(), after.prompt.as_str());
            }
            let lists: Vec<_> = difference.fields.iter().filter(|field| field.field == "listen_for").flat_map(|field| &field.lines).collect();
            if !lists.is_empty() {
                let news: Vec<_> = lists.iter().filter(|line| line.fate != Fate::Removed).map(|line| line.words.new_text()).collect();
                prop_assert_eq!(&news, &after.listen_for);
            }
        }
        // The same in pages of two.
        let (mut from, mut paged) = (0, Vec::new());
        loop {
            let page = outline.questions(from, 2, None);
            let Some((last, _)) = page.last() else { break };
            from = last + 1;
            paged.extend(page.into_iter().map(|(_, question)| question.key));
        }
        prop_assert_eq!(paged, told_of.iter().map(|question| question.key.clone()).collect::<Vec<_>>());
        prop_assert!(Outline::of(&old, &old).questions(0, 1, None).is_empty(), "nothing differs from itself");
    }

    #[test]
    fn no_fewer_questions_could_have_been_called_moved(order in Just((0..7usize).collect::<Vec<_>>()).prop_shuffle()) {
        let olds: Vec<_> = order.iter().map(|old| Some(*old)).collect();
        let moved = moved(&olds);
        let stay: Vec<_> = order.iter().zip(&moved).filter(|(_, moved)| !**moved).map(|(old, _)| *old).collect();
        prop_assert!(stay.is_sorted(), "those that stay are in order");
        let longest = (0u32..1 << 7).filter(|some| {
            let run: Vec<_> = order.iter().enumerate().filter(|(place, _)| some >> place & 1 == 1).map(|(_, old)| old).collect();
            run.is_sorted()
        }).map(u32::count_ones).max();
        prop_assert_eq!(longest, Some(stay.len() as u32));
    }
}

#[test]
fn ten_thousand_questions_that_all_changed_are_outlined_without_their_words() {
    let old = side((0..10_000).map(|number| question(number, &format!("title {number}"))).collect());
    let new = side((0..10_000).rev().map(|number| question(number, &format!("another {number}"))).collect());
    let outline = Outline::of(&old, &new);
    assert_eq!(outline.counts(), Counts { changed: 10_000, moved: 9_999, ..Counts::default() });
    // Past their time words are given whole: one answer takes no longer than it may.
    let past = Instant::now().checked_sub(std::time::Duration::from_secs(1));
    let page = outline.questions(9_900, 50, past);
    assert_eq!((page.len(), page[0].0), (50, 9_900));
    assert!(
        page.iter().flat_map(|(_, question)| &question.fields).flat_map(|field| &field.lines).all(|line| line
            .words
            .0
            .iter()
            .any(|run| run.change != Change::Kept)
            || line.fate == Fate::Kept)
    );
}
