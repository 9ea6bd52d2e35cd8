"""The rules of tests/tidy. Each takes a Tree and gives Findings; its name is the rule's name."""
import ast
import fnmatch
import os
import re
import shutil
import subprocess

from source import (C_TOKEN, SCRIPT_TOKEN, Finding, blocks, line_of, parts, without_comments)

CPP = ("src/*.cpp", "src/*.h", "tests/*.cpp", "tests/*.h", "bench/*.cpp", "bench/*.h",
       "examples/*.cpp")
SCRIPT = ("*.ts", "*.mjs", "*.js", "*.svelte")
SOURCES = CPP + SCRIPT + ("*.py", "*.cmake", "*CMakeLists.txt", "*.css", "*.sh", "run", "test")
MAX_FILE, MAX_FUNCTION, MAX_COLUMNS = 500, 70, 100
CORE_END = "simulate"
SHELL_HEADERS = re.compile(
    r'#\s*include\s*[<"]('
    r'(boost(?!/math/)|simdjson|sqlite3|sodium|openssl|nlohmann|libpq|CLI|zlib|sys)[/.\w]*'
    r'|fstream|iostream|filesystem|cstdio|thread|mutex|unistd\.h)[>"]')


def module_order(tree):
    found = re.search(r"set\(EVENKEEL_MODULE_ORDER ([^)]*)\)", tree.text("cmake/Module.cmake"))
    return found.group(1).split()


def module_dependencies(tree, order):
    """For each module, what its CMakeLists.txt lets it use, near and far."""
    direct, in_tests = {}, {}
    for module in order:
        text = tree.text(f"src/{module}/CMakeLists.txt") \
            if f"src/{module}/CMakeLists.txt" in tree.files else ""
        call = re.search(r"evenkeel_module\(([^)]*)\)", text)
        words = call.group(1).split() if call else []
        lists, current = {}, None
        for word in words[1:]:
            if word in ("DEPENDS", "LIBRARIES", "TEST_LIBRARIES"):
                current = lists.setdefault(word, [])
            elif current is not None:
                current.append(word)
        direct[module] = lists.get("DEPENDS", [])
        in_tests[module] = [w.removeprefix("evenkeel_") for w in lists.get("TEST_LIBRARIES", [])
                            if w.startswith("evenkeel_")]
    far = {}
    for module in order:  # dependencies stand before their users
        far[module] = set(direct[module]).union(*(far.get(d, set()) for d in direct[module]))
    tests = {m: far[m].union(in_tests[m], *(far.get(d, set()) for d in in_tests[m]))
             for m in order}
    return far, tests


def arrows(tree):
    order = module_order(tree)
    far, in_tests = module_dependencies(tree, order)
    for file in tree.match("src/*.cpp", "src/*.h"):
        module = file.split("/")[1]
        if module not in order:
            yield Finding("arrows", file, 1, f"the folder {module} is no module")
            continue
        allowed = in_tests[module] if file.endswith("_test.cpp") else far[module]
        for number, line in enumerate(tree.lines(file), 1):
            found = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not found or "/" not in found.group(1):
                continue
            path = found.group(1)
            other = path.split("/")[0]
            if other in order and other != module and other not in allowed:
                yield Finding("arrows", file, number, f"{module} may not include {path}")
            if "/detail/" in path and other != module:
                yield Finding("arrows", file, number, f"{path} belongs to {other} alone")


def core(tree):
    order = module_order(tree)
    inside = order[:order.index(CORE_END) + 1]
    for file in tree.match("src/*.cpp", "src/*.h"):
        if file.split("/")[1] not in inside or file.endswith("_test.cpp"):
            continue
        for number, line in enumerate(tree.lines(file), 1):
            found = SHELL_HEADERS.match(line.strip())
            if found:
                yield Finding("core", file, number, f"the core may not include {found.group(1)}")


