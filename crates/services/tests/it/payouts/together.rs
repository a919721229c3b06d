//! Payouts that are each too small to be sent, claimed and sent together.

use std::sync::Arc;

use domain::deal::{Command, Deal, Destination, LegId, LegState, Offer, Rejection, State};
use domain::id::{CommandKey, DealId, JointPayoutId};
use domain::joint::{JointPayout, JointState};
use domain::ledger::Account;
use domain::{Network, Role, Span, Units};
use serde_json::json;
use services::deals::DealError;
use services::identity::SignedIn;
use services::jobs::Job;
use services::payouts::{ClaimTogether, JointStep, PayoutDesk};
use services::ports::PaymentGateway;
use shkeeper_simulator::Running;
use storage::Store;

use crate::bank::{gateway_of, world_over};
use crate::dealt::{Dealt, People, asset, stored, usd};
use crate::failing_store::{FailingStore, Fuse};
use crate::market::{ADDRESS, Market};

const CRUMB: LegId = LegId::Buyer;
/// Another of Bahar's.
const OTHER: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";

/// A house with a gateway, in which Bahar is owed small change.
struct House {
    market: Market,
    gateway: Running,
    people: People,
    fuse: Arc<Fuse>,
}

impl House {
    async fn open() -> Self {
        let fuse = Arc::new(Fuse::default());
        let its = Arc::clone(&fuse);
        let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::fused(store, its)) as _;
        let (world, gateway) = world_over(wrap).await;
        let people = People::meet(&world).await;
        let market = Market::in_world(world).await;
        market.mails().await;
        market.add_address(&people.buyer, Network::Bsc).await;
        market.advance(Span::hours(25));
        Self {
            market,
            gateway,
            people,
            fuse,
        }
    }

    /// A deal that is over but for so many cents of the buyer's.
    async fn crumb(&self, number: u32, cents: u64) -> DealId {
        let mut dealt = Dealt::funded(&self.market, &self.people, number, usd(100));
        dealt.ship();
        let buyer = asset().cents(cents);
        dealt.seller(Command::Propose {
            offer: Offer::Split { buyer },
        });
        let id = dealt.deal.proposals[0].id;
        dealt.buyer(Command::AcceptProposal { id });
        dealt.pay_seller();
        dealt.keep(&self.market).await
    }

    async fn crumbs(&self, first: u32, cents: &[u64]) -> Vec<DealId> {
        let mut deals = Vec::new();
        for (number, cents) in (first..).zip(cents) {
            deals.push(self.crumb(number, *cents).await);
        }
        deals
    }

    async fn claim_with(&self, key: CommandKey) -> Result<JointPayoutId, DealError> {
        let claim = ClaimTogether {
            asset: asset(),
            destination: Destination::new(asset(), ADDRESS).unwrap(),
            key,
        };
        let actor = self.people.buyer.actor();
        self.market.claim_together(&actor, claim).await
    }

    async fn claim(&self) -> JointPayoutId {
        self.claim_with(self.market.key()).await.unwrap()
    }

    /// Runs the payouts job once, and lets the chain go on.
    async fn round(&self) {
        self.gateway.simulator().tick().await;
        self.market.advance(Span::seconds(31));
        let ran = self.market.run_job(Job::Payouts, "test").await;
        ran.unwrap().unwrap();
    }

    async fn rounds(&self) {
        for _ in 0..6 {
            self.round().await;
        }
    }

    async fn joint(&self, id: JointPayoutId) -> JointPayout {
        let joints = self.market.store().joint_payouts();
        joints.find(id).await.unwrap().unwrap()
    }

    async fn legs(&self, deals: &[DealId]) -> Vec<domain::deal::Leg> {
        let mut legs = Vec::new();
        for id in deals {
            let deal: Deal = stored(&self.market, *id).await;
            assert_eq!(deal.check(), Ok(()));
            legs.push(deal.leg(&CRUMB).unwrap().clone());
        }
        legs
    }

    async fn states(&self, deals: &[DealId]) -> Vec<LegState> {
        let legs = self.legs(deals).await;
        legs.iter().map(|leg| leg.state).collect()
    }

    async fn wallet(&self) -> Units {
        gateway_of(&self.gateway).balance(asset()).await.unwrap()
    }

    /// Nothing of what is owed is missing.
    async fn is_solvent(&self) {
        let ran = self.market.run_job(Job::Reconciliation, "test").await;
        ran.unwrap();
        let stop = self.market.store().payout_switch().find().await.unwrap();
        assert_eq!(stop, None);
    }

    async fn fault(&self, fault: &str) {
        let url = format!("http://{}/control/payout-faults", self.gateway.address());
        let http = http_client::client().unwrap();
        let told = http.post(url).json(&json!({ "fault": fault })).send().await;
        told.unwrap().error_for_status().unwrap();
    }

    async fn act(
        &self,
        who: &SignedIn,
        id: JointPayoutId,
        step: JointStep,
    ) -> Result<(), DealError> {
        let (actor, key) = (who.actor(), Some(self.market.key()));
        let acted = self.market.act_on_joint(&actor, id, step, None, key);
        acted.await.map(|_| ())
    }
}

