# SPDX-License-Identifier: BSD-3-Clause
"""What tcphs reads in a capture: `show --json`, and on demand `check --json`, as Python sees them."""
import collections
import json
import os
import subprocess


class Reading:
    """name: the file's; connections: [dict]; segments: {connection id: [dict]}; diagnoses: [dict], without `check`
    only those of single connections; trouble: what went wrong, or None"""

    def __init__(self, tcphs, path, check=False, seconds=300):
        self.connections, self.segments, self.diagnoses = [], collections.defaultdict(list), []
        self.name, self.trouble = os.path.basename(path), None
        for record in self._run([tcphs, "show", "--json", path], seconds):
            kind = record.get("record", "").split("/")[0]
            if kind == "connection":
                self.connections.append(record)
                self.diagnoses += [dict(d, connection=record["id"]) for d in record["diagnoses"]]
            elif kind == "segment":
                self.segments[record["connection"]].append(record)
        if check:
            self.diagnoses = [record for record in self._run([tcphs, "check", "--json", path], seconds)
                              if record.get("record", "").startswith("diagnosis/")]

    def _run(self, command, seconds):
        try:
            run = subprocess.run(command, capture_output=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            self.trouble = "%s: no end within %d s" % (" ".join(command), seconds)
            return
        if run.returncode < 0 or run.returncode > 3 or (run.returncode == 2 and not run.stdout):
            self.trouble = "%s: exit %d: %s" % (" ".join(command), run.returncode,
                                                run.stderr.decode(errors="replace").strip()[-200:])
        for line in run.stdout.decode(errors="replace").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                self.trouble = "%s: not JSON: %.80s" % (" ".join(command), line)

    def of(self, connection):
        """the diagnoses of this connection"""
        return [d for d in self.diagnoses if d.get("connection") == connection["id"]]


def ends(connection):
    """((address, port), (address, port)) of client and server"""
    return tuple((connection[side]["address"], connection[side]["port"]) for side in ("client", "server"))
