#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Each diagnosis is shown by a capture, and not by its sibling.

usage: run.py [--tcphs PROGRAM] [--keep DIR] [--write] [-v] [CODE ...]

The captures are made from cases.txt and generated.py. Every code of include/tcphs/codes.h has to be there, but for those
in ELSEWHERE, which no capture alone can show. What is said of the first case of each code is in expected.txt: severity,
packet, numbers, RFC, section and sentence; --write keeps it as it is said now, for somebody to read. --keep leaves the
captures in DIR.
"""
import argparse
import os
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import cases                                     # noqa: E402
import expected                                  # noqa: E402
import generated                                 # noqa: E402
from netlab import capfile                       # noqa: E402
from netlab.reading import Reading               # noqa: E402

# what it takes instead of a capture
ELSEWHERE = {"evicted": "a bound on memory: tests/unit/test_limits.c",
             "vantage": "a field of the connection"}


def known_codes():
    with open(os.path.join(HERE, "..", "..", "include", "tcphs", "codes.h"), encoding="utf-8") as file:
        return re.findall(r'X\(D_\w+, "([^"]+)"', file.read())


def judge(case, reading):
    """complaints about one case"""
    if reading.trouble:
        return [reading.trouble]
    at = {}
    for d in reading.diagnoses:
        packet = d.get("packet")
        at.setdefault(packet[1] if isinstance(packet, list) else packet, []).extend(
            [d["code"], "%s/%s" % (d["code"], d["severity"])])
    said = {d["code"] for d in reading.diagnoses}
    unsaid = ["the verdict lacks '%s': %s" % (words, reading.connections[0]["verdict"])
              for words in case.says if words not in reading.connections[0]["verdict"]]
    if case.kind == "quiet":
        return unsaid + (["said, and should not be"] if case.code in said else [])
    found = ["%s is not said at packet %d, but %s" % (code, packet, at.get(packet, "nothing"))
             for packet, codes in case.marks.items() for code in codes if code not in at.get(packet, ())]
    if not found and case.code not in said:
        found.append("not said; said is %s" % sorted(said))
    return found + unsaid


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("-v", action="store_true", help="print the good ones too")
    parser.add_argument("code", nargs="*", metavar="CODE")
    args = parser.parse_args()
    everything = cases.read() + generated.cases()
    missing = set(known_codes()) - {c.code for c in everything if c.kind == "case"} - set(ELSEWHERE)
    wrong = ["%-22s has no case" % code for code in sorted(missing)] if not args.code else []
    table, told = expected.read(), {}
    wrong += [] if args.code or args.write else expected.left_out(table, set(known_codes()) - set(ELSEWHERE))
    if args.keep:
        os.makedirs(args.keep, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for case in everything:
            if args.code and case.code not in args.code:
                continue
            path = os.path.join(args.keep or folder, "%s.%s.pcap" % (case.code, case.kind))
            if case.code == "cap-drops":  # the statistics of an interface say so
                capfile.write_pcapng(path, case.packets, dropped=3 if case.kind == "case" else 0)
            else:
                capfile.write_pcap(path, case.packets)
            reading = Reading(args.tcphs, path, check=True)
            found = judge(case, reading)
            if case.kind == "case" and case.code not in told and not found:
                told[case.code] = expected.Told(case, reading)
                found += [] if args.write else told[case.code].differences(table.get(case.code))
            wrong += ["%-22s %-5s %s" % (case.code, case.kind, complaint) for complaint in found]
            if args.v and not found:
                print("%-22s %-5s ok" % (case.code, case.kind))
    if args.write:
        expected.write(told, known_codes())
    print("\n".join(wrong + ["diagnoses: %d captures, %d complaints" % (len(everything), len(wrong))]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
