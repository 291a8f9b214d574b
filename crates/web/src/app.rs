//! What every request can reach: the town, how it is served, and what is kept between requests.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use town::accounts::Site;
use town::partnership::Board;
use town::{Settings, Town};
use vocabulary::Date;

use crate::accounts::Door;
use crate::counts::{Costly, Metrics, Requests};
use crate::tls::{Kept, TlsFiles};
use crate::traces::{Traces, TracesTo};

/// How the town is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen: `127.0.0.1:8080`. Port 0 takes a free one.
    pub address: SocketAddr,
    /// The certificate, when het itself speaks HTTPS.
    pub tls: Option<TlsFiles>,
    /// Whether browsers reach it over HTTPS, by het itself or by a proxy in front that ends the encryption: cookies are then marked for it and
    /// browsers are told to stay on it.
    pub https: bool,
    /// Whether a proxy in front says, in the last part of `X-Forwarded-For`, where a request comes from.
    pub behind_proxy: bool,
    /// Where browsers reach it, to which passkeys and providers are bound. This machine's own name when `None`, unless it is reached over
    /// HTTPS, where het cannot know.
    pub site: Option<Site>,
    /// Where traces are sent; nowhere when `None`.
    pub traces: Option<TracesTo>,
    /// The day on which everything is judged; today when `None`. For demonstrations and tests.
    pub as_of: Option<Date>,
}

impl Default for Options {
    /// This machine only, on port 8080, without HTTPS, as of today.
    fn default() -> Options {
        Options {
            address: ([127, 0, 0, 1], 8080).into(),
            tls: None,
            https: false,
            behind_proxy: false,
            site: None,
            traces: None,
            as_of: None,
        }
    }
}

/// The state shared by all requests. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

/// A board, and the page that was made from it.
type KeptBoard = (Arc<Board>, Arc<str>);

struct Inner {
    town: Town,
    options: Options,
    door: Door,
    metrics: Metrics,
    requests: Requests,
    costly: Costly,
    traces: Traces,
    certificate: Option<Arc<Kept>>,
    settings: Mutex<Option<(i64, Arc<Settings>)>>,
    boards: Mutex<[Option<KeptBoard>; 2]>,
}

impl App {
    /// A town to be served like this, with this certificate.
    pub(crate) fn new(town: Town, options: Options, certificate: Option<Arc<Kept>>) -> App {
        App(Arc::new(Inner {
            town,
            door: Door::default(),
            metrics: Metrics::default(),
            requests: Requests::default(),
            costly: Costly::default(),
            traces: Traces::begin(options.traces.clone()),
            options,
            certificate,
            settings: Mutex::default(),
            boards: Mutex::default(),
        }))
    }

    /// The town.
    pub(crate) fn town(&self) -> &Town {
        &self.0.town
    }

    /// How it is served.
    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }

    /// Where browsers reach it, if that is known.
    pub(crate) fn site(&self) -> Option<Site> {
        let options = self.options();
        let here = || Site::on_this_machine(options.address.port()).filter(|_| !options.https);
        options.site.clone().or_else(here)
    }

    /// Where browsers reach it, if passkeys can be bound to that.
    pub(crate) fn passkey_site(&self) -> Option<Site> {
        self.site().filter(|site| site.name().is_some())
    }

    /// Where passwords are checked.
    pub(crate) fn door(&self) -> &Door {
        &self.0.door
    }

    /// What is counted while het is served.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The certificate in use, when het itself speaks HTTPS.
    pub(crate) fn certificate(&self) -> Option<&Kept> {
        self.0.certificate.as_deref()
    }

    /// How many requests were made, by whom.
    pub(crate) fn requests(&self) -> &Requests {
        &self.0.requests
    }

    /// Turns for work that costs much.
    pub(crate) fn costly(&self) -> &Costly {
        &self.0.costly
    }

    /// Where it is told how requests went.
    pub(crate) fn traces(&self) -> &Traces {
        &self.0.traces
    }

    /// The town's settings, read again when anything changed.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub(crate) async fn settings(&self) -> town::Result<Arc<Settings>> {
        let version = self.town().data_version().await?;
        let kept = || self.0.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((kept_version, settings)) = &*kept()
            && *kept_version == version
        {
            return Ok(settings.clone());
        }
        let settings = Arc::new(self.town().settings().await?);
        *kept() = Some((version, settings.clone()));
        Ok(settings)
    }

    /// The board as it is written on its page, with or without names: written again when there is another board. It is what
    /// most people look at most often, and every line of it is the same for all of them.
    pub(crate) fn board_text(
        &self,
        board: &Arc<Board>,
        names: bool,
        write: impl FnOnce() -> String,
    ) -> Arc<str> {
        let kept = || self.0.boards.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, text)) = &kept()[usize::from(names)]
            && Arc::ptr_eq(of, board)
        {
            return text.clone();
        }
        let text: Arc<str> = write().into();
        kept()[usize::from(names)] = Some((board.clone(), text.clone()));
        text
    }
}
