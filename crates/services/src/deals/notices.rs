//! Whom an event of a deal is told, and what.

use domain::Units;
use domain::deal::{Deal, Event, EventBody, LegFault, LegId, Opener, Party};
use domain::id::UserId;

use crate::notifications::Message;

/// Who is told what of one event.
pub(crate) fn notices(deal: &Deal, event: &Event) -> Vec<(UserId, Message)> {
    let told = of_payment(deal, event)
        .or_else(|| of_delivery(deal, &event.body))
        .or_else(|| of_agreement(deal, event))
        .or_else(|| of_dispute(deal, &event.body))
        .or_else(|| of_leg(deal, &event.body))
        .or_else(|| of_staff(deal, &event.body));
    let Some(Told { buyer, seller }) = told else {
        return Vec::new();
    };
    let to_buyer = buyer.map(|message| (deal.terms.buyer, message));
    let to_seller = seller.map(|message| (deal.terms.seller, message));
    to_buyer.into_iter().chain(to_seller).collect()
}

/// A message for the buyer and one for the seller; either may hear nothing.
#[derive(Default)]
struct Told {
    buyer: Option<Message>,
    seller: Option<Message>,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "so that each line of the tables below is plain"
)]
fn both(message: Message) -> Option<Told> {
    Some(Told {
        buyer: Some(message.clone()),
        seller: Some(message),
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "so that each line of the tables below is plain"
)]
fn one(party: Party, message: Message) -> Option<Told> {
    Some(match party {
        Party::Buyer => Told {
            buyer: Some(message),
            seller: None,
        },
        Party::Seller => Told {
            buyer: None,
            seller: Some(message),
        },
    })
}

/// An amount of the deal's asset as people read it: the same in every language.
pub(crate) fn money(deal: &Deal, units: Units) -> String {
    let asset = deal.terms.asset;
    format!(
        "{}\u{a0}{}",
        units.to_grouped(asset.decimals()),
        asset.token().code()
    )
}

fn of_payment(deal: &Deal, event: &Event) -> Option<Told> {
    let title = deal.terms.goods.title.clone();
    let amount = |units| money(deal, units);
    match &event.body {
        EventBody::DepositSeen { units, .. } => both(Message::PaymentSeen {
            title,
            amount: amount(*units),
        }),
        EventBody::PaymentShort => one(
            Party::Buyer,
            Message::PaymentShort {
                title,
                missing: amount(deal.missing()),
            },
        ),
        EventBody::Funded => Some(Told {
            buyer: Some(Message::PaymentHeld {
                title: title.clone(),
                amount: amount(deal.price),
            }),
            seller: Some(Message::DealFunded {
                title,
                amount: amount(deal.price),
            }),
        }),
        EventBody::PaymentGone | EventBody::PaymentUndetected => {
            both(Message::PaymentTakenBack { title })
        }
        EventBody::LateFundsOffered => both(Message::LatePayment {
            title,
            amount: amount(late_before(deal, event.seq)),
        }),
        EventBody::LatePlanned { units, .. } => one(
            Party::Buyer,
            Message::LatePayment {
                title,
                amount: amount(*units),
            },
        ),
        EventBody::SurplusPlanned { units, .. } => one(
            Party::Buyer,
            Message::SurplusReturned {
                title,
                amount: amount(*units),
            },
        ),
        EventBody::Expired => both(Message::DealExpired { title }),
        EventBody::Cancelled { by } => one(by.other(), Message::DealCancelled { title }),
        EventBody::Suspended { .. } => both(Message::DealSuspended { title }),
        EventBody::FundingRestored => both(Message::DealResumed { title }),
        EventBody::LossFound { .. } => both(Message::LossDeclared { title }),
        EventBody::LossMadeGood | EventBody::LossSettled { .. } => {
            both(Message::LossSettled { title })
        }
        _ => None,
    }
}

/// What came late in the last deposit before an event.
fn late_before(deal: &Deal, seq: u64) -> Units {
    let mut before = deal.events.iter().rev().filter(|event| event.seq < seq);
    let late = before.find_map(|event| match &event.body {
        EventBody::DepositCredited { booking, .. } => Some(booking.late),
        _ => None,
    });
    late.unwrap_or_default()
}

fn of_delivery(deal: &Deal, body: &EventBody) -> Option<Told> {
    let title = deal.terms.goods.title.clone();
    match body {
        EventBody::Shipped { carrier, tracking } => {
            let (carrier, tracking) = (carrier.clone(), tracking.clone());
            one(
                Party::Buyer,
                Message::Shipped {
                    title,
                    carrier,
                    tracking,
                },
            )
        }
        EventBody::CodeVerified => both(Message::Delivered { title }),
        EventBody::DeliveredWithoutCode => {
            one(Party::Buyer, Message::DeliveredWithoutCode { title })
        }
        EventBody::ReminderDue => {
            let amount = money(deal, deal.held());
            one(Party::Buyer, Message::InspectionEnding { title, amount })
        }
        EventBody::ChangesAsked { .. } => one(Party::Seller, Message::ChangesAsked { title }),
        EventBody::DeadlinesExtended { .. } | EventBody::DowntimeCredited { .. } => {
            both(Message::DeadlinesExtended { title })
        }
        _ => None,
    }
}

fn of_agreement(deal: &Deal, event: &Event) -> Option<Told> {
    let title = deal.terms.goods.title.clone();
    let by = event.by.and_then(|user| deal.party(user));
    match &event.body {
        EventBody::Proposed { proposal } => {
            one(proposal.by.other(), Message::ProposalMade { title })
        }
        EventBody::ReopenAgreed { by } => one(by.other(), Message::ProposalMade { title }),
        EventBody::ProposalAccepted { .. } => one(by?.other(), Message::ProposalAccepted { title }),
        EventBody::EvidenceAdded { evidence } if deal.dispute().is_some() => {
            one(evidence.by.other(), Message::EvidenceAdded { title })
        }
        _ => None,
    }
}

fn of_dispute(deal: &Deal, body: &EventBody) -> Option<Told> {
    let title = deal.terms.goods.title.clone();
    let opener = deal.disputes.last().and_then(|case| case.opener.party());
    match body {
        EventBody::DisputeOpened {
            opener: Opener::System,
            ..
        } => both(Message::DisputeByTimer { title }),
        EventBody::DisputeOpened { opener, .. } => {
            let amount = money(deal, deal.held());
            one(
                opener.party()?.other(),
                Message::DisputeOpened { title, amount },
            )
        }
        EventBody::DisputeAnswered { .. } => one(opener?, Message::DisputeAnswered { title }),
        EventBody::QuestionAsked { to, .. } => one(*to, Message::QuestionAsked { title }),
        EventBody::DisputeWithdrawn => one(opener?.other(), Message::DisputeWithdrawn { title }),
        EventBody::Ruled { .. } => both(Message::Ruled { title }),
        EventBody::Appealed { appeal } => one(appeal.by.other(), Message::Appealed { title }),
        _ => None,
    }
}

fn of_leg(deal: &Deal, body: &EventBody) -> Option<Told> {
    let title = deal.terms.goods.title.clone();
    let leg = |id: &LegId| {
        let leg = deal.leg(id)?;
        Some((leg.payee, money(deal, leg.net())))
    };
    match body {
        EventBody::LegSending { leg: id } => {
            let (payee, amount) = leg(id)?;
            one(payee, Message::PayoutOnItsWay { title, amount })
        }
        // The joint payout tells of all its legs at once.
        EventBody::LegPaid { leg: id, .. } if deal.leg(id)?.joint.is_some() => None,
        EventBody::LegPaid { leg: id, .. } => {
            let (payee, amount) = leg(id)?;
            one(payee, Message::PayoutSent { title, amount })
        }
        EventBody::LegFailed { leg: id, fault } => {
            let (payee, amount) = leg(id)?;
            one(
                payee,
                match fault {
                    LegFault::Operator => Message::PayoutDelayed { title, amount },
                    LegFault::Address => Message::AddressNeeded { title, amount },
                },
            )
        }
        EventBody::LegUnclaimed { leg: id } => {
            let (payee, amount) = leg(id)?;
            one(payee, Message::PayoutUnclaimed { title, amount })
        }
        EventBody::Settled { buyer, .. } => {
            let needs_address = !buyer.is_zero() && deal.refund_address.is_none();
            let amount = money(deal, *buyer);
            needs_address
                .then(|| one(Party::Buyer, Message::AddressNeeded { title, amount }))
                .flatten()
        }
        _ => None,
    }
}

fn of_staff(deal: &Deal, body: &EventBody) -> Option<Told> {
    let title = deal.terms.goods.title.clone();
    match body {
        EventBody::HoldPlaced { .. } => both(Message::DealHeld { title }),
        EventBody::HoldLifted | EventBody::HoldLapsed => both(Message::HoldLifted { title }),
        _ => None,
    }
}
