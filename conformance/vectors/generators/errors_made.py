#!/usr/bin/env python3
"""Writes errors_made.json: what a service reports about a submission.

    python3 conformance/vectors/generators/errors_made.py [--check]

The rules are those of the protocol reference, section 11; the TL bytes are encoded in making/tl.py.
"""

import base64
import json

from making import File, Stream, tl
from making.credentials import Key
from making.document import DETAILS, FIELDS, NATIVE
from making.scope import ADDRESS, IDENTITY, TWO_SIDED, TYPES
from making.submission import Submission

NOTES = {
    "DataField": ("BASIC", "A field of a document: the hash of the data as the credentials have it. "
                  "With another hash the error is never resolved, and the user locked out."),
    "Side": ("BASIC", "Front side, reverse side, selfie: the hash of that very file."),
    "OneFile": ("BASIC", "One file or one page of a translation, by its place. Whoever counts from "
                "one, or in another list, makes the user replace a good scan and keep the bad one."),
    "AllFiles": ("BASIC", "All files or all pages, in their order."),
    "Element": ("BASIC", "The whole element: its own hash from the message, not that of a part."),
    "Text": ("FUNCTIONALITY", "Texts at the limits of the TL encoding, beyond ASCII, and with what "
             "JSON must escape. Wrongly encoded, all that follows in the call is garbage."),
    "WrongSource": ("MISSING_STEP", "That type of element has no such part. Whoever reports it all "
                    "the same, gets the whole list of errors refused, so that the user learns "
                    "nothing."),
    "WrongField": ("MISSING_STEP", "A field that documents of that type do not have: clients drop such "
                   "an error in silence, and the user cannot mend anything."),
    "NotThere": ("MISSING_STEP", "The part, the file of that number or the element was not sent, so "
                 "there is no hash that could be named. Whoever invents one, or takes that of "
                 "another part, blames what is sound."),
    "NoCredentials": ("MISSING_STEP", "The part was sent, but the credentials do not name it: its "
                      "hash is not known."),
    "TextHash": ("FUNCTIONALITY", "The element's hash is no base64, as in old test data. The Bot API "
                 "gets it back unchanged; over MTProto it cannot be said."),
    "Unknown": ("MISSING_STEP", "No such source or type."),
}

HEADER = [
    "ErrorsBuild: from a decrypted message and a request to the object of the Bot API and to TL, with "
    "the fields of errors.json. index counts from 0.",
    "failure: combination (a source or field that the type does not have), missing (the part is not "
    "there), unknown (names).",
]

# The types that have a part, by the source of the error about it.
ALLOWED = {
    "data": FIELDS, "front_side": IDENTITY, "reverse_side": TWO_SIDED, "selfie": IDENTITY,
    "file": ADDRESS, "files": ADDRESS,
    "translation_file": [*IDENTITY, *ADDRESS], "translation_files": [*IDENTITY, *ADDRESS],
    "unspecified": TYPES,
}
CONSTRUCTORS = {"data": "Data", "front_side": "FrontSide", "reverse_side": "ReverseSide",
                "selfie": "Selfie", "file": "File", "files": "Files",
                "translation_file": "TranslationFile", "translation_files": "TranslationFiles",
                "unspecified": ""}
LISTS = {"file": "files", "files": "files", "translation_file": "translation",
         "translation_files": "translation"}

TL = tl.passport()
FILE = File("errors_made", "PassportErrors", HEADER, NOTES)
STREAM = Stream("telegram passport errors 1")
KEY = Key.of("messages.json")


def raw(text):
    return base64.b64decode(text, validate=True).hex()


def error(source, kind, hashes, text, field):
    """A SecureValueError of TL."""
    name = {"data": "data_hash", "unspecified": "hash"}.get(source, "file_hash")
    value = {"_": f"secureValueError{CONSTRUCTORS[source]}", "type": tl.secure_value_type(kind),
             name: list(map(raw, hashes)) if isinstance(hashes, list) else raw(hashes), "text": text}
    return value if field is None else value | {"field": field}


class Message:
    """A submission whose errors are reported; begins a group."""

    def __init__(self, made):
        self.made = made
        FILE.group("ErrorsBuild", privateKeyPem=KEY.pem, passportData=made.bot_api(),
                   credentialsPlaintext=json.loads(made.text()))

    def hashes(self, source, kind, index):
        keys = self.made.secure_data.get(kind, {})
        if source == "unspecified":
            return self.made.named(kind)["hash"]
        if source == "data":
            return keys["data"]["data_hash"]
        if source not in LISTS:
            return keys[source]["file_hash"]
        hashes = [file["file_hash"] for file in keys[LISTS[source]]]
        return hashes[index] if source in ("file", "translation_file") else hashes

    def valid(self, comment, flag, source, kind, text="x", index=None, field_name=None):
        request = {"source": source, "type": kind, "message": text}
        request |= {} if index is None else {"index": index}
        request |= {} if field_name is None else {"field_name": field_name}
        hashes = self.hashes(source, kind, index)
        name = {"data": "data_hash", "unspecified": "element_hash", "files": "file_hashes",
                "translation_files": "file_hashes"}.get(source, "file_hash")
        bot_api = {"source": source, "type": kind, name: hashes, "message": text}
        bot_api |= {} if field_name is None else {"field_name": field_name}
        value = error(source, kind, hashes, text, field_name)
        FILE.test(comment, [flag], "valid", request=request, botApi=bot_api, tl=value,
                  tlBytes=TL.encode(value)[0].hex())

    def invalid(self, comment, flag, failure, **request):
        FILE.test(comment, [flag], "invalid", failure, request={"message": "x"} | request)


