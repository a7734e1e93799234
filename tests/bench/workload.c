/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes a capture of TCP connections to be measured on, many of them open at once and their
 * segments interleaved at random, and prints as JSON what a reader must count in it. The same
 * options give the same octets on every machine.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIN 0x01
#define SYN 0x02
#define RST 0x04
#define PSH 0x08
#define ACK 0x10

#define CONNECTIONS_MAX 100000000U
#define CONCURRENT_MAX  4000000U
#define PAYLOAD_MAX     1460U
#define HEADERS_MAX     (14 + 20 + 40)
#define PORTS           28000U                     /* of a client, from 32768 */
#define REQUEST         200U                       /* octets that a client asks with */
#define FILL            0x55                       /* every octet of the payloads */
#define STARTED         UINT64_C(1700000000000000) /* the first packet, in microseconds */

struct turn {
	uint8_t from; /* 0 client, 1 server */
	uint8_t flags;
};

/* How a connection goes: `opening` turns, data, and the rest. The words are those of tcphs. */
struct shape {
	const char *open, *close;
	struct turn turns[8];
	unsigned opening, count;
	unsigned share; /* of a mixture, in parts of 16 */
};

#define OPEN                                                                                       \
	{0, SYN}, {1, SYN | ACK},                                                                  \
	{                                                                                          \
		0, ACK                                                                             \
	}
static const struct shape shapes[] = {
    {"three-way", "four-way", {OPEN, {0, FIN | ACK}, {1, ACK}, {1, FIN | ACK}, {0, ACK}}, 3, 7, 10},
    {"three-way", "three-way", {OPEN, {0, FIN | ACK}, {1, FIN | ACK}, {0, ACK}}, 3, 6, 2},
    {"three-way", "reset", {OPEN, {0, RST | ACK}}, 3, 4, 2},
    {"refused", "none", {{0, SYN}, {1, RST | ACK}}, 2, 2, 1},
    {"no-answer", "none", {{0, SYN}}, 1, 1, 1},
};
#define SHAPES (sizeof(shapes) / sizeof(shapes[0]))
#define NORMAL 0
#define FLOOD  4

struct connection {
	uint32_t id;
	uint32_t next[2]; /* sequence numbers */
	uint32_t data;    /* data turns done */
	uint8_t shape, turn;
};

struct options {
	uint32_t connections, concurrent, packets, payload, snaplen;
	bool pcapng, flood, mixture;
	const char *path;
};

struct writer {
	struct options options;
	FILE *file;
	uint64_t random, packets, octets;
	uint64_t micros; /* since STARTED */
	uint64_t counts[SHAPES];
};

/* ---- octets ---------------------------------------------------------------------------- */

static void put16be(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static void put32be(uint8_t *at, uint32_t value)
{
	put16be(at, value >> 16);
	put16be(at + 2, value);
}

static void put32le(uint8_t *at, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static void put(struct writer *writer, const uint8_t *octets, size_t count)
{
	if (fwrite(octets, 1, count, writer->file) != count) {
		perror(writer->options.path);
		exit(1);
	}
}

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014). */
static uint64_t scramble(uint64_t value)
{
	value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
	return value ^ (value >> 31);
}

static uint32_t random_below(struct writer *writer, uint32_t bound)
{
	writer->random += UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(((scramble(writer->random) >> 32) * bound) >> 32);
}

/* ---- records of the file ---------------------------------------------------------------- */

static void put_file_header(struct writer *writer)
{
	/* Ethernet; pcap in microseconds, as is pcapng without an option that says otherwise */
	uint8_t pcap[24] = {0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, [20] = 1};
	uint8_t section[28] = {0x0a, 0x0d, 0x0d, 0x0a, 28, [8] = 0x4d, 0x3c, 0x2b, 0x1a, 1};
	uint8_t interface[20] = {1, [4] = 20, [8] = 1};

	if (!writer->options.pcapng) {
		put32le(pcap + 16, writer->options.snaplen);
		put(writer, pcap, sizeof(pcap));
		return;
	}
	memset(section + 16, 0xff, 8); /* its length isn't known */
	put32le(section + 24, sizeof(section));
	put(writer, section, sizeof(section));
	put32le(interface + 12, writer->options.snaplen);
	put32le(interface + 16, sizeof(interface));
	put(writer, interface, sizeof(interface));
}

static void put_packet(struct writer *writer, const uint8_t *frame, uint32_t length)
{
	static const uint8_t zeros[4];
	uint32_t snaplen = writer->options.snaplen;
	uint32_t captured = length < snaplen ? length : snaplen;
	uint32_t padding = -captured & 3, total = 32 + captured + padding;
	uint64_t time = STARTED + writer->micros;
	uint8_t header[28] = {6}, trailer[4];

	if (!writer->options.pcapng) {
		put32le(header, (uint32_t)(time / 1000000));
		put32le(header + 4, (uint32_t)(time % 1000000));
		put32le(header + 8, captured);
		put32le(header + 12, length);
		put(writer, header, 16);
		put(writer, frame, captured);
	} else {
		put32le(header + 4, total);
		put32le(header + 12, (uint32_t)(time >> 32));
		put32le(header + 16, (uint32_t)time);
		put32le(header + 20, captured);
		put32le(header + 24, length);
		put32le(trailer, total);
		put(writer, header, sizeof(header));
		put(writer, frame, captured);
		put(writer, zeros, padding);
		put(writer, trailer, sizeof(trailer));
	}
	writer->packets++;
	writer->micros += random_below(writer, 3);
}

/* ---- segments --------------------------------------------------------------------------- */

static uint32_t sum_words(const uint8_t *octets, size_t count)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < count; i += 2)
		sum += (uint32_t)octets[i] << 8 | octets[i + 1];
	return sum;
}

