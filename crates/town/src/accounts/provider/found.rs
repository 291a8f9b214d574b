//! What a provider says of itself, and since when het knows it.

use openidconnect::core::CoreProviderMetadata;

/// What was found out about a provider, and when.
pub(super) struct Found {
    pub(super) at: String,
    pub(super) metadata: CoreProviderMetadata,
}
