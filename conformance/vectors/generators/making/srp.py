"""The password check in Python's own integers: protocol reference, sections 9.2 to 9.4.

The primes are those next to a power of two that have the wanted residues; they were searched once,
here stands how far away they are.
"""

import hashlib

from .bytes import xor

TELEGRAM = int(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4"
    "dbfa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c59"
    "5f642477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b"
    "0f6b410dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928f"
    "ef5b9ae4e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15"
    "d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b", 16)
# Safe primes for which every g fits, and one for which only 3 and 4 do.
LEAST = 2**2047 + 709_551
GREATEST = 2**2048 - 4_801_589
BITS_2047 = 2**2047 - 21_119_409
BITS_2049 = 2**2048 + 13_223_743
# Primes p for which (p - 1) / 2 is none, and the other way round.
UNSAFE = 2**2047 + 728_871
HALF = 2**2047 + 755_751


def pad(number):
    return number.to_bytes(256, "big")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def as_number(data):
    return int.from_bytes(data, "big")


def fits(g, p):
    return {
        2: p % 8 == 7, 3: p % 3 == 2, 4: True, 5: p % 5 in (1, 4), 6: p % 24 in (19, 23),
        7: p % 7 in (3, 5, 6),
    }.get(g, False)


def stretched(password, salt1, salt2):
    """x as 32 bytes."""
    salted = lambda data, salt: sha256(salt, data, salt)
    first = salted(salted(password.encode(), salt1), salt2)
    return salted(hashlib.pbkdf2_hmac("sha512", first, salt1, 100_000, 64), salt2)


def proof(p, g, b, a, x, salt1, salt2):
    v = pow(g, as_number(x), p)
    k, public = sha256(pad(p), pad(g)), pow(g, a, p)
    u = sha256(pad(public), pad(b))
    difference = (b - as_number(k) * v) % p
    shared = pow(difference, a + as_number(u) * as_number(x), p)
    key = sha256(pad(shared))
    group = xor(sha256(pad(p)), sha256(pad(g)))
    m1 = sha256(group, sha256(salt1), sha256(salt2), pad(public), pad(b), key)
    return {"x": x, "v": pad(v), "A": pad(public), "u": u, "k": k, "S": pad(shared), "K": key,
            "M1": m1}
