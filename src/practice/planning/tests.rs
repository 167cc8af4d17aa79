use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::practice::model::PlanWeekday;

fn day(n: u64) -> NaiveDate {
    // A Monday.
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(n)
}

fn question(n: usize) -> QuestionId {
    QuestionId(uuid::Uuid::from_u128(n as u128 + 1))
}

/// Every day, half an hour, a week ahead, and nothing to practise.
fn nothing() -> Facts {
    Facts {
        made_on: day(0),
        today: day(0),
        towards: day(7),
        weekdays: Weekdays::of(PlanWeekday::ALL).unwrap(),
        minutes: 30,
        used_today: 0,
        daily: 5,
        answered_today: 0,
        due: Vec::new(),
        areas: Vec::new(),
        topics: Vec::new(),
        pool: Vec::new(),
        claims: 0,
        proofs: 3,
        questions: 2,
    }
}

fn ready(n: usize, area: u8, topics: &[Topic]) -> Ready {
    Ready { question: question(n), area, topics: topics.to_vec(), minutes: 10 }
}

fn whats(laid_out: &LaidOut) -> Vec<(u64, What)> {
    let place = |day_: &Day| (day_.on - day(0)).num_days() as u64;
    laid_out.days.iter().flat_map(|one| one.slots.iter().map(move |slot| (place(one), slot.what))).collect()
}

#[test]
fn the_last_day_is_light_and_a_plan_of_one_day_is_all_light() {
    let last = vec![(6, What::Proof), (6, What::Questions), (6, What::Rest)];
    assert_eq!(whats(&lay_out(&nothing())), last);
    let tomorrow = Facts { towards: day(1), due: vec![Due { question: question(1), area: 1, on: day(0), minutes: 10 }], ..nothing() };
    assert_eq!(whats(&lay_out(&tomorrow)), [(0, What::Proof), (0, What::Questions), (0, What::Rest)]);
    assert!(lay_out(&Facts { towards: day(0), ..nothing() }).days.is_empty());
}

#[test]
fn what_is_missing_is_collected_on_the_first_day() {
    let found = whats(&lay_out(&Facts { proofs: 0, questions: 0, ..nothing() }));
    assert_eq!(found[..2], [(0, What::CollectProof), (0, What::CollectQuestions)]);
}

#[test]
fn what_comes_back_goes_first_and_leaves_room_for_what_waits() {
    let due = (10..20).map(|n| Due { question: question(n), area: 3, on: day(0), minutes: 10 }).collect();
    let pool = vec![ready(1, 1, &[Topic::Git]), ready(2, 1, &[]), ready(3, 2, &[Topic::Docker])];
    let facts = Facts { due, pool, areas: vec![(1, 0), (2, 0)], topics: vec![Topic::Docker, Topic::Git], ..nothing() };
    let found = whats(&lay_out(&facts));
    assert_eq!(
        found[..3],
        // On a waiting topic too: the topic needs no slot of its own.
        [(0, What::Due(question(10))), (0, What::Due(question(11))), (0, What::Area(1, question(1)))]
    );
    assert_eq!(found[3..6], [(1, What::Due(question(12))), (1, What::Due(question(13))), (1, What::Area(2, question(3)))]);
    // Then the days are for what comes back, as many as somebody wants, and for the areas again.
    assert_eq!(found[6..9], [(2, What::Due(question(14))), (2, What::Due(question(15))), (2, What::Due(question(16)))]);
    let two = whats(&lay_out(&Facts { daily: 2, ..facts }));
    assert!(two.contains(&(2, What::Area(1, question(2)))), "{two:?}");
}

#[test]
fn what_was_missed_is_in_the_days_to_come_and_what_was_done_is_not() {
    let pool = vec![ready(1, 1, &[]), ready(2, 2, &[]), ready(3, 3, &[]), ready(4, 4, &[]), ready(5, 5, &[])];
    let facts = Facts { areas: (1..=5).map(|area| (area, 0)).collect(), pool, ..nothing() };
    let areas = |facts: &Facts| {
        let of = |(_, what): (u64, What)| if let What::Area(area, _) = what { Some(area) } else { None };
        whats(&lay_out(facts)).into_iter().filter_map(of).collect::<Vec<_>>()
    };
    assert_eq!(areas(&facts), [1, 2, 3, 4, 5]);
    // Two days later nothing was done: all of it is there, on fewer days.
    assert_eq!(areas(&Facts { today: day(2), ..facts.clone() }), [1, 2, 3, 4, 5]);
    // One was done today: it has had its time, and today has so much less room.
    let (mut done, after) = (facts.clone(), facts.pool[1..].to_vec());
    (done.areas[0].1, done.pool, done.used_today) = (1, after, 10);
    assert_eq!(areas(&done), [2, 3, 4, 5]);
    assert_eq!(lay_out(&done).days[0].slots.len(), 2);
    // No room for all of them is said.
    assert_eq!(lay_out(&Facts { today: day(5), ..facts }).no_room.areas, [4, 5]);
}

