/* SPDX-License-Identifier: BSD-3-Clause */
/* A small text file, whole; and writing where somebody may have changed how that is done. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>
#include "base/text.h"

/* Reads `path` into *out, which is emptied first and never holds more than `most` octets. False
 * with an error that names the file otherwise. out->data is NUL-terminated, also when the file
 * is empty. */
bool file_read(const char *path, size_t most, struct text *out, struct tcphs_error *error);

/* After a write() that failed: may it be tried again? It may where a signal ended it, and where
 * somebody made the file not wait: then after a while, or as soon as it takes more. */
bool file_try_again(int fd);

/* What helps after a write that failed for `cause`: "; …" for the end of its error, or "". */
const char *file_remedy(int cause);

#endif
