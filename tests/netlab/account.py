# SPDX-License-Identifier: BSD-3-Clause
"""From a Lab and its Trace to rows: the state that each kernel held at each segment.

For a segment that came in, the state after its kernel had dealt with it; for one that went out, the state right
after. The wire's thread hands a host its frames, and the kernel deals with a frame, and answers it, on that thread
before the hand-over returns: so every event of that thread, up to the next frame that it hands over, belongs to this
one. What an application does comes from other threads.
"""
import statistics

ABORT_NS = 500_000  # a reset is sent before or after the socket closes; within this long, the two are one step


class Account:
    """What one host's kernel did: its events in order, with the frame behind each that is about a frame."""

    def __init__(self, lab, host, events, offset):
        self.host, self.wire = host, lab.wire.native
        local = {host.ip4, host.ip6}
        self.events = [e for e in events if e.device == host.device or (e.local and e.local[0] in local)]
        self.at = {}       # id of a Passing -> where in events this host sent it or took it in
        for kind, outgoing in (("sent", True), ("came", False)):
            places = [i for i, e in enumerate(self.events) if e.kind == kind]
            frames = [(when - offset, passing) for when, out, passing in lab.seen[host.name] if out == outgoing]
            shift = self._alignment([self.events[i].time for i in places], [when for when, _ in frames])
            for n, (_, passing) in enumerate(frames):
                if passing is not None and 0 <= n + shift < len(places):
                    self.at[id(passing)] = places[n + shift]
        self.history = {}  # (local, remote) -> [(time, state)]

    @staticmethod
    def _alignment(events, frames):
        """the recorder and the trace were not begun at the same instant: which event is the first frame's"""
        def distance(shift):
            pairs = [abs(events[n + shift] - when) for n, when in enumerate(frames) if 0 <= n + shift < len(events)]
            return statistics.median(pairs) if pairs else float("inf")
        return min(range(-8, 9), key=lambda s: (distance(s), abs(s)))

    def time(self, passing):
        return self.events[self.at[id(passing)]].time

    def _step(self, place):
        """the events up to here and those that belong to the same step of this kernel"""
        first, events = self.events[place], self.events[:place + 1]
        for event in self.events[place + 1:]:
            if first.thread == self.wire:
                if event.kind == "came":
                    break
                if event.thread == self.wire:
                    events.append(event)
            elif event.time - first.time > ABORT_NS:
                break
            elif event.kind == "state" and event.state == "CLOSED" and event.thread == first.thread:
                events.append(event)
        return events

    def state(self, passing, local, remote, sending):
        """the state after this host sent (or took in) the segment"""
        reset = passing.frame.has("R")
        place = self.at[id(passing)]
        alone = self.events[place].thread != self.wire and not reset
        events = self.events[:place + 1] if alone else self._step(place)
        full = [e.state for e in events if e.kind == "state" and (e.local, e.remote) == (local, remote)]
        if full and full[-1] != "CLOSED":
            return full[-1]
        sockets = passing.after_send if sending else passing.after_arrival
        rest = sockets.get((local[1], remote[0], remote[1]))
        if rest in ("SYN-RECEIVED", "FIN-WAIT-2", "TIME-WAIT"):
            return rest
        listening = any(port == local[1] and state == "LISTEN" for (port, _, _), state in sockets.items())
        return "LISTEN" if listening and not full else "CLOSED"

    def remember(self, lab):
        """fill the history: every state of every endpoint, as far as events and frames show it"""
        moments = {}
        for passing in lab.wire.passed:
            if passing.frame and id(passing) in self.at:
                local, remote, sending = endpoints(passing, self.host.name)
                moments.setdefault((local, remote), []).append(
                    (self.at[id(passing)], self.state(passing, local, remote, sending)))
        for key, found in moments.items():
            found += [(i, e.state) for i, e in enumerate(self.events)
                      if (e.local, e.remote) == key and (e.state != "CLOSED" or e.old == "SYN-SENT")]
            first = "LISTEN" if key[0][1] < 1024 and found and min(found)[1] != "CLOSED" else "CLOSED"
            self.history[key] = [(0, first)] + [(self.events[i].time, state) for i, state in sorted(found)]

    def around(self, key, when, span):
        """the states of this endpoint within this span before or after a moment"""
        before = [s for t, s in self.history[key] if t <= when - span][-1:]
        return set(before) | {s for t, s in self.history[key] if when - span < t <= when + span}


def endpoints(passing, name):
    """(local, remote, whether it is the sender) of this host in this segment"""
    f = passing.frame
    src, dst = (str(f.src), f.sport), (str(f.dst), f.dport)
    return (src, dst, True) if passing.sender == name else (dst, src, False)


def label(endpoint):
    return ("[%s]:%d" if ":" in endpoint[0] else "%s:%d") % endpoint


class Truth:
    """The accounts of both hosts, and the rows that follow from them."""

    def __init__(self, lab, events, offset):
        self.lab, self.offset = lab, offset
        self.span = int(2.5 * lab.delay * 1e9)
        self.accounts = {name: Account(lab, host, events, offset) for name, host in lab.hosts.items()}
        for account in self.accounts.values():
            account.remember(lab)

    def rows(self, tap):
        """[[packet, endpoint, 'sender' or 'receiver', state, [other states within a round trip]]]"""
        found = []
        for number, (packet, passing) in enumerate(self.lab.recording(tap), 1):
            if passing is None or passing.frame is None:
                continue
            for name in sorted(self.accounts, key=lambda n: n != passing.sender):
                account = self.accounts[name]
                if id(passing) not in account.at:
                    continue  # lost on the way, or no kernel sent it
                local, remote, sending = endpoints(passing, name)
                state = account.state(passing, local, remote, sending)
                others = set() if name == tap else account.around(
                    (local, remote), packet.time - self.offset, self.span) - {state}
                found.append([number, label(local), "sender" if sending else "receiver", state, sorted(others)])
        return found