everything = Submission(STREAM, KEY, "err")
for kind in TYPES:
    parts = {"selfie": True} if kind in IDENTITY else {}
    parts |= {"translation": 2} if kind in IDENTITY else {}
    parts |= {"translation": 3, "files": 2 + len(kind) % 3} if kind in ADDRESS else {}
    everything.add(kind, DETAILS | NATIVE if kind == "personal_details" else None, **parts)
message = Message(everything)

for kind, fields in FIELDS.items():
    for field in fields:
        message.valid(f"{field} of {kind}", "DataField", "data", kind, f"About {field}.",
                      field_name=field)
for source in ("front_side", "reverse_side", "selfie"):
    for kind in ALLOWED[source]:
        message.valid(f"{source} of {kind}", "Side", source, kind, "Too dark.")
for source, part in LISTS.items():
    for kind in ALLOWED[source]:
        count = len(everything.secure_data[kind][part])
        if source == part or source == "translation_files":
            message.valid(f"all {count} {part} of {kind}", "AllFiles", source, kind)
        else:
            for index in {0, count - 1}:
                message.valid(f"{part} number {index} of {kind}", "OneFile", source, kind,
                              "Page is cut.", index)
for kind in TYPES:
    message.valid(f"the whole of {kind}", "Element", "unspecified", kind, "Not accepted.")

for text, shown in (("", "an empty text"), ("a" * 2, "2 letters"), ("a" * 3, "3 letters"),
                    ("a" * 4, "4 letters"), ("a" * 253, "253 letters"), ("a" * 254, "254 letters"),
                    ("a" * 255, "255 letters"), ("a" * 256, "256 letters"),
                    ("a" * 4000, "4000 letters"),
                    ("\u00e4" * 127, "127 letters of two bytes"),
                    ("\U0001f600\u0410\u20ac", "an emoji, Cyrillic and a euro"),
                    ("\"quoted\" \\ back\n\tnew line", "quotes, a backslash and a line end"),
                    ("\u0001\u007f\u2028", "control characters"), ("<b>&amp;</b>", "HTML")):
    message.valid(f"text: {shown}", "Text", "front_side", "passport", text)
    if len(text) in (0, 254, 3):
        message.valid(f"text of a list: {shown}", "Text", "files", "utility_bill", text)

for source, kinds in ALLOWED.items():
    for kind in TYPES:
        # MTProto's documentation also names translations of personal details.
        if kind not in kinds and not (kind == "personal_details" and source.startswith("trans")):
            request = {"index": 0} if source in ("file", "translation_file") else {}
            request |= {"field_name": "document_no"} if source == "data" else {}
            message.invalid(f"{source} of {kind}, which has none", "WrongSource", "combination",
                            source=source, type=kind, **request)
for kind, field in (("personal_details", "document_no"), ("passport", "first_name"),
                    ("address", "birth_date"), ("identity_card", "street_line1"),
                    ("address", "City"),
                    ("personal_details", ""), ("passport", "document_no "), ("passport", "number")):
    message.invalid(f"field {field!r} of {kind}", "WrongField", "combination", source="data", type=kind,
                    field_name=field)
message.invalid("a data error without a field", "WrongField", "missing", source="data",
                type="passport")
for source, kind, count in (("file", "utility_bill",
                             len(everything.secure_data["utility_bill"]["files"])),
                            ("translation_file", "passport", 2)):
    for index in (count, count + 1, 1 << 31, (1 << 64) - 1, -1):
        message.invalid(f"{source} number {index} of {kind}, which has {count}", "NotThere",
                        "missing",
                        source=source, type=kind, index=index)
message.invalid("an unknown source", "Unknown", "unknown", source="hologram", type="passport")
message.invalid("an unknown type", "Unknown", "unknown", source="unspecified", type="visa")
message.invalid("a source in capitals", "Unknown", "unknown", source="SELFIE", type="passport")

partial = Submission(STREAM, KEY, "err")
partial.add("passport").add("utility_bill").add("driver_license", selfie=True)
del partial.secure_data["driver_license"]["selfie"]
partial.add("email")
partial.elements[-1]["hash"] = "no base64 at all!"
message = Message(partial)
message.invalid("no selfie was sent", "NotThere", "missing", source="selfie", type="passport")
message.invalid("no translation was sent, its first page", "NotThere", "missing",
                source="translation_file", type="passport", index=0)
message.invalid("no translation was sent, all of it", "NotThere", "missing",
                source="translation_files", type="utility_bill")
message.invalid("no such element was sent", "NotThere", "missing", source="unspecified",
                type="address")
message.invalid("no such element was sent, its data", "NotThere", "missing", source="data",
                type="personal_details", field_name="first_name")
message.invalid("the selfie has no credentials", "NoCredentials", "missing", source="selfie",
                type="driver_license")
message.valid("the front side beside it", "Side", "front_side", "driver_license")
FILE.test("an element hash that is no base64", ["TextHash"], "acceptable",
          request={"source": "unspecified", "type": "email", "message": "x"},
          botApi={"source": "unspecified", "type": "email", "message": "x",
                  "element_hash": "no base64 at all!"})
FILE.finish()
