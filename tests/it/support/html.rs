//! Enough of HTML to judge our own pages: tags in order, their attributes, the text between them.

use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, Option<String>)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_deref().unwrap_or_default())
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Elements that have no end.
const VOID: [&str; 12] = ["polygon", "meta", "link", "input", "br", "hr", "img", "use", "path", "circle", "rect", "line"];

/// Cuts a page into its pieces, or says what cannot be read.
pub fn pieces(html: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").ok_or("a comment without end")?.1;
        } else if rest.starts_with("<!") {
            rest = rest.split_once('>').ok_or("a declaration without end")?.1;
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').ok_or("a closing tag without end")?;
            pieces.push(Piece::Close(name.trim().to_owned()));
            rest = after;
        } else {
            let (tag, after) = open_tag(&rest[1..])?;
            rest = after;
            let raw = matches!(tag.name.as_str(), "script" | "style" | "textarea" | "title").then(|| format!("</{}", tag.name));
            pieces.push(Piece::Open(tag));
            if let Some(end) = raw {
                let at = rest.find(&end).ok_or_else(|| format!("no {end}>"))?;
                pieces.push(Piece::Text(rest[..at].to_owned()));
                rest = &rest[at..];
            }
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

fn open_tag(text: &str) -> Result<(Tag, &str), String> {
    let name_end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').ok_or("a tag without end")?;
    if name_end == 0 {
        return Err(format!("a bare < before {:?}", &text.chars().take(30).collect::<String>()));
    }
    let mut tag = Tag { name: text[..name_end].to_owned(), attributes: Vec::new() };
    let mut rest = text[name_end..].trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return Ok((tag, after));
        }
        let end = rest.find(['=', ' ', '\n', '\t', '>', '/']).ok_or_else(|| format!("<{}> without end", tag.name))?;
        let name = rest[..end].to_owned();
        if name.is_empty() || name.contains(['"', '<', '\'']) {
            return Err(format!(
                "<{}> has an attribute that cannot be read near {:?}",
                tag.name,
                &rest.chars().take(40).collect::<String>()
            ));
        }
        if tag.has(&name) {
            return Err(format!("<{}> has {name} twice", tag.name));
        }
        rest = &rest[end..];
        let value = match rest.strip_prefix('=') {
            None => None,
            Some(after) => {
                let quoted = after.strip_prefix('"').ok_or_else(|| format!("<{}> {name} has no double quotes", tag.name))?;
                let (value, after) = quoted.split_once('"').ok_or_else(|| format!("<{}> {name} does not end", tag.name))?;
                rest = after;
                Some(plain(value))
            }
        };
        tag.attributes.push((name, value));
        rest = rest.trim_start();
    }
}

/// Everything that is wrong with a whole page, by our own rules and those that every page must keep.
pub fn faults(html: &str) -> Vec<String> {
    let pieces = match pieces(html) {
        Ok(pieces) => pieces,
        Err(fault) => return vec![fault],
    };
    let mut faults = nesting(&pieces);
    let tags: Vec<&Tag> = pieces.iter().filter_map(|piece| if let Piece::Open(tag) = piece { Some(tag) } else { None }).collect();
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if id.is_empty() || id.contains(char::is_whitespace) || !ids.insert(id) {
            faults.push(format!("the id {id:?} is empty, has white space or is there twice"));
        }
    }
    for tag in &tags {
        faults.extend(of_tag(tag, &ids));
    }
    for name in ["h1", "main", "title"] {
        // A drawing's title has an id, by which the drawing is named.
        let count = tags.iter().filter(|tag| tag.name == name && !(name == "title" && tag.get("id").is_some())).count();
        if count != 1 {
            faults.push(format!("{count} times <{name}>, and not once"));
        }
    }
    if !tags.iter().any(|tag| tag.name == "html" && tag.get("lang").is_some_and(|lang| !lang.is_empty())) {
        faults.push("no lang on <html>".into());
    }
    faults.extend(labels(&pieces));
    for left in ["{{", "}}", "{%", "&amp;amp;", "&amp;lt;", "&amp;quot;"] {
        if html.contains(left) {
            faults.push(format!("{left:?} in the page"));
        }
    }
    faults
}

fn nesting(pieces: &[Piece]) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Open(tag) if !VOID.contains(&tag.name.as_str()) => open.push(&tag.name),
            // `<path></path>` is written both ways.
            Piece::Close(name) if VOID.contains(&name.as_str()) => {}
            Piece::Close(name) => match open.pop() {
                Some(last) if last == name => {}
                last => return vec![format!("</{name}> closes <{}>", last.unwrap_or_default())],
            },
            _ => {}
        }
    }
    open.iter().map(|name| format!("<{name}> is not closed")).collect()
}

