/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Crafts captures octet by octet in either byte order, writes them to a fresh file and reads
 * them back through the public interface. Included by the test_capture_*.c only.
 */
#ifndef TESTS_CAPTURE_CRAFT_H
#define TESTS_CAPTURE_CRAFT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <tcphs/source.h>

#define CRAFT_MOST 65536

struct craft {
	uint8_t octets[CRAFT_MOST];
	size_t length;
	bool big;
};

static inline void craft_octets(struct craft *craft, const void *octets, size_t count)
{
	assert_true(craft->length + count <= CRAFT_MOST);
	memcpy(craft->octets + craft->length, octets, count);
	craft->length += count;
}

static inline void craft_number(struct craft *craft, uint64_t number, size_t size)
{
	uint8_t octets[8];

	for (size_t i = 0; i < size; i++)
		octets[craft->big ? size - 1 - i : i] = (uint8_t)(number >> (8 * i));
	craft_octets(craft, octets, size);
}

static inline void craft16(struct craft *craft, unsigned number)
{
	craft_number(craft, number, 2);
}

static inline void craft32(struct craft *craft, uint64_t number)
{
	craft_number(craft, number, 4);
}

/* A pcap file header, version 2.minor. */
static inline void craft_pcap_header(struct craft *craft, uint32_t magic, unsigned minor,
                                     uint32_t linktype)
{
	craft32(craft, magic);
	craft16(craft, 2);
	craft16(craft, minor);
	craft32(craft, 0);
	craft32(craft, 0);
	craft32(craft, 65535);
	craft32(craft, linktype);
}

/* A pcap record of `length` octets, each of value `fill`. */
static inline void craft_pcap_packet(struct craft *craft, uint32_t seconds, uint32_t fraction,
                                     uint32_t length, uint8_t fill)
{
	craft32(craft, seconds);
	craft32(craft, fraction);
	craft32(craft, length);
	craft32(craft, length);
	for (uint32_t i = 0; i < length; i++)
		craft_octets(craft, &fill, 1);
}

/* Begins a pcapng block; returns where, for craft_end(). */
static inline size_t craft_begin(struct craft *craft, uint32_t type)
{
	size_t start = craft->length;

	craft32(craft, type);
	craft32(craft, 0);
	return start;
}

static inline void craft_pad(struct craft *craft)
{
	while (craft->length % 4 != 0)
		craft_octets(craft, "", 1);
}

static inline void craft_end(struct craft *craft, size_t start)
{
	size_t length;

	craft_pad(craft);
	length = craft->length + 4;
	craft32(craft, length - start);
	craft->length = start + 4;
	craft32(craft, length - start);
	craft->length = length;
}

static inline void craft_option(struct craft *craft, unsigned code, const void *value,
                                size_t length)
{
	craft16(craft, code);
	craft16(craft, (unsigned)length);
	craft_octets(craft, value, length);
	craft_pad(craft);
}

static inline void craft_section(struct craft *craft)
{
	size_t start = craft_begin(craft, 0x0a0d0d0a);

	craft32(craft, 0x1a2b3c4d);
	craft16(craft, 1);
	craft16(craft, 0);
	craft_number(craft, UINT64_MAX, 8);
	craft_end(craft, start);
}

/* resolution 0: no such option */
static inline void craft_interface(struct craft *craft, unsigned linktype, uint32_t snaplen,
                                   uint8_t resolution, const char *name)
{
	size_t start = craft_begin(craft, 1);

	craft16(craft, linktype);
	craft16(craft, 0);
	craft32(craft, snaplen);
	if (name != NULL)
		craft_option(craft, 2, name, strlen(name));
	if (resolution != 0)
		craft_option(craft, 9, &resolution, 1);
	if (name != NULL || resolution != 0)
		craft32(craft, 0);
	craft_end(craft, start);
}

