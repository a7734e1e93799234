#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Compares two programs that read a capture, run in turn: reading.py ROUNDS ONE OTHER CAPTURE

Both must count the same packets. Prints nanoseconds a packet and the median of the ratios of
each pair, of the whole process's wall time.
"""

import statistics
import subprocess
import sys
import time


def run(program, capture):
    start = time.perf_counter()
    done = subprocess.run([program, capture], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stdout)


def main():
    rounds, one, other, capture = int(sys.argv[1]), *sys.argv[2:5]
    run(one, capture)  # the file into the page cache
    first, second = [], []
    for _ in range(rounds):
        seconds, packets = run(one, capture)
        first.append(seconds)
        seconds, same = run(other, capture)
        second.append(seconds)
        if packets != same:
            sys.exit(f"{packets} packets, but {same} with {other}")
    ratios = sorted(a / b for a, b in zip(first, second))
    scale = 1e9 / max(packets, 1)
    print(f"{packets} packets, {rounds} pairs, nanoseconds a packet (median, least):")
    print(f"  {one}: {statistics.median(first) * scale:.1f}, {min(first) * scale:.1f}")
    print(f"  {other}: {statistics.median(second) * scale:.1f}, {min(second) * scale:.1f}")
    print(f"  ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})")


main()
