"""Bytes and texts as all generators write and change them."""

import base64
import json


def b64(data):
    return base64.b64encode(data).decode()


def compact(value):
    """JSON without white space, characters beyond ASCII as they are."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def flipped(data, *bits):
    """With these bits changed: 0 is the first bit of the first byte, -1 the last of the last."""
    data = bytearray(data)
    for bit in bits:
        data[bit // 8] ^= 0x80 >> bit % 8
    return bytes(data)
