/* SPDX-License-Identifier: BSD-3-Clause */
/* o: the picture of a ladder, or its packets, by the ending of the name. */
#include "tui/ladder.h"
#include "tui/save_packets.h"

#include <errno.h>
#include <limits.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <tcphs/render.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"

struct picture_file {
	FILE *file;
	int cause; /* errno of what failed, or 0 */
};

static bool write_octets(void *context, const char *octets, size_t count)
{
	struct picture_file *to = context;

	if (fwrite(octets, 1, count, to->file) == count)
		return true;
	to->cause = errno;
	return false;
}

static const char *encapsulation(void *context, uint32_t id)
{
	return tcphs_decoder_encapsulation(context, id);
}

static bool render(struct ladder_view *view, const struct tcphs_format *format,
                   const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct app *app = view->screen.app;
	struct tcphs_source *source = tcphs_session_source(app->session);
	const struct tcphs_render_options options = {
	    .title = tcphs_source_name(source),
	    .source = source,
	    .captures = app->options->path_count,
	    .encapsulation = encapsulation,
	    .context = tcphs_session_decoder(app->session),
	};
	void *state = NULL;
	struct tcphs_error last = {0};
	bool drawn;

	if (!format->begin(&state, &options, sink, error))
		return false;
	drawn = format->ladder(state, &view->ladder, error);
	if (!format->end(state, drawn ? error : &last)) /* also after an error: it frees */
		drawn = false;
	return drawn;
}

static bool save_picture(struct ladder_view *view, const struct tcphs_format *format,
                         const char *path, struct tcphs_error *error)
{
	struct picture_file to = {.file = fopen(path, "wb")};
	struct tcphs_sink sink = {write_octets, &to};
	bool saved = false;

	if (to.file == NULL) {
		to.cause = errno;
	} else {
		saved = render(view, format, &sink, error);
		if (fclose(to.file) != 0 && saved) {
			to.cause = errno;
			saved = false;
		}
		if (!saved) /* half a picture helps nobody */
			unlink(path);
	}
	if (to.cause != 0)
		tcphs_error_set(error, TCPHS_USAGE, "can't be written: %s%s", strerror(to.cause),
		                file_remedy(to.cause));
	return saved;
}

static bool is_packets(const char *path)
{
	size_t length = strlen(path);

	return length > 7 && strcasecmp(path + length - 7, ".pcapng") == 0;
}

static bool save_connection(struct ladder_view *view, const char *path, uint64_t *packets,
                            struct tcphs_error *error)
{
	struct app *app = view->screen.app;
	size_t index = app_find(app, view->id);

	if (index != SIZE_MAX)
		return save_packets(app->session, index, path, packets, error);
	tcphs_error_set(error, TCPHS_USAGE, "#%" PRIu64 " was given up for --max-memory", view->id);
	return false;
}

static bool save_as(struct ladder_view *view, const char *path, struct tcphs_error *error)
{
	struct app *app = view->screen.app;
	char shown[200];
	uint64_t packets = 0;

	escape_into(shown, sizeof(shown), path);
	if (is_packets(path)) {
		if (!save_connection(view, path, &packets, error))
			return false;
		app_message(app, TCPHS_S_OK, "saved %" PRIu64 " packet%s as %s", packets,
		            packets == 1 ? "" : "s", shown);
		return true;
	}
	if (!save_picture(view, tcphs_format_for_path(path), path, error))
		return false;
	app_message(app, TCPHS_S_OK, "saved the picture as %s", shown);
	return true;
}

/* The user may write there and tcphs may not: then it is the sandbox. */
static void blame_sandbox(const struct ladder_view *view, const char *path,
                          struct tcphs_error *error)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%.*s", slash != NULL ? (int)(slash - path) + 1 : 1,
	         slash != NULL ? path : ".");
	if (view->screen.app->options->sandboxed && access(folder, W_OK) == 0 &&
	    strstr(error->text, strerror(EACCES)) != NULL)
		tcphs_error_set(error, TCPHS_USAGE,
		                "can't be written: the sandbox leaves the folder where tcphs was "
		                "started, and /tmp; or start it with --no-sandbox");
}

static bool try_save(struct ladder_view *view, const char *path, struct tcphs_error *error)
{
	if (save_as(view, path, error))
		return true;
	blame_sandbox(view, path, error);
	return false;
}

static bool accept_overwrite(void *context, const char *text, struct tcphs_error *error)
{
	struct ladder_view *view = context;
	struct app *app = view->screen.app;

	if (strcasecmp(text, "y") != 0 && strcasecmp(text, "yes") != 0)
		app_message(app, TCPHS_S_DIM, "not saved");
	else if (!try_save(view, view->save_path, error))
		app_message(app, TCPHS_S_ERROR, "%s", error->text);
	return true;
}

static const struct prompt_kind overwrite_prompt = {
    .label = "it is there already: overwrite? (y/n)",
    .history = HISTORY_COUNT,
    .accept = accept_overwrite,
};

static bool check_path(void *context, const char *text, size_t *at, size_t *length,
                       struct tcphs_error *error)
{
	const char *slash = strrchr(text, '/'), *name = slash != NULL ? slash + 1 : text;
	const char *ending = strrchr(name, '.');

	(void)context;
	*at = ending != NULL ? (size_t)(ending - text) : strlen(text);
	*length = strlen(text) - *at;
	if (is_packets(text) || tcphs_format_for_path(text) != NULL)
		return true;
	tcphs_error_set(error, TCPHS_USAGE,
	                "end in .txt .svg .png .pdf .html; .pcapng: the packets");
	return false;
}

static bool accept_path(void *context, const char *text, struct tcphs_error *error)
{
	struct ladder_view *view = context;
	size_t at, length;

	if (!check_path(view, text, &at, &length, error))
		return false;
	if (access(text, F_OK) != 0)
		return try_save(view, text, error);
	snprintf(view->save_path, sizeof(view->save_path), "%s", text);
	prompt_open(view->screen.app, &overwrite_prompt, view, "");
	return true;
}

static const struct prompt_kind path_prompt = {
    .label = "save as",
    .history = HISTORY_PATH,
    .check = check_path,
    .accept = accept_path,
};

void save_ask(struct ladder_view *view)
{
	char name[64];

	snprintf(name, sizeof(name), "connection-%" PRIu64 ".svg", view->id);
	prompt_open(view->screen.app, &path_prompt, view, name);
}
