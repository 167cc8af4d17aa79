//! `fivefold library export SLUG[@N]`: to standard output.

use std::io::Write as _;

use crate::platform::db::{Db, Door};
use crate::policy::TeamId;
use crate::question_sets::{self, FileKind, Which};
use crate::rubrics;
use crate::teams;

pub fn export(db: &Db, name: &str, kind: FileKind, team: Option<TeamId>) -> anyhow::Result<()> {
    let (slug, which) = split(name)?;
    let door = team.map_or(Door::Anybody, |team| Door::System { team: team.0, reason: "library export" });
    let content = db.write_here(door, |tx| {
        if let Some(team) = team
            && teams::name(tx, team)?.is_none()
        {
            return Ok(None);
        }
        if let Some(export) = question_sets::export_by_slug(tx, slug, which, kind)? {
            return Ok(Some(export.content));
        }
        match (which, kind) {
            (_, FileKind::Csv) => Ok(None),
            (Which::Draft, _) => Ok(rubrics::export_draft_by_slug(tx, slug)?.map(String::into_bytes)),
            (Which::Newest, _) => Ok(rubrics::export_by_slug(tx, slug, None)?.map(String::into_bytes)),
            (Which::Number(number), _) => Ok(rubrics::export_by_slug(tx, slug, Some(number))?.map(String::into_bytes)),
        }
    })?;
    let place = team.map_or_else(|| "in the built-in library; name a team with --team ID".to_owned(), |team| format!("in team {team}"));
    let content = content.ok_or_else(|| anyhow::anyhow!("there is no {name} as {} {place}", kind.as_str().to_uppercase()))?;
    std::io::stdout().lock().write_all(&content)?;
    Ok(())
}

fn split(name: &str) -> anyhow::Result<(&str, Which)> {
    match name.split_once('@') {
        None => Ok((name, Which::Newest)),
        Some((slug, "draft")) => Ok((slug, Which::Draft)),
        Some((slug, number)) => {
            let number = number.parse().map_err(|_| anyhow::anyhow!("{name:?}: after @ stands a version's number, or draft"))?;
            Ok((slug, Which::Number(number)))
        }
    }
}
