//! Which questions a piece of work asked of a database, and how long each took, for whoever traces requests.

use std::future::Future;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// One question that was asked.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// What was being done, in fixed words: never a value.
    pub doing: &'static str,
    /// When it was asked.
    pub began: Instant,
    /// How long the answer took.
    pub took: Duration,
}

/// No more than this many are noted of one piece of work.
const MOST: usize = 100;

tokio::task_local! {
    static ASKED: Mutex<Vec<Question>>;
}

/// Does a piece of work and gives the questions that it asked by itself, not those of tasks that it started.
pub async fn with_questions<T>(work: impl Future<Output = T>) -> (T, Vec<Question>) {
    ASKED
        .scope(Mutex::default(), async {
            let done = work.await;
            let asked = ASKED.with(|asked| {
                std::mem::take(&mut *asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
            });
            (done, asked)
        })
        .await
}

/// Asks a question, which is noted when somebody wants to know.
pub(crate) async fn noted<T>(doing: &'static str, question: impl Future<Output = T>) -> T {
    if ASKED.try_with(|_| ()).is_err() {
        return question.await;
    }
    let began = Instant::now();
    let answer = question.await;
    let _ = ASKED.try_with(|asked| {
        let mut asked = asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if asked.len() < MOST {
            asked.push(Question { doing, began, took: began.elapsed() });
        }
    });
    answer
}
