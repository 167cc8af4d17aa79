//! The shape of the one table of routes: what each address is for, who may, and how it is documented.

use std::collections::HashMap;

use actix_web::{FromRequest, Handler, HttpRequest, Responder, web};
use serde::Serialize;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::platform::files;
use crate::policy::Act;

/// Enough for an address, a password and a name.
pub const SMALL: usize = 4 * 1024;
/// No route reads more, unless it is there to take files.
pub const LARGEST: usize = 512 * 1024;
/// The largest file, and what a form puts round it.
pub const FILE: usize = files::LARGEST + 64 * 1024;

/// One address with one method.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub kind: Kind,
    pub who: Who,
    /// The handler's module path, as in `interviews::pages::index`.
    pub handler: &'static str,
    pub doc: Option<Doc>,
    /// The largest body that is read, in bytes.
    pub reads: usize,
    make: Box<dyn Fn() -> actix_web::Route>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl From<Method> for actix_web::http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Page,
    Api,
    Stream,
    Asset,
}

/// Who may use a route; what a team's route demands stands in the policy's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "act")]
pub enum Who {
    Anyone,
    SignedIn,
    May(Act),
}

impl Who {
    /// What a body may weigh where the route says nothing else: who is not signed in has little to say, and
    /// a whole scorecard or plan is sent in a team.
    fn reads(self) -> usize {
        match self {
            Who::Anyone => SMALL,
            Who::SignedIn => 4 * SMALL,
            Who::May(_) => LARGEST,
        }
    }
}

/// What the OpenAPI document says of an operation beyond its address.
pub struct Doc {
    pub summary: &'static str,
    pub takes: Option<Described>,
    pub gives: Option<Described>,
    pub status: u16,
    pub query: &'static [(&'static str, &'static str)],
    pub headers: &'static [(&'static str, &'static str)],
    /// Headers it understands and does not need.
    pub optional_headers: &'static [(&'static str, &'static str)],
    /// The kind of file it gives instead of JSON.
    pub file: Option<&'static str>,
    /// The kinds of files it takes instead of JSON.
    pub takes_files: &'static [&'static str],
}

/// A schema and those it refers to.
pub struct Described {
    pub name: String,
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

impl Described {
    pub(super) fn of<T: ToSchema>() -> Self {
        let name = T::name().into_owned();
        let mut schemas = vec![(name.clone(), <T as PartialSchema>::schema())];
        T::schemas(&mut schemas);
        Described { name, schemas }
    }

    /// One page of a list of these, under a name of its own: `List` alone would be one schema for all lists.
    fn list_of<T: ToSchema>() -> Self {
        let Described { name: item, mut schemas } = Described::of::<T>();
        let name = format!("{item}List");
        let cursor = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]));
        let list = ObjectBuilder::new()
            .property("items", ArrayBuilder::new().items(Ref::from_schema_name(&item)))
            .required("items")
            .property("next_cursor", cursor)
            .required("next_cursor")
            .description(Some("One page of a list. Null ends it; else the cursor of the next page."));
        schemas.push((name.clone(), RefOr::T(Schema::Object(list.build()))));
        Described { name, schemas }
    }
}

