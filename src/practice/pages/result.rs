//! A scored attempt: one's own words and score beside what an interviewer has.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::model::{AttemptView, Guidance, NewComparison, OwnScore, RecordingState};
use super::parts::{Tick, attempt_url, attempts_url, coming, crumbs, mock_url, practice_url, shares_url, ticks, today, used};
use super::score::places;
use super::spoken::SpokenPart;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::Actor;
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ResultPage {
    crumbs: Vec<Crumb>,
    heading: String,
    prompt: String,
    answer: String,
    spoken: Option<SpokenPart>,
    used: Option<String>,
    over: bool,
    scored: Option<Moment>,
    own: OwnPart,
    /// None while the question is being answered anew.
    guide: Option<GuidePart>,
    version: i32,
    note: String,
    /// What another tab saved meanwhile.
    theirs: Option<String>,
    due: Option<String>,
    urls: ResultUrls,
    again: AgainPart,
    errors: FormErrors,
}

#[derive(Debug, Clone, Serialize)]
struct OwnPart {
    score: Option<u8>,
    area: String,
    area_score: u8,
    would_pass: u8,
    /// Of the checklist.
    steps: Vec<Tick>,
    taken: usize,
    level: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct GuidePart {
    tests: String,
    expected: u8,
    listen_for: Vec<Tick>,
    signs: Vec<Tick>,
    probes: Vec<String>,
    strong: Option<String>,
    weak: Option<WeakPart>,
    topics: Vec<&'static str>,
    /// It was compared once.
    compared: bool,
    heard: usize,
}

#[derive(Debug, Clone, Serialize)]
struct WeakPart {
    text: String,
    why: String,
}

#[derive(Debug, Clone, Serialize)]
struct ResultUrls {
    comparison: String,
    removal: String,
    side: String,
    share: String,
    attempts: String,
    practice: String,
    mock: Option<String>,
}

/// What the same question, or the next of its set, is begun with.
#[derive(Debug, Clone, Serialize)]
struct AgainPart {
    version: String,
    question: String,
    level: String,
}

/// What was ticked and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ComparisonForm {
    heard: Vec<String>,
    signs: Vec<String>,
    pub note: String,
    version: String,
}

impl ComparisonForm {
    pub fn version(&self) -> Result<i32> {
        self.version.parse().map_err(|_| Error::PreconditionRequired)
    }

    pub fn parse(&self) -> Result<NewComparison> {
        let mut errors = FieldErrors::default();
        let (heard, signs) = (errors.take("heard", places(&self.heard)), errors.take("signs", places(&self.signs)));
        match heard.zip(signs) {
            Some((heard, signs)) => Ok(NewComparison { heard, signs, note: Some(self.note.clone()) }),
            None => Err(Error::Invalid(errors)),
        }
    }
}

/// A form that comes back.
#[derive(Debug, Default)]
pub struct TypedComparison {
    pub form: Option<ComparisonForm>,
    pub theirs: Option<String>,
    pub errors: FormErrors,
}

impl ResultPage {
    pub fn of(view: &AttemptView, own: &OwnScore, actor: &Actor, typed: TypedComparison) -> Result<Self> {
        let team = actor.team_id()?;
        let url = attempt_url(team, view.id);
        let TypedComparison { form, theirs, errors } = typed;
        let took = view.answering_at.zip(view.finished_at).map(|(from, to)| used((to - from).num_seconds(), view.question.minutes));
        let day = today(actor, view.now);
        let heading = view.guidance.as_ref().map_or_else(|| "Your answer".to_owned(), |guidance| guidance.title.clone());
        Ok(ResultPage {
            crumbs: crumbs(team, &heading),
            heading,
            prompt: view.question.prompt.clone(),
            answer: view.answer.text.clone(),
            spoken: SpokenPart::of(view.id, view.recording.as_ref(), actor)?,
            over: took.as_ref().is_some_and(|(_, over)| *over),
            used: took.map(|(text, _)| text),
            scored: view.scored_at.map(|at| Moment::of(at, actor.time_zone())),
            own: OwnPart::of(view, own),
            guide: view.guidance.as_ref().map(|guidance| GuidePart::of(view, guidance, form.as_ref())),
            version: view.answer.version,
            note: form.map_or_else(|| view.note.clone(), |form| form.note),
            theirs,
            due: view.due_on.map(|due: NaiveDate| coming(due, day)),
            urls: ResultUrls {
                comparison: format!("{url}/comparison"),
                removal: format!("{url}/removal"),
                side: format!("{url}/side-by-side"),
                share: format!("{}/new?attempt={}", shares_url(team), view.id),
                attempts: attempts_url(team),
                practice: practice_url(team),
                mock: view.mock_id.map(|mock| mock_url(team, mock)),
            },
            again: AgainPart {
                version: view.question_set_version_id.to_string(),
                question: view.question_id.to_string(),
                level: view.level.to_string(),
            },
            errors,
        })
    }
}

