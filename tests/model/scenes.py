#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The model, topic by topic: after each segment, the states of both ends as RFC 9293 has them.

usage: scenes.py [--tcphs PROGRAM] [--keep DIR] [-v] [WORD ...]

scenes.txt holds small exchanges, written down by hand from the RFCs' tables. With WORDs only the scenes whose titles
hold one of them are tried; -v prints what is drawn; --keep leaves their captures in DIR.
"""
import argparse
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "diagnoses"), os.path.dirname(HERE)]
import cases                                     # noqa: E402
from netlab import capfile                       # noqa: E402
from netlab.reading import Reading               # noqa: E402

FATES = ("delivered", "lost", "copy", "ignored", "open")
WORDS = ("open", "close", "codes", "never", "bytes", "final", "says")
cases.ENDS["Z"] = ("192.0.2.1", 40000, 0x2F000001, "Z")  # a socket that calls itself


def is_step(words):
    """"open", "open ts" and "close 100" are segments; "open three-way" is what is asked"""
    return words in (["open"], ["open", "ts"]) or words[0] == "close" and words[1].isdigit()


class Scene:
    """title; packets; rows: [(packet, wanted words)]; asked: [(word, values)]"""

    def __init__(self, title):
        self.title, self.packets, self.rows, self.asked = title, [], [], []
        self.isns = {who: end[2] for who, end in cases.ENDS.items()}

    def add(self, line):
        words = line.split()
        if words[0] in WORDS and not is_step(words):
            self.asked.append((words[0], words[1:]))
            return
        line, _, wanted = line.partition("=>")
        words = line.split()
        for step in cases.expand(words):
            self.packets.append(cases.segment(step, self.isns))
        if wanted:
            self.rows.append((len(self.packets), wanted.split()))


def read(path=os.path.join(HERE, "scenes.txt")):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.partition("#")[0].rstrip()
            if line.startswith("scene "):
                found.append(Scene(line[6:]))
            elif line:
                try:
                    found[-1].add(line)
                except (ValueError, KeyError, IndexError) as error:
                    raise SystemExit("scenes.txt: %s: %r in line: %s" % (found[-1].title, error, line))
    return found


def agrees(segment, side, wanted):
    """is the side's state the wanted one? with a ? it must be assumed, with a ! certain"""
    if wanted == "*":
        return True
    if segment[side + "_state"] != wanted.rstrip("?!"):
        return False
    return wanted[-1] not in "?!" or segment[side + "_certain"] == (wanted[-1] == "!")


def state(segment, side):
    return segment[side + "_state"] + ("" if segment[side + "_certain"] else "?")


def judge_row(segments, packet, wanted):
    if not segments:
        return ["packet %d is in no row" % packet]
    states, fates = [w for w in wanted if w not in FATES], [w for w in wanted if w in FATES]
    found = []
    for segment in segments:
        have = [state(segment, side) for side in ("client", "server")]
        if states and not all(agrees(segment, side, w) for side, w in zip(("client", "server"), states)):
            found.append("packet %d: drawn is %s, not %s" % (packet, " ".join(have), " ".join(states)))
        fate = segment["fate"] or "open"
        if fates and fate not in fates:
            found.append("packet %d: its fate is %s, not %s" % (packet, fate, " ".join(fates)))
    return found


def judge(scene, reading):
    if reading.trouble:
        return [reading.trouble]
    at, found = {}, []
    for segments in reading.segments.values():
        for s in segments:
            packet = s["packet"][1] if isinstance(s["packet"], list) else s["packet"]
            at.setdefault(packet, []).append(s)
    for packet, wanted in scene.rows:
        found += judge_row(at.get(packet), packet, wanted)
    said = {d["code"] for d in reading.diagnoses}
    for word, values in scene.asked:
        if word in ("open", "close"):
            have = ["%s%s" % (c[word]["kind"], "" if c[word]["complete"] else "?") for c in reading.connections]
            found += ["%s is %s, not %s" % (word, " ".join(have), " ".join(values))] if have != values else []
        elif word == "bytes":
            have = [str(reading.connections[0][side]["bytes"]) for side in ("client", "server")]
            found += ["bytes are %s, not %s" % (have, values)] if have != values else []
        elif word == "final":
            have = [reading.connections[0][side]["state"] for side in ("client", "server")]
            found += ["at the end they are %s, not %s" % (have, values)] if have != values else []
        elif word == "says":
            have = [c["verdict"] for c in reading.connections]
            found += ["no verdict of %s says that" % have] if not any(" ".join(values) in v for v in have) else []
        elif word == "codes":
            found += ["%s is not said, but %s" % (code, sorted(said)) for code in values if code not in said]
        else:
            found += ["%s is said" % code for code in said if code in values or values == ["any"]]
    return found


def show(scene, reading):
    print("scene", scene.title)
    for connection in reading.connections:
        print("  #%d open %s, close %s" % (connection["id"], connection["open"], connection["close"]))
        for s in reading.segments[connection["id"]]:
            print("    %s %s %-14s %-16s %-16s %s" % (s["packet"], s["from"][0].upper(), "+".join(s["flags"]),
                                                     state(s, "client"), state(s, "server"), s["fate"]))
    print("  says", sorted({d["code"] for d in reading.diagnoses}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("-v", action="store_true")
    parser.add_argument("word", nargs="*", metavar="WORD")
    args = parser.parse_args()
    tried, wrong = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for scene in read():
            if args.word and not any(word in scene.title for word in args.word):
                continue
            tried += 1
            path = os.path.join(args.keep or folder, "scene-%02d.pcap" % tried)
            capfile.write_pcap(path, scene.packets)
            reading = Reading(args.tcphs, path)
            if args.v:
                show(scene, reading)
            wrong += ["%s: %s" % (scene.title, complaint) for complaint in judge(scene, reading)]
    print("\n".join(wrong + ["model: %d scenes, %d complaints" % (tried, len(wrong))]))
    return 1 if wrong or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
