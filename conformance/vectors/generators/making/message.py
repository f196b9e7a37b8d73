"""A submission that is written for the Bot API and as TL, one as well as the other.

Its bytes are as few as may be: the shortest prefixes, and files of one size and date. File ids are
those of TL, in decimal. Protocol reference, section 3.2.
"""

import copy
import json

from . import action
from .credentials import Sealed
from .scope import ADDRESS
from .sealing import prefixed
from .submission import Submission, file_parts

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
PLAIN = {"phone_number": "447700900123", "email": "ada@example.org"}
TYPES = (*DOCUMENTS, *ADDRESS, *PLAIN)


class Message(Submission):
    documents, plain, dumps = DOCUMENTS, PLAIN, staticmethod(json.dumps)
    files = 0

    def copy(self):
        other = copy.copy(self)
        for name in ("elements", "secure_data", "expected", "credentials", "instead"):
            setattr(other, name, copy.deepcopy(getattr(self, name)))
        return other

    def prefixed(self, text):
        return prefixed(self.stream, text)

    def file(self, name=None):
        self.files += 1
        number = str(1000 + self.files)
        digest, secret = self.stream.bytes(32), self.stream.secret()
        return file_parts(number, f"u{number}", 5040, 1_700_000_000, digest, secret)

    def seal(self):
        return Sealed(self.stream, self.key, self.text())

    def action(self):
        """The bytes of messageActionSecureValuesSentMe."""
        return action.encode(self.elements, self.seal().layers() | self.instead)
