# SPDX-License-Identifier: BSD-3-Clause
"""The kernel's own account: every change of a socket's state between the frames that it sent and took in.

A tracefs instance of its own follows three events, in one order and on one clock:

    sock:inet_sock_set_state   a socket changes its state
    net:net_dev_start_xmit     a frame leaves through a device
    net:netif_receive_skb      a frame has come in

Not every state is a socket's: a server's half-open connection is a request socket, and TIME-WAIT and an orphan's
FIN-WAIT-2 are what is left of one. These are in no event; Host.poll() sees them.
"""
import collections
import os
import re
import shutil

ROOT = "/sys/kernel/tracing"
EVENTS = ("sock/inet_sock_set_state", "net/net_dev_start_xmit", "net/netif_receive_skb")
STATES = {"TCP_ESTABLISHED": "ESTABLISHED", "TCP_SYN_SENT": "SYN-SENT", "TCP_SYN_RECV": "SYN-RECEIVED",
          "TCP_FIN_WAIT1": "FIN-WAIT-1", "TCP_FIN_WAIT2": "FIN-WAIT-2", "TCP_TIME_WAIT": "TIME-WAIT",
          "TCP_CLOSE": "CLOSED", "TCP_CLOSE_WAIT": "CLOSE-WAIT", "TCP_LAST_ACK": "LAST-ACK",
          "TCP_LISTEN": "LISTEN", "TCP_CLOSING": "CLOSING", "TCP_NEW_SYN_RECV": "SYN-RECEIVED"}
LINE = re.compile(r"-(\d+)\s+\[\d+\]\s+\S+\s+(\d+)\.(\d{6}): (\w+): (.*)")
STATE = re.compile(r"family=(\w+) .*sport=(\d+) dport=(\d+) saddr=(\S+) daddr=(\S+) saddrv6=(\S+) daddrv6=(\S+) "
                   r"oldstate=(\w+) newstate=(\w+)")

# kind: 'sent', 'came' (device is given) or 'state' (local, remote: (address, port), the states it changed from and to)
Event = collections.namedtuple("Event", "kind thread time device local remote old state")


class Trace:
    """usable() says why there can be none; the clock is CLOCK_MONOTONIC in ns"""

    def __init__(self):
        self.path = os.path.join(ROOT, "instances", "tcphs-%d" % os.getpid())

    @staticmethod
    def usable():
        """None, or the reason why the kernel can't be asked"""
        if os.geteuid() != 0:
            return "it needs root, for namespaces and tracefs"
        if not os.path.exists("/dev/net/tun"):
            return "it needs /dev/net/tun"
        if not shutil.which("ip"):
            return "it needs ip(8)"
        if not os.path.isdir(os.path.join(ROOT, "instances")):
            os.system("mount -t tracefs tracefs %s 2>/dev/null" % ROOT)
        if not os.path.isdir(os.path.join(ROOT, "events", "sock", "inet_sock_set_state")):
            return "it needs tracefs with sock:inet_sock_set_state in " + ROOT
        return None

    def _write(self, name, value):
        with open(os.path.join(self.path, name), "w", encoding="ascii") as file:
            file.write(value)

    def __enter__(self):
        os.mkdir(self.path)
        self._write("trace_clock", "mono")
        self._write("buffer_size_kb", "4096")
        for event in EVENTS:
            self._write("events/%s/enable" % event, "1")
        return self

    def __exit__(self, *_):
        os.rmdir(self.path)

    def start(self):
        self._write("trace", "")

    def events(self, devices):
        """[Event] since start(), in order; of frames only those of these devices"""
        found = []
        with open(os.path.join(self.path, "trace"), encoding="ascii", errors="replace") as file:
            for line in file:
                match = LINE.search(line)
                if match:
                    event = parse(match, devices)
                    if event:
                        found.append(event)
        return found


def parse(match, devices):
    thread, sec, usec, name, rest = match.groups()
    when = int(sec) * 10**9 + int(usec) * 1000
    if name in ("net_dev_start_xmit", "netif_receive_skb"):
        device = re.search(r"dev=(\S+)", rest).group(1)
        kind = "sent" if name == "net_dev_start_xmit" else "came"
        return Event(kind, int(thread), when, device, None, None, None, None) if device in devices else None
    match = STATE.search(rest)
    if not match:
        return None
    family, sport, dport, src4, dst4, src6, dst6, old, new = match.groups()
    src, dst = (src4, dst4) if family == "AF_INET" else (src6, dst6)
    return Event("state", int(thread), when, None, (src, int(sport)), (dst, int(dport)), STATES[old],
                 STATES[new])
