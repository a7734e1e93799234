/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/live.h"

#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/escape.h"
#include "capture/linktype.h"
#include "capture/link_state.h"
#include "capture/rights.h"

#define SNAPLEN     262144
#define BUFFER_MIB  256  /* 200 ms of 1,514 octets, 500,000 times a second, need more than 128 */
#define BUFFER_MOST 2047 /* libpcap's is an int of octets */
/* How long the kernel may hold packets back to hand them over together. Not immediate mode,
 * which costs twenty times as much a packet and drops early. */
#define TIMEOUT_MS  50
#define ARENA       ((size_t)4 << 20)
#define STATE_EVERY 300 /* ms between looks at whether the interface is up */

struct live {
	pcap_t *pcap;
	char *name; /* escaped */
	struct interfaces *interfaces;
	uint32_t index, linktype;
	int64_t tick;            /* nanoseconds of a unit of the fraction */
	uint64_t number, octets; /* of the packets read so far */
	struct pcap_stat stat;   /* as last seen: 32-bit counters that wrap */
	struct link_state *state;
	int64_t looked; /* at the state, ms */
	/* Of the read at hand: */
	struct tcphs_packet *batch;
	size_t count;
	uint8_t *arena; /* copies: the ring's own octets are the kernel's again too soon */
	size_t used;
};

static bool explain_activation(const struct live *live, int status, struct tcphs_error *error)
{
	char complaint[PCAP_ERRBUF_SIZE];

	escape_into(complaint, sizeof(complaint), pcap_geterr(live->pcap));
	switch (status) {
	case PCAP_ERROR_NO_SUCH_DEVICE:
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%s: there is no such interface; 'tcphs interfaces' lists those there are",
		    live->name);
		return false;
	case PCAP_ERROR_PERM_DENIED:
	case PCAP_ERROR_PROMISC_PERM_DENIED:
		rights_explain(live->name, error);
		return false;
	case PCAP_ERROR_IFACE_NOT_UP:
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s: is down: bring it up with 'sudo ip link set %s up'",
		                live->name, live->name);
		return false;
	default:
		tcphs_error_set(error, TCPHS_USAGE, "%s: can't be sniffed: %s%s%.200s", live->name,
		                pcap_statustostr(status), complaint[0] != '\0' ? ": " : "",
		                complaint);
		return false;
	}
}

static bool activate(struct live *live, const char *name,
                     const struct tcphs_source_options *options, struct tcphs_error *error)
{
	uint32_t mib = options->buffer_mib > 0 ? options->buffer_mib : BUFFER_MIB;
	int status;

	if (mib > BUFFER_MOST)
		mib = BUFFER_MOST;
	pcap_set_snaplen(live->pcap, options->snaplen > 0 && options->snaplen < SNAPLEN
	                                 ? (int)options->snaplen
	                                 : SNAPLEN);
	pcap_set_buffer_size(live->pcap, (int)(mib << 20));
	pcap_set_timeout(live->pcap, TIMEOUT_MS);
	pcap_set_promisc(live->pcap, !options->not_promiscuous && strcmp(name, "any") != 0);
	pcap_set_tstamp_precision(live->pcap, PCAP_TSTAMP_PRECISION_NANO);
	status = pcap_activate(live->pcap);
	return status >= 0 || explain_activation(live, status, error);
}

static bool set_filter(struct live *live, const char *expression, struct tcphs_error *error)
{
	struct bpf_program code;
	char complaint[PCAP_ERRBUF_SIZE], shown[200];
	bool done = false;

	if (expression == NULL)
		return true;
	if (pcap_compile(live->pcap, &code, expression, 1, PCAP_NETMASK_UNKNOWN) == 0) {
		done = pcap_setfilter(live->pcap, &code) == 0;
		pcap_freecode(&code);
	}
	if (done)
		return true;
	escape_into(complaint, sizeof(complaint), pcap_geterr(live->pcap));
	escape_into(shown, sizeof(shown), expression);
	tcphs_error_set(error, TCPHS_USAGE, "capture filter '%s': %s; see pcap-filter(7)", shown,
	                complaint);
	return false;
}

/* What follows from the active handle: link type, time, the entry among the interfaces. */
static bool describe(struct live *live, const char *name)
{
	struct tcphs_interface interface = {.name = name};

#ifdef DLT_LINUX_SLL2 /* libpcap 1.10 */
	/* The newer cooked header tells the interface of each packet of "any". */
	if (pcap_datalink(live->pcap) == DLT_LINUX_SLL)
		pcap_set_datalink(live->pcap, DLT_LINUX_SLL2);
#endif
	live->linktype = linktype_from_dlt(pcap_datalink(live->pcap));
	live->tick = pcap_get_tstamp_precision(live->pcap) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1000;
	interface.linktype = live->linktype;
	interface.snaplen = (uint32_t)pcap_snapshot(live->pcap);
	return interfaces_add(live->interfaces, &interface, &live->index);
}

