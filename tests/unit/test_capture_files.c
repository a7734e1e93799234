/* SPDX-License-Identifier: BSD-3-Clause */
/* Files as people bring them: missing, compressed, several, through a pipe, growing. */
#include "capture_craft.h"
#include "capture/source.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>

/* `count` packets of a second each from second `first` on, `step` apart, filled with `fill`. */
static void craft_seconds(struct craft *craft, uint32_t first, uint32_t step, int count,
                          uint8_t fill)
{
	craft_pcap_header(craft, 0xa1b2c3d4, 4, 1);
	for (int i = 0; i < count; i++)
		craft_pcap_packet(craft, first + (uint32_t)i * step, 0, 40, fill);
}

static void assert_refused(const char *path, enum tcphs_status status, const char *why)
{
	struct reading *reading = read_path(path);

	assert_int_equal(reading->state, TCPHS_SOURCE_ERROR);
	assert_int_equal(reading->error.status, status);
	assert_non_null(strstr(reading->error.text, path));
	assert_non_null(strstr(reading->error.text, why));
	free(reading);
}

static void what_is_no_capture_is_said(void **state)
{
	static const struct {
		const char *octets;
		enum tcphs_status status;
		const char *why;
	} cases[] = {
	    {"", TCPHS_USAGE, "is empty"},
	    {"x", TCPHS_USAGE, "not a pcap or pcapng"},
	    {"Hello, world: this is a text.", TCPHS_USAGE, "not a pcap or pcapng"},
	    {"snoop\0\0\0", TCPHS_USAGE, "is a snoop capture, which isn't read here: convert"},
	    {"PK\3\4\x14", TCPHS_USAGE, "is a zip archive, which isn't read here: unpack"},
	    {"\xd4\xc3\xb2\xa1\x02", TCPHS_DAMAGED, "cut short in its file header"},
	    {"\n\r\r\n\x1c", TCPHS_DAMAGED, "cut short"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *path = craft_write(cases[i].octets, strlen(cases[i].octets));

		assert_refused(path, cases[i].status, cases[i].why);
		craft_unlink(path);
	}
	assert_refused("/nonexistent/x.pcap", TCPHS_USAGE, "no such file");
	assert_refused("/tmp", TCPHS_USAGE, "is a directory");
}

static void names_are_escaped_in_errors(void **state)
{
	struct tcphs_error error;
	const char *path = "/tmp/\x1b[31mred\n";

	(void)state;
	assert_null(tcphs_source_open_files(&path, 1, NULL, &error));
	assert_non_null(strstr(error.text, "/tmp/\\x1b[31mred\\x0a: "));
}

/* Packets a, b and c of three overlapping captures, in every order on the command line. */
static void several_files_are_one_stream_in_time_order(void **state)
{
	static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
	                                   {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	char *paths[3];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct craft craft = {.big = i == 1};

		/* 100 102 104 …, 101 104 107 …, 300 301 … */
		craft_seconds(&craft, i < 2 ? 100 + (uint32_t)i : 300, i < 2 ? 2 + (uint32_t)i : 1,
		              400, (uint8_t)('a' + i));
		paths[i] = craft_file(&craft);
	}
	for (size_t i = 0; i < 6; i++) {
		const char *named[3];
		struct reading *reading = calloc(1, sizeof(*reading));
		struct tcphs_source *source;
		size_t seen[3] = {0};

		for (size_t j = 0; j < 3; j++)
			named[j] = paths[orders[i][j]];
		source = tcphs_source_open_files(named, 3, NULL, &reading->error);
		assert_non_null(source);
		read_on(source, reading, 50);
		assert_int_equal(reading->state, TCPHS_SOURCE_END);
		assert_int_equal(reading->count, 1200);
		for (size_t j = 0; j < reading->count; j++) {
			size_t capture;
			uint64_t number;

			assert_int_equal(reading->packets[j].number, j + 1);
			if (j > 0)
				assert_true(reading->packets[j].time >=
				            reading->packets[j - 1].time);
			tcphs_source_locate(source, j + 1, &capture, &number);
			assert_int_equal(orders[i][capture], reading->fill[j] - 'a');
			assert_int_equal(number, ++seen[capture]);
		}
		tcphs_source_close(source);
		free(reading);
	}
	for (size_t i = 0; i < 3; i++)
		craft_unlink(paths[i]);
}

/* Whose packets they are is remembered up to a cap; there reading ends, and says at which packet and
 * what to do. */
static void files_that_take_turns_too_often(void **state)
{
	struct reading *reading = calloc(1, sizeof(*reading));
	struct tcphs_source *source;
	const char *paths[2];
	char *made[2];

	(void)state;
	for (uint32_t i = 0; i < 2; i++) {
		struct craft craft = {.big = false};

		craft_seconds(&craft, 100 + i, 2, 400, (uint8_t)('a' + i));
		paths[i] = made[i] = craft_file(&craft);
	}
	source = tcphs_source_open_files(paths, 2, NULL, &reading->error);
	assert_non_null(source);
	source->run->switches.most = 200;
	read_on(source, reading, 50);
	assert_int_equal(reading->state, TCPHS_SOURCE_ERROR);
	assert_non_null(strstr(reading->error.text, " of the 2 files take turns too often to be "
	                                            "found again; read fewer files at once"));
	assert_true(strncmp(reading->error.text, "packet ", 7) == 0);
	tcphs_source_close(source);
	free(reading);
	craft_unlink(made[0]);
	craft_unlink(made[1]);
}

/* From every packet on, the same packets come again: by seeking, and with a second handle. */
static void assert_seeks(const char *const *paths, size_t count, size_t step)
{
	struct reading *all = calloc(1, sizeof(*all)), *again = calloc(1, sizeof(*again));
	struct tcphs_source *source = tcphs_source_open_files(paths, count, NULL, NULL), *copy;

	assert_non_null(source);
	read_on(source, all, 64);
	assert_true(all->count > 0);
	copy = tcphs_source_reopen(source, NULL);
	assert_non_null(copy);
	for (size_t from = 1; from <= all->count; from += step) {
		struct tcphs_source *which = from % 2 == 0 ? source : copy;

		assert_true(tcphs_source_seek(which, from));
		again->count = 0;
		read_on(which, again, 64);
		assert_int_equal(again->count, all->count - from + 1);
		for (size_t i = 0; i < again->count; i++) {
			const struct tcphs_packet *one = &all->packets[from - 1 + i];
			const struct tcphs_packet *two = &again->packets[i];

			assert_int_equal(one->number, two->number);
			assert_int_equal(one->time, two->time);
			assert_int_equal(one->linktype, two->linktype);
			assert_int_equal(one->interface, two->interface);
			assert_int_equal(all->fill[from - 1 + i], again->fill[i]);
		}
	}
	assert_int_equal(tcphs_source_interfaces(copy), tcphs_source_interfaces(source));
	tcphs_source_close(source);
	assert_true(tcphs_source_seek(copy, 1)); /* independent of the first */
	tcphs_source_close(copy);
	free(all);
	free(again);
}

static void seeking_gives_the_same_packets(void **state)
{
	char *paths[3];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct craft craft = {.big = false};

		if (i < 2) {
			craft_seconds(&craft, 100, 1 + (uint32_t)i, 200, (uint8_t)i);
		} else {
			for (uint64_t j = 0; j < 60; j++) {
				craft.big = j % 2;
				craft_section(&craft);
				craft_interface(&craft, (unsigned)j, 0, 0, NULL);
				craft_packet(&craft, 0, (150 + j) * 1000000, 9, (uint8_t)j);
			}
		}
		paths[i] = craft_file(&craft);
		assert_seeks((const char *const *)&paths[i], 1, 1);
	}
	assert_seeks((const char *const *)paths, 3, 1);
	for (size_t i = 0; i < 3; i++)
		craft_unlink(paths[i]);
}

