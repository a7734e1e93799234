/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where packets come from: files, standard input, a live interface. One interface for all.
 *
 * A source hands out batches of packets whose octets stay valid until the next call on it.
 * Several files are one stream in time order. The link type is the LINKTYPE_ number of the
 * tcpdump.org registry, per packet, since one pcapng may mix them.
 *
 * Nothing here prints or exits. Not thread-safe: one source, one thread.
 */
#ifndef TCPHS_SOURCE_H
#define TCPHS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tcphs_source;

struct tcphs_packet {
	const uint8_t *data; /* borrowed until the next call on the source */
	uint32_t caplen;     /* octets at data */
	uint32_t wirelen;    /* octets on the wire */
	uint64_t number;     /* from 1, over all captures of this run, before any filter */
	int64_t time;        /* nanoseconds since 1970, UTC */
	uint32_t linktype;   /* LINKTYPE_ number */
	uint32_t interface;  /* index for tcphs_source_interface() */
	int32_t fcs_length;  /* octets of frame check sequence at the end, -1 unknown */
	uint8_t bad_time;    /* the time stamp can't be, or there is none; `time` is a near one */
	uint8_t options_big; /* in which byte order … */
	uint32_t options_length; /* … so many octets of a pcapng's options stand … */
	const uint8_t *options;  /* … here, borrowed as data: its comments, for one */
};

enum tcphs_source_state {
	TCPHS_SOURCE_MORE,  /* call again */
	TCPHS_SOURCE_IDLE,  /* nothing now: poll tcphs_source_fd(), then call again */
	TCPHS_SOURCE_END,   /* no more packets; see the error for damage (status TCPHS_DAMAGED) */
	TCPHS_SOURCE_ERROR, /* the source can't go on; see the error */
};

struct tcphs_source_options {
	const char *filter; /* pcap-filter(7) text or NULL; applied per link type */
	bool follow;        /* a growing file: END becomes IDLE */
	uint64_t spool;     /* octets of a pipe or interface kept for re-reading; 0: none */
	/* live only: */
	uint32_t snaplen;    /* 0: the default */
	uint32_t buffer_mib; /* 0: the default */
	bool not_promiscuous;
	const char *write_path; /* pcapng copy of every packet, or NULL */
	/* Called once everything that will be read or sniffed is open and before the first octet
	 * is looked at: the moment to give rights up. False, with the error filled, ends the
	 * opening. NULL: nothing is done. */
	bool (*opened)(void *context, struct tcphs_error *error);
	void *opened_context;
};

struct tcphs_interface {
	const char *name;        /* escaped UTF-8, "" if the capture names none */
	const char *description; /* likewise */
	uint32_t linktype, snaplen;
	uint64_t received, dropped; /* as the file or the kernel says */
	const char *comment;        /* escaped, "; " between several, "" if there is none */
};

/*
 * Opens the files at paths[0..count), "-" being standard input, as one stream in time
 * order. Files that can't be opened are skipped and said in `error` (status TCPHS_USAGE)
 * while the others are read; NULL only if none could be opened. The caller closes.
 */
struct tcphs_source *tcphs_source_open_files(const char *const *paths, size_t count,
                                             const struct tcphs_source_options *options,
                                             struct tcphs_error *error);

/* Opens a live interface for sniffing; NULL and an error that says what to do otherwise. */
struct tcphs_source *tcphs_source_open_live(const char *interface,
                                            const struct tcphs_source_options *options,
                                            struct tcphs_error *error);

/*
 * Reads up to `max` packets into batch[]; *count says how many, 0 with MORE if a filter took
 * them all. Never blocks on a live interface, a pipe or a followed file. With END or ERROR
 * *count may still be > 0. `error` is filled for ERROR, for END with TCPHS_DAMAGED (text with
 * packet number and byte offset), and for IDLE with TCPHS_OK and a text to be shown when an
 * interface went down or came back; otherwise its text is "".
 */
enum tcphs_source_state tcphs_source_read(struct tcphs_source *source, struct tcphs_packet *batch,
                                          size_t max, size_t *count, struct tcphs_error *error);

/* A descriptor that poll() says is readable when packets may have come; -1 for files, and for
 * a followed file where the system can't tell: read again after a while. */
int tcphs_source_fd(const struct tcphs_source *source);

/* Octets consumed and in all (0: unknown) of the files, or captured from the interface, for a
 * progress line. */
void tcphs_source_progress(const struct tcphs_source *source, uint64_t *done, uint64_t *total);

/* Which capture (index into paths) and which number in it, from 1, packet `number` is. */
void tcphs_source_locate(const struct tcphs_source *source, uint64_t number, size_t *capture,
                         uint64_t *in_capture);
/* "[2,3]": its capture, from 1, and its number there. For struct tcphs_ladder_options of a run
 * with several captures; `source` is a struct tcphs_source. As snprintf. */
size_t tcphs_source_packet_name(const void *source, uint64_t number, char *text, size_t size);

/*
 * Re-reads from packet `number` on: the next read starts there (files: an index of offsets,
 * spooled sources: what is kept). False if that packet is no longer held.
 */
bool tcphs_source_seek(struct tcphs_source *source, uint64_t number);

/* Is a capture compressed? Then tcphs_source_seek() unpacks it from its start. */
bool tcphs_source_is_packed(const struct tcphs_source *source);

