/* SPDX-License-Identifier: BSD-3-Clause */
/* What a reader of the results must know about the input, said on standard error. */
#ifndef CLI_NOTES_H
#define CLI_NOTES_H

struct run;

void notes_print(struct run *run);

#endif
