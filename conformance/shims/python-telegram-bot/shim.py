"""python-telegram-bot behind the shim protocol."""
import base64, hashlib, json, pathlib

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from serve import serve, unhex
from telegram import PassportData
from telegram._passport.credentials import decrypt
from telegram.error import TelegramError


class Bot:
    """What PassportData needs of a bot: the private key."""

    def __init__(self, request):
        passphrase = request.get("passphrase")
        self.private_key = load_pem_private_key(request["pem"].encode(), passphrase and passphrase.encode())


def credentials(request):
    data = {"data": [], "credentials": request["credentials"]}
    encrypted = PassportData.de_json(data, Bot(request)).credentials
    text = decrypt(encrypted.decrypted_secret, base64.b64decode(encrypted.hash), base64.b64decode(encrypted.data))
    return {"json": json.loads(text), "nonce": encrypted.decrypted_data.nonce}


def file(part):
    secret = part._credentials
    return {"file_id": part.file_id, "file_hash": secret.file_hash, "secret": secret.secret}


def message(request):
    data = PassportData.de_json(request["passportData"], Bot(request))
    nonce = data.decrypted_credentials.nonce
    if request.get("expectedNonce") not in (None, nonce):
        raise TelegramError("another nonce")  # comparing it is left to the bot's author
    elements = []
    for one in data.decrypted_data:
        element = {"type": one.type, "phone_number": one.phone_number, "email": one.email}
        element["data"] = one.data.to_dict() if one.data is not None and not isinstance(one.data, str) else None
        for name in ("front_side", "reverse_side", "selfie"):
            part = getattr(one, name)
            element[name] = file(part) if part and part._credentials else None  # others cannot be opened
        for name in ("files", "translation"):
            element[name] = [file(part) for part in getattr(one, name) or []]
        elements.append(element)
    return {"nonce": nonce, "elements": elements}


def decrypt_file(request):
    data = pathlib.Path(request["path"]).read_bytes()
    plaintext = decrypt(base64.b64decode(request["secret"]), base64.b64decode(request["hash"]), data)
    return {"sha256": hashlib.sha256(plaintext).hexdigest(), "size": len(plaintext)}


def value(request):
    return decrypt(*unhex(request, "secret", "hash", "ct")).hex()


serve({"value": value, "file": decrypt_file, "credentials": credentials, "message": message}, typed=(TelegramError, ValueError))
