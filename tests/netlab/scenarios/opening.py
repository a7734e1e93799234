# SPDX-License-Identifier: BSD-3-Clause
"""How connections open, or do not."""
import socket
import time

from ..frame import Frame
from .script import REPLY, REQUEST, close_in_four, exchange, is_pure_ack, scenario


@scenario("three-way",
          "the whole life of a connection: three-way open, a request and its answer, close in four "
          "segments begun by the client (RFC 9293 Figures 6 and 12)")
def three_way(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("ipv6", "three-way over IPv6: the whole life of a connection", family=6)
def ipv6(lab):
    three_way(lab)


@scenario("server-closes",
          "the server closes first, as a server of HTTP/1.0 does, and holds TIME-WAIT", tap="B")
def server_closes(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, server, client)


@scenario("refused", "nobody listens on the port: RST, ACK in answer to the SYN")
def refused(lab):
    try:
        lab.connect(lab.client(), 81)
    except ConnectionRefusedError:
        pass
    lab.pause()


@scenario("refused-ipv6", "nobody listens on the port, over IPv6", family=6, tap="M")
def refused_ipv6(lab):
    refused(lab)


@scenario("syn-lost",
          "the first SYN is lost on the way; it is sent again a second later, with the same number")
def syn_lost(lab):
    lab.wire.rule("A", Frame.bare_syn)
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("synack-lost",
          "the SYN-ACK is lost after it has passed the tap: the client repeats its SYN, the server its "
          "SYN-ACK", tap="B")
def synack_lost(lab):
    lab.wire.rule("B", Frame.synack)
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("third-ack-lost",
          "the third segment is lost and the client has nothing to say: the server repeats its SYN-ACK, "
          "the client acknowledges it again", tap="A")
def third_ack_lost(lab):
    lab.wire.rule("A", is_pure_ack)
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("third-ack-lost-data",
          "the third segment is lost, but the data behind it carries the same acknowledgement and opens "
          "the server", tap="M")
def third_ack_lost_data(lab):
    lab.wire.rule("A", is_pure_ack)
    listener, client = lab.listen(), lab.client()
    lab.connect(client)
    client.sendall(REQUEST)
    server = lab.accept(listener)
    lab.pause()
    server.recv(4096)
    server.sendall(REPLY)
    lab.pause()
    client.recv(4096)
    close_in_four(lab, client, server)


@scenario("third-ack-data", "the third segment already carries the request")
def third_ack_data(lab):
    listener, client = lab.listen(), lab.client()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
    lab.connect(client)
    client.sendall(REQUEST)
    server = lab.accept(listener)
    lab.pause(3)
    server.recv(4096)
    server.sendall(REPLY)
    lab.pause(3)
    client.recv(4096)
    close_in_four(lab, client, server)


@scenario("no-answer",
          "the server's firewall drops every SYN silently: the client tries again and gives up", slow=True)
def no_answer(lab):
    lab.A.sysctl("ipv4/tcp_syn_retries", 3)
    lab.listen()
    lab.wire.rule("A", Frame.bare_syn, "lost early", times=99)
    try:
        lab.connect(lab.client())
    except (TimeoutError, socket.timeout):
        pass


@scenario("firewall-at-server",
          "iptables at the server drops the first two SYNs: the tap there sees them come in and nothing "
          "go out", tap="B")
def firewall_at_server(lab):
    lab.B.command("iptables -A INPUT -p tcp --syn -m limit --limit 1/hour --limit-burst 2 -j DROP")
    client, server = lab.open()
    close_in_four(lab, client, server)


@scenario("icmp-refused", "a firewall answers the SYN with ICMP port unreachable instead of a RST", tap="A")
def icmp_refused(lab):
    lab.listen()
    lab.B.command("iptables -A INPUT -p tcp --syn -j REJECT --reject-with icmp-port-unreachable")
    try:
        lab.connect(lab.client())
    except OSError:
        pass
    lab.pause()


@scenario("accept-queue-full",
          "three clients, and a server that does not accept: its accept queue is full, the third one's ACK is ignored "
          "and the SYN-ACK repeated until there is room", tap="M")
def accept_queue_full(lab):
    listener = lab.listen(backlog=1)
    clients = [lab.client(40000 + n) for n in range(3)]
    lab.connect_later(clients[0])
    lab.pause()
    lab.together(*(lambda c=c: lab.connect_later(c) for c in clients[1:]))
    time.sleep(1.3)
    servers = [lab.accept(listener), lab.accept(listener)]
    servers.append(lab.accept(listener))
    lab.pause()
    for client, server in zip(clients, servers):
        close_in_four(lab, client, server)


@scenario("simultaneous-open",
          "both sides connect at the same moment: two SYNs cross (RFC 9293 Figure 7)", tap="M", middle=0.5)
def simultaneous_open(lab):
    left, right = lab.client(40000), lab.socket(lab.B, 40001)
    for each in (left, right):
        each.setblocking(False)
    lab.together(lambda: left.connect_ex((lab.address(lab.B), 40001)),
                 lambda: right.connect_ex((lab.address(lab.A), 40000)))
    lab.pause(4)
    left.settimeout(8)
    right.settimeout(8)
    left.sendall(b"hello from the left\n")
    lab.pause(3)
    right.sendall(b"hello from the right\n")
    lab.pause(3)
    left.recv(100)
    right.recv(100)
    close_in_four(lab, left, right)


@scenario("self-connect",
          "a socket that connects to its own address and port: one endpoint, both columns", tap="lo", slow=True)
def self_connect(lab):
    alone = lab.client(40000)
    alone.connect((lab.address(lab.A), 40000))
    alone.sendall(b"talking to myself\n")
    lab.pause()
    alone.recv(100)
    alone.close()
    lab.pause()


@scenario("cancelled-open",
          "the client gives up before the answer is there: its host resets the SYN-ACK", tap="M")
def cancelled_open(lab):
    lab.listen()
    client = lab.client()
    lab.connect_later(client)
    time.sleep(0.004)
    client.close()
    lab.pause(3)


@scenario("syn-copied",
          "the network delivers the SYN twice: the server answers the copy with the same SYN-ACK", tap="B")
def syn_copied(lab):
    lab.wire.rule("A", Frame.bare_syn, "copied", extra=0.003)
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("synack-reordered", "the SYN-ACK is late, the repeated SYN and it cross", tap="M")
def synack_reordered(lab):
    lab.wire.rule("B", Frame.synack, "delayed", extra=1.005)
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, client, server)
