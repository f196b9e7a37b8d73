"""RSAES-OAEP step by step, so that each step can be made wrong: RFC 8017, section 7.1.1.

The seed is given, so that the same bytes come out each time; the package `cryptography` draws it from
the system.
"""

import hashlib

from .bytes import xor


def data_block(size, message, *, name="sha1", label=b"", separator=b"\x01", zeros=None):
    """DB for a modulus of `size` bytes: hash of the label, zeros, a one, the message."""
    label_hash = hashlib.new(name, label).digest()
    if zeros is None:
        zeros = bytes(size - 2 * len(label_hash) - 1 - len(separator) - len(message))
    return label_hash + zeros + separator + message


def encode(seed, block, *, mask="sha1", first=0):
    """EM: a zero, the masked seed, the masked DB."""
    masked = xor(block, mgf1(mask, seed, len(block)))
    return bytes([first]) + xor(seed, mgf1(mask, masked, len(seed))) + masked


def mgf1(name, seed, length):
    out, counter = b"", 0
    while len(out) < length:
        out += hashlib.new(name, seed + counter.to_bytes(4, "big")).digest()
        counter += 1
    return out[:length]
