//! The stable words of the domain's own enums.

use serde::Serialize;
use serde_json::Value;

/// The word of a value as stores keep it: its name, or its `kind` where it holds more than that.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => {
            let kind = fields.get("kind").and_then(Value::as_str);
            kind.unwrap_or_default().to_owned()
        }
        Ok(_) | Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use domain::deal::{DeadlineKind, LegId, LegState};

    use super::*;

    #[test]
    fn a_word_is_the_one_that_stores_keep() {
        assert_eq!(word(&LegState::NeedsAddress), "needs_address");
        assert_eq!(word(&DeadlineKind::ShipBy), "ship_by");
        let leg = LegId::Seller;
        assert_eq!(word(&DeadlineKind::Claim { leg }), "claim");
    }
}