static void a_file_longer_than_the_buffer(void **state)
{
	struct craft craft = {.big = false};
	char *path = craft_write("", 0);
	FILE *file = fopen(path, "wb");
	struct tcphs_source *source;
	struct tcphs_packet batch[16];
	size_t count;
	uint64_t number = 0;

	(void)state;
	/* 8 MiB, of packets of 0 … 60,000 octets */
	craft_pcap_header(&craft, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < 600; i++) {
		craft_pcap_packet(&craft, i, 0, i * 7919 % 30000, (uint8_t)i);
		fwrite(craft.octets, 1, craft.length, file);
		craft.length = 0;
	}
	fclose(file);
	source = tcphs_source_open_files((const char *const *)&path, 1, NULL, NULL);
	while (tcphs_source_read(source, batch, 16, &count, NULL) == TCPHS_SOURCE_MORE)
		for (size_t i = 0; i < count; i++, number++) {
			assert_int_equal(batch[i].caplen, number * 7919 % 30000);
			assert_int_equal(batch[i].time, (int64_t)number * 1000000000);
			if (batch[i].caplen > 0)
				assert_int_equal(batch[i].data[batch[i].caplen - 1],
				                 (uint8_t)number);
		}
	assert_int_equal(number, 600);
	for (uint64_t from = 600; from > 0; from -= 37) {
		assert_true(tcphs_source_seek(source, from));
		tcphs_source_read(source, batch, 16, &count, NULL);
		assert_int_equal(batch[0].number, from);
		assert_int_equal(batch[0].caplen, (from - 1) * 7919 % 30000);
		if (from < 37)
			break;
	}
	tcphs_source_close(source);
	craft_unlink(path);
}

