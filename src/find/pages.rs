//! The page with the box, and what was found.

use actix_web::web::Query;
use serde::Serialize;

use super::model::{FindQuery, Hit, HitKind, Wanted};
use super::service;
use crate::accounts::Visitor;
use crate::interviews::InterviewOfList;
use crate::interviews::words::{self, When};
use crate::policy::{Actor, TeamId};
use crate::question_sets::{FoundQuestion, Piece};
use crate::web::page::{Nav, PageResult, Sample, Tab, Template, samples_of};
use crate::web::paging::Paging;

#[derive(Debug, Serialize)]
pub struct FindPage {
    url: String,
    /// The same words, of every kind.
    all_url: String,
    q: String,
    kind: String,
    /// What this reader may look for, as in `questions by their words`.
    looks_for: String,
    /// One for all and one for each kind.
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    first_url: Option<String>,
    next_url: Option<String>,
}

/// Hits of one kind.
#[derive(Debug, Serialize)]
struct Group {
    kind: HitKind,
    title: &'static str,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    title: String,
    url: String,
    meta: String,
    when: Option<When>,
    text: Vec<Piece>,
}

pub fn samples() -> Vec<Sample> {
    samples_of::<FindPage>()
}

pub async fn find(visitor: Visitor, query: Query<FindQuery>, paging: Paging) -> PageResult {
    let (wanted, slice) = (Wanted::parse(&query.q, &query.kind)?, paging.slice()?);
    visitor
        .page(move |tx, actor| {
            let list = service::find(tx, actor, &wanted, &slice)?;
            let page = FindPage::of(&wanted, actor)?;
            let here = page.address(wanted.kind);
            Ok(FindPage {
                groups: groups(&list.items, actor)?,
                next_url: list.next_cursor.map(|cursor| format!("{here}&cursor={cursor}")),
                first_url: slice.after.is_some().then_some(here),
                ..page
            })
        })
        .await
}

impl FindPage {
    fn of(wanted: &Wanted, actor: &Actor) -> crate::platform::error::Result<Self> {
        let kinds: Vec<HitKind> = service::kinds(actor).collect();
        let page = FindPage {
            url: format!("/teams/{}/find", actor.team_id()?),
            q: wanted.words.clone(),
            kind: wanted.kind.map(|kind| kind.to_string()).unwrap_or_default(),
            looks_for: looks_for(&kinds),
            all_url: String::new(),
            tabs: Vec::new(),
            groups: Vec::new(),
            first_url: None,
            next_url: None,
        };
        let tab = |kind: Option<HitKind>| Tab { label: kind.map_or("All", title), url: page.address(kind), current: kind == wanted.kind };
        let tabs = std::iter::once(None).chain(kinds.iter().copied().map(Some)).map(tab).collect();
        let all_url = page.address(None);
        Ok(FindPage { all_url, tabs: if kinds.len() > 1 && !page.q.is_empty() { tabs } else { Vec::new() }, ..page })
    }

    fn address(&self, kind: Option<HitKind>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.q);
        if let Some(kind) = kind {
            query.append_pair("kind", kind.as_str());
        }
        format!("{}?{}", self.url, query.finish())
    }
}

fn title(kind: HitKind) -> &'static str {
    match kind {
        HitKind::Candidate => "Candidates",
        HitKind::Interview => "Interviews",
        HitKind::Question => "Questions",
    }
}

fn looks_for(kinds: &[HitKind]) -> String {
    // Whose interviews are all their own looks for nobody else's name.
    if kinds == [HitKind::Interview] {
        return "your own interviews by your name".into();
    }
    let word = |kind: &HitKind| match kind {
        HitKind::Candidate => "candidates by name",
        HitKind::Interview => "interviews by the candidate's name",
        HitKind::Question => "questions by any of their words",
    };
    let words: Vec<_> = kinds.iter().map(word).collect();
    words.join(", ")
}

