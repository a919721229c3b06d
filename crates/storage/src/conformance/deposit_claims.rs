//! A deposit counts once.

use std::sync::Arc;

use domain::Units;
use domain::id::IntentId;

use super::{NOON, id, noon_plus, read_all, together};
use crate::{Claimed, DepositClaim, DepositClaimState, Moved, Store};

fn claim(key: &str, intent: u32, minutes: u32) -> DepositClaim {
    DepositClaim {
        key: key.into(),
        intent: id!(IntentId, intent),
        deal: id!(DealId, intent),
        units: Units::new(25_500_000_000_000_000_000),
        state: DepositClaimState::Claimed,
        claimed_at: noon_plus(minutes),
        updated_at: noon_plus(minutes),
    }
}

pub(crate) async fn of_32_threads_one_claims_a_deposit(store: Arc<dyn Store>) {
    let answers = together((0..32).map(|thread| {
        let store = Arc::clone(&store);
        async move {
            // Each believes in another intent; the first one to come is right.
            let claim = claim("BNB-USDT:0xabc:0x1", thread, 0);
            let answer = store.deposit_claims().claim(&claim).await.unwrap();
            (claim, answer)
        }
    }))
    .await;
    let winners: Vec<_> = answers
        .iter()
        .filter(|(_, answer)| *answer == Claimed::Now)
        .map(|(claim, _)| claim)
        .collect();
    assert_eq!(winners.len(), 1);
    for (_, answer) in &answers {
        if let Claimed::Before(stored) = answer {
            assert_eq!(stored, winners[0], "the others see the winner's claim");
        }
    }
}

pub(crate) async fn a_claim_moves_only_along_its_way(store: Arc<dyn Store>) {
    use DepositClaimState::{Claimed, Credited, Reversed};
    let claims = store.deposit_claims();
    claims.claim(&claim("k", 1, 0)).await.unwrap();
    for (next, moved, then) in [
        (Reversed, Moved::Refused(Claimed), Claimed),
        (Credited, Moved::Now, Credited),
        (Credited, Moved::Before, Credited),
        (Claimed, Moved::Refused(Credited), Credited),
        (Reversed, Moved::Now, Reversed),
        (Reversed, Moved::Before, Reversed),
        (Credited, Moved::Now, Credited),
    ] {
        let answer = claims.advance("k", next, noon_plus(1)).await.unwrap();
        assert_eq!(answer, moved, "to {next:?}");
        let stored = claims.find("k").await.unwrap().unwrap();
        assert_eq!(stored.state, then);
    }
    let missing = claims.advance("other", Credited, NOON).await.unwrap();
    assert_eq!(missing, Moved::Missing);
}

pub(crate) async fn claims_that_nobody_credited_are_driven_again(store: Arc<dyn Store>) {
    let claims = store.deposit_claims();
    for (key, minutes) in [("late", 9), ("second", 2), ("first", 1), ("done", 0)] {
        claims.claim(&claim(key, 1, minutes)).await.unwrap();
    }
    let credited = DepositClaimState::Credited;
    claims
        .advance("done", credited, noon_plus(3))
        .await
        .unwrap();
    let left = read_all(1, |page| claims.list_uncredited(noon_plus(9), page)).await;
    let keys: Vec<_> = left.iter().map(|claim| claim.key.as_str()).collect();
    assert_eq!(keys, ["first", "second"]);
}

pub(crate) async fn claims_of_an_intent_are_paged_oldest_first(store: Arc<dyn Store>) {
    let claims = store.deposit_claims();
    for number in 0..11 {
        // Several in the same minute: the order still never wavers.
        let claim = claim(&format!("k{number}"), number % 2, number / 4);
        claims.claim(&claim).await.unwrap();
    }
    let intent: IntentId = id!(IntentId, 0);
    let found = read_all(2, |page| claims.list_of_intent(intent, page)).await;
    let mut keys: Vec<_> = found.iter().map(|claim| claim.key.clone()).collect();
    assert!(found.is_sorted_by_key(|claim| claim.claimed_at));
    keys.sort();
    assert_eq!(keys, ["k0", "k10", "k2", "k4", "k6", "k8"]);
}
