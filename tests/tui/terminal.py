#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: terminal.py PROGRAM ROOT CASE

What tmux can't play: a terminal that answers late or not at all, that has 8, 256 or 2^24 colours,
that is suspended, closed, or resized while something is drawn. Looks at the octets that the view
writes and at how it ends. Without PROGRAM it lists the cases; "all" runs them all."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from netlab import capfile  # noqa: E402
from tui.line import Failed, Line  # noqa: E402

PATIENCE = float(os.environ.get("TCPHS_TIMEOUT", "60"))
CAPTURE = "captures/three-way.pcap"
QUESTION = b"\x1b]11;?"
LIGHT = b"\x1b]11;rgb:ffff/ffff/fafa\x1b\\"


class Terminal(Line):
    """The view, and the terminal's side of its line."""

    def __init__(self, program, words=(CAPTURE,), shell=None, **environment):
        super().__init__(program, ["-mc", shell] if shell else ["view", *words],
                         **{"XDG_CONFIG_HOME": "/dev/null", **environment})

    def wait(self, pattern, since=0):
        """Until the output from `since` on holds the pattern; where that ends."""
        end = time.monotonic() + PATIENCE
        while not (found := re.compile(pattern).search(self.output, since)):
            if time.monotonic() > end or not self.take(0.1):
                raise Failed(f"{pattern} did not come; the end is {self.output[-300:]}")
        return found.end()

    def shows(self, pattern):
        """Until the pattern is on the screen, drawn whole; returns that drawing. Asked for again where it comes
        slowly, too."""
        end, pause = time.monotonic() + PATIENCE, 0.1
        while time.monotonic() < end:
            since = self.quiet(0.1)
            self.send(b"\x0c")
            self.quiet(pause)
            drawn = re.sub(rb"\x1b(\[[0-9;?]*[@-~]|[()].)", b" ", self.output[since:])
            if re.search(pattern, drawn):
                return drawn
            pause = min(2 * pause, 3)
        raise Failed(f"{pattern} is not on the screen: {drawn}")

    def quiet(self, seconds=0.3):
        """Takes all until nothing comes for so long; returns how much there is."""
        before = -1
        while before != len(self.output):
            before = len(self.output)
            self.take(seconds)
        return before

    def ends(self, code=0):
        """It ends by itself with this code."""
        ended = self.exit_code(PATIENCE)
        if ended != code:
            raise Failed(f"it ends with {ended}, not {code}")

    def leave(self):
        self.send(b"\x11")
        self.ends()


def retried(attempt):
    """What is a matter of milliseconds: a busy machine spoils it now and then, not three times."""
    def tried(program):
        for left in 2, 1, 0:
            try:
                return attempt(program)
            except Failed as failure:
                if not left:
                    raise
                print(f"{failure}; once more")

    tried.__name__, tried.__doc__ = attempt.__name__, attempt.__doc__
    return tried


def check(holds, words):
    if not holds:
        raise Failed(words)


def colours_256(program):
    """256 colours: those of the dark theme until the terminal says otherwise."""
    view = Terminal(program)
    view.wait(rb"three-way")
    view.wait(re.escape(QUESTION))  # the background's
    view.wait(rb"38;5;114")  # the green of the dark theme
    view.quiet()
    check(b"38:2:" not in view.output, "true colours that nobody said are there")
    view.leave()


def colours_true(program):
    """COLORTERM says 2^24 colours: they are used where terminfo knows how."""
    known = subprocess.run(["infocmp", "xterm-direct"], capture_output=True, check=False)
    view = Terminal(program, COLORTERM="truecolor")
    view.wait(rb"three-way")
    view.wait(rb"38[:;]2[:;]+134[:;]207[:;]134" if known.returncode == 0 else rb"38;5;114")  # else 256
    view.leave()


def colours_true_unknown(program):
    """It says so, and terminfo knows no such kind of it."""
    view = Terminal(program, TERM="vt220", COLORTERM="truecolor")
    view.wait(rb"three-way")
    view.leave()


def colours_8(program):
    view = Terminal(program, TERM="linux")
    view.wait(rb"three-way")
    view.wait(rb"\x1b\[[0-9;]*32m")
    view.quiet()
    check(b"38;5" not in view.output, "256 colours on 8")
    check(QUESTION not in view.output, "the console would print the question")
    view.leave()


