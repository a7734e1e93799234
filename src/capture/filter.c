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
	struct bpf_program code;
};

struct filter {
	char *expression;
	struct program programs[PROGRAMS_CAP];
	size_t count;
	const struct program *last; /* the one used for the packet before */
};

/* Compiles the expression for `linktype`; complaint[PCAP_ERRBUF_SIZE] says why not. */
static struct program *compile(struct filter *filter, uint32_t linktype, char *complaint)
{
	struct program *program = &filter->programs[filter->count];
	pcap_t *handle = pcap_open_dead(linktype_to_dlt(linktype), SNAPLEN);

	complaint[0] = '\0';
	program->linktype = linktype;
	program->valid = handle != NULL && pcap_compile(handle, &program->code, filter->expression,
	                                                1, PCAP_NETMASK_UNKNOWN) == 0;
	if (!program->valid && handle != NULL)
		escape_into(complaint, PCAP_ERRBUF_SIZE, pcap_geterr(handle));
	if (handle != NULL)
		pcap_close(handle);
	filter->count++;
	return program;
}

struct filter *filter_new(const char *expression, struct tcphs_error *error)
{
	struct filter *filter = calloc(1, sizeof(*filter));
	char complaint[PCAP_ERRBUF_SIZE], shown[200];

	if (filter != NULL)
		filter->expression = strdup(expression);
	if (filter == NULL || filter->expression == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		filter_free(filter);
		return NULL;
	}
	filter->last = compile(filter, LINKTYPE_ETHERNET, complaint);
	if (filter->last->valid)
		return filter;
	escape_into(shown, sizeof(shown), expression);
	tcphs_error_set(error, TCPHS_USAGE, "capture filter '%s': %s; see pcap-filter(7)", shown,
	                complaint);
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
	char complaint[PCAP_ERRBUF_SIZE];

	for (size_t i = 0; i < filter->count; i++)
		if (filter->programs[i].linktype == linktype)
			return &filter->programs[i];
	return filter->count < PROGRAMS_CAP ? compile(filter, linktype, complaint) : NULL;
}

static bool matches(struct filter *filter, const struct tcphs_packet *packet)
{
	const struct pcap_pkthdr header = {.caplen = packet->caplen, .len = packet->wirelen};

	if (filter->last == NULL || filter->last->linktype != packet->linktype)
		filter->last = program_for(filter, packet->linktype);
	return filter->last != NULL && filter->last->valid &&
	       pcap_offline_filter(&filter->last->code, &header, packet->data) != 0;
}

size_t filter_apply(struct filter *filter, struct tcphs_packet *batch, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (matches(filter, &batch[i]))
			batch[kept++] = batch[i];
	return kept;
}
