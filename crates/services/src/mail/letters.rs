//! What each letter says, in every language.

use domain::{Language, Network};

use super::{Letter, Part};

const fn pick(language: Language, en: &'static str, fa: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Fa => fa,
    }
}

fn text(language: Language, en: &'static str, fa: &'static str) -> Part {
    Part::Text(pick(language, en, fa).to_owned())
}

fn note(language: Language, en: &'static str, fa: &'static str) -> Part {
    Part::Note(pick(language, en, fa).to_owned())
}

fn link(language: Language, en: &'static str, fa: &'static str, url: String) -> Part {
    Part::Link {
        label: pick(language, en, fa).to_owned(),
        url,
    }
}

fn letter(language: Language, en: &'static str, fa: &'static str, parts: Vec<Part>) -> Letter {
    Letter {
        language,
        subject: pick(language, en, fa).to_owned(),
        parts,
    }
}

/// `418206` as people read it out.
fn spaced(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((head, tail)) => format!("{head} {tail}"),
        None => code.to_owned(),
    }
}

/// The code that opens an account.
pub(crate) fn verification_code(language: Language, code: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "Enter this code to open your account:",
            "برای باز کردن حساب، این کد را وارد کنید:",
        ),
        Part::Code(spaced(code)),
        text(
            language,
            "It works for 30 minutes, in the browser where you signed up.",
            "این کد تا ۳۰ دقیقه و فقط در همان مرورگری که ثبت‌نام کرده‌اید کار می‌کند.",
        ),
        note(
            language,
            "If you did not sign up, ignore this mail: no account opens without the code.",
            "اگر شما ثبت‌نام نکرده‌اید، این ایمیل را نادیده بگیرید؛ بدون این کد حسابی باز نمی‌شود.",
        ),
    ];
    letter(language, "Your code for Amn", "کد شما برای امن", parts)
}

/// To somebody who signs up once more.
pub(crate) fn already_have_an_account(language: Language, site_url: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "Somebody just tried to sign up with this address. You have an account here already.",
            "کسی همین حالا خواست با این نشانی ثبت‌نام کند. شما از پیش حسابی این‌جا دارید.",
        ),
        link(
            language,
            "Sign in",
            "ورود",
            format!("{site_url}/auth/sign-in"),
        ),
        link(
            language,
            "Set a new password, if you forgot yours",
            "اگر گذرواژه را فراموش کرده‌اید، گذرواژهٔ تازه بگذارید",
            format!("{site_url}/auth/reset"),
        ),
        note(
            language,
            "If it was not you, nothing happened and there is nothing to do.",
            "اگر شما نبوده‌اید، هیچ اتفاقی نیفتاده و لازم نیست کاری بکنید.",
        ),
    ];
    letter(
        language,
        "You already have an Amn account",
        "شما از پیش در امن حساب دارید",
        parts,
    )
}

/// The code that lets somebody set a new password.
pub(crate) fn reset_code(language: Language, code: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "Enter this code to set a new password:",
            "برای گذاشتن گذرواژهٔ تازه، این کد را وارد کنید:",
        ),
        Part::Code(spaced(code)),
        text(
            language,
            "It works for 30 minutes. For your safety nothing is paid out for 72 hours after a \
             new password is set this way.",
            "این کد تا ۳۰ دقیقه کار می‌کند. برای امنیت شما، پس از گذاشتن گذرواژه به این روش، تا \
             ۷۲ ساعت هیچ مبلغی پرداخت نمی‌شود.",
        ),
        note(
            language,
            "If you did not ask for it, ignore this mail: your password stays as it is.",
            "اگر شما درخواست نکرده‌اید، این ایمیل را نادیده بگیرید؛ گذرواژهٔ شما عوض نمی‌شود.",
        ),
    ];
    letter(
        language,
        "Set a new Amn password",
        "گذرواژهٔ تازه برای امن",
        parts,
    )
}

