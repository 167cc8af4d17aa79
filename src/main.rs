use std::process::ExitCode;

fn main() -> ExitCode {
    fivefold::cli::run()
}
