# SPDX-License-Identifier: BSD-3-Clause
"""What two real TCPs are made to do. Each scenario is a function of a Lab.

SCENARIOS[name] says what it shows, the tap that shows it best (A: client, B: server, M: in the middle, lo: the
client's loopback device), the family, and whether the kernel oracle runs it (`slow` ones it leaves out).
"""
import collections
import socket
import struct
import time

from .frame import Frame, syn_options

Scenario = collections.namedtuple("Scenario", "run what tap family slow snaplen lab")
SCENARIOS = {}

TCP_REPAIR, TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_SEND_QUEUE = 19, 20, 21, 2
MSG_FASTOPEN, TCP_MD5SIG = 0x20000000, 14
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


# ---- opening ----

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


@scenario("half-open",
          "a client that goes silent after its SYN: the server repeats its SYN-ACK and gives up", tap="B", slow=True)
def half_open(lab):
    lab.B.sysctl("ipv4/tcp_synack_retries", 2)
    lab.listen()
    raw_syn(lab, "203.0.113.9", 52100, 0x5EC0DE01)
    time.sleep(3.6)


@scenario("syn-flood",
          "a flood of SYNs from forged addresses fills a backlog of eight; from then on the server "
          "answers with SYN cookies, and a real client still gets in", tap="B")
def syn_flood(lab):
    lab.B.sysctl("ipv4/tcp_max_syn_backlog", 8)
    listener = lab.listen(backlog=8)
    for n in range(30):
        raw_syn(lab, "203.0.113.%d" % (n + 1), 1024 + (n * 7919) % 60000, (n * 2654435761) & 0xFFFFFFFF)
        time.sleep(0.004)
    lab.pause()
    client = lab.client()
    lab.connect(client)
    server = lab.accept(listener)
    lab.pause()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


def raw_syn(lab, source, port, isn):
    """a SYN from the client's host under another address; answers to it end there, unheard"""
    lab.B.run(lab.B._ip, "route replace 203.0.113.0/24 via %s" % lab.A.ip4)
    raw = lab.A.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    frame = Frame(source, lab.B.ip4, port, 80, "S", isn, options=syn_options())
    raw.sendto(frame.ip_bytes(), (lab.B.ip4, 0))
    raw.close()


@scenario("accept-queue-full",
          "two clients, and a server that does not accept: the second one's third segment is ignored "
          "until there is room in the accept queue", tap="M")
def accept_queue_full(lab):
    listener = lab.listen(backlog=0)
    clients = [lab.client(40000 + n) for n in range(2)]
    lab.together(*(lambda c=c: lab.connect_later(c) for c in clients))
    lab.pause()
    for client in clients:
        client.sendall(REQUEST)
    time.sleep(1.3)
    servers = [lab.accept(listener), lab.accept(listener)]
    lab.pause()
    for client, server in zip(clients, servers):
        server.recv(4096)
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


@scenario("fast-open",
          "TCP Fast Open: the first connection asks for a cookie, the second sends its request in the SYN "
          "(RFC 7413)")
def fast_open(lab):
    for host in (lab.A, lab.B):
        host.sysctl("ipv4/tcp_fastopen", 3)
    listener = lab.listen()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 8)
    for port in (40000, 40001):
        client = lab.client(port)
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
    lab.connect(client, 179)
    server = lab.accept(listener)
    lab.pause()
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
    lab.connect(client)
    server = lab.accept(listener)
    lab.pause()
    exchange(lab, client, server)
    forget(lab, client)
    again = lab.client()
    lab.connect_later(again)
    server = lab.accept(listener)
    lab.pause(4)
    close_in_four(lab, again, server)


def forget(lab, sock):
    """close the socket so that nothing of it reaches the other side, as a crash does; the taps don't see it"""
    lab.A.command("iptables -A OUTPUT -p tcp --tcp-flags RST RST -j DROP")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()
    lab.A.command("iptables -F OUTPUT")


@scenario("half-open-data",
          "the client crashed and forgot its connection; the server's data is answered with RST (RFC 9293 "
          "Figure 10)", tap="M")
