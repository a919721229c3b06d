//! Reports.

use domain::Role;
use domain::report::{Outcome, Reason, Subject};
use domain::request::RequestStatus;
use domain::text::{Block, Line};
use services::Actor;
use services::identity::SignedIn;
use services::moderation::{DecideReport, DecideReportError, FileReport, FileReportError};
use storage::{AuditFilter, Limit, PageRequest};

use crate::market::Market;

fn report(subject: Subject) -> FileReport {
    FileReport {
        subject,
        reason: Reason::Fraud,
        note: Block::new("They ask for half of it by bank.").ok(),
    }
}

fn page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

async fn open_reports(market: &Market, admin: &SignedIn) -> Vec<domain::report::Report> {
    let listed = market.list_reports(&admin.actor(), page()).await;
    listed.unwrap().items
}

#[tokio::test]
async fn what_is_reported_waits_for_an_admin_once() {
    let market = Market::new().await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let admin = market.person("ada", &[Role::Admin]).await;
    let request = market.request(&buyer, "A camera").await;
    let offer = market.offer(&seller, request, "100").await;
    for _ in 0..2 {
        market
            .file_report(&seller.actor(), report(Subject::Request { request }))
            .await
            .unwrap();
    }
    market
        .file_report(&buyer.actor(), report(Subject::Offer { request, offer }))
        .await
        .unwrap();
    let person = seller.user.id;
    market
        .file_report(&buyer.actor(), report(Subject::Person { person }))
        .await
        .unwrap();
    let waiting = open_reports(&market, &admin).await;
    let about = |who: &SignedIn| {
        waiting
            .iter()
            .filter(|one| one.about == who.user.id)
            .count()
    };
    assert_eq!((about(&buyer), about(&seller)), (1, 2));
    let told = market.heard(&admin).await;
    assert_eq!(
        told.iter().filter(|one| *one == "A report waits").count(),
        3
    );
}

#[tokio::test]
async fn nobody_reports_what_they_may_not_see_or_what_is_their_own() {
    let market = Market::new().await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let other = market.seller("omid").await;
    let request = market.request_for(&buyer, "For Sara", &seller).await;
    let hidden = market
        .file_report(&other.actor(), report(Subject::Request { request }))
        .await;
    assert!(matches!(hidden, Err(FileReportError::NotFound)));
    let offer = market.offer(&seller, request, "100").await;
    let of_others = market
        .file_report(&other.actor(), report(Subject::Offer { request, offer }))
        .await;
    assert!(matches!(of_others, Err(FileReportError::NotFound)));
    let own = market
        .file_report(&buyer.actor(), report(Subject::Request { request }))
        .await;
    assert!(matches!(own, Err(FileReportError::Rejected(_))));
    let visitor = market
        .file_report(&Actor::Visitor, report(Subject::Request { request }))
        .await;
    assert!(matches!(visitor, Err(FileReportError::Failed(_))));
}

#[tokio::test]
async fn a_person_files_twenty_reports_a_day() {
    let market = Market::new().await;
    let reporter = market.buyer("reza").await;
    let mut last = Ok(());
    for letter in 'a'..='u' {
        let somebody = market.buyer(&format!("person{letter}")).await;
        let person = somebody.user.id;
        last = market
            .file_report(&reporter.actor(), report(Subject::Person { person }))
            .await;
    }
    assert!(matches!(last, Err(FileReportError::Throttled(_))));
}

#[tokio::test]
async fn a_request_that_breaks_the_rules_is_hidden_and_its_buyer_hears_why() {
    let market = Market::new().await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let admin = market.person("ada", &[Role::Admin]).await;
    let id = market.request(&buyer, "A camera").await;
    market.offer(&seller, id, "100").await;
    market
        .file_report(&seller.actor(), report(Subject::Request { request: id }))
        .await
        .unwrap();
    let waiting = open_reports(&market, &admin).await;
    let decide = DecideReport {
        report: waiting[0].id,
        outcome: Outcome::TakenDown,
        words: Line::new("This may not be traded here.").ok(),
    };
    let decided = market.decide_report(&admin.actor(), decide.clone()).await;
    assert!(decided.unwrap().decision.is_some());
    let again = market.decide_report(&admin.actor(), decide).await;
    assert!(matches!(again, Err(DecideReportError::Rejected(_))));
    assert!(open_reports(&market, &admin).await.is_empty());
    assert!(market.view_request(&Actor::Visitor, id).await.is_err());
    let heard = market.heard(&buyer).await;
    assert!(
        heard.contains(&"Your request was hidden".to_owned()),
        "{heard:?}"
    );
    let heard = market.heard(&seller).await;
    assert!(
        heard.contains(&"We looked at your report".to_owned()),
        "{heard:?}"
    );
    let entries = market
        .store()
        .audit()
        .list(&AuditFilter::default(), page())
        .await
        .unwrap();
    assert!(
        entries
            .items
            .iter()
            .any(|one| one.entry.action == "request.moderate")
    );

    let once = market.once();
    let posted = market.publish_request(&buyer.actor(), id, &once).await;
    assert_eq!(posted.unwrap().status(), RequestStatus::Pending);
    let in_review = market
        .list_requests_in_review(&admin.actor(), page())
        .await
        .unwrap();
    assert_eq!(in_review.items[0].request.id, id);
}

#[tokio::test]
async fn whoever_is_warned_hears_why_and_nobody_decides_on_their_own() {
    let market = Market::new().await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let admin = market.person("ada", &[Role::Admin]).await;
    let concerned = market.person("niklas", &[Role::Buyer, Role::Admin]).await;
    let person = seller.user.id;
    market
        .file_report(&concerned.actor(), report(Subject::Person { person }))
        .await
        .unwrap();
    let waiting = open_reports(&market, &admin).await;
    let warn = DecideReport {
        report: waiting[0].id,
        outcome: Outcome::Warned,
        words: Line::new("All is paid on Amn.").ok(),
    };
    let own = market.decide_report(&concerned.actor(), warn.clone()).await;
    assert!(matches!(own, Err(DecideReportError::Rejected(_))));
    let stranger = market.decide_report(&buyer.actor(), warn.clone()).await;
    assert!(matches!(stranger, Err(DecideReportError::Failed(_))));
    market.decide_report(&admin.actor(), warn).await.unwrap();
    let heard = market.heard(&seller).await;
    assert!(
        heard.contains(&"This breaks the rules".to_owned()),
        "{heard:?}"
    );
}
