/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any octets as a lesson: compiled within its caps or refused with the line's number; each
 * question knows its right answer, and any text can be judged.
 */
#include "fuzz.h"

#include "teach/lesson.h"

#include <string.h>

static void check_item(const struct lesson_item *item, const char *said)
{
	char answer[512];

	expect(item->kind <= LESSON_ASK && item->line > 0 && item->answers <= LESSON_ANSWERS_MAX);
	if (item->kind != LESSON_ASK)
		return;
	lesson_judge(item, said);
	lesson_judge(item, "");
	if (lesson_right_answer(item, answer, sizeof(answer)) < sizeof(answer) && answer[0] != '\0')
		expect(lesson_judge(item, answer) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tcphs_error error = {0};
	struct lesson *lesson = lesson_compile((const char *)data, size, "name", &error);
	char said[64];
	size_t length = size < sizeof(said) - 1 ? size : sizeof(said) - 1;

	memcpy(said, data, length);
	said[length] = '\0';
	if (lesson == NULL) {
		expect(error.status != TCPHS_OK && strncmp(error.text, "name", 4) == 0);
		return 0;
	}
	expect(lesson->items <= LESSON_ITEMS_MAX);
	for (size_t i = 0; i < lesson->items; i++)
		check_item(&lesson->item[i], said);
	lesson_free(lesson);
	return 0;
}
