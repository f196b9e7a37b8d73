#!/usr/bin/env python3
"""Writes secrets_kdf.json: the passport secret under the password, by both algorithms.

    python3 conformance/vectors/generators/secrets_kdf.py [--check]
"""

import hashlib

from making import File, Stream
from making.bytes import flipped
from making.sealing import checksum, decrypt, encrypt, number, secret_id, split

HEADER = [
    "The passport secret encrypted under the password, as the server keeps it.",
    "Byte strings are hexadecimal, passwords text (UTF-8, taken as they are). secretId is a signed "
    "64-bit number as decimal text: the first 8 bytes of SHA-256, little endian.",
]
NOTES = {
    "Password": (
        "FUNCTIONALITY",
        "A password that is empty, long, or not of ASCII letters. It is taken as typed, in UTF-8: "
        "whoever trims, normalises or cuts it, locks such users out.",
    ),
    "Salt": (
        "EDGE_CASE",
        "A salt that is empty, short or long. It is used whole: whoever cuts it to what the server "
        "sent, or to a block, computes another key than everybody else.",
    ),
    "WrongPassword": (
        "AUTH_BYPASS",
        "Another password, if only in one letter. Whoever takes what comes out, takes noise for "
        "the user's secret and may store it as such.",
    ),
    "WrongSalt": (
        "AUTH_BYPASS",
        "Another salt, or half of it. The same holds.",
    ),
    "OtherKdf": (
        "WRONG_PRIMITIVE",
        "Wrapped in the way of the other algorithm. Whoever tries both, lets a server bring the "
        "user's password down to a single SHA-512.",
    ),
    "WrongId": (
        "AUTH_BYPASS",
        "What comes out is a sound secret, but not the one that the server names. Whoever does not "
        "compare, saves documents under a secret that the server does not keep.",
    ),
    "WrappedLength": (
        "MISSING_STEP",
        "The wrapped secret has not 32 bytes. Whoever cuts or fills up, opens things with a key "
        "that he made up himself.",
    ),
    "UnknownKdf": (
        "MISSING_STEP",
        "An algorithm that is not known. Whoever falls back to one that is, stores and opens "
        "things in a way that no other client understands.",
    ),
}

FILE = File("secrets_kdf", "PassportSecrets", HEADER, NOTES)
STREAM = Stream("telegram passport secrets_kdf 1")
SHA512 = "securePasswordKdfAlgoSHA512"
PBKDF2 = "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000"


def material(algorithm, password, salt):
    if algorithm == SHA512:
        return hashlib.sha512(salt + password + salt).digest()
    return hashlib.pbkdf2_hmac("sha512", password, salt, 100_000, 64)


