//! What can be chosen: codes and their words.

/// A code and what it says.
pub type Coded = (&'static str, &'static str);

/// Why a record is read.
pub const READING_REASONS: &[Coded] = &[
    ("care", "I am giving care or support to this person"),
    ("contact", "I need to contact this person or their family"),
    ("check", "I am checking that the record is right"),
    ("request", "This person, or somebody for them, has asked"),
    ("safeguarding", "Somebody's safety"),
    ("other", "Another reason"),
];

/// Why the glass is broken.
pub const BREAK_GLASS_REASONS: &[Coded] = &[
    ("danger", "Somebody is in danger now"),
    ("safeguarding", "A safeguarding enquiry"),
    ("outbreak", "An outbreak or another incident"),
    ("law", "A court or the law requires it"),
];

/// What a second look decides.
pub const DECISIONS: &[Coded] = &[
    ("justified", "It was justified"),
    ("more", "More needs to be found out"),
    ("not-justified", "It was not justified: an incident is opened"),
];

/// Why a record is corrected.
pub const CORRECTION_REASONS: &[Coded] = &[
    ("changed", "It has changed: somebody moved, or has another name or telephone"),
    ("wrong", "It was wrong"),
    ("asked", "The person asked for it (UK GDPR Article 16)"),
];

/// Why a record is erased: UK GDPR Article 17(1).
pub const ERASURE_REASONS: &[Coded] = &[
    ("no-longer-needed", "It is no longer needed for what it was collected for: 17(1)(a)"),
    ("consent-withdrawn", "Consent was taken back and there is no other basis: 17(1)(b)"),
    ("objection", "The person objects and nothing overrides it: 17(1)(c)"),
    ("unlawful", "It was processed unlawfully: 17(1)(d)"),
    ("legal-obligation", "The law requires it: 17(1)(e)"),
];

/// Why a record is held: UK GDPR Article 17(3), and Article 18.
pub const HOLD_REASONS: &[Coded] = &[
    ("claim", "A legal claim is made or likely: 17(3)(e)"),
    ("inquiry", "A public inquiry, an inquest or an investigation: 17(3)(b)"),
    ("request", "A request for the record is open"),
    ("restriction", "The person asked to keep it: 18(1)(b) or (c)"),
];

/// Person stated gender (NHS Data Dictionary), in words.
pub const SEXES: &[Coded] =
    &[("female", "Female"), ("male", "Male"), ("indeterminate", "Indeterminate"), ("unknown", "Not known")];

/// With whom a record may be shared.
pub const SHARING: &[Coded] = &[
    ("nhs", "The NHS: general practice and the child health information service"),
    ("family-hub", "The family hub"),
    ("voluntary", "Voluntary organisations of the partnership"),
];

/// What somebody is to the child they look after.
pub const GUARDIANS: &[Coded] = &[
    ("mother", "Mother"),
    ("father", "Father"),
    ("carer", "Foster carer or special guardian"),
    ("relative", "Another relative"),
    ("other", "Somebody else with parental responsibility"),
];

/// The words of a code; the code itself where the list has none.
pub fn words_of<'a>(list: &'a [Coded], code: &'a str) -> &'a str {
    list.iter().find(|(known, _)| *known == code).map_or(code, |(_, words)| words)
}

/// Whether a list has a code.
pub(super) fn has(list: &[Coded], code: &str) -> bool {
    list.iter().any(|(known, _)| *known == code)
}
