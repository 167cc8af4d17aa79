//! What one is asked to score again; for leads, the draws and how near the two scorings are.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::super::model::{NewDraw, NewDrawInput, SecondAgreement, SecondAsk, SecondDraw, SecondScoreId, SecondScoring};
use super::super::service;
use crate::accounts::Visitor;
use crate::calibration::tabs::{Here, tabs};
use crate::platform::db::Tx;
use crate::platform::error::{FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::Level;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Tab, Template, see_other_with};
use crate::web::times::{Moment, zone_name};

/// What a form begins with: a quarter, and a fifth of it.
const WINDOW: TimeDelta = TimeDelta::days(90);
const SHARE: &str = "20";

#[derive(Debug, Serialize)]
pub struct IndexPage {
    tabs: Vec<Tab>,
    waiting: Vec<AskRow>,
    done: Vec<AskRow>,
    lead: Option<LeadPart>,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct AskRow {
    number: usize,
    about: String,
    begun: bool,
    url: String,
    at: Moment,
}

#[derive(Debug, Serialize)]
struct LeadPart {
    action: String,
    zone: String,
    form: DrawForm,
    finding: String,
    text: String,
    figures: Vec<FigurePart>,
    draws: Vec<DrawRow>,
}

#[derive(Debug, Serialize)]
struct FigurePart {
    label: &'static str,
    value: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct DrawRow {
    window: String,
    share: String,
    seed: i64,
    scored: String,
    at: Moment,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DrawForm {
    #[serde(default)]
    since: String,
    /// The last day of it.
    #[serde(default)]
    until: String,
    #[serde(default)]
    percent: String,
}

pub async fn index(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None, FormErrors::default())).await
}

pub async fn create(visitor: Visitor, Form(form): Form<DrawForm>) -> PageResult {
    let sent = form.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        service::draw(tx, actor, &NewDraw::parse(&sent.input(actor.time_zone())?)?)?;
        Ok(index_url(actor.team_id()?))
    };
    match visitor.write(work).await {
        Ok(url) => see_other_with(url, "second-scoring-asked"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, Some(form), errors)).await
        }
    }
}

pub fn index_url(team: TeamId) -> String {
    format!("/teams/{team}/second-scoring")
}

pub fn score_url(team: TeamId, id: SecondScoreId) -> String {
    format!("/teams/{team}/second-scores/{id}")
}

/// As in `Mid level, 50 minutes`.
pub fn about(level: Level, minutes: i32) -> String {
    let minutes = if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") };
    format!("{} level, {minutes}", level.label())
}

fn page(tx: &mut Tx, actor: &Actor, typed: Option<DrawForm>, errors: FormErrors) -> Result<IndexPage> {
    let (team, zone) = (actor.team_id()?, actor.time_zone());
    let (done, waiting): (Vec<SecondAsk>, Vec<SecondAsk>) =
        service::asks(tx, actor)?.items.into_iter().partition(|ask| ask.submitted_at.is_some());
    let row = |ask: &SecondAsk| AskRow {
        number: ask.number,
        about: about(ask.level, ask.minutes),
        begun: ask.begun,
        url: score_url(team, ask.id),
        at: Moment::of(ask.submitted_at.unwrap_or(ask.asked_at), zone),
    };
    let form = typed.unwrap_or_else(|| DrawForm::begin(tx.now, zone));
    let lead = match service::may_draw(actor) {
        true => Some(LeadPart::of(&service::show(tx, actor)?, team, zone, form)),
        false => None,
    };
    Ok(IndexPage {
        tabs: tabs(actor, team, Here::SecondScoring),
        waiting: waiting.iter().map(row).collect(),
        done: done.iter().map(row).collect(),
        lead,
        errors,
    })
}

impl DrawForm {
    fn begin(now: DateTime<Utc>, zone: Tz) -> Self {
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive().to_string();
        DrawForm { since: day(now - WINDOW), until: day(now), percent: SHARE.into() }
    }

    /// Whole days of the reader's zone; the last one belongs to it.
    fn input(&self, zone: Tz) -> Result<NewDrawInput> {
        let mut errors = FieldErrors::default();
        let since = errors.take("since", midnight(&self.since, 0, zone));
        let until = errors.take("until", midnight(&self.until, 1, zone));
        errors.check()?;
        let percent = self.percent.trim().parse().unwrap_or_default();
        Ok(NewDrawInput { since: since.unwrap_or_default(), until: until.unwrap_or_default(), percent })
    }
}

/// The beginning of a day, so many days later.
fn midnight(text: &str, later: u64, zone: Tz) -> Result<DateTime<Utc>, String> {
    let wrong = || "Write a date, as in 2026-12-01.".to_owned();
    let day: NaiveDate = text.trim().parse().map_err(|_| wrong())?;
    let begin = day.checked_add_days(Days::new(later)).ok_or_else(wrong)?.and_time(NaiveTime::MIN);
    // Where a clock leaves midnight out, the day begins an hour later.
    let found = zone.from_local_datetime(&begin).earliest().or_else(|| zone.from_local_datetime(&(begin + TimeDelta::hours(1))).earliest());
    found.map(|time| time.with_timezone(&Utc)).ok_or_else(wrong)
}

