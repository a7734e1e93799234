#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What a pcapng says of its sections, interfaces and packets is in the copy that -w makes.

usage: copy.py TCPHS CAPTURES

The copy's options are compared one by one with those that were crafted; where tshark and capinfos are
installed, what they read of both files as well.
"""
import os
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from netlab import capfile                       # noqa: E402

TCPHS, CAPTURES = sys.argv[1:]
SHB, IDB, EPB, ISB = 0x0A0D0D0A, 1, 6, 5
ETHERNET, RAW = 1, 101
PEN = 32473                                      # for documentation, RFC 5612
# Numbers among the values, by block and code: octets
NUMBERS = {SHB: {2988: 4, 2989: 4, 19372: 4, 19373: 4},
           IDB: {8: 8, 10: 4, 14: 8, 16: 8, 17: 8, 2988: 4, 2989: 4},
           EPB: {2: 4, 4: 8, 5: 8, 6: 4, 2988: 4, 2989: 4}}


class Section:
    """pcapng in one byte order"""
    def __init__(self, order, options):
        self.order, self.octets = order, b""
        self.block(SHB, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), options)

    def block(self, kind, body, options=()):
        body += b"\0" * (-len(body) % 4)
        for code, value in options:
            size = NUMBERS.get(kind, {}).get(code, 0)
            if size:
                head = struct.pack(self.order + {4: "I", 8: "Q"}[size], value[0])
                value = head + value[1]
            body += struct.pack(self.order + "HH", code, len(value)) + value + b"\0" * (-len(value) % 4)
        if options:
            body += b"\0" * 4
        size = struct.pack(self.order + "I", len(body) + 12)
        self.octets += struct.pack(self.order + "I", kind) + size + body + size

    def interface(self, link, snaplen, options):
        self.block(IDB, struct.pack(self.order + "HHI", link, 0, snaplen), options)

    def packet(self, interface, ticks, data, options=()):
        self.block(EPB, struct.pack(self.order + "IIIII", interface, ticks >> 32, ticks & 0xFFFFFFFF, len(data),
                                    len(data)) + data, options)


def parse(data):
    """[(kind, body, [(code, value)])] in the same form, whatever the byte order"""
    at, order, blocks = 0, "<", []
    heads = {SHB: 16, IDB: 8, EPB: 20, ISB: 12}
    while at < len(data):
        if data[at:at + 4] == b"\x0a\x0d\x0d\x0a":
            order = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
        kind, size = struct.unpack_from(order + "II", data, at)
        assert size % 4 == 0 and data[at + size - 4:at + size] == struct.pack(order + "I", size), at
        body, options = data[at + 8:at + size - 4], []
        head = heads.get(kind, len(body))
        if kind == EPB:
            caplen = struct.unpack_from(order + "I", body, 12)[0]
            head += caplen + -caplen % 4
        rest = body[head:]
        while rest:
            code, length = struct.unpack_from(order + "HH", rest)
            value, rest = rest[4:4 + length], rest[4 + length + -length % 4:]
            if code == 0:
                assert not rest
                break
            number = NUMBERS.get(kind, {}).get(code, 0)
            if number:
                value = (struct.unpack_from(order + {4: "I", 8: "Q"}[number], value)[0], value[number:])
            options.append((code, value))
        blocks.append((kind, body[:head], options))
        at += size
    return blocks


SECTION_ONE = [(1, b"the lab of week 3"), (1, "zweite Übung".encode()), (2, b"an old laptop"), (3, b"Plan 9"),
               (4, b"recorder 1.0"), (2988, (PEN, b"kept")), (19372, (PEN, b"not to be copied"))]
SECTION_TWO = [(1, b"another room"), (3, b"Minix")]
ETHERNET_OPTIONS = [(1, b"behind the switch"), (1, b"port 7"), (2, b"eth0"), (3, b"uplink"), (4, bytes(8)),
                    (6, bytes(6)), (8, (10**9, b"")), (10, (3600, b"")), (11, b"\0tcp port 80"), (12, b"Plan 9"),
                    (13, b"\4"), (15, b"a card"), (16, (10**8, b"")), (2989, (PEN, b"\1\2\3"))]
RAW_OPTIONS = [(1, b"a tunnel"), (2, b"tun0"), (9, b"\x09")]
PACKET_OPTIONS = [(1, b"look here"), (1, b"and here"), (2, (1, b"")), (3, b"\2abcd"), (4, (3, b"")),
                  (5, (0x0102030405060708, b"")), (6, (9, b"")), (7, b"\0drop"), (2988, (PEN, b"packet"))]
OPTIONS_LEFT = {9, 14, 19372, 19373}             # times are in nanoseconds, and what forbids it isn't copied


def crafted(orders="<>"):
    """two sections of two byte orders, interfaces of two link types; the second packet has all options"""
    _, packets = capfile.read(os.path.join(CAPTURES, "three-way.pcap"))
    one, two = Section(orders[0], SECTION_ONE), Section(orders[1], SECTION_TWO)
    one.interface(ETHERNET, 1000, ETHERNET_OPTIONS + [(9, b"\6"), (14, (10, b""))])
    for number, packet in enumerate(packets):
        one.packet(0, packet.time // 1000 - 10**7, packet.data, PACKET_OPTIONS if number == 1 else ())
    two.interface(RAW, 2000, RAW_OPTIONS)
    for number, packet in enumerate(packets):
        two.packet(0, packet.time + 10**9, packet.data[14:], [(1, b"the same again")] if number == 0 else ())
    return one.octets, two.octets


def without(options):
    return sorted((c, v) for c, v in options if c not in OPTIONS_LEFT)


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def copied(folder, arguments, stdin=None):
    path = os.path.join(folder, "copy")
    run = subprocess.run([TCPHS, "list", "-q", *arguments, "-w", path], input=stdin, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    with open(path, "rb") as file:
        return file.read()


def fields(path):
    """what tshark shows of each packet"""
    return subprocess.run(["tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.comment", "-e",
                           "frame.interface_name", "-e", "frame.interface_description", "-e",
                           "frame.packet_flags_direction", "-e", "frame.time_epoch", "-e", "tcp.seq"],
                          capture_output=True, check=True).stdout.decode()


def capinfos(path):
    """without what a copy in nanoseconds has otherwise"""
    out = subprocess.run(["capinfos", "-DFIkn", path], capture_output=True, check=True).stdout.decode()
    return [line for line in out.splitlines()
            if not any(word in line for word in ("File name", "ime", "stat entries"))]


def check(blocks, what):
    """of the interfaces and packets, as crafted"""
    interfaces = [b for b in blocks if b[0] == IDB]
    packets = [b for b in blocks if b[0] == EPB]
    assert without(interfaces[0][2]) == sorted(ETHERNET_OPTIONS), (what, interfaces[0])
    assert without(interfaces[-1][2]) == without(RAW_OPTIONS), (what, interfaces[-1])
    assert all((9, b"\x09") in i[2] for i in interfaces), what
    assert [struct.unpack_from("<HHI", i[1])[::2] for i in interfaces] == [(ETHERNET, 1000), (RAW, 2000)], what
    half = len(packets) // 2
    assert sorted(packets[1][2]) == sorted(PACKET_OPTIONS), (what, packets[1][2])
    assert packets[half][2] == [(1, b"the same again")], (what, packets[half][2])
    assert not any(p[2] for n, p in enumerate(packets) if n not in (1, half)), what


def once(options, code):
    return [value for c, value in options if c == code]


def a_file(folder, orders):
    """both sections become one: all comments, and of what may stand there once the first"""
    one, two = crafted(orders)
    path = write(folder, "in.pcapng", one + two)
    blocks = parse(copied(folder, [path]))
    sections = [b for b in blocks if b[0] == SHB]
    assert len(sections) == 1 and blocks[0] is sections[0]
    options = sections[0][2]
    assert once(options, 1) == [v for c, v in SECTION_ONE + SECTION_TWO if c == 1], options
    assert [once(options, c) for c in (2, 3, 4)] == [[b"an old laptop"], [b"Plan 9"], [b"recorder 1.0"]], options
    assert once(options, 2988) == [(PEN, b"kept")] and not once(options, 19372), options
    check(blocks, "file " + orders)
    return path


def a_pipe(folder):
    """what is not known yet as the first packet is written begins a section of its own"""
    one, two = crafted()
    blocks = parse(copied(folder, ["-"], one + two))
    sections = [b for b in blocks if b[0] == SHB]
    assert [without(s[2]) for s in sections] == [
        without(SECTION_ONE), without(SECTION_TWO + [o for o in sections[1][2] if o[0] == 4])], sections
    check(blocks, "pipe")
    check(parse(copied(folder, ["-", "-Y", "id:1-9"], one + two)), "spool")


def several_files(folder):
    """in whatever order they are named"""
    one, two = crafted("><")
    first, second = write(folder, "one", one), write(folder, "two", two)
    copy = copied(folder, [first, second])
    assert copy == copied(folder, [second, first])
    blocks = parse(copy)
    assert sorted(once(blocks[0][2], 1)) == sorted(v for c, v in SECTION_ONE + SECTION_TWO if c == 1)
    check(blocks, "files")


def plain(folder):
    """a pcap says nothing of itself: who wrote the copy is all there is; and an empty capture is one"""
    blocks = parse(copied(folder, [os.path.join(CAPTURES, "three-way.pcap")]))
    assert [code for code, _ in blocks[0][2]] == [4] and once(blocks[0][2], 4)[0].startswith(b"tcphs "), blocks[0]
    blocks = parse(copied(folder, [a_file(folder, "<<"), "-Y", "id:77"]))
    assert [b[0] for b in blocks] == [SHB, IDB], blocks


def shown(folder):
    path = a_file(folder, "<<")
    run = subprocess.run([TCPHS, "stats", path], capture_output=True, check=True,
                         env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout.decode()
    for text in ("capture: the lab of week 3; zweite Übung; another room\n", "packet 2: look here; and here\n",
                 "eth0 (uplink): behind the switch; port 7\n", "tun0: a tunnel\n"):
        assert text in run, run


def compared(folder):
    """of one section each: tshark takes the interfaces of a second one for those of the first"""
    for order in "<>":
        for octets in crafted(order + order):
            path = write(folder, "one", octets)
            copy = write(folder, "compared", copied(folder, [path]))
            assert fields(copy) == fields(path) != "", order
            mine, its = capinfos(copy), capinfos(path)
            assert [line for line in mine if line not in its and "application" not in line] == [], (mine, its)
            assert [line for line in its if line not in mine] == [], (mine, its)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for orders in ("<<", ">>", "<>", "><"):
            a_file(folder, orders)
        a_pipe(folder)
        several_files(folder)
        plain(folder)
        shown(folder)
        if shutil.which("tshark") and shutil.which("capinfos"):
            compared(folder)
        else:
            print("without tshark and capinfos: not compared with what they read")


main()
