"""Peers of secondary suppression, on the tables that benches/disclosure.rs makes from the same seeds.

    python3 -m venv peers && peers/bin/pip install scipy pytauargus==0.6.0
    peers/bin/python disclosure.py exact ROWS COLUMNS SEEDS > ../data/disclosure_optima.csv
    peers/bin/python disclosure.py network ROWS COLUMNS SEED
    peers/bin/python disclosure.py hypercube ROWS COLUMNS SEED
    peers/bin/python disclosure.py argus ROWS COLUMNS SEED

`exact` finds the fewest further cells by the integer program of Fischetti and Salazar-Gonzalez (2001), solved by HiGHS with
constraints that are made as they are broken. `network` is the heuristic of Kelly, Golden and Assad (1992): a linear program
for each small cell in turn, in which cells that are withheld already cost nothing. `hypercube` is the method of Repsilber
(1994) that tau-Argus has for large tables: for each small cell the rectangle that withholds least. Where no rectangle protects a
cell it is counted as left open. `argus` is tau-Argus itself (its modular method), which
is asked for less: a range of 30% about every count below 8, and a withheld cell may be zero. Then a linear program a need says
how often what het asks for is not met by it. The others ask for what het asks for: no count
of 1 to 7 can be excluded for a small cell, by somebody who knows that zeros are shown.
"""

import sys
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_matrix, csr_matrix, hstack, lil_matrix

FIRST, LAST = 1, 7
MASK = (1 << 64) - 1


def table(rows, columns, seed):
    state = seed

    def draw():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        return state >> 33

    counts = []
    for _ in range(rows * columns):
        kind, size = draw() % 100, draw()
        counts.append(1 + size % 7 if kind < 5 else 0 if kind < 10 else 8 + size % 492)
    inner = np.array(counts).reshape(rows, columns)
    whole = np.zeros((rows + 1, columns + 1), dtype=int)
    whole[:rows, :columns] = inner
    whole[rows, :columns] = inner.sum(axis=0)
    whole[:rows, columns] = inner.sum(axis=1)
    whole[rows, columns] = inner.sum()
    return whole


def sums(shape):
    """Every row less its total, and every column less its total."""
    rows, columns = shape
    place = np.arange(rows * columns).reshape(shape)
    r, c, v = [], [], []
    for line, cells in enumerate(list(place) + list(place.T)):
        r += [line] * len(cells)
        c += list(cells)
        v += [1] * (len(cells) - 1) + [-1]
    return csr_matrix((v, (r, c)))


def needs(counts):
    for cell in np.flatnonzero((counts >= FIRST) & (counts <= LAST)):
        if counts[cell] < LAST:
            yield cell, 1, LAST - counts[cell]
        if counts[cell] > FIRST:
            yield cell, -1, counts[cell] - FIRST


def reach(matrix, counts, withheld, cell, way):
    """How far a cell can move, and the prices of the cells that stop it."""
    low = np.where(withheld, 1 - counts, 0)
    high = np.where(withheld, counts.max() * 10, 0)
    objective = np.zeros(len(counts))
    objective[cell] = -way
    found = linprog(objective, A_eq=matrix, b_eq=np.zeros(matrix.shape[0]), bounds=np.c_[low, high], method="highs-ds")
    return -found.fun, found


def is_safe(matrix, counts, withheld):
    return all(reach(matrix, counts, withheld, c, w)[0] >= a - 1e-6 for c, w, a in needs(counts))


def exact(whole):
    """The fewest further cells. Every need is a table of its own that moves only withheld cells, made when it is broken."""
    counts, matrix = whole.ravel(), sums(whole.shape)
    primary = (counts >= FIRST) & (counts <= LAST)
    free = np.flatnonzero(~primary & (counts > 0))
    rows = []  # a cut: sum of coefficients of the free cells that are withheld must reach its right side
    right = []
    withheld = primary.copy()
    while True:
        broken = 0
        for cell, way, amount in needs(counts):
            most, found = reach(matrix, counts, withheld, cell, way)
            if most >= amount - 1e-6:
                continue
            broken += 1
            # Duality: with potentials u, moving the cell by way costs at most the room of the withheld cells.
            u = found.eqlin.marginals
            reduced = -(matrix.T @ u)
            reduced[cell] -= way
            # The room of a cell in the direction in which its reduced price lets it help, capped by the amount.
            up, down = np.maximum(-reduced, 0), np.maximum(reduced, 0)
            room = up * 10 * counts.max() + down * np.maximum(counts - 1, 0)
            fixed = room[primary].sum()
            coefficients = np.minimum(room, max(amount - fixed, 0))
            if fixed < amount - 1e-6:
                rows.append(coefficients[free])
                right.append(amount - fixed)
        if not broken:
            return int(withheld.sum() - primary.sum())
        solved = milp(
            np.ones(len(free)),
            constraints=LinearConstraint(np.array(rows), lb=np.array(right) - 1e-7),
            integrality=np.ones(len(free)),
            bounds=Bounds(0, 1),
        )
        withheld = primary.copy()
        withheld[free[solved.x > 0.5]] = True


