"""A whole submission: elements beside credentials, for the Bot API and as TL.

Protocol reference, sections 3.2, 7 and 12. Elements and credentials are plain dictionaries, so that
a generator can damage either of them before it is written.
"""

import copy
import json

from . import action
from .sealing import prefixed, seal
from .submission import Sealed, b64

DOCUMENTS = {
    "personal_details": {
        "first_name": "Ada", "last_name": "Lovelace", "birth_date": "10.12.1985",
        "gender": "female", "country_code": "GB", "residence_country_code": "GB",
    },
    "address": {
        "street_line1": "12 St James's Square", "city": "London", "country_code": "GB",
        "post_code": "SW1Y",
    },
    "passport": {"document_no": "P-1234567", "expiry_date": "31.12.2030"},
    "driver_license": {"document_no": "D-1234567", "expiry_date": "30.11.2031"},
    "identity_card": {"document_no": "I-1234567", "expiry_date": ""},
    "internal_passport": {"document_no": "N-1234567"},
}
WITH_FILES = (
    "utility_bill", "bank_statement", "rental_agreement", "passport_registration",
    "temporary_registration",
)
PLAIN = {"phone_number": "447700900123", "email": "ada@example.org"}
TYPES = (*DOCUMENTS, *WITH_FILES, *PLAIN)


class Message:
    """`elements` and `secure_data` say what is sent, `expected` what a service gets.

    An element has the fields of the Bot API; its data and files are dictionaries with `hash`, which
    is sent as TL only.
    """

    def __init__(self, stream, key, nonce="n-1"):
        self.stream, self.key = stream, key
        self.elements, self.secure_data, self.expected = [], {}, []
        self.credentials = {"nonce": nonce}
        self.instead, self.layers, self.files = {}, {}, 0

    def copy(self):
        other = copy.copy(self)
        for name in ("elements", "secure_data", "expected", "credentials", "instead", "layers"):
            setattr(other, name, copy.deepcopy(getattr(self, name)))
        return other

    def add(self, kind, singles=(), files=0, translation=0, document=None, padded=None):
        """An element with the parts named; documents and texts are those of its type."""
        element, credentials = {"type": kind}, {}
        expected = {"type": kind}
        if kind in DOCUMENTS:
            document = DOCUMENTS[kind] if document is None else document
            text = document if isinstance(document, bytes) else json.dumps(document).encode()
            part, credentials["data"] = self.data(text, padded)
            element["data"], expected["data"] = part, document
        for name in singles:
            element[name], credentials[name], expected[name] = self.file()
        for name, count in (("files", files), ("translation", translation)):
            if count:
                made = [self.file() for _ in range(count)]
                element[name], credentials[name], expected[name] = map(list, zip(*made))
        if kind in PLAIN:
            element[kind] = expected[kind] = PLAIN[kind]
        else:
            self.secure_data[kind] = credentials
        element["hash"] = b64(self.stream.bytes(32))
        self.elements.append(element)
        self.expected.append(expected)
        return self

    def data(self, text, padded=None):
        secret = self.stream.secret()
        padded = prefixed(self.stream, text) if padded is None else padded
        encrypted, digest = seal(padded, secret)
        return {"data": encrypted, "hash": digest}, {
            "data_hash": b64(digest), "secret": b64(secret),
        }

    def file(self):
        self.files += 1
        digest, secret = self.stream.bytes(32), self.stream.secret()
        credentials = {"file_hash": b64(digest), "secret": b64(secret)}
        part = {"file_id": str(1000 + self.files), "hash": digest}
        return part, credentials, {"file_id": part["file_id"], **credentials}

    def named(self, kind):
        return next(it for it in self.elements if it["type"] == kind)

    def expects(self, kind):
        return next(it for it in self.expected if it["type"] == kind)

    def seal(self):
        text = json.dumps({"secure_data": self.secure_data, **self.credentials})
        return Sealed(self.stream, self.key, text, **self.layers)

    def bot_api(self):
        return {
            "data": [bot_api(element) for element in self.elements],
            "credentials": self.seal().to_json(**self.instead),
        }

    def action(self):
        """The bytes of messageActionSecureValuesSentMe."""
        sealed = self.seal()
        layers = {"data": sealed.data, "hash": sealed.hash, "secret": sealed.wrapped}
        return action.encode(self.elements, layers | self.instead)


def bot_api(value):
    """Without what only TL has."""
    if isinstance(value, list):
        return [bot_api(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("data"), bytes) and "hash" in value:
        return b64(value["data"])
    if "file_id" in value:
        value = {name: it for name, it in value.items() if name not in ("hash", "empty")}
        number = value["file_id"]
        return value | {"file_unique_id": f"u{number}", "file_size": 5040, "file_date": 1700000000}
    return {name: bot_api(it) for name, it in value.items() if not name.startswith("tl_")}
