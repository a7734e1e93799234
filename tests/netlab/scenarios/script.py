# SPDX-License-Identifier: BSD-3-Clause
"""What scenarios are told in: their registry, and the steps that many of them share."""
import collections
import socket
import struct
import time

from ..frame import Frame, syn_options

Scenario = collections.namedtuple("Scenario", "run what tap family slow snaplen lab")
SCENARIOS = {}

TCP_REPAIR, TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_SEND_QUEUE = 19, 20, 21, 2
REQUEST = b"GET /index.html HTTP/1.0\r\nHost: www.example.org\r\n\r\n"
REPLY = b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n\r\nHello, world.\n"


def scenario(name, what, tap="A", family=4, slow=False, snaplen=262144, **lab):
    def keep(function):
        SCENARIOS[name] = Scenario(function, what, tap, family, slow, snaplen, lab)
        return function
    return keep


def exchange(lab, client, server):
    """one request and its answer"""
    client.sendall(REQUEST)
    lab.pause(3)
    server.recv(4096)
    server.sendall(REPLY)
    lab.pause(3)
    client.recv(4096)


def close_in_four(lab, first, second):
    """the second side closes only after its delayed acknowledgement of the first FIN has gone out"""
    first.close()
    lab.pause(6)
    second.close()
    lab.pause()


def is_fin(frame):
    return frame.has("F")


def is_data(frame):
    return frame.length > 0


def is_pure_ack(frame):
    return frame.flags == 16 and frame.length == 0


def read_all(sock, count):
    while count > 0:
        got = len(sock.recv(65536))
        if got == 0:
            break
        count -= got


def forget(lab, sock):
    """close the socket so that nothing of it reaches the other side, as a crash does; the taps don't see it"""
    lab.A.command("iptables -A OUTPUT -p tcp --tcp-flags RST RST -j DROP")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()
    lab.A.command("iptables -F OUTPUT")


def start_at(sock, isn):
    """choose the ISN of a connect() to come, as a restored checkpoint does (TCP_REPAIR)"""
    for option, value in ((TCP_REPAIR, 1), (TCP_REPAIR_QUEUE, TCP_SEND_QUEUE), (TCP_QUEUE_SEQ, isn), (TCP_REPAIR, 0)):
        sock.setsockopt(socket.IPPROTO_TCP, option, struct.pack("=I", isn if option == TCP_QUEUE_SEQ else value))


def last_of(lab, sender):
    """the newest frame of this sender that is under way, once there is one"""
    while True:
        found = [p.frame for p in lab.wire.passed if p.sender == sender and p.frame]
        if found:
            return found[-1]
        time.sleep(0.001)


def answer_to(frame, flags, seq, **options):
    """the segment in answer to this one"""
    after = frame.seq + frame.length + frame.has("S") + frame.has("F")
    return Frame(frame.dst, frame.src, frame.dport, frame.sport, flags, seq, options.pop("ack", after), **options)


def raw_syn(lab, source, port, isn):
    """a SYN from the client's host under another address; answers to it end there, unheard"""
    lab.B.run(lab.B._ip, "route replace 203.0.113.0/24 via %s" % lab.A.ip4)
    raw = lab.A.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    frame = Frame(source, lab.B.ip4, port, 80, "S", isn, options=syn_options())
    raw.sendto(frame.ip_bytes(), (lab.B.ip4, 0))
    raw.close()
