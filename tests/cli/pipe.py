#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What a pipe shows while it is open, and what it costs.

usage: pipe.py TCPHS CAPTURES
"""
import bz2
import gzip
import lzma
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from netlab import capfile                       # noqa: E402
from netlab.frame import Frame                   # noqa: E402

TCPHS, CAPTURES = sys.argv[1:]
SECOND = 10**9
MANY = 200_000


def octets(packets):
    with tempfile.NamedTemporaryFile() as file:
        capfile.write_pcap(file.name, packets)
        return file.read()


def packets_of(name):
    return capfile.read(os.path.join(CAPTURES, name + ".pcap"))[1]


def later(packets, by):
    return [capfile.Packet(p.time + by, p.data) for p in packets]


def shown(process, seconds):
    """what is printed until nothing has come for so long"""
    out = b""
    while select.select([process.stdout], [], [], seconds)[0]:
        some = os.read(process.stdout.fileno(), 65536)
        if not some:
            break
        out += some
    return out.decode()


def run(*arguments):
    return subprocess.Popen([TCPHS, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env={**os.environ, "LC_ALL": "C.UTF-8"})


def settled_at_once():
    """the first connection is there when a packet comes that is a minute younger; the other at the end"""
    first, second = packets_of("three-way"), packets_of("refused")
    second = later(second, first[-1].time + 61 * SECOND - second[0].time)
    head, tail = octets(first), octets(second)[24:]
    one = 16 + len(second[0].data)
    for arguments, mark in ((("list",), "three-way"), (("list", "--json"), '"id":1,'), (("show",), "#1 "),
                            (("show", "--json"), '"id":1,'), (("show", "--format", "csv"), "\n1,192.0.2.1"),
                            (("check",), "#1 "), (("check", "--json"), "ack-delay"), (("list", "--csv"), "three-way")):
        process = run(*arguments, "-")
        process.stdin.write(head)
        process.stdin.flush()
        early = shown(process, 0.2)
        process.stdin.write(tail[:one])
        process.stdin.flush()
        out = ""
        until = time.monotonic() + 60
        while mark not in out and time.monotonic() < until:
            out += shown(process, 0.1)
        process.stdin.write(tail[one:])
        process.stdin.close()
        rest = shown(process, 60)
        if mark in early:
            yield "%s: shown before it was final" % (arguments,)
        if mark not in out:
            yield "%s: not shown while the pipe is open" % (arguments,)
        if not rest or mark in rest and arguments[0] != "check":
            yield "%s: the other one isn't shown at the end" % (arguments,)
        if "--json" in arguments and arguments[0] != "check" and '"final":"closed"' not in out:
            yield "%s: does not say why it is final" % (arguments,)
        if process.wait() > 1 or process.stderr.read():
            yield "%s: ended with %d" % (arguments, process.returncode)


def written(folder):
    """-w of a pipe: all of it, or with -Y the packets of what is selected, or it is said that they are not kept"""
    first, second = packets_of("three-way"), packets_of("refused")
    second = later(second, first[-1].time + 61 * SECOND - second[0].time)
    path = os.path.join(folder, "written.pcapng")
    for arguments, expected, code in (((), first + second, 0), (("-Y", "id:2"), second, 0),
                                      (("-Y", "id:2", "--spool", "100"), [], 2)):
        process = run("list", "-", "-w", path, *arguments)
        _, err = process.communicate(octets(first + second))
        got = [p.data for p in capfile.read(path)[1]]
        if got != [p.data for p in expected] or process.returncode != code:
            yield "-w %s: %d packets, not %d; exit code %d" % (arguments, len(got), len(expected), process.returncode)
        if code == 2 and b"--spool" not in err:
            yield "-w %s: does not say that the packets are not kept" % (arguments,)


def packed_in_pieces():
    """a compressed pipe that comes slowly is waited for, wherever it stops, and what came is shown; and one that was
    made not to wait"""
    whole = octets(packets_of("three-way"))
    packers = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}
    for name in ("zstd", "lz4"):
        if shutil.which(name):
            packers[name] = lambda data, name=name: subprocess.run([name, "-q", "-c"], input=data, capture_output=True,
                                                                   check=True).stdout
    packers["nothing"] = bytes
    for name, pack in packers.items():
        packed = pack(whole)
        for cut in (3, 30, 150, len(packed) - 5):
            process = run("list", "-", "--json")
            os.set_blocking(process.stdin.fileno(), True)
            process.stdin.write(packed[:cut])
            process.stdin.flush()
            time.sleep(0.15)
            out, err = process.communicate(packed[cut:])
            if out.count(b'"three-way"') != 1 or process.returncode or err:
                yield "%s, cut at %d: exit code %d: %s" % (name, cut, process.returncode, err)


def never_waits(folder):
    """somebody made standard output and input not wait: nothing of what is printed is lost for it"""
    many = os.path.join(folder, "many.pcap")
    capfile.write_pcap(many, [p for n in range(400) for p in later(packets_of("three-way"), n * 400 * SECOND)])
    want = subprocess.run([TCPHS, "list", "--json", many], capture_output=True, check=True).stdout
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    with open(many, "rb") as file:
        process = subprocess.Popen([TCPHS, "list", "--json", many], stdin=file, stdout=writes)
    os.close(writes)
    time.sleep(0.3)
    got = b""
    while True:
        some = os.read(reads, 65536)
        if not some:
            break
        got += some
        time.sleep(0.005)
    os.close(reads)
    if process.wait() or got != want or len(want) < 200_000:
        yield "a pipe that does not wait: %d of %d octets, exit code %d" % (len(got), len(want), process.returncode)


def memory():
    """the greatest resident set in kB while MANY short connections pass, each two milliseconds after the last"""
    process = run("list", "-", "-q", "-o", "/dev/null", "--no-checksum")  # their addresses are changed
    conversation = packets_of("reset")
    whole = [Frame.parse(p.data) for p in conversation]
    start = conversation[0].time
    for begin in range(0, MANY, 2000):
        batch = []
        for n in range(begin, begin + 2000):
            for frame, p in zip(whole, conversation):
                data = bytearray(p.data)
                client = 26 if frame.dport == whole[0].dport else 30
                data[client:client + 4] = (0x0A000000 + n).to_bytes(4, "big")
                batch.append(capfile.Packet(start + n * 2_000_000 + (p.time - start) // 1000, bytes(data)))
        process.stdin.write(octets(batch)[24 if begin > 0 else 0:])
    process.stdin.flush()
    time.sleep(0.5)
    with open("/proc/%d/status" % process.pid) as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    process.stdin.close()
    process.wait()
    return peak


def sanitized():
    """AddressSanitizer keeps what was freed, so that memory says nothing"""
    with open(TCPHS, "rb") as program:
        return b"__asan_init" in program.read()


def main():
    complaints = list(settled_at_once())
    with tempfile.TemporaryDirectory() as folder:
        complaints += written(folder)
        complaints += never_waits(folder)
    complaints += packed_in_pieces()
    if os.path.exists("/proc/self/status") and not sanitized():
        peak = memory()
        print("%d connections through a pipe: %d kB" % (MANY, peak))
        # A minute of them is held, 30 000; all of them would take more than 100 MB.
        if peak > 50_000:
            complaints.append("%d kB for %d connections: they are not forgotten" % (peak, MANY))
    print("\n".join(complaints))
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
