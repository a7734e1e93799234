/* SPDX-License-Identifier: BSD-3-Clause */
/* What the two forms of the quiz share. */
#ifndef CLI_QUIZ_H
#define CLI_QUIZ_H

#include <stdint.h>

struct options;

/* --seed, or another one each time. */
uint64_t quiz_seed(const struct options *options);
/* On standard input and output; an enum exit_code. */
int quiz_plain(const struct options *options);

#endif
