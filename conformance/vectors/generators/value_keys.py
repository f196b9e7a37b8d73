#!/usr/bin/env python3
"""Writes value_keys.json: values under a wrong secret, or under keys that were made wrong.

    python3 conformance/vectors/generators/value_keys.py [--check]
"""

import functools
import hashlib
import hmac

from cryptography.hazmat.decrepit.ciphers.modes import CFB, OFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from making import File, Stream
from making.bytes import b64, flipped, xor
from making.decryption import DOCUMENT, Value
from making.sealing import BLOCK, decrypt, encrypt, prefixed, schedule, seal, split

HEADER = [
    "Decryption of one encrypted value that must be refused; one at the beginning is sound.",
    "All byte strings are hexadecimal. secret, hash and ct go in, msg comes out.",
    "The hash is always that of the document. What other keys make of it is what a client would "
    "send whose author has misread the protocol, or a value that was never encrypted.",
]
NOTES = {
    "Valid": ("BASIC", "The value that is made wrong in the other cases."),
    "SecretAltered": (
        "AUTH_BYPASS",
        "The secret was changed such that its checksum still fits: only the hash can tell.",
    ),
    "SecretChecksum": (
        "MISSING_STEP",
        "The sum of the secret is not 239 modulo 255, though all else fits and a sensible document "
        "comes out. Official clients refuse; whoever does not, accepts what no user can see again, "
        "and misses the earliest sign of a wrong key.",
    ),
    "FieldLength": (
        "MISSING_STEP",
        "The secret has not 32 bytes. Whoever cuts or fills them up, gives a value several "
        "names, or runs past the end of a buffer.",
    ),
    "KeyDerivation": (
        "WRONG_PRIMITIVE",
        "Key and initialisation vector were derived in another way. Whoever decrypts it, has the "
        "same bug and understands no official client; whoever tries several ways and takes what "
        "fits, is no better than the weakest of them.",
    ),
    "CipherMode": (
        "WRONG_PRIMITIVE",
        "Another cipher or mode than AES-256-CBC. The same holds.",
    ),
    "NotEncrypted": (
        "AUTH_BYPASS",
        "What should be ciphertext is the value itself, or was encrypted twice. Whoever falls back "
        "to taking it as it is, lets everybody read and write documents.",
    ),
}

FILE = File("value_keys", "PassportValue", HEADER, NOTES)
STREAM = Stream("telegram passport value_keys 1")
VALUE = Value(prefixed(STREAM, DOCUMENT, 43), STREAM.secret())
PADDED, SECRET, CIPHERTEXT, HASH = VALUE.padded, VALUE.secret, VALUE.ciphertext, VALUE.hash
bad = functools.partial(VALUE.refused, FILE)


def secret_changed():
    up_and_down = bytearray(SECRET)
    low, high = SECRET.index(min(SECRET)), SECRET.index(max(SECRET))
    up_and_down[low] += 1
    up_and_down[high] -= 1
    for name, wrong in (
        ("one byte one more, another one less", bytes(up_and_down)),
        ("two bytes exchanged", bytes([SECRET[1], SECRET[0]]) + SECRET[2:]),
        ("the other way round", SECRET[::-1]),
        ("halves exchanged", SECRET[16:] + SECRET[:16]),
        ("the secret of the reference's example", bytes(31) + b"\xef"),
    ):
        bad(f"secret: {name}", "SecretAltered", "hash", secret=wrong)
    for name, wrong in (
        ("one more", bytes(31) + b"\xf0"),
        ("one less", bytes(31) + b"\xee"),
        ("239 modulo 256 only", b"\xff" + bytes(30) + b"\xf0"),
        ("zero", bytes(32)),
        ("a multiple of 255", b"\xff" * 32),
        ("255", bytes(31) + b"\xff"),
        ("that of a drawn secret without its last step", STREAM.bytes(32)),
    ):
        ciphertext, digest = seal(PADDED, wrong)
        bad(f"the sum of the secret is {name}, and all else fits", "SecretChecksum", "checksum",
            ciphertext, digest, wrong)
    bad("a bit of the secret changed", "SecretChecksum", "checksum",
        secret=flipped(SECRET, 8 * 12 + 4))
    for wrong in (b"", b"\xef", SECRET[:16], bytes(30) + b"\xef", SECRET + b"\x00",
                  b"\x00" + SECRET[:-1] + SECRET[-1:] + b"\x00", SECRET + bytes(32)):
        ciphertext, digest = seal(PADDED, wrong)
        bad(f"a secret of {len(wrong)} bytes", "FieldLength", "length", ciphertext, digest, wrong)


