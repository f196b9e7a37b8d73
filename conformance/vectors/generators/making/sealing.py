"""Encryption of one value, step by step, so that each step can be made wrong.

Protocol reference, sections 8.2 and 8.5. AES is by the package `cryptography`.
"""

import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 16


def least_prefix(length, least=32):
    """The length of the shortest prefix, from `least` on, that so many bytes of data can have."""
    return least + -(least + length) % BLOCK


def prefixed(stream, data, length=None):
    """The bytes before encryption: a prefix of `length` bytes, then the data."""
    length = least_prefix(len(data)) if length is None else length
    return bytes([length]) + stream.bytes(length - 1) + data


def drawn_prefix(stream, data):
    """The same with a prefix whose length is drawn, as clients do it."""
    return prefixed(stream, data, least_prefix(len(data), 32 + stream.below(208)))


def split(material):
    """Key and initialisation vector."""
    return material[:32], material[32:48]


def schedule(secret, digest):
    return split(hashlib.sha512(secret + digest).digest())


def encrypt(padded, key, iv):
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(padded) + encryptor.finalize()


def decrypt(ciphertext, key, iv):
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(ciphertext) + decryptor.finalize()


def seal(padded, secret):
    """The ciphertext and its hash."""
    digest = hashlib.sha256(padded).digest()
    return encrypt(padded, *schedule(secret, digest)), digest


def checksum(secret):
    """What is 239 for a secret."""
    return sum(secret) % 255


def secret_id(secret):
    """The 8 bytes by which the server knows a passport secret."""
    return hashlib.sha256(secret).digest()[:8]


def number(eight):
    """Such an id as a number with sign, in decimal."""
    return str(int.from_bytes(eight, "little", signed=True))


def failure(secret, digest, ciphertext):
    """The first check of section 8.8 that a value does not pass; `None` if it opens."""
    if len(secret) != 32 or len(digest) != 32:
        return "length"
    if checksum(secret) != 239:
        return "checksum"
    if len(ciphertext) < 32 or len(ciphertext) % BLOCK:
        return "length"
    padded = decrypt(ciphertext, *schedule(secret, digest))
    if hashlib.sha256(padded).digest() != digest:
        return "hash"
    if not 32 <= padded[0] <= len(padded):
        return "padding"
    return None