fn of_tag(tag: &Tag, ids: &BTreeSet<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let name = tag.name.as_str();
    let mut fault =
        |text: String| faults.push(format!("<{name}{}> {text}", tag.get("id").map(|id| format!(" id={id}")).unwrap_or_default()));
    for (attribute, value) in &tag.attributes {
        if attribute == "style" || attribute.starts_with("on") {
            fault(format!("{attribute} is blocked by the Content-Security-Policy"));
        }
        let refers =
            matches!(attribute.as_str(), "for" | "aria-labelledby" | "aria-describedby" | "aria-controls" | "form" | "list" | "headers");
        for id in value.as_deref().unwrap_or_default().split_whitespace().filter(|_| refers) {
            if !ids.contains(id) {
                fault(format!("{attribute} names {id:?}, which is not there"));
            }
        }
        if matches!(attribute.as_str(), "href" | "action" | "src" | "formaction") {
            let url = value.as_deref().unwrap_or_default();
            if url.is_empty() || url.starts_with("javascript:") || url.starts_with("data:") {
                fault(format!("{attribute} is {url:?}"));
            }
            if let Some(id) = url.strip_prefix('#').filter(|id| !ids.contains(id)) {
                fault(format!("leads to #{id}, which is not there"));
            }
        }
    }
    match name {
        "button" if !tag.has("type") => fault("needs a type".into()),
        "script" if !tag.has("src") => fault("must come from a file".into()),
        "style" => fault("must come from a file".into()),
        "img" if !tag.has("alt") => fault("needs alt".into()),
        "form" if !tag.has("action") || !matches!(tag.get("method"), Some("get" | "post" | "dialog")) => {
            fault("needs method and action".into());
        }
        "time" if tag.get("datetime").is_none_or(|at| at.is_empty()) => fault("needs datetime".into()),
        "th" if !tag.has("scope") => fault("needs scope".into()),
        _ => {}
    }
    faults
}

/// Every control that people fill in has a label; every link and button has words.
fn labels(pieces: &[Piece]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut inside: Vec<(&Tag, bool)> = Vec::new();
    let labelled: BTreeSet<&str> = pieces
        .iter()
        .filter_map(|piece| if let Piece::Open(tag) = piece { Some(tag) } else { None })
        .filter(|tag| tag.name == "label")
        .filter_map(|tag| tag.get("for"))
        .collect();
    for piece in pieces {
        match piece {
            Piece::Open(tag) => {
                let asks = matches!(tag.name.as_str(), "select" | "textarea")
                    || (tag.name == "input" && !matches!(tag.get("type"), Some("hidden" | "submit" | "button")));
                let named = tag.has("aria-label")
                    || tag.has("aria-labelledby")
                    || tag.get("id").is_some_and(|id| labelled.contains(id))
                    || inside.iter().any(|(outer, _)| outer.name == "label");
                if asks && !named {
                    faults.push(format!("<{} name={}> has no label", tag.name, tag.get("name").unwrap_or_default()));
                }
                if tag.has("aria-label") {
                    inside.iter_mut().for_each(|(_, words)| *words = true);
                }
                if !VOID.contains(&tag.name.as_str()) {
                    inside.push((tag, tag.has("aria-label") || tag.has("aria-labelledby") || tag.has("data-confirm-yes")));
                }
            }
            Piece::Text(text) if !text.trim().is_empty() => inside.iter_mut().for_each(|(_, words)| *words = true),
            Piece::Text(_) => {}
            Piece::Close(_) => {
                if let Some((tag, false)) = inside.pop()
                    && matches!(tag.name.as_str(), "a" | "button" | "label" | "h1" | "h3" | "th" | "legend" | "title")
                {
                    faults.push(format!("<{}> has no words", tag.name));
                }
            }
        }
    }
    faults
}

/// Text without entities.
pub fn plain(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[test]
fn faults_are_found() {
    let page = |body: &str| format!("<!doctype html><html lang=\"en\"><title>T</title><main><h1>H</h1>{body}</main></html>");
    assert_eq!(faults(&page("<p>1 &lt; 2<br>ok</p>")), Vec::<String>::new());
    for bad in [
        "<p>a < b</p>",
        "<p>",
        "<div><p></div></p>",
        "<p style=\"color:red\">x</p>",
        "<input name=\"a\">",
        "<label for=\"gone\">x</label>",
        "<button>x</button>",
        "<a href=\"/x\"></a>",
        "<p id=\"a\">x</p><p id=\"a\">x</p>",
        "<p class='x'>x</p>",
        "<script>1</script>",
        "<h1>again</h1>",
        "{{ name }}",
    ] {
        assert_ne!(faults(&page(bad)), Vec::<String>::new(), "{bad}");
    }
}
