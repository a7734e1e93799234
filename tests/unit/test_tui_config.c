/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/config.h"
#include "tui/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static enum tcphs_status parse(struct config *config, const char *lines, struct tcphs_error *error)
{
	char text[512];

	memset(config, 0, sizeof(*config));
	memset(error, 0, sizeof(*error));
	keymap_default(&config->keys);
	snprintf(text, sizeof(text), "%s", lines);
	return config_parse(config, "config", text, error);
}

static void takes_what_it_knows(void **state)
{
	struct config config;
	struct tcphs_error error;

	(void)state;
	assert_int_equal(parse(&config,
	                       "# mine\n\n  theme   light\ncolumns id client:24 rtt\r\n"
	                       "numbers raw\ntime utc\ngaps scale\nlarge yes\nmouse no\n"
	                       "bind sort S F2\n",
	                       &error),
	                 TCPHS_OK);
	assert_string_equal(config.theme, "light");
	assert_int_equal(config.columns, 3);
	assert_int_equal(config.column[2], COL_RTT);
	assert_int_equal(config.width[COL_CLIENT], 24);
	assert_int_equal(config.width[COL_RTT], 0);
	assert_true(config.raw && config.large && !config.mouse);
	assert_int_equal(config.gaps, TCPHS_GAPS_SCALE);
	assert_int_equal(config.time, TCPHS_TIME_UTC);
	assert_int_equal(keymap_find(&config.keys, IN_LIST, 'S'), CMD_SORT);
	assert_int_equal(keymap_find(&config.keys, IN_LIST, TERM_KEY(KEY_F(2))), CMD_SORT);
	assert_int_equal(keymap_find(&config.keys, IN_LIST, 's'), CMD_NONE);
}

static void says_file_line_and_cure(void **state)
{
	static const struct {
		const char *text, *error;
	} wrong[] = {
	    {"theme dark\ntheme pink\n", "config:2: there is no theme 'pink'"},
	    {"\n\ncolour red", "config:3: there is no setting 'colour'"},
	    {"columns id weight", "config:1: 'weight' is no column"},
	    {"columns id id", "config:1: 'id' is no column, or there twice"},
	    {"columns client:2", "config:1: 'client:2' is no column"},
	    {"columns client:", "config:1: 'client:' is no column"},
	    {"gaps wide", "config:1: gaps can't be 'wide'; write even, silences or scale"},
	    {"large 1", "config:1: large can't be '1'; write yes or no"},
	    {"bind sort", "config:1: 'bind sort' names no key"},
	    {"bind fly x", "config:1: there is no command 'fly'"},
	    {"bind sort Shift", "config:1: 'Shift' is not a list of keys"},
	    {"bind sort j", "config:1: 'j' is the key of 'down' already"},
	    {"theme", "config:1: 'theme' has no value"},
	    {"theme \033[2J", "config:1: there is no theme '\\x1b[2J'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct config config;
		struct tcphs_error error;

		assert_int_equal(parse(&config, wrong[i].text, &error), TCPHS_USAGE);
		assert_memory_equal(error.text, wrong[i].error, strlen(wrong[i].error));
	}
}

/* In no place do two commands share a key, and every key can be spelled. */
static void keys_are_unambiguous(void **state)
{
	const struct key_entry *entry, *other;
	struct keymap map;
	char name[32];

	(void)state;
	keymap_default(&map);
	for (size_t i = 0; (entry = key_entry_at(i)) != NULL; i++) {
		assert_int_not_equal(map.key[entry->command][0], 0);
		for (size_t k = 0; k < KEYS_PER_COMMAND && map.key[entry->command][k] != 0; k++) {
			int key = map.key[entry->command][k];

			assert_true(keymap_key_name(key, name, sizeof(name)) > 0);
			assert_int_equal(keymap_bind(&map, entry->name, name, NULL), TCPHS_OK);
			keymap_default(&map);
			for (size_t j = 0; (other = key_entry_at(j)) != NULL; j++) {
				if ((other->where & entry->where & IN_ALL) != 0)
					assert_int_equal(
					    keymap_find(
					        &map, (entry->where & other->where) | IN_LIVE, key),
					    entry->command);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_what_it_knows),
	    cmocka_unit_test(says_file_line_and_cure),
	    cmocka_unit_test(keys_are_unambiguous),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
