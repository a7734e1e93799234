#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: addresses.py ROOT OUTPUT [MANY]

Writes a capture of the longest addresses that IPv4 has, with ports of five digits: some of the
project's captures, each with another pair; or MANY calls of long ports, all refused."""

import ipaddress
import os
import sys

ROOT = os.path.abspath(sys.argv[1])
sys.path.insert(0, os.path.join(ROOT, "tests"))
from netlab import capfile  # noqa: E402
from netlab.frame import Frame  # noqa: E402

PAIRS = {
    "three-way": ("192.168.100.101", "203.113.222.245"),
    "refused": ("192.168.100.102", "203.113.222.246"),
    "synack-lost": ("192.168.100.103", "203.113.222.247"),
    "bad-synack": ("192.168.100.104", "203.113.222.248"),
    "reset": ("192.168.100.105", "10.0.0.7"),
}


def changed(name, ends, port, server_port=None):
    packets = capfile.read(os.path.join(ROOT, "captures", name + ".pcap"))[1]
    ends = [ipaddress.ip_address(end) for end in ends]
    client = Frame.parse(packets[0].data).src
    for packet in packets:
        frame = Frame.parse(packet.data)
        if frame.src == client:
            frame.src, frame.dst, frame.sport = *ends, port
            frame.dport = server_port or frame.dport
        else:
            frame.src, frame.dst, frame.dport = *reversed(ends), port
            frame.sport = server_port or frame.sport
        yield capfile.Packet(packet.time, frame.build())


def main():
    packets = []
    calls = [(name, ends, None) for name, ends in PAIRS.items()]
    if len(sys.argv) > 3:
        calls = [("refused", PAIRS["three-way"], 61234)] * int(sys.argv[3])
    for number, (name, ends, server_port) in enumerate(calls):
        begin = packets[-1].time + 10**9 if packets else 1_790_000_000 * 10**9
        new = list(changed(name, ends, 54321 + number, server_port))
        later = begin - new[0].time
        packets += [capfile.Packet(packet.time + later, packet.data) for packet in new]
    capfile.write_pcap(sys.argv[2], packets)


main()