/// To a mailbox without an account that asked for a new password.
pub(crate) fn no_account_here(language: Language, site_url: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "Somebody asked for a new password with this address, but there is no account with \
             it. Perhaps you signed up with another address.",
            "کسی با این نشانی درخواست گذرواژهٔ تازه کرده است، ولی حسابی با این نشانی نیست. شاید \
             با نشانی دیگری ثبت‌نام کرده باشید.",
        ),
        link(
            language,
            "Sign up",
            "ثبت‌نام",
            format!("{site_url}/auth/sign-up"),
        ),
        note(
            language,
            "If it was not you, there is nothing to do.",
            "اگر شما نبوده‌اید، لازم نیست کاری بکنید.",
        ),
    ];
    letter(
        language,
        "No Amn account with this address",
        "حسابی با این نشانی در امن نیست",
        parts,
    )
}

/// The password was changed or reset.
pub(crate) fn password_changed(language: Language, site_url: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "The password of your account was changed, and you were signed out everywhere else.",
            "گذرواژهٔ حساب شما عوض شد و نشست‌های دیگر شما پایان یافت.",
        ),
        text(
            language,
            "Was it not you? Set a new password at once.",
            "اگر کار شما نبوده است، همین حالا گذرواژهٔ تازه بگذارید.",
        ),
        link(
            language,
            "Set a new password",
            "گذاشتن گذرواژهٔ تازه",
            format!("{site_url}/auth/reset"),
        ),
    ];
    letter(
        language,
        "Your Amn password was changed",
        "گذرواژهٔ شما در امن عوض شد",
        parts,
    )
}

/// To the mailbox that an account is to leave: the code that lets it go, and the link that stops it.
pub(crate) fn email_leaves(language: Language, new: &str, code: &str, stop_url: String) -> Letter {
    let parts = vec![
        text(
            language,
            "Somebody who knows your password asked to use another address for your account:",
            "کسی که گذرواژهٔ شما را می‌داند خواسته است نشانی دیگری برای حساب شما به کار رود:",
        ),
        Part::Text(new.to_owned()),
        text(
            language,
            "If it was you, enter this code together with the one that went there:",
            "اگر خودتان بوده‌اید، این کد را همراه کدی که به آنجا فرستاده شده وارد کنید:",
        ),
        Part::Code(spaced(code)),
        text(
            language,
            "It works for 30 minutes. We never ask for it by mail, chat or phone.",
            "این کد تا ۳۰ دقیقه کار می‌کند. ما هرگز آن را با ایمیل، گفت‌وگو یا تلفن نمی‌پرسیم.",
        ),
        link(
            language,
            "It was not me: stop it and sign out everywhere",
            "کار من نبوده است: جلویش را بگیرید و همه‌جا خارجم کنید",
            stop_url,
        ),
    ];
    letter(
        language,
        "Another address for your Amn account",
        "نشانی دیگری برای حساب شما در امن",
        parts,
    )
}

/// To the mailbox that an account is to use: the code that proves it.
pub(crate) fn email_arrives(language: Language, code: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "Enter this code to use this address for your account, together with the one that went \
             to your address so far:",
            "برای به کار بردن این نشانی، این کد را همراه کدی که به نشانی کنونی شما فرستاده شده وارد کنید:",
        ),
        Part::Code(spaced(code)),
        note(
            language,
            "It works for 30 minutes. If you did not ask for it, ignore this mail: nothing happens \
             without the code.",
            "این کد تا ۳۰ دقیقه کار می‌کند. اگر شما نخواسته‌اید، این ایمیل را نادیده بگیرید؛ بدون کد \
             هیچ اتفاقی نمی‌افتد.",
        ),
    ];
    letter(language, "Your code for Amn", "کد شما برای امن", parts)
}

