#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: expected.py [--tcphs PROGRAM] [--seeds N] [--tolerate N] FOLDER|FILE...

The answers of quiz and worksheet against states that others expect, and against the numbers on
the wire. Expected states come, for each CAPTURE.pcap of a folder, from CAPTURE.json
(connections[].packets[]: frame and the states after it) or from CAPTURE.rows.json (rows: frame,
endpoint, sender or receiver, state, other states that are as good), or from a file of lines
"CAPTURE FRAME CLIENT'S-STATE SERVER'S-STATE" with captures relative to it.

Every blank of the worksheet and every question of the quiz (several seeds) is looked up. What
../kernel/explained.txt and recorded.txt explain (a SYN dropped behind the tap, two incarnations of
one 4-tuple) is counted apart. No captures there, since nothing could be recorded: exit code 77.
"""
import argparse
import html
import ipaddress
import json
import pathlib
import re
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "kernel"))
from oracle import Explained  # noqa: E402

SKIP = 77


def segments(path):
    """frame -> (address, port, seq, ack, flags, target) of plain Ethernet or raw IP in classic pcap"""
    data = path.read_bytes()
    order = {0xA1B2C3D4: "<", 0xA1B23C4D: "<"}.get(struct.unpack("<I", data[:4])[0], ">")
    link = struct.unpack(order + "I", data[20:24])[0]
    skip = {1: 14, 101: 0, 113: 16}.get(link)
    found, at, frame = {}, 24, 0
    while skip is not None and at + 16 <= len(data):
        length = struct.unpack(order + "I", data[at + 8:at + 12])[0]
        packet = data[at + 16 + skip:at + 16 + length]
        at, frame = at + 16 + length, frame + 1
        if not packet:
            continue
        if packet[0] >> 4 == 4 and packet[9] == 6:
            source, target = packet[12:16], packet[16:20]
            tcp = packet[(packet[0] & 15) * 4:]
        elif packet[0] >> 4 == 6 and packet[6] == 6:
            source, target, tcp = packet[8:24], packet[24:40], packet[40:]
        else:
            continue
        if len(tcp) >= 20:
            port, to_port, seq, ack = struct.unpack(">HHII", tcp[:12])
            found[frame] = (source, port, seq, ack, tcp[13], (target, to_port))
    return found


def isns(wire):
    """(address, port) -> the sequence numbers of its SYNs"""
    known = {}
    for source, port, seq, _, flags, _ in wire.values():
        if flags & 2:
            known.setdefault((source, port), set()).add(seq)
    return known


def run(program, *arguments, answers=""):
    done = subprocess.run([program, *map(str, arguments)], input=answers, text=True,
                          capture_output=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{arguments}: exit code {done.returncode}: {done.stderr}")
    return done.stdout


ROW = re.compile(r'<tr><td class="packet">(\d+)</td><td class="client">(.*?)</td>'
                 r'<td class="segment">(.*?)</td><td class="server">(.*?)</td></tr>')
ANSWER = re.compile(r'<span class="answer"><small>\(\d+\)</small>(.*?)</span>')


def sheet_answers(program, capture):
    """(frame, "client" or "server" or "seq" or "ack", answer)"""
    found = 0
    page = run(program, "worksheet", "--key", "--no-fold", "--format", "html", capture)
    for frame, left, middle, right in ROW.findall(page):
        found += len(ANSWER.findall(left + middle + right))
        for side, cell in (("client", left), ("server", right)):
            for answer in ANSWER.findall(cell):
                yield int(frame), side, html.unescape(answer)
        for what in ("seq", "ack"):
            for answer in re.findall(rf" {what} " + ANSWER.pattern, middle):
                yield int(frame), what, answer
    if found != page.count('class="answer"'):
        sys.exit(f"{capture}: the key has blanks that are not understood")


QUESTION = re.compile(r"^\d+/\d+ +(.*?)^> *\n?It is (\S+?)\.\n.*?^  #(\d+) at ",
                      re.M | re.S)


def quiz_answers(program, capture, seeds):
    for seed in range(1, seeds + 1):
        said = run(program, "quiz", "--seed", seed, "--count", 10000, capture,
                   answers="?\n" * 10000)
        found = 0
        for prompt, answer, frame in QUESTION.findall(said):
            found += 1
            prompt = " ".join(prompt.split())
            state = re.search(r"In which state is the (client|server)", prompt)
            if state:
                yield int(frame), state[1], answer
            elif "sequence number" in prompt:
                yield int(frame), "seq", answer
            elif "acknowledgement number" in prompt:
                yield int(frame), "ack", answer
            else:
                yield int(frame), "flags", answer
        asked = re.search(r"^(\d+) questions?, the same", said, re.M)
        if asked and int(asked[1]) != found:
            sys.exit(f"{capture}: {asked[1]} questions, {found} understood")


def expected_of(capture):
    """frame -> {"client": states, "server": states}; and by endpoint for .rows.json"""
    scenario, rows = capture.with_suffix(".json"), capture.with_suffix(".rows.json")
    states = {}
    if scenario.exists():
        for connection in json.loads(scenario.read_text())["connections"]:
            for packet in connection["packets"]:
                states[packet["frame"]] = {
                    side: [state] for side, state in zip(("client", "server"), packet["after"])}
    elif rows.exists():
        clients = clients_on(segments(capture))
        for frame, endpoint, role, state, others in json.loads(rows.read_text())["rows"]:
            side = "client" if endpoint in clients else "server"
            states.setdefault(frame, {})[side] = [state, *others]
            states[frame][side + " is"] = role
    return states


def clients_on(wire):
    """the endpoints that sent a pair's first SYN, else got its SYN-ACK, else sent its first segment; as rows name them"""
    first = {}
    for source, port, _, _, flags, target in wire.values():
        pair = frozenset(((source, port), target))
        rank = {2: 2, 18: 1}.get(flags & 18, 0)
        if pair not in first or rank > first[pair][1]:
            first[pair] = (target if rank == 1 else (source, port)), rank
    return {f"{ipaddress.ip_address(end[0])}:{end[1]}" if len(end[0]) == 4
            else f"[{ipaddress.ip_address(end[0])}]:{end[1]}" for end, _ in first.values()}


