#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: shot.py SCREEN PICTURE.png [light]

Turns what 'tmux capture-pane -p -e' printed into a picture of the terminal, by way of HTML
and a headless Chromium. For the README and for looking at; no test depends on it."""
import html, os, re, shutil, subprocess, sys, tempfile

BASIC = ["#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5",
         "#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"]


def color(index):
    if index < 16:
        return BASIC[index]
    if index >= 232:
        grey = 8 + (index - 232) * 10
        return f"#{grey:02x}{grey:02x}{grey:02x}"
    level = [0, 95, 135, 175, 215, 255]
    index -= 16
    return "#%02x%02x%02x" % (level[index // 36], level[index // 6 % 6], level[index % 6])


def apply(style, codes):
    codes = [int(code or 0) for code in codes]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style.clear()
        elif code in (1, 2, 4, 7):
            style[{1: "bold", 2: "dim", 4: "line", 7: "reverse"}[code]] = True
        elif code == 22:
            style.pop("bold", None), style.pop("dim", None)
        elif code in (24, 27):
            style.pop("line" if code == 24 else "reverse", None)
        elif code in (38, 48) and codes[:1] == [5]:
            style["fg" if code == 38 else "bg"] = color(codes[1])
            codes = codes[2:]
        elif 30 <= code <= 37 or 40 <= code <= 47:
            style["fg" if code < 40 else "bg"] = color(code % 10)
        elif 90 <= code <= 97:
            style["fg"] = color(code - 90 + 8)
        elif code in (39, 49):
            style.pop("fg" if code == 39 else "bg", None)


def css(style, paper, ink):
    fg, bg = style.get("fg", ink), style.get("bg", paper)
    if style.get("reverse"):
        fg, bg = bg, fg
    return (f"color:{fg};background:{bg}" + (";font-weight:bold" if style.get("bold") else "") +
            (";opacity:.6" if style.get("dim") else "") +
            (";text-decoration:underline" if style.get("line") else ""))


def main():
    light = "light" in sys.argv[3:]
    paper, ink = ("#fbfbf8", "#24292e") if light else ("#16181d", "#d4d4d4")
    rows, style, width = [], {}, 0
    for line in open(sys.argv[1], encoding="utf-8").read().split("\n"):
        cells, at = "", 0
        # A style goes on over the end of a line; "\x1b(B" only ends the last text.
        line += "\x1b(B"
        for match in re.finditer(r"\x1b\[([0-9;:]*)m|\x1b[()].|[\x0e\x0f]", line):
            text = line[at:match.start()]
            # A cell each, so that no font's widths can move anything.
            cells += "".join(f'<i style="{css(style, paper, ink)}">{html.escape(c)}</i>'
                             for c in text)
            at = match.end()
            if match.group(1) is not None:
                apply(style, match.group(1).replace(":", ";").split(";"))
        width = max(width, cells.count("<i "))
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    page = (f"<meta charset=utf-8><style>body{{margin:12px;background:{paper}}}"
            "div{height:19px;white-space:pre}"
            "i{display:inline-block;width:9px;height:19px;font:15px/19px 'DejaVu Sans Mono',"
            "monospace;font-style:normal;overflow:hidden;vertical-align:top}</style>" +
            "".join(f"<div>{row}</div>" for row in rows))
    size = f"{max(width, 80) * 9 + 24},{len(rows) * 19 + 24}"
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "screen.html")
        open(path, "w", encoding="utf-8").write(page)
        subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu",
                        "--hide-scrollbars", f"--user-data-dir={folder}/profile",
                        f"--window-size={size}", f"--screenshot={os.path.abspath(sys.argv[2])}",
                        path], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


main()
