//! What can be tried in a deal: by its people, its staff, the gateway, the chain and the clock.

use domain::deal::{
    Actor, Claim, Command, Deal, DisputeCategory, EvidenceItem, Leg, LegFault, LegResult, LegState,
    Offer, Party, State,
};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{
    World, address, admin, answer, appeal, ask, changes, claim, deposit, evidence, hold, intent,
    join, joint, paid, person, plus, release, reply, ship, usd, user,
};

/// One thing that is tried, after some time has passed.
#[derive(Debug, Clone)]
pub(crate) struct Move {
    pub(crate) wait: Wait,
    pub(crate) actor: Actor,
    pub(crate) command: Command,
}

/// How much time passes before a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// None.
    Nothing,
    /// This long.
    For(Span),
    /// Until the next deadline, and this much longer or shorter, in milliseconds.
    ToNextDeadline(i64),
    /// The node that acts next has a clock that is behind.
    Behind(Span),
}

impl Wait {
    /// The ways in which time passes that matter to a deal.
    pub(crate) const ALL: [Self; 9] = [
        Self::Nothing,
        Self::ToNextDeadline(0),
        Self::ToNextDeadline(-1),
        Self::ToNextDeadline(1),
        Self::For(Span::minutes(16)),
        Self::For(Span::hours(25)),
        Self::For(Span::days(8)),
        Self::For(Span::days(95)),
        Self::Behind(Span::seconds(2)),
    ];

    pub(crate) fn pass(self, world: &mut World) {
        world.now = match self {
            Self::Nothing => world.now,
            Self::For(span) => world.now.plus(span),
            Self::ToNextDeadline(off) => match world.deal.next_at() {
                Some(next) => world.now.max(next.plus(Span::from_ms(off))),
                None => world.now,
            },
            Self::Behind(span) => world.now.minus(span),
        };
    }
}

/// Everything that can sensibly be tried now, and much that cannot.
pub(crate) fn menu(world: &World) -> Vec<(Actor, Command)> {
    let deal = &world.deal;
    let mut menu = Vec::with_capacity(128);
    menu.extend(facts(world).into_iter().map(|fact| (Actor::System, fact)));
    menu.extend(of_buyer(world).map(|command| (person("buyer"), command)));
    menu.extend(of_seller(world).map(|command| (person("seller"), command)));
    for party in [Party::Buyer, Party::Seller] {
        let actor = Actor::Person(deal.person(party));
        menu.extend(of_either(deal).into_iter().map(|command| (actor, command)));
    }
    menu.extend(of_resolvers(world));
    for name in ["joe", "kim"] {
        let commands = of_admins(deal).into_iter();
        menu.extend(commands.map(|command| (admin(name), command)));
    }
    menu.extend(
        of_system(deal)
            .into_iter()
            .map(|step| (Actor::System, step)),
    );
    menu
}

/// Amounts around the price and the smallest ones that count.
fn amounts(deal: &Deal) -> [Units; 5] {
    let (price, least) = (deal.price, deal.terms.asset.min_deposit());
    let part = Units::new(price.get() / 5 * 3);
    [price, part, plus(price, usd(5)), least, deal.missing()]
}

fn facts(world: &World) -> Vec<Command> {
    let deal = &world.deal;
    let mut facts = vec![
        Command::Tick,
        Command::ReminderWritten,
        Command::Downtime {
            from: world.now.minus(Span::minutes(11)),
            until: world.now,
        },
        Command::Downtime {
            from: world.now.minus(Span::days(2)),
            until: world.now,
        },
    ];
    for name in ["a", "b", "c"] {
        let (key, intent) = (deposit(name), intent());
        for units in amounts(deal) {
            let key = key.clone();
            facts.push(Command::DepositConfirmed { key, intent, units });
        }
        for units in [deal.price, deal.terms.asset.min_deposit()] {
            let key = key.clone();
            facts.push(Command::DepositSeen { key, intent, units });
        }
        facts.push(Command::DepositDropped { key: key.clone() });
        facts.push(Command::DepositReversed { key });
    }
    facts.extend(deal.legs.iter().flat_map(reports));
    facts
}

fn reports(leg: &Leg) -> Vec<Command> {
    let again = match leg.state {
        LegState::Paid | LegState::Planned => "another",
        _ => "first",
    };
    let results = [
        paid(&format!("{again} tx of {}", leg.id)),
        LegResult::Taken { task: "7".into() },
        LegResult::Unclear,
        LegResult::Failed(LegFault::Operator),
        LegResult::Failed(LegFault::Address),
    ];
    let report = |sending, result| Command::LegReported {
        leg: leg.id.clone(),
        sending,
        result,
    };
    let latest = leg.sends.max(1);
    let mut reports: Vec<_> = results.map(|result| report(latest, result)).into();
    if leg.sends > 1 {
        let late = paid(&format!("late tx of {}", leg.id));
        reports.push(report(leg.sends - 1, late));
        reports.push(report(leg.sends - 1, LegResult::Failed(LegFault::Operator)));
    }
    reports
}

