/* SPDX-License-Identifier: BSD-3-Clause */
/* Which entry a word leads to, and which ones may be meant. */
#include "teach/explain.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/nearest.h"

#define WORD_MAX 64
#define PART_MIN 3

/* Lower case, with '-' for what separates words. */
static size_t normalise(const char *word, size_t length, char *out, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < length && used + 1 < size; i++) {
		const unsigned char c = (unsigned char)word[i];

		out[used++] = c == ' ' || c == '_' ? '-' : (char)tolower(c);
	}
	out[used] = '\0';
	return used;
}

static bool same_word(const char *wanted, const char *word, size_t length)
{
	char other[WORD_MAX];

	normalise(word, length, other, sizeof(other));
	return strcmp(wanted, other) == 0;
}

static bool is_called(const struct teach_entry *entry, const char *wanted)
{
	if (same_word(wanted, entry->word, strlen(entry->word)))
		return true;
	for (const char *at = entry->also; at != NULL && *at != '\0';) {
		const size_t length = strcspn(at, " ");

		if (same_word(wanted, at, length))
			return true;
		at += length;
		at += strspn(at, " ");
	}
	return false;
}

size_t teach_find(const char *word, const struct teach_entry **entry, size_t room)
{
	const struct teach_entry *at;
	char wanted[WORD_MAX];
	size_t found = 0;

	normalise(word, strlen(word), wanted, sizeof(wanted));
	for (size_t i = 0; (at = teach_at(i)) != NULL; i++) {
		if (!is_called(at, wanted))
			continue;
		if (found < room)
			entry[found] = at;
		found++;
	}
	return found;
}

/* How far a word is from the wanted one; one that contains it is near. */
static size_t distance_to_word(const char *text, size_t text_length, const char *wanted,
                               size_t length)
{
	char word[WORD_MAX];
	const size_t word_length = normalise(text, text_length, word, sizeof(word));
	const size_t distance = nearest_distance(wanted, length, word, word_length);

	if (nearest_is_near(distance, length))
		return distance;
	if (length >= 3 && strstr(word, wanted) != NULL)
		return 100 + word_length;
	return SIZE_MAX;
}

/* By the nearest of the words that lead to the entry. */
static size_t distance_to(const struct teach_entry *entry, const char *wanted, size_t length)
{
	size_t best = distance_to_word(entry->word, strlen(entry->word), wanted, length);

	for (const char *at = entry->also; at != NULL && *at != '\0';) {
		const size_t also = strcspn(at, " ");
		const size_t distance = distance_to_word(at, also, wanted, length);

		if (distance < best)
			best = distance;
		at += also;
		at += strspn(at, " ");
	}
	return best;
}

/* "four-way" opens and closes. */
static bool is_among(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static size_t nearest_to(const char *wanted, size_t length, const char **near, size_t room)
{
	const struct teach_entry *at;
	size_t best[8], count = 0;

	if (room > sizeof(best) / sizeof(best[0]))
		room = sizeof(best) / sizeof(best[0]);
	for (size_t i = 0; (at = teach_at(i)) != NULL; i++) {
		const size_t distance = distance_to(at, wanted, length);
		size_t place = count;

		if (distance == SIZE_MAX || is_among(at->word, near, count))
			continue;
		while (place > 0 && best[place - 1] > distance)
			place--;
		if (place >= room)
			continue;
		if (count < room)
			count++;
		for (size_t j = count - 1; j > place; j--) {
			best[j] = best[j - 1];
			near[j] = near[j - 1];
		}
		best[place] = distance;
		near[place] = at->word;
	}
	return count;
}

/* Whether a text has what is wanted, in whatever case, its words joined by '-'. */
static bool has_words(const char *text, const char *wanted, size_t length)
{
	for (; text != NULL && *text != '\0'; text++) {
		char part[WORD_MAX];

		normalise(text, length < strlen(text) ? length : strlen(text), part, sizeof(part));
		if (strcmp(part, wanted) == 0)
			return true;
	}
	return false;
}

/* Those whose explanation uses the word. */
static size_t that_speak_of(const char *wanted, size_t length, const char **near, size_t room)
{
	const struct teach_entry *at;
	size_t count = 0;

	for (size_t i = 0; count < room && length > PART_MIN && (at = teach_at(i)) != NULL; i++) {
		if (!is_among(at->word, near, count) &&
		    (has_words(teach_plain(at), wanted, length) ||
		     has_words(at->exact, wanted, length)))
			near[count++] = at->word;
	}
	return count;
}

size_t teach_nearest(const char *word, const char **near, size_t room)
{
	char wanted[WORD_MAX];
	const size_t wanted_length = normalise(word, strlen(word), wanted, sizeof(wanted));
	size_t count = nearest_to(wanted, wanted_length, near, room);

	if (count == 0)
		count = that_speak_of(wanted, wanted_length, near, room);
	/* "isn-healthy" is near nothing, but what begins with "isn" may be what is meant. */
	for (char *part = wanted; count == 0 && *part != '\0';) {
		const size_t length = strcspn(part, "-");
		char *next = part + length + (part[length] != '\0');

		part[length] = '\0';
		if (length >= PART_MIN)
			count = nearest_to(part, length, near, room);
		part = next;
	}
	return count;
}
