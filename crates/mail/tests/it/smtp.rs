//! What goes over the wire, and what an answer means.

use mail::{SmtpMailer, SmtpSettings};
use services::ports::{Mail, MailError, Mailer};

use crate::server::{Verdict, first_bytes, plain};

const FROM: &str = "Amn <post@amn.example>";
const TLS_HANDSHAKE: u8 = 0x16;

fn letter() -> Mail {
    Mail {
        id: uuid::Uuid::from_u128(7),
        to: "sara@example.com".into(),
        subject: "کد شما".into(),
        text: "Code 418 206".into(),
        html: "<p>Code 418 206</p>".into(),
    }
}

fn mailer(url: &str) -> SmtpMailer {
    SmtpMailer::new(&SmtpSettings::from_url(url, FROM).unwrap()).unwrap()
}

/// What comes of a letter to such a server.
async fn sent(verdict: Verdict) -> Result<(), MailError> {
    let (port, _heard) = plain(verdict).await;
    mailer(&format!("smtp://127.0.0.1:{port}"))
        .send(&letter())
        .await
}

#[tokio::test]
async fn a_letter_goes_as_text_and_html_with_a_name_of_its_own() {
    let (port, heard) = plain(Verdict::Accept).await;
    mailer(&format!("smtp://127.0.0.1:{port}"))
        .send(&letter())
        .await
        .unwrap();
    let heard = heard.await.unwrap().join("\n");
    for said in [
        "MAIL FROM:<post@amn.example>",
        "RCPT TO:<sara@example.com>",
        "From: Amn <post@amn.example>",
        "Message-ID: <00000000-0000-0000-0000-000000000007@amn.example>",
        "Auto-Submitted: auto-generated",
        "multipart/alternative",
        "Code 418 206",
        "<p>Code 418 206</p>",
    ] {
        assert!(heard.contains(said), "{said} in:\n{heard}");
    }
}

#[tokio::test]
async fn a_busy_server_is_worth_another_try_and_a_refusal_is_not() {
    let busy = sent(Verdict::Answer("451 try again later")).await;
    assert!(matches!(busy, Err(MailError::Unavailable(_))), "{busy:?}");
    for answer in [
        "550 no such mailbox",
        "551 not here",
        "552 too large",
        "553 no such name",
    ] {
        let refused = sent(Verdict::Answer(answer)).await;
        assert!(matches!(refused, Err(MailError::Refused(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_us_and_not_the_letter_is_worth_another_try() {
    for verdict in [
        Verdict::Answer("530 authentication required"),
        Verdict::Answer("535 bad credentials"),
        Verdict::Answer("554 not from you"),
        Verdict::Greet("554 no service for you"),
    ] {
        let answer = sent(verdict).await;
        assert!(
            matches!(answer, Err(MailError::Unavailable(_))),
            "{verdict:?}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_worth_another_try() {
    let (port, heard) = plain(Verdict::Accept).await;
    heard.abort();
    let _ = heard.await;
    let gone = mailer(&format!("smtp://127.0.0.1:{port}"))
        .send(&letter())
        .await;
    assert!(matches!(gone, Err(MailError::Unavailable(_))), "{gone:?}");
}

#[tokio::test]
async fn a_line_break_in_a_mailbox_or_subject_adds_no_header() {
    let mailer = mailer("smtp://127.0.0.1:9");
    let mail = Mail {
        to: "sara@example.com\r\nBcc: all@example.com".into(),
        ..letter()
    };
    assert!(matches!(
        mailer.send(&mail).await,
        Err(MailError::Refused(_))
    ));

    let (port, heard) = plain(Verdict::Accept).await;
    let mail = Mail {
        subject: "Hello\r\nBcc: all@example.com".into(),
        ..letter()
    };
    let plain_mailer = self::mailer(&format!("smtp://127.0.0.1:{port}"));
    plain_mailer.send(&mail).await.unwrap();
    let heard = heard.await.unwrap();
    assert!(
        heard.iter().all(|line| !line.starts_with("Bcc:")),
        "{heard:?}"
    );
}

/// A password on a loopback address asks for STARTTLS; this server does not offer it.
#[tokio::test]
async fn without_starttls_nothing_is_said_to_a_server_that_should_have_it() {
    let (port, heard) = plain(Verdict::Accept).await;
    let (user, password) = (Some("user".into()), Some("hunter2".into()));
    let settings = SmtpSettings::from_parts("127.0.0.1", Some(port), user, password, FROM);
    let mailer = SmtpMailer::new(&settings.unwrap()).unwrap();
    assert!(mailer.send(&letter()).await.is_err());
    drop(mailer);
    let heard = heard.await.unwrap();
    let verbs = ["AUTH", "MAIL", "DATA"];
    let said = |verb: &str| heard.iter().any(|line| line.starts_with(verb));
    assert!(!verbs.into_iter().any(said), "{heard:?}");
}

#[tokio::test]
async fn starttls_turns_to_tls_before_anything_is_said() {
    let (port, heard) = first_bytes(true).await;
    let (user, password) = (Some("user".into()), Some("hunter2".into()));
    let settings = SmtpSettings::from_parts("127.0.0.1", Some(port), user, password, FROM);
    let mailer = SmtpMailer::new(&settings.unwrap()).unwrap();
    assert!(mailer.send(&letter()).await.is_err(), "the server hangs up");
    assert_eq!(heard.await.unwrap()[0], TLS_HANDSHAKE);
}

#[tokio::test]
async fn tls_begins_with_the_first_byte() {
    let (port, heard) = first_bytes(false).await;
    let mailer = mailer(&format!("smtps://user:hunter2@127.0.0.1:{port}"));
    assert!(mailer.send(&letter()).await.is_err(), "the server hangs up");
    assert_eq!(heard.await.unwrap()[0], TLS_HANDSHAKE);
}
