/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `tcphs explain`: finds a word and says what it means, in plain words first, then exactly,
 * with a small ladder and the RFC section.
 */
#ifndef TEACH_EXPLAIN_H
#define TEACH_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include "base/text.h"
#include "teach/texts.h"

const char *teach_kind_name(enum teach_kind kind); /* "state", "diagnosis" */

/* All entries, by kind and in the order of their tables; NULL past the last. */
const struct teach_entry *teach_at(size_t index);

/* The entries that `word` names (a kind of open and one of close may share a word); returns how
 * many there are and writes at most `room`. Case, blanks, '_' and '-' make no difference. */
size_t teach_find(const char *word, const struct teach_entry **entry, size_t room);
/* The words nearest to one that names nothing; best first. */
size_t teach_nearest(const char *word, const char **near, size_t room);

/* Plain words of an entry; a code's come from the catalogue. */
const char *teach_plain(const struct teach_entry *entry);
/* Its sources as "RFC 9293 §3.4". As snprintf. */
size_t teach_source(const struct teach_entry *entry, char *text, size_t size);

/* Adds the explanation in lines of at most `width` cells. */
void teach_explain(struct text *out, const struct teach_entry *entry, size_t width);
/* Adds the list of everything that can be explained. */
void teach_list(struct text *out, size_t width);

#endif
