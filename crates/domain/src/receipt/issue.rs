//! Making a receipt of a deal.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::field::{BEGINNING, Entry, Field, Hash, Salt};
use super::key::{Signature, SigningKey};
use super::sight::{self, Sight};
use super::{FORMAT, Part, Payout, Receipt, VERSION};
use crate::deal::{Deal, Event, Leg, Party};
use crate::id::UserId;

/// Who issues receipts.
#[derive(Debug, Clone, Copy)]
pub struct Issuer<'a> {
    /// Where people reach the site.
    pub site: &'a str,
    /// What receipts are signed with.
    pub key: &'a SigningKey,
    /// What the salts of their fields follow from: secret, or closed fields can be guessed.
    pub salt_key: &'a [u8],
}

/// Named values, in the order of their names.
type Values = BTreeMap<String, String>;

impl Receipt {
    /// The receipt of a deal as it stands, for one of its parties. The same deal has the same
    /// receipt, to the byte; one of later has all the events of this one.
    pub fn issue(deal: &Deal, holder: Party, issuer: &Issuer<'_>) -> Self {
        let mut chain = Chain {
            deal,
            holder,
            salt_key: issuer.salt_key,
            last: BEGINNING,
        };
        let terms = chain.add(1, &Part::Terms, terms(deal), sight::of_term);
        let events: Vec<_> = deal.events.iter().map(|event| chain.event(event)).collect();
        let payouts = deal.legs.iter().zip(1..);
        let payouts = payouts.map(|(leg, seq)| chain.payout(seq, leg)).collect();
        let last = chain.last;
        let key = issuer.key.public();
        let mut receipt = Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            site: issuer.site.to_owned(),
            deal: deal.id,
            holder,
            state: deal.state,
            as_of: deal.updated_at,
            length: u64::try_from(events.len()).unwrap_or(u64::MAX),
            terms,
            events,
            payouts,
            key,
            signature: Signature::none(),
        };
        receipt.signature = issuer.key.sign(&receipt.statement(last));
        receipt
    }
}

/// A chain that grows.
struct Chain<'a> {
    deal: &'a Deal,
    holder: Party,
    salt_key: &'a [u8],
    last: Hash,
}

impl Chain<'_> {
    fn event(&mut self, event: &Event) -> Entry {
        let deal = self.deal;
        let part = Part::Event(event.seq);
        let Some(private) = sight::private(deal, &event.body) else {
            // In one piece: already the names of its fields would tell what it is.
            let whole = json(&(event.at, event.by, &event.body)).to_string();
            let values = Values::from([("internal".to_owned(), whole)]);
            return self.add(event.seq, &part, values, |_| Sight::Nobody);
        };
        self.add(event.seq, &part, told(deal, event), |name| {
            sight::of_event(&private, name)
        })
    }

    fn payout(&mut self, seq: u64, leg: &Leg) -> Payout {
        let part = Part::Payout(leg.id.to_string());
        let entry = self.add(seq, &part, payout(self.deal, leg), |name| {
            sight::of_payout(leg.payee, name)
        });
        let leg = leg.id.to_string();
        Payout { leg, entry }
    }

    fn add(
        &mut self,
        seq: u64,
        part: &Part,
        values: Values,
        sight: impl Fn(&str) -> Sight,
    ) -> Entry {
        let title = part.title();
        let fields = values.into_iter().map(|(name, value)| {
            let is_open = sight(&name).is_open_to(self.holder);
            let salt = Salt::derive(self.salt_key, self.deal.id, &title, &name);
            let field = Field::open(name, value, salt);
            if is_open { field } else { field.close() }
        });
        let entry = Entry::link(self.last, seq, &title, fields.collect());
        self.last = entry.hash();
        entry
    }
}

/// When an event was, who caused it, and what it says.
fn told(deal: &Deal, event: &Event) -> Values {
    let mut values = Values::new();
    flatten("what", &json(&event.body), &mut values);
    let kind = values.remove("what.kind").unwrap_or_default();
    values.insert("kind".to_owned(), kind);
    values.insert("at".to_owned(), event.at.unix_ms().to_string());
    values.insert("by".to_owned(), who(deal, event.by).to_owned());
    values
}

/// What both agreed to, its fingerprint, and how its sums are to be read.
fn terms(deal: &Deal) -> Values {
    let mut values = Values::new();
    let decimals = deal.terms.asset.decimals();
    values.insert("decimals".to_owned(), decimals.to_string());
    values.insert("hash".to_owned(), deal.terms.hash().to_string());
    values.insert("request".to_owned(), deal.request.to_string());
    values.insert("offer".to_owned(), deal.offer.to_string());
    flatten("terms", &json(&deal.terms), &mut values);
    values
}

/// What a payout is about, and how far it has come.
fn payout(deal: &Deal, leg: &Leg) -> Values {
    let mut values = Values::new();
    flatten("asset", &json(&deal.terms.asset), &mut values);
    flatten("payee", &json(&leg.payee), &mut values);
    flatten("gross", &json(&leg.gross), &mut values);
    flatten("network_fee", &json(&leg.network_fee), &mut values);
    flatten("net", &json(&leg.net()), &mut values);
    flatten("state", &json(&leg.state), &mut values);
    flatten("destination", &json(&leg.destination), &mut values);
    flatten("tx", &json(&leg.tx), &mut values);
    values
}

/// Who caused an event, by what they are to the deal: staff are not named.
fn who(deal: &Deal, by: Option<UserId>) -> &'static str {
    match by.map(|user| deal.party(user)) {
        None => "system",
        Some(None) => "staff",
        Some(Some(Party::Buyer)) => "buyer",
        Some(Some(Party::Seller)) => "seller",
    }
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("domain values have a JSON form")
}

/// Takes a value apart into texts, each under the way to it: `what.claim.statement`. What is not
/// there has no name.
fn flatten(name: &str, value: &Value, into: &mut Values) {
    match value {
        Value::Null => {}
        Value::Bool(bool) => drop(into.insert(name.to_owned(), bool.to_string())),
        Value::Number(number) => drop(into.insert(name.to_owned(), number.to_string())),
        Value::String(text) => drop(into.insert(name.to_owned(), text.clone())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(&format!("{name}.{index}"), item, into);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                flatten(&format!("{name}.{key}"), field, into);
            }
        }
    }
}
