//! The API's documentation as a page of our own over the OpenAPI document: offline, under the same CSP,
//! with an anchor for each operation, each shape and each kind of problem.

mod model;
pub mod pages;
