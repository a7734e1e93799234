/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is known of one capture file, learned while it is read for the first time and shared
 * by every handle that reads it again: where to begin for a given packet, and in a pcapng
 * the sections and interfaces that the packets there refer to. It grows with the file's
 * length in buffers and with its interfaces, not with its packets.
 */
#ifndef CAPTURE_CAPTURE_H
#define CAPTURE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "capture/input.h"
#include "capture/interfaces.h"

/* A place where reading can begin. */
struct place {
	uint64_t offset;  /* in the unpacked stream */
	uint64_t before;  /* packets before it */
	int64_t time;     /* pcapng: of the last packet before it */
	uint32_t section; /* pcapng: index of its section */
};

/* A section of a pcapng: a byte order and a run of interfaces. */
struct ng_section {
	uint64_t offset;
	uint32_t first, count; /* in interfaces[] */
	bool big;
};

/* How packets of a pcapng interface are read. */
struct ng_interface {
	uint32_t index; /* in the run's interfaces */
	uint32_t linktype, snaplen;
	int32_t fcs_length;
	uint8_t resolution; /* if_tsresol as in the file: 10^-n, or 2^-n with the high bit */
	int64_t shift;      /* seconds to add */
};

struct capture {
	struct input_file file;
	struct interfaces *interfaces; /* of the run, borrowed */
	struct place *places;
	size_t place_count, place_room;
	struct ng_section *sections;
	size_t section_count, section_room;
	struct ng_interface *ng;
	size_t ng_count, ng_room;
	uint64_t described; /* descriptions and counts before this offset are taken in */
	uint32_t interface; /* pcap: its one interface */
	bool packed;        /* compressed, as its reader found */
	bool known;         /* pcap: `interface` is valid */
	uint64_t packets;   /* in all, once `ended` */
	bool ended;
	int64_t first_time; /* of its first packet */
};

/* Opens the file; NULL and an error if it can't be opened. */
struct capture *capture_open(const char *path, struct interfaces *interfaces,
                             struct tcphs_error *error);
void capture_close(struct capture *capture);

/* Remembers a place beyond those known; forgetting one for want of memory only costs time. */
void capture_note(struct capture *capture, const struct place *place);
/* The last place with at most `before` packets before it; false if there is none. */
bool capture_find(const struct capture *capture, uint64_t before, struct place *place);

/* Adds a section or an interface; false if memory is exhausted or the cap is reached. */
bool capture_add_section(struct capture *capture, const struct ng_section *section);
bool capture_add_interface(struct capture *capture, const struct ng_interface *interface);

#endif
