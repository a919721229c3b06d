//! A deal, its people, and a clock that is moved by hand.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::deal::{
    Actor, Change, Claim, Command, Context, DeadlineKind, Deal, DeliveryCode, DepositKey,
    Destination, DisputeCategory, EvidenceItem, Goods, Leg, LegId, LegResult, LegState, Limits,
    Offer, Party, Periods, ProductKind, Rejection, State, Terms,
};
use domain::digest::Digest;
use domain::id::{FileId, IntentId, JointPayoutId, OfferId, RequestId, UserId};
use domain::ledger::Account;
use domain::{Asset, Bps, Network, Span, Timestamp, Token, Units};
use uuid::Uuid;

pub(crate) const NOON: Timestamp = Timestamp::from_unix_ms(1_795_000_000_000);
pub(crate) const CODE_KEY: &[u8] = b"a key for tests";
pub(crate) const MS: Span = Span::from_ms(1);

/// An id that is its name, so that making it costs nothing.
pub(crate) fn user(name: &str) -> UserId {
    let letters = name.bytes().fold(0, |id, byte| id << 8 | u128::from(byte));
    UserId::from_uuid(Uuid::from_u128(letters))
}

pub(crate) fn person(name: &str) -> Actor {
    Actor::Person(user(name))
}

pub(crate) fn resolver(name: &str) -> Actor {
    Actor::Resolver(user(name))
}

pub(crate) fn admin(name: &str) -> Actor {
    Actor::Admin(user(name))
}

pub(crate) fn asset() -> Asset {
    Asset::new(Network::Bsc, Token::Usdt).unwrap()
}

/// Whole dollars, in base units.
pub(crate) fn usd(dollars: u64) -> Units {
    asset().cents(dollars * 100)
}

/// Hundredths of a dollar, in base units.
pub(crate) fn cents(cents: u64) -> Units {
    asset().cents(cents)
}

