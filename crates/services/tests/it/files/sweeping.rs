//! What becomes of files that a crash or a refusal left behind.

use domain::Span;
use services::Actor;
use storage::Limit;

use super::{Desk, JPEG, PDF, brought, upload};
use crate::dealt::stored;

async fn sweep(desk: &Desk) -> usize {
    desk.world
        .sweep_files(&Actor::System, Limit::MAX)
        .await
        .unwrap()
}

#[tokio::test]
async fn files_that_became_nothing_go_with_their_previews_after_a_day_and_some_hours() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let staged = desk
        .world
        .stage_evidence(&seller, desk.deal, upload("a.jpg", JPEG), None)
        .await;
    staged.unwrap();
    assert_eq!(desk.world.blobs.ids().len(), 2);
    desk.world.advance(Span::hours(27));
    assert_eq!(sweep(&desk).await, 0, "somebody may still be at the form");
    desk.world.advance(Span::hours(2));
    assert_eq!(sweep(&desk).await, 1);
    assert!(desk.world.blobs.ids().is_empty());
    assert_eq!(sweep(&desk).await, 0);
}

#[tokio::test]
async fn evidence_stays_for_good() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    desk.world
        .add_evidence(&seller, brought(desk.deal, "a.jpg", JPEG))
        .await
        .unwrap();
    desk.world.advance(Span::days(400));
    assert_eq!(sweep(&desk).await, 0);
    assert_eq!(desk.world.blobs.ids().len(), 2);
}

#[tokio::test]
async fn evidence_stays_even_when_a_crash_kept_it_from_being_noted() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    // What a crash between the deal's commit and the note on the file leaves: the deal names the
    // file, the file's record knows nothing of it.
    let staged = desk
        .world
        .stage_evidence(&seller, desk.deal, upload("a.pdf", PDF), None)
        .await;
    let staged = staged.unwrap();
    let record = desk
        .world
        .store()
        .files()
        .find(staged.id)
        .await
        .unwrap()
        .unwrap();
    let deal = stored(&desk.world, desk.deal).await;
    let mut dealt = crate::dealt::Dealt::again(&desk.world, deal);
    dealt.seller(domain::deal::Command::AddEvidence {
        file: staged.id,
        sha256: record.sha256,
        item: None,
        note: String::new(),
    });
    dealt.commit(&desk.world).await;

    desk.world.advance(Span::days(3));
    assert_eq!(sweep(&desk).await, 1);
    assert_eq!(sweep(&desk).await, 0, "now it is noted");
    let opened = desk
        .world
        .open_file(&desk.people.buyer.actor(), staged.id)
        .await
        .unwrap();
    assert_eq!(opened.bytes, PDF);
}

#[tokio::test]
async fn nobody_sweeps_but_the_system() {
    let desk = Desk::new().await;
    let refused = desk
        .world
        .sweep_files(&desk.people.seller.actor(), Limit::MAX)
        .await;
    assert_eq!(refused.unwrap_err().code(), "FORBIDDEN");
}
