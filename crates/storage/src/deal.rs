//! Deals.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use domain::deal::{
    DeadlineKind, Deal, DepositKey, DepositState, Destination, DisputeEnd, LegId, LegState,
    Outcome, Party, State, Task,
};
use domain::digest::Digest;
use domain::id::{DealId, DisputeId, OfferId, RequestId, UserId};
use domain::{Asset, Timestamp, Units};
use serde::{Deserialize, Serialize};

use crate::owed::{owed, owing, sending};
use crate::search::{asked_words, words};
use crate::{
    Aggregate, Aggregates, BoxError, Eventful, Limit, Listed, Lists, Outbox, Page, PageRequest,
    StoreError, Tag, address_key,
};

/// What a list shows of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealSummary {
    /// Which one.
    pub id: DealId,
    /// Its version when the list was read.
    pub version: u64,
    /// The request it came from.
    pub request: RequestId,
    /// The how-manieth deal of that request.
    pub attempt: u32,
    /// The offer that was accepted.
    pub offer: OfferId,
    /// Who pays.
    pub buyer: UserId,
    /// Who delivers.
    pub seller: UserId,
    /// What is bought.
    pub title: String,
    /// What is paid with.
    pub asset: Asset,
    /// What must be held, in base units.
    pub price: Units,
    /// What is held, in base units.
    pub held: Units,
    /// What it owes to its parties, payouts under way included, in base units.
    pub owed: Units,
    /// The part of that which is being sent: it may have left already.
    pub sending: Units,
    /// Where it stands.
    pub state: State,
    /// Where it stood before a suspension or a loss, or where it stands.
    pub underlying_state: State,
    /// How the price was divided.
    pub outcome: Option<Outcome>,
    /// Whether an admin has paused it.
    pub is_on_hold: bool,
    /// The soonest running deadline.
    pub next_at: Option<Timestamp>,
    /// What arrived.
    pub deposits: Vec<DepositSummary>,
    /// What is owed, and how far its sending has come.
    pub legs: Vec<LegSummary>,
    /// What the buyer is asked to do next.
    pub buyer_task: Option<Task>,
    /// What the seller is asked to do next.
    pub seller_task: Option<Task>,
    /// The last dispute.
    pub dispute: Option<DisputeSummary>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl DealSummary {
    /// Whether money of its parties is here although it ended without any: it came late.
    pub fn has_late_money(&self) -> bool {
        let ended_without = matches!(self.state, State::Expired | State::Cancelled);
        ended_without && !self.owed.is_zero()
    }
}

/// What a list shows of a transfer that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositSummary {
    /// A short digest of its key: names it within its deal.
    pub reference: String,
    /// How much, in base units.
    pub units: Units,
    /// How far it counts.
    pub state: DepositState,
    /// How much of it was more than the price.
    pub surplus: Units,
    /// How much of it came late.
    pub late: Units,
    /// When it last changed.
    pub at: Timestamp,
}

/// The short digest by which a list and an address of a page name a deposit.
pub fn deposit_reference(key: &DepositKey) -> String {
    let digest = Digest::of_value(key).to_string();
    digest.chars().take(12).collect()
}

/// What a list shows of a payout leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegSummary {
    /// Its name.
    pub id: LegId,
    /// Who is paid.
    pub payee: Party,
    /// What arrives, in base units.
    pub net: Units,
    /// Where it goes, once known.
    pub destination: Option<Destination>,
    /// How far it has come.
    pub state: LegState,
    /// When it was planned.
    pub planned_at: Timestamp,
    /// Not before this.
    pub not_before: Option<Timestamp>,
    /// Who has approved it.
    pub approvals: Vec<UserId>,
    /// A failure on the operator's side: it is tried again.
    pub is_delayed: bool,
    /// The transaction that paid it.
    pub tx: Option<String>,
}

/// What a list shows of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeSummary {
    /// Which one.
    pub id: DisputeId,
    /// What it is about.
    pub category: domain::deal::DisputeCategory,
    /// Who is judging.
    pub tier: domain::deal::Tier,
    /// Who was drawn.
    pub resolver: Option<UserId>,
    /// Whether a ruling waits for approval.
    pub is_proposed: bool,
    /// Who was drawn to approve it.
    pub approver: Option<UserId>,
    /// Whether the answer, or its deadline, is behind us.
    pub may_be_ruled: bool,
    /// Until when the other party may answer.
    pub answer_by: Option<Timestamp>,
    /// Until when somebody has to rule.
    pub rule_by: Option<Timestamp>,
    /// Until when the approver has to decide.
    pub approve_by: Option<Timestamp>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Whether it is open.
    pub is_open: bool,
    /// How it ended.
    pub end: Option<DisputeEnd>,
}

