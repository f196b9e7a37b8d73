"""kurigram behind the shim protocol: TL and the two-step password."""
import inspect, io
from types import SimpleNamespace

from pyrogram import raw, utils
from pyrogram.raw.all import objects
from pyrogram.raw.core import TLObject
from serve import Drawing, Unsupported, scalar, serve, unhex

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
    return scalar(value, hint)


def tl_encode(request):
    return build(request["value"]).write().hex()


def tl_decode(request):
    reader = io.BytesIO(*unhex(request, "bytes"))
    value = TLObject.read(reader)
    if reader.read():
        raise ValueError("bytes are left")
    return {"reencoded": value.write().hex()}


def algorithm(request):
    salt1, salt2, p = unhex(request, "salt1", "salt2", "p")
    name = raw.types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow
    return name(salt1=salt1, salt2=salt2, g=request["g"], p=p)


def srp(request):
    utils.os = Drawing(request["a"])
    state = SimpleNamespace(current_algo=algorithm(request), srp_B=bytes.fromhex(request["srpB"]), srp_id=1)
    check = utils.compute_password_check(state, request["password"])
    return {"A": check.A.hex(), "M1": check.M1.hex()}


serve({"tl_encode": tl_encode, "tl_decode": tl_decode, "srp": srp}, typed=ValueError)
