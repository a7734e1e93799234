/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sends TCP SYNs as fast as the machine can, or at a rate, for library.sh:
 *   blast INTERFACE COUNT OCTETS [PACKETS-PER-SECOND [CONNECTIONS]]
 * With CONNECTIONS, data in order on so many that are open already; a rate of 0 is full speed.
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define VECTOR 64
#define MOST   1514
#define LEAST  60

struct blast {
	int socket;
	size_t octets;
	unsigned long connections; /* 0: a SYN is one */
	uint8_t frames[VECTOR][MOST];
	struct iovec pieces[VECTOR];
	struct mmsghdr messages[VECTOR];
};

static const uint8_t pattern[54] = {
    2,    0, 0, 0,  0, 2, 2, 0, 0,  0, 0, 1, 8,    0,                          /* Ethernet */
    0x45, 0, 0, 0,  0, 0, 0, 0, 64, 6, 0, 0, 10,   0, 0,    1,    10, 0, 0, 2, /* IPv4, TCP */
    0x80, 0, 0, 80, 0, 0, 0, 0, 0,  0, 0, 0, 0x50, 2, 0xff, 0xff,              /* port 80, SYN */
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int prepare(struct blast *blast, const char *interface)
{
	const int bypass = 1; /* no queueing discipline: faster */
	struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP)};

	address.sll_ifindex = (int)if_nametoindex(interface);
	blast->socket = socket(AF_PACKET, SOCK_RAW, 0);
	if (blast->socket < 0 ||
	    bind(blast->socket, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -1;
	setsockopt(blast->socket, SOL_PACKET, PACKET_QDISC_BYPASS, &bypass, sizeof(bypass));
	for (size_t i = 0; i < VECTOR; i++) {
		memcpy(blast->frames[i], pattern, sizeof(pattern));
		blast->frames[i][16] = (uint8_t)((blast->octets - 14) >> 8);
		blast->frames[i][17] = (uint8_t)(blast->octets - 14);
		blast->pieces[i] = (struct iovec){blast->frames[i], blast->octets};
		blast->messages[i].msg_hdr.msg_iov = &blast->pieces[i];
		blast->messages[i].msg_hdr.msg_iovlen = 1;
	}
	return 0;
}

/* Addresses 10.x.y.1, ports and numbers: each SYN is a connection, or each segment the next one
 * of its connection. */
static void number(struct blast *blast, unsigned long first)
{
	for (size_t i = 0; i < VECTOR; i++) {
		unsigned long n = first + i, connections = blast->connections;
		uint8_t *frame = blast->frames[i];
		uint32_t who = htonl((uint32_t)(connections > 0 ? n % connections : n));
		uint32_t seq =
		    htonl((uint32_t)(connections > 0 ? n / connections * (blast->octets - 54) : n));

		memcpy(frame + 27, &who, 2);
		memcpy(frame + 34, (uint8_t *)&who + 2, 2);
		memcpy(frame + 38, &seq, 4);
		frame[47] = connections > 0 ? 0x10 : 0x02; /* ACK, SYN */
	}
}

int main(int argc, char **argv)
{
	static struct blast blast;
	unsigned long count, done = 0;
	double rate, start;

	if (argc < 4)
		return 2;
	count = strtoul(argv[2], NULL, 10);
	blast.octets = strtoul(argv[3], NULL, 10);
	rate = argc > 4 ? strtod(argv[4], NULL) : 0;
	blast.connections = argc > 5 ? strtoul(argv[5], NULL, 10) : 0;
	if (blast.octets < LEAST || blast.octets > MOST || prepare(&blast, argv[1]) < 0) {
		perror(argv[1]);
		return 1;
	}
	start = now();
	while (done < count) {
		unsigned vector = count - done < VECTOR ? (unsigned)(count - done) : VECTOR;
		int sent;

		number(&blast, done);
		sent = sendmmsg(blast.socket, blast.messages, vector, 0);
		if (sent > 0)
			done += (unsigned long)sent;
		while (rate > 0 && (double)done > (now() - start) * rate)
			;
	}
	printf("sent %lu, %.0f a second\n", done, (double)done / (now() - start));
	return 0;
}
