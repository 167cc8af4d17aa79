//! `fivefold library import FILE --team ID`: what it would do, and with `--yes` does, all of it or nothing.

use std::path::{Path, PathBuf};

use super::validate::{content, new_file, tell};
use crate::platform::db::{Db, Door};
use crate::platform::files;
use crate::policy::TeamId;
use crate::question_sets::{self, Planned, ReadFile};
use crate::teams;

/// A file that was found and is a question set.
pub struct Read {
    path: PathBuf,
    file: ReadFile,
}

pub fn read(path: &Path, slug: &str) -> anyhow::Result<Read> {
    let content = content(path)?;
    if let Ok(text) = files::text(&content)
        && files::format_of(text).is_some_and(|format| format.starts_with("fivefold/rubric@"))
    {
        anyhow::bail!("{} is a rubric; a team's rubrics are imported on their page, under Library, Rubrics", path.display());
    }
    let file = question_sets::read_file(new_file(path, content.into(), slug)?);
    if let Some(mistakes) = file.mistakes() {
        tell(path, mistakes);
        anyhow::bail!("{} is not right; nothing was imported", path.display());
    }
    Ok(Read { path: path.to_owned(), file })
}

pub fn import(db: &Db, read: &Read, team: TeamId, yes: bool) -> anyhow::Result<()> {
    let door = Door::System { team: team.0, reason: "library import" };
    let planned = db.write_here(door, |tx| {
        if teams::name(tx, team)?.is_none() {
            return Ok(None);
        }
        let planned = question_sets::plan_import(tx, team, &read.file)?;
        if yes && planned.mistakes.is_empty() {
            question_sets::import_at_once(tx, team, &planned.name, &read.file)?;
        }
        Ok(Some(planned))
    })?;
    let planned = planned.ok_or_else(|| anyhow::anyhow!("there is no team {team}; its id stands in the address of its pages"))?;
    if !planned.mistakes.is_empty() {
        tell(&read.path, &planned.mistakes);
        anyhow::bail!("{} does not fit; nothing was imported", read.path.display());
    }
    print!("{}", said(&read.path, &planned));
    println!("{}", if yes { "It is in the draft. Look it over, then publish it." } else { "Nothing was changed. Add --yes to import it." });
    Ok(())
}

fn said(path: &Path, planned: &Planned) -> String {
    let plan = &planned.plan;
    let into = if planned.set.is_some() { "into the draft of" } else { "makes the set" };
    let mut said = format!("{}: {into} {} ({})\n", path.display(), planned.name, planned.slug);
    for (what, count) in [
        ("added", plan.added),
        ("changed", plan.changed),
        ("skipped, the same already", plan.skipped),
        ("kept, not in the file", plan.kept),
    ] {
        said.push_str(&format!("{count:>6} {what}\n"));
    }
    for question in &plan.first_changed {
        said.push_str(&format!("  {}: {}\n", question.key, question.fields.join(", ")));
    }
    if !plan.head.is_empty() {
        said.push_str(&format!("  above the questions: {}\n", plan.head.join(", ")));
    }
    if plan.reordered {
        said.push_str("  the questions get the order of the file\n");
    }
    said
}
