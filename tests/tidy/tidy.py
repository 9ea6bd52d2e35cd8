#!/usr/bin/env python3
"""Checks what the compiler cannot: arrows between modules, sizes, names, dead files, words.

Usage: tests/tidy/tidy.py [--rule NAME]... [--count FILE]     exit 1 when something is found.
The words stand in words.txt, what is let pass, with a reason, in exceptions.txt.
"""
import argparse
import fnmatch
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rules import RULES, read_list  # noqa: E402
from source import Finding, Tree  # noqa: E402

EXCEPTIONS = "tests/tidy/exceptions.txt"


def check(tree, chosen):
    """{rule: [Finding]} after exceptions; a rule of its own for exceptions not needed."""
    exceptions = [(number, fields) for number, fields in read_list(tree, EXCEPTIONS, 4)]
    needed = set()
    found = {}
    for name in chosen:
        found[name] = []
        for finding in RULES[name](tree):
            pardon = next((n for n, (rule, file, what, *_) in exceptions
                           if rule == name and fnmatch.fnmatch(finding.file, file)
                           and (what == "*" or what.lower() in finding.what.lower())), None)
            if pardon is None:
                found[name].append(finding)
            else:
                needed.add(pardon)
    found["exceptions"] = [
        Finding("exceptions", EXCEPTIONS, number, "lets nothing pass: take it out")
        for number, fields in exceptions if fields[0] in chosen and number not in needed]
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rule", action="append", choices=sorted(RULES))
    arguments.add_argument("--count", help="append 'passed failed skipped' to this file")
    given = arguments.parse_args()
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = check(Tree(root), given.rule or list(RULES))
    for findings in found.values():
        for finding in findings:
            print(finding)
    failed = sum(1 for findings in found.values() if findings)
    print(f"tidy: {len(found) - failed} rules hold, {failed} do not")
    if given.count:
        with open(given.count, "a", encoding="utf-8") as file:
            print(len(found) - failed, failed, 0, file=file)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
