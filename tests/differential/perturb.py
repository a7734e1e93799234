#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Change captures in ways that must not change what tcphs reads in them, or only in known ways.

usage: perturb.py [--tcphs PROGRAM] [--only CHANGE,…] [--limit N] [--keep DIR] [CAPTURE | DIR ...]

    isn      each side's ISN, or both, moved to just below 2^32 and to 2^32 - 1, and so that the last number is 0: seq, ack
             and SACK blocks follow; all must stay the same
    swap     the two addresses exchanged: all must stay the same but the names
    wrap     the datagrams in other link types and tunnels, as they are, and with both changes above at once: all must stay
             the same
    format   pcapng, the other byte order, nanoseconds, a VLAN tag on every frame: all must stay the same
    copy     one packet twice, 20 µs apart, as a mirror port does it: all must stay the same, with a cap-dup
    drop     one packet missing: no error where there was none, the open and the close still what they were
    cut      the first N packets missing: no error where there was none; without a SYN, midstream
    thin     several packets missing, in N different ways (half of them, a stretch, all of one side): no error where
             there was none

Without arguments the project's own captures/ are changed. --limit: how many packets of each capture are copied, dropped
and cut in turn, and in how many ways it is thinned (default 24); where it has more, half of them are its first ones and half
are drawn from the rest, the same each time. Packets that can't be taken apart here (tunnels, other link types) are
copied, dropped and cut as well; where a segment is found inside its tunnel, its numbers and addresses are changed there. --keep: where the changed captures that were read wrongly are left.

