#!/usr/bin/env python3
"""Writes passport/examples/sample: a submission with its files, to try the examples with.

    python3 conformance/vectors/generators/sample.py [--check]

The user, the documents and the key are made up; the key is that of messages.json. AES is by
`cryptography`, the TL bytes by Telethon, the padding of OAEP is encoded here, so that the same bytes
come out each time; --check says if they do not.
"""

import base64
import datetime
import hashlib
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from making import VECTORS, Stream, save
from telethon.tl import types

OUT = VECTORS.parent.parent / "passport/examples/sample"
NONCE = "sample-nonce-of-user-6011972"
USER = 6011972
DATE = 1_700_000_000


RANDOM = Stream("telegram passport sample 1")


def b64(data):
    return base64.b64encode(data).decode()


def seal(plain):
    """Encrypted bytes, hash, secret: protocol reference, section 8.5."""
    length = 32 + RANDOM.bytes(1)[0] % 208
    length += -(length + len(plain)) % 16
    padded = bytes([length]) + RANDOM.bytes(length - 1) + plain
    secret, digest = RANDOM.secret(), hashlib.sha256(padded).digest()
    keys = hashlib.sha512(secret + digest).digest()
    encryptor = Cipher(algorithms.AES(keys[:32]), modes.CBC(keys[32:48])).encryptor()
    return encryptor.update(padded) + encryptor.finalize(), digest, secret


def mgf1(seed, length):
    blocks = (length + 19) // 20
    return b"".join(
        hashlib.sha1(seed + count.to_bytes(4, "big")).digest() for count in range(blocks)
    )[:length]


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def oaep(key, message):
    """RSAES-OAEP with SHA-1 and a seed that is not random."""
    size = key.key_size // 8
    block = hashlib.sha1().digest() + bytes(size - len(message) - 42) + b"\x01" + message
    seed = RANDOM.bytes(20)
    block = xor(block, mgf1(seed, len(block)))
    seed = xor(seed, mgf1(block, 20))
    public = key.public_key().public_numbers()
    encrypted = pow(int.from_bytes(seed + block, "big"), public.e, public.n).to_bytes(size, "big")
    scheme = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
    assert key.decrypt(encrypted, scheme) == message
    return encrypted


def picture(name):
    return (VECTORS / "files" / name).read_bytes()


def with_comment(jpeg, length):
    """The same picture, so large that it takes several pieces."""
    return jpeg[:2] + b"\xff\xfe" + (length + 2).to_bytes(2, "big") + b"." * length + jpeg[2:]


class Sample:
    def __init__(self):
        self.elements, self.values, self.credentials = [], [], {}
        self.files, self.expected = {}, {}

    def data(self, kind, document):
        encrypted, digest, secret = seal(json.dumps(document).encode())
        self.credentials.setdefault(kind, {})["data"] = {
            "data_hash": b64(digest), "secret": b64(secret),
        }
        self.expected[f"{kind}.data"] = {"data_hash": b64(digest)}
        return encrypted, types.SecureData(encrypted, digest, b"")

    def file(self, kind, part, plain):
        encrypted, digest, secret = seal(plain)
        name = f"{kind}.{part}"
        number = len(self.files) + 1
        file_id = name.replace("[", "-").replace("]", "")
        self.files[f"{file_id}.enc"] = encrypted
        self.expected[name] = {
            "file_hash": b64(digest),
            "length": len(plain),
            "sha256": hashlib.sha256(plain).hexdigest(),
        }
        passport_file = {
            "file_id": file_id, "file_unique_id": f"unique-{number}",
            "file_size": len(encrypted), "file_date": DATE,
        }
        date = datetime.datetime.fromtimestamp(DATE, datetime.UTC)
        secure_file = types.SecureFile(
            id=number, access_hash=-number, size=len(encrypted), dc_id=2 + 2 * (number % 2),
            date=date, file_hash=digest, secret=b"",
        )
        return passport_file, secure_file, {"file_hash": b64(digest), "secret": b64(secret)}

    def add(self, tl_type, kind, *, document=None, texts=None, singles=None, files=None):
        server_hash = RANDOM.bytes(32)
        element, fields = {"type": kind}, {}
        if document:
            encrypted, fields["data"] = self.data(kind, document)
            element["data"] = b64(encrypted)
        for part, plain in (singles or {}).items():
            element[part], fields[part], keys = self.file(kind, part, plain)
            self.credentials.setdefault(kind, {})[part] = keys
        if files:
            made = [self.file(kind, f"files[{at}]", plain) for at, plain in enumerate(files)]
            element["files"], fields["files"], keys = map(list, zip(*made))
            self.credentials.setdefault(kind, {})["files"] = keys
        if texts:
            name, text, fields["plain_data"] = texts
            element[name] = text
        element["hash"] = b64(server_hash)
        self.elements.append(element)
        self.values.append(types.SecureValue(tl_type(), server_hash, **fields))


def main():
    messages = json.loads((VECTORS / "messages.json").read_text())
    pem = messages["testGroups"][0]["privateKeyPem"]
    key = serialization.load_pem_private_key(pem.encode(), None)
    sample = Sample()
    sample.add(types.SecureValueTypePersonalDetails, "personal_details", document={
        "first_name": "Ada", "last_name": "M\u00fcller", "birth_date": "10.12.1985",
        "gender": "female", "country_code": "DE", "residence_country_code": "DE",
    })
    sample.add(
        types.SecureValueTypePassport, "passport",
        document={"document_no": "C01X00T47", "expiry_date": "31.12.2030"},
        singles={
            "front_side": with_comment(picture("image_24x16_baseline.jpg"), 40_000),
            "selfie": picture("image_7x300_progressive.jpg"),
        },
    )
    sample.add(types.SecureValueTypeUtilityBill, "utility_bill", files=[
        picture("image_24x16_baseline.jpg"), picture("image_2x3.png"),
    ])
    sample.add(types.SecureValueTypePhone, "phone_number", texts=(
        "phone_number", "4915112345678", types.SecurePlainPhone("4915112345678"),
    ))
    credentials = {"secure_data": sample.credentials, "nonce": NONCE}
    encrypted, digest, secret = seal(json.dumps(credentials).encode())
    wrapped = oaep(key, secret)
    update = {"update_id": 1, "message": {
        "message_id": 2,
        "from": {"id": USER},
        "passport_data": {
            "data": sample.elements,
            "credentials": {"data": b64(encrypted), "hash": b64(digest), "secret": b64(wrapped)},
        },
    }}
    action = types.MessageActionSecureValuesSentMe(
        sample.values, types.SecureCredentialsEncrypted(encrypted, digest, wrapped)
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    texts = {"update.json": update, "expected.json": sample.expected}
    files = sample.files | {name: (json.dumps(value, indent=1) + "\n").encode()
                            for name, value in texts.items()}
    files |= {"private_key.pem": pem.encode(), "public_key.pem": public, "action.bin": bytes(action)}
    save(files, OUT)


main()
