//! Signs of life and gaps.

use std::sync::Arc;

use domain::Span;

use super::{noon_plus, read_all};
use crate::{Gap, Limit, Pulse, Store};

fn gap(from: u32, to: u32) -> Gap {
    Gap {
        from: noon_plus(from),
        to: noon_plus(to),
        applied_at: None,
    }
}

pub(crate) async fn the_latest_sign_of_life_never_moves_back(store: Arc<dyn Store>) {
    let heartbeats = store.heartbeats();
    assert_eq!(heartbeats.last().await.unwrap(), None);
    for (beat, last) in [(1, 1), (5, 5), (3, 5)] {
        heartbeats.beat(noon_plus(beat)).await.unwrap();
        assert_eq!(heartbeats.last().await.unwrap(), Some(noon_plus(last)));
    }
}

pub(crate) async fn a_gap_is_recorded_once_and_applied_once(store: Arc<dyn Store>) {
    let heartbeats = store.heartbeats();
    heartbeats.record_gap(&gap(30, 50)).await.unwrap();
    for end in [20, 21, 15] {
        heartbeats.record_gap(&gap(1, end)).await.unwrap();
    }
    let open = heartbeats.list_unapplied(Limit::MAX).await.unwrap();
    assert_eq!(open, [gap(1, 21), gap(30, 50)], "oldest first");
    assert_eq!(open[0].span(), Span::minutes(20), "the longest counts");

    for at in [60, 70] {
        let at = noon_plus(at);
        heartbeats.mark_applied(noon_plus(1), at).await.unwrap();
    }
    heartbeats.record_gap(&gap(1, 29)).await.unwrap();
    let open = heartbeats.list_unapplied(Limit::MAX).await.unwrap();
    assert_eq!(open, [gap(30, 50)], "what was applied stays as it was");
    let all = read_all(10, |page| heartbeats.list_gaps(page)).await;
    assert_eq!(all[1].applied_at, Some(noon_plus(60)), "the first time");
}

pub(crate) async fn only_gaps_that_end_later_are_still_owed(store: Arc<dyn Store>) {
    let heartbeats = store.heartbeats();
    let since = async |minutes| {
        let pulse = heartbeats.since(noon_plus(minutes), Limit::MAX).await;
        let Pulse { last, gaps } = pulse.unwrap();
        (last, gaps)
    };
    assert_eq!(since(0).await, (None, vec![]));
    for open in [gap(30, 50), gap(1, 21), gap(60, 80)] {
        heartbeats.record_gap(&open).await.unwrap();
    }
    heartbeats.beat(noon_plus(80)).await.unwrap();
    let applied = heartbeats.mark_applied(noon_plus(60), noon_plus(90));
    applied.await.unwrap();
    let last = Some(noon_plus(80));
    assert_eq!(since(0).await, (last, vec![gap(1, 21), gap(30, 50)]));
    assert_eq!(since(21).await, (last, vec![gap(30, 50)]));
    assert_eq!(since(49).await, (last, vec![gap(30, 50)]), "a part of it");
    assert_eq!(since(50).await, (last, vec![]));
    let first = heartbeats.since(noon_plus(0), Limit::new(1)).await;
    assert_eq!(first.unwrap().gaps, [gap(1, 21)]);
}

pub(crate) async fn gaps_are_paged_newest_first(store: Arc<dyn Store>) {
    let heartbeats = store.heartbeats();
    for number in 0..7 {
        let gap = gap(number * 20, number * 20 + 11);
        heartbeats.record_gap(&gap).await.unwrap();
    }
    let all = read_all(3, |page| heartbeats.list_gaps(page)).await;
    assert_eq!(all.len(), 7);
    assert!(all.is_sorted_by(|one, next| one.from > next.from));
}