/* A second handle on the same files (or spool) for re-reading, at the start and with the same
 * filter; to be used in the same thread, in any order, and closed by itself. It opens no file
 * anew. NULL if nothing is kept to be read again. */
struct tcphs_source *tcphs_source_reopen(const struct tcphs_source *source,
                                         struct tcphs_error *error);

/* Interfaces met so far. The strings live as long as the source. */
size_t tcphs_source_interfaces(const struct tcphs_source *source);
struct tcphs_interface tcphs_source_interface(const struct tcphs_source *source, size_t index);

/* Packets that the kernel or the file says were dropped, in all. */
uint64_t tcphs_source_dropped(struct tcphs_source *source);

/* Packets of an interface that write_path hasn't got, because it took the others too slowly: the
 * capture does not wait for a disk. */
uint64_t tcphs_source_unwritten(const struct tcphs_source *source);
/* After the last packet: waits until write_path has all that was written to it. *waits: it took
 * nothing for `patience` ms (negative: without an end), call it again to wait on. An error is one
 * of writing; its text is "" where it was said before. tcphs_source_close() does the same, for some
 * seconds, without a word. */
enum tcphs_status tcphs_source_end_copy(struct tcphs_source *source, int patience, bool *waits,
                                        struct tcphs_error *error);

/* Packets of files that the filter left out because it means nothing for their link type; *why, of
 * the first of them, is escaped and lives as long as the source. */
uint64_t tcphs_source_unasked(const struct tcphs_source *source, const char **why);

/* How far the packets' clock went back at most, in ns, and before which packet; 0: never by
 * more than what a tenth of a second of disorder explains. */
int64_t tcphs_source_backwards(const struct tcphs_source *source, uint64_t *packet);

/* What the sections of the captures say of themselves, escaped, several comments with "; " between
 * them; "" if there is none. Until the next call on the source. */
const char *tcphs_source_comment(const struct tcphs_source *source);

/* Packets with comments: *list has the first ones that were read, *all is how many there were. */
struct tcphs_comment {
	uint64_t packet;
	const char *text; /* escaped, "; " between several; lives as long as the source */
};
size_t tcphs_source_packet_comments(const struct tcphs_source *source,
                                    const struct tcphs_comment **list, uint64_t *all);

/* Memory was exhausted where a comment of a section, or an interface's options, would have been kept. */
bool tcphs_source_forgot(const struct tcphs_source *source);

/* The comment on a packet, and where the capture names several interfaces the one by which it came:
 * escaped, "" if there is none, or none was kept: comments of the first 4,096 or 1 MiB of them,
 * interfaces of the first 2^24 packets. The strings live as long as the source, which `source` is;
 * for struct tcphs_ladder_options. */
const char *tcphs_source_comment_on(const void *source, uint64_t packet);
const char *tcphs_source_interface_of(const void *source, uint64_t packet);

/* Is it an interface? */
bool tcphs_source_is_live(const struct tcphs_source *source);
/* Is its interface down, as the last text of IDLE said? */
bool tcphs_source_is_down(const struct tcphs_source *source);
const char *tcphs_source_name(const struct tcphs_source *source); /* escaped, for a title */

void tcphs_source_close(struct tcphs_source *source); /* NULL is fine */

/* What reads interfaces and filters, as "libpcap version 1.10.3". */
const char *tcphs_source_library(void);

/* What compressed captures are unpacked with, from index 0 on; false past the last. */
struct tcphs_unpacker {
	const char *format;  /* "gzip" */
	const char *library; /* "zlib ", "" if it is our own, or `version` says it */
	const char *version;
	bool built_in;
};
bool tcphs_source_unpacker(size_t index, struct tcphs_unpacker *about);

/* Writes pcapng. Errors (disk full, short write) come back at once, never at close alone. */
struct tcphs_writer;
/* "-" is standard output. NULL and the error if it can't be written; the writer is closed by
 * tcphs_writer_close(). */
struct tcphs_writer *tcphs_writer_open(const char *path, struct tcphs_error *error);
/* A packet of `source`, with its options, its interface's, and what the capture says of itself.
 * All of a writer's packets are of the same captures. */
enum tcphs_status tcphs_writer_packet(struct tcphs_writer *writer,
                                      const struct tcphs_packet *packet,
                                      const struct tcphs_source *source, struct tcphs_error *error);
/* Ends the file and frees the writer, also after errors; NULL is fine. */
enum tcphs_status tcphs_writer_close(struct tcphs_writer *writer, struct tcphs_error *error);

/* What can be sniffed here; for `tcphs interfaces`. Free with tcphs_devices_free(). */
struct tcphs_device {
	char *name, *description, *addresses; /* escaped; addresses separated by spaces */
	bool up, running, loopback, allowed;  /* allowed: could be opened with today's rights */
	char *why_not;                        /* what to do when not allowed, or NULL */
};
/* Sets both to what there is, NULL and 0 with an error. The caller frees the array. */
enum tcphs_status tcphs_devices_list(struct tcphs_device **devices, size_t *count,
                                     struct tcphs_error *error);
void tcphs_devices_free(struct tcphs_device *devices, size_t count);

#ifdef __cplusplus
}
#endif
#endif
