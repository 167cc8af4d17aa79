//! How the team scored, and what it talks about. Nobody has a name here.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::model::{DiscussionInput, DiscussionView, Distribution, DistributionOf, DistributionOfArea, ExerciseId, Stage};
use super::super::service::{self, Together};
use super::exercise::{Ids, exercise_id};
use super::index::exercise_url;
use super::parts::{Fields, Typed, way};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::{self, AREA_KEYS, RubricVersion};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other, see_other_with};

#[derive(Debug, Serialize)]
pub struct DistributionPage {
    crumbs: Vec<Crumb>,
    interviews: Vec<InterviewPart>,
    discussion_url: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct DiscussionPage {
    crumbs: Vec<Crumb>,
    heading: String,
    /// The widest two; empty where too few are in, or the reader may not know yet.
    areas: Vec<WidePart>,
    /// Why there is nothing to see.
    closed: Option<&'static str>,
    team_url: String,
    notes_url: Option<String>,
    close_url: Option<String>,
    close_text: &'static str,
    notes: String,
    version: i32,
    changed_by: Option<String>,
    done: bool,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct InterviewPart {
    id: String,
    title: String,
    second: bool,
    /// None where nothing is shown, and then why.
    people: Option<usize>,
    text: &'static str,
    areas: Vec<StripPart>,
}

/// How one area was scored: five columns of people.
#[derive(Debug, Serialize)]
struct StripPart {
    name: String,
    contested: bool,
    levels: Vec<LevelCount>,
    own: Option<u8>,
    reference: u8,
}

#[derive(Debug, Serialize)]
struct LevelCount {
    level: u8,
    people: usize,
    reference: bool,
    own: bool,
    label: String,
}

#[derive(Debug, Serialize)]
struct WidePart {
    number: u8,
    name: String,
    spread: String,
    strips: Vec<TitledStrip>,
    anchors: Vec<AnchorPart>,
    /// Where its anchors are changed; none for who may not.
    anchor_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct TitledStrip {
    title: String,
    strip: StripPart,
}

#[derive(Debug, Serialize)]
struct AnchorPart {
    level: u8,
    label: String,
    text: String,
}

pub async fn distribution(visitor: Visitor, ids: Ids) -> PageResult {
    let id = exercise_id(&ids)?;
    visitor
        .page(move |tx, actor| {
            let together = service::together(tx, actor, id)?;
            Ok(DistributionPage::of(&together, actor.team_id()?, id))
        })
        .await
}

pub async fn discussion(visitor: Visitor, ids: Ids) -> PageResult {
    let id = exercise_id(&ids)?;
    visitor.page(move |tx, actor| page(tx, actor, id, None)).await
}

pub async fn write_notes(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = exercise_id(&ids)?;
    let typed = Typed(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let notes = DiscussionInput { notes: sent.text("notes") }.parse()?;
        service::write_notes(tx, actor, id, sent.version(), &notes)?;
        Ok(format!("{}/discussion", exercise_url(actor.team_id()?, id)))
    };
    let (status, errors, version) = match visitor.write(work).await {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { current }) => {
            let current: DiscussionView = serde_json::from_value(current).map_err(Error::from)?;
            let by = current.changed_by.as_deref().unwrap_or("Somebody");
            let text = format!(
                "{by} changed the notes meanwhile. They now say: “{}” What you typed is still below; save again to replace them.",
                current.notes
            );
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text), current.version)
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            (status, errors, typed.version())
        }
    };
    let again = Again { notes: typed.text("notes"), version, errors };
    visitor.page_with(status, move |tx, actor| page(tx, actor, id, Some(again))).await
}

/// To the draft in which the anchors are changed.
pub async fn change_anchor(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = exercise_id(&ids)?;
    let area = Typed(form).text("area").parse().ok().and_then(rubrics::area_key).unwrap_or(AREA_KEYS[0]);
    let url = visitor
        .write(move |tx, actor| {
            let rubric = service::rubric_draft(tx, actor, id)?;
            Ok(format!("/teams/{}/rubrics/{}/draft#area-{area}", actor.team_id()?, rubric.id))
        })
        .await?;
    see_other(url)
}

/// Notes that could not be saved.
struct Again {
    notes: String,
    version: i32,
    errors: FormErrors,
}

