#!/usr/bin/env python3
"""Writes files_chunks.json and files/chunks/*.enc: files for those who decrypt as they come in.

    python3 conformance/vectors/generators/files_chunks.py [--check]
"""

import hashlib

from making import File, Stream
from making.bytes import b64, flipped
from making.file import save
from making.sealing import encrypt, failure as failure_of, least_prefix, prefixed, schedule, seal

HEADER = [
    "Decryption of files. secret and fileHash as in the credentials (base64). file: path of the "
    "encrypted file relative to this folder.",
    "chunks of the group: a decryptor that takes a file piece by piece is asked again for each of "
    "these sizes, and must come to the same. For an invalid file nothing of the content may be "
    "handed over, however it is fed.",
]
NOTES = {
    "Size": (
        "EDGE_CASE",
        "A size around a multiple of a block, or of what programs read at a time. Whoever keeps "
        "the rest of a piece in the wrong place, loses or doubles bytes of every such picture.",
    ),
    "LongPrefix": (
        "EDGE_CASE",
        "The prefix is longer than the first pieces. Whoever looks for its end in the first piece "
        "only, hands out random bytes as the beginning of the picture.",
    ),
    "NoContent": (
        "EDGE_CASE",
        "Only the prefix. Clients differ in whether that is a file.",
    ),
    "TamperedEnd": (
        "AUTH_BYPASS",
        "A change near the end. Whoever hands out what he has before the hash was compared, has "
        "given away a forged picture by the time he refuses it.",
    ),
    "TamperedBegin": (
        "AUTH_BYPASS",
        "A change near the beginning, where the prefix is: the picture itself is as it was. "
        "Whoever hashes only what he hands out does not see it.",
    ),
    "Cut": (
        "AUTH_BYPASS",
        "The end is missing, as when a download breaks off. Whoever takes the end of the stream "
        "for the end of the file, stores half a document.",
    ),
    "Appended": (
        "AUTH_BYPASS",
        "More comes than belongs to the file. Whoever stops at the hash, or hashes what comes "
        "later on its own, stores what an attacker has added.",
    ),
    "BadPrefix": (
        "MISSING_STEP",
        "The hash fits, but the first byte is no length of a prefix. That shows at the first "
        "piece, the hash at the last: whoever acts on the first, acts on what is not verified.",
    ),
    "OtherFile": (
        "AUTH_BYPASS",
        "Secret or hash is that of another file.",
    ),
}

FILE = File("files_chunks", "PassportFile", HEADER, NOTES)
STREAM = Stream("telegram passport files_chunks 1")
WRITTEN = {}


def write(content):
    """The name of a file with this content, in the folder of the vectors."""
    for name, other in WRITTEN.items():
        if other == content:
            return name
    name = f"files/chunks/{len(WRITTEN) + 1:03}-{len(content)}.enc"
    WRITTEN[name] = content
    return name


def good(comment, flag, data, length=None, result="valid"):
    secret = STREAM.secret()
    encrypted, digest = seal(prefixed(STREAM, data, length), secret)
    FILE.test(
        comment, [flag], result, file=write(encrypted), secret=b64(secret), fileHash=b64(digest),
        plaintextSize=len(data), plaintextSha256=hashlib.sha256(data).hexdigest(),
    )


def bad(comment, flag, failure, encrypted, digest, secret):
    assert failure_of(secret, digest, encrypted) == failure, comment
    FILE.test(
        comment, [flag], "invalid", failure, file=write(encrypted), secret=b64(secret),
        fileHash=b64(digest),
    )


def picture(size):
    """Bytes that begin like a JPEG."""
    return (b"\xff\xd8\xff\xe0" + STREAM.bytes(size))[:size]


def sound():
    for size in (1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 49, 100, 223, 224, 225, 255, 256, 257, 999,
                 1000, 1001, 1023, 1024, 1025, 4063, 4064, 4065, 4096, 5000, 8192):
        good(f"{size} bytes behind the shortest prefix", "Size", picture(size))
    for whole in (4096, 16384, 16400, 32768):
        good(f"{whole} bytes in all", "Size", picture(whole - 32))
    for size, length in ((1, 255), (16, 240), (17, 255), (1000, 248), (1024, 128), (4096, 240)):
        good(f"{size} bytes behind a prefix of {length}", "LongPrefix", picture(size), length)
    good("70000 bytes", "Size", picture(70_000))
    for length in (32, 48, 240):
        good(f"nothing behind a prefix of {length}", "NoContent", b"", length, "acceptable")


def damaged(size, length, title):
    secret, data = STREAM.secret(), picture(size)
    padded = prefixed(STREAM, data, length)
    encrypted, digest = seal(padded, secret)
    end = len(encrypted)
    for name, flag, content in (
        ("the last byte changed", "TamperedEnd", flipped(encrypted, -1)),
        ("a byte of the last block but one changed", "TamperedEnd", flipped(encrypted, -1 - 8 * 16)),
        ("the last two blocks exchanged", "TamperedEnd",
         encrypted[:-32] + encrypted[-16:] + encrypted[-32:-16]),
        ("the first byte changed", "TamperedBegin", flipped(encrypted, 7)),
        ("the second block changed", "TamperedBegin", flipped(encrypted, 8 * 16 + 7)),
        ("the last block missing", "Cut", encrypted[:-16]),
        ("the second half missing", "Cut", encrypted[:end // 32 * 16]),
        ("a block of zeros behind it", "Appended", encrypted + bytes(16)),
        ("itself behind it", "Appended", encrypted + encrypted),
    ):
        bad(f"{title}: {name}", flag, "hash", content, digest, secret)
    for name, flag, content in (
        ("the last byte missing", "Cut", encrypted[:-1]),
        ("all but the last byte of a block missing", "Cut", encrypted[:-15]),
        ("all but one block missing", "Cut", encrypted[:16]),
        ("all missing", "Cut", b""),
        ("a byte behind it", "Appended", encrypted + b"\x00"),
        ("15 bytes behind it", "Appended", encrypted + bytes(15)),
    ):
        bad(f"{title}: {name}", flag, "length", content, digest, secret)
    for first in (0, 31):
        content, own = seal(bytes([first]) + padded[1:], secret)
        bad(f"{title}: the first byte is {first}", "BadPrefix", "padding", content, own, secret)
    # Decrypts to the same picture, and the last block but one tells no more than the hash.
    forged = flipped(padded, -1)
    content = encrypt(forged, *schedule(secret, digest))
    bad(f"{title}: the last byte of the picture changed, encrypted under the same keys",
        "TamperedEnd", "hash", content, digest, secret)
    other, own = seal(padded, STREAM.secret())
    bad(f"{title}: the secret of another file", "OtherFile", "hash", encrypted, digest,
        STREAM.secret())
    bad(f"{title}: the hash of another file", "OtherFile", "hash", encrypted,
        hashlib.sha256(other).digest(), secret)


FILE.group("FileDecrypt", chunks=[1, 15, 16, 17, 31, 1000, 4096])
sound()
damaged(200, least_prefix(200), "200 bytes")
damaged(3000, 248, "3000 bytes")
damaged(6000, 32, "6000 bytes")
SECRET = STREAM.secret()
CONTENT, DIGEST = seal(bytes([255]) + STREAM.bytes(239), SECRET)
bad("240 bytes in all: the first byte is 255", "BadPrefix", "padding", CONTENT, DIGEST, SECRET)
save(WRITTEN)
FILE.finish()
