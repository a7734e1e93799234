#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Escape sequences, markup, formulas and characters of odd widths on the screen.

usage: screens.py TCPHS ROOT

The doors to the view: the configuration file, and `bind` in it; a file's name; comments, an
interface's name and description in the capture; what is typed or pasted into its prompts, the path to save
as among them; a lesson. The view runs in tmux. No octet that it writes may be the door's as it came, tmux must have obeyed nothing of
it, and on the screen it stays in its own lines: all others are those of the same capture without
it. Each door must be seen to be open, too: some of its text is there."""
import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from hostile.doors import hostile_capture  # noqa: E402

TCPHS, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PATIENCE = float(os.environ.get("TCPHS_TIMEOUT", "60"))
# pwned: must be seen somewhere. ESC, C1, bidi, zero width, wide, combining, a tag.
SHORT = "pwned\x1b]0;pwned\x07\x1b[31m\u009b2J\u202e\u200b\u6f22\u5b57e\u0301\U000e0041=1+1<b>\t\x7f"
RAW = re.compile("\x07|\x1b\\]0;|\u009b|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\U000e0041")
OWN = ("pwned", "=1+1", "\\x", "capture")  # in each of the door's lines
bad = 0


def wrong(what, detail):
    global bad
    bad += 1
    print(f"{what}: {detail}")


def until(holds):
    """Waits for it; false when time is up."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def answers(path):
    """Is there a server at this socket?"""
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(path) == 0


