/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture_craft.h"
#include "capture/pcapng.h"

#define BILLION INT64_C(1000000000)

static void several_sections_byte_orders_and_interfaces(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading;

	(void)state;
	craft_section(&craft);
	craft_interface(&craft, 1, 65535, 0, "eth0");
	craft_interface(&craft, 113, 96, 9, NULL);
	craft_packet(&craft, 0, 1700000000000001, 60, 'a'); /* µs */
	craft_packet(&craft, 1, 1700000000000000007, 61, 'b');
	craft.big = true;
	craft_section(&craft);
	craft_interface(&craft, 101, 0, 3, "tun0");
	craft_packet(&craft, 0, 1700000000002, 62, 'c'); /* ms */
	reading = read_craft(&craft);
	assert_int_equal(reading->error.status, TCPHS_OK);
	assert_int_equal(reading->count, 3);
	assert_int_equal(reading->packets[0].linktype, 1);
	assert_int_equal(reading->packets[0].time, 1700000000 * BILLION + 1000);
	assert_int_equal(reading->packets[1].linktype, 113);
	assert_int_equal(reading->packets[1].interface, 1);
	assert_int_equal(reading->packets[1].time, 1700000000 * BILLION + 7);
	assert_int_equal(reading->packets[2].linktype, 101);
	assert_int_equal(reading->packets[2].interface, 2);
	assert_int_equal(reading->packets[2].time, 1700000000 * BILLION + 2000000);
	assert_int_equal(reading->packets[2].caplen, 62);
	assert_int_equal(reading->fill[2], 'c');
	free(reading);
}

static void interfaces_are_named_and_counted(void **state)
{
	const uint8_t received[8] = {200}, dropped[8] = {17}, fcs = 4;
	struct craft craft = {.big = false};
	struct tcphs_source *source;
	struct tcphs_interface interface;
	struct reading *reading = calloc(1, sizeof(*reading));
	const char *path;
	size_t start;

	(void)state;
	craft_section(&craft);
	start = craft_begin(&craft, 1);
	craft32(&craft, 1);
	craft32(&craft, 128);
	craft_option(&craft, 2, "et\x1bh0", 5);
	craft_option(&craft, 3, "Zürich", 7);
	craft_option(&craft, 13, &fcs, 1);
	craft32(&craft, 0);
	craft_end(&craft, start);
	craft_packet(&craft, 0, 1, 60, 'a');
	start = craft_begin(&craft, 5);
	craft32(&craft, 0);
	craft_number(&craft, 0, 8);
	craft_option(&craft, 4, received, 8);
	craft_option(&craft, 5, dropped, 8);
	craft32(&craft, 0);
	craft_end(&craft, start);
	path = craft_file(&craft);
	source = tcphs_source_open_files(&path, 1, NULL, NULL);
	assert_non_null(source);
	read_on(source, reading, 10);
	assert_int_equal(reading->packets[0].fcs_length, 4);
	assert_int_equal(tcphs_source_interfaces(source), 1);
	interface = tcphs_source_interface(source, 0);
	assert_string_equal(interface.name, "et\\x1bh0");
	assert_string_equal(interface.description, "Zürich");
	assert_int_equal(interface.snaplen, 128);
	assert_int_equal(interface.received, 200);
	assert_int_equal(tcphs_source_dropped(source), 17);
	/* A second reading counts nothing twice. */
	assert_true(tcphs_source_seek(source, 1));
	reading->count = 0;
	read_on(source, reading, 10);
	assert_int_equal(reading->count, 1);
	assert_int_equal(tcphs_source_interfaces(source), 1);
	assert_int_equal(tcphs_source_dropped(source), 17);
	tcphs_source_close(source);
	free(reading);
	craft_unlink((char *)(uintptr_t)path);
}

static void options_of_a_packet(void **state)
{
	const uint8_t flags[4] = {0x80, 0, 0, 0}, drops[8] = {5};
	struct craft craft = {.big = false};
	struct reading *reading;
	size_t start;

	(void)state;
	craft_section(&craft);
	craft_interface(&craft, 1, 0, 0, NULL);
	start = craft_open_packet(&craft, 0, 0, 5, 'a');
	craft_option(&craft, 1, "a comment", 9);
	craft_option(&craft, 2, flags, 4); /* four octets of frame check sequence */
	craft_option(&craft, 4, drops, 8);
	craft32(&craft, 0);
	craft_end(&craft, start);
	craft_packet(&craft, 0, 1, 3, 'b');
	reading = read_craft(&craft);
	assert_int_equal(reading->count, 2);
	assert_int_equal(reading->packets[0].fcs_length, 4);
	assert_int_equal(reading->packets[1].fcs_length, -1);
	free(reading);
}

