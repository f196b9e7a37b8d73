"""What no library but Telegram's own has, with Python's hashlib and cryptography: secrets as the server stores
them. A yardstick, held to the vectors of TDLib; in no table of implementations, for nobody else uses it."""
import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from serve import serve, unhex

PBKDF2 = "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000"
SHA512 = "securePasswordKdfAlgoSHA512"


def decrypt(material, encrypted):
    if len(encrypted) != 32:
        raise ValueError("not 32 bytes")
    decryptor = Cipher(algorithms.AES(material[:32]), modes.CBC(material[32:48])).decryptor()
    secret = decryptor.update(encrypted) + decryptor.finalize()
    if sum(secret) % 255 != 239:
        raise ValueError("the checksum differs")
    return secret


def identify(secret):
    return int.from_bytes(hashlib.sha256(secret).digest()[:8], "little", signed=True)


def secret_check(request):
    secret = bytes.fromhex(request["secret"])
    if len(secret) != 32 or sum(secret) % 255 != 239:
        raise ValueError("no secret")
    return str(identify(secret))


def value_secret_unwrap(request):
    secret, hash, encrypted = unhex(request, "passportSecret", "hash", "encrypted")
    return decrypt(hashlib.sha512(secret + hash).digest(), encrypted).hex()


def passport_secret_unwrap(request):
    password, salt = request["password"].encode(), bytes.fromhex(request["salt"])
    if request["algorithm"] == PBKDF2:
        material = hashlib.pbkdf2_hmac("sha512", password, salt, 100_000, 64)
    elif request["algorithm"] == SHA512:
        material = hashlib.sha512(salt + password + salt).digest()
    else:
        raise ValueError("another algorithm")
    secret = decrypt(material, bytes.fromhex(request["encrypted"]))
    if identify(secret) != int(request["secretId"]):
        raise ValueError("another secret")
    return secret.hex()


operations = (secret_check, value_secret_unwrap, passport_secret_unwrap)
serve({it.__name__: it for it in operations}, typed=ValueError)