def network(whole):
    """Kelly, Golden and Assad: one linear program a need, then what turned out not to be needed is shown again."""
    counts, matrix = whole.ravel(), sums(whole.shape)
    primary = (counts >= FIRST) & (counts <= LAST)
    withheld = primary.copy()
    n = len(counts)
    for cell, way, amount in sorted(needs(counts), key=lambda need: -need[2]):
        # Up and down parts of every cell; those not yet withheld cost one a unit.
        cost = np.where(withheld, 0.0, 1.0)
        up = np.where(counts > 0, amount, 0)
        down = np.where(counts > 0, np.minimum(np.maximum(counts - 1, 0), amount), 0)
        low, high = np.zeros(2 * n), np.r_[up, down].astype(float)
        at, other = (cell, n + cell) if way > 0 else (n + cell, cell)
        low[at] = high[at] = amount
        high[other] = 0
        found = linprog(
            np.r_[cost, cost], A_eq=hstack([matrix, -matrix]), b_eq=np.zeros(matrix.shape[0]), bounds=np.c_[low, high], method="highs-ds"
        )
        moved = (found.x[:n] + found.x[n:]) > 1e-9
        withheld |= moved
    return int(withheld.sum() - primary.sum())


def hypercube(whole):
    """Repsilber: for each small cell the three other corners of a rectangle, the fewest that are not withheld yet and then the
    smallest sum of counts. A rectangle protects a cell that can move to both ends of its range by moving all four corners."""
    inner = whole[:-1, :-1]
    rows, columns = inner.shape
    primary = (inner >= FIRST) & (inner <= LAST)
    withheld = primary.copy()
    left_open = 0
    for i, j in sorted(zip(*np.nonzero(primary)), key=lambda at: inner[at]):
        more, less = LAST - inner[i, j], inner[i, j] - FIRST
        beside, below = inner[i, :], inner[:, j]
        # Up: the neighbours in the row and in the column go down, the opposite corner up; down: the other way round.
        allowed = (below[:, None] >= 1 + more) & (beside[None, :] >= 1 + more) & (inner >= 1 + less) & (inner > 0)
        allowed[i, :] = False
        allowed[:, j] = False
        if not allowed.any():
            left_open += 1
            continue
        new = (~withheld[:, j])[:, None].astype(int) + (~withheld[i, :])[None, :] + ~withheld
        lost = below[:, None] * ~withheld[:, j][:, None] + beside[None, :] * ~withheld[i, :][None, :] + inner * ~withheld
        cost = np.where(allowed, new * 1e9 + lost, np.inf)
        k, l = np.unravel_index(np.argmin(cost), cost.shape)
        withheld[k, j] = withheld[i, l] = withheld[k, l] = True
    return int(withheld.sum() - primary.sum()), left_open


def argus(inner):
    """The cells that tau-Argus withholds, with the totals, and the seconds of its run. It wants a row a person."""
    import tempfile

    from pytauargus import protect

    people = [(f"r{i:03}", f"c{j:03}") for (i, j), n in np.ndenumerate(inner) for _ in range(n)]
    table = {"row": [r for r, _ in people], "column": [c for _, c in people], "one": [1] * len(people)}
    start = time.process_time()
    found = protect(table, ["row", "column"], response="one", safety_rules="FREQ(8,30)", suppress="MOD(1)", workdir=tempfile.mkdtemp())
    took = time.process_time() - start
    rows, columns = inner.shape
    withheld = np.zeros((rows + 1, columns + 1), dtype=bool)
    for row, status in zip(found.tables[0].rows, found.tables[0].status()):
        if str(status) in "UM":
            place = [str(row[name]).strip() for name in ("row", "column")]
            i, j = (int(code[1:]) if code[1:].isdigit() else end for code, end in zip(place, (rows, columns)))
            withheld[i, j] = True
    return withheld, took


def broken(matrix, counts, withheld, most):
    """How many of the first so many needs are not met."""
    first = list(needs(counts))[:most]
    return sum(reach(matrix, counts, withheld, c, w)[0] < a - 1e-6 for c, w, a in first), len(first)


def main():
    what, rows, columns, seeds = sys.argv[1], *map(int, sys.argv[2:5])
    if what == "network":
        start = time.time()
        print(f"{network(table(rows, columns, seeds))} further cells in {time.time() - start:.1f} s")
        return
    if what == "hypercube":
        start = time.process_time()
        further, left_open = hypercube(table(rows, columns, seeds))
        print(f"{further} further cells, {left_open} small cells left open, in {time.process_time() - start:.2f} s of processor time")
        return
    if what == "argus":
        whole = table(rows, columns, seeds)
        withheld, took = argus(whole[:-1, :-1])
        primary = ((whole >= FIRST) & (whole <= LAST)).sum()
        print(f"{withheld.sum() - primary} further cells in {took:.1f} s of processor time", flush=True)
        unmet, asked = broken(sums(whole.shape), whole.ravel(), withheld.ravel(), 200)
        print(f"{unmet} of {asked} needs not met")
        return
    print("rows,columns,seed,further")
    for seed in range(1, seeds + 1):
        print(f"{rows},{columns},{seed},{exact(table(rows, columns, seed))}", flush=True)


main()
