/* SPDX-License-Identifier: BSD-3-Clause */
#include "scarce.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t unit, size_t size);
void *__real_mmap64(void *at, size_t size, int rights, int flags, int file, off_t offset);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *context);
ssize_t __real_getrandom(void *octets, size_t count, unsigned flags);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t unit, size_t size);
void *__wrap_mmap64(void *at, size_t size, int rights, int flags, int file, off_t offset);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *context);
ssize_t __wrap_getrandom(void *octets, size_t count, unsigned flags);

/* Two threads may ask at once. */
static atomic_bool scarce;
static atomic_ullong asked, refused;
static struct scarcity rule;

void scarce_begin(const struct scarcity *scarcity)
{
	rule = *scarcity;
	atomic_store(&asked, 0);
	atomic_store(&refused, 0);
	atomic_store(&scarce, rule.first > 0);
}

uint64_t scarce_refused(void)
{
	return atomic_load(&refused);
}

void scarce_pause(bool pause)
{
	atomic_store(&scarce, !pause && rule.first > 0);
}

void scarce_end(void)
{
	scarce_begin(&(struct scarcity){.first = 0});
}

static bool is_refused(size_t size)
{
	uint64_t number;

	if (!atomic_load(&scarce) || size < rule.least)
		return false;
	number = atomic_fetch_add(&asked, 1) + 1;
	if (number < rule.first ||
	    (number > rule.first && (rule.every == 0 || (number - rule.first) % rule.every != 0)))
		return false;
	atomic_fetch_add(&refused, 1);
	errno = ENOMEM;
	return true;
}

void *__wrap_malloc(size_t size)
{
	return is_refused(size) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return is_refused(count * size) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return is_refused(size) ? NULL : __real_realloc(old, size);
}

void *__wrap_aligned_alloc(size_t unit, size_t size)
{
	return is_refused(size) ? NULL : __real_aligned_alloc(unit, size);
}

void *__wrap_mmap64(void *at, size_t size, int rights, int flags, int file, off_t offset)
{
	if ((flags & MAP_ANONYMOUS) && is_refused(size))
		return MAP_FAILED;
	return __real_mmap64(at, size, rights, flags, file, offset);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *context)
{
	return is_refused(SIZE_MAX) ? EAGAIN
	                            : __real_pthread_create(thread, attributes, run, context);
}

ssize_t __wrap_getrandom(void *octets, size_t count, unsigned flags)
{
	if (is_refused(SIZE_MAX)) {
		errno = ENOSYS;
		return -1;
	}
	return __real_getrandom(octets, count, flags);
}
