//! Requests: lists, browsing, search, offers.

use std::sync::Arc;

use domain::deal::{EvidenceItem, ProductKind};
use domain::id::{CategoryId, UserId};
use domain::price::{Budget, Currency, Price};
use domain::request::{
    Conditions, Delivery, DeliveryTime, LiveStatus, Offer, OfferEnd, Proposal, Request,
    RequestStatus, TimeUnit, Urgency, What,
};
use domain::text::{Block, Line};
use domain::{Network, Span, Token, Units};

use super::{NOON, id, noon_plus, read_all};
use crate::{Browse, BudgetRange, Limit, OfferStanding, OwnGroup, RequestSummary, Store};

/// The nth request, published n minutes after noon by buyer 1 or 2.
pub(super) fn request(number: u32) -> Request {
    titled(number, &format!("Camera {number}"), "Used is fine.")
}

fn titled(number: u32, title: &str, description: &str) -> Request {
    let what = What {
        title: Line::new(title).unwrap(),
        description: Block::new(description).unwrap(),
        category: category(number % 3),
        kind: ProductKind::DigitalProduct,
        quantity: 1,
        link: None,
        size: None,
        color: None,
        brand: None,
        specifications: Vec::new(),
        tags: Vec::new(),
        attachments: Vec::new(),
    };
    let conditions = Conditions {
        budget: Budget::new(None, millions(number), Currency::Usdt).unwrap(),
        urgency: Urgency::ALL[usize::try_from(number % 4).unwrap()],
        offers_until: noon_plus(number).plus(Span::days(7)),
        inspection_days: 3,
        evidence: vec![EvidenceItem::HandedOverFile],
        buyer_on_silence: None,
        invited: Vec::new(),
    };
    publish(number, what, conditions)
}

fn publish(number: u32, what: What, conditions: Conditions) -> Request {
    let (buyer, at) = (buyer(number), noon_plus(number));
    let mut request = Request::begin(id!(RequestId, number), buyer, at);
    let filed_in = [shelf(), what.category];
    let online = Delivery::Online {
        email: None,
        notes: None,
    };
    request.write_what(buyer, what, at).unwrap();
    request.write_delivery(buyer, online, at).unwrap();
    request.write_conditions(buyer, conditions, at).unwrap();
    request.publish(buyer, &filed_in, false, at).unwrap();
    request
}

fn buyer(number: u32) -> UserId {
    id!(UserId, 1 + number % 2)
}

/// The category that holds all others.
fn shelf() -> CategoryId {
    id!(CategoryId, 100)
}

fn category(number: u32) -> CategoryId {
    id!(CategoryId, number)
}

/// So many units of the currency and one.
fn millions(number: u32) -> Units {
    Units::new(u128::from(number + 1) * 1_000_000)
}

/// The request with one more offer, as the next version.
fn offered(request: &Request, number: u32, seller: UserId) -> Request {
    let mut changed = request.clone();
    changed.offers.push(Offer {
        id: id!(OfferId, number),
        seller,
        version: 1,
        edition: changed.edition,
        made_at: noon_plus(number),
        revised_at: noon_plus(number),
        proposal: Proposal {
            title: Line::new("Mine").unwrap(),
            description: Block::new("As new.").unwrap(),
            price: Price::new(millions(number), Token::Usdt),
            delivery: DeliveryTime {
                amount: 3,
                unit: TimeUnit::Days,
            },
            networks: vec![Network::Bsc],
            valid_until: Some(noon_plus(number).plus(Span::hours(2))),
            notes: None,
            attachments: Vec::new(),
        },
        status: LiveStatus::Pending,
        counter: None,
        revisions: Vec::new(),
    });
    changed.version += 1;
    changed
}

async fn insert(store: &dyn Store, requests: impl IntoIterator<Item = Request>) {
    for request in requests {
        store.requests().insert(&request).await.unwrap();
    }
}

async fn titles(store: &dyn Store, browse: &Browse) -> Vec<String> {
    let found = read_all(2, |page| store.requests().browse(browse, page)).await;
    let title = |summary: RequestSummary| summary.title.unwrap().to_string();
    found.into_iter().map(title).collect()
}