fn groups(hits: &[Hit], actor: &Actor) -> crate::platform::error::Result<Vec<Group>> {
    let team = actor.team_id()?;
    let mut groups: Vec<Group> = Vec::new();
    for hit in hits {
        if groups.last().is_none_or(|group| group.kind != hit.kind) {
            groups.push(Group { kind: hit.kind, title: title(hit.kind), rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.extend(row(hit, team, actor));
        }
    }
    Ok(groups)
}

fn row(hit: &Hit, team: TeamId, actor: &Actor) -> Option<Row> {
    if let Some(candidate) = &hit.candidate {
        let url = format!("/teams/{team}/candidates/{}", candidate.id);
        let meta = candidate.email.clone().unwrap_or_default();
        return Some(Row { title: candidate.name.clone(), url, meta, when: None, text: Vec::new() });
    }
    if let Some(question) = &hit.question {
        return Some(question_row(question, team));
    }
    hit.interview.as_ref().map(|interview| interview_row(interview, team, actor))
}

fn interview_row(interview: &InterviewOfList, team: TeamId, actor: &Actor) -> Row {
    let url = format!("/teams/{team}/interviews/{}", interview.id());
    let (title, meta, when) = match interview {
        InterviewOfList::Plan(plan) => (
            plan.candidate.name.clone(),
            format!("{}, {}", words::level(plan.level), words::mode(plan.mode).to_lowercase()),
            When::of(plan.starts_at, plan.ends_at, plan.time_zone, actor.time_zone()),
        ),
        InterviewOfList::Invitation(invitation) => (
            format!("Your interview with {}", invitation.team),
            String::new(),
            When::of(invitation.starts_at, invitation.ends_at, invitation.time_zone, actor.time_zone()),
        ),
    };
    Row { title, url, meta, when: Some(when), text: Vec::new() }
}

fn question_row(question: &FoundQuestion, team: TeamId) -> Row {
    let sets = format!("/teams/{team}/question-sets");
    let (url, of_set) = match (question.version_id, question.version_number) {
        (Some(version), number) => (
            format!("{sets}/versions/{version}/questions/{}", question.id),
            format!("{}, version {}", question.question_set_name, number.unwrap_or_default()),
        ),
        (None, _) => (
            format!("{sets}/{}/draft/questions/{}", question.question_set_id, question.id),
            format!("{}, draft", question.question_set_name),
        ),
    };
    Row { title: question.title.clone(), url, meta: of_set, when: None, text: question.prompt.clone() }
}

impl Template for FindPage {
    const PATH: &'static str = "find/show.html";

    const NAV: Nav = Nav::None;

    fn title(&self) -> String {
        if self.q.is_empty() { "Find".into() } else { format!("{} (find)", self.q) }
    }

    fn samples() -> Vec<Self> {
        let at = || When::of(chrono::DateTime::UNIX_EPOCH, chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC, chrono_tz::UTC);
        let piece = |text: &str, found| Piece { text: text.into(), found };
        let row = |title: &str, when, text| Row {
            title: title.into(),
            url: "/teams/1/interviews/1".into(),
            meta: "Ours, draft".into(),
            when,
            text,
        };
        let group = |kind, rows| Group { kind, title: title(kind), rows };
        let found = vec![
            group(HitKind::Candidate, vec![Row { meta: String::new(), ..row("Sofia Marin", None, Vec::new()) }]),
            group(HitKind::Interview, vec![row("Sofia Marin", Some(at()), Vec::new())]),
            group(HitKind::Question, vec![row("Queues", None, vec![piece("What is a ", false), piece("queue", true)])]),
        ];
        let page = |q: &str, kind: &str, groups, more: bool| FindPage {
            url: "/teams/1/find".into(),
            all_url: "/teams/1/find?q=x".into(),
            q: q.into(),
            kind: kind.into(),
            looks_for: looks_for(HitKind::ALL),
            tabs: if q.is_empty() { Vec::new() } else { vec![Tab { label: "All", url: "/teams/1/find?q=x".into(), current: true }] },
            groups,
            first_url: more.then(|| "/teams/1/find?q=x".into()),
            next_url: more.then(|| "/teams/1/find?q=x&cursor=y".into()),
        };
        vec![
            page("", "", Vec::new(), false),
            page("queue", "", found, true),
            page("queue", "question", Vec::new(), false),
            page("queue", "", Vec::new(), false),
        ]
    }
}