impl Route {
    fn new<H, Args>(method: Method, path: &'static str, kind: Kind, who: Who, handler: H) -> Self
    where
        H: Handler<Args>,
        Args: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        let name = std::any::type_name::<H>();
        Route {
            method,
            path,
            kind,
            who,
            handler: name.strip_prefix("fivefold::").unwrap_or(name),
            doc: None,
            reads: who.reads(),
            make: Box::new(move || {
                let route = match method {
                    Method::Get => web::route().guard(actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head())),
                    Method::Post => web::post(),
                    Method::Put => web::put(),
                    Method::Patch => web::patch(),
                    Method::Delete => web::delete(),
                };
                route.to(handler.clone())
            }),
        }
    }

    pub fn make(&self) -> actix_web::Route {
        (self.make)()
    }

    /// Takes a body up to so many bytes, when that is not what others of its kind take.
    pub fn reads(mut self, bytes: usize) -> Self {
        self.reads = bytes.min(FILE);
        self
    }

    fn doc(mut self, change: impl FnOnce(&mut Doc)) -> Self {
        if let Some(doc) = self.doc.as_mut() {
            change(doc);
        }
        self
    }

    /// The kind of JSON body it takes.
    pub fn takes<T: ToSchema>(self) -> Self {
        self.doc(|doc| doc.takes = Some(Described::of::<T>()))
    }

    /// It takes a file of one of these kinds as its body, up to [`FILE`].
    pub fn takes_file(self, kinds: &'static [&'static str]) -> Self {
        self.doc(|doc| doc.takes_files = kinds).reads(FILE)
    }

    /// The kind of JSON body it gives with 200.
    pub fn gives<T: ToSchema>(self) -> Self {
        self.doc(|doc| doc.gives = Some(Described::of::<T>()))
    }

    /// One page of a list of these.
    pub fn lists<T: ToSchema>(self) -> Self {
        self.doc(|doc| doc.gives = Some(Described::list_of::<T>()))
    }

    /// It makes something: 201 with Location.
    pub fn creates<T: ToSchema>(self) -> Self {
        self.gives::<T>().doc(|doc| doc.status = 201)
    }

    /// It answers 204.
    pub fn gives_nothing(self) -> Self {
        self.doc(|doc| doc.status = 204)
    }

    /// Query parameters: name and meaning.
    pub fn query(self, parameters: &'static [(&'static str, &'static str)]) -> Self {
        self.doc(|doc| doc.query = parameters)
    }

    /// Headers it needs: name and meaning.
    pub fn headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.doc(|doc| doc.headers = headers)
    }

    /// Headers it understands and does not need: name and meaning.
    pub fn optional_headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.doc(|doc| doc.optional_headers = headers)
    }

    /// It gives a file of this kind.
    pub fn gives_file(self, kind: &'static str) -> Self {
        self.doc(|doc| doc.file = Some(kind))
    }
}

/// What is asked of a route while one of its requests is answered.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    pub reads: usize,
    pub who: Who,
    pub handler: &'static str,
}

impl Known {
    /// In the words of the policy, else of the operation itself.
    pub fn act(&self) -> String {
        match self.who {
            Who::May(act) => act.name(),
            Who::Anyone | Who::SignedIn => self.handler.rsplit("::").next().unwrap_or_default().to_owned(),
        }
    }
}

/// The routes, by method and address, for what stands round the handlers.
#[derive(Default)]
pub struct Table(HashMap<(actix_web::http::Method, &'static str), Known>);

impl Table {
    pub fn of(routes: &[Route]) -> Self {
        let known = |route: &Route| Known { reads: route.reads, who: route.who, handler: route.handler };
        Table(routes.iter().map(|route| ((route.method.into(), route.path), known(route))).collect())
    }

    /// The route of a request; none for an address or a method that nobody has.
    pub fn find(request: &HttpRequest) -> Option<Known> {
        let table = request.app_data::<web::Data<Table>>()?;
        let pattern = request.match_pattern()?;
        table.0.get(&(request.method().clone(), pattern.as_str())).copied()
    }
}

/// A page for a browser.
pub fn page<H, Args>(method: Method, path: &'static str, who: Who, handler: H) -> Route
where
    H: Handler<Args>,
    Args: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    Route::new(method, path, Kind::Page, who, handler)
}

/// An operation of the API, with one sentence for its documentation.
pub fn api<H, Args>(method: Method, path: &'static str, who: Who, handler: H, summary: &'static str) -> Route
where
    H: Handler<Args>,
    Args: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    let doc = Doc {
        summary,
        takes: None,
        gives: None,
        status: 200,
        query: &[],
        headers: &[],
        optional_headers: &[],
        file: None,
        takes_files: &[],
    };
    Route { doc: Some(doc), ..Route::new(method, path, Kind::Api, who, handler) }
}

/// A stream of events.
pub fn stream<H, Args>(path: &'static str, who: Who, handler: H, summary: &'static str) -> Route
where
    H: Handler<Args>,
    Args: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    Route { kind: Kind::Stream, ..api(Method::Get, path, who, handler, summary) }
}

/// Files of the product itself.
pub fn asset<H, Args>(path: &'static str, handler: H) -> Route
where
    H: Handler<Args>,
    Args: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    Route::new(Method::Get, path, Kind::Asset, Who::Anyone, handler)
}
