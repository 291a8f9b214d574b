//! Moving a town to another database.

use store::backup::Fingerprint;

use crate::{Actor, Permission, Result, Town};

/// A town that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Every table, with the rows and the hash that both databases agree on.
    pub tables: Vec<Fingerprint>,
}

impl Town {
    /// Copies everything to the empty database at `address` and compares the rows and the hash of every table. The old database is left
    /// as it is, with an audit entry that says where everything went.
    ///
    /// # Errors
    /// [`crate::Error::Failed`] when the other database is not empty or a table there differs.
    pub async fn move_to(&self, actor: &Actor, address: &str) -> Result<Moved> {
        actor.require(Permission::Maintain)?;
        let (other, tables) = store::backup::move_to(self.store(), address).await?;
        let rows: u64 = tables.iter().map(|table| table.rows).sum();
        let detail = serde_json::json!({ "tables": tables.len(), "rows": rows });
        let entry = |subject: &str| crate::entry(actor, "move", subject, detail.clone());
        other.write().await?.commit(&entry("everything, to here")).await?;
        self.store().write().await?.commit(&entry("everything, to another database")).await?;
        other.close().await?;
        Ok(Moved { tables })
    }
}
