//! Deals of the demo: one in every state that is reached without a fault of a chain.

use domain::deal::{DisputeCategory, ProductKind};
use domain::price::Currency::Usdt;
use domain::request::Urgency;
use domain::{Network, Span};

use super::requests::{SeedOffer, SeedRequest};

/// A deal of the demo, from its request to where it stands.
pub(super) struct SeedDeal {
    pub(super) request: SeedRequest,
    pub(super) offer: SeedOffer,
    pub(super) network: Network,
    /// How long ago the request was published.
    pub(super) began: Span,
    /// What happened since, each after the one before.
    pub(super) steps: &'static [(Span, Step)],
}

/// Something that somebody did.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// The buyer accepts the offer and asks for an address.
    AcceptOffer,
    /// This much arrives.
    Pay(&'static str),
    /// The quote's time passes.
    Expire,
    NameRefundAddress,
    Cancel,
    Decline,
    Ship(&'static str, &'static str),
    MakeCode,
    /// The seller enters the buyer's code.
    HandOver,
    Accept,
    /// This percentage for the buyer.
    ProposeSplit(u8),
    AgreeToSplit,
    Dispute(DisputeCategory, &'static str),
    Answer(&'static str),
    /// The drawn resolver gives the buyer this percentage.
    Rule(u8, &'static str),
    Hold(&'static str),
}

use Step::{
    Accept, AcceptOffer, AgreeToSplit, Answer, Cancel, Decline, Dispute, Expire, HandOver, Hold,
    MakeCode, NameRefundAddress, Pay, ProposeSplit, Rule, Ship,
};

const BAHAR: usize = 0;
const OMID: usize = 1;
const SARA: usize = 0;
const DANIEL: usize = 1;
/// Their offers are open again, and a new seller has five: Sara and Daniel shall be free to offer.
const OTHERS: [usize; 3] = [19, 20, 21];

const fn parcel(
    buyer: usize,
    title: &'static str,
    description: &'static str,
    category: &'static str,
    most: &'static str,
) -> SeedRequest {
    SeedRequest {
        buyer,
        title,
        description,
        category,
        kind: ProductKind::PhysicalProduct,
        quantity: 1,
        budget: ("10", most, Usdt),
        urgency: Urgency::Medium,
        place: Some(if buyer == BAHAR {
            ("Berlin", "DE")
        } else {
            ("Tabriz", "IR")
        }),
        specifications: &[],
        offers: &[],
    }
}

const MINUTE: Span = Span::minutes(1);
const HOUR: Span = Span::hours(1);

/// Oldest last, so that the list of deals begins with what is in motion.
pub(super) const DEALS: &[SeedDeal] = &[
    SeedDeal {
        request: parcel(
            BAHAR,
            "50 mm f/1.8 lens for Canon EF",
            "Autofocus has to work, light dust inside is fine.",
            "cameras",
            "110",
        ),
        offer: (
            SARA,
            "95",
            6,
            "Canon EF 50 mm f/1.8 STM",
            "Bought in 2022, with both caps. No fungus, no haze.",
        ),
        network: Network::Bsc,
        began: Span::hours(4),
        steps: &[(Span::minutes(143), AcceptOffer)],
    },
    SeedDeal {
        request: parcel(
            OMID,
            "صفحه‌کلید مکانیکی با کلید قهوه‌ای",
            "چیدمان آمریکایی، ترجیحاً بی‌سیم.",
            "computers",
            "260",
        ),
        offer: (
            DANIEL,
            "240",
            9,
            "Keychron K2 Pro, brown switches",
            "New, sealed. Sent with tracking.",
        ),
        network: Network::Polygon,
        began: Span::hours(20),
        steps: &[
            (Span::hours(17), AcceptOffer),
            (Span::minutes(20), Pay("238.50")),
        ],
    },
    SeedDeal {
        request: parcel(
            BAHAR,
            "Espresso grinder, conical burrs",
            "For one or two cups a day. Used is fine when the burrs are.",
            "kitchen",
            "150",
        ),
        offer: (
            DANIEL,
            "130",
            7,
            "Baratza Encore ESP",
            "Half a year old, cleaned, with spare gaskets.",
        ),
        network: Network::Bsc,
        began: Span::hours(30),
        steps: &[
            (Span::hours(25), AcceptOffer),
            (Span::minutes(9), Pay("130")),
        ],
    },
    SeedDeal {
        request: parcel(
            BAHAR,
            "Light travel tripod",
            "Below 1.5 kg, packs to 45 cm, holds a mirrorless camera.",
            "cameras",
            "330",
        ),
        offer: (
            SARA,
            "310",
            8,
            "Gitzo Traveler, series 1",
            "Carbon, 1.1 kg. A scratch on one leg, see the pictures.",
        ),
        network: Network::Polygon,
        began: Span::days(3),
        steps: &[
            (HOUR, AcceptOffer),
            (Span::minutes(12), Pay("310")),
            (Span::hours(22), Ship("DHL", "00340434161094022115")),
            (Span::hours(26), MakeCode),
        ],
    },
    SeedDeal {
        request: parcel(
            OMID,
            "هدفون بسته برای ضبط صدا",
            "امپدانس زیر ۸۰ اهم، بالشتک‌ها سالم باشد.",
            "audio",
            "90",
        ),
        offer: (
            SARA,
            "84",
            6,
            "Beyerdynamic DT 770, 80 ohm",
            "Used in one studio, new pads.",
        ),
        network: Network::Bsc,
        began: Span::days(5),
        steps: &[
            (Span::hours(5), AcceptOffer),
            (Span::minutes(4), Pay("84")),
            (Span::hours(20), Ship("Post", "RR 4410 2291 5 IR")),
            (Span::days(3), MakeCode),
            (MINUTE, HandOver),
        ],
    },
    SeedDeal {
        request: parcel(
            BAHAR,
            "Drawing tablet with a screen, 13 inch",
            "The pen has to be there and the surface without deep scratches.",
            "computers",
            "450",
        ),
        offer: (
            DANIEL,
            "420",
            7,
            "Wacom One 13, with pen and stand",
            "Used for one semester. Boxed.",
        ),
        network: Network::Polygon,
        began: Span::days(8),
        steps: &[
            (Span::hours(9), AcceptOffer),
            (Span::minutes(15), Pay("420")),
            (Span::hours(30), Ship("UPS", "1Z 999 AA1 01 2345 6784")),
            (Span::days(4), MakeCode),
            (MINUTE, HandOver),
            (
                Span::hours(20),
                Dispute(
                    DisputeCategory::ProductQuality,
                    "The pen is missing, and a band of pixels on the left stays white. The offer says that both work.",
                ),
            ),
            (
                Span::hours(5),
                Answer(
                    "The pen was in the box when I closed it, see the picture of the open parcel. I tested the screen the day before.",
                ),
            ),
        ],
    },
    SeedDeal {
        request: parcel(
            OMID,
            "کوله‌پشتی کوهنوردی ۵۰ لیتری",
            "کمربند سالم، زیپ‌ها بی‌عیب.",
            "sports",
            "170",
        ),
        offer: (
            DANIEL,
            "150",
            8,
            "Deuter Aircontact 50+10",
            "Two trips, washed. All zips run.",
        ),
        network: Network::Bsc,
        began: Span::hours(174),
        steps: &[
            (Span::hours(6), AcceptOffer),
            (Span::minutes(7), Pay("150")),
            (Span::hours(28), Ship("DPD", "0150 3401 2277 61")),
            (Span::days(4), MakeCode),
            (MINUTE, HandOver),
            (
                Span::hours(11),
                Dispute(
                    DisputeCategory::ProductQuality,
                    "The zip of the lid is torn. A repair costs about 40 USDT.",
                ),
            ),
            (
                Span::hours(8),
                Answer(
                    "It ran when I packed it, but I cannot show that. I would share the repair.",
                ),
            ),
            (
                Span::hours(18),
                Rule(
                    30,
                    "The tear is shown, that it happened on the way is not. The buyer keeps the bag and receives what the repair costs.",
                ),
            ),
        ],
    },
    SeedDeal {
        request: parcel(
            OMID,
            "دوربین چاپ فوری",
            "با فیلم تازه و باتری سالم.",
            "cameras",
            "360",
        ),
        offer: (
            DANIEL,
            "330",
            6,
            "Polaroid Now+, with two packs of film",
            "As new. Film runs until next summer.",
        ),
        network: Network::Polygon,
        began: Span::days(2),
        steps: &[
            (Span::hours(3), AcceptOffer),
            (Span::minutes(10), Pay("330")),
            (Span::hours(20), Ship("DHL", "00340434161094027781")),
            (
                Span::hours(4),
                Hold("The parcel's number belongs to another sender. We ask both sides."),
            ),
        ],
    },
    SeedDeal {
        request: parcel(
            BAHAR,
            "Medium format camera with one lens",
            "6×6 or 6×7. Serviced within the last two years.",
            "cameras",
            "950",
        ),
        offer: (
            DANIEL,
            "890",
            9,
            "Mamiya RB67 Pro S with 127 mm",
            "Serviced in spring, receipt included. Light seals new.",
        ),
        network: Network::Bsc,
        began: Span::days(7),
        steps: &[
            (Span::hours(7), AcceptOffer),
            (Span::minutes(18), Pay("890")),
            (Span::hours(26), Ship("DHL", "00340434161094024490")),
            (Span::days(3), MakeCode),
            (MINUTE, HandOver),
            (Span::hours(30), Accept),
        ],
    },
    SeedDeal {
        request: parcel(
            OMID,
            "قلم نوری سازگار با تبلت",
            "نو یا در حد نو.",
            "phones",
            "60",
        ),
        offer: (
            OTHERS[0],
            "45",
            5,
            "Stylus with spare tips",
            "New, for tablets since 2019.",
        ),
        network: Network::Polygon,
        began: Span::days(2),
        steps: &[
            (Span::hours(10), AcceptOffer),
            (MINUTE, NameRefundAddress),
            (Span::minutes(62), Expire),
            (Span::minutes(25), Pay("45")),
        ],
    },
    SeedDeal {
        request: parcel(
            BAHAR,
            "Film scanner for 35 mm",
            "With the holders. The lamp has to be even.",
            "cameras",
            "80",
        ),
        offer: (
            SARA,
            "60",
            5,
            "Plustek 7600i",
            "With both holders and the power supply.",
        ),
        network: Network::Bsc,
        began: Span::days(10),
        steps: &[
            (Span::hours(8), AcceptOffer),
            (Span::minutes(6), Pay("60")),
            (Span::hours(15), Ship("Hermes", "H1 0055 2938 11")),
            (Span::days(2), MakeCode),
            (MINUTE, HandOver),
            (Span::hours(21), Accept),
        ],
    },
    SeedDeal {
        request: parcel(
            OMID,
            "میکروفون خازنی برای پادکست",
            "همراه پایه و کابل.",
            "audio",
            "90",
        ),
        offer: (
            SARA,
            "75",
            6,
            "Røde NT1 with shock mount",
            "Little used, with cable and pop shield.",
        ),
        network: Network::Polygon,
        began: Span::days(6),
        steps: &[
            (Span::hours(6), AcceptOffer),
            (Span::minutes(11), Pay("75")),
            (Span::minutes(2), NameRefundAddress),
            (Span::hours(9), Decline),
        ],
    },
    SeedDeal {
        request: parcel(
            OMID,
            "چمدان کابین سبک",
            "چرخ‌ها نو و قفل سالم.",
            "shoes",
            "220",
        ),
        offer: (
            DANIEL,
            "200",
            8,
            "Rimowa Essential Lite, cabin",
            "Three flights. One corner is scuffed.",
        ),
        network: Network::Bsc,
        began: Span::days(9),
        steps: &[
            (Span::hours(12), AcceptOffer),
            (Span::minutes(16), Pay("200")),
            (Span::minutes(2), NameRefundAddress),
            (Span::hours(30), Ship("DPD", "0150 3401 2280 09")),
            (Span::days(3), ProposeSplit(30)),
            (Span::hours(6), AgreeToSplit),
        ],
    },
    SeedDeal {
        request: parcel(
            BAHAR,
            "Desk lamp with a warm light",
            "Dimmable, with a clamp.",
            "furniture",
            "60",
        ),
        offer: (
            OTHERS[1],
            "48",
            5,
            "Artemide Tolomeo micro, clamp",
            "Springs are fine, the switch is new.",
        ),
        network: Network::Polygon,
        began: Span::days(4),
        steps: &[(Span::hours(4), AcceptOffer), (Span::minutes(62), Expire)],
    },
    SeedDeal {
        request: parcel(
            BAHAR,
            "Board game for two, in English",
            "Complete, with the rules.",
            "games",
            "40",
        ),
        offer: (
            OTHERS[2],
            "28",
            5,
            "7 Wonders Duel",
            "Complete, played four times.",
        ),
        network: Network::Bsc,
        began: Span::days(5),
        steps: &[(Span::hours(5), AcceptOffer), (Span::minutes(8), Cancel)],
    },
];
