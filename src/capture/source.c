/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/source.h"

#include "capture/watch.h"
#include "capture/writer.h"

#include <inttypes.h>
#include <stdio.h>

/* The header of a followed file, if it is there by now; otherwise false and what to return. */
static bool open_pending(struct tcphs_source *source, enum tcphs_source_state *state,
                         struct tcphs_error *error)
{
	struct capture *capture = source->run->captures[source->capture];
	struct tcphs_error why = {0};

	source->reader = reader_open(capture, true, &why);
	source->pending = source->reader == NULL;
	*state = why.status == TCPHS_OK ? TCPHS_SOURCE_IDLE : TCPHS_SOURCE_ERROR;
	if (why.status != TCPHS_OK && error != NULL)
		*error = why;
	return !source->pending;
}

/* Reads from wherever this source's packets come from, filtered by nobody yet. */
static enum tcphs_source_state read_raw(struct tcphs_source *source, struct tcphs_packet *batch,
                                        size_t max, size_t *count, struct tcphs_error *error)
{
	enum tcphs_source_state state;

	if (source->replaying) {
		*count = spool_read(source->run->spool, &source->cursor, batch, max);
		if (*count > 0)
			return TCPHS_SOURCE_MORE;
		source->replaying = false;
		spool_leave(&source->cursor);
	}
	if (source->pending && !open_pending(source, &state, error))
		return state;
	if (source->reader != NULL)
		return source->reader->ops->read(source->reader, batch, max, count, error);
	if (source->merge != NULL)
		return merge_read(source->merge, batch, max, count, error);
	if (source->live != NULL)
		return live_read(source->live, batch, max, count, error);
	return TCPHS_SOURCE_END;
}

/* Keeps and writes the packets that are new. */
static enum tcphs_status pass_on(struct tcphs_source *source, const struct tcphs_packet *batch,
                                 size_t count, struct tcphs_error *error)
{
	enum tcphs_status status;

	for (size_t i = 0; i < count; i++) {
		if (batch[i].number <= source->newest)
			continue;
		if (source->run->spool != NULL)
			spool_add(source->run->spool, &batch[i]);
		if (source->writer == NULL)
			continue;
		status = tcphs_writer_packet(source->writer, &batch[i], source, error);
		if (status != TCPHS_OK)
			return status;
	}
	/* Of an interface at once, so that the copy can be followed. */
	if (source->writer != NULL && source->run->pipe && count > 0)
		return writer_flush(source->writer, error);
	return TCPHS_OK;
}

#define DISORDER INT64_C(100000000) /* ns; less is the disorder of several queues */

static void watch_clock(struct tcphs_source *source, const struct tcphs_packet *batch, size_t count)
{
	int64_t latest = source->latest;

	for (size_t i = 0; i < count; i++) {
		int64_t time = batch[i].time;

		if (time < latest && latest - time > source->back && batch[i].number > 1 &&
		    latest - time > DISORDER) {
			source->back = latest - time;
			source->back_packet = batch[i].number;
		}
		latest = time;
	}
	source->latest = latest;
}

int64_t tcphs_source_backwards(const struct tcphs_source *source, uint64_t *packet)
{
	*packet = source->back_packet;
	return source->back;
}

enum tcphs_source_state tcphs_source_read(struct tcphs_source *source, struct tcphs_packet *batch,
                                          size_t max, size_t *count, struct tcphs_error *error)
{
	enum tcphs_source_state state;
	uint64_t newest = source->newest;

	*count = 0;
	tcphs_error_set(error, TCPHS_OK, "%s", "");
	state = read_raw(source, batch, max, count, error);
	if (state == TCPHS_SOURCE_IDLE && source->watch >= 0) {
		/* Once more, so that nothing is missed between the end and the forgetting. */
		watch_drain(source->watch);
		state = read_raw(source, batch, max, count, error);
	}
	watch_clock(source, batch, *count);
	if (*count > 0 && batch[*count - 1].number > newest)
		newest = batch[*count - 1].number;
	if (source->filter != NULL)
		*count = filter_apply(source->filter, batch, *count);
	comments_take(&source->run->comments, batch, *count);
	if (source->run->interfaces.named)
		origins_take(&source->run->origins, batch, *count);
	if ((source->writer != NULL || source->run->spool != NULL) &&
	    pass_on(source, batch, *count, error) != TCPHS_OK)
		state = TCPHS_SOURCE_ERROR;
	source->newest = newest;
	return state;
}

uint64_t tcphs_source_unwritten(const struct tcphs_source *source)
{
	return source->writer != NULL ? writer_unwritten(source->writer) : 0;
}

