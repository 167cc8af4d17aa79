//! `fivefold library import FILE --team ID`: what it would do, and with `--yes` does, all of it or nothing.

use std::path::{Path, PathBuf};

use super::validate::{content, new_file, rubric, tell};
use crate::platform::audit;
use crate::platform::db::{Db, Door, Tx};
use crate::platform::error::Result;
use crate::platform::files::Mistakes;
use crate::policy::{Act, TeamId};
use crate::question_sets::{self, Planned, ReadFile};
use crate::rubrics::{self, RubricFile};
use crate::teams;

/// A file that was found and can be used.
pub struct Read {
    path: PathBuf,
    content: Content,
}

enum Content {
    Set(Box<ReadFile>),
    Rubric(Box<RubricFile>),
}

pub fn read(path: &Path, slug: &str) -> anyhow::Result<Read> {
    let bytes = content(path)?;
    let read = match rubric(path, &bytes)? {
        Some(_) if !slug.is_empty() => {
            anyhow::bail!("{} is a rubric: it always becomes a new one, named after its own short name; leave --slug away", path.display())
        }
        Some(text) => rubrics::read_json(text).map(|rubric| Content::Rubric(Box::new(rubric))),
        None => {
            let file = question_sets::read_file(new_file(path, bytes.into(), slug)?);
            file.mistakes().cloned().map_or_else(|| Ok(Content::Set(Box::new(file))), Err)
        }
    };
    read.map(|content| Read { path: path.to_owned(), content }).map_err(|mistakes| {
        tell(path, &mistakes);
        anyhow::anyhow!("{} is not right; nothing was imported", path.display())
    })
}

pub fn import(db: &Db, read: &Read, team: TeamId, yes: bool) -> anyhow::Result<()> {
    let door = Door::System { team: team.0, reason: "library import" };
    let planned = db.write_here(door, |tx| {
        if teams::name(tx, team)?.is_none() {
            return Ok(None);
        }
        Ok(Some(match &read.content {
            Content::Set(file) => set(tx, team, file, yes)?,
            Content::Rubric(file) => new_rubric(tx, team, file, yes)?,
        }))
    })?;
    let planned = planned.ok_or_else(|| anyhow::anyhow!("there is no team {team}; its id stands in the address of its pages"))?;
    let said = planned.map_err(|mistakes| {
        tell(&read.path, &mistakes);
        anyhow::anyhow!("{} does not fit; nothing was imported", read.path.display())
    })?;
    println!("{}: {said}", read.path.display());
    println!("{}", if yes { "It is in the draft. Look it over, then publish it." } else { "Nothing was changed. Add --yes to import it." });
    Ok(())
}

/// What it does, or why it does not fit.
type Said = std::result::Result<String, Mistakes>;

fn set(tx: &mut Tx, team: TeamId, file: &ReadFile, yes: bool) -> Result<Said> {
    let planned = question_sets::plan_import(tx, team, file)?;
    if !planned.mistakes.is_empty() {
        return Ok(Err(planned.mistakes));
    }
    if yes {
        question_sets::import_at_once(tx, team, &planned.name, file)?;
        note(tx, team, planned.set.map(|set| set.0))?;
    }
    Ok(Ok(of_set(&planned)))
}

fn new_rubric(tx: &mut Tx, team: TeamId, file: &RubricFile, yes: bool) -> Result<Said> {
    let slug = rubrics::plan_import(tx, team, file)?;
    if yes {
        rubrics::import_at_once(tx, team, file)?;
        note(tx, team, None)?;
    }
    Ok(Ok(format!("makes the rubric {} ({slug})", file.name)))
}

/// The same line that the page leaves, but of nobody: who works at the server has no account here.
fn note(tx: &mut Tx, team: TeamId, subject: Option<uuid::Uuid>) -> Result<()> {
    audit::record_command(tx, team.0, (Act::EditLibrary.name(), "cli::library::import"), subject.into_iter().collect())
}

fn of_set(planned: &Planned) -> String {
    let plan = &planned.plan;
    let into = if planned.set.is_some() { "into the draft of" } else { "makes the set" };
    let mut said = format!("{into} {} ({})", planned.name, planned.slug);
    for (what, count) in [
        ("added", plan.added),
        ("changed", plan.changed),
        ("skipped, the same already", plan.skipped),
        ("kept, not in the file", plan.kept),
    ] {
        said.push_str(&format!("\n{count:>6} {what}"));
    }
    for question in &plan.first_changed {
        said.push_str(&format!("\n  {}: {}", question.key, question.fields.join(", ")));
    }
    if !plan.head.is_empty() {
        said.push_str(&format!("\n  above the questions: {}", plan.head.join(", ")));
    }
    if plan.reordered {
        said.push_str("\n  the questions get the order of the file");
    }
    if plan.missing_total > 0 {
        said.push_str(&format!("\n{:>6} missing for publishing", plan.missing_total));
    }
    for mistake in &plan.missing {
        said.push_str(&format!("\n  {mistake}"));
    }
    said
}
