#!/usr/bin/env python3
"""Writes srp_made.json: the password check in several groups, at the edges of its numbers.

    python3 conformance/vectors/generators/srp_made.py [--check]
"""

from making import File, Stream
from making.srp import (
    BITS_2047, BITS_2049, GREATEST, HALF, LEAST, TELEGRAM, UNSAFE, as_number, fits, pad, proof,
    sha256, stretched,
)

HEADER = [
    "The two-step password (SRP) with a fixed client number a, so that A and M1 are determined. "
    "Byte strings are hexadecimal, big endian; password is text (UTF-8).",
    "x, v, u, k, S, K are steps in between, for finding errors; only A and M1 are sent.",
]
NOTES = {
    "Generator": (
        "FUNCTIONALITY",
        "Each g from 2 to 7, with a p for which it may stand. Whoever knows only the p and g that "
        "Telegram has had so far, locks all users out on the day it changes.",
    ),
    "Password": (
        "FUNCTIONALITY",
        "A password that is empty, long or not of ASCII letters; it is taken as typed, in UTF-8. "
        "Whoever trims or normalises it, locks such users out.",
    ),
    "Salt": (
        "EDGE_CASE",
        "Salts that are empty or long. They are used whole.",
    ),
    "LeadingZeros": (
        "EDGE_CASE",
        "A number of the proof begins with a zero byte. All are hashed as 256 bytes (hashes as "
        "32): whoever drops the zeros is refused one time in 256, and nobody can reproduce it.",
    ),
    "ShortB": (
        "EDGE_CASE",
        "The server leaves leading zero bytes of B out. Down to 248 bytes all official clients "
        "take it; below, TDLib does not.",
    ),
    "EdgeOfB": (
        "EDGE_CASE",
        "B is next to an end of its range. No sound server sends that; a client may refuse.",
    ),
    "BadB": (
        "MISSING_STEP",
        "B is not between 0 and p. With a multiple of p the shared number does not depend on the "
        "password as it should: who answers, gives a false server something to try passwords on.",
    ),
    "EdgeOfDifference": (
        "EDGE_CASE",
        "B - k*v is within 2^1984 of 0 or of p. Telegram Desktop and Android refuse, TDLib does "
        "not look.",
    ),
    "InnerEdge": (
        "EDGE_CASE",
        "B - k*v is 2^1984 or p - 2^1984, the last that every client takes.",
    ),
    "EdgeOfA": (
        "EDGE_CASE",
        "The client's number a is such that A is 1, p - 1 or small. A client that draws it must "
        "draw again; with a fixed one it may refuse.",
    ),
    "LargeExponent": (
        "EDGE_CASE",
        "a is as large as 256 bytes can be, above p - 1. The exponent a + u*x is not reduced by "
        "wrong numbers: whoever takes it modulo p, or loses the carry, is refused.",
    ),
    "BadGenerator": (
        "MISSING_STEP",
        "g is not 2 to 7, or not a square modulo p. In the wrong group A tells whether a is even, "
        "or v has few values: a false server learns about the password.",
    ),
    "BadPrime": (
        "MISSING_STEP",
        "p is no safe prime of 2048 bits. A false server chooses a group in which it can compute "
        "logarithms, and from one proof tries passwords, or reads x itself.",
    ),
    "Verifier": (
        "BASIC",
        "v = g^x mod p as 256 bytes, sent when a password is set.",
    ),
}

# Where a search ends, so that it need not begin at 0.
FOUND = {"A": 36, "B": 46, "S": 550, "u": 100, "K": 140, "M1": 127, "x": 36}

FILE = File("srp_made", "TelegramSrp", HEADER, NOTES)
STREAM = Stream("telegram passport srp_made 1")
PASSWORD, SALT1, SALT2 = "correct horse", STREAM.bytes(40), STREAM.bytes(16)
X = stretched(PASSWORD, SALT1, SALT2)


def honest(p, g, stream, x=X):
    """What a server answers: k*v + g^b."""
    k = as_number(sha256(pad(p), pad(g)))
    return (k * pow(g, as_number(x), p) + pow(g, as_number(stream.bytes(256)), p)) % p


def numbers(p, g, b, a, password, salt1, salt2):
    return {
        "password": password, "salt1": salt1.hex(), "salt2": salt2.hex(), "g": g, "p": p.hex(),
        "srpB": b.hex(), "a": pad(a).hex(),
    }


def good(comment, flag, p=LEAST, g=3, b=None, a=None, password=PASSWORD, salt1=SALT1, salt2=SALT2,
         result="valid", sent=None):
    assert fits(g, p)
    x = X if (password, salt1, salt2) == (PASSWORD, SALT1, SALT2) else stretched(
        password, salt1, salt2)
    b = honest(p, g, STREAM, x) if b is None else b
    a = as_number(STREAM.bytes(256)) if a is None else a
    values = proof(p, g, b, a, x, salt1, salt2)
    given = numbers(pad(p), g, pad(b) if sent is None else sent, a, password, salt1, salt2)
    FILE.test(comment, [flag], result, **given, **{name: it.hex() for name, it in values.items()})


