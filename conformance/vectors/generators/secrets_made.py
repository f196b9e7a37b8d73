#!/usr/bin/env python3
"""Writes secrets_made.json: sums and ids of secrets, how they are drawn, and value secrets wrapped.

    python3 conformance/vectors/generators/secrets_made.py [--check]
"""

import hashlib

from making import File, Stream
from making.bytes import flipped
from making.sealing import checksum, decrypt, encrypt, number, schedule, secret_id, split

HEADER = [
    "Checksum and id of 32-byte secrets, how they are drawn of random bytes, and how value secrets "
    "are encrypted under the passport secret and the hash of the value.",
    "Byte strings are hexadecimal. Ids are signed 64-bit numbers as decimal text: the first 8 "
    "bytes of SHA-256, little endian.",
]
NOTES = {
    "Sum": (
        "EDGE_CASE",
        "The sum of the 32 bytes is 239 modulo 255, near an edge of what a sum can be. Whoever "
        "sums in a byte, or in signed ones, refuses good secrets.",
    ),
    "WrongSum": (
        "MISSING_STEP",
        "The sum is another one. Whoever takes it, goes on with a key that nobody meant, and finds "
        "out only after he has stored something under it that nobody can open.",
    ),
    "SecretLength": (
        "MISSING_STEP",
        "A secret, encrypted or not, has 32 bytes. Whoever cuts or fills up, opens things with a "
        "key that he made up himself.",
    ),
    "Id": (
        "EDGE_CASE",
        "The id of the secret as a number with sign: negative, or with zero bytes at one end. "
        "Whoever has the order or the sign wrong, is refused by the server, or overwrites the "
        "user's secret for it.",
    ),
    "Drawn": (
        "FUNCTIONALITY",
        "How a secret is made of 32 random bytes: the first is changed until the sum fits, which "
        "leaves 0..254 there. Whoever makes it in another way, may well be right, but cannot be "
        "checked by this case.",
    ),
    "Wrap": ("BASIC", "A value secret under the passport secret and the hash of the value."),
    "WrongPassportSecret": (
        "AUTH_BYPASS",
        "Wrapped under another passport secret. Only the checksum can tell: whoever does not look, "
        "decrypts documents with noise.",
    ),
    "WrongHash": (
        "AUTH_BYPASS",
        "Wrapped with the hash of another value, or with none. As above; and whoever wraps so, "
        "leaves behind what no other client can read.",
    ),
    "TamperedWrap": (
        "AUTH_BYPASS",
        "The wrapped secret was changed such that the checksum does not fit any more. It is all "
        "that protects it: one change in 255 goes unnoticed, which is why hashes come after.",
    ),
}

FILE = File("secrets_made", "PassportSecrets", HEADER, NOTES)
STREAM = Stream("telegram passport secrets_made 1")


def of_sum(total):
    """32 bytes with this sum, as few of them zero as can be."""
    low, rest = divmod(total, 32)
    return bytes([low] * (32 - rest) + [low + 1] * rest) if low < 255 else bytes([255] * 32)


def sums():
    FILE.group("SecretCheck")

    def good(comment, flag, secret):
        assert len(secret) == 32 and checksum(secret) == 239
        FILE.test(comment, [flag], "valid", secret=secret.hex(), id=number(secret_id(secret)),
                  idHex=secret_id(secret).hex())

    for total in range(239, 32 * 255, 255):
        good(f"the sum is {total}", "Sum", of_sum(total))
    for name, secret in (
        ("239 in the first byte", b"\xef" + bytes(31)),
        ("239 in the last byte", bytes(31) + b"\xef"),
        ("255 and 239", b"\xff" + bytes(30) + b"\xef"),
        ("128 and 111", b"\x80" + bytes(30) + b"\x6f"),
        ("127 and 112", b"\x7f" + bytes(30) + b"\x70"),
    ):
        good(f"zeros with {name}", "Sum", secret)
    for name, wanted in (
        ("negative", lambda it: it[7] >= 0x80),
        ("positive", lambda it: it[7] < 0x80),
        ("a number whose first byte is zero", lambda it: it[0] == 0),
        ("a number whose last byte is zero", lambda it: it[7] == 0),
        ("a number whose last byte is 255", lambda it: it[7] == 255),
        ("a number that is larger than what a double holds exactly", lambda it: it[7] == 0x7f),
    ):
        secret = STREAM.secret()
        while not wanted(secret_id(secret)):
            secret = STREAM.secret()
        good(f"the id is {name}", "Id", secret)
    for total in (0, 1, 238, 240, 254, 255, 256, 493, 495, 750, 239 + 512, 239 + 30 * 256,
                  255 * 32 - 1, 255 * 32):
        secret = of_sum(total)
        assert sum(secret) == total and checksum(secret) != 239
        FILE.test(f"the sum is {total}: it should not be", ["WrongSum"], "invalid", "checksum",
                  secret=secret.hex())
    secret = STREAM.secret()
    for name, bad in (
        ("the first byte one more", bytes([(secret[0] + 1) % 256]) + secret[1:]),
        ("the last byte one less", secret[:31] + bytes([(secret[31] - 1) % 256])),
        ("a bit of the middle changed", flipped(secret, 8 * 15 + 1)),
    ):
        assert checksum(bad) != 239
        FILE.test(name, ["WrongSum"], "invalid", "checksum", secret=bad.hex())
    for size in (0, 1, 16, 24, 30, 31, 33, 34, 48, 64):
        bad = (bytes(size) + b"\xef")[-size:] if size else b""
        FILE.test(f"{size} bytes", ["SecretLength"], "invalid", "length", secret=bad.hex())


