#!/usr/bin/env python3
"""Writes messages_container.json: submissions whose container is not as it must be.

    python3 conformance/vectors/generators/messages_container.py [--check]
"""

import json
import struct

from making import tl
from making.bytes import flipped
from making.doors import BOT_API, HEADER as WHOLE, TL, Doors

HEADER = [
    WHOLE[0],
    "What is damaged is the container around the encrypted parts; these are sound.",
]
NOTES = {
    "BotApiField": (
        "MISSING_STEP",
        "A field of the JSON is missing or of another kind. Whoever does not look, dies of it: "
        "anybody who may send the service an update could stop it so.",
    ),
    "TlBytes": (
        "MISSING_STEP",
        "These bytes are not this constructor and nothing else. Whoever reads on, takes bytes for "
        "what they are not; whoever believes a count, runs out of memory.",
    ),
    "TlLength": (
        "MISSING_STEP",
        "A hash has not 32 bytes. Whoever compares only as many as there are, takes an empty hash "
        "for every hash.",
    ),
    "PlainData": (
        "AUTH_BYPASS",
        "Under the type of the phone number stands an e-mail address, or the other way round. "
        "Whoever takes it, believes that Telegram has verified a number which it never saw.",
    ),
    "Layer": (
        "AUTH_BYPASS",
        "A layer of the credentials is empty, cut or zero.",
    ),
}

DOORS = Doors("messages_container", HEADER, NOTES)
SENT = tl.passport().definitions["messageActionSecureValuesSent"].id
bad, message = DOORS.bad, DOORS.message


def word(number):
    return struct.pack("<I", number)


def edited(*path, value=None):
    """The container with one field changed, or left out if there is no value for it."""
    def change(container):
        place = container
        for name in path[:-1]:
            place = place[name]
        if value is None:
            del place[path[-1]]
        else:
            place[path[-1]] = value
        return container
    return change


def bot_api_container():
    made = message("passport", "utility_bill", "phone_number")
    for path in (("data",), ("credentials",), ("credentials", "hash"), ("data", 0, "type"),
                 ("data", 0, "front_side", "file_id")):
        name = ".".join(map(str, path))
        bad(f"{name} is missing", "BotApiField", "missing", made, doors=[BOT_API],
            change=edited(*path))
    for path, value in (
        (("data",), "x"), (("data",), 5), (("credentials",), "x"), (("credentials",), 5),
        (("credentials", "hash"), 5), (("data", 0), "x"), (("data", 0, "data"), 5),
        (("data", 0, "data"), {"a": 1}), (("data", 0, "front_side"), "x"),
        (("data", 0, "front_side"), ["x"]), (("data", 0, "translation"), 5),
        (("data", 1, "files"), "x"), (("data", 1, "files", 0), "x"),
    ):
        name = ".".join(map(str, path))
        bad(f"{name} is {json.dumps(value)}", "BotApiField", ["json", "missing"], made,
            doors=[BOT_API], change=edited(*path, value=value))
    bad("data.0.data is no base64", "BotApiField", "encoding", made, doors=[BOT_API],
        change=edited("data", 0, "data", value="*" * 64))


def tl_container():
    made = message("passport", "utility_bill")
    # Four bytes each: its id; id and number of a vector; id, flags and type of the first value.
    for name, change, failure in (
        ("bytes behind it", lambda it: it + bytes(4), "trailing"),
        ("cut by four bytes", lambda it: it[:-4], "end"),
        ("cut in the middle", lambda it: it[:len(it) // 8 * 4], "end"),
        ("empty", lambda it: b"", "end"),
        ("another constructor", lambda it: bytes(4) + it[4:], "constructor"),
        ("what the user gets to see", lambda it: word(SENT) + it[4:], "constructor"),
        ("a value of another constructor", lambda it: flipped(it, 8 * 12 + 7), "constructor"),
        ("an element type that is not known", lambda it: it[:20] + word(0x12345678) + it[24:],
         "constructor"),
        ("more values than there are", lambda it: it[:8] + word(2**31 - 1) + it[12:],
         ["count", "end"]),
        ("fewer values than there are", lambda it: it[:8] + word(1) + it[12:], "constructor"),
    ):
        bad(name, "TlBytes", failure, made, doors=[TL], change=change)
    bad("a flag that there is not", "TlBytes", "flags", made, doors=[TL],
        change=lambda it: flipped(it, 8 * 16 + 19))
    for kind, part, digest in (("passport", "data", b""), ("passport", "data", bytes(31)),
                               ("passport", "selfie", bytes(33)), ("passport", "selfie", b"")):
        made = message(kind)
        made.elements[0][part]["hash"] = digest
        bad(f"a hash of {part} of {len(digest)} bytes", "TlLength", "length", made, doors=[TL])
    for kind, plain in (("phone_number", "email"), ("email", "phone_number")):
        made = message(kind)
        made.elements[0]["tl_plain"] = (plain, made.elements[0][kind])
        bad(f"{kind} holds {plain}", "PlainData", ["json", "mismatch"], made, doors=[TL])
    for layer, value, failure in (("hash", bytes(31), "length"), ("hash", b"", "length"),
                                  ("data", b"", "length"), ("secret", b"", "rsa"),
                                  ("secret", bytes(256), "rsa")):
        made = message("passport")
        made.instead = {layer: value}
        bad(f"{layer} of the credentials of {len(value)} bytes", "Layer", failure, made, doors=[TL])


bot_api_container()
tl_container()
DOORS.finish()
