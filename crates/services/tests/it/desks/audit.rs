//! The log: read, and walked along from its beginning.

use domain::Role;
use domain::digest::Digest;
use domain::text::Line;
use services::audit::AuditFilter;
use storage::{Limit, PageRequest};

use crate::world::World;

#[tokio::test]
async fn an_admin_reads_the_log_with_names_and_sees_that_nobody_changed_it() {
    let world = World::new();
    let admin = world.person("ada", &[Role::Admin]).await;
    let empty = World::new();
    let visitor = empty.person("eve", &[Role::Admin]).await;
    let reason = Line::new("Asked by mail").unwrap();
    let sara = world.sign_up("sara").await;
    for _ in 0..120 {
        let actor = admin.actor();
        let opened = world.open_email(&actor, sara.user.id, &reason).await;
        opened.unwrap();
        world.advance(domain::Span::seconds(1));
    }
    let by = AuditFilter::By(admin.user.id);
    let page = PageRequest::first(Limit::new(5));
    let log = world.list_audit(&admin.actor(), &by, page).await.unwrap();
    assert_eq!(log.items[0].actor.as_deref(), Some("ada"));
    assert!(log.next.is_some());

    let check = world.check_audit(&admin.actor()).await.unwrap();
    assert_eq!((check.sound, check.broken_at), (121, None));
    let last = world
        .list_audit(&admin.actor(), &AuditFilter::All, page)
        .await
        .unwrap();
    assert_eq!(check.digest, last.items[0].entry.digest);
    let other = empty.check_audit(&visitor.actor()).await.unwrap();
    assert_ne!(other.digest, Digest::ZERO, "opening an account is an entry");
}

#[tokio::test]
async fn nobody_but_admins_reads_the_log() {
    let world = World::new();
    let page = PageRequest::first(Limit::MAX);
    for role in [Role::Buyer, Role::Seller, Role::Support, Role::Resolver] {
        let person = world.person(&format!("{role}person"), &[role]).await;
        let actor = person.actor();
        let read = world.list_audit(&actor, &AuditFilter::All, page).await;
        assert!(read.is_err(), "{role}");
        assert!(world.check_audit(&actor).await.is_err(), "{role}");
        let ledger = services::ledger::LedgerFilter::All;
        assert!(world.list_ledger(&actor, ledger, page).await.is_err());
        assert!(world.view_overview(&actor).await.is_err(), "{role}");
        assert!(world.view_jobs(&actor, page).await.is_err(), "{role}");
        assert!(world.find_deals(&actor, "x", page).await.is_err(), "{role}");
    }
}
