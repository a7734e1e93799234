#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Record captures/ again, from real TCP connections between two network namespaces.

usage: record.py [--list] [-o DIR] [NAME ...]

Needs root, /dev/net/tun, ip(8), and iptables(8) for the few that want a firewall. Without NAME every scenario of
tests/netlab/scenarios.py that belongs into captures/ is recorded. index.py makes captures/INDEX.md afterwards.
"""
import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from netlab import capfile                       # noqa: E402
from netlab.frame import Frame                   # noqa: E402
from netlab.host import Recorder                 # noqa: E402
from netlab.lab import Lab                       # noqa: E402
from netlab.scenarios import SCENARIOS           # noqa: E402

# what is not in captures/: shown as well by another one there, and interesting for the kernel oracle only
ONLY_ORACLE = {"refused-ipv6", "server-closes", "third-ack-lost-data", "synack-reordered", "syn-copied", "half-open-data",
               "reset-by-server", "abandoned-close", "fin-data", "reset-unread", "firewall-at-server"}
ONLY_ORACLE |= {name for name, this in SCENARIOS.items() if this.run.__module__.endswith(".harder")}
CAPTURED = [name for name in SCENARIOS if name not in ONLY_ORACLE]


def tagged(packet):
    """the same frame as a trunk carries it: VLAN 7"""
    frame = Frame.parse(packet.data)
    frame.vlans = [(0x8100, 7)]
    return capfile.Packet(packet.time, frame.build())


def record(name):
    """the packets of this scenario, as its tap saw them"""
    this = SCENARIOS[name]
    lab = Lab(family=this.family, **this.lab)
    loopback = lab.A.run(Recorder, "lo") if this.tap == "lo" else None
    try:
        this.run(lab)
        lab.finish()
        if loopback:
            return [capfile.Packet(when, data) for when, outgoing, data in loopback.frames() if not outgoing]
        packets = [packet for packet, _ in lab.recording(this.tap)]
        return [tagged(p) for p in packets] if name == "vlan" else packets
    finally:
        lab.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print the names and what each shows")
    parser.add_argument("-o", default=os.path.join(HERE, "..", "..", "captures"), metavar="DIR")
    parser.add_argument("name", nargs="*", choices=[[], *SCENARIOS], metavar="NAME")
    args = parser.parse_args()
    for name in args.name or CAPTURED:
        if args.list:
            print("%-24s %s" % (name, SCENARIOS[name].what))
            continue
        packets = record(name)
        capfile.write_pcap(os.path.join(args.o, name + ".pcap"), packets, snaplen=SCENARIOS[name].snaplen)
        print("%-24s %3d packets" % (name, len(packets)), flush=True)


if __name__ == "__main__":
    main()
