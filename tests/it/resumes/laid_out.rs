//! How it is laid out: so that a program that sorts applications reads what a person reads.

use serde_json::Value;

use super::{full, words};
use crate::support::html::{self, Piece, plain};
use crate::support::{App, Client, World};

const HEADINGS: [&str; 7] = ["Summary", "Work Experience", "Projects", "Education", "Skills", "Certifications", "Languages"];

async fn person(app: &App) -> (Client, Client) {
    let world = World::new(app);
    app.token(world.candidate).if_match(0).put_json("/api/v1/me/resume", full()).await.is(200);
    (app.token(world.candidate), app.signed_in(world.candidate))
}

/// The pieces of the sheet alone.
async fn sheet(browser: &Client, template: &str) -> Vec<Piece> {
    let page = browser.get(&format!("/account/resume/print?template={template}")).await.is(200).text();
    let (_, rest) = page.split_once("<article class=\"resume\">").unwrap();
    html::pieces(rest.split("</article>").next().unwrap()).unwrap()
}

fn text_of(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| if let Piece::Text(text) = piece { plain(text) } else { " ".into() };
    pieces.iter().map(text).collect()
}

/// Letters and digits in their order; how they are set does not matter.
fn bare(text: &str) -> String {
    text.to_lowercase().split_whitespace().filter(|word| *word != "-").collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn page_and_text_say_every_word_of_it_in_the_same_order() {
    let app = App::new().await;
    let (program, browser) = person(&app).await;
    for template in ["by_time", "skills_first"] {
        program.put_json("/api/v1/me/resume/template", serde_json::json!({"template": template})).await.is(200);
        let answer = program.get("/api/v1/me/resume/text").await.is(200);
        assert_eq!(answer.header("Content-Type"), "text/plain; charset=utf-8");
        let text = answer.text();
        assert_eq!(browser.get("/account/resume/text").await.is(200).text(), text);
        let page = text_of(&sheet(&browser, template).await);
        assert_eq!(bare(&page), bare(&text), "{template}");
        let (page, flat) = (page.split_whitespace().collect::<Vec<_>>().join(" "), text.split_whitespace().collect::<Vec<_>>().join(" "));
        for said in words(&full()) {
            assert!(page.contains(&said) && flat.contains(&said), "{template}: {said} is missing in\n{text}");
        }
        for date in ["3 February 2016 - 2018", "May 2019 - Present", "2020 - 2021", "2012 - 2016", "November 2020"] {
            assert!(page.contains(date) && flat.contains(date), "{template}: {date}");
        }
        for line in text.lines() {
            assert!(line.chars().count() <= 80 || !line.trim_start_matches("- ").contains(' '), "{line}");
        }
        let newest = page.find("Acme & Sons").unwrap();
        assert!(newest < page.find("Bee Ltd").unwrap(), "the newest comes first");
    }
}

#[actix_web::test]
async fn it_has_the_headings_that_programs_look_for_in_the_order_of_the_template_and_nothing_but_words() {
    let app = App::new().await;
    let (_, browser) = person(&app).await;
    let orders = [
        ("by_time", ["Summary", "Work Experience", "Projects", "Education", "Skills", "Certifications", "Languages"]),
        ("skills_first", ["Summary", "Skills", "Projects", "Work Experience", "Education", "Certifications", "Languages"]),
    ];
    for (template, order) in orders {
        let pieces = sheet(&browser, template).await;
        let mut headings = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Open(tag) = piece else { continue };
            assert!(["h1", "h2", "h3", "p", "ul", "li", "a", "div"].contains(&tag.name.as_str()), "<{}> is no plain text", tag.name);
            assert!(!tag.has("style") && !tag.has("hidden") && !tag.has("aria-hidden"), "{tag:?}");
            if let ("h2", Piece::Text(text)) = (tag.name.as_str(), &pieces[at + 1]) {
                headings.push(text.clone());
            }
        }
        assert_eq!(headings, order, "{template}");
        assert!(headings.iter().all(|heading| HEADINGS.contains(&heading.as_str())));
    }
}

/// What would put words side by side, or out of their order.
#[test]
fn no_style_of_a_resume_makes_a_second_column_or_moves_words() {
    let css = std::fs::read_to_string("static/css/features/resume.css").unwrap();
    let print = std::fs::read_to_string("static/css/print.css").unwrap();
    let rule = regex::Regex::new(r"([^{}]*)\{([^{}]*)\}").unwrap();
    let mut rules = 0;
    for found in [css, print].iter().flat_map(|css| rule.captures_iter(css)) {
        let of_it = found[1].split(',').any(|selector| selector.trim().starts_with(".resume") && !selector.contains(".resumerow"));
        if !of_it {
            continue;
        }
        rules += 1;
        for word in ["grid", "flex", "columns", "float", "position", "order", "content: \"", "display", "visibility"] {
            let about_borders = word == "order" && found[2].contains("border");
            assert!(about_borders || !found[2].contains(word), "{} has {word}", &found[0]);
        }
    }
    assert!(rules > 8, "{rules}");
}

#[actix_web::test]
async fn what_was_typed_as_markup_is_text() {
    let app = App::new().await;
    let (_, browser) = person(&app).await;
    let page = browser.get("/account/resume").await.is(200);
    assert!(page.text().contains("Wrote the &lt;runbook&gt;"));
    assert!(!Value::from(page.text()).to_string().contains("<runbook>"));
}
