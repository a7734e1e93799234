/* SPDX-License-Identifier: BSD-3-Clause */
/* The blocks of a pcapng that describe: sections, interfaces, statistics, and their options. */
#include "capture/pcapng.h"

#include <string.h>

#define TEXT_CAP 1024 /* octets of a name, description or comment that are kept */

/* Copies a text option into text[TEXT_CAP + 1], "" if there is none. */
static void option_text(struct ng_options options, uint16_t code, char *text)
{
	uint16_t length = 0;
	const uint8_t *value = ng_options_find(options, code, 0, &length);
	size_t kept = length < TEXT_CAP ? length : TEXT_CAP;

	if (value != NULL)
		memcpy(text, value, kept);
	text[value != NULL ? kept : 0] = '\0';
}

void ng_enter_section(struct pcapng_reader *pcapng)
{
	const struct capture *capture = pcapng->reader.capture;
	const struct ng_section *section = &capture->sections[pcapng->reader.section];

	pcapng->big = section->big;
	pcapng->interfaces = section->count > 0 ? capture->ng + section->first : NULL;
	pcapng->interface_count = section->count;
}

/* The index of the section that begins at `offset`, which was read before. */
static uint32_t find_section(const struct capture *capture, uint64_t offset)
{
	size_t low = 0, high = capture->section_count;

	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		if (capture->sections[middle].offset <= offset)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}

const char *ng_section_block(struct pcapng_reader *pcapng, const struct ng_block *block)
{
	struct capture *capture = pcapng->reader.capture;
	struct ng_section section = {
	    .offset = block->offset,
	    .first = (uint32_t)capture->ng_count,
	    .big = block->big,
	};

	if (block->total < 28)
		return "a section header that is too short";
	if (ng_get16(block->octets + 12, block->big) != 1)
		return "a section of another major version than 1";
	if (!block->fresh) {
		pcapng->reader.section = find_section(capture, block->offset);
	} else {
		if (!capture_add_section(capture, &section))
			return "no memory for another section";
		pcapng->reader.section = (uint32_t)capture->section_count - 1;
	}
	if (block->fresh)
		sections_add(&capture->interfaces->sections, ng_options_of(block, 24));
	ng_enter_section(pcapng);
	return NULL;
}

/* The options that say how to read the packets of an interface. */
static void read_interface_options(struct ng_options options, struct ng_interface *interface)
{
	uint16_t length;
	const uint8_t *value = ng_options_find(options, NG_IF_TSRESOL, 1, &length);

	if (value != NULL)
		interface->resolution = value[0];
	value = ng_options_find(options, NG_IF_TSOFFSET, 8, &length);
	if (value != NULL)
		interface->shift = (int64_t)ng_get64(value, options.big);
	value = ng_options_find(options, NG_IF_FCSLEN, 1, &length);
	if (value != NULL)
		interface->fcs_length = value[0];
}

const char *ng_interface_block(struct pcapng_reader *pcapng, const struct ng_block *block)
{
	struct capture *capture = pcapng->reader.capture;
	char name[TEXT_CAP + 1], description[TEXT_CAP + 1], comment[TEXT_CAP + 1];
	struct tcphs_interface shown = {
	    .name = name, .description = description, .comment = comment};
	struct ng_interface interface = {.fcs_length = -1, .resolution = 6};
	struct ng_options options = ng_options_of(block, 16);

	if (block->total < 20)
		return "an interface description that is too short";
	if (!block->fresh)
		return NULL;
	interface.linktype = ng_get16(block->octets + 8, block->big);
	interface.snaplen = ng_get32(block->octets + 12, block->big);
	read_interface_options(options, &interface);
	shown.linktype = interface.linktype;
	shown.snaplen = interface.snaplen;
	option_text(options, NG_IF_NAME, name);
	option_text(options, NG_IF_DESCRIPTION, description);
	comment[ng_options_comments(options, comment, TEXT_CAP)] = '\0';
	if (!interfaces_add(capture->interfaces, &shown, &interface.index) ||
	    !capture_add_interface(capture, &interface))
		return "more interfaces than can be kept";
	interfaces_tell(capture->interfaces, interface.index, options);
	ng_enter_section(pcapng);
	return NULL;
}

const char *ng_statistics_block(struct pcapng_reader *pcapng, const struct ng_block *block)
{
	struct tcphs_interface *interface;
	const uint8_t *value;
	uint16_t length;
	uint32_t id;

	if (block->total < 24)
		return "statistics that are too short";
	id = ng_get32(block->octets + 8, block->big);
	/* A wrong number here costs a count, not a packet: no reason to stop. */
	if (!block->fresh || id >= pcapng->interface_count)
		return NULL;
	interface = &pcapng->reader.capture->interfaces->list[pcapng->interfaces[id].index];
	value = ng_options_find(ng_options_of(block, 20), NG_ISB_IFRECV, 8, &length);
	if (value != NULL)
		interface->received = ng_get64(value, block->big);
	value = ng_options_find(ng_options_of(block, 20), NG_ISB_IFDROP, 8, &length);
	if (value != NULL && ng_get64(value, block->big) > interface->dropped)
		interface->dropped = ng_get64(value, block->big);
	return NULL;
}
