#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What happens to the terminal of a view that is ended, stopped, or left alone.

usage: terminal.py TCPHS ROOT
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time

TCPHS, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
CAPTURE = os.path.join(ROOT, "captures/three-way.pcap")
LEFT = b"\x1b[?1049l"  # the other screen is left
DEADLINE = 60


class View:
    """tcphs view on a pseudo-terminal whose modes can be looked at."""

    def __init__(self, arguments=(), **environment):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        self.said = b""
        self.status = None
        reader, writer = os.pipe()
        self.shell = os.fork()
        if self.shell == 0:
            self.be_shell(writer, arguments, environment)
        self.pid = int(os.read(reader, 32))
        View.last = self
        os.close(reader)
        os.close(writer)

    def be_shell(self, writer, arguments, environment):
        """A session needs a leader that isn't the view: else nothing can suspend it."""
        os.setsid()
        fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(self.slave, os.getpid())
            for number in (signal.SIGTTOU, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            for fd in range(3):
                os.dup2(self.slave, fd)
            os.closerange(3, 64)
            os.environ.update({"TERM": "xterm", "LC_ALL": "C.UTF-8", **environment})
            os.execv(TCPHS, [TCPHS, "view", *arguments, CAPTURE])
        def to_front(group):
            fd = os.open("/dev/tty", os.O_RDWR)
            os.tcsetpgrp(fd, group)
            os.close(fd)

        signal.signal(signal.SIGUSR1, lambda number, frame: to_front(os.getpgrp()))
        signal.signal(signal.SIGUSR2, lambda number, frame: to_front(pid))
        os.write(writer, b"%d" % pid)
        for fd in (self.master, self.slave):
            os.close(fd)
        _, status = os.waitpid(pid, 0)
        os._exit(100 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))

    def read(self, until, what):
        end = time.monotonic() + DEADLINE
        while not until(self.said):
            ready, _, _ = select.select([self.master], [], [], 0.1)
            if ready:
                self.said += os.read(self.master, 65536)
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}; last: {self.said[-300:]!r}")

    def opened(self):
        self.read(lambda said: b"1 connection" in said, "the list")
        assert termios.tcgetattr(self.slave)[3] & termios.ICANON == 0, "the terminal is not taken"
        return self

    def stands(self):
        end = time.monotonic() + DEADLINE
        while True:
            with open(f"/proc/{self.pid}/stat") as file:
                if file.read().rsplit(")", 1)[1].split()[0] == "T":
                    return
            time.sleep(0.02)
            assert time.monotonic() < end, "it was not stopped"

    def wakes_and_stands(self):
        """It is continued, comes to touch the terminal, and is stopped for that."""
        before = self.switches()
        os.kill(self.pid, signal.SIGCONT)
        end = time.monotonic() + DEADLINE
        while self.switches() == before:
            time.sleep(0.01)
            assert time.monotonic() < end, "it was not woken"
        self.stands()

    def switches(self):
        with open(f"/proc/{self.pid}/status") as file:
            return [line for line in file if "_switches" in line]

    def give_terminal(self, number):
        """To the shell (SIGUSR1), or back to the view (SIGUSR2)."""
        os.kill(self.shell, number)
        end = time.monotonic() + DEADLINE
        while True:
            with open(f"/proc/{self.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            group, front = int(fields[2]), int(fields[5])
            if (group == front) == (number == signal.SIGUSR2):
                return
            time.sleep(0.01)
            assert time.monotonic() < end, "the terminal was not given"

    def drain(self):
        while select.select([self.master], [], [], 0.2)[0]:
            self.said += os.read(self.master, 65536)

    def kill(self):
        """What is left of it would hold this test's output open."""
        for pid in (self.pid, self.shell):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def ended(self):
        """The exit code; 100 and more: by a signal."""
        end = time.monotonic() + DEADLINE
        while True:
            pid, status = os.waitpid(self.shell, os.WNOHANG)
            if pid:
                return os.WEXITSTATUS(status)
            if self.master is not None and select.select([self.master], [], [], 0.05)[0]:
                self.said += os.read(self.master, 65536)
            if time.monotonic() > end:
                raise AssertionError("it doesn't end")

    def goes_on(self):
        """After a stop the screen is drawn anew, and the end is as it always is."""
        self.said = b""
        os.kill(self.pid, signal.SIGCONT)
        self.opened()
        os.write(self.master, b"\x11")
        assert self.ended() == 0
        self.is_as_before()

    def is_as_before(self):
        self.drain()
        assert termios.tcgetattr(self.slave) == self.before, "the terminal's modes are others"
        assert self.said.rstrip().rfind(LEFT) > self.said.rfind(b"\x1b[?1049h"), "the screen is not left"
        for on, off in ((b"\x1b[?1000h", b"\x1b[?1000l"), (b"\x1b[?25l", b"\x1b[?25h")):
            assert self.said.rfind(on) <= self.said.rfind(off), f"{on!r} is left on"


def ends_by(number):
    view = View().opened()
    os.kill(view.pid, number)
    status = view.ended()
    assert status == 0, f"status {status}"
    view.is_as_before()


def by_key():
    view = View().opened()
    os.write(view.master, b"\x11")
    assert view.ended() == 0
    view.is_as_before()


def suspended():
    view = View().opened()
    os.kill(view.pid, signal.SIGTSTP)
    view.stands()
    view.is_as_before()
    view.goes_on()


def stopped():
    """SIGSTOP can't be seen coming."""
    view = View().opened()
    os.kill(view.pid, signal.SIGSTOP)
    view.stands()
    view.goes_on()


def woken_in_the_background():
    """The shell has the terminal: what is woken then must not write a single octet there."""
    view = View().opened()
    view.drain()
    stays_off_the_shell(view)


def woken_in_the_middle_of_a_drawing():
    """The same with a screen still on its way, since nobody reads. A write in which it was stopped
    the kernel goes on with by itself: so it is enough that nothing comes once in a few times."""
    for left in reversed(range(6)):
        view = View().opened()
        fcntl.ioctl(view.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 500, 0, 0))
        for _ in range(10):
            os.kill(view.pid, signal.SIGWINCH)  # draws more than the terminal's queue takes
            time.sleep(0.02)
        try:
            stays_off_the_shell(view)
            return
        except AssertionError:
            if left == 0:
                raise
            view.kill()


