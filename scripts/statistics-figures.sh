#!/bin/sh
# Measures the statistics beside the libraries for Python that people reach for (krippendorff, pingouin), on the same
# ratings and in one run. Needs Python 3 with venv; the libraries are installed below target/.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
folder=target/statistics-figures
mkdir -p "$folder"
if [ ! -x "$folder/venv/bin/python" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check krippendorff==0.8.1 pingouin==0.5.5
fi
cargo bench --quiet --locked --bench calibration -- --write "$here/$folder" >"$folder/fivefold.tsv"
"$folder/venv/bin/python" scripts/statistics_figures.py "$folder"
