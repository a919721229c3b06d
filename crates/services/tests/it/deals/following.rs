//! What events of deals mean for the people who look after the house.

use domain::deal::{Actor, Command, DepositKey, LegFault, LegId, LegResult};
use domain::id::{DealId, IntentId};
use domain::policy::Action;
use domain::text::Line;
use domain::{Language, Role, Span};
use services::identity::SignedIn;
use services::jobs::Job;
use services::notifications::Shown;
use storage::{AuditFilter, Limit, PageRequest};

use crate::dealt::{Dealt, People, stored, usd};
use crate::world::World;

struct House {
    world: World,
    people: People,
    ada: SignedIn,
    jonas: SignedIn,
}

impl House {
    async fn open() -> Self {
        let world = World::new();
        let people = People::meet(&world).await;
        let ada = world.person("ada", &[Role::Admin]).await;
        let jonas = world.person("jonas", &[Role::Admin]).await;
        Self {
            world,
            people,
            ada,
            jonas,
        }
    }

    fn funded(&self, dollars: u64) -> Dealt {
        Dealt::funded(&self.world, &self.people, 1, usd(dollars))
    }

    fn admin(who: &SignedIn) -> Actor {
        Actor::Admin(who.user.id)
    }

    /// Runs the relay, twice over the same events: as after a crash.
    async fn relay(&self, dealt: &Dealt) -> DealId {
        let id = dealt.keep_untold(&self.world).await;
        for _ in 0..2 {
            self.world.advance(Span::seconds(31));
            self.world.run_job(Job::Relay, "test").await.unwrap();
        }
        id
    }

    /// What an admin was told, by its title.
    async fn told(&self, title: &str) -> usize {
        let page = PageRequest::first(Limit::MAX);
        let actor = self.ada.actor();
        let list = self
            .world
            .list_notifications(&actor, Shown::All, Language::En, page);
        let told = list.await.unwrap().items.into_iter();
        told.filter(|one| one.title == title).count()
    }

    /// What stands in the log of a deal: who, and what; oldest first.
    async fn entries(&self, deal: DealId) -> Vec<(String, Option<String>)> {
        let page = PageRequest::first(Limit::MAX);
        let filter = AuditFilter::To(format!("deal:{deal}"));
        let log = self.world.store().audit().list(&filter, page).await;
        let items = log.unwrap().items.into_iter().rev();
        items
            .map(|line| (line.entry.action, line.entry.reason))
            .collect()
    }
}

fn seller() -> LegId {
    LegId::Seller
}

fn reported(result: LegResult) -> Command {
    Command::LegReported {
        leg: seller(),
        sending: 1,
        result,
    }
}

fn acts<const N: usize>(acts: [Action; N]) -> Vec<(String, Option<String>)> {
    acts.map(|act| (act.code().to_owned(), None)).to_vec()
}

#[tokio::test]
async fn what_admins_do_in_a_deal_stands_in_the_log_once() {
    let house = House::open().await;
    let (ada, jonas) = (House::admin(&house.ada), House::admin(&house.jonas));
    let mut dealt = house.funded(8_000);
    let reason = "The number belongs to another sender.".to_owned();
    let told = reason.clone();
    dealt.act(ada, Command::Hold { reason });
    dealt
        .act(ada, Command::LiftHold)
        .act(jonas, Command::LiftHold);
    dealt.ship().buyer(Command::Accept);
    dealt.act(ada, Command::ApproveLeg { leg: seller() });
    dealt.act(jonas, Command::ApproveLeg { leg: seller() });
    let deal = house.relay(&dealt).await;
    let mut expected = vec![(Action::HoldDeal.code().to_owned(), Some(told))];
    expected.extend(acts([
        Action::LiftHold,
        Action::LiftHold,
        Action::ApprovePayout,
        Action::ApprovePayout,
    ]));
    assert_eq!(house.entries(deal).await, expected);
    assert_eq!(house.told("A payout waits for approval").await, 0);
}

#[tokio::test]
async fn admins_are_told_of_a_payout_that_waits_for_them() {
    let house = House::open().await;
    let mut dealt = house.funded(900);
    dealt.ship().buyer(Command::Accept);
    house.relay(&dealt).await;
    assert_eq!(house.told("A payout waits for approval").await, 1);
}

