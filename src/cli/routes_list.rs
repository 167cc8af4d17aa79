//! `fivefold routes`.

use serde::Serialize;

use crate::policy::Rule;
use crate::web::routing::{Kind, Method, Route, Who};

#[derive(Serialize)]
pub struct Line {
    method: Method,
    path: &'static str,
    kind: Kind,
    who: Who,
    /// For a team's route: the roles and seats of the policy's table.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Rule>,
}

pub fn list(routes: &[Route]) -> Vec<Line> {
    let rule = |who| match who {
        Who::May(act) => Some(act.rule()),
        Who::Anyone | Who::SignedIn => None,
    };
    routes
        .iter()
        .map(|route| Line { method: route.method, path: route.path, kind: route.kind, who: route.who, rule: rule(route.who) })
        .collect()
}
