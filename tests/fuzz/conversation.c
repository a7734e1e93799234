/* SPDX-License-Identifier: BSD-3-Clause */
#include "conversation.h"

#include "fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEAD        4
#define FILE_HEAD   24
#define RECORD_HEAD 16
#define SECOND      INT64_C(1000000000)
#define MAGIC_MICRO 0xa1b2c3d4u
#define MAGIC_NANO  0xa1b23c4du

static uint32_t get32(const uint8_t *p, bool big)
{
	return big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
	           : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static uint8_t *put32(uint8_t *p, uint32_t value, bool big)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> 8 * (big ? 3 - i : i));
	return p + 4;
}

static uint8_t *put16(uint8_t *p, uint16_t value, bool big)
{
	p[big ? 0 : 1] = (uint8_t)(value >> 8);
	p[big ? 1 : 0] = (uint8_t)value;
	return p + 2;
}

bool talk_add(struct talk *talk, size_t at, const struct talk_packet *packet)
{
	struct talk_packet copy = *packet;

	if (talk->count == TALK_PACKETS_MAX)
		return false;
	copy.data = malloc(packet->caplen + (packet->caplen == 0));
	expect(copy.data != NULL);
	memcpy(copy.data, packet->data, packet->caplen);
	memmove(&talk->packet[at + 1], &talk->packet[at],
	        (talk->count - at) * sizeof(talk->packet[0]));
	talk->packet[at] = copy;
	talk->count++;
	return true;
}

void talk_remove(struct talk *talk, size_t at)
{
	free(talk->packet[at].data);
	talk->count--;
	memmove(&talk->packet[at], &talk->packet[at + 1],
	        (talk->count - at) * sizeof(talk->packet[0]));
}

struct tcphs_packet talk_packet_at(const struct talk *talk, size_t at)
{
	const struct talk_packet *packet = &talk->packet[at];

	return (struct tcphs_packet){.data = packet->data,
	                             .caplen = packet->caplen,
	                             .wirelen = packet->wirelen,
	                             .number = at + 1,
	                             .time = packet->time,
	                             .linktype = talk->linktype,
	                             .fcs_length = -1};
}

bool talk_in_order(const struct talk *talk)
{
	for (size_t i = 1; i < talk->count; i++)
		if (talk->packet[i].time < talk->packet[i - 1].time)
			return false;
	return true;
}

/* Lengths and times that every form can hold. */
static bool talk_read(struct talk *talk, const uint8_t *data, size_t size)
{
	bool big = size >= 4 && data[0] == 0xa1;
	uint32_t magic = size >= FILE_HEAD ? get32(data, big) : 0;
	size_t at = FILE_HEAD;

	if (magic != MAGIC_MICRO && magic != MAGIC_NANO)
		return false;
	talk->linktype = get32(data + 20, big) & 0xffff;
	while (at + RECORD_HEAD <= size) {
		uint32_t caplen = get32(data + at + 8, big), wirelen = get32(data + at + 12, big);
		uint32_t fraction = get32(data + at + 4, big);
		struct talk_packet packet = {
		    .time = get32(data + at, big) * SECOND +
		            fraction * INT64_C(1) * (magic == MAGIC_NANO ? 1 : 1000) % SECOND,
		    .data = (uint8_t *)(uintptr_t)(data + at + RECORD_HEAD),
		};

		at += RECORD_HEAD;
		if (caplen > TALK_OCTETS_MAX)
			caplen = TALK_OCTETS_MAX;
		packet.caplen = caplen < size - at ? caplen : (uint32_t)(size - at);
		packet.wirelen = wirelen < packet.caplen     ? packet.caplen
		                 : wirelen > TALK_OCTETS_MAX ? TALK_OCTETS_MAX
		                                             : wirelen;
		at += packet.caplen;
		if (!talk_add(talk, talk->count, &packet))
			break;
	}
	return true;
}

bool input_read(struct input *input, const uint8_t *data, size_t size)
{
	size_t keys;

	memset(input, 0, sizeof(*input));
	if (talk_read(&input->talk, data, size)) /* a plain capture */
		return true;
	if (size < HEAD)
		return false;
	input->way = data[0];
	input->options = data[1];
	input->look = data[2];
	keys = data[3] < size - HEAD ? data[3] : size - HEAD;
	input->key_count = (uint8_t)keys;
	memcpy(input->key, data + HEAD, keys);
	return talk_read(&input->talk, data + HEAD + keys, size - HEAD - keys);
}

void input_free(struct input *input)
{
	while (input->talk.count > 0)
		talk_remove(&input->talk, input->talk.count - 1);
}

