/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/thread.h"

#include <signal.h>

bool thread_start(pthread_t *thread, void *(*run)(void *), void *context)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	failed = pthread_create(thread, NULL, run, context);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed == 0;
}

struct second {
	void (*work)(void *context, int which);
	void *context;
};

static void *run_second(void *context)
{
	const struct second *second = context;

	second->work(second->context, 1);
	return NULL;
}

void thread_pair(void (*work)(void *context, int which), void *context, bool apart)
{
	struct second second = {work, context};
	pthread_t thread;

	apart = apart && thread_start(&thread, run_second, &second);
	work(context, 0);
	if (apart)
		pthread_join(thread, NULL);
	else
		work(context, 1);
}
