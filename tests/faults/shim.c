/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * To be preloaded: makes the system fail where it seldom does.
 *   FAULT_ALLOC=N[+]     the N-th allocation fails; with '+', each one from there on
 *   FAULT_SPARE=A:B      those of libraries with A or B in their paths don't count and don't fail
 *   FAULT_COUNT=FILE     at exit the number of allocations is written there
 *   FAULT_SHORT=1        a write() takes one octet, and every third is interrupted
 *   FAULT_SHRINK=N:FILE  the N-th read of more than 4 KiB finds FILE cut to 400 octets
 *   FAULT_PAUSE=N:S      at the N-th look at the monotonic clock S seconds have passed at once
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static atomic_ulong allocations, writes, reads, looks;
static unsigned long failing;
static bool persistent, armed;
static const char *spared;

__attribute__((constructor)) static void arm(void)
{
	const char *text = getenv("FAULT_ALLOC");

	if (text != NULL) {
		failing = strtoul(text, NULL, 10);
		persistent = strchr(text, '+') != NULL;
	}
	spared = getenv("FAULT_SPARE");
	atomic_store(&allocations, 0);
	armed = true;
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("FAULT_COUNT");
	unsigned long count = atomic_load(&allocations);
	FILE *file;

	armed = false;
	file = path != NULL ? fopen(path, "w") : NULL;
	if (file == NULL)
		return;
	fprintf(file, "%lu\n", count);
	fclose(file);
}

/* Nothing here may allocate. */
static bool is_spared(const void *caller)
{
	const char *name = spared;
	Dl_info info;

	if (name == NULL || dladdr(caller, &info) == 0 || info.dli_fname == NULL)
		return false;
	for (size_t length; *name != '\0'; name += length + (name[length] == ':')) {
		length = strcspn(name, ":");
		if (memmem(info.dli_fname, strlen(info.dli_fname), name, length) != NULL)
			return true;
	}
	return false;
}

static bool fails(const void *caller)
{
	unsigned long number;

	if (is_spared(caller))
		return false;
	number = atomic_fetch_add(&allocations, 1) + 1;
	if (!armed || failing == 0 || number < failing || (number > failing && !persistent))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

/* Here, so that it is its caller who allocates. */
char *strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);

	return copy != NULL ? memcpy(copy, text, size) : NULL;
}

ssize_t write(int fd, const void *octets, size_t count)
{
	static ssize_t (*next)(int, const void *, size_t);
	unsigned long number = atomic_fetch_add(&writes, 1);

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "write");
	if (getenv("FAULT_SHORT") == NULL || count == 0)
		return next(fd, octets, count);
	if (number % 3 == 2) {
		errno = EINTR;
		return -1;
	}
	return next(fd, octets, 1);
}

static void shrink(size_t count)
{
	const char *text = getenv("FAULT_SHRINK"), *path;

	if (text == NULL || count <= 4096)
		return;
	path = strchr(text, ':');
	if (path != NULL && atomic_fetch_add(&reads, 1) + 1 == strtoul(text, NULL, 10) &&
	    truncate(path + 1, 400) != 0)
		abort();
}

ssize_t read(int fd, void *octets, size_t count)
{
	static ssize_t (*next)(int, void *, size_t);

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "read");
	shrink(count);
	return next(fd, octets, count);
}

ssize_t pread64(int fd, void *octets, size_t count, off_t at)
{
	static ssize_t (*next)(int, void *, size_t, off_t);

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "pread64");
	shrink(count);
	return next(fd, octets, count, at);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	static int (*next)(clockid_t, struct timespec *);
	const char *text = getenv("FAULT_PAUSE"), *seconds;
	int result;

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "clock_gettime");
	result = next(clock, now);
	seconds = text != NULL ? strchr(text, ':') : NULL;
	if (seconds != NULL && clock == CLOCK_MONOTONIC &&
	    atomic_fetch_add(&looks, 1) + 1 >= strtoul(text, NULL, 10))
		now->tv_sec += strtol(seconds + 1, NULL, 10);
	return result;
}
