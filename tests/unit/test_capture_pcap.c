/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture_craft.h"

#define MICRO    0xa1b2c3d4
#define NANO     0xa1b23c4d
#define MODIFIED 0xa1b2cd34

#define BILLION INT64_C(1000000000)

static void every_byte_order_and_resolution(void **state)
{
	static const struct {
		bool big;
		uint32_t magic;
		int64_t unit;
	} variants[] = {
	    {false, MICRO, 1000}, {true, MICRO, 1000}, {false, NANO, 1}, {true, NANO, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++) {
		struct craft craft = {.big = variants[i].big};
		struct reading *reading;

		craft_pcap_header(&craft, variants[i].magic, 4, 101);
		craft_pcap_packet(&craft, 1700000000, 999999, 60, 'a');
		craft_pcap_packet(&craft, UINT32_MAX, 0, 0, 'b');
		reading = read_craft(&craft);
		assert_int_equal(reading->state, TCPHS_SOURCE_END);
		assert_int_equal(reading->error.status, TCPHS_OK);
		assert_int_equal(reading->count, 2);
		assert_int_equal(reading->packets[0].time,
		                 1700000000 * BILLION + 999999 * variants[i].unit);
		assert_int_equal(reading->packets[0].caplen, 60);
		assert_int_equal(reading->packets[0].number, 1);
		assert_int_equal(reading->packets[0].linktype, 101);
		assert_int_equal(reading->packets[0].fcs_length, -1);
		assert_int_equal(reading->packets[0].bad_time, 0);
		assert_int_equal(reading->fill[0], 'a');
		assert_int_equal(reading->packets[1].time, UINT32_MAX * BILLION);
		assert_int_equal(reading->packets[1].caplen, 0);
		free(reading);
	}
}

static void modified_has_a_longer_record_header(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct craft craft = {.big = big};
		struct reading *reading;

		craft_pcap_header(&craft, MODIFIED, 4, 1);
		for (int i = 0; i < 2; i++) {
			craft_pcap_packet(&craft, 5, 6, 0, 0);
			craft.length -= 8; /* the lengths again */
			craft32(&craft, 3);
			craft32(&craft, 90);
			craft32(&craft, 2); /* interface */
			craft32(&craft, 0); /* protocol, type */
			craft_octets(&craft, "xxx", 3);
		}
		reading = read_craft(&craft);
		assert_int_equal(reading->count, 2);
		assert_int_equal(reading->packets[1].time, 5 * BILLION + 6000);
		assert_int_equal(reading->packets[1].caplen, 3);
		assert_int_equal(reading->packets[1].wirelen, 90);
		assert_int_equal(reading->fill[1], 'x');
		free(reading);
	}
}

/* Ixia's: the size of all records stands behind the file header. */
static void lcap_has_a_longer_file_header(void **state)
{
	static const uint32_t magics[] = {0x1c0001ac, 0x1c0001ab};

	(void)state;
	for (int n = 0; n < 4; n++) {
		struct craft craft = {.big = n & 1};
		struct reading *reading;
		size_t ends[2];

		craft_pcap_header(&craft, magics[n / 2], 4, 1);
		craft32(&craft, 2 * 63);
		for (int i = 0; i < 2; i++) {
			craft_pcap_packet(&craft, 5, 6, 47, 'i');
			ends[i] = craft.length;
		}
		reading = read_craft(&craft);
		assert_int_equal(reading->error.status, TCPHS_OK);
		assert_int_equal(reading->count, 2);
		assert_int_equal(reading->packets[1].time, 5 * BILLION + 6000);
		assert_int_equal(reading->packets[1].caplen, 47);
		assert_int_equal(reading->fill[1], 'i');
		free(reading);
		assert_cuts(&craft, ends, 2);
	}
}

static void frame_check_sequence_from_the_link_type(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading;

	(void)state;
	craft_pcap_header(&craft, MICRO, 4, 0x24000001); /* two 16-bit words of it */
	craft_pcap_packet(&craft, 1, 1, 64, 'a');
	reading = read_craft(&craft);
	assert_int_equal(reading->packets[0].linktype, 1);
	assert_int_equal(reading->packets[0].fcs_length, 4);
	free(reading);
}

