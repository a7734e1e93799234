/* SPDX-License-Identifier: BSD-3-Clause */
/* The ladder screen: inside of ladder*.c, and what the diagram shares with it. */
#ifndef TUI_LADDER_H
#define TUI_LADDER_H

#include "tui/app.h"

#include "base/text.h"
#include "teach/quiz.h"

/* Named ladder_view: the ladder itself is the library's. */
struct ladder_view {
	struct screen screen;
	uint64_t id;
	bool of_list; /* it has neighbours to go to; a lesson's has not */
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder;
	struct tcphs_ladder_options options;
	bool whole;           /* the analysis holds every segment, read again for unfolding */
	bool lone;            /* … by itself, since a run was of one segment */
	uint64_t packets;     /* of the connection when it was analysed */
	size_t selected, top; /* lines */
	size_t shown;         /* lines that may be seen: while stepping, up to the newest */
	bool stepped;         /* by Space, since all was shown */
	int height;           /* lines of the ladder, when it was drawn last */
	int first_line;
	bool large;   /* a line takes two */
	bool in_pane; /* the arrows scroll the pane below */
	int pane_top, pane_lines, pane_height, pane_extra;
	struct {
		size_t speed; /* index in the table of speeds, 0: not playing */
		int64_t due;
	} play;
	struct {
		struct prompt_kind prompt; /* asks the question, which is its label */
		char label[160];
		struct quiz_question question;
		unsigned asked, right;
		const char *then; /* after an answer: how it goes on */
		bool answered;
	} predict;
	/* The packet of the selected segment, read again; its number is there if it can't be. */
	struct {
		bool known;
		struct tcphs_segment segment;
		struct tcphs_error error;
	} header;
	char find[PROMPT_MAX];
	char save_path[PROMPT_MAX]; /* which waits for a yes */
};

/* Frees what it shows, not itself. */
void ladder_clear(struct ladder_view *view);

/* Selects the first segment, where a ladder that was just opened stands. */
void ladder_begin(struct ladder_view *view);

/* ladder_command.c */
bool ladder_command(struct screen *screen, enum command command);
/* Rebuilds; says so if memory is exhausted. */
void ladder_show(struct ladder_view *view);
/* Moves the selection, or the pane if the arrows are its. */
void ladder_move_by(struct ladder_view *view, long by);
/* Analyses and builds again, keeping the packet that is selected. False: memory exhausted. */
bool ladder_rebuild(struct ladder_view *view);
void ladder_select(struct ladder_view *view, size_t line);
/* Keeps the selected line on the screen. Done at once, not only when drawing: where the ladder
 * stands must not depend on how many keys came between two drawings. */
void ladder_scroll(struct ladder_view *view);
/* Rows of the screen that a line takes: two in the large form, but one where a wrapped remark goes
 * on in the next line. */
int ladder_line_height(const struct ladder_view *view, size_t index);
/* The row (in the analysis) that the selected line stands at; SIZE_MAX if it has none. */
size_t ladder_row(const struct ladder_view *view);
bool ladder_update(struct screen *screen, int64_t now);
int64_t ladder_wakes(const struct screen *screen);

/* ladder_draw.c */
void ladder_draw(struct screen *screen, const struct canvas *canvas);
/* ladder_pane.c */
void ladder_draw_pane(struct ladder_view *view, const struct canvas *canvas);
/* Reads the selected segment's header again, if it is not there; at_once: were it to take long.
 * False if it can't be had. */
bool ladder_read_header(struct ladder_view *view, bool at_once);
/* ladder_lines.c: the terminal's width decides where remarks break. */
void ladder_fit(struct ladder_view *view, const struct canvas *canvas);
/* The column heads and view->height lines below them. */
void ladder_draw_part(struct ladder_view *view, const struct canvas *canvas);

/* ladder_step.c: Space and p. */
bool ladder_is_stepping(const struct ladder_view *view);
void ladder_step(struct ladder_view *view, int by);
void ladder_play(struct ladder_view *view);
void ladder_show_all(struct ladder_view *view);
/* After `shown` was set: what is above must not tell what comes (verdict, ISNs, names). */
void ladder_hide(struct ladder_view *view);
bool ladder_play_on(struct ladder_view *view, int64_t now);
/* "playing, 10x", "step 3 of 8" (segments, and runs of them) or "". */
void ladder_step_text(const struct ladder_view *view, char *text, size_t size);

/* ladder_find.c: /, n, N, d, D, : */
void ladder_ask_find(struct ladder_view *view);
void ladder_find_next(struct ladder_view *view, int direction);
void ladder_next_finding(struct ladder_view *view, int direction);
void ladder_ask_packet(struct ladder_view *view);

/* ladder_fold.c: e, and runs of one segment, which are none. False: memory exhausted. */
bool ladder_unfold_lone(struct ladder_view *view, size_t index,
                        const struct tcphs_connection *connection);
void ladder_unfold(struct ladder_view *view);

/* ladder_words.c: i */
void ladder_explain_words(struct ladder_view *view);
void ladder_words_add(const struct ladder_view *view, struct text *text);

/* ladder_predict.c: Q */
void ladder_predict(struct ladder_view *view);
/* Shows what is before the question's segment and asks in the line at the bottom, `number` in
 * front ("3/10 "); after the answer it says `then`. */
void ladder_predict_ask(struct ladder_view *view, const struct quiz_question *question,
                        const char *number, const char *then);

/* save.c: o */
void save_ask(struct ladder_view *view);

/* diagram.c: v; it stands on top of the ladder and moves with it. */
bool screen_diagram_open(struct ladder_view *view);

#endif
