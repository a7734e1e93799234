/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes what wants a reader's memory, as an endless pcap file if need be:
 *
 *	flood KIND COUNT | tcphs stats --max-memory 64M -
 *
 *	syn          COUNT SYNs, each of another host
 *	connections  COUNT connections that open and stay open
 *	fragments    COUNT first fragments whose rest never comes
 *	segments     one connection of COUNT segments, every second one a repetition
 *	reuse        one 4-tuple, opened and reset COUNT times
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIN 0x01
#define SYN 0x02
#define RST 0x04
#define ACK 0x10

#define SERVER UINT32_C(0x0a000001)
#define CLIENT UINT32_C(0x0b000001)

static uint64_t clock_us = UINT64_C(1700000000000000);

static uint8_t *put(uint8_t *p, uint64_t value, unsigned octets) /* network order */
{
	for (unsigned i = octets; i-- > 0; value >>= 8)
		p[i] = (uint8_t)value;
	return p + octets;
}

static void write_file_head(void)
{
	static const uint8_t head[24] = {0xa1, 0xb2, 0xc3, 0xd4, 0, 2, 0, 4, 0, 0, 0, 0,
	                                 0,    0,    0,    0,    0, 4, 0, 0, 0, 0, 0, 101};

	fwrite(head, sizeof(head), 1, stdout);
}

/* A raw IPv4 datagram of `octets` behind its header. */
static void write_packet(uint32_t from, uint32_t to, unsigned protocol, unsigned fragment,
                         const uint8_t *octets, size_t count)
{
	static uint16_t id;
	uint8_t packet[16 + 20 + 64], *p = packet;

	clock_us++;
	p = put(put(p, clock_us / 1000000, 4), clock_us % 1000000, 4);
	p = put(put(p, 20 + count, 4), 20 + count, 4);
	p = put(put(put(p, 0x4500, 2), 20 + count, 2), ++id, 2);
	p = put(put(put(p, fragment, 2), 64 << 8 | protocol, 2), 0, 2);
	p = put(put(p, from, 4), to, 4);
	memcpy(p, octets, count);
	fwrite(packet, (size_t)(p - packet) + count, 1, stdout);
}

struct end {
	uint32_t address;
	uint16_t port;
};

/* The payload is all zero, so that only the header counts. */
static uint16_t checksum(struct end from, struct end to, const uint8_t *header, size_t length)
{
	uint64_t sum = 6 + 20 + length;

	sum += (from.address >> 16) + (from.address & 0xffff) + (to.address >> 16) +
	       (to.address & 0xffff);
	for (size_t i = 0; i < 20; i += 2)
		sum += (uint64_t)header[i] << 8 | header[i + 1];
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static void write_segment(struct end from, struct end to, unsigned flags, uint32_t seq,
                          uint32_t ack, size_t length)
{
	uint8_t octets[20 + 32] = {0}, *p = octets;

	p = put(put(put(p, from.port, 2), to.port, 2), seq, 4);
	p = put(put(put(p, ack, 4), 0x5000 | flags, 2), 64000, 2);
	put(p, checksum(from, to, octets, length), 2);
	write_packet(from.address, to.address, 6, 0, octets, 20 + length);
}

static void open_once(struct end client, struct end server, uint32_t isn)
{
	write_segment(client, server, SYN, isn, 0, 0);
	write_segment(server, client, SYN | ACK, 5000, isn + 1, 0);
	write_segment(client, server, ACK, isn + 1, 5001, 0);
}

static void flood_syn(struct end client, struct end server, uint64_t i)
{
	client.address += (uint32_t)i;
	write_segment(client, server, SYN, (uint32_t)i * 7919, 0, 0);
}

static void flood_connections(struct end client, struct end server, uint64_t i)
{
	client.address += (uint32_t)i;
	open_once(client, server, (uint32_t)i * 7919);
}

static void flood_fragments(struct end client, struct end server, uint64_t i)
{
	static const uint8_t octets[32];

	write_packet(client.address + (uint32_t)(i >> 16), server.address, 6, 0x2000, octets,
	             sizeof(octets));
}

static void flood_segments(struct end client, struct end server, uint64_t i)
{
	if (i == 0)
		open_once(client, server, 1000);
	else
		write_segment(client, server, ACK, 1001 + (uint32_t)(i / 2) * 32, 5001, 32);
}

static void flood_reuse(struct end client, struct end server, uint64_t i)
{
	uint32_t isn = (uint32_t)i * 100000;

	write_segment(client, server, SYN, isn, 0, 0);
	write_segment(server, client, RST | ACK, 0, isn + 1, 0);
}

static const struct {
	const char *name;
	void (*write)(struct end client, struct end server, uint64_t i);
} kinds[] = {
    {"syn", flood_syn},
    {"connections", flood_connections},
    {"fragments", flood_fragments},
    {"segments", flood_segments},
    {"reuse", flood_reuse},
};

int main(int argc, char **argv)
{
	const struct end client = {CLIENT, 40000}, server = {SERVER, 80};
	uint64_t count = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;

	for (size_t k = 0; count > 0 && k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		if (strcmp(kinds[k].name, argv[1]) != 0)
			continue;
		write_file_head();
		for (uint64_t i = 0; i < count && !ferror(stdout); i++)
			kinds[k].write(client, server, i);
		return fflush(stdout) != 0;
	}
	fprintf(stderr, "usage: flood syn|connections|fragments|segments|reuse COUNT\n");
	return 2;
}
