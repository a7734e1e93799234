# SPDX-License-Identifier: BSD-3-Clause
"""What two real TCPs are made to do. Each scenario is a function of a Lab.

SCENARIOS[name] says what it shows, the tap that shows it best (A: client, B: server, M: in the middle, lo: the
client's loopback device), the family, and whether the kernel oracle leaves it out (`slow`).
"""
from . import opening, options, between, closing, strange, harder  # noqa: F401  they register themselves
from .script import SCENARIOS  # noqa: F401