pub(crate) fn plus(one: Units, other: Units) -> Units {
    one.checked_add(other).unwrap()
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

pub(crate) fn claim() -> Claim {
    Claim {
        category: DisputeCategory::WrongItem,
        statement: "It is another camera".into(),
        wanted: None,
    }
}

pub(crate) fn deposit(name: &str) -> DepositKey {
    DepositKey::from_gateway("BNB-USDT", name, "0xabc")
}

pub(crate) fn intent() -> IntentId {
    IntentId::from_uuid(Uuid::from_u128(1))
}

/// A joint payout.
pub(crate) fn joint() -> JointPayoutId {
    JointPayoutId::from_uuid(Uuid::from_u128(2))
}

/// A joint payout takes a leg over.
pub(crate) fn join(leg: &LegId, joint: JointPayoutId, sending: u32) -> Command {
    Command::JoinLeg {
        leg: leg.clone(),
        joint,
        sending,
        destination: address('9'),
        network_fee: cents(30),
    }
}

/// A joint payout gives a leg back.
pub(crate) fn release(leg: &LegId, joint: JointPayoutId) -> Command {
    let leg = leg.clone();
    Command::ReleaseLeg { leg, joint }
}

/// A deal in a test: decides at its own clock, and remembers what happened.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) deal: Deal,
    pub(crate) now: Timestamp,
    pub(crate) limits: Limits,
    /// When the payment address was last read; none reads it whenever asked.
    pub(crate) address_read_at: Option<Timestamp>,
    pub(crate) expected_version: Option<u64>,
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
            address_read_at: None,
            expected_version: None,
        }
    }

    /// One that is paid in full, with an address for refunds.
    #[track_caller]
    pub(crate) fn funded() -> Self {
        let mut world = Self::new();
        world.give_refund_address();
        world.pays("a", usd(100)).expect(State::Funded);
        world
    }

    #[track_caller]
    pub(crate) fn shipped() -> Self {
        let mut world = Self::funded();
        world.ship().expect(State::InDelivery);
        world
    }

    /// Delivered, with the buyer's code.
    #[track_caller]
    pub(crate) fn delivered() -> Self {
        let mut world = Self::shipped();
        world
            .buyer(Command::MakeCode)
            .enter_right_code()
            .expect(State::Inspection);
        world
    }

    /// Disputed by the buyer in this state, answered, and drawn for `ann`.
    #[track_caller]
    pub(crate) fn disputed(state: State) -> Self {
        let mut world = match state {
            State::Funded => Self::funded(),
            State::InDelivery => Self::shipped(),
            State::Inspection => Self::delivered(),
            other => panic!("no dispute is opened in {other:?}"),
        };
        world.open_dispute(Party::Buyer).answer(Party::Seller);
        world.draw("ann").expect(State::Disputed);
        world
    }

    /// Ruled by `ann`, half to each.
    #[track_caller]
    pub(crate) fn ruled() -> Self {
        let mut world = Self::disputed(State::Inspection);
        world.rule("ann", usd(50)).expect(State::Ruled);
        world
    }

    /// Accepted: all is the seller's.
    #[track_caller]
    pub(crate) fn settling() -> Self {
        let mut world = Self::delivered();
        world.buyer(Command::Accept).expect(State::Settling);
        world
    }

    /// Over, with a part of 99 cents for the buyer that is too small to be sent.
    #[track_caller]
    pub(crate) fn with_crumb() -> Self {
        let mut world = Self::delivered();
        world.propose(Party::Seller, Offer::Split { buyer: cents(99) });
        world.agree(Party::Buyer).pay_out().expect(State::Split);
        world
    }

    /// The same, taken over by a joint payout.
    #[track_caller]
    pub(crate) fn joined() -> Self {
        let mut world = Self::with_crumb();
        world.system(join(&LegId::Buyer, joint(), 1));
        world.expect(State::Split);
        world
    }

    #[track_caller]
    pub(crate) fn released() -> Self {
        let mut world = Self::settling();
        world.pay_out().expect(State::Released);
        world
    }

    #[track_caller]
    pub(crate) fn expired() -> Self {
        let mut world = Self::new();
        world.wait(Span::minutes(60)).expect(State::Expired);
        world
    }

    pub(crate) fn try_as(&self, actor: Actor, command: Command) -> Result<Change, Rejection> {
        let context = Context {
            now: self.now,
            expected_version: self.expected_version.or(Some(self.deal.version)),
            address_read_at: self.address_read_at.or(Some(self.now)),
            limits: &self.limits,
        };
        let decided = self.deal.decide(actor, command, &context);
        if let Ok(change) = &decided {
            assert_eq!(change.deal.check(), Ok(()));
        }
        decided
    }

    /// Whether the command would change something; a fault counts as a change, so that it is found.
    pub(crate) fn would_change(&self, actor: Actor, command: Command) -> bool {
        let decide = AssertUnwindSafe(|| self.try_as(actor, command));
        match catch_unwind(decide) {
            Ok(Ok(change)) => !change.events.is_empty(),
            Ok(Err(_)) => false,
            Err(_) => true,
        }
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

    /// The command is refused.
    #[track_caller]
    pub(crate) fn refuses(&mut self, actor: Actor, command: Command, why: Rejection) -> &mut Self {
        let told = format!("{actor:?} {command:?} in {:?}", self.deal.state);
        match self.try_as(actor, command) {
            Ok(_) => panic!("{told}: was not refused"),
            Err(rejection) => assert_eq!(rejection, why, "{told}"),
        }
        self
    }

    /// The command is taken, and nothing comes of it.
    #[track_caller]
    pub(crate) fn ignores(&mut self, actor: Actor, command: Command) -> &mut Self {
        let told = format!("{actor:?} {command:?} in {:?}", self.deal.state);
        let change = self.try_as(actor, command).expect(&told);
        assert_eq!(change.events, [], "{told}");
        assert_eq!(change.deal, self.deal, "{told}");
        self
    }

    #[track_caller]
    pub(crate) fn buyer(&mut self, command: Command) -> &mut Self {
        self.act(person("buyer"), command)
    }

    #[track_caller]
    pub(crate) fn seller(&mut self, command: Command) -> &mut Self {
        self.act(person("seller"), command)
    }

    #[track_caller]
    pub(crate) fn party(&mut self, party: Party, command: Command) -> &mut Self {
        let user = self.deal.person(party);
        self.act(Actor::Person(user), command)
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

    /// Lets time pass until this deadline.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, kind: DeadlineKind) -> &mut Self {
        let span = self.left(kind);
        self.wait(span)
    }

    /// Lets time pass until a millisecond before this deadline.
    #[track_caller]
    pub(crate) fn wait_until_just_before(&mut self, kind: DeadlineKind) -> &mut Self {
        let span = self.left(kind).minus(MS);
        self.wait(span)
    }

    /// How far away this deadline is.
    #[track_caller]
    pub(crate) fn left(&self, kind: DeadlineKind) -> Span {
        match self.deal.clocks.at(&kind) {
            Some(at) => at.since(self.now),
            None => panic!("{kind:?} does not run in {:?}", self.deal.state),
        }
    }

    pub(crate) fn runs(&self, kind: DeadlineKind) -> bool {
        self.deal.clocks.at(&kind).is_some()
    }

    #[track_caller]
    pub(crate) fn sees(&mut self, name: &str, units: Units) -> &mut Self {
        self.system(Command::DepositSeen {
            key: deposit(name),
            intent: intent(),
            units,
        })
    }

    #[track_caller]
    pub(crate) fn drops(&mut self, name: &str) -> &mut Self {
        self.system(Command::DepositDropped { key: deposit(name) })
    }

    #[track_caller]
    pub(crate) fn pays(&mut self, name: &str, units: Units) -> &mut Self {
        self.system(Command::DepositConfirmed {
            key: deposit(name),
            intent: intent(),
            units,
        })
    }

    /// The chain takes a deposit back.
    #[track_caller]
    pub(crate) fn takes_back(&mut self, name: &str) -> &mut Self {
        self.system(Command::DepositReversed { key: deposit(name) })
    }

    #[track_caller]
    pub(crate) fn give_refund_address(&mut self) -> &mut Self {
        self.buyer(Command::SetRefundAddress {
            destination: address('b'),
        })
    }

    #[track_caller]
    pub(crate) fn ship(&mut self) -> &mut Self {
        self.seller(ship())
    }

    pub(crate) fn code(&self) -> DeliveryCode {
        DeliveryCode::derive(CODE_KEY, self.deal.id, self.deal.code.generation)
    }

    #[track_caller]
    pub(crate) fn enter_right_code(&mut self) -> &mut Self {
        let command = self.right_code();
        self.seller(command)
    }

    pub(crate) fn right_code(&self) -> Command {
        Command::EnterCode {
            typed: self.code(),
            expected: self.code(),
        }
    }

    pub(crate) fn wrong_code(&self) -> Command {
        Command::EnterCode {
            typed: DeliveryCode::derive(b"another key", self.deal.id, 1),
            expected: self.code(),
        }
    }

    #[track_caller]
    pub(crate) fn remind(&mut self) -> &mut Self {
        self.system(Command::ReminderWritten)
    }

    #[track_caller]
    pub(crate) fn open_dispute(&mut self, by: Party) -> &mut Self {
        self.party(by, Command::OpenDispute { claim: claim() })
    }

    #[track_caller]
    pub(crate) fn answer(&mut self, by: Party) -> &mut Self {
        self.party(by, answer())
    }

    #[track_caller]
    pub(crate) fn draw(&mut self, name: &str) -> &mut Self {
        self.system(Command::DrawResolver {
            resolver: user(name),
        })
    }

    #[track_caller]
    pub(crate) fn draw_approver(&mut self, name: &str) -> &mut Self {
        self.system(Command::DrawApprover {
            approver: user(name),
        })
    }

    /// A ruling that adds up: this to the buyer, the rest less the fee to the seller.
    pub(crate) fn ruling(&self, buyer: Units) -> Command {
        let division = self.deal.division(buyer).unwrap();
        Command::Rule {
            buyer,
            seller: division.seller,
            reasoning: "As the photographs show".into(),
        }
    }

    #[track_caller]
    pub(crate) fn rule(&mut self, name: &str, buyer: Units) -> &mut Self {
        let ruling = self.ruling(buyer);
        self.act(resolver(name), ruling)
    }

    #[track_caller]
    pub(crate) fn propose(&mut self, by: Party, offer: Offer) -> &mut Self {
        self.party(by, Command::Propose { offer })
    }

    /// Accepts the last proposal.
    #[track_caller]
    pub(crate) fn agree(&mut self, by: Party) -> &mut Self {
        let command = self.agreement();
        self.party(by, command)
    }

    pub(crate) fn agreement(&self) -> Command {
        let id = self.deal.proposals.last().unwrap().id;
        Command::AcceptProposal { id }
    }

    #[track_caller]
    pub(crate) fn hold(&mut self, name: &str) -> &mut Self {
        self.act(admin(name), hold())
    }

    /// Two admins lift the hold.
    #[track_caller]
    pub(crate) fn lift(&mut self) -> &mut Self {
        self.act(admin("joe"), Command::LiftHold)
            .act(admin("kim"), Command::LiftHold)
    }

    #[track_caller]
    pub(crate) fn settle_loss(&mut self, cover: Units) -> &mut Self {
        self.act(admin("joe"), Command::SettleLoss { cover })
            .act(admin("kim"), Command::SettleLoss { cover })
    }

    #[track_caller]
    pub(crate) fn approve(&mut self, leg: &LegId) -> &mut Self {
        self.system(Command::ApproveLeg { leg: leg.clone() })
    }

    #[track_caller]
    pub(crate) fn send(&mut self, leg: &LegId) -> &mut Self {
        self.system(Command::StartSending { leg: leg.clone() })
    }

    /// What became of the leg's latest sending, or of the first if there was none.
    #[track_caller]
    pub(crate) fn report(&mut self, leg: &LegId, result: LegResult) -> &mut Self {
        let sending = self.deal.leg(leg).map_or(1, |leg| leg.sends.max(1));
        self.report_of(leg, sending, result)
    }

    #[track_caller]
    pub(crate) fn report_of(&mut self, leg: &LegId, sending: u32, result: LegResult) -> &mut Self {
        let leg = leg.clone();
        self.system(Command::LegReported {
            leg,
            sending,
            result,
        })
    }

    /// Approves, sends and pays every leg that can be.
    #[track_caller]
    pub(crate) fn pay_out(&mut self) -> &mut Self {
        let planned = |leg: &&Leg| leg.state == LegState::Planned;
        let legs = self.deal.legs.iter().filter(planned);
        let legs: Vec<LegId> = legs.map(|leg| leg.id.clone()).collect();
        for leg in legs {
            self.approve(&leg).send(&leg);
            self.report(&leg, paid(&format!("tx of {leg}")));
        }
        self
    }

    #[track_caller]
    pub(crate) fn leg(&self, id: &LegId) -> &Leg {
        self.deal.leg(id).expect("the leg exists")
    }

    pub(crate) fn balance(&self, account: Account) -> Units {
        self.deal.balance(account)
    }

    /// Whether this kind of event stands in the log.
    pub(crate) fn logged(&self, kind: &str) -> usize {
        let events = self.deal.events.iter();
        events.filter(|event| event.body.kind() == kind).count()
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

pub(crate) fn ship() -> Command {
    Command::Ship {
        carrier: "Post".into(),
        tracking: "1".into(),
    }
}

pub(crate) fn answer() -> Command {
    Command::AnswerDispute {
        statement: "It is the one in the offer".into(),
    }
}

pub(crate) fn ask(to: Party) -> Command {
    Command::AskParty {
        to,
        question: "When was the parcel opened?".into(),
    }
}

pub(crate) fn reply() -> Command {
    Command::AnswerQuestion {
        statement: "On the day it came".into(),
    }
}

pub(crate) fn hold() -> Command {
    Command::Hold {
        reason: "A review of this payout".into(),
    }
}

pub(crate) fn appeal() -> Command {
    Command::Appeal {
        statement: "The photographs were not looked at".into(),
    }
}

pub(crate) fn changes() -> Command {
    Command::AskForChanges {
        note: "The lens is missing".into(),
    }
}

/// A file of evidence: the n-th of its giver.
pub(crate) fn evidence(n: usize, item: Option<EvidenceItem>) -> Command {
    let name = n.to_string();
    Command::AddEvidence {
        file: FileId::derived(&[name.as_bytes()]),
        sha256: Digest::of(name.as_bytes()),
        item,
        note: "The parcel".into(),
    }
}

pub(crate) fn paid(tx: &str) -> LegResult {
    LegResult::Paid { tx: tx.into() }
}
