//! Deals: commands, the outbox, deadlines, lists.

use std::sync::Arc;

use domain::command_log::{Seen, digest_of_command};
use domain::deal::{
    Actor, Claim, Command, Context, Deal, DepositKey, Destination, Dispute, DisputeCategory,
    DisputeEnd, EvidenceItem, Goods, LegId, LegState, Limits, Outcome, Periods, ProductKind,
    SettledBy, Settlement, State, Task, TaskKind, Terms,
};
use domain::id::{CommandKey, DealId, UserId};
use domain::ledger::Account;
use domain::{Asset, Network, Span, Timestamp, Token, Units};

use super::{NOON, id, noon_plus, read_all, together};
use crate::{
    CommitError, DealClue, DealSummary, Desk, InsertError, Limit, Page, PageRequest, Phase,
    Settled, Side, Store, StoreError,
};

/// The nth deal, opened n minutes after noon; its buyer is 100 + n % 3, its seller 200 + n % 2.
pub(super) fn deal(number: u32) -> Deal {
    let asset = Asset::new(Network::Bsc, Token::Usdt).unwrap();
    let kind = ProductKind::PhysicalProduct;
    let terms = Terms {
        buyer: buyer(number),
        seller: seller(number),
        goods: Goods {
            title: format!("کتاب {number}"),
            description: "یک کتاب".into(),
            kind,
            quantity: 1,
        },
        asset,
        price: asset.cents(10_000),
        fee_rate: domain::Bps::new(100).unwrap(),
        network_fee: asset.network_fee(),
        periods: Periods::of(kind, Span::days(10), Span::days(3)),
        evidence_contract: EvidenceItem::usual_for(kind),
        buyer_on_silence: None,
        seller_address: Destination::new(asset, "0x55d398326f99059fF775485246999027B3197955")
            .unwrap(),
    };
    let request = id!(RequestId, number / 2);
    let offer = id!(OfferId, number);
    Deal::open(request, number, offer, terms, noon_plus(number)).unwrap()
}

fn admin(number: u32) -> Actor {
    Actor::Admin(id!(UserId, 900 + number))
}

fn buyer(number: u32) -> UserId {
    id!(UserId, 100 + number % 3)
}

fn seller(number: u32) -> UserId {
    id!(UserId, 200 + number % 2)
}

/// The same deal, called off by its buyer: a new event, a new state, no deadline.
fn cancelled(deal: &Deal, at: Timestamp) -> Deal {
    after(deal, Actor::Person(deal.terms.buyer), Command::Cancel, at)
}

/// The deal after a command.
fn after(deal: &Deal, actor: Actor, command: Command, at: Timestamp) -> Deal {
    let limits = Limits {
        payout_auto: Units::ZERO,
        payout_one_key: Units::ZERO,
        ruling_alone: Units::new(u128::MAX),
    };
    let context = Context {
        now: at,
        expected_version: None,
        address_read_at: None,
        limits: &limits,
    };
    deal.decide(actor, command, &context).unwrap().deal
}

/// The nth deal, paid in full.
fn funded(number: u32) -> Deal {
    let deal = deal(number);
    let pay = Command::DepositConfirmed {
        key: DepositKey::from_gateway("BNB-USDT", &format!("tx-{number}"), "0xabc"),
        intent: id!(IntentId, number),
        units: deal.price,
    };
    after(&deal, Actor::System, pay, noon_plus(number))
}

/// The nth deal, disputed by its buyer.
fn disputed(number: u32) -> Deal {
    let deal = funded(number);
    let claim = Claim {
        category: DisputeCategory::Other,
        statement: "…".into(),
        wanted: None,
    };
    let buyer = Actor::Person(deal.terms.buyer);
    let open = Command::OpenDispute { claim };
    after(&deal, buyer, open, noon_plus(number))
}

