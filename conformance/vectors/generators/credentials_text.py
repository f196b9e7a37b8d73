#!/usr/bin/env python3
"""Writes credentials_text.json: forms of base64 and of the JSON inside of the credentials.

    python3 conformance/vectors/generators/credentials_text.py [--check]
"""

import json

from making.bytes import b64
from making.decryption import CredentialsFile

HEADER = [
    "Decryption of the credentials object of a Bot API passport_data.",
    "credentials is as it came in the update. plaintext is the decrypted text byte for byte, "
    "expected the same as JSON; where nonce stands in its place, only the nonce is compared.",
    "Every layer of encryption is sound, and the hash is that of the text, however bad that is.",
]
NOTES = {
    "Base64Lenient": (
        "CAN_OF_WORMS",
        "Base64 in a form that the Bot API does not write, but that says without doubt which bytes "
        "are meant. May be refused; whoever takes it must come to the same bytes. Two forms of one "
        "message are two messages for whoever remembers those that he has seen.",
    ),
    "Base64Broken": (
        "MISSING_STEP",
        "This is not base64 of the field. Whoever decodes as far as it goes, works on something "
        "that nobody sent.",
    ),
    "FieldType": (
        "MISSING_STEP",
        "A field is missing or not a text. Whoever does not look, dies of it: anybody who may send "
        "the service an update can stop it so.",
    ),
    "BadJson": (
        "MISSING_STEP",
        "All layers open, but the text is no JSON object. Must be refused without a crash: the "
        "text is whatever a user's program has written.",
    ),
    "BadText": (
        "MISSING_STEP",
        "The text is not UTF-8. Whoever replaces what is wrong, compares another nonce than the "
        "one that was sent.",
    ),
    "KeyTwice": (
        "AUTH_BYPASS",
        "A key twice in one object. Readers that choose differently are told different things: the "
        "one that checks the nonce sees one, the one that uses it the other.",
    ),
    "NonceMissing": (
        "AUTH_BYPASS",
        "There is no nonce, or it is no text. Whoever compares loosely takes what is absent for "
        "what was not asked for, and a submission can be sent again by others.",
    ),
    "SecureData": (
        "MISSING_STEP",
        "There is no secure_data, or it is no object. It is required, if only as {}.",
    ),
    "Lenient": (
        "CAN_OF_WORMS",
        "Readers of JSON differ here. May be refused; whoever takes it must see the nonce.",
    ),
    "FieldLength": ("MISSING_STEP", "A field is an empty text. The same holds."),
}

FILE = CredentialsFile("credentials_text", HEADER, NOTES)
SOUND, TEXT = FILE.sound, FILE.sound.text.decode()
good, bad, sealed = FILE.good, FILE.bad, FILE.sealed


