"""Reading sources: which files there are, what is code, comment and string in them."""
import fnmatch
import os
import re
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    rule: str
    file: str
    line: int
    what: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.rule}: {self.what}"


class Tree:
    """The files of a checkout: those git knows or would add; in a bare copy, all."""

    def __init__(self, root):
        self.root = root
        listed = []
        if os.path.exists(os.path.join(root, ".git")):
            listed = subprocess.run(
                ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
        else:
            for folder, _, names in os.walk(root):
                listed += [os.path.relpath(os.path.join(folder, n), root) for n in names]
        self.files = sorted(f for f in set(listed)
                            if f and os.path.isfile(os.path.join(root, f)))
        self.texts = {}

    def text(self, file):
        if file not in self.texts:
            with open(os.path.join(self.root, file), "rb") as opened:
                data = opened.read()
            self.texts[file] = "" if b"\0" in data else data.decode("utf-8", "replace")
        return self.texts[file]

    def lines(self, file):
        return self.text(file).split("\n")

    def match(self, *patterns):
        return [f for f in self.files if any(fnmatch.fnmatch(f, p) for p in patterns)]


C_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|R"(?P<mark>[^()\s]*)\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![\w])\'(?:\\.|[^\'\\\n])+\'', re.S)
SCRIPT_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|<!--.*?-->'
    r'|`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def parts(text, token):
    """(code, strings): each as long as the text, with everything else blanked."""
    code, strings, last = [], [], 0
    for found in token.finditer(text):
        piece = found.group()
        comment = piece.startswith(("//", "/*", "<!--"))
        between = text[last:found.start()]
        code += [between, blank(piece)]
        strings += [blank(between), blank(piece) if comment else piece]
        last = found.end()
    code.append(text[last:])
    strings.append(blank(text[last:]))
    return "".join(code), "".join(strings)


def without_comments(text, token):
    return token.sub(lambda m: blank(m.group())
                     if m.group().startswith(("//", "/*", "<!--")) else m.group(), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def blocks(code):
    """(start, open, close, head) of every {} in code; head = the statement before it."""
    stack, start = [], 0
    for position, char in enumerate(code):
        if char == "{":
            stack.append((start, position))
            start = position + 1
        elif char == "}":
            if stack:
                begun, opened = stack.pop()
                yield begun, opened, position, code[begun:opened], len(stack)
            start = position + 1
        elif char == ";":
            start = position + 1