static void craft_numbered_option(struct craft *craft, unsigned code, uint64_t number, size_t size)
{
	craft16(craft, code);
	craft16(craft, (unsigned)size);
	craft_number(craft, number, size);
	craft_pad(craft);
}

/* What an interface says of its packets and a packet otherwise, in both byte orders of one file. */
static void numbers_of_options_in_both_byte_orders(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading;

	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		size_t start;

		craft.big = turn == 0;
		craft_section(&craft);
		start = craft_begin(&craft, 1);
		craft16(&craft, 1);
		craft16(&craft, 0);
		craft32(&craft, 0);
		craft_numbered_option(&craft, 13, 4, 1);   /* if_fcslen */
		craft_numbered_option(&craft, 14, 500, 8); /* if_tsoffset */
		craft32(&craft, 0);
		craft_end(&craft, start);
		craft_packet(&craft, 0, 7, 3, 'a');
		start = craft_open_packet(&craft, 0, 0, 5, 'b');
		craft_numbered_option(&craft, 2, 2 << 5, 4); /* epb_flags: two octets */
		craft32(&craft, 0);
		craft_end(&craft, start);
	}
	reading = read_craft(&craft);
	assert_int_equal(reading->error.status, TCPHS_OK);
	assert_int_equal(reading->count, 4);
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(reading->packets[2 * turn].fcs_length, 4);
		assert_int_equal(reading->packets[2 * turn].time, 500 * BILLION + 7000);
		assert_int_equal(reading->packets[2 * turn + 1].fcs_length, 2);
	}
	free(reading);
}

/* Of 5,000 comments 4,096 are kept and all counted; a packet's interface is told where the names of
 * several differ, those before the second was described included. */
static void comments_and_origins_are_kept_in_bounds(void **state)
{
	const struct tcphs_comment *list;
	struct tcphs_source *source;
	struct tcphs_packet batch[64];
	struct tcphs_error error;
	enum { MANY = 5000, SIZE = 128 + MANY * 48 };
	uint8_t *octets = malloc(SIZE);
	size_t length = 0, count;
	const char *path;
	uint64_t all;

	(void)state;
	assert_non_null(octets);
	for (int i = 0; i < MANY; i++) {
		struct craft craft = {.big = false};
		size_t start;

		if (i == 0)
			craft_section(&craft);
		if (i == 0 || i == 10)
			craft_interface(&craft, 1, 0, 0, i == 0 ? "left" : "right");
		start = craft_begin(&craft, 6);
		craft32(&craft, i > 10);
		craft_number(&craft, (unsigned)i, 8);
		craft32(&craft, 0);
		craft32(&craft, 60);
		craft_option(&craft, 1, i == 5 ? "c\n5" : "c", i == 5 ? 3 : 1);
		craft_end(&craft, start);
		assert_true(length + craft.length <= SIZE);
		memcpy(octets + length, craft.octets, craft.length);
		length += craft.length;
	}
	path = craft_write(octets, length);
	source = tcphs_source_open_files(&path, 1, NULL, NULL);
	assert_non_null(source);
	while (tcphs_source_read(source, batch, 64, &count, &error) == TCPHS_SOURCE_MORE)
		;
	assert_string_equal(error.text, "");
	assert_int_equal(tcphs_source_packet_comments(source, &list, &all), 4096);
	assert_int_equal(all, MANY);
	assert_string_equal(tcphs_source_comment_on(source, 6), "c\\x0a5");
	assert_string_equal(tcphs_source_comment_on(source, 4096), "c");
	assert_string_equal(tcphs_source_comment_on(source, 4097), "");
	assert_string_equal(tcphs_source_comment_on(source, 0), "");
	assert_string_equal(tcphs_source_interface_of(source, 1), "left");
	assert_string_equal(tcphs_source_interface_of(source, 11), "left");
	assert_string_equal(tcphs_source_interface_of(source, 12), "right");
	assert_string_equal(tcphs_source_interface_of(source, MANY), "right");
	assert_string_equal(tcphs_source_interface_of(source, MANY + 1), "");
	tcphs_source_close(source);
	free(octets);
	craft_unlink((char *)(uintptr_t)path);
}

