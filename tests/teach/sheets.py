#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: sheets.py PROGRAM ROOT

Worksheets as text, of every capture: the arrows of a connection end in one column, the blanks are
numbered in order, and the key has an answer for each of them."""
import glob
import os
import re
import subprocess
import sys


def sheet(program, capture, *options):
    told = subprocess.run([program, "worksheet", capture, *options], capture_output=True,
                          encoding="utf-8", env=dict(os.environ, LC_ALL="C.UTF-8"), check=True)
    return told.stdout


def ends(block):
    """Where the arrows of a connection end."""
    return {max(line.rfind("│"), line.rfind("┤")) for line in block.split("\n")
            if re.search("[─▶╳] *[│┤]", line)}


def main():
    program, root = sys.argv[1:3]
    bad = 0
    for capture in sorted(glob.glob(root + "/captures/*.pcap")):
        asked, key = sheet(program, capture), sheet(program, capture, "--key")
        for name, text in (("sheet", asked), ("key", key)):
            for block in text.split("\n#")[1:]:
                if len(ends(block)) > 1:
                    print("%s, %s: the arrows end in columns %s" % (capture, name, ends(block)))
                    bad += 1
        blanks = [int(number) for number in re.findall(r"\((\d+)\) ___", asked)]
        answers = [int(number) for number in re.findall(r"\((\d+)\) [-A-Z0-9]", key)]
        if blanks != list(range(1, len(blanks) + 1)) or answers != blanks or not blanks:
            print("%s: %d blanks, %d answers" % (capture, len(blanks), len(answers)))
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
