//! Joint payouts: one open at a time, lists, the outbox.

use std::sync::Arc;

use domain::deal::{Actor, Context, Destination, LegId, Limits};
use domain::id::{JointPayoutId, UserId};
use domain::joint::{Candidate, JointCommand, JointPayout, JointState};
use domain::{Asset, Network, Token, Units};

use super::{id, noon_plus, read_all};
use crate::{InsertError, Limit, PageRequest, Store};

/// The nth joint payout, of the nth payee, asked for n minutes after noon.
pub(super) fn joint(number: u32) -> JointPayout {
    of_payee(number, number)
}

fn of_payee(number: u32, payee: u32) -> JointPayout {
    let asset = Asset::new(Network::Bsc, Token::Usdt).unwrap();
    let to = "0x55d398326f99059fF775485246999027B3197955";
    let leg = |deal| Candidate {
        deal: id!(DealId, deal),
        leg: LegId::Seller,
        sends: 0,
        gross: asset.cents(60),
        network_fee: asset.network_fee(),
    };
    let (id, payee): (JointPayoutId, UserId) = (id!(JointPayoutId, number), id!(UserId, payee));
    let destination = Destination::new(asset, to).unwrap();
    let legs = vec![leg(1), leg(2)];
    JointPayout::open(id, payee, asset, destination, legs, noon_plus(number)).unwrap()
}

/// The same after its deals refused both legs: dissolved.
fn dissolved(joint: &JointPayout) -> JointPayout {
    let limits = Limits {
        payout_auto: Units::ZERO,
        payout_one_key: Units::ZERO,
        ruling_alone: Units::ZERO,
    };
    let context = Context {
        now: joint.updated_at,
        expected_version: None,
        address_read_at: None,
        limits: &limits,
    };
    let mut joint = joint.clone();
    while let Some(part) = joint.next_wanted() {
        let (deal, leg) = (part.deal, part.leg.clone());
        let refuse = JointCommand::RefusePart { deal, leg };
        joint = joint.decide(Actor::System, refuse, &context).unwrap().joint;
    }
    joint
}

pub(crate) async fn a_joint_payout_comes_back_whole(store: Arc<dyn Store>) {
    let joints = store.joint_payouts();
    let new = joint(1);
    joints.insert(&new).await.unwrap();
    let changed = dissolved(&new);
    joints.commit(&changed, new.version).await.unwrap();
    assert_eq!(joints.find(new.id).await.unwrap(), Some(changed));
}

pub(crate) async fn a_payee_has_one_open_joint_payout_in_an_asset(store: Arc<dyn Store>) {
    let joints = store.joint_payouts();
    let (first, second) = (of_payee(1, 1), of_payee(2, 1));
    joints.insert(&first).await.unwrap();
    let refused = joints.insert(&second).await;
    assert!(
        matches!(refused, Err(InsertError::Conflict { field: "open_key" })),
        "{refused:?}"
    );
    assert_eq!(joints.find(second.id).await.unwrap(), None);
    joints.insert(&of_payee(3, 2)).await.unwrap();

    joints
        .commit(&dissolved(&first), first.version)
        .await
        .unwrap();
    joints.insert(&second).await.unwrap();
    joints
        .commit(&dissolved(&second), second.version)
        .await
        .unwrap();
}

pub(crate) async fn joint_payouts_are_listed_by_payee_and_by_state(store: Arc<dyn Store>) {
    let joints = store.joint_payouts();
    let over = dissolved(&of_payee(1, 1));
    joints.insert(&of_payee(1, 1)).await.unwrap();
    joints.commit(&over, 1).await.unwrap();
    for new in [of_payee(2, 1), of_payee(3, 2)] {
        joints.insert(&new).await.unwrap();
    }
    let page = PageRequest::first(Limit::MAX);
    let found = joints.list_of_payee(id!(UserId, 1), page).await.unwrap();
    let ids: Vec<_> = found.items.iter().map(|joint| joint.id).collect();
    assert_eq!(ids, [id!(JointPayoutId, 2), id!(JointPayoutId, 1)]);
    let found = joints.list_in(JointState::Gathering, page).await.unwrap();
    let ids: Vec<_> = found.items.iter().map(|joint| joint.id).collect();
    assert_eq!(ids, [id!(JointPayoutId, 3), id!(JointPayoutId, 2)]);
    let found = joints.list_in(JointState::Dissolved, page).await.unwrap();
    assert_eq!(found.items.len(), 1);
    assert_eq!(found.items[0].dissolved, over.dissolved);
}

pub(crate) async fn news_of_joint_payouts_wait_for_the_relay(store: Arc<dyn Store>) {
    let joints = store.joint_payouts();
    let new = joint(1);
    joints.insert(&new).await.unwrap();
    let waiting = read_all(5, |page| joints.list_undispatched(page)).await;
    assert_eq!((waiting.len(), waiting[0].after), (1, 0));
    joints.mark_dispatched(new.id, 1).await.unwrap();
    let none = read_all(5, |page| joints.list_undispatched(page)).await;
    assert_eq!(none, []);
    let changed = dissolved(&new);
    joints.commit(&changed, new.version).await.unwrap();
    let waiting = read_all(5, |page| joints.list_undispatched(page)).await;
    assert_eq!((waiting.len(), waiting[0].after), (1, 1));
}