Exit status: 0 nothing found, 1 something, 2 tcphs can't be run.
"""
import argparse
import collections
import concurrent.futures
import copy
import glob
import os
import random
import re
import struct
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import wraps                                     # noqa: E402
from netlab import capfile                       # noqa: E402
from netlab.frame import OPT_SACK, SYN, ACK, Frame  # noqa: E402
from netlab.reading import Reading, ends         # noqa: E402

ABOUT_NUMBERS = ("isn-", "seq-wrap")             # these codes look at the numbers themselves
MIRROR_NS = 20_000
TOGETHER_NS = 10_000_000                         # segments that came so close together are answered together
# errors that a missing packet brings about, and that nobody can know better
UNKNOWABLE = {
    # without the client's SYN and the server's ACK of it the SYN-ACK is the first to offer timestamps
    ("split-open-linux.pcap", "ts-unsolicited"),
    # of a split open SYN, SYN-ACK, an ACK further on and a RST at its number are left: a wrong third ACK to the bit
    ("OISF+suricata-verify__split-handshake-4whs.pcap", "third-ack-mismatch"),
}


class Capture:
    """The packets of a file, each with its Frame, or None where it is no TCP in Ethernet that we can build again."""

    def __init__(self, path):
        self.name = os.path.basename(path)
        self.link, self.packets = capfile.read(path)
        self.frames = [self._frame(p) for p in self.packets]
        self.segments = None

    def _frame(self, packet):
        frame = Frame.parse(packet.data) if self.link == capfile.ETHERNET else None
        if frame and frame.cut:  # no more to be checked than what is there: let the sum be any
            at = len(packet.data) - min(len(packet.data), len(frame.tcp_bytes()) - frame.cut) + 16
            return frame if without(frame.build(), at) == without(packet.data, at) else None
        return frame if frame and frame.build() == packet.data else self._inner(packet.data)

    @staticmethod
    def _inner(data):
        """the first datagram with TCP that stands anywhere in these octets: its checksums leave no doubt"""
        for at in range(len(data) - 39):
            kind = {0x45: 0x0800, 0x60: 0x86DD}.get(data[at] & (0xF0 if data[at] >> 4 == 6 else 0xFF))
            if kind is None or data[at + (9 if kind == 0x0800 else 6)] != 6:
                continue
            frame = Frame.parse_ip(data, at, kind)
            if frame is None or frame.cut:
                continue
            field = at + (36 if kind == 0x0800 else 56)
            if kind == 0x0800:       # whose header has a sum of its own
                frame.keep_sum(int.from_bytes(data[field:field + 2], "big"))
            size = len(frame.ip_bytes())
            frame.around = data[:at], data[at + size:]
            if frame.build() == data:
                return frame
        return None

    def only_tcp(self):
        return None not in self.frames

    def whole(self, reading):
        """each segment that tcphs found can be changed"""
        return all(self.frames[number(s["packet"]) - 1] for c in reading.connections for s in reading.segments[c["id"]])

    def tcp(self):
        """the places of the TCP packets: those that tcphs found, if it was asked"""
        return self.segments or [n for n, frame in enumerate(self.frames) if frame]

    def some(self, limit):
        """`limit` of them: the first ones, and others drawn from the rest"""
        places = self.tcp()
        first, rest = places[:limit - limit // 2], places[limit - limit // 2:]
        dice = random.Random(zlib.crc32(self.name.encode()))
        return places if len(places) <= limit else first + sorted(dice.sample(rest, limit // 2))

    def writer(self, what):
        """the function that writes its packets, changed like that"""
        return capfile.write_pcapng if self.link is None else WRITERS.get(what, capfile.write_pcap)

    def rebuilt(self, change):
        """all packets, each frame changed by change(place, copy of the frame)"""
        out = []
        for n, (packet, frame) in enumerate(zip(self.packets, self.frames)):
            if frame:
                frame = copy.copy(frame)
                change(n, frame)
                data = frame.build()
                packet = capfile.Packet(packet.time, data, packet.length + len(data) - len(packet.data))
            out.append(packet)
        return out


def without(data, at):
    """these octets without the two of the checksum"""
    return data[:at] + data[at + 2:]


# ---- what is compared ----

def number(packet):
    return packet[1] if isinstance(packet, list) else packet


def blur(text):
    """a sentence without its numbers and addresses"""
    return re.sub(r"[0-9a-fA-F.:,]*[0-9][0-9a-fA-F.:,]*", "#", text or "")


def packets_of(part, renumber):
    return {k: renumber(number(v)) for k, v in (part.get("packets") or {}).items() if v is not None}


def summary(reading, renumber=lambda n: n, sides=("client", "server")):
    """[(what, value)] of everything that must stay the same; packets renumbered; those that became None are left out"""
    out = []
    for c in reading.connections:
        name = "connection %d" % c["id"]
        for part in ("open", "close"):
            out += [("%s %s.%s" % (name, part, k), c[part].get(k)) for k in ("kind", "complete", "initiator")]
            out.append(("%s %s.packets" % (name, part), packets_of(c[part], renumber)))
        out += [("%s %s.%s" % (name, side, k), c[side].get(k)) for side in sides for k in ("state", "bytes", "wscale")]
        out.append(("%s vantage" % name, c.get("vantage")))
        if sum(s["fate"] != "copy" for s in reading.segments[c["id"]]) > 3:  # else it says how few they are
            out.append(("%s verdict" % name, blur(c.get("verdict"))))
        for s in reading.segments[c["id"]]:
            place = renumber(number(s["packet"]))
            if place is not None:
                keys = ("from", "flags", "length", "client_state", "server_state", "client_certain", "server_certain",
                        "role", "fate")
                out.append(("segment %d of %s" % (place, name), tuple(str(s.get(k)) for k in keys)))
    out += [("diagnosis", entry) for entry in sorted(diagnoses(reading, renumber))]
    return out


def diagnoses(reading, renumber=lambda n: n):
    for d in reading.diagnoses:
        if not d["code"].startswith(ABOUT_NUMBERS):
            place = renumber(number(d["packet"])) if d.get("packet") is not None else 0
            if place is not None:
                yield (place, d["code"], d["severity"], d.get("connection"))


def differences(before, after):
    """the first few lines of what is in one summary and not in the other"""
    gone, new = collections.Counter(map(str, before)), collections.Counter(map(str, after))
    lines = ["was %s" % k for k in (gone - new)][:4] + ["now %s" % k for k in (new - gone)][:4]
    return lines


def errors(reading):
    """{(endpoints as a set, code)} of error severity"""
    names = {c["id"]: frozenset(ends(c)) for c in reading.connections}
    return {(names.get(d.get("connection")), d["code"]) for d in reading.diagnoses
            if d["severity"] == "error" and not d["code"].startswith("isn-")}


# ---- the changes: each yields (what was changed, packets, check(before, after) -> [complaint]) ----

def same(before, after):
    return differences(summary(before), summary(after))


def change_isn(capture, before):
    if not capture.whole(before):
        return
    for which, isn in ((("client",), 0xFFFFFFFD), (("server",), 0xFFFFFFFD), (("client", "server"), 0xFFFFFFFD),
                       (("client", "server"), 0xFFFFFFFF), (("client", "server"), None)):
        yield "isn of %s, %s" % (" and ".join(which), hex(isn) if isn else "the last number at 0"), \
            capture.rebuilt(renumbering(before, which, isn)), same


def renumbering(before, which, isn):
    """change(place, frame) that moves the ISNs of these sides there; None: so that the last number is 0"""
    owners, shift = {}, {}
    for c in before.connections:
        key, (client, server) = frozenset(ends(c)), ends(c)
        for s in before.segments[c["id"]]:
            owners[number(s["packet"]) - 1] = key
        if client == server or key in shift:
            continue
        last = furthest(before.segments[c["id"]])
        shift[key] = {end: (isn - c[side]["isn"] if isn else -last.get(side, 0))
                      if side in which and c[side].get("isn") is not None else 0
                      for end, side in ((client, "client"), (server, "server"))}

    def renumber(place, frame):
        delta = shift.get(owners.get(place))
        if not delta:
            return
        mine, other = delta[str(frame.src), frame.sport], delta[str(frame.dst), frame.dport]
        frame.seq = frame.seq + mine & 0xFFFFFFFF
        if frame.flags & ACK:
            frame.ack = frame.ack + other & 0xFFFFFFFF
        if any(kind == OPT_SACK for kind, _ in frame.options):
            frame.set_options([(kind, sack(body, other)) if kind == OPT_SACK else (kind, body)
                               for kind, body in frame.options])
    return renumber


def furthest(segments):
    """{side: the number behind the last octet, SYN or FIN that it sent}"""
    last = {}
    for s in segments:
        end = s["seq"] + s["length"] + ("SYN" in s["flags"]) + ("FIN" in s["flags"]) & 0xFFFFFFFF
        if "RST" not in s["flags"] and (s["from"] not in last or (end - last[s["from"]]) & 0xFFFFFFFF < 1 << 31):
            last[s["from"]] = end
    return last


def sack(body, delta):
    return b"".join(struct.pack("!I", (edge + delta) & 0xFFFFFFFF) for edge, in struct.iter_unpack("!I", body))


def swap(_, frame):
    frame.src, frame.dst = frame.dst, frame.src


def same_ports(before, after):
    swapped = [tuple(c[side]["port"] for side in ("client", "server")) for c in after.connections]
    kept = [tuple(c[side]["port"] for side in ("client", "server")) for c in before.connections]
    return same(before, after) + (["ports %s became %s" % (kept, swapped)] if kept != swapped else [])


def change_swap(capture, before):
    quotes = any(d["code"] == "icmp-error" for d in before.diagnoses)  # the old addresses
    if capture.whole(before) and not quotes:
        yield "addresses swapped", capture.rebuilt(swap), same_ports


class Linked(list):
    """packets of another link type than the capture's"""

    def __init__(self, packets, link):
        super().__init__(packets)
        self.link = link


