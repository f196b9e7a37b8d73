"""Private keys as other programs keep them: encrypted, for OpenSSH, with certificates.

Salts are given, so that the same bytes come out each time."""

import hashlib

from .bytes import b64
from .rsa import NULL, bits, integer, octets, oid, pem, sequence, spki, tlv
from .sealing import encrypt

SALT, IV = bytes(range(8)), bytes(range(16))


def aes(key, plain):
    fill = 16 - len(plain) % 16
    return encrypt(plain + bytes([fill]) * fill, key, IV)


def pbes2(der, passphrase):
    """EncryptedPrivateKeyInfo: PBKDF2 with HMAC-SHA-256, AES-256-CBC."""
    key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), SALT, 2048, 32)
    hmac = sequence(oid([1, 2, 840, 113549, 2, 9]), NULL)
    kdf = sequence(oid([1, 2, 840, 113549, 1, 5, 12]), sequence(octets(SALT), integer(2048), hmac))
    cipher = sequence(oid([2, 16, 840, 1, 101, 3, 4, 1, 42]), octets(IV))
    scheme = sequence(oid([1, 2, 840, 113549, 1, 5, 13]), sequence(kdf, cipher))
    return pem("ENCRYPTED PRIVATE KEY", sequence(scheme, octets(aes(key, der))))


def openssl(der, passphrase):
    """The old form of OpenSSL: the key of the cipher by MD5."""
    key, last = b"", b""
    while len(key) < 32:
        last = hashlib.md5(last + passphrase.encode() + IV[:8]).digest()
        key += last
    header = f"\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{IV.hex().upper()}\n"
    return pem("RSA PRIVATE KEY", aes(key, der), header=header)


def text(content):
    return len(content).to_bytes(4, "big") + content


def number(value):
    return text(value.to_bytes(value.bit_length() // 8 + 1, "big"))


def openssh_public(key):
    return text(b"ssh-rsa") + number(key.e) + number(key.n)


def openssh(key):
    """openssh-key-v1, not encrypted."""
    inner = bytes(8) + text(b"ssh-rsa") + b"".join(
        number(it) for it in (key.n, key.e, key.d, key.qi, key.p, key.q)) + text(b"passport")
    inner += bytes(range(1, 1 + -len(inner) % 8))
    return pem("OPENSSH PRIVATE KEY", b"openssh-key-v1\0" + text(b"none") * 2 + text(b"")
               + (1).to_bytes(4, "big") + text(openssh_public(key)) + text(inner), 70)


def openssh_line(key):
    return f"ssh-rsa {b64(openssh_public(key))} passport\n"


def certificate(key):
    """A certificate of that key, signed by itself."""
    algorithm = sequence(oid([1, 2, 840, 113549, 1, 1, 11]), NULL)
    name = sequence(tlv(0x31, sequence(oid([2, 5, 4, 3]), tlv(12, b"passport"))))
    times = sequence(tlv(23, b"240101000000Z"), tlv(23, b"340101000000Z"))
    inner = sequence(integer(1), algorithm, name, times, name, spki(key.public()))
    digest = sequence(sequence(oid([2, 16, 840, 1, 101, 3, 4, 2, 1]), NULL),
                      octets(hashlib.sha256(inner).digest()))
    size = (key.n.bit_length() + 7) // 8
    block = b"\0\1" + b"\xff" * (size - 3 - len(digest)) + b"\0" + digest
    signature = pow(int.from_bytes(block, "big"), key.d, key.n).to_bytes(size, "big")
    return pem("CERTIFICATE", sequence(inner, algorithm, bits(signature)))
