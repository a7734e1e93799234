/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory that is not always there, for a while: the linker hands our own calls of malloc() and its
 * like here (CMakeLists.txt: fuzz_…_options), not those of libraries. A thread is such a thing,
 * too.
 */
#ifndef FUZZ_SCARCE_H
#define FUZZ_SCARCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scarcity {
	uint64_t first; /* what is refused: this one, from 1, of those that are … */
	uint64_t every; /* … and each so many behind it; 0: none */
	size_t least;   /* … at least so large; a thread is as large as can be */
};

void scarce_begin(const struct scarcity *scarcity);
/* How many were refused since; 0 after scarce_end(). */
uint64_t scarce_refused(void);
/* Until scarce_end(); scarce_pause(false): goes on where it was. */
void scarce_pause(bool pause);
void scarce_end(void);

#endif
