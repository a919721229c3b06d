//! Who may do what: one table, role by action, and nothing else that grants anything.
//!
//! The table answers by role alone. That a deal is the caller's own, a dispute was drawn for this
//! resolver, or a state allows the step, is decided where that is known: in the aggregate. Every
//! use case asks here first; a test walks the whole table, and the doors have tests of their own
//! that walk it once more.

use core::fmt;

use crate::role::{Role, Roles, SellerStatus, UserStatus};

/// Who asks, as far as the table cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody without a session.
    Visitor,
    /// Somebody signed in.
    Person {
        /// What they may be.
        roles: Roles,
        /// Whether they may sell; the role alone is not enough.
        seller_status: SellerStatus,
        /// Whether their account is in use.
        status: UserStatus,
    },
    /// The system itself.
    System,
}

/// Why somebody may not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Signing in would help, or at least tell more.
    #[error("please sign in first")]
    SignInNeeded,
    /// Not with these roles.
    #[error("you may not do this")]
    Forbidden,
    /// A seller may, once approved.
    #[error("your application to sell has not been approved")]
    SellerNotApproved,
    /// The account is suspended; open deals go on, nothing else does.
    #[error("your account is suspended: you can act in your open deals only")]
    Suspended,
    /// The account was closed.
    #[error("this account was closed")]
    Deleted,
}

impl Denied {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignInNeeded => "SIGN_IN_NEEDED",
            Self::Forbidden => "FORBIDDEN",
            Self::SellerNotApproved => "SELLER_NOT_APPROVED",
            Self::Suspended => "ACCOUNT_SUSPENDED",
            Self::Deleted => "ACCOUNT_DELETED",
        }
    }
}

/// Asks the table.
///
/// # Errors
/// [`Denied`] with the reason to show.
pub fn may(who: Who, action: Action) -> Result<(), Denied> {
    let row = action.row();
    match who {
        Who::System => row.system.then_some(()).ok_or(Denied::Forbidden),
        Who::Visitor => row.visitor.then_some(()).ok_or(Denied::SignInNeeded),
        Who::Person {
            status: UserStatus::Deleted,
            ..
        } => Err(Denied::Deleted),
        Who::Person {
            status: UserStatus::Suspended,
            ..
        } if !row.suspended => Err(Denied::Suspended),
        Who::Person {
            roles,
            seller_status,
            ..
        } => may_person(row, roles, seller_status),
    }
}

fn may_person(row: Row, roles: Roles, seller_status: SellerStatus) -> Result<(), Denied> {
    let is_approved = seller_status == SellerStatus::Approved;
    let by_role = |role| roles.has(role) && row.roles.has(role);
    let grants = |role| by_role(role) && (role != Role::Seller || is_approved);
    if row.everyone || Role::ALL.into_iter().any(grants) {
        Ok(())
    } else if by_role(Role::Seller)
        || (row.roles == Roles::NONE.with(Role::Seller) && seller_status == SellerStatus::Pending)
    {
        Err(Denied::SellerNotApproved)
    } else {
        Err(Denied::Forbidden)
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the columns of the table"
)]
struct Row {
    visitor: bool,
    /// Every account, whatever its roles.
    everyone: bool,
    roles: Roles,
    system: bool,
    /// Also while the account is suspended.
    suspended: bool,
}

impl Row {
    /// Reads a line: `V` visitor, `E` everyone with an account, `B` buyer, `S` seller, `U` support,
    /// `R` resolver, `A` admin, `*` the system; `+` also while suspended.
    const fn read(line: &str) -> Self {
        let mut row = Self {
            visitor: false,
            everyone: false,
            roles: Roles::NONE,
            system: false,
            suspended: false,
        };
        let mut rest = line.as_bytes();
        while let [mark, tail @ ..] = rest {
            match *mark {
                b'V' => row.visitor = true,
                b'E' => row.everyone = true,
                b'B' => row.roles = row.roles.with(Role::Buyer),
                b'S' => row.roles = row.roles.with(Role::Seller),
                b'U' => row.roles = row.roles.with(Role::Support),
                b'R' => row.roles = row.roles.with(Role::Resolver),
                b'A' => row.roles = row.roles.with(Role::Admin),
                b'*' => row.system = true,
                b'+' => row.suspended = true,
                _ => {}
            }
            rest = tail;
        }
        row
    }
}

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident $code:literal $line:literal)+) => {
        /// Everything that anybody can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $name,)+
        }

        impl Action {
            /// All there are, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word in audit entries and logs.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            const fn row(self) -> Row {
                match self {
                    $(Self::$name => const { Row::read($line) },)+
                }
            }

            #[cfg(test)]
            const fn line(self) -> &'static str {
                match self {
                    $(Self::$name => $line,)+
                }
            }
        }
    };
}

