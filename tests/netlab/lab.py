# SPDX-License-Identifier: BSD-3-Clause
"""Two hosts and the wire between them: what a scenario runs on, and what it leaves behind."""
import collections
import os
import socket
import threading
import time

from .capfile import Packet
from .frame import Frame, is_icmp_error
from .host import Host
from .wire import Passing, Wire

MACS = {"A": "02:00:00:00:00:0a", "B": "02:00:00:00:00:0b"}


class Lab:
    """A is the client and B the server, as far as there is one. network: what their addresses begin with; watch: ask
    the kernel for its sockets at every frame"""

    def __init__(self, network="192.0.2.", network6="2001:db8::", delay=0.010, middle=0.4, watch=False, family=4):
        self.family, self.delay = family, delay
        self.hosts = {name: Host(name, "%s%d" % (name.lower(), os.getpid()), MACS[name],
                                 ("%s%d/24" % (network, n), "%s%d/64" % (network6, n)))
                      for n, name in ((1, "A"), (2, "B"))}
        self.A, self.B = self.hosts["A"], self.hosts["B"]
        for host, other in ((self.A, self.B), (self.B, self.A)):
            for address in (other.ip4, other.ip6):
                host.neighbour(address, other.mac)
        self.wire = Wire(self.hosts, delay, middle, watch)
        self.recorders = {name: host.record() for name, host in self.hosts.items()}
        self.wire.start()
        self.sockets, self.taps, self.seen, self.begin = [], None, None, 0

    # ---- what scenarios are written in ----

    def address(self, host):
        return host.ip4 if self.family == 4 else host.ip6

    def socket(self, host, port=0, **options):
        """a TCP socket on this host, bound to the port; options: linger=0, nodelay, rcvbuf, reuse, mss"""
        new = host.socket(socket.AF_INET if self.family == 4 else socket.AF_INET6)
        self.sockets.append(new)
        new.settimeout(8)
        new.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if "rcvbuf" in options:
            new.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, options["rcvbuf"])
        if port:
            new.bind((self.address(host), port))
        return new

    def listen(self, port=80, backlog=8, **options):
        listener = self.socket(self.B, port, **options)
        listener.listen(backlog)
        return listener

    def client(self, port=40000, **options):
        return self.socket(self.A, port, **options)

    def connect(self, client, port=80):
        client.connect((self.address(self.B), port))

    def connect_later(self, client, port=80):
        """begin to connect and come back at once"""
        client.setblocking(False)
        client.connect_ex((self.address(self.B), port))
        client.settimeout(8)

    def accept(self, listener):
        server, _ = listener.accept()
        server.settimeout(8)
        self.sockets.append(server)
        return server

    def open(self, port=80, client_port=40000):
        """(client, server) of an established connection"""
        listener = self.listen(port)
        client = self.client(client_port)
        return client, self.meet(client, listener, port)

    def meet(self, client, listener, port=80):
        """the server's socket of the connection that the client opens"""
        self.connect(client, port)
        server = self.accept(listener)
        self.pause()
        return server

    def pause(self, trips=1.5):
        """at least so many round trips, and until the wire has been quiet for one"""
        time.sleep(trips * 2 * self.delay)
        while self.wire.due or time.monotonic() - self.wire.busy < 2 * self.delay:
            time.sleep(self.delay / 4)

    def begin_here(self):
        """the recordings begin now: what came before is not in them"""
        self.begin = time.time_ns()

    def together(self, *actions):
        """do these at the same moment, as nearly as threads can"""
        gate = threading.Barrier(len(actions))

        def go(action):
            gate.wait()
            action()
        threads = [threading.Thread(target=go, args=(a,)) for a in actions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def inject(self, to, frame):
        """hand a frame to a host as if the other one had sent it; it passes tap M and is no host's own"""
        frame.macs = tuple(bytes.fromhex(m.replace(":", "")) for m in (MACS[to], MACS["B" if to == "A" else "A"]))
        self.wire.inject(Passing("B" if to == "A" else "A", frame.build(), None))

    # ---- what is left ----

    def late(self):
        """by how many seconds at most the wire was behind: with taking what a host sent, or with handing it over"""
        took = [(passing.taken - when) / 1e9 for seen in self.seen.values() for when, outgoing, passing in seen
                if outgoing and passing]
        return max([self.wire.late, *took])

    def finish(self):
        """wait until nothing is on its way, and take the recordings"""
        self.pause()
        self.wire.stop()
        self.taps = {name: r.frames() for name, r in self.recorders.items()}
        self.seen = {name: self._match(name) for name in self.taps}

    def close(self):
        if self.taps is None:
            self.finish()
        for each in self.sockets:
            each.close()
        for host in self.hosts.values():
            host.close()

    def recording(self, tap):
        """[(Packet, Passing)] of the TCP segments and ICMP errors that tap A, B or M saw, in its order"""
        if tap == "M":
            seen = sorted((p for p in self.wire.passed if p.middle and p.middle >= self.begin and wanted(p.data)),
                          key=lambda p: p.middle)
            return [(Packet(p.middle, p.data), p) for p in seen]
        both = zip(self.seen[tap], self.taps[tap])
        return [(Packet(when, data), passing) for (when, _, passing), (_, _, data) in both
                if wanted(data) and when >= self.begin]

    def _match(self, tap):
        """[(time, sent by this host, Passing or None)] for the frames of this host's recording"""
        ours, theirs = collections.defaultdict(collections.deque), collections.defaultdict(collections.deque)
        for p in self.wire.passed:
            if p.sender == tap and not p.forged:
                ours[p.data].append(p)
            elif p.sender != tap and p.arrived:
                theirs[p.data].append(p)
        found = []
        for when, outgoing, data in self.taps[tap]:
            same = (ours if outgoing else theirs)[data]
            found.append((when, outgoing, same.popleft() if same else None))
        return found


def wanted(data):
    """what belongs into a recording: not the namespaces' own neighbour discovery"""
    return Frame.parse(data) or is_icmp_error(data)
