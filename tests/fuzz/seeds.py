#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Write seeds for the fuzz targets.

usage: seeds.py FOLDER

    FOLDER/track, FOLDER/tui   the project's captures, and conversations made here, read and shown in each of the ways
    FOLDER/flood               conversations that come again and again, with what changes from one time to the next
    FOLDER/session             conversations, once or often, and what is done with them
    FOLDER/isn, table, ranks   rows of samples, and of what comes and leaves
    FOLDER/capture             the captures, in both byte orders and formats, compressed, cut
    FOLDER/decode              the packets of the captures (fuzz_decode_seeds adds the crafted ones of the unit tests)
    FOLDER/query, expect, options, config, lesson
                               examples from the manual, the lessons and the sources
"""
import bz2
import glob
import gzip
import lzma
import os
import re
import struct
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from netlab import capfile                                  # noqa: E402
from netlab.frame import Frame, syn_options, OPT_TS, OPT_TFO  # noqa: E402

WAYS = 10
SMALL = 12000  # octets; larger seeds slow every target down


def write(folder, name, data):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def as_pcap(packets, link=capfile.ETHERNET, order="<"):
    with tempfile.NamedTemporaryFile() as file:
        capfile.write_pcap(file.name, packets, link, order, nano=True)
        return file.read()


def as_pcapng(packets, link=capfile.ETHERNET, order="<"):
    with tempfile.NamedTemporaryFile() as file:
        capfile.write_pcapng(file.name, packets, link, order)
        return file.read()


# ---- conversations ----

class Talk:
    """Two hosts that say what they are told to, with right numbers."""

    def __init__(self, six=False, isn=(1000, 0xFFFFFF00), port=40000):
        self.ends = ("fd00::1", "fd00::2") if six else ("10.0.0.1", "10.0.0.2")
        self.ports, self.next, self.time, self.packets = (port, 80), list(isn), 1_795_000_000_000_000_000, []

    def say(self, who, flags, length=0, after_ms=5, seq=None, ack=None, options=(), window=64240, ip_id=None):
        self.time += after_ms * 1_000_000
        frame = Frame(self.ends[who], self.ends[1 - who], self.ports[who], self.ports[1 - who], flags,
                      self.next[who] if seq is None else seq,
                      (self.next[1 - who] if ack is None else ack) if "A" in flags else 0,
                      b"x" * length, window, options)
        frame.ip_id = len(self.packets) + 1 if ip_id is None else ip_id
        self.packets.append(capfile.Packet(self.time, frame.build()))
        if seq is None:
            self.next[who] += length + ("S" in flags) + ("F" in flags)
        return self

    def open(self, ts=False):
        stamps = (1, 0) if ts else None
        self.say(0, "S", options=syn_options(ts=stamps))
        self.say(1, "SA", options=syn_options(ts=(9, 1) if ts else None))
        return self.say(0, "A", options=[(1, b""), (1, b""), (OPT_TS, struct.pack("!II", 2, 9))] if ts else ())

    def data(self, count=3, length=100):
        for _ in range(count):
            self.say(0, "PA", length).say(1, "A").say(1, "PA", 2 * length).say(0, "A")
        return self

    def close(self):
        return self.say(0, "FA").say(1, "A").say(1, "FA").say(0, "A")


def talks():
    yield "whole", Talk().open().data().close()
    yield "stamped", Talk(six=True).open(ts=True).data(2).close()
    yield "three-close", Talk().open().data(1).say(0, "FA").say(1, "FA").say(0, "A")
    yield "both-close", Talk().open().say(0, "FA").say(1, "FA", ack=1001).say(0, "A").say(1, "A")
    yield "refused", Talk().say(0, "S", options=syn_options()).say(1, "RA")
    yield "unanswered", Talk().say(0, "S").say(0, "S", seq=1000, after_ms=1000).say(0, "S", seq=1000, after_ms=2000)
    yield "reset", Talk().open().data(1).say(1, "R").say(0, "PA", 10)
    yield "simultaneous", Talk().say(0, "S").say(1, "S").say(0, "SA", seq=1000).say(1, "SA", seq=0xFFFFFF00).data(1)
    yield "split", Talk().say(0, "S").say(1, "A").say(1, "S").say(0, "SA", seq=1000).say(1, "A").data(1)
    fast = Talk().say(0, "S", 20, options=syn_options() + [(OPT_TFO, b"12345678")])
    yield "fast", fast.say(1, "SA", options=syn_options()).say(0, "A").data(1).close()
    lost = Talk().open().data(1)
    yield "lost", lost.say(0, "PA", 50, seq=lost.next[0] + 100).say(1, "A").say(0, "PA", 150).say(1, "A").close()
    zero = Talk().open().say(1, "A", window=0).say(0, "A", 1, after_ms=300).say(1, "A", window=0, after_ms=1)
    yield "zero-window", zero.say(1, "A").data(1)
    keep = Talk().open()
    keep.say(0, "A", seq=keep.next[0] - 1, after_ms=60000).say(1, "A").say(0, "A", seq=keep.next[0] - 1, after_ms=60000)
    yield "keepalive", keep
    again = Talk().open().close()
    again.next, again.time = [500000, 900000], again.time + 10**9
    yield "again", again.open().data(1).say(0, "RA")
    yield "midstream", Talk().data(3)
    tagged = Talk().open().data(2).close()  # one direction with a VLAN tag
    for packet in tagged.packets:
        if packet.data[34:36] == b"\0\x50":
            packet.data = packet.data[:12] + b"\x81\0\0\x07" + packet.data[12:]
    yield "tagged", tagged
    for acked in (0, 700):  # RSTs alike to the bit, for segments that were folded
        resets = Talk().open().data(2)
        for n in range(8):
            resets.say(1, "PA", 300, after_ms=1)
        if acked:
            resets.say(0, "A", ack=resets.next[1] - acked, after_ms=1)
        for n in range(12):
            resets.say(0, "R", after_ms=0 if n else 1, ip_id=0)
        yield "resets-%d" % acked, resets
    yield "flags", Talk().say(0, "SF").say(0, "").say(0, "FPU").say(0, "SR").say(1, "SAFRPUEC")


KEYS = {
    "walk": b"\x1b[B\x1b[B\r\x1b[B\x1b[Bjjkk \x1b[5~\x1b[6~q",
    "query": b"/open:three-way\r\r/x\x1b/port>80 or bytes<5\rnNq",
    "ladder": b"\re?dgSt\x1b[C\x1b[Cfabc\rpq",
    "step": b"\r......,,,P\r1\rlLq",
    "save": b"\row.svg\ry\ro\x15w.pcapng\r\x1bq",
    "sort": b"sss<>>rrGGTTTVhh\x1bq",
    "all": bytes(range(32, 127)),
}


# tests/fuzz/fuzz_flood.c: options, memory; then what changes, how often, how much later
PORT, HOST, NUMBERS, BACK, TICK, TURNED, OLD, FIRST = (1 << bit for bit in range(8))
LIVE, KEEP_ALL, PREPARE, ASK, BOUND, HUGE, SILENT = (1 << bit for bit in range(7))
FLOODS = {
    "syns": (BOUND | HUGE, 0, (PORT | HOST | FIRST, 0x4f, 0, 8)),
    "syns-asked": (BOUND | ASK, 0, (PORT | HOST | FIRST, 0x1f, 0, 20), (PORT | HOST, 10, 9, 9)),
    "open": (BOUND | ASK, 0, (PORT | HOST, 13, 1, 20), (PORT | HOST, 13, 1, 20), (NUMBERS, 13, 0, 10)),
    "open-live": (BOUND | LIVE, 20, (PORT | HOST, 13, 1, 25), (HOST | TICK, 12, 1, 20), (PORT | TICK, 10, 3, 30)),
    "aged": (LIVE | ASK, 0, (PORT | TICK, 8, 7, 30), (HOST | FIRST | TICK, 9, 7, 31), (HOST | TICK, 3, 9, 31)),
    "aged-one": (LIVE, 0, (PORT | HOST | FIRST, 12, 7, 31), (FIRST, 1, 0, 31), (PORT | TICK, 2, 7, 31)),
    "prepared": (PREPARE, 0, (PORT, 11, 0, 20)),
    "prepared-lone": (PREPARE | HUGE, 0, (PORT | HOST | FIRST, 0x2c, 0, 20), (PORT, 6, 0, 9)),
    "reused": (ASK, 0, (NUMBERS, 10, 0, 30), (NUMBERS | BACK, 6, 0, 30), (NUMBERS | TURNED, 8, 0, 31)),
    "repeated": (ASK, 0, (0, 8, 0, 10), (OLD, 6, 0, 4), (TURNED, 6, 0, 9)),
    "long": (0, 0, (0, 9, 0, 10), (TURNED, 8, 0, 10)),
    "long-kept": (KEEP_ALL, 0, (0, 9, 0, 10)),
    "long-bound": (BOUND | KEEP_ALL, 0, (PORT, 12, 0, 10), (0, 9, 0, 10), (PORT, 10, 0, 10)),
    "long-many": (BOUND, 0, (PORT, 11, 0, 10), (BACK, 11, 0, 9), (OLD, 7, 0, 2), (0, 8, 0, 10)),
    "silent": (SILENT | BOUND, 0, (PORT | HOST, 12, 1, 20), (PORT | HOST | FIRST, 15, 0, 5)),
}

# tests/fuzz/fuzz_session.c: options, times, packets a step, a number; then deeds
AHEAD, _, PIPE, SHORT, PACKETS, CONNECTIONS, OCTETS, EARLY = (1 << bit for bit in range(8))
DEEDS = bytes([0, 0, 1, 0, 2, 128, 3, 77, 0, 200, 0, 128])
SESSIONS = {
    "once": (0, 0, 9, 0), "often": (0, 5, 20, 0), "two": (AHEAD, 7, 64, 0), "two-prepared": (AHEAD | 2, 11, 64, 0),
    "two-many": (AHEAD | 2, 12, 20, 0), "pipe": (PIPE, 4, 10, 0), "short": (PIPE | SHORT, 8, 30, 0),
    "packets": (PACKETS, 5, 30, 3), "connections": (CONNECTIONS, 6, 2, 8), "octets": (OCTETS, 6, 2, 3),
    "early": (EARLY, 6, 1, 4), "early-two": (EARLY | AHEAD, 9, 9, 2), "timed": (0, 4, 5, 1), "prepared": (2, 11, 64, 0),
    "packets-two": (AHEAD | PACKETS, 9, 60, 40),
}
# other options in place of the tracker's
UNTAGGED, SUMMARIES, AGED, CUT, NOWHERE, PAGES, ALL, FRESH = (1 << bit for bit in range(8))
OTHERS = {
    "summaries": (SUMMARIES, (0, 11, 64, 0)), "summaries-two": (SUMMARIES, (AHEAD, 11, 64, 0)),
    "summaries-few": (SUMMARIES | FRESH, (AHEAD, 3, 64, 0)), "aged": (AGED, (0, 9, 30, 0)), "cut": (CUT, (0, 2, 8, 0)),
    "cut-two": (CUT | PAGES, (AHEAD, 8, 40, 0)), "nowhere": (NOWHERE | UNTAGGED, (0, 0, 8, 0)), "all": (ALL, (2, 4, 8, 0)),
}
# what is asked for and refused, in turn
SCARCE = {"once": (0, (0, 0, 8, 0)), "often": (0, (0, 11, 60, 0)), "two": (SUMMARIES | FRESH, (AHEAD, 11, 60, 0)),
          "prepared": (FRESH, (AHEAD | 2, 11, 60, 0)), "all": (ALL, (0, 1, 9, 0)), "aged": (AGED | FRESH, (0, 9, 30, 0))}


def seeds_of_floods(folder):
    chosen = [(name, as_pcap(talk.packets)) for name, talk in talks()]
    for capture in ("fragments", "icmp-refused", "vlan", "ipv6", "fast-open"):
        with open(os.path.join(ROOT, "captures", capture + ".pcap"), "rb") as file:
            chosen.append((capture, file.read()))
    for n, (name, data) in enumerate(chosen):
        for k, (kind, program) in enumerate(FLOODS.items()):
            if (n + k) % 3 == 0 or name in ("whole", "stamped"):
                keys = bytes(program[:2]) + b"".join(bytes(step) for step in program[2:])
                write(os.path.join(folder, "flood"), kind + "-" + name, bytes([0, 0, 0, len(keys)]) + keys + data)
        for k, (kind, program) in enumerate(SESSIONS.items()):
            if (n + k) % 3 == 0 or name in ("whole", "stamped", "fragments"):
                keys = bytes(program) + DEEDS
                write(os.path.join(folder, "session"), kind + "-" + name, bytes([n, 0, 0, len(keys)]) + keys + data)
        for k, (kind, (options, program)) in enumerate(OTHERS.items()):
            if (n + k) % 3 == 0 or name in ("whole", "fragments"):
                keys = bytes(program) + DEEDS
                write(os.path.join(folder, "session"), kind + "-" + name, bytes([n, options, 0, len(keys)]) + keys + data)
        for k, (kind, (options, program)) in enumerate(SCARCE.items()):
            for turn in range(1, 64):
                if name not in ("whole", "fragments", "ipv6", "icmp-refused", "tagged") and (turn + n) % 13:
                    continue
                keys = bytes(program) + DEEDS
                write(os.path.join(folder, "session"), "scarce-%s-%d-%s" % (kind, turn, name), bytes(
                    [4 * (turn % 7 == 0), options, 4 * turn | (n + turn) % 2 | 2 * (turn % 5 == 0), len(keys)]) + keys + data)


def seeds_of_numbers(folder):
    for generator in range(8):
        for host in (0, 2, 20, 41, 63):
            rows = bytes([generator, 0x65, host, 3]) + struct.pack(">I", 0x01000310 + generator * 977)
            again = bytes([generator, 0x85, host, 9]) + struct.pack(">I", 0x00fa1234 * (generator + 1))
            write(os.path.join(folder, "isn"), "generator-%d-%d" % (generator, host), bytes([host & 1]) + rows + again)
    many = b"".join(bytes([4, 0x20 + size, 16 * size, size]) + struct.pack(">I", size << 20) for size in range(12))
    write(os.path.join(folder, "isn"), "many", b"\1" + many)
    write(os.path.join(folder, "isn"), "all", b"\0" + many)
    for huge in (0, 0x80):
        grow = bytes([huge, 18, 0, 7, 0, 18, 0, 7, 0, 17, 0, 9, 4, 3, 0, 0, 1, 16, 0, 0, 2, 15, 0, 0, 3, 9, 0, 0, 0, 17, 0, 1])
        crowd = bytes([huge, 9, 1, 1, 0, 9, 1, 2, 2, 8, 0, 0, 1, 8, 0, 0, 3, 4, 1, 1])
        write(os.path.join(folder, "table"), "grow-%d" % huge, grow)
        write(os.path.join(folder, "table"), "crowd-%d" % huge, crowd)
    come, oldest, newest, some, settle, look = range(6)
    thin = bytes([15, look, 0, 0, come, 15, 0, some, 0, 5, look, 0, 0, come, 13, 3, some, 0, 30, settle, 0, 0, look, 0, 0])
    ends = bytes([12, oldest, 11, 1, newest, 10, 0, look, 0, 0, come, 14, 1, newest, 13, 0, oldest, 15, 0, look, 0, 0])
    for turn in range(1, 16):
        write(os.path.join(folder, "ranks"), "scarce-%d" % turn, bytes([16 * turn | 12]) + thin[1:] + bytes(turn % 8))
        write(os.path.join(folder, "table"), "scarce-%d" % turn,
              bytes([8 * turn - 8 * turn % 5, 19, 0, 7, 0, 18, 0, 7, 1, 17, 0, 7, 0, 19, 0, 9, 4, 3, 0, 0]))
    write(os.path.join(folder, "ranks"), "thin", thin)
    write(os.path.join(folder, "table"), "emptied", b"".join(bytes([0, power, 0, 7]) for power in (17, 16, 13, 11, 9, 8, 7)))
    write(os.path.join(folder, "ranks"), "ends", ends)


def seeds_of_talks(folder):
    names = []
    for path in sorted(glob.glob(os.path.join(ROOT, "captures", "*.pcap"))):
        with open(path, "rb") as file:
            names.append((os.path.basename(path)[:-5], file.read()))
    names += [("made-" + name, as_pcap(talk.packets)) for name, talk in talks()]
    names = [(name, data) for name, data in names if len(data) <= SMALL]
    for n, (name, data) in enumerate(names):
        write(os.path.join(folder, "track"), name, bytes([n % WAYS + 10 * (n % 24), n * 37 % 256, n * 11 % 256, 0]) + data)
        keys = list(KEYS.values())[n % len(KEYS)]
        write(os.path.join(folder, "tui"), name, bytes([n, n * 37 % 256, n * 11 % 256, len(keys)]) + keys + data)
        write(os.path.join(folder, "capture"), name, data)


def seeds_of_files(folder):
    packets = Talk().open().data(2).close().packets
    little, ng = as_pcap(packets), as_pcapng(packets)
    forms = {"big.pcap": as_pcap(packets, order=">"), "little.pcapng": ng, "big.pcapng": as_pcapng(packets, order=">"),
             "cut.pcap": little[:-20], "cut.pcapng": ng[:-20], "empty": b"", "head": little[:24],
             "little.pcap.gz": gzip.compress(little, mtime=0), "cut.pcap.gz": gzip.compress(little, mtime=0)[:-30],
             "little.pcap.xz": lzma.compress(little), "little.pcapng.bz2": bz2.compress(ng), "two.pcapng": ng + ng}
    for name, data in forms.items():
        write(os.path.join(folder, "capture"), name, data)


def seeds_of_packets(folder):
    seen = set()
    for path in sorted(glob.glob(os.path.join(ROOT, "captures", "*.pcap"))):
        link, packets = capfile.read(path)
        for packet in packets[:6]:
            shape = (link, len(packet.data), packet.data[12:16], packet.data[46:48])
            if shape not in seen and len(packet.data) < 400:
                seen.add(shape)
                write(os.path.join(folder, "decode"), "packet-%03d" % len(seen), struct.pack(
                    ">HBHBB", link, 0, len(packet.data), 0, 0) + packet.data)


def text_of(*parts):
    with open(os.path.join(ROOT, *parts), encoding="utf-8") as file:
        return file.read()


def examples(page):
    """the literal lines of a manual page"""
    return [re.sub(r"\\(?:\((?:..)|f.|[&-])", lambda m: "-" if m.group() == "\\-" else "", line)
            for line in text_of("man", page).splitlines() if line and line[0] not in ".'"]


def seeds_of_texts(folder):
    for n, line in enumerate(examples("tcphs-query.5")):
        if ":" in line or "<" in line or ">" in line:
            write(os.path.join(folder, "query"), "manual-%03d" % n, line.encode())
    queries = re.findall(r'"([a-z]+:[^"\\]*)"', text_of("tests", "unit", "test_query.c"))
    for n, query in enumerate(sorted(set(queries))):
        write(os.path.join(folder, "query"), "unit-%03d" % n, query.encode())
        write(os.path.join(folder, "expect"), "unit-%03d" % n,
              b"# x\n" + (b"some ", b"no ", b"every ", b"count %d " % n)[n % 4] + query.encode() + b"\n")
    for path in sorted(glob.glob(os.path.join(ROOT, "lessons", "*.lesson"))):
        with open(path, "rb") as file:
            write(os.path.join(folder, "lesson"), os.path.basename(path), file.read())
    for n, line in enumerate(re.findall(r"tcphs ((?:[a-z]+ )?-[^\n`|]*)", text_of("README.md") + "\n".join(
            examples("tcphs.1") + examples("tcphs-query.5")))):
        write(os.path.join(folder, "options"), "manual-%03d" % n, "\n".join([""] + line.split()).encode()[1:])
    names = re.findall(r'\{(?:\'(.)\'|0), (?:"([a-z-]+)"|NULL), ("[A-Z]|NULL)', text_of("src", "cli", "options.c"))
    for n, (letter, name, argument) in enumerate(names):
        values = ("5", "3M", "syn-retx,retx", "id,client,rtt", "duration:5", "never", "note") if argument != "NULL" else ("",)
        for value in values:
            for word in (["-" + letter] if letter else []) + (["--" + name] if name else []):
                command = ("list", "show", "check", "view", "stats", "isn", "learn", "quiz", "worksheet")[n % 9]
                write(os.path.join(folder, "options"), "%s-%s" % (word.strip("-"), value.replace(",", "_")),
                      "\n".join([command, word, value, "a.pcap"]).encode())
    write(os.path.join(folder, "config"), "all", b"# x\ntheme light\ncolumns id client server open close packets bytes rtt "
          b"finding\nnumbers raw\ntime delta\nmouse no\nbind sort S\nbind help F1 C-a Tab Esc Up PgDn\n")
    keys = re.findall(r'CMD_[A-Z_]+, "([a-z-]+)", [^"]*"([^"]*)"', text_of("src", "tui", "keys.c"))
    write(os.path.join(folder, "config"), "keys", "".join("bind %s %s\n" % key for key in keys).encode())


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for make in (seeds_of_talks, seeds_of_floods, seeds_of_numbers, seeds_of_files, seeds_of_packets, seeds_of_texts):
        make(sys.argv[1])


main()
