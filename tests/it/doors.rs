//! Walks every route as every kind of visitor.

use actix_web::http::Method;
use fivefold::web::routing::{Method as RouteMethod, Route};

/// The address of a route with its parameters filled in.
pub fn fill(path: &str, value: impl Fn(&str) -> String) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => value(name.split(':').next().unwrap_or(name)),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

pub fn method(route: &Route) -> Method {
    match route.method {
        RouteMethod::Get => Method::GET,
        RouteMethod::Post => Method::POST,
        RouteMethod::Put => Method::PUT,
        RouteMethod::Patch => Method::PATCH,
        RouteMethod::Delete => Method::DELETE,
    }
}

/// Whether a request for this address would reach the route.
pub fn takes(route: &Route, asked: &Method, url: &str) -> bool {
    let (pattern, parts): (Vec<&str>, Vec<&str>) = (route.path.split('/').collect(), url.split('/').collect());
    let fits =
        pattern.len() == parts.len() && pattern.iter().zip(parts).all(|(pattern, part)| pattern.starts_with('{') || *pattern == part);
    fits && method(route) == *asked
}
