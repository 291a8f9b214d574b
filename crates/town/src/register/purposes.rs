//! For what records are used and what allows it: data, with its source.

use std::sync::LazyLock;

use serde::Deserialize;

/// One purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Purpose {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What is done.
    pub words: String,
    /// The lawful basis of UK GDPR Article 6.
    pub article_6: String,
    /// The condition of UK GDPR Article 9.
    pub article_9: String,
    /// Whether it needs a consent.
    pub consent: bool,
    /// Whether the national data opt-out applies.
    pub opt_out: bool,
    /// Why it does or does not.
    pub opt_out_why: String,
    /// Who gets what of it.
    pub recipients: Vec<String>,
    /// The fields that are given out for it.
    pub fields: Vec<String>,
    /// Where all this stands.
    pub source: String,
}

#[derive(Deserialize)]
struct File {
    purpose: Vec<Purpose>,
}

static PURPOSES: LazyLock<Result<Vec<Purpose>, String>> = LazyLock::new(|| {
    let file: Result<File, _> = toml::from_str(include_str!("../../data/register/purposes.toml"));
    file.map(|file| file.purpose).map_err(|error| error.to_string())
});

/// Every purpose; none when the data cannot be read, and then nothing is used for anything.
pub fn purposes() -> &'static [Purpose] {
    PURPOSES.as_deref().unwrap_or_default()
}

/// The purpose with this code.
pub(super) fn purpose(code: &str) -> Option<&'static Purpose> {
    purposes().iter().find(|purpose| purpose.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_its_basis() {
        assert_eq!(PURPOSES.as_ref().map(Vec::len), Ok(6));
        for purpose in purposes() {
            assert!(purpose.article_6.starts_with("6(1)("), "{}", purpose.code);
            assert!(purpose.article_9.starts_with("9(2)("), "{}", purpose.code);
            assert!(!purpose.source.is_empty());
            // Consent is the basis exactly where it is asked.
            assert_eq!(purpose.consent, purpose.article_6.starts_with("6(1)(a)"), "{}", purpose.code);
            for field in &purpose.fields {
                assert!(super::super::extract::FIELDS.contains(&field.as_str()), "{field}");
            }
        }
        // NHS England: not to individual care, safeguarding or outbreaks; to planning and research.
        let applies: Vec<&str> =
            purposes().iter().filter(|one| one.opt_out).map(|one| one.code.as_str()).collect();
        assert_eq!(applies, ["planning", "research"]);
    }
}
