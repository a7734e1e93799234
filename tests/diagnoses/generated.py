# SPDX-License-Identifier: BSD-3-Clause
"""The cases that are no list of segments: series of ISNs, and what only a recording has."""
import itertools
import os
import random
import struct

from cases import BEGIN, Case
from netlab import capfile
from netlab.frame import Frame, syn_options

HERE = os.path.dirname(os.path.abspath(__file__))
CAPTURES = os.path.join(HERE, "..", "..", "captures")


def series(isns, seconds, same_port=False):
    """SYNs of one host with these ISNs, each answered; from a port of its own, unless all from one"""
    packets, dice = [], random.Random(7)
    for n, (isn, when) in enumerate(zip(isns, seconds)):
        port, begin = (40000 if same_port else 40000 + n), BEGIN + int(when * 10**9)
        server = dice.getrandbits(32)
        steps = ((0, "C", "S", isn, 0), (20, "S", "SA", server, isn + 1), (20, "C", "A", isn + 1, server + 1),
                 (40, "C", "RA", isn + 1, server + 1))
        for ms, who, flags, seq, ack in steps:
            ends = ("192.0.2.1", "192.0.2.2", port, 80) if who == "C" else ("192.0.2.2", "192.0.2.1", 80, port)
            frame = Frame(*ends, flags, seq, ack, options=syn_options() if "S" in flags else ())
            frame.ip_id = len(packets) & 0xFFFF
            packets.append(capfile.Packet(begin + ms * 10**6, frame.build()))
    return packets


def isn_cases():
    dice = random.Random(11)
    numbers = [dice.getrandbits(32) for _ in range(40)]
    times = list(itertools.accumulate(0.3 + dice.random() for _ in range(40)))
    healthy = series(numbers[:24], times)
    clock = [0x10000000 + int(250_000 * t) for t in times[:16]]
    yield "isn-constant", series([numbers[0]] * 5, times), healthy
    yield "isn-step-64k", series([numbers[0] + 64000 * n for n in range(6)], times), healthy
    yield "isn-step-small", series([numbers[0] + 1000 * n + dice.randrange(900) for n in range(8)], times), healthy
    yield "isn-clock", series(clock, times), healthy
    yield "isn-low-entropy", series([n & 0x00FFF0FF | 0x42000000 for n in numbers[:24]], times), healthy
    yield "isn-clock-tuple", series(clock, times, same_port=True), series(clock[:3], times, same_port=True)


def in_fragments(packet, size=24):
    """the frame's IPv4 datagram in fragments of `size` octets of payload"""
    link, header, payload = packet.data[:14], bytearray(packet.data[14:34]), packet.data[34:]
    out = []
    for at in range(0, len(payload), size):
        part = payload[at:at + size]
        struct.pack_into("!H", header, 2, 20 + len(part))
        struct.pack_into("!H", header, 6, at // 8 | (0x2000 if at + size < len(payload) else 0))
        struct.pack_into("!H", header, 10, 0)
        total = sum(struct.unpack("!10H", header))
        total = (total & 0xFFFF) + (total >> 16)
        struct.pack_into("!H", header, 10, ~(total + (total >> 16)) & 0xFFFF)
        data = link + bytes(header) + part
        out.append(capfile.Packet(packet.time, data, len(data)))
    return out


def fragment_cases():
    segments = series([1000], [0])
    first = in_fragments(segments[0])
    yield "frag-incomplete", first[:1] + segments[1:], first + segments[1:]
    yield "cap-drops", segments, segments


def cases():
    """[Case], made by program"""
    pairs = list(isn_cases()) + list(fragment_cases())
    pairs += [(code, *(capfile.read(os.path.join(CAPTURES, name + ".pcap"))[1] for name in names))
              for code, *names in (("icmp-error", "icmp-refused", "refused"), ("open-self", "self-connect", "three-way"))]
    return [Case(kind, code, packets, {}) for code, *both in pairs for kind, packets in zip(("case", "quiet"), both)]
