#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: png.py FILE...
Reads PNG images by the book (chunks, checksums, filters) and says whether anything is drawn."""
import struct
import sys
import zlib


class Picture:
    def __init__(self, path):
        data = open(path, "rb").read()
        if data[:8] != b"\x89PNG\r\n\x1a\n":
            raise ValueError("no PNG")
        at, packed, kinds = 8, b"", []
        while at < len(data):
            length, kind = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + length]
            (check,) = struct.unpack(">I", data[at + 8 + length:at + 12 + length])
            if zlib.crc32(kind + body) != check:
                raise ValueError(f"{kind}: wrong checksum")
            kinds.append(kind)
            if kind == b"IHDR":
                self.width, self.height, depth, colour = struct.unpack(">IIBB", body[:10])
                if depth != 8 or colour not in (2, 6):
                    raise ValueError(f"depth {depth}, colour type {colour}")
                self.octets = 3 if colour == 2 else 4
            elif kind == b"IDAT":
                packed += body
            at += 12 + length
        if kinds[0] != b"IHDR" or kinds[-1] != b"IEND":
            raise ValueError("cut short")
        self.lines = zlib.decompress(packed)
        if len(self.lines) != self.height * (1 + self.width * self.octets):
            raise ValueError("another size than it says")

    def colours(self):
        """How many different lines of pixels there are, filters aside: more than a few are drawn."""
        step = 1 + self.width * self.octets
        return len({self.lines[i:i + step] for i in range(0, len(self.lines), step)})


def main():
    bad = 0
    for path in sys.argv[1:]:
        try:
            picture = Picture(path)
            print(f"{path}: {picture.width} x {picture.height}, {picture.colours()} different lines")
            bad |= picture.colours() < 20 or picture.width < 1000
        except ValueError as error:
            print(f"{path}: {error}")
            bad = 1
    return bad or len(sys.argv) < 2


if __name__ == "__main__":
    sys.exit(main())