def half_open_data(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    forget(lab, client)
    server.sendall(b"are you still there?\n")
    lab.pause(3)


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


@scenario("seq-wrap", "an ISN of 2^32 - 20: the sequence numbers pass zero in the middle of the request")
def seq_wrap(lab):
    listener, client = lab.listen(), lab.client()
    start_at(client, 2**32 - 20)
    lab.connect(client)
    server = lab.accept(listener)
    lab.pause()
    exchange(lab, client, server)
    close_in_four(lab, client, server)


def start_at(sock, isn):
    """choose the ISN of a connect() to come, as a restored checkpoint does (TCP_REPAIR)"""
    for option, value in ((TCP_REPAIR, 1), (TCP_REPAIR_QUEUE, TCP_SEND_QUEUE), (TCP_QUEUE_SEQ, isn), (TCP_REPAIR, 0)):
        sock.setsockopt(socket.IPPROTO_TCP, option, struct.pack("=I", isn if option == TCP_QUEUE_SEQ else value))


def series(lab, isns):
    """one short connection after the other, each from its own port"""
    listener = lab.listen(backlog=64)
    for n, isn in enumerate(isns):
        client = lab.client(40000 + n)
        if isn is not None:
            start_at(client, isn)
        lab.connect(client)
        server = lab.accept(listener)
        lab.pause()
        lab.together(client.close, lambda s=server: (s.recv(1), s.close()))
        lab.pause()


@scenario("isn-healthy",
          "twelve connections of one client to one server: ISNs without a pattern, as RFC 6528 wants them", slow=True)
def isn_healthy(lab):
    series(lab, [None] * 12)


@scenario("isn-predictable",
          "eight connections whose client adds 64,000 to its ISN each time, as BSD did in 1985; a real "
          "stack that was told its ISNs (TCP_REPAIR)", slow=True)
def isn_predictable(lab):
    series(lab, [3_200_000_001 + 64_000 * n for n in range(8)])


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
    lab.wire.rule("B", Frame.synack, "delayed", extra=0.04)
    lab.connect_later(client)
    syn = last_of(lab, "A")
    lab.inject("A", answer_to(syn, "SA", 0x0BADC0DE, ack=syn.seq, options=syn_options()))
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


# ---- between ----

@scenario("data-loss",
          "one segment of an upload is lost; selective acknowledgements show the hole, it is filled", tap="A", snaplen=96)
def data_loss(lab):
    client, server = lab.open()
    lab.wire.rule("A", is_data, skip=3)
    lab.together(lambda: client.sendall(bytes(14480)), lambda: read_all(server, 14480))
    lab.pause(6)
    close_in_four(lab, client, server)


def read_all(sock, count):
    while count > 0:
        got = len(sock.recv(65536))
        if got == 0:
            break
        count -= got


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
    lab.connect(client)
    server = lab.accept(listener)
    lab.pause()
    client.setblocking(False)
    sent = client.send(bytes(12000))
    time.sleep(1.6)
    read_all(server, sent)
    lab.pause(6)
    close_in_four(lab, client, server)


@scenario("long-download",
          "a download of 400 kB: a few segments that matter around many that fold", snaplen=66)
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


# ---- closing ----

@scenario("close-three-segments",
          "the second FIN carries the acknowledgement of the first: three segments are enough")
def close_three_segments(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    lab.together(client.close, lambda: (server.recv(1), server.close()))
    lab.pause()


@scenario("half-close",
          "the client says that it is done and goes on listening; the server sends its answer to a half-closed "
          " connection")
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
    time.sleep(0.35)
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


@scenario("port-reuse",
          "the same four-tuple again while the server is still in TIME-WAIT: the new SYN is accepted "
          "because its timestamp is newer (RFC 6191)", tap="M")
def port_reuse(lab):
    listener = lab.listen()
    for _ in range(2):
        client = lab.client()
        lab.connect(client)
        server = lab.accept(listener)
        lab.pause()
        exchange(lab, client, server)
        close_in_four(lab, server, client)
        lab.pause(3)
        time.sleep(0.1)


@scenario("time-wait-assassination",
          "an old duplicate reaches a TIME-WAIT, its answer meets a closed port, and that RST ends TIME-WAIT "
          " early (RFC 1337); the duplicate was put on the wire by the script, the rest is real", tap="A")
def time_wait_assassination(lab):
    client, server = lab.open()
    exchange(lab, client, server)
    answer = next(p.frame for p in lab.wire.passed if p.sender == "B" and p.frame and p.frame.length)
    close_in_four(lab, client, server)
    time.sleep(0.2)
    lab.inject("A", answer)
    lab.pause(3)


@scenario("abandoned-close",
          "the client waits in FIN-WAIT-2; the server answers late but closes well", tap="A", slow=True)
def abandoned_close(lab):
    client, server = lab.open()
    client.shutdown(socket.SHUT_WR)
    time.sleep(1.5)
    close_in_four(lab, server, client)
