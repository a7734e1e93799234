/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef MODEL_SENTENCE_FILL_H
#define MODEL_SENTENCE_FILL_H

#include <tcphs/diagnosis.h>

#include "base/bounded.h"

struct filling {
	const struct tcphs_connection *connection;
	const struct tcphs_diagnosis *diagnosis;
	struct bounded out;
	bool relative, missing; /* missing: a number that the template needs is not there */
};

/* Adds what `name`, a word in braces, stands for; sentence_words.c has them. */
void sentence_fill_word(struct filling *filling, const char *name);

#endif
