#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Is every error that tcphs finds in these captures one that a reading of the packets confirms?

usage: errors.py [--tcphs PROGRAM] [CAPTURE | DIR ...]

errors.txt has the readings, by capture (its folder and the end of its name), packet and code, with what stands in the packets;
that is looked up here, without tcphs. A diagnosis of error severity that is not in the table is a complaint, and so is a row
that tcphs does not say of a capture that is here. Without arguments: the project's own captures/.

Exit status: 0 nothing found, 1 something, 2 tcphs can't be run.
"""
import argparse
import collections
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from netlab import capfile                       # noqa: E402
from netlab.frame import FLAG_LETTERS            # noqa: E402
from netlab.reading import Reading               # noqa: E402

Row = collections.namedtuple("Row", "capture packet code facts")


def read(path=os.path.join(HERE, "errors.txt")):
    """[Row]; a row says its facts as 'PACKET FLAGS name=value …', several of them with ;"""
    rows = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip() or line[0] == " ":
                continue
            capture, packet, code, facts = line.split(None, 3)
            rows.append(Row(capture, int(packet), code, [fact.split() for fact in facts.split(";")]))
    return rows


def fields(data):
    """{name: value} of the TCP header in IPv4 over Ethernet that these octets are"""
    ip = next(at + 2 for at in range(12, len(data) - 1, 4) if data[at:at + 2] == b"\x08\x00")
    tcp = ip + (data[ip] & 15) * 4
    get = lambda at, size: int.from_bytes(data[tcp + at:tcp + at + size], "big")        # noqa: E731
    head, bits = (data[tcp + 12] >> 4) * 4, data[tcp + 13]
    end = ip + int.from_bytes(data[ip + 2:ip + 4], "big")
    return {"flags": "".join(c for n, c in enumerate(FLAG_LETTERS) if bits >> n & 1) or "-", "sport": get(0, 2),
            "dport": get(2, 2), "seq": get(4, 4), "ack": get(8, 4), "header": head, "room": end - tcp,
            "length": end - tcp - head, "options": data[tcp + 20:tcp + max(head, 20)].hex(),
            "data": data[tcp + head:end].hex()}


def untrue(row, packets):
    """what of a row does not stand in the packets"""
    for number, flags, *facts in row.facts:
        have = fields(packets[int(number) - 1].data)
        for name, want in [("flags", flags)] + [fact.split("=") for fact in facts]:
            if name == "options" or name == "data":
                if want not in have[name]:
                    yield "packet %s: %s are %s" % (number, name, have[name])
            elif str(have[name]) != want:
                yield "packet %s: %s is %s, not %s" % (number, name, have[name], want)


def judge(tcphs, path, rows):
    """(how many errors, [complaint]) of one capture"""
    name = os.path.basename(path)
    folder = os.path.basename(os.path.dirname(os.path.abspath(path)))
    rows = [row for row in rows if folder == row.capture.split("/")[0] and name.endswith(row.capture.split("/")[1])]
    reading = Reading(tcphs, path, check=True, seconds=600)
    said = collections.Counter((d["packet"], d["code"]) for d in reading.diagnoses if d["severity"] == "error")
    listed = collections.Counter((row.packet, row.code) for row in rows)
    packets = capfile.read(path)[1] if rows else []
    found = [reading.trouble] if reading.trouble else []
    found += ["packet %s: %s: no reading confirms it" % key for key in (said - listed)]
    found += ["packet %d: %s is in errors.txt, and not said" % key for key in (listed - said)]
    found += [complaint for row in rows for complaint in untrue(row, packets)]
    return sum(said.values()), ["%s: %s" % (name, complaint) for complaint in found]


def captures(arguments):
    for name in arguments:
        if os.path.isdir(name):
            yield from sorted(os.path.join(name, f) for f in os.listdir(name) if re.search(r"\.(pcap|pcapng|cap|eth|dmp)(\.gz)?$", f))
        else:
            yield name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("capture", nargs="*", default=[os.path.join(HERE, "..", "..", "captures")])
    args = parser.parse_args()
    if not os.access(args.tcphs, os.X_OK):
        print("errors: %s: no such program; build it, or say --tcphs PROGRAM" % args.tcphs, file=sys.stderr)
        return 2
    rows, tried, errors, wrong = read(), 0, 0, []
    for path in captures(args.capture):
        count, found = judge(args.tcphs, path, rows)
        tried, errors, wrong = tried + 1, errors + count, wrong + found
    print("\n".join(wrong + ["errors: %d captures, %d errors, %d complaints" % (tried, errors, len(wrong))]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
