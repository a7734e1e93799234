#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: styles.py SCREEN STYLES TEXT

How TEXT, at its first place on a screen that 'tmux capture-pane -p -e' printed, is drawn: all of
STYLES ("bold,38;5;80") must hold for each of its cells, and none that begins with "not-". The
styles are bold, dim, underline, reverse, and a colour as its codes."""

import re
import sys

NAMED = {"1": "bold", "2": "dim", "4": "underline", "7": "reverse"}
ENDS = {"22": ("bold", "dim"), "24": ("underline",), "27": ("reverse",)}


def change(style, codes):
    """What the codes of one sequence make of a set of styles."""
    codes = codes.split(";")
    while codes:
        code = codes.pop(0) or "0"
        if code == "0":
            style = set()
        elif code in NAMED:
            style = style | {NAMED[code]}
        elif code in ENDS:
            style = style - set(ENDS[code])
        elif code[0] in "34" or len(code) == 3 or code[0] == "9":
            paper = code[0] == "4" or code[:2] == "10"
            style = {s for s in style if s in NAMED.values() or (s[0] == "4" or s[:2] == "10") != paper}
            if code in ("38", "48"):
                count = 2 if codes[0] == "5" else 4
                style = style | {";".join([code, *codes[:count]])}
                codes = codes[count:]
            elif code not in ("39", "49"):
                style = style | {code}
    return style


def cells(text):
    """Of each line its characters, and how each is drawn."""
    style, lines = set(), []
    for line in text.split("\n"):
        characters, styles = "", []
        for codes, _, plain in re.findall(r"\x1b\[([0-9;:]*)m|(\x1b[()].|[\x0e\x0f])|([^\x1b\x0e\x0f]+)",
                                          line):
            if plain:
                characters += plain
                styles += [style] * len(plain)
            elif not _:
                style = change(style, codes.replace(":", ";"))
        lines.append((characters, styles))
    return lines


def main():
    screen, wanted, text = sys.argv[1:]
    with open(screen, encoding="utf-8") as file:
        lines = cells(file.read())
    for characters, styles in lines:
        at = characters.find(text)
        if at < 0:
            continue
        drawn = styles[at : at + len(text)]
        for style in wanted.split(","):
            bare = style.removeprefix("not-")
            if any((bare in cell) == (bare != style) for cell in drawn):
                sys.exit(f"'{text}' is not drawn {wanted}, but {[' '.join(sorted(s)) for s in drawn[:1]]}")
        return
    sys.exit(f"'{text}' is not there")


main()