static void simple_and_old_packets(void **state)
{
	struct craft craft = {.big = true};
	struct reading *reading;
	size_t start;

	(void)state;
	craft_section(&craft);
	craft_interface(&craft, 1, 6, 0, NULL);
	start = craft_begin(&craft, 2); /* obsolete packet block */
	craft16(&craft, 0);
	craft16(&craft, 3); /* dropped */
	craft_number(&craft, 2500000, 8);
	craft32(&craft, 7);
	craft32(&craft, 70);
	craft_octets(&craft, "aaaaaaa", 7);
	craft_end(&craft, start);
	start = craft_begin(&craft, 3); /* simple packet block, cut by the snapshot length */
	craft32(&craft, 60);
	craft_octets(&craft, "bbbbbb", 6);
	craft_end(&craft, start);
	start = craft_begin(&craft, 3);
	craft32(&craft, 2);
	craft_octets(&craft, "cc", 2);
	craft_end(&craft, start);
	reading = read_craft(&craft);
	assert_int_equal(reading->error.status, TCPHS_OK);
	assert_int_equal(reading->count, 3);
	assert_int_equal(reading->packets[0].caplen, 7);
	assert_int_equal(reading->packets[0].wirelen, 70);
	assert_int_equal(reading->packets[0].time, 2500000000);
	assert_int_equal(reading->packets[1].caplen, 6);
	assert_int_equal(reading->packets[1].wirelen, 60);
	assert_int_equal(reading->packets[1].time, 2500000000);
	assert_int_equal(reading->packets[1].bad_time, 1);
	assert_int_equal(reading->packets[2].caplen, 2);
	assert_int_equal(reading->fill[2], 'c');
	free(reading);
}

static void unknown_blocks_are_passed(void **state)
{
	static const uint32_t types[] = {4, 9, 10, 0xbad, 0x40000bad, 0x80000001};
	struct craft craft = {.big = false};
	struct reading *reading;

	(void)state;
	craft_section(&craft);
	craft_interface(&craft, 1, 0, 0, NULL);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		size_t start = craft_begin(&craft, types[i]);

		craft_octets(&craft, "whatever there is", 17);
		craft_end(&craft, start);
		craft_packet(&craft, 0, i, 4, (uint8_t)i);
	}
	reading = read_craft(&craft);
	assert_int_equal(reading->error.status, TCPHS_OK);
	assert_int_equal(reading->count, sizeof(types) / sizeof(types[0]));
	free(reading);
}

