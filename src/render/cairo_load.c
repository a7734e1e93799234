/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#ifdef TCPHS_HAVE_RSVG

#include "render/cairo_load.h"

#include <dlfcn.h>
#include <string.h>

/* Cairo and glib are found through it, in the versions that it was linked with. */
#ifdef __APPLE__
#define RSVG_SONAME "librsvg-2.2.dylib"
#else
#define RSVG_SONAME "librsvg-2.so.2"
#endif

struct function {
	const char *name;
	size_t offset;
};

#define CAIRO_FUNCTION(name) {#name, offsetof(struct cairo_calls, name)},
static const struct function functions[] = {CAIRO_FUNCTIONS(CAIRO_FUNCTION)};

_Static_assert(sizeof(void *) == sizeof(void (*)(void)), "dlsym() gives functions, says POSIX");

bool cairo_load(struct cairo_calls *calls, struct tcphs_error *error)
{
	/* Not to be unloaded: glib keeps its types, and would register them twice. */
	void *library = dlopen(RSVG_SONAME, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	bool done = library != NULL;

	if (!done)
		tcphs_error_set(error, TCPHS_USAGE,
		                "png and pdf need librsvg, which can't be loaded: %s; install "
		                "librsvg2-2 (Debian), librsvg2 (Fedora) or librsvg, or write .svg",
		                dlerror());
	for (size_t i = 0; done && i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *address = dlsym(library, functions[i].name);

		done = address != NULL;
		memcpy((char *)calls + functions[i].offset, &address, sizeof(address));
		if (!done)
			tcphs_error_set(error, TCPHS_USAGE,
			                RSVG_SONAME " or its cairo is too old, it lacks %s(): "
			                            "bring it up to date, or write .svg",
			                functions[i].name);
	}
	if (library != NULL)
		dlclose(library);
	return done;
}

#endif
