/* SPDX-License-Identifier: BSD-3-Clause */
/* Between the columns' table and what their cells say. */
#ifndef CLI_LIST_CELLS_H
#define CLI_LIST_CELLS_H

#include "cli/list_columns.h"

#include <tcphs/diagnosis.h>

/* Each writes at most CELL_MAX octets at `to` and returns one past the last. */
#define CELL_ARGUMENTS                                                                             \
	const struct cell_context *context, const struct tcphs_analysis *analysis, char *to

char *cell_id(CELL_ARGUMENTS);
char *cell_client(CELL_ARGUMENTS);
char *cell_server(CELL_ARGUMENTS);
char *cell_encapsulation(CELL_ARGUMENTS);
char *cell_open(CELL_ARGUMENTS);
char *plain_close(CELL_ARGUMENTS);
char *cell_close(CELL_ARGUMENTS);
char *plain_closer(CELL_ARGUMENTS);
char *cell_closer(CELL_ARGUMENTS);
char *cell_client_state(CELL_ARGUMENTS);
char *cell_server_state(CELL_ARGUMENTS);
char *cell_verdict(CELL_ARGUMENTS);
char *plain_worst(CELL_ARGUMENTS);
char *cell_worst(CELL_ARGUMENTS);
char *cell_packets(CELL_ARGUMENTS);
char *plain_bytes(CELL_ARGUMENTS);
char *cell_bytes(CELL_ARGUMENTS);
char *cell_rtt(CELL_ARGUMENTS);
char *plain_rtt(CELL_ARGUMENTS);
char *cell_duration(CELL_ARGUMENTS);
char *plain_duration(CELL_ARGUMENTS);
char *cell_start(CELL_ARGUMENTS);
char *cell_syn_rtx(CELL_ARGUMENTS);
char *cell_first(CELL_ARGUMENTS);
char *cell_client_isn(CELL_ARGUMENTS);
char *cell_server_isn(CELL_ARGUMENTS);

/* Of both directions. */
uint64_t cells_bytes(const struct tcphs_analysis *analysis);
/* The first of the worst diagnoses, NULL if there is none. */
const struct tcphs_diagnosis *cells_worst(const struct tcphs_analysis *analysis);

#endif
