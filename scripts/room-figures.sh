#!/bin/sh
# Measures the live room: keys to paint and to acknowledged, signals with one and with a thousand rooms open, memory of a
# stream, weight of the pages. FIVEFOLD_TEST_BINARY=target/release/fivefold measures that build instead of the debug one.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
case ${FIVEFOLD_TEST_BINARY:-/} in /*) ;; *) FIVEFOLD_TEST_BINARY="$here/$FIVEFOLD_TEST_BINARY" && export FIVEFOLD_TEST_BINARY ;; esac
[ -d tests/browser/node_modules ] || (cd tests/browser && npm ci --silent --no-audit --no-fund </dev/null)
[ -n "${FIVEFOLD_TEST_BINARY:-}" ] || cargo build --quiet --locked
exec node tests/browser/figures/room.js
