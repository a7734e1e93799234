# SPDX-License-Identifier: BSD-3-Clause
"""Ethernet, IPv4, IPv6 and TCP: taken apart, changed and put together again with right checksums.

Only what the tests need, and nothing from outside Python's standard library. A Frame keeps every byte it
does not know, so that Frame.parse(x).build() == x for each frame whose checksums were right.
"""
import ipaddress
import struct

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << n for n in range(8))
FLAG_LETTERS = "FSRPAUEC"
ETH_VLAN = (0x8100, 0x88A8)

OPT_MSS, OPT_WSCALE, OPT_SACK_OK, OPT_SACK, OPT_TS, OPT_TFO = 2, 3, 4, 5, 8, 34


def flags_of(text):
    """"SA" -> SYN|ACK"""
    return sum(1 << FLAG_LETTERS.index(c) for c in text)


def inet_sum(data):
    """the Internet checksum of RFC 1071 over data, before the final complement"""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def is_icmp_error(data):
    """an ICMP or ICMPv6 message over Ethernet that quotes a datagram"""
    kind = data[12:14]
    if kind == b"\x08\x00" and len(data) > 34 and data[23] == 1:
        return data[34] in (3, 4, 5, 11, 12)
    return kind == b"\x86\xdd" and len(data) > 54 and data[20] == 58 and data[54] < 128


