//! Events of a deal in plain sentences.

use domain::deal::{
    DepositKey, Event, EventBody, LegFault, LegId, Opener, Outcome, Party, SettledBy,
};

use super::super::words::Words;
use super::proposals::proposal_words;

/// An event as people read it.
pub(super) struct Told {
    /// What happened.
    pub(super) text: String,
    /// Words that somebody wrote, or a transaction.
    pub(super) note: Option<String>,
}

impl From<String> for Told {
    fn from(text: String) -> Self {
        Self { text, note: None }
    }
}

impl From<&str> for Told {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Told {
    fn noting(text: impl Into<String>, note: impl Into<String>) -> Self {
        let note: String = note.into();
        let note = Some(note).filter(|note| !note.is_empty());
        Self {
            text: text.into(),
            note,
        }
    }
}

/// The sentence of an event; none for what nobody outside has to know.
pub(super) fn tell(words: Words<'_>, event: &Event) -> Option<Told> {
    of_payment(words, &event.body)
        .or_else(|| of_reorganisation(words, &event.body))
        .or_else(|| of_delivery(words, event))
        .or_else(|| of_agreement(words, event))
        .or_else(|| of_dispute(words, &event.body))
        .or_else(|| of_settlement(words, &event.body))
        .or_else(|| of_leg(words, &event.body))
        .or_else(|| of_late_money(words, &event.body))
        .or_else(|| of_staff(words, &event.body))
}

fn of_payment(words: Words<'_>, body: &EventBody) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    Some(match body {
        E::Opened { .. } => t.deal_event_opened().into(),
        E::RefundAddressSet { .. } => t.deal_event_refund_address_set().into(),
        E::DepositSeen { units, .. } => t.deal_event_deposit_seen(words.money(*units)).into(),
        E::DepositDropped { .. } => t.deal_event_deposit_dropped().into(),
        E::DepositCredited { units, .. } => {
            t.deal_event_deposit_credited(words.money(*units)).into()
        }
        E::PaymentUndetected => t.deal_event_payment_undetected().into(),
        E::PaymentShort => t.deal_event_payment_short().into(),
        E::TopUpExtended => t.deal_event_top_up_extended().into(),
        E::ShortfallWaived { price } => t.deal_event_waived(words.money(*price)).into(),
        E::Funded => t.deal_event_funded().into(),
        E::Cancelled { by } => t.deal_event_cancelled(words.role(*by)).into(),
        E::Expired => t.deal_event_expired().into(),
        _ => return None,
    })
}

fn of_reorganisation(words: Words<'_>, body: &EventBody) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    let sum_of = |key: &DepositKey| {
        let known = words.view.deal.deposit(key);
        words.money(known.map(|deposit| deposit.units).unwrap_or_default())
    };
    Some(match body {
        E::DepositReversed { key, .. } => t.deal_event_deposit_reversed(sum_of(key)).into(),
        E::DepositRescued { units, .. } => t.deal_event_deposit_rescued(words.money(*units)).into(),
        E::PaymentGone => t.deal_event_payment_gone().into(),
        E::Suspended { .. } => t.deal_event_suspended().into(),
        E::FundingRestored => t.deal_event_funding_restored().into(),
        E::FundingLost => t.deal_event_funding_lost().into(),
        E::LossFound { .. } => t.deal_event_loss_found().into(),
        E::LossMadeGood => t.deal_event_loss_made_good().into(),
        E::LossSettled { covered, .. } => t.deal_event_loss_settled(words.money(*covered)).into(),
        _ => return None,
    })
}

fn of_delivery(words: Words<'_>, event: &Event) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    Some(match &event.body {
        E::Shipped { carrier, tracking } => {
            let parts = [carrier.as_str(), tracking.as_str()];
            let note = parts.into_iter().filter(|part| !part.is_empty());
            Told::noting(t.deal_event_shipped(), note.collect::<Vec<_>>().join(" · "))
        }
        E::CodeMade { .. } => t.deal_event_code_made().into(),
        E::CodeRefused { locks: true } => t.deal_event_code_locked().into(),
        E::CodeRefused { locks: false } => t.deal_event_code_refused().into(),
        E::CodeVerified => t.deal_event_code_verified().into(),
        E::DeliveredWithoutCode => t.deal_event_delivered_without_code().into(),
        E::DeliverySeen => t.deal_event_delivery_seen().into(),
        E::ReminderWritten => t.deal_event_reminded().into(),
        E::ChangesAsked { note } => Told::noting(t.deal_event_changes_asked(), note),
        E::EvidenceAdded { evidence } => Told::noting(
            t.deal_event_evidence_added(words.role(evidence.by)),
            &evidence.note,
        ),
        _ => return None,
    })
}

fn of_agreement(words: Words<'_>, event: &Event) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    let by = event.by.and_then(|user| words.view.deal.party(user));
    Some(match &event.body {
        E::Proposed { proposal } => proposal_words(words, proposal).into(),
        E::ProposalWithdrawn { .. } => t.deal_event_proposal_withdrawn(words.role(by?)).into(),
        E::ProposalAccepted { .. } => t.deal_event_proposal_accepted(words.role(by?)).into(),
        E::DeadlinesExtended { by } => t.deal_event_extended(words.length(*by)).into(),
        E::DowntimeCredited { from, until } => t
            .deal_event_downtime(words.length(until.since(*from)))
            .into(),
        _ => return None,
    })
}

