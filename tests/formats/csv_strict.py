#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: csv_strict.py FILE...
RFC 4180: a head, lines of equally many cells ended by CR LF, quotes only as a pair."""
import csv
import re
import sys

bad = 0
CELL = rb'(?:"(?:[^"]|"")*"|[^",\r\n]*)'
LINE = re.compile(rb"(?:%s(?:,%s)*\r\n)*\Z" % (CELL, CELL))
for path in sys.argv[1:]:
    data = open(path, "rb").read()
    if not LINE.match(data):
        print(f"{path}: not RFC 4180")
        bad = 1
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    if not rows or len(set(rows[0])) != len(rows[0]) or "" in rows[0]:
        print(f"{path}: the head {rows[:1]}")
        bad = 1
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            print(f"{path}: line {number} has {len(row)} cells, the head {len(rows[0])}")
            bad = 1
        for cell in row:
            # A spreadsheet takes these for formulas.
            if cell[:1] in "=+@" and cell:
                print(f"{path}: line {number} has the cell {cell}")
                bad = 1
print(f"{len(sys.argv) - 1} files")
sys.exit(bad)
