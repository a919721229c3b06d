//! Whatever strangers type, no parser of it stumbles, and what is taken is written as it was read.
//!
//! A short run here; a long one by `PROPTEST_CASES=1000000 cargo test -p services --test it parsers`.

use std::str::FromStr;

use domain::challenge::SixDigits;
use domain::deal::{DeliveryCode, Destination, DisputeCategory, EvidenceItem, LegId, ProductKind};
use domain::digest::Digest;
use domain::id::{CommandKey, DealId, FileId};
use domain::link::WebLink;
use domain::password::Password;
use domain::postal::Country;
use domain::price::{Currency, Price};
use domain::text::{Block, Line};
use domain::user::PersonName;
use domain::{Asset, Email, Language, Network, Role, Token, Units};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use services::Secret;
use services::identity::{RefreshToken, SignUpTicket};
use services::payments::PaymentId;
use services::payout_addresses::StopTicket;
use services::ports::gateway::ExternalId;
use storage::{Cursor, search};

/// Pieces of what is right, and of what is meant to hurt.
const PIECES: [&str; 48] = [
    "0",
    "1",
    "9",
    "۱",
    "٩",
    "１",
    ".",
    "٫",
    ",",
    "-",
    "+",
    "e",
    "0x",
    "T",
    "@",
    "example.com",
    "a",
    "ä",
    "ﷺ",
    "\u{202e}",
    "\u{200c}",
    "\u{200d}",
    "\u{feff}",
    "\u{0}",
    "\r\n",
    "\t",
    " ",
    "/",
    "//",
    "\\",
    "..",
    "%00",
    "%",
    "#",
    "?",
    "&",
    "=",
    "\"",
    "'",
    "<",
    "{",
    "}",
    "[",
    "👩‍👧",
    "https://",
    "340282366920938463463374607431768211456",
    "seller",
    "01937265-5a10-7cc4-9d2e-",
];

/// What ends a line, and so a header.
const BREAKS: [char; 2] = ['\r', '\n'];
/// What turns the words around it, or is nothing at all.
const UNSEEN: [char; 2] = ['\0', '\u{202e}'];

fn typed() -> impl Strategy<Value = String> {
    let pieces = vec(proptest::sample::select(&PIECES[..]), 0..40);
    prop_oneof![
        3 => pieces.prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "[0-9a-fA-Fx.]{0,80}",
    ]
}

fn cases() -> ProptestConfig {
    let asked = ProptestConfig::default().cases;
    let mut config = ProptestConfig::with_cases(asked.max(4_000));
    // A long run looks where no earlier one did.
    if asked < config.cases {
        config.rng_seed = RngSeed::Fixed(20_261_128);
    }
    config
}

/// What is read and written again is what was read.
fn comes_back<T: FromStr + ToString + PartialEq>(text: &str) -> bool {
    text.parse::<T>().ok().is_none_or(|read| {
        let again = read.to_string().parse::<T>().ok();
        again == Some(read)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn amounts_are_read_exactly_or_not_at_all(text in typed(), decimals in 0_u8..=18) {
        if let Ok(read) = Units::parse(&text, decimals) {
            prop_assert_eq!(Units::parse(&read.to_plain(decimals), decimals).ok(), Some(read));
        }
        let prices = [Token::Usdt, Token::Usdc].map(|token| Price::parse(&text, token).is_ok());
        prop_assert_eq!(prices[0], prices[1]);
    }

    #[test]
    fn addresses_have_the_shape_of_their_network_or_are_refused(text in typed()) {
        for asset in Asset::all() {
            let taken = Destination::new(asset, text.as_str()).is_some();
            prop_assert_eq!(taken, asset.network().has_shape_of_address(&text));
            prop_assert!(!taken || text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
    }

    #[test]
    fn words_for_people_hold_no_line_break_and_nothing_unseen(text in typed()) {
        if let Ok(line) = Line::<80>::new(&text) {
            prop_assert!(!line.as_str().contains(UNSEEN) && !line.as_str().contains(BREAKS));
            prop_assert!(!line.as_str().is_empty());
        }
        if let Ok(block) = Block::<200>::new(&text) {
            prop_assert!(!block.as_str().contains(UNSEEN));
        }
        drop(PersonName::new(&text));
        drop(Password::typed(&text).choose(&["sara"]));
    }

    #[test]
    fn mailboxes_and_links_hold_nothing_that_ends_a_header(text in typed()) {
        if let Ok(email) = Email::new(&text) {
            prop_assert!(!email.as_str().contains(BREAKS) && !email.as_str().contains(UNSEEN));
        }
        prop_assert!(comes_back::<Email>(&text));
        if let Ok(link) = WebLink::new(&text) {
            let link = link.as_str();
            prop_assert!(link.starts_with("http://") || link.starts_with("https://"), "{}", link);
        }
    }

    #[test]
    fn codes_and_keys_are_taken_or_refused(text in typed()) {
        if let Ok(code) = SixDigits::new(&text) {
            prop_assert!(code.as_str().bytes().all(|byte| byte.is_ascii_digit()));
        }
        if let Some(code) = DeliveryCode::parse(&text) {
            prop_assert!(DeliveryCode::parse(&code.to_spoken()) == Some(code));
        }
        if let Ok(key) = CommandKey::new(text.clone()) {
            prop_assert!(key.as_str().is_ascii() && key.as_str().len() <= 128);
        }
        for known in [
            Network::from_code(&text).is_some(),
            Token::from_code(&text).is_some(),
            Currency::from_code(&text).is_some(),
            Role::from_code(&text).is_some(),
            Language::from_code(&text).is_some(),
            ProductKind::from_code(&text).is_some(),
            EvidenceItem::from_code(&text).is_some(),
            DisputeCategory::from_code(&text).is_some(),
        ] {
            prop_assert!(!known || text.is_ascii());
        }
    }

    #[test]
    fn names_of_things_come_back_as_they_were(text in typed()) {
        prop_assert!(comes_back::<DealId>(&text) && comes_back::<FileId>(&text));
        prop_assert!(comes_back::<LegId>(&text) && comes_back::<Digest>(&text));
        prop_assert!(text.parse::<Country>().is_err() || text.is_ascii());
        drop(text.parse::<PaymentId>());
        if let Ok(id) = ExternalId::new(text.as_str()) {
            drop((id.leg(), id.joint(), id.intent()));
        }
    }

    #[test]
    fn tokens_cookies_and_cursors_are_taken_or_refused(text in typed()) {
        drop(text.parse::<Secret>());
        drop(text.parse::<RefreshToken>());
        drop(text.parse::<SignUpTicket>());
        drop(text.parse::<StopTicket>());
        if let Ok(cursor) = Cursor::parse(&text) {
            prop_assert_eq!(Cursor::parse(&cursor.to_string()).ok(), Some(cursor));
        }
    }

    #[test]
    fn a_question_to_the_search_is_a_few_plain_words(text in typed()) {
        for word in search::asked_words(&text) {
            prop_assert!(!word.is_empty() && !word.contains(char::is_whitespace));
        }
        drop(search::stored_words(&text, &text));
    }
}
