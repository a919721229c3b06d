//! A deal that is told up to a point, for looking at: through the same decisions as a real one.

use domain::deal::{
    Actor, Command, Context, Deal, DeliveryCode, DepositKey, Destination, EvidenceItem, Goods,
    LegId, LegResult, Limits, Offer, Party, Periods, ProductKind, Terms,
};
use domain::digest::Digest;
use domain::id::{FileId, IntentId, OfferId, RequestId, UserId};
use domain::{Asset, Bps, Network, Span, Timestamp, Token, Units};

/// The key of the codes in these deals, which are nobody's.
const CODE_KEY: &[u8] = b"looked at";

/// A deal and the moment to which it is told.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub(super) deal: Deal,
    pub(super) now: Timestamp,
    pub(super) limits: Limits,
}

pub(super) fn asset() -> Asset {
    Asset::new(Network::Bsc, Token::Usdt).expect("USDT is paid on BNB Smart Chain")
}

/// Dollars and cents in base units.
pub(super) fn usd(cents: u64) -> Units {
    asset().cents(cents)
}

pub(super) fn user(name: &str) -> UserId {
    UserId::derived(&[name.as_bytes()])
}

fn address(pair: &str) -> Destination {
    let address = format!("0x{}", pair.repeat(20));
    Destination::new(asset(), address).expect("forty hexadecimal digits are an address")
}

fn terms(goods: Goods) -> Terms {
    let kind = goods.kind;
    Terms {
        buyer: user("buyer"),
        seller: user("seller"),
        goods,
        asset: asset(),
        price: usd(124_000),
        fee_rate: Bps::new(100).expect("one per cent is a rate"),
        network_fee: asset().network_fee(),
        periods: Periods::of(kind, Span::days(14), Span::days(3)),
        evidence_contract: vec![EvidenceItem::PhotoOfParcel, EvidenceItem::CarrierReceipt],
        buyer_on_silence: None,
        seller_address: address("5a"),
    }
}

impl Story {
    /// Tells a story so that it ends at `now`.
    pub(super) fn told(now: Timestamp, goods: &Goods, tell: fn(&mut Self)) -> Self {
        let tell_from = |start: Timestamp| {
            let mut story = Self::begin(start, goods.clone());
            tell(&mut story);
            story
        };
        let start = Timestamp::from_unix_ms(0);
        let lasts = tell_from(start).now.since(start);
        tell_from(now.minus(lasts))
    }

    fn begin(now: Timestamp, goods: Goods) -> Self {
        let request = RequestId::derived(&[b"looked at"]);
        let offer = OfferId::derived(&[b"looked at"]);
        let deal = Deal::open(request, 1, offer, terms(goods), now);
        let deal = deal.expect("the terms above can stand");
        let limits = Limits {
            payout_auto: usd(500_000),
            payout_one_key: usd(500_000),
            ruling_alone: usd(500_000),
        };
        Self { deal, now, limits }
    }

    /// From here on everything is too large for one person.
    pub(super) fn takes_two(&mut self) -> &mut Self {
        self.limits = Limits {
            payout_auto: usd(50_000),
            payout_one_key: usd(100_000),
            ruling_alone: usd(50_000),
        };
        self
    }

    pub(super) fn act(&mut self, actor: Actor, command: Command) -> &mut Self {
        let context = Context {
            now: self.now,
            expected_version: Some(self.deal.version),
            address_read_at: Some(self.now),
            limits: &self.limits,
        };
        let change = self.deal.decide(actor, command, &context);
        self.deal = change.expect("the stories below are possible").deal;
        self
    }

    pub(super) fn by(&mut self, party: Party, command: Command) -> &mut Self {
        let person = self.deal.person(party);
        self.act(Actor::Person(person), command)
    }

    pub(super) fn buyer(&mut self, command: Command) -> &mut Self {
        self.by(Party::Buyer, command)
    }

    pub(super) fn seller(&mut self, command: Command) -> &mut Self {
        self.by(Party::Seller, command)
    }

    pub(super) fn system(&mut self, command: Command) -> &mut Self {
        self.act(Actor::System, command)
    }

    pub(super) fn admin(&mut self, command: Command) -> &mut Self {
        self.act(Actor::Admin(user("admin")), command)
    }

