#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Memory that is exhausted: each allocation of a run fails in turn, alone and from there on.
(memory_view.py does the same to the view on a terminal.)

usage: memory.py [--points N] [--sandbox] TCPHS SHIM ROOT

Whatever fails, the program must not crash, must say so on one line, and end with the exit code
for it; or it goes on without what it wanted the memory for, and its results are the same.
--sandbox has libseccomp make its filter meanwhile, which without memory crashes itself, or loads
a filter that lacks a rule and so kills: before anything is read, and never with more rights.
--points N tries about N points of each command, evenly spread; without it, all.
"""
import argparse
import os
import signal
import struct
import subprocess
import sys
import tempfile

C = "captures/three-way.pcap"
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
DOCUMENTED = (0, 1, 2, 3)


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
    return subprocess.run(arguments, env=environment, capture_output=True, timeout=60,
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=0)
    parser.add_argument("--sandbox", action="store_true")
    parser.add_argument("tcphs")
    parser.add_argument("shim")
    parser.add_argument("root")
    options = parser.parse_args()
    tcphs, shim = os.path.abspath(options.tcphs), os.path.abspath(options.shim)
    os.chdir(options.root)
    tried = bad = refused = died = 0
    with tempfile.TemporaryDirectory() as work:
        base = {"LC_ALL": "C", "TZ": "UTC", "TERM": "dumb", "HOME": work,
                "LD_PRELOAD": shim, "PATH": os.environ["PATH"]}
        with_comments(C, os.path.join(work, "comments.pcapng"))
        for command in COMMANDS:
            arguments = [tcphs] + [part.format(work=work) for part in command]
            if not options.sandbox and command[0] not in ("explain", "interfaces"):
                arguments.insert(2, "--no-sandbox")
            count = os.path.join(work, "count")
            expected = run(arguments[:1] + arguments[1:],
                           dict(base, FAULT_COUNT=count) if not options.sandbox else base)
            if options.sandbox:  # inside, the shim can't write its count
                run(arguments[:2] + ["--no-sandbox"] + arguments[2:], dict(base, FAULT_COUNT=count))
            total = int(open(count).read()) + (400 if options.sandbox else 0)
            step = max(1, total // options.points) if options.points else 1
            for point in range(1, total + 1, step):
                for how in ("", "+"):
                    result = run(arguments, dict(base, FAULT_ALLOC=f"{point}{how}"))
                    tried += 1
                    if options.sandbox and result.returncode in (-signal.SIGSYS, -signal.SIGSEGV):
                        died += 1
                        continue
                    wrong = fault(result, expected)
                    refused += result.returncode == 2
                    if wrong:
                        bad += 1
                        print(f"allocation {point}{how} of {' '.join(command)}: {wrong}: "
                              f"{result.stderr.decode(errors='replace').strip()[-200:]}")
    print(f"{tried} allocation failures tried, {refused} ended the run, {bad} wrong"
          + (f", {died} ended in libseccomp" if options.sandbox else ""))
    return 1 if bad or tried == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
