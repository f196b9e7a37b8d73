#!/usr/bin/env python3
"""Writes value_tamper.json: values whose ciphertext or hash was changed, or that were exchanged.

    python3 conformance/vectors/generators/value_tamper.py [--check]
"""

import functools
import hashlib
import hmac

from making import File, Stream
from making.bytes import flipped
from making.decryption import DOCUMENT, Value
from making.sealing import BLOCK, encrypt, prefixed, schedule, seal

HEADER = [
    "Decryption of one encrypted value that must be refused; one at the beginning is sound.",
    "All byte strings are hexadecimal. secret, hash and ct go in, msg comes out.",
    "Where the note says so, the ciphertext decrypts to a sensible document under the given secret "
    "and hash: nothing but the missing check stands between it and the service.",
]
NOTES = {
    "Valid": ("BASIC", "The value that is changed in the other cases."),
    "BitFlip": (
        "AUTH_BYPASS",
        "A bit of the ciphertext was changed. CBC lets an attacker change chosen letters of a "
        "document that he cannot read, at the price of noise in the block before: only the hash "
        "tells. Without it a birth date or a name is forged on the way.",
    ),
    "Truncated": (
        "AUTH_BYPASS",
        "The ciphertext was cut. Whoever takes it, lets an attacker drop the end of a document or "
        "picture, or dies of bytes that are not there.",
    ),
    "Extended": (
        "AUTH_BYPASS",
        "Something was added to the ciphertext. Whoever decrypts only as much as he needs, or "
        "takes the rest as well, lets an attacker add to a document.",
    ),
    "BlocksExchanged": (
        "AUTH_BYPASS",
        "Blocks of the ciphertext stand in another order, or are from another value. Whoever does "
        "not hash what he has decrypted, lets an attacker put documents together from pieces.",
    ),
    "OtherValue": (
        "AUTH_BYPASS",
        "Secret, hash and ciphertext are sound, but not of the same value. Whoever takes that, has "
        "the documents of one user under the name of another, or an older version for the newer.",
    ),
    "HashAltered": (
        "AUTH_BYPASS",
        "The hash is not that of the value, so the keys are others. Whoever only warns, hands out "
        "noise as a document.",
    ),
    "HashCompare": (
        "AUTH_BYPASS",
        "The keys fit the given hash, and a sensible document comes out, but its hash differs in a "
        "bit. Whoever compares only a part, or not at all, accepts it: a user can then hand over "
        "a document that is not the one its hash, under which errors are reported, names.",
    ),
    "OtherHash": (
        "WRONG_PRIMITIVE",
        "The keys fit the given hash, but that is the hash of something else or by another "
        "function. A sensible document comes out; whoever accepts it does not check what the "
        "protocol says.",
    ),
    "FieldLength": (
        "MISSING_STEP",
        "The hash has not 32 bytes. Whoever cuts or fills them up, gives a value several "
        "names, or runs past the end of a buffer.",
    ),
}

FILE = File("value_tamper", "PassportValue", HEADER, NOTES)
STREAM = Stream("telegram passport value_tamper 1")
VALUE = Value(prefixed(STREAM, DOCUMENT, 43), STREAM.secret())
PADDED, SECRET, CIPHERTEXT, HASH = VALUE.padded, VALUE.secret, VALUE.ciphertext, VALUE.hash
bad = functools.partial(VALUE.refused, FILE)
# Of the same length, so that only the content is another one.
OTHER = Value(prefixed(STREAM, DOCUMENT.replace(b"AB123456", b"XY987654"), 43), STREAM.secret())


def blocks(ciphertext, order):
    return b"".join(ciphertext[BLOCK * at:BLOCK * (at + 1)] for at in order)


