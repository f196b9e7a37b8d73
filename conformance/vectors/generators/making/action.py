"""The bytes of messageActionSecureValuesSentMe: protocol reference, section 3.2."""

import base64

from . import tl

SCHEMA = tl.passport()
PLAIN = {"phone_number": ("securePlainPhone", "phone"), "email": ("securePlainEmail", "email")}


def encode(elements, credentials):
    """`credentials` are the three layers as bytes."""
    layers = {name: layer.hex() for name, layer in credentials.items()}
    return SCHEMA.encode({
        "_": "messageActionSecureValuesSentMe",
        "values": [secure_value(element) for element in elements],
        "credentials": {"_": "secureCredentialsEncrypted", **layers},
    })[0]


def secure_value(element):
    """`tl_plain`, a type and a text, stands in for a phone number or e-mail address."""
    out = {"_": "secureValue", "type": tl.secure_value_type(element["type"]),
           "hash": base64.b64decode(element["hash"]).hex()}
    for name, part in element.items():
        if name == "data":
            out[name] = {"_": "secureData", "data": part["data"].hex(),
                         "data_hash": part["hash"].hex(), "secret": part.get("secret", b"").hex()}
        elif isinstance(part, list):
            out[name] = [secure_file(it) for it in part]
        elif isinstance(part, dict):
            out[name] = secure_file(part)
        elif name in PLAIN:
            out["plain_data"] = plain_data(name, part)
    if "tl_plain" in element:
        out["plain_data"] = plain_data(*element["tl_plain"])
    return out


def secure_file(part):
    if part.get("empty"):
        return {"_": "secureFileEmpty"}
    return {"_": "secureFile", "id": part["file_id"], "access_hash": f"-{part['file_id']}",
            "size": part["file_size"], "dc_id": 2, "date": part["file_date"],
            "file_hash": part["hash"].hex(), "secret": part.get("secret", b"").hex()}


def plain_data(kind, text):
    constructor, field = PLAIN[kind]
    return {"_": constructor, field: text}
