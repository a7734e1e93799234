/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/ng_options.h"

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

/* Times are written in nanoseconds of one clock: what said how to read the old ones is left out. */
const struct ng_rule ng_interface_rules[] = {
    {NG_IF_TSRESOL, 0},
    {NG_IF_TSOFFSET, 0},
    {NG_IF_SPEED, 8},
    {NG_IF_TZONE, 4},
    {NG_IF_TXSPEED, 8},
    {NG_IF_RXSPEED, 8},
    {NG_OPT_CUSTOM_TEXT, 4},
    {NG_OPT_CUSTOM_OCTETS, 4},
    {NG_OPT_CUSTOM_TEXT_KEPT, 0},
    {NG_OPT_CUSTOM_OCTETS_KEPT, 0},
    {NG_OPT_END, 0},
};

const struct ng_rule ng_packet_rules[] = {
    {NG_EPB_FLAGS, 4},
    {NG_EPB_DROPCOUNT, 8},
    {NG_EPB_PACKETID, 8},
    {NG_EPB_QUEUE, 4},
    {NG_OPT_CUSTOM_TEXT, 4},
    {NG_OPT_CUSTOM_OCTETS, 4},
    {NG_OPT_CUSTOM_TEXT_KEPT, 0},
    {NG_OPT_CUSTOM_OCTETS_KEPT, 0},
    {NG_OPT_END, 0},
};

/* Of several sections one is made: what may stand there only once is not copied by these. */
const struct ng_rule ng_section_rules[] = {
    {NG_SHB_HARDWARE, 0},           {NG_SHB_OS, 0},
    {NG_SHB_USERAPPL, 0},           {NG_OPT_CUSTOM_TEXT, 4},
    {NG_OPT_CUSTOM_OCTETS, 4},      {NG_OPT_CUSTOM_TEXT_KEPT, 0},
    {NG_OPT_CUSTOM_OCTETS_KEPT, 0}, {NG_OPT_END, 0},
};

static uint16_t number16(const uint8_t *octets, bool big)
{
	return big ? get_be16(octets) : get_le16(octets);
}

bool ng_options_keep(struct ng_options *options)
{
	uint8_t *octets = malloc(options->length);

	if (octets == NULL)
		return false;
	memcpy(octets, options->octets, options->length);
	options->octets = octets;
	return true;
}

bool ng_options_next(struct ng_options *rest, struct ng_option *option)
{
	uint32_t padded;

	if (rest->length < 4)
		return false;
	option->code = number16(rest->octets, rest->big);
	option->length = number16(rest->octets + 2, rest->big);
	option->value = rest->octets + 4;
	if (option->code == NG_OPT_END || option->length > rest->length - 4)
		return false;
	padded = 4 + ((option->length + 3u) & ~3u);
	if (padded > rest->length) /* the last one, without its padding */
		padded = rest->length;
	rest->octets += padded;
	rest->length -= padded;
	return true;
}

const uint8_t *ng_options_find(struct ng_options options, uint16_t code, uint16_t least,
                               uint16_t *length)
{
	struct ng_option option;

	while (ng_options_next(&options, &option)) {
		if (option.code != code || option.length < least)
			continue;
		*length = option.length;
		return option.value;
	}
	return NULL;
}

static size_t add(char *text, size_t used, size_t size, const void *octets, size_t count)
{
	if (count > size - used)
		count = size - used;
	memcpy(text + used, octets, count);
	return used + count;
}

size_t ng_options_comments(struct ng_options options, char *text, size_t size)
{
	struct ng_option option;
	size_t used = 0;

	while (ng_options_next(&options, &option)) {
		if (option.code != NG_OPT_COMMENT || option.length == 0)
			continue;
		if (used > 0)
			used = add(text, used, size, NG_COMMENT_BETWEEN,
			           sizeof(NG_COMMENT_BETWEEN) - 1);
		used = add(text, used, size, option.value, option.length);
	}
	return used;
}

static const struct ng_rule *rule_of(const struct ng_rule *rules, uint16_t code)
{
	while (rules->code != NG_OPT_END && rules->code != code)
		rules++;
	return rules->code == code ? rules : NULL;
}

/* A number of the other byte order is turned round, all else is octets. */
static void copy_value(uint8_t *out, const struct ng_option *option, bool big, size_t number)
{
	memcpy(out, option->value, option->length);
	if (!big || option->length < number)
		return;
	for (size_t i = 0; i < number; i++)
		out[i] = option->value[number - 1 - i];
}

size_t ng_options_copy(uint8_t *out, struct ng_options options, const struct ng_rule *rules)
{
	bool big = options.big;
	struct ng_option option;
	size_t used = 0;

	while (ng_options_next(&options, &option)) {
		const struct ng_rule *rule = rule_of(rules, option.code);
		size_t padded = (option.length + 3u) & ~3u;

		if (rule != NULL && rule->number == 0)
			continue;
		out[used] = (uint8_t)option.code;
		out[used + 1] = (uint8_t)(option.code >> 8);
		out[used + 2] = (uint8_t)option.length;
		out[used + 3] = (uint8_t)(option.length >> 8);
		memset(out + used + 4, 0, padded);
		copy_value(out + used + 4, &option, big, rule != NULL ? rule->number : 0);
		used += 4 + padded;
	}
	return used;
}
