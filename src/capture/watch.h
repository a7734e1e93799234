/* SPDX-License-Identifier: BSD-3-Clause */
/* Tells when a file grows: a descriptor for poll(), where the system has one. */
#ifndef CAPTURE_WATCH_H
#define CAPTURE_WATCH_H

/* -1 if it can't be had; then ask the file now and then. Close it with close(). */
int watch_open(const char *path);
/* Forgets what was told so far. */
void watch_drain(int watch);

#endif