def colours_none(program):
    for environment in ({"NO_COLOR": "1"}, {"TERM": "vt100"}):
        view = Terminal(program, **environment)
        view.wait(rb"three-way")
        view.quiet()
        check(not re.search(rb"\x1b\[[0-9;]*[34][0-8][;m]", view.output), "there are colours")
        view.leave()


def kinds(program):
    """Each kind of terminal can be drawn on and left."""
    for kind in ("xterm", "xterm-256color", "screen", "screen-256color", "tmux-256color", "linux",
                 "putty", "vt100", "vt220", "ansi", "nsterm", "rxvt-unicode-256color"):
        if subprocess.run(["infocmp", kind], capture_output=True, check=False).returncode != 0:
            continue
        view = Terminal(program, TERM=kind)
        view.wait(rb"three-way")
        view.send(b"\r")
        view.wait(rb"ISN")
        view.leave()


def light_at_once(program):
    view = Terminal(program)
    view.wait(re.escape(QUESTION))
    view.send(LIGHT)
    view.wait(rb"38;5;28m")
    view.leave()


@retried
def light_late_and_in_pieces(program):
    """A slow line: the answer comes two seconds later, in three pieces."""
    view = Terminal(program)
    view.wait(re.escape(QUESTION))
    view.wait(rb"three-way")
    time.sleep(1)
    for piece in (LIGHT[:1], LIGHT[1:9], LIGHT[9:]):
        view.send(piece)
        time.sleep(0.07)
    view.wait(rb"38;5;28m")
    view.send(b"\r")  # and no piece of it was taken for a key
    view.wait(rb"ISN")
    view.leave()


def light_without_answer(program):
    """No answer: keys go on being keys, Esc too."""
    view = Terminal(program)
    view.wait(rb"three-way")
    view.send(b"\r")
    view.wait(rb"ISN")
    since = view.quiet()
    view.send(b"\x1b")
    view.wait(rb"connection", since)
    view.leave()


@retried
def light_never(program):
    """No answer for seconds: what comes 110 ms behind an Esc is no piece of one any more, so that
    Esc waits for none."""
    view = Terminal(program)
    view.wait(rb"three-way")
    time.sleep(5.2)
    view.send(b"\r")
    view.wait(rb"ISN")
    view.send(LIGHT[:1])
    time.sleep(0.11)
    since = len(view.output)
    view.send(LIGHT[1:5])  # four keys that do nothing
    view.send(b"\x0c")
    view.wait(rb"connection", since)
    view.leave()


def light_by_environment(program):
    view = Terminal(program, COLORFGBG="0;15")
    view.wait(rb"38;5;28m")
    view.leave()


def copied(program):
    """y: OSC 52, and the text on the screen for where that does nothing."""
    view = Terminal(program)
    view.wait(rb"three-way")
    view.quiet()
    view.send(b"y")
    view.wait(rb"\x1b\]52;c;aXAuYWRkciA9PSAxOTIuMC4yLjEg")
    view.wait(rb"ip.addr == 192.0.2.1")
    view.leave()


def suspended(program):
    """Ctrl-Z gives the terminal back, fg takes it again and draws all."""
    view = Terminal("/bin/sh", shell=f"{program} view {CAPTURE}; echo stopped; sleep 1; fg")
    view.wait(rb"three-way")
    since = view.quiet()
    view.send(b"\x1a")
    since = view.wait(rb"(?s)\x1b\[\?1049l.*?stopped", since)
    view.wait(rb"(?s)\x1b\[\?1049h.*three-way", since)
    view.leave()


def hung_up(program):
    view = Terminal(program)
    view.wait(rb"three-way")
    os.kill(view.pid, signal.SIGHUP)
    view.ends()


def closed(program):
    """The line is cut without a signal: it ends, and uses no processor until then."""
    view = Terminal(program)
    view.wait(rb"three-way")
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.close(view.master)
    view.master = -1
    view.ends()


def idle(program):
    """Nothing to do: no processor is used."""
    view = Terminal(program)
    view.wait(rb"three-way")
    view.quiet(0.5)

    def ticks():
        with open(f"/proc/{view.pid}/stat", encoding="ascii", errors="replace") as line:
            fields = line.read().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])

    for _ in range(5):  # the first may still be the start's, on a busy machine
        before = ticks()
        time.sleep(2)
        used = ticks() - before
        if used <= 1:
            break
    check(used <= 1, f"{used} ticks in two idle seconds")
    view.leave()


