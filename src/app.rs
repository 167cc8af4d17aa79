//! Puts the parts together: database, templates, jobs, server.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::{App, HttpServer, web};
use secrecy::SecretString;
use tokio::sync::Semaphore;
use url::Url;

use crate::accounts;
use crate::calibration::exercises;
use crate::debriefs;
use crate::interviews;
use crate::platform::audit;
use crate::platform::config::{Config, SignUp};
use crate::platform::db::{self, Clock, Db};
use crate::platform::jobs::{self, JobTable};
use crate::platform::mail;
use crate::platform::password::Passwords;
use crate::platform::stop::Stop;
use crate::platform::telemetry;
use crate::platform::token::Signer;
use crate::practice;
use crate::question_sets;
use crate::rooms;
use crate::routes;
use crate::rubrics;
use crate::scorecards;
use crate::web::Server;
use crate::web::events::Streams;
use crate::web::guard;
use crate::web::intake;
use crate::web::limit::Limit;
use crate::web::line::{self, Pace};
use crate::web::page::Views;
use crate::web::probes::{Metrics, Readiness};

/// Every kind of job there is.
pub fn job_table() -> JobTable {
    JobTable::default()
        .with::<accounts::jobs::SendPasswordReset>()
        .with::<debriefs::RefreshComponents>()
        .with::<interviews::jobs::RemindOfInterview>()
        .with::<practice::jobs::ForgetRecordings>()
        .with::<question_sets::jobs::RunImport>()
        .with::<question_sets::jobs::ForgetImport>()
        .with::<rooms::jobs::ForgetPresence>()
        .with::<scorecards::jobs::RemindOfScorecards>()
}

/// Publishes what the built-in library has new, as the tables' owner. Every start does this, after the
/// migrations; nothing happens when nothing changed.
pub fn import_library(migrate_url: &SecretString, clock: &Clock) -> anyhow::Result<()> {
    let (rubrics, question_sets, gold_interviews) = db::write_as_owner(migrate_url, clock(), |tx| {
        // A gold interview pins a version of a rubric, so rubrics come first.
        Ok((rubrics::import_built_in(tx)?, question_sets::import_built_in(tx)?, exercises::import_built_in(tx)?))
    })?;
    if rubrics + question_sets + gold_interviews > 0 {
        tracing::info!(rubrics, question_sets, gold_interviews, "new versions in the built-in library");
    }
    Ok(())
}

/// What a server is made from. Tests make their own.
pub struct Parts {
    pub database_url: SecretString,
    pub pool: u32,
    pub clock: Clock,
    pub signer: Signer,
    pub base_url: Url,
    pub sign_up: SignUp,
    pub sends_mail: bool,
    pub hashing_threads: usize,
    pub trusted_proxies: Vec<IpAddr>,
    pub pace: Pace,
}

/// Assembles the state that all handlers share.
pub fn server(parts: Parts) -> anyhow::Result<Server> {
    let views = Views::load(&parts.base_url)?;
    Ok(Server {
        db: Db::open(&parts.database_url, parts.pool, parts.clock, Arc::new(views.clone()))?,
        views,
        signer: parts.signer,
        passwords: Passwords::start(parts.hashing_threads),
        base_url: parts.base_url,
        sign_up: parts.sign_up,
        sends_mail: parts.sends_mail,
        trusted_proxies: parts.trusted_proxies,
        strangers: Limit::default(),
        pace: parts.pace,
        uploads: Arc::new(Semaphore::new(intake::UPLOADS)),
        streams: Streams::default(),
        readiness: Readiness::default(),
    })
}

/// The application of one worker.
pub fn application(
    server: web::Data<Server>,
    metrics: web::Data<Metrics>,
) -> App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody>, Error = actix_web::Error, InitError = ()>,
> {
    App::new()
        .app_data(server)
        .app_data(metrics)
        .wrap(Condition::new(cfg!(not(debug_assertions)), Compress::default()))
        .wrap(from_fn(guard::guard))
        .configure(routes::configure)
        .default_service(web::to(|| async {
            Err::<actix_web::HttpResponse, _>(crate::web::page::PageError(crate::platform::error::Error::NotFound))
        }))
}

/// A server that listens; `run` serves until it is told to stop.
pub struct Listening {
    pub address: SocketAddr,
    pub base_url: Url,
    pub server: web::Data<Server>,
    running: actix_web::dev::Server,
}

