/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/keys.h"

#include "base/utf8.h"
#include "tui/term.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct key_entry entries[] = {
	/* command           name               where        keys               bar          help */
	{CMD_OPEN,           "open",            IN_LIST,     "Enter Right l",   "ladder",    "show the ladder of this connection; unfold a group"},
	{CMD_QUERY,          "query",           IN_LIST,     "/",               "query",     "which connections, as you type: open:refused rtt>100ms"},
	{CMD_CHOOSE,         "choose",          IN_MENU,     "Enter",           "done",      "leave the menu"},
	{CMD_TOGGLE,         "toggle",          IN_COLUMNS,  "Space",           "show or hide", "show this column or hide it"},
	{CMD_SORT,           "sort",            IN_LIST | IN_ORDER, "s",        "sort",      "sort by another column; again: by the next one"},
	{CMD_REVERSE,        "reverse",         IN_LIST | IN_ORDER, "z",        "reverse",   "reverse the order"},
	{CMD_GROUP,          "group",           IN_LIST,     "u",               "group",     "fold equal failures of a host, or at one port, into one row"},
	{CMD_COLUMNS,        "columns",         IN_LIST | IN_COLUMNS, "C",      NULL,        "which columns, in which order, how wide"},
	{CMD_GO_ON,          "go-on",           IN_LESSON | IN_QUIZ, "Space Enter", "go on", "go on: the next packet, the question, the next page"},
	{CMD_PAGE_BEFORE,    "page-before",     IN_LESSON,   "Backspace",       "page before", "the page before this one"},
	{CMD_STEP,           "step",            IN_LADDER | IN_DIAGRAM, "Space", "step",     "step: show the next packet, hide what comes after"},
	{CMD_PLAY,           "play",            IN_LADDER | IN_DIAGRAM, "p",    "play",      "play: one packet a second, 1x, 10x, 100x, off"},
	{CMD_UNSTEP,         "step-back",       IN_LADDER | IN_DIAGRAM, "Backspace", NULL,   "one step back"},
	{CMD_EXPAND,         "expand",          IN_LADDER,   "e Enter",         "unfold",    "unfold a run of data, or fold it again"},
	{CMD_RAW,            "raw",             IN_LADDER | IN_DIAGRAM | IN_LESSON | IN_QUIZ, "r", "raw", "relative or raw sequence numbers"},
	{CMD_NEXT_FINDING,   "next-finding",    IN_LIST | IN_LADDER | IN_DIAGRAM, "d", "finding", "next finding"},
	{CMD_PREVIOUS_FINDING, "previous-finding", IN_LIST | IN_LADDER | IN_DIAGRAM, "D", NULL, "previous finding"},
	{CMD_DIAGRAM,        "diagram",         IN_LADDER | IN_DIAGRAM | IN_LESSON | IN_QUIZ, "v",    "diagram",   "the state diagram of RFC 9293 with both paths lit"},
	{CMD_SAVE,           "save",            IN_LADDER,   "o",               "save",      "save the picture or the packets, by the name's ending"},
	{CMD_TIME,           "time",            IN_LADDER | IN_LESSON | IN_QUIZ, "t",              "time",      "time since the start, since the row above, local, UTC"},
	{CMD_EXPLAIN,        "explain",         IN_LADDER | IN_LESSON | IN_QUIZ, "i",              "explain",   "explain the words of what is selected"},
	{CMD_PREDICT,        "predict",         IN_LADDER | IN_QUIZ, "Q",               NULL,        "predict what comes next: flags, numbers, states"},
	{CMD_ISN,            "isn",             IN_LIST,     "I",               NULL,        "how predictable each host's initial sequence numbers are"},
	{CMD_FIND,           "find",            IN_LADDER,   "/",               "find",      "find a word in the ladder"},
	{CMD_COPY,           "copy",            IN_LIST | IN_LADDER, "y",       "copy",      "copy a Wireshark filter for this connection"},
	{CMD_PAUSE,          "pause",           IN_LIST | IN_LIVE, "P",         "pause",     "live: hold the list still; capturing goes on"},
	{CMD_FOLLOW,         "follow",          IN_LIST | IN_LIVE, "F",         "follow",    "live: keep the newest connection selected"},
	{CMD_GAPS,           "gaps",            IN_LADDER,   "w",               "gaps",      "time between lines: evenly, silences marked, to scale"},
	{CMD_LARGE,          "large",           IN_LADDER | IN_QUIZ, "L",               "large",     "large: spaced out, without what a room need not see"},
	{CMD_GOTO,           "goto",            IN_LIST | IN_LADDER, ":",       NULL,        "go to a packet number"},
	{CMD_NEXT_MATCH,     "next-match",      IN_LIST | IN_LADDER, "n",       NULL,        "next match of the last query or word"},
	{CMD_PREVIOUS_MATCH, "previous-match",  IN_LIST | IN_LADDER, "N",       NULL,        "previous match"},
	{CMD_UP,             "up",              IN_ALL,      "k Up",            NULL,        "up"},
	{CMD_DOWN,           "down",            IN_ALL,      "j Down",          NULL,        "down"},
	{CMD_PAGE_UP,        "page-up",         IN_ALL,      "PgUp C-b",        NULL,        "a page up"},
	{CMD_PAGE_DOWN,      "page-down",       IN_ALL,      "PgDn C-f",        NULL,        "a page down"},
	{CMD_HOME,           "home",            IN_ALL,      "g Home",          NULL,        "the first"},
	{CMD_END,            "end",             IN_ALL,      "G End",           NULL,        "the last"},
	{CMD_LEFT,           "left",            IN_LADDER | IN_DIAGRAM | IN_COLUMNS, "h Left", NULL, "the connection before; the column to the left"},
	{CMD_RIGHT,          "right",           IN_LADDER | IN_DIAGRAM | IN_COLUMNS, "l Right", NULL, "the connection after; the column to the right"},
	{CMD_PANE,           "pane",            IN_LADDER | IN_QUIZ, "Tab",             "pane",      "to the pane below and back"},
	{CMD_WIDER,          "wider",           IN_LIST | IN_LADDER | IN_COLUMNS, "+ >",     NULL,        "wider address columns; a taller pane"},
	{CMD_NARROWER,       "narrower",        IN_LIST | IN_LADDER | IN_COLUMNS, "- <",     NULL,        "narrower address columns; a smaller pane"},
	{CMD_THEME,          "theme",           IN_ALL,      "c",               NULL,        "the next theme: dark, light, safe for the colour-blind, mono"},
	{CMD_REDRAW,         "redraw",          IN_ALL,      "C-l",             NULL,        "draw the screen anew"},
	{CMD_HELP,           "help",            IN_LIST | IN_LADDER | IN_DIAGRAM | IN_LESSON | IN_MENU | IN_QUIZ, "? F1", "help", "this help"},
	{CMD_BACK,           "back",            IN_ALL,      "q Esc",           "back",      "back; from the list: take the query away, then leave"},
	{CMD_QUIT,           "quit",            IN_ALL,      "C-q",             NULL,        "leave the program"},
};
/* clang-format on */
#define ENTRIES (sizeof(entries) / sizeof(entries[0]))

