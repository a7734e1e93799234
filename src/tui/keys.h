/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every key of the view, in one table: it dispatches, makes the keys bar and the help, and
 * names what the configuration file can rebind.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>

enum command {
	CMD_NONE,
	CMD_OPEN,
	CMD_BACK,
	CMD_QUIT,
	CMD_UP,
	CMD_DOWN,
	CMD_PAGE_UP,
	CMD_PAGE_DOWN,
	CMD_HOME,
	CMD_END,
	CMD_LEFT,
	CMD_RIGHT,
	CMD_PANE,
	CMD_QUERY,
	CMD_NEXT_MATCH,
	CMD_PREVIOUS_MATCH,
	CMD_NEXT_FINDING,
	CMD_PREVIOUS_FINDING,
	CMD_GOTO,
	CMD_SORT,
	CMD_REVERSE,
	CMD_GROUP,
	CMD_COLUMNS,
	CMD_CHOOSE,
	CMD_TOGGLE,
	CMD_WIDER,
	CMD_NARROWER,
	CMD_GO_ON,
	CMD_PAGE_BEFORE,
	CMD_STEP,
	CMD_UNSTEP,
	CMD_PLAY,
	CMD_EXPAND,
	CMD_RAW,
	CMD_TIME,
	CMD_GAPS,
	CMD_LARGE,
	CMD_DIAGRAM,
	CMD_EXPLAIN,
	CMD_PREDICT,
	CMD_ISN,
	CMD_FIND,
	CMD_SAVE,
	CMD_COPY,
	CMD_PAUSE,
	CMD_FOLLOW,
	CMD_THEME,
	CMD_HELP,
	CMD_REDRAW,
	CMD_COUNT,
};

/* Where a key matters, as bits. */
enum place {
	IN_LIST = 1,
	IN_LADDER = 2,
	IN_DIAGRAM = 4,
	IN_TEXT = 8,  /* help and explanations */
	IN_LIVE = 16, /* together with IN_LIST: only on a live run */
	IN_LESSON = 32,
	IN_MENU = 64,
	IN_ORDER = 128,   /* together with IN_MENU: the menu of the order, */
	IN_COLUMNS = 256, /* that of the columns */
	IN_QUIZ = 512,
	IN_ALL = IN_LIST | IN_LADDER | IN_DIAGRAM | IN_TEXT | IN_LESSON | IN_MENU | IN_QUIZ,
	IN_ANY = IN_ALL | IN_ORDER | IN_COLUMNS,
};

struct key_entry {
	enum command command;
	const char *name; /* for the configuration file */
	unsigned where;   /* enum place */
	const char *keys; /* names separated by spaces; the first stands in the bar */
	const char *bar;  /* the word in the keys bar, or NULL */
	const char *help;
};
/* The entries in the order of the help; NULL past the last. */
const struct key_entry *key_entry_at(size_t index);

#define KEYS_PER_COMMAND 6

struct keymap {
	int key[CMD_COUNT][KEYS_PER_COMMAND]; /* 0-terminated if fewer */
};

void keymap_default(struct keymap *map);
/* The command of `key` at `where`, or CMD_NONE. */
enum command keymap_find(const struct keymap *map, unsigned where, int key);
/* Rebinds the command called `name` to `keys` (names separated by spaces). */
enum tcphs_status keymap_bind(struct keymap *map, const char *name, const char *keys,
                              struct tcphs_error *error);
/* The name of a key as the help and the configuration file spell it; as snprintf. */
size_t keymap_key_name(int key, char *text, size_t size);

#endif