#[test]
fn a_claim_has_its_own_day_whenever_the_plan_is_read() {
    let facts = Facts { claims: 2, ..nothing() };
    let claims = |facts: &Facts| whats(&lay_out(facts)).into_iter().filter(|(_, what)| matches!(what, What::Claim(_))).collect::<Vec<_>>();
    let both = [(1, What::Claim(0)), (3, What::Claim(1))];
    assert_eq!(claims(&facts), both);
    assert_eq!(claims(&Facts { today: day(1), ..facts.clone() }), both);
    assert_eq!(claims(&Facts { today: day(2), ..facts }), both[1..]);
}

/// The question of a slot.
fn asked(what: What) -> Option<QuestionId> {
    match what {
        What::Due(question) | What::Area(_, question) | What::Topic(_, question) | What::Again(_, question) => Some(question),
        _ => None,
    }
}

#[test]
fn a_plan_of_two_months_fills_each_of_its_days_and_weak_areas_come_again_sooner() {
    let pool: Vec<Ready> = (0..27).map(|n| ready(n, 1 + n as u8 % 5, &[])).collect();
    let facts = Facts { towards: day(60), minutes: 60, areas: vec![(2, 0)], pool, ..nothing() };
    let laid_out = lay_out(&facts);
    assert_eq!(laid_out.days.len(), 60);
    for one in &laid_out.days[..59] {
        let minutes: u16 = one.slots.iter().map(|slot| slot.minutes).sum();
        assert!((51..=60).contains(&minutes), "{one:?}");
    }
    let times = |area: u8| {
        let of =
            |slot: &&Slot| asked(slot.what).is_some_and(|id| facts.pool.iter().any(|ready| ready.question == id && ready.area == area));
        laid_out.days.iter().flat_map(|day| &day.slots).filter(of).count()
    };
    assert!(times(2) * 2 > times(1) * 3, "{} of the weak area, {} of another", times(2), times(1));
    // The one of which it is longest ago comes first: with nothing weak, each as often as any other.
    let even = lay_out(&Facts { areas: (1..=5).map(|area| (area, 0)).collect(), ..facts });
    let mut times = BTreeMap::new();
    even.days.iter().flat_map(|day| &day.slots).filter_map(|slot| asked(slot.what)).for_each(|id| *times.entry(id).or_insert(0) += 1);
    let (least, most) = (times.values().min().unwrap(), times.values().max().unwrap());
    assert!(times.len() == 27 && most - least <= 2, "{times:?}");
}

#[test]
fn a_question_that_is_longer_than_any_day_stands_alone_on_it() {
    let long = |n: usize| Ready { minutes: 40, ..ready(n, 1, &[]) };
    let laid_out = lay_out(&Facts { areas: vec![(1, 0)], pool: vec![long(1), long(2)], ..nothing() });
    let expected = [What::Area(1, question(1)), What::Area(1, question(2)), What::Again(1, question(1)), What::Again(1, question(2))];
    assert_eq!(whats(&laid_out)[..4].iter().map(|(_, what)| *what).collect::<Vec<_>>(), expected);
}

prop_compose! {
    fn any_facts()(
        days in (0_u64..5, 0_u64..30, 1_u8..=127),
        minutes in (20_u16..=120, 0_u16..60),
        share in (0_usize..=6, 0_usize..=6),
        due in prop::collection::vec((0_u64..30, 7_u16..=12), 0..20),
        areas in prop::collection::btree_map(1_u8..=5, 0_i64..3, 0..=5),
        topics in prop::collection::btree_set(0_usize..11, 0..=11),
        pool in prop::collection::vec((1_u8..=5, prop::collection::btree_set(0_usize..11, 0..=2), 7_u16..=40), 0..40),
        rest in (0_usize..12, 0_usize..3, 0_usize..3),
    ) -> Facts {
        let topic = |n: &usize| Topic::ALL[*n];
        let mut due: Vec<Due> = due.iter().enumerate().map(|(n, (on, minutes))| Due { question: question(100 + n), area: 1 + n as u8 % 5, on: day(*on), minutes: *minutes }).collect();
        due.sort_by_key(|due| due.on);
        Facts {
            made_on: day(0),
            today: day(days.0),
            towards: day(days.1),
            weekdays: Weekdays::from_bits(days.2).unwrap(),
            minutes: minutes.0,
            used_today: minutes.1,
            daily: share.0,
            answered_today: share.1,
            due,
            areas: areas.into_iter().collect(),
            topics: topics.iter().map(topic).collect(),
            pool: pool.iter().enumerate().map(|(n, (area, topics, minutes))| Ready { question: question(n), area: *area, topics: topics.iter().map(topic).collect(), minutes: *minutes }).collect(),
            claims: rest.0,
            proofs: rest.1,
            questions: rest.2,
        }
    }
}

