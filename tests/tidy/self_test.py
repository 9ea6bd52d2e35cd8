#!/usr/bin/env python3
"""Proves each rule of tests/tidy: breaks it in a copy of the tree and looks for the finding.

Also that the untouched words of a comment, a test and code are not taken for product text.
Usage: tests/tidy/self_test.py [--count FILE]
"""
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rules import RULES  # noqa: E402
from source import Tree  # noqa: E402
from tidy import check  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORD_FILE = "ui/src/words/en/proof.ts"
STAFF_FILE = "ui/src/words/en_staff_proof.ts"
LONG_BODY = "    work();\n" * 71
PATH = "/".join(["", "home", "someone", "x"])

# (what it proves, rule, file, text, is it found?)
CASES = [
    ("an arrow upwards", "arrows", "src/base/proof.cpp", '#include "exchange/json.h"\n', True),
    ("an arrow that is not declared", "arrows", "src/exchange/proof.cpp",
     '#include "numerics/solve.h"\n', True),
    ("another module's detail", "arrows", "src/exchange/proof.cpp",
     '#include "base/detail/zones.h"\n', True),
    ("a declared arrow", "arrows", "src/exchange/proof.cpp", '#include "base/id.h"\n', False),
    ("a folder that is no module", "arrows", "src/elsewhere/proof.cpp", "\n", True),
    ("a database in the core", "core", "src/base/proof.cpp", "#include <sqlite3.h>\n", True),
    ("a file in the core", "core", "src/base/proof.cpp", "#include <fstream>\n", True),
    ("a file in the shell", "core", "src/store/proof.cpp", "#include <fstream>\n", False),
    ("the clock in the core", "words", "src/base/proof.cpp",
     "auto now = std::chrono::system_clock::now();\n", True),
    ("the clock in the shell", "words", "src/store/proof.cpp",
     "auto now = std::chrono::system_clock::now();\n", False),
    ("a file of 501 lines", "length", "src/base/proof.cpp", "int x;\n" * 501, True),
    ("a file of 500 lines", "length", "src/base/proof.cpp", "int x;\n" * 500, False),
    ("a line of 101 columns", "columns", "src/base/proof.cpp", "//" + "x" * 99 + "\n", True),
    ("a line of 100 columns", "columns", "src/base/proof.cpp", "//" + "x" * 98 + "\n", False),
    ("a long function", "functions", "src/base/proof.cpp",
     "namespace a {\nvoid long_one() {\n" + LONG_BODY + "}\n}\n", True),
    ("a long method after members", "functions", "src/base/proof.cpp",
     "class A {\n  public:\n    A() : a_{1}, b_{2} {\n" + LONG_BODY + "    }\n};\n", True),
    ("a long table is no function", "functions", "src/base/proof.cpp",
     "const int table[] = {\n" + "    1,\n" * 90 + "};\n", False),
    ("a long function in TypeScript", "functions", "ui/src/proof.ts",
     "export function longOne(): void {\n" + LONG_BODY + "}\n", True),
    ("a long arrow function in Svelte", "functions", "ui/src/Proof.svelte",
     "<script lang=\"ts\">\nconst f = (a: number) => {\n" + LONG_BODY + "};\n</script>\n", True),
    ("a long function in Python", "functions", "tests/proof.py",
     "def long_one():\n" + "    pass\n" * 71, True),
    ("a banned file name", "names", "src/base/string_utils.cpp", "\n", True),
    ("a banned folder name", "names", "src/base/common/proof.cpp", "\n", True),
    ("a banned class name", "names", "src/base/proof.cpp", "class DateHelper {};\n", True),
    ("a header nobody includes", "dead", "src/base/proof.h", "#pragma once\n", True),
    ("a source nobody builds", "dead", "tests/nowhere/proof.cpp", "\n", True),
    ("a component nobody imports", "dead", "ui/src/proof/Proof.svelte", "<p>x</p>\n", True),
    ("blame in the catalogue", "words", WORD_FILE, "const a = 'You failed this week';\n", True),
    ("blame in a comment", "words", WORD_FILE, "// This failed before.\n", False),
    ("an exclamation mark", "words", WORD_FILE, "const a = 'Well, hello!';\n", True),
    ("an exclamation mark in code", "words", WORD_FILE, "const a = !b;\n", False),
    ("a hard word for clients", "words", WORD_FILE, "const a = 'Your episode';\n", True),
    ("the same word for staff", "words", STAFF_FILE, "const a = 'The episode';\n", False),
    ("failed in what the server says", "words", "src/store/proof.cpp",
     'auto a = "The backup failed.";\n', True),
    ("a second place that catches", "words", "src/store/proof.cpp",
     "void f() { try { g(); } catch (...) {} }\n", True),
    ("a request to elsewhere", "words", "ui/src/proof.ts",
     "export const a = 'https://fonts.example.com';\n", True),
    ("a placeholder as label", "words", "ui/src/Proof.svelte",
     '<input placeholder="Mood">\n', True),
    ("a path of one machine", "words", "docs/proof.md", f"See {PATH}.\n", True),
    ("unfinished work", "words", "docs/proof.md", "TO" + "DO: write.\n", True),
    ("a lock file with addresses", "locks", "ui/proof/package-lock.json",
     '{ "resolved": "http://example.org/a.tgz" }\n', True),
    ("a link to nowhere", "guards", "docs/proof.md", "See [that](nowhere.md).\n", True),
    ("a guard that is no test", "guards", "SAFETY.md", "`Record.NobodyWroteThis`\n", True),
    ("a journey nobody plays", "guards", "SAFETY.md", 'the journey "to the moon"\n', True),
    ("another layout", "layout", "src/base/proof.cpp", "int  a ;\n", True),
    ("an exception that lets nothing pass", "exceptions", "tests/tidy/exceptions.txt",
     "columns | src/nowhere.cpp | * | none\n", True),
]


def copy_of_tree(target):
    for file in Tree(ROOT).files:
        if file.endswith((".png", ".csv", ".gz")):
            continue
        place = os.path.join(target, file)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        shutil.copy(os.path.join(ROOT, file), place)


def finds(target, rule, file, text):
    """Whether the rule speaks about the file once the text stands in it."""
    path = os.path.join(target, file)
    before = None
    if os.path.exists(path):
        with open(path, encoding="utf-8") as opened:
            before = opened.read()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as opened:
        opened.write((before or "") + text)
    try:
        chosen = list(RULES) if rule == "exceptions" else [rule]
        known = before.count("\n") if before else 0
        return any(f.file == file and f.line > known
                   for f in check(Tree(target), chosen)[rule])
    finally:
        if before is None:
            os.remove(path)
        else:
            with open(path, "w", encoding="utf-8") as opened:
                opened.write(before)


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as target:
        copy_of_tree(target)
        for proves, rule, file, text, expected in CASES:
            if finds(target, rule, file, text) != expected:
                failed += 1
                print(f"{rule}: {proves}: {'not found' if expected else 'found by mistake'}")
    untested = set(RULES) - {case[1] for case in CASES}
    if untested:
        failed += 1
        print(f"no proof for: {', '.join(sorted(untested))}")
    print(f"tidy self-test: {len(CASES)} cases, {failed} wrong")
    if "--count" in sys.argv:
        with open(sys.argv[sys.argv.index("--count") + 1], "a", encoding="utf-8") as file:
            print(len(CASES) - failed, failed, 0, file=file)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