def resized(program):
    """Sizes from 1x1 to 300x100, faster than it can draw, with keys between them."""
    view = Terminal(program)
    view.wait(rb"three-way")
    for i in range(120):
        view.resize(1 + i * 37 % 300, 1 + i * 23 % 100)
        view.send((b"\r", b"v", b"j", b"q", b"s", b"q", b"?", b"q")[i % 8])
        view.take(0.002)
    view.resize(80, 24)
    since = view.quiet()
    view.send(b"\x0c")
    view.wait(rb"tcphs|client|Keys", since)
    view.leave()


def clicked(program):
    """A click on a column's head sorts by it, one more reverses; a row is selected, then opened."""
    view = Terminal(program, ("captures/three-way.pcap", "captures/refused.pcap"))
    view.wait(rb"refused")

    def click(column, row):
        since = view.quiet()
        if b"\x1b[?1006" in view.output:
            view.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode())
        else:
            place = bytes((32 + column, 32 + row))
            view.send(b"\x1b[M " + place + b"\x1b[M#" + place)
        return since

    view.wait("▲".encode(), click(22, 3))
    view.wait("▼".encode(), click(22, 3))
    click(30, 5)
    view.wait(rb"ISN", click(30, 5))
    view.leave()


def nothing_raw(program):
    """No control character of a file's name reaches the terminal."""
    name = f"/tmp/tcphs-{os.getpid()}-\x1b]2;evil\x07-\x9b31m.pcap"
    os.symlink(os.path.abspath(CAPTURE), name)
    try:
        view = Terminal(program, (name,))
        view.wait(rb"three-way")
        view.quiet()
        check(b"\x1b]2;" not in view.output and b"\x9b" not in view.output, "it came through")
        view.leave()
    finally:
        os.unlink(name)


def tagged(packets, tag):
    """The same in another VLAN."""
    return [capfile.Packet(p.time + 1000 * tag, p.data[:14] + tag.to_bytes(2, "big") + p.data[16:]) for p in packets]


def sandbox(program):
    """The help says which of -V's limits hold: that many system calls for a file in the view, this
    Landlock; or that --no-sandbox took them off."""
    told = subprocess.run([program, "-V"], capture_output=True, text=True, check=True).stdout
    calls, landlock = re.search(r"\((\d+) for the view", told), re.search(r"Landlock (\d+)", told)
    for words, expected in (
            ((), ("no capabilities, " + (calls[1] if calls else "all") + " system calls, "
                  + (f"Landlock {landlock[1]}" if landlock else "no Landlock"))),
            (("--no-sandbox",), "off, by --no-sandbox")):
        if "sandbox: off" in told:
            expected = "off"
        view = Terminal(program, (CAPTURE, *words))
        view.wait(rb"three-way")
        view.send(b"?")
        view.wait(rb"Keys")
        view.send(b"G")
        drawn = re.sub(rb"\s+", b" ", view.shows(rb"Sandbox:"))
        check(f"Sandbox: {expected}".encode() in drawn, f"not '{expected}': {drawn[-300:]}")
        view.leave()


def saved(program):
    """o writes the packets of the connection on the screen as -w does: with its fragments and the
    ICMP errors about it, without those of another one on its 4-tuple or in another VLAN."""
    def packets(name):
        return list(capfile.read(f"captures/{name}.pcap")[1])

    with tempfile.TemporaryDirectory(prefix="tcphs-") as folder:
        twins = os.path.join(folder, "twins.pcap")
        both = tagged(packets("vlan"), 7) + tagged(packets("vlan"), 8)
        capfile.write_pcap(twins, sorted(both, key=lambda p: p.time))
        for capture, query, expected in (
                ("captures/fragments.pcap", "id:1", packets("fragments")),
                ("captures/icmp-refused.pcap", "id:1", packets("icmp-refused")),
                ("captures/port-reuse.pcap", "id:2", packets("port-reuse")[11:]),
                (twins, "id:2", tagged(packets("vlan"), 8))):
            path, listed = os.path.join(folder, "view.pcapng"), os.path.join(folder, "list.pcapng")
            view = Terminal(program, (capture, "-Y", query))
            view.wait(rb"192")
            view.send(b"\r")
            view.wait(rb"ISN")
            view.send(b"o")
            view.wait(rb"save as")
            view.send(b"\x15" + path.encode() + b"\r")
            view.wait(rb"saved \d+ packets? as")
            view.leave()
            subprocess.run([program, "list", capture, "-Y", query, "-w", listed], check=True,
                           stdout=subprocess.DEVNULL)
            for name in path, listed:
                written = [p.data for p in capfile.read(name)[1]]
                check(written == [p.data for p in expected],
                      f"{capture} {query}: {len(written)} packets in {name}, not {len(expected)}")
            os.unlink(path)


