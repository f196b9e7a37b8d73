"""Encryption of a submission, by the protocol reference, sections 8.5 and 8.7.

The padding of OAEP is encoded here, with a seed that is given, so that the same bytes come out each
time. AES and the keys are by `cryptography`.
"""

import base64
import hashlib
import json
import pathlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

VECTORS = pathlib.Path(__file__).resolve().parent.parent.parent


def b64(data):
    return base64.b64encode(data).decode()


def compact(value):
    """JSON without white space, characters beyond ASCII as they are."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def pad(plain, stream, length=None):
    """Padding of a length, or of a random one, in front of `plain`."""
    if length is None:
        length = 32 + stream.below(208)
        length += -(length + len(plain)) % 16
    assert 32 <= length <= 255 and (length + len(plain)) % 16 == 0
    return bytes([length]) + stream.bytes(length - 1) + plain


def encrypt(padded, secret, digest=None):
    """AES-256-CBC without further padding, keyed by secret and hash; and that hash."""
    digest = hashlib.sha256(padded).digest() if digest is None else digest
    keys = hashlib.sha512(secret + digest).digest()
    encryptor = Cipher(algorithms.AES(keys[:32]), modes.CBC(keys[32:48])).encryptor()
    return encryptor.update(padded) + encryptor.finalize(), digest


def seal(plain, stream):
    """Encrypted bytes, hash and secret of a new value."""
    secret = stream.secret()
    encrypted, digest = encrypt(pad(plain, stream), secret)
    return encrypted, digest, secret


def mgf1(seed, length):
    blocks = range((length + 19) // 20)
    out = b"".join(hashlib.sha1(seed + block.to_bytes(4, "big")).digest() for block in blocks)
    return out[:length]


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


class Key:
    """The RSA key of a service: that of messages.json, unless another PEM is given."""

    def __init__(self, pem=None):
        if pem is None:
            messages = json.loads((VECTORS / "messages.json").read_text())
            pem = messages["testGroups"][0]["privateKeyPem"]
        self.pem = pem
        self.private = serialization.load_pem_private_key(
            pem.encode(), None, unsafe_skip_rsa_key_validation=True
        )
        numbers = self.private.public_key().public_numbers()
        self.n, self.e = numbers.n, numbers.e
        self.size = (self.n.bit_length() + 7) // 8

    def encrypt(self, message, stream):
        """RSAES-OAEP with SHA-1, MGF1-SHA-1 and an empty label."""
        zeros = bytes(self.size - len(message) - 42)
        block = hashlib.sha1().digest() + zeros + b"\x01" + message
        seed = stream.bytes(20)
        block = xor(block, mgf1(seed, len(block)))
        encoded = xor(seed, mgf1(block, 20)) + block
        number = pow(int.from_bytes(encoded, "big"), self.e, self.n)
        return number.to_bytes(self.size, "big")

    def credentials(self, text, stream):
        """EncryptedCredentials of this plaintext."""
        encrypted, digest, secret = seal(text.encode(), stream)
        return {"data": b64(encrypted), "hash": b64(digest),
                "secret": b64(self.encrypt(secret, stream))}
