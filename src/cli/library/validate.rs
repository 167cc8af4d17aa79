//! `fivefold library validate FILE…`: no database, no change.

use std::path::{Path, PathBuf};

use crate::platform::files::{self, Mistakes};
use crate::question_sets::{self, FileKind, NewFile};
use crate::rubrics;

pub fn validate(paths: &[PathBuf]) -> anyhow::Result<()> {
    let mut wrong = 0;
    for path in paths {
        match check(path)? {
            Ok(what) => println!("{}: {what}", path.display()),
            Err(mistakes) => {
                wrong += 1;
                tell(path, &mistakes);
            }
        }
    }
    anyhow::ensure!(wrong == 0, "{wrong} of {} files {} not right", paths.len(), if wrong == 1 { "is" } else { "are" });
    Ok(())
}

/// What it is, or what is wrong with it.
fn check(path: &Path) -> anyhow::Result<Result<String, Mistakes>> {
    let content = content(path)?;
    if let Some(text) = rubric(path, &content)? {
        return Ok(rubrics::read_json(text).map(|rubric| format!("a rubric, {}", rubric.name)));
    }
    let file = new_file(path, content.into(), "")?;
    // A draft may lack something; what is called right here could be published.
    let whole = question_sets::read(&file).and_then(|set| set.missing.check().map(|()| set.questions.len()));
    Ok(whole.map(|questions| match questions {
        1 => "a question set with 1 question".to_owned(),
        count => format!("a question set with {count} questions"),
    }))
}

pub fn content(path: &Path) -> anyhow::Result<Vec<u8>> {
    let about = |error: std::io::Error| anyhow::anyhow!("{} cannot be read: {error}", path.display());
    let length = std::fs::metadata(path).map_err(about)?.len();
    anyhow::ensure!(length <= files::LARGEST as u64, "{} is larger than {} MB", path.display(), files::LARGEST / 1024 / 1024);
    std::fs::read(path).map_err(about)
}

/// The text of a file that says it is a rubric.
pub fn rubric<'c>(path: &Path, content: &'c [u8]) -> anyhow::Result<Option<&'c str>> {
    if kind(path)? != FileKind::Json {
        return Ok(None);
    }
    let of_format = |text: &&str| files::format_of(text).is_some_and(|format| format.starts_with("fivefold/rubric@"));
    Ok(files::text(content).ok().filter(of_format))
}

fn kind(path: &Path) -> anyhow::Result<FileKind> {
    let name = path.to_string_lossy();
    FileKind::of_name(&name).ok_or_else(|| anyhow::anyhow!("{name} ends in neither .json nor .csv, which say how it is to be read"))
}

/// A question set with its short name, if one was said.
pub fn new_file(path: &Path, content: bytes::Bytes, slug: &str) -> anyhow::Result<NewFile> {
    let new = NewFile::parse(kind(path)?, &path.to_string_lossy(), slug, content);
    new.map_err(|_| anyhow::anyhow!("{slug:?} is no short name: write lower-case words joined by hyphens"))
}

/// As compilers write it: the file, the line, what to do.
pub fn tell(path: &Path, mistakes: &Mistakes) {
    for mistake in mistakes.iter() {
        eprintln!("{}: {mistake}", path.display());
    }
    let kept = mistakes.iter().count();
    if kept < mistakes.total() {
        eprintln!("{}: and {} more", path.display(), mistakes.total() - kept);
    }
}
