"""Tests of whole submissions: each is described once, and written for the Bot API and as TL."""

from .message import WITH_FILES, Message

BOT_API, TL = "Bot API", "TL"
BOTH = (BOT_API, TL)


class Doors:
    """Collects tests by door and writes a group for each."""

    def __init__(self, file, stream, key):
        self.file, self.stream, self.key = file, stream, key
        self.cases = {door: [] for door in BOTH}

    def message(self, *kinds, nonce="n-1"):
        """Sound elements of these types, with all parts that they can have."""
        made = Message(self.stream, self.key, nonce)
        for kind in kinds:
            if kind in WITH_FILES:
                made.add(kind, files=2, translation=1)
            elif kind in ("passport", "internal_passport"):
                made.add(kind, ("front_side", "selfie"), translation=2)
            elif kind in ("driver_license", "identity_card"):
                made.add(kind, ("front_side", "reverse_side", "selfie"), translation=1)
            else:
                made.add(kind)
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
