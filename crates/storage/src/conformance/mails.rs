//! Messages on their way out.

use std::sync::Arc;

use super::{id, noon_plus, read_all};
use crate::{Added, KeepBody, Limit, MailState, OutgoingMail, Store};

fn mail(number: u32, to: &str) -> OutgoingMail {
    OutgoingMail {
        id: id!(MailId, number),
        to: to.into(),
        subject: "Your code".into(),
        text: "123456".into(),
        html: "<p>123456</p>".into(),
        state: MailState::Queued,
        attempts: 0,
        send_after: noon_plus(number),
        created_at: noon_plus(number),
        expires_at: noon_plus(number + 60),
        last_error: None,
    }
}

async fn due(store: &dyn Store, minutes: u32) -> Vec<OutgoingMail> {
    let mails = store.mails();
    mails
        .list_due(noon_plus(minutes), Limit::MAX)
        .await
        .unwrap()
}

pub(crate) async fn a_message_is_queued_once(store: Arc<dyn Store>) {
    let mails = store.mails();
    let mail = mail(1, "a@b.c");
    assert_eq!(mails.queue(&mail).await.unwrap(), Added::Now);
    let at = noon_plus(2);
    mails.mark_sent(mail.id, at, KeepBody::Yes).await.unwrap();
    assert_eq!(mails.queue(&mail).await.unwrap(), Added::Before);
    assert!(due(&*store, 9).await.is_empty(), "it is not sent again");
}

pub(crate) async fn messages_are_due_in_the_order_of_their_turn(store: Arc<dyn Store>) {
    for number in [4, 1, 3, 2] {
        let mail = mail(number, "a@b.c");
        store.mails().queue(&mail).await.unwrap();
    }
    let ids: Vec<_> = due(&*store, 3).await.iter().map(|mail| mail.id).collect();
    assert_eq!(ids, [1, 2, 3].map(|number| id!(MailId, number)));
}

pub(crate) async fn an_expired_message_is_not_sent(store: Arc<dyn Store>) {
    store.mails().queue(&mail(1, "a@b.c")).await.unwrap();
    assert_eq!(due(&*store, 60).await.len(), 1);
    assert!(due(&*store, 61).await.is_empty());
}

pub(crate) async fn a_sent_message_forgets_its_text_unless_told_otherwise(store: Arc<dyn Store>) {
    let mails = store.mails();
    for (number, keep, text) in [(1, KeepBody::No, ""), (2, KeepBody::Yes, "123456")] {
        let mail = mail(number, "a@b.c");
        mails.queue(&mail).await.unwrap();
        mails.mark_sent(mail.id, noon_plus(9), keep).await.unwrap();
        let stored = mails.find(mail.id).await.unwrap().unwrap();
        assert_eq!(stored.text, text);
        assert_eq!(stored.html.is_empty(), text.is_empty());
        assert_eq!(stored.state, MailState::Sent { at: noon_plus(9) });
        assert_eq!(stored.attempts, 1);
    }
    assert!(due(&*store, 99).await.is_empty());
}

pub(crate) async fn a_failed_message_comes_again_or_not_at_all(store: Arc<dyn Store>) {
    let mails = store.mails();
    let mail = mail(1, "a@b.c");
    mails.queue(&mail).await.unwrap();
    let fail = async |at, again| {
        let again: Option<u32> = again;
        let again = again.map(noon_plus);
        let error = "450 try later";
        mails
            .mark_failed(mail.id, noon_plus(at), again, error)
            .await
    };
    fail(1, Some(5)).await.unwrap();
    assert!(due(&*store, 4).await.is_empty());
    let again = due(&*store, 5).await;
    assert_eq!(again[0].attempts, 1);
    assert_eq!(again[0].last_error.as_deref(), Some("450 try later"));
    fail(5, None).await.unwrap();
    assert!(due(&*store, 99).await.is_empty());
    let stored = mails.find(mail.id).await.unwrap().unwrap();
    assert_eq!(stored.state, MailState::Failed { at: noon_plus(5) });
    mails.queue_again(mail.id, noon_plus(7)).await.unwrap();
    assert!(due(&*store, 6).await.is_empty());
    assert_eq!(due(&*store, 7).await[0].attempts, 0, "as if it were new");

    let at = noon_plus(6);
    mails.mark_sent(mail.id, at, KeepBody::No).await.unwrap();
    fail(7, Some(8)).await.unwrap();
    mails.queue_again(mail.id, noon_plus(8)).await.unwrap();
    let stored = mails.find(mail.id).await.unwrap().unwrap();
    assert_eq!(stored.state, MailState::Sent { at }, "sent stays sent");
}

pub(crate) async fn messages_are_listed_by_mailbox(store: Arc<dyn Store>) {
    let mails = store.mails();
    for number in 0..10 {
        let to = if number % 2 == 0 {
            "even@b.c"
        } else {
            "odd@b.c"
        };
        mails.queue(&mail(number, to)).await.unwrap();
    }
    let count = async |to| read_all(3, |page| mails.list(to, page)).await.len();
    assert_eq!(count(None).await, 10);
    assert_eq!(count(Some("even@b.c")).await, 5);
    assert_eq!(count(Some("nobody@b.c")).await, 0);
}
