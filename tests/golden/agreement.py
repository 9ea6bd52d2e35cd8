"""Makes docs/methods/agreement.md from the lines that the golden tests wrote.

Usage: EVENKEEL_AGREEMENT=FILE golden_test; agreement.py FILE PAGE
"""
import csv
import sys

HEAD = """# Agreement with independent programs

Each row: one method on one data set, the largest deviation from the numbers of a program that
nobody here wrote, and the tolerance that the test holds. A deviation is the difference, divided by
the reference where that is larger than 1. The golden tests wrote this page; do not edit it. The
programs and their versions stand with the data, in the README of each folder of
`tests/golden/data` and of the reference results.

| method | data set | numbers compared | largest deviation | tolerance |
|---|---|---:|---:|---:|
"""


def read(path):
    """(method, data set) -> [compared, largest, tolerance]; a pair that stands twice is one row."""
    rows, skipped = {}, []
    with open(path, newline="", encoding="utf-8") as opened:
        for method, dataset, compared, deviation, tolerance in csv.reader(opened):
            if method == "skipped":
                skipped.append(dataset)
                continue
            row = rows.setdefault((method, dataset), [0, 0.0, float(tolerance)])
            row[0] += int(compared)
            row[1] = max(row[1], float(deviation))
            row[2] = max(row[2], float(tolerance))
    return rows, skipped


def shown(value):
    return "0" if value == 0 else f"{value:.1e}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows, skipped = read(sys.argv[1])
    if skipped:
        sys.exit("The page is written only by a whole run. Absent: " + ", ".join(sorted(skipped)))
    if not rows:
        sys.exit("No golden test wrote a line.")
    lines = [f"| {method} | {dataset} | {compared} | {shown(deviation)} | {shown(tolerance)} |"
             for (method, dataset), (compared, deviation, tolerance) in sorted(rows.items())]
    with open(sys.argv[2], "w", encoding="utf-8") as page:
        page.write(HEAD + "\n".join(lines) + "\n")
    for (method, dataset), (_, deviation, tolerance) in sorted(rows.items()):
        if not deviation <= tolerance:
            sys.exit(f"{method}, {dataset}: {deviation} is more than {tolerance}.")


if __name__ == "__main__":
    main()
