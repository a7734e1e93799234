# SPDX-License-Identifier: BSD-3-Clause
"""What memory.py and memory_view.py share: their options, the runs of which an allocation fails, and
what is said of all of them in the end."""
import argparse
import os
import tempfile

C = "captures/three-way.pcap"
DOCUMENTED = (0, 1, 2, 3)


class Trial:
    """With `with`: it has a folder of its own, work, and the environment of a run, base."""

    def __init__(self, doc, switches, **environment):
        parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--points", type=int, default=0)
        parser.add_argument("--part", default="1/1")
        for name, settings in switches.items():
            parser.add_argument(name, **settings)
        for name in ("tcphs", "shim", "root"):
            parser.add_argument(name)
        self.options = parser.parse_args()
        self.tcphs = os.path.abspath(self.options.tcphs)
        self.part, self.parts = (int(number) for number in self.options.part.split("/"))
        self.base = {"LC_ALL": "C", "TZ": "UTC", "TERM": "dumb", "PATH": os.environ["PATH"],
                     "LD_PRELOAD": os.path.abspath(self.options.shim), **environment}
        self.tried = self.ended = self.bad = 0
        os.chdir(self.options.root)

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.work = self.base["HOME"] = self.folder.name
        self.count = os.path.join(self.work, "count")
        return self

    def __exit__(self, *why):
        self.folder.cleanup()

    def counting(self):
        """The environment of the run that tells how many allocations there are."""
        return dict(self.base, FAULT_COUNT=self.count)

    def counted(self):
        with open(self.count) as file:
            return int(file.read())

    def points(self, total):
        """("7+", environment): the seventh of `total` allocations fails, and each one behind it."""
        step = max(1, total // self.options.points) if self.options.points else 1
        for point in range(self.part, total + 1, step * self.parts):
            for how in ("", "+"):
                self.tried += 1
                yield f"{point}{how}", dict(self.base, FAULT_ALLOC=f"{point}{how}")

    def complain(self, point, of, wrong, said):
        self.bad += 1
        print(f"allocation {point} of {of}: {wrong}: {said}", flush=True)

    def finish(self, more=""):
        print(f"{self.tried} allocation failures tried, {self.ended} ended the run, {self.bad} wrong{more}")
        return 1 if self.bad or self.tried == 0 else 0