def bad(comment, flag, failure, p=None, g=3, b=None):
    p = pad(LEAST) if p is None else p
    b = STREAM.bytes(255).rjust(256, b"\x01") if b is None else b
    given = numbers(p, g, b, as_number(STREAM.bytes(256)), PASSWORD, SALT1, SALT2)
    FILE.test(comment, [flag], "invalid", failure, **given)


def searched(name, accept):
    """The first a from the one that was found before on, and the B to it, that are accepted."""
    counter = FOUND.get(name, 0)
    while True:
        stream = Stream(f"telegram passport srp_made 1 {name} {counter}")
        b, a = honest(LEAST, 3, stream), as_number(stream.bytes(256))
        if accept(proof(LEAST, 3, b, a, X, SALT1, SALT2) | {"B": pad(b)}):
            if FOUND.get(name) != counter:
                print(f'    "{name}": {counter},')
            return {"b": b, "a": a}
        counter += 1


def generators():
    for g in range(2, 8):
        good(f"g = {g}, the least p for which all fit", "Generator", g=g)
    for p, name in ((GREATEST, "the greatest p for which only 3 and 4 fit"),
                    (TELEGRAM, "the p that Telegram has")):
        for g in range(2, 8):
            if fits(g, p):
                good(f"g = {g}, {name}", "Generator", p, g)


def texts():
    for name, password in (
        ("empty", ""),
        ("of 1000 letters", "long " * 200),
        ("in Cyrillic", "\u043f\u0430\u0440\u043e\u043b\u044c"),
        ("with an accent on its letter", "caf\u00e9"),
        ("with an accent as a letter of its own", "cafe\u0301"),
        ("beyond the basic plane", "\U0001f511\U0001f6c2"),
        ("with spaces at both ends", " correct horse "),
    ):
        good(f"a password {name}", "Password", password=password)
    for name, salt1, salt2 in (
        ("salt1 is empty", b"", SALT2),
        ("salt2 is empty", SALT1, b""),
        ("both salts are empty", b"", b""),
        ("salts of one byte", b"\x00", b"\xff"),
        ("salts of 300 bytes", STREAM.bytes(300), STREAM.bytes(300)),
        ("salts exchanged", SALT2, SALT1),
    ):
        good(name, "Salt", salt1=salt1, salt2=salt2)


def leading_zeros():
    for name in ("A", "B", "S", "u", "K", "M1"):
        found = searched(name, lambda values, name=name: values[name][0] == 0)
        good(f"{name} begins with a zero byte", "LeadingZeros", **found)
    good("a begins with 200 zero bytes", "LeadingZeros", a=as_number(STREAM.bytes(56)))
    counter = FOUND.get("x", 0)
    while stretched(PASSWORD, SALT1, b"x%d" % counter)[0]:
        counter += 1
    if FOUND.get("x") != counter:
        print(f'    "x": {counter},')
    good("x begins with a zero byte", "LeadingZeros", salt2=b"x%d" % counter)


