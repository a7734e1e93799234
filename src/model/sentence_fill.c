/* SPDX-License-Identifier: BSD-3-Clause */
/* The templates of sentence.c, filled. */
#include "model/sentence_fill.h"

#include <string.h>

#include "model/sentence.h"

static void fill(struct filling *filling, const char *template)
{
	while (*template != '\0') {
		const char *brace = strchr(template, '{');
		const char *end = brace != NULL ? strchr(brace, '}') : NULL;
		char word[16];
		size_t length;

		if (end == NULL) {
			bounded_add(&filling->out, template);
			return;
		}
		bounded_add_octets(&filling->out, template, (size_t)(brace - template));
		length = (size_t)(end - brace) - 1;
		if (length < sizeof(word)) {
			memcpy(word, brace + 1, length);
			word[length] = '\0';
			sentence_fill_word(filling, word);
		}
		template = end + 1;
	}
}

size_t tcphs_diagnosis_text(const struct tcphs_connection *connection,
                            const struct tcphs_diagnosis *diagnosis, bool relative, char *text,
                            size_t size)
{
	struct filling filling = {.connection = connection,
	                          .diagnosis = diagnosis,
	                          .relative = relative,
	                          .out = bounded_start(text, size)};
	const char *template =
	    connection != NULL ? sentence_template((enum tcphs_code)diagnosis->code) : NULL;

	if (template != NULL)
		fill(&filling, template);
	if (template == NULL || filling.missing) {
		filling.out = bounded_start(text, size);
		bounded_add(&filling.out, tcphs_code_info(diagnosis->code)->sentence);
	}
	return bounded_end(&filling.out);
}
