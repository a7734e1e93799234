#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The view on an interface, in a terminal that screen.py plays.
# usage: screen.sh CASE TCPHS BLAST     77: can't be tried here
set -eu

case=$1
command -v python3 >/dev/null || exit 77
# shellcheck source=tests/live/lab.sh
. "$(dirname "$0")/lab.sh"
XDG_CONFIG_HOME=$work python3 "$(dirname "$0")/screen.py" "$@" "$work"
