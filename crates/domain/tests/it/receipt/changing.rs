//! Whatever is changed in a receipt is found, and the part is named.

use domain::deal::Party;
use domain::receipt::{Fault, Issuer, Part, Receipt, SigningKey};
use proptest::prelude::*;
use serde_json::Value;

use super::{SALT_KEY, SITE, eventful, known, receipt, sample};
use crate::world::World;

/// The sample's file as a tree, changed and read again.
fn changed(change: impl FnOnce(&mut Value)) -> Result<(), Fault> {
    let mut json: Value = serde_json::from_str(&sample().to_json()).unwrap();
    change(&mut json);
    let read = Receipt::read(json.to_string().as_bytes()).unwrap();
    read.check(&known())
}

/// Puts another text in the place of this one.
fn replace(place: &mut Value, with: &str) {
    assert_ne!(place.as_str().unwrap(), with);
    *place = Value::from(with);
}

/// Whether changing this one byte goes unnoticed though the receipt says something else.
fn is_missed(file: &[u8], sound: &Receipt, place: usize, byte: u8) -> bool {
    let mut bytes = file.to_vec();
    *bytes.get_mut(place).unwrap() = byte;
    let Ok(read) = Receipt::read(&bytes) else {
        return false;
    };
    // A space for the line break at the end is no change.
    read != *sound && read.check(&known()).is_ok()
}

#[test]
fn no_byte_of_a_receipt_can_be_changed_unnoticed() {
    let sound = receipt(&World::new().deal, Party::Buyer);
    let file = sound.to_json().into_bytes();
    for place in 0..file.len() {
        for byte in [file[place] ^ 1, file[place] ^ 0x20, b'0', b'a', b'"'] {
            let told = String::from_utf8_lossy(&file[..place]);
            assert!(
                !is_missed(&file, &sound, place, byte),
                "{byte} after {told}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_byte_of_any_receipt_can_be_changed_to_any_other(
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let starts = crate::fixtures::starts();
        let (name, world) = which.get(&starts);
        let sound = receipt(&world.deal, Party::Seller);
        let file = sound.to_json().into_bytes();
        let place = place.index(file.len());
        prop_assert!(!is_missed(&file, &sound, place, byte), "byte {} of {}", place, name);
    }
}

#[test]
fn a_changed_event_is_named_whatever_of_it_was_changed() {
    let last = sample().events.len();
    for event in 1..=last {
        let altered = Err(Fault::Altered(Part::Event(event.try_into().unwrap())));
        let field = |json: &mut Value, name: &str, with: &str| {
            let fields = json["events"][event - 1]["fields"].as_array_mut().unwrap();
            let open = fields.iter_mut().find(|field| field.get(name).is_some());
            if let Some(field) = open {
                replace(&mut field[name], with);
            } else {
                fields.pop();
            }
        };
        assert_eq!(changed(|json| field(json, "value", "1")), altered);
        assert_eq!(
            changed(|json| field(json, "salt", &"0".repeat(32))),
            altered
        );
        assert_eq!(
            changed(|json| field(json, "closed", &"0".repeat(64))),
            altered
        );
        let link =
            |json: &mut Value| replace(&mut json["events"][event - 1]["link"], &"0".repeat(64));
        assert_eq!(changed(link), altered);
    }
}

#[test]
fn changed_terms_and_payouts_are_named() {
    let value = |fields: &mut Value| {
        let mut fields = fields.as_array_mut().unwrap().iter_mut();
        let open = fields.find(|field| field.get("value").is_some()).unwrap();
        replace(&mut open["value"], "1");
    };
    let terms = changed(|json| value(&mut json["terms"]["fields"]));
    assert_eq!(terms, Err(Fault::Altered(Part::Terms)));
    let payout = changed(|json| value(&mut json["payouts"][1]["entry"]["fields"]));
    let name = sample().payouts[1].leg.clone();
    assert_eq!(payout, Err(Fault::Altered(Part::Payout(name))));
}

#[test]
fn a_left_out_event_is_missed_wherever_it_stood() {
    for event in [1, 5, sample().events.len()] {
        let cut = |json: &mut Value| drop(json["events"].as_array_mut().unwrap().remove(event - 1));
        assert_eq!(changed(cut), Err(Fault::Missing(event.try_into().unwrap())));
    }
}

#[test]
fn what_stands_outside_the_chain_is_signed_too() {
    let others = [
        ("site", Value::from("https://amn.example.com")),
        ("deal", Value::from("00000000-0000-0000-0000-000000000000")),
        ("holder", Value::from("seller")),
        ("state", Value::from("released")),
        ("as_of", Value::from(1)),
        (
            "key",
            Value::from(SigningKey::from_seed([8; 32]).public().to_string()),
        ),
        ("signature", Value::from("1".repeat(128))),
    ];
    for (name, other) in others {
        let found = changed(|json| json[name] = other);
        assert_eq!(found, Err(Fault::Unsigned), "{name}");
    }
    let payouts = changed(|json| json["payouts"] = Value::Array(Vec::new()));
    assert_eq!(payouts, Err(Fault::Unsigned));
}

#[test]
fn a_receipt_made_anew_with_another_key_is_known_by_its_key() {
    let stranger = SigningKey::from_seed([8; 32]);
    let issuer = Issuer {
        site: SITE,
        key: &stranger,
        salt_key: SALT_KEY,
    };
    let forged = Receipt::issue(&eventful().deal, Party::Buyer, &issuer);
    assert_eq!(
        forged.check(&known()),
        Err(Fault::OtherKey(stranger.public()))
    );
    assert_eq!(
        forged.check(&[]),
        Ok(()),
        "it is whole by the key that it carries"
    );
}

#[test]
fn a_receipt_by_an_earlier_key_holds_as_long_as_that_key_is_known() {
    let newer = SigningKey::from_seed([9; 32]).public();
    assert_eq!(sample().check(&[newer, known()[0]]), Ok(()));
}
