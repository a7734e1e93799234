/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/escape.h"
#include "base/text.h"
#include "capture/watch.h"
#include "capture/writer.h"

/* What couldn't be opened: the first in words, the worst by status. */
struct failures {
	struct tcphs_error first;
	enum tcphs_status worst;
	size_t count;
};

static void note_failure(struct failures *failures, const struct tcphs_error *why)
{
	if (failures->count++ == 0)
		failures->first = *why;
	if (why->status > failures->worst)
		failures->worst = why->status;
}

static void tell_failures(const struct failures *failures, struct tcphs_error *error)
{
	if (failures->count == 1)
		tcphs_error_set(error, failures->worst, "%s", failures->first.text);
	else if (failures->count > 1)
		tcphs_error_set(error, failures->worst,
		                "%.440s (and %zu more that can't be opened)", failures->first.text,
		                failures->count - 1);
}

struct tcphs_source *source_new(struct run *run, struct tcphs_error *error)
{
	struct tcphs_source *source = calloc(1, sizeof(*source));

	if (source == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		run_release(run);
		return NULL;
	}
	source->run = run;
	source->watch = -1;
	if (run->filter == NULL)
		return source;
	source->filter = filter_new(run->filter, error);
	if (source->filter != NULL)
		return source;
	tcphs_source_close(source);
	return NULL;
}

void tcphs_source_close(struct tcphs_source *source)
{
	if (source == NULL)
		return;
	reader_close(source->reader);
	merge_free(source->merge);
	live_close(source->live);
	spool_leave(&source->cursor);
	filter_free(source->filter);
	tcphs_writer_close(source->writer, NULL);
	if (source->watch >= 0)
		close(source->watch);
	run_release(source->run);
	free(source);
}

/* Adds an open capture to the merge, at its first packet. */
static bool add_to_merge(struct tcphs_source *source, struct capture *capture, size_t index,
                         struct reader *reader)
{
	struct tcphs_packet first;
	struct tcphs_error why = {0};
	size_t count = 0;
	bool added;

	reader->input->patient = true;
	if (reader->ops->read(reader, &first, 1, &count, &why) != TCPHS_SOURCE_MORE) {
		/* Nothing in it, but perhaps something to be said about it. */
		merge_note_damage(source->merge, &why);
		reader_close(reader);
		return true;
	}
	if (capture->file.regular) {
		reader_close(reader);
		reader = NULL;
	}
	added = merge_add(source->merge, capture, index, reader, &first);
	if (!added)
		reader_close(reader);
	return added;
}

static void open_capture(struct tcphs_source *source, const char *path, size_t index,
                         struct failures *failures)
{
	struct tcphs_error why = {0};
	struct capture *capture = capture_open(path, &source->run->interfaces, &why);

	source->run->captures[index] = capture;
	if (capture == NULL) {
		note_failure(failures, &why);
		return;
	}
	source->run->usable++;
	source->run->pipe = source->run->pipe || !capture->file.regular;
}

/* Looks at the first octets of an open capture. */
static void begin_capture(struct tcphs_source *source, size_t index, struct failures *failures)
{
	struct run *run = source->run;
	struct tcphs_error why = {0};
	struct capture *capture = run->captures[index];
	struct reader *reader = NULL;

	reader = reader_open(capture, run->follow, &why);
	source->pending = reader == NULL && run->follow && why.status == TCPHS_OK;
	if (reader == NULL && !source->pending) {
		capture_close(capture);
		run->captures[index] = NULL;
		run->usable--;
		note_failure(failures, &why);
		return;
	}
	if (source->merge == NULL) {
		source->reader = reader;
		source->capture = index;
	} else if (reader != NULL && !add_to_merge(source, capture, index, reader)) {
		tcphs_error_set(&why, TCPHS_NOMEM, "%s: memory is exhausted", capture->file.name);
		note_failure(failures, &why);
	}
}

static void add_up_sizes(struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		if (run->captures[i] == NULL)
			continue;
		if (run->captures[i]->file.size == 0) {
			run->size = 0;
			return;
		}
		run->size += run->captures[i]->file.size;
	}
}

static bool set_name(struct run *run, const char *path, size_t count)
{
	struct text name = {0};

	if (strcmp(path, "-") == 0)
		path = "standard input";
	text_add_escaped(&name, path, strlen(path));
	if (count > 1)
		text_addf(&name, " and %zu more", count - 1);
	if (!name.failed && name.data != NULL) {
		run->name = name.data;
		return true;
	}
	if (!name.failed)
		run->name = strdup("");
	text_free(&name);
	return run->name != NULL;
}

/* Is `path` one of the captures? To write there would destroy it. */
static bool is_read_here(const struct run *run, const char *path)
{
	struct stat target, info;

	if (stat(path, &target) < 0 || !S_ISREG(target.st_mode))
		return false;
	for (size_t i = 0; i < run->count; i++)
		if (run->captures[i] != NULL && fstat(run->captures[i]->file.fd, &info) == 0 &&
		    info.st_dev == target.st_dev && info.st_ino == target.st_ino)
			return true;
	return false;
}

