//! One visitor: a browser with cookies, or a program with a token.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;

use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde::Serialize;

use super::Response;
use super::app::Handle;

/// Clones share their cookies, as windows of one browser do.
#[derive(Clone)]
pub struct Client {
    handle: Rc<Handle>,
    headers: BTreeMap<String, String>,
    cookies: Rc<RefCell<BTreeMap<String, String>>>,
    address: IpAddr,
}

impl Client {
    pub(super) fn browser(handle: Rc<Handle>) -> Self {
        Self::program(handle).with("Sec-Fetch-Site", "same-origin")
    }

    pub(super) fn program(handle: Rc<Handle>) -> Self {
        Client { handle, headers: BTreeMap::new(), cookies: Rc::default(), address: [127, 0, 0, 1].into() }
    }

    /// The same visitor sending one more header, as in `with("If-Match", "\"3\"")`.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.insert(name.into(), value.into());
        client
    }

    /// The same visitor at another address, so that tries from here are not counted with those from there.
    pub fn at(mut self, address: impl Into<IpAddr>) -> Self {
        self.address = address.into();
        self
    }

    pub fn without(&self, name: &str) -> Self {
        let mut client = self.clone();
        client.headers.remove(name);
        client
    }

    pub fn if_match(&self, version: i64) -> Self {
        self.with("If-Match", &format!("\"{version}\""))
    }

    /// The same visitor with a new Idempotency-Key.
    pub fn once(&self) -> Self {
        self.with("Idempotency-Key", &uuid::Uuid::new_v4().to_string())
    }

    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        self.cookies.borrow_mut().insert(name.into(), value.into());
        self
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, None).await
    }

    pub async fn head(&self, path: &str) -> Response {
        self.send(Method::HEAD, path, None).await
    }

    pub async fn delete(&self, path: &str) -> Response {
        self.send(Method::DELETE, path, None).await
    }

    /// A form as a page sends it: a struct, a list of pairs (a name may come twice), or a JSON object.
    pub async fn post_form(&self, path: &str, form: impl Serialize) -> Response {
        let body = serde_html_form::to_string(form).unwrap();
        self.send(Method::POST, path, Some(("application/x-www-form-urlencoded", body.into()))).await
    }

    pub async fn post_json(&self, path: &str, body: impl Serialize) -> Response {
        self.json(Method::POST, path, body).await
    }

    pub async fn put_json(&self, path: &str, body: impl Serialize) -> Response {
        self.json(Method::PUT, path, body).await
    }

    pub async fn patch_json(&self, path: &str, body: impl Serialize) -> Response {
        self.json(Method::PATCH, path, body).await
    }

    async fn json(&self, method: Method, path: &str, body: impl Serialize) -> Response {
        let body = serde_json::to_vec(&body).unwrap();
        self.send(method, path, Some(("application/json", body))).await
    }

    /// Anything else: any method, any body.
    pub async fn send(&self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Response {
        let mut request = TestRequest::default().method(method).uri(path).peer_addr((self.address, 40_000).into());
        for (name, value) in &self.headers {
            request = request.insert_header((name.as_str(), value.as_str()));
        }
        for (name, value) in self.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        if let Some((kind, body)) = body {
            request = request.insert_header(("Content-Type", kind)).set_payload(body);
        }
        let response = (self.handle)(request).await;
        self.keep_cookies(&response);
        response
    }

    fn keep_cookies(&self, response: &Response) {
        let mut cookies = self.cookies.borrow_mut();
        for line in response.headers.get_all("Set-Cookie") {
            let Ok(cookie) = Cookie::parse_encoded(line.to_str().unwrap().to_owned()) else { continue };
            let gone = cookie.value().is_empty() || cookie.max_age().is_some_and(|age| age.is_zero());
            match gone {
                true => cookies.remove(cookie.name()),
                false => cookies.insert(cookie.name().to_owned(), cookie.value().to_owned()),
            };
        }
    }
}
