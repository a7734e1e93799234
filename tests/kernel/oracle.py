#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Hold tcphs against the kernel: at every segment, the state that it draws against the state that the kernel held.

usage: oracle.py [--tcphs PROGRAM] [--keep DIR] [--all] [--dice N [--seed S]] [-v] [NAME ...]
       oracle.py [--tcphs PROGRAM] [-v] --rows DIR

Each scenario of tests/netlab/scenarios is played between two namespaces and captured at the client (A), at the server
(B) and in the middle (M); the truth comes from sock:inet_sock_set_state and /proc/net/tcp. --keep leaves the captures
and their rows (NAME.TAP.pcap, NAME.TAP.rows.json) in DIR; --rows compares what an earlier run left there, without
recording. --all plays the slow scenarios too. --dice plays N connections in which the applications' steps and the
wire's troubles come from dice, with the seeds S, S + 1 and so on; to look for what nobody has thought of.

A row is `equal`, or `within a round trip` (the state of an endpoint far from the tap, which it held a moment before
or after), or `different`. A difference that explained.txt (patterns, for what is recorded anew) or recorded.txt (single
rows of recordings that are kept) does not list is a failure.

Exit status: 0 no unexplained difference, 1 some, 2 tcphs can't be run, 77 the kernel can't be asked here.
"""
import argparse
import collections
import fnmatch
import glob
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from netlab import capfile                       # noqa: E402
from netlab.account import Truth                 # noqa: E402
from netlab.lab import Lab                       # noqa: E402
from netlab.scenarios import SCENARIOS, chaos    # noqa: E402
from netlab.trace import Trace                   # noqa: E402

SKIP = 77
DISTURBED = 0.005  # seconds that the wire may be behind: half of its delay
AT_ONCE = 6        # scenarios; each waits most of its time
# the same as others, or not between two hosts' kernels
LEFT_OUT = {"vlan", "long-download", "self-connect", "syn-flood", "split-open-linux", "bad-third-ack", "scan-flags",
            "isn-healthy", "isn-linux", "isn-predictable"}


# played over IPv6 as well
TWICE = ("syn-lost", "simultaneous-open", "simultaneous-close", "half-close", "data-loss", "last-ack-lost")


def chosen(args):
    """{name: Scenario} of what is to be played"""
    if args.dice:
        return {"dice-%d" % seed: chaos.scenario(seed) for seed in range(args.seed, args.seed + args.dice)}
    if args.name:
        return {name: SCENARIOS[name] for name in args.name}
    found = {n: s for n, s in SCENARIOS.items() if n not in LEFT_OUT and (args.all or not s.slow)}
    return {**found, **{n + "-ipv6": SCENARIOS[n]._replace(family=6) for n in TWICE}}


def play(name, this, trace, folder):
    """play one scenario; leave its captures and rows in the folder"""
    pid = os.getpid()
    lab = Lab("10.%d.%d." % (pid >> 8 & 255, pid & 255), "2001:db8:%x::" % (pid & 0xFFFF), watch=True,
              family=this.family, **this.lab)
    try:
        trace.start()
        offset = time.time_ns() - time.monotonic_ns()
        this.run(lab)
        lab.finish()
        truth = Truth(lab, trace.events({h.device for h in lab.hosts.values()}), offset)
        for tap in "AMB":
            capture = "%s.%s.pcap" % (name, tap)
            packets = [packet for packet, _ in lab.recording(tap)]
            capfile.write_pcap(os.path.join(folder, capture), packets, snaplen=this.snaplen, nano=True)
            rows = {"capture": capture, "what": this.what, "kernel": platform.release(), "tap": tap,
                    "rows": truth.rows(tap)}
            with open(os.path.join(folder, "%s.%s.rows.json" % (name, tap)), "w", encoding="utf-8") as file:
                json.dump(rows, file)
        return lab.late()
    finally:
        lab.close()


def play_or_say(name, this, trace, folder):
    """whether it could be played: some scenarios want a program or an option that not every system has. What was
    recorded while the machine stood still says nothing of a state, which is looked at too late: it is recorded again,
    and left out when all of three were disturbed"""
    for attempt in 1, 2, 3:
        for path in glob.glob(os.path.join(folder, glob.escape(name) + ".[AMB].*")):
            os.remove(path)  # an earlier run's, or the disturbed one
        try:
            late = play(name, this, trace, folder)
            if late <= DISTURBED:
                return True
            said = "the wire was %.0f ms behind" % (late * 1e3)
        except TimeoutError as error:
            if attempt == 3:
                raise
            said = str(error)
        except (OSError, subprocess.CalledProcessError) as error:
            print("oracle: %s is left out: %s" % (name, error), flush=True)
            return False
        print("oracle: %s was disturbed (%s), %s" % (name, said, "again" if attempt < 3 else "and is left out"), flush=True)
    for path in glob.glob(os.path.join(folder, glob.escape(name) + ".[AMB].*")):
        os.remove(path)
    return False


def play_all(plays, folder):
    """how many could be played; several at once, each in processes of their own, and so in networks of their own"""
    reads, writes = os.pipe()
    for number in range(len(plays)):
        os.write(writes, number.to_bytes(2, "big"))
    os.close(writes)
    heard, told = os.pipe()
    workers = []
    for _ in range(min(AT_ONCE, len(plays))):
        worker = os.fork()
        if worker == 0:
            os._exit(work(list(plays.items()), reads, told, folder))
        workers.append(worker)
    os.close(reads)
    os.close(told)
    played = 0
    while done := os.read(heard, 4096):
        played += len(done)
    os.close(heard)
    if any(os.waitpid(worker, 0)[1] for worker in workers):
        sys.exit("oracle: a scenario could not be played to its end")
    return played


def work(plays, reads, told, folder):
    """the exit status of a worker, who plays what no other one has begun"""
    try:
        with Trace() as trace:
            while number := os.read(reads, 2):
                if play_or_say(*plays[int.from_bytes(number, "big")], trace, folder):
                    os.write(told, b".")
        return 0
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def drawn(tcphs, capture):
    """{(packet, endpoint): {state, …}} as tcphs has them"""
    run = subprocess.run([tcphs, "show", "--json", capture], capture_output=True, timeout=300)
    if run.returncode not in (0, 3):
        raise RuntimeError("%s show --json %s: exit %d: %s" % (tcphs, capture, run.returncode,
                                                               run.stderr.decode(errors="replace")[-200:]))
    ends, states = {}, collections.defaultdict(set)
    for line in run.stdout.decode().splitlines():
        record = json.loads(line)
        if record["record"].startswith("connection/"):
            ends[record["id"]] = [label(record[side]) for side in ("client", "server")]
        elif record["record"].startswith("segment/"):
            for end, side in zip(ends[record["connection"]], ("client_state", "server_state")):
                states[record["packet"], end].add(record[side])
    return states


def label(endpoint):
    address = endpoint["address"]
    return ("[%s]:%d" if ":" in address else "%s:%d") % (address, endpoint["port"])


class Explained:
    """explained.txt: differences that were looked at, and why no passive tool can know better. Its columns:
    scenario, tap, role, the kernel's state, the drawn state (each may be a pattern), how often at most, the reason.
    recorded.txt: scenario, tap, packet, role, the kernel's state, the drawn state, the name of the reason."""

    def __init__(self):
        self.lines, self.used = [], collections.Counter()
        with open(os.path.join(HERE, "explained.txt"), encoding="utf-8") as file:
            for line in file:
                if line.strip() and not line.startswith("#"):
                    *pattern, limit, why = line.split(None, 6)
                    self.lines.append((pattern, int(limit), why))
        with open(os.path.join(HERE, "recorded.txt"), encoding="utf-8") as file:
            self.rows = {tuple(line.split()[:-1]) for line in file if line.strip() and not line.startswith("#")}

    def covers(self, capture, packet, *difference):
        name, tap, *row = difference
        if (name, tap, str(packet), *row) in self.rows:
            return True
        for n, (pattern, limit, _) in enumerate(self.lines):
            if all(fnmatch.fnmatchcase(have, want) for have, want in zip(difference, pattern)):
                self.used[capture, n] += 1
                return self.used[capture, n] <= limit
        return False