static void times_of_every_resolution(void **state)
{
	static const struct {
		uint8_t resolution;
		int64_t shift;
		uint64_t ticks;
		int64_t time;
		bool good;
	} cases[] = {
	    {6, 0, 1500000, 1500000000, true},
	    {9, 0, 1, 1, true},
	    {0, 0, 3, 3 * BILLION, true},
	    {12, 0, 1999, 1, true},
	    {19, 0, 25000000000u, 2, true},
	    {30, 0, UINT64_MAX, 0, true},
	    {0x80, 0, 3, 3 * BILLION, true},
	    {0x81, 0, 3, 1500000000, true},
	    {0x80 | 32, 0, 0x180000000, 1500000000, true},
	    {0x80 | 40, 0, 0x18000000000, 1500000000, true},
	    {0x80 | 63, 0, (uint64_t)3 << 62, 1500000000, true},
	    {0xff, 0, UINT64_MAX, 0, true},
	    {6, 10, 1, 10 * BILLION + 1000, true},
	    {6, -10, 9999999, 0, false},
	    {6, -10, 10000001, 1000, true},
	    {0, 0, UINT64_MAX, NG_TIME_END, false},
	    {6, INT64_MAX, 5000000, NG_TIME_END, false},
	    {6, INT64_MIN, 5000000, 0, false},
	    {9, 0, UINT64_MAX, NG_TIME_END, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct ng_interface interface = {.resolution = cases[i].resolution,
		                                       .shift = cases[i].shift};
		int64_t time = -1;

		assert_int_equal(ng_time(&interface, cases[i].ticks, &time), cases[i].good);
		assert_int_equal(time, cases[i].time);
	}
}

/* Each breaks the block after two good packets; `at` counts from its start. */
static void damage_ends_the_reading_there(void **state)
{
	static const struct {
		size_t at;
		uint32_t value;
		const char *why;
	} cases[] = {
	    {4, 0, "impossible length"},
	    {4, 8, "impossible length"},
	    {4, 37, "impossible length"},
	    {4, 0x7ffffffc, "impossible length"},
	    {4, 32, "lengths of the next block differ"},
	    {8, 1, "interface that isn't described"},
	    {20, 5, "longer than its block"},
	    {20, 0xffffffff, "longer than its block"},
	    {32, 40, "lengths of the next block differ"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct craft craft = {.big = false};
		struct reading *reading;
		size_t start, length;

		craft_section(&craft);
		craft_interface(&craft, 1, 0, 0, NULL);
		craft_packet(&craft, 0, 1, 4, 'a');
		craft_packet(&craft, 0, 2, 8, 'b');
		start = craft.length;
		craft_packet(&craft, 0, 3, 4, 'c');
		craft_packet(&craft, 0, 4, 4, 'd');
		length = craft.length;
		craft.length = start + cases[i].at;
		craft32(&craft, cases[i].value);
		craft.length = length;
		reading = read_craft(&craft);
		assert_int_equal(reading->count, 2);
		assert_int_equal(reading->state, TCPHS_SOURCE_END);
		assert_int_equal(reading->error.status, TCPHS_DAMAGED);
		assert_non_null(strstr(reading->error.text, cases[i].why));
		assert_non_null(strstr(reading->error.text, "after packet 2"));
		free(reading);
	}
}

static void options_that_lie_about_their_length(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading;
	size_t start;

	(void)state;
	craft_section(&craft);
	start = craft_begin(&craft, 1);
	craft32(&craft, 1);
	craft32(&craft, 0);
	craft16(&craft, 9); /* resolution, of 40,000 octets */
	craft16(&craft, 40000);
	craft_end(&craft, start);
	craft_packet(&craft, 0, 1000000, 4, 'a');
	reading = read_craft(&craft);
	assert_int_equal(reading->count, 1);
	assert_int_equal(reading->packets[0].time, BILLION);
	free(reading);
}

static void a_cut_anywhere_loses_nothing_before_it(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct craft craft = {.big = big};
		size_t ends[3], start;

		craft_section(&craft);
		craft_interface(&craft, 1, 0, 9, "eth0");
		craft_packet(&craft, 0, 1, 5, 'a');
		ends[0] = craft.length;
		start = craft_begin(&craft, 3);
		craft32(&craft, 3);
		craft_octets(&craft, "bbb", 3);
		craft_end(&craft, start);
		ends[1] = craft.length;
		craft_section(&craft);
		craft_interface(&craft, 101, 0, 0, NULL);
		craft_packet(&craft, 0, 1, 0, 'c');
		ends[2] = craft.length;
		assert_cuts(&craft, ends, 3);
	}
}

/* Whatever octet is changed, and however: no crash, and never a packet out of nothing. */
static void a_changed_octet_does_no_harm(void **state)
{
	static const uint8_t values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
	struct craft craft = {.big = false};

	(void)state;
	craft_section(&craft);
	craft_interface(&craft, 1, 65535, 6, "eth0");
	craft_packet(&craft, 0, 1, 5, 'a');
	craft_packet(&craft, 0, 2, 5, 'a');
	for (size_t at = 0; at < craft.length; at++)
		for (size_t i = 0; i < sizeof(values); i++) {
			struct craft changed = craft;
			char *path;
			struct tcphs_source *source;
			struct tcphs_packet batch[8];
			size_t count = 0;

			changed.octets[at] = values[i];
			path = craft_file(&changed);
			source = tcphs_source_open_files((const char *const *)&path, 1, NULL, NULL);
			if (source != NULL)
				tcphs_source_read(source, batch, 8, &count, NULL);
			assert_true(count <= 2);
			tcphs_source_close(source);
			craft_unlink(path);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(several_sections_byte_orders_and_interfaces),
	    cmocka_unit_test(interfaces_are_named_and_counted),
	    cmocka_unit_test(options_of_a_packet),
	    cmocka_unit_test(numbers_of_options_in_both_byte_orders),
	    cmocka_unit_test(comments_and_origins_are_kept_in_bounds),
	    cmocka_unit_test(simple_and_old_packets),
	    cmocka_unit_test(unknown_blocks_are_passed),
	    cmocka_unit_test(times_of_every_resolution),
	    cmocka_unit_test(damage_ends_the_reading_there),
	    cmocka_unit_test(options_that_lie_about_their_length),
	    cmocka_unit_test(a_cut_anywhere_loses_nothing_before_it),
	    cmocka_unit_test(a_changed_octet_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
