//! What makes two deals the same for coming to rest.
//!
//! Everything counts but what things are called and what people wrote, the log with what is
//! counted from it, and what day it is: of a moment only how far away it is, and of one that
//! nothing but a party's or a staff member's own act is measured by, nothing.
//!
//! Each struct is taken apart in full: a new field does not compile until somebody says here
//! whether it counts.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::deal::{
    Clocks, CodeState, Deadline, Deal, Deposit, Dispute, Inspection, Leg, RuledBy, Ruling, Stopped,
    Terms,
};
use domain::ledger::Account;
use domain::{Bps, Timestamp};

use crate::world::World;

/// Equal for deals that timers and the operator bring to rest in the same steps.
pub(crate) fn likeness(world: &World) -> u64 {
    let World {
        deal,
        now,
        limits,
        address_read_at,
        // Exploring sets none: each command is decided on the version that there is.
        expected_version: _,
    } = world;
    let mut like = Like {
        now: *now,
        hash: DefaultHasher::new(),
    };
    like.add((limits.payout_auto, limits.payout_one_key));
    like.add(limits.ruling_alone);
    like.moment(*address_read_at);
    like.deal(deal);
    like.hash.finish()
}

/// Takes in what counts.
struct Like {
    now: Timestamp,
    hash: DefaultHasher,
}

impl Like {
    fn add(&mut self, part: impl Hash) {
        part.hash(&mut self.hash);
    }

    /// How long ago it was, or how far away it is.
    fn moment(&mut self, at: Option<Timestamp>) {
        self.add(at.map(|at| (self.now.since(at), at.since(self.now))));
    }

    /// How far away it is; nothing once it has come.
    fn moment_to_come(&mut self, at: Option<Timestamp>) {
        self.add(at.unwrap_or(self.now).since(self.now));
    }

    /// How many there are, and each.
    fn each<'a, T>(&mut self, all: &'a [T], one: impl Fn(&mut Self, &'a T)) {
        self.add(all.len());
        for it in all {
            one(self, it);
        }
    }

    fn deal(&mut self, deal: &Deal) {
        let Deal {
            id: _,
            version: _,
            created_at: _,
            updated_at,
            request: _,
            attempt: _,
            offer: _,
            terms,
            price,
            state,
            clocks,
            quote_left,
            detected_left,
            top_up_until,
            top_up_extended,
            deposits,
            ledger,
            legs,
            refund_address,
            shipment,
            delivery_due: _,
            code,
            inspection,
            changes_asked,
            evidence,
            proposals,
            proposals_made,
            disputes,
            appealed,
            settlement,
            suspension,
            loss,
            hold,
            holds,
            keys,
            reopen,
            counts: _,
            downtime_until: _,
            events: _,
            dispatched_seq: _,
            commands: _,
        } = deal;
        // Where a node's clock is behind, it acts at the time of the last change.
        self.moment_to_come(Some(*updated_at));
        self.terms(terms);
        self.clocks(clocks);
        self.add((price, state, quote_left, detected_left, top_up_extended));
        self.moment(*top_up_until);
        self.each(deposits, Self::deposit);
        self.each(&Account::ALL, |like, account| {
            like.add(ledger.balance(*account));
        });
        self.each(legs, Self::leg);
        self.add((refund_address.is_some(), shipment.is_some()));
        self.code(*code);
        self.inspection(*inspection);
        self.add((changes_asked, proposals_made, appealed));
        self.each(evidence, |like, file| like.add((file.by, file.item)));
        self.each(proposals, |like, proposal| {
            like.add((proposal.by, format!("{:?}", proposal.offer)));
        });
        self.each(disputes, Self::dispute);
        self.add(settlement.map(|fixed| (fixed.outcome, fixed.buyer, fixed.seller, fixed.fee)));
        self.add(suspension.map(|was| (was.from, was.whole)));
        self.add(loss.map(|was| (was.from, was.whole)));
        self.add((hold.as_ref().map(|hold| hold.by), holds));
        self.each(keys, |like, key| {
            like.add((format!("{:?}", key.action), key.by));
        });
        self.add((reopen.buyer, reopen.seller));
    }

