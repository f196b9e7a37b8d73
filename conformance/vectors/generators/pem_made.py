#!/usr/bin/env python3
"""Writes pem_made.json: forms in which services have their keys.

    python3 conformance/vectors/generators/pem_made.py [--check]

Keys follow from seeds, DER and encrypted forms are written by hand in making/rsa.py and
making/locked.py, with salts that are given. Each sound form was read by the package cryptography.
"""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519

from making import File, Stream
from making.bytes import compact
from making.credentials import Key, Sealed
from making.locked import certificate, openssh, openssh_line, openssl, pbes2
from making.rsa import NULL, OAEP, PSS, RSA, Numbers, bits, pem, pkcs8, sequence, spki, tlv

NOTES = {
    "Valid": ("BASIC", "As OpenSSL writes it."),
    "Newlines": ("FUNCTIONALITY", "Other line ends, none or many at the end: what editors and "
                 "copying do to a file. Whoever refuses it, is a riddle to an operator."),
    "Around": ("FUNCTIONALITY", "Text before or behind the key, as programs write it there."),
    "Lenient": ("LEGACY", "Not strictly PEM: white space, columns, line ends written out as in "
                "environment variables. Some readers take it."),
    "Several": ("CAN_OF_WORMS", "More than one block. Whoever takes it, must find the private key of "
                "the service; refusing it tells the operator what is wrong."),
    "Damaged": ("MISSING_STEP", "Markers, base64 or DER are damaged or missing. Whoever takes what is "
                "left, works with another key than the operator has."),
    "Label": ("LEGACY", "What is inside is a key of another form than the label says."),
    "Trailing": ("CAN_OF_WORMS", "Bytes behind the key. Some readers pass them over."),
    "Encoding": ("LEGACY", "BER or other slips of encoders. Strict readers refuse them."),
    "Encrypted": ("LEGACY", "Encrypted with the passphrase \"secret\": accepted where a passphrase can "
                  "be given."),
    "NoPassphrase": ("MISSING_STEP", "Encrypted, without a passphrase or with a wrong one. Whoever "
                     "asks at a terminal, lets a server hang at its start."),
    "OpenSsh": ("LEGACY", "The form of OpenSSH."),
    "OtherKey": ("AUTH_BYPASS", "A sound key, but not the one that the credentials were encrypted for: "
                 "nothing may come out."),
    "OtherKind": ("MISSING_STEP", "A key or file of another kind, which cannot decrypt."),
    "Leak": ("CONFIDENTIALITY", "A private key where the public one is asked for. Whoever takes it and "
             "puts its text into links, hands the private key to everybody."),
    "Inconsistent": ("CAN_OF_WORMS", "The numbers do not belong together. A library that does not check "
                     "may decrypt rightly; with wrong numbers of the Chinese remainder theorem it "
                     "gives wrong results, of which one is enough to factor the modulus."),
    "Exponent": ("MISSING_STEP", "A public exponent that is 1 or even. With 1 the secret is sent as it "
                 "is."),
    "SmallExponent": ("BASIC", "The public exponent is 3: fine with OAEP."),
    "Size": ("BASIC", "Other sizes than 2048 bits."),
    "Small": ("WEAK_PARAMS", "Fewer bits than a service should have today; others may factor it. A "
              "library may demand 2048."),
    "TooSmall": ("MISSING_STEP", "Fewer than 592 bits: a secret under OAEP does not fit."),
    "Huge": ("RESOURCES", "16384 bits: each operation takes seconds. It may be refused."),
    "Pkcs1Public": ("LEGACY", "RSA PUBLIC KEY: Telegram Desktop reads it, TDLib and the Android SDK do "
                    "not."),
}

HEADER = [
    "Forms of RSA keys, beyond pem.json. PemPrivateKey: the key must decrypt the credentials of the "
    "group (nonce \"pem\"). PemPublicKey: a key for links and for encrypting.",
    "acceptable: it may be refused, or must decrypt the credentials.",
    "failure: encoding (markers, base64, DER), key-kind, key-size, key-numbers, unsupported "
    "(encrypted), rsa (the key does not open the credentials).",
]

