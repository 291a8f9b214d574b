//! How much there is, for whatever watches over the machine.

pub use store::operations::Amounts;

use crate::{Result, Town};

impl Town {
    /// How many audit entries, accounts, sessions and current observations there are: numbers that say nothing of anybody.
    pub async fn amounts(&self) -> Result<Amounts> {
        Ok(store::operations::amounts(self.store().reader()).await?)
    }
}
