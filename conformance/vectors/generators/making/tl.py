"""TL by its schema: definitions, constructor ids, values to bytes and back.

Source: protocol reference, sections 2.4 (ids), 2.5 (wire format) and 2.6 (what is refused). Values
are JSON as in the files of vectors: `_` names the constructor, `int` is a number, `long` decimal
text, `bytes` hexadecimal, and flags words are not listed.
"""

import dataclasses
import pathlib
import re
import struct
import zlib

SCHEMA = pathlib.Path(__file__).resolve().parents[4] / "tl/schema/passport.tl"
VECTOR = 0x1CB5C415
DEEPEST = 64


@dataclasses.dataclass(frozen=True)
class Field:
    name: str
    type: str
    flags: str | None = None
    bit: int | None = None


@dataclasses.dataclass(frozen=True)
class Definition:
    name: str
    id: int
    fields: tuple
    result: str
    is_function: bool
    text: str

    def flags_words(self):
        """The flags words, each with the bits that fields are bound to."""
        words = [field.name for field in self.fields if field.type == "#"]
        return {
            word: {field.bit for field in self.fields if field.flags == word} for word in words
        }


@dataclasses.dataclass(frozen=True)
class Span:
    """Where an item of an encoded value stands: `path` leads there, `depth` counts what is around."""

    kind: str
    start: int
    end: int
    path: tuple
    definition: str


class Refused(Exception):
    """Bytes that are no value; the argument is the class of failure."""


class Schema:
    def __init__(self, text):
        self.definitions, self.by_id, self.types = {}, {}, {}
        is_function = False
        for line in text.splitlines():
            line = line.split("//")[0].strip()
            if line.startswith("---"):
                is_function = line == "---functions---"
            elif line:
                definition = parse(line, is_function)
                self.definitions[definition.name] = definition
                if not is_function:
                    self.by_id[definition.id] = definition
                    self.types.setdefault(definition.result, []).append(definition)

    def encode(self, value):
        """The bytes of a constructor or a call, and where in them each item stands."""
        out, spans = bytearray(), []
        self._boxed(value, out, spans, ())
        return bytes(out), spans

    def _boxed(self, value, out, spans, path):
        definition = self.definitions[value["_"]]
        start = len(out)

        def put(kind, data, place):
            spans.append(Span(kind, len(out), len(out) + len(data), place, definition.name))
            out.extend(data)

        put("id", struct.pack("<I", definition.id), path)
        known = {field.name for field in definition.fields if field.type != "#"}
        assert set(value) - {"_"} <= known, (definition.name, value)
        for field in definition.fields:
            place = (*path, field.name)
            if field.type == "#":
                bits = {it.bit for it in definition.fields
                        if it.flags == field.name and it.name in value}
                put("flags", struct.pack("<I", sum(1 << bit for bit in bits)), place)
            elif field.flags is not None and field.name not in value or field.type == "true":
                continue
            else:
                self._item(field.type, value[field.name], out, spans, place, put)
        spans.append(Span("value", start, len(out), path, definition.name))

    def _item(self, kind, value, out, spans, place, put):
        if kind == "int":
            put("int", struct.pack("<i", value), place)
        elif kind == "long":
            put("long", struct.pack("<q", int(value)), place)
        elif kind in ("string", "bytes"):
            put(kind, string(value.encode() if kind == "string" else bytes.fromhex(value)), place)
        elif kind == "Bool":
            put("bool", struct.pack("<I", self.definitions[f"bool{value}"].id), place)
        elif kind.startswith("Vector<"):
            start = len(out)
            put("vector", struct.pack("<I", VECTOR), place)
            put("count", struct.pack("<i", len(value)), place)
            for number, item in enumerate(value):
                self._item(kind[7:-1], item, out, spans, (*place, number), put)
            spans.append(Span("elements", start, len(out), place, ""))
        else:
            self._boxed(value, out, spans, place)

    def decode(self, name, data):
        """The value of a boxed type, or of a method by its name. Raises `Refused`."""
        reader = Reader(data)
        if name in self.definitions:
            value = self._read_boxed({self.definitions[name].id: self.definitions[name]}, reader, 0)
        else:
            value = self._read(name, reader, 0)
        if reader.at != len(data):
            raise Refused("trailing")
        return value

    def _read_boxed(self, choices, reader, depth):
        if depth > DEEPEST:
            raise Refused("depth")
        definition = choices.get(reader.number("<I"))
        if definition is None:
            raise Refused("constructor")
        value, words = {"_": definition.name}, {}
        for field in definition.fields:
            if field.type == "#":
                words[field.name] = reader.number("<I")
                known = sum(1 << bit for bit in definition.flags_words()[field.name])
                if words[field.name] & ~known:
                    raise Refused("flags")
            elif field.flags is None or words[field.flags] >> field.bit & 1:
                value[field.name] = self._read(field.type, reader, depth)
        return value

    def _read(self, kind, reader, depth):
        if kind == "true":
            return True
        if kind == "int":
            return reader.number("<i")
        if kind == "long":
            return str(reader.number("<q"))
        if kind == "bytes":
            return reader.string().hex()
        if kind == "string":
            try:
                return reader.string().decode()
            except UnicodeDecodeError:
                raise Refused("utf-8") from None
        if kind.startswith("Vector<"):
            if reader.number("<I") != VECTOR:
                raise Refused("constructor")
            count = reader.number("<i")
            # The smallest element has four bytes.
            if not 0 <= count <= reader.left() // 4:
                raise Refused("count")
            return [self._read(kind[7:-1], reader, depth) for _ in range(count)]
        choices = {definition.id: definition for definition in self.types[kind]}
        value = self._read_boxed(choices, reader, depth + 1)
        return value["_"] == "boolTrue" if kind == "Bool" else value


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def left(self):
        return len(self.data) - self.at

    def take(self, count):
        if count > self.left():
            raise Refused("end")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, form):
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def string(self):
        start = self.at
        length = self.take(1)[0]
        if length == 255:
            raise Refused("string-form")
        if length == 254:
            length = int.from_bytes(self.take(3), "little")
            if length < 254:
                raise Refused("string-form")
        content = self.take(length)
        if any(self.take(-(self.at - start) % 4)):
            raise Refused("padding")
        return content


