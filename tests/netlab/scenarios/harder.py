# SPDX-License-Identifier: BSD-3-Clause
"""Two troubles at once: what is lost while something else goes wrong. Played by the kernel's oracle only."""
import socket
import struct
import time

from ..frame import Frame
from .closing import port_reuse
from .options import fast_open
from .script import REPLY, REQUEST, close_in_four, exchange, forget, is_data, is_fin, is_pure_ack, read_all, scenario


def abort(sock):
    """close with linger 0: a RST instead of a FIN"""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def both_connect(lab):
    """two sockets that call each other at the same moment"""
    left, right = lab.client(40000), lab.socket(lab.B, 40001)
    for each in (left, right):
        each.setblocking(False)
    lab.together(lambda: left.connect_ex((lab.address(lab.B), 40001)),
                 lambda: right.connect_ex((lab.address(lab.A), 40000)))
    for each in (left, right):
        each.settimeout(8)
    return left, right


@scenario("third-ack-and-data-lost",
          "the third segment and the data behind it are lost; the data comes again and opens the server", slow=True)
def third_ack_and_data_lost(lab):
    lab.wire.rule("A", is_pure_ack)
    lab.wire.rule("A", is_data)
    listener, client = lab.listen(), lab.client()
    lab.connect(client)
    client.sendall(REQUEST)
    server = lab.accept(listener)
    lab.pause(3)
    close_in_four(lab, client, server)


@scenario("third-ack-with-data-lost", "the third segment carries data, and is lost", slow=True)
def third_ack_with_data_lost(lab):
    listener, client = lab.listen(), lab.client()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
    lab.wire.rule("A", lambda f: not f.has("S"))
    lab.connect(client)
    client.sendall(REQUEST)
    server = lab.accept(listener)
    lab.pause(3)
    close_in_four(lab, client, server)


@scenario("both-syns-lost", "the SYN is lost, and then the SYN-ACK of its repetition", tap="B", slow=True)
def both_lost(lab):
    lab.wire.rule("A", Frame.bare_syn)
    lab.wire.rule("B", Frame.synack)
    client, server = lab.open()
    close_in_four(lab, client, server)


@scenario("refusal-lost", "the RST that refuses is lost: the SYN comes again, and is refused again", slow=True)
def refusal_lost(lab):
    lab.wire.rule("B", lambda f: f.has("R"))
    try:
        lab.connect(lab.client(), 81)
    except OSError:
        pass
    lab.pause()


@scenario("listener-closed",
          "the listener is closed while the third segment is on its way: a RST answers it", tap="M", slow=True)
def listener_closed(lab):
    listener, client = lab.listen(), lab.client()
    lab.connect_later(client)
    time.sleep(2.2 * lab.delay)
    listener.close()
    lab.pause(3)


@scenario("never-accepted", "the listener is closed with the open connection in its queue: a RST", tap="B", slow=True)
def never_accepted(lab):
    listener, client = lab.listen(), lab.client()
    lab.connect(client)
    client.sendall(REQUEST)
    lab.pause()
    listener.close()
    lab.pause(3)


def cross_and_close(lab):
    """what was lost of the crossing comes again after a second"""
    left, right = both_connect(lab)
    time.sleep(1.3)
    lab.pause(3)
    left.sendall(REQUEST)
    lab.pause(3)
    close_in_four(lab, left, right)


@scenario("crossing-syn-lost", "two SYNs cross, and one of them is lost", tap="M", middle=0.5, slow=True)
def crossing_syn_lost(lab):
    lab.wire.rule("B", Frame.bare_syn)
    cross_and_close(lab)


@scenario("crossing-synack-lost", "two SYNs cross, and one SYN-ACK is lost", tap="A", middle=0.5, slow=True)
def crossing_synack_lost(lab):
    lab.wire.rule("B", Frame.synack)
    cross_and_close(lab)


@scenario("fin-data-lost",
          "the last data and the FIN share one segment, which is lost and comes again", tap="B", slow=True)
def fin_data_lost(lab):
    client, server = lab.open()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    lab.wire.rule("A", is_fin)
    client.sendall(REQUEST)
    client.close()
    time.sleep(0.35)
    read_all(server, len(REQUEST))
    server.close()
    lab.pause()


@scenario("fin-lost-under-data", "the client's FIN is lost while the server goes on sending")
def fin_lost_under_data(lab):
    client, server = lab.open()
    lab.wire.rule("A", is_fin)
    client.shutdown(socket.SHUT_WR)
    for _ in range(4):
        server.sendall(REPLY)
        time.sleep(0.1)
    lab.pause(3)
    read_all(client, 4 * len(REPLY))
    close_in_four(lab, server, client)


