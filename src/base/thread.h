/* SPDX-License-Identifier: BSD-3-Clause */
/* A further thread, which hears no signals: they are for the one that has the terminal. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

bool thread_start(pthread_t *thread, void *(*run)(void *), void *context);

#endif