/// To both mailboxes, once the account uses the new one.
pub(crate) fn email_changed(language: Language, new: &str, site_url: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "Your account now uses this address, and you were signed out everywhere else:",
            "حساب شما از این پس این نشانی را به کار می‌برد و نشست‌های دیگر شما پایان یافت:",
        ),
        Part::Text(new.to_owned()),
        text(
            language,
            "Letters about your deals go there. Was it not you? Write to us at once.",
            "نامه‌های معامله‌ها به آنجا می‌رود. اگر کار شما نبوده است، همین حالا به ما بنویسید.",
        ),
        link(
            language,
            "How to reach us",
            "راه‌های تماس",
            format!("{site_url}/contact"),
        ),
    ];
    letter(
        language,
        "Your Amn address was changed",
        "نشانی شما در امن عوض شد",
        parts,
    )
}

/// A payout address was added: the code that confirms it and the link that stops it.
pub(crate) fn address_code(
    language: Language,
    network: Network,
    address: &str,
    code: &str,
    stop_url: String,
) -> Letter {
    let name = network.name();
    let parts = vec![
        Part::Text(match language {
            Language::En => format!("A payout address on {name} was added to your account:"),
            Language::Fa => format!(
                "نشانی دریافت تازه‌ای روی شبکهٔ {} به حساب شما افزوده شد:",
                super::isolated(name)
            ),
        }),
        Part::Value(address.to_owned()),
        text(
            language,
            "Compare every character with your wallet. If it is yours, enter this code:",
            "همهٔ نویسه‌ها را با کیف پول خود بسنجید. اگر نشانی خودتان است، این کد را وارد کنید:",
        ),
        Part::Code(spaced(code)),
        text(
            language,
            "After that it waits at least 24 hours before money is sent there.",
            "پس از آن دست‌کم ۲۴ ساعت می‌گذرد تا پولی به آن فرستاده شود.",
        ),
        text(
            language,
            "Was it not you? Somebody else is in your account. Stop it:",
            "اگر کار شما نبوده است، کس دیگری در حساب شماست. جلویش را بگیرید:",
        ),
        link(
            language,
            "It was not me: stop this address",
            "کار من نبود: جلوی این نشانی را بگیر",
            stop_url,
        ),
    ];
    letter(
        language,
        "New payout address: is it yours?",
        "نشانی دریافت تازه: آیا از شماست؟",
        parts,
    )
}

/// A payout address was confirmed and waits: the link that stops it, once more.
pub(crate) fn address_confirmed(
    language: Language,
    network: Network,
    address: &str,
    wait_hours: i64,
    stop_url: String,
) -> Letter {
    let name = network.name();
    let parts = vec![
        Part::Text(match language {
            Language::En => {
                format!(
                    "Your payout address on {name} was confirmed. It is in use in {wait_hours} hours:"
                )
            }
            Language::Fa => format!(
                "نشانی دریافت شما روی شبکهٔ {} تأیید شد و {} ساعت دیگر به کار می‌آید:",
                super::isolated(name),
                persian_digits(wait_hours)
            ),
        }),
        Part::Value(address.to_owned()),
        text(
            language,
            "Was it not you? Until then this link stops it, ends every session and blocks payouts:",
            "اگر کار شما نبوده است، تا آن زمان این پیوند جلویش را می‌گیرد، همهٔ نشست‌ها را می‌بندد \
             و پرداخت‌ها را نگه می‌دارد:",
        ),
        link(
            language,
            "It was not me: stop this address",
            "کار من نبود: جلوی این نشانی را بگیر",
            stop_url,
        ),
    ];
    letter(
        language,
        "Your payout address was confirmed",
        "نشانی دریافت شما تأیید شد",
        parts,
    )
}

