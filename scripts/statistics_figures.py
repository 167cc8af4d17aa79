"""What the bench measured, and the same by libraries for Python on the same ratings: a table, with the ratios."""

import csv
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy
import pandas
import pingouin


def took(work, times):
    """Milliseconds, the middle of several runs."""
    runs = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        runs.append((time.perf_counter() - began) * 1e3)
    return statistics.median(runs)


def counts(table):
    """How many gave each score, a row for each candidate and area."""
    units = table.candidate.to_numpy() * 5 + table.area.to_numpy()
    found = numpy.zeros((units.max() + 1, 5), dtype=int)
    numpy.add.at(found, (units, table.score.to_numpy() - 1), 1)
    return found


def main(folder):
    own = {}
    with open(folder / "fivefold.tsv", newline="") as file:
        for data, what, value, unit in csv.reader(file, delimiter="\t"):
            own[data, what] = float(value), unit
    team, million = (pandas.read_csv(folder / f"{name}.csv") for name in ("team", "million"))

    def alpha(table):
        return lambda: krippendorff.alpha(value_counts=counts(table), value_domain=[1, 2, 3, 4, 5], level_of_measurement="ordinal")

    means = team.groupby(["candidate", "rater"], as_index=False).score.mean()

    def icc():
        pingouin.intraclass_corr(means, targets="candidate", raters="rater", ratings="score")

    others = {
        ("team", "alpha, ordinal"): ("krippendorff", took(alpha(team), 20)),
        ("team", "two-way REML"): ("pingouin (mean squares)", took(icc, 10)),
        ("million", "alpha, ordinal"): ("krippendorff", took(alpha(million), 5)),
    }
    print(f"krippendorff {version('krippendorff')}, pingouin {version('pingouin')}")
    for (data, what), (value, unit) in own.items():
        beside = ""
        if (data, what) in others:
            name, other = others[data, what]
            beside = f"{name} {other:,.1f} ms, {other / value:,.1f} times as long"
        print(f"{data:8} {what:26} {value:10,.2f} {unit:3} {beside}")


main(Path(sys.argv[1]))