class Frame:
    """One TCP segment with the headers around it. parse() gives None for anything else."""

    def __init__(self, src, dst, sport, dport, flags, seq=0, ack=0, payload=b"", window=64240, options=()):
        self.src, self.dst = ipaddress.ip_address(src), ipaddress.ip_address(dst)
        self.sport, self.dport = sport, dport
        self.flags = flags_of(flags) if isinstance(flags, str) else flags
        self.seq, self.ack = seq & 0xFFFFFFFF, ack & 0xFFFFFFFF
        self.payload, self.window, self.urgent = payload, window, 0
        self.options = list(options)
        self.macs = (b"\x02\0\0\0\0\x0b", b"\x02\0\0\0\0\x0a")
        self.vlans = []
        self.ip_id, self.ttl, self.tos, self.ip_flags = 0, 64, 0, 0x4000
        self.reserved = 0
        self.cut = None      # captured length, when the capture holds less than the frame
        self.raw_options = None
        self.around = None   # the octets before and behind the datagram, where they are not an Ethernet header's alone
        self.wrong = None    # how the checksum field differs from the right sum, or "pseudo" where it holds that header's

    @property
    def version(self):
        return self.src.version

    @property
    def length(self):
        return len(self.payload)

    def has(self, letters):
        """every one of the flags is set"""
        bits = flags_of(letters)
        return self.flags & bits == bits

    def bare_syn(self):
        return self.flags & (SYN | ACK | RST | FIN) == SYN

    def synack(self):
        return self.flags & (SYN | ACK | RST | FIN) == SYN | ACK

    def option(self, kind):
        return next((body for k, body in self.options if k == kind), None)

    @staticmethod
    def parse(data):
        """the frame in these bytes, or None if it is not a whole TCP header in IPv4 or IPv6 over Ethernet"""
        at, vlans = 12, []
        if len(data) < 14:
            return None
        kind = struct.unpack_from("!H", data, at)[0]
        while kind in ETH_VLAN and len(data) >= at + 6:
            vlans.append(struct.unpack_from("!HH", data, at))
            at += 4
            kind = struct.unpack_from("!H", data, at)[0]
        at += 2
        frame = Frame.parse_ip(data, at, kind)
        if frame:
            frame.macs, frame.vlans = (data[0:6], data[6:12]), vlans
        return frame

    @staticmethod
    def parse_ip(data, at, kind):
        if kind == 0x0800 and len(data) >= at + 20:
            head = (data[at] & 15) * 4
            total, ident, frag, ttl, proto = struct.unpack_from("!2xHHHBB", data, at)
            if proto != 6 or frag & 0x1FFF or head != 20:
                return None
            frame = Frame.parse_tcp(data, at + head, at + total, data[at + 12:at + 16], data[at + 16:at + 20])
            if frame:
                frame.tos, frame.ip_id, frame.ip_flags, frame.ttl = data[at + 1], ident, frag, ttl
            return frame
        if kind == 0x86DD and len(data) >= at + 40:
            word, length, proto, ttl = struct.unpack_from("!IHBB", data, at)
            if proto != 6:
                return None
            frame = Frame.parse_tcp(data, at + 40, at + 40 + length, data[at + 8:at + 24], data[at + 24:at + 40])
            if frame:
                frame.tos, frame.ip_id, frame.ttl = (word >> 20) & 255, word & 0xFFFFF, ttl
            return frame
        return None

    @staticmethod
    def parse_tcp(data, at, end, src, dst):
        if len(data) < at + 20:
            return None
        sport, dport, seq, ack, off, flags, window, _, urgent = struct.unpack_from("!HHIIBBHHH", data, at)
        head = (off >> 4) * 4
        if head < 20 or len(data) < at + head or end < at + head:
            return None
        frame = Frame(src, dst, sport, dport, flags, seq, ack, data[at + head:end], window)
        frame.reserved, frame.urgent = off & 15, urgent
        frame.raw_options = data[at + 20:at + head]
        frame.options = list(parse_options(frame.raw_options))
        if len(data) < end:
            frame.cut = end - len(data)
            frame.payload += b"\0" * frame.cut
        return frame

    def tcp_bytes(self):
        options = build_options(self.options) if self.raw_options is None else self.raw_options
        off = ((20 + len(options)) // 4) << 4 | self.reserved
        tcp = struct.pack("!HHIIBBHHH", self.sport, self.dport, self.seq & 0xFFFFFFFF, self.ack & 0xFFFFFFFF,
                          off, self.flags, self.window, 0, self.urgent) + options + self.payload
        return tcp[:16] + struct.pack("!H", self.sum_field(tcp)) + tcp[18:]

    def pseudo_header(self, tcp):
        return self.src.packed + self.dst.packed + struct.pack("!HH", 6, len(tcp))

    def sum_field(self, tcp):
        """what its checksum field holds; tcp: with 0 there"""
        if self.wrong == "pseudo":
            return inet_sum(self.pseudo_header(tcp))
        return (inet_sum(self.pseudo_header(tcp) + tcp) ^ 0xFFFF) + (self.wrong or 0) & 0xFFFF

    def keep_sum(self, field):
        """from now on its field differs from the right sum as this one does"""
        self.wrong = None
        tcp = self.tcp_bytes()
        tcp = tcp[:16] + b"\0\0" + tcp[18:]
        self.wrong = "pseudo" if field == inet_sum(self.pseudo_header(tcp)) else field - self.sum_field(tcp) & 0xFFFF or None

    def ip_bytes(self):
        tcp = self.tcp_bytes()
        if self.version == 6:
            return struct.pack("!IHBB", 6 << 28 | self.tos << 20 | self.ip_id & 0xFFFFF, len(tcp), 6, self.ttl) \
                + self.src.packed + self.dst.packed + tcp
        head = struct.pack("!BBHHHBBH", 0x45, self.tos, 20 + len(tcp), self.ip_id & 0xFFFF, self.ip_flags, self.ttl,
                           6, 0) + self.src.packed + self.dst.packed
        return head[:10] + struct.pack("!H", inet_sum(head) ^ 0xFFFF) + head[12:] + tcp

    def build(self):
        """the bytes of the frame, as much of it as was captured"""
        if self.around:
            datagram = self.ip_bytes()
            return self.around[0] + datagram[:len(datagram) - (self.cut or 0)] + self.around[1]
        tags = b"".join(struct.pack("!HH", kind, tci) for kind, tci in self.vlans)
        kind = 0x0800 if self.version == 4 else 0x86DD
        data = self.macs[0] + self.macs[1] + tags + struct.pack("!H", kind) + self.ip_bytes()
        return data[:len(data) - self.cut] if self.cut else data

    def set_options(self, options):
        """replace the options; their bytes are made new"""
        self.options, self.raw_options = list(options), None


def parse_options(data):
    """(kind, body) for each option; stops at the first one with an impossible length"""
    at = 0
    while at < len(data) and data[at] != 0:
        if data[at] == 1:
            yield 1, b""
            at += 1
            continue
        if at + 1 >= len(data) or data[at + 1] < 2 or at + data[at + 1] > len(data):
            return
        yield data[at], data[at + 2:at + data[at + 1]]
        at += data[at + 1]


def build_options(options):
    out = b""
    for kind, body in options:
        out += b"\1" if kind == 1 else bytes([kind, len(body) + 2]) + body
    return out + b"\0" * (-len(out) % 4)


def syn_options(mss=1460, wscale=7, sack=True, ts=None):
    """the options of an ordinary SYN, in the order in which Linux sends them"""
    out = [(OPT_MSS, struct.pack("!H", mss))]
    if sack:
        out.append((OPT_SACK_OK, b""))
    if ts:
        out.append((OPT_TS, struct.pack("!II", *ts)))
    if wscale is not None:
        out += [(1, b""), (OPT_WSCALE, bytes([wscale]))]
    return out