def compare(tcphs, path, explained, verbose):
    """Counter of equal, near, explained and different, and the lines that say which are different"""
    with open(path, encoding="utf-8") as file:
        want = json.load(file)
    name = os.path.basename(path).split(".")[0]
    have, count, said = drawn(tcphs, os.path.join(os.path.dirname(path), want["capture"])), collections.Counter(), []
    for number, end, role, state, others in want["rows"]:
        got = have.get((number, end), {"nothing"})
        if state in got:
            count["equal"] += 1
            continue
        if got & set(others):
            count["near"] += 1
            continue
        drawn_state = "/".join(sorted(str(g) for g in got))
        known = explained.covers(want["capture"], number, name, want["tap"], role, state, drawn_state)
        count["explained" if known else "different"] += 1
        if verbose or not known:
            said.append("  %s #%d %s of %s: the kernel held %s, drawn is %s%s" % (
                want["capture"], number, role, end, state, drawn_state, " (explained)" if known else ""))
    return count, said


def report(tcphs, folder, verbose, tolerated):
    explained, total = Explained(), collections.Counter()
    for path in sorted(glob.glob(os.path.join(folder, "*.rows.json"))):
        count, said = compare(tcphs, path, explained, verbose)
        total += count
        total["captures"] += 1
        print("\n".join(said), end="\n" if said else "", flush=True)
    rows = total["equal"] + total["near"] + total["explained"] + total["different"]
    print("kernel: %d captures, %d rows: %d equal, %d within a round trip, %d different, of which %d are explained" % (
        total["captures"], rows, total["equal"], total["near"], total["explained"] + total["different"],
        total["explained"]))
    return 1 if total["different"] > tolerated or not rows else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tcphs", default="build/tcphs", metavar="PROGRAM")
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--rows", metavar="DIR")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--dice", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--tolerate", type=int, default=0, metavar="N",
                        help="unexplained differences that are no failure: each recording is new, and on a busy "
                             "machine a state is sometimes read a moment late")
    parser.add_argument("-v", action="store_true", help="print the explained differences too")
    parser.add_argument("name", nargs="*", choices=[[], *SCENARIOS], metavar="NAME")
    args = parser.parse_args()
    if not os.access(args.tcphs, os.X_OK):
        print("oracle: %s: no such program; build it, or say --tcphs PROGRAM" % args.tcphs, file=sys.stderr)
        return 2
    if args.rows:
        return report(args.tcphs, args.rows, args.v, args.tolerate)
    reason = Trace.usable()
    if reason:
        print("oracle: SKIPPED: " + reason)
        return SKIP
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or scratch
        os.makedirs(folder, exist_ok=True)
        plays = chosen(args)
        played = play_all(plays, folder)
        print("oracle: %d scenarios of %d, Linux %s" % (played, len(plays), platform.release()), flush=True)
        if not played:
            print("oracle: SKIPPED: this machine is too busy to be asked")
            return SKIP
        return report(args.tcphs, folder, args.v, args.tolerate)


if __name__ == "__main__":
    sys.exit(main())
