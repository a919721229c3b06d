//! Reading what claims to be a receipt: everything else is refused, and nothing breaks.

use domain::receipt::{NoReceipt, RECEIPT_BYTES_MAX, Receipt};
use proptest::prelude::*;

use super::{known, sample};

fn is_refused(text: &str) -> bool {
    Receipt::read(text.as_bytes()).is_err()
}

#[test]
fn what_is_no_receipt_is_refused() {
    let file = sample().to_json();
    let cut = &file[..file.len() / 2];
    for text in [
        "",
        "{}",
        "[]",
        "null",
        "7",
        "\"amn-receipt\"",
        cut,
        "\u{0}",
        "<html>",
    ] {
        assert!(is_refused(text), "{text}");
    }
    assert!(is_refused(&format!("{file}{file}")));
    assert!(is_refused(&file.replacen("amn-receipt", "amn-invoice", 1)));
}

#[test]
fn a_later_version_is_called_so() {
    let later = sample()
        .to_json()
        .replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(Receipt::read(later.as_bytes()), Err(NoReceipt::Version(2)));
}

#[test]
fn a_name_that_stands_twice_is_refused_wherever_it_stands() {
    let file = sample().to_json();
    for name in [
        "format",
        "version",
        "site",
        "holder",
        "terms",
        "events",
        "signature",
        "key",
    ] {
        let start = file.find(&format!("\"{name}\":")).unwrap();
        let twice = format!("{}\"{name}\":1,{}", &file[..start], &file[start..]);
        assert!(is_refused(&twice), "{name}");
    }
    for (once, twice) in [
        ("{\"seq\":1,", "{\"seq\":1,\"seq\":1,"),
        ("{\"name\":\"at\",", "{\"name\":\"at\",\"name\":\"at\","),
        ("{\"leg\":", "{\"leg\":\"x\",\"leg\":"),
    ] {
        assert!(file.contains(once), "{once}");
        assert!(is_refused(&file.replacen(once, twice, 1)), "{twice}");
    }
}

#[test]
fn a_field_that_stands_twice_in_an_entry_breaks_it() {
    let mut receipt = sample();
    let again = receipt.events[0].fields[0].clone();
    receipt.events[0].fields.insert(0, again);
    assert!(receipt.check(&known()).is_err());
}

#[test]
fn what_nobody_knows_is_refused_wherever_it_stands() {
    let file = sample().to_json();
    for (place, with) in [
        ("{\"format\":", "{\"more\":1,\"format\":"),
        ("{\"seq\":1,", "{\"more\":1,\"seq\":1,"),
        ("{\"name\":\"at\",", "{\"more\":1,\"name\":\"at\","),
        ("{\"leg\":", "{\"more\":1,\"leg\":"),
    ] {
        assert!(is_refused(&file.replacen(place, with, 1)), "{with}");
    }
}

#[test]
fn numbers_of_any_size_and_shape_are_refused_or_found() {
    let file = sample().to_json();
    for number in [
        "-1",
        "0",
        "1.0",
        "1e0",
        "01",
        "1e999",
        "99999999999999999999999999",
        "null",
    ] {
        let text = file.replacen("{\"seq\":1,", &format!("{{\"seq\":{number},"), 1);
        let is_found =
            Receipt::read(text.as_bytes()).map_or(true, |receipt| receipt.check(&known()).is_err());
        assert!(is_found, "{number}");
    }
}

#[test]
fn capitals_and_other_ways_to_write_the_same_are_refused() {
    let file = sample().to_json();
    for name in ["deal", "key", "signature", "link", "salt", "closed"] {
        let start = file.find(&format!("\"{name}\":\"")).unwrap() + name.len() + 4;
        let end = start + file[start..].find('"').unwrap();
        let capitals = file[start..end].to_uppercase();
        assert_ne!(capitals, &file[start..end], "{name} has a letter");
        let text = format!("{}{capitals}{}", &file[..start], &file[end..]);
        assert!(is_refused(&text), "{name}");
    }
}

#[test]
fn depth_and_size_have_bounds() {
    let deep = "[".repeat(100_000);
    assert!(is_refused(&deep));
    let file = sample().to_json();
    assert!(is_refused(&file.replacen(
        "\"terms\":",
        &format!("\"terms\":{deep},\"x\":"),
        1
    )));
    let large = format!("{file}{}", " ".repeat(RECEIPT_BYTES_MAX));
    assert_eq!(Receipt::read(large.as_bytes()), Err(NoReceipt::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(read) = Receipt::read(&bytes) {
            prop_assert!(read.check(&known()).is_err());
        }
    }

    #[test]
    fn no_piece_put_into_a_receipt_breaks_the_reader(
        place in any::<prop::sample::Index>(),
        length in 0_usize..80,
        piece in "[ -~]{0,12}|[\\[\\]{}\",:0-9eE.+-]{0,12}|\\PC{0,6}",
    ) {
        let sound = sample();
        let mut bytes = sound.to_json().into_bytes();
        let place = place.index(bytes.len());
        let end = bytes.len().min(place + length);
        bytes.splice(place..end, piece.bytes());
        if let Ok(read) = Receipt::read(&bytes) {
            prop_assert!(read == sound || read.check(&known()).is_err());
        }
    }
}