/// The nth deal, ended long ago: nothing of it is left to pay.
fn ended(number: u32, outcome: Outcome) -> Deal {
    let mut deal = cancelled(&deal(number), noon_plus(number));
    deal.state = outcome.final_state();
    deal.settlement = Some(Settlement {
        by: SettledBy::Acceptance,
        outcome,
        buyer: Units::ZERO,
        seller: Units::ZERO,
        fee: Units::ZERO,
        at: noon_plus(number),
    });
    deal
}

async fn insert(store: &dyn Store, numbers: impl IntoIterator<Item = u32>) {
    for number in numbers {
        store.deals().insert(&deal(number)).await.unwrap();
    }
}

pub(crate) async fn a_deal_comes_back_whole(store: Arc<dyn Store>) {
    let new = deal(1);
    store.deals().insert(&new).await.unwrap();
    let called_off = cancelled(&new, noon_plus(5));
    let deals = store.deals();
    deals.commit(&called_off, new.version).await.unwrap();
    let stored = deals.find(new.id).await.unwrap();
    assert_eq!(stored, Some(called_off));
}

pub(crate) async fn command_keys_survive_with_the_write(store: Arc<dyn Store>) {
    let deals = store.deals();
    let read = deal(1);
    deals.insert(&read).await.unwrap();
    let key = CommandKey::new("k-1").unwrap();
    let body = digest_of_command("cancel", &"{}");
    let mut changed = cancelled(&read, noon_plus(5));
    let seq = changed.last_seq();
    let by = changed.terms.buyer;
    changed.commands.record(by, key.clone(), body, seq);
    deals.commit(&changed, read.version).await.unwrap();

    let stored = deals.find(read.id).await.unwrap().unwrap();
    assert_eq!(stored.commands.seen(by, &key, body), Seen::Repeat(seq));
    let stale = deals.commit(&changed, read.version).await;
    assert!(
        matches!(stale, Err(CommitError::Stale)),
        "the repeated write is refused, and the key found tells why"
    );
}

pub(crate) async fn the_relay_position_lies_outside_the_version(store: Arc<dyn Store>) {
    let deals = store.deals();
    let read = deal(1);
    deals.insert(&read).await.unwrap();
    deals.mark_dispatched(read.id, 1).await.unwrap();
    let stored = deals.find(read.id).await.unwrap().unwrap();
    assert_eq!(stored.version, read.version);
    assert_eq!(stored.dispatched_seq, 1);

    // Decided on what was read before the relay moved on.
    let changed = cancelled(&read, noon_plus(5));
    deals.commit(&changed, read.version).await.unwrap();
    let stored = deals.find(read.id).await.unwrap().unwrap();
    assert_eq!(stored.dispatched_seq, 1, "no commit moves the position");
    deals.mark_dispatched(read.id, 0).await.unwrap();
    let stored = deals.find(read.id).await.unwrap().unwrap();
    assert_eq!(stored.dispatched_seq, 1, "it only moves forward");
}

pub(crate) async fn events_wait_until_they_are_relayed_longest_first(store: Arc<dyn Store>) {
    let deals = store.deals();
    insert(&*store, [3, 1, 2]).await;
    let waiting = async || {
        let waiting = read_all(1, |page| deals.list_undispatched(page)).await;
        waiting
            .iter()
            .map(|waits| (waits.id, waits.after))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        waiting().await,
        [(deal(1).id, 0), (deal(2).id, 0), (deal(3).id, 0)]
    );
    for number in [1, 2] {
        let deal = deal(number);
        let all = deal.last_seq();
        deals.mark_dispatched(deal.id, all).await.unwrap();
    }
    assert_eq!(waiting().await, [(deal(3).id, 0)]);
    let changed = cancelled(&deal(1), noon_plus(9));
    deals.commit(&changed, deal(1).version).await.unwrap();
    let first = deal(1).last_seq();
    assert_eq!(waiting().await, [(deal(3).id, 0), (deal(1).id, first)]);
}

