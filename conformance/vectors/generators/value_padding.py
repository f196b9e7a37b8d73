#!/usr/bin/env python3
"""Writes value_padding.json: values with every prefix that there can be, and with some others.

    python3 conformance/vectors/generators/value_padding.py [--check]
"""

from making import File, Stream
from making.decryption import DOCUMENT, Value
from making.sealing import BLOCK, least_prefix, prefixed

HEADER = [
    "Decryption of one encrypted value. Before encryption a prefix of 32 to 255 bytes stands in "
    "front of the data: its first byte is its own length, the others are random.",
    "All byte strings are hexadecimal. secret, hash and ct go in, msg comes out. Where padded is "
    "given, encrypting it with secret must give hash and ct.",
    "In every invalid case secret, hash and ciphertext fit together: only the prefix is wrong.",
]
NOTES = {
    "EveryPrefix": (
        "EDGE_CASE",
        "One of the 224 lengths that a prefix can have. Clients draw them at random, so whoever "
        "mishandles one (a signed byte, a limit that is off by one) loses some users' documents "
        "and cannot tell why.",
    ),
    "DataLength": (
        "EDGE_CASE",
        "Data whose length stands around a multiple of the block. Whoever miscounts hands out "
        "bytes of the prefix, or swallows the first or last of the data.",
    ),
    "NoData": (
        "EDGE_CASE",
        "Only the prefix. Clients differ in whether that is a value; whoever takes it must hand "
        "out nothing, and whoever indexes behind the prefix dies of it.",
    ),
    "PrefixContent": (
        "FUNCTIONALITY",
        "The bytes of the prefix are all alike, or look like something. They mean nothing: whoever "
        "searches for the end of the prefix instead of counting, cuts the data at a place that the "
        "sender of the value chooses.",
    ),
    "LooksLikeBlockPadding": (
        "FUNCTIONALITY",
        "The data ends like PKCS#7 padding, or in zeros. Whoever leaves the padding of the cipher "
        "library on, cuts the end of such documents, after the hash was checked.",
    ),
    "ShortPrefix": (
        "MISSING_STEP",
        "The first byte says less than 32. A client that makes such a value is broken or hostile: "
        "with a prefix of no random bytes the hash, which is handed on in the open, tells whether "
        "a guess of the document is right.",
    ),
    "LongPrefix": (
        "MISSING_STEP",
        "The first byte says more than there is. Whoever does not compare, reads behind the end, "
        "counts below zero, or takes a value that holds nothing for an empty document.",
    ),
    "OneBlock": (
        "MISSING_STEP",
        "16 bytes cannot hold a prefix. Whoever looks only for whole blocks comes to a prefix that "
        "is longer than the value.",
    ),
}

FILE = File("value_padding", "PassportValue", HEADER, NOTES)
STREAM = Stream("telegram passport value_padding 1")


def good(comment, flag, padded, result="valid"):
    Value(padded, STREAM.secret()).opened(FILE, comment, flag, result)


def bad(comment, flag, padded, expected="padding"):
    Value(padded, STREAM.secret()).refused(FILE, comment, flag, expected)


def every_prefix():
    for length in range(32, 256):
        # 1 to 16 bytes, so that the whole is a multiple of the block.
        data = STREAM.bytes(-length % BLOCK or BLOCK)
        comment = f"a prefix of {length} bytes, data of {len(data)}"
        good(comment, "EveryPrefix", prefixed(STREAM, data, length))
    for length in range(32, 256, BLOCK):
        comment = f"a prefix of {length} bytes and no data"
        good(comment, "NoData", prefixed(STREAM, b"", length), "acceptable")


def data_lengths():
    for count in (17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1023, 1024, 1025):
        shortest = least_prefix(count)
        longest = 255 - (255 + count) % BLOCK
        for length in (shortest, longest):
            comment = f"{count} bytes of data behind {length} of prefix"
            good(comment, "DataLength", prefixed(STREAM, STREAM.bytes(count), length))


