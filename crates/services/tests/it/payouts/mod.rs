//! Payouts that people have to see to, and deals that admins pause, as the use cases show them.

mod asking;
mod together;

use domain::deal::{Actor, Command, LegId, LegResult, LegState, Rejection, TwoKeyAction};
use domain::id::DealId;
use domain::ledger::Account;
use domain::policy::Denied;
use domain::{Role, Units};
use services::Failure;
use services::deals::{ActOnDeal, DealDesk, DealError, Limit, PageRequest};
use services::identity::SignedIn;
use services::payouts::{PayoutDesk, PayoutReview, ReviewPayoutError};

use crate::dealt::{Dealt, People, stored, usd};
use crate::world::World;

/// A world with two sides and two admins.
struct Office {
    world: World,
    people: People,
    nadia: SignedIn,
    jonas: SignedIn,
}

impl Office {
    async fn open() -> Self {
        let world = World::new();
        let people = People::meet(&world).await;
        let nadia = world.person("nadia", &[Role::Admin]).await;
        let jonas = world.person("jonas", &[Role::Admin]).await;
        Self {
            world,
            people,
            nadia,
            jonas,
        }
    }

    /// A deal that the buyer has accepted, over so many dollars.
    fn accepted(&self, number: u32, dollars: u64) -> Dealt {
        let mut dealt = Dealt::funded(&self.world, &self.people, number, usd(dollars));
        dealt.ship().buyer(Command::Accept);
        dealt
    }

    async fn pile(&self, desk: PayoutDesk) -> Vec<DealId> {
        let page = PageRequest::first(Limit::MAX);
        let actor = self.nadia.actor();
        let found = self.world.list_payout_desk(&actor, desk, page);
        let found = found.await.unwrap();
        found.items.iter().map(|payout| payout.deal.id).collect()
    }

    async fn review(&self, who: &SignedIn, deal: DealId) -> PayoutReview {
        let actor = who.actor();
        let review = self.world.review_payout(&actor, deal, &LegId::Seller);
        review.await.unwrap()
    }

    async fn act(&self, who: &SignedIn, deal: DealId, step: Command) -> Result<(), DealError> {
        let command = ActOnDeal {
            deal,
            expected_version: None,
            key: None,
            step,
        };
        let acted = self.world.act_on_deal(&who.actor(), command).await;
        acted.map(|_| ())
    }
}

fn approve() -> Command {
    Command::ApproveLeg { leg: LegId::Seller }
}

#[tokio::test]
async fn small_payouts_wait_for_nobody_and_large_ones_lie_on_the_desk() {
    let office = Office::open().await;
    office.accepted(1, 100).keep(&office.world).await;
    let large = office.accepted(2, 900).keep(&office.world).await;
    assert_eq!(office.pile(PayoutDesk::ToApprove).await, [large]);
}

#[tokio::test]
async fn each_payout_lies_in_the_pile_of_what_it_waits_for() {
    let office = Office::open().await;
    let leg = || LegId::Seller;
    let sent = |number| {
        let mut dealt = office.accepted(number, 100);
        dealt.system(approve());
        dealt.system(Command::StartSending { leg: leg() });
        dealt
    };
    let report = |dealt: &mut Dealt, result| {
        dealt.system(Command::LegReported {
            leg: leg(),
            sending: 1,
            result,
        });
    };
    let mut unclear = sent(1);
    report(&mut unclear, LegResult::Unclear);
    let mut blocked = sent(2);
    let fault = domain::deal::LegFault::Address;
    report(&mut blocked, LegResult::Failed(fault));
    let mut waiting = office.accepted(3, 100);
    waiting.system(approve());
    let unclear = unclear.keep(&office.world).await;
    let blocked = blocked.keep(&office.world).await;
    let waiting = waiting.keep(&office.world).await;
    assert_eq!(office.pile(PayoutDesk::Unclear).await, [unclear]);
    assert_eq!(office.pile(PayoutDesk::Blocked).await, [blocked]);
    assert_eq!(office.pile(PayoutDesk::Waiting).await, [waiting]);
}

