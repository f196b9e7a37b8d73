#!/usr/bin/env python3
"""Writes messages_damaged.json: whole submissions of which one thing was exchanged or damaged.

    python3 conformance/vectors/generators/messages_damaged.py [--check]
"""

import json

from making.bytes import b64, flipped
from making.doors import BOT_API, HEADER, TL, Doors
from making.sealing import prefixed

NOTES = {
    "Exchanged": (
        "AUTH_BYPASS",
        "Documents or their credentials were exchanged between elements. Whoever does not verify "
        "each under its own hash, takes an address for a name, or one user's passport for "
        "another's.",
    ),
    "ByHash": (
        "FUNCTIONALITY",
        "Files stand in another order than their credentials. TL has their hashes, and they pair "
        "by these; the Bot API has not, and there they pair by position, so that the hash of the "
        "content tells later.",
    ),
    "OtherHash": (
        "AUTH_BYPASS",
        "The hash that the server shows of a part is not that of the credentials. Whoever does not "
        "compare, reports errors about, and fetches, another version than the user has sent.",
    ),
    "Count": (
        "AUTH_BYPASS",
        "There are more or fewer files than credentials. Whoever takes what fits, opens files with "
        "the keys of others, or drops pages without a word.",
    ),
    "Twice": (
        "AUTH_BYPASS",
        "An element twice. Whoever keeps the first and whoever keeps the last see different "
        "documents: one is checked, the other used.",
    ),
    "BadCredentials": (
        "MISSING_STEP",
        "Hash or secret of a part in the credentials is missing, or is none.",
    ),
    "BadDocument": (
        "MISSING_STEP",
        "The part opens, but is no document. Users' programs write what they like; whoever does "
        "not look dies of it.",
    ),
    "Tampered": (
        "AUTH_BYPASS",
        "The ciphertext of a document was changed, or its prefix is wrong. Whoever takes it, hands "
        "out letters that an attacker has chosen.",
    ),
}

DOORS = Doors("messages_damaged", HEADER, NOTES)
STREAM = DOORS.stream
case, bad, message = DOORS.case, DOORS.bad, DOORS.message


def exchange(one, other, name):
    one[name], other[name] = other[name], one[name]


def documents():
    made = message("personal_details", "address")
    one, other = made.elements
    exchange(one["data"], other["data"], "data")
    bad("the ciphertexts of two elements", "Exchanged", "hash", made)
    made = message("personal_details", "address")
    exchange(*made.elements, "data")
    bad("the documents of two elements", "Exchanged", ["mismatch", "hash"], made)
    made = message("personal_details", "address")
    exchange(*made.elements, "type")
    bad("the types of two elements", "Exchanged", ["mismatch", "hash"], made)
    made = message("personal_details", "address")
    exchange(*made.secure_data.values(), "data")
    bad("the credentials of two elements", "Exchanged", ["mismatch", "hash"], made)
    for name in ("secret", "data_hash"):
        made = message("passport", "driver_license")
        exchange(*(it["data"] for it in made.secure_data.values()), name)
        bad(f"{name} of two elements", "Exchanged", ["mismatch", "hash"], made)
    for kinds in (("passport",), ("passport", "utility_bill")):
        made, other = message(*kinds), message(*kinds)
        made.secure_data = other.secure_data
        bad(f"credentials of another submission, {len(kinds)} elements", "Exchanged",
            ["mismatch", "hash"], made)
    made, other = message("identity_card"), message("identity_card")
    made.elements[0]["data"] = other.elements[0]["data"]
    bad("the document of another submission", "Exchanged", ["mismatch", "hash"], made)
    made = message("passport")
    made.named("passport")["data"]["hash"] = STREAM.bytes(32)
    bad("the server shows another hash of the document", "OtherHash", "mismatch", made, doors=[TL])
    made.secure_data["passport"]["data"]["data_hash"] = b64(made.elements[0]["data"]["hash"])
    bad("server and credentials name another hash", "OtherHash", "hash", made)


def files():
    for kind, names in (("driver_license", ("front_side", "reverse_side")),
                        ("passport", ("front_side", "selfie"))):
        for what in ("files", "credentials"):
            made = message(kind)
            side = made.elements[0] if what == "files" else made.secure_data[kind]
            side[names[0]], side[names[1]] = side[names[1]], side[names[0]]
            title = f"{' and '.join(names)} of {kind}: {what} exchanged"
            bad(title, "OtherHash", "mismatch", made, doors=[TL])
            # Nothing but the content can tell here.
            expected = [dict(made.expected[0])]
            for name in names:
                pair = made.secure_data[kind][name]
                expected[0][name] = {"file_id": made.elements[0][name]["file_id"], **pair}
            case(title, "ByHash", made, "acceptable", doors=[BOT_API], expected=expected)
    for name in ("files", "translation"):
        made = message().add("utility_bill", files=3, translation=3)
        element, pairs = made.elements[0], made.secure_data["utility_bill"][name]
        right = made.expected[0][name]
        element[name] = element[name][::-1]
        case(f"{name} in another order than their credentials", "ByHash", made, doors=[TL],
             expected=[{**made.expected[0], name: right[::-1]}])
        by_place = [{"file_id": it["file_id"], **pair}
                    for it, pair in zip(element[name], pairs, strict=True)]
        case(f"{name} in another order than their credentials", "ByHash", made, "acceptable",
             doors=[BOT_API], expected=[{**made.expected[0], name: by_place}])
        for comment, damage in (
            ("one file less", lambda it: it.elements[0][name].pop()),
            ("one file more", lambda it: it.elements[0][name].append(it.file()[0])),
            ("the first file twice", lambda it: it.elements[0][name].append(
                it.elements[0][name][0])),
            ("one pair of credentials less",
             lambda it: it.secure_data["utility_bill"][name].pop(0)),
            ("one pair of credentials more", lambda it: it.secure_data["utility_bill"][name].append(
                it.file()[1])),
        ):
            made = message().add("utility_bill", files=2, translation=2)
            damage(made)
            bad(f"{name}: {comment}", "Count", ["count", "mismatch"], made)
        made = message().add("bank_statement", files=2, translation=2)
        made.elements[0][name][1] = made.elements[0][name][0]
        bad(f"{name}: one in place of another", "OtherHash", "mismatch", made, doors=[TL])
    made = message("utility_bill")
    exchange(*(made.elements[0]["files"][0], made.elements[0]["translation"][0]), "hash")
    bad("a file and a translation exchanged", "OtherHash", "mismatch", made, doors=[TL])
    made = message("utility_bill", "bank_statement")
    exchange(*made.elements, "files")
    bad("the files of two elements exchanged", "OtherHash", "mismatch", made, doors=[TL])
    for name in ("front_side", "selfie"):
        made = message("passport")
        made.elements[0][name]["hash"] = STREAM.bytes(32)
        bad(f"the server shows another hash of {name}", "OtherHash", "mismatch", made, doors=[TL])


