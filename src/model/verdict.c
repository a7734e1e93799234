/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One sentence for a person: how it opened, how it closed and, where that failed, the likely
 * causes and where to look next. verdict.h says how it is put together.
 */
#include <tcphs/connection.h>
#include <tcphs/diagnosis.h>

#include "base/bounded.h"
#include "model/verdict.h"

static const char *clause_text(const struct verdict_clause *clause, bool complete)
{
	return complete || clause->partly == NULL ? clause->text : clause->partly;
}

/* Did it get far enough for its close to be worth a word? */
static bool was_open(const struct tcphs_connection *connection)
{
	switch (connection->open.kind) {
	case TCPHS_OPEN_REFUSED:
	case TCPHS_OPEN_NO_ANSWER:
	case TCPHS_OPEN_ABORTED:
		return false;
	case TCPHS_OPEN_HALF:
		return connection->close.kind != TCPHS_CLOSE_NONE;
	default:
		return true;
	}
}

/* The side that the capture never shows, or TCPHS_NOBODY; a few packets prove nothing. */
static uint8_t silent_side(const struct tcphs_connection *connection)
{
	if (connection->open.kind == TCPHS_OPEN_NO_ANSWER ||
	    connection->open.kind == TCPHS_OPEN_SELF ||
	    connection->packets - connection->copies < 3)
		return TCPHS_NOBODY;
	for (uint8_t side = 0; side < 2; side++)
		if (connection->end[side].packets == 0 && connection->end[!side].packets > 0)
			return side;
	return TCPHS_NOBODY;
}

/* Between how it opened and how many SYNs that took. */
static const char *open_joint(const struct tcphs_connection *connection)
{
	if (connection->open.kind == TCPHS_OPEN_HALF || connection->cause == TCPHS_CAUSE_GIVEN_UP)
		return " to ";
	return connection->cause >= TCPHS_CAUSE_TAKEN_BACK &&
	               connection->cause <= TCPHS_CAUSE_THIRD_RESET
	           ? ", after "
	           : " after ";
}

/* Too little to tell a connection from a stray segment. */
static bool is_stray(const struct tcphs_connection *connection)
{
	return connection->open.kind == TCPHS_OPEN_MIDSTREAM &&
	       connection->packets - connection->copies <= 2;
}

static void put_open(struct bounded *out, const struct tcphs_connection *connection)
{
	const struct tcphs_open *open = &connection->open;
	const struct verdict_clause *clause = verdict_open(connection);

	if (is_stray(connection)) {
		bounded_add(out, "No SYN was captured: a stray, a scan, or open before");
	} else if (verdict_cause(connection)->opened != NULL) {
		verdict_put(out, connection, verdict_cause(connection)->opened);
	} else if (open->kind == TCPHS_OPEN_NO_ANSWER &&
	           connection->end[TCPHS_SERVER].packets > 0) {
		bounded_add(out, "Nothing acceptable came back to ");
		verdict_put_syns(out, connection);
	} else {
		verdict_put(out, connection, clause_text(clause, open->complete));
	}
	if (open->syn_retransmissions > 0 && open->kind != TCPHS_OPEN_NO_ANSWER &&
	    open->kind != TCPHS_OPEN_REFUSED) {
		bounded_add(out, open_joint(connection));
		verdict_put_count(out, (uint64_t)open->syn_retransmissions + 1, "SYN");
		verdict_put_duration(out, ", from the last in ", open->rtt);
	}
}

static void put_close(struct bounded *out, const struct tcphs_connection *connection,
                      uint8_t silent)
{
	const struct tcphs_close *close = &connection->close;

	if (connection->final == TCPHS_FINAL_EVICTED && close->kind == TCPHS_CLOSE_NONE) {
		bounded_add(out, "; given up here to stay within the memory bound");
		return;
	}
	bounded_add(out, "; ");
	if (close->kind == TCPHS_CLOSE_HALF && silent != TCPHS_NOBODY)
		verdict_put(out, connection,
		            "closed by the {i}; whether the {o} closed is not in the capture");
	else
		verdict_put(out, connection,
		            clause_text(verdict_close(connection), close->complete));
	if (close->half_close_bytes > 0 && close->initiator < TCPHS_BOTH) {
		bounded_addf(
		    out, " (the %s sent ",
		    verdict_side(close->initiator == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT));
		verdict_put_count(out, close->half_close_bytes, "octet");
		bounded_add(out, " after that FIN)");
	}
}

static void put_advice(struct bounded *out, const struct tcphs_connection *connection, bool opened,
                       uint8_t silent)
{
	const char *advice = verdict_cause(connection)->advice;

	if (silent != TCPHS_NOBODY && connection->close.kind == TCPHS_CLOSE_HALF)
		return; /* the sentence about the side that is not there says what to do */
	if (advice == NULL && opened)
		advice = verdict_close(connection)->advice;
	if (advice == NULL)
		advice = verdict_open(connection)->advice;
	if (advice != NULL) {
		bounded_add(out, ": ");
		verdict_put(out, connection, advice);
	}
}

size_t tcphs_connection_verdict(const struct tcphs_connection *connection, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	uint8_t silent = silent_side(connection);
	bool opened = was_open(connection);

	put_open(&out, connection);
	if (opened)
		put_close(&out, connection, silent);
	put_advice(&out, connection, opened, silent);
	bounded_add(&out, ".");
	if (verdict_cause(connection)->sentence != NULL)
		bounded_addf(&out, " %s", verdict_cause(connection)->sentence);
	if (silent != TCPHS_NOBODY)
		bounded_addf(&out,
		             " Only the %s's packets are in the capture; the rest is inferred "
		             "from them: capture where both directions pass.",
		             verdict_side(silent == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT));
	else if (connection->open.kind == TCPHS_OPEN_MIDSTREAM && connection->client_inferred &&
	         !is_stray(connection))
		bounded_add(&out,
		            " Which side is the client is a guess, since no SYN was captured.");
	if (connection->diagnoses > 0 && connection->worst == TCPHS_ERROR_SEVERITY)
		bounded_addf(&out, " A rule of the protocol was broken, %s: %s",
		             tcphs_code_info(connection->worst_code)->name,
		             tcphs_code_info(connection->worst_code)->sentence);
	return bounded_end(&out);
}

bool tcphs_connection_went_well(const struct tcphs_connection *connection)
{
	return connection->open.complete && connection->close.kind < TCPHS_CLOSE_RESET &&
	       connection->cause != TCPHS_CAUSE_STUCK &&
	       connection->cause != TCPHS_CAUSE_STUCK_LARGE;
}
