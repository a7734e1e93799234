/* SPDX-License-Identifier: BSD-3-Clause */
/* Judging an answer, in every way that textbooks, RFCs, tcpdump, Wireshark and netstat write it. */
#include "teach/quiz.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/units.h"
#include "ladder/plan.h"

/* The bits that are asked for; the others are no part of a handshake. */
#define ASKED_FLAGS (TCPHS_SYN | TCPHS_ACK | TCPHS_FIN | TCPHS_RST)

/* What stands for a flag; those of 0 may be said and change nothing. */
static const struct flag_word {
	uint16_t flag;
	const char *word;
} flag_words[] = {
    {TCPHS_SYN, "SYN"}, {TCPHS_FIN, "FIN"}, {TCPHS_RST, "RST"}, {TCPHS_RST, "RESET"},
    {TCPHS_ACK, "ACK"}, {0, "PSH"},         {0, "URG"},         {0, "ECE"},
    {0, "CWR"},         {0, "AND"},
};

static const struct flag_word flag_letters[] = {
    {TCPHS_SYN, "S"}, {TCPHS_FIN, "F"}, {TCPHS_RST, "R"},
    {TCPHS_ACK, "A"}, {TCPHS_ACK, "."}, {0, "P"}, /* "S." is tcpdump's SYN-ACK */
};

/* Beside the names and the short names: ss and Windows' netstat. */
static const struct {
	uint8_t state;
	const char *word;
} state_words[] = {
    {TCPHS_SYN_RECEIVED, "SYN-RECV"},
    {TCPHS_SYN_RECEIVED, "SYN-RCVD"},
    {TCPHS_LISTEN, "LISTENING"},
    {TCPHS_CLOSED, "CLOSE"},
};

static size_t trimmed(const char **text)
{
	size_t length;

	while (isspace((unsigned char)**text))
		(*text)++;
	length = strlen(*text);
	while (length > 0 && isspace((unsigned char)(*text)[length - 1]))
		length--;
	return length;
}

/* Is text[0..length) `word`, but for case and for what separates its parts? */
static bool sounds_like(const char *text, size_t length, const char *word)
{
	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)text[i]))
			continue;
		while (*word != '\0' && !isalnum((unsigned char)*word))
			word++;
		if (tolower((unsigned char)text[i]) != tolower((unsigned char)*word++))
			return false;
	}
	return *word == '\0';
}

/* Reads one of the words; returns its length, 0 if none stands there. */
static size_t read_flag(const char *text, size_t length, const struct flag_word *word, size_t words,
                        uint16_t *flags)
{
	for (size_t i = 0; i < words; i++) {
		const size_t wanted = strlen(word[i].word);

		if (length < wanted || strncasecmp(text, word[i].word, wanted) != 0)
			continue;
		*flags |= word[i].flag;
		return wanted;
	}
	return 0;
}

static bool read_flags(const char *text, size_t length, const struct flag_word *word, size_t words,
                       uint16_t *flags)
{
	*flags = 0;
	for (size_t i = 0; i < length;) {
		size_t taken = read_flag(text + i, length - i, word, words, flags);

		if (taken == 0 && !isalnum((unsigned char)text[i]))
			taken = 1;
		if (taken == 0)
			return false;
		i += taken;
	}
	return *flags != 0;
}

/* "SYN,ACK", "S.", or the field itself, "0x12". */
static bool find_flags(const char *text, size_t length, uint16_t *flags)
{
	uint64_t field;

	if (length > 2 && strncasecmp(text, "0x", 2) == 0 &&
	    units_parse_number(text, length, &field) && field <= 0x1ff) {
		*flags = (uint16_t)field;
		return true;
	}
	return read_flags(text, length, flag_words, sizeof(flag_words) / sizeof(flag_words[0]),
	                  flags) ||
	       read_flags(text, length, flag_letters,
	                  sizeof(flag_letters) / sizeof(flag_letters[0]), flags);
}