/* An enhanced packet block of `length` octets, each of value `fill`. */
/* A packet of so many octets `fill`, open for its options: craft_end() closes it. */
static inline size_t craft_open_packet(struct craft *craft, uint32_t interface, uint64_t ticks,
                                       uint32_t length, uint8_t fill)
{
	size_t start = craft_begin(craft, 6);

	craft32(craft, interface);
	craft32(craft, ticks >> 32);
	craft32(craft, ticks & UINT32_MAX);
	craft32(craft, length);
	craft32(craft, length);
	for (uint32_t i = 0; i < length; i++)
		craft_octets(craft, &fill, 1);
	craft_pad(craft);
	return start;
}

static inline void craft_packet(struct craft *craft, uint32_t interface, uint64_t ticks,
                                uint32_t length, uint8_t fill)
{
	craft_end(craft, craft_open_packet(craft, interface, ticks, length, fill));
}

/* Writes octets[0..count) to a fresh file; unlink() and free() the path. */
static inline char *craft_write(const void *octets, size_t count)
{
	char *path = strdup("/tmp/tcphs-test-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, octets, count), (ssize_t)count);
	close(fd);
	return path;
}

static inline char *craft_file(const struct craft *craft)
{
	return craft_write(craft->octets, craft->length);
}

static inline void craft_unlink(char *path)
{
	unlink(path);
	free(path);
}

/* All packets of a source that fit, and how it ended. */
#define READ_MOST 4096
struct reading {
	struct tcphs_packet packets[READ_MOST]; /* without octets */
	uint8_t fill[READ_MOST];                /* first octet of each */
	size_t count;
	enum tcphs_source_state state;
	struct tcphs_error error;
};

static inline void read_on(struct tcphs_source *source, struct reading *reading, size_t batch)
{
	do {
		size_t count, room = READ_MOST - reading->count;

		reading->state =
		    tcphs_source_read(source, reading->packets + reading->count,
		                      room < batch ? room : batch, &count, &reading->error);
		for (size_t i = reading->count; i < reading->count + count; i++) {
			/* Touch them all: a sanitizer sees a wrong pointer. */
			for (uint32_t j = 1; j < reading->packets[i].caplen; j++)
				assert_int_equal(reading->packets[i].data[0],
				                 reading->packets[i].data[j]);
			reading->fill[i] =
			    reading->packets[i].caplen > 0 ? reading->packets[i].data[0] : 0;
		}
		reading->count += count;
	} while (reading->state == TCPHS_SOURCE_MORE && reading->count < READ_MOST);
}

/* Reads the whole of one file. The caller frees; never NULL. */
static inline struct reading *read_path(const char *path)
{
	struct reading *reading = calloc(1, sizeof(*reading));
	struct tcphs_source *source;

	assert_non_null(reading);
	source = tcphs_source_open_files(&path, 1, NULL, &reading->error);
	reading->state = TCPHS_SOURCE_ERROR;
	if (source != NULL)
		read_on(source, reading, 7);
	tcphs_source_close(source);
	return reading;
}

static inline struct reading *read_craft(const struct craft *craft)
{
	char *path = craft_file(craft);
	struct reading *reading = read_path(path);

	craft_unlink(path);
	return reading;
}

/* Cuts the capture at every octet: what is whole before the cut is delivered, and a cut is said
 * unless it is at the end of a record. ends[0..count) are the lengths up to each packet. */
static inline void assert_cuts(const struct craft *craft, const size_t *ends, size_t count)
{
	for (size_t length = 0; length < craft->length; length++) {
		char *path = craft_write(craft->octets, length);
		struct reading *reading = read_path(path);
		size_t whole = 0;

		while (whole < count && ends[whole] <= length)
			whole++;
		assert_int_equal(reading->count, whole);
		if (reading->error.status != TCPHS_OK)
			assert_non_null(strstr(reading->error.text, path));
		free(reading);
		craft_unlink(path);
	}
}

#endif
