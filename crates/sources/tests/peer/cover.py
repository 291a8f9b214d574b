"""Holds an export of COVER against the published workbooks, read by another program (python-calamine).

    python3 -m venv .cache/peer && .cache/peer/bin/pip install python-calamine==0.4.0
    het import cover ../shared/data/cover/* --data .cache/cover
    het export observations --source cover --data .cache/cover --format csv --out .cache/cover.csv
    .cache/peer/bin/python crates/sources/tests/peer/cover.py ../shared/data/cover .cache/cover.csv

Two questions, of every cell and not of a sample. Does each figure that het has stand in the cell that it names? And is
every number that stands in a row with a figure a figure, a numerator or a denominator of that area that het has? Codes, counts
of trusts and of returns, and rates of tuberculosis are numbers too: they are listed under their headings. The last line is the
answer as JSON.
"""

import collections
import csv
import json
import pathlib
import re
import sys

from python_calamine import CalamineWorkbook


def number(cell):
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return float(cell)
    # Report tables give the figure of the quarter before in brackets behind.
    text = str(cell).replace("\u00a0", " ").split("(")[0].strip().rstrip("%").replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None


def position(cell):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1


def same(a, b):
    return a is not None and b is not None and abs(a - b) <= 1e-9 * max(1.0, abs(b))


def main(folder, export):
    books = {}
    for path in sorted(pathlib.Path(folder).glob("*")):
        book = CalamineWorkbook.from_path(path)
        books[path.name] = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    figures, in_cell, differs = 0, 0, collections.defaultdict(list)
    rows, of_area = collections.defaultdict(set), collections.defaultdict(set)
    with open(export, newline="", encoding="utf-8") as file:
        for figure in csv.DictReader(file):
            figures += 1
            row, column = position(figure["cell"])
            sheet = books[figure["file"]][figure["sheet"]]
            raw = sheet[row][column] if row < len(sheet) and column < len(sheet[row]) else ""
            found, value = number(raw), number(figure["value"])
            if figure["note"].startswith("worked out"):
                counts = number(figure["numerator"]), number(figure["denominator"])
                agrees = bool(counts[1]) and same(counts[0], found) and same(value, 100 * counts[0] / counts[1])
            elif figure["status"] == "value":
                agrees = same(value, found) or same(value, None if found is None else found * 100)
            else:
                # A mark is no number; a figure of nobody is not applicable; what is impossible is missing, and so is what a
                # count without those it is of would come to.
                count_alone = number(figure["numerator"]) == found and not figure["denominator"]
                agrees = found is None or number(figure["denominator"]) == 0 or not 0 <= found <= 100 or count_alone
            in_cell += agrees
            if not agrees:
                differs[f"{figure['file']} {figure['sheet']}, het {figure['status']}"].append(
                    f"{figure['cell']} {raw!r} for {figure['value']}"
                )
            known = [number(figure[name]) for name in ("value", "numerator", "denominator")]
            of_area[figure["file"], figure["area_code"]].update(value for value in known if value is not None)
            rows[figure["file"], figure["sheet"], row].add((column, figure["area_code"]))
    cells, accounted, left = 0, 0, collections.defaultdict(list)
    for (file, sheet, row), known in rows.items():
        columns = {column for column, _ in known}
        values = set().union(*(of_area[file, area] for _, area in known))
        for column, raw in enumerate(books[file][sheet][row]):
            found = number(raw)
            if found is None:
                continue
            cells += 1
            if column in columns or found in values or any(same(value, found) for value in values):
                accounted += 1
            else:
                above = (books[file][sheet][r][column] for r in range(row - 1, -1, -1) if column < len(books[file][sheet][r]))
                heading = next((str(cell).strip() for cell in above if str(cell).strip() and number(cell) is None), "")
                left[" ".join(heading.split())].append(f"{file} {sheet} column {column + 1}")
    for name, cells_of in sorted(differs.items(), key=lambda item: -len(item[1])):
        print(f"differs: {len(cells_of)} in {name}: {'; '.join(cells_of[:3])}")
    for heading, places in sorted(left.items(), key=lambda item: -len(item[1])):
        print(f"not taken: {len(places)} under '{heading}', such as {places[0]}")
    print(json.dumps({"files": len(books), "figures": figures, "in_their_cell": in_cell, "numbers_beside": cells, "taken": accounted}))


main(*sys.argv[1:])
