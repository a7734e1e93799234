# SPDX-License-Identifier: BSD-3-Clause
"""How connections close."""
import socket
import struct
import time

from .script import REPLY, REQUEST, close_in_four, exchange, is_data, is_fin, is_pure_ack, read_all, scenario


@scenario("close-three-segments",
          "the second FIN carries the acknowledgement of the first: three segments are enough")
def close_three_segments(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.together(client.close, lambda: (server.recv(1), server.close()))
    lab.pause()


@scenario("half-close",
          "the client says that it is done and goes on listening; the server sends its answer to a half-closed "
          "connection")
def half_close(lab):
    client, server = lab.open()
    client.sendall(b"3\n1\n2\n")
    client.shutdown(socket.SHUT_WR)
    lab.pause(6)
    read_all(server, 100)
    server.sendall(b"1\n2\n3\n")
    lab.pause(6)
    server.close()
    lab.pause()


@scenario("simultaneous-close",
          "both close at the same moment: two FINs cross, both sides pass through CLOSING (RFC 9293 "
          "Figure 13)", tap="M", middle=0.5)
def simultaneous_close(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.pause(3)
    lab.together(client.close, server.close)
    lab.pause(3)


@scenario("fin-lost", "the client's FIN is lost and sent again", tap="A")
def fin_lost(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.wire.rule("A", is_fin)
    client.close()
    read_all(server, 1)  # however long the client waits before it sends the FIN again
    lab.pause(6)
    server.close()
    lab.pause()


@scenario("fin-overtakes-data",
          "the FIN overtakes the data before it: it counts only when the hole is filled", tap="B")
def fin_overtakes_data(lab):
    client, server = lab.open()
    lab.wire.rule("A", is_data, "delayed", extra=0.012)
    client.sendall(b"late\n")
    time.sleep(0.003)
    client.close()
    lab.pause(6)
    server.recv(100)
    server.close()
    lab.pause()


@scenario("fin-data", "the last data and the FIN share one segment", tap="M")
def fin_data(lab):
    client, server = lab.open()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    client.sendall(REQUEST)
    client.close()
    lab.pause(6)
    server.recv(4096)
    server.close()
    lab.pause()


@scenario("last-ack-lost",
          "the last ACK is lost: the server repeats its FIN, and TIME-WAIT is there to answer it", tap="A")
def last_ack_lost(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    client.close()
    lab.pause(6)
    lab.wire.rule("A", is_pure_ack)
    server.close()
    time.sleep(0.35)
    lab.pause()


@scenario("reset", "the client hangs up hard (linger 0): RST instead of FIN")
def reset(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
    lab.pause()


@scenario("reset-by-server", "the server hangs up hard, over IPv6", tap="M", family=6)
def reset_by_server(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    server.close()
    lab.pause()


@scenario("reset-late-data",
          "the client has closed, the server still sends: its data is answered with RST", tap="A")
def reset_late_data(lab):
    client, server = lab.open()
    client.sendall(REQUEST)
    lab.pause(3)
    client.close()
    lab.pause(6)
    server.recv(4096)
    server.sendall(REPLY)
    lab.pause(3)


@scenario("reset-unread",
          "the client closes without having read everything: RST, although it closed in order", tap="B")
def reset_unread(lab):
    client, server = lab.open()
    client.sendall(REQUEST)
    lab.pause(3)
    server.recv(4096)
    server.sendall(REPLY)
    lab.pause(3)
    client.close()
    lab.pause()


@scenario("port-reuse",
          "the same four-tuple again while the server is still in TIME-WAIT: the new SYN is accepted "
          "because its timestamp is newer (RFC 6191)", tap="M")
def port_reuse(lab):
    listener = lab.listen()
    for _ in range(2):
        client = lab.client()
        server = lab.meet(client, listener)
        exchange(lab, client, server)
        close_in_four(lab, server, client)
        lab.pause(3)
        time.sleep(0.1)


@scenario("abandoned-close",
          "the client waits in FIN-WAIT-2; the server answers late but closes well", tap="A", slow=True)
def abandoned_close(lab):
    client, server = lab.open()
    client.shutdown(socket.SHUT_WR)
    time.sleep(1.5)
    close_in_four(lab, server, client)
