//! The people of the demo who fill the place: nobody signs in as them.

/// Somebody of the demo without a password.
pub(super) struct SeedPerson {
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    /// Reads Persian.
    pub(super) fa: bool,
    pub(super) bio: &'static str,
}

const fn person(
    first: &'static str,
    last: &'static str,
    fa: bool,
    bio: &'static str,
) -> SeedPerson {
    SeedPerson {
        first,
        last,
        fa,
        bio,
    }
}

/// Buyers 2 and up; buyers 0 and 1 are those whose passwords are printed.
pub(super) const BUYERS: &[SeedPerson] = &[
    person(
        "Hannah",
        "Vogel",
        false,
        "Photographs on film at the weekend.",
    ),
    person("Mateo", "Rojas", false, "Runs a small recording studio."),
    person(
        "نگار",
        "صالحی",
        true,
        "معلم موسیقی و دوستدار کتاب‌های قدیمی.",
    ),
    person("Priya", "Nair", false, "Opens a bakery this spring."),
    person("Jonas", "Lindqvist", false, "Restores bicycles."),
    person("کاوه", "مرادی", true, "کارگاه کوچک چوب دارم."),
    person("Amelia", "Okafor", false, "Edits a quarterly magazine."),
    person("الهام", "رستگار", true, "پژوهشگر داده."),
    person(
        "Tomas",
        "Novak",
        false,
        "Collects calculators and slide rules.",
    ),
    person("Yuki", "Tanaka", false, "Teaches robotics to teenagers."),
];

/// Sellers 2 and up; sellers 0 and 1 are those whose passwords are printed.
pub(super) const SELLERS: &[SeedPerson] = &[
    person(
        "Marta",
        "Kowalska",
        false,
        "Film cameras, serviced and tested with a roll of film.",
    ),
    person(
        "Bilal",
        "Haddad",
        false,
        "Laptops and parts, imported from Germany.",
    ),
    person(
        "سمیرا",
        "یزدانی",
        true,
        "فرش، گلیم و کارهای دستی از کرمان و تبریز.",
    ),
    person(
        "Diego",
        "Fuentes",
        false,
        "Guitars and amplifiers since 2009.",
    ),
    person(
        "Ingrid",
        "Solberg",
        false,
        "Outdoor equipment, new and second-hand.",
    ),
    person("آرش", "کریمی", true, "ابزار و قطعات اصلی با ضمانت بازگشت."),
    person(
        "Chen",
        "Wei",
        false,
        "Electronic parts in any number, straight from Shenzhen.",
    ),
    person(
        "Olivia",
        "Marsh",
        false,
        "Brand design for small companies.",
    ),
    person(
        "رضا",
        "امینی",
        true,
        "برنامه‌نویس وب و موبایل، ده سال سابقه.",
    ),
    person(
        "Fatou",
        "Diallo",
        false,
        "Translations between French, English and Wolof.",
    ),
    person("Luca", "Bianchi", false, "Espresso machines, restored."),
    person("مریم", "نوری", true, "مترجم رسمی انگلیسی و آلمانی."),
    person(
        "Sven",
        "Aalto",
        false,
        "Bicycle frames and wheels, built by hand.",
    ),
    person("Aisha", "Rahman", false, "Books that are out of print."),
    person("هومن", "شریفی", true, "ساعت‌ساز؛ ساعت‌های مکانیکی سرویس‌شده."),
    person("Grace", "Mwangi", false, "Illustrations and book covers."),
    person(
        "Viktor",
        "Petrov",
        false,
        "Old computers and their software.",
    ),
    person("زهرا", "کاظمی", true, "زعفران و خشکبار درجه یک."),
    person(
        "Noah",
        "Fischer",
        false,
        "Servers, networks, and how to run them quietly.",
    ),
    person(
        "Emre",
        "Yildiz",
        false,
        "Leather bags and shoes, made to measure.",
    ),
    person("پویا", "احمدی", true, "تدریس خصوصی ریاضی و برنامه‌نویسی."),
    person("Julia", "Santos", false, "Recording, mixing and mastering."),
    person(
        "Karim",
        "Benali",
        false,
        "Power tools, mended and guaranteed.",
    ),
];
