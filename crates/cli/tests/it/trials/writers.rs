//! Several people who save something again and again, and note what was answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::asking::{Client, Served};
use crate::program::Place;

pub const EMAIL: &str = "editor@example.org";
pub const PASSWORD: &str = "Lantern-quiet-harbour-17";

/// One answer to a form.
pub struct Answer {
    pub at: Instant,
    pub took: Duration,
    pub name: String,
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// People who save organisations until they are stopped.
pub struct Writers {
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Vec<Answer>>>,
}

/// Somebody signed in, with the token of their forms.
pub fn signed_in(served: &Served) -> (Client, String) {
    let mut client = served.sign_in(EMAIL, PASSWORD);
    let token = client.token();
    (client, token)
}

/// Saves one organisation.
pub fn save(client: &mut Client, token: &str, name: &str) -> Answer {
    let began = Instant::now();
    let fields = [("name", name), ("kind", "synthetic")];
    let answer = client.send_with(token, "/organisations/new", &fields);
    Answer {
        at: Instant::now(),
        took: began.elapsed(),
        name: name.to_owned(),
        status: answer.status,
        head: answer.head,
        body: answer.body,
    }
}

impl Writers {
    pub fn start(served: &Served, people: usize, round: &str) -> Writers {
        let stop = Arc::new(AtomicBool::new(false));
        let (client, token) = signed_in(served);
        let tasks = (0..people).map(|person| {
            let (stop, round, token, mut client) =
                (stop.clone(), round.to_owned(), token.clone(), client.clone());
            std::thread::spawn(move || {
                let mut answers = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let name = format!("Synthetic {round}-{person}-{}", answers.len());
                    answers.push(save(&mut client, &token, &name));
                }
                answers
            })
        });
        Writers { stop: stop.clone(), tasks: tasks.collect() }
    }

    pub fn finish(self) -> Vec<Answer> {
        self.stop.store(true, Ordering::Relaxed);
        let mut answers: Vec<Answer> = self.tasks.into_iter().flat_map(|task| task.join().unwrap()).collect();
        answers.sort_by_key(|answer| answer.at);
        answers
    }
}

/// Every answer is either that it was saved or clearly that it cannot be just now.
pub fn check_answers(answers: &[Answer]) {
    for answer in answers {
        if answer.status == 303 {
            continue;
        }
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.head.contains("retry-after: "), "{}", answer.head);
        let clear =
            ["cannot answer just now", "no room left"].iter().any(|words| answer.body.contains(words));
        assert!(clear, "{}", answer.body);
    }
}

/// What was acknowledged is there, the log is whole, and each organisation has its entry.
pub fn check_kept(place: &Place, acknowledged: &[String]) {
    place.done(&["audit", "verify"]);
    let log = place.done(&["audit", "export", "--format", "json"]);
    let subjects: std::collections::HashSet<String> = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|entry| entry["subject"].as_str().map(str::to_owned))
        .collect();
    for name in acknowledged {
        let there = subjects.iter().any(|subject| subject.ends_with(name.as_str()));
        assert!(there, "{name} was acknowledged and is not in the audit log");
    }
}
