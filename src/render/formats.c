/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/format.h"
#include "render/record.h"

#include <string.h>
#include <strings.h>

static const struct tcphs_format *const formats[] = {
    &text_format, &ascii_format,   &json_format,     &csv_format, &svg_format,
    &html_format, &mermaid_format, &plantuml_format, &png_format, &pdf_format,
};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

const struct tcphs_format *tcphs_format_at(size_t index)
{
	return index < FORMATS ? formats[index] : NULL;
}

const struct tcphs_format *tcphs_format_named(const char *name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const struct tcphs_format *tcphs_format_for_path(const char *path)
{
	size_t length = strlen(path);

	for (size_t i = 0; i < FORMATS; i++) {
		const char *extension = formats[i]->extension;
		size_t ending = extension != NULL ? strlen(extension) : 0;

		if (ending > 0 && length > ending &&
		    strcasecmp(path + length - ending, extension) == 0)
			return formats[i];
	}
	return NULL;
}
