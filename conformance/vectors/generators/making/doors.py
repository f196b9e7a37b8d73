"""Tests of whole submissions: each is described once, and written for the Bot API and as TL."""

from .credentials import Key
from .file import File
from .message import Message
from .scope import ADDRESS, IDENTITY
from .stream import Stream

BOT_API, TL = "Bot API", "TL"
BOTH = (BOT_API, TL)
HEADER = [
    "Whole submissions with the private key: passportData as in the Bot API, or action, the bytes "
    "of messageActionSecureValuesSentMe in hexadecimal.",
    "expected lists what a service gets for each element of a known type, in the order in which "
    "they came: document, phone number or e-mail, and each file with its hash and secret from the "
    "credentials. Over MTProto file_id is the id of the secureFile as decimal text.",
    "expectedNonce, where given, is the nonce that the service remembers for this user.",
]


class Doors:
    """A file in the making: collects tests by door and writes a group for each."""

    def __init__(self, name, header, notes):
        self.file = File(name, "PassportMessage", header, notes)
        self.stream, self.key = Stream(f"telegram passport {name} 1"), Key.of("messages.json")
        self.cases = {door: [] for door in BOTH}

    def message(self, *kinds, nonce="n-1"):
        """Sound elements of these types, with all parts that they can have."""
        made = Message(self.stream, self.key, nonce)
        for kind in kinds:
            parts = {"selfie": 1} if kind in IDENTITY else {}
            if kind in ADDRESS or kind in IDENTITY:
                parts["translation"] = 2 if kind in ("passport", "internal_passport") else 1
            made.add(kind, **parts)
        return made

    def case(self, comment, flag, message, result="valid", failure=None, doors=BOTH, nonce=None,
             expected=None, change=lambda container: container):
        """A test per door. `change` damages what is sent, `expected` stands in for what is got."""
        for door in doors:
            fields = {}
            if door == TL:
                fields["action"] = change(message.action()).hex()
            else:
                fields["passportData"] = change(message.bot_api())
            if nonce is not None:
                fields["expectedNonce"] = nonce
            if result != "invalid":
                elements = message.expected if expected is None else expected
                nonce_sent = message.credentials["nonce"]
                fields["expected"] = {"nonce": nonce_sent, "elements": elements}
            self.cases[door].append((f"{door}: {comment}", [flag], result, failure, fields))

    def bad(self, comment, flag, failure, message, **fields):
        self.case(comment, flag, message, "invalid", failure, **fields)

    def finish(self):
        for door, kind in ((BOT_API, "PassportMessage"), (TL, "PassportMessageTl")):
            self.file.group(kind, privateKeyPem=self.key.pem)
            for comment, flags, result, failure, fields in self.cases[door]:
                self.file.test(comment, flags, result, failure, **fields)
        self.file.finish()