static void a_fraction_out_of_range_is_said(void **state)
{
	struct craft craft = {.big = true};
	struct reading *reading;

	(void)state;
	craft_pcap_header(&craft, MICRO, 4, 1);
	craft_pcap_packet(&craft, 7, 1000000, 4, 'a');
	craft_pcap_packet(&craft, 8, 999999, 4, 'b');
	reading = read_craft(&craft);
	assert_int_equal(reading->count, 2);
	assert_int_equal(reading->packets[0].bad_time, 1);
	assert_int_equal(reading->packets[0].time, 8 * BILLION - 1);
	assert_int_equal(reading->packets[1].bad_time, 0);
	free(reading);
}

/* Version 2.2 wrote the length on the wire first, 2.3 either way. */
static void old_versions_swap_the_lengths(void **state)
{
	static const struct {
		unsigned minor;
		uint32_t first, second;
	} cases[] = {{2, 1500, 4}, {3, 1500, 4}, {3, 4, 1500}, {4, 4, 1500}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct craft craft = {.big = false};
		struct reading *reading;

		craft_pcap_header(&craft, MICRO, cases[i].minor, 1);
		craft_pcap_packet(&craft, 7, 0, 0, 0);
		craft.length -= 8;
		craft32(&craft, cases[i].first);
		craft32(&craft, cases[i].second);
		craft_octets(&craft, "aaaa", 4);
		reading = read_craft(&craft);
		assert_int_equal(reading->error.status, TCPHS_OK);
		assert_int_equal(reading->packets[0].caplen, 4);
		assert_int_equal(reading->packets[0].wirelen, 1500);
		free(reading);
	}
}

static void an_impossible_length_is_damage(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading;

	(void)state;
	craft_pcap_header(&craft, MICRO, 4, 1);
	craft_pcap_packet(&craft, 7, 0, 10, 'a');
	craft_pcap_packet(&craft, 7, 0, 0, 0);
	craft.length -= 8;
	craft32(&craft, 262145);
	craft32(&craft, 262145);
	reading = read_craft(&craft);
	assert_int_equal(reading->count, 1);
	assert_int_equal(reading->state, TCPHS_SOURCE_END);
	assert_int_equal(reading->error.status, TCPHS_DAMAGED);
	assert_non_null(strstr(reading->error.text, "packet 1, at byte 50"));
	free(reading);
}

static void a_cut_anywhere_loses_nothing_before_it(void **state)
{
	struct craft craft = {.big = false};
	size_t ends[4];

	(void)state;
	craft_pcap_header(&craft, MICRO, 4, 1);
	for (size_t i = 0; i < 4; i++) {
		craft_pcap_packet(&craft, 7, 0, (uint32_t)(5 * i), 'a');
		ends[i] = craft.length;
	}
	assert_cuts(&craft, ends, 4);
}

static void a_cut_is_said_with_its_place(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading;

	(void)state;
	craft_pcap_header(&craft, MICRO, 4, 1);
	craft_pcap_packet(&craft, 7, 0, 10, 'a');
	craft_pcap_packet(&craft, 7, 0, 20, 'a');
	craft.length -= 13;
	reading = read_craft(&craft);
	assert_int_equal(reading->error.status, TCPHS_DAMAGED);
	assert_non_null(strstr(reading->error.text,
	                       "cut short after packet 1, at byte 50: 23 of the next 36 octets"));
	free(reading);
}

/* As cat(1) joins them. */
static void files_one_after_the_other_are_one(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct craft craft = {.big = big};
		size_t ends[3];
		struct reading *reading;

		craft_pcap_header(&craft, NANO, 4, 1);
		craft_pcap_packet(&craft, 7, 0, 10, 'a');
		ends[0] = craft.length;
		craft_pcap_packet(&craft, 7, 0, 0, 0);
		ends[1] = craft.length;
		craft_pcap_header(&craft, NANO, 4, 1);
		craft_pcap_header(&craft, NANO, 4, 1);
		craft_pcap_packet(&craft, 8, 0, 20, 'b');
		ends[2] = craft.length;
		reading = read_craft(&craft);
		assert_int_equal(reading->error.status, TCPHS_OK);
		assert_int_equal(reading->count, 3);
		assert_int_equal(reading->packets[2].number, 3);
		assert_int_equal(reading->fill[2], 'b');
		free(reading);
		craft.length = ends[1] + 20; /* within the second header */
		reading = read_craft(&craft);
		assert_int_equal(reading->count, 2);
		assert_int_equal(reading->error.status, TCPHS_DAMAGED);
		assert_non_null(strstr(reading->error.text, "20 of the next 24 octets"));
		free(reading);
	}
}

