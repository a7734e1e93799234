#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: topics.py PROGRAM ROOT

Whatever people ask about TCP's handshakes (topics.txt) is in a lesson and in `tcphs explain`, with the words that the
answer needs; and each lesson is named there."""
import glob
import os
import re
import subprocess
import sys


def plain(text):
    return " ".join(text.split())


def pages(path):
    """Each page of a lesson, without its comments."""
    text = "\n".join(line for line in open(path, encoding="utf-8").read().split("\n") if not line.startswith("#"))
    return [plain(page) for page in text.split("\n.page")[1:]]


def has(text, words):
    """All of them, one after the other."""
    at = 0
    for part in words:
        at = text.find(part, at) + len(part)
        if at < len(part):
            return False
    return True


def explained(program, word):
    run = subprocess.run([program, "explain", word], capture_output=True, text=True, check=False,
                         env={**os.environ, "LC_ALL": "C.UTF-8"})
    return plain(run.stdout) if run.returncode == 0 else ""


def main():
    program, root = sys.argv[1:3]
    lessons = {re.sub(r"^\d+-|\.lesson$", "", os.path.basename(path)): pages(path)
               for path in glob.glob(root + "/lessons/*.lesson")}
    bad, asked, taught = 0, 0, set()
    with open(root + "/tests/teach/topics.txt", encoding="utf-8") as file:
        rows = [[part.strip() for part in line.split("|")] for line in file if line.strip() and line[0] != "#"]
    for what, where, words in rows:
        kind, name = where.split(" ", 1)
        wanted = words.split("~")
        asked += 1
        if kind == "lesson":
            taught.add(name)
            good = any(has(page, wanted) and ".ask" in page for page in lessons.get(name, []))
        else:
            said = explained(program, name)
            good = has(said, wanted) and "Source:" in said and re.search("[├│]", said)
        if not good:
            bad += 1
            print("%s: %s does not say: %s" % (what, where, words))
    for name in sorted(set(lessons) - taught):
        bad += 1
        print("lesson %s is not in topics.txt" % name)
    print("%d topics, %d lessons" % (asked, len(lessons)))
    return bad > 0 or asked == 0


if __name__ == "__main__":
    sys.exit(main())
