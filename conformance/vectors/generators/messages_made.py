#!/usr/bin/env python3
"""Writes messages_made.json: whole submissions in both containers: sound ones, odd ones, nonces.

    python3 conformance/vectors/generators/messages_made.py [--check]
"""

from making.bytes import b64
from making.doors import BOT_API, HEADER, TL, Doors
from making.message import TYPES

NOTES = {
    "Valid": ("BASIC", "A sound submission."),
    "Order": (
        "FUNCTIONALITY",
        "Elements and credentials come in different orders, since different programs write them. "
        "Whoever pairs them by position opens one document with the keys of another.",
    ),
    "Unknown": (
        "FUNCTIONALITY",
        "A type or field that is not known. Telegram adds some over time; whoever refuses the "
        "whole message is broken from that day on.",
    ),
    "Incomplete": (
        "CAN_OF_WORMS",
        "A part without credentials, or credentials without the part. May be refused; whoever "
        "takes the message must not make up the part, nor take that of another element.",
    ),
    "Superfluous": (
        "CAN_OF_WORMS",
        "A part that this type does not have. May be refused; whoever takes the message must leave "
        "it out, or a service files a picture under a name that nobody has checked.",
    ),
    "Empty": ("EDGE_CASE", "What TDLib writes for a document or file that is not there."),
    "WrongNonce": (
        "AUTH_BYPASS",
        "The nonce is not the one that this user was given. Whoever takes it, lets everybody who "
        "has got hold of a submission hand it in again as his own.",
    ),
}

DOORS = Doors("messages_made", HEADER, NOTES)
STREAM = DOORS.stream
case, bad, message = DOORS.case, DOORS.bad, DOORS.message


def sound():
    for kind in TYPES:
        case(f"{kind} alone", "Valid", message(kind))
    case("all types", "Valid", message(*TYPES))
    case("nothing", "Valid", message())
    made = message().add("passport").add("utility_bill", files=1)
    case("nothing that is not required", "Valid", made)
    case("20 files and 20 translations", "Valid",
         message().add("rental_agreement", files=20, translation=20))
    made = message("personal_details", "passport", "address", "email")
    for name, kinds in (("the other way round", made.elements[::-1]),
                        ("turned by one", made.elements[1:] + made.elements[:1])):
        other = made.copy()
        other.elements = kinds
        order = [it["type"] for it in kinds]
        other.expected.sort(key=lambda it: order.index(it["type"]))
        case(f"elements {name}", "Order", other)
    case("the nonce that is expected", "Valid", message("email"), nonce="n-1")
    made = message("passport", "phone_number")
    made.secure_data["dog_license"] = {"data": {"data_hash": "x", "bark": [1]}}
    made.secure_data["passport"]["colour"] = {"red": True}
    made.credentials["version"] = 2
    case("credentials with unknown keys", "Unknown", made)
    made.elements.insert(0, {"type": "dog_license", "bark": 1, "hash": "AAAA"})
    case("an element of an unknown type", "Unknown", made, doors=[BOT_API])
    made = message("personal_details")
    made.elements[0]["hash"] = "#"
    case("the hash of an element is no base64", "Unknown", made, doors=[BOT_API])
    made.elements[0]["hash"] = b64(b"\x00" * 5)
    case("the hash of an element has 5 bytes", "Unknown", made)
    made = message("passport", "phone_number", "utility_bill")
    made.named("passport")["data"]["secret"] = STREAM.bytes(32)
    made.named("passport")["selfie"]["secret"] = STREAM.bytes(32)
    case("the user's own encrypted secrets are there", "Valid", made, doors=[TL])
    made.named("utility_bill")["data"] = {"data": b"", "hash": b""}
    case("a document of three empty texts", "Empty", made, doors=[TL])


def without(made, kind, name):
    """What is expected if a part cannot be opened."""
    expected = [dict(it) for it in made.expected]
    next(it for it in expected if it["type"] == kind).pop(name)
    return expected


def incomplete():
    for kind, name in (("personal_details", "data"), ("passport", "selfie"),
                       ("passport", "front_side"), ("driver_license", "reverse_side"),
                       ("identity_card", "translation"), ("utility_bill", "files")):
        sides = {"there are no credentials": lambda it: it.secure_data[kind].pop(name),
                 "there are credentials but it was not sent": lambda it: it.named(kind).pop(name)}
        for what, damage in sides.items():
            made = message(kind, "email")
            damage(made)
            case(f"{name} of {kind}: {what}", "Incomplete", made, "acceptable",
                 expected=without(made, kind, name))
    made = message("address", "email")
    made.secure_data.clear()
    case("an element of which the credentials know nothing", "Incomplete", made, "acceptable",
         expected=without(made, "address", "data"))
    made = message("address", "email")
    made.elements.pop(0)
    case("credentials of an element that was not sent", "Incomplete", made, "acceptable",
         expected=made.expected[1:])
    made = message("phone_number", "email")
    del made.elements[0]["phone_number"]
    case("a phone number without its text", "Incomplete", made, "acceptable",
         expected=made.expected[1:])
    made = message("personal_details")
    extra = made.copy().add("passport")
    made.elements[0]["front_side"] = extra.elements[1]["front_side"]
    made.secure_data["personal_details"]["front_side"] = extra.secure_data["passport"]["front_side"]
    case("personal details with a front side", "Superfluous", made, "acceptable")
    made = message("passport")
    made.elements[0]["tl_plain"] = ("phone_number", "447700900123")
    case("a passport with a phone number", "Superfluous", made, "acceptable", doors=[TL])
    made = message("utility_bill")
    made.elements[0]["files"][0]["empty"] = True
    expected = [dict(made.expected[0], files=made.expected[0]["files"][1:])]
    case("one of the files is empty", "Empty", made, "acceptable", doors=[TL],
         expected=expected)


def nonces():
    for name, nonce, expected in (
        ("another one", "n-1", "n-2"), ("a longer one", "n-1", "n-12"),
        ("a shorter one", "n-1", "n-"),
        ("in other case", "n-1", "N-1"), ("with a space behind", "n-1", "n-1 "),
        ("empty", "n-1", ""),
        ("followed by a zero", "n-1", "n-1\u0000"), ("a number with a zero in front", "1", "01"),
        ("a number in another form", "1e1", "10"),
        ("composed of other letters", "\u00e9", "e\u0301"),
    ):
        made = message("email", nonce=nonce)
        bad(f"expected is another nonce: {name}", "WrongNonce", "nonce", made, nonce=expected)
    for name, credentials in (("missing", {}), ("null", {"nonce": None}),
                              ("a number", {"nonce": 1}), ("a list", {"nonce": ["n-1"]}),
                              ("true", {"nonce": True})):
        made = message("email")
        made.credentials = credentials
        bad(f"the nonce is {name}", "WrongNonce", ["nonce", "missing", "json"], made, nonce="n-1")
    made, other = message("email"), message("email", nonce="n-2").seal()
    made.instead = other.layers()
    bad("credentials of another submission", "WrongNonce", "nonce", made, nonce="n-1")


sound()
incomplete()
nonces()
DOORS.finish()
