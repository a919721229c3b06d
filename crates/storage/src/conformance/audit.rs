//! The audit log is a chain.

use std::sync::Arc;

use domain::digest::Digest;
use domain::id::UserId;

use super::{id, noon_plus, read_all, together};
use crate::{AuditEntry, AuditFilter, Limit, NewAuditEntry, Store, first_break};

fn entry(number: u32, actor: Option<UserId>, subject: &str) -> NewAuditEntry {
    NewAuditEntry {
        id: id!(AuditId, number),
        at: noon_plus(number),
        actor,
        action: "user.suspend".into(),
        subject: subject.into(),
        before: Some(Digest::of(b"before")),
        after: None,
        reason: Some("تخلف".into()),
        ip: None,
    }
}

async fn chain(store: &dyn Store) -> Vec<AuditEntry> {
    let audit = store.audit();
    let mut chain: Vec<AuditEntry> = Vec::new();
    loop {
        let after = chain.last().map_or(0, |entry| entry.seq);
        let next = audit.list_after(after, Limit::new(7)).await.unwrap();
        if next.is_empty() {
            return chain;
        }
        chain.extend(next);
    }
}

pub(crate) async fn entries_form_a_chain_without_gap(store: Arc<dyn Store>) {
    for number in 0..10 {
        let new = entry(number, None, "user:1");
        let appended = store.audit().append(new.clone()).await.unwrap();
        assert_eq!(appended.entry, new);
        assert_eq!(appended.seq, u64::from(number) + 1);
    }
    let chain = chain(&*store).await;
    assert_eq!(chain.len(), 10);
    assert_eq!(first_break(None, &chain), None);
}

pub(crate) async fn appending_an_entry_again_adds_nothing(store: Arc<dyn Store>) {
    let first = store.audit().append(entry(1, None, "a")).await.unwrap();
    store.audit().append(entry(2, None, "b")).await.unwrap();
    let again = store.audit().append(entry(1, None, "a")).await.unwrap();
    assert_eq!(again, first);
    assert_eq!(chain(&*store).await.len(), 2);
}

pub(crate) async fn concurrent_entries_form_one_chain(store: Arc<dyn Store>) {
    together((0..32).map(|number| {
        let store = Arc::clone(&store);
        async move {
            let entry = entry(number, None, "user:1");
            store.audit().append(entry).await.unwrap();
        }
    }))
    .await;
    let chain = chain(&*store).await;
    assert_eq!(chain.len(), 32);
    assert_eq!(first_break(None, &chain), None);
}

pub(crate) async fn entries_are_found_by_actor_and_by_subject(store: Arc<dyn Store>) {
    let admin = id!(UserId, 1);
    for number in 0..12 {
        let actor = (number % 2 == 0).then_some(admin);
        let subject = if number % 3 == 0 { "user:3" } else { "user:1" };
        let entry = entry(number, actor, subject);
        store.audit().append(entry).await.unwrap();
    }
    for (filter, count) in [
        (AuditFilter::All, 12),
        (AuditFilter::By(admin), 6),
        (AuditFilter::By(id!(UserId, 2)), 0),
        (AuditFilter::To("user:3".into()), 4),
    ] {
        let found = read_all(5, |page| store.audit().list(&filter, page)).await;
        assert_eq!(found.len(), count, "{filter:?}");
        assert!(
            found.is_sorted_by(|one, next| one.seq > next.seq),
            "newest first"
        );
    }
}

pub(crate) async fn the_log_is_read_from_either_end(store: Arc<dyn Store>) {
    for number in 0..7 {
        let new = entry(number, None, "user:1");
        store.audit().append(new).await.unwrap();
    }
    let list = |page: crate::PageRequest| {
        let audit = store.audit();
        async move { audit.list(&AuditFilter::All, page.reversed(true)).await }
    };
    let found = read_all(3, list).await;
    let places: Vec<u64> = found.iter().map(|entry| entry.seq).collect();
    assert_eq!(places, [1, 2, 3, 4, 5, 6, 7]);
}
