#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Memory that is exhausted while the view is on a terminal: each allocation of a session fails in
turn, alone and from there on, while keys are pressed in the list, the ladder, a quiz and a lesson.

usage: memory_view.py [--points N] [--part K/N] TCPHS SHIM ROOT

Whatever fails, the program must not crash nor hang, must leave the terminal as it was, and say so
on one line where it ends with another exit code than 0. --points N tries about N points of each
session, evenly spread; without it, all. --part 1/2 tries every second one.
"""
import os
import pty
import select
import signal
import sys
import termios
import time

from allocations import C, DOCUMENTED, Trial

DOWN, RIGHT, LEFT = "\x1b[B", "\x1b[C", "\x1b[D"
SESSIONS = [
    ("list", ["view", C, "captures/refused.pcap"],
     ["/port:80\r", "u", "u", "s", "\x1b", DOWN, "?", "\x1b", "i", "\x1b", "y"]),
    ("ladder", ["view", C],
     ["\r", DOWN, DOWN, "e", "d", "i", "\x1b", "v", "v", "/ACK\r", "t", "r", "w", " ", "L",
      "o", "{work}/out.svg\r", "o", "{work}/out.pcapng\r"]),
    ("neighbours", ["view", C, "captures/refused.pcap"], ["\r", RIGHT, DOWN, "v", LEFT, "v", RIGHT, DOWN]),
    ("quiz", ["quiz", "--seed", "3", "--count", "2", C], ["syn\r", "\r", "?\r", "\r"]),
    ("lesson", ["learn", "lessons/01-three-way.lesson"], [" ", " ", "syn-sent\r", " ", "\x7f", " "]),
    ("lessons", ["learn"], [DOWN, "\r", " "]),
]
QUIET = 0.03  # seconds without output: the screen stands
PATIENCE = 300


class Session:
    """One run on a pseudo-terminal of its own."""

    def __init__(self, arguments, keys, environment):
        self.said = b""
        self.keys = list(keys)
        self.status = None
        ready, go = os.pipe()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.read(ready, 1)  # not before the modes were asked for
            termios.tcsetwinsize(0, (24, 80)) if hasattr(termios, "tcsetwinsize") else None
            os.execve(arguments[0], arguments, environment)
        self.before = termios.tcgetattr(self.master)
        os.write(go, b"x")
        os.close(ready)
        os.close(go)

    def listen(self):
        """False: nothing came."""
        if not select.select([self.master], [], [], QUIET)[0]:
            return False
        try:
            octets = os.read(self.master, 65536)
        except OSError:  # nobody holds the terminal any more
            time.sleep(QUIET)
            return False
        self.said += octets
        return octets != b""

    def has_ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
        return self.status is not None

    def press(self):
        key = self.keys.pop(0) if self.keys else "\x1b\x11"
        try:
            os.write(self.master, key.encode())
        except OSError:
            pass

    def run(self):
        """What is wrong with its end, or None."""
        end = time.monotonic() + PATIENCE
        while not self.has_ended():
            if not self.listen() and b"\x1b[?1049h" in self.said:
                self.press()
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                return "it does not end"
        while self.listen():
            pass
        return self.fault()

    def fault(self):
        code = os.WEXITSTATUS(self.status) if os.WIFEXITED(self.status) else -os.WTERMSIG(self.status)
        if code not in DOCUMENTED:
            return f"ended with {code}"
        if code != 0 and b"tcphs: " not in self.said:
            return f"ended with {code} and said nothing of its own"
        if self.said.rfind(b"\x1b[?1049h") > self.said.rfind(b"\x1b[?1049l"):
            return "the other screen is not left"
        for on, off in ((b"\x1b[?1000h", b"\x1b[?1000l"), (b"\x1b[?25l", b"\x1b[?25h")):
            if self.said.rfind(on) > self.said.rfind(off):
                return f"{on!r} is left on"
        if termios.tcgetattr(self.master) != self.before:
            return "the terminal's modes are others"
        return None

    def close(self):
        os.close(self.master)


def try_one(arguments, keys, environment):
    session = Session(arguments, keys, environment)
    wrong = session.run()
    session.close()
    return wrong, session


def main():
    spare = {"default": "/libncursesw.so:/libtinfo.so", "help": "libraries that always get memory, A:B"}
    trial = Trial(__doc__, {"--spare": spare}, LC_ALL="C.UTF-8", TERM="xterm")
    trial.base["FAULT_SPARE"] = trial.options.spare
    with trial:
        for name, command, keys in SESSIONS:
            arguments = [trial.tcphs, command[0], "--no-sandbox", *command[1:]]
            keys = [key.format(work=trial.work) for key in keys]
            wrong, session = try_one(arguments, keys, trial.counting())
            if wrong or session.status != 0:
                print(f"{name}: without a fault: {wrong or session.status}: {session.said[-300:]!r}")
                return 1
            for point, environment in trial.points(trial.counted()):
                wrong, session = try_one(arguments, keys, environment)
                trial.ended += session.status != 0
                if wrong:
                    trial.complain(point, name, wrong, repr(session.said[-200:]))
        return trial.finish()


if __name__ == "__main__":
    sys.exit(main())