def edges():
    for size, result in ((255, "valid"), (249, "valid"), (248, "valid"), (247, "acceptable"),
                         (200, "acceptable"), (1, "acceptable")):
        sent = b"\x05" + STREAM.bytes(size - 1)
        good(f"B is sent as {size} bytes", "ShortB", b=as_number(sent), result=result, sent=sent)
    for name, b in (("1", 1), ("2", 2), ("p - 1", LEAST - 1), ("p - 2", LEAST - 2)):
        good(f"B = {name}", "EdgeOfB", b=b, result="acceptable")
    kv = as_number(sha256(pad(LEAST), pad(3))) * pow(3, as_number(X), LEAST)
    for name, difference, result in (
        ("0", 0, "acceptable"), ("1", 1, "acceptable"), ("p - 1", LEAST - 1, "acceptable"),
        ("2^1983 - 1", 2**1983 - 1, "acceptable"), ("2^1984 - 1", 2**1984 - 1, "acceptable"),
        ("p - 2^1984 + 1", LEAST - 2**1984 + 1, "acceptable"),
        ("2^1984", 2**1984, "valid"), ("p - 2^1984", LEAST - 2**1984, "valid"),
    ):
        flag = "InnerEdge" if result == "valid" else "EdgeOfDifference"
        good(f"B - k*v is {name}", flag, b=(kv + difference) % LEAST, result=result)
    for name, a in (
        ("0, so A = 1", 0), ("1, so A = g", 1), ("1000, so A is small", 1000),
        ("(p - 1) / 2, so A = 1", LEAST // 2), ("p - 1, so A = 1", LEAST - 1),
    ):
        good(f"a is {name}", "EdgeOfA", a=a, result="acceptable")
    for name, a in (("2^2048 - 1", 2**2048 - 1), ("p", LEAST), ("p + 12345", LEAST + 12345)):
        good(f"a is {name}", "EdgeOfA" if a == LEAST else "LargeExponent", a=a,
             result="acceptable" if a == LEAST else "valid")
    for name, b, failure in (
        ("empty", b"", ["length", "range"]), ("0 in one byte", b"\x00", ["length", "range"]),
        ("0", bytes(256), "range"), ("p", pad(LEAST), "range"), ("p + 1", pad(LEAST + 1), "range"),
        ("2^2048 - 1", b"\xff" * 256, "range"),
        ("p, with a zero byte in front", b"\x00" + pad(LEAST), ["length", "range"]),
        ("2 p", (2 * LEAST).to_bytes(257, "big"), ["length", "range"]),
        ("2^2048", b"\x01" + bytes(256), ["length", "range"]),
    ):
        bad(f"B is {name}", "BadB", failure, b=b)


def groups():
    for g in (0, 1, 8, 9, 2**31 - 1, -1, -3, -2**31):
        bad(f"g = {g}", "BadGenerator", "generator", g=g)
    for p, name in ((GREATEST, "the greatest p"), (TELEGRAM, "Telegram's p")):
        for g in range(2, 8):
            if not fits(g, p):
                bad(f"g = {g} does not fit {name}", "BadGenerator", "generator", pad(p), g)
    square = 2**1023 + 1155
    for name, p in (
        ("a prime, but (p - 1) / 2 is none", pad(UNSAFE)),
        ("no prime, but (p - 1) / 2 is one", pad(HALF)),
        ("a safe prime of 2047 bits", pad(BITS_2047)),
        ("a safe prime of 2047 bits, in 255 bytes filled up behind", pad(BITS_2047)[1:] + b"\x00"),
        ("a safe prime of 2049 bits", BITS_2049.to_bytes(257, "big")),
        ("two less than a safe prime", pad(LEAST - 2)),
        ("even", pad(LEAST - 1)),
        ("divisible by 3", pad(LEAST + 1 + (-(LEAST + 1)) % 24 + 3)),
        ("the square of a number", pad(square**2 * 2 + 1)),
        ("2^2047", pad(2**2047)),
        ("2^2048 - 1", b"\xff" * 256),
        ("0", bytes(256)),
        ("1", pad(1)),
        ("a small safe prime, 23", pad(23)),
        ("a small safe prime, 23, in one byte", b"\x17"),
        ("empty", b""),
        ("cut by a byte", pad(LEAST)[:255]),
        ("followed by a zero byte", pad(LEAST) + b"\x00"),
        ("Telegram's with one bit changed", pad(TELEGRAM ^ 1 << 1000)),
        ("Telegram's the other way round", pad(TELEGRAM)[::-1]),
    ):
        bad(f"p is {name}", "BadPrime", "prime", p, 4)


def verifiers():
    FILE.group("SrpVerifier")

    def verifier(comment, flag, result="valid", failure=None, p=LEAST, g=3, password=PASSWORD,
                 salt1=SALT1, salt2=SALT2):
        fields = {"password": password, "salt1": salt1.hex(), "salt2": salt2.hex(), "g": g,
                  "p": pad(p).hex()}
        if failure is None:
            x = stretched(password, salt1, salt2)
            fields |= {"x": x.hex(), "v": pad(pow(g, as_number(x), p)).hex()}
        FILE.test(comment, [flag], result, failure, **fields)

    for g in range(2, 8):
        verifier(f"v for g = {g}", "Verifier", g=g)
    verifier("v for Telegram's p", "Verifier", p=TELEGRAM)
    verifier("v of an empty password", "Verifier", password="")
    verifier("v of a password in Cyrillic", "Verifier",
             password="\u043f\u0430\u0440\u043e\u043b\u044c")
    verifier("v with a salt of 300 bytes", "Verifier", salt1=STREAM.bytes(300))
    verifier("no v where g does not fit", "BadGenerator", "invalid", "generator", GREATEST, 2)
    verifier("no v where g = 1", "BadGenerator", "invalid", "generator", g=1)
    verifier("no v where (p - 1) / 2 is no prime", "BadPrime", "invalid", "prime", UNSAFE, 4)
    verifier("no v where p is no prime", "BadPrime", "invalid", "prime", HALF, 4)


FILE.group("SrpCheck")
generators()
texts()
leading_zeros()
edges()
groups()
verifiers()
FILE.finish()