fn asking(question: &str) -> Browse {
    Browse {
        question: question.into(),
        ..Browse::default()
    }
}

pub(crate) async fn a_request_comes_back_whole(store: Arc<dyn Store>) {
    let new = request(1);
    let changed = offered(&new, 1, id!(UserId, 9));
    insert(&*store, [new.clone()]).await;
    store
        .requests()
        .commit(&changed, new.version)
        .await
        .unwrap();
    let stored = store.requests().find(new.id).await.unwrap();
    assert_eq!(stored, Some(changed));
}

pub(crate) async fn a_buyer_finds_their_own_by_status(store: Arc<dyn Store>) {
    let draft = Request::begin(id!(RequestId, 99), buyer(0), NOON);
    let guest = Request::begin_as_guest(id!(RequestId, 98), id!(UserId, 5), NOON);
    insert(&*store, (0..6).map(request)).await;
    insert(&*store, [draft, guest]).await;
    let requests = store.requests();
    for (status, count) in [
        (None, 4),
        (Some(RequestStatus::Active), 3),
        (Some(RequestStatus::Draft), 1),
        (Some(RequestStatus::Cancelled), 0),
    ] {
        let found = read_all(2, |page| requests.list_of_buyer(buyer(0), status, page)).await;
        assert_eq!(found.len(), count, "{status:?}");
        let counted = requests.count_of_buyer(buyer(0), status).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), count, "{status:?}");
    }
    let all = read_all(3, |page| requests.list_all(None, page)).await;
    assert_eq!(all.len(), 7, "what guests begin is nobody's yet");
}

