/* SPDX-License-Identifier: BSD-3-Clause */
/* How access points and probes send frames to who looks at them: TZSP, CAPWAP (RFC 5415). */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

#define TZSP_ETHERNET 1
#define TZSP_WLAN     18
#define TZSP_PADDING  0 /* a tag without a length */
#define TZSP_END      1 /* likewise */

/* Tags of type, length and value up to the last. */
static bool tzsp_tags_take(struct walk *walk)
{
	const uint8_t *tag;

	while ((tag = walk_take(walk, 1)) != NULL && *tag != TZSP_END) {
		const uint8_t *length;

		if (*tag == TZSP_PADDING)
			continue;
		length = walk_take(walk, 1);
		if (length == NULL || walk_take(walk, *length) == NULL)
			return false;
	}
	return tag != NULL;
}

void tzsp_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);

	if (header == NULL || !tzsp_tags_take(walk))
		return;
	walk_name(walk, WORD_TZSP);
	if (get_be16(header + 2) == TZSP_ETHERNET)
		walk->next = bridged_read;
	else if (get_be16(header + 2) == TZSP_WLAN)
		walk->next = wlan_inner_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

#define CAPWAP_DTLS      0x01 /* of the preamble: encrypted */
#define CAPWAP_LENGTH    0xf8 /* header length in 4 octets, in the second octet */
#define CAPWAP_NATIVE    0x01 /* of the third octet: the frame is of the binding's type */
#define CAPWAP_WLAN      0x02 /* binding 1, in the bits above */
#define CAPWAP_BINDING   0x3e
#define CAPWAP_FRAGMENT  0x80 /* of the fourth octet */
#define CAPWAP_KEEPALIVE 0x08

/* preamble · length 5, radio id 5, binding 5, T · F L W M K … · fragment · [radio, station] */
void capwap_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL)
		return;
	if ((header[0] & 0x0f) == CAPWAP_DTLS) {
		walk_stop(walk, TCPHS_SKIP_ENCRYPTED);
		return;
	}
	if (!walk_extend(walk, 8, (header[1] & CAPWAP_LENGTH) / 2u))
		return;
	walk_name(walk, WORD_CAPWAP);
	if ((header[3] & CAPWAP_FRAGMENT) != 0)
		walk_stop(walk, TCPHS_SKIP_FRAGMENT);
	else if ((header[3] & CAPWAP_KEEPALIVE) != 0)
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
	else if ((header[2] & CAPWAP_NATIVE) == 0)
		walk->next = bridged_read;
	else if ((header[2] & CAPWAP_BINDING) == CAPWAP_WLAN)
		walk->next = wlan_inner_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}
