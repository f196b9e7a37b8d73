#!/usr/bin/env python3
"""Writes form_made.json: what a user's client sends in answer to a form.

    python3 conformance/vectors/generators/form_made.py [--check]

`submit` below is the rule, from the protocol reference, sections 1.3, 4.3, 5.6, 6 and 7.
"""

from making import File, Stream
from making.bytes import b64, compact
from making.document import DETAILS, NATIVE
from making.scope import IDENTITY, PLAIN, TYPES, required_parts

NOTES = {
    "Complete": ("BASIC", "Everything asked for is stored, and nothing else is disclosed."),
    "NotAsked": ("CONFIDENTIALITY", "A selfie or translation is stored and was not asked for. Whoever "
                 "puts its secret into the credentials, shows the service what the user did not "
                 "agree to."),
    "NotInForm": ("CONFIDENTIALITY", "A value is stored that the form does not name, or that another "
                  "alternative made superfluous. Whoever sends it, discloses a whole document."),
    "OneOf": ("FUNCTIONALITY", "The first alternative that has everything asked for is taken, in the "
              "order of the form."),
    "Options": ("MISSING_STEP", "Options hold for the alternative that they stand at. Whoever mixes "
                "them up, sends a document without the selfie, or the selfie of another."),
    "Missing": ("MISSING_STEP", "Something asked for is not stored. Nothing may be sent: the service "
                "would get half an answer, and the user lose the other half."),
    "BrokenValue": ("MISSING_STEP", "A stored value lacks a part that its type must have, or its "
                    "document cannot be read: as good as not stored."),
    "NativeNames": ("MISSING_STEP", "Native names were asked for, and the language of the country is "
                    "not known to be English: first and last name must be stored."),
    "Plain": ("FUNCTIONALITY", "Phone number and e-mail are in the value hashes and not in the "
              "credentials. Whoever forgets them, has the whole form refused."),
    "Order": ("FUNCTIONALITY", "Chosen values are in the order of the form, not of the stored values. "
              "Files keep the order in which they are stored: the service pairs them by place."),
    "Hashes": ("MISSING_STEP", "Value hashes are the server's own, of any length, byte for byte: not "
               "those of data or files."),
    "NonceKey": ("AUTH_BYPASS", "nonce with a scope of the form {..}, else payload. Under the other "
                 "name the service finds none and must refuse."),
    "BadForm": ("MISSING_STEP", "A form that breaks the rules of forms. Whoever fills it in all the "
                "same, shows the user something else than the service asked for."),
    "LenientForm": ("FUNCTIONALITY", "An odd form that Telegram Desktop tolerates."),
}

HEADER = [
    "FormSubmit, with the fields of form.json. A value may also have document, the text of its data: "
    "where it has none, any sound document without native names stands for it.",
    "missingRows: nothing is sent, and these rows are not ready. An invalid case without missingRows "
    "is a form that must be refused. The languages of countries are not known to the client.",
    "failure: missing, combination (options and alternatives), duplicate.",
]

FILE = File("form_made", "PassportForm", HEADER, NOTES)
STREAM = Stream("telegram passport form 1")
SCOPE = '{"v":1,"d":["pd"]}'


def value(kind, document=None, hash_bytes=32, **parts):
    """A stored value with what its type must have; `parts` says how many of each there are."""
    counts = dict.fromkeys(required_parts(kind), 1) | parts
    pair = lambda: {"hash": b64(STREAM.bytes(32)), "secret": b64(STREAM.secret())}
    out = {"type": kind, "serverHash": STREAM.bytes(hash_bytes).hex(),
           "parts": {part: [pair() for _ in range(count)] for part,
                     count in counts.items() if count}}
    if document is not None:
        out["document"] = document if isinstance(document, str) else compact(document)
    return out


def ready(asked, it):
    """Whether a stored value has what this alternative asks for."""
    kind, parts = asked["type"], it["parts"]
    must = required_parts(kind)
    must += ["selfie"] * (kind in IDENTITY and asked.get("selfie_required", False))
    must += ["translation"] * asked.get("translation_required", False)
    document = it.get("document", "{}")
    native = not asked.get("native_names") or all(f'"{name}":"' in document for name in NATIVE)
    return all(part in parts for part in must) and native and document.startswith("{")


def keys(asked, it):
    """The credentials of a value: what was not asked for stays out."""
    out = {}
    for part, pairs in it["parts"].items():
        if asked.get(f"{part}_required", part not in ("selfie", "translation")):
            name = "data_hash" if part == "data" else "file_hash"
            made = [{name: pair["hash"], "secret": pair["secret"]} for pair in pairs]
            out[part] = made if part in ("files", "translation") else made[0]
    return out


