# SPDX-License-Identifier: BSD-3-Clause
"""Datagrams put into every link type and tunnel that tcphs reads: those of tests/unit/decode_cases.h, around what stands
for a SYN there. Their length fields grow with the datagram."""
import collections
import os
import re

from netlab import capfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "unit", "decode_cases.h")
DOCSIS = 143
SYN_SIZE = {4: 44, 6: 64}
SHORTEST = 40                                    # a number below it is no length of what holds a SYN

# before, after: the octets around the datagram; lengths: [(offset in before, byte order)]
Wrap = collections.namedtuple("Wrap", "caption link before after family lengths")


def macros(text):
    """{name: (parameters, [words])}: the octets of the cases are written with them"""
    found = {}
    for name, parameters, body in re.findall(r"^#define (\w+)(?:\(([^)]*)\))? *\\?\n?((?:.*\\\n)*.*)$", text, re.M):
        if re.search(r'"', body):
            found[name] = ([p.strip() for p in parameters.split(",") if p.strip()],
                           re.findall(r'"[^"]*"|\w+', body.replace("\\\n", " ")))
    return found


def octets(words, table, given=None):
    """hexadecimal digits, with S4 and S6 where the SYN stands"""
    out, at = "", 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.startswith('"'):
            out += word[1:-1].replace(" ", "")
        elif word in ("SYN4", "SYN6"):
            out += "<%s>" % word
        elif given and word in given:
            out += given[word]
        elif word in table:
            names, body = table[word]
            values = {}
            if names:
                end = words.index(")", at)
                values = dict(zip(names, (w[1:-1] for w in words[at + 1:end] if w.startswith('"'))))
                at = end + 1
            out += octets(body, table, values)
    return out


def read(path=CASES):
    """[Wrap] of the cases"""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    table, wraps = macros(text), []
    syn = {name: bytes.fromhex(octets(table[name][1], table)) for name in ("SYN4", "SYN6")}
    for caption, link, body in re.findall(r'\{ ((?:"[^"]*"\s*)+),\s*(\d+),\s*(.*?)\s*\}', text[text.index("decode_cases["):], re.S):
        words = re.findall(r'"[^"]*"|\w+|[(),]', body)
        words = words[:len(words) - 4]           # without the path and the family
        before, name, after = re.fullmatch(r"(.*)<(SYN[46])>(.*)", octets(words, table)).groups()
        before, after = bytes.fromhex(before), bytes.fromhex(after)
        whole = len(before) + len(syn[name]) + len(after)
        caption = "".join(re.findall(r'"([^"]*)"', caption)).rpartition(": IP")[0] or "Ethernet"
        wraps.append(Wrap(caption, int(link), before, after, int(name[3]),
                          list(lengths(caption, int(link), before, whole))))
    return wraps


# what such a field counts beyond the octets that follow it: Ethernet's, PPPoE's, IPv4's, UDP's, … as the cases have them
BEYOND = (0, 2, 4, 6, -34, -4, -10, -16, 12, -2, -8)
NO_LENGTH = (42,)                                # the cases' id of most tunnels
NO_LENGTHS = ("SLIP", "MPLS")                    # a frame that begins with these has none, only numbers like it


def lengths(caption, link, before, whole):
    """the fields of a header that say how long the rest is"""
    order = "little" if caption == "NFLOG" else "big"
    for at in range(0, len(before) - 1, 2):
        value = int.from_bytes(before[at:at + 2], order)
        if value >= SHORTEST and value not in NO_LENGTH and not caption.startswith(NO_LENGTHS) and \
                value - (whole - at - 2) in BEYOND and not (link == DOCSIS and at > 2):
            yield at, order


def wrapped(wrap, packet, frame):
    """the packet with this frame's datagram in such a one, or None where it is too long for that"""
    before, datagram = bytearray(wrap.before), frame.ip_bytes()
    for at, order in wrap.lengths:
        value = int.from_bytes(before[at:at + 2], order) + len(datagram) - SYN_SIZE[wrap.family]
        if value > 0xFFFF:
            return None
        before[at:at + 2] = value.to_bytes(2, order)
    data = bytes(before) + datagram + wrap.after
    captured = len(data) if not frame.cut else len(before) + len(datagram) - frame.cut
    return capfile.Packet(packet.time, data[:captured], len(data))
