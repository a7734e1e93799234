#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Captures whose maker wants the reader to be slow: eight times the packets may not take the square of that.

usage: slow.py TCPHS [--times N] [--part N] [--all] [KIND ...]

Each kind is one connection (or one pair of hosts) whose segments are made so that something has to be searched for:
stamps that go back, repetitions of what was long ago, resets, SYN-ACKs and FINs that fit nothing. Read with 20,000
packets and with 160,000; --times N multiplies both, --part N divides them, --all tries more commands. Processor time is
compared, and only where it is long enough to tell (more than half a second).
"""
import argparse
import os
import resource
import struct
import subprocess
import sys
import tempfile

BASE, MANY = 20_000, 8
RATIO, ENOUGH = 24, 0.5  # 64 is the square; seconds below which nothing is said
A, B = 0x0A000001, 0x0B000001
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
COMMANDS = [["list"], ["show", "--json"], ["check", "--json"], ["list", "-Y", "packets>0", "-w", "/dev/null"],
            ["show", "--json", "-Y", "id:9000"]]
MORE = [["show", "--no-fold"], ["stats"], ["isn"], ["worksheet"], ["show", "--format", "svg"]]


def ip(source, target, protocol, octets, fragment=0, number=1):
    return struct.pack(">BBHHHBBHII", 0x45, 0, 20 + len(octets), number, fragment, 64, protocol, 0, source, target) + octets


def segment(client, seq, ack, flags, length=0, options=b"", port=4000):
    ports = (port, 80) if client else (80, port)
    head = struct.pack(">HHIIBBHHH", *ports, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF, (5 + len(options) // 4) << 4, flags,
                       64000, 0, 0)
    return ip(*((A, B) if client else (B, A)), 6, head + options + bytes(length))


def call():
    return [segment(True, 1000, 0, SYN), segment(False, 5000, 1001, SYN | ACK), segment(True, 1001, 5001, ACK)]


def far(i):
    """Octets that were sent long ago, in no order."""
    return 1001 + i * 7919 % 60_000


def data(i, client=True):
    return segment(client, far(i), far(i * 31), PSH | ACK, 10)


def sack(i):
    blocks = b"".join(struct.pack(">II", far(i + k), far(i + k) + 10) for k in range(3))
    return segment(False, 5001, 1001 + i % 7, ACK, 0, b"\x01\x01\x05\x1a" + blocks)


def icmp(i):
    return ip(B, A, 1, b"\x03\x01\0\0\0\0\0\0" + segment(True, far(i), 5001, ACK)[:28])


def late_syn(n):
    """The numbers of a side that has said much before its SYN."""
    return [data(i) for i in range(n // 2)] + [segment(True, 900 + i, 0, SYN) if i % 2 else
                                               segment(False, 5000, far(i), SYN | ACK) for i in range(n // 2)]


def waits(n):
    """A TIME-WAIT in which time after time nothing passes for as long as it lasts, until its end speaks once more."""
    fin = segment(False, 5001, 1002, FIN | ACK)
    return call() + [segment(True, 1001, 5001, FIN | ACK), fin, segment(True, 1002, 5002, ACK)] + [fin] * n + [
        segment(True, 1002, 5002, ACK)]


def old_answers(n):
    """Calls on the same ports, each of which is answered only after the last one: all of them overlap."""
    return [segment(True, 100_000 * i, 0, SYN) for i in range(n // 2)] + [
        segment(False, 5, i * 7919 % (n // 2) * 100_000 + 1, SYN | ACK) for i in range(n // 2)]


KINDS = {
    "far-apart": lambda n: call() + [data(i) for i in range(n)],
    "both-far": lambda n: call() + [data(i, i % 2 == 0) for i in range(n)],
    "resets": lambda n: call() + [segment(True, 1001 + 3 * i, 5001, RST) for i in range(n)],
    "early-resets": lambda n: call()[:1] + [segment(False, i, 5 + i, RST | ACK) for i in range(n)] + call()[1:],
    "syns": lambda n: [segment(True, 1001 + 7919 * i, 0, SYN) for i in range(n)],
    "syn-acks": lambda n: [segment(False, 1001 + 7919 * i, i, SYN | ACK) for i in range(n)],
    "wrong-answers": lambda n: call()[:1] + [segment(False, 5000 + i, 9999 * i, SYN | ACK) for i in range(n)],
    "both-syns": lambda n: [segment(i % 2 == 0, 1001 + 7919 * i, i, SYN | (ACK if i % 3 else 0)) for i in range(n)],
    "fins": lambda n: call() + [segment(True, far(i), 5001, FIN | ACK, 10) for i in range(n)],
    "sacks": lambda n: call() + [data(i) if i % 2 else sack(i) for i in range(n)],
    "icmp": lambda n: call() + [data(i) if i % 2 else icmp(i) for i in range(n)],
    "zero-windows": lambda n: call() + [segment(i % 2 == 0, 1001 + i // 9, 5001 + i % 50, ACK, i % 2) for i in range(n)],
    "twice": lambda n: call() + [data(i // 2) for i in range(n)],
    "waits": waits,
    "nothing": lambda n: [segment(True, far(i), 0, 0, 3) for i in range(n)],
    "late-syn": late_syn,
    "old-answers": old_answers,
    "reused": lambda n: [segment(i % 3 != 1, 9999 * i, 9999 * i, (SYN, RST | ACK, ACK)[i % 3]) for i in range(n)],
    "fragments": lambda n: [ip(A, B, 6, bytes(16), 0x2000 | (8191 - i % 8191), i // 8191) for i in range(n)],
}
KINDS["backwards"] = KINDS["far-apart"]  # by its stamps


def write(path, kind, count):
    """All within the tenth of a second in which stamps that go back are a disorder; those of waits apart."""
    packets = KINDS[kind](count)
    step = 90_000_000 // len(packets) if kind != "waits" else 241_000_000_000
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHIIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, 101))
        for i, packet in enumerate(packets):
            time = i * step if kind != "backwards" or i < 3 else 95_000_000 - i * step
            out.write(struct.pack("<IIII", 1_700_000_000 + time // 10**9, time % 10**9, len(packet), len(packet)) + packet)


def seconds(words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    status = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    if status not in (0, 1, 2):  # 2: more than one picture holds
        sys.exit("%s: ended with %d" % (" ".join(words), status))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("tcphs")
    parser.add_argument("kind", nargs="*")
    options = parser.parse_intermixed_args()
    commands = COMMANDS + (MORE if options.all else [])
    base = BASE * options.times // options.part
    tcphs, bad, longest = os.path.abspath(options.tcphs), 0, (0, "")
    with tempfile.TemporaryDirectory() as work:
        for kind in options.kind or KINDS:
            few, many = os.path.join(work, "few.pcap"), os.path.join(work, "many.pcap")
            write(few, kind, base)
            write(many, kind, base * MANY)
            for command in commands:
                took = seconds([tcphs, *command, many])
                longest = max(longest, (took, "%s, %s" % (" ".join(command), kind)))
                if took <= ENOUGH:
                    continue
                for _ in range(3):  # processor time, too, is longer where others use its caches
                    before = seconds([tcphs, *command, few])
                    if took <= RATIO * before:
                        break
                    took = min(took, seconds([tcphs, *command, many]))
                else:
                    bad += 1
                    print("not ok: %s, %s: %.2f s, and %.2f s for %d times the packets" % (
                        " ".join(command), kind, before, took, MANY))
    print("%d kinds, %d commands; the longest took %.2f s (%s)" % (
        len(options.kind or KINDS), len(commands), *longest))
    sys.exit(bad > 0)


main()
