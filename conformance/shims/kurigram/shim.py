"""kurigram behind the shim protocol: TL and the two-step password."""
import inspect, io

from pyrogram import raw, utils
from pyrogram.raw.all import objects
from pyrogram.raw.core import TLObject
from serve import Unsupported, serve

# Classes by the names of definitions, as the schema spells them.
CLASSES = {}
for found in objects.values():
    path = getattr(found, "QUALNAME", "").split(".")[1:]
    if path:
        CLASSES[".".join([*path[:-1], path[-1][0].lower() + path[-1][1:]])] = found


def build(value, hint=""):
    if isinstance(value, dict):
        if value["_"] not in CLASSES:
            raise Unsupported  # this layer does not have it
        kind = CLASSES[value["_"]]
        hints = {name: str(one.annotation) for name, one in inspect.signature(kind.__init__).parameters.items()}
        return kind(**{key: build(one, hints.get(key, "")) for key, one in value.items() if key != "_"})
    if isinstance(value, list):
        return [build(one, hint) for one in value]
    if "bytes" in hint and isinstance(value, str):
        return bytes.fromhex(value)
    if "int" in hint and isinstance(value, str):
        return int(value)
    return value


def tl_encode(request):
    return build(request["value"]).write().hex()


def tl_decode(request):
    reader = io.BytesIO(bytes.fromhex(request["bytes"]))
    value = TLObject.read(reader)
    if reader.read():
        raise ValueError("bytes are left")
    return {"reencoded": value.write().hex()}


def algorithm(request):
    salts = {name: bytes.fromhex(request[name]) for name in ("salt1", "salt2")}
    name = raw.types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow
    return name(**salts, g=request["g"], p=bytes.fromhex(request["p"]))


def srp(request):
    draws = iter([bytes.fromhex(request["a"])])  # a second draw would be StopIteration
    utils.os = type("os", (), {"urandom": lambda size: next(draws)})
    state = type("State", (), {"current_algo": algorithm(request), "srp_B": bytes.fromhex(request["srpB"]), "srp_id": 1})
    check = utils.compute_password_check(state, request["password"])
    return {"A": check.A.hex(), "M1": check.M1.hex()}


serve({"tl_encode": tl_encode, "tl_decode": tl_decode, "srp": srp}, typed=ValueError)
