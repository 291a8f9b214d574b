"""What phstatsmethods says of seeded random and edge inputs, one case a row, as CSV on standard output."""

import contextlib
import csv
import importlib.metadata
import io
import math
import random
import sys
import warnings

import numpy
import pandas
import PHStatsMethods as peer

warnings.simplefilter("ignore")
LEVELS = [0.95, 0.998]
LIMITS = ["Value", "lower_95_ci", "upper_95_ci", "lower_99_8_ci", "upper_99_8_ci"]
ESP = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]


def number(x):
    if isinstance(x, (int, numpy.integer)):
        return str(int(x))
    if x is None or math.isnan(x):
        return "NA"
    return repr(int(x)) if float(x).is_integer() and abs(x) < 1e15 else repr(float(x))


def numbers(xs):
    return " ".join(number(x) for x in xs)


def asked(call):
    """What the peer answers, or that it stops."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return call()
    except Exception as error:
        return "error: " + str(error)[:60].replace(",", ";")


def first(frame, columns):
    return numbers(frame[columns].iloc[0])


def count(rng, population):
    """A count of one of several sizes, often at an edge."""
    size = rng.choice(["edge", "small", "middle", "any"])
    if size == "edge":
        return rng.choice([0, 1, 9, 10, population, max(population - 1, 0)])
    top = {"small": 12, "middle": 200, "any": population}[size]
    return rng.randint(0, min(top, population))


def people(rng):
    return rng.choice([1, 2, 10, 57, 100, 1000, 12_345, 250_000, rng.randint(1, 2_000_000)])


def proportion(rng):
    n = people(rng)
    x = min(count(rng, n), n)
    per = rng.choice([1, 1, 100, 1000])
    frame = pandas.DataFrame({"x": [x], "n": [n]})
    out = asked(lambda: first(peer.ph_proportion(frame, "x", "n", confidence=LEVELS, multiplier=per), LIMITS))
    return per, numbers([x, n]), out


def rate(rng):
    n = people(rng)
    x = count(rng, n)
    per = rng.choice([1, 1000, 100_000])
    frame = pandas.DataFrame({"x": [x], "n": [n]})
    out = asked(lambda: first(peer.ph_rate(frame, "x", "n", confidence=LEVELS, multiplier=per), LIMITS))
    return per, numbers([x, n]), out


def byars(rng):
    """The package's own function for an interval of a count."""
    x = count(rng, 5000)
    return "", number(x), asked(lambda: numbers([float(v) for v in peer.confidence_intervals.byars(x, 0.95)]))


def mean(rng):
    n = rng.choice([2, 3, 5, 12, 25])
    xs = [round(rng.gauss(rng.choice([50, 50, 50, 4]), 10), rng.choice([0, 2, 6])) for _ in range(n)]
    if rng.random() < 0.1:
        xs = [xs[0]] * n
    frame = pandas.DataFrame({"g": ["a"] * n, "x": xs})
    return "", numbers(xs), asked(lambda: first(peer.ph_mean(frame, "x", "g", confidence=LEVELS), LIMITS))


def dsr(rng):
    ns = [rng.randint(1, 9000) for _ in ESP]
    scale = rng.choice([0.0005, 0.005, 0.05])
    xs = [min(n, int(rng.expovariate(1 / (scale * n)))) for n in ns]
    if rng.random() < 0.1:
        ns[rng.randrange(19)] = 0
        xs = [x if n else 0 for x, n in zip(xs, ns)]
    frame = pandas.DataFrame({"g": ["a"] * 19, "x": xs, "n": ns, "w": ESP})
    out = asked(lambda: first(peer.ph_dsr(frame, "x", "n", "w", "g", confidence=LEVELS, euro_standard_pops=False), LIMITS))
    return 100_000, numbers(xs) + " / " + numbers(ns), out


