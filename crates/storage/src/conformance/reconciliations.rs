//! Comparisons are kept for a while, newest first.

use std::sync::Arc;

use domain::{Asset, Network, Token, Units};

use super::{noon_plus, read_all};
use crate::{Limit, ReconciledAsset, Reconciliation, Store};

fn compared(minute: u32) -> Reconciliation {
    let asset = Asset::new(Network::Polygon, Token::Usdt);
    Reconciliation {
        at: noon_plus(minute),
        lines: vec![ReconciledAsset {
            asset: asset.unwrap(),
            owed: Units::new(100),
            sending: Units::new(30),
            holdings: Some(Units::new(u128::from(minute))),
        }],
        expires_at: noon_plus(minute + 60),
    }
}

pub(crate) async fn comparisons_are_paged_newest_first(store: Arc<dyn Store>) {
    let reconciliations = store.reconciliations();
    for minute in 0..5 {
        reconciliations.record(&compared(minute)).await.unwrap();
    }
    let again = Reconciliation {
        lines: Vec::new(),
        ..compared(4)
    };
    reconciliations.record(&again).await.unwrap();
    let listed = read_all(2, |page| reconciliations.list(page)).await;
    assert_eq!(listed, [4, 3, 2, 1, 0].map(compared));
}

pub(crate) async fn old_comparisons_are_forgotten(store: Arc<dyn Store>) {
    let reconciliations = store.reconciliations();
    for minute in [0, 30] {
        reconciliations.record(&compared(minute)).await.unwrap();
    }
    store.sweep(noon_plus(70), Limit::MAX).await.unwrap();
    let listed = read_all(9, |page| reconciliations.list(page)).await;
    assert_eq!(listed, [compared(30)]);
}
