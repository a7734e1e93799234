#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: sheets.py PROGRAM ROOT

Worksheets of every capture. As text the arrows of a connection end in one column, the blanks are
numbered in order, the key has an answer for each of them, and a state that stays does not tell it. As a web page the tags are balanced,
nothing is run or fetched, the blanks and answers are those of the text, and each arrow says to
whom it goes to those who only hear it."""
import glob
import html.parser
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


class Page(html.parser.HTMLParser):
    """A worksheet as a browser takes it apart."""

    EMPTY = {"meta"}
    UNWANTED = {"script", "link", "img", "iframe", "object", "form"}

    def __init__(self, text):
        super().__init__()
        self.open, self.complaints, self.words = [], [], []
        self.cells = self.headings = 0
        self.feed(text)
        self.close()
        if self.open:
            self.complaints.append("never closed: %s" % self.open)

    def handle_starttag(self, tag, attrs):
        if tag in self.UNWANTED or any(name.startswith("on") or name in ("src", "href")
                                       for name, _ in attrs):
            self.complaints.append("<%s> does not belong on paper" % tag)
        if tag == "tr":
            self.cells = 0
        self.cells += tag in ("td", "th")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.complaints.append("</%s> closes something else" % tag)
        if tag == "tr" and self.cells != 4:
            self.complaints.append("a row of %d cells" % self.cells)

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            if re.search(r"url|@import|http", data):
                self.complaints.append("the style fetches something")
        else:
            self.words.append(data)


def page_faults(told, blanks, key):
    page = Page(told)
    words = " ".join(page.words)
    if not told.startswith("<!DOCTYPE html>"):
        page.complaints.append("no doctype")
    if [int(number) for number in re.findall(r"(?<!as )\((\d+)\)", words)] != blanks:
        page.complaints.append("other blanks than the text's")
    if told.count('class="arrow') != len(re.findall(r"to the (?:client|server)(?:, lost)?: ", words)):
        page.complaints.append("an arrow does not say where it goes")
    if key != ('class="answer"' in told) or key == ('class="blank"' in told):
        page.complaints.append("a key and a sheet are mixed up")
    return page.complaints


CELLS = re.compile(r"^ *(\S+)  +(\S.*?) +[├│].*[│┤] (.*)$")


def told_faults(asked, key):
    """What a state that is not blank says of a blank above it: "as (3)" where it stays, else another state."""
    for ours, theirs in zip(asked.split("\n#")[1:], key.split("\n#")[1:]):
        open_blank = {}
        pairs = zip(*([match.groups() for match in map(CELLS.match, text.split("\n")) if match]
                      for text in (ours, theirs)))
        for (packet, *cells), (_, *answers) in pairs:
            for side, (cell, answer) in enumerate(zip(cells, answers)):
                state = re.sub(r"^\(\d+\) | \?$", "", answer)
                number, was = open_blank.get(side, (None, None))
                if cell.startswith("("):
                    open_blank[side] = cell.split()[0], state
                elif cell.startswith("as "):
                    if (cell[3:], state) != (number, was):
                        yield "packet %s: %s, but the key has %s there and %s at %s" % (packet, cell, state, was, number)
                elif state == was:
                    yield "packet %s tells the answer of %s" % (packet, number)
                else:
                    open_blank.pop(side, None)


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
        for fault in told_faults(asked, key):
            print("%s: %s" % (capture, fault))
            bad += 1
        for key in ([], ["--key"]):
            told = sheet(program, capture, "--format=html", *key)
            for fault in page_faults(told, blanks, bool(key)):
                print("%s as a page%s: %s" % (capture, " with the answers" * bool(key), fault))
                bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