table! {
    // Anybody.
    /// Read open requests, categories, sellers and everything else that is public.
    ReadPublic "public.read" "VE*+"
    /// Ask for an account, enter its code, ask for another.
    SignUp "account.sign_up" "VE+"
    /// Sign in.
    SignIn "account.sign_in" "VE+"
    /// Set a password by a mailed code.
    ResetPassword "account.reset_password" "VE+"
    /// Stop a payout address by the link in the mail.
    StopPayoutAddress "payout_address.stop" "VE+"
    /// Check a receipt.
    VerifyReceipt "receipt.verify" "VE+"

    // One's own account.
    /// End one's own sessions, here or elsewhere.
    EndOwnSession "session.end" "E+"
    /// See one's own sessions, profile, addresses and preferences.
    ReadOwnAccount "account.read" "E+"
    /// Set another password, knowing the old one.
    ChangePassword "account.change_password" "E+"
    /// Use another mailbox, proven by a code from each of the two.
    ChangeEmail "account.change_email" "E"
    /// Stop a change of the mailbox by the link in the mail.
    StopEmailChange "account.stop_email_change" "VE+"
    /// Change name and profile.
    EditProfile "account.edit_profile" "E"
    /// Change language, calendar, theme, ways of notification.
    EditPreferences "account.edit_preferences" "E+"
    /// Add, confirm and remove payout addresses: also while suspended, since open deals go on and
    /// pay back.
    ManagePayoutAddresses "payout_address.manage" "E+"
    /// Ask to sell.
    ApplyToSell "seller.apply" "E"
    /// Save everything that is kept of oneself.
    ExportData "account.export" "E+"
    /// Close the account.
    CloseAccount "account.close" "E"
    /// Read, mark and remove one's own notifications.
    ManageNotifications "notification.manage" "E+"
    /// See one's own payments and payouts.
    ReadOwnPayments "payment.read" "E+"
    /// Tell staff about a request, an offer or a person.
    Report "report.file" "E"
    /// Keep somebody from offering on one's requests and from inviting one; and lift that.
    BlockPerson "user.block" "E+"
    /// Upload a file.
    UploadFile "file.upload" "E+"

    // Requests and offers.
    /// Write a request that is not seen yet: also before there is an account.
    DraftRequest "request.draft" "VB"
    /// Draft, publish, edit and cancel one's own requests.
    ManageOwnRequests "request.manage" "B"
    /// See one's own requests and the offers on them.
    ReadOwnRequests "request.read_own" "E+"
    /// Accept an offer.
    AcceptOffer "offer.accept" "B"
    /// See what can be offered on, with invitations.
    ReadFeed "request.feed" "S"
    /// Offer, revise.
    MakeOffer "offer.make" "S"
    /// Withdraw an offer: also somebody who may no longer sell must be able to.
    WithdrawOffer "offer.withdraw" "E+"
    /// See one's own offers.
    ReadOwnOffers "offer.read_own" "E+"

    // Deals. Who is a party, the deal knows; whoever is one stays one, whatever their roles become.
    /// See one's own deals.
    ReadOwnDeals "deal.read" "E+"
    /// Ask for an address to pay to.
    PayDeal "deal.pay" "E+"
    /// Cancel before payment.
    CancelDeal "deal.cancel" "E+"
    /// Take back what arrived, while it is too little.
    WithdrawPayment "deal.withdraw_payment" "E+"
    /// Say that the goods are on their way.
    ShipDeal "deal.ship" "E+"
    /// Decline to deliver.
    DeclineDeal "deal.decline" "E+"
    /// Show the delivery code, or make a new one.
    MakeDeliveryCode "deal.make_code" "E+"
    /// Enter the delivery code.
    EnterDeliveryCode "deal.enter_code" "E+"
    /// Prove delivery without the code.
    DeliverWithoutCode "deal.deliver_without_code" "E+"
    /// Accept the goods.
    AcceptDelivery "deal.accept" "E+"
    /// Ask for changes.
    RequestChanges "deal.request_changes" "E+"
    /// Propose, accept and withdraw a split, a waiver, an extension; concede.
    Negotiate "deal.negotiate" "E+"
    /// Agree to go on with late funds.
    ReopenDeal "deal.reopen" "E+"
    /// Ask for surplus back.
    ClaimSurplus "deal.claim_surplus" "E+"
    /// Name the address that one's own part is paid to.
    NamePayoutAddress "deal.name_payout_address" "E+"
    /// Read a deal's receipt.
    ReadReceipt "deal.receipt" "E+"

    // Disputes, as a party.
    /// Open, answer, withdraw, appeal.
    DisputeDeal "dispute.take_part" "E+"
    /// Add evidence.
    AddEvidence "dispute.add_evidence" "E+"

    // Staff.
    /// Read a dispute's file, and ask.
    ReadDispute "dispute.read" "R"
    /// Rule a dispute that was drawn for one.
    RuleDispute "dispute.rule" "R"
    /// Approve another's ruling above a limit.
    ApproveRuling "dispute.approve_ruling" "R"
    /// Give a dispute to another resolver, with a reason.
    ReassignDispute "dispute.reassign" "A*"
    /// Propose that somebody is suspended.
    ProposeSuspension "user.propose_suspension" "UR"
    /// Read people's accounts.
    ReadUsers "user.read" "UA"
    /// Save lists of people as a file.
    ExportUsers "user.export" "A"
    /// Send somebody's verification mail again.
    ResendVerification "user.resend_verification" "UA"
    /// Decide on an application to sell.
    DecideSeller "seller.decide" "A"
    /// Suspend somebody, or lift it.
    SuspendUser "user.suspend" "A"
    /// Give and take roles; staff roles take two admins.
    SetRoles "user.set_roles" "A"
    /// Hide a request, or anything else that breaks the rules.
    Moderate "request.moderate" "A"
    /// Change categories.
    ManageCategories "category.manage" "A"
    /// Hold a deal.
    HoldDeal "deal.hold" "A*"
    /// Lift a hold early; takes two admins.
    LiftHold "deal.lift_hold" "A"
    /// See every deal, payment, payout, the ledger and its check against balances.
    ReadMoney "money.read" "A"
    /// Approve a payout; big ones take two admins.
    ApprovePayout "payout.approve" "A"
    /// Try a payout again that failed for the operator's reasons.
    RetryPayout "payout.retry" "A*"
    /// Say that an unknown payout never left; takes two admins.
    ClearUnknownPayout "payout.clear_unknown" "A"
    /// Stop all payouts, or let them go on.
    SwitchPayouts "payout.switch" "A*"
    /// Settle a loss; takes two admins.
    SettleLoss "deal.settle_loss" "A"
    /// Read the audit log.
    ReadAudit "audit.read" "A"
    /// Read and replay dead letters, see jobs.
    ManageJobs "job.manage" "A"

    // The system's own.
    /// Take in a fact: a deposit, a confirmation, the result of a payout.
    RecordFact "system.record_fact" "*"
    /// Apply a deadline.
    ApplyTimer "system.apply_timer" "*"
    /// Send a payout leg.
    SendPayout "system.send_payout" "*"
    /// Tell people of an event.
    Notify "system.notify" "*"
    /// Remove files that nothing refers to.
    SweepFiles "system.sweep_files" "*"
    /// Send mail that waits.
    DeliverMail "system.deliver_mail" "*"
    /// Open an account without a mailed code: the operator's command line and the demo's seed.
    CreateAccount "account.create" "*"
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn person(roles: Roles) -> Who {
        Who::Person {
            roles,
            seller_status: SellerStatus::Approved,
            status: UserStatus::Active,
        }
    }

    fn with(who: Who, new_status: UserStatus, new_seller: SellerStatus) -> Who {
        match who {
            Who::Person { roles, .. } => Who::Person {
                roles,
                seller_status: new_seller,
                status: new_status,
            },
            Who::Visitor | Who::System => who,
        }
    }

    fn every_set_of_roles() -> impl Iterator<Item = Roles> {
        (0..32_u8).map(|bits| {
            let chosen = |(at, _): &(usize, Role)| bits & (1 << at) != 0;
            let roles = Role::ALL.into_iter().enumerate().filter(chosen);
            roles.map(|(_, role)| role).collect()
        })
    }

    /// What the line says, read again in the plainest way.
    fn says(line: &str, who: Who) -> bool {
        match who {
            Who::Visitor => line.contains('V'),
            Who::System => line.contains('*'),
            Who::Person { roles, .. } => {
                let marks = [
                    (Role::Buyer, 'B'),
                    (Role::Seller, 'S'),
                    (Role::Support, 'U'),
                    (Role::Resolver, 'R'),
                    (Role::Admin, 'A'),
                ];
                line.contains('E')
                    || marks
                        .into_iter()
                        .any(|(role, mark)| roles.has(role) && line.contains(mark))
            }
        }
    }

    #[test]
    fn the_whole_table_is_kept_for_every_set_of_roles() {
        let people: Vec<Who> = [Who::Visitor, Who::System]
            .into_iter()
            .chain(every_set_of_roles().map(person))
            .collect();
        for &action in Action::ALL {
            for &who in &people {
                let expected = says(action.line(), who);
                assert_eq!(may(who, action).is_ok(), expected, "{who:?} {action}");
            }
        }
    }

    #[test]
    fn whoever_was_suspended_keeps_only_what_open_deals_and_safety_need() {
        for &action in Action::ALL {
            for roles in every_set_of_roles() {
                let who = with(person(roles), UserStatus::Suspended, SellerStatus::Approved);
                let expected = says(action.line(), who) && action.line().contains('+');
                assert_eq!(may(who, action).is_ok(), expected, "{who:?} {action}");
            }
        }
        let kept = [
            Action::AcceptDelivery,
            Action::DisputeDeal,
            Action::StopPayoutAddress,
            Action::ManagePayoutAddresses,
        ];
        let lost = [Action::MakeOffer, Action::AcceptOffer, Action::ApplyToSell];
        let admin = person(Roles::BUYER.with(Role::Seller).with(Role::Admin));
        let who = with(admin, UserStatus::Suspended, SellerStatus::Approved);
        assert!(kept.into_iter().all(|action| may(who, action).is_ok()));
        assert!(
            lost.into_iter()
                .all(|action| may(who, action) == Err(Denied::Suspended))
        );
        assert_eq!(may(who, Action::ApprovePayout), Err(Denied::Suspended));
    }

    #[test]
    fn a_closed_account_may_do_nothing_that_a_visitor_may_not() {
        for &action in Action::ALL {
            for roles in every_set_of_roles() {
                let who = with(person(roles), UserStatus::Deleted, SellerStatus::Approved);
                assert_eq!(may(who, action), Err(Denied::Deleted), "{action}");
            }
        }
    }

    #[test]
    fn the_seller_role_counts_for_nothing_before_approval() {
        let seller = Roles::BUYER.with(Role::Seller);
        for status in [
            SellerStatus::None,
            SellerStatus::Pending,
            SellerStatus::Rejected,
        ] {
            let who = with(person(seller), UserStatus::Active, status);
            assert_eq!(may(who, Action::MakeOffer), Err(Denied::SellerNotApproved));
            assert_eq!(may(who, Action::ShipDeal), Ok(()), "running deals go on");
        }
        let applied = with(
            person(Roles::BUYER),
            UserStatus::Active,
            SellerStatus::Pending,
        );
        assert_eq!(
            may(applied, Action::MakeOffer),
            Err(Denied::SellerNotApproved)
        );
        let buyer = with(person(Roles::BUYER), UserStatus::Active, SellerStatus::None);
        assert_eq!(may(buyer, Action::MakeOffer), Err(Denied::Forbidden));
    }

    /// The limits of product.md, "Who", in so many words.
    #[test]
    fn each_role_stops_where_the_product_says() {
        use Action as A;
        let only = |role| person(Roles::NONE.with(role));
        let refused = |who, actions: &[Action]| {
            for &action in actions {
                assert!(may(who, action).is_err(), "{who:?} {action}");
            }
        };
        let money = [
            A::ApprovePayout,
            A::RetryPayout,
            A::SettleLoss,
            A::ClearUnknownPayout,
        ];
        refused(
            only(Role::Buyer),
            &[A::MakeOffer, A::ReadFeed, A::ReadUsers],
        );
        refused(only(Role::Seller), &[A::AcceptOffer, A::ManageOwnRequests]);
        refused(only(Role::Support), &money);
        refused(
            only(Role::Support),
            &[A::SetRoles, A::SuspendUser, A::RuleDispute],
        );
        refused(only(Role::Resolver), &money);
        refused(
            only(Role::Resolver),
            &[A::ReadUsers, A::ReassignDispute, A::SuspendUser],
        );
        refused(
            only(Role::Admin),
            &[A::RuleDispute, A::SendPayout, A::RecordFact],
        );
    }

    #[test]
    fn no_person_can_state_facts_for_the_system() {
        let everybody = person(Role::ALL.into_iter().collect());
        for action in [
            Action::RecordFact,
            Action::ApplyTimer,
            Action::SendPayout,
            Action::Notify,
            Action::CreateAccount,
        ] {
            assert_eq!(may(everybody, action), Err(Denied::Forbidden));
            assert_eq!(may(Who::Visitor, action), Err(Denied::SignInNeeded));
            assert_eq!(may(Who::System, action), Ok(()));
        }
    }

    #[test]
    fn codes_are_distinct_and_lines_hold_only_known_marks() {
        let codes: BTreeSet<_> = Action::ALL.iter().map(|action| action.code()).collect();
        assert_eq!(codes.len(), Action::ALL.len());
        for action in Action::ALL {
            let known = action.line().chars().all(|mark| "VEBSURA*+".contains(mark));
            assert!(known, "{action}");
        }
    }
}
