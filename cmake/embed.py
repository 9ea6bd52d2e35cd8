#!/usr/bin/env python3
"""Packs a folder of web pages for a binary: one file of bytes, its .incbin, its table.

Usage: embed.py --folder DIR --out PREFIX --function NAME [--brotli PROGRAM]
Writes PREFIX.bin, PREFIX.S and PREFIX.cpp; the same folder gives the same bytes.
"""
import argparse
import gzip
import hashlib
import os
import re
import subprocess

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
PACKED_ALREADY = (".png", ".woff2", ".ico")
# The bundler writes NAME-HASH.EXTENSION with eight characters of hash.
HASHED_NAME = re.compile(r"^/assets/.*-[\w-]{8}\.\w+$")


def files_of(folder):
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            found.append(("/" + os.path.relpath(path, folder).replace(os.sep, "/"), path))
    return sorted(found)


def smaller(plain, packed):
    """The packed form where it saves a twentieth, else nothing."""
    return packed if len(packed) < 0.95 * len(plain) else b""


def brotli(program, plain):
    if not program:
        return b""
    return subprocess.run([program, "--quality=11", "--stdout"], input=plain, check=True,
                          capture_output=True).stdout


def literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--folder", "--out", "--function"):
        parser.add_argument(name, required=True)
    parser.add_argument("--brotli")
    given = parser.parse_args()

    blob, rows = bytearray(), []

    def place(data):
        start = len(blob)
        blob.extend(data)
        return f"part({start}, {len(data)})" if data else "{}"

    for name, path in files_of(given.folder):
        with open(path, "rb") as file:
            plain = file.read()
        extension = os.path.splitext(name)[1]
        packs = extension not in PACKED_ALREADY
        zipped = smaller(plain, gzip.compress(plain, 9, mtime=0)) if packs else b""
        denser = smaller(plain, brotli(given.brotli, plain)) if packs else b""
        tag = hashlib.sha256(plain).hexdigest()[:16]
        rows.append("    {%s,\n     %s,\n     %s,\n     %s,\n     %s,\n     %s,\n     %s}," % (
            literal(name), literal(CONTENT_TYPES.get(extension, "application/octet-stream")),
            place(plain), place(zipped), place(denser), literal(f'"{tag}"'),
            "true" if HASHED_NAME.match(name) else "false"))

    # The content is part of the symbol's name, so that no cache of compiled objects
    # can take an old file for this one.
    symbol = f"{given.function}_{hashlib.sha256(blob).hexdigest()[:16]}"
    with open(given.out + ".bin", "wb") as file:
        file.write(blob + b"\0")
    with open(given.out + ".S", "w", encoding="utf-8") as file:
        file.write(f'    .section .rodata\n    .balign 16\n    .globl {symbol}\n{symbol}:\n'
                   f'    .incbin {literal(given.out + ".bin")}\n'
                   '    .section .note.GNU-stack,"",%progbits\n')
    with open(given.out + ".cpp", "w", encoding="utf-8") as file:
        file.write('// Made by cmake/embed.py.\n#include "web/assets.h"\n\n'
                   f'extern "C" const char {symbol}[];\n\nnamespace evenkeel::web {{\n\n'
                   f'std::span<const Asset> {given.function}();\n\n')
        if not rows:
            file.write(f"std::span<const Asset> {given.function}() {{ return {{}}; }}\n")
        else:
            file.write('namespace {\n\n'
                       'std::string_view part(std::size_t start, std::size_t length) '
                       f'{{\n    return {{{symbol} + start, length}};\n}}\n\n}}  // namespace\n\n'
                       f'std::span<const Asset> {given.function}() {{\n'
                       '    static const Asset table[] = {\n' + "\n".join(rows) +
                       '\n    };\n    return table;\n}\n')
        file.write("\n}  // namespace evenkeel::web\n")


if __name__ == "__main__":
    main()