def submit(scope, nonce, required, values):
    chosen, missing = [], []
    for number, row in enumerate(required):
        pairs = [(asked, it) for asked in row for it in values if it["type"] == asked["type"]]
        found = next((pair for pair in pairs if ready(*pair)), None)
        missing += [number] if found is None else []
        chosen += [] if found is None else [found]
    if missing:
        return {"missingRows": missing}
    secure_data = {it["type"]: keys(asked, it) for asked, it in chosen if it["type"] not in PLAIN}
    name = "nonce" if scope.startswith("{") and scope.endswith("}") else "payload"
    return {
        "chosen": [it["type"] for _, it in chosen],
        "valueHashes": [{"type": it["type"], "hash": it["serverHash"]} for _, it in chosen],
        "credentials": {"secure_data": secure_data, name: nonce},
    }


def test(comment, flag, required, values, failure=None, *, scope=SCOPE, result=None, bad=False):
    required = [[{"type": it} if isinstance(it, str) else it for it in row] for row in required]
    nonce = f"nonce-{FILE.count + 1}"
    fields = {"scope": scope, "nonce": nonce, "required": required, "values": values}
    if bad or failure in ("combination", "duplicate"):
        FILE.test(comment, [flag], "invalid", failure, **fields)
        return
    out = submit(scope, nonce, required, values)
    assert ("missingRows" in out) == (failure == "missing"), (comment, out)
    result = result or ("invalid" if failure else "valid")
    FILE.test(comment, [flag], result, failure, **fields, **out)


def asked(kind, *options):
    return {"type": kind} | {f"{it}_required" if it != "native_names" else it: True for it in options}


FILE.group("FormSubmit")
for kind in TYPES:
    flag = "Plain" if kind in PLAIN else "Complete"
    test(f"{kind}", flag, [[kind]], [value(kind)])
    test(f"{kind} is not stored", "Missing", [[kind]],
         [value("email" if kind != "email" else "address")],
         "missing")
every = [value(kind) for kind in TYPES]
test("all 13 types, stored in another order", "Order", [[kind] for kind in reversed(TYPES)], every)
test("all 13 types stored, one asked for", "NotInForm", [["address"]], every)
test("all 13 types stored, two plain ones asked for", "Plain", [["email"], ["phone_number"]], every)
test("nothing is stored", "Missing", [["passport"], ["email"]], [], "missing")
test("the first and the last row are missing", "Missing",
     [["passport"], ["email"], ["utility_bill"], ["address"]],
     [value("email"), value("utility_bill")], "missing")

for kind in (*IDENTITY, "utility_bill"):
    stored = {"translation": 2} | ({"selfie": 1} if kind in IDENTITY else {})
    test(f"{kind} with all that is optional, nothing of it asked for", "NotAsked", [[kind]],
         [value(kind, **stored)])
    test(f"{kind}, translation asked for", "NotAsked" if kind in IDENTITY else "Complete",
         [[asked(kind, "translation")]], [value(kind, **stored)])
    test(f"{kind}, translation asked for and not stored", "Missing", [[asked(kind, "translation")]],
         [value(kind)], "missing")
    if kind in IDENTITY:
        test(f"{kind}, selfie asked for", "NotAsked", [[asked(kind, "selfie")]],
             [value(kind, **stored)])
        test(f"{kind}, both asked for", "Complete", [[asked(kind, "selfie", "translation")]],
             [value(kind, **stored)])
        test(f"{kind}, selfie asked for and not stored", "Missing", [[asked(kind, "selfie")]],
             [value(kind, translation=2)], "missing")
test("20 files and 20 pages of translation", "Order", [[asked("bank_statement", "translation")]],
     [value("bank_statement", files=20, translation=20)])
test("20 pages of translation, not asked for", "NotAsked", [["bank_statement"]],
     [value("bank_statement", files=2, translation=20)])

row = ["passport", "driver_license", "identity_card"]
for kind in row:
    test(f"one of three, {kind} is stored", "OneOf", [row], [value(kind)])
test("one of three, all are stored, the last one first", "OneOf", [row],
     [value(it) for it in row[::-1]])
test("one of three, none is stored", "Missing", [row], [value("internal_passport")], "missing")
test("one of two, the first has no front side", "OneOf", [["passport", "internal_passport"]],
     [value("passport", front_side=0), value("internal_passport")])
test("a row of each group", "OneOf", [["passport", "identity_card"],
                                      ["utility_bill", "bank_statement"]],
     [value("bank_statement"), value("identity_card"), value("utility_bill")])