/// How many of a seller's deals were paid and are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// All of them.
    pub deals: u64,
    /// Those that nobody ever disputed.
    pub without_dispute: u64,
}

/// Which side of their deals a person looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Both.
    Any,
    /// What they buy.
    Buying,
    /// What they sell.
    Selling,
}

/// Whether a deal is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Not yet.
    Live,
    /// Yes.
    Final,
}

/// The desks at which staff look after deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Desk {
    /// Every deal.
    All,
    /// Those in one state.
    In(State),
    /// Those with a leg in one state: `Planned` waits for approval, `Approved` for sending,
    /// `Sending` and `Unknown` have to be asked about, `Joined` waits for its joint payout.
    WithLeg(LegState),
    /// Those with an open dispute.
    Disputed,
    /// Those with an open dispute for which nobody was drawn.
    Undrawn,
    /// Those with a proposed ruling for whose approval nobody was drawn.
    ApproverUndrawn,
    /// Those whose dispute was drawn for this person, also closed ones.
    OfResolver(UserId),
    /// Those whose dispute this person was drawn for and is to rule on now: what is ruled waits for
    /// an appeal, what is suspended for the chain.
    ToRule(UserId),
    /// Those with a proposed ruling that this person is to approve.
    OfApprover(UserId),
    /// Those that an admin has paused.
    OnHold,
    /// Those with late money that nothing was decided on.
    LateFunds,
    /// Those that owe this person an unclaimed leg.
    UnclaimedBy(UserId),
}

impl Desk {
    fn tag(self) -> Tag {
        match self {
            Self::All => Tag::all(),
            Self::In(state) => Tag::new("state", state.code()),
            Self::WithLeg(state) => Tag::new("leg", leg_state_code(state)),
            Self::Disputed => Tag::new("dispute", "open"),
            Self::Undrawn => Tag::new("dispute", "undrawn"),
            Self::ApproverUndrawn => Tag::new("dispute", "approver_undrawn"),
            Self::OfResolver(user) => Tag::new("resolver", user),
            Self::ToRule(user) => Tag::new("resolver", user).and("to_rule", "yes"),
            Self::OfApprover(user) => Tag::new("approver", user),
            Self::OnHold => Tag::new("hold", "on"),
            Self::LateFunds => Tag::new("late", "undecided"),
            Self::UnclaimedBy(user) => Tag::new("unclaimed", user),
        }
    }
}

const fn leg_state_code(state: LegState) -> &'static str {
    match state {
        LegState::Planned => "planned",
        LegState::Approved => "approved",
        LegState::Sending => "sending",
        LegState::Unknown => "unknown",
        LegState::Paid => "paid",
        LegState::Blocked => "blocked",
        LegState::NeedsAddress => "needs_address",
        LegState::Unclaimed => "unclaimed",
        LegState::Joined => "joined",
        LegState::Void => "void",
    }
}

const fn phase_code(phase: Phase) -> &'static str {
    match phase {
        Phase::Live => "live",
        Phase::Final => "final",
    }
}

/// The list of a person's deals.
fn of_person(user: UserId, side: Side, phase: Option<Phase>) -> Tag {
    let side = match side {
        Side::Any => "party",
        Side::Buying => "buyer",
        Side::Selling => "seller",
    };
    let tag = Tag::new(side, user);
    match phase {
        Some(phase) => tag.and("phase", phase_code(phase)),
        None => tag,
    }
}

/// The list of deals in which money of a person moved: theirs that arrived, or a payout to them.
fn moved(user: UserId) -> Tag {
    Tag::new("moved", user)
}

/// The list of deals that wait for a person to act.
fn waiting_for(user: UserId) -> Tag {
    Tag::new("task", user)
}

/// The list of a person's deals that were ever disputed.
fn ever_disputed(user: UserId) -> Tag {
    Tag::new("party", user).and("disputed", "ever")
}

/// The one deal with a dispute.
fn with_dispute(id: DisputeId) -> Tag {
    Tag::new("case", id)
}