def drawn():
    FILE.group("SecretGenerate")
    for name, random in (
        ("zeros", bytes(32)),
        ("ones", b"\xff" * 32),
        ("a good secret", STREAM.secret()),
        ("a good secret with 255 in the first byte", b"\xff" + bytes(30) + b"\xef"),
        ("what lacks one", bytes(31) + b"\xee"),
        ("what has one too many", bytes(31) + b"\xf0"),
        ("255 in the first byte alone", b"\xff" + bytes(31)),
        ("254 in the first byte alone", b"\xfe" + bytes(31)),
        ("255 everywhere but in the first byte", bytes(1) + b"\xff" * 31),
        ("ascending bytes", bytes(range(32))),
        ("random bytes", STREAM.bytes(32)),
        ("other random bytes", STREAM.bytes(32)),
    ):
        secret = bytes([(random[0] + 239 - sum(random)) % 255]) + random[1:]
        assert checksum(secret) == 239
        FILE.test(f"drawn: {name}", ["Drawn"], "valid", random=random.hex(), secret=secret.hex())


def value_secrets():
    FILE.group("ValueSecretWrap")
    passport, digest, secret = STREAM.secret(), STREAM.bytes(32), STREAM.secret()

    def test(comment, flag, expected=None, encrypted=None, passport=passport, digest=digest,
             secret=secret):
        if encrypted is None:
            encrypted = encrypt(secret, *schedule(passport, digest))
        if len(passport) == 32 and len(digest) == 32 and len(encrypted) == 32:
            opened = decrypt(encrypted, *schedule(passport, digest))
            is_sound = checksum(opened) == 239 and checksum(passport) == 239
            assert is_sound == (expected is None), comment
        fields = {"passportSecret": passport.hex(), "hash": digest.hex()}
        if expected is None:
            fields["valueSecret"] = secret.hex()
        result = "invalid" if expected else "valid"
        FILE.test(comment, [flag], result, expected, **fields, encrypted=encrypted.hex())

    for name, fields in (
        ("an ordinary one", {}),
        ("the same as the passport secret", {"secret": passport}),
        ("zeros and 239", {"secret": bytes(31) + b"\xef"}),
        ("under zeros and 239", {"passport": b"\xef" + bytes(31)}),
        ("a hash of zeros", {"digest": bytes(32)}),
        ("a hash of ones", {"digest": b"\xff" * 32}),
        ("the hash is the passport secret", {"digest": passport}),
        ("a wrapped secret that is itself a secret", None),
    ):
        if fields is None:
            wanted = secret
            while checksum(encrypt(wanted, *schedule(passport, digest))) != 239:
                wanted = STREAM.secret()
            fields = {"secret": wanted}
        test(f"wrapped: {name}", "Wrap", **fields)
    sound = encrypt(secret, *schedule(passport, digest))
    for name, other in (
        ("of another user", STREAM.secret()),
        ("with two bytes exchanged", bytes([passport[1], passport[0]]) + passport[2:]),
        ("the other way round", passport[::-1]),
    ):
        test(f"a passport secret {name}", "WrongPassportSecret", "checksum", sound, passport=other)
    bad = flipped(passport, -1)
    test("a passport secret whose own sum is wrong, which fits", "WrongPassportSecret", "checksum",
         passport=bad)
    test("a passport secret of 31 bytes", "SecretLength", "length", sound, passport=passport[:31])
    for name, other in (
        ("of another value", STREAM.bytes(32)),
        ("with one bit changed", flipped(digest, 7)),
        ("of zeros", bytes(32)),
    ):
        test(f"the hash is {name}", "WrongHash", "checksum", sound, digest=other)
    for name, keys in (
        ("hash and passport secret, in this order",
         split(hashlib.sha512(digest + passport).digest())),
        ("the passport secret alone", split(hashlib.sha512(passport).digest())),
        ("its own secret, not the passport secret", schedule(secret, digest)),
        ("the right key and a vector of zeros", (schedule(passport, digest)[0], bytes(16))),
    ):
        test(f"wrapped under {name}", "WrongHash", "checksum", encrypt(secret, *keys))
    for name, bad in (
        ("the first bit changed", flipped(sound, 0)),
        ("the last bit changed", flipped(sound, -1)),
        ("the blocks exchanged", sound[16:] + sound[:16]),
        ("the first block twice", sound[:16] * 2),
        ("the secret itself, not wrapped", secret),
        ("zeros", bytes(32)),
        ("wrapped twice", encrypt(sound, *schedule(passport, digest))),
    ):
        test(f"the wrapped secret: {name}", "TamperedWrap", "checksum", bad)
    padded = encrypt(secret + bytes([16] * 16), *schedule(passport, digest))
    for name, bad in (
        ("nothing", b""), ("one block", sound[:16]), ("31 bytes", sound[:31]),
        ("33 bytes", sound + b"\x00"), ("with a block of PKCS#7 padding", padded),
    ):
        test(f"too short or too long: {name}", "SecretLength", "length", bad)


sums()
drawn()
value_secrets()
FILE.finish()