def change_wrap(capture, before, limit):
    """which of them is drawn for each capture, so that all of them come in turn over many"""
    frames = capture.frames
    if not capture.only_tcp() or any(frame.around or frame.vlans for frame in frames) or \
            len({frame.version for frame in frames}) != 1:
        return
    fitting = [w for w in wraps.read() if w.family == frames[0].version]
    renumber = renumbering(before, ("client", "server"), 0xFFFFFFFD)

    def both(place, frame):
        renumber(place, frame)
        swap(place, frame)
    for wrap in random.Random(zlib.crc32(capture.name.encode())).sample(fitting, min(limit, len(fitting))):
        for what, change, check in (("", lambda *_: None, same), (", isn and addresses changed", both, same_ports)):
            packets = []
            for place, frame in enumerate(frames):
                frame = copy.copy(frame)
                change(place, frame)
                packets.append(wraps.wrapped(wrap, capture.packets[place], frame))
            if None not in packets:
                yield "in %s%s" % (wrap.caption, what), Linked(packets, wrap.link), check


def change_format(capture, _):
    if capture.link is None:
        return  # it is pcapng, and no other format holds it
    def tag(_, frame):
        frame.vlans = [(0x8100, 9)] + frame.vlans
    yield "pcapng", capture.packets, same
    yield "pcapng, big-endian", capture.packets, same
    yield "pcap, big-endian", capture.packets, same
    yield "pcap, nanoseconds", capture.packets, same
    if capture.only_tcp() and not any(frame.around for frame in capture.frames):
        yield "a VLAN tag on every frame", capture.rebuilt(tag), same