/// The list of deals with a payout to a person.
fn paid_out(user: UserId) -> Tag {
    Tag::new("payee", user)
}

fn sold(seller: UserId) -> Tag {
    Tag::new("seller", seller).and("sold", "yes")
}

fn bought(buyer: UserId) -> Tag {
    Tag::new("buyer", buyer).and("bought", "yes")
}

/// The list of a seller's deals that were paid and are over.
fn settled(seller: UserId) -> Tag {
    Tag::new("seller", seller).and("settled", "yes")
}

/// Those among them that nobody ever disputed.
fn settled_peacefully(seller: UserId) -> Tag {
    Tag::new("seller", seller).and("settled", "peacefully")
}

/// What somebody knows of a deal that they look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DealClue {
    /// The short code that people read to each other.
    Code(String),
    /// Words of what is bought, in any spelling.
    Title(String),
    /// A transaction that paid into it or out of it.
    Transaction(String),
    /// An address that a payout goes to.
    Destination(String),
}

impl DealClue {
    fn tags(&self) -> Vec<Tag> {
        match self {
            Self::Code(code) => vec![of_code(code)],
            Self::Title(title) => {
                let words = asked_words(title).into_iter();
                words.map(|word| Tag::new("word", word)).collect()
            }
            Self::Transaction(tx) => vec![of_transaction(tx)],
            Self::Destination(address) => vec![of_destination(address)],
        }
    }
}

fn of_code(code: &str) -> Tag {
    Tag::new("code", code.to_ascii_uppercase())
}

fn of_transaction(tx: &str) -> Tag {
    Tag::new("tx", address_key(tx))
}

fn of_destination(address: &str) -> Tag {
    Tag::new("to", address_key(address))
}

/// The tags by which somebody finds a deal that they know something of.
fn tag_clues(deal: &Deal, tags: &mut BTreeSet<Tag>) {
    tags.insert(of_code(&deal.id.short()));
    let title = words(&deal.terms.goods.title);
    tags.extend(title.map(|word| Tag::new("word", word)));
    let arrived = deal.deposits.iter().map(|deposit| deposit.key.tx());
    let left = deal.legs.iter().flat_map(|leg| {
        let others = leg.other_txs.iter();
        leg.tx.iter().chain(others).map(String::as_str)
    });
    tags.extend(arrived.chain(left).map(of_transaction));
    let destinations = deal.legs.iter().filter_map(|leg| leg.destination.as_ref());
    tags.extend(destinations.map(|to| of_destination(to.as_str())));
}

impl Aggregate for Deal {
    type Id = DealId;
    const KIND: &'static str = "deal";

    fn id(&self) -> DealId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn invariants(&self) -> Result<(), BoxError> {
        self.check()
            .map_err(|breach| -> BoxError { Arc::new(breach) })
    }
}

impl Eventful for Deal {
    fn last_seq(&self) -> u64 {
        Deal::last_seq(self)
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }

    fn set_dispatched(&mut self, seq: u64) {
        self.dispatched_seq = seq;
    }
}

impl Listed for Deal {
    type Summary = DealSummary;