fn of_dispute(words: Words<'_>, body: &EventBody) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    Some(match body {
        E::DisputeOpened {
            opener: Opener::System,
            ..
        } => t.deal_event_dispute_by_clock().into(),
        E::DisputeOpened { opener, .. } => t
            .deal_event_dispute_opened(words.role(opener.party()?))
            .into(),
        E::DisputeAnswered { by, .. } => t.deal_event_dispute_answered(words.role(*by)).into(),
        E::QuestionAsked { to, .. } => t.deal_event_question_asked(words.role(*to)).into(),
        E::QuestionAnswered { by, .. } => t.deal_event_question_answered(words.role(*by)).into(),
        E::AnswerOverdue => t.deal_event_answer_overdue().into(),
        E::DisputeWithdrawn => t.deal_event_dispute_withdrawn().into(),
        E::ResolverDrawn { .. } => t.deal_event_resolver_drawn().into(),
        E::RulingProposed { .. } => t.deal_event_ruling_proposed().into(),
        E::RulingDropped => t.deal_event_ruling_dropped().into(),
        E::Ruled { ruling } => match words.division(ruling.buyer) {
            Some(parts) => t
                .deal_event_ruled_sums(
                    words.money(parts.buyer),
                    words.name(Party::Buyer),
                    words.money(parts.seller),
                    words.name(Party::Seller),
                )
                .into(),
            // Ruled on more than the price, before a reorganisation took some of it.
            None => t.deal_event_ruled().into(),
        },
        E::Appealed { appeal } => t.deal_event_appealed(words.role(appeal.by)).into(),
        E::RulingVoided => t.deal_event_ruling_voided().into(),
        _ => return None,
    })
}

fn of_settlement(words: Words<'_>, body: &EventBody) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    Some(match body {
        E::Settled {
            by,
            outcome,
            buyer,
            seller,
            ..
        } => {
            let reason = match by {
                SettledBy::Acceptance => t.deal_event_by_acceptance(),
                SettledBy::InspectionOver => t.deal_event_by_inspection(),
                SettledBy::Agreement => t.deal_event_by_agreement(),
                SettledBy::Concession => t.deal_event_by_concession(),
                SettledBy::Ruling => t.deal_event_by_ruling(),
                SettledBy::Decline => t.deal_event_by_decline(),
                SettledBy::NotShipped => t.deal_event_by_not_shipped(),
                SettledBy::Withdrawal => t.deal_event_by_withdrawal(),
                SettledBy::NotPaidInFull => t.deal_event_by_not_paid(),
            };
            // What will arrive, as the page of the decision and the payout say it.
            let (to_buyer, to_seller) = (words.net(*buyer), words.net(*seller));
            let what = match outcome {
                Outcome::Release => t.deal_event_released(to_seller, words.name(Party::Seller)),
                Outcome::Refund => t.deal_event_refunded(to_buyer, words.name(Party::Buyer)),
                Outcome::Split => t.deal_event_divided(
                    to_buyer,
                    words.name(Party::Buyer),
                    to_seller,
                    words.name(Party::Seller),
                ),
            };
            Told::noting(reason, what)
        }
        E::SurplusPlanned { units, .. } => t.deal_event_surplus(words.net(*units)).into(),
        E::Closed { .. } => t.deal_event_closed().into(),
        _ => return None,
    })
}

fn of_leg(words: Words<'_>, body: &EventBody) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    let leg = |id: &LegId| {
        let leg = words.view.deal.leg(id)?;
        Some((words.money(leg.net()), words.name(leg.payee)))
    };
    Some(match body {
        E::LegAddressGiven { leg: id, .. } => {
            let payee = words.view.deal.leg(id)?.payee;
            t.deal_event_leg_address(words.role(payee)).into()
        }
        E::LegApproved {
            leg: id,
            not_before: Some(at),
        } => {
            let (sum, _) = leg(id)?;
            t.deal_event_leg_approved(sum, words.page.when.moment(*at))
                .into()
        }
        E::LegUnclear { leg: id } => t.deal_event_leg_unclear(leg(id)?.0).into(),
        E::LegFailed {
            leg: id,
            fault: LegFault::Operator,
        } => t.deal_event_leg_delayed(leg(id)?.0).into(),
        E::LegFailed {
            leg: id,
            fault: LegFault::Address,
        } => t.deal_event_leg_blocked(leg(id)?.0).into(),
        E::LegResendAgreed { leg: id } => t.deal_event_leg_resend(leg(id)?.0).into(),
        E::LegPaid { leg: id, .. } => {
            let (sum, name) = leg(id)?;
            t.deal_event_leg_paid(sum, name).into()
        }
        E::LegUnclaimed { leg: id } => t.deal_event_leg_unclaimed(leg(id)?.0).into(),
        E::LegJoined { leg: id, .. } => t.deal_event_leg_joined(leg(id)?.0).into(),
        E::LegReleased { leg: id } => t.deal_event_leg_released(leg(id)?.0).into(),
        E::LegClaimed { leg: id, .. } => t.deal_event_leg_claimed(leg(id)?.0).into(),
        _ => return None,
    })
}

fn of_late_money(words: Words<'_>, body: &EventBody) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    Some(match body {
        E::LatePlanned { units, .. } => t.deal_event_late_planned(words.money(*units)).into(),
        E::LateFundsOffered => t.deal_event_late_offered().into(),
        E::LateFundsGone => t.deal_event_late_gone().into(),
        E::ReopenAgreed { by } => t.deal_event_reopen_agreed(words.role(*by)).into(),
        E::Reopened => t.deal_event_reopened().into(),
        _ => return None,
    })
}

fn of_staff(words: Words<'_>, body: &EventBody) -> Option<Told> {
    use EventBody as E;
    let t = words.t();
    Some(match body {
        E::HoldPlaced { reason } => Told::noting(t.deal_event_hold_placed(), reason),
        E::HoldLifted => t.deal_event_hold_lifted().into(),
        E::HoldLapsed => t.deal_event_hold_lapsed().into(),
        // Steps between the above, the system's own bookkeeping, and the staff's.
        _ => return None,
    })
}
