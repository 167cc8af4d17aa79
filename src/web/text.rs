//! Text that people wrote, as HTML. What they wrote as HTML is shown as they wrote it, never obeyed.

use std::borrow::Cow;

use tera::{Kwargs, State, Value};

/// The template filter `markdown`: paragraphs, lists, emphasis, code and links of a longer text.
pub fn markdown(text: Cow<'_, str>, _: Kwargs, _: &State) -> Value {
    Value::safe_string(&as_html(&text))
}

fn as_html(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    // Shown as text; without this it would be left out, and something typed would be lost.
    options.render.escape = true;
    comrak::markdown_to_html(text, &options)
}

/// The template filter `line`: one line in which `code` between backticks is set as code.
pub fn line(text: Cow<'_, str>, _: Kwargs, _: &State) -> Value {
    Value::safe_string(&with_code(&text))
}

fn with_code(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let mut parts = text.split('`').peekable();
    let mut code = false;
    while let Some(part) = parts.next() {
        let mut escaped = String::new();
        let _ = comrak::html::escape(&mut escaped, part);
        match (code, parts.peek()) {
            (true, Some(_)) => html.push_str(&format!("<code>{escaped}</code>")),
            // A backtick that nothing closes is a backtick.
            (true, None) => html.push_str(&format!("`{escaped}")),
            (false, _) => html.push_str(&escaped),
        }
        code = !code;
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_set_as_code_and_nothing_else_is_markup() {
        assert_eq!(with_code("use `qs[0]`, not <b>"), "use <code>qs[0]</code>, not &lt;b&gt;");
        assert_eq!(with_code("`a<b` and `c`"), "<code>a&lt;b</code> and <code>c</code>");
        assert_eq!(with_code("one ` alone"), "one ` alone");
        assert_eq!(with_code(""), "");
    }

    #[test]
    fn html_and_scripts_in_markdown_are_shown_not_obeyed() {
        let shown = as_html("A **word**, `code`.\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=y>");
        assert!(shown.contains("<strong>word</strong>") && shown.contains("<code>code</code>"), "{shown}");
        assert!(!shown.contains("<script") && !shown.contains("<img") && !shown.contains("href=\"javascript"), "{shown}");
        assert!(shown.contains("&lt;script&gt;alert(1)"), "nothing that was typed is lost: {shown}");
    }
}