WRITERS = {
    "pcapng": capfile.write_pcapng,
    "pcapng, big-endian": lambda path, packets, link: capfile.write_pcapng(path, packets, link, ">"),
    "pcap, big-endian": lambda path, packets, link: capfile.write_pcap(path, packets, link, ">"),
    "pcap, nanoseconds": lambda path, packets, link: capfile.write_pcap(path, packets, link, nano=True),
}


def is_fragment(packet):
    """of an IPv4 datagram in Ethernet: alone it is nothing that could be seen twice"""
    return packet.data[12:14] == b"\x08\x00" and len(packet.data) > 22 and packet.data[20:22] not in (
        b"\0\0", b"\x40\0", b"\x80\0")


def drawn_twice(capture, place):
    """Is this a RST for which two segments of the other side are there? A host without the connection answers each of
    them with a RST, and these are the same to the bit where the IP identification is 0: whether its twin is a copy or
    the second answer the packets leave open, and tcphs does not say that it is one."""
    rst = capture.frames[place]
    if not rst or not rst.has("R") or rst.ip_id != 0 or rst.version != 4:
        return False
    asked = [p.time for p, f in zip(capture.packets[:place], capture.frames[:place])
             if f and f.flags & ACK and not f.has("R") and f.ack == rst.seq
             and (f.src, f.sport, f.dst, f.dport) == (rst.dst, rst.dport, rst.src, rst.sport)]
    return len(asked) > 1 and asked[-1] - asked[-2] < TOGETHER_NS


def change_copy(capture, before, limit):
    copies = {number(d["packet"]) for d in before.diagnoses if d["code"] == "cap-dup" and d.get("packet")}
    for place in capture.some(limit):
        if place + 1 in copies or place + 2 in copies or is_fragment(capture.packets[place]):
            continue  # it already is one of two, or no whole datagram
        packet = capture.packets[place]
        follows = capture.packets[place + 1].time if place + 1 < len(capture.packets) else packet.time + MIRROR_NS
        twin = capfile.Packet(max(packet.time, min(packet.time + MIRROR_NS, follows)), packet.data, packet.length)

        def check(before, after, at=place + 2, open_to_both=drawn_twice(capture, place)):
            back = lambda n: n if n < at else None if n == at else n - 1  # noqa: E731
            found = differences(summary(before), summary(after, back))
            said = [d for d in after.diagnoses if d.get("packet") is not None and number(d["packet"]) == at]
            if [d["code"] for d in said] != ["cap-dup"] and (said or not open_to_both):
                found.append("the copy has diagnoses %s, not one cap-dup" % [d["code"] for d in said])
            return found
        doubled = capture.packets[:place + 1] + [twin] + capture.packets[place + 1:]
        yield "packet %d twice" % (place + 1), doubled, check


