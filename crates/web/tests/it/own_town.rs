//! A small town of its own for a test that changes accounts, served on a free port of this machine.

use std::net::SocketAddr;

use tokio::runtime::Handle;
use town::accounts::{NewUser, Providers};
use town::{Actor, Role, Town};

use super::serving::Client;

/// The password of everybody in it.
pub const PASSWORD: &str = "copper lantern tuesday";

/// A town that is served until the tests end.
pub struct OwnTown {
    /// Where.
    pub address: SocketAddr,
    /// The town itself.
    pub town: Town,
    runtime: Handle,
}

/// Serves an empty town with these people and providers.
pub fn own_town(name: &str, people: &[(&str, Role)], providers: &str) -> OwnTown {
    let folder = std::env::temp_dir().join(format!("het-{name}-{}", std::process::id()));
    let people: Vec<(String, Role)> =
        people.iter().map(|(email, role)| ((*email).to_owned(), *role)).collect();
    let providers = Providers::parse(providers).unwrap();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            let address = format!("sqlite://{}", folder.join("het.sqlite").display());
            let town = Town::open(&address).await.unwrap().with_providers(providers);
            for (email, role) in people {
                let name = format!("Synthetic {email}");
                let new = NewUser { email, name, role, password: PASSWORD.to_owned() };
                town.add_user(&operator(), new).await.unwrap();
            }
            let options = web::Options { address: ([127, 0, 0, 1], 0).into(), ..web::Options::default() };
            let server = web::Server::bind(town.clone(), options).await.unwrap();
            send.send(OwnTown { address: server.address(), town, runtime: Handle::current() }).unwrap();
            server.run(std::future::pending()).await;
        });
    });
    receive.recv().unwrap()
}

/// Whoever may do everything.
pub fn operator() -> Actor {
    Actor::command_line("tests")
}

impl OwnTown {
    /// Does something in the town itself.
    pub fn within<T: Send>(&self, doing: impl Future<Output = T> + Send) -> T {
        // On a thread of its own, because a browser's test is in a runtime already.
        std::thread::scope(|scope| scope.spawn(|| self.runtime.block_on(doing)).join().unwrap())
    }

    /// The whole address of a path, by the name that passkeys are bound to.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address.port())
    }

    /// Somebody who is not signed in.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Every action that the audit log holds.
    pub fn log(&self) -> String {
        let filter = town::audit::AuditFilter::default();
        let log = self.within(self.town.audit_csv(&operator(), &filter)).unwrap();
        String::from_utf8(log).unwrap()
    }
}
