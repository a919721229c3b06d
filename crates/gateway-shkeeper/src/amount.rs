//! Amounts as SHKeeper writes them, and what they are in base units.
//!
//! SHKeeper prints through a double with ten places. So below half a million coins the printed
//! text is exact to the tenth place, and above it the last printed place or two are noise. Token
//! amounts of six decimals, and all our prices, are on a grid of 10⁻⁶; a text that is within the
//! noise of that grid is on it.

use domain::{Asset, Units};

/// Decimal places that SHKeeper prints.
const PRINTED_PLACES: u8 = 10;
/// From here on a double cannot hold ten places.
const NOISE_FROM_COINS: u128 = 1 << 19;
/// One more tenth place of noise for so many coins: twice what two roundings of a double make.
const COINS_PER_NOISE: u128 = 225_000;
/// Noise beyond this is no noise: half a step of the grid, in tenth places, is 5 000.
const NOISE_MAX: u128 = 1_000;
/// A step of the grid of 10⁻⁶, in tenth places.
const GRID: u128 = 10_000;

/// Why a printed amount is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an amount of this asset")]
pub(crate) struct AmountError(String);

/// What SHKeeper's text means in base units of `asset`.
pub(crate) fn read(text: &str, asset: Asset) -> Result<Units, AmountError> {
    units(text, asset.decimals()).ok_or_else(|| AmountError(text.chars().take(40).collect()))
}

/// What we write: exact, with a point, without exponent.
pub(crate) fn write(units: Units, asset: Asset) -> String {
    units.to_plain(asset.decimals())
}

fn units(text: &str, decimals: u8) -> Option<Units> {
    // Stricter than what people may type: a machine writes digits with at most one point.
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !plain {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let fraction = fraction.trim_end_matches('0');
    let fits = fraction.len() <= usize::from(decimals);
    let whole: u128 = whole.parse().ok()?;
    if fits && (whole < NOISE_FROM_COINS || fraction.len() <= 6) {
        return Units::parse(text, decimals).ok();
    }
    let printed = Units::parse(text, PRINTED_PLACES).ok()?;
    let settled = on_grid(printed, whole);
    match settled {
        Some(units) => Units::parse(&units.to_plain(PRINTED_PLACES), decimals).ok(),
        // A token of 18 decimals can be anywhere; the text is the best there is.
        None if fits => Units::parse(text, decimals).ok(),
        None => None,
    }
}

/// The point of the grid of 10⁻⁶ that `printed` means, when it is within the noise of one.
fn on_grid(printed: Units, whole: u128) -> Option<Units> {
    if whole < NOISE_FROM_COINS {
        return None;
    }
    let noise = whole.checked_div(COINS_PER_NOISE)?.min(NOISE_MAX);
    let near = printed.get().checked_add(GRID / 2)? / GRID * GRID;
    (near.abs_diff(printed.get()) <= noise).then(|| Units::new(near))
}

#[cfg(test)]
mod tests {
    use domain::{Network, Token};
    use proptest::prelude::*;

    use super::*;

    fn bsc() -> Asset {
        Asset::new(Network::Bsc, Token::Usdt).unwrap()
    }

    fn tron() -> Asset {
        Asset::new(Network::Tron, Token::Usdt).unwrap()
    }

    /// What SHKeeper's Python makes of an amount.
    fn printed(units: Units, decimals: u8) -> String {
        let double: f64 = units.to_plain(decimals).parse().unwrap();
        let text = format!("{double:.10}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    #[test]
    fn machine_text_is_read_strictly() {
        for refused in [
            "", ".", "-1", "+1", "1e3", "1,000", "١", " 1", "1.2.3", "0x1", "NaN",
        ] {
            assert!(read(refused, bsc()).is_err(), "{refused:?}");
        }
        assert_eq!(read("0", bsc()), Ok(Units::ZERO));
        assert_eq!(read("2.0000000000", tron()), Ok(Units::new(2_000_000)));
    }

    #[test]
    fn eighteen_decimals_are_exact_as_far_as_they_are_printed() {
        assert_eq!(read("0.0000000001", bsc()), Ok(Units::new(100_000_000)));
        let exact = read("12.000000000000000001", bsc()).unwrap();
        assert_eq!(exact, Units::new(12_000_000_000_000_000_001));
    }

    #[test]
    fn more_places_than_a_token_has_are_refused() {
        assert!(read("1.0000001", tron()).is_err());
    }

    #[test]
    fn noise_at_the_end_of_a_large_sum_is_taken_off() {
        let units = Units::parse("841839.110529", 6).unwrap();
        assert_eq!(printed(units, 6), "841839.1105290001", "the noise is real");
        assert_eq!(read("841839.1105290001", tron()), Ok(units));
        let on_bsc = Units::parse("841839.110529", 18).unwrap();
        assert_eq!(read("841839.1105290001", bsc()), Ok(on_bsc));
    }

    #[test]
    fn what_is_further_off_than_noise_is_no_noise() {
        assert!(read("841839.1105300123", tron()).is_err());
        let kept = Units::parse("841839.1105300123", 18).unwrap();
        assert_eq!(read("841839.1105300123", bsc()), Ok(kept));
    }

    proptest! {
        #[test]
        fn a_price_comes_back_exact_on_every_chain(micro in 0u128..=20_000_000_000_000) {
            let six = Units::new(micro);
            prop_assert_eq!(read(&printed(six, 6), tron()), Ok(six));
            let eighteen = Units::new(micro * 1_000_000_000_000);
            prop_assert_eq!(read(&printed(eighteen, 18), bsc()), Ok(eighteen));
        }

        #[test]
        fn what_is_printed_twice_through_a_double_comes_back_exact(micro in 0u128..=20_000_000_000_000) {
            let once = printed(Units::new(micro), 6);
            let twice = printed(Units::parse(&once, 10).unwrap(), 10);
            prop_assert_eq!(read(&twice, tron()), Ok(Units::new(micro)));
        }

        #[test]
        fn no_text_makes_the_reader_stumble(text in "\\PC{0,40}") {
            let _ = read(&text, bsc());
            let _ = read(&text, tron());
        }

        #[test]
        fn what_we_write_is_read_back(units in 0u128..=500_000_000_000_000_000_000_000) {
            let units = Units::new(units);
            prop_assert_eq!(read(&write(units, bsc()), bsc()), Ok(units));
        }
    }
}
