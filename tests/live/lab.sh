# SPDX-License-Identifier: BSD-3-Clause
# For the scripts here: runs the script again in a network namespace of its own, with a veth pair
# whose ends are `here` and `there`, and a folder $work that is removed at the end.
# shellcheck shell=sh disable=SC2154 # $case is the script's

if [ "${TCPHS_LIVE:-}" != inside ]; then
	unshare --net true 2>/dev/null || {
		echo "needs the right to make a network namespace"
		exit 77
	}
	TCPHS_LIVE=inside exec unshare --net sh "$0" "$@"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ip link add here type veth peer name there
for end in lo here there; do
	[ ! -e /proc/sys/net/ipv6/conf/$end ] || echo 1 >/proc/sys/net/ipv6/conf/$end/disable_ipv6
	ip link set $end up
done

fail() {
	echo "$case: $*"
	tail -n 8 "$work/out" "$work/err" "$work/blast" 2>/dev/null
	exit 1
}
