#!/usr/bin/env python3
"""Counts the test cases in what a test runner reports, as "passed failed skipped", and writes
each one that failed, with what it said, to the standard error.

A program that dies half way leaves no summary: its finished cases count, and it counts once as
failed. Usage: count.py ctest JUNIT.xml | vitest REPORT.json | node OUTPUT.tap
"""
import json
import re
import sys
import xml.etree.ElementTree as xml


most_lines = 60  # of what one failed test said


def tell(name, said):
    lines = said.strip().splitlines()
    print(f"FAILED {name}", *(f"    {line}" for line in lines[-most_lines:]),
          sep="\n", file=sys.stderr)


def failed_cases(text):
    """What GoogleTest printed from RUN to FAILED, of each case that failed."""
    return re.findall(r"^\[ RUN      \] (\S+)$((?:(?!^\[ RUN ).*\n)*?)^\[  FAILED  \] \1", text,
                      re.M)


def googletest(text):
    """Cases in the output of one GoogleTest program; None if it is something else."""
    if not re.search(r"^\[==========\]", text, re.M):
        return None
    passed = len(re.findall(r"^\[       OK \] ", text, re.M))
    failed = len(re.findall(r"^\[  FAILED  \] \S+.* \(\d+ ms\)$", text, re.M))
    skipped = len(re.findall(r"^\[  SKIPPED \] \S+.* \(\d+ ms\)$", text, re.M))
    return passed, failed, skipped


def ctest(path):
    passed = failed = skipped = 0
    for case in xml.parse(path).getroot().iter("testcase"):
        status = case.get("status")
        said = case.findtext("system-out") or ""
        cases = googletest(said)
        if cases is None:
            cases = (int(status == "run"), int(status == "fail"),
                     int(status not in ("run", "fail")))
        p, f, s = cases
        if status == "fail":
            f = max(f, 1)
            for name, lines in failed_cases(said) or [("before its end", said)]:
                tell(f"{case.get('name')}: {name}", lines)
        if p + f + s == 0:
            print(f"{case.get('name')} ran no test", file=sys.stderr)
            f = 1
        passed, failed, skipped = passed + p, failed + f, skipped + s
    return passed, failed, skipped


def vitest(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    failed = report["numFailedTests"]
    for file in report["testResults"]:
        if file["status"] == "failed" and not file["assertionResults"]:
            tell(file["name"], file.get("message", ""))
        for case in file["assertionResults"]:
            if case["status"] == "failed":
                tell(case["fullName"], "\n".join(case["failureMessages"]))
    if not report["success"] and failed == 0:
        failed = 1
    return report["numPassedTests"], failed, report["numPendingTests"]


def node(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    # A failed test and the YAML under it, which holds the error and where it was thrown.
    for name, said in re.findall(r"^ *not ok \d+ - (.*)\n((?: *---\n(?:.*\n)*? *\.\.\.\n)?)",
                                 text, re.M):
        tell(name, said)
    found = {key: sum(int(n) for n in re.findall(rf"^# {key} (\d+)", text, re.M))
             for key in ("pass", "fail", "cancelled", "skipped")}
    failed = found["fail"] + found["cancelled"]
    if failed == 0 and not re.search(r"^# pass [1-9]", text, re.M):
        tell("before its end", text)
        failed = 1
    return found["pass"], failed, found["skipped"]


def main():
    runner, path = sys.argv[1:]
    try:
        print(*{"ctest": ctest, "vitest": vitest, "node": node}[runner](path))
    except (OSError, ValueError, KeyError, xml.ParseError) as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        print("0 1 0")


main()