    fn terms(&mut self, terms: &Terms) {
        let Terms {
            buyer: _,
            seller: _,
            goods,
            asset,
            price,
            fee_rate,
            network_fee,
            periods,
            evidence_contract,
            buyer_on_silence,
            seller_address: _,
        } = terms;
        self.add((goods.kind, asset, price, fee_rate.get(), network_fee));
        self.add((periods.ship_by, periods.delivery, periods.min_transit));
        self.add((periods.inspection, evidence_contract));
        self.add(buyer_on_silence.map(Bps::get));
    }

    fn clocks(&mut self, clocks: &Clocks) {
        self.each(clocks.running(), |like, deadline| {
            // When it began and what was given back to it matter to the next gap of ours alone.
            let Deadline {
                kind,
                since: _,
                at,
                downtime: _,
            } = deadline;
            like.add(kind);
            like.moment(Some(*at));
        });
        self.each(clocks.paused(), Self::stopped);
    }

    fn stopped(&mut self, stopped: &Stopped) {
        let Stopped { kind, left } = stopped;
        self.add((kind, left));
    }

    fn deposit(&mut self, deposit: &Deposit) {
        let Deposit {
            key,
            intent: _,
            units,
            state,
            surplus,
            late,
            late_leg,
            lost,
            written_off,
            at: _,
        } = deposit;
        self.add((key, units, state, surplus));
        self.add((late, late_leg, lost, written_off));
    }

    fn leg(&mut self, leg: &Leg) {
        let Leg {
            id,
            payee,
            gross,
            network_fee,
            destination,
            state,
            planned_at: _,
            approvals,
            not_before,
            addresses,
            sends,
            sent_at: _,
            refusals,
            delayed,
            task,
            tx,
            other_txs,
            deposit,
            joint,
        } = leg;
        self.add((id, payee, gross, network_fee, destination.is_some()));
        self.add((state, approvals, addresses, sends, refusals, delayed));
        self.add((task.is_some(), tx.is_some(), other_txs.len()));
        self.add((deposit, joint.is_some()));
        self.moment_to_come(*not_before);
    }

    fn code(&mut self, code: CodeState) {
        let CodeState {
            generation,
            expires_at: _,
            tries,
            tries_in_deal,
            locked_until: _,
            ever_verified,
        } = code;
        self.add((generation, tries, tries_in_deal, ever_verified));
    }

    fn inspection(&mut self, inspection: Option<Inspection>) {
        self.add(inspection.map(|look| (look.confirmed, look.seen)));
        self.moment(inspection.and_then(|look| look.reminded_at));
    }

    fn dispute(&mut self, dispute: &Dispute) {
        let Dispute {
            id: _,
            opener,
            category,
            statement: _,
            wanted,
            opened_at: _,
            opened_in,
            answers,
            // No clock and no step depends on what was asked and answered.
            questions: _,
            may_be_ruled,
            tier,
            resolver,
            first_resolver,
            first_approver,
            proposed,
            ruling,
            first_ruling,
            appeal,
            parked,
            ruling_stopped,
            pause_left,
            closed,
        } = dispute;
        self.add((opener.party(), category, wanted, opened_in, tier));
        self.each(answers, |like, answer| like.add(answer.by));
        self.add((may_be_ruled, resolver, first_resolver, first_approver));
        let pending = proposed.as_ref();
        self.add(pending.map(|it| (it.approver, it.missed_by, it.second_call)));
        self.ruling(pending.map(|it| &it.ruling));
        self.ruling(ruling.as_ref());
        self.ruling(first_ruling.as_ref());
        self.add(appeal.as_ref().map(|appeal| appeal.by));
        self.each(parked, Self::stopped);
        self.add((ruling_stopped.map(|(left, _)| left), pause_left));
        self.add(closed.map(|end| format!("{end:?}")));
    }

    fn ruling(&mut self, ruling: Option<&Ruling>) {
        self.add(ruling.map(|ruling| {
            let by = match ruling.by {
                RuledBy::Resolver(user) => Some(user),
                RuledBy::Evidence => None,
            };
            (ruling.buyer, by, ruling.approved_by)
        }));
    }
}
