# SPDX-License-Identifier: BSD-3-Clause
"""cases.txt, read: each case as packets, the code it is about, and the packets that it marks."""
import collections
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from netlab import capfile                       # noqa: E402
from netlab.frame import (                       # noqa: E402
    OPT_MSS, OPT_SACK, OPT_SACK_OK, OPT_TS, OPT_WSCALE, Frame, build_options, inet_sum, syn_options)

BEGIN = 1_790_000_000 * 10**9
TEXT = bytes(range(97, 123)) * 60
# who: (address, port, ISN, who it talks to)
ENDS = {"C": ("192.0.2.1", 40000, 0x2F000001, "S"), "S": ("192.0.2.2", 80, 0x71000001, "C"),
        "C2": ("192.0.2.1", 40001, 0x9A32C501, "S2"), "S2": ("192.0.2.2", 80, 0xC05E1177, "C2"),
        "X2": ("192.0.2.7", 40001, 0x1B0D9F63, "Y2"), "Y2": ("192.0.2.2", 80, 0xE4415A0D, "X2")}
CLOSE = ((0, "C", "FA", 1, 1), (20, "S", "A", 1, 2), (60, "S", "FA", 1, 2), (60, "C", "A", 2, 2))

# kind: 'case' or 'quiet'; marks: {packet: [code]}; says: what stands in the first connection's verdict; isns: {who: ISN}
Case = collections.namedtuple("Case", "kind code packets marks says isns", defaults=((), {}))


def read(path=os.path.join(HERE, "cases.txt")):
    """[Case] of the file"""
    found, kind, code, lines = [], None, None, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip()
            if line.startswith("#") or not line:
                continue
            if line.startswith(("case ", "quiet ")):
                found += [make(kind, code, lines)] if kind else []
                kind, code = line.split()
                lines = []
            else:
                lines.append(line)
    return found + [make(kind, code, lines)]


def make(kind, code, lines):
    packets, marks, says, isns = [], {}, [], {who: end[2] for who, end in ENDS.items()}
    try:
        for line in lines:
            if line.startswith("says "):
                says.append(line[5:])
                continue
            line, _, mark = line.partition("<-")
            for step in expand(line.split()):
                packets.append(segment(step, isns))
            if mark:
                marks[len(packets)] = mark.split()
    except (ValueError, KeyError, IndexError) as error:
        raise SystemExit("cases.txt: %s %s: %r in line: %s" % (kind, code, error, line))
    return Case(kind, code, packets, marks, says, isns)


def expand(words):
    """the steps of a line: (ms, who, flags, seq, ack, length, {name: value})"""
    if words[0] == "open":
        stamps = (("1000,0", "5000,1000", "1020,5000") if "ts" in words else (None,) * 3)
        for (ms, who, flags, seq, ack), ts in zip(((0, "C", "S", 0, "-"), (20, "S", "SA", 0, 1), (20, "C", "A", 1, 1)), stamps):
            yield ms, who, flags, seq, ack, 0, ({"ts": ts} if ts else {})
    elif words[0] == "close":
        for ms, who, flags, seq, ack in CLOSE:
            yield float(words[1]) + ms, who, flags, seq, ack, 0, {}
    else:
        ms, who, flags, seq, ack, *rest = words
        length = int(rest.pop(0)) if rest and rest[0].isdigit() else 0
        yield float(ms), who, flags, seq, ack, length, dict((w.split("=", 1) + [""])[:2] for w in rest)


def value(text, base):
    """a field: relative to an ISN, =N as it is, - for 0"""
    text = str(text)
    if text == "-":
        return 0
    return int(text[1:]) if text.startswith("=") else base + int(text)


def options_of(flags, extra):
    named = {"mss", "ws", "sackok", "ts", "opt", "bare"} & set(extra)
    if "S" in flags and (not named or named == {"ts"}):
        ts = tuple(map(int, extra["ts"].split(","))) if "ts" in extra else None
        return build_options(syn_options(ts=ts))
    out = []
    if "mss" in extra:
        out.append((OPT_MSS, struct.pack("!H", int(extra["mss"]))))
    if "sackok" in extra:
        out.append((OPT_SACK_OK, b""))
    if "ts" in extra:
        out += [(1, b""), (1, b""), (OPT_TS, struct.pack("!II", *map(int, extra["ts"].split(","))))]
    if "ws" in extra:
        out.append((OPT_WSCALE, bytes([int(extra["ws"])])))
    return build_options(out)


def segment(step, isns):
    ms, who, flags, seq, ack, length, extra = step
    address, port, _, peer = ENDS[who]
    if "isn" in extra:
        isns[who] = int(extra["isn"])
    octets = TEXT[:length]
    frame = Frame(address, ENDS[peer][0], port, ENDS[peer][1], "" if flags == "." else flags, value(seq, isns[who]),
                  value(ack, isns[peer]), octets.upper() if "upper" in extra else octets)
    raw = options_of(flags, extra)
    if "sack" in extra:
        edges = [value(edge, isns[peer]) & 0xFFFFFFFF for edge in extra["sack"].split("-")]
        raw += build_options([(1, b""), (1, b""), (OPT_SACK, struct.pack("!II", *edges))])
    raw += bytes.fromhex(extra.get("opt", ""))
    frame.raw_options = raw + b"\0" * (-len(raw) % 4)
    frame.window = int(extra.get("window", 64240))
    frame.urgent, frame.reserved = int(extra.get("urgent", 0)), int(extra.get("reserved", 0))
    # a new datagram each, unless a case says that two of them are the same one
    frame.ip_id = int(extra["ipid"]) if "ipid" in extra else 1000 + int(ms)
    frame.ttl = int(extra.get("ttl", 64))
    data = damaged(frame.build(), frame, extra)
    snap = int(extra.get("snap", len(data)))
    return capfile.Packet(BEGIN + round(ms * 10**6), data[:snap], len(data))


def damaged(data, frame, extra):
    """the frame with the faults that a case asks for"""
    tcp, data = 34, bytearray(data)
    if "offset" in extra:
        data[tcp + 12] = int(extra["offset"]) << 4 | data[tcp + 12] & 15
    if "iplen" in extra:
        struct.pack_into("!H", data, 16, int(extra["iplen"]))
    if extra.get("sum") == "bad":
        data[tcp + 16] ^= 0x55
    elif extra.get("sum") == "pseudo":
        size = struct.pack("!HH", 6, len(data) - tcp)
        struct.pack_into("!H", data, tcp + 16, inet_sum(frame.src.packed + frame.dst.packed + size))
    return bytes(data)
