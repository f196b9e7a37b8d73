"""Randomness that is the same each time."""

import hashlib


class Stream:
    """Bytes that follow from a seed: SHA-256 of it and of a counter."""

    def __init__(self, seed):
        self.seed = seed.encode()
        self.counter = 0

    def bytes(self, count):
        out = b""
        while len(out) < count:
            out += hashlib.sha256(self.seed + b"/%d" % self.counter).digest()
            self.counter += 1
        return out[:count]

    def below(self, limit):
        """A number from 0 to less than `limit`."""
        return int.from_bytes(self.bytes(16), "big") % limit

    def secret(self):
        """32 bytes whose sum is 239 modulo 255: protocol reference, section 8.2."""
        secret = bytearray(self.bytes(32))
        secret[0] = (secret[0] + 2 * 255 + 239 - sum(secret) % 255) % 255
        assert sum(secret) % 255 == 239
        return bytes(secret)
