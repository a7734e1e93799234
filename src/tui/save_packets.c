/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/save_packets.h"

#include "track/selection.h"

#include <unistd.h>

bool save_packets(struct tcphs_session *session, size_t index, const char *path, uint64_t *packets,
                  struct tcphs_error *error)
{
	struct selection selection = {0};
	struct tcphs_error closing = {0};
	struct tcphs_writer *writer = NULL;
	bool saved = false;

	if (!selection_add_one(&selection, session, index)) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		goto out;
	}
	writer = tcphs_writer_open(path, error);
	if (writer == NULL)
		goto out;
	saved = selection_write(&selection, session, writer, error) == TCPHS_OK;
	if (tcphs_writer_close(writer, &closing) != TCPHS_OK && saved) {
		*error = closing;
		saved = false;
	}
	if (!saved) /* half a connection would be taken for the whole */
		unlink(path);
	*packets = selection.written;
out:
	selection_free(&selection);
	return saved;
}