static const struct {
	const char *name;
	int key;
} named[] = {
    {"Enter", '\r'},
    {"Enter", '\n'},
    {"Enter", TERM_KEY(KEY_ENTER)},
    {"Esc", 27},
    {"Tab", '\t'},
    {"Space", ' '},
    {"Backspace", 127},
    {"Backspace", '\b'},
    {"Backspace", TERM_KEY(KEY_BACKSPACE)},
    {"Up", TERM_KEY(KEY_UP)},
    {"Down", TERM_KEY(KEY_DOWN)},
    {"Left", TERM_KEY(KEY_LEFT)},
    {"Right", TERM_KEY(KEY_RIGHT)},
    {"PgUp", TERM_KEY(KEY_PPAGE)},
    {"PgDn", TERM_KEY(KEY_NPAGE)},
    {"Home", TERM_KEY(KEY_HOME)},
    {"End", TERM_KEY(KEY_END)},
    {"Delete", TERM_KEY(KEY_DC)},
    {"Insert", TERM_KEY(KEY_IC)},
};
#define NAMED (sizeof(named) / sizeof(named[0]))

const struct key_entry *key_entry_at(size_t index)
{
	return index < ENTRIES ? &entries[index] : NULL;
}

/* The keys that share a name (three codes of Enter) are one. */
static int same_key(int key)
{
	for (size_t i = 0; i < NAMED; i++) {
		for (size_t j = 0; named[i].key == key && j < i; j++) {
			if (strcmp(named[j].name, named[i].name) == 0)
				return named[j].key;
		}
	}
	return key;
}

