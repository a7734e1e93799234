# SPDX-License-Identifier: BSD-3-Clause
"""Between open and close."""
import socket
import time

from .opening import three_way
from .script import REQUEST, close_in_four, exchange, is_data, read_all, scenario


@scenario("data-loss",
          "one segment of an upload is lost; selective acknowledgements show the hole, it is filled", tap="A", snaplen=96)
def data_loss(lab):
    client, server = lab.open()
    lab.wire.rule("A", is_data, skip=3)
    lab.together(lambda: client.sendall(bytes(14480)), lambda: read_all(server, 14480))
    lab.pause(6)
    close_in_four(lab, client, server)


@scenario("reordered-data",
          "one data segment is overtaken by the ones behind it; nothing is lost", tap="B", snaplen=96)
def reordered_data(lab):
    client, server = lab.open()
    lab.wire.rule("A", is_data, "delayed", skip=2, extra=0.006)
    lab.together(lambda: client.sendall(bytes(10000)), lambda: read_all(server, 10000))
    lab.pause(6)
    close_in_four(lab, client, server)


@scenario("keepalive", "nobody speaks: keep-alives, and their answers", slow=True)
def keepalive(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    time.sleep(3.3)
    close_in_four(lab, client, server)


@scenario("keepalive-dead",
          "the server's host has gone; after the last keep-alive without an answer the client resets", slow=True)
def keepalive_dead(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.wire.rule("A", lambda f: True, times=99)
    for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL):
        client.setsockopt(socket.IPPROTO_TCP, option, 1)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    time.sleep(3.6)


@scenario("zero-window",
          "the server's application does not read: its window closes, the client asks until it opens", tap="M", snaplen=96, slow=True)
def zero_window(lab):
    listener = lab.listen(rcvbuf=2048)
    client = lab.client()
    server = lab.meet(client, listener)
    client.setblocking(False)
    sent = client.send(bytes(12000))
    time.sleep(1.6)
    read_all(server, sent)
    lab.pause(6)
    close_in_four(lab, client, server)


@scenario("long-download",
          "a download of 400 kB: a few segments that matter around many that fold", snaplen=96)
def long_download(lab):
    client, server = lab.open()
    client.sendall(REQUEST)
    lab.pause()
    server.recv(4096)
    lab.together(lambda: server.sendall(bytes(400000)), lambda: read_all(client, 400000))
    lab.pause(4)
    close_in_four(lab, client, server)


@scenario("midstream", "the capture was begun while the connection was already open: no SYN in it")
def midstream(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.begin_here()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("vlan", "the trunk between the two hosts: VLAN 7 on every frame", tap="M")
def vlan(lab):
    three_way(lab)