static void files_of_two_kinds_are_not(void **state)
{
	static const struct {
		bool big;
		uint32_t magic, linktype;
	} others[] = {
	    {true, MICRO, 1}, {false, NANO, 1}, {false, MODIFIED, 1}, {false, MICRO, 101}};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct craft craft = {.big = false};
		struct reading *reading;

		craft_pcap_header(&craft, MICRO, 4, 1);
		craft_pcap_packet(&craft, 7, 0, 10, 'a');
		craft.big = others[i].big;
		craft_pcap_header(&craft, others[i].magic, 4, others[i].linktype);
		craft_pcap_packet(&craft, 8, 0, 20, 'b');
		reading = read_craft(&craft);
		assert_int_equal(reading->count, 1);
		assert_int_equal(reading->state, TCPHS_SOURCE_END);
		assert_int_equal(reading->error.status, TCPHS_DAMAGED);
		assert_non_null(strstr(reading->error.text,
		                       "begins after packet 1, at byte 50, as cat(1) joins them"));
		free(reading);
	}
}

/* A record with `more` octets that the magic does not tell of behind its lengths. */
static void craft_old_packet(struct craft *craft, size_t more, uint32_t fraction, uint32_t captured,
                             uint32_t wire, uint8_t fill)
{
	craft32(craft, 1700000000);
	craft32(craft, fraction);
	craft32(craft, captured);
	craft32(craft, wire);
	craft_number(craft, 0, more / 2);
	craft_number(craft, 0, more - more / 2);
	for (uint32_t i = 0; i < captured; i++)
		craft_octets(craft, &fill, 1);
}

/* Red Hat 6.1, Nokia and SuSE 6.3 lengthened the record's header under a magic of something else.
 */
static void records_tell_what_the_magic_does_not(void **state)
{
	static const struct {
		uint32_t magic;
		size_t more;
	} dialects[] = {{MICRO, 0}, {MICRO, 8}, {MICRO, 4}, {MODIFIED, 8}, {MODIFIED, 12}};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(dialects) / sizeof(dialects[0]); i++) {
		struct craft craft = {.big = i % 2 == 0};
		struct reading *reading;

		craft_pcap_header(&craft, dialects[i / 2].magic, 4, 1);
		for (uint32_t j = 0; j < 3; j++)
			craft_old_packet(&craft, dialects[i / 2].more, 999999, 60 + j, 60 + j,
			                 (uint8_t)(0x80 + j));
		reading = read_craft(&craft);
		assert_int_equal(reading->error.status, TCPHS_OK);
		assert_int_equal(reading->count, 3);
		assert_int_equal(reading->packets[2].caplen, 62);
		assert_int_equal(reading->fill[2], 0x82);
		free(reading);
	}
}

/* Version 2.2, interface types for link types, nanoseconds, the longer length first. */
static void aix_is_known_by_its_version(void **state)
{
	static const uint32_t types[][2] = {{6, 1}, {9, 6}, {15, 10}, {24, 0}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct craft craft = {.big = true};
		struct reading *reading;

		craft_pcap_header(&craft, MICRO, 2, types[i][0]);
		craft32(&craft, 5);
		craft32(&craft, 999999);
		craft32(&craft, 90);
		craft32(&craft, 3);
		craft_octets(&craft, "xxx", 3);
		reading = read_craft(&craft);
		assert_int_equal(reading->count, 1);
		assert_int_equal(reading->packets[0].linktype, types[i][1]);
		assert_int_equal(reading->packets[0].caplen, 3);
		assert_int_equal(reading->packets[0].wirelen, 90);
		assert_int_equal(reading->packets[0].time,
		                 5 * BILLION + (types[i][0] == 1 ? 999999000 : 999999));
		free(reading);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_byte_order_and_resolution),
	    cmocka_unit_test(modified_has_a_longer_record_header),
	    cmocka_unit_test(records_tell_what_the_magic_does_not),
	    cmocka_unit_test(aix_is_known_by_its_version),
	    cmocka_unit_test(lcap_has_a_longer_file_header),
	    cmocka_unit_test(frame_check_sequence_from_the_link_type),
	    cmocka_unit_test(a_fraction_out_of_range_is_said),
	    cmocka_unit_test(old_versions_swap_the_lengths),
	    cmocka_unit_test(an_impossible_length_is_damage),
	    cmocka_unit_test(a_cut_anywhere_loses_nothing_before_it),
	    cmocka_unit_test(a_cut_is_said_with_its_place),
	    cmocka_unit_test(files_one_after_the_other_are_one),
	    cmocka_unit_test(files_of_two_kinds_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
