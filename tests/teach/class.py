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
# Every kind of term of the query language: what is so of three-way.pcap, and what is not.
SO = """id:1 id:1-3 id:7,1 host:192.0.2.1 host:192.0.2.9,192.0.2.2 net:192.0.2.0/24 port:80 port:http port:1-80,443
client:192.0.2.1 client:192.0.2.1:40000 server:192.0.2.2 open:three-way open:refused,three-way close:four-way
closer:client state:TIME-WAIT state:CLOSED has:ack-delay has:note -has:error rtt>20ms rtt<=0.1s syn-rtx=0 -syn-rtx>=1
packet:1 packet:4-99 isn:2708437550 isn:2903963509 encap:eth after:2026-11-21 before:2026-11-22T00:00:00 packets>10
packets=11 packets<12 bytes>=130 bytes<1K duration>300ms duration<60s -midstream""".split()
NOT_SO = """id:3,7-9 host:10.0.0.5 net:10.0.0.0/8 port:443 client:192.0.2.2 server:192.0.2.1 open:refused close:reset
closer:server state:ESTABLISHED has:synack-ack-mismatch has:error rtt>100ms syn-rtx>=1 packet:1234 isn:708095274
encap:vlan after:2026-11-22 before:12:00:05 packets>1000 bytes>1M duration>60s midstream -id:1 -port:80""".split()
# what no line may be, and the words that say so
WRONG = [("", "no expectation"), ("# nothing\n", "no expectation"), ("some port:80\nmany port:80", "line 2"),
         ("count port:80", "line 1"), ("count -1 port:80", "line 1"), ("count 1x port:80", "line 1"),
         ("some open:refusd", "line 1"), ("\n\nno id:", "line 3"), ("every rtt>fast", "line 1")]
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
    with open(paths[0], "rb") as capture:
        told = subprocess.run([program, "check", "--expect", expect, "--csv", "-"], stdin=capture,
                              capture_output=True, encoding="utf-8", check=False).stdout
    if not told.endswith('\n"-",4,5,1,1,1,1,0\n'):  # a dash begins no formula alone
        fail("standard input in the table: %r" % told)


def language(program, root, work):
    """each verb with each term, and both together"""
    lines, decided = [], []
    for terms, so in (SO, True), (NOT_SO, False):
        for term in terms:
            lines += ["some " + term, "every " + term, "no " + term, "count 1 " + term, "count 0 " + term]
            decided += [so, so, not so, so, not so]
    lines += ["some " + " ".join(SO), "some %s %s" % (SO[0], NOT_SO[0]), "every  \tport:80   close:four-way  # both"]
    decided += [True, False, True]
    path = work + "/language.expect"
    with open(path, "w", encoding="utf-8") as file:
        file.write("\r\n".join(lines) + "\n")
    code, told, _ = run(program, "--expect", path, root + "/captures/three-way.pcap")
    got = [line for line in told.split("\n") if line.startswith(("ok ", "not ok "))]
    if len(got) != len(lines) or code != 1:
        fail("%d lines of %d are decided, exit code %d" % (len(got), len(lines), code))
    for line, want, tap in zip(lines, decided, got):
        if tap.startswith("ok") != want:
            fail("should be %s: %s" % (want, tap))
    for text, words in WRONG:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        code, told, said = run(program, "--expect", path, root + "/captures/three-way.pcap")
        if code != 2 or told or words not in said or len(said.split("\n")) > 4:
            fail("%r: exit code %d, it says %r" % (text, code, said))


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
        language(program, root, work)
        names(program, root, expect, work)
        consumer(program, root, expect)
        inputs(program, root, expect, work)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
