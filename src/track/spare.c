/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/spare.h"

#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE (2u << 20)
#define PAGE      4096u
#define LINE      64u

void *spare_allocate(size_t size, bool huge)
{
	size_t unit = huge && size % HUGE_PAGE == 0 ? HUGE_PAGE : LINE;
	void *memory = aligned_alloc(unit, (size + unit - 1) / unit * unit);

	if (memory != NULL && unit == HUGE_PAGE)
		madvise(memory, size, MADV_HUGEPAGE);
	return memory;
}

void *spare_take(struct spare *spare)
{
	void *memory = atomic_exchange_explicit(&spare->memory, NULL, memory_order_acquire);

	atomic_store_explicit(&spare->wanted, true, memory_order_relaxed);
	return memory != NULL ? memory : spare_allocate(spare->size, spare->huge);
}

static void touch(char *memory, size_t size)
{
	for (size_t i = 0; i < size; i += PAGE)
		*(volatile char *)(memory + i) = 0;
}

void spare_make(struct spare *spare)
{
	void *memory;

	if (!atomic_load_explicit(&spare->wanted, memory_order_relaxed) ||
	    atomic_load_explicit(&spare->memory, memory_order_relaxed) != NULL)
		return;
	memory = spare_allocate(spare->size, spare->huge);
	if (memory == NULL)
		return; /* whoever needs it will see and say so */
	touch(memory, spare->size);
	atomic_store_explicit(&spare->memory, memory, memory_order_release);
}

void spare_free(struct spare *spare)
{
	free(atomic_exchange(&spare->memory, NULL));
}
