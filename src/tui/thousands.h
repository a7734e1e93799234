/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers for people. */
#ifndef TUI_THOUSANDS_H
#define TUI_THOUSANDS_H

#include <stddef.h>
#include <stdint.h>

/* "2,838"; returns text. 27 octets are enough. */
const char *thousands_text(uint64_t number, char *text, size_t size);

#endif
