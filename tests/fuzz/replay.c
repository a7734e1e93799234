/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fuzz targets without libFuzzer, for any compiler and for valgrind:
 *
 *	replay_NAME [-m COUNT] [-s SEED] FILE | FOLDER ...
 *
 * runs every file, and COUNT mutations of each.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#define INPUT_MAX (1u << 18)

/* Clang 14's MemorySanitizer does not see that stat() and fstat() of a newer glibc write. */
#if defined(__clang__) && defined(__linux__)
#if __has_feature(memory_sanitizer)
#include <fcntl.h>
#include <sanitizer/msan_interface.h>

int stat(const char *path, struct stat *status)
{
	__msan_unpoison(status, sizeof(*status));
	return fstatat(AT_FDCWD, path, status, 0);
}

int fstat(int fd, struct stat *status)
{
	__msan_unpoison(status, sizeof(*status));
	return fstatat(fd, "", status, AT_EMPTY_PATH);
}
#endif
#endif

#pragma weak LLVMFuzzerInitialize
#pragma weak LLVMFuzzerCustomMutator

struct run {
	unsigned mutations;
	unsigned long inputs;
};

static uint64_t dice = 1;

static unsigned roll(unsigned sides)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(dice >> 33) % sides;
}

/* A few octets changed, doubled or taken out. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room)
{
	for (unsigned i = roll(4) + 1; i > 0; i--) {
		size_t at = size > 0 ? roll((unsigned)size) : 0;

		switch (roll(4)) {
		case 0:
			if (size == 0 || size == room)
				break;
			memmove(data + at + 1, data + at, size - at);
			size++;
			break;
		case 1:
			if (size == 0)
				break;
			memmove(data + at, data + at + 1, size - at - 1);
			size--;
			break;
		default:
			if (size > 0)
				data[at] = (uint8_t)roll(256);
			break;
		}
	}
	return size;
}

/* Memory of its own size, so that a read beyond it is seen. */
static void run_one(struct run *run, const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);

	expect(copy != NULL);
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
	run->inputs++;
}

/* For the one who has to find what broke it. */
static void keep(const uint8_t *data, size_t size)
{
	const char *path = getenv("REPLAY_KEEP");
	FILE *file = path != NULL ? fopen(path, "wb") : NULL;

	if (file == NULL)
		return;
	fwrite(data, 1, size, file);
	fclose(file);
}

static void run_file(struct run *run, const char *path)
{
	static uint8_t whole[INPUT_MAX], data[INPUT_MAX];
	FILE *file = fopen(path, "rb");
	size_t length, size;

	if (file == NULL) {
		perror(path);
		exit(2);
	}
	length = fread(whole, 1, sizeof(whole), file);
	fclose(file);
	run_one(run, whole, length);
	memcpy(data, whole, length);
	size = length;
	for (unsigned i = 0; i < run->mutations; i++) {
		if (i % 8 == 0) { /* a chain of changes, and then from the beginning */
			memcpy(data, whole, length);
			size = length;
		}
		size = LLVMFuzzerCustomMutator != NULL
		           ? LLVMFuzzerCustomMutator(data, size, sizeof(data), roll(UINT32_MAX))
		           : LLVMFuzzerMutate(data, size, sizeof(data));
		keep(data, size);
		run_one(run, data, size);
	}
}

static void run_path(struct run *run, const char *path)
{
	struct dirent **entry;
	struct stat status;
	char inside[4096];
	int count;

	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
		run_file(run, path);
		return;
	}
	count = scandir(path, &entry, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (entry[i]->d_name[0] != '.') {
			snprintf(inside, sizeof(inside), "%s/%s", path, entry[i]->d_name);
			run_path(run, inside);
		}
		free(entry[i]);
	}
	if (count >= 0)
		free(entry);
}

int main(int argc, char **argv)
{
	struct run run = {0};
	int at = 1;

	if (LLVMFuzzerInitialize != NULL)
		LLVMFuzzerInitialize(&argc, &argv);
	for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
		if (argv[at][1] == 'm')
			run.mutations = (unsigned)strtoul(argv[at + 1], NULL, 10);
		else if (argv[at][1] == 's')
			dice = strtoull(argv[at + 1], NULL, 10) * 2 + 1;
	}
	if (at == argc) {
		fprintf(stderr, "usage: %s [-m COUNT] [-s SEED] FILE | FOLDER ...\n", argv[0]);
		return 2;
	}
	for (; at < argc; at++)
		run_path(&run, argv[at]);
	fprintf(stderr, "%lu inputs\n", run.inputs);
	return run.inputs == 0;
}
