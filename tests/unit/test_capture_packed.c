/* SPDX-License-Identifier: BSD-3-Clause */
/* Compressed captures, packed by the tools that are there, whole and cut. */
#include "capture_craft.h"

#include <sys/stat.h>

#define PACKETS 1500
#define HEADER  24
#define RECORD  17 /* octets of a packet with one octet */

static const struct tool {
	const char *name, *pack, *unpack;
	bool built_in, to_the_cut;
} tools[] = {
#ifdef TCPHS_HAVE_ZLIB
    {"gzip", "gzip -c", "gzip -dc", true, true},
#else
    {"gzip", "gzip -c", "gzip -dc", false, true},
#endif
#ifdef TCPHS_HAVE_BZIP2
    {"bzip2", "bzip2 -c", "bzip2 -dc", true, false},
#else
    {"bzip2", "bzip2 -c", "bzip2 -dc", false, false},
#endif
#ifdef TCPHS_HAVE_LZMA
    {"xz", "xz -c", "xz -dc", true, true},
#else
    {"xz", "xz -c", "xz -dc", false, true},
#endif
#ifdef TCPHS_HAVE_ZSTD
    {"zstd", "zstd -c", "zstd -dc", true, false},
#else
    {"zstd", "zstd -c", "zstd -dc", false, false},
#endif
    {"lz4", "lz4 -c", "lz4 -dc", true, true},
    {"lz4", "lz4 -BX -BD -B4 -c", "lz4 -dc", true, true},
    {"lz4", "lz4 -9 --content-size -c", "lz4 -dc", true, true},
    {"lz4", "lz4 -l -c", "lz4 -dc", true, true},
};
#define TOOLS (sizeof(tools) / sizeof(tools[0]))

/* Octets that don't compress away, or all of them would be in the last ones of the file. */
static char *craft_plain(void)
{
	struct craft craft = {.big = false};

	craft_pcap_header(&craft, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < PACKETS; i++)
		craft_pcap_packet(&craft, i * 2654435761u, i * 40503u % 1000000u, 1,
		                  (uint8_t)(i * 7919u >> 3));
	return craft_file(&craft);
}

static off_t size_of(const char *path)
{
	struct stat info;

	assert_int_equal(stat(path, &info), 0);
	return info.st_size;
}

/* False if there is no such tool. */
static bool run(const char *command, const char *from, const char *to)
{
	char line[256];

	snprintf(line, sizeof(line), "%s <%s >%s 2>/dev/null", command, from, to);
	return system(line) == 0;
}

static void each_is_recognised_by_content(void **state)
{
	char *plain = craft_plain(), *packed = craft_write("", 0);
	unsigned tried = 0;

	(void)state;
	for (size_t i = 0; i < TOOLS; i++) {
		struct reading *reading;

		if (!run(tools[i].pack, plain, packed))
			continue;
		reading = read_path(packed);
		if (tools[i].built_in) {
			assert_string_equal(reading->error.text, "");
			assert_int_equal(reading->count, PACKETS);
		}
		free(reading);
		tried++;
	}
	craft_unlink(plain);
	craft_unlink(packed);
	assert_true(tried >= 1); /* gzip is everywhere */
}

/* At which byte, that zstd and bzip2 lose a block by it, and what to do. */
static void says_where_it_is_cut(const char *text, off_t size, const char *tool)
{
	char place[64];

	snprintf(place, sizeof(place), "cut short at its byte %lld", (long long)size);
	if (strstr(text, "compressed file is cut short") != NULL)
		assert_non_null(strstr(text, place));
	else /* the unpacked end lies within a record */
		assert_non_null(strstr(text, "is cut short after packet"));
	if (strstr(tool, "zstd") != NULL || strstr(tool, "bzip2") != NULL)
		assert_non_null(strstr(text, "only whole"));
	assert_non_null(strstr(text, "again"));
}

/* Of a file that was cut, no less than its own tool unpacks; and it is said that it was cut. */
static void cuts_cost_no_more_than_they_must(void **state)
{
	char *plain = craft_plain(), *packed = craft_write("", 0), *rest = craft_write("", 0);

	(void)state;
	for (size_t i = 0; i < TOOLS; i++) {
		if (!tools[i].built_in || !run(tools[i].pack, plain, packed))
			continue;
		for (off_t size = size_of(packed) - 1; size > HEADER; size -= size / 7 + 1) {
			struct reading *reading;
			off_t unpacked;

			assert_int_equal(truncate(packed, size), 0);
			run(tools[i].unpack, packed, rest);
			unpacked = size_of(rest);
			reading = read_path(packed);
			assert_int_equal(reading->error.status, TCPHS_DAMAGED);
			says_where_it_is_cut(reading->error.text, size, tools[i].unpack);
			if (unpacked >= HEADER)
				assert_true(reading->count >= (size_t)(unpacked - HEADER) / RECORD);
			if (tools[i].to_the_cut && size > size_of(plain) / 4)
				assert_true(reading->count > PACKETS / 8);
			free(reading);
		}
	}
	craft_unlink(plain);
	craft_unlink(packed);
	craft_unlink(rest);
}

