/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packets of one link type, as a pcap file holds them: taken apart, changed, and written again
 * in each form that must read the same.
 *
 * An input of the targets that read conversations:
 *	octet 0  the way it is read (reading.h)
 *	octet 1  the tracker's options
 *	octet 2  how it is shown
 *	octet 3  the number of octets of keys, which follow
 *	then     a pcap file, either byte order, micro- or nanoseconds
 * or the pcap file alone.
 */
#ifndef FUZZ_CONVERSATION_H
#define FUZZ_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/source.h>

#define TALK_PACKETS_MAX 1024u
#define TALK_OCTETS_MAX  65535u /* of a packet */

struct talk_packet {
	int64_t time; /* ns since 1970 */
	uint32_t caplen, wirelen;
	uint8_t *data; /* allocated by itself, so that a read beyond it is seen */
};

struct talk {
	uint32_t linktype;
	size_t count;
	struct talk_packet packet[TALK_PACKETS_MAX];
};

struct input {
	uint8_t way, options, look, key_count;
	uint8_t key[UINT8_MAX];
	struct talk talk;
};

/* False if it is no such input; input_free() is needed in any case. */
bool input_read(struct input *input, const uint8_t *data, size_t size);
/* Returns the octets written; packets that don't fit are left out. */
size_t input_write(const struct input *input, uint8_t *data, size_t room);
void input_free(struct input *input);

/* False, and nothing is added, if there is no room. */
bool talk_add(struct talk *talk, size_t at, const struct talk_packet *packet);
void talk_remove(struct talk *talk, size_t at);
/* Packet `at` as a source hands it out; its number is at + 1, its octets are the talk's. */
struct tcphs_packet talk_packet_at(const struct talk *talk, size_t at);
/* Nobody's clock goes back. */
bool talk_in_order(const struct talk *talk);

enum talk_form { TALK_PCAP, TALK_PCAP_BIG, TALK_PCAPNG, TALK_PCAPNG_BIG, TALK_FORMS };
/* Packets from..to-1 as a file in memory; the descriptor, at its start. */
int talk_file(const struct talk *talk, enum talk_form form, size_t from, size_t to);
/* Writes packets from..to-1 behind what the file has, which is of that form. */
void talk_append(const struct talk *talk, enum talk_form form, size_t from, size_t to, int file);

#endif
