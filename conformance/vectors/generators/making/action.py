"""The bytes of messageActionSecureValuesSentMe, written by hand for the one purpose.

Protocol reference, sections 2.5 and 3.2.
"""

import base64
import struct

TYPES = {
    "personal_details": 0x9D2A81E3, "passport": 0x3DAC6A00, "driver_license": 0x06E425C4,
    "identity_card": 0xA0D0744B, "internal_passport": 0x99A48F23, "address": 0xCBE31E26,
    "utility_bill": 0xFC36954E, "bank_statement": 0x89137C0D, "rental_agreement": 0x8B883488,
    "passport_registration": 0x99E3806A, "temporary_registration": 0xEA02EC33,
    "phone_number": 0xB320AADB, "email": 0x8E3CA7EE,
}
SENT_ME = 0x1B287353
SENT = 0xD95C6154
CREDENTIALS = 0x33F0EA47
VALUE = 0x187FA0CA
DATA = 0x8AEABEC3
FILE, NO_FILE = 0x7D09C27E, 0x64199744
PLAIN = {"phone_number": 0x7D6099DD, "email": 0x21EC5A5F}
VECTOR = 0x1CB5C415
# The order on the wire, and the bit of the flags.
PARTS = (
    ("data", 0), ("front_side", 1), ("reverse_side", 2), ("selfie", 3), ("translation", 6),
    ("files", 4),
)


def encode(elements, credentials):
    """`credentials` are the three layers as bytes."""
    layers = b"".join(string(credentials[name]) for name in ("data", "hash", "secret"))
    return word(SENT_ME) + vector(map(value, elements)) + word(CREDENTIALS) + layers


def word(number):
    return struct.pack("<I", number)


def string(data):
    data = data.encode() if isinstance(data, str) else data
    length = len(data)
    head = bytes([length]) if length < 254 else b"\xfe" + length.to_bytes(3, "little")
    return head + data + bytes(-len(head + data) % 4)


def vector(items):
    items = list(items)
    return word(VECTOR) + word(len(items)) + b"".join(items)


def value(element):
    """One secureValue. `tl_type`, `tl_flags` and `tl_plain` stand in for what it would have."""
    flags, out = element.get("tl_flags", 0), b""
    for name, bit in PARTS:
        part = element.get(name)
        if part is None:
            continue
        flags |= 1 << bit
        if name == "data":
            fields = (part["data"], part["hash"], part.get("secret", b""))
            out += word(DATA) + b"".join(map(string, fields))
        elif isinstance(part, list):
            out += vector(map(file, part))
        else:
            out += file(part)
    plain = element.get("tl_plain")
    plain = plain or next(((it, element[it]) for it in PLAIN if it in element), None)
    if plain:
        flags |= 1 << 5
        out += word(PLAIN[plain[0]]) + string(plain[1])
    kind = element.get("tl_type", TYPES.get(element["type"]))
    digest = base64.b64decode(element["hash"]) if "hash" in element else b""
    return word(VALUE) + word(flags) + word(kind) + out + string(digest)


def file(part):
    if part.get("empty"):
        return word(NO_FILE)
    head = struct.pack("<qqqii", int(part["file_id"]), -int(part["file_id"]), 5040, 2, 1700000000)
    return word(FILE) + head + string(part["hash"]) + string(part.get("secret", b""))
