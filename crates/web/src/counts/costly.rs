//! Work that costs much: a few of a kind at once, whoever asks for it, so that pages are read beside it. The others wait for their turn, and
//! not for long.

use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// For so long somebody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(20);
/// Each holds a thread until its reader has read it, and the database while a part of it is read.
const EXPORTS: usize = 16;

/// The turns of each kind of work.
pub(crate) struct Costly {
    documents: Arc<Semaphore>,
    exports: Arc<Semaphore>,
}

impl Default for Costly {
    /// A document keeps a processor busy: as many as there are.
    fn default() -> Costly {
        let processors = available_parallelism().map_or(1, usize::from);
        Costly { documents: Arc::new(Semaphore::new(processors)), exports: Arc::new(Semaphore::new(EXPORTS)) }
    }
}

impl Costly {
    /// A turn to make a document or a picture; `None` when others take too long.
    pub(crate) async fn document(&self) -> Option<OwnedSemaphorePermit> {
        turn(&self.documents, PATIENCE).await
    }

    /// A turn to send figures as they are read; `None` when others take too long.
    pub(crate) async fn export(&self) -> Option<OwnedSemaphorePermit> {
        turn(&self.exports, PATIENCE).await
    }
}

async fn turn(of: &Arc<Semaphore>, patience: Duration) -> Option<OwnedSemaphorePermit> {
    // They are never closed, so that nothing but the time can run out.
    tokio::time::timeout(patience, of.clone().acquire_owned()).await.ok()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_comes_too_many_is_told() {
        let few = Arc::new(Semaphore::new(1));
        let first = turn(&few, PATIENCE).await.unwrap();
        let second = turn(&few, Duration::from_millis(10)).await;
        assert!(second.is_none());
        drop(first);
        assert!(turn(&few, Duration::from_millis(10)).await.is_some());
    }
}
