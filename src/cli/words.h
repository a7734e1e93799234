/* SPDX-License-Identifier: BSD-3-Clause */
/* --list-words KIND: one word a line, for the completions of the shells. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

/* Returns an enum exit_code. */
int words_print(const char *kind);

#endif
