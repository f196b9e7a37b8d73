"""A submission in the making: elements beside their credentials.

Protocol reference, sections 7 and 12. Elements and credentials are plain dictionaries, so that a
generator can damage either of them before it is written.
"""

from .bytes import b64, compact
from .credentials import Sealed
from .document import EXAMPLES
from .scope import required_parts
from .sealing import drawn_prefix, seal


class Submission:
    """`elements` and `secure_data` say what is sent, `expected` what a service gets.

    An element has the fields of the Bot API; its data and files are dictionaries with `hash`, which
    is sent as TL only. Files exist by hash and secret only.
    """

    documents = EXAMPLES
    plain = {"phone_number": "4915112345678", "email": "ada@example.org"}
    dumps = staticmethod(compact)

    def __init__(self, stream, key, nonce):
        self.stream, self.key = stream, key
        self.elements, self.secure_data, self.expected = [], {}, []
        self.credentials, self.instead = {"nonce": nonce}, {}

    def add(self, kind, document=None, padded=None, **parts):
        """An element with all that its type must have. `parts` changes that: it says how many of a
        part there are, and for `phone_number` and `email` the text."""
        element, keys, expected = {"type": kind}, {}, {"type": kind}
        counts = dict.fromkeys(required_parts(kind), 1)
        counts |= {"files": 2} if "files" in counts else {}
        counts |= parts
        if counts.get("data"):
            expected["data"] = self.documents[kind] if document is None else document
            element["data"], keys["data"] = self.data(expected["data"], padded)
        for part in ("front_side", "reverse_side", "selfie"):
            if counts.get(part):
                element[part], keys[part], expected[part] = self.file(f"{kind}.{part}")
        for part in ("files", "translation"):
            made = [self.file(f"{kind}.{part}{index}") for index in range(counts.get(part, 0))]
            if made:
                element[part], keys[part], expected[part] = map(list, zip(*made))
        text = parts.get(kind, self.plain.get(kind))
        if text is not None:
            element[kind] = expected[kind] = text
        element["hash"] = b64(self.stream.bytes(32))
        self.elements.append(element)
        self.expected.append(expected)
        if keys:
            self.secure_data[kind] = keys
        return self

    def data(self, document, padded=None):
        """What is sent of a document, and its credentials."""
        text = document if isinstance(document, bytes) else self.dumps(document).encode()
        secret = self.stream.secret()
        encrypted, digest = seal(self.prefixed(text) if padded is None else padded, secret)
        keys = {"data_hash": b64(digest), "secret": b64(secret)}
        return {"data": encrypted, "hash": digest}, keys

    def prefixed(self, text):
        return drawn_prefix(self.stream, text)

    def file(self, name):
        """What is sent of a file, its credentials, and what a service gets."""
        size = 16 * (3 + self.stream.below(60000))
        digest, secret = self.stream.bytes(32), self.stream.secret()
        date = 1_700_000_000 + self.stream.below(1_000_000)
        return file_parts(name, f"unique.{name}", size, date, digest, secret)

    def named(self, kind):
        return next(it for it in self.elements if it["type"] == kind)

    def text(self):
        return self.dumps({"secure_data": self.secure_data, **self.credentials})

    def seal(self):
        return Sealed.drawn(self.stream, self.key, self.text())

    def bot_api(self):
        """The passport data of an update; `instead` stands in for layers of its credentials."""
        return {
            "data": [bot_api(element) for element in self.elements],
            "credentials": self.seal().to_json(**self.instead),
        }


def file_parts(file_id, unique_id, size, date, digest, secret):
    part = {"file_id": file_id, "file_unique_id": unique_id, "file_size": size, "file_date": date,
            "hash": digest}
    keys = {"file_hash": b64(digest), "secret": b64(secret)}
    return part, keys, {"file_id": file_id, **keys}


def bot_api(value):
    """Without what only TL has."""
    if isinstance(value, list):
        return [bot_api(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("data"), bytes):
        return b64(value["data"])
    if "file_id" in value:
        return {name: it for name, it in value.items() if name not in ("hash", "empty", "secret")}
    return {name: bot_api(it) for name, it in value.items()}
