//! What holds for every form: nothing breaks, and nothing that was typed is lost.

use fivefold::policy::Mode;
use fivefold::web::routing::{Kind, Method, Route};

use crate::doors::scene::Scene;
use crate::doors::{Knock, Valid, walked, welcome};
use crate::support::Response;

fn forms() -> impl Iterator<Item = Route> {
    walked().filter(|route| route.kind == Kind::Page && route.method == Method::Post)
}

fn knock(scene: &Scene, route: &Route) -> Knock {
    Knock::at(scene, route, welcome(route, Mode::Mock))
}

/// Nothing when it is a page that says what happened, or leads on.
fn fault(route: &Route, what: &str, answer: &Response) -> Option<String> {
    let page = answer.header("Content-Type").starts_with("text/html") && answer.says("</html>");
    let fine = answer.status < 400 || (answer.status < 500 && page);
    (!fine).then(|| format!("{} with {what}: {} {}", route.path, answer.status, answer.text().chars().take(300).collect::<String>()))
}

#[actix_web::test]
async fn no_body_of_any_form_breaks_anything() {
    let scene = Scene::set(Mode::Mock).await;
    let mut wrong = Vec::new();
    let form = "application/x-www-form-urlencoded";
    for route in forms() {
        let bodies: [(&str, &str, Vec<u8>); 7] = [
            ("nothing", form, Vec::new()),
            ("no letters", form, b"%ff%fe=%ff&a=%zz&=&&%00=%00".to_vec()),
            ("raw bytes", form, vec![0xff, 0xfe, 0x00, 0x26]),
            ("JSON", "application/json", b"{\"a\": [1]}".to_vec()),
            ("many names", form, "a=1&".repeat(2_000).into_bytes()),
            ("one name many times", form, "name=1&version=1&question_ids=1&seat=1&account_id=1&".repeat(200).into_bytes()),
            ("another kind", "multipart/form-data; boundary=x", b"--x\r\n\r\n--x--".to_vec()),
        ];
        for (what, kind, body) in bodies {
            let knock = knock(&scene, &route);
            let answer = knock.client.send(knock.method.clone(), &knock.url, Some((kind, body))).await;
            wrong.extend(fault(&route, what, &answer));
            if answer.status < 400 {
                scene.restore();
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn a_form_that_is_too_large_is_413() {
    let scene = Scene::set(Mode::Mock).await;
    for route in forms().filter(|route| !READS_NOTHING.contains(&route.path)) {
        let knock = knock(&scene, &route);
        let body = [b"a=".to_vec(), vec![b'a'; route.reads.max(1024 * 1024)]].concat();
        let answer = knock.client.send(knock.method.clone(), &knock.url, Some(("application/x-www-form-urlencoded", body))).await;
        assert_eq!((answer.status, fault(&route, "1 MB", &answer)), (413, None), "{}", route.path);
    }
}

/// Acts without words: a button, whose body nobody reads.
const READS_NOTHING: &[&str] = &[
    "/sign-out",
    "/account/sign-ins/end",
    "/account/sign-ins/{id}/end",
    "/teams/{team_id}/members/{account_id}/removal",
    "/teams/{team_id}/membership/end",
    "/teams/{team_id}/invitations/{id}/revocation",
    "/teams/{team_id}/interviews/{id}/report/withdrawal",
    "/teams/{team_id}/interviews/{id}/room/notes/{note_id}/deletion",
];

/// One field is spoilt after the other. Nothing breaks; and where the form is shown again, what was typed into
/// the others stands in them.
#[actix_web::test]
async fn no_field_of_any_form_can_be_spoilt_and_the_others_keep_what_was_typed() {
    let scene = Scene::set(Mode::Mock).await;
    let (mut asked, mut shown_again, mut wrong) = (0, 0, Vec::new());
    let spoilt = ["", "a\0b", "<b>\u{202e}\u{200b}", "99999999999999999999", &"é".repeat(20_000)];
    for route in forms() {
        let valid = match knock(&scene, &route).body {
            Valid::Form(valid) => valid,
            // What is brought with a file has tests of its own.
            Valid::File(..) => continue,
            _ => panic!("{} takes no form", route.path),
        };
        for place in 0..valid.len() {
            for value in spoilt {
                asked += 1;
                let mut knock = knock(&scene, &route);
                // Where a body is made anew it is the valid one in all but this field.
                let Valid::Form(fields) = &mut knock.body else { unreachable!() };
                fields[place].1 = value.to_owned();
                let (name, fields) = (fields[place].0.clone(), fields.clone());
                let what = format!("{:?} at {name}", value.chars().take(20).collect::<String>());
                let answer = knock.send().await;
                wrong.extend(fault(&route, &what, &answer));
                if answer.status < 400 {
                    scene.restore();
                } else if matches!(answer.status, 409 | 412 | 422) {
                    shown_again += 1;
                    wrong.extend(lost(&answer, &fields, &name).map(|lost| format!("{} with {what}: {lost}", route.path)));
                }
            }
        }
    }
    eprintln!("spoilt fields: {asked} requests, {shown_again} forms shown again");
    assert!(wrong.is_empty() && shown_again > 50, "{shown_again} {} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A field of the form shown again that does not say what was typed. Where there is no form, nothing can be kept.
fn lost(answer: &Response, typed: &[(String, String)], spoilt: &str) -> Option<String> {
    let text = answer.text();
    let differs = |(name, value): &&(String, String)| {
        let of_control = format!("name=\"{name}\"");
        let mut controls = text.match_indices(&of_control);
        let (Some((at, _)), None) = (controls.next(), controls.next()) else { return false };
        let tag = text[..at].rfind('<').and_then(|start| text[start..].split('>').next()).unwrap_or_default();
        // Rows of the panel in which nobody is chosen are taken away.
        let steering = [spoilt, "version", "key", "seat", "account_id"].contains(&name.as_str());
        let unseen = ["password", "hidden", "radio", "checkbox"].iter().any(|kind| tag.contains(&format!("type=\"{kind}\"")));
        !steering && !unseen && answer.typed(name).unwrap_or_default().trim() != value.trim()
    };
    let (name, value) = typed.iter().find(differs)?;
    Some(format!("{name} was {value:?} and is {:?}", answer.typed(name)))
}

#[actix_web::test]
async fn a_form_on_a_stale_version_is_412_and_shows_what_was_typed() {
    let scene = Scene::set(Mode::Mock).await;
    let mut tried = 0;
    for route in forms() {
        let mut knock = knock(&scene, &route);
        let Valid::Form(fields) = &mut knock.body else { continue };
        let Some(version) = fields.iter_mut().find(|(name, _)| name == "version") else { continue };
        tried += 1;
        version.1 = "99".into();
        let typed = fields.clone();
        // A whole card that is sent with a stale version is saved before it is submitted.
        let answer = knock.send().await;
        assert_eq!((answer.status, fault(&route, "a stale version", &answer)), (412, None), "{}: {}", route.path, answer.text());
        assert_eq!(lost(&answer, &typed, ""), None, "{}", route.path);
    }
    assert!(tried >= 5, "{tried}");
}
