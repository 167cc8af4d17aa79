//! The product's source as text: modules and the paths they name.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

pub struct Source {
    /// Below `src/`.
    pub path: String,
    /// As `["interviews", "store"]`.
    pub module: Vec<String>,
    pub text: String,
    /// Without comments and without the tests of the file.
    pub code: String,
    /// Every path into this crate that the code names, from its root.
    pub paths: Vec<Vec<String>>,
}

static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)(^|\s)//.*$").unwrap());
static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^\s*(?:pub(?:\([^)]*\))? )?use ([^;]+);").unwrap());
static INLINE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:crate|super|self)(?:::\w+)+").unwrap());
static ALIAS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(\w+) as (\w+)").unwrap());

/// Every file below `src/` but tests, which stand in files or folders of that name.
pub fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let mut sources = Vec::new();
        read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), "", &mut sources);
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(sources.len() > 20);
        sources
    });
    &SOURCES
}

fn read(folder: &Path, prefix: &str, sources: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        if name == "tests" {
            continue;
        } else if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{prefix}{name}/"), sources);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            sources.push(Source::new(format!("{prefix}{name}"), std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

/// Private to their feature; `pages` and `api` are there for the table of routes, `jobs` for the table of jobs.
pub const INNER: [&str; 6] = ["model", "store", "service", "pages", "api", "jobs"];

/// What of a feature a path leads into: of `calibration::exercises::store::scores` it is `store`, of `scorecards::store` too.
pub fn part(path: &[String]) -> Option<&str> {
    let second = path.get(1)?.as_str();
    let third = path.get(2).map(String::as_str).filter(|third| INNER.contains(third));
    Some(third.filter(|_| !INNER.contains(&second)).unwrap_or(second))
}

/// The feature within the feature that a path is of, if it is of one: a folder with a store or pages of its own.
pub fn inner_feature(path: &[String]) -> Option<&str> {
    static KNOWN: LazyLock<BTreeSet<(&str, &str)>> = LazyLock::new(|| {
        let inner = sources().iter().filter(|source| source.module.len() > 2 && source.part() != source.module[1]);
        inner.map(|source| (source.top(), source.module[1].as_str())).collect()
    });
    let second = path.get(1)?.as_str();
    KNOWN.contains(&(path[0].as_str(), second)).then_some(second)
}

impl Source {
    fn new(path: String, text: String) -> Self {
        let module = path.trim_end_matches(".rs").split('/').filter(|part| *part != "mod").map(str::to_owned).collect();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code = COMMENT.replace_all(code, "").into_owned();
        let mut source = Source { path, module, text, code, paths: Vec::new() };
        source.paths = source.named();
        source
    }

    /// The first word of the module's path: a feature or a floor.
    pub fn top(&self) -> &str {
        &self.module[0]
    }

    /// The second: `store`, `pages`, …; empty for a feature's `mod.rs`. Of a feature with features of its own, the third.
    pub fn part(&self) -> &str {
        part(&self.module).unwrap_or_default()
    }

    /// What a name of this file stands for: `use crate::schema::teams as rows` makes `rows` the name of `teams`.
    pub fn unaliased<'s>(&'s self, name: &'s str) -> &'s str {
        ALIAS.captures_iter(&self.code).find(|found| &found[2] == name).and_then(|found| found.get(1)).map_or(name, |found| found.as_str())
    }

    fn named(&self) -> Vec<Vec<String>> {
        let mut named: Vec<String> = USE.captures_iter(&self.code).flat_map(|found| expand(&found[1])).collect();
        named.extend(INLINE.find_iter(&USE.replace_all(&self.code, "")).map(|found| found.as_str().to_owned()));
        named.iter().filter_map(|path| self.absolute(path)).collect()
    }

    fn absolute(&self, path: &str) -> Option<Vec<String>> {
        let mut at = self.module.clone();
        let mut rest = path.split("::").map(str::trim).peekable();
        match rest.next()? {
            "crate" => at.clear(),
            "super" => drop(at.pop()),
            "self" => {}
            _ => return None,
        }
        while rest.next_if_eq(&"super").is_some() {
            at.pop();
        }
        at.extend(rest.map(str::to_owned));
        (!at.is_empty()).then_some(at)
    }
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expand(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or(tree);
        return vec![path.split_whitespace().collect()];
    };
    let (prefix, inside) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())]);
    let prefix: String = prefix.split_whitespace().collect();
    split_outside_braces(inside).iter().flat_map(|part| expand(part)).map(|path| format!("{prefix}{path}")).collect()
}

fn split_outside_braces(text: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

#[test]
fn paths_are_found_however_they_are_written() {
    let text = "use crate::{teams, web::{api::{ok, created}, page as p}};\nuse super::model::{A,\n  B};\nfn f() { crate::policy::allow(); self::inner::x(); }\n\
                // crate::commented::out\n#[cfg(test)]\nmod tests { use crate::app; }";
    let source = Source::new("interviews/store.rs".into(), text.into());
    let paths: Vec<String> = source.paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(
        paths,
        [
            "teams",
            "web::api::ok",
            "web::api::created",
            "web::page",
            "interviews::model::A",
            "interviews::model::B",
            "policy::allow",
            "interviews::store::inner::x"
        ]
    );
}
