/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/version.h"

#include "cli/sandbox.h"

#include <tcphs/source.h>

#include <stdbool.h>
#include <string.h>

#ifndef TCPHS_HAVE_RSVG
#define TCPHS_HAVE_RSVG 0
#endif
#ifndef TCPHS_HAVE_SECCOMP
#define TCPHS_HAVE_SECCOMP 0
#endif
#ifndef TCPHS_HAVE_CAPNG
#define TCPHS_HAVE_CAPNG 0
#endif

static const struct {
	const char *name;
	bool built_in;
} features[] = {
    {"png and pdf (librsvg)", TCPHS_HAVE_RSVG},
    {"system call filter (libseccomp)", TCPHS_HAVE_SECCOMP},
    {"empty bounding set (libcap-ng)", TCPHS_HAVE_CAPNG},
};

/* One line of what is, or isn't, built in. */
static void print_features(FILE *out, bool built_in)
{
	const char *before = built_in ? "with: " : "without: ";
	struct tcphs_unpacker unpacker;

	for (size_t i = 0; tcphs_source_unpacker(i, &unpacker); i++) {
		if (unpacker.built_in != built_in)
			continue;
		fprintf(out, "%s%s", before, unpacker.format);
		if (unpacker.version[0] != '\0')
			/* libbz2 says its date, too */
			fprintf(out, " (%s%.*s)", unpacker.library,
			        (int)strcspn(unpacker.version, ","), unpacker.version);
		before = ", ";
	}
	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++) {
		if (features[i].built_in != built_in)
			continue;
		fprintf(out, "%s%s", before, features[i].name);
		before = ", ";
	}
	if (before[0] == ',')
		fputc('\n', out);
}

void version_print(FILE *out)
{
	const char *library = tcphs_source_library();
	char sandbox[200];

	/* libpcap adds what it was built with in brackets; the version is what matters. */
	size_t length = strcspn(library, "(");

	while (length > 0 && library[length - 1] == ' ')
		length--;
	fprintf(out, "tcphs %s\n%.*s\n", TCPHS_VERSION, (int)length, library);
	print_features(out, true);
	print_features(out, false);
	sandbox_describe(sandbox, sizeof(sandbox));
	fprintf(out, "sandbox: %s\n", sandbox);
}
