//! Where parcels go.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::Line;

/// A country by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

/// The text names no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a country is one of the two-letter codes of ISO 3166-1")]
pub struct UnknownCountry;

/// The codes of ISO 3166-1, in order.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL \
    BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ \
    DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
    GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR \
    KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU \
    MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH \
    TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

impl Country {
    /// All there are, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES
            .split_whitespace()
            .filter_map(|code| code.parse().ok())
    }

    /// The two letters, upper case.
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.0).expect("a code is two ASCII letters")
    }
}

impl FromStr for Country {
    type Err = UnknownCountry;

    fn from_str(text: &str) -> Result<Self, UnknownCountry> {
        let code = CODES
            .split_whitespace()
            .find(|code| *code == text)
            .ok_or(UnknownCountry)?;
        code.as_bytes()
            .try_into()
            .map(Self)
            .map_err(|_| UnknownCountry)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({self})")
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownCountry;

    fn try_from(text: String) -> Result<Self, UnknownCountry> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.to_string()
    }
}

/// A postal address. Sellers see [`PostalAddress::place`] of it until the deal is funded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Who takes the parcel.
    pub recipient: Line<100>,
    /// Street and number, or whatever leads there.
    pub street: Line<200>,
    /// Flat, floor, gate.
    pub extra: Option<Line<200>>,
    /// City, town or village.
    pub city: Line<100>,
    /// Province or state.
    pub region: Option<Line<100>>,
    /// Postal code.
    pub postal_code: Option<Line<20>>,
    /// Country.
    pub country: Country,
    /// For the carrier.
    pub phone: Option<Line<30>>,
}

/// What of an address anybody may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// City, town or village.
    pub city: Line<100>,
    /// Country.
    pub country: Country,
}

impl PostalAddress {
    /// The part of it that anybody may see.
    pub fn place(&self) -> Place {
        Place {
            city: self.city.clone(),
            country: self.country,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_the_249_codes_of_the_standard() {
        assert_eq!(Country::all().count(), 249);
        assert!(Country::all().is_sorted());
        assert_eq!("IR".parse::<Country>().unwrap().code(), "IR");
        for wrong in ["", "I", "ir", "XX", "IRN", "I R", "AD AE"] {
            assert_eq!(wrong.parse::<Country>(), Err(UnknownCountry), "{wrong}");
        }
    }
}
