//! Receipts: what they open, and that no change to one stays hidden.

mod changing;
mod opening;
mod reading;

use domain::deal::{Command, DeadlineKind, Deal, EvidenceItem, Party, State};
use domain::receipt::{Issuer, PublicKey, Receipt, SigningKey};

use crate::world::{World, address, evidence, usd};

const SALT_KEY: &[u8] = b"salts for tests";
const SITE: &str = "https://amn.example";
const BOTH: [Party; 2] = [Party::Buyer, Party::Seller];

fn key() -> SigningKey {
    SigningKey::from_seed([7; 32])
}

fn known() -> [PublicKey; 1] {
    [key().public()]
}

/// The receipt of a deal for one of its parties.
fn receipt(deal: &Deal, holder: Party) -> Receipt {
    let issuer = Issuer {
        site: SITE,
        key: &key(),
        salt_key: SALT_KEY,
    };
    Receipt::issue(deal, holder, &issuer)
}

/// A deal with a bit of everything: evidence, a dispute with words of both, a ruling, two payouts.
fn eventful() -> World {
    let mut world = World::shipped();
    world.seller(evidence(1, Some(EvidenceItem::PhotoOfParcel)));
    world.open_dispute(Party::Buyer).answer(Party::Seller);
    world.hold("joe").lift();
    world.draw("ann").rule("ann", usd(50));
    world.wait_for(DeadlineKind::Appeal).pay_out();
    world.expect(State::Split);
    world
}

/// The one that is kept in `receipt-1.json`.
fn sample() -> Receipt {
    receipt(&eventful().deal, Party::Buyer)
}

#[test]
fn every_deal_has_a_receipt_that_holds_for_each_of_its_parties() {
    for (name, world) in crate::fixtures::starts() {
        for holder in BOTH {
            let issued = receipt(&world.deal, holder);
            let read = Receipt::read(issued.to_json().as_bytes()).unwrap();
            assert_eq!(read, issued, "{name}");
            assert_eq!(read.check(&known()), Ok(()), "{name}");
            assert_eq!(read.events.len(), world.deal.events.len(), "{name}");
            assert_eq!(read.payouts.len(), world.deal.legs.len(), "{name}");
        }
    }
}

#[test]
fn the_same_deal_has_the_same_receipt_to_the_byte() {
    let one = sample().to_json();
    assert_eq!(one, sample().to_json());
}

#[test]
fn a_later_receipt_begins_with_all_the_events_of_an_earlier_one() {
    let mut world = World::funded();
    let before = receipt(&world.deal, Party::Seller);
    world.ship().buyer(Command::MakeCode);
    let after = receipt(&world.deal, Party::Buyer);
    assert_eq!(links(&before), links(&after)[..before.events.len()]);
}

#[test]
fn a_receipt_of_the_first_version_is_read_for_ever() {
    let kept = include_str!("receipt-1.json");
    assert_eq!(
        sample().to_json(),
        kept,
        "the format changed: it needs another version"
    );
    let read = Receipt::read(kept.as_bytes()).unwrap();
    assert_eq!(read.check(&known()), Ok(()));
}

/// The links of the events, as the file has them.
fn links(receipt: &Receipt) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&receipt.to_json()).unwrap();
    let events = json.get("events").and_then(|events| events.as_array());
    let events = events.unwrap().iter();
    events
        .map(|event| event.get("link").unwrap().to_string())
        .collect()
}

/// An address of the tests, as it would stand in a file.
fn address_text(last: char) -> String {
    address(last).as_str().to_owned()
}