/* Two members are one stream, and what stands behind the last is nothing. */
static void members_follow_each_other(void **state)
{
	char *plain = craft_plain(), *head = craft_write("", 0), *tail = craft_write("", 0);
	char *packed = craft_write("", 0), line[256];

	(void)state;
	snprintf(line, sizeof(line), "head -c 7000 <%s >%s && tail -c +7001 <%s >%s", plain, head,
	         plain, tail);
	assert_int_equal(system(line), 0);
	for (size_t i = 0; i < TOOLS; i++) {
		struct reading *reading;

		snprintf(line, sizeof(line),
		         "{ %s <%s && %s <%s && printf rubbish; } >%s 2>/dev/null", tools[i].pack,
		         head, tools[i].pack, tail, packed);
		if (!tools[i].built_in || system(line) != 0)
			continue;
		reading = read_path(packed);
		assert_int_equal(reading->count, PACKETS);
		assert_string_equal(reading->error.text, "");
		free(reading);
	}
	craft_unlink(plain);
	craft_unlink(head);
	craft_unlink(tail);
	craft_unlink(packed);
}

/* What an undamaged capture has in its packets, as far as there are any; false where something
 * else was read without a word. */
static bool is_as_crafted(const char *path)
{
	struct tcphs_source *source;
	struct tcphs_error error;
	enum tcphs_source_state state;
	struct tcphs_packet packet;
	bool same = true;
	uint32_t read = 0;
	size_t count;

	source = tcphs_source_open_files(&path, 1, NULL, &error);
	if (source == NULL)
		return true;
	while ((state = tcphs_source_read(source, &packet, 1, &count, &error)) ==
	       TCPHS_SOURCE_MORE) {
		same = same && packet.caplen == 1 && packet.data[0] == (uint8_t)(read * 7919u >> 3);
		read++;
	}
	tcphs_source_close(source);
	return error.status != TCPHS_OK || (same && read == PACKETS);
}

/* A changed octet is noticed at the end, or changes nothing that is read. */
static void damage_is_noticed(void **state)
{
	char *plain = craft_plain(), *packed = craft_write("", 0);

	(void)state;
	for (size_t i = 0; i < TOOLS; i++) {
		/* the older lz4 has no checksum */
		if (!tools[i].built_in || strstr(tools[i].pack, "-l ") != NULL)
			continue;
		for (unsigned n = 1; n <= 20; n++) {
			FILE *file;
			long at;
			int octet;

			if (!run(tools[i].pack, plain, packed))
				break;
			at = (long)size_of(packed) * (long)n / 21;
			file = fopen(packed, "r+");
			fseek(file, at, SEEK_SET);
			octet = fgetc(file);
			fseek(file, at, SEEK_SET);
			fputc(octet ^ 1 << n % 8, file);
			fclose(file);
			assert_true(is_as_crafted(packed));
		}
	}
	craft_unlink(plain);
	craft_unlink(packed);
}

static void each_can_be_read_again_from_anywhere(void **state)
{
	char *plain = craft_plain(), *packed = craft_write("", 0);

	(void)state;
	for (size_t i = 0; i < TOOLS; i++) {
		struct reading *reading = calloc(1, sizeof(*reading));
		struct tcphs_source *source;

		if (tools[i].built_in && run(tools[i].pack, plain, packed)) {
			source =
			    tcphs_source_open_files((const char *const *)&packed, 1, NULL, NULL);
			read_on(source, reading, 100);
			assert_int_equal(reading->count, PACKETS);
			assert_true(tcphs_source_seek(source, 1250));
			reading->count = 0;
			read_on(source, reading, 100);
			assert_int_equal(reading->count, PACKETS - 1249);
			assert_int_equal(reading->packets[0].number, 1250);
			tcphs_source_close(source);
		}
		free(reading);
	}
	craft_unlink(plain);
	craft_unlink(packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_is_recognised_by_content),
	    cmocka_unit_test(cuts_cost_no_more_than_they_must),
	    cmocka_unit_test(members_follow_each_other),
	    cmocka_unit_test(damage_is_noticed),
	    cmocka_unit_test(each_can_be_read_again_from_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