    fn summary(&self) -> DealSummary {
        DealSummary {
            id: self.id,
            version: self.version,
            request: self.request,
            attempt: self.attempt,
            offer: self.offer,
            buyer: self.terms.buyer,
            seller: self.terms.seller,
            title: self.terms.goods.title.clone(),
            asset: self.terms.asset,
            price: self.price,
            held: self.held(),
            owed: owed(self),
            sending: sending(self),
            state: self.state,
            underlying_state: self.underlying_state(),
            outcome: self.settlement.map(|settlement| settlement.outcome),
            is_on_hold: self.hold.is_some(),
            next_at: self.next_at(),
            deposits: self.deposits.iter().map(DepositSummary::of).collect(),
            legs: self.legs.iter().map(LegSummary::of).collect(),
            buyer_task: self.task_of(Party::Buyer),
            seller_task: self.task_of(Party::Seller),
            dispute: self
                .disputes
                .last()
                .map(|dispute| DisputeSummary::of(self, dispute)),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    fn listed_at(&self) -> Timestamp {
        self.created_at
    }

    fn tags(&self) -> BTreeSet<Tag> {
        let phase = if self.state.is_final() {
            Phase::Final
        } else {
            Phase::Live
        };
        let mut tags = BTreeSet::from([
            Desk::All.tag(),
            Desk::In(self.state).tag(),
            Tag::new("request", self.request),
        ]);
        for phase in [None, Some(phase)] {
            for party in [Party::Buyer, Party::Seller] {
                tags.insert(of_person(self.person(party), Side::Any, phase));
            }
            tags.insert(of_person(self.terms.buyer, Side::Buying, phase));
            tags.insert(of_person(self.terms.seller, Side::Selling, phase));
        }
        for leg in &self.legs {
            tags.insert(Desk::WithLeg(leg.state).tag());
            let payee = self.person(leg.payee);
            tags.extend([moved(payee), paid_out(payee)]);
            if leg.state == LegState::Unclaimed {
                tags.insert(Desk::UnclaimedBy(self.person(leg.payee)).tag());
            }
        }
        for party in [Party::Buyer, Party::Seller] {
            if self.task_of(party).is_some() {
                tags.insert(waiting_for(self.person(party)));
            }
        }
        if !self.deposits.is_empty() {
            tags.insert(moved(self.terms.buyer));
        }
        if matches!(self.state, State::Released | State::Split) {
            tags.insert(sold(self.terms.seller));
            tags.insert(bought(self.terms.buyer));
        }
        if self.state.is_final() && !self.state.is_unpaid() {
            tags.insert(settled(self.terms.seller));
            if self.disputes.is_empty() {
                tags.insert(settled_peacefully(self.terms.seller));
            }
        }
        if !owed(self).is_zero() {
            tags.insert(owing());
        }
        if self.hold.is_some() {
            tags.insert(Desk::OnHold.tag());
        }
        if !self.late_undecided().is_empty() {
            tags.insert(Desk::LateFunds.tag());
        }
        tag_disputes(self, &mut tags);
        tag_clues(self, &mut tags);
        tags
    }
}

/// The tags that tell of disputes.
fn tag_disputes(deal: &Deal, tags: &mut BTreeSet<Tag>) {
    let drawn = deal
        .disputes
        .iter()
        .flat_map(|dispute| [dispute.resolver, dispute.first_resolver]);
    tags.extend(drawn.flatten().map(|user| Desk::OfResolver(user).tag()));
    tags.extend(deal.disputes.iter().map(|dispute| with_dispute(dispute.id)));
    if !deal.disputes.is_empty() {
        let parties = [deal.terms.buyer, deal.terms.seller];
        tags.extend(parties.map(ever_disputed));
    }
    let Some(dispute) = deal.dispute() else {
        return;
    };
    tags.insert(Desk::Disputed.tag());
    match dispute.resolver {
        Some(resolver) if deal.state == State::Disputed => {
            tags.insert(Desk::ToRule(resolver).tag());
        }
        Some(_) => {}
        None => {
            tags.insert(Desk::Undrawn.tag());
        }
    }
    if let Some(proposed) = &dispute.proposed {
        tags.insert(match proposed.approver {
            Some(approver) => Desk::OfApprover(approver).tag(),
            None => Desk::ApproverUndrawn.tag(),
        });
    }
}

impl DepositSummary {
    fn of(deposit: &domain::deal::Deposit) -> Self {
        Self {
            reference: deposit_reference(&deposit.key),
            units: deposit.units,
            state: deposit.state,
            surplus: deposit.surplus,
            late: deposit.late,
            at: deposit.at,
        }
    }
}

impl LegSummary {
    fn of(leg: &domain::deal::Leg) -> Self {
        Self {
            id: leg.id.clone(),
            payee: leg.payee,
            net: leg.net(),
            destination: leg.destination.clone(),
            state: leg.state,
            planned_at: leg.planned_at,
            not_before: leg.not_before,
            approvals: leg.approvals.clone(),
            is_delayed: leg.delayed,
            tx: leg.tx.clone(),
        }
    }
}

impl DisputeSummary {
    fn of(deal: &Deal, dispute: &domain::deal::Dispute) -> Self {
        let is_open = dispute.closed.is_none();
        let until = |kind| deal.clocks.at(&kind).filter(|_| is_open);
        let proposed = dispute.proposed.as_ref();
        Self {
            id: dispute.id,
            category: dispute.category,
            tier: dispute.tier,
            resolver: dispute.resolver,
            is_proposed: proposed.is_some(),
            approver: proposed.and_then(|proposed| proposed.approver),
            may_be_ruled: dispute.may_be_ruled,
            answer_by: until(DeadlineKind::Answer),
            rule_by: until(DeadlineKind::Ruling),
            approve_by: until(DeadlineKind::Approval),
            opened_at: dispute.opened_at,
            is_open,
            end: dispute.closed,
        }
    }
}

/// Deals. Two commands on one deal cannot both win; see [`Aggregates::commit`].
#[async_trait]
pub trait Deals: Aggregates<Deal> + Lists<Deal> + Outbox<Deal> {
    /// A person's deals, newest first.
    async fn list_of_person(
        &self,
        user: UserId,
        side: Side,
        phase: Option<Phase>,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![of_person(user, side, phase)], page)
            .await
    }

    /// The deals that wait for a person to act, newest first; also some that are over but for it.
    async fn list_waiting_for(
        &self,
        user: UserId,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![waiting_for(user)], page).await
    }

