//! Sex, as published tables split it.

/// The sex that a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Sex {
    /// Everyone.
    #[default]
    Persons,
    /// Girls and women.
    Female,
    /// Boys and men.
    Male,
}

impl Sex {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Sex::Persons => "persons",
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }

    /// Reads the words and letters that published files use; case does not matter.
    pub fn parse(text: &str) -> Option<Sex> {
        match text.trim().to_ascii_lowercase().as_str() {
            "persons" | "person" | "all" | "both" | "both sexes" | "p" | "" => Some(Sex::Persons),
            "female" | "females" | "f" | "girls" | "women" => Some(Sex::Female),
            "male" | "males" | "m" | "boys" | "men" => Some(Sex::Male),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for sex in [Sex::Persons, Sex::Female, Sex::Male] {
            assert_eq!(Sex::parse(sex.code()), Some(sex));
        }
        assert_eq!(Sex::parse("other"), None);
    }
}
