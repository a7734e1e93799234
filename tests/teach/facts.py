#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: facts.py ROOT [--write | --read LESSON...]

Every sentence of `tcphs explain`, of a verdict, of a remark, of what is told of a segment or of a
host's ISNs, of a quiz and of a worksheet stands in facts/ with what it was checked against: the
words of an RFC's section, of a system's source, a capture of ours, another entry that says the same
(entry …), that it only tells what was observed or what tcphs itself does (tcphs), or that it
follows from the sentences around it (so).
A sentence that was changed since fails here until somebody has read the source again. The pages
of the lessons have the RFC's words in their comments.

Sections must be in rfc-sections.txt, the tables of contents. Where the RFCs themselves are at hand
(in $TCPHS_RFC, or Debian's doc-rfc packages) the words are looked up in them; those of RFC 9768, which is younger, in
the passages of rfc9768.txt.

--write puts the sentences into facts/ as they are now, and marks what has nothing to stand on;
--read says that the pages of a lesson have been read against their sections as they are now."""
import glob
import gzip
import os
import re
import sys
import zlib

KINDS = {"state": "states", "flag": "flags", "option": "options", "open": "opens",
         "close": "closes", "topic": "topics"}
LITERAL = re.compile(r'\s*"((?:[^"\\]|\\.)*)"')
# Where else the program says what is so: of a connection, a remark, a segment.
SPOKEN = {"verdict": ["src/model/verdict_words.c", "src/model/verdict_fill.c",
                      "src/model/verdict.c"],
          "sentence": ["src/model/sentence.c", "src/model/sentence_icmp.c",
                       "src/model/sentence_words.c", "src/model/sentence_phrases.c"],
          "segment": ["src/ladder/explain.c", "src/ladder/explain_numbers.c",
                      "src/ladder/explain_header.c", "src/ladder/explain_states.c"],
          "questions": ["src/teach/quiz_words.c", "src/teach/sheet.c"],
          "isn": ["src/model/isn_text.c"]}
bad = 0


def fail(text):
    global bad
    bad += 1
    print(text)


# ---- the sentences of the program ---------------------------------------------------------------

def without_comments(source):
    return re.sub(r"/\*.*?\*/", "", source, flags=re.S)


def literals(source, at):
    """The string literals side by side at source[at:], joined, and where they end."""
    text = ""
    while match := LITERAL.match(source, at):
        text += match[1]
        at = match.end()
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\"), at


def field(block, name):
    match = re.search(r"\.%s = " % name, block)
    return literals(block, match.end())[0] if match else ""


def sentences(text):
    return [part.strip() for line in text.split("\n")
            for part in re.split(r'(?<=[.!?])"?\s+(?=[A-Z"(])', line) if part.strip()]


def catalogue(root):
    source = without_comments(open(root + "/include/tcphs/codes.h").read()).replace("\\\n", "\n")
    codes = {}
    for match in re.finditer(r'X\(D_\w+,\s*"([^"]+)",\s*\w+,\s*"[^"]+",\s*(NULL|"[^"]*"),'
                             r'\s*(NULL|"[^"]*"),\s*', source):
        rfc, section = match[2].strip('"'), match[3].strip('"')
        codes[match[1]] = (literals(source, match.end())[0], rfc, section)
    return codes


def spoken(root, path):
    """Each literal of two words and more, those side by side joined."""
    source = re.sub(r'"\s*PRI[a-z]\d+\s*"', "", without_comments(open(root + "/" + path).read()))
    source = re.sub(r"^#.*$|'\\?\"'", "", source, flags=re.M)
    found, at = [], 0
    while (at := source.find('"', at)) >= 0:
        text, end = literals(source, at)
        if end == at:
            sys.exit("%s: a quotation mark that begins no literal: %s" % (path, source[at:at + 40]))
        at = end
        text = " ".join(text.split())
        words = re.sub(r"%[-.*\d]*[a-z]+|\{[a-z0-9:]+\}", "", text).split()
        if len([word for word in words if re.search(r"[A-Za-z]{2,}", word)]) >= 2:
            found.append(text)
    return found


def entries(root):
    """(file of facts/, "kind word", sentences) of everything that can be explained."""
    for name, paths in SPOKEN.items():
        for path in paths:
            yield name, "said " + path, spoken(root, path)
    codes = catalogue(root)
    for path in sorted(glob.glob(root + "/src/teach/texts_*.c")):
        name = re.search(r"texts_(\w+)\.c", path)[1]
        source = without_comments(open(path).read())
        if name.startswith("codes"):
            for match in re.finditer(r"\n\tCODE\(", source):
                word, at = literals(source, match.end())
                exact, _ = literals(source, at + 1)
                yield name, "code " + word, sentences(codes[word][0]) + sentences(exact)
            continue
        for block in re.split(r"\n\t\{\n", source)[1:]:
            kind = next(kind for kind in KINDS if KINDS[kind] == name)
            yield name, "%s %s" % (kind, field(block, "word")), \
                sentences(field(block, "plain")) + sentences(field(block, "exact"))


# ---- the RFCs -----------------------------------------------------------------------------------

def contents(root):
    known = set()
    for line in open(root + "/tests/teach/rfc-sections.txt"):
        if line.strip() and not line.startswith("#"):
            known.add(tuple(line.split()[:2]))
    return known


class Library:
    """The RFCs that this machine has, and passages of one that Debian does not have yet."""

    def __init__(self, root):
        self.places = [root + "/tests/teach", os.environ.get("TCPHS_RFC", ""), "/usr/share/doc/RFC/*"]
        self.texts = {}
        self.found = self.missing = 0

    def text(self, number):
        if number not in self.texts:
            self.texts[number] = None
            for place in self.places:
                for path in glob.glob("%s/rfc%s.txt*" % (place, number)) if place else []:
                    opened = gzip.open if path.endswith(".gz") else open
                    with opened(path, "rb") as file:
                        self.texts[number] = clean(file.read().decode("latin-1"))
        return self.texts[number]

    def section(self, number, wanted):
        """The longest stretch between the heading `wanted` and the next heading."""
        text = self.text(number)
        heads = [(m.start(), m[1].removesuffix(".0")) for m in HEADING.finditer(text)
                 if not re.search(r"(\. ?){4,}", m[0])
                 and (not m[1].isalpha() or m[0].lower().startswith("appendix"))]
        ends = [at for at, _ in heads[1:]] + [len(text)]
        parts = [text[at:end] for (at, number), end in zip(heads, ends) if number == wanted]
        return max(parts, key=len, default="")

    def has(self, number, section, words):
        """None: the RFC is not here."""
        if self.text(number) is None:
            self.missing += 1
            return None
        self.found += 1
        where = self.section(number, section) if section else self.text(number)
        return plain(words) in plain(where)


# RFC 1122 has its deep headings indented.
HEADING = re.compile(r"^(?:appendix | {6,12}(?=\d+\.\d+\.\d+\.\d+  [A-Z]))?((?:\d+|[A-Z])(?:\.\d+)*)(?:[.:]|(?= ))"
                     r"(?: {1,4}\S.*)?$", re.M | re.I)


def clean(text):
    """Without the lines at the edges of pages."""
    keep = [line.replace("\f", "") for line in text.replace("\r", "").split("\n")
            if not re.search(r"\[Page \d+\]\s*$", line)
            and not re.match(r"^RFC \d+ .* \d{4}\s*$", line)]
    return "\n".join(keep)


def plain(text):
    return re.sub(r"\s+", " ", text).replace("- ", "-").strip().lower()


# ---- comparing ----------------------------------------------------------------------------------

def read_ledger(path):
    """{"kind word": [(sentence, [what it stands on])]}"""
    ledger, entry = {}, None
    for line in open(path) if os.path.exists(path) else []:
        line = line.rstrip("\n")
        if line.startswith("# ") or not line:
            continue
        if line.startswith("= "):
            entry = ledger.setdefault(line[2:], [])
        elif line.startswith("\t"):
            entry[-1][1].append(line.strip())
        else:
            entry.append((line, []))
    return ledger


def check_stand(root, known, library, where, stand):
    match = re.match(r'RFC (\d+)(?: §([\w.]+))?: (.+)$', stand)
    if match:
        number, section, words = match.groups()
        if section and (number, section) not in known:
            fail("%s: RFC %s has no section %s" % (where, number, section))
        elif library.has(number, section, words) is False:
            fail("%s: not in RFC %s §%s: %s" % (where, number, section, words))
    elif stand.startswith("entry "):
        if not any(line == "= " + stand[6:] + "\n" for path in glob.glob(root + "/tests/teach/facts/*.txt")
                   for line in open(path)):
            fail("%s: there is no %s" % (where, stand))
    elif stand.startswith("capture "):
        if not os.path.exists(root + "/captures/" + stand.split()[1]):
            fail("%s: there is no %s" % (where, stand))
    elif not re.match(r"(Linux|BSD|paper) [^:]+: .+|tcphs$|so$", stand):
        fail("%s: what is that: %s" % (where, stand))


def check_entries(root, known, library):
    count = 0
    ledgers = {}
    for name, entry, now in entries(root):
        ledger = ledgers.setdefault(name, read_ledger("%s/tests/teach/facts/%s.txt" % (root, name)))
        kept = ledger.pop(entry, [])
        for sentence in now:
            count += 1
            stands = dict(kept).get(sentence)
            if not stands:
                fail("%s: not checked: %s" % (entry, sentence))
            for stand in stands or []:
                check_stand(root, known, library, entry, stand)
        for sentence, _ in kept:
            if sentence not in now:
                fail("%s: is not said any more: %s" % (entry, sentence))
    for ledger in ledgers.values():
        for entry in ledger:
            fail("%s: there is no such entry" % entry)
    return count


SECOND_READER = "# Read sentence by sentence against the words below by somebody else than its author;"


def lesson_pages(root):
    """(lesson, page's title, page) of each page of each lesson."""
    for path in sorted(glob.glob(root + "/lessons/*.lesson")):
        for page in re.split(r"^\.page", open(path).read(), flags=re.M)[1:]:
            yield os.path.basename(path), page.split("\n")[0].strip(), page


def sum_of(page):
    return "%08x" % zlib.crc32(" ".join(page.split()).encode())


def check_readings(root):
    """A page that was changed is one that nobody but its author has read."""
    read = set(open(root + "/tests/teach/facts/lessons.txt").read().split("\n"))
    for lesson, title, page in lesson_pages(root):
        if "%s %s: %s" % (sum_of(page), lesson, title) not in read:
            fail("%s: %s: read the page against its section, then: facts.py . --read %s"
                 % (lesson, title, lesson))
    for path in glob.glob(root + "/lessons/*.lesson"):
        if SECOND_READER not in open(path).read():
            fail("%s does not say that a second reader has read it" % path)


def mark_read(root, lesson):
    path = root + "/tests/teach/facts/lessons.txt"
    lines = open(path).read().split("\n") if os.path.exists(path) else []
    lines = [line for line in lines if line and " %s: " % lesson not in line]
    lines += ["%s %s: %s" % (sum_of(page), name, title)
              for name, title, page in lesson_pages(root) if name == lesson]
    head = [line for line in lines if line.startswith("#")]
    with open(path, "w") as file:
        file.write("\n".join(head + sorted(set(lines) - set(head), key=lambda line: line[9:])) + "\n")


def check_lessons(root, known, library):
    """Each page's comment has words of an RFC: RFC 9293 §3.5: "..."; §3.6, Figure 12: "..." """
    pages = 0
    check_readings(root)
    for path in sorted(glob.glob(root + "/lessons/*.lesson")):
        for page in re.split(r"^\.page", open(path).read(), flags=re.M)[1:]:
            title = "%s: %s" % (os.path.basename(path), page.split("\n")[0].strip())
            comment = " ".join(line[1:].strip() for line in page.split("\n")
                               if line.startswith("#"))
            number, stands, section = None, 0, None
            for match in re.finditer(r'RFC (\d+)|§([\w.]*\w)|: "([^"]+)"|(?<=" )"([^"]+)"', comment):
                if match[1]:
                    number, section = match[1], None
                elif match[2]:
                    section = match[2]
                elif number is not None:
                    stands += 1
                    check_stand(root, known, library, title, "RFC %s%s: %s" % (
                        number, " §" + section if section else "", match[3] or match[4]))
            pages += 1
            if stands == 0:
                fail("%s: the page has no words of an RFC" % title)
    return pages


def check_sections(root, known):
    """Whatever the program or its manual cites is a section."""
    count = 0
    codes = ["RFC %s §%s" % (rfc, section) for _, rfc, section in catalogue(root).values()
             if rfc != "NULL" and section != "NULL"]
    places = {"include/tcphs/codes.h": "\n".join(codes)}
    for pattern in ("src/*/*.[ch]", "include/tcphs/*.h", "lessons/*", "docs/*.md", "*.md"):
        for path in glob.glob(root + "/" + pattern):
            places.setdefault(os.path.relpath(path, root), open(path).read())
    machine = open(root + "/src/model/machine.c").read()
    for section in re.findall(r'"(\d+(?:\.\d+)+)"\)', machine):
        count += 1
        if ("9293", section) not in known:
            fail("src/model/machine.c: RFC 9293 has no section " + section)
    for path, text in places.items():
        # In C a citation may run on in the next literal or line of a comment.
        text = re.sub(r'"\s*\n\s*"|\n\s*\*?\s*', " ", text)
        for match in re.finditer(r"RFC (\d+)((?:[ ,;()]| and | Figure \d+| note \d+| of | in )*"
                                 r"§[A-Z\d.]*[A-Z\d])+", text):
            for section in re.findall(r"§([A-Z\d.]*[A-Z\d])", match[0]):
                count += 1
                if (match[1], section) not in known:
                    fail("%s: RFC %s has no section %s" % (path, match[1], section))
    return count


def write(root):
    """Rewrites facts/ with the sentences of today."""
    files = {}
    for name, entry, now in entries(root):
        path = "%s/tests/teach/facts/%s.txt" % (root, name)
        kept = dict(read_ledger(path).get(entry, []))
        lines = files.setdefault(path, [])
        lines.append("= " + entry)
        for sentence in now:
            lines.append(sentence)
            lines += ["\t" + stand for stand in kept.get(sentence, ["?"])]
    for path, lines in files.items():
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    if "--write" in sys.argv:
        write(root)
        return 0
    if "--read" in sys.argv:
        for lesson in sys.argv[sys.argv.index("--read") + 1:]:
            mark_read(root, os.path.basename(lesson))
        return 0
    known, library = contents(root), Library(root)
    said = check_entries(root, known, library)
    pages = check_lessons(root, known, library)
    cited = check_sections(root, known)
    print("%d sentences, %d pages, %d citations; %d quotations compared with the RFCs here, "
          "%d not, for want of the RFC" % (said, pages, cited, library.found, library.missing))
    return 1 if bad or said == 0 or pages == 0 or cited == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
