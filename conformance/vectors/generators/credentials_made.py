#!/usr/bin/env python3
"""Writes credentials_made.json: credentials with one layer broken at a time.

    python3 conformance/vectors/generators/credentials_made.py [--check]
"""

import hashlib
import json

from making.bytes import flipped
from making.credentials import Key
from making.decryption import CredentialsFile
from making.sealing import encrypt, prefixed, schedule

HEADER = [
    "Decryption of the credentials object of a Bot API passport_data.",
    "credentials is as it came in the update. plaintext is the decrypted text byte for byte, "
    "expected the same as JSON.",
    "In an invalid case everything is right but what the comment names: where the RSA layer is "
    "broken, the rest would open with the secret that was meant.",
]
NOTES = {
    "Valid": ("BASIC", "Ordinary credentials, with a nonce of many kinds. It is compared as text."),
    "JsonStyle": (
        "FUNCTIONALITY",
        "The same text in another spelling that JSON has for it. Whoever searches instead of "
        "parsing misses it.",
    ),
    "RsaLayer": (
        "AUTH_BYPASS",
        "The RSA ciphertext is not of this secret for this key by this padding. Whoever goes on, "
        "decrypts with noise; whoever says why, is an oracle.",
    ),
    "SecretSum": (
        "MISSING_STEP",
        "What the RSA layer holds is no secret: another length, or another sum. All else fits.",
    ),
    "AesLayer": (
        "AUTH_BYPASS",
        "Data, hash and secret do not belong together. Whoever takes the text all the same, takes "
        "other people's credentials, or a nonce that an attacker has written.",
    ),
    "Prefix": (
        "MISSING_STEP",
        "Hash and keys fit, but the first byte is less than 32 or more than there is.",
    ),
    "FieldLength": ("MISSING_STEP", "The hash has not 32 bytes, or the data not whole blocks."),
}

FILE = CredentialsFile("credentials_made", HEADER, NOTES)
STREAM, KEY, SOUND, TEXT = FILE.stream, FILE.key, FILE.sound, FILE.sound.text.decode()
OTHER_KEY = Key.of("oaep.json")
good, bad, sealed = FILE.good, FILE.bad, FILE.sealed


def valid():
    good("as it is before anything is broken", "Valid")
    for name, nonce in (
        ("of one letter", "n"),
        ("of 3000 letters", "nonce " * 500),
        ("in Cyrillic", "\u043d\u043e\u043d\u0441"),
        ("beyond the basic plane", "\U0001f6c2"),
        ("with quotes and backslashes", '"\\/\\"'),
        ("with spaces at both ends", " n "),
        ("with line ends and a zero", "a\nb\r\nc\u0000"),
        ("that looks like JSON", '{"nonce":"other"}'),
        ("that reads nonce", "nonce"),
        ("of digits", "0123"),
    ):
        for style, ascii_only in (("raw", False), ("escaped", True)):
            text = json.dumps({"secure_data": {}, "nonce": nonce}, ensure_ascii=ascii_only)
            good(f"a nonce {name}, {style}", "Valid", sealed(text))
    for name, text in (
        ("the key nonce is escaped", '{"secure_data":{},"\\u006eonce":"n"}'),
        ("the nonce is escaped, letter by letter", '{"secure_data":{},"nonce":"\\u006e\\u002d1"}'),
        ("white space wherever it may be", '\r\n\t { "secure_data" : { } ,\n"nonce" : "n" }\n\n'),
        ("a nonce deeper in an unknown field", '{"x":{"nonce":"y"},"secure_data":{},"nonce":"n"}'),
        ("an unknown field with every kind of value",
         '{"x":[null,true,-1.5e3,"",{}],"secure_data":{},"nonce":"n"}'),
        ("an unknown field in Unicode", '{"\u043a":"\u20ac","secure_data":{},"nonce":"n"}'),
    ):
        good(name, "JsonStyle", sealed(text))
    text = '{"secure_data":{},"payload":"p-1"}'
    good("payload in place of nonce", "Valid", sealed(text))


