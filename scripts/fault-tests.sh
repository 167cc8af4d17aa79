#!/bin/sh
# The long fault tests of the live room: a minute of kills, half a minute without a line, signals lost to the last one.
# The test command runs a shorter version of the same. What is written after it is handed to node, as for browser-tests.sh.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
export FIVEFOLD_FAULT_KILLS="${FIVEFOLD_FAULT_KILLS:-20}" FIVEFOLD_FAULT_SECONDS="${FIVEFOLD_FAULT_SECONDS:-30}"
cd "$here"
if [ $# -eq 0 ]; then
    set -- faults/kill.test.js faults/network.test.js faults/tabs.test.js faults/two-servers.test.js faults/canaries.test.js
fi
exec scripts/browser-tests.sh "$@"
