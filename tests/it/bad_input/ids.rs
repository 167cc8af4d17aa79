//! Ids that are none, and ids of nothing.

use fivefold::policy::Mode;
use fivefold::routes;
use fivefold::web::routing::{Kind, Method as RouteMethod, Who};

use actix_web::http::Method;

use crate::doors::scene::Scene;
use crate::doors::{Knock, fill, method, takes, walked, welcome};
use crate::support::{App, World};

#[actix_web::test]
async fn ids_that_are_none_are_404_on_every_route() {
    let app = App::new().await;
    let world = World::new(&app);
    let (page, program) = (app.signed_in(world.owner), app.token(world.owner));
    let strange = ["0", "1 OR 1=1", "%00", "..%2f..%2fetc%2fpasswd", "\u{1F600}", "00000000-0000-0000-0000-00000000000g", "%ff%fe"];
    for route in routes::all().iter().filter(|route| route.path.contains("id}") && !matches!(route.who, Who::Anyone)) {
        for bad in strange {
            let bad = bad.replace(' ', "%20").replace('\u{1F600}', "%F0%9F%98%80");
            let url = fill(route.path, |name| {
                if name == "team_id" && route.path.matches("id}").count() > 1 { world.team.to_string() } else { bad.clone() }
            });
            let client = if route.kind == Kind::Page { &page } else { &program };
            let body = (method(route) != Method::GET).then(|| ("application/json", b"{}".to_vec()));
            let answer = client.once().if_match(1).send(method(route), &url, body).await;
            // A body may be judged before the id is.
            let read_first = answer.status == 400 && method(route) != Method::GET;
            assert!(answer.status == 404 || read_first, "{:?} {url}: {} {}", route.method, answer.status, answer.text());
        }
    }
}

/// With everything else valid, and by somebody who may. Only a note that is gone is as gone as was wished.
#[actix_web::test]
async fn an_id_of_nothing_is_404_on_every_route() {
    let scene = Scene::set(Mode::Mock).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for route in walked().filter(|route| route.path.contains("id}") && !route.path.ends_with("{note_id}/deletion")) {
        let knock = Knock::at(&scene, &route, welcome(&route, Mode::Mock));
        let places: Vec<usize> =
            route.path.split('/').enumerate().filter(|(_, part)| part.ends_with("id}")).map(|(place, _)| place).collect();
        for place in places {
            // A page of the room names itself.
            if route.path.split('/').nth(place) == Some("{page_id}") {
                continue;
            }
            let mut parts: Vec<String> = knock.url.split('/').map(str::to_owned).collect();
            parts[place] = uuid::Uuid::new_v4().to_string();
            let mut other = Knock::at(&scene, &route, welcome(&route, Mode::Mock));
            other.url = parts.join("/");
            // Some words are an address of their own.
            if routes::all().iter().any(|known| {
                known.path != route.path
                    && known.path.matches('{').count() < route.path.matches('{').count()
                    && takes(known, &method(&route), &other.url)
            }) {
                continue;
            }
            asked += 1;
            let answer = other.send().await;
            if answer.status != 404 {
                wrong.push(format!(
                    "{:?} {} without its {}: {} {}",
                    route.method,
                    route.path,
                    route.path.split('/').nth(place).unwrap(),
                    answer.status,
                    answer.location()
                ));
            }
            if answer.status < 400 && route.method != RouteMethod::Get {
                scene.restore();
            }
        }
    }
    eprintln!("ids of nothing: {asked} requests");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
