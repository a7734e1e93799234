#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Write captures/INDEX.md from what record.py and craft.py say of each capture.

usage: index.py [--check]

--check writes nothing and fails if a capture lacks its line, or a line its capture.
"""
import glob
import os
import platform
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CAPTURES = os.path.join(HERE, "..", "..", "captures")
sys.path.insert(0, HERE)
import craft                                     # noqa: E402
import record                                    # noqa: E402
from netlab import capfile                       # noqa: E402

PLACES = {"A": "client", "B": "server", "M": "middle", "lo": "loopback"}
HEAD = """# Captures

Every capture here was made by this project, and may be used as freely as its code.

*Recorded* ones are real connections between two Linux %s hosts, each a network namespace of its own, over a wire
with a delay of 10 ms in each direction: 192.0.2.1 or 2001:db8::1 is the client, 192.0.2.2 or 2001:db8::2 the server.
The tap sat at the client, at the server or in the middle of the wire. `sudo tests/captures/record.py` records them
again; with other numbers and times, of course.

*Crafted* ones show what no real stack does, or what becomes of a recording on a bad tap. `tests/captures/craft.py`
makes them. Where a recording holds segments that a script put on the wire, its line says so.

`tests/captures/index.py` writes this file.

| capture | packets | tap | what it shows |
|---|---|---|---|
"""


def present():
    return sorted(os.path.basename(path)[:-5] for path in glob.glob(os.path.join(CAPTURES, "*.pcap")))


def line(name):
    count = len(capfile.read(os.path.join(CAPTURES, name + ".pcap"))[1])
    if name in craft.WHAT:
        place, what = "crafted", craft.WHAT[name]
    else:
        place, what = PLACES[record.SCENARIOS[name].tap], record.SCENARIOS[name].what
    return "| [%s](%s.pcap) | %d | %s | %s |" % (name, name, count, place, what)


def check():
    with open(os.path.join(CAPTURES, "INDEX.md"), encoding="utf-8") as file:
        listed = re.findall(r"^\| \[([^\]]+)\]\(\1\.pcap\) \| (\d+) ", file.read(), re.M)
    wrong = {n for n, _ in listed} ^ set(present())
    wrong |= {n for n, count in listed if n not in wrong and "| %s |" % count not in line(n)}
    for name in sorted(wrong):
        print("captures/INDEX.md and captures/ disagree about", name)
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["--check"]:
        return check()
    with open(os.path.join(CAPTURES, "INDEX.md"), "w", encoding="utf-8") as file:
        file.write(HEAD % re.match(r"[\d.]+", platform.release()).group(0).rstrip("."))
        file.writelines(line(name) + "\n" for name in present())
    return 0


if __name__ == "__main__":
    sys.exit(main())
