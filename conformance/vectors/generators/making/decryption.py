"""Tests of decryption that several files have in one form: of values, and of credentials."""

import json

from .bytes import b64, compact
from .credentials import Key, Sealed
from .file import File
from .sealing import failure, schedule, seal
from .stream import Stream

DOCUMENT = b'{"document_no":"AB123456","expiry_date":"31.12.2030"}'


class Value:
    """A value and what it is encrypted to, for groups ValueDecrypt."""

    def __init__(self, padded, secret):
        self.padded, self.secret = padded, secret
        self.ciphertext, self.hash = seal(padded, secret)

    def opened(self, file, comment, flag, result="valid"):
        """A test of the value as it is."""
        assert failure(self.secret, self.hash, self.ciphertext) is None, comment
        key, iv = schedule(self.secret, self.hash)
        file.test(
            comment, [flag], result, secret=self.secret.hex(), padded=self.padded.hex(),
            hash=self.hash.hex(), key=key.hex(), iv=iv.hex(), ct=self.ciphertext.hex(),
            msg=self.padded[self.padded[0]:].hex(),
        )

    def refused(self, file, comment, flag, expected, ciphertext=None, digest=None, secret=None):
        """A test in which something may be given that is not of this value."""
        ciphertext = self.ciphertext if ciphertext is None else ciphertext
        digest = self.hash if digest is None else digest
        secret = self.secret if secret is None else secret
        assert failure(secret, digest, ciphertext) == expected, comment
        file.test(comment, [flag], "invalid", expected,
                  secret=secret.hex(), hash=digest.hex(), ct=ciphertext.hex())


class CredentialsFile(File):
    """A file in the making of one group CredentialsDecrypt, with sound credentials to be broken."""

    def __init__(self, name, header, notes):
        super().__init__(name, "PassportCredentials", header, notes)
        self.stream, self.key = Stream(f"telegram passport {name} 1"), Key.of("credentials.json")
        data = {"data_hash": b64(self.stream.bytes(32)), "secret": b64(self.stream.secret())}
        text = compact({"secure_data": {"passport": {"data": data}}, "nonce": "n-4711"})
        self.sound = self.sealed(text)
        self.group("CredentialsDecrypt", privateKeyPem=self.key.pem,
                   publicKeyPem=self.key.public_pem())

    def sealed(self, text, **layers):
        return Sealed(self.stream, self.key, text, **layers)

    def good(self, comment, flag, sealed=None, result="valid", **instead):
        sealed = sealed or self.sound
        text = sealed.text.decode()
        self.test(comment, [flag], result, credentials=sealed.to_json(**instead), plaintext=text,
                  expected=json.loads(text))

    def bad(self, comment, flag, failure, sealed=None, **instead):
        sealed = sealed or self.sound
        self.test(comment, [flag], "invalid", failure, credentials=sealed.to_json(**instead))
