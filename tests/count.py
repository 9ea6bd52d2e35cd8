#!/usr/bin/env python3
"""Counts the test cases in what a test runner reports, as "passed failed skipped".

A program that dies half way leaves no summary: its finished cases count, and it counts once as
failed. Usage: count.py ctest JUNIT.xml | vitest REPORT.json | node OUTPUT.txt
"""
import json
import re
import sys
import xml.etree.ElementTree as xml


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
        cases = googletest(case.findtext("system-out") or "")
        if cases is None:
            cases = (int(status == "run"), int(status == "fail"),
                     int(status not in ("run", "fail")))
        p, f, s = cases
        if status == "fail" and f == 0:
            f = 1
        if p + f + s == 0:
            print(f"{case.get('name')} ran no test", file=sys.stderr)
            f = 1
        passed, failed, skipped = passed + p, failed + f, skipped + s
    return passed, failed, skipped


def vitest(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    failed = report["numFailedTests"]
    if not report["success"] and failed == 0:
        failed = 1
    return report["numPassedTests"], failed, report["numPendingTests"]


def node(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = {key: sum(int(n) for n in re.findall(rf"^(?:#|ℹ) {key} (\d+)", text, re.M))
             for key in ("pass", "fail", "cancelled", "skipped")}
    return found["pass"], found["fail"] + found["cancelled"], found["skipped"]


def main():
    runner, path = sys.argv[1:]
    try:
        print(*{"ctest": ctest, "vitest": vitest, "node": node}[runner](path))
    except (OSError, ValueError, KeyError, xml.ParseError) as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        print("0 1 0")


main()
