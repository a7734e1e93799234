/* SPDX-License-Identifier: BSD-3-Clause */
/* A further thread, which hears no signals: they are for the one that has the terminal. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

bool thread_start(pthread_t *thread, void *(*run)(void *), void *context);
/* Does work(context, 0), and work(context, 1) in a second thread at the same time; behind it if
 * there is no thread to be had or it is not `apart`. */
void thread_pair(void (*work)(void *context, int which), void *context, bool apart);

#endif
