//! Another mailbox for an account.

use domain::Span;
use domain::challenge::SixDigits;
use domain::password::Password;
use services::identity::{
    ChangeEmailError, ConfirmEmailChange, EmailStopTicket, SignedIn, StartEmailChange, StartReset,
};
use services::ports::Mail;
use services::{Actor, Client};
use storage::AuditFilter;
use storage::{Limit, PageRequest};

use crate::world::{PASSWORD, World, code_in, credentials, email, wrong};

struct Asked {
    old: Mail,
    new: Mail,
}

fn to(name: &str, password: &str) -> StartEmailChange {
    StartEmailChange {
        new: email(name),
        current: Password::typed(password),
    }
}

/// Asks for another mailbox, and opens both.
async fn ask(world: &World, who: &SignedIn, client: &Client, name: &str) -> Asked {
    world
        .start_email_change(&who.actor(), client, to(name, PASSWORD))
        .await
        .unwrap();
    let mut mails = world.mails().await;
    assert_eq!(mails.len(), 2, "one letter to each mailbox");
    let at = mails
        .iter()
        .position(|mail| mail.to == email(name).as_str());
    let new = mails.remove(at.unwrap());
    let old = mails.remove(0);
    assert_eq!(old.to, who.user.email.as_str());
    Asked { old, new }
}

fn both(old: SixDigits, new: SixDigits) -> ConfirmEmailChange {
    ConfirmEmailChange {
        old_code: old,
        new_code: new,
    }
}

async fn signs_in(world: &World, name: &str) -> bool {
    let tried = world
        .sign_in(
            &Actor::Visitor,
            &world.client(),
            credentials(name, PASSWORD),
        )
        .await;
    tried.is_ok()
}

#[tokio::test]
async fn both_codes_together_change_the_mailbox() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let asked = ask(&world, &sara, &client, "new").await;
    assert!(world.find("sara").await.is_some(), "nothing happened yet");
    let waiting = world.waiting_email(&sara.actor()).await.unwrap();
    assert_eq!(waiting.as_deref(), Some("new@example.com"));
    let codes = both(code_in(&asked.old), code_in(&asked.new));
    let signed_in = world
        .confirm_email_change(&sara.actor(), &client, codes)
        .await
        .unwrap();
    assert_eq!(signed_in.user.email, email("new"));
    assert!(world.find("sara").await.is_none());
    let told = world.mails().await;
    assert_eq!(told.len(), 2, "both mailboxes hear of it");
    assert!(signs_in(&world, "new").await);
    assert!(!signs_in(&world, "sara").await);
    let old_session = world.authenticate(&sara.secret).await.unwrap();
    assert!(old_session.is_none(), "the sessions before have ended");
    let page = PageRequest::first(Limit::MAX);
    let entries = world
        .store()
        .audit()
        .list(&AuditFilter::default(), page)
        .await;
    let entries = entries.unwrap().items;
    assert!(
        entries
            .iter()
            .any(|entry| entry.entry.action == "account.change_email")
    );
}

#[tokio::test]
async fn one_code_alone_changes_nothing_and_five_tries_are_all() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let asked = ask(&world, &sara, &client, "new").await;
    let (old, new) = (code_in(&asked.old), code_in(&asked.new));
    let mut last = None;
    for (one, other) in [
        (old.clone(), wrong(&new)),
        (wrong(&old), new.clone()),
        (new.clone(), old.clone()),
        (old.clone(), old.clone()),
        (new.clone(), new.clone()),
    ] {
        let tried = world
            .confirm_email_change(&sara.actor(), &client, both(one, other))
            .await;
        last = tried.err();
    }
    assert!(matches!(
        last,
        Some(ChangeEmailError::WrongCode { left: 0 })
    ));
    let late = world
        .confirm_email_change(&sara.actor(), &client, both(old, new))
        .await;
    assert!(matches!(late, Err(ChangeEmailError::CodeSpent)));
    assert!(world.find("sara").await.is_some());
}