pub(crate) async fn what_is_not_relayed_holds_nobody_up(store: Arc<dyn Store>) {
    let deals = store.deals();
    insert(&*store, 0..5).await;
    let stuck = [0, 1].map(|number| deal(number).id);
    let mut relayed = Vec::new();
    let mut after = None;
    loop {
        let limit = Limit::new(2);
        let page = deals
            .list_undispatched(PageRequest {
                after,
                ..PageRequest::first(limit)
            })
            .await;
        let page = page.unwrap();
        for waits in page.items.iter().filter(|it| !stuck.contains(&it.id)) {
            // It leaves the list while that is read.
            deals.mark_dispatched(waits.id, 1).await.unwrap();
            relayed.push(waits.id);
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(relayed, [2, 3, 4].map(|number| deal(number).id));
    let waiting = read_all(9, |page| deals.list_undispatched(page)).await;
    let waiting: Vec<_> = waiting.iter().map(|waits| waits.id).collect();
    assert_eq!(waiting, stuck);
}

pub(crate) async fn deadlines_are_due_in_their_order(store: Arc<dyn Store>) {
    let deals = store.deals();
    insert(&*store, [4, 2, 3, 1]).await;
    let due = async |now| {
        let page = PageRequest::first(Limit::MAX);
        deals.list_due(now, page).await.unwrap().items
    };
    let end = |number: u32| deal(number).next_at().unwrap();
    let just_before = end(1).minus(Span::from_ms(1));
    assert!(due(just_before).await.is_empty());
    assert_eq!(due(end(1)).await, [deal(1).id], "due at its very instant");
    let changed = cancelled(&deal(2), noon_plus(5));
    assert_eq!(changed.next_at(), None);
    deals.commit(&changed, deal(2).version).await.unwrap();
    let (one, three, four) = (deal(1).id, deal(3).id, deal(4).id);
    assert_eq!(due(end(4)).await, [one, three, four]);
    let limited = PageRequest::first(Limit::new(2));
    let limited = deals.list_due(end(4), limited).await.unwrap();
    assert_eq!(limited.items, [one, three]);
    let paged = read_all(1, |page| deals.list_due(end(4), page)).await;
    assert_eq!(paged, [one, three, four], "past what was not served");
}

pub(crate) async fn running_deals_are_visited_once_each(store: Arc<dyn Store>) {
    let deals = store.deals();
    insert(&*store, 0..9).await;
    let over = deal(4);
    let changed = cancelled(&over, noon_plus(60));
    deals.commit(&changed, over.version).await.unwrap();
    let mut visited: Vec<DealId> = Vec::new();
    loop {
        let after = visited.last().copied();
        let next = deals.list_running(after, Limit::new(4)).await.unwrap();
        if next.is_empty() {
            break;
        }
        visited.extend(next);
    }
    let mut expected: Vec<_> = (0..9)
        .filter(|number| *number != 4)
        .map(|number| deal(number).id)
        .collect();
    expected.sort();
    assert_eq!(visited, expected);
}

pub(crate) async fn deals_are_listed_by_person_side_and_phase(store: Arc<dyn Store>) {
    let deals = store.deals();
    insert(&*store, 0..12).await;
    let over = deal(3);
    let changed = cancelled(&over, noon_plus(60));
    deals.commit(&changed, over.version).await.unwrap();
    for (user, side, phase, count) in [
        (buyer(0), Side::Any, None, 4),
        (buyer(0), Side::Buying, None, 4),
        (buyer(0), Side::Selling, None, 0),
        (seller(1), Side::Selling, None, 6),
        (seller(1), Side::Any, Some(Phase::Live), 5),
        (buyer(0), Side::Buying, Some(Phase::Final), 1),
        (seller(0), Side::Any, Some(Phase::Final), 0),
        (id!(UserId, 1), Side::Any, None, 0),
    ] {
        let listed = read_all(3, |page| deals.list_of_person(user, side, phase, page)).await;
        assert_eq!(listed.len(), count, "{user} {side:?} {phase:?}");
        assert!(listed.is_sorted_by(|one, next| one.created_at > next.created_at));
    }
    let request = deal(2).request;
    let listed = read_all(3, |page| deals.list_of_request(request, page)).await;
    let listed: Vec<_> = listed.iter().map(|deal| deal.id).collect();
    assert_eq!(listed, [deal(3).id, deal(2).id]);
}

pub(crate) async fn deals_are_listed_by_whose_money_moved(store: Arc<dyn Store>) {
    let (untouched, held, refunded) = (deal(3), funded(6), funded(9));
    let seller = Actor::Person(refunded.terms.seller);
    let refunded = after(&refunded, seller, Command::Decline, noon_plus(20));
    let (held, refunded) = (&held, &refunded);
    for deal in [&untouched, held, refunded] {
        store.deals().insert(deal).await.unwrap();
    }
    let (buyer, seller) = (held.terms.buyer, held.terms.seller);
    assert_eq!(refunded.terms.buyer, buyer);
    let deals = store.deals();
    let page = PageRequest::first(Limit::MAX);
    let ids =
        |page: Page<DealSummary>| -> Vec<_> { page.items.iter().map(|deal| deal.id).collect() };
    let moved = ids(deals.list_with_money_of(buyer, page).await.unwrap());
    assert_eq!(moved, [refunded.id, held.id]);
    let paid_out = ids(deals.list_with_payout_to(buyer, page).await.unwrap());
    assert_eq!(paid_out, [refunded.id]);
    let of_seller = ids(deals.list_with_money_of(seller, page).await.unwrap());
    assert_eq!(
        of_seller,
        [],
        "what a seller may get some day is not theirs yet"
    );
}

pub(crate) async fn deals_are_listed_for_whom_they_wait_for(store: Arc<dyn Store>) {
    let (unpaid, paid) = (deal(6), funded(0));
    let (buyer, seller) = (unpaid.terms.buyer, unpaid.terms.seller);
    assert_eq!((paid.terms.buyer, paid.terms.seller), (buyer, seller));
    let deals = store.deals();
    for deal in [&unpaid, &paid] {
        deals.insert(deal).await.unwrap();
    }
    let page = PageRequest::first(Limit::MAX);
    let waiting = async |user| deals.list_waiting_for(user, page).await.unwrap().items;
    let kind = |task: Option<Task>| task.map(|task| task.kind);
    let to_pay = waiting(buyer).await;
    let to_pay = to_pay.iter().map(|deal| (deal.id, kind(deal.buyer_task)));
    assert_eq!(
        to_pay.collect::<Vec<_>>(),
        [(unpaid.id, Some(TaskKind::Pay))]
    );
    let to_ship = waiting(seller).await;
    let to_ship = to_ship.iter().map(|deal| (deal.id, kind(deal.seller_task)));
    assert_eq!(
        to_ship.collect::<Vec<_>>(),
        [(paid.id, Some(TaskKind::Ship))]
    );

    let over = cancelled(&unpaid, noon_plus(9));
    deals.commit(&over, unpaid.version).await.unwrap();
    assert_eq!(waiting(buyer).await, []);
}

pub(crate) async fn disputes_are_listed_for_parties_and_resolvers(store: Arc<dyn Store>) {
    let resolver = id!(UserId, 1);
    let undrawn = disputed(3);
    let drawn = after(
        &disputed(6),
        Actor::System,
        Command::DrawResolver { resolver },
        noon_plus(20),
    );
    let buyer = Actor::Person(drawn.terms.buyer);
    let closed = after(&drawn, buyer, Command::WithdrawDispute, noon_plus(30));
    let deals = store.deals();
    for deal in [&undrawn, &drawn, &funded(9)] {
        deals.insert(deal).await.unwrap();
    }
    let page = PageRequest::first(Limit::MAX);
    let ids =
        |page: Page<DealSummary>| -> Vec<_> { page.items.iter().map(|deal| deal.id).collect() };
    let own = deals.list_disputed_of(drawn.terms.buyer, page).await;
    assert_eq!(ids(own.unwrap()), [drawn.id, undrawn.id]);
    let on = async |desk| ids(deals.list_on_desk(desk, page).await.unwrap());
    assert_eq!(on(Desk::ToRule(resolver)).await, [drawn.id]);
    assert_eq!(on(Desk::Undrawn).await, [undrawn.id]);

    deals.commit(&closed, drawn.version).await.unwrap();
    assert_eq!(on(Desk::ToRule(resolver)).await, []);
    assert_eq!(on(Desk::OfResolver(resolver)).await, [drawn.id]);

    let ever = deals.list_ever_disputed_of(drawn.terms.buyer, page).await;
    assert_eq!(
        ids(ever.unwrap()),
        [drawn.id, undrawn.id],
        "a closed one, too"
    );
    let case = drawn.disputes[0].id;
    assert_eq!(deals.find_with_dispute(case).await.unwrap(), Some(drawn.id));
    let unknown = id!(DisputeId, 9);
    assert_eq!(deals.find_with_dispute(unknown).await.unwrap(), None);
}

pub(crate) async fn what_is_to_be_ruled_on_is_counted_until_it_is(store: Arc<dyn Store>) {
    let resolver = id!(UserId, 1);
    let draw = || Command::DrawResolver { resolver };
    let drawn = after(&disputed(3), Actor::System, draw(), noon_plus(20));
    let statement = "…".into();
    let answer = Command::AnswerDispute { statement };
    let seller = Actor::Person(drawn.terms.seller);
    let answered = after(&drawn, seller, answer, noon_plus(30));
    let division = answered.division(Units::ZERO).unwrap();
    let rule = Command::Rule {
        buyer: division.buyer,
        seller: division.seller,
        reasoning: "…".into(),
    };
    let ruled = after(&answered, Actor::Resolver(resolver), rule, noon_plus(40));
    assert_eq!(ruled.state, State::Ruled);
    let deals = store.deals();
    let other = after(&disputed(6), Actor::System, draw(), noon_plus(20));
    for deal in [&drawn, &other, &disputed(9)] {
        deals.insert(deal).await.unwrap();
    }
    let count = async |desk| deals.count_on_desk(desk).await.unwrap();
    assert_eq!(count(Desk::ToRule(resolver)).await, 2);
    assert_eq!(count(Desk::ToRule(id!(UserId, 2))).await, 0);
    deals.commit(&ruled, drawn.version).await.unwrap();
    assert_eq!(count(Desk::ToRule(resolver)).await, 1);
    assert_eq!(count(Desk::Disputed).await, 3, "it may be appealed");
}

pub(crate) async fn a_list_shows_the_deal_as_it_is_now(store: Arc<dyn Store>) {
    let deals = store.deals();
    insert(&*store, [1]).await;
    let desk = async |desk| read_all(5, |page| deals.list_on_desk(desk, page)).await;
    let shown = desk(Desk::All).await;
    assert_eq!(shown[0].state, State::AwaitingPayment);
    assert_eq!(shown[0].title, "کتاب 1");
    let changed = cancelled(&deal(1), noon_plus(60));
    deals.commit(&changed, deal(1).version).await.unwrap();
    let shown = desk(Desk::All).await;
    assert_eq!(shown.len(), 1, "it is listed once");
    assert_eq!(shown[0].state, State::Cancelled);
    assert_eq!(shown[0].version, changed.version);
    assert!(desk(Desk::In(State::AwaitingPayment)).await.is_empty());
    assert_eq!(desk(Desk::In(State::Cancelled)).await.len(), 1);
    assert!(desk(Desk::Disputed).await.is_empty());
}

pub(crate) async fn a_deal_is_listed_by_what_it_owes_for_as_long_as_it_owes(store: Arc<dyn Store>) {
    let deals = store.deals();
    insert(&*store, [1]).await;
    let paid = funded(2);
    deals.insert(&paid).await.unwrap();
    let owing = async || read_all(5, |page| deals.list_owing(page)).await;
    let shown = owing().await;
    assert_eq!(shown.len(), 1, "what nobody paid owes nothing");
    let line = |deal: &DealSummary| (deal.id, deal.asset, deal.owed, deal.sending);
    let expected = (paid.id, paid.terms.asset, paid.price, Units::ZERO);
    assert_eq!(line(&shown[0]), expected);

    let taken_back = Command::DepositReversed {
        key: DepositKey::from_gateway("BNB-USDT", "tx-2", "0xabc"),
    };
    let nothing = after(&paid, Actor::System, taken_back, noon_plus(3));
    deals.commit(&nothing, paid.version).await.unwrap();
    assert!(owing().await.is_empty());

    let declined = funded(4);
    let seller = Actor::Person(declined.terms.seller);
    let declined = after(&declined, seller, Command::Decline, noon_plus(5));
    deals.insert(&declined).await.unwrap();
    let owed = owing().await[0].owed;
    assert_eq!(owed, declined.price, "what is to be paid back is owed");
}

pub(crate) async fn finished_deals_are_counted_for_each_person(store: Arc<dyn Store>) {
    let deals = store.deals();
    for number in 0..6 {
        let outcome = match number {
            0 => Outcome::Split,
            5 => Outcome::Refund,
            _ => Outcome::Release,
        };
        deals.insert(&ended(number, outcome)).await.unwrap();
    }
    let asked = [buyer(2), id!(UserId, 9), buyer(0), buyer(1)];
    assert_eq!(deals.count_bought(&asked).await.unwrap(), [1, 0, 2, 2]);
    assert!(deals.count_bought(&[]).await.unwrap().is_empty());
    assert_eq!(deals.count_sold(seller(0)).await.unwrap(), 3);
    assert_eq!(deals.count_sold(seller(1)).await.unwrap(), 2);
}

pub(crate) async fn settled_deals_tell_of_each_seller(store: Arc<dyn Store>) {
    let deals = store.deals();
    let outcomes = [Outcome::Release, Outcome::Refund, Outcome::Split];
    for (number, outcome) in (0..).step_by(2).zip(outcomes) {
        deals.insert(&ended(number, outcome)).await.unwrap();
    }
    let mut agreed = ended(6, Outcome::Split);
    let case = disputed(6).disputes.pop().unwrap();
    agreed.disputes.push(Dispute {
        closed: Some(DisputeEnd::Agreed),
        ..case
    });
    let called_off = cancelled(&deal(8), noon_plus(60));
    let of_another = ended(1, Outcome::Release);
    for deal in [&agreed, &called_off, &funded(10), &of_another] {
        deals.insert(deal).await.unwrap();
    }
    let settled = |deals, without_dispute| Settled {
        deals,
        without_dispute,
    };
    let asked = [seller(1), id!(UserId, 9), seller(0)];
    let counted = deals.count_settled(&asked).await.unwrap();
    assert_eq!(counted, [settled(1, 1), settled(0, 0), settled(4, 3)]);
    assert_eq!(deals.count_settled(&[]).await.unwrap(), []);
}

pub(crate) async fn a_loss_is_owed_only_as_far_as_the_operator_covers_it(store: Arc<dyn Store>) {
    let deals = store.deals();
    let leg = || LegId::Buyer;
    let mut deal = funded(2);
    let (buyer, seller) = (
        Actor::Person(deal.terms.buyer),
        Actor::Person(deal.terms.seller),
    );
    let destination = deal.terms.seller_address.clone();
    let key = DepositKey::from_gateway("BNB-USDT", "tx-2", "0xabc");
    for (actor, command) in [
        (buyer, Command::SetRefundAddress { destination }),
        (seller, Command::Decline),
        (admin(1), Command::ApproveLeg { leg: leg() }),
        (admin(2), Command::ApproveLeg { leg: leg() }),
    ] {
        if deal
            .legs
            .first()
            .is_none_or(|leg| leg.state != LegState::Approved)
        {
            deal = after(&deal, actor, command, noon_plus(3));
        }
    }
    let sent = Command::StartSending { leg: leg() };
    deal = after(&deal, Actor::System, sent, noon_plus(2_000));
    let taken_back = Command::DepositReversed { key };
    deal = after(&deal, Actor::System, taken_back, noon_plus(2_001));
    assert_eq!(deal.state, State::Loss);
    deals.insert(&deal).await.unwrap();
    let owing = async || read_all(5, |page| deals.list_owing(page)).await;
    assert!(
        owing().await.is_empty(),
        "what the chain took is owed to nobody before it is settled"
    );

    let cover = deal.balance(Account::Shortfall);
    let version = deal.version;
    for number in [1, 2] {
        let settle = Command::SettleLoss { cover };
        deal = after(&deal, admin(number), settle, noon_plus(2_002));
    }
    deals.commit(&deal, version).await.unwrap();
    assert_eq!(owing().await[0].owed, deal.price, "what is covered is owed");
}

pub(crate) async fn a_deal_is_found_by_whatever_is_known_of_it(store: Arc<dyn Store>) {
    let deals = store.deals();
    let destination = deal(2).terms.seller_address;
    let mut owing = funded(2);
    for (actor, command) in [
        (
            Actor::Person(owing.terms.buyer),
            Command::SetRefundAddress {
                destination: destination.clone(),
            },
        ),
        (Actor::Person(owing.terms.seller), Command::Decline),
    ] {
        owing = after(&owing, actor, command, noon_plus(3));
    }
    deals.insert(&owing).await.unwrap();
    deals.insert(&funded(5)).await.unwrap();
    let found = async |clue: DealClue| {
        let found = read_all(1, |page| deals.list_by_clue(&clue, page)).await;
        found.into_iter().map(|deal| deal.id).collect::<Vec<_>>()
    };
    let (second, fifth) = (owing.id, funded(5).id);
    let code = owing.id.short().to_ascii_lowercase();
    assert_eq!(found(DealClue::Code(code)).await, [second]);
    assert_eq!(found(DealClue::Title("كتاب".into())).await, [fifth, second]);
    assert_eq!(found(DealClue::Title("کتاب ۵".into())).await, [fifth]);
    assert_eq!(found(DealClue::Title("!".into())).await, []);
    let tx = DealClue::Transaction("tx-5".into());
    assert_eq!(found(tx).await, [fifth]);
    let shouted = destination.as_str().to_ascii_uppercase();
    assert_eq!(found(DealClue::Destination(shouted)).await, [second]);
}

pub(crate) async fn of_200_acceptances_one_opens_the_deal(store: Arc<dyn Store>) {
    let answers = together((0..200_u32).map(|number| {
        let store = Arc::clone(&store);
        async move {
            let mut new = deal(1);
            new.updated_at = NOON.plus(Span::seconds(number));
            store.deals().insert(&new).await.is_ok()
        }
    }))
    .await;
    assert_eq!(answers.into_iter().filter(|opened| *opened).count(), 1);
}

pub(crate) async fn what_breaks_an_invariant_is_never_written(store: Arc<dyn Store>) {
    let deals = store.deals();
    let sound = funded(1);
    let mut unsound = sound.clone();
    unsound.clocks = deal(1).clocks;
    assert!(unsound.check().is_err(), "a quote runs in a paid deal");
    let refused = deals.insert(&unsound).await;
    assert!(matches!(
        refused,
        Err(InsertError::Store(StoreError::Unsound { .. }))
    ));
    assert_eq!(deals.find(sound.id).await.unwrap(), None);

    deals.insert(&sound).await.unwrap();
    unsound.version += 1;
    let refused = deals.commit(&unsound, sound.version).await;
    assert!(matches!(
        refused,
        Err(CommitError::Store(StoreError::Unsound { .. }))
    ));
    assert_eq!(deals.find(sound.id).await.unwrap(), Some(sound));
}
