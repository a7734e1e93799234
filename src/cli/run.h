/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A run: opens what the options name, reads it to its end, and hands each connection that the
 * query selects to the command, once, when it is final (files: in order of their ids, after
 * reading; live: at once). Progress, Ctrl-C, -c, -a, damaged and missing files are its
 * business; a command only says what to do with a connection.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/output.h"
#include "cli/progress.h"
#include "track/selection.h"

#include "render/record.h"

#include <tcphs/query.h>
#include <tcphs/session.h>

struct options;
struct run;
struct text;

#define ENDLESS_MEMORY (UINT64_C(1) << 30) /* --max-memory of what may never end */

#define PARTS_OF_MEMORY 16u
/* So much of --max-memory; 0: there is no bound. */
uint64_t run_memory_part(const struct options *options, unsigned parts);

struct run_hooks {
	bool rows;     /* the analysis has rows; else the summary and diagnoses only */
	bool keep_all; /* … one for every segment, with its options */
	bool select;   /* run->selection is filled, to read the captures again */
	/* What the command keeps of connections beside the tracker has this part of --max-memory,
	 * in PARTS_OF_MEMORY. */
	unsigned beside;
	bool streams; /* of a pipe, too, each connection is handed out once it is final */
	/* False ends the run. */
	bool (*connection)(void *context, struct run *run, const struct tcphs_analysis *analysis);
	/* Or NULL: of a file that is counted whole, each connection that is there at its end, in
	 * place of `connection`, and from two threads: the older ones with part[0], the others with
	 * part[1]. */
	void (*count)(void *part, const struct tcphs_analysis *analysis);
	void *part[2];
	/* There is nothing to be read for the moment; what was held back may be shown. Or NULL. */
	void (*idle)(void *context, struct run *run);
	void *context;
};

struct run {
	const struct options *options;
	const struct run_hooks *hooks;
	struct output output;
	struct tcphs_session *session;
	struct tcphs_query *query;       /* NULL: every connection */
	struct tcphs_analysis *analysis; /* of the connection handed out now; NULL before */
	struct tcphs_analysis own;       /* … where it has rows; else the tracker's */
	struct progress progress;
	struct record_context record; /* ready for the record_…() functions */
	uint64_t selected, unshown;   /* … and those that found no room in the output */
	size_t index;                 /* in the tracker, of the connection handed out now */
	struct selection selection;   /* for -w with files, … */
	struct tcphs_writer *writer;  /* … which are written here */
	int64_t started;              /* monotonic ns */
	int64_t heard;                /* likewise: when the silence began, after … */
	uint64_t heard_packets;       /* … so many packets */
	int64_t looked;               /* when it was last looked whether it is still silent */
	struct tcphs_error note;      /* to be said, if it has a text */
	bool live, stopped, interrupted;
	struct run_part {
		const struct run_hooks *hooks;
		void *part;
		bool failed; /* memory is exhausted */
	} part[2];
	int code; /* enum exit_code so far */
};

/* Opens, reads and closes. `before` (may be NULL) is called when it is open, `after` when all
 * connections were handed out and the session is still there. Returns an enum exit_code. */
int run_all(const struct options *options, const struct run_hooks *hooks,
            void (*before)(void *context, struct run *run),
            void (*after)(void *context, struct run *run));

/* The steps of it, for commands that want to look again. run_open() is false after an error,
 * which it has said; run_close() is needed in any case and returns the exit code. */
bool run_open(struct run *run, const struct options *options, const struct run_hooks *hooks);
void run_read(struct run *run);
int run_close(struct run *run);

/* Files: analyses a connection that was handed out before once more as run->analysis. False
 * if memory is exhausted, which it has said. */
bool run_again(struct run *run, size_t index);
/* Says how many of the selected connections found no room in run->selection, if any: `what` was
 * not done with them. */
void run_say_left_out(const struct run *run, const char *what);
/* Says that memory is exhausted and ends the run. */
void run_no_memory(struct run *run);
/* Writes the text and empties it; one that memory cut short ends the run. */
void run_put(struct run *run, struct text *text);
/* What the library reports becomes a line and a code. */
void run_say(struct run *run, const struct tcphs_error *error);
/* Raises the exit code. */
void run_code(struct run *run, int code);
/* Is a capture a pipe, or else something that comes as it will? */
bool run_of_pipe(const struct options *options);
/* -w: what is sniffed, and a pipe of which all is wanted, are written as they come; else the
 * packets of the selected connections are, in the end. */
bool run_writes_selection(const struct options *options);
/* Is it an interface, a pipe or a growing file? */
bool run_is_endless(const struct options *options);
/* Fills the session's options from the command line's; strings stay borrowed. */
struct tcphs_decode_options run_decode_options(const struct options *options);
struct tcphs_session_options run_session_options(const struct options *options);
/* Opens a session on -i's interface or the captures. NULL and the error otherwise. If only
 * some captures can't be opened the error says so and the session reads the others. */
struct tcphs_session *run_session_open(const struct options *options,
                                       const struct tcphs_session_options *session_options,
                                       struct tcphs_error *error);
/* Compiles -Y's query. False after an error, which it has said with a line that points at it;
 * *help: the query was "help", which was printed. *query stays NULL without -Y. */
bool run_query(const struct options *options, struct tcphs_query **query, bool *help);
bool run_selects(const struct run *run, const struct tcphs_analysis *analysis);
/* Is there room for one more record? If not it is counted. Live output that is taken slowly keeps
 * nothing waiting but itself. */
bool run_has_room(struct run *run);
/* What the run saw, for a summary. Codes, kinds and severities are the caller's to count. */
struct record_counts run_counts(struct run *run);

#endif
