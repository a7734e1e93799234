/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of link types. */
#include "decode/decoder.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

struct link {
	uint32_t number;
	enum encap_word word; /* how its path begins; WORD_NONE: with what comes next */
	layer_fn *read;
};

/* clang-format off */
static const struct link links[] = {
	/* LINKTYPE_   path       layer                                         */
	{   1, WORD_ETH,   ethernet_read }, /* ETHERNET */
	{ 113, WORD_SLL,   sll_read },      /* LINUX_SLL */
	{ 276, WORD_SLL,   sll2_read },     /* LINUX_SLL2 */
	{ 101, WORD_NONE,  raw_read },      /* RAW */
	{   0, WORD_NULL,  null_read },     /* NULL, in the byte order of whoever captured */
	{ 108, WORD_LOOP,  null_read },     /* LOOP, in network order */
	{ 228, WORD_NONE,  raw_read },      /* IPV4 */
	{ 229, WORD_NONE,  raw_read },      /* IPV6 */
	{  12, WORD_NONE,  raw_read },      /* DLT_RAW of most systems, found in files */
	{  14, WORD_NONE,  raw_read },      /* DLT_RAW of OpenBSD, likewise */
};
/* clang-format on */

void next_link(struct walk *walk, uint32_t linktype)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		if (links[i].number == linktype) {
			walk_name(walk, links[i].word);
			walk->next = links[i].read;
			return;
		}
	}
	decoder_unknown(walk, UNKNOWN_LINKTYPE, linktype);
}
