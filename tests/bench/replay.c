/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sends a little-endian pcap capture of Ethernet, whole packets, as fast as the machine can:
 *
 *	replay INTERFACE FILE
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define VECTOR 64
#define MOST   2048

struct vector {
	uint8_t frame[VECTOR][MOST];
	struct iovec piece[VECTOR];
	struct mmsghdr message[VECTOR];
};

static _Noreturn void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int open_interface(const char *name)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP)};
	int wanted = 1, fd = socket(AF_PACKET, SOCK_RAW, 0);

	address.sll_ifindex = (int)if_nametoindex(name);
	if (fd < 0 || bind(fd, (const struct sockaddr *)(const void *)&address, sizeof(address)) != 0)
		fail(name);
	setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &wanted, sizeof(wanted));
	return fd;
}

static bool read_packet(FILE *file, struct vector *vector, unsigned i)
{
	uint32_t header[4]; /* seconds, microseconds, captured, on the wire */

	if (fread(header, sizeof(header), 1, file) != 1)
		return false;
	if (header[2] > MOST || header[2] != header[3]) {
		fprintf(stderr, "replay: a packet is cut, or too large\n");
		exit(1);
	}
	vector->piece[i] = (struct iovec){vector->frame[i], header[2]};
	vector->message[i].msg_hdr.msg_iov = &vector->piece[i];
	vector->message[i].msg_hdr.msg_iovlen = 1;
	return fread(vector->frame[i], header[2], 1, file) == 1;
}

static void send_all(int fd, struct vector *vector, unsigned count)
{
	for (unsigned sent = 0; sent < count;) {
		int some = sendmmsg(fd, &vector->message[sent], count - sent, 0);

		if (some < 0)
			fail("send");
		sent += (unsigned)some;
	}
}

int main(int argc, char **argv)
{
	static struct vector vector;
	char head[24];
	FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
	unsigned count = VECTOR;
	int fd;

	if (file == NULL || fread(head, sizeof(head), 1, file) != 1)
		fail(argc == 3 ? argv[2] : "usage: replay INTERFACE FILE");
	fd = open_interface(argv[1]);
	while (count == VECTOR) {
		for (count = 0; count < VECTOR && read_packet(file, &vector, count);)
			count++;
		send_all(fd, &vector, count);
	}
	return 0;
}