#[tokio::test]
async fn small_payouts_arrive_together_to_the_last_unit() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 20, 50]).await;
    let before = house.wallet().await;
    let id = house.claim().await;
    house.rounds().await;

    let joint = house.joint(id).await;
    assert_eq!(joint.state, JointState::Paid);
    assert_eq!(before.less(house.wallet().await), asset().cents(100));
    assert_eq!(joint.net(), asset().cents(100), "130 less one fee of 30");
    let legs = house.legs(&deals).await;
    assert!(
        legs.iter()
            .all(|leg| leg.state == LegState::Paid && leg.tx == joint.tx)
    );
    let net = Units::sum(legs.iter().map(domain::deal::Leg::net));
    assert_eq!(net, Some(joint.net()));
    for deal in &deals {
        let deal = stored(&house.market, *deal).await;
        assert_eq!(deal.state, State::Split);
        assert_eq!(deal.balance(Account::Payable), Units::ZERO);
        assert_eq!(deal.balance(Account::Unclaimed), Units::ZERO);
    }
    house.is_solvent().await;
    house.market.run_job(Job::Relay, "test").await.unwrap();
    let heard = house.market.heard(&house.people.buyer).await;
    assert_eq!(heard, ["Small payouts paid to you"], "once for all of them");
}

#[tokio::test]
async fn what_a_person_could_claim_is_shown_by_asset_until_it_is_claimed() {
    let house = House::open().await;
    house.crumbs(1, &[60, 20]).await;
    let seen = async || {
        let actor = house.people.buyer.actor();
        house.market.list_small_payouts(&actor).await.unwrap()
    };
    let some = seen().await.unclaimed;
    assert_eq!((some.len(), some[0].count), (1, 2));
    assert!(!some[0].prospect.is_enough);
    assert_eq!(some[0].prospect.missing(asset()), asset().cents(20));
    let refused = house.claim_with(house.market.key()).await;
    assert!(matches!(
        refused,
        Err(DealError::Rejected(Rejection::BelowMinimum))
    ));

    house.crumb(3, 50).await;
    let enough = seen().await.unclaimed;
    assert!(enough[0].prospect.is_enough && !enough[0].is_under_way);
    assert_eq!(enough[0].prospect.net(), asset().cents(100));
    house.claim().await;
    assert!(seen().await.unclaimed[0].is_under_way);
    house.rounds().await;
    let after = seen().await;
    assert_eq!(after.unclaimed, []);
    assert_eq!(after.joint[0].state, JointState::Paid);
    let sara = house.people.seller.actor();
    let of_sara = house.market.list_small_payouts(&sara).await.unwrap();
    assert_eq!((of_sara.unclaimed.len(), of_sara.joint.len()), (0, 0));
}