#[tokio::test]
async fn what_the_system_and_the_parties_do_is_no_entry() {
    let house = House::open().await;
    let mut dealt = house.funded(100);
    dealt.ship().buyer(Command::Accept);
    dealt.system(Command::ApproveLeg { leg: seller() });
    let deal = house.relay(&dealt).await;
    assert_eq!(house.entries(deal).await, []);
    assert_eq!(house.told("A payout waits for approval").await, 0);
}

/// Accepted and being sent.
fn sending(house: &House) -> Dealt {
    let mut dealt = house.funded(100);
    dealt.ship().buyer(Command::Accept);
    dealt.system(Command::ApproveLeg { leg: seller() });
    dealt.system(Command::StartSending { leg: seller() });
    dealt
}

#[tokio::test]
async fn admins_are_told_of_a_payout_that_failed_on_our_side() {
    let house = House::open().await;
    let mut dealt = sending(&house);
    dealt.system(reported(LegResult::Failed(LegFault::Operator)));
    house.relay(&dealt).await;
    assert_eq!(house.told("A payout failed on our side").await, 1);
}

#[tokio::test]
async fn admins_are_told_of_a_payout_that_nobody_knows_of_and_of_one_paid_twice() {
    let house = House::open().await;
    let mut dealt = sending(&house);
    dealt.system(reported(LegResult::Unclear));
    for tx in ["0xone", "0xother"] {
        let tx = tx.to_owned();
        dealt.system(reported(LegResult::Paid { tx }));
    }
    house.relay(&dealt).await;
    let unclear = house.told("Nobody knows whether a payout left").await;
    assert_eq!(unclear, 1);
    let twice = house.told("A payout may have been paid twice").await;
    assert_eq!(twice, 1);
}

#[tokio::test]
async fn late_money_is_named_by_what_came_and_not_by_the_price() {
    let house = House::open().await;
    let mut dealt = Dealt::open(&house.world, &house.people, 1, usd(100));
    dealt.buyer(Command::Cancel);
    dealt.system(Command::DepositConfirmed {
        key: DepositKey::from_gateway("BNB-USDT", "tx-late", "0xabc"),
        intent: IntentId::derived(&[b"late"]),
        units: usd(103),
    });
    house.relay(&dealt).await;
    let page = PageRequest::first(Limit::MAX);
    let actor = house.people.buyer.actor();
    let list = house
        .world
        .list_notifications(&actor, Shown::All, Language::En, page);
    let told = list.await.unwrap().items;
    let late = told.iter().find(|one| one.title == "Late payment, safe");
    assert!(late.unwrap().message.contains("103"), "{told:?}");
}

#[tokio::test]
async fn admins_are_told_of_a_loss() {
    let house = House::open().await;
    let mut dealt = sending(&house);
    let key = dealt.deal.deposits[0].key.clone();
    dealt.system(Command::DepositReversed { key });
    house.relay(&dealt).await;
    assert_eq!(house.told("A loss has to be settled").await, 1);
}

#[tokio::test]
async fn admins_are_told_of_a_dispute_for_which_nobody_can_be_drawn() {
    let house = House::open().await;
    let mut dealt = house.funded(100);
    dealt.ship().dispute();
    house.relay(&dealt).await;
    assert_eq!(house.told("A dispute has no resolver").await, 1);
}

#[tokio::test]
async fn admins_are_told_of_a_hold_that_lapsed() {
    let house = House::open().await;
    let mut dealt = house.funded(100);
    let reason = "Look at it.".to_owned();
    dealt.act(House::admin(&house.ada), Command::Hold { reason });
    let id = dealt.keep_untold(&house.world).await;
    for _ in 0..8 * 24 * 7 {
        house.world.advance(Span::minutes(9));
        house.world.run_job(Job::Heartbeat, "test").await.unwrap();
    }
    house.world.run_job(Job::Deadlines, "test").await.unwrap();
    assert_eq!(stored(&house.world, id).await.hold, None);
    house.world.run_job(Job::Relay, "test").await.unwrap();
    assert_eq!(house.told("A hold is over").await, 1);
}

#[tokio::test]
async fn admins_are_told_of_a_suspended_persons_deal_that_cannot_be_held() {
    let house = House::open().await;
    let dealt = sending(&house);
    dealt.keep(&house.world).await;
    let (omid, why) = (house.people.buyer.user.id, Line::new("Fraud").unwrap());
    let admin = house.ada.actor();
    house.world.suspend_user(&admin, omid, why).await.unwrap();
    let told = house.told("The deal of a suspended account goes on").await;
    assert_eq!(told, 1, "the money is on its way");
}