impl OwnPart {
    fn of(view: &AttemptView, own: &OwnScore) -> Self {
        let (area, steps) =
            view.scale.as_ref().map(|scale| (scale.area.name.clone(), ticks(&scale.steps, &own.checked))).unwrap_or_default();
        OwnPart {
            score: own.score,
            area,
            area_score: own.area_score,
            would_pass: own.would_pass,
            taken: own.checked.len(),
            steps,
            level: view.level.label(),
        }
    }
}

impl GuidePart {
    fn of(view: &AttemptView, guidance: &Guidance, form: Option<&ComparisonForm>) -> Self {
        let compared = view.compared.clone().unwrap_or_default();
        let (heard, signs) = match form {
            Some(form) => (places(&form.heard).unwrap_or_default(), places(&form.signs).unwrap_or_default()),
            None => (compared.heard, compared.signs),
        };
        GuidePart {
            tests: guidance.tests.clone(),
            expected: guidance.expected,
            heard: heard.len(),
            listen_for: ticks(&guidance.listen_for, &heard),
            signs: ticks(&guidance.warning_signs, &signs),
            probes: guidance.probes.clone(),
            strong: guidance.strong_answer.clone(),
            weak: guidance.weak_answer.as_ref().map(|weak| WeakPart { text: weak.text.clone(), why: weak.why.clone() }),
            topics: guidance.topics.iter().map(|topic| topic.label()).collect(),
            compared: view.compared.is_some(),
        }
    }
}

impl Template for ResultPage {
    const PATH: &'static str = "practice/result.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let guide = |whole: bool| GuidePart {
            tests: "Whether they know what is sent & when.".into(),
            expected: 3,
            listen_for: ticks(&["Building sends `nothing`", "Names triggers"], &[0]),
            signs: if whole { ticks(&["Thinks \"lazy\" is slow"], &[0]) } else { Vec::new() },
            probes: if whole { vec!["How many queries?".into()] } else { Vec::new() },
            strong: whole.then(|| "Building never touches it.\n\nThe everyday case is duller.".into()),
            weak: whole.then(|| WeakPart { text: "They are lazy.".into(), why: "Names no trigger.".into() }),
            topics: if whole { vec!["ORM"] } else { Vec::new() },
            compared: whole,
            heard: 1,
        };
        let page = |whole: bool, guide: Option<GuidePart>, errors: FormErrors| ResultPage {
            crumbs: vec![
                Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
                Crumb { label: "Lazy".into(), url: None },
            ],
            heading: "Lazy <querysets>".into(),
            prompt: "When does it go to the database?".into(),
            answer: if whole { String::new() } else { "When I need rows.".into() },
            spoken: whole.then(|| SpokenPart::sample(RecordingState::Saved)),
            used: whole.then(|| "6:05 of 5 min".into()),
            over: whole,
            scored: whole.then(|| Moment::of(super::samples::at(), chrono_tz::UTC)),
            own: OwnPart {
                score: whole.then_some(3),
                area: "Fundamentals".into(),
                area_score: 2,
                would_pass: 70,
                steps: if whole { ticks(&["Assumptions", "Risks"], &[1]) } else { Vec::new() },
                taken: 1,
                level: "Mid",
            },
            guide,
            version: 4,
            note: if whole { "Count the <queries>".into() } else { String::new() },
            theirs: whole.then(|| "Another \"note\"".into()),
            due: whole.then(|| "in 3 days, on Tue 3 Mar 2026".into()),
            urls: ResultUrls {
                comparison: "/teams/1/attempts/1/comparison".into(),
                removal: "/teams/1/attempts/1/removal".into(),
                side: "/teams/1/attempts/1/side-by-side".into(),
                share: "/teams/1/practice/shares/new?attempt=1".into(),
                attempts: "/teams/1/attempts".into(),
                practice: "/teams/1/practice".into(),
                mock: whole.then(|| "/teams/1/practice/mocks/1".into()),
            },
            again: AgainPart { version: "1".into(), question: "2".into(), level: "mid".into() },
            errors,
        };
        vec![
            page(true, Some(guide(true)), FormErrors::default()),
            page(false, Some(guide(false)), FormErrors::sample(&["note"])),
            page(false, None, FormErrors::whole("Answered anew.")),
        ]
    }
}