def parse(line, is_function):
    """A line such as `name#id a:int b:flags.0?string = Type;`."""
    match = re.fullmatch(r"([\w.]+)#([0-9a-f]{1,8})((?: \S+)*) = (\S+);", line)
    name, number, fields, result = match.groups()
    read = []
    for field in fields.split():
        field, kind = field.split(":")
        condition = re.fullmatch(r"(\w+)\.(\d+)\?(.+)", kind)
        if condition:
            word, bit, kind = condition.groups()
            read.append(Field(field, kind, word, int(bit)))
        else:
            read.append(Field(field, kind))
    text = line.rstrip(";").replace(f"#{number}", "", 1)
    definition = Definition(name, int(number, 16), tuple(read), result, is_function, text)
    assert constructor_id(text) == definition.id, name
    return definition


def constructor_id(text):
    """CRC32 of the normalised text, which is without an id."""
    text = re.sub(r" \w+:\w+\.\d+\?true(?= )", "", text)
    text = re.sub(r"([:?])bytes(?= )", r"\1string", text)
    text = re.sub(r"[<]", " ", text)
    text = re.sub(r"[>{}();]", "", text)
    return zlib.crc32(" ".join(text.split()).encode())


def string(content):
    """Length, content, and zeros up to a multiple of four."""
    if len(content) < 254:
        data = bytes([len(content)]) + content
    else:
        data = b"\xfe" + len(content).to_bytes(3, "little") + content
    return data + bytes(-len(data) % 4)


def secure_value_type(kind):
    """The value of SecureValueType for a type by its name in the Bot API."""
    words = kind.removesuffix("_number").split("_")
    return {"_": "secureValueType" + "".join(word.title() for word in words)}


def passport():
    return Schema(SCHEMA.read_text())
