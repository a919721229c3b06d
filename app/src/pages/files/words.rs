//! What is said of files: their sizes, and why one was not taken.

use services::files::{BYTES_MAX, TakeInError};

use crate::i18n::Locale;
use crate::page::{Failure, Page};

const KB: u64 = 1_024;
const MB: u64 = KB * KB;

/// `412 KB`, `2.4 MB`: rounded up, so that no file looks empty.
pub(in crate::pages) fn size(t: Locale, bytes: u64) -> String {
    if bytes < MB {
        return t.evidence_kilobytes(t.number(bytes.div_ceil(KB)));
    }
    let tenths = bytes.saturating_mul(10).div_ceil(MB);
    let number = match tenths % 10 {
        0 => t.number(tenths / 10),
        tenth => t.decimal(tenths / 10, tenth),
    };
    t.evidence_megabytes(number)
}

/// The most that one file may hold, in words.
pub(in crate::pages) fn largest(t: Locale) -> String {
    size(t, u64::try_from(BYTES_MAX).unwrap_or(u64::MAX))
}

/// Why a file was not taken and what to do; another page when words would not help.
pub(in crate::pages) fn not_taken(
    page: &Page,
    name: &str,
    error: &TakeInError,
) -> Result<String, Failure> {
    let t = page.t();
    match error {
        TakeInError::Empty => Ok(t.evidence_empty(name)),
        TakeInError::TooLarge => Ok(t.evidence_too_large(name, largest(t))),
        TakeInError::WrongType => Ok(t.evidence_wrong_type(name)),
        TakeInError::Unreadable => Ok(t.attach_unreadable(name)),
        TakeInError::QuotaUsedUp => Ok(t.evidence_quota(name)),
        TakeInError::KeyReused => Ok(t.refusal_idempotency_key_reused().to_owned()),
        TakeInError::Blobs(_) => Ok(t.evidence_unavailable(name)),
        TakeInError::Failed(failed) => Err(failed.clone().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_at_a_glance_and_never_nothing() {
        for (bytes, english, persian) in [
            (1, "1 KB", "۱ کیلوبایت"),
            (421_900, "413 KB", "۴۱۳ کیلوبایت"),
            (2 * MB, "2 MB", "۲ مگابایت"),
            (2_500_000, "2.4 MB", "۲٫۴ مگابایت"),
        ] {
            assert_eq!(size(Locale::En, bytes), english);
            assert_eq!(size(Locale::Fa, bytes), persian);
        }
    }
}
