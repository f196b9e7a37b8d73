"""What can be done to the bytes of a value so that they are none any more."""

import struct

from . import tl
from .bytes import flipped


def damages(schema, definition, value):
    """Damaged bytes: comment, flag, bytes, and the class or the classes of failure."""
    data, spans = schema.encode(value)
    yield from cuts(data, spans)
    yield from foreign(schema, definition, data, spans)
    yield from vectors(schema, definition, data, spans)
    yield from flags(schema, data, spans)
    yield from strings(data, spans)
    yield "four zero bytes behind it", "Trailing", data + bytes(4), "trailing"


def cuts(data, spans):
    for comment, end in (
        ("the last four bytes are missing", len(data) - 4),
        ("cut in the middle", len(data) // 2 // 4 * 4 if len(data) > 8 else len(data) // 2 + 1),
    ):
        if end > 0:
            yield comment, "Cut", data[:end], cut_class(spans, end)


def cut_class(spans, end):
    """Whoever counts what is left before it reads elements, sees a cut as a wrong count."""
    inside = any(it.kind == "elements" and it.start + 8 <= end < it.end for it in spans)
    return ["end", "count"] if inside else "end"


def foreign(schema, definition, data, spans):
    ids = [span for span in spans if span.kind == "id"]
    others = [it for it in schema.types["storage.FileType"] + schema.types["Bool"]
              if it.result != definition.result]
    other = others[len(definition.name) % len(others)]
    top = struct.pack("<I", other.id)
    yield f"begins as {other.name}", "ForeignConstructor", replaced(data, ids[0], top), "constructor"
    unknown = flipped(data, 24)
    assert int.from_bytes(unknown[:4], "little") not in schema.by_id
    yield "an unknown constructor id", "ForeignConstructor", unknown, "constructor"
    # A function is no value, so its id is one of no type.
    function = struct.pack("<I", schema.definitions["account.getPassword"].id)
    for span in ids[1:2]:
        yield f"a method in place of {name(span)}", "ForeignConstructor", \
            replaced(data, span, function), "constructor"
    for span in [it for it in spans if it.kind == "bool"][:1]:
        yield f"neither true nor false in {name(span)}", "ForeignConstructor", \
            replaced(data, span, function), "constructor"
    for span in [it for it in spans if it.kind == "vector"][:1]:
        yield f"another id than that of a vector before {name(span)}", "ForeignConstructor", \
            replaced(data, span, top), "constructor"


def vectors(schema, definition, data, spans):
    for span in [it for it in spans if it.kind == "count"][:1]:
        count = struct.unpack("<i", data[span.start:span.end])[0]
        for comment, number in (
            ("one more than there are", count + 1), ("-1", -1), ("2^31 - 1", 0x7FFFFFFF),
        ):
            changed = replaced(data, span, struct.pack("<i", number))
            yield f"the number of {name(span)} is {comment}", "VectorCount", changed, \
                count_class(schema, definition, changed)


def count_class(schema, definition, data):
    """`count`, or what comes of reading on."""
    kind = definition.name if definition.is_function else definition.result
    try:
        schema.decode(kind, data)
    except tl.Refused as refused:
        reason = str(refused)
        return "count" if reason == "count" else ["count", reason]
    raise AssertionError(data.hex())


def flags(schema, data, spans):
    for span in [it for it in spans if it.kind == "flags"]:
        if len(span.path) > 1:
            continue
        known = schema.definitions[span.definition].flags_words()[span.path[-1]]
        bit = max(set(range(32)) - known)
        changed = bytearray(data)
        changed[span.start + bit // 8] |= 1 << bit % 8
        yield f"bit {bit} of {name(span)}, which is not defined", "UnknownFlag", bytes(changed), \
            "flags"


def strings(data, spans):
    texts = [it for it in spans if it.kind in ("string", "bytes")]
    for span in texts[:1]:
        content = data[span.start + 1:span.start + 1 + data[span.start]]
        length = struct.pack("<I", len(content) << 8 | 0xFE)
        long = length + content + bytes(-len(content) % 4)
        yield f"{name(span)} in the long form", "StringForm", replaced(data, span, long), \
            "string-form"
        yield f"{name(span)} begins with ff", "StringForm", \
            data[:span.start] + b"\xff" + data[span.start + 1:], "string-form"
    padded = [it for it in texts if (1 + data[it.start]) % 4]
    for span in padded[:1]:
        changed = data[:span.end - 1] + b"\x01" + data[span.end:]
        yield f"the padding of {name(span)} is not zero", "StringPadding", changed, "padding"
    for span in [it for it in texts if it.kind == "string" and data[it.start]][:1]:
        changed = data[:span.start + 1] + b"\xff" + data[span.start + 2:]
        yield f"{name(span)} is not UTF-8", "NotUtf8", changed, "utf-8"


def replaced(data, span, other):
    return data[:span.start] + other + data[span.end:]


def name(span):
    return ".".join(str(part) for part in span.path)
