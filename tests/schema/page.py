#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: page.py SCHEMA PAGE: every key of every record in the schema is named in tcphs-json(5)."""
import json
import re
import sys


def keys(node):
    if isinstance(node, dict):
        for name, inner in node.items():
            if name == "properties":
                yield from inner
            yield from keys(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from keys(inner)


with open(sys.argv[1], encoding="utf-8") as file:
    wanted = set(keys(json.load(file)))
with open(sys.argv[2], encoding="utf-8") as file:
    named = set(re.findall(r"[\w-]+", "\n".join(line for line in file if line.startswith("."))))
missing = sorted(wanted - named)
if missing:
    sys.exit("not in the page: " + " ".join(missing))
