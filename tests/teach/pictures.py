#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The small ladders of `tcphs explain` show what the model reads.

usage: pictures.py [--tcphs PROGRAM] [--keep FILE] ROOT [WORD ...]

Each ladder of src/teach/texts_*.c is drawn by hand. Here its segments are made packets, behind what a connection must
have been through to come to its first line (PRELUDES, tried one after the other), all in one capture; and the states
that the program reads at each of them must be those that the ladder has. --keep leaves the captures in DIR. What is not
a row of its own, or stands in a ladder for something that a capture cannot hold, is in LEFT_OUT, with the reason.
"""
import argparse
import collections
import json
import os
import re
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import facts                                     # noqa: E402
from netlab import capfile                       # noqa: E402
from netlab.frame import Frame, inet_sum, syn_options      # noqa: E402

BEGIN = 1_790_000_000 * 10**9
STEP = 20_000_000                                # ns between segments
FIGURE_8 = "as RFC 9293 Figure 8, with both attempts on one ladder: the client waits for the other one"
LEFT_OUT = {"topics syn-cookies": "no capture shows that a server keeps nothing", "topics why-three": FIGURE_8,
            "codes_opening old-dup-syn": FIGURE_8,
            "codes_opening half-open-found": "as RFC 9293 Figure 9, with both attempts on one ladder"}
# What a side sends next, where its first line says something else.
NEXT = {"rst-inexact": {True: 101}, "rst-out-of-window": {True: 101}, "challenge-ack": {True: 101}}
SELF = {"open-self", "self"}                     # both ends are one
# S SYN, s SYN-ACK, a its ACK; D data of the client, d of the server, as many octets as the ladder's numbers want, and
# their ACKs; F FIN of the client, f its ACK; G FIN of the server, g its ACK.
PRELUDES = ["", "S", "Ss", "Ssa", "SsaDd", "SsaDdF", "SsaDdFf", "SsaDdFfG", "SsaDdFfGg", "SsaDdG", "SsaDdGg",
            "SsaDdGgF"]
LINE = re.compile(r"(!?[<>]|[XY]) ([^|]*)\|([^|]*)\|(.*)$")
FLAGS = re.compile(r"^\(no flag\)|^(?:(?:SYN|ACK|FIN|RST|PSH|URG|ECE|CWR|AE)(?:[-,]|\b))+")
LETTER = {"SYN": "S", "ACK": "A", "FIN": "F", "RST": "R", "PSH": "P", "URG": "U", "ECE": "E", "CWR": "C", "AE": ""}

Row = collections.namedtuple("Row", "mark client flags ae numbers text left right")


def pictures(root):
    """(file, word, ladder)"""
    for name in sorted(os.listdir(root + "/src/teach")):
        if not re.match(r"texts_\w+\.c$", name):
            continue
        with open(root + "/src/teach/" + name, encoding="utf-8") as file:
            source = facts.without_comments(file.read())
        for match in re.finditer(r"\n\tCODE\(", source):
            word, at = facts.literals(source, match.end())
            _, at = facts.literals(source, at + 1)
            yield name[6:-2], word, facts.literals(source, at + 1)[0]
        if "_codes_" not in name:
            for block in re.split(r"\n\t\{\n", source)[1:]:
                yield name[6:-2], facts.field(block, "word"), facts.field(block, "picture")


def row(line):
    mark, text, left, right = LINE.match(line).groups()
    found = FLAGS.match(text)
    names = re.findall(r"[A-Z]+", found[0]) if found else ["ACK"]
    numbers = {key: int(value) for key, value in
               re.findall(r"\b(seq|ack|raw|win|mss|wscale|TSval|TSecr|urgent|field|port) (\d+)", text)}
    length = re.search(r"\b(\d+) B\b", text)
    numbers["length"] = int(length[1]) if length else 0
    if found and found[0] == "(no flag)":
        names = []
    elif not found and numbers["length"]:
        names = ["PSH", "ACK"]
    return Row(mark, mark.strip("!") in ">X", "".join(LETTER[n] for n in names), "AE" in names, numbers, text,
               left, right)


class Connection:
    """One connection of a ladder: what was sent so far, as absolute numbers."""

    def __init__(self, host, word, rows, prelude, shift):
        self.host, self.packets, self.now, self.itself = host, [], 0, word in SELF
        raw = any("raw" in r.text for r in rows)
        self.isn = {True: 0x10000000 + host, False: 0x60000000 + host}
        self.port = {True: 40000, False: 80}
        self.times = any("TSval" in r.text or "TSecr" in r.text for r in rows) and \
            not any("no timestamps" in r.text and "S" in r.flags for r in rows)
        if self.itself:
            self.port[False], self.isn[False] = self.port[True], self.isn[True]
        wanted = {side: self.first_number(rows, side, raw) for side in (True, False)}
        wanted.update(NEXT.get(word, {}))
        fins = {True: "F" in prelude, False: "G" in prelude}
        self.data = {}
        for side in (True, False):
            want = wanted[side]
            if raw:
                octets = 100 if "Dd" in prelude else 0
                if want is not None:
                    self.isn[side] = want - (1 if prelude else 0) - octets - fins[side] + shift
                    if not prelude or (not side and "s" not in prelude):
                        self.isn[side] = want
            else:
                octets = (want - 1 if want else 100) - fins[side] + shift
            self.data[side] = max(0, octets)
        self.raw = raw
        self.next = dict(self.isn)
        self.acked = dict(self.isn)
        for letter in prelude:
            self.step(letter)

    @staticmethod
    def first_number(rows, side, raw):
        """what this side sends next, as the ladder says it first"""
        for r in rows:
            if r.client == side and (("raw" in r.numbers) or ("seq" in r.numbers)):
                return r.numbers["raw"] if "raw" in r.numbers else r.numbers["seq"]
            if r.client != side and "ack" in r.numbers:
                return r.numbers["ack"] - (1 if raw and any(o.client == side and "SYN" in o.text for o in rows) else 0)
        return None

    def step(self, letter):
        side = letter in "SaDFg"
        if letter == "S":
            self.send(True, "S", 0)
        elif letter == "s":
            self.send(False, "SA", 0)
        elif letter in "afg":
            self.send(side, "A", 0)
        elif letter in "Dd":
            left = self.data[side]
            while left > 0:
                self.send(side, "PA", min(left, 50000))
                self.send(not side, "A", 0)
                left -= 50000
        else:
            self.send(side, "FA", 0)

    def send(self, side, flags, length, seq=None, ack=None, window=64240, options=(), ae=False, urgent=0, port=None,
             at=None, tsval=None, tsecr=None, text=""):
        addresses = ["10.%d.%d.1" % divmod(self.host, 250), "10.%d.%d.2" % divmod(self.host, 250)]
        if self.itself:
            addresses[1] = addresses[0]
        seq = self.next[side] if seq is None else seq
        ack = self.next[not side] if ack is None else ack
        octets = b"x" * length
        if self.times and "R" not in flags:
            stamps = struct.pack("!II", tsval or 600 + len(self.packets), tsecr or (0 if flags == "S" else 50))
            options = list(options) + [(8, stamps)]
        frame = Frame(addresses[not side], addresses[side], self.port[side], self.port[not side], flags, seq,
                      ack if "A" in flags else 0, octets, window, options)
        if "S" in flags:
            scale = re.search(r"wscale (\d+)", text)
            shift = None if "no wscale" in text else int(scale[1]) if scale else 7
            syn = syn_options(1460, shift, "no sack" not in text)
            frame.set_options(syn[1 if "no mss" in text else 0:] + list(options))
        if port is not None:
            frame.sport = port
        frame.reserved, frame.urgent = (1 if ae else 0), urgent
        self.now = self.now + STEP if at is None else at
        self.packets.append(capfile.Packet(self.now, frame.build()))
        end = seq + length + ("S" in flags) + ("F" in flags)
        self.next[side] = end if (end - self.next[side]) % 2**32 < 2**31 else self.next[side]

    def unreachable(self):
        """the ICMP error about what was sent last"""
        quoted = self.packets[-1].data[14:14 + 28]
        icmp = b"\3\3\0\0\0\0\0\0" + quoted
        icmp = icmp[:2] + struct.pack("!H", inet_sum(icmp) ^ 0xFFFF) + icmp[4:]
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(icmp), 0, 0, 64, 1, 0) + quoted[16:20] + quoted[12:16]
        head = head[:10] + struct.pack("!H", inet_sum(head) ^ 0xFFFF) + head[12:]
        self.now += STEP
        self.packets.append(capfile.Packet(self.now, self.packets[-1].data[:14] + head + icmp))

    def draw(self, r, base):
        """the packet of a line"""
        if "ICMP" in r.text:
            self.unreachable()
            return
        n, side = r.numbers, r.client
        mine = self.isn[side] if not self.raw else 0
        other = self.isn[not side] if not self.raw else 0
        seq = n["raw"] if "raw" in n else mine + n["seq"] if "seq" in n else None
        if "again" in r.text and seq is None:
            seq = self.next[side] - ("S" in r.flags) - ("F" in r.flags)
        if seq is None and "S" in r.flags:
            seq = self.isn[side]
        ack = n.get("field", other + n["ack"] if "ack" in n else None)
        when = re.search(r"\bat (\d+) (ms|s)\b|(\d+) (ms|s) later", r.text)
        at = None
        if when and when[1]:
            at = base + int(when[1]) * (10**6 if when[2] == "ms" else 10**9)
        elif when:
            at = self.now + int(when[3]) * (10**6 if when[4] == "ms" else 10**9)
        elif "again" in r.text:
            at = self.now + 10**9
        elif r.mark == "Y":
            at = self.now + 1_000_000
        options = []
        if "cookie request" in r.text:
            options.append((34, b""))
        elif "cookie" in r.text:
            options.append((34, b"\1\2\3\4\5\6\7\10"))
        if "md5" in r.text and "no md5" not in r.text:
            options.append((19, bytes(16)))
        if "mptcp" in r.text:
            options.append((30, b"\0\1" + bytes(8)))
        if " ao " in " " + r.text:
            options.append((29, b"\1\1" + bytes(12)))
        sack = re.search(r"sack (\d+)-(\d+)", r.text)
        if sack:
            edges = [other + int(edge) & 0xFFFFFFFF for edge in sack.groups()]
            options += [(1, b""), (1, b""), (5, struct.pack("!II", *edges))]
        times, self.times = self.times, self.times and "no timestamps" not in r.text
        self.send(side, r.flags, n["length"], seq, ack, n.get("win", 64240), options, r.ae, n.get("urgent", 0),
                  n.get("port") if side else None, at, n.get("TSval"), n.get("TSecr"), r.text)
        self.times = times


def states_of(tcphs, path):
    """{packet: (client's state, server's state)}, with " ?" behind what is assumed"""
    run = subprocess.run([tcphs, "show", "--json", path], capture_output=True, check=True)
    states = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if record["record"].startswith("segment/"):
            for number in record["packet"] if isinstance(record["packet"], list) else [record["packet"]]:
                states[number] = [record[side + "_state"] + ("" if record[side + "_certain"] else " ?")
                                  for side in ("client", "server")]
    return states


def differences(rows, at, states):
    """[(line, what the model has)]: a ladder need not say what is assumed, but then it is assumed"""
    off = []
    for i, r in enumerate(rows):
        now = states.get(at + i)
        if not r.text.startswith("(ICMP") and not r.text.startswith("(fragment") and not (now and all(
                have in (want, want + " ?") for want, have in zip((r.left, r.right), now))):
            off.append((r, now))
    return off


class Trial:
    """One ladder, and what came nearest to it."""

    def __init__(self, name, word, text):
        self.name, self.word = name, word
        self.rows = [row(line) for line in text.split("\n")]
        self.best = None

    def take(self, how, off):
        if self.best is None or len(off) < len(self.best[1]):
            self.best = how, off

    def complain(self):
        print("%s %s: nearest behind %s:" % (self.name, self.word, self.best[0]))
        for r, now in self.best[1]:
            print("    %-40s the ladder has %s | %s, the model %s" % (
                r.mark + " " + r.text, r.left, r.right, " | ".join(now or ("nothing",))))


def run_trials(tcphs, path, trials, prelude, shift):
    packets, places, start = [], [], BEGIN
    for host, trial in enumerate(trials, 1):
        c = Connection(host, trial.word, trial.rows, prelude, shift)
        places.append(len(packets) + len(c.packets) + 1)
        base = c.now + STEP
        for r in trial.rows:
            c.draw(r, base)
        packets += [capfile.Packet(start + p.time, p.data) for p in c.packets]
        start += c.packets[-1].time + 10**9
    capfile.write_pcap(path, packets)
    states = states_of(tcphs, path)
    for trial, at in zip(trials, places):
        trial.take((prelude or "nothing", shift), differences(trial.rows, at, states))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("root")
    parser.add_argument("word", nargs="*")
    args = parser.parse_args()
    trials = [Trial(*picture) for picture in pictures(args.root)
              if "%s %s" % picture[:2] not in LEFT_OUT and (not args.word or picture[1] in args.word)]
    with tempfile.TemporaryDirectory() as folder:
        for prelude in PRELUDES:
            for shift in (0, 1) if "D" in prelude else (0,):
                left = [trial for trial in trials if trial.best is None or trial.best[1]]
                path = os.path.join(args.keep or folder, "after-%s%d.pcap" % (prelude or "nothing", shift))
                if left:
                    run_trials(args.tcphs, path, left, prelude, shift)
    bad = [trial for trial in trials if trial.best[1]]
    for trial in bad:
        trial.complain()
    print("%d ladders, %d differ, %d left out" % (len(trials), len(bad), len(LEFT_OUT)))
    return 1 if bad or not trials else 0


if __name__ == "__main__":
    sys.exit(main())