def pictures(program):
    """o draws the ladder in each format that the name's ending asks for."""
    with tempfile.TemporaryDirectory(prefix="tcphs-") as folder:
        view = Terminal(program)
        view.wait(rb"three-way")
        view.send(b"\r")
        view.wait(rb"ISN")
        for ending, start in (("txt", b"#1  192.0.2.1:40000"), ("svg", b"<svg"), ("html", b"<!DOCTYPE"),
                              ("json", b"{"), ("csv", b"connection,"), ("mmd", b"sequenceDiagram"),
                              ("puml", b"@startuml"), ("png", b"\x89PNG"), ("pdf", b"%PDF-")):
            path, since = os.path.join(folder, "ladder." + ending), len(view.output)
            view.send(b"o")
            view.wait(rb"save as", since)
            view.send(b"\x15" + path.encode() + b"\r")
            view.wait(rb"saved the picture as|install", since)
            if b"install" in view.output[since:]:
                check(ending in ("png", "pdf"), f"{ending} needs something else")
                view.send(b"\x1b")  # Cairo is not here: it is said
                view.quiet()
                continue
            with open(path, "rb") as file:
                check(start in file.read(200), f"no {ending}")
        view.leave()


def wheel(program):
    """The wheel scrolls the list and the ladder's lines."""
    view = Terminal(program, ("captures/three-way.pcap", "captures/refused.pcap"))
    view.wait(rb"refused")
    since = view.quiet()
    down = b"\x1b[<65;30;5M" if b"\x1b[?1006" in view.output else b"\x1b[Ma" + bytes((62, 37))
    view.send(down)
    view.wait(rb"a reset answered the only SYN", since)
    view.leave()


def while_loading(program):
    """A file that is still being read: sorted and asked about at once, with how far it is; the
    selected connection stays selected while others come before it."""
    packets = list(capfile.read("tests/tui/addresses-many.pcap")[1])
    with tempfile.TemporaryDirectory(prefix="tcphs-") as folder:
        whole, path = os.path.join(folder, "whole"), os.path.join(folder, "pipe")
        capfile.write_pcap(whole, packets)
        with open(whole, "rb") as file:
            octets = file.read()
        half = 24 + sum(16 + len(packet.data) for packet in packets[: len(packets) // 2])
        os.mkfifo(path)
        view = Terminal(program, (path,))
        with open(path, "wb", buffering=0) as pipe:
            pipe.write(octets[:half])
            view.shows(rb"reading.* 6 connections")
            view.send(b"sss\rG")  # by the server, all of which are equal: the youngest is the last
            view.shows("server▲(?s:.*)▶ +6 ".encode())
            view.send(b"/id:2,6,9\r")
            view.shows("reading.* 2 of 6 connections(?s:.*)▶ +6 ".encode())
            pipe.write(octets[half:])
        drawn = view.shows("3 of 12 connections(?s:.*)▶ +6 ".encode())
        check(b"reading" not in drawn, "it still reads")
        view.leave()


CASES = (colours_256, colours_true, colours_true_unknown, colours_8, colours_none, kinds, light_at_once,
         light_late_and_in_pieces, light_without_answer, light_never, light_by_environment, copied, suspended,
         hung_up, closed, idle, resized, clicked, wheel, nothing_raw, sandbox, saved,
         pictures, while_loading)


def main():
    if len(sys.argv) < 4:
        print(*(case.__name__ for case in CASES))
        return
    program = os.path.abspath(sys.argv[1])
    os.chdir(sys.argv[2])
    for case in CASES:
        if sys.argv[3] in (case.__name__, "all"):
            try:
                case(program)
                print(f"ok {case.__name__}")
            except Failed as failure:
                sys.exit(f"{case.__name__}: {failure}")


main()