/// Opens the port and starts the workers.
pub fn listen(config: &Config, database_url: SecretString) -> anyhow::Result<Listening> {
    line::raise_open_files();
    let listener = TcpListener::bind(config.listen)
        .map_err(|error| anyhow::anyhow!("cannot listen on {}: {error}; choose another with --listen", config.listen))?;
    let address = listener.local_addr()?;
    let base_url = config.base_url_for(address);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let server = web::Data::new(server(Parts {
        database_url,
        pool: config.db_pool,
        clock: db::system_clock(),
        signer: Signer::from_file(&config.secret_key_file)?,
        base_url: base_url.clone(),
        sign_up: config.sign_up,
        sends_mail: config.smtp_url.is_some(),
        hashing_threads: cores.min(2),
        trusted_proxies: config.trusted_proxies.clone(),
        pace: Pace::default(),
    })?);
    let metrics = web::Data::new(Metrics { handle: telemetry::start_metrics()?, token: config.metrics_token.clone() });
    let crew = Crew {
        workers: cores,
        // The pool's semaphore already queues; more threads than connections only wait.
        blocking_threads: (config.db_pool as usize).div_ceil(cores).max(1),
        finish_within: FINISH_WITHIN,
    };
    let running = serve(listener, server.clone(), metrics, &crew)?;
    Ok(Listening { address, base_url, server, running })
}

/// How long a balancer that asks for readiness is given to learn that the answer is no.
const TELL_WITHIN: Duration = Duration::from_secs(2);
/// How long requests that have begun are given to end. With the time before it and the database's own end, a
/// stop takes less than ten seconds, after which a supervisor would lose patience.
const FINISH_WITHIN: Duration = Duration::from_secs(7);

/// The threads of a server, and how long those that have begun may take to end.
pub struct Crew {
    pub workers: usize,
    pub blocking_threads: usize,
    pub finish_within: Duration,
}

/// Serves the application on this port, at the pace of its state.
pub fn serve(
    listener: TcpListener,
    server: web::Data<Server>,
    metrics: web::Data<Metrics>,
    crew: &Crew,
) -> std::io::Result<actix_web::dev::Server> {
    let pace = server.pace;
    let running = HttpServer::new(move || application(server.clone(), metrics.clone()))
        .workers(crew.workers)
        .worker_max_blocking_threads(crew.blocking_threads)
        .on_connect(line::watch(pace))
        .client_request_timeout(pace.header)
        .h1_write_buffer_size(line::BUFFER)
        // Signals are heard by `cli`, which stops what else there is in order.
        .disable_signals()
        .shutdown_timeout(crew.finish_within.as_secs())
        .listen(listener)?
        .run();
    Ok(running)
}

impl Listening {
    /// Serves, and does the jobs, until it is told to stop. Then, in this order: readiness says no, streams end,
    /// requests that have begun are answered, the job and the mail at hand are finished, the pool closes.
    pub async fn run(self, config: &Config, mut stop: Stop) -> anyhow::Result<()> {
        let Listening { server, base_url, mut running, .. } = self;
        let work = tokio::spawn(jobs::work(server.db.clone(), job_table(), stop.clone()));
        let post = config.smtp_url.clone().map(|url| {
            let from = format!("Fivefold <fivefold@{}>", base_url.host_str().unwrap_or("localhost"));
            Ok::<_, anyhow::Error>(tokio::spawn(mail::deliver(server.db.clone(), url, from.parse()?, stop.clone())))
        });
        let post = post.transpose()?;
        let seals = tokio::spawn(audit::keep_sealing(server.db.clone(), stop.clone()));
        tokio::select! {
            ended = &mut running => return Ok(ended?),
            () = stop.told() => {}
        }
        tracing::info!("stopping");
        server.readiness.leave(TELL_WITHIN).await;
        server.streams.close();
        let handle = running.handle();
        tokio::select! {
            (ended, ()) = async { tokio::join!(running, handle.stop(true)) } => ended?,
            // The end of the process cuts what is left.
            () = stop.told_twice() => return Ok(()),
        }
        let rest = async {
            let _ = tokio::join!(work, seals, async {
                if let Some(post) = post {
                    drop(post.await)
                }
            });
        };
        drop(tokio::time::timeout(FINISH_WITHIN, rest).await);
        Ok(())
    }
}
