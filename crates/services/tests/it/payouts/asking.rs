//! What becomes of a payout whose answer was lost, by the wallet's history.

use std::sync::{Arc, Mutex};

use domain::deal::{Command, LegId, LegResult, LegState};
use domain::id::DealId;
use domain::{Role, Units};
use services::jobs::Job;
use services::notifications::Shown;
use services::ports::gateway::{GatewayError, PayoutQuery, PayoutState, SentTransfer};
use services::testing::{ManualClock, Script};
use storage::{Limit, PageRequest};

use crate::dealt::{Dealt, People, address, stored, usd};
use crate::failing_store::{FailingStore, Fuse};
use crate::world::World;

/// A gateway that has forgotten every payout, and its wallet's history.
#[derive(Debug)]
struct Wallet {
    state: Mutex<PayoutState>,
    history: Mutex<Vec<SentTransfer>>,
}

impl Wallet {
    fn has_sent(&self, txid: &str, amount: Units) {
        self.history.lock().unwrap().push(SentTransfer {
            txid: txid.to_owned(),
            amount,
            destination: Some(address('5').as_str().to_owned()),
        });
    }

    fn says(&self, state: PayoutState) {
        *self.state.lock().unwrap() = state;
    }
}

impl Script for Wallet {
    fn payout_state(&self, _: &PayoutQuery) -> PayoutState {
        self.state.lock().unwrap().clone()
    }

    fn wallet_history(&self) -> Result<Vec<SentTransfer>, GatewayError> {
        Ok(self.history.lock().unwrap().clone())
    }
}

/// Two people, a wallet, and a store that can be switched off.
struct Office {
    world: World,
    people: People,
    wallet: Arc<Wallet>,
    fuse: Arc<Fuse>,
}

impl Office {
    async fn open() -> Self {
        let wallet = Arc::new(Wallet {
            state: Mutex::new(PayoutState::NotFound),
            history: Mutex::default(),
        });
        let fuse = Arc::new(Fuse::default());
        let its = Arc::clone(&fuse);
        let world = World::at(
            |_| {},
            |store| Arc::new(FailingStore::fused(store, its)),
            Arc::new(ManualClock::default()),
            Arc::clone(&wallet) as _,
        );
        let people = People::meet(&world).await;
        Self {
            world,
            people,
            wallet,
            fuse,
        }
    }

    /// A deal whose payout was begun, and nobody knows how it ended.
    async fn unclear(&self, number: u32) -> DealId {
        let mut dealt = Dealt::funded(&self.world, &self.people, number, usd(100));
        dealt.ship().buyer(Command::Accept);
        let leg = || LegId::Seller;
        dealt.system(Command::ApproveLeg { leg: leg() });
        dealt.system(Command::StartSending { leg: leg() });
        let result = LegResult::Unclear;
        dealt.system(Command::LegReported {
            leg: leg(),
            sending: 1,
            result,
        });
        dealt.keep(&self.world).await
    }

    async fn net(&self, deal: DealId) -> Units {
        stored(&self.world, deal).await.legs[0].net()
    }

    async fn ask(&self) {
        self.world.advance(domain::Span::hours(2));
        self.world.run_job(Job::Payouts, "test").await.unwrap();
    }

    async fn leg(&self, deal: DealId) -> (LegState, Option<String>) {
        let leg = stored(&self.world, deal).await.legs[0].clone();
        (leg.state, leg.tx)
    }
}

fn paid_by(tx: &str) -> (LegState, Option<String>) {
    (LegState::Paid, Some(tx.to_owned()))
}

const UNKNOWN: (LegState, Option<String>) = (LegState::Unknown, None);

#[tokio::test]
async fn a_transfer_in_the_wallets_history_pays_the_leg_that_alone_fits_it() {
    let office = Office::open().await;
    let deal = office.unclear(1).await;
    office.ask().await;
    assert_eq!(office.leg(deal).await, UNKNOWN);
    office.wallet.has_sent("0xone", office.net(deal).await);
    office.ask().await;
    assert_eq!(office.leg(deal).await, paid_by("0xone"));
}

#[tokio::test]
async fn a_crash_between_the_claim_of_a_transfer_and_its_leg_loses_no_payout() {
    let office = Office::open().await;
    let deal = office.unclear(1).await;
    office.wallet.has_sent("0xone", office.net(deal).await);
    office.fuse.blow_after(0);
    office.ask().await;
    assert_eq!(office.leg(deal).await, UNKNOWN);
    office.fuse.mend();
    office.ask().await;
    assert_eq!(office.leg(deal).await, paid_by("0xone"));
}

#[tokio::test]
async fn a_transfer_that_two_legs_under_way_fit_pays_neither() {
    let office = Office::open().await;
    let (one, other) = (office.unclear(1).await, office.unclear(2).await);
    office.wallet.has_sent("0xone", office.net(one).await);
    office.ask().await;
    assert_eq!(office.leg(one).await, UNKNOWN);
    assert_eq!(office.leg(other).await, UNKNOWN);
}

#[tokio::test]
async fn a_transaction_that_paid_another_leg_is_not_counted_and_every_admin_is_told() {
    let office = Office::open().await;
    let ada = office.world.person("ada", &[Role::Admin]).await;
    let (one, other) = (office.unclear(1).await, office.unclear(2).await);
    office.wallet.says(PayoutState::Paid {
        txid: "0xone".to_owned(),
    });
    office.ask().await;
    office.ask().await;
    let mut legs = [office.leg(one).await, office.leg(other).await];
    legs.sort();
    assert_eq!(legs, [UNKNOWN, paid_by("0xone")], "one of them is paid");
    let page = PageRequest::first(Limit::MAX);
    let language = domain::Language::En;
    let told = office
        .world
        .list_notifications(&ada.actor(), Shown::All, language, page)
        .await
        .unwrap();
    let conflicts = told
        .items
        .iter()
        .filter(|told| told.message.contains("0xone"));
    assert_eq!(conflicts.count(), 1, "told once");
}