#[tokio::test]
async fn only_to_an_address_of_ones_own() {
    let house = House::open().await;
    house.crumbs(1, &[60, 50]).await;
    let claim = ClaimTogether {
        asset: asset(),
        destination: Destination::new(asset(), OTHER).unwrap(),
        key: house.market.key(),
    };
    let actor = house.people.buyer.actor();
    let refused = house.market.claim_together(&actor, claim).await;
    assert!(
        matches!(refused, Err(DealError::AddressNotConfirmed)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn of_two_claims_for_the_same_legs_one_gets_them_and_a_repeated_one_is_the_same() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 50]).await;
    let (one, other) = (house.market.key(), house.market.key());
    let (first, second) = tokio::join!(
        house.claim_with(one.clone()),
        house.claim_with(other.clone())
    );
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let (id, key) = match (first, second) {
        (Ok(id), _) => (id, one),
        (_, Ok(id)) => (id, other),
        (Err(_), Err(_)) => unreachable!("one was taken in"),
    };
    assert_eq!(house.claim_with(key).await.unwrap(), id);
    house.rounds().await;
    assert_eq!(house.states(&deals).await, [LegState::Paid; 2]);
}

#[tokio::test]
async fn a_leg_of_a_deal_that_is_held_stays_behind_and_too_little_is_given_back() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 50]).await;
    let id = house.claim().await;
    let mut held = Dealt::again(&house.market, stored(&house.market, deals[1]).await);
    let key = domain::deal::DepositKey::from_gateway("BNB-USDT", "late", "0xabc");
    held.system(Command::DepositConfirmed {
        key,
        intent: domain::id::IntentId::derived(&[b"late"]),
        units: usd(5),
    });
    let admin = domain::deal::Actor::Admin(domain::id::UserId::derived(&[b"joe"]));
    let reason = "A review".to_owned();
    held.act(admin, Command::Hold { reason });
    held.commit(&house.market).await;

    house.rounds().await;
    assert_eq!(house.joint(id).await.state, JointState::Dissolved);
    assert_eq!(house.states(&deals).await, [LegState::Unclaimed; 2]);
    house.is_solvent().await;
    house.market.run_job(Job::Relay, "test").await.unwrap();
    let heard = house.market.heard(&house.people.buyer).await;
    assert!(
        heard.contains(&"Small payouts not sent".to_owned()),
        "{heard:?}"
    );

    house.crumb(3, 70).await;
    let next = house.claim().await;
    house.rounds().await;
    let joint = house.joint(next).await;
    assert_eq!(
        (joint.state, joint.gross()),
        (JointState::Paid, asset().cents(130))
    );
}

#[tokio::test]
async fn a_loss_after_a_leg_was_taken_over_does_not_stop_what_may_have_left() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 50]).await;
    let id = house.claim().await;
    house.round().await;
    assert_eq!(house.joint(id).await.state, JointState::Sending);
    let mut lost = Dealt::again(&house.market, stored(&house.market, deals[0]).await);
    let key = domain::deal::DepositKey::from_gateway("BNB-USDT", "tx-1", "0xabc");
    lost.system(Command::DepositReversed { key });
    lost.commit(&house.market).await;
    house.rounds().await;
    assert_eq!(stored(&house.market, deals[0]).await.state, State::Loss);
    assert_eq!(house.states(&deals).await, [LegState::Paid; 2]);
}

#[tokio::test]
async fn an_unclear_one_waits_for_two_admins_and_is_sent_again_once() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 50]).await;
    let nadia = house.market.person("nadia", &[Role::Admin]).await;
    let jonas = house.market.person("jonas", &[Role::Admin]).await;
    let before = house.wallet().await;
    house.fault("error_before").await;
    let id = house.claim().await;
    house.rounds().await;
    assert_eq!(house.joint(id).await.state, JointState::Unknown);
    assert_eq!(house.states(&deals).await, [LegState::Joined; 2]);
    house.is_solvent().await;
    let actor = nadia.actor();
    let unclear = house.market.list_joint_desk(&actor, PayoutDesk::Unclear);
    assert_eq!(unclear.await.unwrap()[0].0.id, id);

    let again = JointStep::AgreeResend;
    house.act(&nadia, id, again).await.unwrap();
    let own = house.act(&nadia, id, again).await;
    assert!(matches!(
        own,
        Err(DealError::Rejected(Rejection::AnotherAdmin))
    ));
    let review = house.market.review_joint(&jonas.actor(), id).await.unwrap();
    assert_eq!(review.first_key.as_deref(), Some("nadia"));
    assert_eq!(review.step, Some((again, Ok(JointState::Approved))));
    house.act(&jonas, id, again).await.unwrap();
    house.rounds().await;
    house.market.run_job(Job::Relay, "test").await.unwrap();
    let page = storage::PageRequest::first(storage::Limit::MAX);
    let subject = format!("joint_payout:{id}");
    let audit = house.market.store().audit();
    let log = audit.list(&storage::AuditFilter::To(subject), page).await;
    let log = log.unwrap().items;
    assert_eq!(log.len(), 2, "what both admins did is in the log: {log:?}");
    assert_eq!(house.joint(id).await.sends, 2);
    assert_eq!(house.states(&deals).await, [LegState::Paid; 2]);
    assert_eq!(before.less(house.wallet().await), asset().cents(80));
}

