/* SPDX-License-Identifier: BSD-3-Clause */
/* What is read, and how, as the command line says it. */
#include "cli/run.h"

#include "cli/command.h"
#include "cli/terminal.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_SPOOL (UINT64_C(64) << 20)

bool run_of_pipe(const struct options *options)
{
	struct stat status;

	if (options->interface != NULL)
		return false;
	if (options->argument_count == 0)
		return fstat(STDIN_FILENO, &status) == 0 && !S_ISREG(status.st_mode);
	for (size_t i = 0; i < options->argument_count; i++) {
		bool standard_input = strcmp(options->arguments[i], "-") == 0;

		if ((standard_input ? fstat(STDIN_FILENO, &status)
		                    : stat(options->arguments[i], &status)) == 0 &&
		    !S_ISREG(status.st_mode))
			return true;
	}
	return false;
}

bool run_writes_selection(const struct options *options)
{
	return options->write_path != NULL && options->interface == NULL &&
	       (options->query != NULL || !run_of_pipe(options));
}

bool run_is_endless(const struct options *options)
{
	return options->interface != NULL || options->follow || run_of_pipe(options);
}

uint64_t run_memory_part(const struct options *options, unsigned parts)
{
	uint64_t all = options->max_memory;

	if (all == 0 && run_is_endless(options))
		all = ENDLESS_MEMORY;
	return all / PARTS_OF_MEMORY * parts;
}

struct tcphs_decode_options run_decode_options(const struct options *options)
{
	return (struct tcphs_decode_options){
	    .no_decap = options->no_decap,
	    .no_checksum = options->no_checksum,
	};
}

static uint32_t at_most_32_bits(uint64_t number)
{
	return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

struct tcphs_session_options run_session_options(const struct options *options)
{
	bool live = options->interface != NULL;
	bool pipe = run_of_pipe(options);

	return (struct tcphs_session_options){
	    .source =
	        {
	            .filter = options->filter,
	            .follow = options->follow,
	            .spool = options->spool > 0 ? options->spool
	                     : live || pipe     ? DEFAULT_SPOOL
	                                        : 0,
	            .snaplen = at_most_32_bits(options->snaplen),
	            .buffer_mib = at_most_32_bits(options->buffer_mib),
	            .not_promiscuous = options->not_promiscuous,
	            .write_path = run_writes_selection(options) ? NULL : options->write_path,
	        },
	    .decode = run_decode_options(options),
	    .tracker = {.max_memory = options->max_memory, .live = live || options->follow},
	    .max_packets = options->packets,
	    /* What can block for long is read by the thread that hears Ctrl-C, and what ends by a
	     * count is to end with the same packet each time. */
	    .read_ahead =
	        !live && !pipe && options->stop_connections == 0 && options->stop_octets == 0,
	};
}

struct tcphs_session *run_session_open(const struct options *options,
                                       const struct tcphs_session_options *session_options,
                                       struct tcphs_error *error)
{
	static const char *const standard_input[] = {"-"};

	if (options->interface != NULL && options->argument_count > 0) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "-i IFACE and a capture exclude each other; name one of them");
		return NULL;
	}
	if (options->interface != NULL)
		return tcphs_session_open_live(options->interface, session_options, error);
	if (options->argument_count > 0)
		return tcphs_session_open_files(options->arguments, options->argument_count,
		                                session_options, error);
	if (!terminal_is(0))
		return tcphs_session_open_files(standard_input, 1, session_options, error);
	tcphs_error_set(error, TCPHS_USAGE,
	                "name a capture, '-' for standard input, or -i IFACE; 'tcphs -h' helps");
	return NULL;
}
