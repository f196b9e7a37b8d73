"""The credentials of a submission, and the key for which they are made.

Protocol reference, sections 7.1 and 8.7.
"""

import hashlib
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from .bytes import b64
from .file import VECTORS
from .oaep import data_block, encode
from .sealing import drawn_prefix, prefixed, seal


class Key:
    """The RSA key of a service."""

    def __init__(self, pem):
        self.pem = pem
        self.private = serialization.load_pem_private_key(pem.encode(), None)
        numbers = self.private.public_key().public_numbers()
        self.n, self.e = numbers.n, numbers.e
        self.size = (self.n.bit_length() + 7) // 8

    @classmethod
    def of(cls, file):
        """That of the first group of a file that is here already."""
        document = json.loads((VECTORS / file).read_text())
        return cls(document["testGroups"][0]["privateKeyPem"])

    def public_pem(self):
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ).decode()

    def raw(self, encoded):
        """RSA without padding; a number beyond the modulus has no ciphertext."""
        number = int.from_bytes(encoded, "big")
        assert len(encoded) == self.size and number < self.n
        return pow(number, self.e, self.n).to_bytes(self.size, "big")

    def wrap(self, message, stream, name="sha1", label=b""):
        """RSAES-OAEP, confirmed by `cryptography`."""
        seed = stream.bytes(hashlib.new(name).digest_size)
        block = data_block(self.size, message, name=name, label=label)
        wrapped = self.raw(encode(seed, block, mask=name))
        assert self.opens(wrapped, name, label) == message
        return wrapped

    def opens(self, ciphertext, name="sha1", label=b""):
        """What `cryptography` makes of a ciphertext; `None` if it refuses."""
        algorithm = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}[name]
        scheme = padding.OAEP(padding.MGF1(algorithm()), algorithm(), label or None)
        try:
            return self.private.decrypt(ciphertext, scheme)
        except ValueError:
            return None


class Sealed:
    """Credentials layer by layer; each layer may be given, and the others follow from it."""

    def __init__(self, stream, key, text, *, padded=None, secret=None):
        self.text = text.encode() if isinstance(text, str) else text
        self.padded = prefixed(stream, self.text) if padded is None else padded
        self.secret = stream.secret() if secret is None else secret
        self.data, self.hash = seal(self.padded, self.secret)
        self.wrapped = key.wrap(self.secret, stream)

    @classmethod
    def drawn(cls, stream, key, text):
        """As clients do it: with a prefix whose length is drawn, too."""
        secret = stream.secret()
        return cls(stream, key, text, secret=secret, padded=drawn_prefix(stream, text.encode()))

    def to_json(self, **instead):
        """As the Bot API has it; `instead` are bytes, or what is written as it is."""
        return {
            name: b64(value) if isinstance(value, bytes) else value
            for name, value in (self.layers() | instead).items()
        }

    def layers(self):
        return {"data": self.data, "hash": self.hash, "secret": self.wrapped}
