/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/service.h"

#include <stdlib.h>
#include <string.h>

struct service {
	uint16_t port;
	const char *name;
};

/* Sorted by port; names of the IANA registry, shortened where they are long. */
static const struct service services[] = {
    {7, "echo"},       {9, "discard"},       {13, "daytime"},    {19, "chargen"},
    {20, "ftp-data"},  {21, "ftp"},          {22, "ssh"},        {23, "telnet"},
    {25, "smtp"},      {37, "time"},         {43, "whois"},      {49, "tacacs"},
    {53, "domain"},    {70, "gopher"},       {79, "finger"},     {80, "http"},
    {88, "kerberos"},  {102, "iso-tsap"},    {110, "pop3"},      {111, "sunrpc"},
    {113, "ident"},    {119, "nntp"},        {135, "epmap"},     {139, "netbios"},
    {143, "imap"},     {179, "bgp"},         {194, "irc"},       {389, "ldap"},
    {443, "https"},    {445, "smb"},         {465, "smtps"},     {502, "modbus"},
    {514, "shell"},    {515, "printer"},     {543, "klogin"},    {554, "rtsp"},
    {563, "nntps"},    {587, "submission"},  {631, "ipp"},       {636, "ldaps"},
    {853, "dns-tls"},  {860, "iscsi"},       {873, "rsync"},     {989, "ftps-data"},
    {990, "ftps"},     {993, "imaps"},       {995, "pop3s"},     {1080, "socks"},
    {1194, "openvpn"}, {1433, "mssql"},      {1521, "oracle"},   {1723, "pptp"},
    {1883, "mqtt"},    {2049, "nfs"},        {3128, "squid"},    {3268, "ldap-gc"},
    {3306, "mysql"},   {3389, "rdp"},        {5060, "sip"},      {5061, "sips"},
    {5222, "xmpp"},    {5432, "postgres"},   {5672, "amqp"},     {5900, "vnc"},
    {6379, "redis"},   {6667, "ircd"},       {8883, "mqtts"},    {9092, "kafka"},
    {9418, "git"},     {11211, "memcached"}, {27017, "mongodb"},
};

static int service_compare(const void *key, const void *entry)
{
	return (int)*(const uint16_t *)key - (int)((const struct service *)entry)->port;
}

const char *service_name(uint16_t port)
{
	const struct service *service =
	    bsearch(&port, services, sizeof(services) / sizeof(services[0]), sizeof(services[0]),
	            service_compare);

	return service != NULL ? service->name : NULL;
}

bool service_port(const char *name, size_t length, uint16_t *port)
{
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		if (strlen(services[i].name) == length &&
		    memcmp(services[i].name, name, length) == 0) {
			*port = services[i].port;
			return true;
		}
	}
	return false;
}
