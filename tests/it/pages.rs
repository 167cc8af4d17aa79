//! Every template with every sample of its page: it renders, it reads what its struct has and nothing else, and
//! what comes out is a page that a browser, a keyboard and a screen reader can use.

use std::collections::{BTreeMap, BTreeSet};

use fivefold::platform::error::{Error, FieldErrors};
use fivefold::routes;
use fivefold::web::page::{Flash, Nav, NavLink, Sample, Shell, ShellAccount, ShellTeam, ShellTeamLink, Views};
use fivefold::web::routing::Method;

use crate::support::html::{self, Piece};

#[test]
fn every_template_renders_with_every_sample_as_a_sound_page() {
    let views = views();
    let mut wrong = Vec::new();
    for sample in routes::samples() {
        for (who, mut shell) in [("somebody", signed_in()), ("nobody", nobody())] {
            shell.title.clone_from(&sample.title);
            match views.render_sample(sample.path, sample.context.clone(), &shell) {
                Ok(page) => wrong.extend(faults(&page).into_iter().map(|fault| format!("{} ({who}): {fault}", sample.path))),
                Err(error) => wrong.push(format!("{} ({who}): {error:?}", sample.path)),
            }
        }
        if sample.title.trim().is_empty() {
            wrong.push(format!("{} has no title", sample.path));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_fields_of_a_page_are_the_variables_of_its_template() {
    let views = views();
    let mut fields: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for Sample { path, fields: these, .. } in routes::samples() {
        fields.entry(path).or_default().extend(these);
    }
    let mut wrong = Vec::new();
    for (path, fields) in fields {
        let variables: BTreeSet<String> = views.variables(path).into_iter().filter(|name| name != "page" && name != "base_url").collect();
        wrong.extend(fields.difference(&variables).map(|name| format!("{path} never shows {name}")));
        wrong.extend(variables.difference(&fields).map(|name| format!("{path} reads {name}, which its page does not have")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_template_of_a_feature_is_somebodys_page() {
    let samples: BTreeSet<&str> = routes::samples().iter().map(|sample| sample.path).collect();
    let not_pages = ["layouts/", "components/", "errors/", "mail/"];
    let orphans: Vec<String> = views()
        .names()
        .into_iter()
        .filter(|name| name.contains('/') && !name.contains("/_") && !not_pages.iter().any(|folder| name.starts_with(folder)))
        .filter(|name| !samples.contains(name.as_str()))
        .collect();
    assert_eq!(orphans, Vec::<String>::new(), "templates without samples in routes::samples()");
}

#[test]
fn every_mail_has_a_subject_and_both_bodies() {
    let names = views().names();
    let folders: BTreeSet<&str> =
        names.iter().filter_map(|name| name.strip_prefix("mail/")?.split_once('/')).map(|(folder, _)| folder).collect();
    for folder in folders {
        for part in ["subject.txt", "body.txt", "body.html"] {
            assert!(names.contains(&format!("mail/{folder}/{part}")), "mail/{folder} has no {part}");
        }
    }
}

#[test]
fn every_error_has_a_sound_page_of_its_own_words() {
    let views = views();
    let mut invalid = FieldErrors::default();
    invalid.add("name", "Write a name.");
    let errors = [
        Error::Unauthenticated,
        Error::Forbidden("This is not yours to do."),
        Error::NotFound,
        Error::Malformed("This is no id.".into()),
        Error::Invalid(invalid),
        Error::conflict("taken", "Somebody was quicker."),
        Error::TooLarge { limit: 1024 },
        Error::TooMany { retry_after: std::time::Duration::from_secs(60) },
        Error::Busy,
        Error::Internal(anyhow::anyhow!("the secret cause")),
    ];
    for error in errors {
        for shell in [signed_in(), nobody()] {
            let page = views.error_page(&error, &shell);
            let wrong = faults(&page);
            assert_eq!(wrong, Vec::<String>::new(), "{error:?}\n{page}");
            assert!(!page.contains("the secret cause"), "a defect's cause is for the log");
        }
    }
    let page = views.error_page(&Error::Internal(anyhow::anyhow!("x")), &Shell { request_id: "4711".into(), ..nobody() });
    assert!(page.contains("4711"), "a defect's page names the request");
}

#[test]
fn every_link_and_form_of_every_sample_leads_to_a_route() {
    let routes: Vec<(Method, Vec<&str>)> = routes::all().iter().map(|route| (route.method, route.path.split('/').collect())).collect();
    let known = |method: Method, url: &str| {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        path.starts_with("/static/") || routes.iter().any(|(known, pattern)| *known == method && matches(pattern, &parts))
    };
    let views = views();
    let mut wrong = BTreeSet::new();
    for sample in routes::samples() {
        let Ok(page) = views.render_sample(sample.path, sample.context, &nobody()) else { continue };
        for piece in html::pieces(&page).unwrap_or_default() {
            let Piece::Open(tag) = piece else { continue };
            let (url, method) = match tag.name.as_str() {
                "a" => (tag.get("href"), Method::Get),
                "form" if tag.get("method") == Some("get") => (tag.get("action"), Method::Get),
                "form" => (tag.get("action"), Method::Post),
                "button" => (tag.get("formaction"), Method::Post),
                _ => continue,
            };
            if let Some(url) = url.filter(|url| url.starts_with('/') && !known(method, url)) {
                wrong.insert(format!("{}: {method:?} {url}", sample.path));
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new(), "no route takes these");
}

fn matches(pattern: &[&str], parts: &[&str]) -> bool {
    let fits = |(pattern, part): (&&str, &&str)| pattern.starts_with('{') && !part.is_empty() || pattern == part;
    pattern.len() == parts.len() && pattern.iter().zip(parts).all(fits)
}

fn faults(page: &str) -> Vec<String> {
    html::faults(page)
}

fn views() -> Views {
    Views::load(&"http://localhost:8080".parse().unwrap()).unwrap()
}

fn nobody() -> Shell {
    Shell { title: "Title".into(), css: "/static/app.css".into(), js: "/static/main.js".into(), ..Shell::default() }
}

fn signed_in() -> Shell {
    let link =
        |name: &str, current, personal| ShellTeamLink { name: name.into(), role: "Owner", personal, url: "/teams/1".into(), current };
    Shell {
        theme: Some("dark".into()),
        account: Some(ShellAccount { id: "1".into(), name: "Ada <b>".into(), initials: "A".into(), email: "ada@example.com".into() }),
        team: Some(ShellTeam { id: "1".into(), name: "North \"&\"".into(), role: "owner".into(), personal: false }),
        teams: vec![link("North \"&\"", true, false), link("Personal", false, true)],
        nav: vec![NavLink { key: Nav::Home, label: "Home", url: "/teams/1".into(), current: true }],
        flash: Flash::from_cookie("saved"),
        ..nobody()
    }
}
