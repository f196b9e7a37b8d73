#!/usr/bin/env python3
"""Writes tl_ids.json: constructor ids by the text of the definition.

    python3 conformance/vectors/generators/tl_ids.py [--check]

Definitions are those of tl/schema/passport.tl and the anchors of the protocol reference, section 2.4,
with the ids that are published there; `making.tl` comes to the same by zlib's CRC32.
"""

import re

from making import File, tl

HEADER = [
    "Constructor ids: CRC32 of a definition in its normal form, as Telegram's schemas have them.",
    "definition: a line of a schema without its id and semicolon. id: eight hexadecimal digits.",
]

NOTES = {
    "Plain": ("BASIC", "Nothing in it is replaced or left out."),
    "TrueField": (
        "FUNCTIONALITY",
        "A field flags.N?true is no part of the text that is hashed, but its flags word is.",
    ),
    "BytesField": ("FUNCTIONALITY", "A field of the type bytes is hashed as one of the type string."),
    "VectorOfBytes": ("FUNCTIONALITY", "bytes inside of a vector stays as it is."),
    "Brackets": ("FUNCTIONALITY", "Angle brackets and braces are left out of what is hashed."),
    "BytesName": ("EDGE_CASE", "A field is called bytes; its name stays."),
    "BuiltIn": ("EDGE_CASE", "A definition that no program serializes."),
    "Spaces": ("EDGE_CASE", "More white space than there must be."),
}

ANCHORS = (
    ("int ? = Int", 0xA8509BDA, ["BuiltIn"]),
    ("long ? = Long", 0x22076CBA, ["BuiltIn"]),
    ("double ? = Double", 0x2210C154, ["BuiltIn"]),
    ("string ? = String", 0xB5286E24, ["BuiltIn"]),
    ("vector {t:Type} # [ t ] = Vector t", 0x1CB5C415, ["BuiltIn", "Brackets"]),
    ("true = True", 0x3FEDD339, ["BuiltIn"]),
    ("user id:int first_name:string last_name:string = User", 0xD23C81A3, ["Plain"]),
    ("invokeWithLayer {X:Type} layer:int query:!X = X", 0xDA9B0D0D, ["Brackets"]),
    (
        "rpc_answer_dropped msg_id:long seq_no:int bytes:int = RpcDropAnswer",
        0xA43AD8B7,
        ["BytesName"],
    ),
    (
        "inputMessagesFilterPhoneCalls flags:# missed:flags.0?true = MessagesFilter",
        0x80C99768,
        ["TrueField"],
    ),
    ("user  id:int\tfirst_name:string\n  last_name:string = User", 0xD23C81A3, ["Spaces"]),
)


def flags_of(text):
    found = {
        "TrueField": "?true" in text,
        "BytesField": re.search(r"[:?]bytes ", text),
        "VectorOfBytes": "<bytes>" in text,
        "Brackets": "<" in text,
        "BytesName": " bytes:" in text,
    }
    return [flag for flag, there in found.items() if there] or ["Plain"]


def main():
    schema = tl.passport()
    file = File("tl_ids", "TlConstructorId", HEADER, NOTES)
    file.group("TlConstructorId")
    tests = [(it.name, it.text, it.id, flags_of(it.text)) for it in schema.definitions.values()]
    for text, number, flags in ANCHORS:
        comment = text.split()[0] + (", spread out" if "Spaces" in flags else " of the reference")
        tests.append((comment, text, number, flags))
    for comment, text, number, flags in tests:
        assert tl.constructor_id(text) == number, text
        file.test(comment, flags, "valid", definition=text, id=f"{number:08x}")
    file.finish()


main()
