#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: class.py PROGRAM ROOT

Grading a class: what check --expect prints is TAP to others (prove(1), where there is one), the
table is CSV in which no name that a student chose is a formula, each kind of line is decided as
tcphs-query(5) says, and the exit code tells the worst."""
import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile

EXPECT = """# a comment, and an empty line

some  port:80 open:three-way
every open:three-way,four-way close:four-way
no    has:error
count 1 port:80 -open:refused
count 2 port:80
"""
# each capture, how its lines are decided, and the exit code
GRADES = [("three-way.pcap", "11110", 1), ("refused.pcap", "00100", 1), ("port-reuse.pcap", "11101", 1)]
NAMES = ['=HYPERLINK("x").pcap', "+cmd|calc,'x'!A0.pcap", "-minus.pcap", "@sum(1+1).pcap",
         "\tab.pcap", "new\nline.pcap", "esc\033[31m.pcap", 'quo"te, comma.pcap', "plain.pcap"]
bad = 0


def fail(text):
    global bad
    bad += 1
    print(text)


def run(program, *arguments, cwd=None):
    told = subprocess.run([program, "check", *arguments], capture_output=True, encoding="utf-8", cwd=cwd,
                          env=dict(os.environ, LC_ALL="C.UTF-8"), check=False)
    return told.returncode, told.stdout, told.stderr


def grades(program, root, expect):
    for name, decided, code in GRADES:
        got, told, _ = run(program, "--expect", expect, root + "/captures/" + name)
        lines = [line for line in told.split("\n") if line.startswith(("ok ", "not ok "))]
        if "".join(str(int(line.startswith("ok"))) for line in lines) != decided or got != code:
            fail("%s: exit code %d, %s" % (name, got, lines))
    paths = [root + "/captures/" + name for name, _, _ in GRADES]
    code, told, _ = run(program, "--expect", expect, "--csv", *paths)
    rows = list(csv.reader(io.StringIO(told), strict=True))
    for row, (name, decided, _) in zip(rows[1:], GRADES):
        if row[1:] != [str(decided.count("1")), "5", *decided]:
            fail("%s in the table: %s" % (name, row))
    if code != 1 or len(rows) != 4 or len(rows[0]) != 8:
        fail("a table of %d rows, exit code %d" % (len(rows), code))


def names(program, root, expect, work):
    for name in NAMES:
        shutil.copy(root + "/captures/three-way.pcap", work + "/" + name)
    _, told, _ = run(program, "--expect", expect, "--csv", "--", *NAMES, cwd=work)
    rows = list(csv.reader(io.StringIO(told), strict=True))[1:]
    if len(rows) != len(NAMES) or any(len(row) != 8 for row in rows):
        fail("the names break the table: %s" % rows)
    for row in rows:
        if row[0][0] in "=+-@\t\r" or not row[0].isprintable():
            fail("a spreadsheet would take this for more than a name: %s" % row[0])


def consumer(program, root, expect):
    if shutil.which("prove") is None:
        print("no prove: what reads TAP was not asked")
        return
    met = root + "/tests/teach/lab.expect"
    for file, names, result in ((met, ["three-way"], "PASS"), (met, ["three-way", "close-three-segments"], "FAIL"),
                                (met, ["three-way", "vlan"], "PASS"), (expect, ["refused"], "FAIL")):
        tap = subprocess.run([program, "check", "--expect", file]
                             + ["%s/captures/%s.pcap" % (root, name) for name in names],
                             capture_output=True, check=False).stdout
        said = subprocess.run(["prove", "-e", "cat", "/dev/stdin"], input=tap, capture_output=True, check=False)
        text = (said.stdout + said.stderr).decode()
        if "Result: " + result not in text or "Parse errors" in text:
            fail("prove of %s: %s" % (names, text))


def inputs(program, root, expect, work):
    """An input that can't be opened is worse than a wrong one, a damaged one worse than both."""
    whole = open(root + "/captures/three-way.pcap", "rb").read()
    open(work + "/cut.pcap", "wb").write(whole[:-7])
    met, good = root + "/tests/teach/lab.expect", root + "/captures/three-way.pcap"
    for file, paths, wanted in ((met, [good], 0), (met, [good, root + "/captures/reset.pcap"], 1),
                                (met, [good, work + "/none.pcap"], 2), (met, [work + "/cut.pcap"], 3),
                                (work + "/none.expect", [good], 2), (good, [good], 2)):
        code, _, complaint = run(program, "--expect", file, *paths)
        if code != wanted or (wanted > 1) != (complaint != ""):
            fail("%s, %s: exit code %d, %s" % (file, paths, code, complaint))
    for line, words in (("most port:80", "line 1"), ("some port:80\ncount x port:80", "line 2"),
                        ("some prt:80", "line 1")):
        open(work + "/wrong.expect", "w").write(line + "\n")
        code, _, complaint = run(program, "--expect", work + "/wrong.expect", good)
        if code != 2 or words not in complaint:
            fail("%s: exit code %d, %s" % (line, code, complaint))


def main():
    program, root = (os.path.abspath(argument) for argument in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as work:
        expect = work + "/lab.expect"
        open(expect, "w").write(EXPECT)
        grades(program, root, expect)
        names(program, root, expect, work)
        consumer(program, root, expect)
        inputs(program, root, expect, work)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
