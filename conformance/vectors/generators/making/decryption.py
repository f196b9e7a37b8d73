"""Tests of decryption that several files have in one form: of values."""

from .sealing import failure, schedule, seal

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
