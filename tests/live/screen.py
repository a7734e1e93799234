#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: screen.py CASE TCPHS BLAST FOLDER     in the network namespace of lab.sh

The view on a busy interface, and a terminal that takes what it writes late, or not for a while."""

import os
import re
import signal
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tui.line import Failed, Line  # noqa: E402

PATIENCE = float(os.environ.get("TCPHS_TIMEOUT", "60"))


class View(Line):
    """tcphs on `there`, and the terminal's side of its line."""

    def __init__(self, program, *words, interface="there", size=(60, 200)):
        super().__init__(program, ["view", "-i", interface, *words], size)
        self.wait_for(r"waiting for packets")

    def text(self):
        """What was written, without the sequences that place and colour it."""
        return re.sub(rb"\x1b(\[[0-9;?]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()].|[=>])", b" ",
                      self.output).decode("utf-8", "replace")

    def wait_for(self, pattern):
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.text())):
            if time.monotonic() > end or not self.take(0.05):
                raise Failed(f"never wrote {pattern!r}, but {self.text()[-2000:]!r}")
        return found

    def press(self, keys):
        self.send(keys.encode())

    def answer(self, keys, pattern):
        """Seconds from the keys to the screen."""
        self.output = b""
        began = time.monotonic()
        self.press(keys)
        self.wait_for(pattern)
        return time.monotonic() - began

    def draw_anew(self, pattern):
        """The whole screen, once the pattern is on it; asked for again where it comes slowly, too."""
        end, pause = time.monotonic() + PATIENCE, 0.2
        while time.monotonic() < end:
            self.output = b""
            self.press("\x0c")
            while self.heard(pause):
                if re.search(pattern, self.text()):
                    while self.heard(0.1):  # to its end
                        pass
                    return self.text()
            pause = min(2 * pause, 3)
        raise Failed(f"never shows {pattern!r}, but {self.text()!r}")

    def heard(self, seconds):
        """Something came within so long."""
        before = len(self.output)
        return self.take(seconds) and len(self.output) > before

    def end(self):
        """Whatever it is at."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def send(blast, *words):
    return subprocess.Popen([blast, "here", *map(str, words)], stdout=subprocess.PIPE, text=True)


def rate_of(process):
    return process.communicate()[0].strip()


class Late(Failed):
    """It came, but later than it may, or too late to be caught."""


def three_times(attempt):
    """Something else may hold a machine up for a second: of three recordings one must be in time."""
    for left in 2, 1, 0:
        try:
            return attempt()
        except Late as late:
            if not left:
                raise
            print(f"{late}; recorded again")


def stalled(program, blast, folder):
    """Nobody reads the terminal while twice as much comes as the kernel keeps: nothing is lost,
    and when it is read again the screen is that of now."""
    def attempt():
        view = View(program, "-B", "64")
        view.press("F")
        sender = send(blast, 150000, 1000, 50000)
        said = rate_of(sender)  # and meanwhile nothing is taken
        if found := re.search("[0-9,]+ dropped", view.draw_anew(r"150,000 connections|dropped")):
            view.end()
            raise Late(f"{said}: {found[0]}")
        return view

    view = three_times(attempt)
    view.press("\x11")
    if (code := view.exit_code(PATIENCE)) != 0:
        raise Failed(f"ended with {code}")


def killed(program, blast, folder):
    """Nobody reads the terminal, and it is told to end."""
    view = View(program)
    view.press("F")
    sender = send(blast, 60000, 60, 20000)
    time.sleep(1)  # the terminal's queue takes no more
    os.kill(view.pid, signal.SIGTERM)
    if (code := view.exit_code(PATIENCE, listening=False)) != 0:
        raise Failed(f"ended with {code}")
    sender.wait()
    if termios.tcgetattr(view.master)[3] & termios.ICANON == 0:
        raise Failed("the terminal is not as it was")


def keys_meanwhile(view, sender, least):
    """Keys while packets are sent: how many were answered, and how fast; as fast as they must be."""
    took = []
    while sender.poll() is None:
        took.append(view.answer("?", r"Sandbox:"))
        took.append(view.answer("q", r"connections"))
    took.sort()
    said = (f"{rate_of(sender)}; {len(took)} keys, half within {took[len(took) // 2] * 1e3:.1f} ms, "
            f"all within {took[-1] * 1e3:.1f} ms")
    if len(took) < least or took[len(took) // 2] > 0.1 or took[-1] > 1:
        raise Late(said)
    print(said)
    return said


def keys(program, blast, folder):
    """A flood keeps it busy: keys are answered all the same."""
    def attempt():
        view = View(program)
        try:
            keys_meanwhile(view, send(blast, 400000, 60, 100000), 20)
            text = view.draw_anew(r"400,000 connections")
            if found := re.search("[0-9,]+ dropped", text):
                raise Late(found[0])
        finally:
            view.end()

    three_times(attempt)


def redraw(program, blast, folder):
    """It does nothing for 200 ms while packets come as fast as they can: none is lost."""
    def attempt():
        view = View(program)
        sender = send(blast, 150000, 1514)
        time.sleep(0.1)
        os.kill(view.pid, signal.SIGSTOP)
        time.sleep(0.2)
        os.kill(view.pid, signal.SIGCONT)
        said = rate_of(sender)
        text = view.draw_anew(r"(?s)150,000 connections.*Nobody has answered the only SYN yet|dropped")
        view.end()
        if found := re.search("[0-9,]+ dropped", text):
            raise Late(f"{said}: {found[0]}")
        print(said)

    three_times(attempt)


def drops(program, blast, folder):
    """What the kernel dropped stands in the top line at once."""
    view = View(program, "-B", "1")
    os.kill(view.pid, signal.SIGSTOP)
    send(blast, 20000, 1000).wait()
    os.kill(view.pid, signal.SIGCONT)
    found = view.wait_for(r"live · ([0-9,]+) dropped")
    if int(found[1].replace(",", "")) < 10000:
        raise Failed(f"only {found[1]} were dropped")


def disk(program, blast, folder):
    """Nobody takes what -w writes: the screen and the capture go on, and it is said."""
    path = os.path.join(folder, "disk")
    os.mkfifo(path)
    held = os.open(path, os.O_RDWR)

    def attempt():
        view = View(program, "-w", path)
        try:
            return view, keys_meanwhile(view, send(blast, 150000, 1000, 60000), 10)
        except Late:
            view.end()
            raise

    view, said = three_times(attempt)
    # Of a top line that changes after it was drawn whole only what changes is written: once all are
    # there, it is drawn whole as it stays.
    text = view.draw_anew(r"live · [0-9,]+ not written · 150,000 connections")
    if "dropped" in text:
        raise Failed(f"{said}: {text!r}")
    view.press("\x11")
    view.wait_for(r"waiting for \S+disk, which takes nothing at the moment")
    with open(path, "rb") as waiting:
        reader = subprocess.Popen(["cat"], stdin=waiting, stdout=subprocess.DEVNULL)
    os.close(held)
    if (code := view.exit_code(PATIENCE)) != 0:
        raise Failed(f"ended with {code}")
    reader.wait()
    view.wait_for(r"[0-9]+ packets are not in ")


def pause(program, blast, folder):
    """P holds the list still and F keeps to the newest, whatever comes."""
    view = View(program, size=(24, 80))
    send(blast, 10, 60).wait()
    view.draw_anew(r"live · 10 connections")
    view.press("P")
    view.draw_anew(r"live, held still · 10 connections")
    send(blast, 30, 60).wait()
    text = view.draw_anew(r"live, held still · 10 of 30 connections")
    if re.search(r"\s11\s+10\.0\.0", text):
        raise Failed(f"the list is not held still: {text!r}")
    view.press("P")
    view.draw_anew(r"(?s)live · 30 connections.*▶\s+1\s+10\.")  # still the selected row
    view.press("F")
    view.draw_anew(r"live, newest · 30 connections")
    send(blast, 50, 60).wait()
    view.draw_anew(r"(?s)live, newest · 50 connections.*▶\s+50\s+10\..*P\s+pause\s+F\s+follow")


def down(program, blast, folder):
    """The interface goes down and comes back: said, and shown as long as it lasts."""
    view = View(program, "-w", os.path.join(folder, "written.pcapng"), size=(24, 80))
    send(blast, 10, 60).wait()
    view.draw_anew(r"live · 10 connections")
    subprocess.run(["ip", "link", "set", "there", "down"], check=True)
    view.wait_for(r"there went down; waiting for it to come back")
    view.press("j")
    view.draw_anew(r"live, down · 10 connections")
    subprocess.run(["ip", "link", "set", "there", "up"], check=True)
    view.wait_for(r"there is up again")
    send(blast, 20, 60).wait()
    view.draw_anew(r"live · 20 connections")
    view.press("\x03")  # and what was written is whole
    if (code := view.exit_code(PATIENCE)) != 0:
        raise Failed(f"ended with {code}")
    listed = subprocess.run([program, "list", os.path.join(folder, "written.pcapng")], check=True,
                            capture_output=True, text=True).stdout
    if listed.count("10.0.0.2:http") != 20:
        raise Failed(f"the copy has {listed.count('10.0.0.2:http')} connections")


def gone(program, blast, folder):
    """The interface is removed: said, and what was seen stays to be looked at."""
    view = View(program, size=(24, 80))
    send(blast, 10, 60).wait()
    view.draw_anew(r"live · 10 connections")
    subprocess.run(["ip", "link", "del", "there"], check=True)
    view.wait_for(r"there is gone: the interface was removed")
    view.press("\r")
    view.draw_anew(r"#1 +10\.0\.0\.1")
    view.press("qq")
    if (code := view.exit_code(PATIENCE)) != 2:
        raise Failed(f"ended with {code}")


def any_interface(program, blast, folder):
    """All interfaces at once; their link type is the cooked one."""
    view = View(program, interface="any", size=(24, 80))
    send(blast, 7, 60).wait()
    view.draw_anew(r"tcphs\s+any\s.* live · 7 connections")
    view.press("\r")
    view.draw_anew(r"#1 +10\.0\.0\.1")
    view.press("\x11")
    if (code := view.exit_code(PATIENCE)) != 0:
        raise Failed(f"ended with {code}")


def named(program, blast, folder):
    """Somebody gave the interface a name that is an escape sequence: it is shown, and none is obeyed."""
    name = b"p\x1b]0;pwn\x07\x9b2J"
    path = os.path.join(folder, "written.pcapng")
    for words in (["down"], ["name", name], ["up"]):
        ran = subprocess.run(["ip", "link", "set", "there" if words != ["up"] else name, *words], capture_output=True)
        if ran.returncode != 0:
            print(f"no such name here: {ran.stderr.decode(errors='replace').strip()}")
            sys.exit(77)
    view = View(program, "-w", path, interface=os.fsdecode(name))
    send(blast, 7, 60).wait()
    raw = view.draw_anew(r"live · 7 connections") and view.output
    for keys, pattern in (("?", r"Sandbox:"), ("q", r"connections"), ("\r", r"#1 +10\.0\.0\.1")):
        view.answer(keys, pattern)
        raw += view.output
    view.press("q")
    if r"p\x1b]0;pwn\x07" not in (text := view.draw_anew(r"connections")):
        raise Failed(f"does not name it: {text!r}")
    subprocess.run(["ip", "link", "del", name], check=True)
    view.wait_for(r"pwn\S+ is gone: the interface was removed")
    view.press("\x11")
    if (code := view.exit_code(PATIENCE)) != 2:
        raise Failed(f"ended with {code}")
    raw += view.output
    for words in (["list", "-v", path], ["show", path], ["list", "--json", path], ["stats", path], ["interfaces"],
                  ["view", "-i", os.fsdecode(name)], ["list", "-i", os.fsdecode(name)]):
        ran = subprocess.run([program, *words], capture_output=True, stdin=subprocess.DEVNULL)
        raw += ran.stdout + ran.stderr
    if re.search(rb"\x1b\]0;|\x9b|\x07", raw):
        raise Failed(f"the terminal is told {raw!r}")


CASES = {case.__name__.split("_")[0]: case for case in
         (stalled, killed, keys, redraw, drops, disk, pause, down, gone, any_interface, named)}


def main():
    try:
        CASES[sys.argv[1]](*sys.argv[2:])
    except Failed as failure:
        print(f"{sys.argv[1]}: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