def keys_wrong():
    sha512 = hashlib.sha512(SECRET + HASH).digest()
    sha256 = hashlib.sha256(SECRET + HASH).digest()
    for name, key, iv in (
        ("SHA-512 of hash and secret", *split(hashlib.sha512(HASH + SECRET).digest())),
        ("the vector is the end of SHA-512", sha512[:32], sha512[48:]),
        ("the vector stands before the key", sha512[16:48], sha512[:16]),
        ("the key is the end of SHA-512", sha512[32:], sha512[:16]),
        ("the vector is zero", sha512[:32], bytes(16)),
        ("the vector is the beginning of the hash", sha512[:32], HASH[:16]),
        ("the vector is the beginning of the key", sha512[:32], sha512[:16]),
        ("SHA-512 of the secret alone", *split(hashlib.sha512(SECRET).digest())),
        ("SHA-512 of the hash alone", *split(hashlib.sha512(HASH).digest())),
        ("SHA-384 of secret and hash", *split(hashlib.sha384(SECRET + HASH).digest())),
        ("SHA3-512 of secret and hash", *split(hashlib.sha3_512(SECRET + HASH).digest())),
        ("BLAKE2b of secret and hash", *split(hashlib.blake2b(SECRET + HASH).digest())),
        ("HMAC-SHA-512, key secret", *split(hmac.new(SECRET, HASH, "sha512").digest())),
        ("HMAC-SHA-512, key hash", *split(hmac.new(HASH, SECRET, "sha512").digest())),
        ("PBKDF2 of secret and hash, once",
         *split(hashlib.pbkdf2_hmac("sha512", SECRET, HASH, 1, 64))),
        ("the key is SHA-256 of secret and hash, the vector zero", sha256, bytes(16)),
        ("the key is SHA-256, the vector MD5", sha256, hashlib.md5(SECRET + HASH).digest()),
        ("the key is the secret, the vector the hash", SECRET, HASH[:16]),
        ("SHA-512 of the hexadecimal texts",
         *split(hashlib.sha512((SECRET.hex() + HASH.hex()).encode()).digest())),
        ("SHA-512 of the base64 texts",
         *split(hashlib.sha512((b64(SECRET) + b64(HASH)).encode()).digest())),
        ("SHA-512 in hexadecimal", *split(sha512.hex().encode())),
        ("salted as a password: secret, hash, secret",
         *split(hashlib.sha512(SECRET + HASH + SECRET).digest())),
        ("salted as a password: hash, secret, hash",
         *split(hashlib.sha512(HASH + SECRET + HASH).digest())),
    ):
        bad(name, "KeyDerivation", "hash", encrypt(PADDED, key, iv))


def modes_wrong():
    key, iv = schedule(SECRET, HASH)

    def by(cipher, mode):
        encryptor = Cipher(cipher, mode).encryptor()
        return encryptor.update(PADDED) + encryptor.finalize()

    aes = algorithms.AES(key)
    for name, ciphertext in (
        ("ECB", by(aes, modes.ECB())),
        ("counter mode", by(aes, modes.CTR(iv))),
        ("CFB", by(aes, CFB(iv))),
        ("OFB", by(aes, OFB(iv))),
        ("IGE, the mode of MTProto", ige(key, iv, iv)),
        ("IGE with the rest of SHA-512 as second vector",
         ige(key, iv, hashlib.sha512(SECRET + HASH).digest()[48:])),
        ("AES-128", by(algorithms.AES(key[:16]), modes.CBC(iv))),
        ("AES-192", by(algorithms.AES(key[:24]), modes.CBC(iv))),
    ):
        bad(name, "CipherMode", "hash", ciphertext)
    bad("the value itself", "NotEncrypted", "hash", PADDED)
    bad("zeros", "NotEncrypted", "hash", bytes(len(PADDED)))
    bad("encrypted twice", "NotEncrypted", "hash", encrypt(CIPHERTEXT, key, iv))
    bad("decrypted in place of encrypted", "NotEncrypted", "hash", decrypt(PADDED, key, iv))


def ige(key, before, behind):
    out = b""
    for at in range(0, len(PADDED), BLOCK):
        block = PADDED[at:at + BLOCK]
        mixed = encrypt(xor(block, before), key, bytes(BLOCK))
        before = xor(mixed, behind)
        behind, out = block, out + before
    return out


FILE.group("ValueDecrypt")
VALUE.opened(FILE, "the value before it is changed", "Valid")
secret_changed()
keys_wrong()
modes_wrong()
FILE.finish()
