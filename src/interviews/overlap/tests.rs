use proptest::prelude::*;

use super::*;

fn team(n: usize) -> Vec<String> {
    (0..n).map(|place| format!("r{place:02}")).collect()
}

fn overlap(n: usize, panels: &[&[usize]]) -> Overlap {
    let names = team(n);
    let panels: Vec<Vec<String>> = panels.iter().map(|panel| panel.iter().map(|place| names[*place].clone()).collect()).collect();
    Overlap::new(&names, &panels)
}

/// What is left to do after the plan.
fn after(overlap: &Overlap, plan: &RotationPlan) -> Overlap {
    let mut done = overlap.clone();
    for panel in &plan.panels {
        let places: Vec<usize> = panel.iter().map(|name| done.place(name).unwrap()).collect();
        done.meet(&places);
    }
    done
}

/// The fewest panels of at most `seats` people, by trying all: iterative deepening on the first missing pair.
fn exact(overlap: &Overlap, seats: usize, aim: u32) -> usize {
    fn covers(need: &mut Vec<Vec<i64>>, seats: usize, budget: usize) -> bool {
        let n = need.len();
        let Some((a, b)) = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).find(|(a, b)| need[*a][*b] > 0) else { return true };
        let open: i64 = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).map(|(a, b)| need[a][b].max(0)).sum();
        if open > (budget * seats * (seats - 1) / 2) as i64 {
            return false;
        }
        for set in 0u32..1 << n {
            if set.count_ones() as usize != seats.min(n) || set >> a & 1 == 0 || set >> b & 1 == 0 {
                continue;
            }
            let panel: Vec<usize> = (0..n).filter(|place| set >> place & 1 == 1).collect();
            let mut change = |by: i64| panel.iter().for_each(|x| panel.iter().for_each(|y| need[*x][*y] += by));
            change(-1);
            let done = covers(need, seats, budget - 1);
            let mut change = |by: i64| panel.iter().for_each(|x| panel.iter().for_each(|y| need[*x][*y] += by));
            change(1);
            if done {
                return true;
            }
        }
        false
    }
    let n = overlap.raters.len();
    let mut need: Vec<Vec<i64>> = (0..n).map(|a| (0..n).map(|b| i64::from(aim) - i64::from(overlap.count(a, b))).collect()).collect();
    (0..).find(|budget| covers(&mut need, seats, *budget)).unwrap()
}

#[test]
fn pairs_and_groups_are_counted_by_candidate() {
    let panels = [vec!["a", "b", "b", "stranger"], vec!["a", "b"], vec!["c"]];
    let found = Overlap::new(&["c", "b", "a", "b"], &panels);
    assert_eq!(found.raters(), ["a", "b", "c"]);
    assert_eq!((found.shared("a", "b"), found.shared("b", "a"), found.shared("a", "c"), found.shared("a", "x")), (2, 2, 0, 0));
    assert_eq!(found.groups(), [vec!["a", "b"], vec!["c"]]);
    assert!(!found.connected());
    let never: Vec<(String, String)> = found.below(1).into_iter().map(|pair| (pair.a, pair.b)).collect();
    assert_eq!(never, [("a".into(), "c".into()), ("b".into(), "c".into())]);
    assert_eq!(found.below(5).len(), 3);
    assert_eq!(found.below(5)[0], Pair { a: "a".into(), b: "b".into(), shared: 2 });
}

#[test]
fn the_next_panel_begins_with_who_miss_most_and_nobody_is_asked_without_need() {
    // 0, 1 and 2 know each other; 3 knows nobody.
    assert_eq!(next_panel(&overlap(4, &[&[0, 1, 2]]), 3, CONNECT), ["r00", "r01", "r03"]);
    assert!(next_panel(&overlap(3, &[&[0, 1, 2]]), 3, CONNECT).is_empty());
    assert_eq!(next_panel(&overlap(3, &[&[0, 1, 2], &[0, 1], &[0, 2]]), 2, 2), ["r01", "r02"]);
    assert!(next_panel(&overlap(1, &[]), 3, CONNECT).is_empty() && next_panel(&overlap(4, &[]), 1, CONNECT).is_empty());
}

#[test]
fn a_chain_connects() {
    assert!(overlap(4, &[&[0, 1], &[1, 2], &[2, 3]]).connected());
    assert!(!overlap(4, &[&[0, 1], &[2, 3]]).connected());
    assert!(overlap(1, &[]).connected() && overlap(0, &[]).connected());
}

#[test]
fn known_coverings() {
    // Seven people in panels of three: the Fano plane. Six: 6. Nine: 12 (the affine plane).
    for (n, seats, fewest) in [(7, 3, 7), (6, 3, 6), (9, 3, 12), (4, 3, 3), (5, 3, 4), (5, 2, 10), (4, 4, 1), (3, 9, 1)] {
        assert_eq!(rotation_plan(&overlap(n, &[]), seats, CONNECT).panels.len(), fewest, "{n} {seats}");
    }
}

