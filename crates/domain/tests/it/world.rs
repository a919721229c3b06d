//! A deal, its people, and a clock that is moved by hand.

use domain::deal::{
    Actor, Change, Command, Context, Deal, DeliveryCode, DepositKey, Destination, EvidenceItem,
    Goods, LegId, LegResult, Limits, Periods, ProductKind, Rejection, State, Terms,
};
use domain::id::{IntentId, OfferId, RequestId, UserId};
use domain::{Asset, Bps, Network, Span, Timestamp, Token, Units};

pub(crate) const NOON: Timestamp = Timestamp::from_unix_ms(1_795_000_000_000);
pub(crate) const CODE_KEY: &[u8] = b"a key for tests";

pub(crate) fn user(name: &str) -> UserId {
    UserId::derived(&[name.as_bytes()])
}

pub(crate) fn asset() -> Asset {
    Asset::new(Network::Bsc, Token::Usdt).unwrap()
}

/// Whole dollars, in base units.
pub(crate) fn usd(dollars: u64) -> Units {
    asset().cents(dollars * 100)
}

pub(crate) fn address(last: char) -> Destination {
    Destination::new(asset(), format!("0x{}", last.to_string().repeat(40))).unwrap()
}

pub(crate) fn limits() -> Limits {
    Limits {
        payout_auto: usd(500),
        payout_one_key: usd(5_000),
        ruling_alone: usd(500),
    }
}

pub(crate) fn terms() -> Terms {
    let kind = ProductKind::PhysicalProduct;
    Terms {
        buyer: user("buyer"),
        seller: user("seller"),
        goods: Goods {
            title: "A camera".into(),
            description: "Used, with its lens".into(),
            kind,
            quantity: 1,
        },
        asset: asset(),
        price: usd(100),
        fee_rate: Bps::new(100).unwrap(),
        network_fee: asset().network_fee(),
        periods: Periods::of(kind, Span::days(10), Span::days(3)),
        evidence_contract: vec![EvidenceItem::PhotoOfParcel],
        buyer_on_silence: None,
        seller_address: address('5'),
    }
}

/// A deal in a test: decides at its own clock, and remembers what happened.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) deal: Deal,
    pub(crate) now: Timestamp,
    pub(crate) limits: Limits,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(terms())
    }

    pub(crate) fn with(terms: Terms) -> Self {
        let request = RequestId::derived(&[b"request"]);
        let deal = Deal::open(request, 1, OfferId::derived(&[b"offer"]), terms, NOON).unwrap();
        Self {
            deal,
            now: NOON,
            limits: limits(),
        }
    }

    pub(crate) fn try_as(&self, actor: Actor, command: Command) -> Result<Change, Rejection> {
        let context = Context {
            now: self.now,
            expected_version: None,
            address_read_at: Some(self.now),
            limits: &self.limits,
        };
        self.deal.decide(actor, command, &context)
    }

    #[track_caller]
    pub(crate) fn act(&mut self, actor: Actor, command: Command) -> &mut Self {
        let told = format!("{actor:?} {command:?} in {:?}", self.deal.state);
        match self.try_as(actor, command) {
            Ok(change) => self.deal = change.deal,
            Err(rejection) => panic!("{told}: {rejection}"),
        }
        self
    }

    #[track_caller]
    pub(crate) fn buyer(&mut self, command: Command) -> &mut Self {
        self.act(Actor::Person(user("buyer")), command)
    }

    #[track_caller]
    pub(crate) fn seller(&mut self, command: Command) -> &mut Self {
        self.act(Actor::Person(user("seller")), command)
    }

    #[track_caller]
    pub(crate) fn system(&mut self, command: Command) -> &mut Self {
        self.act(Actor::System, command)
    }

    /// Lets time pass, and what is due happen.
    #[track_caller]
    pub(crate) fn wait(&mut self, span: Span) -> &mut Self {
        self.now = self.now.plus(span);
        self.system(Command::Tick)
    }

    #[track_caller]
    pub(crate) fn pays(&mut self, name: &str, units: Units) -> &mut Self {
        self.system(Command::DepositConfirmed {
            key: deposit(name),
            intent: intent(),
            units,
        })
    }

    #[track_caller]
    pub(crate) fn ship(&mut self) -> &mut Self {
        self.seller(Command::Ship {
            carrier: "Post".into(),
            tracking: "1".into(),
        })
    }

    pub(crate) fn code(&self) -> DeliveryCode {
        DeliveryCode::derive(CODE_KEY, self.deal.id, self.deal.code.generation)
    }

    #[track_caller]
    pub(crate) fn enter_right_code(&mut self) -> &mut Self {
        let code = self.code();
        self.seller(Command::EnterCode {
            typed: code.clone(),
            expected: code,
        })
    }

    /// Approves, sends and pays every leg that can be.
    #[track_caller]
    pub(crate) fn pay_out(&mut self) -> &mut Self {
        let legs: Vec<LegId> = self.deal.legs.iter().map(|leg| leg.id.clone()).collect();
        for leg in legs {
            self.system(Command::ApproveLeg { leg: leg.clone() });
            self.system(Command::StartSending { leg: leg.clone() });
            let tx = format!("tx of {leg}");
            self.system(Command::LegReported {
                leg,
                result: LegResult::Paid { tx },
            });
        }
        self
    }

    #[track_caller]
    pub(crate) fn expect(&mut self, state: State) -> &mut Self {
        assert_eq!(self.deal.state, state);
        assert_eq!(self.deal.check(), Ok(()));
        assert_eq!(
            self.deal.replay(),
            self.deal,
            "the log tells the whole deal"
        );
        assert!(self.deal.log_is_unbroken());
        self
    }
}

pub(crate) fn deposit(name: &str) -> DepositKey {
    DepositKey::from_gateway("BNB-USDT", name, "0xabc")
}

pub(crate) fn intent() -> IntentId {
    IntentId::derived(&[b"intent"])
}