def passport_secrets():
    FILE.group("PassportSecretWrap")
    secret, salt, plain = STREAM.secret(), STREAM.bytes(40), "correct horse"

    def test(comment, flag, algorithm, password=plain, salt=salt, expected=None, identity=None,
             encrypted=None, keys=None):
        output = keys or material(algorithm, password.encode(), salt)
        if encrypted is None:
            encrypted = encrypt(secret, *split(output))
        identity = number(secret_id(secret)) if identity is None else identity
        if algorithm in (SHA512, PBKDF2) and len(encrypted) == 32:
            opened = decrypt(encrypted, *split(material(algorithm, password.encode(), salt)))
            found = None
            if checksum(opened) != 239:
                found = "checksum"
            elif number(secret_id(opened)) != identity:
                found = "secret-id"
            assert found == expected, comment
        fields = {"algorithm": algorithm, "password": password, "salt": salt.hex()}
        if expected is None:
            fields |= {"kdfOutput": output.hex(), "secret": secret.hex()}
        result = "invalid" if expected else "valid"
        FILE.test(comment, [flag], result, expected, **fields, secretId=identity,
                  encrypted=encrypted.hex())

    wrapped = {it: encrypt(secret, *split(material(it, plain.encode(), salt)))
               for it in (SHA512, PBKDF2)}
    other_id = number(secret_id(STREAM.secret()))
    little = secret_id(secret)
    big_endian = str(int.from_bytes(little, "big", signed=True))
    passwords = (
        ("empty", ""),
        ("of 200 letters", "long " * 40),
        ("in Cyrillic", "\u043f\u0430\u0440\u043e\u043b\u044c"),
        ("with an accent as a letter of its own", "cafe\u0301"),
        ("beyond the basic plane", "\U0001f511\U0001f6c2"),
        ("with spaces at both ends", " correct horse "),
    )
    for name, password in passwords:
        test(f"SHA-512, a password {name}", "Password", SHA512, password)
    for name, password in (passwords[0], passwords[1], passwords[3]):
        test(f"PBKDF2, a password {name}", "Password", PBKDF2, password)
    for size in (0, 1, 8, 300):
        test(f"SHA-512, a salt of {size} bytes", "Salt", SHA512, salt=STREAM.bytes(size))
    for size in (0, 300):
        test(f"PBKDF2, a salt of {size} bytes", "Salt", PBKDF2, salt=STREAM.bytes(size))
    for kdf, wrong in ((SHA512, ("correct horsf", "Correct horse", "correct horse ", "")),
                       (PBKDF2, ("correct horsf", "Correct horse"))):
        name = "SHA-512" if kdf == SHA512 else "PBKDF2"
        for password in wrong:
            test(f"{name}, the password {password!r} in place of the right one",
                 "WrongPassword", kdf, password, expected="checksum", encrypted=wrapped[kdf])
        test(f"{name}, only the server's part of the salt", "WrongSalt", kdf, salt=salt[:8],
             expected="checksum", encrypted=wrapped[kdf])
        test(f"{name}, another secret's id", "WrongId", kdf, identity=other_id,
             expected="secret-id")
    test("SHA-512, a salt with one bit changed", "WrongSalt", SHA512,
         salt=flipped(salt, 7), expected="checksum", encrypted=wrapped[SHA512])
    for name, identity in (
        ("read in the other order of bytes", big_endian), ("0", "0"),
        ("with the other sign", str(-int(number(little)))),
    ):
        test(f"SHA-512, the id {name}", "WrongId", SHA512, identity=identity, expected="secret-id")
    test("wrapped by PBKDF2, said to be SHA-512", "OtherKdf", SHA512, expected="checksum",
         encrypted=wrapped[PBKDF2])
    test("wrapped by SHA-512, said to be PBKDF2", "OtherKdf", PBKDF2, expected="checksum",
         encrypted=wrapped[SHA512])
    for name, keys in (
        ("the salt on one side only", hashlib.sha512(salt + plain.encode()).digest()),
        ("the password on both sides",
         hashlib.sha512(plain.encode() + salt + plain.encode()).digest()),
        ("HMAC", hashlib.pbkdf2_hmac("sha512", plain.encode(), salt, 1, 64)),
    ):
        test(f"said to be SHA-512, made with {name}", "OtherKdf", SHA512, expected="checksum",
             keys=keys)
    keys = hashlib.pbkdf2_hmac("sha512", plain.encode(), salt, 10_000, 64)
    test("said to be PBKDF2, made with 10 000 rounds", "OtherKdf", PBKDF2, expected="checksum",
         keys=keys)
    for name, bad in (("nothing", b""), ("31 bytes", wrapped[SHA512][:31]),
                      ("33 bytes", wrapped[SHA512] + b"\x00"), ("48 bytes", secret + bytes(16))):
        test(f"the wrapped passport secret: {name}", "WrappedLength", SHA512, expected="length",
             encrypted=bad)
    test("an algorithm that is not known", "UnknownKdf", "securePasswordKdfAlgoUnknown",
         expected="unsupported", encrypted=wrapped[PBKDF2], keys=bytes(64))


passport_secrets()
FILE.finish()