def length(tree):
    for file in tree.match(*SOURCES):
        count = len(tree.text(file).rstrip("\n").split("\n"))
        if count > MAX_FILE:
            yield Finding("length", file, count, f"{count} lines, {MAX_FILE} are allowed")


def columns(tree):
    for file in tree.match(*SOURCES):
        for number, line in enumerate(tree.lines(file), 1):
            if len(line) > MAX_COLUMNS:
                yield Finding("columns", file, number, f"{len(line)} columns")


def too_long(file, text, start, close, name):
    first = line_of(text, start + len(text[start:]) - len(text[start:].lstrip()))
    lines = line_of(text, close) - first + 1
    if lines > MAX_FUNCTION:
        yield Finding("functions", file, first, f"{' '.join(name.split())[:60]} has {lines} lines")


def cpp_functions(tree, file):
    code, _ = parts(tree.text(file), C_TOKEN)
    code = re.sub(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()),
                  code)
    for _ in range(3):  # a_{1} in a list of initialisers is no block
        code = re.sub(r"(?<=[\w>])\{([^{};]*)\}", r"(\1)", code)
    scope = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b(?!.*\()", re.S)
    opened = {}
    for start, open_at, close, head, depth in blocks(code):
        opened[open_at] = (start, close, head, depth)
    inside_until = -1
    for open_at in sorted(opened):
        start, close, head, _ = opened[open_at]
        if open_at < inside_until or scope.search(head) or not head.strip():
            continue
        inside_until = close
        if "(" in head and not head.rstrip().endswith(("=", ",", "(")):
            yield from too_long(file, code, start, close, head)


def script_functions(tree, file):
    text = tree.text(file)
    if file.endswith(".svelte"):
        scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.S)
        for script in scripts:
            offset = text.index(script)
            yield from script_blocks(file, re.sub(r"[^\n]", " ", text[:offset]) + script)
    else:
        yield from script_blocks(file, text)


def script_blocks(file, text):
    code, _ = parts(text, SCRIPT_TOKEN)
    control = re.compile(r"^\s*(\}?\s*else\b|if|for|while|switch|catch|do|try|class|interface|type"
                         r"|export (class|interface))\b")
    suite = re.compile(r"\b(describe|suite)\s*\(")
    for start, _, close, head, _ in blocks(code):
        if control.match(head) or suite.search(head):
            continue
        if re.search(r"(=>|\)\s*(:\s*[^=;{}]+)?)\s*$", head):
            yield from too_long(file, code, start, close, head)


