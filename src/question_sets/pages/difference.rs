//! What changed between two versions, or would change if the draft were published.

use std::sync::Arc;

use actix_web::web::{Path, Query};
use chrono_tz::Tz;
use serde::Serialize;

use super::super::difference::{ComparedVersion, Counts, Fate, FromQuery, QuestionDifference, SetDifference};
use super::super::model::{QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::super::service;
use super::marks::{FieldMarks, marks};
use super::{area_names, draft_url, question_url, sets_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::TeamId;
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct DifferencePage {
    crumbs: Vec<Crumb>,
    name: String,
    /// None for the draft.
    to: Option<Published>,
    /// None where nothing was published before.
    from: Option<Published>,
    /// What was published after the one and up to the other, newest first.
    between: Vec<Published>,
    counts: Counts,
    nothing: bool,
    head: Vec<FieldMarks>,
    questions: Vec<QuestionMarks>,
    unchanged_after: Stretch,
    /// The address without a question mark, for the form that chooses.
    url: String,
    chosen: String,
    choices: Vec<Choice>,
    first_url: Option<String>,
    next_url: Option<String>,
}

/// Who published it when, and why.
#[derive(Debug, Clone, Serialize)]
struct Published {
    /// As in `Version 2`, with the set's name where it is another set's.
    label: String,
    /// The same within a sentence.
    inline: String,
    url: String,
    at: Moment,
    by: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct QuestionMarks {
    key: String,
    title: String,
    /// None where it is not there any more.
    url: Option<String>,
    fate: Fate,
    moved: bool,
    position: Option<usize>,
    position_before: Option<usize>,
    fields: Vec<FieldMarks>,
    before: Stretch,
}

/// Questions in a row that are as they were.
#[derive(Debug, Clone, Default, Serialize)]
struct Stretch {
    many: usize,
    titles: Vec<String>,
    /// Those whose titles are not told.
    more: usize,
}

/// Where the page is and what it may compare with.
struct Frame {
    team: TeamId,
    zone: Tz,
    names: Vec<String>,
    name: String,
    url: String,
    /// The draft's set, where it is one.
    draft: Option<QuestionSetId>,
    versions: Vec<Arc<QuestionSetVersion>>,
    first: bool,
}

pub async fn version_difference(visitor: Visitor, path: Path<(String, String)>, query: Query<FromQuery>, paging: Paging) -> PageResult {
    let to: QuestionSetVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (from, slice) = (query.version()?, paging.slice()?);
    visitor
        .page(move |tx, actor| {
            let difference = service::difference(tx, actor, to, from, &slice)?;
            let version = service::version(tx, to)?;
            let frame = Frame {
                team: actor.team_id()?,
                zone: actor.time_zone(),
                names: area_names(tx, actor, version.rubric.as_deref())?,
                name: version.name.clone(),
                url: format!("{}/differences", version_url(actor.team_id()?, to)),
                draft: None,
                versions: service::versions_of(tx, actor, version.set)?,
                first: slice.after.is_none(),
            };
            Ok(DifferencePage::of(&difference, frame))
        })
        .await
}

pub async fn draft_difference(visitor: Visitor, path: Path<(String, String)>, query: Query<FromQuery>, paging: Paging) -> PageResult {
    let id: QuestionSetId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (from, slice) = (query.version()?, paging.slice()?);
    visitor
        .page(move |tx, actor| {
            let difference = service::draft_difference(tx, actor, id, from, &slice)?;
            let set = service::show_set(tx, actor, id)?;
            let frame = Frame {
                team: actor.team_id()?,
                zone: actor.time_zone(),
                names: area_names(tx, actor, set.rubric.as_deref())?,
                name: set.name,
                url: format!("{}/differences", draft_url(actor.team_id()?, id)),
                draft: Some(id),
                versions: service::versions_of(tx, actor, id)?,
                first: slice.after.is_none(),
            };
            Ok(DifferencePage::of(&difference, frame))
        })
        .await
}

impl DifferencePage {
    fn of(difference: &SetDifference, frame: Frame) -> Self {
        let published = |version: &ComparedVersion| Published::of(version, &frame);
        let chosen = difference.from.as_ref().map(|from| from.id().to_string()).unwrap_or_default();
        let address = |cursor: &str| format!("{}?from={chosen}&cursor={cursor}", frame.url);
        let counts = difference.counts;
        DifferencePage {
            crumbs: frame.crumbs(difference),
            name: frame.name.clone(),
            to: difference.to.as_ref().map(published),
            from: difference.from.as_ref().map(published),
            between: frame.between(difference),
            nothing: difference.head.is_empty() && counts == Counts { unchanged: counts.unchanged, ..Counts::default() },
            counts,
            head: marks(&difference.head, &frame.names),
            questions: difference.questions.iter().map(|question| QuestionMarks::of(question, difference, &frame)).collect(),
            unchanged_after: Stretch::of(difference.unchanged_after.0, &difference.unchanged_after.1),
            choices: frame.choices(difference),
            first_url: (!frame.first).then(|| format!("{}?from={chosen}", frame.url)),
            next_url: difference.next_cursor.as_deref().map(address),
            url: frame.url,
            chosen,
        }
    }
}

impl Frame {
    fn crumbs(&self, difference: &SetDifference) -> Vec<Crumb> {
        let of_set = match (self.draft, &difference.to) {
            (Some(set), _) => Some(draft_url(self.team, set)),
            (None, to) => to.as_ref().map(|to| version_url(self.team, to.id())),
        };
        let here = if self.draft.is_some() { "What would change" } else { "What changed" };
        let crumb = |label: &str, url| Crumb { label: label.to_owned(), url };
        vec![crumb("Question sets", Some(sets_url(self.team))), crumb(&self.name, of_set), crumb(here, None)]
    }

    fn is_own(&self, version: &ComparedVersion) -> bool {
        self.versions.iter().any(|own| own.id == version.id())
    }

    fn between(&self, difference: &SetDifference) -> Vec<Published> {
        let Some(to) = difference.to.as_ref() else { return Vec::new() };
        let from = difference.from.as_ref().filter(|from| self.is_own(from));
        // Of two versions of two sets neither came after the other; read backwards nothing was published in between.
        let after = from.map_or(to.version.number - 1, |from| from.version.number);
        let between = |version: &&Arc<QuestionSetVersion>| version.number > after && version.number <= to.version.number;
        self.versions.iter().filter(between).map(|version| Published::of(&ComparedVersion::of(version), self)).collect()
    }

    fn choices(&self, difference: &SetDifference) -> Vec<Choice> {
        let to = difference.to.as_ref().map(ComparedVersion::id);
        let own = self.versions.iter().filter(|version| Some(version.id) != to).map(|version| ComparedVersion::of(version));
        let other = difference.from.iter().filter(|from| !self.is_own(from)).cloned();
        own.chain(other).map(|version| Choice { value: version.id().to_string(), label: self.label(&version) }).collect()
    }

    fn label(&self, version: &ComparedVersion) -> String {
        let number = version.version.number;
        if self.is_own(version) { format!("Version {number}") } else { format!("{}, version {number}", version.version.name) }
    }
}

impl Published {
    fn of(version: &ComparedVersion, frame: &Frame) -> Self {
        let (label, number) = (frame.label(version), version.version.number);
        Published {
            inline: if frame.is_own(version) { format!("version {number}") } else { label.clone() },
            label,
            url: version_url(frame.team, version.id()),
            at: Moment::of(version.version.published_at, frame.zone),
            by: version.version.published_by.clone(),
            reason: version.version.reason.clone(),
        }
    }
}

impl QuestionMarks {
    fn of(question: &QuestionDifference, difference: &SetDifference, frame: &Frame) -> Self {
        let url = match (&difference.to, frame.draft) {
            _ if question.position.is_none() => None,
            (Some(to), _) => Some(question_url(frame.team, to.id(), question.question_id)),
            (None, set) => set.map(|set| super::draft_question_url(frame.team, set, question.question_id)),
        };
        QuestionMarks {
            key: question.key.clone(),
            title: question.title.clone(),
            url,
            fate: question.fate,
            moved: question.moved,
            position: question.position,
            position_before: question.position_before,
            fields: marks(&question.fields, &frame.names),
            before: Stretch::of(question.unchanged_before, &question.unchanged_titles),
        }
    }
}

impl Stretch {
    fn of(many: usize, titles: &[String]) -> Self {
        Stretch { many, titles: titles.to_vec(), more: many - titles.len().min(many) }
    }
}

impl Template for DifferencePage {
    const PATH: &'static str = "question_sets/difference.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        let what = if self.to.is_some() { "what changed" } else { "what would change" };
        format!("{} ({what})", self.name)
    }

    fn samples() -> Vec<Self> {
        use super::super::difference::{Outline, Side};
        let Some(version) = super::sample() else { return Vec::new() };
        let older = QuestionSetVersion { id: QuestionSetVersionId(uuid::Uuid::from_u128(1)), number: 0, ..version.clone() };
        let later = QuestionSetVersion { published_by: Some("Ada".into()), reason: Some("Clearer".into()), ..version.clone() };
        let frame = |draft: bool, first| Frame {
            team: TeamId(uuid::Uuid::nil()),
            zone: Tz::UTC,
            names: super::default_names(),
            name: "Ours".into(),
            url: "/teams/1/question-sets/1/draft/differences".into(),
            draft: draft.then_some(QuestionSetId(uuid::Uuid::nil())),
            versions: vec![Arc::new(later.clone()), Arc::new(older.clone())],
            first,
        };
        let mut new = Side::of(&version);
        new.name = "Ours".into();
        new.questions[1].1.prompt.push_str(" And why?");
        new.questions[1].1.listen_for.swap(0, 1);
        new.questions[1].1.anchors.clear();
        let first = new.questions.remove(0);
        new.questions.insert(4, first);
        new.questions.pop();
        new.questions[7].1.key = "another".into();
        new.questions[7].0 = super::super::model::QuestionId(uuid::Uuid::nil());
        let difference = |old: &Side, new: &Side, from: bool, to: bool, next: bool| {
            let outline = Outline::of(old, new);
            SetDifference {
                from: from.then(|| ComparedVersion::of(&older)),
                to: to.then(|| ComparedVersion::of(&later)),
                counts: outline.counts(),
                head: outline.head(None),
                questions: outline.questions(0, 50, None).into_iter().map(|(_, question)| question).collect(),
                next_cursor: next.then(|| "x".into()),
                unchanged_after: if next { (40, vec!["Queues".into()]) } else { outline.unchanged_after() },
            }
        };
        let (old, nothing) = (Side::of(&version), Side::default());
        vec![
            DifferencePage::of(&difference(&old, &new, true, true, true), frame(false, false)),
            DifferencePage::of(&difference(&old, &new, true, false, false), frame(true, true)),
            DifferencePage::of(&difference(&old, &old, true, false, false), frame(true, true)),
            DifferencePage::of(&difference(&nothing, &new, false, false, false), frame(true, true)),
            DifferencePage::of(&difference(&nothing, &old, false, true, false), frame(false, true)),
        ]
    }
}
