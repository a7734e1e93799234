/* SPDX-License-Identifier: BSD-3-Clause */
#include <tcphs/error.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

enum tcphs_status tcphs_error_set(struct tcphs_error *error, enum tcphs_status status,
                                  const char *format, ...)
{
	va_list args;

	if (error == NULL)
		return status;
	error->status = status;
	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	return status;
}
