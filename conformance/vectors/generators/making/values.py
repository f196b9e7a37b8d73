"""Values of any definition: the least one, and one that has everything."""

INTS = (-1, 0x7FFFFFFF, -0x80000000, 1, 0x01020304)
LONGS = (-1, 0x7FFFFFFFFFFFFFFF, -0x8000000000000000, 1 << 40, 0x0102030405060708)
# Of one, two, three and four bytes a letter; lengths that take each number of padding bytes.
TEXTS = ("a", "\u00e9t\u00e9", "\u4e2d\u6587", "x\U0001f511", "name of seven", "\u0000")
SIZES = (1, 2, 3, 4, 20, 32)
# So deep full values have everything; below, only what they must have.
FULL_DEPTH = 2


class Values:
    def __init__(self, schema, stream):
        self.schema, self.stream, self.turns = schema, stream, {}

    def least(self, definition):
        """Zeros, empty texts and lists, and nothing that may be absent."""
        value = {"_": definition.name}
        for field in definition.fields:
            if field.type != "#" and field.flags is None:
                value[field.name] = self._least_of(field.type)
        return value

    def _least_of(self, kind):
        simple = {"int": 0, "long": "0", "string": "", "bytes": "", "Bool": False}
        if kind in simple:
            return simple[kind]
        if kind.startswith("Vector<"):
            return []
        smallest = min(self.schema.types[kind], key=lambda it: len(it.fields))
        return self.least(smallest)

    def full(self, definition, depth=0):
        """Everything that may be present, at the edges of what it can be."""
        value = {"_": definition.name}
        for field in definition.fields:
            if field.type == "#" or field.flags is not None and depth > FULL_DEPTH:
                continue
            value[field.name] = self._full_of(field.type, depth)
        return value

    def _full_of(self, kind, depth):
        if kind == "true":
            return True
        if kind == "int":
            return self._next(kind, INTS)
        if kind == "long":
            return str(self._next(kind, LONGS))
        if kind == "string":
            return self._next(kind, TEXTS)
        if kind == "bytes":
            return self.stream.bytes(self._next(kind, SIZES)).hex()
        if kind == "Bool":
            return self._next(kind, (True, False))
        if kind.startswith("Vector<"):
            count = 2 if depth == 0 else 1
            return [self._full_of(kind[7:-1], depth) for _ in range(count)]
        choices = self.schema.types[kind]
        if depth > FULL_DEPTH:
            choices = [min(choices, key=lambda it: len(it.fields))]
        return self.full(self._next(kind, choices), depth + 1)

    def _next(self, kind, choices):
        """Each in its turn."""
        turn = self.turns[kind] = self.turns.get(kind, -1) + 1
        return choices[turn % len(choices)]
