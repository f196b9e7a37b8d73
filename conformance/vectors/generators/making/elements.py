"""A submission in the making: elements beside their credentials, by sections 7 and 12."""

from .scope import ADDRESS, IDENTITY
from .seal import Key, b64, compact, seal

DETAILS = {
    "birth_date": "10.12.1985", "country_code": "DE", "first_name": "Ada", "gender": "female",
    "last_name": "Meier", "residence_country_code": "DE",
}
NATIVE = {"first_name_native": "\u0410\u0434\u0430",
          "last_name_native": "\u041c\u0430\u0439\u0435\u0440"}
HOME = {"city": "Berlin", "country_code": "DE", "post_code": "10115", "street_line1": "Ring 1"}
NUMBER = {"document_no": "C01X00T47", "expiry_date": "31.12.2039"}
TWO_SIDED = ("driver_license", "identity_card")


class Submission:
    """What a user sends. Files exist by hash and secret only."""

    def __init__(self, stream, key=None):
        self.stream, self.key = stream, key or Key()
        self.elements, self.secure_data = [], {}

    def add(self, kind, document=None, **parts):
        """An element with all that its type must have. `parts` changes that: for `selfie` and the
        sides whether they are there, for `translation` and `files` how many; for `data` whether it
        is there, for `phone_number` and `email` the text."""
        element, keys = {"type": kind}, {}
        has = {"data": kind in IDENTITY or kind in ("personal_details", "address"),
               "front_side": kind in IDENTITY, "reverse_side": kind in TWO_SIDED, "selfie": False,
               "files": 2 if kind in ADDRESS else 0, "translation": 0} | parts
        if has["data"]:
            usual = {"personal_details": DETAILS, "address": HOME}.get(kind, NUMBER)
            text = compact(usual if document is None else document)
            encrypted, digest, secret = seal(text.encode(), self.stream)
            element["data"] = b64(encrypted)
            keys["data"] = {"data_hash": b64(digest), "secret": b64(secret)}
        for part in ("front_side", "reverse_side", "selfie"):
            if has[part]:
                element[part], keys[part] = self.file(f"{kind}.{part}")
        for part in ("files", "translation"):
            if has[part]:
                made = [self.file(f"{kind}.{part}{index}") for index in range(has[part])]
                element[part], keys[part] = map(list, zip(*made))
        texts = {"phone_number": "4915112345678", "email": "ada@example.org"}
        if kind in texts and has.get(kind, True) is not None:
            element[kind] = has.get(kind, texts[kind])
        element["hash"] = b64(self.stream.bytes(32))
        self.elements.append(element)
        if keys:
            self.secure_data[kind] = keys
        return self

    def file(self, name):
        size = 16 * (3 + self.stream.below(60000))
        digest, secret = self.stream.bytes(32), self.stream.secret()
        return (
            {"file_id": name, "file_unique_id": f"unique.{name}", "file_size": size,
             "file_date": 1_700_000_000 + self.stream.below(1_000_000)},
            {"file_hash": b64(digest), "secret": b64(secret)},
        )

    def finish(self, nonce):
        """The passport data, and the text of its credentials."""
        text = compact({"secure_data": self.secure_data, "nonce": nonce})
        return {"data": self.elements, "credentials": self.key.credentials(text, self.stream)}, text