static uint32_t fold_sum(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static void put_ip_header(struct writer *writer, uint8_t *ip, const struct connection *connection,
                          unsigned from, uint32_t length)
{
	uint32_t client = UINT32_C(0x0a000000) + connection->id / PORTS;
	uint32_t server = UINT32_C(0xac100000) + (uint32_t)(scramble(connection->id) & 0xfff);

	memset(ip, 0, 20);
	ip[0] = 0x45;
	put16be(ip + 2, length);
	put16be(ip + 4, (uint32_t)(writer->packets & 0xffff));
	ip[6] = 0x40; /* don't fragment */
	ip[8] = 64;
	ip[9] = 6;
	put32be(ip + 12, from == 0 ? client : server);
	put32be(ip + 16, from == 0 ? server : client);
	put16be(ip + 10, fold_sum(sum_words(ip, 20)));
}

/* Options as a usual system sends them; returns the length of the header with them. */
static uint32_t put_options(uint8_t *tcp, unsigned flags, uint32_t clock)
{
	/* maximum segment size 1460, SACK permitted, timestamps, no-op, window scale 7 */
	static const uint8_t opening[20] = {2, 4, 5, 0xb4, 4, 2, 8, 10, [16] = 1, 3, 3, 7};
	static const uint8_t later[12] = {1, 1, 8, 10};

	if (flags & RST)
		return 20;
	if (flags & SYN) {
		memcpy(tcp + 20, opening, sizeof(opening));
		put32be(tcp + 28, clock);
		return 40;
	}
	memcpy(tcp + 20, later, sizeof(later));
	put32be(tcp + 24, clock);
	put32be(tcp + 28, clock);
	return 32;
}

static void put_segment(struct writer *writer, struct connection *connection, struct turn turn,
                        uint32_t payload)
{
	uint8_t frame[HEADERS_MAX + PAYLOAD_MAX] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8};
	uint8_t *ip = frame + 14, *tcp = ip + 20;
	unsigned from = turn.from;
	uint16_t client_port = (uint16_t)(32768 + connection->id % PORTS);
	uint16_t server_port = connection->id & 1 ? 443 : 80;
	/* RFC 9293, 3.10.7.1: a reset that answers a SYN has no number of its own. */
	bool refusal = (turn.flags & RST) && from == 1;
	uint32_t length;

	put16be(tcp, from == 0 ? client_port : server_port);
	put16be(tcp + 2, from == 0 ? server_port : client_port);
	put32be(tcp + 4, refusal ? 0 : connection->next[from]);
	put32be(tcp + 8, turn.flags & ACK ? connection->next[!from] : 0);
	length = put_options(tcp, turn.flags, (uint32_t)(writer->micros / 1000) + 1);
	tcp[12] = (uint8_t)(length / 4 << 4);
	tcp[13] = turn.flags;
	put16be(tcp + 14, turn.flags & RST ? 0 : 64240);
	memset(tcp + length, FILL, payload);
	length += payload;
	put_ip_header(writer, ip, connection, from, 20 + length);
	/* The octet past an odd end is zero: the frame was. */
	put16be(tcp + 16,
	        fold_sum(sum_words(tcp, (length + 1) & ~1U) + sum_words(ip + 12, 8) + 6 + length));
	put_packet(writer, frame, 34 + length);
	connection->next[from] += payload + !!(turn.flags & SYN) + !!(turn.flags & FIN);
	writer->octets += payload;
}

/* ---- connections ------------------------------------------------------------------------ */

static uint8_t choose_shape(const struct options *options, uint32_t id)
{
	unsigned part = (unsigned)(scramble(id + UINT64_C(1) * CONNECTIONS_MAX) & 15);
	uint8_t shape = NORMAL;

	if (options->flood)
		return FLOOD;
	while (options->mixture && part >= shapes[shape].share)
		part -= shapes[shape++].share;
	return shape;
}

static void connection_begin(struct writer *writer, struct connection *connection, uint32_t id)
{
	uint64_t numbers = scramble(~(uint64_t)id);

	*connection = (struct connection){
	    .id = id,
	    .next = {(uint32_t)numbers, (uint32_t)(numbers >> 32)},
	    .shape = choose_shape(&writer->options, id),
	};
	writer->counts[connection->shape]++;
}

