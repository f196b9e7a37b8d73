"""The credentials of a submission, and the key for which they are made.

Protocol reference, sections 7.1 and 8.7. The padding of OAEP is encoded here, since the package
`cryptography` draws its seed from the system, and confirmed by it.
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from .file import VECTORS
from .sealing import prefixed, seal


def b64(data):
    return base64.b64encode(data).decode()


class Key:
    """The RSA key of the first group of a file that is here already."""

    def __init__(self, file, group=0):
        document = json.loads((VECTORS / file).read_text())
        self.pem = document["testGroups"][group]["privateKeyPem"]
        self.key = serialization.load_pem_private_key(self.pem.encode(), None)
        self.size = self.key.key_size // 8

    def public_pem(self):
        return self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ).decode()

    def wrap(self, message, stream, name="sha1", label=b""):
        """RSAES-OAEP."""
        label_hash = hashlib.new(name, label).digest()
        length = len(label_hash)
        zeros = bytes(self.size - 2 * length - 2 - len(message))
        block = label_hash + zeros + b"\x01" + message
        seed = stream.bytes(length)
        block = xor(block, mask(name, seed, len(block)))
        encoded = b"\x00" + xor(seed, mask(name, block, length)) + block
        wrapped = self.raw(encoded)
        algorithm = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}[name]
        scheme = padding.OAEP(padding.MGF1(algorithm()), algorithm(), label or None)
        assert self.key.decrypt(wrapped, scheme) == message
        return wrapped

    def raw(self, encoded):
        """RSA without padding."""
        public = self.key.public_key().public_numbers()
        assert len(encoded) == self.size
        return pow(int.from_bytes(encoded, "big"), public.e, public.n).to_bytes(self.size, "big")


def mask(name, seed, length):
    out, counter = b"", 0
    while len(out) < length:
        out += hashlib.new(name, seed + counter.to_bytes(4, "big")).digest()
        counter += 1
    return out[:length]


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


class Sealed:
    """Credentials layer by layer; each layer may be given, and the others follow from it."""

    def __init__(self, stream, key, text, *, padded=None, secret=None, wrapped=None):
        self.text = text.encode() if isinstance(text, str) else text
        self.padded = prefixed(stream, self.text) if padded is None else padded
        self.secret = stream.secret() if secret is None else secret
        self.data, self.hash = seal(self.padded, self.secret)
        self.wrapped = key.wrap(self.secret, stream) if wrapped is None else wrapped

    def to_json(self, **instead):
        """As the Bot API has it; `instead` are bytes, or what is written as it is."""
        layers = {"data": self.data, "hash": self.hash, "secret": self.wrapped} | instead
        return {
            name: b64(value) if isinstance(value, bytes) else value
            for name, value in layers.items()
        }
