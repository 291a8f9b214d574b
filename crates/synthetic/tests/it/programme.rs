//! The partnership and its programme.

use std::collections::BTreeSet;

use crate::check;

#[test]
fn everything_named_exists() {
    check(|t| {
        let members: BTreeSet<&str> = t.members.iter().map(|m| m.code.as_str()).collect();
        let organisations: BTreeSet<&str> = t.organisations.iter().map(|o| o.code.as_str()).collect();
        let subgroups: BTreeSet<&str> = t.subgroups.iter().map(|s| s.code).collect();
        let indicators: BTreeSet<&str> = t.indicators.iter().map(|i| i.code).collect();
        let numbers: BTreeSet<u16> = t.recommendations.iter().map(|r| r.number).collect();
        assert_eq!((subgroups.len(), organisations.len(), numbers.len()), (4, 12, 30));
        assert_eq!((t.actions.len(), indicators.len()), (60, 20));
        assert!(t.members.iter().all(|m| organisations.contains(m.organisation.as_str())));
        assert!(t.members.iter().filter_map(|m| m.subgroup).all(|s| subgroups.contains(s)));
        assert!(t.recommendations.iter().all(|r| subgroups.contains(r.subgroup)));
        assert!(t.recommendations.iter().filter_map(|r| r.owner.as_deref()).all(|m| members.contains(m)));
        for action in &t.actions {
            assert!(subgroups.contains(action.subgroup), "{}", action.title);
            assert!(action.owner.iter().chain(&action.sponsor).all(|m| members.contains(m.as_str())));
            assert!(action.recommendations.iter().all(|n| numbers.contains(n)), "{}", action.title);
            assert!(action.indicators.iter().all(|i| indicators.contains(i)), "{}", action.title);
        }
        for indicator in &t.indicators {
            assert!(indicator.recommendations.iter().all(|n| numbers.contains(n)), "{}", indicator.name);
        }
    });
}

#[test]
fn every_principle_and_horizon_is_served() {
    check(|t| {
        let principles: BTreeSet<u8> = t.recommendations.iter().map(|r| r.principle).collect();
        assert_eq!(principles, (1..=8).collect());
        let horizons: BTreeSet<_> = t.recommendations.iter().map(|r| r.horizon).collect();
        assert_eq!(horizons.len(), 3);
    });
}

#[test]
fn actions_are_in_every_state() {
    check(|t| {
        let count =
            |holds: &dyn Fn(&synthetic::Action) -> bool| t.actions.iter().filter(|a| holds(a)).count();
        let late = |a: &synthetic::Action| {
            a.finished.is_none()
                && (a.due < t.as_of || a.milestones.iter().any(|m| m.due < t.as_of && m.reached.is_none()))
        };
        assert!(count(&|a| a.finished.is_some_and(|day| day <= a.due)) >= 8);
        assert!(count(&|a| a.finished.is_some_and(|day| day > a.due)) >= 4);
        assert!(count(&|a| late(a)) >= 8);
        assert!(count(&|a| a.finished.is_none() && a.start < t.as_of && !late(a)) >= 15);
        assert!(count(&|a| a.start > t.as_of) >= 6);
        assert!(count(&|a| a.owner.is_none()) >= 5);
        assert!(count(&|a| a.milestones.is_empty()) >= 4);
        assert!(count(&|a| a.stopped.is_some_and(|day| a.start < day && day <= t.as_of)) >= 1);
        assert_eq!(t.recommendations.iter().filter(|r| r.owner.is_none()).count(), 4);
        assert!(count(&|a| a.recommendations.is_empty()) >= 3);
        let served: BTreeSet<u16> = t.actions.iter().flat_map(|a| a.recommendations.clone()).collect();
        assert_eq!(t.recommendations.len() - served.len(), 5);
    });
}

#[test]
fn dates_and_progress_agree() {
    check(|t| {
        for action in &t.actions {
            assert!(action.start < action.due, "{}", action.title);
            assert!(
                action.finished.is_none_or(|day| action.start < day && day <= t.as_of),
                "{}",
                action.title
            );
            assert_eq!(action.finished.is_some(), action.percent_complete == 100, "{}", action.title);
            assert!(action.milestones.is_sorted_by_key(|m| m.due));
            for milestone in &action.milestones {
                assert!(action.start < milestone.due && milestone.due <= action.due);
                assert!(milestone.reached.is_none_or(|day| day <= t.as_of), "{} {milestone:?}", action.title);
                assert!(action.finished.is_none() || milestone.reached.is_some());
            }
        }
    });
}
