# SPDX-License-Identifier: BSD-3-Clause
"""A host: a network namespace of its own with one TAP device, and a recorder on that device.

The namespace belongs to a thread of this process (unshare(2)); every socket made through Host.run() lives in
it, and nothing of it is left when the process ends, however it ends. The other end of the TAP device is in
the hands of the wire (wire.py): each frame that the host's kernel sends is read there, and each frame written
there has been through the kernel's TCP when the write returns, so what the kernel then says about its sockets
is the state after exactly that segment.
"""
import concurrent.futures
import ctypes
import fcntl
import os
import socket
import struct
import subprocess
import threading

CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
SO_TIMESTAMPNS, SO_RCVBUFFORCE, ETH_P_ALL, PACKET_OUTGOING = 35, 33, 3, 4

# net/tcp_states.h, the numbers of /proc/net/tcp; 12 is a request socket and is shown there as 3
KERNEL_STATES = (None, "ESTABLISHED", "SYN-SENT", "SYN-RECEIVED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED",
                 "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING", "SYN-RECEIVED")


class Host:
    """name: 'A' or 'B'; device: its interface; addresses: an IPv4 and an IPv6 address with their prefix length"""

    def __init__(self, name, device, mac, addresses):
        self.name, self.device, self.mac, self.addresses = name, device, mac, addresses
        self.ip4, self.ip6 = (a.split("/")[0] for a in addresses)
        self.thread = concurrent.futures.ThreadPoolExecutor(1, "host-" + name)
        self.run(self._unshare)

    def run(self, function, *args):
        """call function in this host's network namespace"""
        return self.thread.submit(function, *args).result()

    def _unshare(self):
        new_namespace()
        try:
            # a namespace made from this one gets a small table of sockets: poll() walks all of it
            self._sysctl("ipv4/tcp_child_ehash_entries", 64)
            new_namespace()
        except FileNotFoundError:
            pass  # before Linux 6.1: right all the same, only slower
        self.tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self.tap, TUNSETIFF, struct.pack("16sH22x", self.device.encode(), IFF_TAP | IFF_NO_PI))
        for key, value in (("ipv6/conf/%s/accept_dad" % self.device, 0), ("ipv6/conf/%s/accept_ra" % self.device, 0),
                           ("ipv6/conf/%s/router_solicitations" % self.device, 0)):
            self._sysctl(key, value)
        self._ip("link set lo up")
        self._ip("link set %s address %s mtu 1500 up" % (self.device, self.mac))
        for address in self.addresses:
            self._ip("addr add %s dev %s" % (address, self.device))
        self.states = [os.open("/proc/self/task/%d/net/%s" % (threading.get_native_id(), n), os.O_RDONLY)
                       for n in ("tcp", "tcp6")]

    @staticmethod
    def _ip(command):
        subprocess.run(["ip"] + command.split(), check=True)

    @staticmethod
    def _sysctl(key, value):
        with open("/proc/sys/net/" + key, "w", encoding="ascii") as file:
            file.write(str(value))

    def sysctl(self, key, value):
        self.run(self._sysctl, key, value)

    def command(self, text):
        """run a command, as ip or nft, in this namespace"""
        self.run(lambda: subprocess.run(text.split(), check=True, capture_output=True))

    def neighbour(self, address, mac):
        self.run(self._ip, "neigh replace %s lladdr %s dev %s nud permanent" % (address, mac, self.device))

    def socket(self, family=socket.AF_INET, kind=socket.SOCK_STREAM, proto=0):
        return self.run(socket.socket, family, kind, proto)

    def record(self):
        """a Recorder of everything that passes this host's device from now on"""
        return self.run(Recorder, self.device)

    def poll(self):
        """{(local port, remote address, remote port): state} of the sockets that this kernel has right now"""
        found = {}
        for fd in self.states:
            for line in os.pread(fd, 1 << 18, 0).decode().splitlines()[1:]:
                word = line.split()
                local, remote = word[1].rsplit(":", 1), word[2].rsplit(":", 1)
                key = (int(local[1], 16), address_of(remote[0]), int(remote[1], 16))
                found[key] = KERNEL_STATES[int(word[3], 16)]
        return found

    def close(self):
        for fd in self.states + [self.tap]:
            os.close(fd)
        self.thread.shutdown()


def new_namespace():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWNET): " + os.strerror(ctypes.get_errno()))


def address_of(text):
    """an address as /proc/net/tcp writes it: words of four octets in the machine's own order"""
    words = [int(text[i:i + 8], 16) for i in range(0, len(text), 8)]
    raw = struct.pack("=%dI" % len(words), *words)
    return socket.inet_ntop(socket.AF_INET if len(raw) == 4 else socket.AF_INET6, raw)


class Recorder:
    """A packet socket; the kernel stamps each frame with the time at which it left or came in."""

    def __init__(self, device):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.socket.bind((device, ETH_P_ALL))
        self.socket.setblocking(False)

    def frames(self):
        """[(time in ns since 1970, sent by this host, bytes)], in the order in which they passed"""
        found = []
        while True:
            try:
                data, control, _, address = self.socket.recvmsg(65536, 256)
            except BlockingIOError:
                break
            sec, nsec = struct.unpack("=qq", next(c[2] for c in control if c[1] == SO_TIMESTAMPNS)[:16])
            found.append((sec * 10**9 + nsec, address[2] == PACKET_OUTGOING, data))
        self.socket.close()
        return found