def stays_off_the_shell(view):
    os.kill(view.pid, signal.SIGSTOP)
    view.stands()
    view.give_terminal(signal.SIGUSR1)
    view.drain()
    view.said = b""
    for _ in range(3):
        view.wakes_and_stands()
    view.drain()
    assert view.said == b"", f"it drew over the shell: {view.said[:80]!r}"
    view.give_terminal(signal.SIGUSR2)
    view.goes_on()


def terminal_gone():
    view = View().opened()
    os.close(view.slave)
    os.close(view.master)
    view.master = None
    status = view.ended()
    assert status < 100 or status == 100 + signal.SIGHUP, f"status {status}"


def unreadable_configuration():
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "tcphs", "config"))
        view = View(XDG_CONFIG_HOME=folder).opened()
        view.read(lambda said: b"Is a directory" in said, "a word about the configuration")
        os.write(view.master, b"\x11")
        assert view.ended() == 0
        view.is_as_before()


def wrong_configuration():
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "tcphs"))
        with open(os.path.join(folder, "tcphs", "config"), "w") as file:
            file.write("theme \x1b[2Jnone\n")
        view = View(XDG_CONFIG_HOME=folder)
        assert view.ended() == 2
        view.read(lambda said: b"config:1:" in said, "the file and its line")
        assert b"\x1b[2J" not in view.said, "the escape sequence reached the terminal"
        assert termios.tcgetattr(view.slave) == view.before


def picture_on_a_full_disk():
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "full.svg")
        os.symlink("/dev/full", name)
        view = View(["--no-sandbox"], COLUMNS="80").opened()
        os.write(view.master, b"\ro\x15" + name.encode() + b"\r")
        view.read(lambda said: b"overwrite?" in said, "the question whether to overwrite")
        os.write(view.master, b"y\r")
        view.read(lambda said: b"No space left on device; make room" in said, "the cause and the cure")
        os.write(view.master, b"\x11")
        assert view.ended() == 0
        view.is_as_before()


def main():
    cases = [(f"signal {name}", lambda name=name: ends_by(getattr(signal, name)))
             for name in ("SIGTERM", "SIGINT", "SIGHUP")]
    cases += [(case.__name__, case) for case in (by_key, suspended, stopped,
                                                 woken_in_the_background,
                                                 woken_in_the_middle_of_a_drawing, terminal_gone,
                                                 unreadable_configuration, wrong_configuration,
                                                 picture_on_a_full_disk)]
    bad = 0
    for name, case in cases:
        try:
            case()
            print(f"ok {name}")
        except AssertionError as wrong:
            bad += 1
            print(f"not ok {name}: {wrong}")
            View.last.kill()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
