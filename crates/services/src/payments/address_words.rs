//! Four words for an address in a deal, so that two people, or a page and a letter, can compare it
//! by ear.

use uuid::Uuid;

use crate::Services;

/// Four words, always in this order.
pub type AddressWords = [&'static str; 4];

impl Services {
    /// The words of `address` in a deal, or for a person: the same on every page and in every letter.
    ///
    /// They hang on a key of ours and on the deal or the person, so nobody outside can look for another address
    /// that has the same four words. Capitals do not matter: on some networks they are a checksum.
    pub fn address_words(&self, about: impl Into<Uuid>, address: &str) -> AddressWords {
        let subject = [
            about.into().as_bytes().as_slice(),
            address.to_ascii_lowercase().as_bytes(),
        ]
        .concat();
        let secret = self
            .config
            .money
            .delivery_code_key
            .derive("address words", &subject);
        let digest = secret.digest();
        let [first, second, third, fourth, ..] = *digest.as_bytes();
        [first, second, third, fourth].map(word)
    }
}

fn word(byte: u8) -> &'static str {
    WORDS.get(usize::from(byte)).copied().unwrap_or_default()
}

/// One word for each byte: plain things that sound different.
const WORDS: [&str; 256] = [
    "acorn", "album", "alley", "almond", "amber", "anchor", "angle", "ankle", "apple", "apron",
    "arrow", "atlas", "attic", "autumn", "axle", "badge", "bagel", "baker", "balcony", "bamboo",
    "banjo", "barley", "barn", "barrel", "basil", "basket", "beacon", "beaver", "bench", "berry",
    "birch", "biscuit", "blanket", "blossom", "board", "bonnet", "bottle", "boulder", "bracket",
    "branch", "bread", "breeze", "brick", "bridge", "broom", "bucket", "button", "cabin", "cable",
    "cactus", "camel", "candle", "canoe", "canyon", "carpet", "carrot", "castle", "cedar", "cello",
    "chalk", "cherry", "chess", "chimney", "cinema", "circle", "clay", "cliff", "clock", "clover",
    "cobalt", "cocoa", "coffee", "comet", "compass", "copper", "coral", "cotton", "cradle",
    "crane", "crayon", "cricket", "crystal", "curtain", "daisy", "desert", "diamond", "dolphin",
    "domino", "donkey", "dragon", "drawer", "drum", "eagle", "easel", "echo", "elbow", "ember",
    "emerald", "engine", "falcon", "farm", "feather", "fennel", "ferry", "fiddle", "figure",
    "finch", "flag", "flannel", "flute", "forest", "fossil", "fountain", "violin", "frost",
    "galaxy", "garden", "garlic", "ginger", "giraffe", "glacier", "globe", "glove", "goose",
    "granite", "grape", "gravel", "guitar", "hammer", "harbor", "harvest", "hazel", "helmet",
    "hermit", "heron", "hinge", "honey", "horizon", "hotel", "igloo", "indigo", "island", "ivory",
    "jacket", "jasmine", "jelly", "jewel", "juniper", "kayak", "kennel", "kettle", "kitten",
    "knot", "ladder", "lagoon", "lantern", "lemon", "lentil", "lily", "linen", "lizard", "lobster",
    "locket", "lotus", "lumber", "magnet", "mango", "maple", "marble", "meadow", "melon", "mirror",
    "mitten", "monkey", "mosaic", "mountain", "muffin", "museum", "mustard", "needle", "nest",
    "nickel", "nine", "noodle", "nutmeg", "oasis", "ocean", "olive", "onion", "orbit", "orchid",
    "otter", "oven", "oyster", "paddle", "palace", "panther", "paper", "parrot", "peach", "pebble",
    "pencil", "pepper", "piano", "pigeon", "pillow", "pine", "planet", "plaza", "plum", "pocket",
    "poem", "pond", "poppy", "potato", "prism", "pumpkin", "puzzle", "quartz", "quilt", "rabbit",
    "radio", "rainbow", "raven", "ribbon", "river", "rocket", "rose", "ruby", "saddle", "saffron",
    "salmon", "sandal", "satin", "scarf", "seal", "shell", "silver", "sofa", "spoon", "sugar",
    "sunset", "tablet", "teapot", "temple", "thunder", "tiger", "timber", "tomato", "trumpet",
    "tulip", "tunnel", "turtle", "umbrella", "valley", "velvet",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_bytes_have_one_word() {
        let distinct: BTreeSet<&str> = WORDS.into_iter().collect();
        assert_eq!(distinct.len(), 256);
        assert!(
            WORDS.iter().all(|word| (4..=8).contains(&word.len())),
            "easy to say and to read"
        );
    }
}
