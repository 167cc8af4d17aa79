//! For every write of the product, the least that is valid.

use fivefold::web::routing::{Method, Route};
use serde_json::{Value, json};

use super::scene::Scene;
use crate::support::PASSWORD;

pub enum Body {
    #[allow(dead_code)] // until a page takes a form
    Form(fn(&Scene) -> Vec<(&'static str, String)>),
    Json(fn(&Scene) -> Value),
    Nothing,
}

/// None: the table does not know the route.
pub fn of(route: &Route) -> Option<Body> {
    use Body::{Json, Nothing};
    use Method::{Delete, Post, Put};

    let below_interview = route.path.strip_prefix("/api/v1/teams/{team_id}/interviews/{id}");
    Some(match (route.method, below_interview.unwrap_or(route.path)) {
        (Post, "/api/v1/sign-ins") => Json(|scene| json!({"email": scene.app.email_of(scene.world.owner), "password": PASSWORD})),
        (Delete, "/api/v1/sign-ins/current" | "/api/v1/sign-ins/{id}") => Nothing,

        (Put, "/room") => Json(|_| json!({"phase": "live"})),
        (Put, "/room/driver") => Json(|_| json!({})),
        (Put, "/room/prompt") => Json(|_| json!({"hidden": true})),
        (Post, "/room/questions") => Json(|scene| json!({"question_id": scene.interview.one_more_question})),
        (Put, "/room/skips/{question_id}") => Json(|_| json!({})),
        _ => return None,
    })
}
