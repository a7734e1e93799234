/* SPDX-License-Identifier: BSD-3-Clause */
/* What comes from the terminal: keys, and its answers among them; and the clipboard. */
#include "tui/term.h"

#include "tui/clock.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define ESCAPE       27
#define BELL         7
#define REPLY_PAUSE  500 /* ms: within an answer of the terminal */
#define ANSWER_PAUSE 100 /* ms: between Esc and the rest of an answer */
/* So long after the question its answer may come in pieces; from then on Esc waits for no more of
 * it. */
#define ANSWER_LATE INT64_C(5000000000)

static int read_key(void)
{
	wint_t key;
	int kind = get_wch(&key);

	return kind == ERR ? TERM_NONE : kind == KEY_CODE_YES ? TERM_KEY(key) : (int)key;
}

/* "rgb:RRRR/GGGG/BBBB": one to four hexadecimal digits each. */
static bool is_light(const char *reply)
{
	static const unsigned weight[] = {3, 6, 1};
	const char *at = strstr(reply, "rgb:");
	double light = 0;

	if (at == NULL)
		return false;
	at += 4;
	for (size_t i = 0; i < 3; i++) {
		char *end;
		unsigned long value = strtoul(at, &end, 16), most = 1;

		for (; at < end; at++)
			most *= 16;
		if (most == 1)
			return false;
		light += weight[i] * (double)value / (double)(most - 1);
		at = end + (*end == '/');
	}
	return light > 5;
}

/* The next key of a sequence that has begun: over a slow line its pieces may come apart. */
static int read_on(const struct term *term, int milliseconds)
{
	struct pollfd terminal = {.fd = term->fd, .events = POLLIN};
	int key = read_key();

	if (key == TERM_NONE && poll(&terminal, 1, milliseconds) > 0)
		key = read_key();
	return key;
}

/* Swallows an OSC whose "ESC ]" was read, up to BEL or ESC \. */
static int read_reply(struct term *term)
{
	char reply[64];
	size_t length = 0;
	int key;

	while ((key = read_on(term, REPLY_PAUSE)) != TERM_NONE && key != BELL && key != ESCAPE) {
		if (key < 128 && length + 1 < sizeof(reply))
			reply[length++] = (char)key;
	}
	reply[length] = '\0';
	if (key == ESCAPE)
		read_on(term, REPLY_PAUSE);
	if (strncmp(reply, "11;", 3) != 0)
		return TERM_NONE;
	term->asked = 0;
	term->light = is_light(reply);
	return TERM_BACKGROUND;
}

int term_key(struct term *term)
{
	int key = read_key(), next;

	if (key != ESCAPE)
		return key;
	/* While an answer is on its way, Esc may be the beginning of it. */
	if (term->asked != 0 && clock_now() - term->asked > ANSWER_LATE)
		term->asked = 0;
	next = term->asked != 0 ? read_on(term, ANSWER_PAUSE) : read_key();
	if (next == ']')
		return read_reply(term);
	if (next != TERM_NONE && next < TERM_KEY(0))
		unget_wch((wchar_t)next);
	return key;
}

static void base64(const char *text, FILE *out)
{
	static const char digit[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i += 3) {
		size_t count = length - i < 3 ? length - i : 3;
		unsigned group = 0;

		for (size_t j = 0; j < 3; j++)
			group = group << 8 | (j < count ? (unsigned char)text[i + j] : 0u);
		for (size_t j = 0; j < 4; j++)
			fputc(j <= count ? digit[group >> (18 - 6 * j) & 63] : '=', out);
	}
}

void term_copy(struct term *term, const char *text)
{
	fputs("\033]52;c;", term->out);
	base64(text, term->out);
	fputs("\a", term->out);
	fflush(term->out);
}
