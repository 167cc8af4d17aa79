#!/bin/sh
# advisories.sh FOLDER: asks for known holes in the dependencies, without a network. FOLDER is a clone of
# https://github.com/RustSec/advisory-db that was brought here; with a network, `cargo deny check advisories` does.
set -eu
if [ $# != 1 ] || [ ! -d "$1/crates" ]; then
    echo "usage: scripts/advisories.sh FOLDER, a clone of https://github.com/RustSec/advisory-db" >&2
    exit 2
fi
database=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The name under which cargo-deny looks for the clone is made from the database's address.
ln -s "$database" "$work/advisory-db-3157b0e258782691"
sed "s#^\[advisories\]#&\\ndb-path = \"$work\"#" deny.toml >"$work/deny.toml"
cargo deny --offline --config "$work/deny.toml" check advisories