#[tokio::test]
async fn a_review_shows_the_ledger_before_and_after_to_the_last_unit() {
    let office = Office::open().await;
    let deal = office.accepted(1, 900).keep(&office.world).await;
    let review = office.review(&office.nadia, deal).await;
    let line = |account| review.ledger.iter().find(|line| line.account == account);
    let (payable, released) = (line(Account::Payable), line(Account::Released));
    assert_eq!(payable.unwrap().before, review.leg.gross);
    assert_eq!(payable.unwrap().after, Units::ZERO);
    assert_eq!(released.unwrap().after, review.leg.net());
    assert_eq!(
        review.approval,
        Ok(LegState::Approved),
        "one admin is enough"
    );
    assert_eq!(
        stored(&office.world, deal).await.leg(&LegId::Seller),
        Some(&review.leg)
    );
}

#[tokio::test]
async fn the_largest_payouts_take_two_people_and_ones_own_second_approval_is_refused() {
    let office = Office::open().await;
    let deal = office.accepted(1, 8_000).keep(&office.world).await;
    let before = office.review(&office.nadia, deal).await;
    assert!(before.needs_two);
    assert_eq!(
        before.approval,
        Ok(LegState::Planned),
        "the first of two approves nothing yet"
    );
    office.act(&office.nadia, deal, approve()).await.unwrap();

    let own = office.review(&office.nadia, deal).await;
    assert_eq!(own.approval, Err(Rejection::AnotherAdmin));
    assert!(own.endorsed_by[0].is_own);
    let again = office.act(&office.nadia, deal, approve()).await;
    assert!(matches!(
        again,
        Err(DealError::Rejected(Rejection::AnotherAdmin))
    ));

    let others = office.review(&office.jonas, deal).await;
    assert_eq!(others.endorsed_by[0].name, "nadia");
    assert_eq!(others.approval, Ok(LegState::Approved));
    office.act(&office.jonas, deal, approve()).await.unwrap();
    let leg = stored(&office.world, deal)
        .await
        .leg(&LegId::Seller)
        .cloned()
        .unwrap();
    let veto = leg.not_before.unwrap().since(office.world.now());
    assert_eq!(veto, domain::Span::hours(24));
}

#[tokio::test]
async fn whoever_is_no_admin_sees_no_desk_of_money() {
    let office = Office::open().await;
    let deal = office.accepted(1, 900).keep(&office.world).await;
    let resolver = office.world.person("lena", &[Role::Resolver]).await;
    for who in [&office.people.buyer, &office.people.seller, &resolver] {
        let actor = who.actor();
        let page = || PageRequest::first(Limit::MAX);
        let world = &office.world;
        let desk = world
            .list_payout_desk(&actor, PayoutDesk::ToApprove, page())
            .await;
        assert!(matches!(desk, Err(Failure::Denied(Denied::Forbidden))));
        let deals = world.list_deal_desk(&actor, DealDesk::All, page()).await;
        assert!(matches!(
            deals,
            Err(DealError::Failed(Failure::Denied(Denied::Forbidden)))
        ));
        let staff = world.view_deal_as_admin(&actor, deal).await;
        assert!(matches!(
            staff,
            Err(DealError::Failed(Failure::Denied(Denied::Forbidden)))
        ));
        let review = world.review_payout(&actor, deal, &LegId::Seller).await;
        let denied = Failure::Denied(Denied::Forbidden);
        assert!(matches!(review, Err(ReviewPayoutError::Failed(f)) if f.code() == denied.code()));
    }
}

