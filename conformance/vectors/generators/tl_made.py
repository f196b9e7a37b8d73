#!/usr/bin/env python3
"""Writes tl_made.json: each definition of the Passport schema, sound, cut and altered.

    python3 conformance/vectors/generators/tl_made.py [--check]

Values are made up by the schema, tl/schema/passport.tl, and encoded by `making.tl`. Telethon encodes
each of them as well, where it has the same definitions, and must come to the same bytes. Why damaged
bytes are refused is told by the decoder of `making.tl`.
"""

from making import File, Stream, telethon, tl
from making.damage import damages
from making.values import Values

HEADER = [
    "TL serialization of each constructor and method of the Passport schema, layer 230: the least "
    "and the fullest value, and bytes that are no value.",
    "value: names as in the schema; int is a number, long a decimal string, bytes hexadecimal, "
    "string text; flags words are not listed: an optional field is present or absent (true flags: "
    "true or absent).",
    "type: a boxed type, or the name of a method. implementations: what else came to these bytes; "
    "Telethon is 1.45.0, which is of layer 229 and lacks some definitions.",
    "A count that is too large may be seen as such, or when the elements are not there; hence two "
    "classes of failure.",
]

NOTES = {
    "Constructor": ("BASIC", "A boxed constructor."),
    "Function": ("BASIC", "A method call."),
    "Nested": (
        "EDGE_CASE",
        "A value in a value in a value, which is sound. Whoever refuses it, has a limit that real "
        "values may reach.",
    ),
    "Cut": (
        "MISSING_STEP",
        "The bytes end too early. Whoever goes on, reads other memory or makes up zeros.",
    ),
    "ForeignConstructor": (
        "MISSING_STEP",
        "A constructor id that is not of the type. Whoever takes it, reads one thing for another.",
    ),
    "VectorCount": (
        "RESOURCES",
        "A number of elements that is negative, or more than there are. Whoever allocates by it, "
        "can be stopped by a few bytes.",
    ),
    "UnknownFlag": (
        "MISSING_STEP",
        "A flag that the constructor does not define. What it announces may follow, and would be "
        "read as something else.",
    ),
    "StringPadding": (
        "MALLEABILITY",
        "The bytes that fill a string up to a multiple of four are not zero. Whoever takes them, "
        "has several encodings of one value, so that hashes and lists of values seen mislead.",
    ),
    "StringForm": (
        "MALLEABILITY",
        "The length of a string is not written in the one right form. As above.",
    ),
    "NotUtf8": (
        "MISSING_STEP",
        "A text that is not UTF-8. Whoever takes it, shows or stores what the sender did not say.",
    ),
    "Trailing": (
        "MISSING_STEP",
        "Bytes are left over behind the value. Whoever drops them, agrees with nobody on what was "
        "sent.",
    ),
    "Depth": (
        "RESOURCES",
        "Values are nested a thousand deep, which takes few bytes. Whoever follows by calling "
        "itself can run out of stack, which ends the process.",
    ),
}


def main():
    schema = tl.passport()
    values = Values(schema, Stream("telegram passport tl 1"))
    file = File("tl_made", "TlWire", HEADER, NOTES)
    full = {}
    # In JSON a Bool is a boolean, wherever it stands.
    definitions = [it for it in schema.definitions.values() if it.name[:4] != "bool"]
    file.group("TlEncode")
    for definition in definitions:
        least, full[definition.name] = values.least(definition), values.full(definition)
        if least == full[definition.name]:
            encode(file, schema, definition, "nothing to choose", least)
        else:
            encode(file, schema, definition, "least", least)
            encode(file, schema, definition, "full", full[definition.name])
    peer = schema.definitions["inputPeerUserFromMessage"]
    encode(file, schema, peer, "20 deep", nested_peer(20), "Nested")

    file.group("TlDecodeInvalid")
    for definition in definitions:
        kind = definition.name if definition.is_function else definition.result
        for comment, flag, data, failure in damages(schema, definition, full[definition.name]):
            refuses(schema, kind, data, failure)
            comment = f"{definition.name}: {comment}"
            file.test(comment, [flag], "invalid", failure, type=kind, bytes=data.hex())
    for comment, kind, shallow, deeper in (
        ("peers of peers", "InputPeer", nested_peer(0), nested_peer(1)),
        ("alternatives of alternatives", "SecureRequiredType", alternatives(0), alternatives(1)),
    ):
        shallow, deeper = schema.encode(shallow)[0], schema.encode(deeper)[0]
        before, behind = deeper.split(shallow)
        data = 1000 * before + shallow + 1000 * behind
        refuses(schema, kind, data, "depth")
        file.test(comment, ["Depth"], "invalid", "depth", type=kind, bytes=data.hex())
    file.finish()


def encode(file, schema, definition, comment, value, *flags):
    data = schema.encode(value)[0]
    kind = definition.name if definition.is_function else definition.result
    assert schema.decode(kind, data) == value, value
    theirs = telethon.bytes_of(value, schema)
    assert theirs in (data, None), (value, data.hex(), theirs.hex())
    others = {"implementations": ["telethon"]} if theirs else {}
    file.test(
        f"{definition.name}: {comment}",
        ["Function" if definition.is_function else "Constructor", *flags],
        "valid",
        name=definition.name,
        resultType=definition.result,
        value=value,
        bytes=data.hex(),
        **others,
    )


def refuses(schema, kind, data, failure):
    """The decoder of `making` gives one of the reasons that the test gives."""
    try:
        value = schema.decode(kind, data)
    except tl.Refused as refused:
        reasons = failure if isinstance(failure, list) else [failure]
        assert str(refused) in reasons, (kind, data.hex(), refused, failure)
    else:
        raise AssertionError((kind, data.hex(), value))


def nested_peer(depth):
    value = {"_": "inputPeerSelf"}
    for number in range(depth):
        value = {
            "_": "inputPeerUserFromMessage", "peer": value, "msg_id": number, "user_id": "1",
        }
    return value


def alternatives(depth):
    value = {"_": "secureRequiredType", "type": {"_": "secureValueTypeEmail"}}
    for _ in range(depth):
        value = {"_": "secureRequiredTypeOneOf", "types": [value]}
    return value


main()
