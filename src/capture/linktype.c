/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/linktype.h"

#include <pcap/pcap.h>
#include <stddef.h>

static const struct {
	uint32_t linktype;
	int dlt;
} different[] = {
    {50, DLT_PPP_SERIAL}, {51, DLT_PPP_ETHER},   {100, DLT_ATM_RFC1483},
    {101, DLT_RAW},       {102, DLT_SLIP_BSDOS}, {103, DLT_PPP_BSDOS},
    {104, DLT_C_HDLC},    {106, DLT_ATM_CLIP},   {117, DLT_PFLOG},
};

int linktype_to_dlt(uint32_t linktype)
{
	for (size_t i = 0; i < sizeof(different) / sizeof(different[0]); i++)
		if (different[i].linktype == linktype)
			return different[i].dlt;
	return (int)linktype;
}

uint32_t linktype_from_dlt(int dlt)
{
	for (size_t i = 0; i < sizeof(different) / sizeof(different[0]); i++)
		if (different[i].dlt == dlt)
			return different[i].linktype;
	return (uint32_t)dlt;
}
