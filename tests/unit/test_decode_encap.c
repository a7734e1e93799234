/* SPDX-License-Identifier: BSD-3-Clause */
/* Which encapsulations are one and which are told apart, and how many. */
#include "decode/encap.h"
#include "decode_cases.h"
#include "decode_help.h"

static uint32_t encap_of(struct tcphs_decoder *decoder, uint32_t linktype, const char *hex)
{
	struct tcphs_segment segment;

	assert_int_equal(decode_hex(decoder, linktype, hex, &segment), 1);
	return segment.encap;
}

static void link_types_are_set_aside(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	uint32_t ethernet = encap_of(decoder, 1, ETH("0800") SYN4);

	(void)state;
	assert_int_equal(encap_of(decoder, 101, SYN4), ethernet);
	assert_int_equal(encap_of(decoder, 113, "0000 0001 0006 020000000001 0000 0800" SYN4),
	                 ethernet);
	assert_string_equal(tcphs_decoder_encapsulation(decoder, ethernet), "eth.ip");
	tcphs_decoder_free(decoder);
}

static void tags_are_told_apart(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	uint32_t untagged = encap_of(decoder, 1, ETH("0800") SYN4);
	uint32_t seven = encap_of(decoder, 1, ETH("8100") "0007 0800" SYN4);
	uint32_t eight = encap_of(decoder, 1, ETH("8100") "0008 0800" SYN4);
	uint32_t both = encap_of(decoder, 1, ETH("8100") "0007 8100 0008 0800" SYN4);
	uint32_t swapped = encap_of(decoder, 1, ETH("8100") "0008 8100 0007 0800" SYN4);

	(void)state;
	assert_int_not_equal(untagged, seven);
	assert_int_not_equal(seven, eight);
	assert_int_not_equal(both, swapped);
	assert_int_not_equal(both, seven);
	/* priority is no tag, and what tags a frame (802.1Q or ad) none either */
	assert_int_equal(encap_of(decoder, 1, ETH("88a8") "e007 0800" SYN4), seven);
	tcphs_decoder_free(decoder);
}

static void the_table_is_bounded(void **state)
{
	struct encap_table *table = encap_table_new();
	encap_step path[2] = {encap_step_plain(WORD_ETH)};

	(void)state;
	for (uint32_t id = 0; id < TCPHS_ENCAP_MAX; id++) {
		path[1] = encap_step_id(WORD_GTP, id);
		assert_int_equal(encap_table_find(table, path, 2), id);
	}
	for (uint32_t id = TCPHS_ENCAP_MAX; id < TCPHS_ENCAP_MAX + 10; id++) {
		path[1] = encap_step_id(WORD_GTP, id);
		assert_int_equal(encap_table_find(table, path, 2), TCPHS_ENCAP_MAX);
	}
	path[1] = encap_step_id(WORD_GTP, 4711);
	assert_int_equal(encap_table_find(table, path, 2), 4711);
	assert_string_equal(encap_table_text(table, 4711), "eth.gtp[4711]");
	assert_string_not_equal(encap_table_text(table, TCPHS_ENCAP_MAX), "");
	assert_string_equal(encap_table_text(table, TCPHS_ENCAP_MAX + 1), "");
	encap_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(link_types_are_set_aside),
	    cmocka_unit_test(tags_are_told_apart),
	    cmocka_unit_test(the_table_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
