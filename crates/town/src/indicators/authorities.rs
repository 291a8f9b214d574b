//! How deprived each upper-tier authority is, for figures that are only published by authority.

use std::collections::HashMap;
use std::sync::Arc;

use store::indicators as tables;
use vocabulary::{AreaCode, AreaKind, Quintile};

use crate::{Result, Town};

/// Every upper-tier authority's deprivation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Authorities {
    /// The edition of the Indices it comes from; empty when none was imported.
    pub edition: String,
    /// By code.
    pub by_code: HashMap<AreaCode, Standing>,
}

/// One authority's deprivation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The mean IMD score of its LSOAs, weighted by their people where the file has them.
    pub score: f64,
    /// Its rank among authorities; 1 is the most deprived.
    pub rank: u32,
    /// Its fifth among authorities; 1 is the most deprived.
    pub quintile: Quintile,
}

impl Town {
    /// How deprived each upper-tier authority is: the mean of its LSOAs' IMD scores (MHCLG's "average score", English Indices of
    /// Deprivation, Research Report), ranked, and cut into fifths of authorities. Unweighted where the edition's file has no
    /// populations: LSOAs are built to hold about the same number of people.
    pub(crate) async fn authorities(&self) -> Result<Arc<Authorities>> {
        let version = self.data_version().await?;
        if let Some(kept) = self.kept.get(version, "authorities") {
            return Ok(kept);
        }
        let db = self.store().reader();
        let mut found = Authorities::default();
        let editions = tables::editions(db).await?;
        if let Some(edition) = editions.first() {
            let pairs = tables::parents_of(db, AreaKind::LocalAuthority, AreaKind::UpperTier).await?;
            let upper: HashMap<AreaCode, AreaCode> = pairs.into_iter().collect();
            let mut sums: HashMap<AreaCode, (f64, f64)> = HashMap::new();
            for row in tables::deprivation_of(db, &edition.edition, None).await? {
                // A unitary authority is its own upper tier.
                let authority = upper.get(&row.local_authority).copied().unwrap_or(row.local_authority);
                let weight = row.population.unwrap_or(1.0);
                let sum = sums.entry(authority).or_default();
                *sum = (sum.0 + row.score * weight, sum.1 + weight);
            }
            let mut scores: Vec<(AreaCode, f64)> = sums
                .into_iter()
                .filter(|(_, sum)| sum.1 > 0.0)
                .map(|(code, sum)| (code, sum.0 / sum.1))
                .collect();
            scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let of = scores.len() as u32;
            for (index, (code, score)) in scores.into_iter().enumerate() {
                let rank = index as u32 + 1;
                if let Some(quintile) = Quintile::from_rank(rank, of) {
                    found.by_code.insert(code, Standing { score, rank, quintile });
                }
            }
            found.edition = edition.edition.clone();
        }
        let found = Arc::new(found);
        self.kept.put(version, "authorities", found.clone());
        Ok(found)
    }
}