selfie = [asked("passport", "selfie"), asked("driver_license", "selfie")]
test("a selfie of both, only the second has one", "Options", [selfie],
     [value("passport"), value("driver_license", selfie=1)])
test("a selfie of both, the second has one and no reverse side", "Missing", [selfie],
     [value("passport"), value("driver_license", selfie=1, reverse_side=0)], "missing")
test("a selfie of the first only, which has none", "Options",
     [[asked("passport", "selfie"), "identity_card"]],
     [value("passport"), value("identity_card", selfie=1)])
test("a selfie of the second only, the first has one", "Options",
     [["passport", asked("identity_card", "selfie")]],
     [value("passport", selfie=1), value("identity_card", selfie=1)])
test("selfie of one, translation of the other, neither is stored", "Missing",
     [[asked("passport", "selfie"), asked("identity_card", "translation")]],
     [value("passport", translation=1), value("identity_card", selfie=1)], "missing")

for part, kind in (("data", "passport"), ("front_side", "driver_license"),
                   ("reverse_side", "identity_card"),
                   ("files", "rental_agreement"), ("data", "address"),
                   ("data", "personal_details")):
    test(f"{kind} is stored without {part}", "BrokenValue", [[kind], ["email"]],
         [value(kind, **{part: 0}), value("email")], "missing")
for shown, text in (("no JSON", "]"), ("a list", "[]"), ("a text", '"x"'), ("empty", "")):
    test(f"the document is {shown}", "BrokenValue", [["passport"]], [value("passport", text)],
         "missing")
test("the document of the first of two is no JSON", "BrokenValue", [["passport", "identity_card"]],
     [value("passport", "]"), value("identity_card")])
test("a broken value that is not asked for", "NotInForm", [["email"]],
     [value("passport", "]"), value("email")])

native = [[asked("personal_details", "native_names")]]
test("native names, both stored", "NativeNames", native,
     [value("personal_details", DETAILS | NATIVE)])
test("native names, none stored", "NativeNames", native, [value("personal_details", DETAILS)],
     "missing")
for name in NATIVE:
    test(f"native names, only {name} stored", "NativeNames", native,
         [value("personal_details", DETAILS | {name: NATIVE[name]})], "missing")
test("native names are stored and not asked for: the document goes as it is", "Complete",
     [["personal_details"]], [value("personal_details", DETAILS | NATIVE)])

for count in (1, 16, 31, 33, 64, 255, 300):
    test(f"server hash of {count} bytes", "Hashes", [["passport"], ["email"]],
         [value("passport", hash_bytes=count), value("email", hash_bytes=count)])

for scope, shown in ((SCOPE, "an object"), ("{}", "an empty object"),
                     ("{x}", "braces around no JSON"),
                     ('["address"]', "an array"), ("address", "a word"),
                     (" {}", "a space before the object"),
                     ("{}\n", "a line end behind the object"), ("{", "an opening brace"),
                     ("}{", "braces the wrong way round"), ("[{}]", "an object in an array")):
    test(f"scope: {shown}", "NonceKey", [["address"]], [value("address")], scope=scope)

test("a row without types", "BadForm", [["email"], []], [value("email")], "missing", bad=True)
for first in ("personal_details", "address", "phone_number", "email"):
    test(f"{first} or a passport", "BadForm", [[first, "passport"]],
         [value(first), value("passport")], "combination")
test("a type in two rows", "BadForm", [["passport"], ["passport"]], [value("passport")],
     "duplicate")
test("a type in a row and among alternatives", "BadForm",
     [["passport"], ["identity_card", "passport"]],
     [value("passport"), value("identity_card")], "duplicate")
test("a type twice among alternatives", "BadForm", [["passport", "passport"]], [value("passport")],
     "duplicate")
test("two stored values of one type", "BadForm", [["email"]], [value("email"), value("email")],
     "duplicate")
test("two stored values of a type that is not asked for", "BadForm", [["email"]],
     [value("email"), value("passport"), value("passport")], "duplicate")
for kind, options in (("personal_details", ("selfie", "translation")),
                      ("address", ("selfie", "translation", "native_names")),
                      ("phone_number", ("selfie",)), ("email", ("translation", "native_names")),
                      ("passport", ("native_names",)), ("utility_bill", ("native_names",))):
    for option in options:
        test(f"{option} of {kind}", "BadForm", [[asked(kind, option)]], [value(kind)], "combination")
test("a selfie asked of a bill, which cannot have one", "LenientForm",
     [[asked("utility_bill", "selfie")]],
     [value("utility_bill")], result="acceptable")
test("an identity document or a bill", "LenientForm", [["passport", "utility_bill"]],
     [value("utility_bill")],
     result="acceptable")
FILE.finish()
