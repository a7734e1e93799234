/* SPDX-License-Identifier: BSD-3-Clause */
/* What is known of where output goes, and the interrupt. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>

struct options;

bool terminal_is(int fd);
/* Columns of the terminal at `fd`, else COLUMNS, else `otherwise`. */
unsigned terminal_width(int fd, unsigned otherwise);
/* Whether the locale, and --ascii, allow for characters beyond ASCII. */
bool terminal_utf8(const struct options *options);
/* Whether to colour what goes to `fd`: --color, NO_COLOR, TERM. */
bool terminal_color(int fd, const struct options *options);

/* From now on the first Ctrl-C (or SIGTERM) is only remembered; the second one kills. */
void interrupt_catch(void);
bool interrupt_seen(void);
/* What is to be done from now on is not asked whether it shall end: the next Ctrl-C kills. */
void interrupt_release(void);

#endif
