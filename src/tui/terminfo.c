/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/terminfo.h"

#include <curses.h>
#include <term.h> /* it has a struct term of its own */

bool terminfo_knows(const char *type, int fd)
{
	int status;

	if (setupterm(type, fd, &status) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}
