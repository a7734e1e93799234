#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Write captures/INDEX.md from what record.py and craft.py say of each capture.

usage: index.py [--check]

--check writes nothing. It fails if a capture lacks its line, or a line its capture or its words; if a crafted one is
not, to the octet, what craft.py makes; and if a recorded one has what only a script writes and its line does not say
so.
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
from netlab.frame import SYN, Frame              # noqa: E402

# The options of a Linux SYN or SYN-ACK, one kind after the other: as they are, with Fast Open, and with a key (MD5).
LINUX_SYN = {(2, 4, 8, 1, 3), (2, 4, 8, 1, 3, 34, 1, 1), (1, 1, 19, 2, 1, 1, 4, 1, 3)}
PLACES = {"A": "client", "B": "server", "M": "middle", "lo": "loopback"}
HEAD = """# Captures

Every capture here was made by this project, and may be used as freely as its code.

*Recorded* ones are real connections between two Linux %s hosts, each a network namespace of its own, over a wire
with a delay of 10 ms in each direction: 192.0.2.1 or 2001:db8::1 is the client, 192.0.2.2 or 2001:db8::2 the server.
The tap sat at the client, at the server or in the middle of the wire. `sudo tests/captures/record.py` records them
again; with other numbers and times, of course. `sudo tests/captures/again.py` does so and compares what tcphs reads.

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


def trouble(name, packets):
    """what is not as the index says of this capture"""
    if name in craft.WHAT:
        made = craft.craft(name)
        if [(p.time, p.data, p.length) for p in made] != [(p.time, p.data, p.length) for p in packets]:
            yield "is not what craft.py makes"
        return
    if all(p.time % 1_000_000 == 0 for p in packets):
        yield "has only whole milliseconds, as no tap writes them"
    said = "script" in record.SCENARIOS[name].what
    for number, p in enumerate(packets, 1):
        frame = Frame.parse(p.data)
        if frame and frame.flags & SYN and not said and kinds(frame) not in LINUX_SYN:
            yield "packet %d: no Linux writes such options of a SYN: %s" % (number, kinds(frame))
        if frame and frame.ttl != 64:
            yield "packet %d: not a host of the lab: TTL %d" % (number, frame.ttl)


def kinds(frame):
    return tuple(kind for kind, _ in frame.options)


def check():
    with open(os.path.join(CAPTURES, "INDEX.md"), encoding="utf-8") as file:
        listed = dict(re.findall(r"^(?=\| \[([^\]]+)\]\(\1\.pcap\))(.*\n)", file.read(), re.M))
    wrong = ["%s: INDEX.md and the folder disagree" % name for name in sorted(set(listed) ^ set(present()))]
    for name in sorted(set(listed) & set(present())):
        if listed[name] != line(name) + "\n":
            wrong.append("%s: its line in INDEX.md is not what the scripts say" % name)
        packets = capfile.read(os.path.join(CAPTURES, name + ".pcap"))[1]
        wrong += ["%s: %s" % (name, what) for what in trouble(name, packets)]
    print("\n".join(wrong + ["captures: %d, %d complaints" % (len(listed), len(wrong))]))
    return 1 if wrong or not listed else 0


def main():
    if sys.argv[1:] == ["--check"]:
        return check()
    with open(os.path.join(CAPTURES, "INDEX.md"), "w", encoding="utf-8") as file:
        file.write(HEAD % re.match(r"[\d.]+", platform.release()).group(0).rstrip("."))
        file.writelines(line(name) + "\n" for name in present())
    return 0


if __name__ == "__main__":
    sys.exit(main())
