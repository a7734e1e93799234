# SPDX-License-Identifier: BSD-3-Clause
"""Connections by dice: what two applications do, and what the wire does to their segments, from a seed."""
import random
import socket
import struct
import time

from .script import Scenario

WIRE = (("lost", 0.0), ("lost early", 0.0), ("delayed", 0.004), ("delayed", 0.015), ("copied", 0.003), ("copied", 0.03))


def trouble(lab, dice):
    """the wire loses, delays and copies about one segment in ten of each side"""
    for side in "AB":
        for _ in range(dice.randrange(4)):
            fate, extra = dice.choice(WIRE)
            lab.wire.rule(side, lambda f: True, fate, skip=dice.randrange(12), extra=extra)


def act(sock, dice):
    """one thing that an application does to its socket; whether it still has one"""
    what = dice.choice(("send", "send", "read", "read", "wait", "shutdown", "close", "abort"))
    try:
        if what == "send":
            sock.sendall(bytes(dice.choice((1, 50, 1400, 5000))))
        elif what == "read":
            sock.setblocking(False)
            sock.recv(65536)
        elif what == "shutdown":
            sock.shutdown(socket.SHUT_WR)
        elif what in ("close", "abort"):
            if what == "abort":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()
            return False
    except OSError:
        pass  # the other side has reset or closed: that is a part of it
    finally:
        if sock.fileno() >= 0:
            sock.settimeout(2)
    return True


def run(lab, seed):
    dice = random.Random(seed)
    trouble(lab, dice)
    listener, client = lab.listen(), lab.client()
    lab.connect_later(client)
    if dice.random() < 0.1:
        time.sleep(dice.random() * 3 * lab.delay)
        client.close()
    listener.settimeout(4)
    alive = [client] if client.fileno() >= 0 else []
    try:
        alive.append(lab.accept(listener))
    except OSError:
        pass
    for _ in range(12):
        time.sleep(dice.choice((0.0005, 0.5, 1.0, 2.5)) * 2 * lab.delay)
        for sock in dice.sample(alive, min(len(alive), dice.choice((1, 1, 2)))):
            if not act(sock, dice):
                alive.remove(sock)
    for sock in alive:
        sock.close()
    time.sleep(0.5)
    lab.pause(2)


def scenario(seed):
    dice = random.Random("taps%d" % seed)
    return Scenario(lambda lab: run(lab, seed), "by dice, seed %d" % seed, "M", dice.choice((4, 4, 6)), True, 128,
                    {"middle": dice.choice((0.1, 0.4, 0.5, 0.9)), "delay": dice.choice((0.004, 0.010, 0.030))})
