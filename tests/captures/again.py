#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Is a capture of captures/ what its scenario records? Record it again, and compare what tcphs reads in both.

usage: again.py [--tcphs PROGRAM] [--tries N] [NAME ...]

Numbers and times differ, of course; the words for how each connection opened and closed, the place of the tap, and each
segment's direction, flags, fate and the states after it must not. Where two hosts race, another order is as right: each
scenario has a few tries. Without NAME all recorded ones are made again, which takes two minutes. Exit status 77: not
root, or no /dev/net/tun.
"""
import argparse
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CAPTURES = os.path.join(HERE, "..", "..", "captures")
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import record                                    # noqa: E402
from netlab import capfile                       # noqa: E402
from netlab.reading import Reading               # noqa: E402


def shape(tcphs, path):
    reading = Reading(tcphs, path)
    if reading.trouble or not reading.connections:
        return reading.trouble or "no connection in " + path
    return [((c["open"]["kind"], c["close"]["kind"], c["vantage"]),
             [(s["from"], tuple(s["flags"]), s["length"] > 0, s["fate"], s["client_state"], s["server_state"])
              for s in reading.segments[c["id"]]]) for c in reading.connections]


def difference(kept, now):
    if isinstance(now, str) or len(kept) != len(now):
        return now if isinstance(now, str) else "%d connections, kept are %d" % (len(now), len(kept))
    for number, (old, new) in enumerate(zip(kept, now), 1):
        if old[0] != new[0]:
            return "connection %d: %s, kept is %s" % (number, " ".join(new[0]), " ".join(old[0]))
        for at, (a, b) in enumerate(zip(old[1], new[1]), 1):
            if a != b:
                return "connection %d, segment %d: %s, kept is %s" % (number, at, b, a)
        if len(old[1]) != len(new[1]):
            return "connection %d: %d segments, kept are %d" % (number, len(new[1]), len(old[1]))
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("--tries", type=int, default=3, metavar="N")
    parser.add_argument("name", nargs="*", choices=[[], *record.CAPTURED], metavar="NAME")
    args = parser.parse_args()
    if os.geteuid() != 0 or not os.path.exists("/dev/net/tun"):
        print("recording needs root and /dev/net/tun")
        return 77
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in args.name or record.CAPTURED:
            kept = shape(args.tcphs, os.path.join(CAPTURES, name + ".pcap"))
            path = os.path.join(folder, name + ".pcap")
            for attempt in range(1, args.tries + 1):
                capfile.write_pcap(path, record.record(name), snaplen=record.SCENARIOS[name].snaplen)
                differs = difference(kept, shape(args.tcphs, path))
                if not differs:
                    break
            print("%-24s %s" % (name, "differs: " + differs if differs else "the same (try %d)" % attempt), flush=True)
            bad += differs is not None
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
