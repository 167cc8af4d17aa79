//! Scripts as they are served: without blanks and comments, local names short.
//!
//! Nothing else is changed: no expression is rewritten, so what runs is what was written. The files import each
//! other by name, and names that are exported stay.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_minifier::{MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The module, shorter. What cannot be read is served as it is: the browser says what is wrong with it.
pub fn shorten(source: &str) -> String {
    let allocator = Allocator::default();
    let read = Parser::new(&allocator, source, SourceType::mjs()).parse();
    if read.panicked || !read.diagnostics.is_empty() {
        return source.to_owned();
    }
    let mut program = read.program;
    let options = MinifierOptions { mangle: Some(MangleOptions::default()), compress: None, ..MinifierOptions::default() };
    let scoping = Minifier::new(options).minify(&allocator, &mut program).scoping;
    let options = CodegenOptions { minify: true, comments: CommentOptions::disabled(), ..CodegenOptions::default() };
    Codegen::new().with_options(options).with_scoping(scoping).build(&program).code
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn blanks_comments_and_local_names_go_and_what_others_see_stays() {
        let short = shorten("// why\nexport function greet(somebody) {\n  const words = `Hello, ${somebody}`;\n  return words;\n}\n");
        assert!(short.contains("export function greet("), "{short}");
        assert!(short.contains("Hello, "), "{short}");
        assert!(!short.contains("why") && !short.contains("somebody") && !short.contains('\n'), "{short}");
    }

    #[test]
    fn what_is_no_script_is_served_as_it_is() {
        assert_eq!(shorten("export function {"), "export function {");
    }
}
