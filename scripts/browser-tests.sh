#!/bin/sh
# The journeys in a real browser: installs what they need where it can, builds the binary, runs them.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
. scripts/needs.sh

browser() {
    for name in ${FIVEFOLD_TEST_CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable \
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if have "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

chromium=$(browser) || { install_with chromium chromium '--cask chromium' || true; chromium=$(browser); } || {
    say "Chromium is missing and could not be installed from here. Install it, or name one: FIVEFOLD_TEST_CHROMIUM=/path/to/chrome"
    exit 1
}
have npm || install_with 'nodejs npm' 'nodejs npm' node || true
have npm || {
    say "Node is missing and could not be installed from here. Install Node 20 or newer with npm from https://nodejs.org"
    exit 1
}

cd tests/browser
if ! cmp -s package-lock.json node_modules/.installed-lock; then
    npm ci --silent --no-audit --no-fund </dev/null || { say "npm could not fetch the browser tests' two libraries (npm ci in tests/browser)."; exit 1; }
    cp package-lock.json node_modules/.installed-lock
fi
cargo build --quiet --locked --manifest-path "$here/Cargo.toml"

# Debian 12 has Node 18; playwright needs 20, which npm has too.
major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
export FIVEFOLD_TEST_CHROMIUM="$chromium"
if [ "$major" -ge 20 ]; then
    node --test --test-reporter=spec "$@"
else
    npm exec --yes --package=node@22 -- node --test --test-reporter=spec "$@"
fi