pub(crate) async fn a_buyer_finds_their_own_by_group(store: Arc<dyn Store>) {
    let requests = store.requests();
    for number in 1..=6 {
        requests.insert(&request(number)).await.unwrap();
    }
    let mut cancelled = request(2);
    cancelled.cancel(buyer(2), noon_plus(9)).unwrap();
    cancelled.version += 1;
    requests.commit(&cancelled, 1).await.unwrap();
    let draft = Request::begin(id!(RequestId, 8), buyer(8), noon_plus(9));
    requests.insert(&draft).await.unwrap();

    let in_group = async |group| {
        let list = |page| requests.list_of_buyer_in(buyer(2), group, page);
        let found = read_all(1, list).await;
        let count = requests.count_of_buyer_in(buyer(2), group).await.unwrap();
        assert_eq!(u64::try_from(found.len()).unwrap(), count);
        found
            .into_iter()
            .map(|summary| summary.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(in_group(OwnGroup::Unpublished).await, [draft.id]);
    assert_eq!(
        in_group(OwnGroup::Open).await,
        [request(6).id, request(4).id]
    );
    assert_eq!(in_group(OwnGroup::InDeal).await, []);
    assert_eq!(in_group(OwnGroup::Over).await, [cancelled.id]);
}

pub(crate) async fn everybody_browses_what_takes_offers(store: Arc<dyn Store>) {
    let mut cancelled = request(1);
    cancelled.cancel(buyer(1), noon_plus(2)).unwrap();
    let mut closed = request(2);
    closed.offers_closed = true;
    let draft = Request::begin(id!(RequestId, 99), buyer(0), NOON);
    insert(&*store, [request(0), cancelled, closed, draft, request(3)]).await;
    assert_eq!(
        titles(&*store, &Browse::default()).await,
        ["Camera 3", "Camera 0"],
        "newest first"
    );
}

pub(crate) async fn invited_sellers_alone_see_their_invitation(store: Arc<dyn Store>) {
    let (friend, stranger) = (id!(UserId, 8), id!(UserId, 9));
    let open = request(1);
    let details = open.details().unwrap().clone();
    let mut kept_for_friend = publish(2, details.what, details.conditions);
    let (buyer, at) = (kept_for_friend.buyer, kept_for_friend.updated_at);
    kept_for_friend.invite(buyer, friend, at).unwrap();
    insert(&*store, [open, kept_for_friend]).await;
    assert_eq!(titles(&*store, &Browse::default()).await.len(), 1);
    assert_eq!(titles(&*store, &asking("camera")).await.len(), 1);
    let inviting =
        async |seller| read_all(5, |page| store.requests().list_inviting(seller, page)).await;
    assert_eq!(inviting(friend).await.len(), 1);
    assert!(inviting(stranger).await.is_empty());
}

pub(crate) async fn filters_narrow_together(store: Arc<dyn Store>) {
    insert(&*store, (0..12).map(request)).await;
    let usdt = |min, max| BudgetRange {
        currency: Currency::Usdt,
        min,
        max,
    };
    let mut browse = Browse {
        category: Some(shelf()),
        ..Browse::default()
    };
    assert_eq!(titles(&*store, &browse).await.len(), 12);
    browse.category = Some(category(1));
    assert_eq!(
        titles(&*store, &browse).await,
        ["Camera 10", "Camera 7", "Camera 4", "Camera 1"]
    );
    browse.kind = Some(ProductKind::DigitalProduct);
    browse.urgency = Some(Urgency::Urgent);
    browse.question = "CAMERA".into();
    assert_eq!(titles(&*store, &browse).await, ["Camera 7"]);
    browse.status = Some(RequestStatus::Active);
    assert_eq!(titles(&*store, &browse).await, ["Camera 7"]);
    browse.status = Some(RequestStatus::Draft);
    assert!(titles(&*store, &browse).await.is_empty());
    browse.status = None;
    browse.kind = Some(ProductKind::Service);
    assert!(titles(&*store, &browse).await.is_empty());

    for (budget, found) in [
        (
            usdt(Some(millions(9)), None),
            vec!["Camera 11", "Camera 10", "Camera 9"],
        ),
        (usdt(None, Some(millions(1))), vec!["Camera 1", "Camera 0"]),
        (usdt(Some(millions(4)), Some(millions(4))), vec!["Camera 4"]),
    ] {
        let browse = Browse {
            budget: Some(budget),
            ..Browse::default()
        };
        assert_eq!(titles(&*store, &browse).await, found);
    }
    let euros = Browse {
        budget: Some(BudgetRange {
            currency: Currency::Eur,
            min: None,
            max: None,
        }),
        ..Browse::default()
    };
    assert!(titles(&*store, &euros).await.is_empty());
}

pub(crate) async fn words_are_found_in_any_spelling(store: Arc<dyn Store>) {
    insert(
        &*store,
        [
            titled(1, "گوشی آیفون ۱۵", "رنگ آبی، کارکرده"),
            titled(2, "كتاب قديمي", "چاپ اول"),
            titled(3, "iPhone 15 Pro", "Blue, any memory"),
        ],
    )
    .await;
    for (question, count) in [
        ("آیفون", 1),
        ("ايفون", 1),
        ("گوشي ايفون 15", 1),
        ("کتاب", 1),
        ("کتاب قدیمی", 1),
        ("چاپ", 1),
        ("15", 2),
        ("١٥", 2),
        ("IPHONE", 1),
        ("iph", 1),
        ("blue iphone", 1),
        ("blue کتاب", 0),
        ("memor", 0),
        ("nothing", 0),
        ("'; DROP TABLE requests; --", 0),
        ("!?", 3),
    ] {
        let found = titles(&*store, &asking(question)).await;
        assert_eq!(found.len(), count, "{question}: {found:?}");
    }
}

pub(crate) async fn a_changed_title_is_found_by_its_new_words_only(store: Arc<dyn Store>) {
    insert(&*store, [request(1)]).await;
    let read = request(1);
    let mut changed = titled(1, "Telescope", "Used is fine.");
    changed.version = read.version + 1;
    store
        .requests()
        .commit(&changed, read.version)
        .await
        .unwrap();
    assert!(titles(&*store, &asking("camera")).await.is_empty());
    assert_eq!(titles(&*store, &asking("telescope")).await, ["Telescope"]);
    assert_eq!(titles(&*store, &asking("fine")).await, ["Telescope"]);
    let mut cancelled = changed.clone();
    cancelled.cancel(buyer(1), noon_plus(9)).unwrap();
    cancelled.version += 1;
    let requests = store.requests();
    requests.commit(&cancelled, changed.version).await.unwrap();
    assert!(titles(&*store, &asking("telescope")).await.is_empty());
}

pub(crate) async fn a_seller_finds_their_own_offers_and_no_rivals(store: Arc<dyn Store>) {
    let (seller, rival) = (id!(UserId, 8), id!(UserId, 9));
    let requests = store.requests();
    for number in 0..3 {
        let new = request(number);
        insert(&*store, [new.clone()]).await;
        let first = offered(&new, number, seller);
        let both = offered(&first, 10 + number, rival);
        requests.commit(&both, new.version).await.unwrap();
    }
    let mut withdrawn = requests.find(request(1).id).await.unwrap().unwrap();
    let before = withdrawn.version;
    withdrawn
        .withdraw_offer(seller, id!(OfferId, 1), noon_plus(30))
        .unwrap();
    withdrawn.version += 1;
    requests.commit(&withdrawn, before).await.unwrap();

    for (offer, made_on) in [(1, Some(1)), (2, Some(2)), (11, Some(1)), (99, None)] {
        let found = requests.find_with_offer(id!(OfferId, offer)).await.unwrap();
        let expected = made_on.map(|number| request(number).id);
        assert_eq!(found.map(|found| found.id), expected, "offer {offer}");
    }
    assert_eq!(requests.count_open_offers(seller).await.unwrap(), 2);
    assert_eq!(requests.count_open_offers(rival).await.unwrap(), 3);
    let live = read_all(2, |page| requests.list_offered(seller, true, page)).await;
    assert_eq!(live.len(), 2);
    let ever = read_all(2, |page| requests.list_offered(seller, false, page)).await;
    assert_eq!(ever.len(), 3);
    let offers: Vec<_> = ever.iter().flat_map(|found| &found.offers).collect();
    assert!(offers.iter().all(|offer| offer.seller == seller));
    let ended = OfferStanding::Ended {
        end: OfferEnd::Withdrawn,
        at: noon_plus(30),
    };
    assert_eq!(ever[1].offers[0].standing, ended);
    assert_eq!(ever[0].request.offers, 2);
}

pub(crate) async fn offers_are_over_when_it_is_time(store: Arc<dyn Store>) {
    let requests = store.requests();
    for number in [2, 1] {
        let new = request(number);
        insert(&*store, [new.clone()]).await;
        let changed = offered(&new, number, id!(UserId, 9));
        requests.commit(&changed, new.version).await.unwrap();
    }
    let due = async |at| read_all(1, |page| requests.list_due(at, page)).await;
    let end = |number| noon_plus(number).plus(Span::hours(2));
    assert!(due(noon_plus(119)).await.is_empty());
    assert_eq!(due(end(1)).await, [request(1).id]);
    assert_eq!(due(end(2)).await, [request(1).id, request(2).id]);
}

pub(crate) async fn news_of_requests_wait_for_the_relay(store: Arc<dyn Store>) {
    let requests = store.requests();
    insert(&*store, [request(1)]).await;
    let waiting = async || read_all(5, |page| requests.list_undispatched(page)).await;
    let first = waiting().await;
    assert_eq!((first[0].id, first[0].after), (request(1).id, 0));
    let all = request(1).last_seq;
    requests.mark_dispatched(request(1).id, all).await.unwrap();
    assert_eq!(waiting().await, []);
}

pub(crate) async fn drafts_of_guests_are_forgotten(store: Arc<dyn Store>) {
    let requests = store.requests();
    let guest = Request::begin_as_guest(id!(RequestId, 7), id!(UserId, 5), NOON);
    insert(&*store, [guest.clone(), request(1)]).await;
    let until = guest.guest_until.unwrap();
    let before = until.minus(Span::from_ms(1));
    assert_eq!(store.sweep(before, Limit::MAX).await.unwrap(), 0);
    assert_eq!(store.sweep(until, Limit::MAX).await.unwrap(), 1);
    assert_eq!(requests.find(guest.id).await.unwrap(), None);
    let own = read_all(5, |page| requests.list_of_buyer(guest.buyer, None, page)).await;
    assert!(own.is_empty());
    assert!(requests.find(request(1).id).await.unwrap().is_some());
}