def functions(tree):
    for file in tree.match(*CPP):
        yield from cpp_functions(tree, file)
    for file in tree.match(*SCRIPT):
        yield from script_functions(tree, file)
    for file in tree.match("*.py"):
        for node in ast.walk(ast.parse(tree.text(file))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if lines > MAX_FUNCTION:
                    yield Finding("functions", file, node.lineno, f"{node.name} has {lines} lines")


BANNED_STEMS = {"common", "misc"}
BANNED_WORDS = {"util", "utils", "utility", "utilities", "helper", "helpers"}


def names(tree):
    for file in tree.files:
        for part in file.split("/"):
            stem = part.split(".")[0].lower()
            if stem in BANNED_STEMS or BANNED_WORDS & set(re.split(r"[_\-]", stem)):
                yield Finding("names", file, 1, f"{part} does not say what it holds")
    banned = re.compile(r"\b(class|struct|namespace|interface)\s+\w*?"
                        r"(Utils?|Helpers?|Misc|Common|utils?|helpers?|misc|common)\b")
    for file in tree.match(*CPP, *SCRIPT):
        code, _ = parts(tree.text(file), C_TOKEN if file.endswith((".cpp", ".h")) else SCRIPT_TOKEN)
        for found in banned.finditer(code):
            yield Finding("names", file, line_of(code, found.start()), found.group())


def dead(tree):
    yield from dead_headers(tree)
    yield from dead_scripts(tree)


def dead_headers(tree):
    included = set()
    for file in tree.match(*CPP):
        for path in re.findall(r'#\s*include\s*"([^"]+)"', tree.text(file)):
            folder = os.path.dirname(file)
            for candidate in (f"src/{path}", f"tests/{path}", f"bench/{path}", f"{folder}/{path}"):
                if candidate != file and not same_unit(file, candidate):
                    included.add(os.path.normpath(candidate))
    for file in tree.match("src/*.h", "tests/*.h", "bench/*.h"):
        if file not in included:
            yield Finding("dead", file, 1, "no other file includes this header")
    for file in tree.match("src/*.cpp", "tests/*.cpp", "bench/*.cpp"):
        own = os.path.dirname(file)
        places = (own, os.path.dirname(own)) if file.startswith("src/") else (own,)
        if not any(f"{place}/CMakeLists.txt" in tree.files for place in places):
            yield Finding("dead", file, 1, "no CMakeLists.txt builds this file")


def same_unit(file, header):
    """x.cpp is no user of x.h: a header that nobody else reads is dead."""
    return file.endswith(".cpp") and os.path.splitext(file)[0] == os.path.splitext(header)[0]


IMPORT = re.compile(r"""(?:from\s*|import\s*\(?\s*|src=|href=|new URL\(\s*)"""
                    r"""['"](\.{0,2}/[^'"]+)['"]""")
GLOB = re.compile(r"""import\.meta\.glob\w*(?:<[^>]*>)?\(\s*\[?\s*['"]([^'"]+)['"]""")


def dead_scripts(tree):
    scripts = tree.match("ui/*.ts", "ui/*.svelte", "ui/*.css", "tests/browser/*.mjs",
                         "tests/browser/*.ts")
    used = set()
    for file in tree.match("ui/*.ts", "ui/*.svelte", "ui/*.html", "ui/*.mjs", "ui/*.js",
                           "tests/browser/*.mjs", "tests/browser/*.ts"):
        text = tree.text(file)
        for path in IMPORT.findall(text):
            top = "ui" if path.startswith("/") else os.path.dirname(file)
            base = os.path.normpath(os.path.join(top, path.lstrip("/")))
            used.update({base, base + ".ts", base + "/index.ts",
                         re.sub(r"\.js$", ".ts", base)})
        for pattern in GLOB.findall(text):
            top = "ui" if pattern.startswith("/") else os.path.dirname(file)
            full = os.path.normpath(os.path.join(top, pattern.lstrip("/")))
            used.update(f for f in scripts if fnmatch.fnmatch(f, full.replace("**", "*")))
        used.update("ui/" + entry for entry in re.findall(r"'(src/[\w/.]+\.ts)'", text))
    entries = ("*.test.ts", "*.test.mjs", "*.d.ts", "*/vite.*config.ts", "*/svelte.config.js",
               "*/journeys/*.mjs", "*/shots.mjs", "*pictures.mjs")
    for file in scripts:
        if file not in used and not any(fnmatch.fnmatch(file, e) for e in entries):
            yield Finding("dead", file, 1, "nobody imports this file")


def read_list(tree, file, fields):
    for number, line in enumerate(tree.lines(file), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = [f.strip() for f in re.split(r" ?\|(?= )| (?=\| )", line)]
        found = [f.removeprefix("| ").strip() for f in found]
        if len(found) < fields:
            raise SystemExit(f"{file}:{number}: {fields} fields are needed, parted by ' | '")
        yield number, found


def scoped_text(tree, scope):
    """(file, text with all but the scope's part blanked)."""
    order = module_order(tree)
    inside = order[:order.index(CORE_END) + 1]
    product = [f for f in tree.match("src/*.cpp", "src/*.h")
               if not re.search(r"_(test|fuzz)\.cpp$|_test\.h$", f)]
    catalogue = [f for f in tree.match("ui/src/words/*.ts") if not f.endswith(".test.ts")]
    if scope in ("words", "client"):
        for file in catalogue:
            if scope == "words" or "staff" not in file:
                yield file, strip_code_in_templates(parts(tree.text(file), SCRIPT_TOKEN)[1])
    elif scope == "speech":
        for file in product:
            yield file, parts(tree.text(file), C_TOKEN)[1]
    elif scope in ("core", "code"):
        for file in product:
            if scope == "code" or file.split("/")[1] in inside:
                yield file, parts(tree.text(file), C_TOKEN)[0]
    elif scope == "ui":
        for file in tree.match("ui/src/*.ts", "ui/src/*.svelte", "ui/src/*.css", "ui/*.html"):
            yield file, without_comments(tree.text(file), SCRIPT_TOKEN)
    elif scope == "all":
        for file in tree.files:
            if file != "tests/tidy/words.txt":
                yield file, tree.text(file)
    else:
        raise SystemExit(f"tests/tidy/words.txt: there is no scope {scope}")


def strip_code_in_templates(text):
    """What stands in ${...} is code, not something a person reads."""
    return re.sub(r"\$\{[^}]*\}", lambda m: " " * len(m.group()), text)


def words(tree):
    rules = {}
    for _, (scope, pattern, *reason) in read_list(tree, "tests/tidy/words.txt", 3):
        rules.setdefault(scope, []).append(
            (re.compile(pattern, re.I | re.M), " | ".join(reason)))
    for scope, list_of_rules in rules.items():
        for file, text in scoped_text(tree, scope):
            for pattern, reason in list_of_rules:
                for found in pattern.finditer(text):
                    yield Finding("words", file, line_of(text, found.start()),
                                  f"{found.group().strip()!r}: {reason}")


def locks(tree):
    for file in tree.match("*package-lock.json"):
        for number, line in enumerate(tree.lines(file), 1):
            if re.search(r'"resolved":\s*"http', line):
                yield Finding("locks", file, number, "a lock file names no download address")


def layout(tree):
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    if not program:
        yield Finding("layout", ".clang-format", 1, "clang-format 14 is not installed")
        return
    files = tree.match(*CPP)
    halves = [h for h in (files[0::2], files[1::2]) if h]
    running = [subprocess.Popen([program, "--dry-run", "-Werror", *half], cwd=tree.root, text=True,
                                stderr=subprocess.PIPE) for half in halves]
    for process in running:
        _, said = process.communicate()
        for file, line in sorted({(f, int(n)) for f, n in
                                  re.findall(r"^(\S+?):(\d+):\d+: error", said, re.M)}):
            yield Finding("layout", file, line, "run clang-format 14")


def guards(tree):
    """Documents point only at what is there: files, and the tests that guard a hazard."""
    tests = set()
    for file in tree.match("src/*_test.cpp", "tests/*.cpp"):
        tests.update(".".join(t) for t in
                     re.findall(r"\bTEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)", tree.text(file)))
    titles = "\n".join(tree.text(f) for f in tree.match("tests/browser/journeys/*.mjs"))
    for file in tree.match("*.md"):
        for number, line in enumerate(tree.lines(file), 1):
            for path in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", line):
                full = os.path.normpath(os.path.join(os.path.dirname(file), path))
                if not os.path.exists(os.path.join(tree.root, full)):
                    yield Finding("guards", file, number, f"{path} is not there")
            if file != "SAFETY.md":
                continue
            for name in re.findall(r"`([A-Z]\w+\.[A-Z]\w+)`", line):
                if name not in tests:
                    yield Finding("guards", file, number, f"there is no test {name}")
            for title in re.findall(r"journey \"([^\"]+)\"", line):
                if title not in titles:
                    yield Finding("guards", file, number, f'there is no journey "{title}"')


RULES = {rule.__name__: rule for rule in
         (arrows, core, length, columns, functions, names, dead, words, locks, guards, layout)}