PRIMES = (
    int("f14c1d1f9783485712c87bf1e430b54499e2f667d72c4db195bdeea928537218eb88641b9f5b81b8531cb9d0"
        "e7e0ecdf664380cf26f98c56a18cd0eaadc145ddd57ba6a98938e3472a0c1c353d2973a369b08991ccc95ce0"
        "ea67410a8c9502ca89317028df428f5f7e8561f433fd6117702d68e628329cc7c7fe75e915aec05b5d2ee2f0"
        "489d3433aa9d14654418cc7d25468f50323ef5c00a2dd7b223333a25b31460ac2dc8a5774d0ef652d53a37c7"
        "9b7b9fcb447aa466a114a8e2aa7c6f4a66ff095a3473e074732cea9b2db8acdd5ceeb1c41cf00d9b3443f246"
        "13894c13234e9c748767a3a95c5893d00373489335cfcf9950f44a16e7d038c28db3fd19", 16),
    int("e9fe1b6330b03d164f6e451cf5b8573833506ab8060e34f2598e3b7047cd98dbce1b599ab38dae83b5eadef7"
        "382edd37547ce8b8532c59d45cdbc0423e41d1e64f8fdc0ea3766ad0cfb1eba93cebbf64f154fbeb7410a40c"
        "110fd3ed24ed48657a22859ae763d38a80e94e59383fdfe96116868c222c92d053ef0eabcea78213182b03d3"
        "0658f5030031c5a6f0f5f645ad077b84dfff1d26f2a853d4ec2ea6af1f9058183dbc7007c473207234dbd6d3"
        "64f159c991075dae0f28d60fe4d61ff7bdf07132109b5ab4f985142cc2b24de85a63b8973157b672294d989a"
        "6cf94e8c94cfbc944f6c0e7a2f4a7fd10ac621f6c4b8d78a703aa2174404424dfb8f6ae1", 16),
)

FILE = File("pem_made", "PassportPem", HEADER, NOTES)
STREAM = Stream("telegram passport pem 1")
KEY, OTHER, SMALL = Numbers("key", 2048), Numbers("other", 2048), Numbers("small", 1024)


def test(comment, flag, text, failure=None, result=None, **fields):
    """Says what must come of a text; a valid one must also be read by `cryptography`."""
    result = result or ("invalid" if failure else "valid")
    kind = FILE.groups[-1]["type"]
    if result == "valid":
        load = serialization.load_pem_private_key, serialization.load_pem_public_key
        load[0](text.encode(), None) if kind == "PemPrivateKey" else load[1](text.encode())
    FILE.test(f"{FILE.groups[-1]['keySize']} bits, {kind[3:].lower()[:-3]}: {comment}", [flag],
              result,
              failure, pem=text, **fields)


def group(kind, key):
    fields = {"keySize": key.n.bit_length()}
    if kind == "PemPrivateKey":
        service = Key(pem("PRIVATE KEY", pkcs8(key.private())))
        text = compact({"secure_data": {}, "nonce": "pem"})
        fields["credentials"] = Sealed.drawn(STREAM, service, text).to_json()
    FILE.group(kind, **fields)


def maybe(comment, flag, text, **fields):
    test(comment, flag, text, result="acceptable", **fields)


