/* SPDX-License-Identifier: BSD-3-Clause */
/* What is written is read again: by our reader and, where one link type allows it, libpcap. */
#include "capture_craft.h"
#include <pcap/pcap.h>
#include <sys/stat.h>

/* Three interfaces, two link types, nanoseconds. */
static void craft_mixed(struct craft *craft)
{
	craft_section(craft);
	craft_interface(craft, 1, 65535, 9, "eth0");
	craft_interface(craft, 113, 96, 6, "any");
	craft_interface(craft, 1, 0, 0, NULL);
	for (uint32_t i = 0; i < 300; i++)
		craft_packet(craft, i % 3, i % 3 == 0 ? i * UINT64_C(1000000001) : i * 1000000, i,
		             (uint8_t)i);
}

static char *copy(const char *path, const char *filter, struct reading *reading)
{
	char *written = craft_write("", 0);
	const struct tcphs_source_options options = {.filter = filter, .write_path = written};
	struct tcphs_source *source = tcphs_source_open_files(&path, 1, &options, &reading->error);

	assert_non_null(source);
	read_on(source, reading, 64);
	tcphs_source_close(source);
	return written;
}

static void a_copy_has_the_same_packets(void **state)
{
	struct craft craft = {.big = true};
	struct reading *one = calloc(1, sizeof(*one)), *two = calloc(1, sizeof(*two));
	struct tcphs_source *source;
	struct tcphs_interface interface;
	char *path, *written;

	(void)state;
	craft_mixed(&craft);
	path = craft_file(&craft);
	written = copy(path, NULL, one);
	assert_int_equal(one->count, 300);
	source = tcphs_source_open_files((const char *const *)&written, 1, NULL, NULL);
	read_on(source, two, 64);
	assert_int_equal(two->count, 300);
	assert_int_equal(two->error.status, TCPHS_OK);
	for (size_t i = 0; i < 300; i++) {
		assert_int_equal(one->packets[i].time, two->packets[i].time);
		assert_int_equal(one->packets[i].caplen, two->packets[i].caplen);
		assert_int_equal(one->packets[i].wirelen, two->packets[i].wirelen);
		assert_int_equal(one->packets[i].linktype, two->packets[i].linktype);
		assert_int_equal(one->packets[i].interface, two->packets[i].interface);
		assert_int_equal(one->fill[i], two->fill[i]);
	}
	interface = tcphs_source_interface(source, 1);
	assert_string_equal(interface.name, "any");
	assert_int_equal(interface.snaplen, 96);
	tcphs_source_close(source);
	craft_unlink(path);
	craft_unlink(written);
	free(one);
	free(two);
}

static void craft_commented(struct craft *craft)
{
	size_t start = craft_begin(craft, 0x0a0d0d0a);

	craft32(craft, 0x1a2b3c4d);
	craft16(craft, 1);
	craft16(craft, 0);
	craft_number(craft, UINT64_MAX, 8);
	craft_option(craft, 1, "the lab of week 3", 17);
	craft32(craft, 0);
	craft_end(craft, start);
	start = craft_begin(craft, 1);
	craft32(craft, 1);
	craft32(craft, 0);
	craft_option(craft, 1, "behind the switch", 17);
	craft32(craft, 0);
	craft_end(craft, start);
	start = craft_begin(craft, 6);
	craft32(craft, 0);
	craft_number(craft, 0, 8);
	craft32(craft, 3);
	craft32(craft, 3);
	craft_octets(craft, "aaa", 3);
	craft_pad(craft);
	craft_option(craft, 1, "look here", 9);
	craft_option(craft, 1, "and here", 8);
	craft32(craft, 0);
	craft_end(craft, start);
}

static void comments_are_read_and_written(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading));
	struct tcphs_source *source;
	struct tcphs_packet packet;
	size_t count;
	char *path, *written;

	(void)state;
	craft_commented(&craft);
	path = craft_file(&craft);
	source = tcphs_source_open_files((const char *const *)&path, 1, NULL, NULL);
	assert_string_equal(tcphs_source_comment(source), "the lab of week 3");
	tcphs_source_close(source);
	written = copy(path, NULL, reading);
	source = tcphs_source_open_files((const char *const *)&written, 1, NULL, NULL);
	assert_int_equal(tcphs_source_read(source, &packet, 1, &count, NULL), TCPHS_SOURCE_MORE);
	assert_string_equal(tcphs_source_comment(source), "the lab of week 3");
	assert_string_equal(tcphs_source_comment_on(source, 1), "look here; and here");
	assert_string_equal(tcphs_source_interface(source, 0).comment, "behind the switch");
	tcphs_source_close(source);
	craft_unlink(path);
	craft_unlink(written);
	free(reading);
}

static void libpcap_reads_it(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading));
	struct pcap_pkthdr *header;
	const u_char *octets;
	char complaint[PCAP_ERRBUF_SIZE], *path, *written;
	pcap_t *pcap;
	int count = 0;

	(void)state;
	craft_section(&craft);
	craft_interface(&craft, 1, 65535, 9, "eth0");
	for (uint32_t i = 0; i < 20; i++)
		craft_packet(&craft, 0, i * UINT64_C(1000000001), i, (uint8_t)i);
	path = craft_file(&craft);
	written = copy(path, NULL, reading);
	pcap =
	    pcap_open_offline_with_tstamp_precision(written, PCAP_TSTAMP_PRECISION_NANO, complaint);
	assert_non_null(pcap);
	for (; pcap_next_ex(pcap, &header, &octets) == 1; count++) {
		assert_int_equal(header->ts.tv_sec, count);
		assert_int_equal(header->ts.tv_usec, count);
		assert_int_equal(header->caplen, count);
	}
	assert_int_equal(count, 20);
	pcap_close(pcap);
	craft_unlink(path);
	craft_unlink(written);
	free(reading);
}

