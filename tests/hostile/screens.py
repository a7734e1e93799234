#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Escape sequences, markup, formulas and characters of odd widths on the screen.

usage: screens.py TCPHS ROOT

The doors to the view: the configuration file, and `bind` in it; a file's name; comments, an
interface's name and description in the capture; what is typed or pasted into its prompts; a lesson. The view
runs in tmux. No octet that it writes may be the door's as it came, tmux must have obeyed nothing of
it, and on the screen it stays in its own lines: all others are those of the same capture without
it. Each door must be seen to be open, too: some of its text is there."""
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from hostile.doors import hostile_capture  # noqa: E402

TCPHS, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PATIENCE = float(os.environ.get("TCPHS_TIMEOUT", "20"))
# pwned: must be seen somewhere. ESC, C1, bidi, zero width, wide, combining, a tag.
SHORT = "pwned\x1b]0;pwned\x07\x1b[31m\u009b2J\u202e\u200b\u6f22\u5b57e\u0301\U000e0041=1+1<b>\t\x7f"
RAW = re.compile("\x07|\x1b\\]0;|\u009b|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\U000e0041")
OWN = ("pwned", "=1+1", "\\x", "capture")  # in each of the door's lines
bad = 0


def wrong(what, detail):
    global bad
    bad += 1
    print(f"{what}: {detail}")


class View:
    """The view on a screen of tmux, and every octet that it writes."""

    def __init__(self, work, arguments, config=None, verb="view"):
        self.work, self.server = work, os.path.join(work, "socket")
        self.raw = os.path.join(work, "raw")
        open(self.raw, "wb").close()
        caught = os.path.join(work, "caught")
        if os.path.exists(caught):
            os.remove(caught)
        home = os.path.join(work, "home", "tcphs")
        os.makedirs(home, exist_ok=True)
        with open(os.path.join(home, "config"), "wb") as file:
            file.write((config or "").encode())
        script = os.path.join(work, "run.sh")
        with open(script, "wb") as file:  # not before every octet is caught
            file.write(os.fsencode("until [ -e %s ]; do sleep 0.05; done\n" % shlex.quote(caught)) + os.fsencode("export XDG_CONFIG_HOME=%s LC_ALL=C.UTF-8 TZ=UTC TERM=screen-256color\n" % (
                shlex.quote(os.path.dirname(home)))) + os.fsencode(shlex.join([TCPHS, verb] + arguments))
                + b"\necho ended $?\nsleep 60\n")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "v", "-x", "100", "-y", "30", "sh " + shlex.quote(script),
                  ";", "set", "-g", "status", "off", ";", "set", "-g", "escape-time", "0")
        self.tmux("pipe-pane", "-t", "v", "cat > " + shlex.quote(self.raw))
        open(caught, "wb").close()

    def tmux(self, *words):
        return subprocess.run(["tmux", "-u", "-S", self.server, *words], capture_output=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout.decode()

    def key(self, *keys):
        for one in keys:
            self.tmux("send-keys", "-t", "v", one)

    def type(self, text):
        self.tmux("send-keys", "-t", "v", "-l", text)

    def screen(self):
        return self.tmux("capture-pane", "-p", "-t", "v").split("\n")

    def wait(self, what, words):
        """Until they are on the screen and it stands still; the screen."""
        end, before = time.monotonic() + PATIENCE, None
        while time.monotonic() < end:
            now = self.screen()
            if words in "".join(now) and now == before:
                return now
            before = now
            time.sleep(0.15)
        wrong(what, f"{words!r} is not on the screen: {before}")
        return before

    def judge(self, what):
        with open(self.raw, "rb") as file:
            octets = file.read().decode(errors="replace")
        found = RAW.search(octets)
        if found:
            wrong(what, f"{found.group()!r} reaches the terminal: {octets[max(0, found.start() - 60):found.end() + 30]!r}")
        title = self.tmux("display", "-p", "-t", "v", "#{pane_title}")
        if "pwned" in title:
            wrong(what, f"the terminal's title is {title!r}")

    def end(self, what):
        self.judge(what)
        self.tmux("kill-server")


def config_doors(work, capture):
    for line in (SHORT + " x", "theme " + SHORT, "columns " + SHORT, "columns id " + SHORT + ":9", "numbers " + SHORT,
                 "time " + SHORT, "gaps " + SHORT, "mouse " + SHORT, "large " + SHORT, "bind " + SHORT,
                 "bind " + SHORT.replace("\t", "") + " x", "bind help " + SHORT, "bind help x" + SHORT[5:]):
        what = f"configuration {line[:12]!r}"
        view = View(work, [capture], line + "\n")
        view.wait(what, "ended 2")
        view.wait(what, "config:1:")
        view.end(what)
    bound = View(work, [capture], "bind help \u6f22 \u00e9\n")  # what can be a key is shown in the help
    bound.wait("a wide key", "connection")
    bound.type("\u00e9")
    bound.wait("a wide key", "this help")
    bound.end("a wide key")


def walk(work, capture, name, openly):
    """The screens of the view on its way; what must be on them if `openly`."""
    screens, what = [], "the view, "

    def look(where, words, evil):
        screens.append((where, view.wait(what + where, evil if openly and evil else words)))

    view = View(work, [capture])
    look("list", "connection", "pwned")
    view.key("Enter")
    look("ladder and pane", "comment on it", "pwned")
    view.key("v")
    look("diagram", "TIME-WAIT", None)
    view.key("q", "q", "I")
    look("isn", "samples", None)
    view.key("q")
    view.wait(what + "list", "connection")
    for key, prompt in (("/", "query"), (":", "goto")):
        view.key(key)
        view.type("pwned" + SHORT[SHORT.index("\u202e"):].replace("\t", "").replace("\x7f", ""))
        view.key("Enter")
        view.wait(what + prompt, "pwned" if key == "/" else "from 1")
        view.key("C-u", "Escape")
    view.judge(what + "prompts")
    view.key("C-q")
    view.wait(what + "end", "ended 0")
    view.end(what + "end")
    return screens


def view_doors(work, source):
    evil, tame = os.path.join(work, SHORT.replace("/", "")), os.path.join(work, "capture")
    with open(evil, "wb") as file:
        file.write(hostile_capture(source, SHORT))
    with open(tame, "wb") as file:
        file.write(hostile_capture(source, "harmless"))
    for (where, one), (_, other) in zip(walk(work, evil, SHORT, True), walk(work, tame, "capture", False)):
        # what the door's own lines take, others have lost, from the bottom; none is shifted or drawn over
        known = set(other)
        strange = [line for line in one if line not in known and not any(word in line for word in OWN)]
        if strange:
            wrong(where, f"lines that are not the door's have changed: {strange}\n" + "\n".join(one))


def lesson_doors(work, source):
    """A lesson in the view: what a page holds is shown, what is no lesson is refused."""
    lesson, plain = os.path.join(work, "lesson"), SHORT.replace("\t", " ").replace("\x7f", "")
    for text in (f".title {plain}\n.capture {source}\n.page {plain}\n{plain}\n",
                 f".title {plain}\n.{plain}\n"):
        with open(lesson, "wb") as file:
            file.write(text.encode())
        view = View(work, [lesson], verb="learn")
        view.wait("a lesson", "pwned")
        view.key("Space", "Enter")
        time.sleep(0.3)
        view.end("a lesson")


def main():
    source = os.path.join(ROOT, "captures/three-way.pcap")
    with tempfile.TemporaryDirectory() as work:
        config_doors(work, source)
        view_doors(work, source)
        lesson_doors(work, source)
    print(f"{bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