static void one_bad_file_among_good_ones(void **state)
{
	struct craft craft = {.big = false}, cut = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading));
	struct tcphs_source *source;
	const char *paths[4] = {"/nonexistent/a", NULL, "/nonexistent/b", NULL};

	(void)state;
	craft_seconds(&craft, 100, 1, 10, 'a');
	craft_seconds(&cut, 100, 1, 10, 'b');
	cut.length -= 1;
	paths[1] = craft_file(&craft);
	paths[3] = craft_file(&cut);
	source = tcphs_source_open_files(paths, 4, NULL, &reading->error);
	assert_non_null(source);
	assert_int_equal(reading->error.status, TCPHS_USAGE);
	assert_non_null(strstr(reading->error.text, "/nonexistent/a"));
	assert_non_null(strstr(reading->error.text, "1 more"));
	read_on(source, reading, 64);
	assert_int_equal(reading->count, 19);
	assert_int_equal(reading->error.status, TCPHS_DAMAGED);
	assert_non_null(strstr(reading->error.text, paths[3]));
	tcphs_source_close(source);
	free(reading);
	craft_unlink((char *)(uintptr_t)paths[1]);
	craft_unlink((char *)(uintptr_t)paths[3]);
}

static void a_growing_file_is_followed(void **state)
{
	const struct tcphs_source_options options = {.follow = true};
	struct craft craft = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading));
	struct tcphs_source *source;
	char *path;
	int fd;

	(void)state;
	craft_seconds(&craft, 100, 1, 10, 'a');
	path = craft_write(craft.octets, craft.length - 30); /* the last packet isn't whole yet */
	source = tcphs_source_open_files((const char *const *)&path, 1, &options, NULL);
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
	assert_int_equal(reading->count, 9);
	fd = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, craft.octets + craft.length - 30, 30), 30);
	if (tcphs_source_fd(source) >= 0) {
		struct pollfd ready = {.fd = tcphs_source_fd(source), .events = POLLIN};

		assert_int_equal(poll(&ready, 1, 1000), 1);
	}
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
	assert_int_equal(reading->count, 10);
	assert_int_equal(ftruncate(fd, 100), 0);
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_END);
	assert_int_equal(reading->error.status, TCPHS_DAMAGED);
	assert_non_null(strstr(reading->error.text, "shorter"));
	close(fd);
	tcphs_source_close(source);
	free(reading);
	craft_unlink(path);
}

/* Its writer has made the file and nothing more. */
static void a_file_without_a_header_is_waited_for(void **state)
{
	const struct tcphs_source_options options = {.follow = true};
	struct craft craft = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading));
	char *path = craft_write("", 0);
	struct tcphs_source *source =
	    tcphs_source_open_files((const char *const *)&path, 1, &options, &reading->error);
	int fd = open(path, O_WRONLY | O_APPEND);

	(void)state;
	assert_non_null(source);
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
	assert_false(tcphs_source_seek(source, 1));
	craft_seconds(&craft, 100, 1, 3, 'a');
	assert_int_equal(write(fd, craft.octets, 11), 11);
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
	assert_true(write(fd, craft.octets + 11, craft.length - 11) > 0);
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
	assert_int_equal(reading->count, 3);
	assert_true(tcphs_source_seek(source, 3));
	close(fd);
	tcphs_source_close(source);
	free(reading);
	craft_unlink(path);
}

/* Octet by octet, of each format: nothing is said to be cut before it is all there. */
static void a_header_that_grows_is_waited_for(void **state)
{
	static const uint32_t magics[] = {0xa1b2c3d4, 0x1c0001ac, 0x0a0d0d0a};
	const struct tcphs_source_options options = {.follow = true};

	(void)state;
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		struct craft craft = {.big = false};
		struct reading *reading = calloc(1, sizeof(*reading));
		char *path = craft_write("", 0);
		struct tcphs_source *source;
		int fd = open(path, O_WRONLY | O_APPEND);

		if (magics[i] == 0x0a0d0d0a) {
			craft_section(&craft);
			craft_interface(&craft, 1, 0, 0, "eth0");
			craft_packet(&craft, 0, 1, 1, 'a');
		} else {
			craft_pcap_header(&craft, magics[i], 4, 1);
			if (i == 1)
				craft32(&craft, 0);
			craft_pcap_packet(&craft, 1, 1, 1, 'a');
		}
		source = tcphs_source_open_files((const char *const *)&path, 1, &options,
		                                 &reading->error);
		assert_non_null(source);
		for (size_t at = 0; at < craft.length; at++) {
			read_on(source, reading, 64);
			assert_int_equal(reading->error.status, TCPHS_OK);
			assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
			assert_int_equal(reading->count, 0);
			tcphs_source_close(source);
			source = tcphs_source_open_files((const char *const *)&path, 1, &options,
			                                 &reading->error);
			assert_non_null(source);
			assert_int_equal(write(fd, craft.octets + at, 1), 1);
		}
		read_on(source, reading, 64);
		assert_int_equal(reading->count, 1);
		assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
		close(fd);
		tcphs_source_close(source);
		free(reading);
		craft_unlink(path);
	}
}