def fields():
    for name in ("data", "hash", "secret"):
        value = SOUND.to_json()[name]
        lines = "\n".join(value[at:at + 64] for at in range(0, len(value), 64)) + "\n"
        lenient = [
            ("in the alphabet for links", value.replace("+", "-").replace("/", "_")),
            ("with line ends", lines), ("with CR LF", lines.replace("\n", "\r\n")),
            ("with spaces at both ends", f" {value} "), ("with a space inside",
                                                         f"{value[:8]} {value[8:]}"),
        ]
        if value.endswith("="):
            bare = value.rstrip("=")
            last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            bits = last[last.index(bare[-1]) + 1]
            lenient += [
                ("without padding", bare), ("with one = too many", value + "="),
                ("with unused bits set", bare[:-1] + bits + value[len(bare):]),
            ]
        for form, written in lenient:
            if written != value:
                good(f"{name} {form}", "Base64Lenient", result="acceptable", **{name: written})
        later = {"data": ["hash", "length"], "hash": ["length", "hash"], "secret": ["rsa"]}[name]
        for form, written in (
            ("with ! in place of a letter", value[:4] + "!" + value[5:]),
            ("cut in the middle", value[:len(value) // 2 + 1]),
            ("of one letter", "A"), ("of = only", "===="),
            ("in hexadecimal with a colon", "00:" + value[3:]),
        ):
            bad(f"{name} {form}", "Base64Broken", ["encoding", *later], **{name: written})
        bad(f"{name} of no letters", "FieldLength",
            "length" if name != "secret" else "rsa", **{name: ""})
        for kind, written in (("null", None), ("a number", 1), ("a list", [value]),
                              ("an object", {"value": value}), ("true", True)):
            bad(f"{name} is {kind}", "FieldType", ["json", "missing"], **{name: written})
        credentials = SOUND.to_json()
        del credentials[name]
        FILE.test(f"{name} is missing", ["FieldType"], "invalid", "missing",
                  credentials=credentials)


def texts():
    for name, text in (
        ("empty", ""), ("white space", " \n"), ("a list", '[{"secure_data":{},"nonce":"n"}]'),
        ("a text", '"nonce"'), ("a number", "1"), ("null", "null"), ("true", "true"),
        ("cut off", TEXT[:-1]), ("cut off in a text", TEXT[:40]),
        ("followed by a brace", TEXT + "}"), ("followed by the same", TEXT + TEXT),
        ("followed by a word", TEXT + " x"), ("followed by a zero byte", TEXT + "\0"),
        ("in single quotes", TEXT.replace('"', "'")), ("without quotes", "{nonce:n}"),
        ("with a comma too many", TEXT[:-1] + ",}"),
        ("with a comment", "/* */" + TEXT), ("with a raw line end in a text",
                                            '{"secure_data":{},"nonce":"a\nb"}'),
        ("with an escape that there is not", '{"secure_data":{},"nonce":"\\x6e"}'),
        ("with NaN", '{"x":NaN,"secure_data":{},"nonce":"n"}'),
        ("with a number that begins with 0", '{"x":01,"secure_data":{},"nonce":"n"}'),
        ("base64 of the JSON", b64(TEXT.encode())),
        ("a form of a link", "nonce=n-4711&secure_data={}"),
        ("XML", "<nonce>n-4711</nonce>"),
    ):
        bad(f"the text is {name}", "BadJson", "json", sealed(text))
    for name, text in (
        ("a lone byte of a sequence", b'{"secure_data":{},"nonce":"\x80"}'),
        ("a sequence that is cut off", b'{"secure_data":{},"nonce":"\xe2\x82"}'),
        ("a sequence that is longer than need be", b'{"secure_data":{},"nonce":"\xc0\xae"}'),
        ("half a surrogate as bytes", b'{"secure_data":{},"nonce":"\xed\xa0\x80"}'),
        ("Latin-1", '{"secure_data":{},"nonce":"\u00e9"}'.encode("latin-1")),
        ("UTF-16", TEXT.encode("utf-16-le")),
    ):
        bad(f"no UTF-8: {name}", "BadText", ["utf-8", "json", "encoding"], sealed(text))
    for name, text in (
        ("nonce", '{"nonce":"n","secure_data":{},"nonce":"m"}'),
        ("nonce, once escaped", '{"nonce":"n","secure_data":{},"\\u006eonce":"m"}'),
        ("nonce, the second null", '{"nonce":"n","secure_data":{},"nonce":null}'),
        ("secure_data", '{"secure_data":{"passport":{}},"nonce":"n","secure_data":{}}'),
        ("passport", '{"secure_data":{"passport":{},"passport":{}},"nonce":"n"}'),
        ("an unknown key", '{"secure_data":{},"x":1,"nonce":"n","x":2}'),
    ):
        bad(f"twice: {name}", "KeyTwice", ["duplicate", "json"], sealed(text))
    nonce = ["nonce", "missing", "json"]
    for name, text in (
        ("missing", '{"secure_data":{}}'), ("null", '{"secure_data":{},"nonce":null}'),
        ("a number", '{"secure_data":{},"nonce":4711}'), ("0", '{"secure_data":{},"nonce":0}'),
        ("false", '{"secure_data":{},"nonce":false}'), ("true", '{"secure_data":{},"nonce":true}'),
        ("a list", '{"secure_data":{},"nonce":["n"]}'),
        ("an object", '{"secure_data":{},"nonce":{}}'),
        ("called Nonce", '{"secure_data":{},"Nonce":"n"}'),
        ("called nonce with a space", '{"secure_data":{},"nonce ":"n"}'),
        ("called nonce in full width",
         '{"secure_data":{},"\uff4e\uff4f\uff4e\uff43\uff45":"n"}'),
        ("inside of secure_data", '{"secure_data":{"nonce":"n"}}'),
        ("inside of a list", '{"secure_data":{},"x":[{"nonce":"n"}]}'),
        ("inside of a text", json.dumps({"secure_data": {}, "x": '{"nonce":"n"}'})),
    ):
        bad(f"the nonce is {name}", "NonceMissing", nonce, sealed(text))
    for name, text, failure in (
        ("missing", '{"nonce":"n"}', "missing"),
        ("null", '{"nonce":"n","secure_data":null}', "missing"),
        ("a list", '{"nonce":"n","secure_data":[]}', "json"),
        ("a text", '{"nonce":"n","secure_data":"{}"}', "json"),
        ("true", '{"nonce":"n","secure_data":true}', "json"),
        ("called secureData", '{"nonce":"n","secureData":{}}', "missing"),
    ):
        failures = ["missing", "json"] if failure == "missing" else failure
        bad(f"secure_data is {name}", "SecureData", failures, sealed(text))


def lenient():
    many = '"x":' + "[" * 5000 + "]" * 5000
    for name, text, nonce in (
        ("a mark of byte order in front", '\ufeff{"secure_data":{},"nonce":"n"}', "n"),
        ("5000 lists in each other", "{" + many + ',"secure_data":{},"nonce":"n"}', "n"),
        ("a number that no double holds", '{"x":1e400,"secure_data":{},"nonce":"n"}', "n"),
        ("half a surrogate in an unknown field",
         '{"x":"\\ud800","secure_data":{},"nonce":"n"}', "n"),
        ("the nonce is empty", '{"secure_data":{},"nonce":""}', ""),
    ):
        # Only the nonce is compared: what else is in it readers may well show otherwise.
        FILE.test(name, ["Lenient"], "acceptable", credentials=sealed(text).to_json(),
                  plaintext=text, nonce=nonce)


fields()
texts()
lenient()
FILE.finish()
