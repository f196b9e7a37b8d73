#!/usr/bin/env python3
"""Writes oaep.json: ciphertexts of credentials secrets, sound and broken.

    python3 conformance/vectors/generators/oaep.py [--check]

The padding is encoded by hand in making/oaep.py, so that it can be broken at any place, and RSA is
pow(). The package `cryptography` only confirms each verdict by its own decryption.
"""

import hashlib
import math

from making import File, Stream
from making.bytes import b64, flipped
from making.credentials import Key
from making.oaep import data_block, encode
from making.rsa import SMALL, Numbers, pem, pkcs8, probable_prime

SEED = "telegram passport oaep 1"

NOTES = {
    "Valid": (
        "BASIC",
        "RSAES-OAEP with SHA-1, MGF1 with SHA-1 and an empty label. Must be opened.",
    ),
    "ZeroBytes": (
        "EDGE_CASE",
        "A number that begins with zero bytes. Whoever drops or does not restore them, refuses one "
        "submission in 256.",
    ),
    "SecretChecksum": (
        "MISSING_STEP",
        "The message has 32 bytes, but their sum is not 239 modulo 255: it is no secret. Whoever "
        "takes it, goes on with a key that nobody meant.",
    ),
    "SecretLength": (
        "MISSING_STEP",
        "The message is no secret, since it has not 32 bytes. Whoever cuts or fills it up, lets an "
        "attacker choose a secret by another way than the protocol's.",
    ),
    "WrongHash": (
        "WRONG_PRIMITIVE",
        "The hash of the label, or that of the mask, is another one. Whoever tries several, tells by "
        "time or answer which one failed, and has more paddings that pass by accident.",
    ),
    "Label": (
        "MISSING_STEP",
        "The label is not empty. Its hash is what authenticates the padding: without that check "
        "most changed ciphertexts are opened to something.",
    ),
    "PaddingByte": (
        "CAN_OF_WORMS",
        "Between the hash and the message stand zeros and a one; here they do not. An answer that "
        "differs from others', or a lenient search for the one, is an oracle for what the "
        "ciphertext holds.",
    ),
    "LeadingByte": (
        "CAN_OF_WORMS",
        "The first byte of the encoded message is not zero. An answer that tells this from other "
        "errors lets an attacker open any ciphertext with some thousand questions (Manger, 2001).",
    ),
    "CiphertextLength": (
        "MALLEABILITY",
        "The ciphertext is not as long as the modulus. Whoever takes it, has many ciphertexts for "
        "one secret, so that a list of those already seen is no help.",
    ),
    "CiphertextRange": (
        "MALLEABILITY",
        "The ciphertext is not less than the modulus. As above: the same secret in another form.",
    ),
    "CiphertextSpecial": (
        "EDGE_CASE",
        "The ciphertext is 0, 1 or the modulus less 1, which RSA maps to themselves.",
    ),
    "Tampered": (
        "AUTH_BYPASS",
        "A bit of the ciphertext was changed. Opening it gives noise, and must be refused.",
    ),
    "Pkcs1Padding": (
        "CAN_OF_WORMS",
        "Padding of PKCS#1 v1.5. Falling back to it opens an oracle (Bleichenbacher, 1998).",
    ),
    "OtherKey": (
        "AUTH_BYPASS",
        "Encrypted for another key.",
    ),
}


