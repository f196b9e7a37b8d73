#!/usr/bin/env python3
"""Writes passport/examples/sample: a submission with its files, to try the examples with.

    python3 conformance/vectors/generators/sample.py [--check]

The user, the documents and the key are made up; the key is that of messages.json. The TL bytes are by
Telethon.
"""

import datetime
import hashlib
import json

from making import VECTORS, Stream, save
from making.bytes import b64
from making.credentials import Key, Sealed
from making.sealing import least_prefix, prefixed, seal
from telethon.tl import types

OUT = VECTORS.parent.parent / "passport/examples/sample"
NONCE = "sample-nonce-of-user-6011972"
USER = 6011972
DATE = 1_700_000_000

RANDOM = Stream("telegram passport sample 1")


def padded(plain):
    return prefixed(RANDOM, plain, least_prefix(len(plain), 32 + RANDOM.bytes(1)[0] % 208))


def sealed(plain):
    """Encrypted bytes, hash, secret."""
    value, secret = padded(plain), RANDOM.secret()
    return *seal(value, secret), secret


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
        encrypted, digest, secret = sealed(json.dumps(document).encode())
        self.credentials.setdefault(kind, {})["data"] = {
            "data_hash": b64(digest), "secret": b64(secret),
        }
        self.expected[f"{kind}.data"] = {"data_hash": b64(digest)}
        return encrypted, types.SecureData(encrypted, digest, b"")

    def file(self, kind, part, plain):
        encrypted, digest, secret = sealed(plain)
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
    key = Key.of("messages.json")
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
    text = json.dumps({"secure_data": sample.credentials, "nonce": NONCE}).encode()
    credentials = Sealed(RANDOM, key, text, padded=padded(text))
    update = {"update_id": 1, "message": {
        "message_id": 2,
        "from": {"id": USER},
        "passport_data": {
            "data": sample.elements,
            "credentials": credentials.to_json(),
        },
    }}
    action = types.MessageActionSecureValuesSentMe(
        sample.values, types.SecureCredentialsEncrypted(**credentials.layers())
    )
    texts = {"update.json": update, "expected.json": sample.expected}
    files = sample.files | {name: (json.dumps(value, indent=1) + "\n").encode()
                            for name, value in texts.items()}
    files |= {"private_key.pem": key.pem.encode(), "public_key.pem": key.public_pem().encode(),
              "action.bin": bytes(action)}
    save(files, OUT)


main()
