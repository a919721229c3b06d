//! A transfer pays one leg.

use std::sync::Arc;

use super::together;
use crate::{Claimed, Store};

pub(crate) async fn a_claim_stands_and_its_owner_finds_it_again(store: Arc<dyn Store>) {
    let txs = store.payout_txs();
    assert_eq!(txs.find_owner("TRC20/USDT/0x1").await.unwrap(), None);
    for (tx, sending, answer) in [
        ("TRC20/USDT/0x1", "a.seller.1", Claimed::Now),
        ("TRC20/USDT/0x1", "a.seller.1", before("a.seller.1")),
        ("TRC20/USDT/0x1", "b.seller.1", before("a.seller.1")),
        ("TRC20/USDT/0x2", "a.seller.1", Claimed::Now),
    ] {
        assert_eq!(txs.claim(tx, sending).await.unwrap(), answer, "{tx}");
    }
    let owner = txs.find_owner("TRC20/USDT/0x1").await.unwrap();
    assert_eq!(owner.as_deref(), Some("a.seller.1"));
}

pub(crate) async fn of_32_sendings_one_claims_a_transaction(store: Arc<dyn Store>) {
    let answers = together((0..32).map(|number| {
        let store = Arc::clone(&store);
        async move {
            let sending = format!("{number}.seller.1");
            let answer = store.payout_txs().claim("0xabc", &sending).await.unwrap();
            (sending, answer)
        }
    }))
    .await;
    let winners: Vec<_> = answers
        .iter()
        .filter(|(_, answer)| *answer == Claimed::Now)
        .map(|(sending, _)| sending.clone())
        .collect();
    assert_eq!(winners.len(), 1);
    for (_, answer) in &answers {
        if let Claimed::Before(owner) = answer {
            assert_eq!(*owner, winners[0], "the others are told whose it is");
        }
    }
}

fn before(owner: &str) -> Claimed<String> {
    Claimed::Before(owner.to_owned())
}