def twice():
    for kind in ("personal_details", "passport", "utility_bill", "phone_number"):
        made = message(kind, "address")
        made.elements.append(made.elements[0])
        bad(f"{kind} twice, the same", "Twice", "duplicate", made)
        made = message(kind, "address")
        made.elements.insert(0, message(kind).elements[0])
        bad(f"{kind} twice, the first of another submission", "Twice", "duplicate", made)


def credentials():
    short, long = b64(STREAM.bytes(31)), b64(STREAM.bytes(33))
    secret = STREAM.secret()
    wrong_sum = b64(flipped(secret, -1))
    secrets = (("with a wrong sum", wrong_sum, "checksum"),
               ("of zeros", b64(bytes(32)), "checksum"))
    values = (
        ("of 31 bytes", short, ["length", "encoding"]),
        ("of 33 bytes", long, ["length", "encoding"]),
        ("empty", "", ["length", "encoding", "missing"]), ("no base64", "#" * 44, "encoding"),
        ("in hexadecimal", "ab" * 32, ["length", "encoding"]),
        ("a number", 5, ["json", "encoding"]), ("a list", [short], ["json", "encoding"]),
    )
    for kind, name in (("passport", "data"), ("passport", "front_side")):
        field = "data_hash" if name == "data" else "file_hash"
        for key, wrong in (("secret", secrets + values), (field, values)):
            for comment, value, failure in wrong:
                made = message().add(kind)
                made.secure_data[kind][name][key] = value
                bad(f"{key} of {name}: {comment}", "BadCredentials", failure, made)
            made = message().add(kind)
            del made.secure_data[kind][name][key]
            bad(f"{key} of {name}: missing", "BadCredentials", ["missing", "json"], made)
    for path, wrong in (
        (("passport",), "x"), (("passport",), []), (("passport", "data"), "x"),
        (("passport", "data"), []), (("passport", "selfie"), 1),
        (("passport", "translation"), {}), (("passport", "translation"), ["x"]),
    ):
        made = message("passport")
        place = made.secure_data
        for name in path[:-1]:
            place = place[name]
        place[path[-1]] = wrong
        bad(f"the credentials of {'.'.join(path)} are {json.dumps(wrong)}", "BadCredentials",
            "json", made)


def contents():
    for name, text, failure in (
        ("empty", b"", "json"), ("no JSON", b"Ada", "json"), ("a list", b"[]", "json"),
        ("a text", b'"Ada"', "json"), ("cut off", b'{"first_name":"Ada"', "json"),
        ("followed by more", b"{}{}", "json"),
        ("a field that is an object", b'{"first_name":{"a":"b"}}', "json"),
        ("a field that is a list", b'{"first_name":["Ada"]}', "json"),
        ("a field that is true", b'{"first_name":true}', "json"),
        ("no UTF-8", b'{"first_name":"\xff"}', ["utf-8", "json"]),
        ("a key twice", b'{"first_name":"Ada","first_name":"Eve"}', ["duplicate", "json"]),
    ):
        bad(f"the document is {name}", "BadDocument", failure,
            message().add("personal_details", document=text))
    text = b'{"document_no":"P-1","expiry_date":""}'
    for first in (0, 31, 255):
        padded = bytes([first]) + prefixed(STREAM, text)[1:]
        bad(f"the first byte of a document is {first}", "Tampered", "padding",
            message().add("passport", document=text, padded=padded))
    for name, damage, failure in (
        ("the last bit changed", lambda it: flipped(it, -1), "hash"),
        ("a block cut off", lambda it: it[:-16], "hash"),
        ("a byte cut off", lambda it: it[:-1], "length"),
        ("a block appended", lambda it: it + it[-16:], "hash"),
        ("one block", lambda it: it[:16], "length"),
    ):
        made = message().add("passport")
        part = made.elements[0]["data"]
        part["data"] = damage(part["data"])
        bad(f"the ciphertext of a document: {name}", "Tampered", failure, made)


documents()
files()
twice()
credentials()
contents()
DOORS.finish()