/* "greater" has a meaning for every link type. */
static void a_filter_works_on_several_link_types(void **state)
{
	struct craft craft = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading)), *again;
	char *path, *written;

	(void)state;
	craft_mixed(&craft);
	path = craft_file(&craft);
	written = copy(path, "greater 290", reading);
	assert_int_equal(reading->count, 10);
	assert_int_equal(reading->packets[0].number, 291); /* its number in the file */
	again = read_path(written);
	assert_int_equal(again->count, 10);
	assert_int_equal(again->packets[0].number, 1);
	craft_unlink(path);
	craft_unlink(written);
	free(reading);
	free(again);
}

static void a_wrong_filter_is_said(void **state)
{
	const struct tcphs_source_options options = {.filter = "tcp prot 80"};
	struct tcphs_error error;
	struct craft craft = {.big = false};
	char *path;

	(void)state;
	craft_mixed(&craft);
	path = craft_file(&craft);
	assert_null(tcphs_source_open_files((const char *const *)&path, 1, &options, &error));
	assert_int_equal(error.status, TCPHS_USAGE);
	assert_non_null(strstr(error.text, "'tcp prot 80'"));
	assert_non_null(strstr(error.text, "pcap-filter(7)"));
	craft_unlink(path);
}

/* What is no filter for Ethernet may be one for others; packets that it can't be asked of are
 * counted. */
static void a_filter_may_be_about_one_link_type(void **state)
{
	static const struct {
		const char *expression;
		size_t matches;
		uint64_t unasked;
	} cases[] = {{"wlan type data", 2, 3}, {"vlan", 0, 3}, {"greater 0", 5, 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct tcphs_source_options options = {.filter = cases[i].expression};
		struct craft craft = {.big = false};
		struct reading *reading = calloc(1, sizeof(*reading));
		struct tcphs_source *source;
		const char *why;
		char *path;

		craft_section(&craft);
		craft_interface(&craft, 105, 0, 0, "wlan0"); /* octets of 8: a frame of data */
		craft_interface(&craft, i == 1 ? 101 : 1, 0, 0, "other");
		for (uint32_t j = 0; j < 5; j++)
			craft_packet(&craft, j < 2 ? 0 : 1, j, 40, 8);
		path = craft_file(&craft);
		source = tcphs_source_open_files((const char *const *)&path, 1, &options,
		                                 &reading->error);
		assert_non_null(source);
		read_on(source, reading, 64);
		assert_int_equal(reading->count, cases[i].matches);
		if (i == 1) /* libpcap has it for 802.11 from some version on */
			assert_in_range(tcphs_source_unasked(source, &why), 3, 5);
		else
			assert_int_equal(tcphs_source_unasked(source, &why), cases[i].unasked);
		assert_int_equal(why[0] == '\0', i == 2);
		tcphs_source_close(source);
		craft_unlink(path);
		free(reading);
	}
}

static void a_full_disk_is_said_at_once(void **state)
{
	const struct tcphs_source_options options = {.write_path = "/dev/full"};
	struct tcphs_error error;
	struct craft craft = {.big = false};
	char *path;

	(void)state;
	if (access("/dev/full", W_OK) != 0)
		skip();
	craft_mixed(&craft);
	path = craft_file(&craft);
	assert_null(tcphs_source_open_files((const char *const *)&path, 1, &options, &error));
	assert_non_null(strstr(error.text, "/dev/full"));
	assert_non_null(strstr(error.text, "No space left"));
	craft_unlink(path);
}

static void a_capture_is_not_written_over_itself(void **state)
{
	struct craft craft = {.big = false};
	char *path;
	struct tcphs_source_options options = {0};
	struct tcphs_error error;
	struct stat info;

	(void)state;
	craft_mixed(&craft);
	path = craft_file(&craft);
	options.write_path = path;
	assert_null(tcphs_source_open_files((const char *const *)&path, 1, &options, &error));
	assert_non_null(strstr(error.text, "another name"));
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_size, craft.length);
	craft_unlink(path);
}

static void the_devices_can_be_listed(void **state)
{
	struct tcphs_device *devices;
	size_t count;
	bool loopback = false;

	(void)state;
	assert_int_equal(tcphs_devices_list(&devices, &count, NULL), TCPHS_OK);
	for (size_t i = 0; i < count; i++) {
		loopback = loopback || devices[i].loopback;
		assert_true(devices[i].allowed == (devices[i].why_not == NULL));
	}
	tcphs_devices_free(devices, count);
	if (geteuid() == 0)
		assert_true(loopback);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_copy_has_the_same_packets),
	    cmocka_unit_test(comments_are_read_and_written),
	    cmocka_unit_test(libpcap_reads_it),
	    cmocka_unit_test(a_filter_works_on_several_link_types),
	    cmocka_unit_test(a_wrong_filter_is_said),
	    cmocka_unit_test(a_filter_may_be_about_one_link_type),
	    cmocka_unit_test(a_full_disk_is_said_at_once),
	    cmocka_unit_test(a_capture_is_not_written_over_itself),
	    cmocka_unit_test(the_devices_can_be_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
