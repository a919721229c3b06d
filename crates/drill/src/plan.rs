//! What the two people of a journey have in mind, drawn before it begins.

use domain::deal::{EvidenceItem, ProductKind};
use domain::postal::PostalAddress;
use domain::price::{Budget, Currency, Price};
use domain::request::{
    Conditions, Delivery, DeliveryTime, Details, Proposal, TimeUnit, Urgency, What,
};
use domain::text::{Block, Line};
use domain::{Asset, Network, Span, Timestamp, Token, Units};

use crate::Fault;
use crate::dice::Dice;
use crate::house::category;
use crate::people::NETWORKS;

/// One thing that somebody does. What the deal refuses is tried again later, and then left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// Pay a part of the price, in hundredths.
    Pay(u32),
    /// Pay all of it in a transaction that never comes into a block.
    PayInVain,
    /// Pay all of it in a transaction that another one takes the place of.
    PayAndReplace,
    /// Say where a refund goes.
    NameRefundAddress,
    /// Let some rounds pass.
    Pause(u32),
    Cancel,
    Ship,
    Decline,
    /// The buyer reads the code out, the seller enters it.
    HandOver,
    Accept,
    Dispute,
    /// The seller gives way.
    Concede,
    /// The resolver who was drawn gives the buyer so many hundredths.
    Rule(u32),
}

/// A journey before it begins.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) network: Network,
    /// In hundredths of a dollar; no two journeys of a house cost the same.
    pub(crate) price_cents: u32,
    pub(crate) moves: Vec<Move>,
}

impl Plan {
    /// The plan of the journey with this number in its house.
    pub(crate) fn draw(dice: &mut Dice, number: u32) -> Self {
        let mut moves = vec![Move::Pause(dice.below(3))];
        if dice.percent(80) {
            moves.push(Move::NameRefundAddress);
        }
        let is_paid = pay(dice, &mut moves);
        if is_paid {
            trade(dice, &mut moves);
        }
        Self {
            network: dice.choose(&[(2, Network::Polygon), (1, Network::Tron)]),
            // Far enough apart that fees and parts tell them apart as well.
            price_cents: 4_000 + number * 90,
            moves,
        }
    }
}

/// How it is paid; false when it never is.
fn pay(dice: &mut Dice, moves: &mut Vec<Move>) -> bool {
    if dice.percent(12) {
        moves.push(dice.choose(&[(1, Move::PayInVain), (1, Move::PayAndReplace)]));
    }
    match dice.below(100) {
        0..5 => {
            moves.push(Move::Cancel);
            false
        }
        // The quote runs out; some pay when it is too late.
        5..12 => {
            moves.push(Move::Pause(12));
            if dice.percent(60) {
                moves.push(Move::Pay(100));
            }
            false
        }
        12..20 => {
            moves.push(Move::Pay(40 + dice.below(40)));
            dice.percent(70) && {
                moves.push(Move::Pay(60));
                true
            }
        }
        20..28 => {
            moves.push(Move::Pay(101 + dice.below(60)));
            true
        }
        28..33 => {
            moves.extend([Move::Pay(100), Move::Pay(100)]);
            true
        }
        _ => {
            moves.push(Move::Pay(100));
            true
        }
    }
}

/// What becomes of it once it is paid for.
fn trade(dice: &mut Dice, moves: &mut Vec<Move>) {
    moves.push(Move::Pause(dice.below(4)));
    match dice.below(100) {
        0..6 => return moves.push(Move::Decline),
        // Nothing is ever sent.
        6..12 => return,
        _ => moves.push(Move::Ship),
    }
    match dice.below(100) {
        // It never arrives, and nobody says anything.
        0..8 => {}
        8..20 => {
            moves.push(Move::Dispute);
            settle_dispute(dice, moves);
        }
        _ => {
            moves.push(Move::HandOver);
            match dice.below(100) {
                0..60 => moves.push(Move::Accept),
                // The inspection runs out.
                60..80 => {}
                _ => {
                    moves.push(Move::Dispute);
                    settle_dispute(dice, moves);
                }
            }
        }
    }
}

fn settle_dispute(dice: &mut Dice, moves: &mut Vec<Move>) {
    match dice.below(100) {
        0..40 => moves.push(Move::Concede),
        40..80 => moves.push(Move::Rule(dice.below(101))),
        // Nobody rules: by evidence.
        _ => {}
    }
}

/// What the buyer of a journey asks for.
pub(crate) fn details(number: u32, now: Timestamp) -> Result<Details, Fault> {
    let budget = Units::parse("5000", Asset::PRICE_PLACES)?;
    Ok(Details {
        what: What {
            title: Line::new(&format!("Camera {number}"))?,
            description: Block::new("Used is fine.")?,
            category: category(),
            kind: ProductKind::PhysicalProduct,
            quantity: 1,
            link: None,
            size: None,
            color: None,
            brand: None,
            specifications: Vec::new(),
            tags: Vec::new(),
            attachments: Vec::new(),
        },
        delivery: Delivery::Physical {
            address: PostalAddress {
                recipient: Line::new("Sara Rad")?,
                street: Line::new("12 Garden Street")?,
                extra: None,
                city: Line::new("Tabriz")?,
                region: None,
                postal_code: None,
                country: "IR".parse()?,
                phone: None,
            },
            notes: None,
        },
        conditions: Conditions {
            budget: Budget::new(None, budget, Currency::Usdt)?,
            urgency: Urgency::Medium,
            offers_until: now.plus(Span::days(14)),
            inspection_days: 1,
            evidence: EvidenceItem::usual_for(ProductKind::PhysicalProduct),
            buyer_on_silence: None,
            invited: Vec::new(),
        },
    })
}

/// What the seller offers.
pub(crate) fn proposal(price_cents: u32) -> Result<Proposal, Fault> {
    let price = format!("{}.{:02}", price_cents / 100, price_cents % 100);
    Ok(Proposal {
        title: Line::new("Canon AE-1")?,
        description: Block::new("Serviced last year.")?,
        price: Price::parse(&price, Token::Usdt)?,
        delivery: DeliveryTime {
            amount: 10,
            unit: TimeUnit::Days,
        },
        networks: NETWORKS.to_vec(),
        valid_until: None,
        notes: None,
        attachments: Vec::new(),
    })
}