#[tokio::test]
async fn a_held_deal_lies_on_its_desk_and_the_first_key_is_shown_with_its_name() {
    let office = Office::open().await;
    let deal = Dealt::funded(&office.world, &office.people, 1, usd(100));
    let deal = deal.keep(&office.world).await;
    let reason = "The number belongs to another sender.".to_owned();
    office
        .act(&office.nadia, deal, Command::Hold { reason })
        .await
        .unwrap();
    let page = PageRequest::first(Limit::MAX);
    let held = office
        .world
        .list_deal_desk(&office.jonas.actor(), DealDesk::OnHold, page)
        .await;
    assert_eq!(held.unwrap().items[0].id, deal);

    office
        .act(&office.nadia, deal, Command::LiftHold)
        .await
        .unwrap();
    let own = office
        .world
        .view_deal_as_admin(&office.nadia.actor(), deal)
        .await
        .unwrap();
    assert!(matches!(
        own.after(Command::LiftHold),
        Err(Rejection::AnotherAdmin)
    ));
    let other = office
        .world
        .view_deal_as_admin(&office.jonas.actor(), deal)
        .await
        .unwrap();
    let first = other
        .first_key(|action| *action == TwoKeyAction::LiftHold)
        .unwrap();
    assert_eq!((first.name.as_str(), first.is_own), ("nadia", false));
    assert!(other.after(Command::LiftHold).unwrap().hold.is_none());
    assert!(
        stored(&office.world, deal).await.hold.is_some(),
        "looking changes nothing"
    );
}

#[tokio::test]
async fn what_a_settled_loss_cuts_is_what_settling_it_will_cut() {
    let office = Office::open().await;
    let mut dealt = Dealt::funded(&office.world, &office.people, 1, usd(100));
    dealt.ship();
    let half = dealt.deal.division(usd(50)).unwrap().buyer;
    let offer = domain::deal::Offer::Split { buyer: half };
    dealt.seller(Command::Propose { offer });
    let id = dealt.deal.proposals[0].id;
    dealt.buyer(Command::AcceptProposal { id });
    dealt.system(approve());
    dealt.system(Command::StartSending { leg: LegId::Seller });
    let paid = LegResult::Paid {
        tx: "0xpaid".to_owned(),
    };
    dealt.act(
        Actor::System,
        Command::LegReported {
            leg: LegId::Seller,
            sending: 1,
            result: paid,
        },
    );
    let key = dealt.deal.deposits[0].key.clone();
    dealt.act(Actor::System, Command::DepositReversed { key });
    let deal = dealt.keep(&office.world).await;

    let staff = office
        .world
        .view_deal_as_admin(&office.nadia.actor(), deal)
        .await
        .unwrap();
    let lost = staff.view.deal.balance(Account::Shortfall);
    assert!(staff.cuts(lost).unwrap().is_empty(), "all is covered");
    assert_eq!(
        staff.cuts(Units::ZERO),
        Err(Rejection::CoverTooSmall),
        "one part has left"
    );
    let cover = lost.less(usd(20));
    let cuts = staff.cuts(cover).unwrap();
    assert_eq!(cuts[0].before.less(cuts[0].after), usd(20));

    let settle = || Command::SettleLoss { cover };
    office.act(&office.nadia, deal, settle()).await.unwrap();
    let still = office
        .world
        .view_deal_as_admin(&office.nadia.actor(), deal)
        .await
        .unwrap();
    assert_eq!(
        still.cuts(cover).unwrap(),
        cuts,
        "the first key changes nothing"
    );
    office.act(&office.jonas, deal, settle()).await.unwrap();
    let settled = stored(&office.world, deal).await;
    let after = settled.leg(&cuts[0].leg).map(|leg| leg.gross);
    assert_eq!(after, Some(cuts[0].after));
}

#[tokio::test]
async fn a_refresh_does_not_doubt_a_payout_that_the_gateway_is_just_being_told_of() {
    let office = Office::open().await;
    let mut dealt = office.accepted(1, 100);
    dealt.system(approve());
    dealt.system(Command::StartSending { leg: LegId::Seller });
    let deal = dealt.keep(&office.world).await;
    let seller = office.people.seller.actor();
    let state = async || stored(&office.world, deal).await.legs[0].state;
    office.world.refresh_deal(&seller, deal).await.unwrap();
    assert_eq!(state().await, LegState::Sending);
    office.world.advance(domain::Span::minutes(2));
    office.world.refresh_deal(&seller, deal).await.unwrap();
    assert_eq!(state().await, LegState::Unknown);
}
