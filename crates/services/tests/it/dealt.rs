//! Deals that a test begins with: made by the domain itself, put into the store as they are.

use domain::deal::{
    Actor, Change, Claim, Command, Context, Deal, DepositKey, Destination, DisputeCategory,
    EvidenceItem, Goods, LegId, LegResult, Limits, Periods, ProductKind, Terms,
};
use domain::id::{DealId, IntentId, OfferId, RequestId, UserId};
use domain::{Asset, Bps, Network, Span, Timestamp, Token, Units};
use services::identity::SignedIn;
use storage::{Limit, PageRequest};

use crate::world::World;

/// What all these deals are paid with.
pub(crate) fn asset() -> Asset {
    Asset::new(Network::Bsc, Token::Usdt).unwrap()
}

/// Whole dollars, in base units.
pub(crate) fn usd(dollars: u64) -> Units {
    asset().cents(dollars * 100)
}

/// An address that no test pays to by accident.
pub(crate) fn address(digit: char) -> Destination {
    Destination::new(asset(), format!("0x{}", digit.to_string().repeat(40))).unwrap()
}

/// A deal on its way, before it is in the store.
#[derive(Debug, Clone)]
pub(crate) struct Dealt {
    pub(crate) deal: Deal,
    now: Timestamp,
    limits: Limits,
}

impl Dealt {
    /// Accepted; nothing has arrived. `number` tells deals of one test apart.
    pub(crate) fn open(world: &World, people: &People, number: u32, price: Units) -> Self {
        let request = RequestId::derived(&[b"request", &number.to_be_bytes()]);
        let offer = OfferId::derived(&[b"offer", &number.to_be_bytes()]);
        let terms = terms(people.buyer.user.id, people.seller.user.id, price);
        let now = world.now();
        let limits = world.config().money.limits_of(asset());
        let deal = Deal::open(request, 1, offer, terms, now).unwrap();
        Self { deal, now, limits }
    }

    /// The same, paid for.
    pub(crate) fn funded(world: &World, people: &People, number: u32, price: Units) -> Self {
        let mut dealt = Self::open(world, people, number, price);
        let key = DepositKey::from_gateway("BNB-USDT", &format!("tx-{number}"), "0xabc");
        dealt.act(
            Actor::System,
            Command::DepositConfirmed {
                key,
                intent: IntentId::derived(&[&number.to_be_bytes()]),
                units: price,
            },
        );
        dealt
    }

    /// A deal of the store, to go on with by hand.
    pub(crate) fn again(world: &World, deal: Deal) -> Self {
        let limits = world.config().money.limits_of(asset());
        let now = world.now();
        Self { deal, now, limits }
    }

    /// Puts what was done since into the store.
    pub(crate) async fn commit(&self, world: &World) {
        let stored = stored(world, self.deal.id).await;
        let deals = world.store().deals();
        deals.commit(&self.deal, stored.version).await.unwrap();
    }

    #[track_caller]
    pub(crate) fn act(&mut self, actor: Actor, command: Command) -> &mut Self {
        let told = format!("{actor:?} {command:?} in {:?}", self.deal.state);
        let context = Context {
            now: self.now,
            expected_version: Some(self.deal.version),
            address_read_at: Some(self.now),
            limits: &self.limits,
        };
        match self.deal.decide(actor, command, &context) {
            Ok(Change { deal, .. }) => self.deal = deal,
            Err(rejection) => panic!("{told}: {rejection}"),
        }
        self
    }

    #[track_caller]
    pub(crate) fn buyer(&mut self, command: Command) -> &mut Self {
        self.act(Actor::Person(self.deal.terms.buyer), command)
    }

    #[track_caller]
    pub(crate) fn seller(&mut self, command: Command) -> &mut Self {
        self.act(Actor::Person(self.deal.terms.seller), command)
    }

    #[track_caller]
    pub(crate) fn system(&mut self, command: Command) -> &mut Self {
        self.act(Actor::System, command)
    }

    pub(crate) fn ship(&mut self) -> &mut Self {
        self.seller(Command::Ship {
            carrier: "Post".into(),
            tracking: "1".into(),
        })
    }

    /// The buyer's dispute, who asks for everything back.
    pub(crate) fn dispute(&mut self) -> &mut Self {
        let wanted = Some(self.deal.held());
        let claim = Claim {
            category: DisputeCategory::WrongItem,
            statement: "Another camera came.".into(),
            wanted,
        };
        self.buyer(Command::OpenDispute { claim })
    }

    /// What the seller is owed leaves, and arrives.
    pub(crate) fn pay_seller(&mut self) -> &mut Self {
        let leg = || LegId::Seller;
        let tx = format!("0x{}", self.deal.id);
        self.system(Command::ApproveLeg { leg: leg() });
        self.system(Command::StartSending { leg: leg() });
        self.system(Command::LegReported {
            leg: leg(),
            sending: 1,
            result: LegResult::Paid { tx },
        })
    }

    /// Puts it into the store, with nothing of it told yet.
    pub(crate) async fn keep_untold(&self, world: &World) -> DealId {
        world.store().deals().insert(&self.deal).await.unwrap();
        self.deal.id
    }

    /// Puts it into the store, with everything that happened told already.
    pub(crate) async fn keep(&self, world: &World) -> DealId {
        let deals = world.store().deals();
        deals.insert(&self.deal).await.unwrap();
        deals
            .mark_dispatched(self.deal.id, self.deal.last_seq())
            .await
            .unwrap();
        let page = PageRequest::first(Limit::MAX);
        let waiting = deals.list_undispatched(page).await.unwrap();
        assert_eq!(waiting.items, []);
        self.deal.id
    }
}

/// The two sides of every deal of a test.
pub(crate) struct People {
    pub(crate) buyer: SignedIn,
    pub(crate) seller: SignedIn,
}

impl People {
    pub(crate) async fn meet(world: &World) -> Self {
        Self {
            buyer: world.person("bahar", &[domain::Role::Buyer]).await,
            seller: world
                .person("sara", &[domain::Role::Buyer, domain::Role::Seller])
                .await,
        }
    }
}

/// The deal as the store has it now.
pub(crate) async fn stored(world: &World, id: DealId) -> Deal {
    world.store().deals().find(id).await.unwrap().unwrap()
}

fn terms(buyer: UserId, seller: UserId, price: Units) -> Terms {
    let kind = ProductKind::PhysicalProduct;
    Terms {
        buyer,
        seller,
        goods: Goods {
            title: "A camera".into(),
            description: "Used, with its lens".into(),
            kind,
            quantity: 1,
        },
        asset: asset(),
        price,
        fee_rate: Bps::new(100).unwrap(),
        network_fee: asset().network_fee(),
        periods: Periods::of(kind, Span::days(10), Span::days(3)),
        evidence_contract: vec![EvidenceItem::PhotoOfParcel, EvidenceItem::CarrierReceipt],
        buyer_on_silence: None,
        seller_address: address('5'),
    }
}