enum tcphs_status tcphs_source_end_copy(struct tcphs_source *source, int patience, bool *waits,
                                        struct tcphs_error *error)
{
	*waits = false;
	tcphs_error_set(error, TCPHS_OK, "%s", "");
	return source->writer != NULL ? writer_finish(source->writer, patience, waits, error)
	                              : TCPHS_OK;
}

uint64_t tcphs_source_unasked(const struct tcphs_source *source, const char **why)
{
	*why = "";
	return source->filter != NULL ? filter_unasked(source->filter, why) : 0;
}

int tcphs_source_fd(const struct tcphs_source *source)
{
	if (source->live != NULL)
		return live_fd(source->live);
	if (source->reader != NULL && !source->reader->input->file->regular)
		return source->reader->input->file->fd;
	return source->watch;
}

void tcphs_source_progress(const struct tcphs_source *source, uint64_t *done, uint64_t *total)
{
	*total = source->run->size;
	*done = 0;
	if (source->reader != NULL)
		*done = source->reader->input->taken;
	else if (source->merge != NULL)
		*done = merge_taken(source->merge);
	else if (source->live != NULL)
		*done = live_octets(source->live);
	if (*total > 0 && *done > *total) /* a file that grew */
		*total = *done;
}

void tcphs_source_locate(const struct tcphs_source *source, uint64_t number, size_t *capture,
                         uint64_t *in_capture)
{
	if (source->run->switches.total > 0) {
		switches_locate(&source->run->switches, number, capture, in_capture);
		return;
	}
	*capture = source->capture;
	*in_capture = number;
}

size_t tcphs_source_packet_name(const void *source, uint64_t number, char *text, size_t size)
{
	uint64_t in_capture = 0;
	size_t capture = 0;

	tcphs_source_locate(source, number, &capture, &in_capture);
	return (size_t)snprintf(text, size, "[%zu,%" PRIu64 "]", capture + 1, in_capture);
}

bool tcphs_source_is_packed(const struct tcphs_source *source)
{
	for (size_t i = 0; i < source->run->count; i++) {
		if (source->run->captures[i] != NULL && source->run->captures[i]->packed)
			return true;
	}
	return false;
}

bool tcphs_source_seek(struct tcphs_source *source, uint64_t number)
{
	if (number == 0)
		return false;
	if (source->run->pipe) {
		source->replaying = source->run->spool != NULL &&
		                    spool_seek(source->run->spool, &source->cursor, number);
		return source->replaying;
	}
	if (source->merge != NULL)
		return merge_seek(source->merge, number, NULL);
	return source->reader != NULL && reader_seek(source->reader, number, NULL);
}

size_t tcphs_source_interfaces(const struct tcphs_source *source)
{
	return source->run->interfaces.count;
}

struct tcphs_interface tcphs_source_interface(const struct tcphs_source *source, size_t index)
{
	static const struct tcphs_interface none = {.name = "", .description = "", .comment = ""};

	return index < source->run->interfaces.count ? source->run->interfaces.list[index] : none;
}

uint64_t tcphs_source_dropped(struct tcphs_source *source)
{
	if (source->live != NULL)
		live_count(source->live);
	return interfaces_dropped(&source->run->interfaces);
}

const char *tcphs_source_comment(const struct tcphs_source *source)
{
	return sections_comment(&source->run->interfaces.sections);
}

size_t tcphs_source_packet_comments(const struct tcphs_source *source,
                                    const struct tcphs_comment **list, uint64_t *all)
{
	*list = source->run->comments.comment;
	*all = source->run->comments.all;
	return source->run->comments.count;
}

bool tcphs_source_forgot(const struct tcphs_source *source)
{
	return source->run->interfaces.sections.forgot;
}

const char *tcphs_source_comment_on(const void *source, uint64_t packet)
{
	return comments_find(&((const struct tcphs_source *)source)->run->comments, packet);
}

const char *tcphs_source_interface_of(const void *source, uint64_t packet)
{
	const struct run *run = ((const struct tcphs_source *)source)->run;
	uint32_t interface;

	return origins_find(&run->origins, packet, &interface) && interface < run->interfaces.count
	           ? run->interfaces.list[interface].name
	           : "";
}

bool tcphs_source_is_down(const struct tcphs_source *source)
{
	return source->live != NULL && live_is_down(source->live);
}

bool tcphs_source_is_live(const struct tcphs_source *source)
{
	return source->live != NULL;
}

const char *tcphs_source_name(const struct tcphs_source *source)
{
	return source->run->name;
}
