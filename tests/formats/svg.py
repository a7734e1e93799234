#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: svg.py FOLDER
Are the SVG documents there what an XML parser, a screen reader and a renderer want?"""
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
from pathlib import Path

from png import Picture

SVG = "{http://www.w3.org/2000/svg}"
MEANT = {SVG + name for name in
         ("svg", "title", "desc", "style", "rect", "line", "polygon", "path", "text", "tspan", "g")}
bad = 0


def fail(path, what):
    global bad
    print(f"{path.name}: {what}")
    bad = 1


def check(path):
    root = tree.parse(path).getroot()
    width, height = float(root.get("width")), float(root.get("height"))
    if root.tag != SVG + "svg" or root.get("role") != "img":
        fail(path, "the root is no picture")
    titles = {element.get("id"): element.text for element in root if element.get("id")}
    for name in root.get("aria-labelledby").split():
        if not titles.get(name):
            fail(path, f"nothing says its {name}")
    style = root.find(SVG + "style").text
    for rule in ("prefers-color-scheme:dark", "@media print"):
        if rule not in style:
            fail(path, f"no {rule}")
    classes = set()
    for element in root.iter():
        if element.tag not in MEANT:
            fail(path, f"an element {element.tag}")
        for name in ("x", "x1", "x2", "cx"):
            if element.get(name) is not None and not 0 <= float(element.get(name)) <= width:
                fail(path, f"{element.tag} at {name}={element.get(name)} is outside")
        for name in ("y", "y1", "y2", "cy"):
            if element.get(name) is not None and not 0 <= float(element.get(name)) <= height:
                fail(path, f"{element.tag} at {name}={element.get(name)} is outside")
        classes.update((element.get("class") or "").split())
    for name in classes - {"i"}:
        if f".{name}{{" not in style and f".{name}," not in style:
            fail(path, f"class {name} has no rule")
    if not any(text.text or len(text) for text in root.iter(SVG + "text")):
        fail(path, "no text in it")


def render(path):
    """With another renderer than the program's way to PNG, which calls librsvg itself."""
    with tempfile.NamedTemporaryFile(suffix=".png") as out:
        subprocess.run(["rsvg-convert", "-o", out.name, str(path)], check=True)
        if Picture(out.name).colours() < 5:
            fail(path, "rendered, nothing is to be seen")


paths = sorted(Path(sys.argv[1]).glob("*.svg"))
for path in paths:
    check(path)
if shutil.which("rsvg-convert"):
    for path in paths[::6]:
        render(path)
else:
    print("rsvg-convert isn't installed: none was rendered")
print(f"{len(paths)} documents")
sys.exit(bad or not paths)
