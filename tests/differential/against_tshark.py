#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Hold tcphs against tshark: which packets are TCP, their numbers, which of them belong together, and the ISNs.

usage: against_tshark.py [--tcphs PROGRAM] [-v] [CAPTURE | DIR ...]

Without arguments it compares the project's own captures/. tshark is sometimes wrong; what was looked at and found so
is in adjudicated.txt. A difference that is not there is a failure.

Exit status: 0 no other difference, 1 some, 2 tcphs can't be run, 77 there is no tshark.
"""
import argparse
import collections
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from netlab.reading import Reading, ends         # noqa: E402

SKIP = 77
FIELDS = ("frame.number", "tcp.stream", "tcp.seq_raw", "tcp.ack_raw", "tcp.len", "tcp.flags.syn", "tcp.srcport",
          "icmp.type", "icmpv6.type")


def tshark_view(path):
    """{packet: (stream, seq, ack, length, SYN, source port)}; of tunnelled segments the innermost"""
    command = ["tshark", "-n", "-r", path, "-Y", "tcp", "-T", "fields", "-E", "occurrence=l", "-E", "separator=|"]
    for field in FIELDS:
        command += ["-e", field]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    view = {}
    for line in run.stdout.splitlines():
        packet, stream, seq, ack, length, syn, port, icmp4, icmp6 = line.split("|")
        if not icmp4 and not icmp6 and stream and seq:  # a header that an ICMP error quotes is no segment
            view[int(packet)] = (int(stream), int(seq), int(ack or 0), int(length or 0),
                                 syn in ("1", "True"), int(port))
    return view


def tcphs_view(reading):
    """the same from tcphs, with the connection for the stream"""
    view = {}
    for c in reading.connections:
        client, server = ends(c)
        for s in reading.segments[c["id"]]:
            packet = s["packet"][1] if isinstance(s["packet"], list) else s["packet"]
            port = (client if s["from"] == "client" else server)[1]
            view[packet] = (c["id"], s["seq"], s["ack"], s["length"], "SYN" in s["flags"], port)
    return view


def compare(theirs, ours):
    """[(what, which, tshark, tcphs)]"""
    found = []
    for packet in sorted(set(theirs) ^ set(ours)):
        found.append(("segment", "packet %d" % packet, *("yes" if packet in view else "no" for view in (theirs, ours))))
    both = sorted(set(theirs) & set(ours))
    for packet in both:
        for what, n in (("seq", 1), ("ack", 2), ("length", 3)):
            if theirs[packet][n] != ours[packet][n] and ours[packet][n] is not None:
                found.append((what, "packet %d" % packet, theirs[packet][n], ours[packet][n]))
    isns = [{(v[5], v[1]) for v in view.values() if v[4]} for view in (theirs, ours)]
    for port, isn in sorted(isns[0] ^ isns[1]):
        found.append(("isn", "port %d" % port, *(isn if (port, isn) in known else "none" for known in isns)))
    return found + compare_streams({p: theirs[p][0] for p in both}, {p: ours[p][0] for p in both})


def compare_streams(theirs, ours):
    """streams that are not exactly one connection, once for each stream"""
    groups = [collections.defaultdict(set) for _ in range(2)]
    for view, group in ((theirs, groups[0]), (ours, groups[1])):
        for packet, key in view.items():
            group[key].add(packet)
    connections, found = set(map(frozenset, groups[1].values())), []
    for packets in groups[0].values():
        if frozenset(packets) not in connections:
            parts = ["%d of connection %d" % (len(packets & groups[1][c]), c) for c in sorted({ours[p] for p in packets})]
            found.append(("stream", "packet %d" % min(packets), "%d packets" % len(packets), " + ".join(parts)))
    return found


def adjudicated():
    """{(capture, what)}: differences where tshark was found to be wrong, or to mean something else"""
    with open(os.path.join(HERE, "adjudicated.txt"), encoding="utf-8") as file:
        return {tuple(line.split()[:2]) for line in file if line.strip() and not line.startswith("#")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("-v", action="store_true", help="print the adjudicated differences too")
    parser.add_argument("capture", nargs="*", default=[os.path.join(HERE, "..", "..", "captures")])
    args = parser.parse_args()
    if not shutil.which("tshark"):
        print("against_tshark: SKIPPED: there is no tshark here")
        return SKIP
    if not os.access(args.tcphs, os.X_OK):
        print("against_tshark: %s: no such program; build it, or say --tcphs PROGRAM" % args.tcphs, file=sys.stderr)
        return 2
    known, total = adjudicated(), collections.Counter()
    paths = [p for name in args.capture
             for p in (sorted(glob.glob(os.path.join(name, "*.*cap*"))) if os.path.isdir(name) else [name])]
    for path in paths:
        name, reading, theirs = os.path.basename(path), Reading(args.tcphs, path), tshark_view(path)
        if reading.trouble:
            print(reading.trouble)
            total["different"] += 1
            continue
        total["captures"] += 1
        total["segments"] += len(theirs)
        total["streams"] += len({v[0] for v in theirs.values()})
        for what, which, want, have in compare(theirs, tcphs_view(reading)):
            expected = (name, what) in known or ("*", what) in known
            total["adjudicated" if expected else "different"] += 1
            if args.v or not expected:
                print("%s, %s of %s: tshark %s, tcphs %s%s" % (name, what, which, want, have,
                                                               " (adjudicated)" if expected else ""))
    print("tshark: %d captures, %d segments, %d streams: %d differences, and %d adjudicated ones" % tuple(
        total[k] for k in ("captures", "segments", "streams", "different", "adjudicated")))
    return 1 if total["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
