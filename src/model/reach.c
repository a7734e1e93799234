/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/reach.h"

void reach_count(const struct event *event, size_t events, struct reach reach[2],
                 struct reach_sum sum[2])
{
	for (size_t i = 0; i < events; i++) {
		const struct event *e = &event[i];
		int x = event_side(e);

		sum[x].octets += reach_follow(&reach[x], e);
		if (e->bits & EVENT_PSEUDO)
			continue;
		sum[x].packets += e->bits & EVENT_RUN ? e->length : 1;
		sum[x].octets += e->bits & EVENT_COPY ? 0 : event_data(e);
	}
}