def expected_of_lines(path):
    captures = {}
    for line in path.read_text().splitlines():
        words = line.split()
        if words and not line.startswith("#"):
            states = captures.setdefault((path.parent / words[0]).resolve(), {})
            states[int(words[1])] = {"client": [words[2]], "server": [words[3]]}
    return captures


def number_fits(wire, known, frame, what, answer):
    """raw, or relative to an ISN that was seen; to one that was not only as a difference"""
    source, port, seq, ack, _, target = wire[frame]
    end, raw = ((source, port), seq) if what == "seq" else (target, ack)
    if int(answer) == raw:
        return True
    bases = known.setdefault(end, set())
    if not bases:  # what the first answer says must hold for all
        bases.add((raw - int(answer)) % 2**32)
    return any((raw - base) % 2**32 == int(answer) for base in bases)


def flags_fit(wire, frame, answer):
    flags = wire[frame][4]
    names = [name for bit, name in ((2, "SYN"), (1, "FIN"), (4, "RST"), (16, "ACK"))
             if flags & bit]
    return "-".join(names) == answer


class Known:
    """The differences that are explained, each looked up once."""

    def __init__(self):
        self.explained, self.seen = Explained(), {}

    def covers(self, capture, frame, side, expected, answer):
        name, tap = capture.stem.rpartition(".")[::2]
        key = (capture.name, frame, side, answer)
        if key not in self.seen:
            role = expected[side + " is"] if side + " is" in expected else ""
            self.seen[key] = self.explained.covers(capture.name, frame, name, tap, role,
                                                   expected[side][0], answer)
        return self.seen[key]


def check(program, capture, states, seeds, totals, explained):
    wire = segments(capture)
    known = isns(wire)
    answers = [("sheet", *answer) for answer in sheet_answers(program, capture)]
    answers += [("quiz", *answer) for answer in quiz_answers(program, capture, seeds)]
    for who, frame, what, answer in answers:
        if what in ("client", "server"):
            expected = states.get(frame, {}).get(what)
            if expected is None:
                totals["without"] += 1
                continue
            good = answer in expected
            if not good and explained.covers(capture, frame, what, states[frame], answer):
                totals["explained"] += 1
                continue
        elif frame not in wire:
            totals["without"] += 1
            continue
        elif what == "flags":
            good, expected = flags_fit(wire, frame, answer), "the wire"
        else:
            good, expected = number_fits(wire, known, frame, what, answer), "the wire"
        totals["right" if good else "wrong"] += 1
        if not good:
            print(f"{capture.name} packet {frame}: the {who} says {answer} for {what}, "
                  f"not {expected}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tcphs", default="build/tcphs")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tolerate", type=int, default=0, metavar="N",
                        help="other answers that are no failure: see oracle.py")
    parser.add_argument("where", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    totals = {"right": 0, "wrong": 0, "without": 0, "explained": 0}
    explained = Known()
    captures = 0
    for where in options.where:
        if not where.exists():
            continue
        if where.is_dir():
            jobs = {path: expected_of(path) for path in sorted(where.glob("*.pcap"))}
        else:
            jobs = expected_of_lines(where)
        for capture, states in jobs.items():
            captures += 1
            check(options.tcphs, capture, states, options.seeds, totals, explained)
    if captures == 0:
        print("expected: SKIPPED: no captures there")
        return SKIP
    print(f"{captures} captures, {totals['right']} answers as expected, {totals['wrong']} others, "
          f"{totals['explained']} others explained, {totals['without']} without an expectation")
    return totals["wrong"] > options.tolerate or totals["right"] == 0


if __name__ == "__main__":
    sys.exit(main())
