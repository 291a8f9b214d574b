"""What controlchartspy and abspc say of seeded series, one case a row, as CSV on standard output."""

import csv
import datetime
import math
import random
import sys
import warnings

import controlchartspy
import pandas
from abspc import spc as abspc

warnings.simplefilter("ignore")
HEADINGS = "case peer kind improvement target values denominators spreads centre lower upper outside shift trend two assurance".split()
RULES = dict(astronomical=True, shift=True, trend=True, two_in_three=True)
SIGNS = {"none": ".", "improvement": "+", "deterioration": "-"}


def number(x):
    return "" if x is None or (isinstance(x, float) and math.isnan(x)) else repr(float(x))


def numbers(xs):
    xs = [number(x) for x in xs]
    return xs[0] if xs and len(set(xs)) == 1 else " ".join(x or "NA" for x in xs)


def months(n):
    return [datetime.date(2015 + i // 12, i % 12 + 1, 1) for i in range(n)]


def individuals(rng, n):
    """A series of one of several shapes, rounded so that ties happen."""
    shape = rng.choice(["plain", "plain", "shift", "trend", "outlier", "whole", "ties", "near"])
    ys = [rng.gauss(50, 5) for _ in range(n)]
    at = rng.randrange(4, n - 8)
    if shape == "shift":
        ys = [y + (9 if i >= at else 0) for i, y in enumerate(ys)]
    if shape == "trend":
        ys[at : at + 8] = [40 + 2 * i * rng.choice([1, 1, 1]) for i in range(8)]
    if shape == "outlier":
        ys[at] += rng.choice([-40, 40])
    if shape == "near":
        ys[at], ys[at + 2] = ys[at] + 12, ys[at + 2] + 12
    if shape == "whole":
        return [float(round(y)) for y in ys]
    if shape == "ties":
        return [float(round(y / 5) * 5) for y in ys]
    return [round(y, 2) for y in ys]


def sample(rng, kind, n):
    """Values, denominators and spreads for a kind."""
    if kind in ("i", "mr", "run", "xmr"):
        return individuals(rng, n), None, None
    if kind in ("p", "pp", "PR"):
        ds = [float(rng.randrange(40, 400) * (20 if kind == "pp" else 1)) for _ in range(n)]
        p = rng.choice([0.03, 0.2, 0.5, 0.95])
        return [float(sum(rng.random() < p for _ in range(int(d)))) for d in ds], ds, None
    if kind in ("u", "up"):
        ds = [float(rng.randrange(20, 300) * (20 if kind == "up" else 1)) for _ in range(n)]
        rate = rng.choice([0.02, 0.2, 1.5])
        return [float(max(0, round(rng.gauss(d * rate, math.sqrt(d * rate))))) for d in ds], ds, None
    if kind == "c":
        return [float(max(0, round(rng.gauss(9, 3)))) for _ in range(n)], None, None
    if kind == "g":
        return [float(int(rng.expovariate(1 / 12))) for _ in range(n)], None, None
    if kind == "t":
        return [round(rng.expovariate(1 / 20), 1) for _ in range(n)], None, None
    sizes = [float(rng.choice([5, 5, 6, 8])) for _ in range(n)] if rng.random() < 0.5 else [5.0] * n
    return [round(rng.gauss(20, 1), 3) for _ in range(n)], sizes, [round(abs(rng.gauss(2, 0.4)), 3) for _ in range(n)]


def powerbi(rng, kind, gaps):
    values, sizes, spreads = sample(rng, kind, rng.randrange(14, 34))
    if gaps:
        values[rng.randrange(3, len(values) - 3)] = None
    better = rng.choice(["increase", "decrease"])
    target = round(sum(v for v in values if v is not None) / len(values) * rng.choice([0.5, 1.0, 1.5]), 1) if kind in ("i", "c") else None
    data = {"k": months(len(values)), "y": values, "d": sizes, "s": spreads}
    lines = dict(show_alt_target=target is not None, alt_target=target)
    chart = controlchartspy.spc(
        data, "k", "y",
        denominators="d" if sizes else None,
        xbar_sds="s" if spreads and kind == "xbar" else None,
        spc_settings=dict(chart_type=kind, multiplier=1, perc_labels="No"),
        outlier_settings=dict(RULES, improvement_direction=better),
        line_settings=lines,
        return_objs="limits",
    )
    rows = chart.limits
    column = lambda name: [row.get(name) for row in rows]
    flags = lambda name: "".join(SIGNS[x] for x in column(name))
    last = rows[-1]
    assurance = ""
    if target is not None:
        above, below = target > last["ul99"], target < last["ll99"]
        assurance = "inconsistent" if not (above or below) else "fail" if above == (better == "increase") else "pass"
    return [better, number(target), " ".join(number(v) or "NA" for v in values), numbers(sizes or []), " ".join(map(number, spreads or [])),
            numbers(column("target")), numbers(column("ll99")) if kind != "run" else "", numbers(column("ul99")) if kind != "run" else "",
            flags("astpoint"), flags("shift"), flags("trend"), flags("two_in_three"), assurance]


def funnel(rng):
    values, sizes, _ = sample(rng, "PR", 15)
    names = [f"{i:02}" for i in range(15)]
    rows = controlchartspy.funnel(
        {"g": names, "n": values, "d": sizes}, "g", "n", "d",
        funnel_settings=dict(multiplier=1, perc_labels="No"),
        outlier_settings=dict(three_sigma=True, two_sigma=True, improvement_direction="increase"),
        return_objs="limits",
    ).limits
    rows.sort(key=lambda row: row["group"])
    column = lambda name: [row[name] for row in rows]
    return ["increase", "", " ".join(map(number, values)), numbers(sizes), "", numbers(column("target")), numbers(column("ll99")),
            numbers(column("ul99")), "".join(SIGNS[x] for x in column("three_sigma")), "", "", "", ""]


def ab(rng, kind):
    values, sizes, _ = sample(rng, kind, rng.randrange(16, 34))
    better = rng.choice(["high", "low"])
    frame = pandas.DataFrame({"value": values})
    if kind in ("p", "u", "c"):
        frame["value"] = frame["value"].astype(int)
    if sizes:
        frame["subgroup_size"] = sizes
    result = abspc.calculate_control_limits(frame, kind)
    flags = lambda name: "".join("+" if x else "." for x in result[name]) if name in result else ""
    target, assurance = None, ""
    if kind == "run":
        result = abspc.detect_run_chart_signals(result)
        result["rule2"], result["rule3"] = result["run_shift"], result["run_trend"]
        limits = ["", ""]
    else:
        result = abspc.detect_special_causes(result)
        if kind in ("xmr", "c"):
            target = round(sum(values) / len(values) * rng.choice([0.5, 1.0, 1.5]), 1)
            assurance = abspc.determine_assurance_type(result, target, better)
        limits = [numbers(result["lcl"]), numbers(result["ucl"])]
    return [better, number(target), " ".join(map(number, values)), numbers(sizes or []), "", numbers(result["mean"]), *limits,
            flags("rule1"), flags("rule2"), flags("rule3"), flags("rule4"), assurance]


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    sys.stdout.write("# Written by tests/peer/drive.py with controlchartspy 0.1.3 and abspc 1.1.0; do not edit.\n")
    sys.stdout.write("# Lists have spaces between; a list of equal numbers is written once. Flags: one character a point.\n")
    out.writerow(HEADINGS)
    rng, case = random.Random(20261124), 0
    plan = [("i", 60, False), ("i", 8, True)] + [(k, 12, False) for k in ("run", "mr", "p", "pp", "u", "up", "c", "g", "t", "xbar", "s")]
    for kind, times, gaps in plan:
        for _ in range(times):
            case += 1
            out.writerow([case, "controlchartspy", kind + (" with gaps" if gaps else ""), *powerbi(rng, kind, gaps)])
    for _ in range(8):
        case += 1
        out.writerow([case, "controlchartspy", "funnel", *funnel(rng)])
    for kind, times in [("xmr", 60)] + [(k, 12) for k in ("run", "p", "u", "c", "t", "g")]:
        for _ in range(times):
            case += 1
            out.writerow([case, "abspc", kind, *ab(rng, kind)])


main()