#[tokio::test]
async fn one_that_left_though_the_gateway_broke_off_is_not_sent_again() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 50]).await;
    let before = house.wallet().await;
    house.fault("cut_after").await;
    let id = house.claim().await;
    house.rounds().await;
    assert_eq!(house.joint(id).await.sends, 1);
    assert_eq!(before.less(house.wallet().await), asset().cents(80));
    assert_ne!(house.states(&deals).await, [LegState::Unclaimed; 2]);
}

#[tokio::test]
async fn while_payouts_are_stopped_nothing_is_gathered_or_sent() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 50]).await;
    let nadia = house.market.person("nadia", &[Role::Admin]).await;
    let reason = domain::text::Line::new("A look").unwrap();
    let actor = nadia.actor();
    let stop = house.market.stop_payouts(&actor, reason);
    stop.await.unwrap();
    let id = house.claim().await;
    house.rounds().await;
    assert_eq!(house.joint(id).await.state, JointState::Gathering);
    assert_eq!(house.states(&deals).await, [LegState::Unclaimed; 2]);
}

#[tokio::test]
async fn to_an_address_that_was_removed_nothing_is_sent() {
    let house = House::open().await;
    let deals = house.crumbs(1, &[60, 50]).await;
    let id = house.claim().await;
    let actor = house.people.buyer.actor();
    let bahar = house.market.read_account(&actor).await.unwrap();
    let own = bahar.listed().next().unwrap().id;
    house
        .market
        .remove_payout_address(&actor, own)
        .await
        .unwrap();
    house.rounds().await;
    assert_eq!(house.joint(id).await.state, JointState::Dissolved);
    assert_eq!(house.states(&deals).await, [LegState::Unclaimed; 2]);
}

#[tokio::test]
async fn a_crash_after_any_write_loses_nothing_and_pays_nothing_twice() {
    let house = House::open().await;
    let mut number = 1;
    for writes in 0.. {
        let deals = house.crumbs(number, &[60, 20, 50]).await;
        number += 3;
        let before = house.wallet().await;
        house.fuse.blow_after(writes);
        let key = house.market.key();
        let claimed = house.claim_with(key.clone()).await;
        assert_eq!(claimed.is_err(), writes == 0);
        for _ in 0..4 {
            house.round().await;
        }
        let was_blown = house.fuse.is_blown();
        house.fuse.mend();
        let id = house.claim_with(key).await.unwrap();
        house.market.advance(Span::hours(2));
        house.rounds().await;
        house.rounds().await;

        let joint = house.joint(id).await;
        let told = format!("after {writes} writes");
        // Where not even the reservation's answer could be kept, a person has to look.
        if joint.state == JointState::Unknown {
            let names = ["nadia", "jonas"].map(|name| format!("{name}{writes}"));
            for name in &names {
                let admin = house.market.person(name, &[Role::Admin]).await;
                house.act(&admin, id, JointStep::AgreeResend).await.unwrap();
            }
            house.rounds().await;
        }
        assert_eq!(house.states(&deals).await, [LegState::Paid; 3], "{told}");
        assert_eq!(
            before.less(house.wallet().await),
            asset().cents(100),
            "{told}"
        );
        house.is_solvent().await;
        house.market.run_job(Job::Relay, "test").await.unwrap();
        if !was_blown {
            assert!(writes > 8, "every write was a place to crash: {writes}");
            return;
        }
    }
}