def change_drop(capture, _, limit):
    for place in capture.some(limit):
        kept = capture.packets[:place] + capture.packets[place + 1:]

        def check(before, after, gone=place + 1):
            return less(before, after, {gone})
        yield "packet %d missing" % (place + 1), kept, check


def change_cut(capture, _, limit):
    for count in sorted({place + 1 for place in capture.some(limit)} | set(range(1, limit + 1))):
        if count >= len(capture.packets):
            break
        def check(before, after, gone=frozenset(range(1, count + 1))):
            frames = capture.frames[len(gone):]
            if None in capture.frames[:len(gone)]:  # a fragment, or another layer: what it was part of is not known
                return new_errors(before, after)
            return less(before, after, gone) + midstream(after, frames)
        yield "the first %d missing" % count, capture.packets[count:], check


def change_thin(capture, _, limit):
    """a generator of its own for each capture, so that a complaint comes again"""
    dice, places = random.Random(zlib.crc32(capture.name.encode())), capture.tcp()
    if len(places) < 3:
        return
    for n in range(limit):
        gone = set(dice.sample(places, dice.randint(2, max(2, len(places) // 2))))
        if n % 3 == 1:
            first = dice.randrange(len(places) - 1)
            gone = set(places[first:first + dice.randint(2, len(places) // 2 + 1)])
        elif n % 3 == 2 and n < 8:
            one = capture.frames[places[0] if n < 5 else dice.choice(places)]
            if one is None:
                continue
            gone = {p for p in places if capture.frames[p] and capture.frames[p].src == one.src and p != places[0]}
        yield ("without %s" % sorted(p + 1 for p in gone),
               [p for n, p in enumerate(capture.packets) if n not in gone], new_errors)


def new_errors(before, after):
    return ["error %s of %s" % (code, sorted(map(str, who or ()))) for who, code in errors(after) - errors(before)
            if (before.name, code) not in UNKNOWABLE]


def midstream(after, frames):
    """without a SYN in the capture a connection is midstream, unless it is with itself"""
    if None in frames:
        return []  # what could not be taken apart may be a SYN
    opened = {frozenset([(str(f.src), f.sport), (str(f.dst), f.dport)]) for f in frames if f and f.flags & SYN}
    return ["%s has no SYN, and its open is %s" % (sorted(ends(c)), c["open"]["kind"]) for c in after.connections
            if frozenset(ends(c)) not in opened and c["open"]["kind"] not in ("midstream", "self")]


def less(before, after, gone):
    """what must hold although these packets are gone"""
    found = new_errors(before, after)
    left = collections.defaultdict(list)
    for c in after.connections:
        left[frozenset(ends(c))].append(c)
    for c in before.connections:
        numbers = {number(s["packet"]) for s in before.segments[c["id"]]}
        others = [o for o in before.connections if set(ends(o)) == set(ends(c))]
        now = left[frozenset(ends(c))]
        if len(others) > 1 or not numbers - gone or not c["open"]["complete"] or remarkable(before.of(c)):
            continue  # another incarnation may stand in for it; nothing is left of it; it was never healthy
        if len(now) != 1:
            found.append("%s became %d connections" % (sorted(ends(c)), len(now)))
            continue
        found += less_of_one(c, now[0], gone)
    return found


def remarkable(said):
    """beyond what loss and an application in a hurry do to a healthy connection"""
    return any(d["severity"] != "note" and d["code"] not in ("seq-gap", "zero-window", "ts-backwards", "close-incomplete",
                                                              "fin-unacked", "rst-late-data") for d in said)


def less_of_one(before, now, gone):
    handshake = set(packets_of(before["open"], lambda n: n).values())
    close = set(packets_of(before["close"], lambda n: n).values())
    have, want, found = now["open"]["kind"], before["open"]["kind"], []
    if not handshake & gone and have != want:
        found.append("open was %s, is %s, and its packets are all there" % (want, have))
    elif have not in (want, "partial", "midstream", "three-way") and len(handshake | close | gone) < before["packets"]:
        found.append("open was %s, is %s" % (want, have))
    have, want = now["close"]["kind"], before["close"]["kind"]
    if now["open"]["kind"] == "aborted" and want == "reset":
        return found  # without the third segment the RST may have come before the end of the open
    if not close & gone and have != want:
        found.append("close was %s, is %s, and its packets are all there" % (want, have))
    elif "reset" in have and "reset" not in want:
        found.append("close was %s, is %s" % (want, have))
    return found


CHANGES = {"isn": change_isn, "swap": change_swap, "format": change_format, "wrap": change_wrap, "copy": change_copy,
           "drop": change_drop, "cut": change_cut, "thin": change_thin}
LIMITED = ("wrap", "copy", "drop", "cut", "thin")


def kept_name(capture, what):
    """a name for the changed capture: no longer than a file system takes, and still its own"""
    name = "%s-%s" % (os.path.splitext(capture.name)[0], re.sub(r"\W+", "-", what))
    return "%s.pcap" % (name if len(name) < 200 else "%s-%08x" % (name[:190], zlib.crc32(name.encode())))


def try_capture(tcphs, path, wanted, limit, folder, keep):
    """(how many changed captures were read, [complaint])"""
    capture, before = Capture(path), Reading(tcphs, path, seconds=600)
    if before.trouble:
        return 1, ["%s: %s" % (capture.name, before.trouble)]
    count, found = 0, []
    capture.segments = sorted({number(s["packet"]) - 1 for c in before.connections for s in before.segments[c["id"]]})
    for change in wanted:
        made = CHANGES[change](capture, before, *((limit,) if change in LIMITED else ()))
        for what, packets, check in made:
            count += 1
            changed = os.path.join(folder, "changed.pcap")
            capture.writer(what)(changed, packets, getattr(packets, "link", capture.link))
            after = Reading(tcphs, changed, seconds=600)
            complaints = [after.trouble] if after.trouble else check(before, after)
            found += ["%s, %s: %s" % (capture.name, what, c) for c in complaints]
            if complaints and keep:
                os.replace(changed, os.path.join(keep, kept_name(capture, what)))
    return count, found


def try_file(path, args):
    """the same with a folder of its own, or None for what is no capture that can be changed"""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return try_capture(args.tcphs, path, args.only.split(","), args.limit, folder, args.keep)
        except ValueError as error:
            print("perturb: left out:", error)
            return None


def captures(arguments):
    for name in arguments:
        if os.path.isdir(name):
            yield from sorted(p for p in glob.glob(os.path.join(name, "*")) if p.endswith((".pcap", ".pcapng", ".cap", ".gz")))
        else:
            yield name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("--only", default=",".join(CHANGES), metavar="CHANGE,…")
    parser.add_argument("--limit", type=int, default=24, metavar="N")
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("capture", nargs="*", default=[os.path.join(HERE, "..", "..", "captures")])
    args = parser.parse_args()
    if not os.access(args.tcphs, os.X_OK):
        print("perturb: %s: no such program; build it, or say --tcphs PROGRAM" % args.tcphs, file=sys.stderr)
        return 2
    if args.keep:
        os.makedirs(args.keep, exist_ok=True)
    tried, total, wrong = 0, 0, 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda path: try_file(path, args), captures(args.capture)):
            if found is None:
                continue
            tried, total, wrong = tried + 1, total + found[0], wrong + len(found[1])
            print("\n".join(found[1]), end="\n" if found[1] else "", flush=True)
    print("perturb: %d captures, changed in %d ways, %d complaints" % (tried, total, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