/// A payout address was stopped by the link in the mail.
pub(crate) fn address_stopped(language: Language, address: &str, site_url: &str) -> Letter {
    let parts = vec![
        text(
            language,
            "You stopped this payout address. Nothing is sent there:",
            "جلوی این نشانی دریافت را گرفتید و هیچ پولی به آن فرستاده نمی‌شود:",
        ),
        Part::Value(address.to_owned()),
        text(
            language,
            "You were signed out everywhere, and nothing is paid out for 72 hours. Set a new \
             password now: somebody may know the old one.",
            "همهٔ نشست‌های شما بسته شد و تا ۷۲ ساعت هیچ مبلغی پرداخت نمی‌شود. همین حالا گذرواژهٔ \
             تازه بگذارید؛ شاید کسی گذرواژهٔ پیشین را بداند.",
        ),
        link(
            language,
            "Set a new password",
            "گذاشتن گذرواژهٔ تازه",
            format!("{site_url}/auth/reset"),
        ),
    ];
    letter(
        language,
        "Payout address stopped",
        "جلوی نشانی دریافت گرفته شد",
        parts,
    )
}

/// A payout address is in use from now on.
pub(crate) fn address_active(
    language: Language,
    network: Network,
    address: &str,
    site_url: &str,
) -> Letter {
    let name = network.name();
    let parts = vec![
        Part::Text(match language {
            Language::En => format!("From now on payouts on {name} go to this address:"),
            Language::Fa => format!(
                "از این پس پرداخت‌های شما روی شبکهٔ {} به این نشانی می‌رود:",
                super::isolated(name)
            ),
        }),
        Part::Value(address.to_owned()),
        link(
            language,
            "Your payout addresses",
            "نشانی‌های دریافت شما",
            format!("{site_url}/payouts/address"),
        ),
    ];
    letter(
        language,
        "Your payout address is in use",
        "نشانی دریافت شما به کار افتاد",
        parts,
    )
}

/// The answer to an application to sell.
pub(crate) fn seller_decided(language: Language, is_approved: bool, site_url: &str) -> Letter {
    if is_approved {
        let parts = vec![
            text(
                language,
                "You can sell on Amn now: look at open requests and make your first offer.",
                "اکنون می‌توانید در امن بفروشید؛ درخواست‌های باز را ببینید و نخستین پیشنهادتان را بدهید.",
            ),
            link(
                language,
                "Open requests",
                "درخواست‌های باز",
                format!("{site_url}/feed"),
            ),
        ];
        letter(
            language,
            "You can sell on Amn now",
            "اکنون می‌توانید در امن بفروشید",
            parts,
        )
    } else {
        let parts = vec![
            text(
                language,
                "We could not approve your application to sell. You can go on buying, and you may \
                 apply again.",
                "درخواست فروشندگی شما پذیرفته نشد. همچنان می‌توانید خرید کنید و دوباره درخواست بدهید.",
            ),
            link(
                language,
                "Apply again",
                "درخواست دوباره",
                format!("{site_url}/sell"),
            ),
        ];
        letter(
            language,
            "Your application to sell",
            "درخواست فروشندگی شما",
            parts,
        )
    }
}

/// News of a request, an offer, a deal or a dispute.
pub(crate) fn news(
    language: Language,
    title: &str,
    body: &str,
    action: Option<(String, String)>,
    site_url: &str,
) -> Letter {
    let mut parts = vec![Part::Text(body.to_owned())];
    if let Some((label, url)) = action {
        parts.push(Part::Link { label, url });
    }
    parts.push(Part::Note(match language {
        Language::En => {
            format!("You choose which news come by mail: {site_url}/account/preferences")
        }
        Language::Fa => {
            format!("خودتان برمی‌گزینید کدام خبرها با ایمیل بیاید: {site_url}/account/preferences")
        }
    }));
    Letter {
        language,
        subject: title.to_owned(),
        parts,
    }
}

/// What the letter about an address to pay to says.
#[derive(Debug)]
pub(crate) struct PayTo<'a> {
    /// What the deal is about.
    pub(crate) title: &'a str,
    pub(crate) network: Network,
    pub(crate) address: &'a str,
    /// The four words of the address in this deal.
    pub(crate) words: &'a str,
    pub(crate) pay_url: String,
}