def contents():
    data = STREAM.bytes(24)
    for name, filling in (
        ("zero bytes", b"\x00"),
        ("ones", b"\xff"),
        ("the byte 32", b"\x20"),
        ("its own length", b"\x28"),
        ("the data again", data),
        ("a document", b'{"document_no":"X"}'),
        ("braces", b"{}"),
    ):
        prefix = bytes([40]) + (filling * 40)[:39]
        good(f"the prefix is filled with {name}", "PrefixContent", prefix + data)
    for name, data in (
        ("a byte 32, as if another prefix began", b"\x20" + STREAM.bytes(23)),
        ("a byte 40, the length of the prefix", b"\x28" + STREAM.bytes(23)),
        ("a zero byte", b"\x00" + STREAM.bytes(23)),
        ("32 zero bytes", bytes(32) + STREAM.bytes(8)),
    ):
        good(f"the data begins with {name}", "PrefixContent", prefixed(STREAM, data, 40))
    inner = prefixed(STREAM, b"inner", 43)
    good("the data is itself a prefix with data", "PrefixContent", prefixed(STREAM, inner, 32))
    for count in (1, 2, 7, 8, 15, 16):
        data = (STREAM.bytes(16) + bytes([count]) * count)[-24:].rjust(24, b"*")
        good(f"the data ends in {count} bytes of the value {count}", "LooksLikeBlockPadding",
             prefixed(STREAM, data, 40))
    for name, end in (
        ("a zero byte", b"\x00"),
        ("16 zero bytes", bytes(16)),
        ("a one and zeros", b"\x80" + bytes(15)),
        ("zeros and their number", bytes(7) + b"\x08"),
        ("spaces and line ends", b" \t\r\n"),
    ):
        data = STREAM.bytes(24 - len(end)) + end
        good(f"the data ends in {name}", "LooksLikeBlockPadding", prefixed(STREAM, data, 40))
    good("the data is 16 bytes of the value 16", "LooksLikeBlockPadding",
         prefixed(STREAM, bytes([16] * 16), 32))


def short_prefixes():
    for length in range(32):
        padded = bytes([length]) + STREAM.bytes(63)
        bad(f"the first byte is {length}, of 64", "ShortPrefix", padded)
    for length in (0, 1, 16, 31):
        padded = bytes([length]) + STREAM.bytes(31)
        bad(f"the first byte is {length}, of 32", "ShortPrefix", padded)
    for length in (11, 27):
        padded = bytes([length]) + STREAM.bytes(length - 1) + DOCUMENT
        bad(f"a document behind a prefix of {length} bytes", "ShortPrefix", padded)
    # What a library of PKCS#7 makes of it: no prefix at all.
    filled = DOCUMENT + bytes([11] * 11)
    bad("the first byte is 11, and the data is filled up at the end", "ShortPrefix",
        bytes([11]) + filled[1:])


def long_prefixes():
    for total, lengths in (
        (32, (33, 34, 47, 48, 64, 127, 128, 255)),
        (48, (49, 64, 128, 255)),
        (64, (65, 80, 96, 254, 255)),
        (112, (113, 127, 128, 160, 255)),
        (128, (129, 144, 255)),
        (224, (225, 240, 255)),
        (240, (241, 248, 254, 255)),
    ):
        for length in lengths:
            padded = bytes([length]) + STREAM.bytes(total - 1)
            bad(f"the first byte is {length}, of {total}", "LongPrefix", padded)
    for length in (0, 16, 31, 32, 255):
        padded = bytes([length]) + STREAM.bytes(15)
        bad(f"a single block whose first byte is {length}", "OneBlock", padded, "length")


FILE.group("ValueDecrypt")
every_prefix()
data_lengths()
contents()
short_prefixes()
long_prefixes()
FILE.finish()
