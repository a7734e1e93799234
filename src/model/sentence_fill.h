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

/* Phrases, by what detail[which] says; sentence_phrases.c. */
void sentence_fill_apart(struct filling *filling, int unused);
void sentence_fill_backoff(struct filling *filling, int unused);
void sentence_fill_waits(struct filling *filling, int which);
void sentence_fill_msl(struct filling *filling, int which);
void sentence_fill_room(struct filling *filling, int which);
void sentence_fill_heard(struct filling *filling, int which);
void sentence_fill_held(struct filling *filling, int which);

/* Adds what `name`, a word in braces, stands for; sentence_words.c has them. */
void sentence_fill_word(struct filling *filling, const char *name);

#endif