    /// The deals in which a person's money moved, newest first: what they sent, what they are or
    /// were to get.
    async fn list_with_money_of(
        &self,
        user: UserId,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![moved(user)], page).await
    }

    /// The deals with a payout to a person, newest first.
    async fn list_with_payout_to(
        &self,
        user: UserId,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![paid_out(user)], page).await
    }

    /// A person's deals with an open dispute, newest first.
    async fn list_disputed_of(
        &self,
        user: UserId,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        let own = of_person(user, Side::Any, None);
        self.list_tagged(vec![Desk::Disputed.tag(), own], page)
            .await
    }

    /// A person's deals that were ever disputed, newest first.
    async fn list_ever_disputed_of(
        &self,
        user: UserId,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![ever_disputed(user)], page).await
    }

    /// The deal with this dispute, open or closed.
    async fn find_with_dispute(&self, id: DisputeId) -> Result<Option<DealId>, StoreError> {
        let page = PageRequest::first(Limit::new(1));
        let found = self.list_tagged(vec![with_dispute(id)], page).await?;
        Ok(found.items.first().map(|deal| deal.id))
    }

    /// The deals that owe something to their parties, each of its own asset, newest first.
    async fn list_owing(&self, page: PageRequest) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![owing()], page).await
    }

    /// The deals that a request led to, newest first.
    async fn list_of_request(
        &self,
        request: RequestId,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![Tag::new("request", request)], page)
            .await
    }

    /// The deals on a desk, newest first.
    async fn list_on_desk(
        &self,
        desk: Desk,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(vec![desk.tag()], page).await
    }

    /// The deals that a clue leads to, newest first.
    async fn list_by_clue(
        &self,
        clue: &DealClue,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.list_tagged(clue.tags(), page).await
    }

    /// How many deals are on a desk.
    async fn count_on_desk(&self, desk: Desk) -> Result<u64, StoreError> {
        self.count_tagged(desk.tag()).await
    }

    /// How many deals of a seller ended with a release or a split.
    async fn count_sold(&self, seller: UserId) -> Result<u64, StoreError> {
        self.count_tagged(sold(seller)).await
    }

    /// How many deals of each buyer ended with a release or a split, in their order.
    async fn count_bought(&self, buyers: &[UserId]) -> Result<Vec<u64>, StoreError> {
        self.count_each(buyers.iter().copied().map(bought).collect())
            .await
    }

    /// What the deals of each seller that were paid and are over say of them, in their order.
    async fn count_settled(&self, sellers: &[UserId]) -> Result<Vec<Settled>, StoreError> {
        let all = sellers.iter().copied().map(settled);
        let peaceful = sellers.iter().copied().map(settled_peacefully);
        let counted = self.count_each(all.chain(peaceful).collect()).await?;
        let (all, peaceful) = counted.split_at(sellers.len());
        let pairs = all.iter().zip(peaceful);
        let settled = pairs.map(|(deals, peaceful)| Settled {
            deals: *deals,
            without_dispute: *peaceful,
        });
        Ok(settled.collect())
    }

    /// Deals with a deadline that is over at `now`, longest overdue first. One that cannot be served
    /// stays in the list: read on past it.
    async fn list_due(&self, now: Timestamp, page: PageRequest)
    -> Result<Page<DealId>, StoreError>;

    /// Deals with a running deadline, in the order of their ids, after `after`: all of them, a
    /// piece at a time, to give our own downtime back to each.
    async fn list_running(
        &self,
        after: Option<DealId>,
        limit: Limit,
    ) -> Result<Vec<DealId>, StoreError>;
}
