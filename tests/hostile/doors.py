#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Escape sequences, markup and formulas through every door, into every format.

usage: doors.py TCPHS ROOT [HANDED]

The doors: a file's name, a capture's and a packet's comment, an interface's name and
description, payload, a query, a lesson, an expectation. What comes out must hold no control
character, must parse, and must have no element, formula or directive that the door brought. Of a
PDF that is its text (pdftotext), of both pictures what librsvg is handed to draw (HANDED: the
library of handed.c). What the view shows is the part of screens.py.
"""
import csv
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

TCPHS, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
HANDED = os.path.abspath(sys.argv[3]) if len(sys.argv) > 3 else None
EVIL = ("=1+1\x1b]0;pwned\x07\x1b[2J\u009b31m\x00<img src=x onerror=alert(1)>\"'&-->]]>"
        "\n!include secret\r\n```\nend\n%%{init}%%\u202egnp.exe\x7f")
NAME = EVIL.replace("\x00", "").replace("/", "")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
bad = 0


def wrong(what, detail):
    global bad
    bad += 1
    print(f"{what}: {detail}")


def option(code, octets):
    return struct.pack("<HH", code, len(octets)) + octets + b"\0" * (-len(octets) % 4)


def block(kind, body):
    total = 12 + len(body)
    return struct.pack("<II", kind, total) + body + struct.pack("<I", total)


def hostile_capture(source, text=EVIL):
    """The packets of a pcap as a pcapng whose every text is that one; the payload is EVIL."""
    evil = text.encode()
    octets = open(source, "rb").read()
    out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
                + b"".join(option(code, evil) for code in (1, 2, 3, 4)) + option(0, b""))
    out += block(1, struct.pack("<HHI", int.from_bytes(octets[20:24], "little"), 0, 0)
                 + option(1, evil) + option(2, evil) + option(3, evil) + option(0, b""))
    at = 24
    while at < len(octets):
        seconds, micro, length, wire = struct.unpack("<IIII", octets[at:at + 16])
        data = bytearray(octets[at + 16:at + 16 + length])
        if length > 80:  # there is payload
            data[66:66 + len(EVIL.encode())] = EVIL.encode()[:length - 66]
        time = seconds * 1000000 + micro
        out += block(6, struct.pack("<IIIII", 0, time >> 32, time & 0xffffffff, length, wire)
                     + bytes(data) + b"\0" * (-length % 4) + option(1, evil) + option(0, b""))
        at += 16 + length
    return out


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.evil = []

    def handle_starttag(self, tag, attrs):
        if tag == "img" or any(name.startswith("on") for name, _ in attrs):
            self.evil.append(tag)


def judge_html(what, text):
    page = Elements()
    page.feed(text)
    if page.evil:
        wrong(what, f"elements of the door's: {page.evil}")


def judge_svg(what, text):
    for element in ElementTree.fromstring(text).iter():
        if element.tag.endswith("img") or any(name.startswith("on") for name in element.attrib):
            wrong(what, "an element of the door's")


def judge_csv(what, text):
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows:
        if len(row) != len(rows[0]):
            wrong(what, f"a row of {len(row)} fields under {len(rows[0])}")
        for field in row:
            if field[:1] in ("=", "@", "\t", "\r") or re.match(r"[-+][^\d.]", field):
                wrong(what, f"a formula: {field[:40]!r}")


def judge_json(what, text):
    for line in text.splitlines():
        json.loads(line)


def judge_lines(what, text):
    for line in text.splitlines():
        if line.lstrip().startswith(("!include", "```", "%%{")):
            wrong(what, f"a directive of the door's: {line[:60]!r}")


JUDGES = {"html": judge_html, "svg": judge_svg, "csv": judge_csv, "json": judge_json,
          "mermaid": judge_lines, "plantuml": judge_lines}


def judge_control(what, text):
    found = CONTROL.search(text)
    if found:
        wrong(what, f"{found.group()!r}: {text[max(0, found.start() - 40):found.end() + 20]!r}")


def judge_drawn(what, text):
    if "onerror" not in text:
        wrong(what, "the door's text isn't there, so that nothing is proved")
    judge_control(what, text)
    try:
        judge_svg(what, text)
    except Exception as error:  # pylint: disable=broad-except
        wrong(what, f"can't be parsed: {error}")


def run(what, arguments, judge=None, stdin=b"", shows=False):
    result = subprocess.run([TCPHS] + arguments, input=stdin, capture_output=True, timeout=300,
                            env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm", "TZ": "UTC"})
    out = result.stdout.decode(errors="strict")
    said = result.stderr.decode(errors="strict")
    if result.returncode not in (0, 1, 2, 3):
        wrong(what, f"ended with {result.returncode}")
    if judge in (judge_csv,):
        out = out.replace("\r\n", "\n")  # RFC 4180
    if shows and "onerror" not in out:
        wrong(what, "the door's text isn't there, so that nothing is proved")
    judge_control(what + ", output", out)
    judge_control(what + ", messages", said)
    if any(not line.startswith(("tcphs: ", "tcphs help: ", "  ")) for line in said.splitlines()):
        wrong(what, f"a message of more than one line: {said[:200]!r}")
    if judge is not None:
        try:
            judge(what, out)
        except Exception as error:  # pylint: disable=broad-except
            wrong(what, f"can't be parsed: {error}")


def pictures(path, work):
    """What is drawn, and what can be read in it."""
    for kind in ("png", "pdf"):
        handed, drawn = os.path.join(work, "handed"), os.path.join(work, "drawn." + kind)
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        if HANDED:
            environment.update(LD_PRELOAD=HANDED, HANDED=handed)
        result = subprocess.run([TCPHS, "show", "--no-sandbox", "-o", drawn, path], capture_output=True, env=environment,
                                timeout=300, check=False)
        if result.returncode not in (0, 1):
            if b"need librsvg" in result.stderr or b"without librsvg" in result.stderr:
                print(f"{kind}: left out, there is no librsvg")
            else:
                wrong(kind, f"ended with {result.returncode}: {result.stderr[:200]!r}")
            continue
        if HANDED:
            with open(handed, encoding="utf-8") as file:
                text = file.read()
            os.unlink(handed)
            for page in re.split(r"(?<=</svg>)\s*", text):
                if page:
                    judge_drawn(f"what is drawn in {kind}", page)
        if kind == "pdf" and shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", drawn, "-"], capture_output=True, check=True).stdout.decode()
            judge_control("the text of a pdf", text.replace("\f", ""))


def main():
    source = os.path.join(ROOT, "captures/three-way.pcap")
    formats = subprocess.run([TCPHS, "--list-words", "formats"], capture_output=True, text=True,
                             check=True).stdout.split()
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, NAME)
        with open(path, "wb") as file:
            file.write(hostile_capture(source))
        for kind in formats:
            if kind not in ("png", "pdf"):
                run(f"show --format {kind}", ["show", "--format", kind, path], JUDGES.get(kind),
                    shows=kind in ("html", "svg"))
        pictures(path, work)
        for command in ("view", "list", "check", "stats", "isn", "worksheet"):
            run(command, [command, "--color", "never", "-v", path])
            run(f"{command} of two", [command, "-v", path, source])
        for command in ("list", "check", "stats", "isn"):
            run(f"{command} --json", [command, "--json", path, source], judge_json)
        for command in ("list", "check"):
            run(f"{command} --csv", [command, "--csv", path], judge_csv)
        run("worksheet as html", ["worksheet", "--format", "html", path], judge_html)
        run("a copy", ["list", path, "-w", os.path.join(work, "copy.pcapng")])
        run("of the copy", ["show", "--json", os.path.join(work, "copy.pcapng")], judge_json)
        run("quiz", ["quiz", "--seed", "1", path], stdin=b"\x1b[2J\nq\n")
        for door in ([NAME], ["list", os.path.join(work, "no", NAME)], ["list", "-i", NAME],
                     ["list", "-Y", NAME, path], ["list", "-f", NAME, path],
                     ["list", "--columns", NAME, path], ["list", "--sort", NAME, path],
                     ["show", "--format", NAME, path], ["show", path, "-o", os.path.join(work, "no", NAME)],
                     ["check", "--ignore", NAME, path], ["check", "--fail-on", NAME, path],
                     ["explain", NAME], ["learn", NAME], ["help", NAME], ["list", "--" + NAME, path],
                     ["list", "-a", NAME, path], ["list", "-c", NAME, path], ["list", "-Z", NAME, path],
                     ["list", "--max-memory", NAME, path], ["--list-words", NAME]):
            run(f"argument of {door[0][:8]!r}", door)
        lesson = os.path.join(work, "lesson")
        for text in (EVIL, f".title {NAME}\n.capture {path}\n.page {NAME}\n{NAME}\n", f".title x\n.capture {NAME}\n",
                     f".title x\n.{NAME}\n",
                     f".title x\n.capture {path}\n.page y\n{NAME}\n.ask {NAME}\n.right {NAME}\n{NAME}\n.else\n{NAME}\n"):
            with open(lesson, "wb") as file:
                file.write(text.encode())
            run("a lesson", ["learn", lesson], stdin=b"\n\n\nq\n")
            run("expectations", ["check", "--expect", lesson, path])
            run("expectations as csv", ["check", "--csv", "--expect", lesson, path])
    print(f"{bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
