/* SPDX-License-Identifier: BSD-3-Clause */
/* How an answer is met: right, wrong and asked again, or told in the end; and the score. */
#ifndef TEACH_LESSON_REPLY_H
#define TEACH_LESSON_REPLY_H

#include "teach/lesson.h"

#define LESSON_TRIES 3 /* then the answer is told */

struct lesson_score {
	unsigned asked, right; /* right: at the first try */
	unsigned tried;        /* answers to the question that stands there */
};

enum lesson_reply {
	LESSON_RIGHT,
	LESSON_AGAIN, /* wrong; ask once more */
	LESSON_TOLD,  /* wrong for the last time, or given up with "?" */
};

/* Judges what was said, counts it, and puts into *verdict what is said back, and into *told the
 * right answer if it is told now, else "". Both are emptied first. No answer is no try. */
enum lesson_reply lesson_reply(const struct lesson_item *question, const char *said,
                               struct lesson_score *score, struct text *verdict, struct text *told);

#endif
