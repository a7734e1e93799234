/* SPDX-License-Identifier: BSD-3-Clause */
/* Every word that tcphs writes can be explained, and what the explanations say of each other
 * and draw is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <tcphs/diagnosis.h>
#include "base/utf8.h"
#include "base/wrap.h"
#include "teach/explain.h"
#include "teach/picture.h"

static const struct teach_entry *entry_of(const char *word, enum teach_kind kind)
{
	const struct teach_entry *entry[4];
	const size_t count = teach_find(word, entry, 4);

	for (size_t i = 0; i < count && i < 4; i++)
		if (entry[i]->kind == kind)
			return entry[i];
	return NULL;
}

static void every_word(void **state)
{
	/* as arrows are labelled */
	static const char *const flags[] = {"SYN", "SYN-ACK", "ACK", "FIN", "FIN-ACK",
	                                    "RST", "RST-ACK", "PSH", "URG", "PSH-ACK",
	                                    "ECE", "CWR",     "AE"};
	/* as ladders and records name them */
	static const char *const options[] = {"mss",        "wscale",    "sack", "sack-permitted",
	                                      "timestamps", "tfo",       "md5",  "ao",
	                                      "tcp-ao",     "multipath", "nop",  "eol"};

	(void)state;
	for (int i = 0; i < TCPHS_STATE_COUNT; i++)
		assert_non_null(entry_of(tcphs_state_name((enum tcphs_state)i), TEACH_STATE));
	for (int i = 0; i < TCPHS_OPEN_COUNT; i++)
		assert_non_null(entry_of(tcphs_open_name((enum tcphs_open_kind)i), TEACH_OPEN));
	for (int i = 0; i < TCPHS_CLOSE_COUNT; i++)
		assert_non_null(entry_of(tcphs_close_name((enum tcphs_close_kind)i), TEACH_CLOSE));
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		assert_non_null(entry_of(flags[i], TEACH_FLAG));
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		assert_non_null(entry_of(options[i], TEACH_OPTION));
	for (int i = 0; i < TCPHS_CODE_COUNT; i++) {
		const char *name = tcphs_code_info((enum tcphs_code)i)->name;

		if (entry_of(name, TEACH_CODE) == NULL)
			fail_msg("no explanation of %s", name);
	}
}

static void entries_are_whole(void **state)
{
	const struct teach_entry *entry;
	size_t codes = 0;

	(void)state;
	for (size_t i = 0; (entry = teach_at(i)) != NULL; i++) {
		assert_non_null(entry->exact);
		if (entry->kind == TEACH_CODE) {
			codes++;
			assert_true(tcphs_code_find(entry->word, strlen(entry->word)) <
			            TCPHS_CODE_COUNT);
			continue;
		}
		assert_non_null(entry->plain);
		assert_non_null(entry->source);
	}
	assert_int_equal(codes, TCPHS_CODE_COUNT);
}

static void references_lead_somewhere(void **state)
{
	const struct teach_entry *entry, *found[1];
	char word[64];

	(void)state;
	for (size_t i = 0; (entry = teach_at(i)) != NULL; i++) {
		for (const char *at = entry->see; at != NULL && *at != '\0';) {
			const size_t length = strcspn(at, " ");

			assert_true(length < sizeof(word));
			memcpy(word, at, length);
			word[length] = '\0';
			if (teach_find(word, found, 1) == 0)
				fail_msg("%s refers to %s, which there is not", entry->word, word);
			at += length;
			at += strspn(at, " ");
		}
	}
}

static int is_state(const char *text, size_t length)
{
	if (length > 2 && memcmp(text + length - 2, " ?", 2) == 0)
		length -= 2;
	for (int i = 0; i < TCPHS_STATE_COUNT; i++) {
		const char *name = tcphs_state_name((enum tcphs_state)i);

		if (strlen(name) == length && memcmp(name, text, length) == 0)
			return 1;
	}
	return 0;
}

static void pictures_are_whole(void **state)
{
	const struct teach_entry *entry;
	struct picture_line line;

	(void)state;
	for (size_t i = 0; (entry = teach_at(i)) != NULL; i++) {
		const char *at = entry->picture;

		if (at == NULL)
			fail_msg("%s has no picture", entry->word);
		while (picture_next(&at, &line))
			if (!is_state(line.left, line.left_length) ||
			    !is_state(line.right, line.right_length))
				fail_msg("a state in the picture of %s", entry->word);
		if (*at != '\0')
			fail_msg("the picture of %s ends before: %s", entry->word, at);
	}
}

static void lines_fit(void **state)
{
	const struct teach_entry *entry;

	(void)state;
	for (size_t i = 0; (entry = teach_at(i)) != NULL; i++) {
		struct text out = {0};
		const char *at;

		teach_explain(&out, entry, 78);
		assert_false(out.failed);
		for (at = out.data; *at != '\0'; at += strcspn(at, "\n") + 1)
			if (utf8_columns(at, strcspn(at, "\n")) > 78)
				fail_msg("too wide: %.*s", (int)strcspn(at, "\n"), at);
		wrap_to_ascii(&out, 0);
		for (at = out.data; *at != '\0'; at++)
			assert_true((unsigned char)*at < 0x80);
		text_free(&out);
	}
}

static void near_words(void **state)
{
	const char *near[3];

	(void)state;
	assert_true(teach_nearest("synack-ack-missmatch", near, 3) >= 1);
	assert_string_equal(near[0], "synack-ack-mismatch");
	assert_true(teach_nearest("tiem-wait", near, 3) >= 1);
	assert_string_equal(near[0], "TIME-WAIT");
	assert_int_equal(teach_nearest("qqqqqqqqq", near, 3), 0);
	assert_true(teach_nearest("handshke", near, 3) >= 1); /* near another word for it */
	assert_string_equal(near[0], "three-way");
	assert_true(teach_nearest("isn-helathy", near, 3) >= 1); /* near one of its parts */
	assert_string_equal(near[0], "isn");
	assert_true(teach_nearest("qqqqqqq_handshaek", near, 3) >= 1);
	assert_string_equal(near[0], "three-way");
	assert_int_equal(teach_nearest("q-zz-qqqqqqqqq", near, 3), 0);
	assert_true(teach_nearest("Assassination", near, 3) == 0); /* nobody says that */
	assert_int_equal(teach_nearest("xmas", near, 3), 1); /* one explanation speaks of it */
	assert_string_equal(near[0], "scan");
	assert_int_equal(teach_nearest("KIND 34", near, 3), 1);
	assert_string_equal(near[0], "tfo");
	assert_int_equal(teach_nearest("--", near, 3), 0);
}

static void any_spelling(void **state)
{
	const struct teach_entry *entry[4];

	(void)state;
	assert_int_equal(teach_find("time wait", entry, 4), 1);
	assert_string_equal(entry[0]->word, "TIME-WAIT");
	assert_int_equal(teach_find("Fin_Wait_1", entry, 4), 1);
	assert_int_equal(teach_find("four-way", entry, 4), 2);
	assert_int_equal(teach_find("MTU", entry, 4), 1);
	assert_string_equal(entry[0]->word, "mss");
	assert_int_equal(teach_find("nonsense", entry, 4), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_word),
	    cmocka_unit_test(entries_are_whole),
	    cmocka_unit_test(references_lead_somewhere),
	    cmocka_unit_test(pictures_are_whole),
	    cmocka_unit_test(lines_fit),
	    cmocka_unit_test(near_words),
	    cmocka_unit_test(any_spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
