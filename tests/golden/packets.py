#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Hold the expected ladders against tshark: the numbers of every row, in UTF-8 and in ASCII.

usage: packets.py [ROOT] [NAME ...]
       packets.py --screens [ROOT]     the ladders of the view's kept screens (../tui), as far as they can be seen

Each row must be a packet of its capture, with tshark's time, direction, flags, numbers and length; a folded run must
hold as many packets and octets; no TCP packet may be left over. An ASCII ladder must show the states of the other one.
What no program can compare, whether a state is right, is in READ: who reads it says so there.

Exit status: 0 no difference, 1 some, 77 there is no tshark.
"""
import functools
import glob
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys

SKIP = 77
FIELDS = ("frame.number", "frame.time_epoch", "ip.src", "ipv6.src", "tcp.srcport", "ip.dst", "ipv6.dst", "tcp.dstport",
          "tcp.flags", "tcp.seq_raw", "tcp.ack_raw", "tcp.len")
BITS = {"FIN": 1, "SYN": 2, "RST": 4, "PSH": 8, "ACK": 16, "URG": 32}
DRAWN = {"│": "|", "├": "|", "┤": "|", "┊": ":", "─": "-", "▶": ">", "◀": "<", "✗": "x", "→": "->", "╲": "\\", "╱": "/",
         "┌": ",", "└": "`", "╶": "-", "·": ".", "✓": "ok"}
SHORT = {"SYN-RCVD": "SYN-RECEIVED", "ESTAB": "ESTABLISHED", "FIN-W-1": "FIN-WAIT-1", "FIN-W-2": "FIN-WAIT-2",
         "CLOSE-W": "CLOSE-WAIT", "TIME-W": "TIME-WAIT"}
UNIT = {"us": 10**3, "ms": 10**6, "s": 10**9}
TITLE = re.compile(r"#\d+  (\S+) -> (\S+)")
ROW = re.compile(r"^[,|`-]? *(\d+\.\d+) +([A-Z0-9-]+) ?(\?)? *\|(.*)\| *([A-Z0-9-]+) ?(\?)?$")
RUN = re.compile(r"[:] *(\d+) segments\b(.*)[:]")
SCREEN_EDGE = re.compile(r" +[#█!x|│]$|^.*?(?=[,|`] +#\S+ +\d+\.\d)| {2,}#\S+(?= +\d+\.\d)")
FLAGS = re.compile(r"\b((?:SYN|FIN|RST|ACK|PSH|URG)(?:-(?:SYN|FIN|RST|ACK|PSH|URG))*)\b")


class Packet:
    def __init__(self, line):
        value = line.split("\t")
        self.number = int(value[0])
        seconds, rest = value[1].split(".")
        self.time = int(seconds) * 10**9 + int(rest.ljust(9, "0")[:9])
        self.ends = ((value[2] or value[3], int(value[4])), (value[5] or value[6], int(value[7])))
        self.flags, self.seq, self.ack, self.length = int(value[8], 16), *map(int, value[9:12])


@functools.lru_cache(maxsize=2)
def packets_of(capture):
    command = ["tshark", "-n", "-r", capture, "-Y", "tcp && !icmp && !icmpv6", "-T", "fields", "-E", "separator=/t"]
    for field in FIELDS:
        command += ["-e", field]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [Packet(line) for line in text.splitlines()]


def end_of(text):
    host, port = text.rsplit(":", 1)
    return host.strip("[]"), int(port) if port.isdigit() else socket.getservbyname(port, "tcp")


def plain(line):
    return "".join(DRAWN.get(sign, sign) for sign in line)


class Ladder:
    """One expected text and the packets it must be made of."""

    def __init__(self, text, packets, whole=True, isn=None):
        self.left = list(packets)
        self.rows = self.runs = 0
        self.wrong, self.states = [], []
        self.ends = self.start = None
        self.isn, self.unit = isn or {}, UNIT["ms"]
        self.known_isn, self.whole = self.isn, whole
        for line in text.splitlines():
            self.line(plain(line))
        if whole and self.left:
            self.wrong.append("not drawn: packets " + ", ".join(str(packet.number) for packet in self.left))

    def line(self, line):
        title, row, run = TITLE.match(line), ROW.match(line), RUN.search(line)
        if title:
            self.ends, self.start = (end_of(title[1]), end_of(title[2])), None if self.whole else self.left[0].time
            self.isn = dict(self.known_isn)
        elif row:
            self.row(line, row)
        elif run and self.ends:
            self.run(line, int(run[1]), run[2])
        elif re.match(r"^ +(us|ms|s) ", line):
            self.unit = UNIT[line.split()[0]]
        elif self.ends and (self.start is None or not self.whole) and "|" in line:
            for number in re.finditer(r"ISN (\d+)", line):
                self.isn[number.start() - line.index("|") > 6] = int(number[1])

    def take(self, fits, line):
        for packet in self.left:
            if packet.ends in (self.ends, self.ends[::-1]) and fits(packet):
                self.left.remove(packet)
                return packet
        self.wrong.append("no such packet: " + line)
        return None

    def run(self, line, count, text):
        self.runs += 1
        octets = [0, 0]
        for _ in range(count):
            packet = self.take(lambda packet: not packet.flags & 7, line)
            if packet is None:
                return
            octets[packet.ends != self.ends] += packet.length
        if not self.whole and " B" not in text:
            return  # no room for the octets
        if sorted(map(int, re.findall(r"(\d+) B\b", text))) != sorted(filter(None, octets)):
            self.wrong.append(f"{octets[0]} and {octets[1]} octets: {line}")

    def row(self, line, row):
        time, body = row[1], row[4]
        backward = body.startswith("<")
        slack = 0.51 * 10 ** -len(time.split(".")[1]) * self.unit
        start, self.rows = self.start, self.rows + 1

        def fits(packet):
            return packet.ends == (self.ends[::-1] if backward else self.ends) and \
                abs(packet.time - (packet.time if start is None else start) - float(time) * self.unit) <= slack

        packet = self.take(fits, line)
        if packet is None:
            return
        if not self.whole:  # what came before it was above the screen
            self.left = [later for later in self.left if later.number > packet.number]
        self.start = packet.time if start is None else start
        self.states.append([SHORT.get(row[2], row[2]), row[3], SHORT.get(row[5], row[5]), row[6]])
        for what, shown, true in self.numbers(body, packet, backward):
            if shown != true:
                self.wrong.append(f"packet {packet.number}: {what} {shown}, but tshark has {true}: {line}")

    def numbers(self, body, packet, backward):
        """(what, as drawn, as tshark has it) of one row; what is not drawn is not compared"""
        named = FLAGS.search(body)
        flags = sum(BITS[flag] for flag in named[1].split("-")) if named else 0
        if "no flags" not in body and not named:
            flags = BITS["ACK"]
        yield "flags", flags & 0x17, packet.flags & 0x17
        seq = re.search(r"seq (\d+)", body) or re.search(r"(?:[A-Z]|-) (\d+)(?= |$)(?! B\b)", body)
        isn = re.search(r"ISN (\d+)", body)
        ack = re.search(r"ack (\d+)", body)
        length = re.search(r"(\d+) B\b", body)
        if isn:
            yield "ISN", int(isn[1]), packet.seq
        elif seq:
            yield "seq", int(seq[1]), (packet.seq - self.isn.get(backward, 0)) % 2**32
        if ack:
            yield "ack", int(ack[1]), (packet.ack - self.isn.get(not backward, 0)) % 2**32
        yield "length", int(length[1]) if length else 0, packet.length


def screens():
    """(name, text without cursor, margin and scroll bar, captures) of each kept screen that shows a ladder with times"""
    for script in sorted(glob.glob("tests/tui/*.keys")):
        with open(script, encoding="utf-8") as lines:
            steps = [line.rstrip("\n") for line in lines]
        captures = [word for step in steps if step.startswith("run ") for word in step.split() if ".pcap" in word]
        for name in sorted({step[7:] for step in steps if step.startswith("screen ")}):
            for path in sorted(glob.glob("tests/tui/expected/" + glob.escape(name) + ".*")):
                with open(path, encoding="utf-8") as kept:
                    above = re.split(r"(?m)^[─-]{3}", kept.read())[0]
                lines = [SCREEN_EDGE.sub("", plain(line)[1:]).rstrip() for line in above.splitlines()]
                title = re.match(r"#(\d+)  \S+ -> ", lines[0]) if lines else None
                if title and any(ROW.match(line) for line in lines):
                    yield os.path.basename(path), "\n".join(lines), captures[int(title[1]) - 1]


def judge_screens():
    rows = runs = failed = 0
    for name, text, capture in screens():
        title = TITLE.match(text)
        client = (end_of(title[1]), end_of(title[2]))
        packets = [packet for packet in packets_of(capture) if packet.ends in (client, client[::-1])]
        isn = {packet.ends != client: packet.seq for packet in packets if packet.flags & BITS["SYN"]}
        ladder = Ladder(text, packets, whole=False, isn={} if "raw" in name else isn)
        for wrong in ladder.wrong:
            print(f"{name}: {wrong}")
        rows, runs, failed = rows + ladder.rows, runs + ladder.runs, failed + bool(ladder.wrong)
    print(f"{rows} rows and {runs} runs on screens compared with tshark, {failed} screens differ")
    return failed > 0 or rows == 0


def main():
    of_screens = "--screens" in sys.argv
    if of_screens:
        sys.argv.remove("--screens")
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    if not shutil.which("tshark"):
        print("no tshark: the expected ladders were not held against the packets")
        return SKIP
    os.chdir(root)
    if of_screens:
        return judge_screens()
    states, rows, runs, failed = {}, 0, 0, 0
    for line in open("tests/golden/TESTLIST", encoding="utf-8"):
        word = shlex.split(line, comments=True)
        if len(word) < 4 or word[2] != "show" or set(word[3:-1]) - {"--ascii"}:
            continue
        if sys.argv[2:] and word[0] not in sys.argv[2:]:
            continue
        with open("tests/golden/expected/" + word[-1], encoding="utf-8") as text:
            ladder = Ladder(text.read(), packets_of(word[1]))
        rows, runs = rows + ladder.rows, runs + ladder.runs
        if states.setdefault(word[1], ladder.states) != ladder.states:
            ladder.wrong.append("not the states that the other form of this ladder has")
        for wrong in ladder.wrong:
            print(f"{word[0]}: {wrong}")
        failed += bool(ladder.wrong)
    print(f"{rows} rows and {runs} runs compared with tshark, {failed} ladders differ")
    return failed > 0 or rows == 0


if __name__ == "__main__":
    sys.exit(main())