def strata(rng):
    k = rng.randint(1, 5)
    ns, big = [rng.randint(1, 20_000) for _ in range(k)], [rng.randint(100_000, 4_000_000) for _ in range(k)]
    events = [rng.randint(0, n // 50) for n in big]
    xs = [rng.choice([0, rng.randint(0, 3), rng.randint(0, 60)]) for _ in range(k)]
    return k, ns, big, events, xs


def indirect(rng, call, per):
    k, ns, big, events, xs = strata(rng)
    frame = pandas.DataFrame({"g": ["a"] * k, "x": xs, "n": ns, "rx": events, "rn": big})
    told = lambda: first(call(frame, "x", "n", "rx", "rn", "g", confidence=LEVELS, **per), LIMITS)
    return next(iter(per.values())), " / ".join(numbers(v) for v in (xs, ns, events, big)), asked(told)


def quantile(rng):
    q, n = rng.choice([2, 4, 5, 10]), rng.randint(1, 40)
    xs = [round(rng.uniform(0, 50), rng.choice([0, 1, 3])) for _ in range(n)]
    invert = rng.random() < 0.5
    frame = pandas.DataFrame({"x": xs})
    out = asked(lambda: numbers(peer.ph_quantile(frame, "x", nquantiles=q, invert=invert)["quantile"]))
    return f"{q} {'highest' if invert else 'lowest'}", numbers(xs), out


def areas(rng, kind, n):
    sizes = [rng.randint(20, 20_000) for _ in range(n)]
    p = rng.uniform(0.01, 0.6)
    near = lambda size: max(0, int(rng.gauss(p * size, 2.2 * math.sqrt(p * size))))
    if kind == "proportion":
        return [min(s, near(s)) for s in sizes], sizes
    if kind == "ratio":
        sizes = [round(rng.uniform(0.5, 90), 2) for _ in range(n)]
        return [max(0, int(rng.gauss(s, 2.2 * math.sqrt(s)))) for s in sizes], sizes
    return [near(s) for s in sizes], sizes


WORDS = {"Low (0.001)": "low-998", "Low (0.025)": "low-95", "Not significant": "not-significant",
         "High (0.025)": "high-95", "High (0.001)": "high-998"}


def funnel(rng):
    kind = rng.choice(["proportion", "ratio", "rate"])
    xs, ns = areas(rng, kind, rng.randint(5, 20))
    frame = pandas.DataFrame({"x": xs, "n": ns})
    more = {}
    if kind == "rate":
        frame["r"] = frame["x"] / frame["n"] * 100_000
        more = dict(rate="r", rate_type="crude", multiplier=100_000)
    told = lambda: peer.assign_funnel_significance(frame, "x", kind, "n", **more)["significance"]
    return kind, numbers(xs) + " / " + numbers(ns), asked(lambda: " ".join(WORDS[w] for w in told()))


def curve(rng):
    """Every twentieth point of the curves: size, then lower and upper limit at 95% and at 99.8%."""
    kind = rng.choice(["proportion", "ratio", "rate"])
    per = {"proportion": rng.choice([1, 100, 1000]), "ratio": 100, "rate": 100_000}[kind]
    xs, ns = areas(rng, kind, rng.randint(5, 12))
    frame = pandas.DataFrame({"x": xs, "n": ns})
    more = {"proportion": dict(multiplier=per), "ratio": dict(ratio_type="isr", multiplier=per),
            "rate": dict(rate="r", rate_type="crude", multiplier=per, years_of_data=1)}[kind]
    if kind == "rate":
        frame["r"] = frame["x"] / frame["n"] * per
    size = {"proportion": "Population", "ratio": "Observed_events", "rate": "Events"}[kind]
    columns = [size, "lower_2s_limit", "upper_2s_limit", "lower_3s_limit", "upper_3s_limit"]
    told = lambda: peer.calculate_funnel_limits(frame, "x", statistic=kind, denom_col="n", **more)[columns].iloc[::20]
    out = asked(lambda: " / ".join(numbers(row) for row in told().to_numpy()))
    return f"{kind} {per}", numbers(xs) + " / " + numbers(ns), out


PLAN = [("proportion", proportion, 500), ("rate", rate, 500), ("byars", byars, 60), ("mean", mean, 200),
        ("dsr", dsr, 200), ("ratio", lambda rng: indirect(rng, peer.ph_ISRatio, dict(refvalue=1)), 200),
        ("indirect-rate", lambda rng: indirect(rng, peer.ph_ISRate, dict(multiplier=100_000)), 200),
        ("quantile", quantile, 200), ("funnel", funnel, 200), ("funnel-limits", curve, 12)]


def main():
    out, rng, case = csv.writer(sys.stdout, lineterminator="\n"), random.Random(20261124), 0
    version = importlib.metadata.version("phstatsmethods")
    print(f"# Written by tests/peer/drive.py with phstatsmethods {version}; do not edit.")
    print("# Lists have spaces between and ' / ' between lists; limits are at 95% and at 99.8%.")
    out.writerow(["case", "measure", "options", "input", "output"])
    for name, make, times in PLAN:
        for _ in range(times):
            case += 1
            out.writerow([case, name, *make(rng)])


main()
