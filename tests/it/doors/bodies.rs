//! For every write of the product, the least that is valid.

use fivefold::web::routing::{Method, Route};
use serde_json::{Value, json};

use super::scene::Scene;
use crate::support::PASSWORD;

pub enum Body {
    Form(fn(&Scene) -> Vec<(&'static str, String)>),
    Json(fn(&Scene) -> Value),
    Nothing,
}

/// None: the table does not know the route.
pub fn of(route: &Route) -> Option<Body> {
    use Body::{Form, Json, Nothing};
    use Method::{Delete, Patch, Post, Put};

    let path = route.path.strip_prefix("/api/v1").unwrap_or(route.path);
    let api = path != route.path;
    if route.method == Delete {
        return Some(Nothing);
    }
    let path = path.strip_prefix("/teams/{team_id}").unwrap_or(path);
    let path = path.strip_prefix("/interviews/{id}").unwrap_or(path);
    Some(match (route.method, path) {
        // Accounts.
        (Post, "/sign-ins") => Json(|scene| json!({"email": scene.app.email_of(scene.world.owner), "password": PASSWORD})),
        (Post, "/sign-in") => Form(|scene| vec![("email", scene.app.email_of(scene.world.owner)), ("password", PASSWORD.into())]),
        (Post, "/sign-out" | "/account/sign-ins/end" | "/account/sign-ins/{id}/end") => Form(|_| vec![]),
        (Post, "/theme") => Form(|_| vec![("theme", "dark".into())]),
        (Post, "/password-reset") => Form(|_| vec![("email", "nobody@example.com".into())]),
        (Post, "/password-resets") => Json(|_| json!({"email": "nobody@example.com"})),
        (Post, "/password-reset/{token}") => Form(|_| vec![("password", NEW_PASSWORD.into())]),
        (Put, "/password-resets/{token}") => Json(|_| json!({"password": NEW_PASSWORD})),
        (Post, "/account") => Form(|_| vec![("name", "Ada".into()), ("time_zone", "Europe/Paris".into())]),
        (Patch, "/me") => Json(|_| json!({"name": "Ada"})),
        (Post, "/account/password") => Form(|_| vec![("current_password", PASSWORD.into()), ("new_password", NEW_PASSWORD.into())]),
        (Put, "/me/password") => Json(|_| json!({"current_password": PASSWORD, "new_password": NEW_PASSWORD})),

        // Teams.
        (Post, "/set-up/{token}" | "/sign-up" | "/join/{token}") if !api => Form(|_| person()),
        (Post, "/set-up/{token}" | "/accounts" | "/invitations/{token}/acceptance") => Json(|_| person().into_iter().collect()),
        (Post, "/teams") if !api => Form(|_| team()),
        (Post, "/teams") => Json(|_| team().into_iter().collect()),
        (Post, "/settings") => Form(|_| team()),
        (Patch, "") => Json(|_| json!({"name": "North and East"})),
        (Post, "/members/{account_id}") => Form(|_| vec![("role", "lead".into())]),
        (Patch, "/members/{account_id}") => Json(|_| json!({"role": "lead"})),
        (Post, "/members/{account_id}/removal" | "/membership/end" | "/invitations/{id}/revocation") => Form(|_| vec![]),
        (Post, "/invitations") if !api => Form(|_| vec![("role", "lead".into()), ("email", String::new()), ("days", "7".into())]),
        (Post, "/invitations") => Json(|_| json!({"role": "lead"})),

        // Candidates.
        (Post, "/candidates") | (Put, "/candidates/{id}") => Json(|_| json!({"name": "Cora"})),

        // The room.
        (Put, "/room") => Json(|_| json!({"phase": "live"})),
        (Put, "/room/driver") => Json(|_| json!({})),
        (Put, "/room/prompt") => Json(|_| json!({"hidden": true})),
        (Post, "/room/questions") => Json(|scene| json!({"question_id": scene.interview.one_more_question})),
        (Put, "/room/skips/{question_id}") => Json(|_| json!({})),
        _ => return None,
    })
}

const NEW_PASSWORD: &str = "nine slow boats under Prague";

fn person() -> Vec<(&'static str, String)> {
    let email = format!("{}@example.com", uuid::Uuid::new_v4());
    vec![("name", "Nora New".into()), ("email", email), ("password", PASSWORD.into()), ("time_zone", "Europe/Paris".into())]
}

fn team() -> Vec<(&'static str, String)> {
    vec![("name", "East".into()), ("mode", "mock".into()), ("time_zone", "Europe/Paris".into())]
}
