/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/list_layout.h"

#include <limits.h>

/* What gives way for the columns that no list is without: the words of the open, then, on a narrow
 * terminal, the number (the ladder has it), then addresses. */
enum squeeze { SQUEEZE_NOTHING, SQUEEZE_OPEN, SQUEEZE_NUMBER, SQUEEZE_ADDRESSES };

#define NARROW        80
#define ADDRESS_MIN   9
#define ADDRESS_SMALL 13
#define ADDRESS_LONG  18
#define ADDRESS_IPV4  21 /* 255.255.255.255:65535: whole, before a further column */
#define OPEN_SHORT    7  /* see column_open_short() */
#define VERDICT_MIN   40 /* less of a sentence says nothing */
#define VERDICT_LEAST 12 /* … but the user may want it */

static bool is_narrow(const struct canvas *canvas)
{
	return canvas->width < NARROW;
}

/* The least that a column is useful with. */
static int least(const struct list *list, const struct canvas *canvas, enum column column,
                 enum squeeze squeeze)
{
	if (column == COL_FINDING)
		return canvas->ascii ? 3 : 1; /* its mark; or all of it, see take_findings() */
	if (column == COL_VERDICT)
		return VERDICT_MIN;
	if (column == COL_OPEN && squeeze >= SQUEEZE_OPEN && list->need[column] > OPEN_SHORT)
		return OPEN_SHORT;
	if (column_is_address(column)) {
		int enough = is_narrow(canvas) ? ADDRESS_SMALL : ADDRESS_LONG;
		int number = list->need_number[column == COL_SERVER];
		int ipv4 = is_narrow(canvas) ? number : list->need_ipv4[column == COL_SERVER];

		if (ipv4 > enough && squeeze < SQUEEZE_ADDRESSES)
			enough = ipv4 < ADDRESS_IPV4 ? ipv4 : ADDRESS_IPV4;
		else if (is_narrow(canvas) && number > 0 && number < enough)
			enough = number; /* what it leaves is the other side's */
		return list->need[column] < enough ? list->need[column] : enough;
	}
	return list->need[column];
}

/* Between two columns. */
static int gap_of(const struct canvas *canvas)
{
	return canvas->width < 100 ? 1 : 2;
}

/* Takes columns by rank while they fit; returns the last rank that it took, or INT_MAX if those
 * that the user chose need nothing to give way. */
static int choose(const struct list *list, const struct canvas *canvas, enum squeeze squeeze,
                  struct list_layout *layout)
{
	const struct config *config = &list->screen.app->config;
	int left = canvas->width - LIST_LEFT - 2, last = 0;
	bool taken[COL_COUNT] = {false};

	layout->count = 0;
	for (size_t i = 0; i < config->columns; i++) {
		layout->column[layout->count++] = config->column[i];
		left -=
		    least(list, canvas, (enum column)config->column[i], squeeze) + gap_of(canvas);
	}
	if (config->columns > 0)
		return !is_narrow(canvas) || left + gap_of(canvas) >= 0 ? INT_MAX : 0;
	for (int rank = 0; rank <= COL_COUNT; rank++) {
		for (size_t c = 0; c < COL_COUNT; c++) {
			int width = least(list, canvas, (enum column)c, squeeze) + gap_of(canvas);

			if (column_info((enum column)c)->rank != rank ||
			    (c == COL_ID && squeeze == SQUEEZE_NUMBER))
				continue;
			/* Nothing of a later rank before this; behind the last one is no gap. */
			if (rank > 0 && width - gap_of(canvas) > left)
				left = 0;
			if (rank > 0 && left == 0)
				continue;
			taken[c] = true;
			last = rank;
			left -= width;
		}
	}
	for (size_t c = 0; c < COL_COUNT; c++) {
		if (taken[c])
			layout->column[layout->count++] = (uint8_t)c;
	}
	return last;
}

/* Which columns, and what gives way for them: short words for the close, cut addresses for
 * nothing but the finding's mark. */
static enum squeeze choose_columns(const struct list *list, const struct canvas *canvas,
                                   struct list_layout *layout)
{
	const int wanted[] = {column_info(COL_CLOSE)->rank, column_info(COL_FINDING)->rank};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (choose(list, canvas, SQUEEZE_NOTHING, layout) >= wanted[i])
			return SQUEEZE_NOTHING;
		if (choose(list, canvas, SQUEEZE_OPEN, layout) >= wanted[i])
			return SQUEEZE_OPEN;
	}
	if (is_narrow(canvas) && !list->screen.app->rows.grouped &&
	    choose(list, canvas, SQUEEZE_NUMBER, layout) >= column_info(COL_FINDING)->rank)
		return SQUEEZE_NUMBER;
	choose(list, canvas, SQUEEZE_ADDRESSES, layout);
	return SQUEEZE_ADDRESSES;
}

/* The width that the user wants, 0: whatever it needs. */
static int chosen_width(const struct list *list, size_t column)
{
	return list->screen.app->config.width[column];
}

