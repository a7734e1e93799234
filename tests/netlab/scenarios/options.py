# SPDX-License-Identifier: BSD-3-Clause
"""What a handshake agrees on: options, and initial sequence numbers."""
import socket
import struct

from .opening import three_way
from .script import REPLY, REQUEST, close_in_four, exchange, scenario, start_at

MSG_FASTOPEN, TCP_MD5SIG = 0x20000000, 14


@scenario("fast-open",
          "TCP Fast Open: the first connection asks for a cookie, the second sends its request in the SYN "
          "(RFC 7413)")
def fast_open(lab, trouble=None):
    """the first connection asks for a cookie; the second has one, and perhaps trouble"""
    for host in (lab.A, lab.B):
        host.sysctl("ipv4/tcp_fastopen", 3)
    listener = lab.listen()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 8)
    for port in (40000, 40001):
        client = lab.client(port)
        if port == 40001 and trouble is not None:
            trouble()
        try:
            client.sendto(REQUEST, MSG_FASTOPEN, (lab.address(lab.B), 80))
        except BlockingIOError:  # no cookie yet: this was connect(); the request waits for the handshake
            lab.pause()
            client.sendall(REQUEST)
        server = lab.accept(listener)
        lab.pause(3)
        server.recv(4096)
        server.sendall(REPLY)
        lab.pause(3)
        client.recv(4096)
        close_in_four(lab, client, server)
        lab.pause(4)


@scenario("ecn", "ECN is agreed in the handshake: ECE and CWR in the SYN, ECE in the SYN-ACK (RFC 3168)")
def ecn(lab):
    lab.A.sysctl("ipv4/tcp_ecn", 1)
    three_way(lab)


@scenario("md5",
          "every segment is signed with the MD5 option (RFC 2385), as routers do for BGP", tap="M", slow=True)
def md5(lab):
    listener, client = lab.listen(179), lab.client()
    for each, peer in ((listener, lab.A), (client, lab.B)):
        address = struct.pack("=HH4s120x", socket.AF_INET, 0, socket.inet_aton(peer.ip4))
        each.setsockopt(socket.IPPROTO_TCP, TCP_MD5SIG, address + struct.pack("=BBHI80s", 0, 0, 6, 0, b"secret"))
    server = lab.meet(client, listener, 179)
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("seq-wrap", "an ISN of 2^32 - 20: the sequence numbers pass zero in the middle of the request")
def seq_wrap(lab):
    listener, client = lab.listen(), lab.client()
    start_at(client, 2**32 - 20)
    server = lab.meet(client, listener)
    exchange(lab, client, server)
    close_in_four(lab, client, server)


def series(lab, isns):
    """one short connection after the other, each from its own port"""
    listener = lab.listen(backlog=64)
    for n, isn in enumerate(isns):
        client = lab.client(40000 + n)
        if isn is not None:
            start_at(client, isn)
        server = lab.meet(client, listener)
        lab.together(client.close, lambda s=server: (s.recv(1), s.close()))
        lab.pause()


@scenario("isn-healthy",
          "twelve connections of one client to one server: ISNs without a pattern, as RFC 6528 wants them", slow=True)
def isn_healthy(lab):
    series(lab, [None] * 12)


@scenario("isn-linux",
          "twenty connections from as many ports and eight from one more: no pattern across the ports, and on that one "
          "the clock of 64 ns behind Linux's ISNs", slow=True)
def isn_linux(lab):
    listener = lab.listen(backlog=64)
    for n in range(28):
        client = lab.client(min(40000 + n, 40020))
        lab.connect(client)
        server = lab.accept(listener)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        lab.pause()
        server.close()


@scenario("isn-predictable",
          "eight connections whose client adds 64,000 to its ISN each time, as 4.4BSD did; a real "
          "stack that was told its ISNs (TCP_REPAIR)", slow=True)
def isn_predictable(lab):
    series(lab, [3_200_000_001 + 64_000 * n for n in range(8)])