/* A request, then two segments of the answer and an acknowledgement in turn. */
static void put_data(struct writer *writer, struct connection *connection)
{
	uint32_t payload = writer->options.payload, position = connection->data++;

	if (position == 0)
		put_segment(writer, connection, (struct turn){0, PSH | ACK},
		            payload < REQUEST ? payload : REQUEST);
	else if (position % 3 == 0)
		put_segment(writer, connection, (struct turn){0, ACK}, 0);
	else
		put_segment(writer, connection, (struct turn){1, PSH | ACK}, payload);
}

/* The next segment; false if it was the last. */
static bool connection_step(struct writer *writer, struct connection *connection)
{
	const struct shape *shape = &shapes[connection->shape];
	bool data = shape->opening == 3 && connection->turn == 3 &&
	            connection->data + shapes[NORMAL].count < writer->options.packets;

	if (data)
		put_data(writer, connection);
	else
		put_segment(writer, connection, shape->turns[connection->turn++], 0);
	return connection->turn < shape->count;
}

static void write_all(struct writer *writer, struct connection *open)
{
	const struct options *options = &writer->options;
	uint32_t begun = 0, count = options->concurrent;

	for (; begun < count; begun++)
		connection_begin(writer, &open[begun], begun);
	while (count > 0) {
		uint32_t chosen = random_below(writer, count);

		if (connection_step(writer, &open[chosen]))
			continue;
		if (begun < options->connections)
			connection_begin(writer, &open[chosen], begun++);
		else
			open[chosen] = open[--count];
	}
}

static void print_counts(const struct writer *writer, bool close)
{
	const char *separator = "";

	for (size_t i = 0; i < SHAPES; i++) {
		const char *word = close ? shapes[i].close : shapes[i].open;
		uint64_t count = 0;
		bool before = false;

		for (size_t j = 0; j < SHAPES; j++) {
			bool same = strcmp(close ? shapes[j].close : shapes[j].open, word) == 0;

			before = before || (same && j < i);
			count += same ? writer->counts[j] : 0;
		}
		if (before)
			continue;
		printf("%s\"%s\":%" PRIu64, separator, word, count);
		separator = ",";
	}
}

static void print_truth(const struct writer *writer)
{
	printf("{\"packets\":%" PRIu64 ",\"connections\":%" PRIu32 ",\"bytes\":%" PRIu64
	       ",\"open\":{",
	       writer->packets, writer->options.connections, writer->octets);
	print_counts(writer, false);
	printf("},\"close\":{");
	print_counts(writer, true);
	printf("}}\n");
}

/* ---- command line ----------------------------------------------------------------------- */

static const char usage[] =
    "usage: workload [-n CONNECTIONS] [-c OPEN AT ONCE] [-p PACKETS OF EACH, AT LEAST 7]\n"
    "                [-b OCTETS OF A SEGMENT] [-s SNAPLEN] [-g: pcapng] [-f: only SYNs]\n"
    "                [-m: a mixture of opens and closes] FILE\n";

static uint32_t number(const char *text, uint32_t least, uint32_t most)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*end != '\0' || *text == '-' || value < least || value > most) {
		fprintf(stderr, "workload: %s is not from %" PRIu32 " to %" PRIu32 "\n", text,
		        least, most);
		exit(2);
	}
	return (uint32_t)value;
}

static bool read_options(struct options *options, int argc, char **argv)
{
	for (int option; (option = getopt(argc, argv, "n:c:p:b:s:gfm")) != -1;) {
		switch (option) {
		case 'n':
			options->connections = number(optarg, 1, CONNECTIONS_MAX);
			break;
		case 'c':
			options->concurrent = number(optarg, 1, CONCURRENT_MAX);
			break;
		case 'p':
			options->packets = number(optarg, 7, 1000000);
			break;
		case 'b':
			options->payload = number(optarg, 0, PAYLOAD_MAX);
			break;
		case 's':
			options->snaplen = number(optarg, 66, 262144);
			break;
		case 'g':
			options->pcapng = true;
			break;
		case 'f':
			options->flood = true;
			break;
		case 'm':
			options->mixture = true;
			break;
		default:
			return false;
		}
	}
	if (options->concurrent > options->connections)
		options->concurrent = options->connections;
	options->path = argv[optind];
	return optind + 1 == argc;
}

int main(int argc, char **argv)
{
	struct writer writer = {.options = {1000, 100, 10, 512, 96, .path = NULL}};
	struct connection *open;

	if (!read_options(&writer.options, argc, argv)) {
		fputs(usage, stderr);
		return 2;
	}
	open = calloc(writer.options.concurrent, sizeof(*open));
	writer.file = fopen(writer.options.path, "wb");
	if (open == NULL || writer.file == NULL) {
		perror(writer.options.path);
		return 1;
	}
	put_file_header(&writer);
	write_all(&writer, open);
	free(open);
	if (fclose(writer.file) != 0) {
		perror(writer.options.path);
		return 1;
	}
	print_truth(&writer);
	return 0;
}