/* Gives the finding its whole width if the addresses have theirs then; returns what it took. */
static int take_finding(const struct list *list, struct list_layout *layout, int left)
{
	size_t finding = layout->count;
	int more;

	for (size_t i = 0; i < layout->count; i++) {
		enum column column = (enum column)layout->column[i];

		if (column == COL_FINDING)
			finding = i;
		if (column_is_address(column) && layout->width[i] < list->need[column])
			left -= list->need[column] - layout->width[i];
	}
	if (finding == layout->count || chosen_width(list, COL_FINDING) != 0)
		return 0;
	more = list->need[COL_FINDING] - layout->width[finding];
	if (more < 0 || more > left)
		return 0;
	layout->width[finding] += more;
	return more;
}

/* What the columns would like beyond the least, one after the other. */
enum wish { WISH_NUMBER, WISH_OPEN, WISH_NAME, WISH_ALL, WISHES };

static int width_wished(const struct list *list, enum column column, int wish)
{
	int side = column == COL_SERVER;

	if (column_is_address(column)) {
		int widths[WISHES] = {[WISH_NUMBER] = list->need_number[side],
		                      [WISH_OPEN] = list->need_number[side],
		                      [WISH_NAME] = list->need_ipv4[side],
		                      [WISH_ALL] = list->need[column] + list->extra};

		return widths[wish];
	}
	if (column == COL_OPEN && wish >= WISH_OPEN)
		return list->need[column];
	return column == COL_VERDICT && wish == WISH_ALL ? list->need[column] : 0;
}

/* Gives the columns what they would like, cell by cell in turn; returns what is left. */
static int widen(const struct list *list, struct list_layout *layout, int left, int wish)
{
	for (bool more = true; more && left > 0;) {
		more = false;
		for (size_t i = 0; i < layout->count && left > 0; i++) {
			enum column column = (enum column)layout->column[i];

			if (layout->width[i] >= width_wished(list, column, wish))
				continue;
			layout->width[i]++;
			left--;
			more = true;
		}
	}
	return left;
}

/* Takes up to `too_many` cells from columns that stay useful without; returns how many are left. */
static int give_way(const struct list *list, struct list_layout *layout, int too_many)
{
	for (size_t i = 0; i < layout->count && too_many > 0; i++) {
		enum column column = (enum column)layout->column[i];
		int least = column == COL_VERDICT       ? VERDICT_LEAST
		            : column_is_address(column) ? ADDRESS_SMALL
		                                        : layout->width[i];
		int less = layout->width[i] - least;

		if (chosen_width(list, column) != 0 || less <= 0)
			continue;
		less = less < too_many ? less : too_many;
		layout->width[i] -= less;
		too_many -= less;
	}
	return too_many;
}

/* The user may have chosen more columns than fit: those that the edge would cut are left out. */
static void drop_cut(struct list_layout *layout, int room, int gap)
{
	size_t kept = 0;
	int x = 0;

	for (size_t i = 0; i < layout->count; i++) {
		if (x + layout->width[i] > room)
			continue;
		layout->column[kept] = layout->column[i];
		layout->width[kept++] = layout->width[i];
		x += layout->width[i] + gap;
	}
	layout->count = kept;
}

/* The words of groups stand before the finding: what is left over is theirs. */
static void push_finding(struct list_layout *layout, int left)
{
	size_t i = 0;

	while (i < layout->count && layout->column[i] != COL_FINDING)
		i++;
	for (; left > 0 && i < layout->count; i++)
		layout->x[i] += left;
}

struct list_layout list_lay_out(const struct list *list, const struct canvas *canvas)
{
	struct list_layout layout;
	enum squeeze squeeze;
	int left = canvas->width - LIST_LEFT - 2, x = LIST_LEFT, gap = gap_of(canvas);

	squeeze = choose_columns(list, canvas, &layout);
	for (size_t i = 0; i < layout.count; i++) {
		layout.width[i] = chosen_width(list, layout.column[i]);
		if (layout.width[i] == 0)
			layout.width[i] =
			    least(list, canvas, (enum column)layout.column[i], squeeze);
		left -= layout.width[i] + gap;
	}
	left += gap;
	if (left < 0 && give_way(list, &layout, -left) > 0)
		drop_cut(&layout, canvas->width - LIST_LEFT - 2, gap);
	/* What is left goes to the finding's name if all of it fits, then to the others that are
	 * cut, as far as they want it. */
	left -= take_finding(list, &layout, left);
	for (int wish = WISH_NUMBER; wish < WISHES; wish++)
		left = widen(list, &layout, left, wish);
	for (size_t i = 0; i < layout.count; i++) {
		enum column column = (enum column)layout.column[i];

		if (list->extra < 0 && column_is_address(column)) {
			layout.width[i] += list->extra;
			if (layout.width[i] < ADDRESS_MIN)
				layout.width[i] = ADDRESS_MIN;
		}
		layout.x[i] = x;
		x += layout.width[i] + gap;
	}
	if (list->screen.app->rows.grouped && is_narrow(canvas))
		push_finding(&layout, left);
	return layout;
}