static int parse_key(const char *name, size_t length)
{
	uint32_t character;

	for (size_t i = 0; i < NAMED; i++) {
		if (strlen(named[i].name) == length && memcmp(named[i].name, name, length) == 0)
			return named[i].key;
	}
	if (length == 3 && name[0] == 'C' && name[1] == '-' && name[2] >= 'a' && name[2] <= 'z')
		return name[2] - 'a' + 1;
	if (length >= 2 && length <= 3 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
		int number = name[1] - '0';

		if (length == 3)
			number = number * 10 + (name[2] - '0');
		return number >= 1 && number <= 12 ? TERM_KEY(KEY_F(number)) : 0;
	}
	return length > 0 && utf8_next(name, length, &character) == length ? (int)character : 0;
}

size_t keymap_key_name(int key, char *text, size_t size)
{
	char octets[5] = "";

	key = same_key(key);
	for (size_t i = 0; i < NAMED; i++) {
		if (named[i].key == key)
			return (size_t)snprintf(text, size, "%s", named[i].name);
	}
	if (key >= TERM_KEY(KEY_F(1)) && key <= TERM_KEY(KEY_F(12)))
		return (size_t)snprintf(text, size, "F%d", key - TERM_KEY(KEY_F(0)));
	if (key > 0 && key < ' ')
		return (size_t)snprintf(text, size, "C-%c", key + 'a' - 1);
	octets[utf8_put((uint32_t)key, octets)] = '\0';
	return (size_t)snprintf(text, size, "%s", octets);
}

/* Fills keys[] from names; the number of the name that is not one (from 1), or 0. */
static int parse_keys(const char *names, int *keys)
{
	int count = 0;

	memset(keys, 0, KEYS_PER_COMMAND * sizeof(*keys));
	while (*names != '\0') {
		size_t length = strcspn(names, " \t");

		if (length > 0) {
			if (count == KEYS_PER_COMMAND ||
			    (keys[count] = parse_key(names, length)) == 0)
				return count + 1;
			count++;
		}
		names += length + strspn(names + length, " \t");
	}
	return count == 0;
}

void keymap_default(struct keymap *map)
{
	memset(map, 0, sizeof(*map));
	for (size_t i = 0; i < ENTRIES; i++)
		parse_keys(entries[i].keys, map->key[entries[i].command]);
}

static bool is_bound(const struct keymap *map, enum command command, int key)
{
	for (size_t i = 0; i < KEYS_PER_COMMAND && map->key[command][i] != 0; i++) {
		if (map->key[command][i] == key)
			return true;
	}
	return false;
}

enum command keymap_find(const struct keymap *map, unsigned where, int key)
{
	key = same_key(key);
	for (size_t i = 0; i < ENTRIES; i++) {
		unsigned missing = (entries[i].where & IN_LIVE) & ~where;

		if ((entries[i].where & where & IN_ANY) != 0 && missing == 0 &&
		    is_bound(map, entries[i].command, key))
			return entries[i].command;
	}
	return CMD_NONE;
}

enum tcphs_status keymap_bind(struct keymap *map, const char *name, const char *keys,
                              struct tcphs_error *error)
{
	int key[KEYS_PER_COMMAND];
	size_t i = 0;

	while (i < ENTRIES && strcmp(entries[i].name, name) != 0)
		i++;
	if (i == ENTRIES)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "there is no command '%.40s'; ? shows them", name);
	if (parse_keys(keys, key) != 0)
		return tcphs_error_set(
		    error, TCPHS_USAGE,
		    "'%.40s' is not a list of keys; write e.g. x, C-x, F5, Enter", keys);
	for (size_t j = 0; j < ENTRIES; j++) {
		for (size_t k = 0; j != i && k < KEYS_PER_COMMAND && key[k] != 0; k++) {
			if ((entries[i].where & entries[j].where & IN_ANY) != 0 &&
			    is_bound(map, entries[j].command, key[k]))
				return tcphs_error_set(error, TCPHS_USAGE,
				                       "'%.40s' is the key of '%s' already; rebind "
				                       "that first",
				                       keys, entries[j].name);
		}
	}
	memcpy(map->key[entries[i].command], key, sizeof(key));
	return TCPHS_OK;
}
