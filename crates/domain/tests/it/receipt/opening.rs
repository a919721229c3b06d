//! What stands open in whose receipt.

use domain::deal::Party;
use domain::receipt::{Content, Field};

use super::{BOTH, address_text, eventful, known, links, receipt, sample};
use crate::world::{claim, user};

#[test]
fn both_parties_have_one_chain_and_each_opens_what_is_theirs() {
    let deal = eventful().deal;
    let [buyer, seller] = BOTH.map(|holder| receipt(&deal, holder));
    assert_eq!(links(&buyer), links(&seller));
    let open = |text: &str| [&buyer, &seller].map(|receipt| receipt.to_json().contains(text));
    let statement = claim().statement;
    assert_eq!(open(&statement), [true, false], "the buyer's words");
    assert_eq!(
        open("It is the one in the offer"),
        [false, true],
        "the seller's words"
    );
    assert_eq!(
        open(&address_text('b')),
        [true, false],
        "where the buyer is paid"
    );
    assert_eq!(
        open(&address_text('5')),
        [false, true],
        "where the seller is paid"
    );
    assert_eq!(
        open("As the photographs show"),
        [true, true],
        "a ruling is for both"
    );
    assert_eq!(open("A camera"), [true, true], "what was bought");
}

#[test]
fn staff_are_named_in_no_receipt_and_what_passes_between_them_is_closed() {
    let deal = eventful().deal;
    for holder in BOTH {
        let receipt = receipt(&deal, holder);
        for name in ["ann", "joe", "kim"] {
            let id = user(name).to_string();
            assert!(!receipt.to_json().contains(&id), "{name} for {holder:?}");
        }
        let turned = deal
            .events
            .iter()
            .position(|event| event.body.kind() == "key_turned");
        let turned = &receipt.events[turned.unwrap()];
        let is_closed = |content: &Content| matches!(content, Content::Closed(_));
        assert!(turned.fields.iter().all(|field| is_closed(field.content())));
        // The names of its fields would tell what it is.
        assert_eq!(turned.fields.len(), 1);
    }
}

#[test]
fn the_digest_of_the_terms_is_closed_since_it_has_no_salt() {
    let deal = eventful().deal;
    let digest = deal.terms.hash().to_string();
    for holder in BOTH {
        assert!(!receipt(&deal, holder).to_json().contains(&digest));
    }
}

#[test]
fn evidence_stands_in_every_receipt_by_its_digest() {
    let deal = eventful().deal;
    for holder in BOTH {
        let found: Vec<_> = receipt(&deal, holder)
            .evidence()
            .map(ToOwned::to_owned)
            .collect();
        assert_eq!(found, [deal.evidence[0].sha256.to_string()]);
    }
}

#[test]
fn a_payout_says_how_much_left_and_by_which_transaction() {
    let deal = eventful().deal;
    let receipt = receipt(&deal, Party::Buyer);
    for (payout, leg) in receipt.payouts.iter().zip(&deal.legs) {
        assert_eq!(payout.leg, leg.id.to_string());
        let net = leg.net().to_string();
        assert_eq!(payout.entry.value("net"), Some(net.as_str()));
        assert_eq!(payout.entry.value("state"), Some("paid"));
        assert_eq!(payout.entry.value("tx"), leg.tx.as_deref());
    }
}

#[test]
fn whoever_has_a_receipt_may_close_any_field_of_it() {
    let mut receipt = sample();
    for event in &mut receipt.events {
        let fields = core::mem::take(&mut event.fields);
        event.fields = fields.into_iter().map(Field::close).collect();
    }
    assert_eq!(receipt.check(&known()), Ok(()));
    assert!(!receipt.to_json().contains(&claim().statement));
}

#[test]
fn a_closed_field_cannot_be_guessed_from_another_receipt() {
    // Two addresses of one kind in one deal: without the salt the same value is the same hash.
    let deal = eventful().deal;
    let receipt = receipt(&deal, Party::Seller);
    let mut closed: Vec<String> = Vec::new();
    for field in receipt.events.iter().flat_map(|event| &event.fields) {
        if let Content::Closed(commitment) = field.content() {
            closed.push(format!("{commitment:?}"));
        }
    }
    let all = closed.len();
    closed.sort();
    closed.dedup();
    assert_eq!(closed.len(), all);
}
