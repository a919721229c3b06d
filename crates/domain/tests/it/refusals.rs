//! State × command × actor: what everybody can do in every state, and the refusal of all they
//! cannot, pinned in `refusals.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use domain::deal::{Actor, Command, Deal, EvidenceItem, LegFault, LegId, LegResult, Offer, Party};
use domain::id::ProposalId;
use domain::{Span, Units};

use crate::fixtures::{self, Fixture};
use crate::world::{
    World, address, admin, answer, appeal, ask, changes, claim, deposit, evidence, hold, intent,
    join, joint, paid, person, release, reply, resolver, ship, usd, user,
};

/// A name, and who that is.
type Asking = (&'static str, fn() -> Actor);

const PINNED: &str = include_str!("refusals.txt");

/// Everybody who can ask. `ann` judges, `ben` approves or judges the appeal, where they are drawn;
/// `joe` has placed the hold, where there is one.
const ACTORS: [Asking; 10] = [
    ("buyer", || person("buyer")),
    ("seller", || person("seller")),
    ("stranger", || person("stranger")),
    ("system", || Actor::System),
    ("ann", || resolver("ann")),
    ("ben", || resolver("ben")),
    ("zoe", || resolver("zoe")),
    ("joe", || admin("joe")),
    ("buyer-as-admin", || admin("buyer")),
    ("seller-as-resolver", || resolver("seller")),
];

#[test]
fn who_can_do_what_in_which_state_is_as_it_was_decided() {
    let found = table();
    if found == PINNED {
        return;
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refusals.txt");
    fs::write(&file, &found).unwrap();
    let differs = found
        .lines()
        .zip(PINNED.lines())
        .find(|(found, pinned)| found != pinned);
    panic!(
        "the table differs{}; if that was decided, copy {} to tests/it/refusals.txt",
        differs.map_or(String::new(), |(found, pinned)| format!(
            ": {pinned:?} is now {found:?}"
        )),
        file.display(),
    );
}

/// What came of one command by one actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Done(String),
    Refused(&'static str),
}

/// Per fixture, command and actor.
type Cells = BTreeMap<(usize, usize), BTreeMap<&'static str, Cell>>;

fn table() -> String {
    let fixtures = fixtures::all();
    let mut names: Vec<String> = Vec::new();
    let mut cells = Cells::new();
    let mut kinds = BTreeSet::new();
    for (at, fixture) in fixtures.iter().enumerate() {
        for (name, command) in commands(&fixture.world) {
            kinds.insert(kind(&command));
            let row = names.iter().position(|known| *known == name);
            let row = row.unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            cells.insert((at, row), row_of(&fixture.world, &command));
        }
    }
    assert_eq!(kinds.len(), KINDS, "every command is tried");
    let always = always_refused(&names, &cells);
    let mut text = roles(&names, &always);
    for (at, fixture) in fixtures.iter().enumerate() {
        text.push_str(&page(at, fixture, &names, &cells, &always));
    }
    text
}

fn row_of(world: &World, command: &Command) -> BTreeMap<&'static str, Cell> {
    ACTORS
        .into_iter()
        .map(|(name, actor)| (name, cell(world, actor(), command.clone())))
        .collect()
}

fn cell(world: &World, actor: Actor, command: Command) -> Cell {
    match world.try_as(actor, command) {
        Err(rejection) => Cell::Refused(rejection.code()),
        Ok(change) if change.events.is_empty() => Cell::Done("nothing".into()),
        Ok(change) => {
            let kinds: Vec<String> = change
                .events
                .iter()
                .map(|event| event.body.kind())
                .collect();
            let told = kinds.join(", ");
            let moved = change.deal.state != world.deal.state;
            Cell::Done(if moved {
                format!("→ {}: {told}", change.deal.state.code())
            } else {
                told
            })
        }
    }
}

/// Refusals that do not depend on the state: the roles.
fn always_refused(
    names: &[String],
    cells: &Cells,
) -> BTreeMap<(usize, &'static str), &'static str> {
    let mut always = BTreeMap::new();
    for (row, _) in names.iter().enumerate() {
        for (actor, _) in ACTORS {
            let of_row = cells.iter().filter(|((_, at), _)| *at == row);
            let found: BTreeSet<&Cell> = of_row.filter_map(|(_, cells)| cells.get(actor)).collect();
            let mut found = found.into_iter();
            if let (Some(Cell::Refused(code)), None) = (found.next(), found.next())
                && ROLE_CODES.contains(code)
            {
                always.insert((row, actor), *code);
            }
        }
    }
    always
}

const ROLE_CODES: [&str; 6] = [
    "NOT_YOURS",
    "BUYER_ONLY",
    "SELLER_ONLY",
    "SYSTEM_ONLY",
    "STAFF_ONLY",
    "OWN_DEAL",
];

fn roles(names: &[String], always: &BTreeMap<(usize, &'static str), &'static str>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (row, name) in names.iter().enumerate() {
        let mut by_code: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (actor, _) in ACTORS {
            if let Some(code) = always.get(&(row, actor)) {
                by_code.entry(code).or_default().push(actor);
            }
        }
        let groups: Vec<String> = by_code
            .into_iter()
            .map(|(code, actors)| format!("{code} {}", actors.join(" ")))
            .collect();
        // The ways of one command differ in their objects, not in who may give it.
        let kind = name.split(',').next().unwrap_or_default();
        let line = format!("{kind:<24} {}\n", groups.join("; "));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    format!("== in every state, by role ==\n{}", lines.concat())
}

/// What can be done in one fixture, then what is refused, by its reason.
fn page(
    at: usize,
    fixture: &Fixture,
    names: &[String],
    cells: &Cells,
    always: &BTreeMap<(usize, &'static str), &'static str>,
) -> String {
    let mut done = String::new();
    let mut refused: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (row, name) in names.iter().enumerate() {
        let Some(of_row) = cells.get(&(at, row)) else {
            continue;
        };
        let mut by_cell: BTreeMap<&Cell, Vec<&str>> = BTreeMap::new();
        for (actor, _) in ACTORS {
            if !always.contains_key(&(row, actor))
                && let Some(cell) = of_row.get(actor)
            {
                by_cell.entry(cell).or_default().push(actor);
            }
        }
        for (cell, actors) in by_cell {
            let actors = actors.join(" ");
            match cell {
                Cell::Done(told) => {
                    writeln!(done, "  {name:<26} {actors:<13} {told}").unwrap();
                }
                Cell::Refused(code) => {
                    refused
                        .entry(code)
                        .or_default()
                        .push(format!("{name} ({actors})"));
                }
            }
        }
    }
    let mut text = format!("\n== {} ==\n{done}", fixture.name);
    for (code, commands) in refused {
        writeln!(text, "  {code}").unwrap();
        for command in commands {
            writeln!(text, "    {command}").unwrap();
        }
    }
    text
}

/// Each command as it makes most sense in this deal, some in several ways.
fn commands(world: &World) -> Vec<(String, Command)> {
    let mut commands = facts(world);
    commands.extend(of_parties(world));
    commands.extend(proposals(&world.deal));
    commands.extend(of_staff_and_system(world));
    let legs: Vec<LegId> = world.deal.legs.iter().map(|leg| leg.id.clone()).collect();
    if legs.is_empty() {
        commands.extend(of_leg("no leg", &LegId::Seller));
    }
    for leg in &legs {
        let is_late = matches!(leg, LegId::Late(..));
        let name = if is_late {
            "late".to_owned()
        } else {
            leg.to_string()
        };
        commands.extend(of_leg(&name, leg));
    }
    commands
        .into_iter()
        .map(|(way, command)| {
            let kind = kind(&command);
            let name = if way.is_empty() {
                kind.to_owned()
            } else {
                format!("{kind}, {way}")
            };
            (name, command)
        })
        .collect()
}

type Ways = Vec<(String, Command)>;

fn way(way: &str, command: Command) -> (String, Command) {
    (way.to_owned(), command)
}

fn facts(world: &World) -> Ways {
    let mut ways = Vec::new();
    for (known, name) in [("known", "a"), ("new", "z")] {
        let (key, intent, units) = (deposit(name), intent(), usd(100));
        ways.push(way(
            known,
            Command::DepositSeen {
                key: key.clone(),
                intent,
                units,
            },
        ));
        ways.push(way(known, Command::DepositDropped { key: key.clone() }));
        ways.push(way(
            known,
            Command::DepositConfirmed {
                key: key.clone(),
                intent,
                units,
            },
        ));
        ways.push(way(known, Command::DepositReversed { key }));
    }
    let from = world.now.minus(Span::minutes(11));
    ways.push(way(
        "",
        Command::Downtime {
            from,
            until: world.now,
        },
    ));
    ways.push(way("", Command::ReminderWritten));
    ways.push(way("", Command::Tick));
    ways
}

fn of_parties(world: &World) -> Ways {
    let half = Units::new(world.deal.held().get() / 2);
    vec![
        way(
            "",
            Command::SetRefundAddress {
                destination: address('c'),
            },
        ),
        way("", Command::Cancel),
        way("", Command::WithdrawPayment),
        way("", ship()),
        way("", Command::Decline),
        way("", Command::MakeCode),
        way("right", world.right_code()),
        way("wrong", world.wrong_code()),
        way("", Command::DeliverWithoutCode),
        way("", Command::SeeDelivery),
        way("", Command::Accept),
        way("", changes()),
        way("", evidence(9, Some(EvidenceItem::PhotoOfParcel))),
        way(
            "split",
            Command::Propose {
                offer: Offer::Split { buyer: half },
            },
        ),
        way(
            "waiver",
            Command::Propose {
                offer: Offer::Waiver {
                    arrived: world.deal.held(),
                },
            },
        ),
        way(
            "extension",
            Command::Propose {
                offer: Offer::Extension { by: Span::days(1) },
            },
        ),
        way("", Command::Concede),
        way("", Command::OpenDispute { claim: claim() }),
        way("", answer()),
        way("", reply()),
        way("", Command::WithdrawDispute),
        way("", appeal()),
        way("", Command::TakeSurplus),
        way("", Command::AgreeToReopen),
        way("", Command::RefundLate),
    ]
}

fn proposals(deal: &Deal) -> Ways {
    let id = deal.proposals.first().map(|proposal| proposal.id);
    let id = id.unwrap_or_else(|| ProposalId::derived(&[b"none"]));
    vec![
        way("", Command::AcceptProposal { id }),
        way("", Command::WithdrawProposal { id }),
    ]
}

fn of_staff_and_system(world: &World) -> Ways {
    let half = Units::new(world.deal.held().get() / 2);
    let cover = world.deal.balance(domain::ledger::Account::Shortfall);
    vec![
        way(
            "",
            Command::DrawResolver {
                resolver: user("dan"),
            },
        ),
        way(
            "",
            Command::DrawApprover {
                approver: user("dan"),
            },
        ),
        way("", ask(Party::Seller)),
        way("", world.ruling(half)),
        way("", Command::ApproveRuling),
        way("", Command::RejectRuling),
        way("", hold()),
        way("", Command::LiftHold),
        way("", Command::SettleLoss { cover }),
        way("", Command::Reopen),
    ]
}

fn of_leg(name: &str, id: &LegId) -> Ways {
    let leg = || id.clone();
    let report = |result| Command::LegReported {
        leg: leg(),
        sending: 1,
        result,
    };
    let named = |what: &str| format!("{name} {what}").trim().to_owned();
    vec![
        (named("paid"), report(paid("x"))),
        (
            named("taken"),
            report(LegResult::Taken { task: "7".into() }),
        ),
        (named("unclear"), report(LegResult::Unclear)),
        (
            named("failed"),
            report(LegResult::Failed(LegFault::Operator)),
        ),
        (
            named("refused"),
            report(LegResult::Failed(LegFault::Address)),
        ),
        (named(""), Command::ApproveLeg { leg: leg() }),
        (named(""), Command::StartSending { leg: leg() }),
        (named(""), join(id, joint(), 1)),
        (named(""), release(id, joint())),
        (named(""), Command::ShelveLeg { leg: leg() }),
        (named(""), Command::AgreeResend { leg: leg() }),
        (
            named(""),
            Command::GiveAddress {
                leg: leg(),
                destination: address('8'),
            },
        ),
        (
            named(""),
            Command::ClaimLeg {
                leg: leg(),
                destination: address('8'),
            },
        ),
    ]
}

/// Commands there are.
const KINDS: usize = 50;

/// The command's name. Listed, so that a new one does not compile until it is tried above.
const fn kind(command: &Command) -> &'static str {
    match command {
        Command::DepositSeen { .. } => "deposit seen",
        Command::DepositDropped { .. } => "deposit dropped",
        Command::DepositConfirmed { .. } => "deposit confirmed",
        Command::DepositReversed { .. } => "deposit reversed",
        Command::LegReported { .. } => "leg reported",
        Command::ReminderWritten => "reminder written",
        Command::Downtime { .. } => "downtime",
        Command::Tick => "tick",
        Command::StartSending { .. } => "start sending",
        Command::JoinLeg { .. } => "join leg",
        Command::ReleaseLeg { .. } => "release leg",
        Command::ShelveLeg { .. } => "shelve leg",
        Command::DrawResolver { .. } => "draw resolver",
        Command::DrawApprover { .. } => "draw approver",
        Command::Reopen => "reopen",
        Command::SetRefundAddress { .. } => "set refund address",
        Command::WithdrawPayment => "withdraw payment",
        Command::Accept => "accept",
        Command::AskForChanges { .. } => "ask for changes",
        Command::MakeCode => "make code",
        Command::SeeDelivery => "see delivery",
        Command::TakeSurplus => "take surplus",
        Command::Ship { .. } => "ship",
        Command::Decline => "decline",
        Command::EnterCode { .. } => "enter code",
        Command::DeliverWithoutCode => "deliver without code",
        Command::Cancel => "cancel",
        Command::Propose { .. } => "propose",
        Command::AcceptProposal { .. } => "accept proposal",
        Command::WithdrawProposal { .. } => "withdraw proposal",
        Command::Concede => "concede",
        Command::AddEvidence { .. } => "add evidence",
        Command::OpenDispute { .. } => "open dispute",
        Command::AnswerDispute { .. } => "answer dispute",
        Command::AnswerQuestion { .. } => "answer question",
        Command::AskParty { .. } => "ask party",
        Command::WithdrawDispute => "withdraw dispute",
        Command::Appeal { .. } => "appeal",
        Command::GiveAddress { .. } => "give address",
        Command::ClaimLeg { .. } => "claim leg",
        Command::AgreeToReopen => "agree to reopen",
        Command::RefundLate => "refund late",
        Command::Rule { .. } => "rule",
        Command::ApproveRuling => "approve ruling",
        Command::RejectRuling => "reject ruling",
        Command::ApproveLeg { .. } => "approve leg",
        Command::Hold { .. } => "hold",
        Command::LiftHold => "lift hold",
        Command::SettleLoss { .. } => "settle loss",
        Command::AgreeResend { .. } => "agree resend",
    }
}

#[test]
fn what_changes_something_leaves_an_event_and_what_leaves_none_changes_nothing() {
    for fixture in fixtures::all() {
        for (name, command) in commands(&fixture.world) {
            for (actor, by) in ACTORS {
                if let Ok(change) = fixture.world.try_as(by(), command.clone()) {
                    let unchanged = change.deal == fixture.world.deal;
                    assert_eq!(change.events.is_empty(), unchanged, "{name} by {actor}");
                }
            }
        }
    }
}
