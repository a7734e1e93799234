/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef TUI_CLOCK_H
#define TUI_CLOCK_H

#include <stdint.h>

/* Monotonic time, ns. */
int64_t clock_now(void);

#endif
