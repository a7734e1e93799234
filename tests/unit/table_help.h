/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef TABLE_HELP_H
#define TABLE_HELP_H

#include "track/table.h"

/* Is `slot` among those with the tag? */
static inline bool holds(const struct table *table, uint32_t tag, uint32_t slot)
{
	uint32_t place = tag, found;

	while ((found = table_next(table, tag, &place)) != NO_SLOT)
		if (found == slot)
			return true;
	return false;
}

#endif