#[tokio::test]
async fn nobody_learns_that_the_new_mailbox_has_an_account() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    world.sign_up("omid").await;
    let client = world.client();
    let asked = ask(&world, &sara, &client, "omid").await;
    assert!(
        asked.new.subject.contains("already have"),
        "its owner is told"
    );
    let old = code_in(&asked.old);
    let tried = world
        .confirm_email_change(&sara.actor(), &client, both(old.clone(), old))
        .await;
    assert!(matches!(tried, Err(ChangeEmailError::WrongCode { .. })));
    assert!(signs_in(&world, "omid").await);
}

#[tokio::test]
async fn of_two_who_want_one_mailbox_one_gets_it() {
    let world = World::new();
    let (sara, omid) = (world.sign_up("sara").await, world.sign_up("omid").await);
    let client = world.client();
    let first = ask(&world, &sara, &client, "new").await;
    let second = ask(&world, &omid, &client, "new").await;
    let codes = both(code_in(&first.old), code_in(&first.new));
    world
        .confirm_email_change(&sara.actor(), &client, codes)
        .await
        .unwrap();
    let codes = both(code_in(&second.old), code_in(&second.new));
    let late = world
        .confirm_email_change(&omid.actor(), &client, codes)
        .await;
    assert!(matches!(late, Err(ChangeEmailError::CodeSpent)));
    assert!(signs_in(&world, "omid").await);
}

#[tokio::test]
async fn the_password_is_asked_for_with_the_same_locks_as_signing_in() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let mut last = None;
    for _ in 0..6 {
        let tried = world
            .start_email_change(&sara.actor(), &client, to("new", "another word here"))
            .await;
        last = tried.err();
    }
    assert!(matches!(last, Some(ChangeEmailError::Locked { .. })));
    assert!(world.mails().await.is_empty());
    let same = world
        .start_email_change(&sara.actor(), &world.client(), to("sara", PASSWORD))
        .await;
    assert!(matches!(same, Err(ChangeEmailError::SameEmail)));
}

#[tokio::test]
async fn the_link_in_the_mailbox_before_stops_it_and_signs_everybody_out() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let asked = ask(&world, &sara, &client, "thief").await;
    let link = asked.old.text.split("ticket=").nth(1).unwrap();
    let ticket: EmailStopTicket = link.split_whitespace().next().unwrap().parse().unwrap();
    let visitor = Actor::Visitor;
    world
        .stop_email_change(&visitor, &world.client(), &ticket)
        .await
        .unwrap();
    let codes = both(code_in(&asked.old), code_in(&asked.new));
    let late = world
        .confirm_email_change(&sara.actor(), &client, codes)
        .await;
    assert!(matches!(late, Err(ChangeEmailError::CodeSpent)));
    let user = world.find("sara").await.unwrap();
    assert!(user.payouts_blocked(world.now()).is_some());
    let again = world
        .stop_email_change(&visitor, &world.client(), &ticket)
        .await;
    assert!(matches!(again, Err(ChangeEmailError::CodeSpent)));
}

#[tokio::test]
async fn codes_that_lie_in_the_mailbox_before_count_no_more() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let reset = StartReset {
        email: email("sara"),
    };
    world
        .start_reset(&Actor::Visitor, &world.client(), reset)
        .await
        .unwrap();
    let reset = code_in(&world.only_mail().await);
    let asked = ask(&world, &sara, &client, "new").await;
    let codes = both(code_in(&asked.old), code_in(&asked.new));
    world
        .confirm_email_change(&sara.actor(), &client, codes)
        .await
        .unwrap();
    let reset = services::identity::ResetPassword {
        email: email("new"),
        code: reset,
        new: Password::typed("slow boats row at dusk"),
    };
    let tried = world
        .reset_password(&Actor::Visitor, &world.client(), reset)
        .await;
    assert!(tried.is_err());
}

#[tokio::test]
async fn the_codes_count_for_thirty_minutes() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let asked = ask(&world, &sara, &client, "new").await;
    world.advance(Span::minutes(30));
    let codes = both(code_in(&asked.old), code_in(&asked.new));
    let late = world
        .confirm_email_change(&sara.actor(), &client, codes)
        .await;
    assert!(matches!(late, Err(ChangeEmailError::CodeSpent)));
}
