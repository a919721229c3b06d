//! Light, dark, or as the device says.

/// What a person chose for the colours; kept in the cookie `theme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl From<Option<domain::user::Theme>> for Theme {
    fn from(chosen: Option<domain::user::Theme>) -> Self {
        match chosen {
            None => Self::System,
            Some(domain::user::Theme::Light) => Self::Light,
            Some(domain::user::Theme::Dark) => Self::Dark,
        }
    }
}

impl From<Theme> for Option<domain::user::Theme> {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => None,
            Theme::Light => Some(domain::user::Theme::Light),
            Theme::Dark => Some(domain::user::Theme::Dark),
        }
    }
}

impl Theme {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word used in the cookie, the form and the document.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}
