# SPDX-License-Identifier: BSD-3-Clause
"""expected.txt: what is said of the first case of each code, to the letter.

CODE SEVERITY PACKET EXPECTED GOT RFC SECTION, and below it the sentence. Numbers are relative to the ISNs of cases.txt
(C+1, S-20; C2 and so on for a second connection), in the sentence in braces; - is none.
"""
import collections
import os
import re

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.txt")
NEAR = 1 << 24                                   # farther from an ISN a number is given as it is
HEAD = """# What is said of the first case of each code in cases.txt and generated.py. Nothing is right because it stands here: each
# line was held against the case, and code, severity, RFC and section against the catalogue's own rows, by a reader.
#
# CODE                  SEVERITY PACKET EXPECTED     GOT          RFC  SECTION
#     SENTENCE
"""
Row = collections.namedtuple("Row", "severity packet expected got rfc section text")


def relative(number, isns):
    """a number as the table has it"""
    for who, isn in isns.items():
        apart = (number - isn + (1 << 31)) % (1 << 32) - (1 << 31)
        if abs(apart) < NEAR:
            return who + ("%+d" % apart if apart else "")
    return str(number)


class Told:
    """What was said of a case."""

    def __init__(self, case, reading):
        at = {packet for packet, codes in case.marks.items() if case.code in codes}
        said = [d for d in reading.diagnoses if d["code"] == case.code]
        d = next((d for d in said if d.get("packet") in at), said[0])
        isns = {} if case.isns is None else case.isns
        number = lambda n: "-" if n is None else relative(n, isns)      # noqa: E731
        packet = d.get("packet")
        text = re.sub(r"(?<![.\d])\d{7,}(?![.\d])", lambda m: self.braced(int(m[0]), isns), d["text"])
        self.row = Row(d["severity"], "-" if packet is None else str(packet), number(d["expected"]), number(d["got"]),
                       d["rfc"] or "-", d["section"] or "-", text)

    @staticmethod
    def braced(number, isns):
        text = relative(number, isns)
        return text if text.isdigit() else "{%s}" % text

    def differences(self, row):
        if row is None:
            return ["stands not in expected.txt"]
        return ["%s is %s, and in expected.txt %s" % (name, have, want)
                for name, have, want in zip(Row._fields, self.row, row) if have != want]


def read():
    """{code: Row}"""
    table, code, fields = {}, None, None
    with open(PATH, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            if line[0] != " ":
                code, *fields = line.split()
            else:
                table[code] = Row(*fields, line.strip())
    return table


def left_out(table, codes):
    return ["%-22s is not in expected.txt" % code for code in sorted(codes - set(table))] + \
        ["%-22s of expected.txt is no code" % code for code in sorted(set(table) - codes)]


def write(told, order):
    with open(PATH, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for code in order:
            if code in told:
                row = told[code].row
                file.write("%-24s%-8s %-6s %-12s %-12s %-4s %s\n    %s\n" % ((code,) + row))