static void a_pipe_never_blocks_and_is_spooled(void **state)
{
	const struct tcphs_source_options options = {.spool = 1 << 20};
	const char *name = "-";
	struct craft craft = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading));
	struct tcphs_source *source, *copy;
	int ends[2], saved = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	dup2(ends[0], STDIN_FILENO);
	craft_seconds(&craft, 100, 1, 10, 'a');
	assert_int_equal(write(ends[1], craft.octets, 24 + 5 * 56 + 7), 24 + 5 * 56 + 7);
	source = tcphs_source_open_files(&name, 1, &options, NULL);
	assert_non_null(source);
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_IDLE);
	assert_int_equal(reading->count, 5);
	assert_int_equal(tcphs_source_fd(source), STDIN_FILENO);
	assert_true(write(ends[1], craft.octets + 24 + 5 * 56 + 7, 5 * 56 - 7) > 0);
	close(ends[1]);
	read_on(source, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_END);
	assert_int_equal(reading->count, 10);
	copy = tcphs_source_reopen(source, NULL);
	assert_non_null(copy);
	assert_true(tcphs_source_seek(copy, 4));
	reading->count = 0;
	read_on(copy, reading, 64);
	assert_int_equal(reading->state, TCPHS_SOURCE_END);
	assert_int_equal(reading->count, 7);
	assert_int_equal(reading->packets[0].number, 4);
	assert_int_equal(reading->fill[6], 'a');
	assert_false(tcphs_source_seek(copy, 11));
	tcphs_source_close(copy);
	tcphs_source_close(source);
	free(reading);
	close(ends[0]);
	dup2(saved, STDIN_FILENO);
	close(saved);
}

static void a_pipe_merges_with_a_file(void **state)
{
	struct craft craft = {.big = false}, piped = {.big = false};
	struct reading *reading = calloc(1, sizeof(*reading));
	struct tcphs_source *source;
	const char *paths[2] = {"-", NULL};
	int ends[2], saved = dup(STDIN_FILENO);

	(void)state;
	craft_seconds(&craft, 100, 2, 10, 'a');
	craft_seconds(&piped, 101, 2, 10, 'b');
	paths[1] = craft_file(&craft);
	assert_int_equal(pipe(ends), 0);
	dup2(ends[0], STDIN_FILENO);
	assert_true(write(ends[1], piped.octets, piped.length) > 0);
	close(ends[1]);
	source = tcphs_source_open_files(paths, 2, NULL, NULL);
	read_on(source, reading, 64);
	assert_int_equal(reading->count, 20);
	for (size_t i = 0; i < 20; i++)
		assert_int_equal(reading->fill[i], i % 2 == 0 ? 'a' : 'b');
	assert_null(tcphs_source_reopen(source, &reading->error));
	assert_non_null(strstr(reading->error.text, "--spool"));
	tcphs_source_close(source);
	free(reading);
	close(ends[0]);
	dup2(saved, STDIN_FILENO);
	close(saved);
	craft_unlink((char *)(uintptr_t)paths[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_capture_is_said),
	    cmocka_unit_test(names_are_escaped_in_errors),
	    cmocka_unit_test(several_files_are_one_stream_in_time_order),
	    cmocka_unit_test(files_that_take_turns_too_often),
	    cmocka_unit_test(seeking_gives_the_same_packets),
	    cmocka_unit_test(a_file_longer_than_the_buffer),
	    cmocka_unit_test(one_bad_file_among_good_ones),
	    cmocka_unit_test(a_growing_file_is_followed),
	    cmocka_unit_test(a_header_that_grows_is_waited_for),
	    cmocka_unit_test(a_file_without_a_header_is_waited_for),
	    cmocka_unit_test(a_pipe_never_blocks_and_is_spooled),
	    cmocka_unit_test(a_pipe_merges_with_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
