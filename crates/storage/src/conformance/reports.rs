//! Reports, and who has to look at them.

use std::sync::Arc;

use domain::report::{Outcome, Reason, Report, Subject};

use super::{id, noon_plus, read_all};
use crate::{InsertError, Store};

fn report(number: u32, reporter: Option<u32>) -> Report {
    let subject = Subject::Person {
        person: id!(UserId, number),
    };
    let reporter = reporter.map(|reporter| id!(UserId, reporter));
    Report {
        id: Report::id_of(reporter, subject, 0),
        version: 1,
        reporter,
        subject,
        about: id!(UserId, number),
        title: "Somebody".into(),
        reason: Reason::Spam,
        note: None,
        created_at: noon_plus(number),
        decision: None,
        is_carried_out: false,
    }
}

pub(crate) async fn a_report_waits_until_it_is_decided(store: Arc<dyn Store>) {
    let reports = store.reports();
    let all: Vec<Report> = (1..=5).map(|number| report(number, Some(90))).collect();
    for one in all.iter().rev() {
        reports.insert(one).await.unwrap();
    }
    let open = async || read_all(2, |page| reports.list_open(page)).await;
    assert_eq!(open().await, all, "longest first");
    let admin = id!(UserId, 99);
    let decided = all[0]
        .decide(admin, Outcome::Dismissed, None, noon_plus(9))
        .unwrap();
    reports.commit(&decided, 1).await.unwrap();
    assert_eq!(open().await[0], decided, "until it is carried out");
    let done = decided.carried_out();
    reports.commit(&done, 2).await.unwrap();
    assert_eq!(open().await, all[1..]);
    assert_eq!(reports.find(done.id).await.unwrap(), Some(done));
}

pub(crate) async fn a_person_reports_a_subject_once_and_finds_their_reports(store: Arc<dyn Store>) {
    let reports = store.reports();
    for one in [
        report(1, Some(90)),
        report(2, Some(90)),
        report(1, Some(91)),
    ] {
        reports.insert(&one).await.unwrap();
    }
    reports.insert(&report(1, None)).await.unwrap();
    let again = Report {
        reason: Reason::Fraud,
        ..report(1, Some(90))
    };
    let again = reports.insert(&again).await;
    assert!(matches!(again, Err(InsertError::Exists { same: false })));
    let reporter = id!(UserId, 90);
    let own = read_all(1, |page| reports.list_of_reporter(reporter, page)).await;
    assert_eq!(own, [report(2, Some(90)), report(1, Some(90))]);
}