/* What a source of any kind gets from its options. */
static bool apply_options(struct tcphs_source *source, const struct tcphs_source_options *options,
                          struct tcphs_error *error)
{
	if (options->spool > 0 && source->run->pipe) {
		source->run->spool = spool_new(options->spool);
		if (source->run->spool == NULL) {
			tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
			return false;
		}
	}
	if (options->write_path == NULL)
		return true;
	if (is_read_here(source->run, options->write_path)) {
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%s: is read and can't be written at the same time: give another name",
		    source->run->name);
		return false;
	}
	source->writer = tcphs_writer_open(options->write_path, error);
	if (source->writer == NULL || source->live == NULL || writer_go_behind(source->writer))
		return source->writer != NULL;
	tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	return false;
}

static struct tcphs_source *new_source(const char *const *names, size_t count,
                                       const struct tcphs_source_options *options,
                                       struct tcphs_error *error)
{
	struct run *run = run_new(count, options, error);

	if (run == NULL)
		return NULL;
	if (!set_name(run, names[0], count)) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		run_release(run);
		return NULL;
	}
	return source_new(run, error);
}

/* All are opened before one is looked at: in between rights can be given up. False if none
 * is left, or after an error. */
static bool add_captures(struct tcphs_source *source, const char *const *paths, size_t count,
                         const struct tcphs_source_options *options, struct tcphs_error *error)
{
	struct failures failures = {0};

	for (size_t i = 0; i < count; i++)
		open_capture(source, paths[i], i, &failures);
	if (options->follow && count == 1 && source->run->usable == 1 &&
	    source->run->captures[0]->file.regular)
		source->watch = watch_open(paths[0]);
	if (source->run->usable > 0 &&
	    (!apply_options(source, options, error) ||
	     (options->opened != NULL && !options->opened(options->opened_context, error))))
		return false;
	for (size_t i = 0; i < count; i++)
		if (source->run->captures[i] != NULL)
			begin_capture(source, i, &failures);
	tell_failures(&failures, error);
	return source->run->usable > 0;
}

/* Makes ready for several captures. */
static bool prepare_merge(struct tcphs_source *source, size_t count, struct tcphs_error *error)
{
	if (source->run->follow) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "only one growing file can be followed: name one capture");
		return false;
	}
	if (!switches_init(&source->run->switches, count)) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return false;
	}
	source->run->interfaces.sections.several = true;
	source->merge = merge_new(count, &source->run->switches, error);
	return source->merge != NULL;
}

struct tcphs_source *tcphs_source_open_files(const char *const *paths, size_t count,
                                             const struct tcphs_source_options *options,
                                             struct tcphs_error *error)
{
	static const struct tcphs_source_options defaults;
	struct tcphs_source *source = NULL;

	tcphs_error_set(error, TCPHS_OK, "%s", "");
	if (options == NULL)
		options = &defaults;
	if (count == 0) {
		tcphs_error_set(error, TCPHS_USAGE, "no capture was named");
		return NULL;
	}
	source = new_source(paths, count, options, error);
	if (source == NULL || (count > 1 && !prepare_merge(source, count, error)))
		goto out;
	if (!add_captures(source, paths, count, options, error))
		goto out;
	add_up_sizes(source->run);
	return source;
out:
	tcphs_source_close(source);
	return NULL;
}

struct tcphs_source *tcphs_source_open_live(const char *interface,
                                            const struct tcphs_source_options *options,
                                            struct tcphs_error *error)
{
	static const struct tcphs_source_options defaults;
	struct tcphs_source *source;

	tcphs_error_set(error, TCPHS_OK, "%s", "");
	if (options == NULL)
		options = &defaults;
	source = new_source(&interface, 1, options, error);
	if (source == NULL)
		return NULL;
	/* The kernel filters. */
	filter_free(source->filter);
	source->filter = NULL;
	source->run->count = 0;
	source->run->pipe = true;
	source->live = live_open(interface, options, &source->run->interfaces, error);
	if (source->live != NULL && apply_options(source, options, error) &&
	    (options->opened == NULL || options->opened(options->opened_context, error)))
		return source;
	tcphs_source_close(source);
	return NULL;
}

struct tcphs_source *tcphs_source_reopen(const struct tcphs_source *source,
                                         struct tcphs_error *error)
{
	struct run *run = source->run;
	struct tcphs_source *copy;

	if (run->pipe && run->spool == NULL) {
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%s: its packets are not kept: give --spool SIZE to keep the newest",
		    run->name);
		return NULL;
	}
	copy = source_new(run_hold(run), error);
	if (copy == NULL)
		return NULL;
	if (run->pipe)
		copy->replaying = true;
	else if (source->merge != NULL)
		copy->merge = merge_copy(source->merge, error);
	else
		copy->reader = reader_open(run->captures[source->capture], false, error);
	copy->capture = source->capture;
	if (copy->replaying || copy->merge != NULL || copy->reader != NULL)
		return copy;
	tcphs_source_close(copy);
	return NULL;
}
