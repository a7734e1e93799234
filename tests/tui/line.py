# SPDX-License-Identifier: BSD-3-Clause
"""A program on a terminal of its own, and the terminal's side of their line."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


class Failed(Exception):
    """What was expected and did not come."""


class Line:
    """The program's octets gather in `output`; what it finds in its environment is said here."""

    def __init__(self, program, arguments, size=(24, 80), **environment):
        self.output = b""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            for name in ("NO_COLOR", "COLORTERM", "COLORFGBG", "TMUX"):
                os.environ.pop(name, None)
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", TZ="UTC")
            os.environ.update(environment)
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
            os.execv(program, [program, *arguments])

    def resize(self, width, height):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def take(self, seconds):
        """Waits so long for what it writes, and takes it; false once it is gone."""
        try:
            if select.select([self.master], [], [], seconds)[0]:
                self.output += os.read(self.master, 65536)
            return True
        except OSError:
            return False

    def send(self, octets):
        os.write(self.master, octets)

    def exit_code(self, seconds, listening=True):
        """How it ended, by itself and within some seconds: its code, or minus the signal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if not (listening and self.master >= 0 and self.take(0.02)):
                time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise Failed(f"does not end within {seconds} s")
