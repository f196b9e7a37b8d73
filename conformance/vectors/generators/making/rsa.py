"""RSA keys that follow from a seed, and their DER, written by hand so that it can be broken."""

import math

from .bytes import b64
from .stream import Stream

RSA, PSS, OAEP = ([1, 2, 840, 113549, 1, 1, last] for last in (1, 10, 7))
SMALL = [number for number in range(3, 3000, 2)
         if all(number % it for it in range(3, 55, 2) if it < number)]


def probable_prime(number, bases):
    """Miller-Rabin to each of the bases."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in bases:
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


class Numbers:
    """The numbers of a key: modulus, exponents, primes, and those of the Chinese remainder theorem.

    The search for large primes takes long: what it found may be given."""

    def __init__(self, name, bits, e=65537, primes=None):
        stream = Stream(f"telegram passport rsa {name} {bits} {e}")

        def prime():
            number = int.from_bytes(stream.bytes(bits // 16), "big") | 3 << (bits // 2 - 2) | 1
            while not (math.gcd(number - 1, e) == 1 and all(number % small for small in SMALL)
                       and probable_prime(number, SMALL[:12])):
                number += 2
            return number

        p, q = sorted(primes or (prime(), prime()), reverse=True)
        self.n, self.e, self.p, self.q = p * q, e, p, q
        assert self.n.bit_length() == bits
        self.d = pow(e, -1, math.lcm(p - 1, q - 1))
        self.dp, self.dq, self.qi = self.d % (p - 1), self.d % (q - 1), pow(q, -1, p)

    def private(self, version=0, **changed):
        """PKCS#1: RSAPrivateKey."""
        names = ("n", "e", "d", "p", "q", "dp", "dq", "qi")
        values = [changed.get(name, getattr(self, name)) for name in names]
        return sequence(integer(version), *map(integer, values))

    def public(self, **changed):
        """PKCS#1: RSAPublicKey."""
        return sequence(*(integer(changed.get(name, getattr(self, name))) for name in "ne"))


def tlv(tag, content):
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def integer(number):
    """Of a number; bytes stand as they are."""
    if isinstance(number, int):
        number = number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True)
    return tlv(2, number)


def sequence(*parts):
    return tlv(0x30, b"".join(parts))


def octets(content):
    return tlv(4, content)


def bits(content, unused=0):
    return tlv(3, bytes([unused]) + content)


def oid(numbers):
    out = bytes([numbers[0] * 40 + numbers[1]])
    for number in numbers[2:]:
        part = [number & 127]
        while number := number >> 7:
            part.append(number & 127 | 128)
        out += bytes(reversed(part))
    return tlv(6, out)


NULL = tlv(5, b"")


def pkcs8(key, algorithm=RSA, parameters=NULL, *more, version=0):
    return sequence(integer(version), sequence(oid(algorithm), parameters), octets(key), *more)


def spki(key, algorithm=RSA, parameters=NULL, unused=0):
    return sequence(sequence(oid(algorithm), parameters), bits(key, unused))


def pem(label, der, columns=64, end="\n", header=""):
    text = b64(der)
    lines = [text[at:at + columns] for at in range(0, len(text), columns)]
    return end.join([f"-----BEGIN {label}-----{header}", *lines, f"-----END {label}-----", ""])
