//! What is kept in memory between questions, and forgotten when the data changes.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Results that cost something to make, each under a name, for one version of the data.
///
/// The version is the database's own counter, so that an import by another process is seen at the next question. The
/// alternative, a time to live, would show a stale board after an import.
#[derive(Debug, Default)]
pub struct Kept {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    version: i64,
    results: HashMap<String, Arc<dyn Any + Send + Sync>>,
}

/// Past this many results the oldest version of everything is dropped: a crawl of every page must not fill the memory.
const MOST: usize = 2_000;

impl Kept {
    /// The result kept under this name for this version of the data.
    pub(crate) fn get<T: Any + Send + Sync>(&self, version: i64, name: &str) -> Option<Arc<T>> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        (inner.version == version).then(|| inner.results.get(name).cloned())??.downcast().ok()
    }

    /// Keeps a result made from this version of the data.
    pub(crate) fn put<T: Any + Send + Sync>(&self, version: i64, name: &str, result: Arc<T>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if version < inner.version {
            return;
        }
        if version > inner.version || inner.results.len() >= MOST {
            inner.results.clear();
            inner.version = version;
        }
        inner.results.insert(name.to_owned(), result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_version_forgets_the_older() {
        let kept = Kept::default();
        kept.put(1, "a", Arc::new(7_u32));
        assert_eq!(kept.get::<u32>(1, "a").as_deref(), Some(&7));
        assert_eq!(kept.get::<u32>(2, "a"), None);
        kept.put(2, "b", Arc::new(8_u32));
        assert_eq!(kept.get::<u32>(2, "a"), None);
        kept.put(1, "late", Arc::new(9_u32));
        assert_eq!(kept.get::<u32>(1, "late"), None);
    }
}
