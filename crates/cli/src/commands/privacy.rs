//! `het privacy`.

use town::privacy::{PrivacyDocument, PrivacyFormat};

use super::place;
use crate::arguments::{Place, Privacy, PrivacyKind};
use crate::failure::Failure;
use crate::write;

pub async fn run(at: &Place, what: Privacy) -> Result<(), Failure> {
    let (which, asked) = match what {
        Privacy::Dpia(asked) => (PrivacyDocument::Dpia, asked),
        Privacy::Record(asked) => (PrivacyDocument::Processing, asked),
    };
    let format = match asked.format {
        PrivacyKind::Markdown => PrivacyFormat::Markdown,
        PrivacyKind::Html => PrivacyFormat::Html,
        PrivacyKind::Word => PrivacyFormat::Word,
    };
    let town = place::open(at).await?;
    let content = town.privacy_document(&place::operator(), which, format, town::today()).await?;
    write::bytes(&asked.out, &content)?;
    Ok(town.close().await?)
}