def rsa_layer():
    wrapped = SOUND.wrapped
    for name, value in (
        ("the last bit changed", flipped(wrapped, -1)),
        ("a bit in the middle changed", flipped(wrapped, 8 * 128 + 3)),
        ("the second byte changed", flipped(wrapped, *range(8, 16))),
        ("for another key", OTHER_KEY.wrap(SOUND.secret, STREAM)),
        ("by OAEP with SHA-256", KEY.wrap(SOUND.secret, STREAM, "sha256")),
        ("with a label", KEY.wrap(SOUND.secret, STREAM, label=b"passport")),
        ("without padding", KEY.raw(SOUND.secret.rjust(256, b"\x00"))),
        ("by the padding of PKCS#1 v1.5",
         KEY.raw(b"\x00\x02" + b"\x55" * 221 + b"\x00" + SOUND.secret)),
        ("with a zero byte in front", b"\x00" + wrapped), ("with a byte behind", wrapped + b"\x00"),
        ("with the last byte cut off", wrapped[:-1]), ("twice", wrapped + wrapped),
        ("of zeros", bytes(256)), ("of nothing", b""), ("the other way round", wrapped[::-1]),
        ("the secret itself, not encrypted", SOUND.secret),
    ):
        bad(f"RSA: {name}", "RsaLayer", "rsa", secret=value)
    for name, secret in (
        ("sum 240", bytes(31) + b"\xf0"), ("sum 0", bytes(32)),
        ("sum 239 modulo 256 only", b"\xff" + bytes(30) + b"\xf0"),
        ("31 bytes", bytes(30) + b"\xef"), ("33 bytes", SOUND.secret + b"\x00"),
        ("64 bytes", SOUND.secret + SOUND.secret[:31] + b"\x00"),
        ("in hexadecimal", SOUND.secret.hex().encode()),
    ):
        failure = ["rsa", "checksum" if len(secret) == 32 else "length"]
        bad(f"no secret: {name}", "SecretSum", failure, sealed(TEXT, secret=secret))


def aes_layer():
    other = sealed(TEXT.replace("n-4711", "n-4712"))
    data = SOUND.data
    for name, instead in (
        ("data", {"data": other.data}), ("hash", {"hash": other.hash}),
        ("secret", {"secret": other.wrapped}),
        ("data and hash", {"data": other.data, "hash": other.hash}),
    ):
        bad(f"{name} of another submission of the same user", "AesLayer", "hash", **instead)
    for name, value in (
        ("the first bit changed", flipped(data, 0)),
        ("the last bit changed", flipped(data, -1)),
        ("the last block cut off", data[:-16]), ("the first block cut off", data[16:]),
        ("a block appended", data + bytes(16)), ("not encrypted", SOUND.padded),
        ("two blocks exchanged", data[:32] + data[48:64] + data[32:48] + data[64:]),
    ):
        bad(f"data: {name}", "AesLayer", "hash", data=value)
    for name, value in (
        ("of the text without the prefix", hashlib.sha256(SOUND.text).digest()),
        ("with one bit changed", flipped(SOUND.hash, -1)),
        ("of zeros", bytes(32)),
    ):
        ciphertext = encrypt(SOUND.padded, *schedule(SOUND.secret, value))
        bad(f"the keys fit a hash {name}", "AesLayer", "hash", hash=value, data=ciphertext)
    for name, value in (("nothing", b""), ("one block", data[:16]), ("a byte less", data[:-1]),
                        ("a byte more", data + b"\x00")):
        bad(f"data: {name}", "FieldLength", "length", data=value)
    for name, value in (("nothing", b""), ("31 bytes", SOUND.hash[:31]),
                        ("33 bytes", SOUND.hash + b"\x00"), ("64 bytes", SOUND.hash * 2)):
        bad(f"hash: {name}", "FieldLength", "length", hash=value)
    fill = -len(SOUND.text) % 16
    for first in (0, 1, 31, 16 + fill):
        padded = bytes([first]) + STREAM.bytes(31 + fill) + SOUND.text
        bad(f"the first byte is {first}", "Prefix", "padding", sealed(TEXT, padded=padded))
    padded = prefixed(STREAM, b'{"nonce":"n"}', 35)
    padded = b"\xff" + padded[1:]
    bad("the first byte is 255, of 48", "Prefix", "padding", sealed("", padded=padded))


valid()
rsa_layer()
aes_layer()
FILE.finish()
