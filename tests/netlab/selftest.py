#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""netlab's own reading and writing, tried on every capture of captures/: what is read and written again is the same."""
import glob
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from netlab import capfile                       # noqa: E402
from netlab.frame import Frame, inet_sum, syn_options  # noqa: E402

FORMATS = [lambda path, packets, order=order, nano=nano: capfile.write_pcap(path, packets, order=order, nano=nano)
           for order in "<>" for nano in (False, True)]
FORMATS += [lambda path, packets, order=order: capfile.write_pcapng(path, packets, order=order) for order in "<>"]


def try_file(path, folder):
    """complaints about one capture"""
    _, packets = capfile.read(path)
    frames = [Frame.parse(p.data) for p in packets]
    if not any(frames) and not path.endswith("fragments.pcap"):
        yield "%s: no TCP was understood" % path
    for n, (packet, frame) in enumerate(zip(packets, frames), 1):
        # on a loopback device the kernel leaves the checksum to hardware that there is none of
        if frame and not frame.cut and frame.src != frame.dst and frame.build() != packet.data:
            yield "%s: packet %d is not built as it was" % (path, n)
    again = os.path.join(folder, "again")
    for n, write in enumerate(FORMATS):
        write(again, packets)
        read = capfile.read(again)[1]
        if [(p.time, p.data, p.length) for p in read] != [(p.time, p.data, p.length) for p in packets]:
            yield "%s: not the same after format %d" % (path, n)


def try_checksum():
    """RFC 1071's own example, and a segment whose sums come out as 0xffff"""
    if inet_sum(bytes.fromhex("0001f203f4f5f6f7")) != 0xDDF2:
        yield "inet_sum disagrees with RFC 1071 §3"
    ip = Frame("192.0.2.1", "192.0.2.2", 1, 2, "S", options=syn_options(ts=(1, 0))).ip_bytes()
    if inet_sum(ip[:20]) != 0xFFFF or inet_sum(ip[12:20] + b"\0\6" + bytes([0, len(ip) - 20]) + ip[20:]) != 0xFFFF:
        yield "a crafted segment has wrong checksums"


def main():
    found = list(try_checksum())
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(glob.glob(os.path.join(HERE, "..", "..", "captures", "*.pcap")))
        for path in paths:
            found += try_file(path, folder)
    print("\n".join(found) or "netlab: %d captures read, built and written as they were" % len(paths))
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
