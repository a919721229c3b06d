//! Limits, fees and reviews that an operator sets. What is not set is as the use cases have it.

use domain::{Bps, Span};
use services::config::{ProhibitedWords, RequestReview};

use super::Reader;

/// What was set.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// `LOCKOUT_FAILURES`: wrong passwords for one account from one network before it is locked
    /// there.
    lockout_failures: Option<u32>,
    /// `LOCKOUT_MINUTES`: how long the first lock lasts, and in how much time the failures fall.
    lockout: Option<Span>,
    /// `LOCKOUT_FURTHER_MINUTES`: how long each further lock within a day lasts.
    lockout_further: Option<Span>,
    /// `AUTH_TRIES`: failed requests about identity from one network within 15 minutes.
    auth_tries: Option<u32>,
    /// `PAYOUT_AUTO`: payouts up to so many dollars are approved by the system.
    payout_auto: Option<u64>,
    /// `PAYOUT_ONE_KEY`: payouts above so many dollars take two admins.
    payout_one_key: Option<u64>,
    /// `RULING_ALONE`: a resolver rules alone where no more dollars are held.
    ruling_alone: Option<u64>,
    /// `WALLET_RESERVE`: admins are told when fewer dollars are there beyond what is owed.
    wallet_reserve: Option<u64>,
    /// `PLATFORM_FEE_BPS`: the fee of new deals, in hundredths of a per cent.
    platform_fee: Option<Bps>,
    /// `REQUEST_REVIEW`: who lets requests be seen.
    request_review: Option<RequestReview>,
    /// `PROHIBITED_WORDS`: phrases that are refused beside our own list.
    prohibited: Vec<String>,
    /// `DOUBTFUL_WORDS`: phrases that somebody looks at first.
    doubtful: Vec<String>,
}

pub(super) fn rules(read: &mut Reader<'_>) -> Rules {
    let rules = Rules {
        lockout_failures: count(read, "LOCKOUT_FAILURES"),
        lockout: minutes(read, "LOCKOUT_MINUTES"),
        lockout_further: minutes(read, "LOCKOUT_FURTHER_MINUTES"),
        auth_tries: count(read, "AUTH_TRIES"),
        payout_auto: dollars(read, "PAYOUT_AUTO"),
        payout_one_key: dollars(read, "PAYOUT_ONE_KEY"),
        ruling_alone: dollars(read, "RULING_ALONE"),
        wallet_reserve: dollars(read, "WALLET_RESERVE"),
        platform_fee: read.word(
            "PLATFORM_FEE_BPS",
            "hundredths of a per cent, such as 100 for 1 %",
            None,
            |word| word.parse().ok().and_then(Bps::new).map(Some),
        ),
        request_review: read.word(
            "REQUEST_REVIEW",
            "auto or manual",
            None,
            |word| match word {
                "auto" => Some(Some(RequestReview::Auto)),
                "manual" => Some(Some(RequestReview::Manual)),
                _ => None,
            },
        ),
        prohibited: phrases(read, "PROHIBITED_WORDS"),
        doubtful: phrases(read, "DOUBTFUL_WORDS"),
    };
    rules.check(read);
    rules
}

impl Rules {
    /// Puts what was set into the settings of the use cases.
    pub fn apply(&self, settings: &mut services::Config) {
        let identity = &mut settings.identity;
        put(&mut identity.failures_before_lock, self.lockout_failures);
        put(&mut identity.failure_window, self.lockout);
        put(&mut identity.first_lock, self.lockout);
        put(&mut identity.further_lock, self.lockout_further);
        put(&mut identity.network_tries, self.auth_tries);
        let money = &mut settings.money;
        put(&mut money.payout_auto_cents, cents(self.payout_auto));
        put(&mut money.payout_one_key_cents, cents(self.payout_one_key));
        put(&mut money.ruling_alone_cents, cents(self.ruling_alone));
        put(&mut money.wallet_reserve_cents, cents(self.wallet_reserve));
        let marketplace = &mut settings.marketplace;
        put(&mut marketplace.fees.platform, self.platform_fee);
        put(&mut marketplace.request_review, self.request_review);
        settings.prohibited.refused.clone_from(&self.prohibited);
        settings.prohibited.doubtful.clone_from(&self.doubtful);
    }

    /// What the system approves by itself takes no more people than what one admin approves.
    fn check(&self, read: &mut Reader<'_>) {
        let unset = services::config::MoneyConfig::new(services::CodeKey::new([0; 32]));
        let auto = cents(self.payout_auto).unwrap_or(unset.payout_auto_cents);
        let one_key = cents(self.payout_one_key).unwrap_or(unset.payout_one_key_cents);
        if auto > one_key {
            let wrong = "  PAYOUT_AUTO: must be no more than PAYOUT_ONE_KEY";
            read.wrong.push(wrong.to_owned());
        }
    }
}

fn put<T>(setting: &mut T, set: Option<T>) {
    if let Some(set) = set {
        *setting = set;
    }
}

/// Dollars are read as a number of 32 bits: a hundred times that is counted easily.
fn cents(dollars: Option<u64>) -> Option<u64> {
    dollars.map(|dollars| dollars.saturating_mul(100))
}

fn dollars(read: &mut Reader<'_>, name: &str) -> Option<u64> {
    read.word(name, "a whole number of dollars", None, |word| {
        word.parse::<u32>().ok().map(|number| Some(number.into()))
    })
}

fn count(read: &mut Reader<'_>, name: &str) -> Option<u32> {
    read.word(name, "a number above zero", None, |word| {
        word.parse().ok().filter(|number| *number > 0).map(Some)
    })
}

fn phrases(read: &mut Reader<'_>, name: &str) -> Vec<String> {
    read.word(name, "phrases parted by commas", Vec::new(), |list| {
        Some(ProhibitedWords::phrases(list))
    })
}

fn minutes(read: &mut Reader<'_>, name: &str) -> Option<Span> {
    read.word(name, "a number of minutes above zero", None, |word| {
        let number: u16 = word.parse().ok().filter(|number| *number > 0)?;
        Some(Some(Span::minutes(number.into())))
    })
}
