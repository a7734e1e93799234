/* SPDX-License-Identifier: BSD-3-Clause */
/* What a segment did to both ends: the state table's row that applied, and the variables. */
#include "ladder/explain.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"

#define SECOND     INT64_C(1000000000)
#define LONG_WAIT  (240 * SECOND) /* 2 MSL, RFC 9293 §3.4.2 */
#define LINUX_WAIT (60 * SECOND)  /* TCP_TIMEWAIT_LEN of include/net/tcp.h */

/* "rcv SYN-ACK" as the state table has it, in words. */
static void tell_event(struct teller *teller, const char *on)
{
	if (strncmp(on, "snd ", 4) == 0)
		TELL(teller, " by sending %s", on + 4);
	else if (strncmp(on, "rcv ", 4) == 0)
		TELL(teller, " by receiving %s", on + 4);
	else
		TELL(teller, " by %s", on);
}

/* The row that began this side's TIME-WAIT, or began it anew: a segment of the other side with one
 * of these flags, unless it did not come. By RFC 9293 §3.10.7.4 a repeated FIN does, with Linux
 * whatever has ACK (tcp_timewait_state_process() of net/ipv4/tcp_minisocks.c). The model counts
 * the same 240 s (src/model/expire.c). */
static const struct tcphs_row *waits_since(const struct teller *teller, int side, unsigned anew)
{
	const struct tcphs_row *first = teller->ladder->analysis->row, *row = teller->row;

	for (; row > first && row->rule[side] == NULL; row--) {
		if (row->from != side && (row->flags & anew) != 0 &&
		    (row->flags & TCPHS_RST) == 0 && row->fate != TCPHS_LOST &&
		    row->fate != TCPHS_COPY)
			break;
	}
	return row;
}

static bool speaks_from(const struct teller *teller, int side)
{
	const struct tcphs_analysis *analysis = teller->ladder->analysis;

	for (const struct tcphs_row *row = teller->row; row < analysis->row + analysis->rows; row++)
		if (row->is_run ? row->run_packets[side] > 0
		                : row->from == side && (row->flags & TCPHS_RST) == 0 &&
		                      row->fate != TCPHS_COPY)
			return true;
	return false;
}

/* How long it lasts, and how much of that is left here. */
static void tell_time_wait(struct teller *teller, int side)
{
	int64_t waited = teller->row->time - waits_since(teller, side, TCPHS_FIN)->time;
	int64_t linux_waited =
	    teller->row->time - waits_since(teller, side, TCPHS_FIN | TCPHS_ACK)->time;
	char rest[32], linux_rest[32];

	if (waited <= 0) {
		TELL(teller, " It lasts 2 MSL from here: 240 s by the RFC, 60 s with Linux.");
		return;
	}
	if (waited < SECOND) {
		TELL(teller, " It has just begun: 2 MSL, 240 s by the RFC, 60 s with Linux.");
		return;
	}
	if (waited >= LONG_WAIT) {
		TELL(teller, speaks_from(teller, side)
		                 ? " Its 240 s are over, but it still speaks: it waits on."
		                 : " Its 240 s are over: it is CLOSED by now (assumed).");
		return;
	}
	duration_text(LONG_WAIT - waited, " ", rest, sizeof(rest));
	TELL(teller, " Of its 240 s (2 MSL) %s are left", rest);
	if (linux_waited >= LINUX_WAIT) {
		TELL(teller, "; the 60 s of Linux are over (then CLOSED, assumed).");
		return;
	}
	duration_text(LINUX_WAIT - linux_waited, " ", linux_rest, sizeof(linux_rest));
	TELL(teller, ", of the 60 s of Linux %s.", linux_rest);
}

static void tell_state(struct teller *teller, int side)
{
	const struct tcphs_row *row = teller->row;
	const struct tcphs_rule *rule = row->rule[side];

	TELL(teller, "%s: ", tcphs_side_name((enum tcphs_side)side));
	if (rule != NULL) {
		TELL(teller, "%s → %s", tcphs_state_name(rule->from), tcphs_state_name(rule->to));
		tell_event(teller, rule->on);
		if (rule->section != NULL)
			TELL(teller, ", RFC 9293 §%s", rule->section);
	} else {
		TELL(teller, "stays in %s", tcphs_state_name(row->state[side]));
	}
	TELL(teller, row->certain[side] ? "." : "; assumed (?): nothing it sent proves it yet.");
	if (row->state[side] == TCPHS_TIME_WAIT)
		tell_time_wait(teller, side);
	TELL(teller, "\n");
}

/* "  SND.UNA 0 → 1": from before this segment to after it. Counted from `base`, the ISN. */
static void tell_variable(struct teller *teller, const char *name, const uint32_t *before,
                          uint32_t after, uint32_t base)
{
	TELL(teller, "  %s ", name);
	if (before != NULL && *before != after)
		TELL(teller, "%" PRIu32 " → ", *before - base);
	TELL(teller, "%" PRIu32, after - base);
}

static void tell_variables(struct teller *teller, int side)
{
	static const struct tcphs_vars unknown = {.iss_known = false};
	const struct tcphs_vars *vars = &teller->row->vars[side];
	const struct tcphs_vars *before =
	    teller->index > 0 ? &teller->row[-1].vars[side] : &unknown;
	bool raw = teller->ladder->options.raw;

	if (!vars->iss_known && !vars->irs_known)
		return;
	TELL(teller, "%s:", tcphs_side_name((enum tcphs_side)side));
	if (vars->iss_known) {
		bool knew = before->iss_known && before->iss == vars->iss;

		tell_variable(teller, "SND.UNA", knew ? &before->snd_una : NULL, vars->snd_una,
		              raw ? 0 : vars->iss);
		tell_variable(teller, "SND.NXT", knew ? &before->snd_nxt : NULL, vars->snd_nxt,
		              raw ? 0 : vars->iss);
	}
	if (vars->irs_known) {
		bool knew = before->irs_known && before->irs == vars->irs;

		tell_variable(teller, "RCV.NXT", knew ? &before->rcv_nxt : NULL, vars->rcv_nxt,
		              raw ? 0 : vars->irs);
	}
	if (vars->iss_known)
		TELL(teller, "  ISS %" PRIu32, vars->iss);
	if (vars->irs_known)
		TELL(teller, "  IRS %" PRIu32, vars->irs);
	TELL(teller, "\n");
}

void tell_states(struct teller *teller)
{
	tell_state(teller, TCPHS_CLIENT);
	tell_state(teller, TCPHS_SERVER);
	tell_variables(teller, TCPHS_CLIENT);
	tell_variables(teller, TCPHS_SERVER);
}
