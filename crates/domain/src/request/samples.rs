//! People, requests and offers for the tests.

use super::*;
use crate::asset::{Asset, Network, Token};
use crate::deal::{Destination, EvidenceItem, ProductKind};
use crate::id::CategoryId;
use crate::money::{Bps, Units};
use crate::postal::PostalAddress;
use crate::price::{Budget, Currency, Price};
use crate::text::Block;
use crate::time::Span;

pub const NOON: Timestamp = Timestamp::from_unix_ms(1_800_000_000_000);
pub const FEES: FeeSchedule = FeeSchedule {
    platform: match Bps::new(100) {
        Some(rate) => rate,
        None => Bps::ZERO,
    },
};

pub fn person(name: &str) -> UserId {
    UserId::derived(&[name.as_bytes()])
}

pub fn buyer() -> UserId {
    person("buyer")
}

pub fn seller() -> UserId {
    person("seller")
}

pub fn offer_id(name: &str) -> OfferId {
    OfferId::derived(&[name.as_bytes()])
}

pub fn polygon() -> Asset {
    Asset::new(Network::Polygon, Token::Usdt).unwrap()
}

pub fn address(asset: Asset) -> Destination {
    let text = match asset.network() {
        Network::Tron => "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        Network::Bsc | Network::Ethereum | Network::Polygon => {
            "0x55d398326f99059fF775485246999027B3197955"
        }
    };
    Destination::new(asset, text).unwrap()
}

pub fn what() -> What {
    What {
        title: Title::new("A camera").unwrap(),
        description: Description::new("Used is fine.").unwrap(),
        category: CategoryId::derived(&[b"cameras"]),
        kind: ProductKind::PhysicalProduct,
        quantity: 1,
        link: None,
        size: None,
        color: None,
        brand: None,
        specifications: Vec::new(),
        tags: Vec::new(),
        attachments: Vec::new(),
    }
}

pub fn delivery() -> Delivery {
    Delivery::Physical {
        address: PostalAddress {
            recipient: Line::new("Sara Rad").unwrap(),
            street: Line::new("12 Garden Street").unwrap(),
            extra: None,
            city: Line::new("Tabriz").unwrap(),
            region: None,
            postal_code: None,
            country: "IR".parse().unwrap(),
            phone: None,
        },
        notes: None,
    }
}

pub fn conditions() -> Conditions {
    let max = Units::parse("500", Asset::PRICE_PLACES).unwrap();
    Conditions {
        budget: Budget::new(None, max, Currency::Usdt).unwrap(),
        urgency: Urgency::Medium,
        offers_until: NOON.plus(Span::days(14)),
        inspection_days: 3,
        evidence: EvidenceItem::usual_for(ProductKind::PhysicalProduct),
        buyer_on_silence: None,
        invited: Vec::new(),
    }
}

pub fn details() -> Details {
    Details {
        what: what(),
        delivery: delivery(),
        conditions: conditions(),
    }
}

pub fn draft() -> Request {
    Request::begin(RequestId::derived(&[b"request"]), buyer(), NOON)
}

pub fn complete_draft() -> Request {
    let mut request = draft();
    request.write_what(buyer(), what(), NOON).unwrap();
    request.write_delivery(buyer(), delivery(), NOON).unwrap();
    request
        .write_conditions(buyer(), conditions(), NOON)
        .unwrap();
    request
}

/// Where a camera is filed.
pub fn shelf() -> [CategoryId; 2] {
    [
        CategoryId::derived(&[b"electronics"]),
        CategoryId::derived(&[b"cameras"]),
    ]
}

pub fn publish(request: &mut Request, needs_review: bool, now: Timestamp) -> Result<(), Rejection> {
    request.publish(buyer(), &shelf(), needs_review, now)
}

pub fn open_request() -> Request {
    let mut request = complete_draft();
    publish(&mut request, false, NOON).unwrap();
    request
}

pub fn proposal(price: &str) -> Proposal {
    Proposal {
        title: Line::new("Canon AE-1").unwrap(),
        description: Block::new("Serviced last year.").unwrap(),
        price: Price::parse(price, Token::Usdt).unwrap(),
        delivery: DeliveryTime {
            amount: 10,
            unit: TimeUnit::Days,
        },
        networks: vec![Network::Bsc, Network::Polygon],
        valid_until: None,
        notes: None,
        attachments: Vec::new(),
    }
}

pub fn standing() -> SellerStanding {
    SellerStanding {
        addresses: Network::ALL
            .into_iter()
            .filter_map(|network| Asset::new(network, Token::Usdt))
            .map(|asset| (asset.network(), address(asset)))
            .collect(),
        open_offers: 0,
        is_new: false,
        is_blocked: false,
    }
}

pub fn offer_from(request: &mut Request, who: &str, price: &str) -> OfferId {
    let id = offer_id(who);
    request
        .make_offer(person(who), id, proposal(price), &standing(), FEES, NOON)
        .unwrap();
    id
}

/// What the buyer would send after looking at the offer as it is now.
pub fn as_shown(request: &Request, offer: OfferId) -> AcceptOffer {
    let terms = request
        .terms_for(offer, polygon(), FEES, address(polygon()))
        .unwrap();
    AcceptOffer {
        offer,
        version: request.offer(offer).unwrap().version,
        asset: polygon(),
        terms_hash: terms.hash(),
    }
}

pub fn accept(request: &mut Request, offer: OfferId, now: Timestamp) -> Result<DealId, Rejection> {
    let shown = as_shown(request, offer);
    request
        .accept_offer(buyer(), &shown, FEES, address(polygon()), now)
        .map(|attempt| attempt.deal)
}

/// The buyer changes the request as it is now.
pub fn edit(request: &mut Request, details: Details, now: Timestamp) -> Result<(), Rejection> {
    let seen = request.details().map_or(Digest::ZERO, Digest::of_value);
    request.edit(buyer(), seen, details, &shelf(), now)
}
