/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/filter.h"

#include <pcap/pcap.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/escape.h"
#include "capture/linktype.h"

#define PROGRAMS_CAP 64 /* link types of one run; packets of further ones don't match */
#define SNAPLEN      262144

struct program {
	uint32_t linktype;
	bool valid;
	char complaint[PCAP_ERRBUF_SIZE]; /* if it isn't, escaped */
	struct bpf_program code;
};

struct filter {
	char *expression;
	struct program programs[PROGRAMS_CAP];
	size_t count;
	const struct program *last; /* the one used for the packet before */
	uint64_t unasked, newest;   /* packets that it means nothing for, counted up to a number */
	const char *why;            /* of the first of them, escaped */
};

/* What an expression may be about that means nothing on Ethernet: 802.11, the rules of PF. */
static const uint32_t others[] = {127, 117};

static struct program *compile(struct filter *filter, uint32_t linktype)
{
	struct program *program = &filter->programs[filter->count++];
	pcap_t *handle = pcap_open_dead(linktype_to_dlt(linktype), SNAPLEN);

	program->linktype = linktype;
	program->valid = handle != NULL && pcap_compile(handle, &program->code, filter->expression,
	                                                1, PCAP_NETMASK_UNKNOWN) == 0;
	if (!program->valid && handle != NULL)
		escape_into(program->complaint, sizeof(program->complaint), pcap_geterr(handle));
	if (handle != NULL)
		pcap_close(handle);
	return program;
}

/* Is it a filter, for Ethernet or for another link type? What is wrong with it is said of Ethernet:
 * a mistake is one for all of them. */
static bool is_filter(struct filter *filter, struct tcphs_error *error)
{
	char shown[200];

	filter->last = compile(filter, LINKTYPE_ETHERNET);
	if (filter->last->valid)
		return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (compile(filter, others[i])->valid)
			return true;
	escape_into(shown, sizeof(shown), filter->expression);
	tcphs_error_set(error, TCPHS_USAGE, "capture filter '%s': %s; see pcap-filter(7)", shown,
	                filter->last->complaint);
	return false;
}

struct filter *filter_new(const char *expression, struct tcphs_error *error)
{
	struct filter *filter = calloc(1, sizeof(*filter));

	if (filter != NULL)
		filter->expression = strdup(expression);
	if (filter == NULL || filter->expression == NULL)
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	else if (is_filter(filter, error))
		return filter;
	filter_free(filter);
	return NULL;
}

void filter_free(struct filter *filter)
{
	if (filter == NULL)
		return;
	for (size_t i = 0; i < filter->count; i++)
		if (filter->programs[i].valid)
			pcap_freecode(&filter->programs[i].code);
	free(filter->expression);
	free(filter);
}

static const struct program *program_for(struct filter *filter, uint32_t linktype)
{
	for (size_t i = 0; i < filter->count; i++)
		if (filter->programs[i].linktype == linktype)
			return &filter->programs[i];
	return filter->count < PROGRAMS_CAP ? compile(filter, linktype) : NULL;
}

/* A packet that is read again is not counted again. */
static bool count_unasked(struct filter *filter, const struct tcphs_packet *packet)
{
	if (packet->number <= filter->newest)
		return false;
	filter->newest = packet->number;
	if (filter->unasked++ == 0)
		filter->why = filter->last == NULL ? "there are too many link types"
		              : filter->last->complaint[0] == '\0'
		                  ? "libpcap does not know their link type"
		                  : filter->last->complaint;
	return false;
}

static bool matches(struct filter *filter, const struct tcphs_packet *packet)
{
	const struct pcap_pkthdr header = {.caplen = packet->caplen, .len = packet->wirelen};

	if (filter->last == NULL || filter->last->linktype != packet->linktype)
		filter->last = program_for(filter, packet->linktype);
	if (filter->last == NULL || !filter->last->valid)
		return count_unasked(filter, packet);
	return pcap_offline_filter(&filter->last->code, &header, packet->data) != 0;
}

uint64_t filter_unasked(const struct filter *filter, const char **why)
{
	*why = filter->why != NULL ? filter->why : "";
	return filter->unasked;
}

size_t filter_apply(struct filter *filter, struct tcphs_packet *batch, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (matches(filter, &batch[i]))
			batch[kept++] = batch[i];
	return kept;
}
