//! `/dev/desks/{sample}`: the pages of staff, to be looked at in both languages and themes.

use axum::extract::Path;
use axum::response::Response;
use domain::deal::{LegId, LegState, Rejection};
use domain::ledger::Account;
use domain::user::PayoutStanding;
use domain::{Span, Units};
use services::deals::{Relation, StaffView};
use services::disputes::CaseView;
use services::files::FiledEvidence;
use services::payouts::{AddressOrigin, Endorsement, LedgerLine, PayoutReview, UnclearPayout};
use services::ports::gateway::{PayoutState, SentTransfer};

use super::desk_stories::{self as stories, OTHER, REASONS, VIEWER};
use super::story::{Story, camera, user};
use super::{hostile, view};
use crate::page::{Failure, Page, PageResult};
use crate::pages::{admin, dashboard, disputes};

/// What whoever looks is called.
const VIEWER_NAME: &str = "Nadia Haddad";
const OTHER_NAME: &str = "Jonas Weber";

/// One page of staff, or the dashboard of whoever looks when parts of it cannot be read.
pub(crate) async fn show(page: Page, Path(name): Path<String>) -> PageResult {
    if name == "dashboard" {
        return dashboard_in_part(&page).await;
    }
    of_disputes(&page, &name)
        .or_else(|| of_payouts(&page, &name))
        .or_else(|| of_deals(&page, &name))
        .ok_or(Failure::NotFound)
}

async fn dashboard_in_part(page: &Page) -> PageResult {
    let user = page.user()?;
    let mut dashboard = page.services().view_dashboard(&page.actor()).await?;
    dashboard.needs_you = Err(services::Failure::Contended);
    dashboard.held = Err(services::Failure::Contended);
    dashboard.recent = Err(services::Failure::Contended);
    dashboard.desks = Err(services::Failure::Contended);
    Ok(dashboard::show(page, user, &dashboard, false))
}

fn told(page: &Page, tell: fn(&mut Story)) -> Story {
    let goods = if page.query("hostile").is_some() {
        hostile()
    } else {
        camera()
    };
    Story::told(page.services().now(), &goods, tell)
}

fn case(page: &Page, tell: fn(&mut Story), relation: Relation) -> Option<CaseView> {
    let story = told(page, tell);
    let limits = story.limits;
    let is_hostile = page.query("hostile").is_some();
    let view = view(story, relation, is_hostile);
    let case = view.deal.disputes.last()?.clone();
    let viewer = match relation {
        Relation::Resolver => case.resolver,
        Relation::Approver => Some(user("approver")),
        Relation::Admin | Relation::Party(_) => Some(user(VIEWER)),
    };
    let evidence = view.deal.evidence.iter().map(|evidence| FiledEvidence {
        evidence: evidence.clone(),
        name: "IMG_20261120_front-lens-as-it-arrived.jpeg".to_owned(),
        size: 412_300,
        has_preview: false,
    });
    let approver = case
        .proposed
        .as_ref()
        .and_then(|proposed| proposed.approver);
    Some(CaseView {
        evidence: evidence.collect(),
        resolver: case.resolver.map(|_| "Lena Vogt".to_owned()),
        approver: approver.map(|_| "Arash Sohrabi".to_owned()),
        viewer,
        limits,
        case,
        view,
    })
}

fn of_disputes(page: &Page, name: &str) -> Option<Response> {
    use Relation::{Admin, Approver, Resolver};
    use disputes::looked_at as look;
    let case = |tell, relation| case(page, tell, relation);
    Some(match name {
        "case-unanswered" => look::case(page, &case(stories::unanswered, Resolver)?),
        "case" => look::case(page, &case(stories::to_rule, Resolver)?),
        "case-proposed" => look::case(page, &case(stories::proposed, Resolver)?),
        "case-appealed" => look::case(page, &case(stories::appealed, Resolver)?),
        "case-ruled" => look::case(page, &case(stories::ruled, Resolver)?),
        "case-admin" => look::case(page, &case(stories::to_rule, Admin)?),
        "rule" => look::rule(page, &case(stories::to_rule, Resolver)?),
        "rule-large" => look::rule(page, &case(stories::large, Resolver)?),
        "rule-check" => {
            look::check_ruling(page, &case(stories::to_rule, Resolver)?, "70%", REASONS)
        }
        "rule-check-large" => {
            look::check_ruling(page, &case(stories::large, Resolver)?, "70%", REASONS)
        }
        "rule-check-final" => {
            look::check_ruling(page, &case(stories::appealed, Resolver)?, "70%", REASONS)
        }
        "approve" => look::approve(page, &case(stories::proposed, Approver)?),
        "approve-own" => look::approve(page, &case(stories::proposed, Resolver)?),
        "reassign" => look::reassign(page, &case(stories::to_rule, Admin)?),
        _ => return None,
    })
}