/// To the buyer: where to pay to, and how to see that the page shows the same.
pub(crate) fn pay_to(language: Language, to: PayTo<'_>) -> Letter {
    let title = format!("\u{2068}{}\u{2069}", to.title);
    let network = super::isolated(to.network.name());
    let parts = vec![
        Part::Text(match language {
            Language::En => format!("Pay for “{title}” on {network} to this address and no other:"),
            Language::Fa => {
                format!("برای «{title}» روی شبکهٔ {network} تنها به این نشانی بپردازید:")
            }
        }),
        Part::Value(to.address.to_owned()),
        text(language, "Its four words are:", "چهار واژهٔ آن:"),
        Part::Value(to.words.to_owned()),
        text(
            language,
            "The payment page shows the same address with the same words. If it shows others, \
             send nothing.",
            "صفحهٔ پرداخت همین نشانی را با همین واژه‌ها نشان می‌دهد. اگر چیز دیگری نشان داد، چیزی \
             نفرستید.",
        ),
        link(
            language,
            "Open the payment page",
            "باز کردن صفحهٔ پرداخت",
            to.pay_url,
        ),
        note(
            language,
            "The page says until when the price is held, and what must arrive. Send nothing later.",
            "در صفحه می‌بینید قیمت تا کی نگه داشته می‌شود و چه مبلغی باید برسد. پس از آن چیزی نفرستید.",
        ),
    ];
    letter(
        language,
        "Where to pay, and the four words of the address",
        "نشانی پرداخت و چهار واژهٔ آن",
        parts,
    )
}

fn persian_digits(number: i64) -> String {
    let digit = |c: char| {
        c.to_digit(10)
            .and_then(|value| char::from_u32(0x6f0 + value))
            .unwrap_or(c)
    };
    number.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(language: Language) -> Vec<Letter> {
        let site = "https://amn.example";
        let stop = || format!("{site}/stop");
        vec![
            verification_code(language, "418206"),
            already_have_an_account(language, site),
            reset_code(language, "418206"),
            no_account_here(language, site),
            password_changed(language, site),
            address_code(language, Network::Bsc, "0xabc", "418206", stop()),
            address_confirmed(language, Network::Bsc, "0xabc", 24, stop()),
            address_stopped(language, "0xabc", site),
            pay_to(
                language,
                PayTo {
                    title: if language == Language::Fa {
                        "دوربین"
                    } else {
                        "A camera"
                    },
                    network: Network::Bsc,
                    address: "0xabc",
                    words: "river copper lantern nine",
                    pay_url: format!("{site}/deals/1/pay"),
                },
            ),
            address_active(language, Network::Bsc, "0xabc", site),
            seller_decided(language, true, site),
            seller_decided(language, false, site),
        ]
    }

    #[test]
    fn every_letter_is_whole_in_every_language() {
        let is_persian = |text: &str| text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        for language in Language::ALL {
            for letter in all(language) {
                assert!(!letter.subject.contains(['\n', '\r']), "{}", letter.subject);
                for part in &letter.parts {
                    if let Part::Text(said) | Part::Note(said) | Part::Link { label: said, .. } =
                        part
                    {
                        assert_eq!(is_persian(said), language == Language::Fa, "{said}");
                    }
                }
            }
        }
    }

    #[test]
    fn codes_and_addresses_are_the_same_in_every_language() {
        let plain = |language| {
            let letter = address_code(language, Network::Bsc, "0xabc", "418206", "u".into());
            let is_plain = |part: &Part| matches!(part, Part::Code(_) | Part::Value(_));
            letter
                .parts
                .into_iter()
                .filter(is_plain)
                .collect::<Vec<_>>()
        };
        assert_eq!(plain(Language::En), plain(Language::Fa));
        assert_eq!(plain(Language::En)[1], Part::Code("418 206".into()));
    }
}
