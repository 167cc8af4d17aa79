#!/bin/sh
# The steps of the Dockerfile: builds the program for the image and lays out the image's files in the folder named.
set -eu
cd "$(dirname "$0")/.."
cargo build --release --locked --features pg-tls --bin fivefold
scripts/image-layout.sh "${CARGO_TARGET_DIR:-target}/release/fivefold" "$1"