class View:
    """The view on a screen of tmux, and every octet that it writes."""

    def __init__(self, work, arguments, config=None, verb="view"):
        # A folder and a server of its own: another's that is still ending would take the session along.
        self.folder = tempfile.mkdtemp(dir=work)
        self.server, self.raw = os.path.join(self.folder, "socket"), os.path.join(self.folder, "raw")
        caught, home = os.path.join(self.folder, "caught"), os.path.join(self.folder, "home")
        os.makedirs(os.path.join(home, "tcphs"))
        with open(os.path.join(home, "tcphs", "config"), "wb") as file:
            file.write((config or "").encode())
        script = os.path.join(self.folder, "run.sh")
        with open(script, "wb") as file:  # not before every octet is caught
            file.write(b"until [ -e %s ]; do sleep 0.05; done\n" % os.fsencode(shlex.quote(caught))
                       + b"export XDG_CONFIG_HOME=%s LC_ALL=C.UTF-8 TZ=UTC TERM=screen-256color\n"
                       % os.fsencode(shlex.quote(home)) + os.fsencode(shlex.join([TCPHS, verb] + arguments))
                       + b"\necho ended $?\nexec sleep 3600\n")
        self.must("-f", "/dev/null", "new-session", "-d", "-s", "v", "-x", "100", "-y", "30", "sh " + shlex.quote(script),
                  ";", "set", "-g", "status", "off", ";", "set", "-g", "escape-time", "0")
        # The shell that this starts opens the file at a time of its own.
        self.must("pipe-pane", "-t", "v", f"cat >{shlex.quote(self.raw)}; : >{shlex.quote(self.raw)}.all")
        if not until(lambda: os.path.exists(self.raw)):
            sys.exit(f"tmux: nobody takes the octets into {self.raw}")
        open(caught, "wb").close()

    def run(self, *words):
        return subprocess.run(["tmux", "-u", "-S", self.server, *words], capture_output=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8"})

    def must(self, *words):
        """What tmux answers; without it nothing can be judged."""
        ran = self.run(*words)
        if ran.returncode != 0:
            sys.exit(f"tmux {' '.join(words)}: {ran.stderr.decode(errors='replace').strip() or ran.returncode}")
        return ran.stdout.decode()

    def key(self, *keys):
        for one in keys:
            self.must("send-keys", "-t", "v", one)

    def type(self, text):
        self.must("send-keys", "-t", "v", "-l", text)

    def screen(self):
        return self.must("capture-pane", "-p", "-t", "v").split("\n")

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

    def end(self, what):
        """Ends it, and judges what it wrote."""
        title = self.must("display", "-p", "-t", "v", "#{pane_title}")
        if "pwned" in title:
            wrong(what, f"the terminal's title is {title!r}")
        self.run("kill-server")
        if not until(lambda: os.path.exists(self.raw + ".all") and not answers(self.server)):
            sys.exit(f"{what}: tmux does not end")
        with open(self.raw, "rb") as file:
            octets = file.read().decode(errors="replace")
        found = RAW.search(octets)
        if found:
            wrong(what, f"{found.group()!r} reaches the terminal: {octets[max(0, found.start() - 60):found.end() + 30]!r}")


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


def strange(one, other):
    """The lines of one that are neither the door's nor in the other: what the door's own lines take, others
    have lost, from the bottom; none is shifted or drawn over."""
    return [line for line in one if line not in other and not any(word in line for word in OWN)]


def walk(evil, tame):
    """Both on the same way; the door is seen to be open, and all other lines are those of the tame one."""
    def look(where, words, door=None):
        def same():
            screens[:] = evil.screen(), tame.screen()
            return (door or words) in "".join(screens[0]) and words in "".join(screens[1]) and not strange(*screens)

        screens = []
        if not until(same):
            one, other = ("\n".join(screen) for screen in screens)
            wrong(f"the view, {where}", f"{door or words!r}, or other lines than without the door: "
                  f"{strange(*screens)}\n{one}\n--- without it, {words!r}:\n{other}")

    def key(*keys):
        evil.key(*keys)
        tame.key(*keys)

    look("list", "connection", "pwned")
    key("Enter")
    look("ladder and pane", "comment on it", "pwned")
    key("v")
    look("diagram", "TIME-WAIT")
    key("q", "q", "I")
    look("isn", "samples")
    key("q")
    look("list", "connection")
    for one, prompt in (("/", "query"), (":", "goto")):
        evil.key(one)
        evil.type("pwned" + SHORT[SHORT.index("\u202e"):].replace("\t", "").replace("\x7f", ""))
        evil.key("Enter")
        evil.wait("the view, " + prompt, "pwned" if one == "/" else "from 1")
        evil.key("C-u", "Escape")
    key("C-q")
    for view in evil, tame:
        view.wait("the view, end", "ended 0")
        view.end("the view")


def view_doors(work, source):
    evil, tame = os.path.join(work, SHORT.replace("/", "")), os.path.join(work, "capture")
    with open(evil, "wb") as file:
        file.write(hostile_capture(source, SHORT))
    with open(tame, "wb") as file:
        file.write(hostile_capture(source, "harmless"))
    walk(View(work, [evil]), View(work, [tame]))


def typed_octets(work, source):
    """An escape sequence that is typed or pasted is keys to each prompt: whatever they do, it comes back never."""
    for way in (("/",), (":",), ("Enter", "o"), ("Enter", "/"), ("Enter", ":")):
        what = "typed after " + " ".join(way)
        view = View(work, [source])
        view.wait(what, "connection")
        view.key(*way)
        view.type(SHORT)
        view.key("Escape", "Escape", "Escape", "C-q")
        view.wait(what, "ended 0")
        view.end(what)


def save_doors(work, source):
    """Paths to save as: one that works, the same again, and some that fail. What is saved has the name as typed."""
    typed = "pwned" + SHORT[SHORT.index("\u202e"):].replace("\t", "").replace("\x7f", "")
    kept = "pwned\u6f22\u5b57e\u0301=1+1<b>"  # what no prompt takes is not in it
    view = View(work, [source])

    def save(path, then):
        view.key("o", "C-u")
        view.type(path)
        view.key("Enter")
        view.wait("save as " + repr(path), then)

    view.wait("save", "connection")
    view.key("Enter")
    view.wait("save", "TIME-WAIT")
    for ending in ".svg", ".txt", ".pcapng":
        save(os.path.join(work, typed + ending), "saved")
        path = os.path.join(work, kept + ending)
        if not os.path.exists(path) or os.path.getsize(path) == 0:
            wrong("save", f"there is no {path!r}, but {os.listdir(work)}")
    save(os.path.join(work, typed + ".svg"), "overwrite?")
    view.type(SHORT[SHORT.index("\u202e"):].replace("\t", "").replace("\x7f", ""))
    view.key("Enter")
    view.wait("save", "not saved")
    for path, then in ((os.path.join(work, typed, typed + ".svg"), "No such file"),
                       (os.path.join(work, typed, typed + ".pcapng"), "No such file"),
                       (os.path.join(work, kept + ".svg", typed + ".txt"), "Not a directory"),
                       (typed + "." + typed, "end in .txt")):
        save(path, then)
        view.key("Escape")
    view.key("C-q")
    view.wait("save", "ended 0")
    view.end("save")


def lesson_doors(work, source):
    """A lesson in the view: what a page holds is shown, what is no lesson is refused."""
    lesson, plain = os.path.join(work, "lesson"), SHORT.replace("\t", " ").replace("\x7f", "")
    for text, then in ((f".title {plain}\n.capture {source}\n.page {plain}\n{plain}\n", "the last page"),
                       (f".title {plain}\n.{plain}\n", "ended 2")):
        with open(lesson, "wb") as file:
            file.write(text.encode())
        view = View(work, [lesson], verb="learn")
        view.wait("a lesson", "pwned")
        view.key("Space")
        view.wait("a lesson", then)
        view.end("a lesson")


def main():
    source = os.path.join(ROOT, "captures/three-way.pcap")
    with tempfile.TemporaryDirectory() as work:
        config_doors(work, source)
        view_doors(work, source)
        lesson_doors(work, source)
        typed_octets(work, source)
        save_doors(work, source)
    print(f"{bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