fn review(page: &Page, tell: fn(&mut Story)) -> Option<PayoutReview> {
    let Story { deal, now, limits } = told(page, tell);
    let leg = deal.leg(&LegId::Seller)?.clone();
    let endorsed = leg.approvals.iter().map(|admin| Endorsement {
        name: name_of(*admin == user(VIEWER)),
        is_own: *admin == user(VIEWER),
    });
    let line = |account, after: fn(Units, Units) -> Units| {
        let before = deal.balance(account);
        LedgerLine {
            account,
            before,
            after: after(before, leg.net()),
        }
    };
    let add = |before: Units, net| before.checked_add(net).unwrap_or(before);
    let endorsed: Vec<_> = endorsed.collect();
    let is_own = endorsed.iter().any(|one| one.is_own);
    Some(PayoutReview {
        payee: "Sara Cameras".to_owned(),
        origin: Some(AddressOrigin::Confirmed {
            at: now.minus(Span::days(203)),
            active_from: now.minus(Span::days(202)),
        }),
        standing: PayoutStanding::Ready,
        needs_two: leg.net() > limits.payout_one_key,
        approval: match endorsed.len() {
            _ if is_own => Err(Rejection::AnotherAdmin),
            0 => Ok(LegState::Planned),
            _ => Ok(LegState::Approved),
        },
        endorsed_by: endorsed,
        ledger: vec![
            line(Account::Payable, Units::less),
            line(Account::Released, add),
        ],
        wallet: leg.net().checked_add(leg.net()),
        now,
        leg,
        deal,
    })
}

fn name_of(is_viewer: bool) -> String {
    let name = if is_viewer { VIEWER_NAME } else { OTHER_NAME };
    name.to_owned()
}

fn of_payouts(page: &Page, name: &str) -> Option<Response> {
    use admin::looked_at as look;
    let payout = |tell| Some(look::payout(page, &review(page, tell)?));
    let resend = |tell| {
        let staff = staff(page, tell);
        let seen = seen(&staff);
        let leg = (staff.view.deal.id, LegId::Seller);
        Some(look::resend(page, &staff, leg, &seen))
    };
    match name {
        "payout" => payout(stories::owed),
        "payout-second" => payout(stories::endorsed),
        "payout-own" => payout(stories::endorsed_by_viewer),
        "payout-veto" => payout(stories::in_veto_time),
        "payout-unclear" => payout(stories::unclear),
        "payout-refused" => payout(stories::refused),
        "resend" => resend(stories::unclear),
        "resend-second" => resend(stories::unclear_with_key),
        "resend-own" => resend(stories::unclear_with_own_key),
        _ => None,
    }
}

fn staff(page: &Page, tell: fn(&mut Story)) -> StaffView {
    let story = told(page, tell);
    let limits = story.limits;
    let named = [(VIEWER, true), (OTHER, false)];
    StaffView {
        viewer: user(VIEWER),
        limits,
        admins: named
            .map(|(name, is_viewer)| (user(name), name_of(is_viewer)))
            .into(),
        view: view(story, Relation::Admin, page.query("hostile").is_some()),
    }
}

fn seen(staff: &StaffView) -> UnclearPayout {
    let deal = &staff.view.deal;
    let net = deal.leg(&LegId::Seller).map(domain::deal::Leg::net);
    let net = net.unwrap_or_default();
    let key = deal.keys.first();
    UnclearPayout {
        gateway: PayoutState::NotFound,
        sent: Ok(vec![
            SentTransfer {
                txid: format!("0x{}", "9d".repeat(32)),
                amount: net,
                destination: None,
            },
            SentTransfer {
                txid: format!("0x{}", "3e".repeat(32)),
                amount: deal.terms.network_fee,
                destination: None,
            },
        ]),
        net,
        sending_since: Some(deal.updated_at),
        sends: 1,
        first_key: key.map(|key| staff.admin_name(key.by).to_owned()),
        is_own_key: key.is_some_and(|key| key.by == staff.viewer),
    }
}

fn of_deals(page: &Page, name: &str) -> Option<Response> {
    use admin::looked_at as look;
    Some(match name {
        "hold" => look::hold(page, &staff(page, stories::funded)),
        "lift" => look::lift(page, &staff(page, stories::to_lift)),
        "lift-second" => look::lift(page, &staff(page, stories::to_lift_second)),
        "lift-own" => look::lift(page, &staff(page, stories::to_lift_own)),
        "loss" => look::loss(page, &staff(page, stories::lost), "900"),
        "loss-second" => look::loss(page, &staff(page, stories::lost_second), ""),
        _ => return None,
    })
}
