//! Moments as programs read them.

use domain::Timestamp;

/// RFC 3339 in UTC, to the millisecond: `2026-11-28T10:30:00.000Z`.
pub fn rfc3339(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.unix_ms()).unwrap_or_default();
    format!("{at:.3}")
}

/// Reads a moment of RFC 3339.
pub fn parse(text: &str) -> Option<Timestamp> {
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(Timestamp::from_unix_ms(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_to_the_millisecond_in_utc() {
        let at = Timestamp::from_unix_ms(1_795_861_800_007);
        assert_eq!(rfc3339(at), "2026-11-28T10:30:00.007Z");
        assert_eq!(parse("2026-11-28T14:00:00.007+03:30"), Some(at));
        assert_eq!(parse("28.11.2026"), None);
    }
}
