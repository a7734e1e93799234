#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Memory that is exhausted: each allocation of a run fails in turn, alone and from there on.
(memory_view.py does the same to the view on a terminal.)

usage: memory.py [--points N] [--part K/N] [--sandbox] TCPHS SHIM ROOT

Whatever fails, the program must not crash, must say so on one line, and end with the exit code
for it; or it goes on without what it wanted the memory for, and its results are the same.
--sandbox has libseccomp make its filter meanwhile, which without memory crashes itself, or loads
a filter that lacks a rule and so kills: before anything is read, and never with more rights.
--points N tries about N points of each command, evenly spread; without it, all. --part 1/2 tries
every second one.
"""
import os
import signal
import struct
import subprocess
import sys

from allocations import C, DOCUMENTED, Trial

COMMANDS = [
    ["list", C],
    ["list", "--json", "captures/half-close.pcap"],
    ["list", "-Y", "port:80 -open:refused", "--group", "-w", "{work}/out.pcapng", C],
    ["list", C, "captures/half-close.pcap"],
    ["show", C],
    ["show", "-o", "{work}/out.svg", C],
    ["show", "-o", "{work}/out.html", "--redact", C],
    ["check", "captures/syn-lost.pcap"],
    ["check", "--expect", "tests/teach/lab.expect", C],
    ["stats", C],
    ["isn", C],
    ["worksheet", "--key", C],
    ["show", "--no-fold", "{work}/comments.pcapng"],
    ["stats", "{work}/comments.pcapng"],
    ["list", "-w", "{work}/copy.pcapng", "{work}/comments.pcapng"],
    ["quiz", "--plain", "--seed", "3", "--count", "3", C],
    ["learn", "--plain", "lessons/01-three-way.lesson"],
    ["explain", "TIME-WAIT"],
    ["interfaces"],
]
TYPED = {"quiz": b"syn\nxyz\n?\nack\n", "learn": b"\n\nsyn-sent\n\n?\n\n\n\n\n"}


def block(kind, body):
    length = len(body) + 12
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)


def said_of(*said):
    return b"".join(struct.pack("<HH", code, len(text)) + text + bytes(-len(text) % 4)
                    for code, text in said) + bytes(4)


def with_comments(source, path):
    """The packets of a pcap file as pcapng, each with a comment, and its section and interface too."""
    with open(source, "rb") as file:
        octets = file.read()
    out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + said_of((1, b"of a section")))
    out += block(1, struct.pack("<HHI", 1, 0, 0) + said_of((2, b"lab0"), (1, b"of an interface")))
    at, number = 24, 1
    while at < len(octets):
        seconds, micro, caplen, wirelen = struct.unpack("<IIII", octets[at:at + 16])
        data = octets[at + 16:at + 16 + caplen]
        time = seconds * 1000000 + micro
        out += block(6, struct.pack("<IIIII", 0, time >> 32, time & 0xFFFFFFFF, caplen, wirelen) + data
                     + bytes(-caplen % 4) + said_of((1, b"of packet %d" % number)))
        at, number = at + 16 + caplen, number + 1
    with open(path, "wb") as file:
        file.write(out)


def run(arguments, environment):
    return subprocess.run(arguments, env=environment, capture_output=True, timeout=300,
                          input=TYPED.get(arguments[1], b""))


def fault(result, expected):
    """What is wrong with the end of a run, or None."""
    lines = result.stderr.decode(errors="replace").splitlines()
    if result.returncode not in DOCUMENTED:
        return f"ended with {result.returncode}"
    said = [line for line in lines if line.startswith("tcphs: ")]
    if result.returncode != expected.returncode and not said:
        return f"ended with {result.returncode} and said nothing of its own"
    if result.returncode == expected.returncode and result.stdout != expected.stdout and not said:
        return "other results, and not a word"
    return None


def main():
    trial = Trial(__doc__, {"--sandbox": {"action": "store_true"}})
    sandbox, died = trial.options.sandbox, 0
    with trial:
        with_comments(C, os.path.join(trial.work, "comments.pcapng"))
        for command in COMMANDS:
            arguments = [trial.tcphs] + [part.format(work=trial.work) for part in command]
            outside = arguments[:2] + ["--no-sandbox"] + arguments[2:]
            if not sandbox and command[0] not in ("explain", "interfaces"):
                arguments = outside
            expected = run(arguments, trial.base if sandbox else trial.counting())
            if sandbox:  # inside, the shim can't write its count
                run(outside, trial.counting())
            for point, environment in trial.points(trial.counted() + (400 if sandbox else 0)):
                result = run(arguments, environment)
                if sandbox and result.returncode in (-signal.SIGSYS, -signal.SIGSEGV):
                    died += 1
                    continue
                trial.ended += result.returncode == 2
                wrong = fault(result, expected)
                if wrong:
                    trial.complain(point, " ".join(command), wrong,
                                   result.stderr.decode(errors="replace").strip()[-200:])
        return trial.finish(f", {died} ended in libseccomp" if sandbox else "")


if __name__ == "__main__":
    sys.exit(main())
