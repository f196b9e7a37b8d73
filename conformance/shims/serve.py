"""The loop of a shim in Python: a JSON object per line in, an answer per line out."""
import json, sys


class Unsupported(Exception):
    """The implementation cannot be asked that."""


def serve(operations, typed):
    """Answers by `operations`, functions by the name of `op`; `typed` are the library's own errors."""
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            if request["op"] not in operations:
                raise Unsupported
            answer["ok"] = operations[request["op"]](request)
        except Unsupported:
            answer["unsupported"] = True
        except Exception as error:
            kind = "typed" if isinstance(error, typed) else "untyped"
            answer |= {"err": f"{type(error).__name__}: {error}"[:200], "kind": kind}
        print(written(answer), flush=True)


def written(answer):
    """JSON that others can read: not-a-number, infinity and halves of characters, which Python takes, as text."""
    text = json.dumps(answer, ensure_ascii=False).encode(errors="replace")
    return json.dumps(json.loads(text, parse_constant=str))


def unhex(request, *names):
    """These fields, hexadecimal digits, as bytes."""
    return [bytes.fromhex(request[name]) for name in names]


def scalar(value, hint):
    """A part of a TL value as the annotation of its field has it: bytes come as digits, wide numbers as text."""
    if "bytes" in hint and isinstance(value, str):
        return bytes.fromhex(value)
    if "int" in hint and isinstance(value, str):
        return int(value)
    return value


class Drawing:
    """In the place of the module `os`: draws this number, and no second."""

    def __init__(self, digits):
        self.draws = iter([bytes.fromhex(digits)])

    def urandom(self, size):
        return next(self.draws)