    /// A resolver is drawn and rules.
    pub(super) fn ruled(&mut self, buyer: Units, reasoning: &str) -> &mut Self {
        let resolver = user("resolver");
        let division = self.deal.division(buyer).expect("part of what is held");
        self.act(
            Actor::Resolver(resolver),
            Command::Rule {
                buyer,
                seller: division.seller,
                reasoning: reasoning.to_owned(),
            },
        )
    }

    pub(super) fn drawn(&mut self) -> &mut Self {
        let resolver = user("resolver");
        self.system(Command::DrawResolver { resolver })
    }

    pub(super) fn wait(&mut self, span: Span) -> &mut Self {
        self.now = self.now.plus(span);
        self.system(Command::Tick)
    }

    pub(super) fn seen(&mut self, name: &str, units: Units) -> &mut Self {
        let (key, intent) = (deposit(name), intent());
        self.system(Command::DepositSeen { key, intent, units })
    }

    pub(super) fn paid(&mut self, name: &str, units: Units) -> &mut Self {
        let (key, intent) = (deposit(name), intent());
        self.system(Command::DepositConfirmed { key, intent, units })
    }

    pub(super) fn reversed(&mut self, name: &str) -> &mut Self {
        let key = deposit(name);
        self.system(Command::DepositReversed { key })
    }

    pub(super) fn funded(&mut self) -> &mut Self {
        let price = self.deal.price;
        self.wait(Span::minutes(9)).paid("one", price)
    }

    pub(super) fn refunds_to_own_address(&mut self) -> &mut Self {
        let destination = address("b1");
        self.buyer(Command::SetRefundAddress { destination })
    }

    pub(super) fn shipped(&mut self) -> &mut Self {
        self.wait(Span::hours(20)).seller(Command::Ship {
            carrier: "Post".to_owned(),
            tracking: "RR 123 456 785 DE".to_owned(),
        })
    }

    pub(super) fn code(&self) -> DeliveryCode {
        DeliveryCode::derive(CODE_KEY, self.deal.id, self.deal.code.generation)
    }

    pub(super) fn delivered(&mut self) -> &mut Self {
        self.wait(Span::days(3)).buyer(Command::MakeCode);
        let code = self.code();
        self.seller(Command::EnterCode {
            typed: code.clone(),
            expected: code,
        })
    }

    pub(super) fn shows(&mut self, party: Party, item: EvidenceItem, note: &str) -> &mut Self {
        let file = FileId::derived(&[item.code().as_bytes()]);
        let step = Command::AddEvidence {
            file,
            sha256: Digest::of(note.as_bytes()),
            item: Some(item),
            note: note.to_owned(),
        };
        self.by(party, step)
    }

    pub(super) fn proposes_half(&mut self, party: Party) -> &mut Self {
        let buyer = usd(40_000);
        let offer = Offer::Split { buyer };
        self.by(party, Command::Propose { offer })
    }

    fn legs(&self) -> Vec<LegId> {
        self.deal.legs.iter().map(|leg| leg.id.clone()).collect()
    }

    /// Two admins let the payouts go: their payee has time to stop them.
    pub(super) fn approved_by_two(&mut self) -> &mut Self {
        for leg in self.legs() {
            self.admin(Command::ApproveLeg { leg: leg.clone() });
            let second = Actor::Admin(user("second admin"));
            self.act(second, Command::ApproveLeg { leg });
        }
        self
    }

    /// The payouts are on their way.
    pub(super) fn sending(&mut self) -> &mut Self {
        for leg in self.legs() {
            self.system(Command::ApproveLeg { leg: leg.clone() });
            self.system(Command::StartSending { leg });
        }
        self
    }

    pub(super) fn reported(&mut self, result: &LegResult) -> &mut Self {
        for leg in self.legs() {
            let result = result.clone();
            self.system(Command::LegReported {
                leg,
                sending: 1,
                result,
            });
        }
        self
    }

    pub(super) fn paid_out(&mut self) -> &mut Self {
        let tx = format!("0x{}", "c4".repeat(32));
        self.sending()
            .wait(Span::minutes(2))
            .reported(&LegResult::Paid { tx })
    }
}

fn deposit(name: &str) -> DepositKey {
    DepositKey::from_gateway("BNB-USDT", name, "looked at")
}

fn intent() -> IntentId {
    IntentId::derived(&[b"looked at"])
}

/// What is bought in these deals.
pub(super) fn camera() -> Goods {
    Goods {
        title: "Camera with its lens".to_owned(),
        description: "Used for two years.\nBox, charger and two batteries are there.".to_owned(),
        kind: ProductKind::PhysicalProduct,
        quantity: 1,
    }
}
