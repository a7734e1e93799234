# SPDX-License-Identifier: BSD-3-Clause
"""Capture files, read and written: pcap in either byte order and either resolution, and simple pcapng."""
import gzip
import struct

PCAP_USEC, PCAP_NSEC, PCAPNG_SHB = 0xA1B2C3D4, 0xA1B23C4D, 0x0A0D0D0A
ETHERNET = 1


class Packet:
    """bytes as captured, the time in nanoseconds since 1970, the length on the wire, and the link type where a file has
    several of them"""
    __slots__ = ("time", "data", "length", "link")

    def __init__(self, time, data, length=None, link=None):
        self.time, self.data, self.length = time, data, length if length is not None else len(data)
        self.link = link


def read(path):
    """(link type, [Packet]); None for the link type where there are several; raises ValueError for what is no capture"""
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if len(data) < 24:
        raise ValueError("%s: no capture: %d bytes" % (path, len(data)))
    if struct.unpack_from("<I", data)[0] == PCAPNG_SHB:
        return read_pcapng(path, data)
    for order in "<>":
        magic = struct.unpack_from(order + "I", data)[0]
        if magic in (PCAP_USEC, PCAP_NSEC):
            return read_pcap(data, order, 1000 if magic == PCAP_USEC else 1)
    raise ValueError("%s: neither pcap nor pcapng" % path)


def read_pcap(data, order, unit):
    link, packets, at = struct.unpack_from(order + "I", data, 20)[0] & 0xFFFF, [], 24
    while at + 16 <= len(data):
        sec, frac, caplen, length = struct.unpack_from(order + "IIII", data, at)
        at += 16
        # a fraction beyond its second is no time: the second's end, as tcphs takes it
        packets.append(Packet(sec * 10**9 + min(frac * unit, 10**9 - 1), data[at:at + caplen], length))
        at += caplen
    return link, packets


def read_pcapng(path, data):
    at, order, interfaces, packets = 0, "<", [], []
    while at + 12 <= len(data):
        if data[at:at + 4] == b"\x0a\x0d\x0d\x0a":
            order = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
            interfaces = []
        kind, size = struct.unpack_from(order + "II", data, at)
        if size < 12 or at + size > len(data):
            break
        body = data[at + 8:at + size - 4]
        if kind == 1:
            interfaces.append((struct.unpack_from(order + "H", body)[0], pcapng_unit(order, body)))
        elif kind == 6:
            which, high, low, caplen, length = struct.unpack_from(order + "IIIII", body)
            stamp = (high << 32 | low) * 10**9 // interfaces[which][1]
            packets.append(Packet(stamp, body[20:20 + caplen], length, interfaces[which][0]))
        at += size
    links = {p.link for p in packets} or {link for link, _ in interfaces}
    if not links:
        raise ValueError("%s: no interface" % path)
    return (links.pop() if len(links) == 1 else None), packets


def pcapng_unit(order, body):
    """ticks per second: option if_tsresol, else microseconds"""
    at = 8
    while at + 4 <= len(body):
        code, size = struct.unpack_from(order + "HH", body, at)
        if code == 0:
            break
        if code == 9:
            value = body[at + 4]
            return 2 ** (value & 127) if value & 128 else 10 ** value
        at += 4 + size + (-size % 4)
    return 10**6


def write_pcap(path, packets, link=ETHERNET, order="<", nano=False, snaplen=262144):
    unit = 1 if nano else 1000
    with open(path, "wb") as file:
        file.write(struct.pack(order + "IHHiIII", PCAP_NSEC if nano else PCAP_USEC, 2, 4, 0, 0, snaplen, link))
        for p in packets:
            data = p.data[:snaplen]
            file.write(struct.pack(order + "IIII", p.time // 10**9, p.time % 10**9 // unit, len(data), p.length))
            file.write(data)


def write_pcapng(path, packets, link=ETHERNET, order="<", dropped=None):
    """nanoseconds; one section, one interface, its statistics last if a number of dropped packets is given; without
    `link` an interface for each link type of the packets"""
    def block(kind, body):
        body += b"\0" * (-len(body) % 4)
        size = struct.pack(order + "I", len(body) + 12)
        return struct.pack(order + "I", kind) + size + body + size

    with open(path, "wb") as file:
        file.write(block(PCAPNG_SHB, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1)))
        tsresol = struct.pack(order + "HHB3xHH", 9, 1, 9, 0, 0)
        links = [link] if link is not None else sorted({p.link for p in packets})
        for each in links:
            file.write(block(1, struct.pack(order + "HHI", each, 0, 262144) + tsresol))
        for p in packets:
            which = 0 if link is not None else links.index(p.link)
            head = struct.pack(order + "IIIII", which, p.time >> 32, p.time & 0xFFFFFFFF, len(p.data), p.length)
            file.write(block(6, head + p.data))
        if dropped is not None:  # isb_ifdrop
            file.write(block(5, struct.pack(order + "IIIHHQI", 0, 0, 0, 5, 8, dropped, 0)))
