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
        print(json.dumps(answer), flush=True)