fn page(tx: &mut Tx, actor: &Actor, id: ExerciseId, again: Option<Again>) -> Result<DiscussionPage> {
    let together = service::together(tx, actor, id)?;
    let view = service::discussion(tx, actor, id)?;
    Ok(DiscussionPage::of(&together, view, (actor, actor.team_id()?, id), again))
}

impl DistributionPage {
    fn of(together: &Together, team: TeamId, id: ExerciseId) -> Self {
        let over = together.progress_stage != Stage::Scoring;
        DistributionPage {
            crumbs: way(
                team,
                [
                    Crumb { label: together.name.clone(), url: Some(exercise_url(team, id)) },
                    Crumb { label: "The team’s scores".into(), url: None },
                ],
            ),
            interviews: together.distribution.interviews.iter().map(|of| InterviewPart::of(of, &together.rubric)).collect(),
            discussion_url: over.then(|| format!("{}/discussion", exercise_url(team, id))),
        }
    }
}

impl InterviewPart {
    fn of(of: &DistributionOf, rubric: &RubricVersion) -> Self {
        InterviewPart {
            id: of.gold_interview_id.to_string(),
            title: of.title.clone(),
            second: of.held_back,
            people: of.people,
            text: "Nothing to see yet: your own scores come first, and then those of at least three people.",
            areas: of.areas.iter().map(|area| StripPart::of(area, rubric)).collect(),
        }
    }
}

impl StripPart {
    fn of(area: &DistributionOfArea, rubric: &RubricVersion) -> Self {
        let level = |(level, people): (u8, usize)| LevelCount {
            level,
            people,
            reference: area.reference == level,
            own: area.own == Some(level),
            label: count_words(people, level, area),
        };
        StripPart {
            name: rubric.area(area.area).map(|area| area.name.clone()).unwrap_or_default(),
            contested: area.contested,
            levels: (1..=5).zip(area.counts).map(level).collect(),
            own: area.own,
            reference: area.reference,
        }
    }
}

/// What a column says to who does not see it.
fn count_words(people: usize, level: u8, area: &DistributionOfArea) -> String {
    let mut words = match people {
        0 => format!("{level}: nobody"),
        1 => format!("{level}: 1 person"),
        many => format!("{level}: {many} people"),
    };
    if area.reference == level {
        words.push_str(if area.contested { ", the experts after their talk" } else { ", the reference" });
    }
    if area.own == Some(level) {
        words.push_str(", your score");
    }
    words
}

impl DiscussionPage {
    fn of(together: &Together, view: DiscussionView, (actor, team, id): (&Actor, TeamId, ExerciseId), again: Option<Again>) -> Self {
        let url = exercise_url(team, id);
        let leads = service::leads_exercises(actor);
        let over = together.progress_stage != Stage::Scoring;
        let areas: Vec<WidePart> = view
            .widest
            .iter()
            .map(|wide| WidePart::of(wide.area, wide.spread, together, leads.then(|| format!("{url}/rubric-draft"))))
            .collect();
        let names: Vec<&str> = areas.iter().map(|area| area.name.as_str()).collect();
        let notes = again.as_ref().map_or_else(|| view.notes.clone(), |again| again.notes.clone());
        DiscussionPage {
            crumbs: way(
                team,
                [Crumb { label: together.name.clone(), url: Some(url.clone()) }, Crumb { label: "Discussion".into(), url: None }],
            ),
            heading: if names.is_empty() { "Discussion".into() } else { format!("{}: where we were furthest apart", names.join(" and ")) },
            closed: closed((over, together.sees), &areas),
            areas,
            team_url: format!("{url}/distribution"),
            notes_url: (leads && over && together.sees).then(|| format!("{url}/discussion")),
            close_url: (leads && over && together.sees && view.closed_at.is_none()).then(|| format!("{url}/discussion/closing")),
            close_text: "What is held back can be scored then. The notes stay.",
            version: again.as_ref().map_or(view.version, |again| again.version),
            notes,
            changed_by: view.changed_by,
            done: view.closed_at.is_some(),
            errors: again.map(|again| again.errors).unwrap_or_default(),
        }
    }
}

