# SPDX-License-Identifier: BSD-3-Clause
"""The wire between two hosts, with a delay, and on demand with loss, reordering and copies.

    A's kernel -> TAP -> [ half of the delay -> tap M -> the other half ] -> TAP -> B's kernel

It is an ordinary thread, so it works in kernels without tc-netem, and it knows of every frame when it was
sent, when it passed the middle, and when the other kernel had taken it in.
"""
import heapq
import itertools
import os
import select
import threading
import time

from .frame import Frame



def favour_this_thread():
    """A wire should not wait for a compiler that runs beside it."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except OSError:
        pass  # then its delay is only less even


class Passing:
    """One frame on its way. taken, middle: the times in ns since 1970 at which the wire took it from the sender and
    at which it passed tap M, None before; arrived: the receiver's kernel has had it; forged: no kernel sent it, or not this one of two copies; after_send,
    after_arrival: what Host.poll() said then."""

    def __init__(self, sender, data, forged=True):
        self.sender, self.data, self.frame = sender, data, Frame.parse(data)
        self.forged, self.arrived, self.taken, self.middle = forged, False, time.time_ns(), None
        self.after_send = self.after_arrival = None


class Rule:
    """What the wire does to the frames from one host that match. fate: 'lost' (after tap M), 'lost early'
    (before it), 'delayed' or 'copied', the last two by `extra` seconds. times: how often; skip: not the first ones."""

    def __init__(self, sender, match, fate="lost", times=1, skip=0, extra=0.0):
        self.sender, self.match, self.fate, self.times, self.skip, self.extra = sender, match, fate, times, skip, extra

    def applies(self, passing):
        if self.times <= 0 or passing.sender != self.sender or not passing.frame or not self.match(passing.frame):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


class Wire(threading.Thread):
    """delay: seconds from one host to the other; middle: where tap M sits, as a fraction of the way from A to B"""

    def __init__(self, hosts, delay, middle=0.4, watch=True):
        super().__init__(daemon=True, name="wire")
        self.hosts, self.delay, self.middle, self.watch = hosts, delay, middle, watch
        self.rules, self.passed, self.injected = [], [], []
        self.busy = self.late = 0.0
        self.due, self.order = [], itertools.count()
        self.wake = os.pipe()
        self.stopping = False

    def other(self, name):
        return next(h for n, h in self.hosts.items() if n != name)

    def rule(self, *args, **options):
        """append a Rule; it holds for the frames that are sent from now on"""
        self.rules.append(Rule(*args, **options))

    def inject(self, passing):
        """let a frame that no kernel sent pass tap M now"""
        self.injected.append(passing)
        os.write(self.wake[1], b"i")

    def _take_injected(self):
        os.read(self.wake[0], 1)
        if self.injected:
            passing = self.injected.pop(0)
            self.passed.append(passing)
            self._pass_middle(passing)

    def run(self):
        favour_this_thread()
        self.native = threading.get_native_id()
        poll = select.poll()
        names = {h.tap: h for h in self.hosts.values()}
        for fd in list(names) + [self.wake[0]]:
            poll.register(fd, select.POLLIN)
        while not self.stopping:
            wait = max(0.0, self.due[0][0] - time.monotonic()) * 1000 if self.due else 1000
            for fd, _ in poll.poll(wait if wait < 1 else int(wait)):
                if fd in names:
                    self._read(names[fd])
                else:
                    self._take_injected()
            while self.due and self.due[0][0] <= time.monotonic():
                due, _, action, passing = heapq.heappop(self.due)
                self.late = max(self.late, time.monotonic() - due)
                action(passing)
                self.busy = time.monotonic()

    def stop(self):
        """end the thread once nothing is on its way any more"""
        while self.due:
            time.sleep(0.002)
        self.stopping = True
        os.write(self.wake[1], b"x")
        self.join()
        for fd in self.wake:
            os.close(fd)

    def _later(self, seconds, action, passing):
        heapq.heappush(self.due, (time.monotonic() + seconds, next(self.order), action, passing))

    def _read(self, host):
        while True:
            try:
                data = os.read(host.tap, 65536)
            except BlockingIOError:
                return
            passing = Passing(host.name, data, forged=False)
            if self.watch:
                passing.after_send = host.poll()
            self.passed.append(passing)
            self._route(passing)

    def _route(self, passing):
        rule = next((r for r in self.rules if r.applies(passing)), None)
        fate, extra = (rule.fate, rule.extra) if rule else (None, 0.0)
        first = self.delay * (self.middle if passing.sender == "A" else 1 - self.middle)
        if fate == "lost early":
            return
        if fate == "delayed":
            first += extra
        self._later(first, self._pass_and_drop if fate == "lost" else self._pass_middle, passing)
        if fate == "copied":
            copy = Passing(passing.sender, passing.data)
            copy.after_send = passing.after_send
            self.passed.append(copy)
            self._later(first + extra, self._pass_middle, copy)

    def _pass_and_drop(self, passing):
        passing.middle = time.time_ns()

    def _pass_middle(self, passing):
        passing.middle = time.time_ns()
        self._later(self.delay * (1 - self.middle if passing.sender == "A" else self.middle), self._deliver, passing)

    def _deliver(self, passing):
        host = self.other(passing.sender)
        os.write(host.tap, passing.data)
        passing.arrived = True
        if self.watch:
            passing.after_arrival = host.poll()
