# SPDX-License-Identifier: BSD-3-Clause
"""Strangers, ghosts and forgers: what a handshake defends against."""
import time

from ..frame import Frame, syn_options
from .script import REQUEST, answer_to, close_in_four, exchange, forget, last_of, raw_syn, scenario


@scenario("half-open",
          "a client that goes silent after its SYN: the server repeats its SYN-ACK and gives up; the SYN "
          "was put on the wire by the script, the server is real", tap="B", slow=True)
def half_open(lab):
    lab.B.sysctl("ipv4/tcp_synack_retries", 2)
    lab.listen()
    raw_syn(lab, "203.0.113.9", 52100, 0x5EC0DE01)
    time.sleep(3.6)


@scenario("syn-flood",
          "a flood of SYNs from forged addresses fills a backlog of eight; from then on the server "
          "answers with SYN cookies, and a real client still gets in; the flood was put on the wire by the "
          "script, the rest is real", tap="B")
def syn_flood(lab):
    lab.B.sysctl("ipv4/tcp_max_syn_backlog", 8)
    listener = lab.listen(backlog=8)
    for n in range(30):
        raw_syn(lab, "203.0.113.%d" % (n + 1), 1024 + (n * 7919) % 60000, (0x9E3779B1 * (n + 1)) & 0xFFFFFFFF)
        time.sleep(0.004)
    lab.pause()
    client = lab.client()
    server = lab.meet(client, listener)
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("old-duplicate-syn",
          "an old SYN of an abandoned attempt overtakes the new one; the client resets the answer to it, "
          "then the new SYN opens the connection (RFC 9293 Figure 8)", tap="M")
def old_duplicate_syn(lab):
    listener = lab.listen()
    lab.wire.rule("A", Frame.bare_syn, "delayed", extra=0.14)
    lab.wire.rule("A", Frame.bare_syn, "delayed", extra=0.16)
    first = lab.client()
    lab.connect_later(first)
    time.sleep(0.04)
    first.close()
    second = lab.client()
    lab.connect_later(second)
    server = lab.accept(listener)
    lab.pause()
    exchange(lab, second, server)
    close_in_four(lab, second, server)


@scenario("half-open-discovery",
          "the client crashed and forgot its connection; its new SYN from the same port meets the old "
          "one, whose acknowledgement it resets (RFC 9293 Figure 9)", tap="A")
def half_open_discovery(lab):
    listener, client = lab.listen(), lab.client()
    server = lab.meet(client, listener)
    exchange(lab, client, server)
    forget(lab, client)
    again = lab.client()
    lab.connect_later(again)
    server = lab.accept(listener)
    lab.pause(4)
    close_in_four(lab, again, server)


@scenario("half-open-data",
          "the client crashed and forgot its connection; the server's data is answered with RST (RFC 9293 "
          "Figure 10)", tap="M")
def half_open_data(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    forget(lab, client)
    server.sendall(b"are you still there?\n")
    lab.pause(3)


@scenario("split-open-linux",
          "a server that sends its ACK and its SYN apart, and what a real client does with it: it ignores "
          "the ACK, answers the SYN with a SYN-ACK, five segments in all; the server's segments up to "
          "there were put on the wire by the script", tap="A", slow=True)
def split_open_linux(lab):
    lab.B.command("iptables -A INPUT -p tcp -j DROP")
    client, isn = lab.client(), 0x51A2B3C4
    lab.connect_later(client)
    syn = last_of(lab, "A")
    lab.pause(0.5)
    lab.inject("A", answer_to(syn, "A", isn))
    lab.pause(0.2)
    bare = answer_to(syn, "S", isn, options=syn_options(ts=None))
    bare.ack = 0
    lab.inject("A", bare)
    lab.pause()
    lab.inject("A", answer_to(last_of(lab, "A"), "A", isn + 1))
    lab.pause()
    client.sendall(REQUEST)
    lab.pause()
    lab.inject("A", answer_to(last_of(lab, "A"), "A", isn + 1))
    lab.pause()


@scenario("bad-synack",
          "a forged SYN-ACK that acknowledges the ISN itself instead of ISN + 1 comes before the real "
          "one: the client resets it and goes on; the forged segment was put on the wire by the script, "
          "the rest is real", tap="A")
def bad_synack(lab):
    listener, client = lab.listen(), lab.client()
    lab.wire.rule("B", Frame.synack, "delayed", extra=0.08)
    lab.connect_later(client)
    isn = last_of(lab, "B").seq
    syn = last_of(lab, "A")
    lab.inject("A", answer_to(syn, "SA", isn - 0x0BADC0DE, ack=syn.seq, options=syn_options()))
    server = lab.accept(listener)
    lab.pause()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("bad-third-ack",
          "the third segment acknowledges a number that the server never used, and the server resets it; "
          "the client was the script, the server is real", tap="B", slow=True)
def bad_third_ack(lab):
    lab.A.command("iptables -A OUTPUT -p tcp --tcp-flags RST RST -j DROP")
    lab.listen()
    syn = Frame(lab.A.ip4, lab.B.ip4, 40000, 80, "S", 0xC0FFEE00, options=syn_options())
    lab.inject("B", syn)
    synack = last_of(lab, "B")
    lab.pause()
    lab.inject("B", answer_to(synack, "A", synack.ack, ack=synack.seq + 100001))
    lab.pause()


@scenario("scan-flags",
          "the probes of a port scanner against an open and a closed port: no flag at all, FIN alone, FIN "
          "PSH URG, SYN FIN; the probes were put on the wire by the script, the answers are real", tap="B", slow=True)
def scan_flags(lab):
    lab.listen()
    for n, flags in enumerate(("", "F", "FPU", "SF")):
        for port in (80, 81):
            lab.inject("B", Frame(lab.A.ip4, lab.B.ip4, 50000 + n, port, flags, 0x1000 + n, window=1024))
            lab.pause()


@scenario("forged-reset",
          "a forged RST inside the window, not at the exact number: the server answers with a challenge "
          "ACK (RFC 5961) and the connection lives; the RST was put on the wire by the script, the rest "
          "is real", tap="B")
def forged_reset(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    last = [p.frame for p in lab.wire.passed if p.sender == "A" and p.frame][-1]
    lab.inject("B", Frame(last.src, last.dst, last.sport, last.dport, "R", last.seq + 1000))
    lab.pause(4)
    exchange(lab, client, server)
    close_in_four(lab, client, server)


@scenario("time-wait-assassination",
          "an old duplicate reaches a TIME-WAIT, its answer meets a closed port, and that RST ends TIME-WAIT "
          "early (RFC 1337); the duplicate was put on the wire by the script, the rest is real", tap="A")
def time_wait_assassination(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    answer = next(p.frame for p in lab.wire.passed if p.sender == "B" and p.frame and p.frame.length)
    close_in_four(lab, client, server)
    time.sleep(0.2)
    lab.inject("A", answer)
    lab.pause(3)
