/* SPDX-License-Identifier: BSD-3-Clause */
#include <tcphs/source.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include "base/escape.h"
#include "base/text.h"
#include "capture/rights.h"

/* Appends an Internet address; others, as those of links, are passed over. */
static void add_address(struct text *text, const struct sockaddr *address)
{
	char shown[INET6_ADDRSTRLEN];
	const void *octets;

	if (address == NULL)
		return;
	if (address->sa_family == AF_INET)
		octets = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
	else if (address->sa_family == AF_INET6)
		octets = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
	else
		return;
	if (inet_ntop(address->sa_family, octets, shown, sizeof(shown)) == NULL)
		return;
	if (text->length > 0)
		text_add(text, " ");
	text_add(text, shown);
}

static char *join_addresses(const pcap_if_t *found)
{
	struct text text = {0};

	for (const pcap_addr_t *address = found->addresses; address != NULL;
	     address = address->next)
		add_address(&text, address->addr);
	if (text.failed) {
		text_free(&text);
		return NULL;
	}
	return text.data != NULL ? text.data : strdup("");
}

static bool fill_device(struct tcphs_device *device, const pcap_if_t *found, bool allowed)
{
	const char *description = found->description != NULL ? found->description : "";
	struct tcphs_error why;

	*device = (struct tcphs_device){
	    .name = escape_copy(found->name, strlen(found->name)),
	    .description = escape_copy(description, strlen(description)),
	    .addresses = join_addresses(found),
	    .up = (found->flags & PCAP_IF_UP) != 0,
	    .running = (found->flags & PCAP_IF_RUNNING) != 0,
	    .loopback = (found->flags & PCAP_IF_LOOPBACK) != 0,
	    .allowed = allowed,
	};
	if (!allowed && device->name != NULL) {
		rights_explain("", &why); /* the same for all */
		device->why_not = strdup(why.text);
	}
	return device->name != NULL && device->description != NULL && device->addresses != NULL &&
	       (allowed || device->why_not != NULL);
}

/* libpcap's devices that are no networks: no TCP can come from them. */
static bool is_network(const pcap_if_t *found)
{
	static const char *const others[] = {"bluetooth", "dbus-", "usbmon"};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strncmp(found->name, others[i], strlen(others[i])) == 0)
			return false;
	return true;
}

static enum tcphs_status copy_devices(const pcap_if_t *found, struct tcphs_device **devices,
                                      size_t *count, struct tcphs_error *error)
{
	bool allowed = rights_suffice(), filled = true;
	size_t room = 0;

	for (const pcap_if_t *one = found; one != NULL; one = one->next)
		room++;
	*devices = calloc(room > 0 ? room : 1, sizeof(**devices));
	for (; *devices != NULL && found != NULL && filled; found = found->next)
		if (is_network(found))
			filled = fill_device(&(*devices)[(*count)++], found, allowed);
	if (*devices != NULL && filled)
		return TCPHS_OK;
	tcphs_devices_free(*devices, *count);
	*devices = NULL;
	*count = 0;
	return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
}

enum tcphs_status tcphs_devices_list(struct tcphs_device **devices, size_t *count,
                                     struct tcphs_error *error)
{
	char complaint[PCAP_ERRBUF_SIZE] = "", shown[PCAP_ERRBUF_SIZE];
	pcap_if_t *found = NULL;
	enum tcphs_status status;

	*devices = NULL;
	*count = 0;
	if (pcap_findalldevs(&found, complaint) < 0) {
		escape_into(shown, sizeof(shown), complaint);
		return tcphs_error_set(error, TCPHS_USAGE, "interfaces can't be listed: %s", shown);
	}
	status = copy_devices(found, devices, count, error);
	pcap_freealldevs(found);
	return status;
}

void tcphs_devices_free(struct tcphs_device *devices, size_t count)
{
	if (devices == NULL)
		return;
	for (size_t i = 0; i < count; i++) {
		free(devices[i].name);
		free(devices[i].description);
		free(devices[i].addresses);
		free(devices[i].why_not);
	}
	free(devices);
}