def key_of(name, bits):
    stream = Stream(f"{SEED}/{name} {bits}")

    def prime():
        while True:
            number = int.from_bytes(stream.bytes(bits // 16), "big") | 3 << (bits // 2 - 2) | 1
            bases = (int.from_bytes(stream.bytes(32), "big") + 2 for _ in range(40))
            if (math.gcd(number - 1, 65537) == 1 and all(number % small for small in SMALL[:11])
                    and probable_prime(number, bases)):
                return number

    numbers = Numbers(name, bits, primes=(prime(), prime()))
    return Key(pem("PRIVATE KEY", pkcs8(numbers.private())))


def searched(key, stream, block, accept):
    """Draws seeds of the padding until the encoded message and ciphertext please."""
    while True:
        encoded = encode(stream.bytes(20), block)
        ciphertext = key.raw(encoded)
        if accept(encoded, ciphertext):
            return ciphertext


def tests(key, other):
    stream = Stream(f"{SEED}/tests {8 * key.size}")
    secret = stream.secret
    seed = lambda size=20: stream.bytes(size)
    sound = lambda message: key.raw(encode(seed(), data_block(key.size, message)))
    valid = lambda comment, flag, message, ciphertext: (comment, flag, ciphertext, message)
    bad = lambda comment, flag, ciphertext: (comment, flag, ciphertext, None)

    # Sound ones.
    message = secret()
    yield valid("a secret", "Valid", message, sound(message))
    yield valid("the same secret, other randomness", "Valid", message, sound(message))
    message = bytes([239]) + bytes(31)
    yield valid("the secret of the reference's example", "Valid", message, sound(message))
    message = bytes(31) + bytes([239])
    yield valid("a secret that begins with 31 zero bytes", "ZeroBytes", message, sound(message))
    message = bytes([1] * 31 + [208])
    yield valid("a secret that begins with ones", "Valid", message, sound(message))
    message = bytes([255] * 31 + [239])
    yield valid("a secret of high bytes", "Valid", message, sound(message))
    message = secret()
    block = data_block(key.size, message)
    for name, padding_seed in (("zero", bytes(20)), ("all ones", b"\xff" * 20)):
        ciphertext = key.raw(encode(padding_seed, block))
        yield valid(f"the seed of the padding is {name}", "Valid", message, ciphertext)
    ciphertext = searched(key, stream, block, lambda _, ciphertext: ciphertext[0] == 0)
    yield valid("the ciphertext begins with a zero byte", "ZeroBytes", message, ciphertext)
    ciphertext = searched(key, stream, block, lambda encoded, _: encoded[1] == 0)
    yield valid("the masked seed begins with a zero byte", "ZeroBytes", message, ciphertext)

    # Messages that are no secret.
    yield bad("the checksum of the secret is wrong", "SecretChecksum",
              sound(flipped(secret(), -1)))
    yield bad("32 zero bytes", "SecretChecksum", sound(bytes(32)))
    message = secret()
    yield bad("sum 239 modulo 256, not 255", "SecretChecksum", sound(bytes([255] + [8] * 30 + [0])))
    # 31 and 33 bytes whose sum is right, so that only the length is wrong.
    yield bad("the secret has 31 bytes", "SecretLength", sound(bytes(30) + bytes([239])))
    yield bad("the secret has 33 bytes", "SecretLength", sound(message + b"\x00"))
    yield bad("33 bytes, the first a zero", "SecretLength", sound(b"\x00" + message))
    yield bad("the message is empty", "SecretLength", sound(b""))
    yield bad("the message has one byte, 239", "SecretLength", sound(bytes([239])))
    longest = key.size - 42
    yield bad("the longest message, which begins with a secret", "SecretLength",
              sound(message + bytes(longest - 32)))
    yield bad("the secret in base64", "SecretLength",
              sound(b64(message).encode()))

    # Other hash functions.
    for name in ("sha224", "sha256", "sha384", "sha512", "md5"):
        size = hashlib.new(name).digest_size
        shown = {"md5": "MD5"}.get(name, "SHA-" + name[3:])
        block = data_block(key.size, message, name=name)
        yield bad(f"{shown} for the label and the mask", "WrongHash",
                  key.raw(encode(seed(size), block, mask=name)))
    block = data_block(key.size, message)
    yield bad("SHA-256 for the mask only", "WrongHash",
              key.raw(encode(seed(), block, mask="sha256")))
    block = data_block(key.size, message, name="sha256")
    yield bad("SHA-256 for the label only", "WrongHash", key.raw(encode(seed(32), block)))
    # As long as SHA-1, so that everything else stands where it should.
    label_hash = hashlib.sha256(b"").digest()[:20]
    block = label_hash + data_block(key.size, message)[20:]
    yield bad("SHA-256 of the label, cut to 20 bytes", "WrongHash",
              key.raw(encode(seed(), block)))

    # Labels.
    for shown, label in (("one zero byte", b"\x00"), ("text", b"telegram"), ("20 zeros", bytes(20))):
        block = data_block(key.size, message, label=label)
        yield bad(f"the label is {shown}", "Label", key.raw(encode(seed(), block)))
    sound_block = data_block(key.size, message)
    for shown, label_hash in (
        ("all zeros", bytes(20)),
        ("all ones", b"\xff" * 20),
        ("wrong in its first bit", flipped(sound_block[:20], 0)),
        ("wrong in its last bit", flipped(sound_block[:20], -1)),
    ):
        yield bad(f"the hash of the label is {shown}", "Label",
                  key.raw(encode(seed(), label_hash + sound_block[20:])))

    # Zeros, a one, the message.
    zeros = key.size - 42 - 32
    spoilt = [
        ("the one is a zero", "PaddingByte", dict(separator=b"\x00")),
        ("the one is a two", "PaddingByte", dict(separator=b"\x02")),
        ("the one is 0x81", "PaddingByte", dict(separator=b"\x81")),
        ("the one is 0xff", "PaddingByte", dict(separator=b"\xff")),
        ("the first zero is a two", "PaddingByte", dict(zeros=b"\x02" + bytes(zeros - 1))),
        ("the last zero is a two", "PaddingByte", dict(zeros=bytes(zeros - 1) + b"\x02")),
        ("a zero in the middle is 0x80", "PaddingByte", dict(
            zeros=bytes(zeros // 2) + b"\x80" + bytes(zeros - zeros // 2 - 1))),
        ("0xff in place of zeros", "PaddingByte", dict(zeros=b"\xff" * zeros)),
        ("random bytes in place of zeros", "PaddingByte", dict(
            zeros=bytes(byte % 254 + 2 for byte in stream.bytes(zeros)))),
        ("an early one, so that the message is longer", "SecretLength", dict(
            zeros=bytes(3) + b"\x01" + bytes(zeros - 4))),
        ("two ones, so that the message has 33 bytes", "SecretLength", dict(
            zeros=bytes(zeros - 1) + b"\x01")),
    ]
    for comment, flag, how in spoilt:
        block = data_block(key.size, message, **how)
        yield bad(comment, flag, key.raw(encode(seed(), block)))
    nothing = hashlib.sha1(b"").digest() + bytes(key.size - 41)
    yield bad("nothing but zeros: no one, no message", "PaddingByte",
              key.raw(encode(seed(), nothing)))
    end = hashlib.sha1(b"").digest() + bytes(key.size - 42)
    yield bad("a two as the last byte, no message", "PaddingByte",
              key.raw(encode(seed(), end + b"\x02")))

    # A first byte that is not zero; the number must be less than the modulus.
    top = key.n >> (8 * (key.size - 1))
    for first in (1, 2, 0x40, 0x80, top - 1):
        encoded = encode(seed(), sound_block, first=first)
        yield bad(f"the first byte is 0x{first:02x}", "LeadingByte", key.raw(encoded))

    # Encoded messages of another form.
    whole = encode(seed(), sound_block)
    while not 0 < whole[1] < top:
        whole = encode(seed(), sound_block)
    yield bad("the encoded message is moved up by a byte", "LeadingByte",
              key.raw(whole[1:] + b"\x00"))
    yield bad("the encoded message is moved down by a byte", "PaddingByte",
              key.raw(b"\x00" + whole[:-1]))
    encoded = encode(bytes(20), data_block(key.size, message, zeros=b""))
    yield bad("DB without the zeros, shorter than it must be", "PaddingByte",
              key.raw(bytes(key.size - len(encoded)) + encoded))
    yield bad("DB of the hash alone", "PaddingByte", key.raw(
        bytes(key.size - 40) + seed() + sound_block[:20]))

    # Ciphertexts of another length or range.
    good = sound(message)
    yield bad("empty", "CiphertextLength", b"")
    yield bad("one zero byte", "CiphertextLength", b"\x00")
    yield bad("the last byte is missing", "CiphertextLength", good[:-1])
    yield bad("the first byte is missing", "CiphertextLength", good[1:])
    yield bad("a zero byte behind it", "CiphertextLength", good + b"\x00")
    yield bad("a zero byte before it", "CiphertextLength", b"\x00" + good)
    yield bad("twice", "CiphertextLength", good + good)
    yield bad("cut to 73 bytes", "CiphertextLength", good[:73])
    dropped = searched(key, stream, sound_block, lambda _, ciphertext: ciphertext[0] == 0)
    yield bad("begins with a zero byte, which is left out", "CiphertextLength", dropped[1:])
    number = int.from_bytes(good, "big")
    larger = (number + key.n).to_bytes(key.size + 1, "big")
    yield bad("the modulus added, a byte longer", "CiphertextLength", larger)
    least = lambda _, ciphertext: int.from_bytes(ciphertext, "big") + key.n < 1 << (8 * key.size)
    fitting = int.from_bytes(searched(key, stream, sound_block, least), "big")
    yield bad("the modulus added", "CiphertextRange", (fitting + key.n).to_bytes(key.size, "big"))
    yield bad("equal to the modulus", "CiphertextRange", key.n.to_bytes(key.size, "big"))
    yield bad("the modulus and 1", "CiphertextRange", (key.n + 1).to_bytes(key.size, "big"))
    yield bad("all ones", "CiphertextRange", b"\xff" * key.size)
    yield bad("zero", "CiphertextSpecial", bytes(key.size))
    yield bad("one", "CiphertextSpecial", (1).to_bytes(key.size, "big"))
    yield bad("the modulus less 1", "CiphertextSpecial", (key.n - 1).to_bytes(key.size, "big"))
    yield bad("the modulus less the ciphertext", "CiphertextSpecial",
              (key.n - number).to_bytes(key.size, "big"))

    # Changed, or meant for others.
    for shown, bit in (("first", 7), ("middle", 8 * (key.size // 2) + 3), ("last", -1)):
        changed = flipped(good, bit)
        assert int.from_bytes(changed, "big") < key.n
        yield bad(f"a bit of the {shown} byte changed", "Tampered", changed)
    doubled = number * pow(2, key.e, key.n) % key.n
    yield bad("multiplied: the encoded message is doubled", "Tampered",
              doubled.to_bytes(key.size, "big"))
    for kind, shown in ((b"\x02", "for encryption"), (b"\x01", "for signatures")):
        filler = bytes(byte % 255 + 1 for byte in stream.bytes(key.size - 35)) \
            if kind == b"\x02" else b"\xff" * (key.size - 35)
        yield bad(f"PKCS#1 v1.5 padding {shown}", "Pkcs1Padding",
                  key.raw(b"\x00" + kind + filler + b"\x00" + message))
    yield bad("no padding: the secret as a number", "Pkcs1Padding",
              key.raw(bytes(key.size - 32) + message))
    yield bad("the secret itself, not encrypted", "CiphertextLength", message)
    foreign = searched(other, stream, data_block(other.size, message),
                       lambda _, ciphertext: int.from_bytes(ciphertext, "big") < key.n)
    yield bad("encrypted for another key", "OtherKey", foreign)


# What is wrong with a test of these flags; with any other, it is the padding or the number. Whoever
# tells all of that apart as little as he should, says `rsa` each time.
FAILURES = {
    "SecretChecksum": ["checksum", "rsa"],
    "SecretLength": ["length", "rsa"],
    "CiphertextLength": ["length", "rsa"],
}


def group(file, key, other):
    file.group(
        "CredentialsSecretOpen",
        keySize=8 * key.size,
        privateKeyPem=key.pem,
        publicKeyPem=key.public_pem(),
    )
    for comment, flag, ciphertext, secret in tests(key, other):
        opened = key.opens(ciphertext)
        is_secret = opened is not None and len(opened) == 32 and sum(opened) % 255 == 239
        if secret is not None:
            assert opened == secret, comment
            file.test(comment, [flag], "valid", ciphertext=ciphertext.hex(), secret=secret.hex())
            continue
        if flag.startswith("Secret"):
            assert opened is not None and not is_secret, comment
        else:
            assert opened is None, comment
        failure = FAILURES.get(flag, "rsa")
        file.test(comment, [flag], "invalid", failure, ciphertext=ciphertext.hex())


def main():
    header = [
        "The RSA step of the credentials: RSAES-OAEP with SHA-1, MGF1-SHA-1 and an empty label, "
        "of a credentials secret (32 bytes, sum 239 modulo 255).",
        "ciphertext and secret are hexadecimal. Whatever is invalid must be refused in one and "
        "the same way.",
        "Made by generators/oaep.py; each verdict on the padding was confirmed by Python's "
        "package cryptography.",
    ]
    file = File("oaep", "PassportOaep", header, NOTES)
    for bits in (2048, 3072):
        group(file, key_of("key", bits), key_of("other key", bits))
    file.finish()


main()