static enum quiz_verdict check_flags(const struct tcphs_row *row, const char *text, size_t length)
{
	/* Whether an aborting host sets ACK beside RST depends on its make. */
	const uint16_t asked =
	    (row->flags & TCPHS_RST) != 0 ? TCPHS_RST | TCPHS_SYN | TCPHS_FIN : ASKED_FLAGS;
	uint16_t flags;

	if (!find_flags(text, length, &flags))
		return QUIZ_UNREADABLE;
	return (flags & asked) == (row->flags & asked) ? QUIZ_RIGHT : QUIZ_WRONG;
}

/* "ack 1", "seq=1": the words say what was asked. */
static void skip_word(const char **text, size_t *length, const char *word)
{
	const size_t taken = strlen(word);

	if (*length <= taken || strncasecmp(*text, word, taken) != 0)
		return;
	*text += taken;
	*length -= taken;
	while (*length > 0 && (isspace((unsigned char)**text) || **text == '=' || **text == ':')) {
		(*text)++;
		(*length)--;
	}
}

/* "2,708,437,551" and "2 708 437 551" as well. */
static bool read_number(const char *text, size_t length, uint64_t *number)
{
	char digits[32];
	size_t count = 0;

	for (size_t i = 0; i < length; i++) {
		if (i > 0 && strchr(" ,_'", text[i]) != NULL)
			continue;
		if (count == sizeof(digits))
			return false;
		digits[count++] = text[i];
	}
	return units_parse_number(digits, count, number);
}

static enum quiz_verdict check_number(const struct tcphs_endpoint *end, uint32_t raw,
                                      const char *text, size_t length)
{
	bool relative, before;
	uint64_t number;

	skip_word(&text, &length, "seq");
	skip_word(&text, &length, "ack");
	relative = length > 3 && strncasecmp(text, "ISN", 3) == 0; /* "ISN + 1" */
	skip_word(&text, &length, "ISN");
	skip_word(&text, &length, "+");
	before = length > 0 && text[0] == '-'; /* its ISN: an older segment */
	if (!read_number(text + before, length - before, &number))
		return QUIZ_UNREADABLE;
	if (before)
		return end->isn_known && number == end->isn - raw ? QUIZ_RIGHT : QUIZ_WRONG;
	if ((!relative && number == raw) || (end->isn_known && number == raw - end->isn))
		return QUIZ_RIGHT;
	return QUIZ_WRONG;
}

static enum quiz_verdict check_state(uint8_t right, const char *text, size_t length)
{
	for (int i = 0; i < TCPHS_STATE_COUNT; i++)
		/* A narrow ladder shows the short names, so they are typed as well. */
		if (sounds_like(text, length, tcphs_state_name((enum tcphs_state)i)) ||
		    sounds_like(text, length, state_short_name((enum tcphs_state)i)))
			return i == right ? QUIZ_RIGHT : QUIZ_WRONG;
	for (size_t i = 0; i < sizeof(state_words) / sizeof(state_words[0]); i++)
		if (sounds_like(text, length, state_words[i].word))
			return state_words[i].state == right ? QUIZ_RIGHT : QUIZ_WRONG;
	return QUIZ_UNREADABLE;
}

enum quiz_verdict quiz_check(const struct tcphs_analysis *analysis,
                             const struct quiz_question *question, const char *answer)
{
	const struct tcphs_row *row = quiz_row(analysis, question);
	const struct tcphs_endpoint *end = analysis->connection.end;
	const size_t length = trimmed(&answer);

	if (length == 0)
		return QUIZ_UNREADABLE;
	switch ((enum quiz_kind)question->kind) {
	case QUIZ_FLAGS:
		return check_flags(row, answer, length);
	case QUIZ_SEQ:
		return check_number(&end[row->from], row->seq, answer, length);
	case QUIZ_ACK:
		return check_number(&end[!row->from], row->ack, answer, length);
	default:
		return check_state(row->state[question->side], answer, length);
	}
}
