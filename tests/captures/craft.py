#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Craft the few captures that no real stack makes.

usage: craft.py [-o DIR] [NAME ...]

Those in WRITTEN are written segment by segment in tcpdump's order of things: time in ms, who, flags, seq, ack, length,
where seq and ack are relative to the sides' ISNs. Those in CHANGED begin with a recorded capture.
"""
import argparse
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CAPTURES = os.path.join(HERE, "..", "..", "captures")
sys.path.insert(0, os.path.dirname(HERE))
from netlab import capfile                       # noqa: E402
from netlab.frame import Frame, inet_sum, syn_options  # noqa: E402

BEGIN = 1_790_000_000 * 10**9                    # a round moment, so that crafted captures never change
CLIENT, SERVER = ("192.0.2.1", 40000, 0x2F000001), ("192.0.2.2", 80, 0x71000001)
TEXT = b"GET /index.html HTTP/1.0\r\nHost: www.example.org\r\n\r\n"

# what it shows, and the segments; C is the client, S the server; * after the length: other octets than before
WRITTEN = {
    "split-open": (
        "the textbook's open in four segments: the server sends its ACK and its SYN apart (RFC 9293 §3.4.1 "
        "steps 2 and 3); no real host ends it so, see split-open-linux",
        """   0  C S   0 - 0
             20  S A   0 1 0
             21  S S   0 - 0
             21  C A   1 1 0
             60  C PA  1 1 51
             80  S A   1 52 0
            120  C FA  52 1 0
            140  S A   1 53 0
            180  S FA  1 53 0
            180  C A   53 2 0"""),
    "simultaneous-open-textbook": (
        "RFC 9293 Figure 7 to the letter: four segments; real stacks send six, see simultaneous-open",
        """   0  C S   0 - 0
              4  S S   0 - 0
             20  C SA  0 1 0
             24  S SA  0 1 0
             60  C PA  1 1 51
             70  S A   1 52 0
            120  C FA  52 1 0
            130  S A   1 53 0
            180  S FA  1 53 0
            190  C A   53 2 0"""),
    "data-after-fin": (
        "a client that sends more data after its FIN: a broken stack",
        """   0  C S   0 - 0
             20  S SA  0 1 0
             20  C A   1 1 0
             60  C FA  1 1 0
             80  S A   1 2 0
            120  C PA  2 1 51
            140  S A   1 2 0
            180  S FA  1 2 0
            180  C A   2 2 0"""),
    "overlap-conflict": (
        "the same sequence numbers sent twice with other octets: an attack on whoever reassembles the stream",
        """   0  C S   0 - 0
             20  S SA  0 1 0
             20  C A   1 1 0
             60  C PA  1 1 51
             62  C PA  1 1 51*
             80  S A   1 52 0
            120  C FA  52 1 0
            140  S A   1 53 0
            180  S FA  1 53 0
            180  C A   53 2 0"""),
    "isn-repeat": (
        "two clients' ports, one ISN: a host that does not choose its numbers anew",
        """   0  C S   0 - 0
             20  S SA  0 1 0
             20  C A   1 1 0
             60  C RA  1 1 0
            500  D S   0 - 0
            520  T SA  0 1 0
            520  D A   1 1 0
            560  D RA  1 1 0"""),
}


def written(text):
    ends = {"C": (CLIENT, SERVER), "S": (SERVER, CLIENT),
            "D": ((CLIENT[0], CLIENT[1] + 1, CLIENT[2]), SERVER[:2] + (0x7C5D1A27,)),
            "T": (SERVER[:2] + (0x7C5D1A27,), (CLIENT[0], CLIENT[1] + 1, CLIENT[2]))}
    for line in text.splitlines():
        when, who, flags, seq, ack, length = line.split()
        (src, sport, isn), (dst, dport, other) = ends[who]
        octets = TEXT[:int(length.rstrip("*"))]
        frame = Frame(src, dst, sport, dport, flags, isn + int(seq), other + int(ack) if ack != "-" else 0,
                      octets.upper() if "*" in length else octets, options=syn_options() if "S" in flags else ())
        if who in "CD":
            frame.macs = frame.macs[::-1]
        data = frame.build()
        yield capfile.Packet(BEGIN + int(when) * 10**6, data)


def copied(packets):
    """what a mirror port sees that copies both directions of a switch: every frame twice"""
    for p in packets:
        yield p
        yield capfile.Packet(p.time + 20_000, p.data, p.length)


def one_way(packets):
    """only what the client sent: the answers took another path"""
    return (p for p in packets if Frame.parse(p.data).dport == 80)


def in_fragments(packets):
    """each segment in IPv4 fragments of 16 octets, the last one first; another id for each segment"""
    for number, p in enumerate(packets, 1):
        rest = p.data[34:34 + int.from_bytes(p.data[16:18], "big") - 20]
        pieces = [(at, rest[at:at + 16]) for at in range(0, len(rest), 16)]
        for i, (at, octets) in enumerate(reversed(pieces)):
            header = bytearray(p.data[14:34])
            header[2:8] = struct.pack("!HHH", 20 + len(octets), number, (at + 16 < len(rest)) << 13 | at // 8)
            header[10:12] = b"\0\0"
            header[10:12] = struct.pack("!H", 0xFFFF - inet_sum(bytes(header)))
            yield capfile.Packet(p.time + i * 1000, p.data[:14] + bytes(header) + octets)


CHANGED = {
    "fragments": ("three-way with every segment in IPv4 fragments of 16 octets, the last one first: each row is of the "
                  "packet that made its datagram whole", "three-way", in_fragments),
    "mirror-copies": ("three-way at a mirror port that copies every frame twice, 20 µs apart", "three-way", copied),
    "one-way": ("three-way where only the client's direction was captured", "three-way", one_way),
}
WHAT = {name: entry[0] for name, entry in {**WRITTEN, **CHANGED}.items()}


def craft(name):
    if name in WRITTEN:
        return list(written(WRITTEN[name][1]))
    _, base, change = CHANGED[name]
    return list(change(capfile.read(os.path.join(CAPTURES, base + ".pcap"))[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", default=CAPTURES, metavar="DIR")
    parser.add_argument("name", nargs="*", choices=[[], *WHAT], metavar="NAME")
    args = parser.parse_args()
    for name in args.name or WHAT:
        packets = craft(name)
        capfile.write_pcap(os.path.join(args.o, name + ".pcap"), packets)
        print("%-28s %3d packets" % (name, len(packets)))


if __name__ == "__main__":
    main()