def ciphertext_changed():
    for block in range(6):
        for name, bit in (("first", 0), ("last", 127)):
            bad(f"the {name} bit of block {block} changed", "BitFlip", "hash",
                flipped(CIPHERTEXT, 128 * block + bit))
    forged = bytearray(CIPHERTEXT)
    year = PADDED.index(b"2030")
    forged[year - BLOCK + 2] ^= ord("3") ^ ord("9")
    bad("the expiry date is made 2090, at the price of noise in the block before", "BitFlip",
        "hash", bytes(forged))
    bad("the same bit changed in each block", "BitFlip", "hash",
        flipped(CIPHERTEXT, *range(5, 128 * 6, 128)))
    for count in (1, 8, 15):
        bad(f"{count} bytes cut off at the end", "Truncated", "length", CIPHERTEXT[:-count])
        bad(f"{count} bytes cut off at the beginning", "Truncated", "length", CIPHERTEXT[count:])
    for count in (1, 2, 4):
        bad(f"{count} blocks cut off at the end", "Truncated", "hash", CIPHERTEXT[:-BLOCK * count])
        bad(f"{count} blocks cut off at the beginning", "Truncated", "hash",
            CIPHERTEXT[BLOCK * count:])
    bad("all but the first block cut off", "Truncated", "length", CIPHERTEXT[:BLOCK])
    bad("one byte is left", "Truncated", "length", CIPHERTEXT[:1])
    bad("15 bytes are left", "Truncated", "length", CIPHERTEXT[:15])
    bad("nothing is left", "Truncated", "length", b"")
    bad("nothing is left, and the hash is that of nothing", "Truncated", "length", b"",
        hashlib.sha256().digest())
    for count in (1, 15, 17):
        bad(f"{count} bytes appended", "Extended", "length", CIPHERTEXT + bytes(count))
    bad("a byte put in front", "Extended", "length", b"\x00" + CIPHERTEXT)
    key, iv = schedule(SECRET, HASH)
    for name, ciphertext in (
        ("a block of zeros appended", CIPHERTEXT + bytes(BLOCK)),
        ("a block of zeros put in front", bytes(BLOCK) + CIPHERTEXT),
        ("the initialisation vector put in front", iv + CIPHERTEXT),
        ("the last block repeated", CIPHERTEXT + CIPHERTEXT[-BLOCK:]),
        ("the first block repeated", CIPHERTEXT[:BLOCK] + CIPHERTEXT),
        ("the whole repeated", CIPHERTEXT + CIPHERTEXT),
        ("another value appended", CIPHERTEXT + OTHER.ciphertext),
        ("a block of PKCS#7 padding appended before encryption",
         encrypt(PADDED + bytes([BLOCK] * BLOCK), key, iv)),
        ("a block of zeros appended before encryption", encrypt(PADDED + bytes(BLOCK), key, iv)),
    ):
        bad(name, "Extended", "hash", ciphertext)
    for name, order in (
        ("blocks 0 and 1 exchanged", (1, 0, 2, 3, 4, 5)),
        ("blocks 2 and 3 exchanged", (0, 1, 3, 2, 4, 5)),
        ("the last two blocks exchanged", (0, 1, 2, 3, 5, 4)),
        ("the first and the last block exchanged", (5, 1, 2, 3, 4, 0)),
        ("all blocks the other way round", (5, 4, 3, 2, 1, 0)),
        ("the last block moved to the front", (5, 0, 1, 2, 3, 4)),
        ("block 3 in place of block 4", (0, 1, 2, 3, 3, 5)),
        ("block 2 left out", (0, 1, 3, 4, 5)),
    ):
        bad(name, "BlocksExchanged", "hash", blocks(CIPHERTEXT, order))
    mixed = CIPHERTEXT[:BLOCK * 3] + OTHER.ciphertext[BLOCK * 3:]
    bad("the second half is from another value", "BlocksExchanged", "hash", mixed)
    same_keys = encrypt(OTHER.padded, key, iv)
    bad("the last two blocks are from another value under the same keys", "BlocksExchanged", "hash",
        CIPHERTEXT[:-2 * BLOCK] + same_keys[-2 * BLOCK:])


