/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Open addressing over an array of entries; an entry never moves its key or its text, so what
 * was handed out stays valid.
 */
#include "decode/encap.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <tcphs/decode.h>

#define SLOTS_FIRST 64u
#define SLOT_EMPTY  UINT32_MAX

struct entry {
	uint64_t hash;
	unsigned count;
	encap_step *steps; /* owned */
	char *text;        /* owned */
};

struct encap_table {
	struct entry *entries;
	uint32_t count, room;
	uint32_t *slots; /* index of an entry, or SLOT_EMPTY */
	uint32_t slot_count;
	uint64_t seed;
	bool starved; /* a path found no memory, and took the last id */
};

static const char *const words[WORD_COUNT] = {
#define WORD_TEXT(name, text) [WORD_##name] = (text),
    ENCAP_WORDS(WORD_TEXT)
#undef WORD_TEXT
};

static uint32_t *slots_new(uint32_t count)
{
	/* NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI): a power of two */
	uint32_t *slots = malloc(count * sizeof(*slots));

	if (slots != NULL)
		memset(slots, 0xff, count * sizeof(*slots));
	return slots;
}

struct encap_table *encap_table_new(void)
{
	struct encap_table *table = calloc(1, sizeof(*table));

	if (table == NULL)
		return NULL;
	table->slot_count = SLOTS_FIRST;
	table->slots = slots_new(SLOTS_FIRST);
	if (table->slots == NULL) {
		free(table);
		return NULL;
	}
	if (getrandom(&table->seed, sizeof(table->seed), GRND_NONBLOCK) !=
	    (ssize_t)sizeof(table->seed))
		table->seed = (uint64_t)(uintptr_t)table; /* still unknown to a sender */
	return table;
}

void encap_table_free(struct encap_table *table)
{
	if (table == NULL)
		return;
	for (uint32_t i = 0; i < table->count; i++) {
		free(table->entries[i].steps);
		free(table->entries[i].text);
	}
	free(table->entries);
	free(table->slots);
	free(table);
}

uint64_t encap_table_hash(const struct encap_table *table, const encap_step *steps, unsigned count)
{
	uint64_t hash = table->seed;

	for (unsigned i = 1; i < count; i++) {
		hash = (hash ^ steps[i]) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}

/* The slot that holds the path, or the empty one where it belongs. */
static uint32_t *slot_find(const struct encap_table *table, uint64_t hash, const encap_step *steps,
                           unsigned count)
{
	uint32_t at = (uint32_t)hash & (table->slot_count - 1);

	for (;; at = (at + 1) & (table->slot_count - 1)) {
		const struct entry *entry;

		if (table->slots[at] == SLOT_EMPTY)
			return &table->slots[at];
		entry = &table->entries[table->slots[at]];
		if (entry->hash == hash && entry->count == count &&
		    memcmp(entry->steps + 1, steps + 1, (count - 1) * sizeof(*steps)) == 0)
			return &table->slots[at];
	}
}

static bool slots_grow(struct encap_table *table)
{
	uint32_t *old = table->slots;
	uint32_t *slots = slots_new(table->slot_count * 2);

	if (slots == NULL)
		return false;
	table->slots = slots;
	table->slot_count *= 2;
	for (uint32_t i = 0; i < table->count; i++) {
		const struct entry *entry = &table->entries[i];

		*slot_find(table, entry->hash, entry->steps, entry->count) = i;
	}
	free(old);
	return true;
}

static bool entries_grow(struct encap_table *table)
{
	uint32_t room = table->room == 0 ? 16 : table->room * 2;
	struct entry *entries = realloc(table->entries, room * sizeof(*entries));

	if (entries == NULL)
		return false;
	table->entries = entries;
	table->room = room;
	return true;
}

static void step_write(struct text *text, encap_step step)
{
	const char *word = words[step >> 48];

	if (word == NULL)
		return;
	if (text->length > 0)
		text_add(text, ".");
	text_add(text, word);
	if ((step & ENCAP_STEP_HAS_ID) == 0)
		return;
	if (step >> 48 == WORD_L2TP) /* tunnel and session */
		text_addf(text, "[%u/%u]", (unsigned)(step >> 16 & 0xffff),
		          (unsigned)(step & 0xffff));
	else
		text_addf(text, "[%u]", (unsigned)(step & UINT32_MAX));
}

static char *path_text(const encap_step *steps, unsigned count)
{
	struct text text = {0};

	text_add(&text, "");
	for (unsigned i = 0; i < count; i++)
		step_write(&text, steps[i]);
	if (text.failed) {
		text_free(&text);
		return NULL;
	}
	return text.data;
}

static bool entry_add(struct encap_table *table, uint64_t hash, const encap_step *steps,
                      unsigned count)
{
	struct entry entry = {.hash = hash, .count = count};

	if (table->count >= TCPHS_ENCAP_MAX)
		return false;
	if (table->count == table->room && !entries_grow(table))
		return false;
	if (table->count * 2 >= table->slot_count && !slots_grow(table))
		return false;
	entry.steps = malloc(count * sizeof(*steps));
	entry.text = path_text(steps, count);
	if (entry.steps == NULL || entry.text == NULL) {
		free(entry.steps);
		free(entry.text);
		return false;
	}
	memcpy(entry.steps, steps, count * sizeof(*steps));
	*slot_find(table, hash, steps, count) = table->count;
	table->entries[table->count++] = entry;
	return true;
}

uint32_t encap_table_find(struct encap_table *table, const encap_step *steps, unsigned count)
{
	uint64_t hash = encap_table_hash(table, steps, count);
	uint32_t index = *slot_find(table, hash, steps, count);

	if (index != SLOT_EMPTY)
		return index;
	if (entry_add(table, hash, steps, count))
		return table->count - 1;
	table->starved |= table->count < TCPHS_ENCAP_MAX;
	return TCPHS_ENCAP_MAX;
}

const char *encap_table_text(const struct encap_table *table, uint32_t id)
{
	if (id == TCPHS_ENCAP_MAX)
		return "(too many encapsulations)";
	return id < table->count ? table->entries[id].text : "";
}

bool encap_table_starved(const struct encap_table *table)
{
	return table->starved;
}
