/* SPDX-License-Identifier: BSD-3-Clause */
/* What terminfo is asked before curses is. */
#ifndef TUI_TERMINFO_H
#define TUI_TERMINFO_H

#include <stdbool.h>

/* Is there a description of this type of terminal? `fd` is where the terminal is written to. Asked
 * before newterm(), which never frees what it has allocated for a type that it does not find. */
bool terminfo_knows(const char *type, int fd);

#endif