fn of_buyer(world: &World) -> impl Iterator<Item = Command> {
    let other = world.deal.refund_address == Some(address('b'));
    [
        Command::SetRefundAddress {
            destination: address(if other { 'c' } else { 'b' }),
        },
        Command::WithdrawPayment,
        Command::Accept,
        changes(),
        Command::MakeCode,
        Command::SeeDelivery,
        Command::TakeSurplus,
    ]
    .into_iter()
}

fn of_seller(world: &World) -> impl Iterator<Item = Command> {
    [
        ship(),
        Command::Decline,
        world.right_code(),
        world.wrong_code(),
        Command::DeliverWithoutCode,
    ]
    .into_iter()
}

fn of_either(deal: &Deal) -> Vec<Command> {
    let half = Units::new(deal.held().get() / 2);
    let mut commands = vec![
        Command::Cancel,
        Command::Concede,
        Command::OpenDispute { claim: claim() },
        Command::OpenDispute {
            claim: Claim {
                category: DisputeCategory::FundingLost,
                ..claim()
            },
        },
        answer(),
        reply(),
        Command::WithdrawDispute,
        appeal(),
        Command::AgreeToReopen,
        Command::RefundLate,
        evidence(deal.evidence.len(), Some(EvidenceItem::PhotoOfParcel)),
    ];
    commands.extend(
        [
            Offer::Split { buyer: half },
            Offer::Split { buyer: deal.held() },
            Offer::Waiver {
                arrived: deal.held(),
            },
            Offer::Extension { by: Span::days(2) },
        ]
        .map(|offer| Command::Propose { offer }),
    );
    for proposal in &deal.proposals {
        let id = proposal.id;
        commands.push(Command::AcceptProposal { id });
        commands.push(Command::WithdrawProposal { id });
    }
    for leg in &deal.legs {
        let (id, destination) = (leg.id.clone(), address('7'));
        commands.push(Command::GiveAddress {
            leg: id.clone(),
            destination: destination.clone(),
        });
        commands.push(Command::ClaimLeg {
            leg: id,
            destination,
        });
    }
    commands
}

/// Those who were drawn, and somebody who perhaps was not.
fn of_resolvers(world: &World) -> Vec<(Actor, Command)> {
    let held = world.deal.held();
    let case = world.deal.dispute();
    let proposed = case.and_then(|case| case.proposed.as_ref());
    let mut judges = vec![user("ann")];
    judges.extend(case.and_then(|case| case.resolver));
    judges.extend(proposed.and_then(|proposed| proposed.approver));
    judges.dedup();
    let mut commands = Vec::new();
    for by in judges.into_iter().map(Actor::Resolver) {
        for buyer in [Units::ZERO, Units::new(held.get() / 2), held] {
            commands.push((by, world.ruling(buyer)));
        }
        commands.push((by, ask(Party::Seller)));
        commands.push((by, Command::ApproveRuling));
        commands.push((by, Command::RejectRuling));
    }
    commands
}

fn of_admins(deal: &Deal) -> Vec<Command> {
    let lost = deal.balance(Account::Shortfall);
    let mut commands = vec![
        hold(),
        Command::LiftHold,
        Command::SettleLoss { cover: lost },
        Command::SettleLoss { cover: Units::ZERO },
        Command::SettleLoss {
            cover: Units::new(lost.get() / 2),
        },
    ];
    for leg in deal.legs.iter().map(|leg| leg.id.clone()) {
        commands.push(Command::ApproveLeg { leg: leg.clone() });
        commands.push(Command::AgreeResend { leg });
    }
    commands
}

fn of_system(deal: &Deal) -> Vec<Command> {
    let mut steps = vec![Command::Reopen, Command::RefundLate, hold()];
    if deal.state == State::Disputed {
        for name in ["ann", "ben", "cid", "dan"] {
            let (resolver, approver) = (user(name), user(name));
            steps.push(Command::DrawResolver { resolver });
            steps.push(Command::DrawApprover { approver });
        }
    }
    for leg in deal.legs.iter().map(|leg| leg.id.clone()) {
        steps.push(Command::ApproveLeg { leg: leg.clone() });
        steps.push(Command::StartSending { leg: leg.clone() });
        steps.push(Command::ShelveLeg { leg });
    }
    for leg in &deal.legs {
        steps.push(join(&leg.id, joint(), leg.sends + 1));
        steps.push(join(&leg.id, joint(), 1));
        steps.push(release(&leg.id, joint()));
    }
    steps
}