def others():
    """Private keys of other kinds, each with its public half."""
    scalar = int.from_bytes(STREAM.bytes(31), "big")
    keys = (("P-256", ec.derive_private_key(scalar, ec.SECP256R1())),
            ("secp256k1", ec.derive_private_key(scalar, ec.SECP256K1())),
            ("Ed25519", ed25519.Ed25519PrivateKey.from_private_bytes(STREAM.bytes(32))),
            ("X25519", x25519.X25519PrivateKey.from_private_bytes(STREAM.bytes(32))))
    formats = serialization.PrivateFormat
    for name, key in keys:
        forms = [formats.PKCS8] + [formats.TraditionalOpenSSL] * (name == "P-256")
        yield name, [key.private_bytes(serialization.Encoding.PEM, form,
                                       serialization.NoEncryption()).decode() for form in forms], \
            key.public_key().public_bytes(serialization.Encoding.PEM,
                                          serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def shapes(label, der, word):
    """What may happen to the text of any key."""
    text = pem(label, der)
    body = text.split("\n")
    test(f"{word}", "Valid", text)
    test(f"{word}, CR LF", "Newlines", text.replace("\n", "\r\n"))
    test(f"{word}, no line end at the end", "Newlines", text.rstrip())
    test(f"{word}, empty lines around", "Newlines", "\n\n" + text + "\n\n\n")
    test(f"{word}, text before", "Around", "Bag Attributes\n    friendlyName: passport\n" + text)
    test(f"{word}, text behind", "Around", text + "made on a Monday\n")
    for shown, other in (
        ("CR alone", text.replace("\n", "\r")),
        ("white space at line ends", text.replace("\n", " \n")),
        ("indented", "".join(f"    {line}\n" for line in body)),
        ("76 columns", pem(label, der, 76)),
        ("base64 in one line", pem(label, der, 9999)), ("one column", pem(label, der, 1)),
        ("line ends written out", text.replace("\n", "\\n")), ("all in one line", " ".join(body)),
        ("an empty line inside", text.replace("\n", "\n\n", 4)),
        ("a byte order mark", "\ufeff" + text),
        ("in quotes", f'"{text}"'), ("BEGIN twice", body[0] + "\n" + text),
        ("without markers", "\n".join(body[1:-2])),
    ):
        maybe(f"{word}, {shown}", "Lenient", other)
    for shown, other in (
        ("nothing between the markers", "\n".join([body[0], *body[-2:]])),
        ("no END", "\n".join(body[:-2]) + "\n"), ("no BEGIN", "\n".join(body[1:])),
        ("END before BEGIN", "\n".join([body[-2], *body[1:-2], body[0]])),
        ("the last line of base64 missing", "\n".join(body[:-3] + body[-2:])),
        ("the first line of base64 missing", "\n".join([body[0], *body[2:]])),
        ("a line in the middle missing", "\n".join(body[:4] + body[5:])),
        ("cut in the middle", text[:len(text) // 2]),
        ("a letter of base64 missing", text[:100] + text[101:]),
        ("a letter too many", text[:100] + "A" + text[100:]),
        ("a star in the base64", text[:100] + "*" + text[101:]),
        ("padding in the middle", text[:100] + "====" + text[104:]),
        ("hexadecimal for base64", "\n".join([body[0], der.hex(), *body[-2:]])),
        ("no dashes", text.replace("-----", "")), ("four dashes", text.replace("-----", "----")),
        ("the DER is cut by a byte", pem(label, der[:-1])),
        ("the DER is only zeros", pem(label, bytes(len(der)))),
        ("the DER is a text", pem(label, tlv(12, b"key"))),
        ("an empty sequence", pem(label, sequence())),
        ("an enormous length", pem(label, b"\x30\x84\xff\xff\xff\xff" + der[4:])),
    ):
        test(f"{word}, {shown}", "Damaged", other, "encoding")
    other = text.replace(label, "PASSPORT")
    test(f"{word}, another label", "Damaged", other, ["encoding", "key-kind"])
    maybe(f"{word}, other labels at BEGIN and END", "Lenient",
          text.replace("END " + label, "END KEY"))
    maybe(f"{word}, a zero byte behind the DER", "Trailing", pem(label, der + b"\0"))
    maybe(f"{word}, the DER twice", "Trailing", pem(label, der + der))


def private():
    group("PemPrivateKey", KEY)
    pkcs1, wrapped = KEY.private(), pkcs8(KEY.private())
    plain = pem("PRIVATE KEY", wrapped)
    shapes("PRIVATE KEY", wrapped, "PKCS#8")
    shapes("RSA PRIVATE KEY", pkcs1, "PKCS#1")
    test("nothing", "Damaged", "", "encoding")
    test("white space", "Damaged", " \n\t\n", "encoding")
    test("a text", "Damaged", "the key is under the mat\n", "encoding")
    maybe("PKCS#1 with the label of PKCS#8", "Label", pem("PRIVATE KEY", pkcs1))
    maybe("PKCS#8 with the label of PKCS#1", "Label", pem("RSA PRIVATE KEY", wrapped))
    maybe("twice the same key", "Several", plain * 2)
    maybe("another private key behind it", "Several",
          plain + pem("PRIVATE KEY", pkcs8(OTHER.private())))
    maybe("its public key behind it", "Several", plain + pem("PUBLIC KEY", spki(KEY.public())))
    maybe("its certificate before it", "Several", certificate(KEY) + plain)
    for form, text in (("PKCS#8", pbes2(wrapped, "secret")),
                       ("the old form", openssl(pkcs1, "secret"))):
        maybe(f"encrypted, {form}", "Encrypted", text, passphrase="secret")
        test(f"encrypted, {form}, no passphrase", "NoPassphrase", text, "unsupported")
        test(f"encrypted, {form}, an empty passphrase", "NoPassphrase", text, "unsupported",
             passphrase="")
        either = ["encoding", "unsupported"]
        test(f"encrypted, {form}, wrong one", "NoPassphrase", text, either, passphrase="Secret")
    maybe("not encrypted, and yet a passphrase", "Encrypted", plain, passphrase="secret")
    maybe("OpenSSH", "OpenSsh", openssh(KEY))
    test("another key", "OtherKey", pem("PRIVATE KEY", pkcs8(OTHER.private())), "rsa")
    for name, texts, public in others():
        for number, text in enumerate(texts):
            test(f"{name}{', the old form' * number}", "OtherKind", text, "key-kind")
        test(f"{name}, public", "OtherKind", public, "key-kind")
    test("public", "OtherKind", pem("PUBLIC KEY", spki(KEY.public())), "key-kind")
    test("public, PKCS#1", "OtherKind", pem("RSA PUBLIC KEY", KEY.public()), "key-kind")
    labelled = pem("PRIVATE KEY", spki(KEY.public()))
    test("public, labelled as private", "OtherKind", labelled, ["encoding", "key-kind"])
    test("public, OpenSSH", "OtherKind", openssh_line(KEY), "key-kind")
    test("a certificate", "OtherKind", certificate(KEY), "key-kind")
    test("RSA-PSS, for signing", "OtherKind", pem("PRIVATE KEY", pkcs8(pkcs1, PSS, b"")), "key-kind")
    curve = pkcs8(pkcs1, [1, 2, 840, 10045, 2, 1])
    test("RSA numbers of an elliptic curve", "OtherKind", pem("PRIVATE KEY", curve), "key-kind")
    maybe("the algorithm is RSAES-OAEP", "Encoding", pem("PRIVATE KEY", pkcs8(pkcs1, OAEP)))
    bare = pkcs8(pkcs1, parameters=b"")
    maybe("no parameters instead of NULL", "Encoding", pem("PRIVATE KEY", bare))
    attributes = pkcs8(pkcs1, RSA, NULL, tlv(0xA0, b""))
    maybe("PKCS#8 with attributes", "Encoding", pem("PRIVATE KEY", attributes))
    maybe("PKCS#8 version 2, with the public key", "Encoding", pem("PRIVATE KEY", pkcs8(
        pkcs1, RSA, NULL, tlv(0x81, bits(KEY.public())[2:]), version=1)))
    maybe("an integer with a zero too many", "Encoding", pem("RSA PRIVATE KEY", KEY.private(
        e=b"\0\1\0\1")))
    maybe("the modulus as a negative number", "Encoding", pem("RSA PRIVATE KEY", KEY.private(
        n=KEY.n.to_bytes(256, "big"))))
    maybe("PKCS#1 of version 1", "Encoding", pem("RSA PRIVATE KEY", KEY.private(1)))
    for name in ("p", "q", "dp", "dq", "qi", "d"):
        changed = pem("PRIVATE KEY", pkcs8(KEY.private(**{name: getattr(KEY, name) + 2})))
        maybe(f"{name} is too large by 2", "Inconsistent", changed)
    for shown, changed in (("p and q exchanged, not the rest", {"p": KEY.q, "q": KEY.p}),
                           ("all but n, e and d are 0", dict.fromkeys(["p", "q", "dp", "dq", "qi"], 0))):
        maybe(shown, "Inconsistent", pem("PRIVATE KEY", pkcs8(KEY.private(**changed))))
    for shown, changed in (("the modulus of another key", {"n": OTHER.n}),
                           ("n is even", {"n": KEY.n - 1}), ("n is negative", {"n": -KEY.n})):
        test(shown, "Inconsistent", pem("PRIVATE KEY", pkcs8(KEY.private(**changed))),
             ["encoding", "key-numbers"] if changed["n"] < 0 else "key-numbers")


def sizes():
    large = Numbers("large", 4096, primes=PRIMES)
    for key in (Numbers("key", 3072), large, Numbers("three", 2048, 3)):
        flag = "SmallExponent" if key.e == 3 else "Size"
        group("PemPrivateKey", key)
        test(f"PKCS#8, e = {key.e}", flag, pem("PRIVATE KEY", pkcs8(key.private())))
        test(f"PKCS#1, e = {key.e}", flag, pem("RSA PRIVATE KEY", key.private()))
        group("PemPublicKey", key)
        test(f"e = {key.e}", flag, pem("PUBLIC KEY", spki(key.public())))
    group("PemPrivateKey", SMALL)
    maybe("PKCS#8", "Small", pem("PRIVATE KEY", pkcs8(SMALL.private())))
    tiny = Numbers("tiny", 512)
    test("512 bits", "TooSmall", pem("PRIVATE KEY", pkcs8(tiny.private())), "key-size")
    group("PemPublicKey", SMALL)
    maybe("SubjectPublicKeyInfo", "Small", pem("PUBLIC KEY", spki(SMALL.public())))
    test("512 bits", "TooSmall", pem("PUBLIC KEY", spki(tiny.public())), "key-size")


def public():
    group("PemPublicKey", KEY)
    der = spki(KEY.public())
    shapes("PUBLIC KEY", der, "SubjectPublicKeyInfo")
    test("nothing", "Damaged", "", "encoding")
    maybe("PKCS#1", "Pkcs1Public", pem("RSA PUBLIC KEY", KEY.public()))
    maybe("PKCS#1 with the label of SubjectPublicKeyInfo", "Label", pem("PUBLIC KEY", KEY.public()))
    maybe("SubjectPublicKeyInfo with the label of PKCS#1", "Label", pem("RSA PUBLIC KEY", der))
    maybe("another public key behind it", "Several",
          pem("PUBLIC KEY", der) + pem("PUBLIC KEY", spki(OTHER.public())))
    for shown, text in (("PKCS#8", pem("PRIVATE KEY", pkcs8(KEY.private()))),
                        ("PKCS#1", pem("RSA PRIVATE KEY", KEY.private())), ("OpenSSH", openssh(KEY)),
                        ("labelled as a public key", pem("PUBLIC KEY", pkcs8(KEY.private()))),
                        ("encrypted", pbes2(pkcs8(KEY.private()), "secret"))):
        test(f"a private key, {shown}", "Leak", text,
             ["encoding", "key-kind"] if shown.startswith("labelled") else "key-kind")
    for name, _, text in others():
        test(name, "OtherKind", text, "key-kind")
    test("a certificate", "OtherKind", certificate(KEY), "key-kind")
    test("OpenSSH", "OtherKind", openssh_line(KEY), "key-kind")
    pss = spki(KEY.public(), PSS, b"")
    test("RSA-PSS, for signing", "OtherKind", pem("PUBLIC KEY", pss), "key-kind")
    bare = spki(KEY.public(), parameters=b"")
    maybe("no parameters instead of NULL", "Encoding", pem("PUBLIC KEY", bare))
    unused = pem("PUBLIC KEY", spki(KEY.public(), unused=3))
    test("bits that are not used", "Damaged", unused, "encoding")
    for exponent in (0, 1, 2, 65536, -3):
        test(f"e = {exponent}", "Exponent", pem("PUBLIC KEY", spki(KEY.public(e=exponent))),
             "key-numbers" if exponent >= 0 else ["encoding", "key-numbers"])
    test("n is even", "Inconsistent", pem("PUBLIC KEY", spki(KEY.public(n=KEY.n - 1))), "key-numbers")
    test("n is 0", "TooSmall", pem("PUBLIC KEY", spki(KEY.public(n=0))), "key-size")
    huge = int.from_bytes(b"\xc0" + STREAM.bytes(2046) + b"\1", "big")
    maybe("16384 bits", "Huge", pem("PUBLIC KEY", spki(KEY.public(n=huge))))
    maybe("an exponent of 2048 bits", "Huge", pem("PUBLIC KEY", spki(KEY.public(e=KEY.n - 2))))


private()
public()
sizes()
FILE.finish()
