"""The same values by Telethon, which has its own schema and its own way of writing bytes.

Telethon's layer differs from the schema's here and there: what it has under another constructor id,
or not at all, it is not asked.
"""

import re

from telethon.tl import functions, types


def bytes_of(value, schema):
    """The bytes of a value or a call; `None` if Telethon lacks one of its definitions."""
    try:
        return bytes(_value(value, schema))
    except LookupError:
        return None


def _value(value, schema):
    definition = schema.definitions[value["_"]]
    namespace, _, name = value["_"].rpartition(".")
    place = functions if definition.is_function else types
    place = getattr(place, namespace, None) if namespace else place
    name = re.sub(r"_([a-z])", lambda match: match[1].upper(), name)
    name = name[0].upper() + name[1:] + ("Request" if definition.is_function else "")
    known = getattr(place, name, None)
    if known is None or known.CONSTRUCTOR_ID != definition.id:
        raise LookupError(value["_"])
    arguments = {}
    for field in definition.fields:
        if field.type != "#":
            argument = {"self": "is_self", "from": "from_id"}.get(field.name, field.name)
            arguments[argument] = _item(field.type, value.get(field.name), schema)
    try:
        return known(**arguments)
    except TypeError as error:
        # The same id, and other flags: fields `flags.N?true` are not part of an id.
        raise LookupError(value["_"]) from error


def _item(kind, value, schema):
    if value is None:
        return None
    if kind == "long":
        return int(value)
    if kind == "bytes":
        return bytes.fromhex(value)
    if kind.startswith("Vector<"):
        return [_item(kind[7:-1], item, schema) for item in value]
    if isinstance(value, dict):
        return _value(value, schema)
    return value