def other_value():
    for name, parts in (
        ("the ciphertext", (OTHER.ciphertext, HASH, SECRET)),
        ("the hash", (CIPHERTEXT, OTHER.hash, SECRET)),
        ("the secret", (CIPHERTEXT, HASH, OTHER.secret)),
        ("hash and secret", (CIPHERTEXT, OTHER.hash, OTHER.secret)),
        ("hash and ciphertext", (OTHER.ciphertext, OTHER.hash, SECRET)),
        ("secret and ciphertext", (OTHER.ciphertext, HASH, OTHER.secret)),
    ):
        bad(f"{name} of another value", "OtherValue", "hash", *parts)
    # Telegram Desktop keeps the secret when a document is saved again.
    older, older_hash = seal(OTHER.padded, SECRET)
    bad("an older ciphertext under the same secret", "OtherValue", "hash", older, HASH)
    bad("the hash of an older version under the same secret", "OtherValue", "hash", CIPHERTEXT,
        older_hash)
    again, again_hash = seal(prefixed(STREAM, DOCUMENT, 43), SECRET)
    bad("the same document with another prefix, ciphertext exchanged", "OtherValue", "hash", again)
    bad("the same document with another prefix, hash exchanged", "OtherValue", "hash", CIPHERTEXT,
        again_hash)


def hash_changed():
    for bit in (0, 7, 63, 64, 127, 128, 200, 255):
        wrong = flipped(HASH, bit)
        bad(f"bit {bit} of the hash changed", "HashAltered", "hash", digest=wrong)
        ciphertext = encrypt(PADDED, *schedule(SECRET, wrong))
        bad(f"bit {bit} of the hash is another one, and the keys fit", "HashCompare", "hash",
            ciphertext, wrong)
    for name, wrong in (
        ("zeros", bytes(32)),
        ("ones", b"\xff" * 32),
        ("the hash the other way round", HASH[::-1]),
        ("the first half of the hash, then zeros", HASH[:16] + bytes(16)),
        ("zeros, then the second half of the hash", bytes(16) + HASH[16:]),
    ):
        bad(f"the hash is {name}", "HashAltered", "hash", digest=wrong)
        bad(f"the hash is {name}, and the keys fit", "HashCompare", "hash",
            encrypt(PADDED, *schedule(SECRET, wrong)), wrong)
    for name, wrong in (
        ("the data without the prefix", hashlib.sha256(DOCUMENT)),
        ("the prefix alone", hashlib.sha256(PADDED[:43])),
        ("the value without its first byte", hashlib.sha256(PADDED[1:])),
        ("the data in front of the prefix", hashlib.sha256(DOCUMENT + PADDED[:43])),
        ("nothing", hashlib.sha256()),
        ("another ciphertext", hashlib.sha256(CIPHERTEXT)),
        ("secret and value", hashlib.sha256(SECRET + PADDED)),
        ("value and secret", hashlib.sha256(PADDED + SECRET)),
        ("the value in hexadecimal", hashlib.sha256(PADDED.hex().encode())),
        ("the hash of the value", hashlib.sha256(HASH)),
        ("the value, by HMAC with the secret", hmac.new(SECRET, PADDED, "sha256")),
        ("the value, by SHA-512/256", hashlib.new("sha512_256", PADDED)),
        ("the value, by SHA3-256", hashlib.sha3_256(PADDED)),
        ("the value, by BLAKE2s", hashlib.blake2s(PADDED)),
    ):
        wrong = wrong.digest()
        bad(f"the hash is of {name}", "OtherHash", "hash",
            encrypt(PADDED, *schedule(SECRET, wrong)), wrong)
    for name, wrong in (
        ("SHA-512, cut to 32 bytes", hashlib.sha512(PADDED).digest()[:32]),
        ("SHA-1, filled up with zeros", hashlib.sha1(PADDED).digest() + bytes(12)),
        ("MD5, twice", hashlib.md5(PADDED).digest() * 2),
    ):
        bad(f"the hash is by {name}", "OtherHash", "hash",
            encrypt(PADDED, *schedule(SECRET, wrong)), wrong)
    for wrong in (b"", HASH[:1], HASH[:16], HASH[:31], HASH + b"\x00", HASH + HASH):
        ciphertext = encrypt(PADDED, *schedule(SECRET, wrong))
        bad(f"a hash of {len(wrong)} bytes", "FieldLength", "length", ciphertext, wrong)


FILE.group("ValueDecrypt")
VALUE.opened(FILE, "the value before it is changed", "Valid")
ciphertext_changed()
other_value()
hash_changed()
FILE.finish()
