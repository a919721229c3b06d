//! What may not be traded here, by the words it is called.
//!
//! Words are compared as searches see them: folded to one spelling, in small letters, without marks.
//! Whoever asks folds them. A phrase is found where its words stand side by side.

/// What a text is judged to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing in it stands out.
    Clear,
    /// It may be innocent: somebody looks at it before others do.
    Doubtful,
    /// It names what may not be traded.
    Refused,
}

/// Phrases that name what may not be traded, whatever stands around them. Only what has no other
/// meaning belongs here; the rest is [`DOUBTFUL`].
pub const REFUSED: &[&str] = &[
    // Weapons of war and fire.
    "hand grenade",
    "live ammunition",
    "assault rifle",
    "ghost gun",
    "c4 explosive",
    "سلاح جنگی",
    "سلاح گرم",
    "کلت کمری",
    "نارنجک جنگی",
    "مهمات جنگی",
    // Drugs.
    "cocaine",
    "heroin",
    "methamphetamine",
    "crystal meth",
    "fentanyl",
    "mdma",
    "کوکایین",
    "هرویین",
    "تریاک",
    "متامفتامین",
    // People, and parts of them.
    "child porn",
    "child pornography",
    "human organ",
    "human kidney",
    "پورن کودک",
    "فروش کلیه",
    // Forgeries, and what was stolen.
    "counterfeit money",
    "fake banknotes",
    "fake passport",
    "forged passport",
    "stolen credit card",
    "stolen credit cards",
    "cloned card",
    "اسکناس تقلبی",
    "پول تقلبی",
    "گذرنامه جعلی",
    "پاسپورت جعلی",
    "مدرک جعلی",
    // Beasts that are dying out.
    "elephant ivory",
    "rhino horn",
    "tiger skin",
    "عاج فیل",
];

/// Phrases that are often innocent: a toy, a film, a glue gun.
pub const DOUBTFUL: &[&str] = &[
    "gun",
    "pistol",
    "rifle",
    "ammunition",
    "explosive",
    "explosives",
    "silencer",
    "cannabis",
    "marijuana",
    "hashish",
    "steroids",
    "prescription",
    "passport",
    "diploma",
    "id card",
    "bank account",
    "credit card",
    "gift cards",
    "ivory",
    "replica",
    "اسلحه",
    "تفنگ",
    "کلت",
    "مهمات",
    "ماده منفجره",
    "حشیش",
    "ماریجوانا",
    "داروی نسخه ای",
    "گذرنامه",
    "پاسپورت",
    "مدرک تحصیلی",
    "کارت ملی",
    "حساب بانکی",
    "کارت بانکی",
];

/// Judges the words of a text, in their order. `refused` and `doubtful` are the operator's own
/// phrases beside ours, folded and parted by blanks.
pub fn judge(words: &[String], refused: &[String], doubtful: &[String]) -> Verdict {
    let own = |phrases: &[String]| phrases.iter().any(|phrase| holds(words, phrase));
    let ours = |phrases: &[&str]| phrases.iter().any(|phrase| holds(words, phrase));
    if ours(REFUSED) || own(refused) {
        Verdict::Refused
    } else if ours(DOUBTFUL) || own(doubtful) {
        Verdict::Doubtful
    } else {
        Verdict::Clear
    }
}

fn holds(words: &[String], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split_whitespace().collect();
    !phrase.is_empty()
        && words
            .windows(phrase.len())
            .any(|window| window.iter().eq(phrase.iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> Verdict {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        judge(&words, &["caviar".into()], &["sturgeon eggs".into()])
    }

    #[test]
    fn what_names_forbidden_goods_is_refused() {
        for text in [
            "Pure cocaine",
            "one hand grenade please",
            "عاج فیل برای کلکسیون",
            "iranian caviar",
        ] {
            assert_eq!(verdict(text), Verdict::Refused, "{text}");
        }
    }

    #[test]
    fn what_may_be_innocent_is_looked_at() {
        for text in [
            "A glue gun",
            "passport cover of leather",
            "sturgeon eggs",
            "تفنگ آب پاش",
        ] {
            assert_eq!(verdict(text), Verdict::Doubtful, "{text}");
        }
    }

    #[test]
    fn words_count_whole_and_side_by_side() {
        for text in [
            "",
            "gunmetal lamp",
            "a hand cream and a grenade shaped candle",
            "eggs of sturgeon",
            "heroine of a novel",
        ] {
            assert_eq!(verdict(text), Verdict::Clear, "{text}");
        }
    }
}
