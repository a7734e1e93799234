/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs check: what is wrong or remarkable; the exit code says whether anything is wrong. */
#include "cli/check_expect.h"
#include "cli/check_filter.h"
#include "cli/check_form.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

#include "base/address.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <tcphs/diagnosis.h>

/* Of --max-memory. A connection held takes 100 octets, and 16 more to be sorted. */
#define PARTS_OF_KEPT 2u
#define PARTS_OF_ISNS 4u

struct check {
	const struct check_form *form;
	struct check_filter filter;
	struct summary summary;
	struct tcphs_isn *isn;
	struct run *run;
	uint64_t troubled; /* connections with a diagnosis */
	bool failed;
	struct tcphs_address last_host; /* of the finding above; family 0: none */
	struct kept {
		uint8_t worst;
		size_t index;
	} * kept; /* text of files: the worst come first */
	size_t count, room;
};

static bool keep(struct check *check, struct run *run, const struct tcphs_analysis *analysis)
{
	uint8_t worst = 0;

	if (check->count == check->room) {
		size_t room = check->room == 0 ? 256 : check->room * 2;
		struct kept *kept = realloc(check->kept, room * sizeof(*kept));

		if (kept == NULL) {
			run_no_memory(run);
			return false;
		}
		check->kept = kept;
		check->room = room;
	}
	for (size_t i = 0; i < analysis->diagnoses; i++)
		if (analysis->diagnosis[i].severity > worst)
			worst = analysis->diagnosis[i].severity;
	check->kept[check->count++] = (struct kept){worst, run->index};
	return true;
}

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct check *check = context;

	check_filter_apply(&check->filter, run->analysis);
	summary_count(&check->summary, analysis);
	if (!tcphs_isn_add(check->isn, &analysis->connection)) {
		run_no_memory(run);
		return false;
	}
	if (analysis->diagnoses == 0)
		return true;
	check->troubled++;
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[i];

		if (check_filter_fails(&check->filter, diagnosis->code, diagnosis->severity))
			check->failed = true;
	}
	if (check->form->worst_first && !run->live && run->index != TCPHS_LEAVING)
		return keep(check, run, analysis);
	if (run_has_room(run))
		check->form->connection(run, analysis);
	return true;
}

static bool on_finding(void *context, const struct tcphs_isn_finding *finding)
{
	struct check *check = context;

	if (check->filter.ignored[finding->code])
		return true;
	check->summary.code[finding->code]++;
	check->summary.severity[finding->severity]++;
	if (check_filter_fails(&check->filter, finding->code, finding->severity))
		check->failed = true;
	check->form->finding(check->run, finding,
	                     address_compare(&check->last_host, &finding->host) != 0);
	check->last_host = finding->host;
	return output_works(&check->run->output);
}

/* What concerns the capture as a whole. */
static void say_capture(struct check *check, enum tcphs_code code, uint64_t count, const char *one,
                        const char *more)
{
	struct tcphs_isn_finding finding = {.code = (uint16_t)code,
	                                    .severity = tcphs_code_info(code)->severity};

	if (count == 0)
		return;
	snprintf(finding.text, sizeof(finding.text), "%" PRIu64 " %s", count,
	         count == 1 ? one : more);
	on_finding(check, &finding);
}

static void say_captures(struct check *check, struct run *run)
{
	const struct tcphs_decoder *decoder = tcphs_session_decoder(run->session);

	check->last_host.family = UINT8_MAX; /* no host: what follows gets a head of its own */
	say_capture(check, TCPHS_D_FRAG_INCOMPLETE, tcphs_decoder_fragments_incomplete(decoder),
	            "datagram in fragments is not whole in the capture",
	            "datagrams in fragments are not whole in the capture");
	say_capture(check, TCPHS_D_CAP_DROPS, run_counts(run).dropped,
	            "packet was dropped, as the interface or the file says: what seems lost or "
	            "missing may only be missing here",
	            "packets were dropped, as the interface or the file says: what seems lost or "
	            "missing may only be missing here");
}

static int compare_kept(const void *a, const void *b)
{
	const struct kept *left = a, *right = b;

	if (left->worst != right->worst)
		return left->worst > right->worst ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static void before(void *context, struct run *run)
{
	struct check *check = context;

	check->run = run;
	if (check->form->begin != NULL)
		check->form->begin(run);
}

/* Hosts first: they are few, and what is wrong with one is wrong with all its connections. */
static void after(void *context, struct run *run)
{
	struct check *check = context;

	if (!tcphs_isn_diagnose(check->isn, on_finding, check) && output_works(&run->output))
		run_no_memory(run);
	say_captures(check, run);
	if (check->count > 0)
		qsort(check->kept, check->count, sizeof(*check->kept), compare_kept);
	for (size_t i = 0; i < check->count && output_works(&run->output); i++) {
		if (!run_again(run, check->kept[i].index))
			break;
		check_filter_apply(&check->filter, run->analysis);
		check->form->connection(run, run->analysis);
	}
	if (output_works(&run->output))
		check->form->end(run, &check->summary, check->troubled);
	if (check->failed)
		run_code(run, EXIT_FOUND);
}

int cmd_check(const struct options *options)
{
	struct check check = {
	    .form = options->json  ? &check_json
	            : options->csv ? &check_csv
	                           : &check_text,
	};
	const struct run_hooks hooks = {.beside = PARTS_OF_KEPT + PARTS_OF_ISNS,
	                                .streams = true,
	                                .connection = on_connection,
	                                .context = &check};
	const struct tcphs_isn_options within = {.max_memory =
	                                             run_memory_part(options, PARTS_OF_ISNS)};
	struct tcphs_error error = {0};
	int code = EXIT_USAGE;

	if (options->expect != NULL)
		return check_expect(options);
	if (!check_filter_set(&check.filter, options, &error)) {
		message("%s", error.text);
		return EXIT_USAGE;
	}
	check.isn = tcphs_isn_new(&within);
	if (check.isn == NULL)
		message("memory is exhausted");
	else
		code = run_all(options, &hooks, before, after);
	tcphs_isn_free(check.isn);
	free(check.kept);
	return code;
}
