/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sniffs through libtcphs and says what happened, for library.sh:
 *   sniff [-t SECONDS] [-c COUNT] [-w FILE] [-f FILTER] [-B MIB] INTERFACE
 * It ends after so many packets, those that were dropped among them, or so long.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <tcphs/source.h>

#define BATCH 256

struct sniffing {
	struct tcphs_source_options options;
	double seconds;
	unsigned long long most, packets;
	long long latest; /* greatest delay between capture and delivery, ns */
};

static long long clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void note_delay(struct sniffing *sniffing, const struct tcphs_packet *packet)
{
	long long delay = clock_ns(CLOCK_REALTIME) - packet->time;

	if (delay > sniffing->latest)
		sniffing->latest = delay;
}

static int sniff(struct sniffing *sniffing, struct tcphs_source *source)
{
	long long end = clock_ns(CLOCK_MONOTONIC) + (long long)(sniffing->seconds * 1e9);
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	struct tcphs_packet batch[BATCH];
	struct tcphs_error error;
	size_t count;

	while (clock_ns(CLOCK_MONOTONIC) < end &&
	       sniffing->packets + tcphs_source_dropped(source) < sniffing->most &&
	       (state == TCPHS_SOURCE_MORE || state == TCPHS_SOURCE_IDLE)) {
		state = tcphs_source_read(source, batch, BATCH, &count, &error);
		sniffing->packets += count;
		if (count > 0)
			note_delay(sniffing, &batch[0]);
		if (error.text[0] != '\0')
			printf("said %s\n", error.text);
		if (state == TCPHS_SOURCE_IDLE) {
			struct pollfd ready = {.fd = tcphs_source_fd(source), .events = POLLIN};

			poll(&ready, 1, 100);
		}
	}
	printf("packets %llu\ndropped %llu\nreceived %llu\ndelay %lld ms\n", sniffing->packets,
	       (unsigned long long)tcphs_source_dropped(source),
	       (unsigned long long)tcphs_source_interface(source, 0).received,
	       sniffing->latest / 1000000);
	return state == TCPHS_SOURCE_ERROR ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct sniffing sniffing = {.seconds = 60, .most = -1ull};
	struct tcphs_source *source;
	struct tcphs_error error;
	int option, status;

	while ((option = getopt(argc, argv, "t:c:w:f:B:")) != -1) {
		switch (option) {
		case 't':
			sniffing.seconds = strtod(optarg, NULL);
			break;
		case 'c':
			sniffing.most = strtoull(optarg, NULL, 10);
			break;
		case 'w':
			sniffing.options.write_path = optarg;
			break;
		case 'f':
			sniffing.options.filter = optarg;
			break;
		case 'B':
			sniffing.options.buffer_mib = (uint32_t)strtoul(optarg, NULL, 10);
			break;
		default:
			return 2;
		}
	}
	if (optind + 1 != argc)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	source = tcphs_source_open_live(argv[optind], &sniffing.options, &error);
	if (source == NULL) {
		printf("refused %s\n", error.text);
		return 2;
	}
	printf("ready\n");
	status = sniff(&sniffing, source);
	tcphs_source_close(source);
	return status;
}