struct live *live_open(const char *name, const struct tcphs_source_options *options,
                       struct interfaces *interfaces, struct tcphs_error *error)
{
	char complaint[PCAP_ERRBUF_SIZE] = "";
	struct live *live = calloc(1, sizeof(*live));

	if (live == NULL)
		goto nomem;
	live->interfaces = interfaces;
	live->name = escape_copy(name, strlen(name));
	live->arena = malloc(ARENA);
	if (live->name == NULL || live->arena == NULL)
		goto nomem;
	live->pcap = pcap_create(name, complaint);
	if (live->pcap == NULL) {
		tcphs_error_set(error, TCPHS_USAGE, "%s: can't be sniffed", live->name);
		goto out;
	}
	if (!activate(live, name, options, error))
		goto out;
	if (!describe(live, name))
		goto nomem;
	if (!set_filter(live, options->filter, error))
		goto out;
	if (pcap_setnonblock(live->pcap, 1, complaint) < 0) {
		tcphs_error_set(error, TCPHS_USAGE, "%s: can't be read without waiting",
		                live->name);
		goto out;
	}
	if (strcmp(name, "any") != 0)
		live->state = link_state_open(name);
	return live;
nomem:
	tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
out:
	live_close(live);
	return NULL;
}

void live_close(struct live *live)
{
	if (live == NULL)
		return;
	if (live->pcap != NULL)
		pcap_close(live->pcap);
	link_state_close(live->state);
	free(live->arena);
	free(live->name);
	free(live);
}

static void take_packet(u_char *context, const struct pcap_pkthdr *header, const u_char *octets)
{
	struct live *live = (struct live *)(void *)context;
	uint8_t *copy = live->arena + live->used;

	memcpy(copy, octets, header->caplen);
	live->octets += header->caplen;
	live->used += (header->caplen + 7u) & ~(size_t)7;
	live->batch[live->count++] = (struct tcphs_packet){
	    .data = copy,
	    .caplen = header->caplen,
	    .wirelen = header->len,
	    .number = ++live->number,
	    .time = (int64_t)header->ts.tv_sec * 1000000000 + header->ts.tv_usec * live->tick,
	    .linktype = live->linktype,
	    .interface = live->index,
	    .fcs_length = -1,
	};
	if (ARENA - live->used < SNAPLEN)
		pcap_breakloop(live->pcap);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Nothing came: is the interface still there? */
static enum tcphs_source_state look_at_state(struct live *live, struct tcphs_error *error)
{
	int64_t now = now_ms();

	if (live->state == NULL || now - live->looked < STATE_EVERY)
		return TCPHS_SOURCE_IDLE;
	live->looked = now;
	live_count(live);
	switch (link_state_change(live->state)) {
	case LINK_SAME:
		break;
	case LINK_DOWN:
		tcphs_error_set(error, TCPHS_OK, "%s went down; waiting for it to come back",
		                live->name);
		break;
	case LINK_UP:
		tcphs_error_set(error, TCPHS_OK, "%s is up again", live->name);
		break;
	case LINK_GONE:
		tcphs_error_set(error, TCPHS_USAGE, "%s is gone: the interface was removed",
		                live->name);
		return TCPHS_SOURCE_ERROR;
	}
	return TCPHS_SOURCE_IDLE;
}

enum tcphs_source_state live_read(struct live *live, struct tcphs_packet *batch, size_t max,
                                  size_t *count, struct tcphs_error *error)
{
	char complaint[PCAP_ERRBUF_SIZE];
	enum tcphs_source_state state;
	int status, limit = max < 65536 ? (int)max : 65536;

	live->batch = batch;
	live->count = 0;
	live->used = 0;
	status = pcap_dispatch(live->pcap, limit, take_packet, (u_char *)(void *)live);
	*count = live->count;
	if (live->count > 0 || status == PCAP_ERROR_BREAK)
		return TCPHS_SOURCE_MORE;
	if (status >= 0)
		return look_at_state(live, error);
	/* An interface that is down is no reason to end; it may come back. */
	live->looked = 0;
	state = look_at_state(live, error);
	if (state == TCPHS_SOURCE_ERROR || link_state_is_down(live->state))
		return state;
	escape_into(complaint, sizeof(complaint), pcap_geterr(live->pcap));
	tcphs_error_set(error, TCPHS_USAGE, "%s: can't be read any more: %s", live->name,
	                complaint);
	return TCPHS_SOURCE_ERROR;
}

bool live_is_down(const struct live *live)
{
	return link_state_was_down(live->state);
}

int live_fd(const struct live *live)
{
	return pcap_get_selectable_fd(live->pcap);
}

uint64_t live_octets(const struct live *live)
{
	return live->octets;
}

void live_count(struct live *live)
{
	struct tcphs_interface *interface = &live->interfaces->list[live->index];
	struct pcap_stat stat;

	if (pcap_stats(live->pcap, &stat) < 0)
		return;
	interface->received += stat.ps_recv - live->stat.ps_recv;
	interface->dropped += stat.ps_drop - live->stat.ps_drop;
	interface->dropped += stat.ps_ifdrop - live->stat.ps_ifdrop;
	live->stat = stat;
}