static size_t pcap_head(uint8_t *out, uint32_t linktype, bool big)
{
	uint8_t *p = put32(out, MAGIC_NANO, big);

	p = put16(put16(p, 2, big), 4, big);
	p = put32(put32(p, 0, big), 0, big);
	p = put32(put32(p, 262144, big), linktype, big);
	return (size_t)(p - out);
}

static size_t pcap_record(uint8_t *out, const struct talk_packet *packet, bool big)
{
	put32(out, (uint32_t)(packet->time / SECOND), big);
	put32(out + 4, (uint32_t)(packet->time % SECOND), big);
	put32(out + 8, packet->caplen, big);
	put32(out + 12, packet->wirelen, big);
	memcpy(out + RECORD_HEAD, packet->data, packet->caplen);
	return RECORD_HEAD + packet->caplen;
}

size_t input_write(const struct input *input, uint8_t *data, size_t room)
{
	const struct talk *talk = &input->talk;
	size_t at = HEAD + (size_t)input->key_count;

	if (room < at + FILE_HEAD)
		return 0;
	data[0] = input->way;
	data[1] = input->options;
	data[2] = input->look;
	data[3] = input->key_count;
	memcpy(data + HEAD, input->key, input->key_count);
	at += pcap_head(data + at, talk->linktype, false);
	for (size_t i = 0; i < talk->count; i++)
		if (room - at >= RECORD_HEAD + talk->packet[i].caplen)
			at += pcap_record(data + at, &talk->packet[i], false);
	return at;
}

/* ---- the forms --------------------------------------------------------------------- */

#define NG_ROOM (TALK_OCTETS_MAX + 64)

/* Section header and one interface with time stamps in ns. */
static size_t pcapng_head(uint8_t *out, uint32_t linktype, bool big)
{
	uint8_t *p = put32(put32(out, 0x0a0d0d0a, big), 28, big);

	p = put16(put16(put32(p, 0x1a2b3c4d, big), 1, big), 0, big);
	p = put32(put32(p, UINT32_MAX, big), UINT32_MAX, big);
	p = put32(p, 28, big);
	p = put32(put32(p, 1, big), 32, big);
	p = put32(put16(put16(p, (uint16_t)linktype, big), 0, big), 262144, big);
	p = put16(put16(p, 9, big), 1, big); /* if_tsresol: 10^-9 */
	memcpy(p, "\x09\0\0\0\0\0\0\0", 8);
	return (size_t)(put32(p + 8, 32, big) - out);
}

static size_t pcapng_record(uint8_t *out, const struct talk_packet *packet, bool big)
{
	uint32_t padding = (4 - packet->caplen % 4) % 4;
	uint32_t length = 32 + packet->caplen + padding;
	uint8_t *p = put32(put32(put32(out, 6, big), length, big), 0, big);

	p = put32(p, (uint32_t)((uint64_t)packet->time >> 32), big);
	p = put32(p, (uint32_t)packet->time, big);
	p = put32(put32(p, packet->caplen, big), packet->wirelen, big);
	memcpy(p, packet->data, packet->caplen);
	memset(p + packet->caplen, 0, padding);
	return (size_t)(put32(p + packet->caplen + padding, length, big) - out);
}

static void put_octets(int file, const uint8_t *octets, size_t count)
{
	expect(write(file, octets, count) == (ssize_t)count);
}

void talk_append(const struct talk *talk, enum talk_form form, size_t from, size_t to, int file)
{
	static uint8_t block[4 * NG_ROOM];
	bool big = form == TALK_PCAP_BIG || form == TALK_PCAPNG_BIG;
	bool ng = form == TALK_PCAPNG || form == TALK_PCAPNG_BIG;
	size_t length = 0;

	for (size_t i = from; i < to; i++) {
		if (length + NG_ROOM > sizeof(block)) {
			put_octets(file, block, length);
			length = 0;
		}
		length += ng ? pcapng_record(block + length, &talk->packet[i], big)
		             : pcap_record(block + length, &talk->packet[i], big);
	}
	put_octets(file, block, length);
}

int talk_file(const struct talk *talk, enum talk_form form, size_t from, size_t to)
{
	bool big = form == TALK_PCAP_BIG || form == TALK_PCAPNG_BIG;
	bool ng = form == TALK_PCAPNG || form == TALK_PCAPNG_BIG;
	int file = memfd_create("talk", MFD_CLOEXEC);
	uint8_t head[128];

	expect(file >= 0);
	put_octets(file, head,
	           ng ? pcapng_head(head, talk->linktype, big)
	              : pcap_head(head, talk->linktype, big));
	talk_append(talk, form, from, to, file);
	expect(lseek(file, 0, SEEK_SET) == 0);
	return file;
}