impl LeadPart {
    fn of(view: &SecondScoring, team: TeamId, zone: Tz, form: DrawForm) -> Self {
        let (finding, text) = finding(view);
        LeadPart {
            action: index_url(team),
            zone: zone_name(zone),
            form,
            finding,
            text,
            figures: view.agreement.as_ref().map(figures).unwrap_or_default(),
            draws: view.draws.iter().map(|draw| DrawRow::of(draw, zone)).collect(),
        }
    }
}

fn finding(view: &SecondScoring) -> (String, String) {
    let explain = "Notes are less than an interview: a second score that is lower can mean that the notes say too little.";
    match &view.agreement {
        Some(found) if found.low > 0.0 => ("Whoever reads the notes scores higher than who was there".into(), explain.into()),
        Some(found) if found.high < 0.0 => ("Whoever reads the notes scores lower than who was there".into(), explain.into()),
        Some(_) => ("No difference in level that chance does not explain".into(), explain.into()),
        None if view.double_scored >= view.needed => (
            format!("{} interviews can be compared", view.double_scored),
            "What they show is said once three people have scored, so that it is said of nobody.".into(),
        ),
        None => (
            format!("{} of the {} interviews it takes can be compared", view.double_scored, view.needed),
            format!(
                "An interview can be compared when it is scored again and both sides scored one area at least, so here it can be fewer than below. From {} on, and from three people on, you see how near the two scorings are.",
                view.needed
            ),
        ),
    }
}

fn figures(found: &SecondAgreement) -> Vec<FigurePart> {
    use crate::calibration::words::{number, percent, signed};
    vec![
        FigurePart {
            label: "Second minus first",
            value: signed(found.mean_difference),
            text: format!("points; 95% interval {} to {}", number(found.low), number(found.high)),
        },
        FigurePart { label: "Within one point", value: percent(found.within_one), text: format!("of {} scores", found.scores) },
        FigurePart { label: "Rests on", value: found.interviews.to_string(), text: "interviews".into() },
    ]
}

impl DrawRow {
    fn of(draw: &SecondDraw, zone: Tz) -> Self {
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).format("%-d %b %Y").to_string();
        DrawRow {
            window: format!("{} to {}", day(draw.since), day(draw.until - TimeDelta::seconds(1))),
            share: format!("{}% of {}", draw.percent, draw.pool),
            seed: draw.seed,
            scored: format!("{} of {}", draw.scored, draw.drawn),
            at: Moment::of(draw.asked_at, zone),
        }
    }
}

impl Template for IndexPage {
    const PATH: &'static str = "calibration/second/index.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        "Second scoring".into()
    }

    fn samples() -> Vec<Self> {
        let at = || Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC);
        let ask = |number: usize| AskRow {
            number,
            about: about(Level::Mid, 50),
            begun: number == 2,
            url: format!("/teams/1/second-scores/{number}"),
            at: at(),
        };
        let found =
            |low: f64, high: f64| SecondAgreement { interviews: 12, scores: 55, mean_difference: -0.25, low, high, within_one: 0.9 };
        let draw = SecondDraw {
            id: uuid::Uuid::nil().into(),
            since: DateTime::UNIX_EPOCH,
            until: DateTime::UNIX_EPOCH + TimeDelta::days(90),
            percent: 20,
            seed: 7,
            pool: 11,
            drawn: 3,
            scored: 1,
            asked_at: DateTime::UNIX_EPOCH,
        };
        let lead = |double_scored: usize, agreement: Option<SecondAgreement>| {
            let draws = if double_scored > 0 { vec![draw.clone()] } else { Vec::new() };
            let view = SecondScoring { draws, double_scored, needed: 10, agreement };
            let team = uuid::Uuid::nil().into();
            Some(LeadPart::of(
                &view,
                team,
                chrono_tz::UTC,
                DrawForm { percent: "\"20\"".into(), ..DrawForm::begin(DateTime::UNIX_EPOCH, chrono_tz::UTC) },
            ))
        };
        let page = |asked: bool, lead: Option<LeadPart>, errors: FormErrors| IndexPage {
            tabs: vec![Tab { label: "Second scoring", url: "/teams/1/second-scoring".into(), current: true }],
            waiting: if asked { vec![ask(3), ask(2)] } else { Vec::new() },
            done: if asked { vec![ask(1)] } else { Vec::new() },
            lead,
            errors,
        };
        vec![
            page(true, None, FormErrors::default()),
            page(false, None, FormErrors::default()),
            page(false, lead(0, None), FormErrors::whole("No finished interview of this time can be scored again.")),
            page(false, lead(3, None), FormErrors::sample(&["since", "until", "percent"])),
            page(true, lead(12, None), FormErrors::default()),
            page(false, lead(12, Some(found(-0.5, -0.1))), FormErrors::default()),
            page(false, lead(12, Some(found(-0.5, 0.1))), FormErrors::default()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_belongs_to_the_window_in_the_readers_zone() {
        let form = DrawForm { since: " 2026-11-01".into(), until: "2026-11-30".into(), percent: "20 ".into() };
        let input = form.input(chrono_tz::Europe::Berlin).unwrap();
        let written = (input.since.to_rfc3339(), input.until.to_rfc3339(), input.percent);
        assert_eq!(written, ("2026-10-31T23:00:00+00:00".into(), "2026-11-30T23:00:00+00:00".into(), 20));
        assert!(DrawForm { until: "soon".into(), ..form }.input(chrono_tz::UTC).is_err());
    }
}
