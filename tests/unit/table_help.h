/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef TABLE_HELP_H
#define TABLE_HELP_H

#include "track/table.h"

#include <stdlib.h>

/* Is `slot` among those with the tag? Ends the program where the short look for the first of them
 * finds another one than the long one. */
static inline bool holds(const struct table *table, uint32_t tag, uint32_t slot)
{
	uint32_t place = tag, found = table_next(table, tag, &place);

	if (table_first(table, tag) != found)
		abort();
	while (found != NO_SLOT && found != slot)
		found = table_next(table, tag, &place);
	return found == slot;
}

#endif
