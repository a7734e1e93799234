#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: fates.py ROOT OUTPUT

Writes a capture, as if taken at the client, of a connection in which a segment is lost (the server
speaks later and does not have it), sent again, and another one captured twice."""

import os
import sys

ROOT = os.path.abspath(sys.argv[1])
sys.path.insert(0, os.path.join(ROOT, "tests"))
from netlab import capfile  # noqa: E402
from netlab.frame import OPT_MSS, Frame  # noqa: E402

CLIENT, SERVER, PORT = "192.0.2.1", "192.0.2.2", 40000
ISN = (1_000_000_000, 2_000_000_000)
# ms, from the client?, flags, sequence number, acknowledgement, octets, IP identification
SEGMENTS = (
    (0, True, "S", 0, None, 0, 1),
    (20, False, "SA", 0, 1, 0, 1),
    (20.05, True, "A", 1, 1, 0, 2),
    (60, True, "PA", 1, 1, 50, 3),  # does not arrive
    (140, False, "PA", 1, 1, 30, 2),
    (140.05, True, "A", 51, 31, 0, 4),
    (420, True, "PA", 1, 31, 50, 5),
    (440, False, "A", 31, 51, 0, 3),
    (500, True, "PA", 51, 31, 10, 6),
    (500.02, True, "PA", 51, 31, 10, 6),  # the same datagram once more
    (520, False, "A", 31, 61, 0, 4),
    (600, True, "FA", 61, 31, 0, 7),
    (620, False, "A", 31, 62, 0, 5),
    (660, False, "FA", 31, 62, 0, 6),
    (660.05, True, "A", 62, 32, 0, 8),
)


def main():
    packets = []
    for ms, client, flags, seq, ack, octets, number in SEGMENTS:
        ends = (CLIENT, SERVER, PORT, 80) if client else (SERVER, CLIENT, 80, PORT)
        mine, other = ISN if client else reversed(ISN)
        options = [(OPT_MSS, b"\x05\xb4")] if "S" in flags else []
        frame = Frame(*ends, flags, mine + seq, 0 if ack is None else other + ack, b"x" * octets, options=options)
        frame.ip_id = number
        packets.append(capfile.Packet(1_790_000_000 * 10**9 + int(ms * 10**6), frame.build()))
    capfile.write_pcap(sys.argv[2], packets)


main()