#[test]
fn what_was_shared_counts() {
    let plan = rotation_plan(&overlap(4, &[&[0, 1, 2], &[0, 1, 2]]), 3, 2);
    // Only the fourth misses the others, twice each: two pairs a panel.
    assert_eq!((plan.panels.len(), plan.missing, plan.at_least), (3, 6, 3));
    assert!(plan.panels.iter().all(|panel| panel.contains(&"r03".to_owned())));
    assert_eq!(rotation_plan(&overlap(3, &[&[0, 1, 2]]), 3, 1).panels.len(), 0);
}

#[test]
fn one_seat_brings_nobody_together() {
    for seats in [0, 1] {
        let plan = rotation_plan(&overlap(3, &[]), seats, 1);
        assert_eq!((plan.panels.len(), plan.missing), (0, 3));
    }
    assert_eq!(rotation_plan(&overlap(0, &[]), 3, 5), RotationPlan { panels: vec![], at_least: 0, missing: 0 });
}

#[test]
fn the_shortest_plan_on_all_small_teams() {
    for n in 2..=5 {
        for seats in 2..=3.min(n) {
            for aim in 1..=2 {
                assert_eq!(
                    rotation_plan(&overlap(n, &[]), seats, aim).panels.len(),
                    exact(&overlap(n, &[]), seats, aim),
                    "{n} {seats} {aim}"
                );
            }
        }
    }
}

#[test]
fn a_large_team_is_planned_quickly_and_not_far_from_the_bound() {
    let start = std::time::Instant::now();
    let plan = rotation_plan(&overlap(30, &[]), 3, QUARTER);
    assert!(after(&overlap(30, &[]), &plan).below(QUARTER).is_empty());
    assert!(plan.panels.len() * 10 <= plan.at_least * 12, "{} {}", plan.panels.len(), plan.at_least);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn whom_to_add() {
    let met = overlap(4, &[&[0, 1], &[0, 1], &[0, 2], &[1, 2], &[1, 2]]);
    let found = suggest(&met, &["r00", "r01"], 2);
    // r03 misses both; r02 misses one meeting with r00.
    assert_eq!(found[0], Suggestion { rater: "r03".into(), with: vec!["r00".into(), "r01".into()], missing: 4 });
    assert_eq!(found[1], Suggestion { rater: "r02".into(), with: vec!["r00".into()], missing: 1 });
    assert_eq!(suggest::<&str>(&met, &[], 2)[0].rater, "r03");
    assert_eq!(suggest(&met, &["r03", "stranger"], 1).len(), 3);
    assert_eq!(suggest(&met, &["r00", "r01", "r02", "r03"], 5), []);
}

fn any_overlap(people: std::ops::Range<usize>) -> impl Strategy<Value = Overlap> {
    people.prop_flat_map(|n| {
        prop::collection::vec(prop::collection::vec(0..n.max(1), 0..4), 0..8).prop_map(move |panels| {
            let names = team(n);
            let named: Vec<Vec<String>> =
                panels.iter().map(|panel| panel.iter().filter_map(|place| names.get(*place).cloned()).collect()).collect();
            Overlap::new(&names, &named)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_plan_reaches_the_aim_within_its_bounds(overlap in any_overlap(0..9), seats in 2..5usize, aim in 0..6u32) {
        let plan = rotation_plan(&overlap, seats, aim);
        let done = after(&overlap, &plan);
        if overlap.raters().len() > 1 {
            prop_assert!(done.below(aim).is_empty());
            prop_assert!(aim == 0 || done.connected());
        }
        let missing: u32 = overlap.below(aim).iter().map(|pair| aim - pair.shared).sum();
        prop_assert_eq!(plan.missing, missing as usize);
        let mut seated = 0;
        for panel in &plan.panels {
            let different: BTreeSet<&String> = panel.iter().collect();
            prop_assert!(different.len() == panel.len() && (2..=seats).contains(&panel.len()));
            seated += panel.len();
        }
        // Never more interviews or seats than one interview for each missing meeting.
        prop_assert!(plan.panels.len() <= plan.missing && seated <= 2 * plan.missing);
        prop_assert!(plan.at_least <= plan.panels.len());
        prop_assert_eq!(rotation_plan(&overlap, seats, aim), plan);
    }

    #[test]
    fn no_plan_of_a_small_team_is_shorter(overlap in any_overlap(2..6), seats in 2..4usize, aim in 1..3u32) {
        let seats = seats.min(overlap.raters().len());
        prop_assert_eq!(rotation_plan(&overlap, seats, aim).panels.len(), exact(&overlap, seats, aim));
    }

    #[test]
    fn seating_the_first_suggestion_shortens_the_list(overlap in any_overlap(2..8), aim in 1..4u32) {
        let found = suggest::<&str>(&overlap, &[], aim);
        let Some(first) = found.first().filter(|first| !first.with.is_empty()) else {
            prop_assert!(overlap.below(aim).is_empty());
            return Ok(());
        };
        let second = &suggest(&overlap, &[&first.rater], aim)[0];
        prop_assert_eq!(&second.with, &vec![first.rater.clone()]);
        let mut met = overlap.clone();
        met.meet(&[overlap.place(&first.rater).unwrap(), overlap.place(&second.rater).unwrap()]);
        let open = |overlap: &Overlap| overlap.below(aim).iter().map(|pair| aim - pair.shared).sum::<u32>();
        prop_assert_eq!(open(&met) + 1, open(&overlap));
    }
}
