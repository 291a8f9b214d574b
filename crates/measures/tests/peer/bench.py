"""Seconds that phstatsmethods takes for the work of benches/measures.rs, and those of a whole process with pandas.

`bench.py` prints the table, and with the variable HET set to a release build of `het` also what `het measures dsr` takes for the
same file in the same run. `bench.py whole < in.csv > out.csv` is the process: read, standardise, write.
"""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
import warnings

import numpy
import pandas

warnings.simplefilter("ignore")
ESP = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]
AGES = [f"{a}-{a + 4}" for a in range(0, 90, 5)] + ["90+"]
AREAS = 7000
RUNS = 50


def bands():
    """The same shape as the benchmark's table: 7,000 areas by 19 ages."""
    rng = numpy.random.default_rng(1)
    population = rng.integers(100, 2000, AREAS * 19)
    age = numpy.tile(numpy.arange(19), AREAS)
    return pandas.DataFrame({
        "area": numpy.repeat([f"E{i:08}" for i in range(AREAS)], 19),
        "age": numpy.tile(AGES, AREAS),
        "events": numpy.minimum(population, rng.poisson(population * 0.0005 * 1.25**age)),
        "population": population,
    })


def standardise(table, peer):
    table["weight"] = numpy.tile(ESP, len(table) // 19)
    return peer.ph_dsr(table, "events", "population", "weight", "area", confidence=[0.95, 0.998], euro_standard_pops=False)


def seconds(call, *inputs):
    start = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        call(*inputs)
    return time.process_time() - start


def main():
    import PHStatsMethods as peer

    if sys.argv[1:] == ["whole"]:
        table = pandas.read_csv(sys.stdin)
        with contextlib.redirect_stdout(io.StringIO()):
            answer = standardise(table, peer)
        answer.to_csv(sys.stdout, index=False)
        return
    table = bands()
    print(f"ph_dsr, 7,000 areas x 19 ages: {seconds(standardise, table.copy(), peer):.2f} s CPU")
    rng = numpy.random.default_rng(2)
    size = rng.integers(20, 20_000, AREAS)
    shares = pandas.DataFrame({"x": rng.binomial(size, 0.1), "n": size})
    took = seconds(lambda: peer.assign_funnel_significance(shares, "x", "proportion", "n"))
    print(f"assign_funnel_significance, 7,000 proportions: {took:.2f} s CPU")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.csv")
        table.to_csv(path, index=False)
        start = os.times()
        with open(path) as source, open(os.path.join(folder, "out.csv"), "w") as target:
            subprocess.run([sys.executable, __file__, "whole"], stdin=source, stdout=target, check=True)
        end = os.times()
        took = end.children_user + end.children_system - start.children_user - start.children_system
        print(f"whole process, CSV in and out: {took:.2f} s CPU, {end.elapsed - start.elapsed:.2f} s by the clock")
        if het := os.environ.get("HET"):
            start = os.times()
            for _ in range(RUNS):
                words = [het, "measures", "dsr", "--in", path, "--out", os.path.join(folder, "het.csv")]
                subprocess.run(words, check=True)
            end = os.times()
            ours = (end.children_user + end.children_system - start.children_user - start.children_system) / RUNS
            clock = (end.elapsed - start.elapsed) / RUNS
            print(f"het measures dsr, mean of {RUNS}: {ours * 1e3:.1f} ms CPU, {clock * 1e3:.1f} ms by the clock: {took / ours:.0f} times less CPU")


main()
