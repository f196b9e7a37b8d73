"""Telethon behind the shim protocol: TL and the two-step password."""
from datetime import datetime, timezone
from types import SimpleNamespace

from serve import Drawing, Unsupported, scalar, serve, unhex
from telethon import password
from telethon.errors import TypeNotFoundError
from telethon.extensions import BinaryReader
from telethon.tl import alltlobjects, types

CLASSES = {}
for found in alltlobjects.tlobjects.values():
    space = found.__module__.rpartition("tl.")[2].split(".")[1:]
    name = found.__name__.removesuffix("Request") if "functions" in found.__module__ else found.__name__
    CLASSES[".".join([*space, name[0].lower() + name[1:]])] = found


def build(value, hint=""):
    if isinstance(value, dict):
        found = CLASSES.get(value["_"])
        if found is None:
            raise Unsupported  # this layer does not have it
        hints = getattr(found.__init__, "__annotations__", {})
        return found(**{key: build(one, str(hints.get(key, ""))) for key, one in value.items() if key != "_"})
    if isinstance(value, list):
        return [build(one, hint) for one in value]
    if "datetime" in hint and value is not None:
        return datetime.fromtimestamp(int(value), timezone.utc)
    return scalar(value, hint)


def tl_encode(request):
    return bytes(build(request["value"])).hex()


def tl_decode(request):
    reader = BinaryReader(*unhex(request, "bytes"))
    value = reader.tgread_object()
    if reader.read():
        raise ValueError("bytes are left")
    return {"reencoded": bytes(value).hex()}


def algorithm(request):
    salt1, salt2, p = unhex(request, "salt1", "salt2", "p")
    return types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(salt1, salt2, request["g"], p)


def srp(request):
    password.os = Drawing(request["a"])
    state = SimpleNamespace(current_algo=algorithm(request), srp_B=bytes.fromhex(request["srpB"]), srp_id=1)
    check = password.compute_check(state, request["password"])
    return {"A": check.A.hex(), "M1": check.M1.hex()}


def srp_verifier(request):
    return password.compute_digest(algorithm(request), request["password"]).hex()


serve({"tl_encode": tl_encode, "tl_decode": tl_decode, "srp": srp, "srp_verifier": srp_verifier}, typed=(ValueError, TypeNotFoundError))