@scenario("crossing-fin-lost", "both close at the same moment, and one FIN is lost", tap="M", middle=0.5)
def crossing_fin_lost(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.pause(3)
    lab.wire.rule("B", is_fin)
    lab.together(client.close, server.close)
    time.sleep(0.5)
    lab.pause(3)


@scenario("crossing-acks-lost", "both close at the same moment, and both last ACKs are lost", tap="B", middle=0.5)
def crossing_acks_lost(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.pause(3)
    for side in "AB":
        lab.wire.rule(side, is_pure_ack)
    lab.together(client.close, server.close)
    time.sleep(0.5)
    lab.pause(3)


@scenario("reset-lost", "the client's RST is lost: the server's data finds nobody", tap="M", slow=True)
def reset_lost(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.wire.rule("A", lambda f: f.has("R"))
    abort(client)
    lab.pause(2)
    server.sendall(REPLY)
    lab.pause(3)


@scenario("crossing-reset", "the client resets while the server's data is on its way", tap="B", middle=0.5, slow=True)
def crossing_reset(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.together(lambda: abort(client), lambda: server.sendall(REPLY))
    lab.pause(3)


@scenario("fin-wait-2-over",
          "the orphaned FIN-WAIT-2 is over before the server's FIN comes: a RST answers it", slow=True)
def fin_wait_2_over(lab):
    lab.A.sysctl("ipv4/tcp_fin_timeout", 1)
    client, server = lab.open()
    exchange(lab, client, server)
    client.close()
    time.sleep(2.5)
    server.close()
    lab.pause(3)


@scenario("time-wait-denied",
          "the host keeps no TIME-WAIT, and the last ACK is lost: the FIN that comes again gets a RST", tap="M", slow=True)
def time_wait_denied(lab):
    lab.A.sysctl("ipv4/tcp_max_tw_buckets", 0)
    client, server = lab.open()
    exchange(lab, client, server)
    client.close()
    lab.pause(6)
    lab.wire.rule("A", is_pure_ack)
    server.close()
    time.sleep(0.4)
    lab.pause(3)


@scenario("port-reuse-bare",
          "the same four-tuple while the server is in TIME-WAIT, without timestamps: the number decides", tap="M", slow=True)
def port_reuse_bare(lab):
    for host in (lab.A, lab.B):
        host.sysctl("ipv4/tcp_timestamps", 0)
    port_reuse(lab)


@scenario("half-open-reset-lost",
          "half-open discovery, and the RST that ends the old connection is lost", tap="M", slow=True)
def half_open_reset_lost(lab):
    listener, client = lab.listen(), lab.client()
    server = lab.meet(client, listener)
    exchange(lab, client, server)
    forget(lab, client)
    lab.wire.rule("A", lambda f: f.has("R"))
    again = lab.client()
    lab.connect_later(again)
    server = lab.accept(listener)
    lab.pause(4)
    close_in_four(lab, again, server)


@scenario("keepalive-reboot",
          "the client's host forgot the connection: the server's keep-alive is answered with a RST", tap="A", slow=True)
def keepalive_reboot(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    server.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    forget(lab, client)
    time.sleep(1.3)
    lab.pause(3)


@scenario("forged-reset-then-real",
          "a forged RST draws a challenge ACK; the client has forgotten the connection, and resets it", tap="B", slow=True)
def forged_reset_then_real(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    last = [p.frame for p in lab.wire.passed if p.sender == "A" and p.frame][-1]
    forget(lab, client)
    lab.inject("B", Frame(last.src, last.dst, last.sport, last.dport, "R", last.seq + 1000))
    lab.pause(4)


@scenario("late-copy", "data comes a second time after the close, at TIME-WAIT", tap="M", slow=True)
def late_copy(lab):
    lab.wire.rule("B", is_data, "copied", extra=0.4)
    client, server = lab.open()
    exchange(lab, client, server)
    close_in_four(lab, client, server)
    time.sleep(0.5)


@scenario("fast-open-syn-lost",
          "Fast Open: the SYN with data is lost, and comes again without it", tap="A", slow=True)
def fast_open_syn_lost(lab):
    fast_open(lab, lambda: lab.wire.rule("A", Frame.bare_syn))


@scenario("fast-open-answer-lost", "Fast Open: the SYN-ACK is lost, the server has spoken already", tap="B")
def fast_open_answer_lost(lab):
    fast_open(lab, lambda: lab.wire.rule("B", Frame.synack))