fn closed((over, sees): (bool, bool), areas: &[WidePart]) -> Option<&'static str> {
    match (over, sees) {
        _ if !areas.is_empty() => None,
        (false, _) => Some("The team still scores. The discussion begins when everybody is in, or at the deadline."),
        (true, false) => Some("Score the interviews of this exercise yourself first. Then you see how the team scored, and what was said."),
        (true, true) => Some("Fewer than three people are in, so the team’s scores are not shown: they would be somebody’s."),
    }
}

impl WidePart {
    fn of(number: u8, spread: f64, together: &Together, anchor_url: Option<String>) -> Self {
        let area = together.rubric.area(number);
        let strip = |of: &DistributionOf| {
            let area = of.areas.iter().find(|area| area.area == number).filter(|_| !of.held_back)?;
            Some(TitledStrip { title: of.title.clone(), strip: StripPart::of(area, &together.rubric) })
        };
        let Distribution { interviews } = &together.distribution;
        WidePart {
            number,
            name: area.map(|area| area.name.clone()).unwrap_or_default(),
            spread: format!("{spread:.2}"),
            strips: interviews.iter().filter_map(strip).collect(),
            anchors: area
                .iter()
                .flat_map(|area| &area.anchors)
                .map(|anchor| AnchorPart { level: anchor.level, label: anchor.label.clone(), text: anchor.text.clone() })
                .collect(),
            anchor_url,
        }
    }
}

fn sample_strip() -> StripPart {
    let area = DistributionOfArea { area: 1, counts: [0, 1, 3, 0, 1], own: Some(2), reference: 3, contested: false, spread: 0.5 };
    let level = |(level, people): (u8, usize)| LevelCount {
        level,
        people,
        reference: level == 3,
        own: level == 2,
        label: count_words(people, level, &area),
    };
    StripPart {
        name: "Area <1>".into(),
        contested: true,
        levels: (1..=5).zip(area.counts).map(level).collect(),
        own: Some(2),
        reference: 3,
    }
}

impl Template for DistributionPage {
    const PATH: &'static str = "calibration/exercises/distribution.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        "The team’s scores".into()
    }

    fn samples() -> Vec<Self> {
        let part = |id: &str, people: Option<usize>, second: bool| InterviewPart {
            id: id.into(),
            title: "Mid level: <seventy> depots".into(),
            second,
            people,
            text: "Nothing to see yet.",
            areas: if people.is_some() {
                vec![sample_strip(), StripPart { own: None, contested: false, ..sample_strip() }]
            } else {
                Vec::new()
            },
        };
        let page = |over: bool| DistributionPage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            interviews: vec![part("1", Some(5), false), part("2", None, false), part("3", Some(3), true)],
            discussion_url: over.then(|| "/teams/1/exercises/1/discussion".into()),
        };
        vec![page(true), page(false)]
    }
}

impl Template for DiscussionPage {
    const PATH: &'static str = "calibration/exercises/discussion.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let wide = |number: u8, leads: bool| WidePart {
            number,
            name: format!("Area <{number}>"),
            spread: "0.84".into(),
            strips: vec![TitledStrip { title: "Mid level".into(), strip: sample_strip() }],
            anchors: vec![AnchorPart { level: 3, label: "Works with help".into(), text: "Looks `first`.".into() }],
            anchor_url: leads.then(|| "/teams/1/exercises/1/rubric-draft".into()),
        };
        let page = |leads: bool, open: bool, done: bool, errors: FormErrors| DiscussionPage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: "Where we were furthest apart".into(),
            areas: if open { vec![wide(1, leads), wide(4, leads)] } else { Vec::new() },
            closed: (!open).then_some("The team still scores."),
            team_url: "/teams/1/exercises/1/distribution".into(),
            notes_url: leads.then(|| "/teams/1/exercises/1/discussion".into()),
            close_url: (leads && !done).then(|| "/teams/1/exercises/1/discussion/closing".into()),
            close_text: "The notes stay.",
            notes: if open { "We read <3> alike now.".into() } else { String::new() },
            version: 1,
            changed_by: leads.then(|| "Lena Lead".into()),
            done,
            errors,
        };
        vec![
            page(true, true, false, FormErrors::sample(&["notes"])),
            page(false, true, true, FormErrors::default()),
            page(true, false, false, FormErrors::default()),
            page(false, false, false, FormErrors::default()),
        ]
    }
}