proptest! {
    #[test]
    fn no_day_holds_more_than_its_minutes_and_every_day_is_a_chosen_one_before_the_day(facts in any_facts()) {
        let laid_out = lay_out(&facts);
        let last = facts.weekdays.between(facts.today, facts.towards).last();
        for day in &laid_out.days {
            let used = if day.on == facts.today { facts.used_today } else { 0 };
            let planned: u16 = day.slots.iter().map(|slot| slot.minutes).sum();
            let alone = day.slots.len() == 1 && used == 0 && facts.pool.iter().all(|ready| ready.minutes > facts.minutes || Some(ready.question) != asked(day.slots[0].what));
            prop_assert!(planned <= facts.minutes.saturating_sub(used) || alone, "{day:?}");
            prop_assert!(day.on >= facts.today && day.on < facts.towards);
            prop_assert!(facts.weekdays.has(PlanWeekday::ALL[day.on.weekday().num_days_from_monday() as usize]));
            prop_assert_eq!(day.light, Some(day.on) == last);
            let asks = |slot: &Slot| asked(slot.what).is_some() || matches!(slot.what, What::Claim(_));
            prop_assert!(!day.light || !day.slots.iter().any(asks), "the last day is light: {:?}", day);
        }
    }

    #[test]
    fn no_day_before_the_light_one_is_empty_and_no_question_stands_on_two_days_running(facts in any_facts()) {
        let laid_out = lay_out(&facts);
        let days: Vec<NaiveDate> = facts.weekdays.between(facts.today, facts.towards).collect();
        let on = |day: NaiveDate| -> BTreeSet<QuestionId> {
            laid_out.days.iter().filter(|one| one.on == day).flat_map(|one| &one.slots).filter_map(|slot| asked(slot.what)).collect()
        };
        for day in &laid_out.days {
            let asked: Vec<QuestionId> = day.slots.iter().filter_map(|slot| asked(slot.what)).collect();
            prop_assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len(), "twice on one day: {:?}", day);
        }
        for (place, day) in days.iter().enumerate() {
            prop_assert!(place == 0 || on(days[place - 1]).is_disjoint(&on(*day)), "two days running: {day}");
            // One question alone rests every other day; and today may be used up.
            let whole = *day != facts.today || facts.used_today == 0;
            if facts.pool.len() > 1 && whole {
                prop_assert!(laid_out.days.iter().any(|one| one.on == *day), "nothing on {day}");
            }
        }
    }

    #[test]
    fn what_comes_back_goes_first_when_it_is_due_and_within_the_days_share(facts in any_facts()) {
        for day in &lay_out(&facts).days {
            let due: Vec<bool> = day.slots.iter().map(|slot| matches!(slot.what, What::Due(_))).collect();
            prop_assert!(due.is_sorted_by(|one, next| one >= next), "{day:?}");
            let share = if day.on == facts.today { facts.daily.saturating_sub(facts.answered_today) } else { facts.daily };
            prop_assert!(due.iter().filter(|is| **is).count() <= share, "{day:?}");
            for slot in &day.slots {
                let What::Due(question) = slot.what else { continue };
                prop_assert!(facts.due.iter().any(|due| due.question == question && due.on <= day.on));
            }
        }
    }

    #[test]
    fn each_area_and_each_topic_gets_time_before_anything_gets_it_again(facts in any_facts()) {
        let laid_out = lay_out(&facts);
        let fits = |of: &dyn Fn(&Ready) -> bool| facts.pool.iter().any(|ready| ready.minutes <= facts.minutes && of(ready));
        let mut areas: BTreeSet<u8> = facts.areas.iter().filter(|(area, times)| *times == 0 && fits(&|ready| ready.area == *area)).map(|(area, _)| *area).collect();
        let mut topics: BTreeSet<Topic> = facts.topics.iter().copied().filter(|topic| fits(&|ready| ready.topics.contains(topic))).collect();
        let mut before = BTreeSet::new();
        for slot in laid_out.days.iter().flat_map(|day| &day.slots) {
            let question = match slot.what {
                What::Area(area, question) => {
                    prop_assert!(areas.remove(&area) || (areas.is_empty() && topics.is_empty()), "{area} again while {areas:?} {topics:?} wait");
                    question
                }
                What::Topic(topic, question) => {
                    prop_assert!(topics.contains(&topic), "{topic} again");
                    question
                }
                What::Due(question) => question,
                What::Again(_, question) => {
                    prop_assert!(before.contains(&question) && areas.is_empty() && topics.is_empty(), "again while {areas:?} {topics:?} wait");
                    continue;
                }
                _ => continue,
            };
            prop_assert!(before.insert(question), "the first time twice in one plan");
            if let Some(ready) = facts.pool.iter().find(|ready| ready.question == question) {
                topics.retain(|topic| !ready.topics.contains(topic));
            }
        }
        // What found no room is said, and nothing else.
        let said: BTreeSet<u8> = laid_out.no_room.areas.iter().copied().collect();
        prop_assert!(areas.is_subset(&said), "{areas:?} {said:?}");
        prop_assert!(topics.is_subset(&laid_out.no_room.topics.iter().copied().collect()));
    }
}
