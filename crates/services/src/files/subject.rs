//! What a file is brought for, as its record names it.

use core::fmt;
use core::str::FromStr;

use domain::id::{DealId, RequestId, UserId};
use storage::{FilePurpose, FileRecord};

/// What a file is brought for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Evidence in a deal.
    Deal(DealId),
    /// To be shown with a request, or with an offer on it.
    Request(RequestId),
    /// The picture of a person.
    Person(UserId),
}

impl Subject {
    /// What the file of a record was brought for; none for a picture drawn of another file.
    pub(super) fn of(record: &FileRecord) -> Option<Self> {
        record.brought_for.as_deref()?.parse().ok()
    }

    /// What becomes of a file that is brought for it.
    pub(super) const fn purpose(self) -> FilePurpose {
        match self {
            Self::Deal(_) => FilePurpose::Evidence,
            Self::Request(_) => FilePurpose::Attachment,
            Self::Person(_) => FilePurpose::Avatar,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deal(id) => write!(f, "deal:{id}"),
            Self::Request(id) => write!(f, "request:{id}"),
            Self::Person(id) => write!(f, "user:{id}"),
        }
    }
}

impl FromStr for Subject {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, id) = text.split_once(':').ok_or(())?;
        match kind {
            "deal" => id.parse().map(Self::Deal).map_err(|_| ()),
            "request" => id.parse().map(Self::Request).map_err(|_| ()),
            "user" => id.parse().map(Self::Person).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_read_as_it_was_written() {
        for subject in [
            Subject::Deal(DealId::derived(&[b"deal"])),
            Subject::Request(RequestId::derived(&[b"request"])),
            Subject::Person(UserId::derived(&[b"person"])),
        ] {
            assert_eq!(subject.to_string().parse(), Ok(subject));
        }
        for other in ["", "deal:", "file:1", "deal", "request:x"] {
            assert_eq!(other.parse::<Subject>(), Err(()), "{other}");
        }
    }
}
