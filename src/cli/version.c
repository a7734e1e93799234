/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/version.h"

#include "cli/sandbox.h"

#include <tcphs/source.h>

#include <string.h>

struct feature {
	const char *name;
	int built_in;
};

#ifndef TCPHS_HAVE_LIBARCHIVE
#define TCPHS_HAVE_LIBARCHIVE 0
#endif
#ifndef TCPHS_HAVE_RSVG
#define TCPHS_HAVE_RSVG 0
#endif
#ifndef TCPHS_HAVE_SECCOMP
#define TCPHS_HAVE_SECCOMP 0
#endif
#ifndef TCPHS_HAVE_CAPNG
#define TCPHS_HAVE_CAPNG 0
#endif

static const struct feature features[] = {
    {"compressed captures (libarchive)", TCPHS_HAVE_LIBARCHIVE},
    {"png and pdf (librsvg)", TCPHS_HAVE_RSVG},
    {"system call filter (libseccomp)", TCPHS_HAVE_SECCOMP},
    {"empty bounding set (libcap-ng)", TCPHS_HAVE_CAPNG},
};

static void print_features(FILE *out, const char *title, int built_in)
{
	int count = 0;

	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++) {
		if (features[i].built_in != built_in)
			continue;
		fprintf(out, "%s%s", count == 0 ? title : ", ", features[i].name);
		count++;
	}
	if (count > 0)
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
	print_features(out, "with: ", 1);
	print_features(out, "without: ", 0);
	sandbox_describe(sandbox, sizeof(sandbox));
	fprintf(out, "sandbox: %s\n", sandbox);
}
