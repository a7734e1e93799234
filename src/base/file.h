/* SPDX-License-Identifier: BSD-3-Clause */
/* A small text file, whole. */
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

#endif
