#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: latency.py PROGRAM CAPTURE [SECONDS]

Measures from a key to the screen: opens CAPTURE in the view on a terminal of 80x24, presses
'j' again and again, and takes the time until the mark of the selected row has moved. First
while the capture loads, then when it is loaded. Prints the 50th and 99th percentile and the
longest, in milliseconds."""
import fcntl, os, pty, select, struct, sys, termios, time

MARK = "▶".encode()


def read_all(master, seconds):
    """What comes within so many seconds."""
    text, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([master], [], [], left)[0]:
            text += os.read(master, 65536)
    return text


def press(master, key):
    """Seconds until the selection is drawn anew; None if that takes more than a second."""
    start = time.monotonic()
    os.write(master, key)
    text = b""
    while time.monotonic() - start < 1:
        if select.select([master], [], [], 0.05)[0]:
            text += os.read(master, 65536)
            if MARK in text or len(text) > 300:  # the mark moved, or the rows under it
                return time.monotonic() - start
    return None


def report(name, times):
    done = sorted(t * 1000 for t in times if t is not None)
    if not done:
        print(f"{name}: no key was answered")
        return
    print(f"{name}: {len(done)} keys, 50 %: {done[len(done) // 2]:.1f} ms, "
          f"99 %: {done[min(len(done) - 1, len(done) * 99 // 100)]:.1f} ms, "
          f"longest {done[-1]:.1f} ms, {len(times) - len(done)} not answered")


def main():
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 5
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", HOME="/nonexistent")
        os.execv(sys.argv[1], [sys.argv[1], "view", sys.argv[2]])
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    screen, loading, loaded = read_all(master, 0.5), [], []
    while b"reading" in screen or len(loaded) == 0:
        times = loading if b"reading" in screen else loaded
        times.extend(press(master, b"j" if i % 40 < 20 else b"k") for i in range(40))
        os.write(master, b"\x0c")  # draw it anew, to see whether it is still reading
        screen = read_all(master, 0.2)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        loaded.append(press(master, b"j" if len(loaded) % 200 < 100 else b"k"))
    report("while loading", loading)
    report("loaded", loaded)
    for key, what in ((b"G", "the last row"), (b"s", "sorted by client"), (b"z", "reversed")):
        loaded = [press(master, key)]
        time.sleep(0.3)
        loaded += [press(master, b"j" if i % 40 < 20 else b"k") for i in range(200)]
        report(f"{what}, then", loaded)
    memory = [line for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS")]
    print(memory[0].strip())
    os.write(master, b"\x11")
    os.waitpid(pid, 0)


main()
