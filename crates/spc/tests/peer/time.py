"""Seconds that controlchartspy takes for the XmR charts of SERIES series of POINTS points, with rules and icons."""

import datetime
import random
import sys
import time
import warnings

import controlchartspy

warnings.simplefilter("ignore")
count, points = int(sys.argv[1]), int(sys.argv[2])
rng = random.Random(1)
dates = [datetime.date(2023 + i // 12, i % 12 + 1, 1) for i in range(points)]
data = {
    "k": dates * count,
    "y": [round(rng.gauss(50, 5), 2) for _ in range(points * count)],
    "i": [str(s) for s in range(count) for _ in range(points)],
}
rules = dict(astronomical=True, shift=True, trend=True, two_in_three=True, improvement_direction="increase")
icons = dict(show_variation_icons=True, show_assurance_icons=True)
lines = dict(show_alt_target=True, alt_target=52)


def run(rows, **more):
    return controlchartspy.spc(rows, "k", "y", outlier_settings=rules, nhs_icon_settings=icons, line_settings=lines, return_objs="limits", **more)


run({name: column[:points] for name, column in data.items()})
# All series in one call, which is the fastest way that the package has.
start = time.perf_counter()
run(data, indicators="i")
print(time.perf_counter() - start)
