#!/usr/bin/env python3
"""Writes required_made.json: whether a submission holds what was asked for.

    python3 conformance/vectors/generators/required_made.py [--check]

The submissions are encrypted in making/submission.py. `unmet` below is the rule, from the protocol
reference, sections 5 and 6, held against what each submission was made of.
"""

from making import File, Stream
from making.credentials import Key
from making.document import DETAILS, NATIVE
from making.scope import ADDRESS, IDENTITY, PLAIN, TYPES, check, required_parts
from making.submission import Submission

NOTES = {
    "Complete": ("BASIC", "Everything asked for is there."),
    "Absent": ("MISSING_STEP", "An element that was asked for is not there at all."),
    "OneOf": ("FUNCTIONALITY", "One of the alternatives suffices, whichever it is. Whoever wants the "
              "first one, turns people away who did what they were asked."),
    "OneOfSplit": ("AUTH_BYPASS", "No alternative is complete, though together they have "
                   "everything. Whoever adds them up, takes one person's selfie for the document of "
                   "another."),
    "OtherGroup": ("AUTH_BYPASS", "Another document than those asked for, such as a bill for a "
                   "passport. Whoever counts documents only, takes it."),
    "Alias": ("MISSING_STEP", "id_document and address_document stand for three types each; internal "
              "passports and registrations are not among them."),
    "Selfie": ("MISSING_STEP", "A selfie was asked for, and its file or its credentials are missing. "
               "Whoever looks at one of the two only, accepts a document without its holder."),
    "Translation": ("MISSING_STEP", "A translation was asked for, and its files or its credentials "
                    "are missing."),
    "NativeNames": ("MISSING_STEP", "Native names were asked for: first and last name; a middle name "
                    "is optional. Where the language of the country is English, clients do not ask "
                    "for them, so a library may leave that to the service."),
    "Sides": ("MISSING_STEP", "A side, the document's data or the files that belong to the type are "
              "missing. Whoever does not look, accepts half a document."),
    "Unreadable": ("MISSING_STEP", "A part was sent, but the credentials do not name it, so nobody "
                   "can decrypt it. Whoever counts it, accepts what was never seen."),
    "More": ("FUNCTIONALITY", "More than asked for, or of an unknown type: that fulfils nothing and "
             "harms nothing."),
    "Options": ("FUNCTIONALITY", "Options of a row count for every alternative, those of a member "
                "only for that one."),
}

HEADER = [
    "ScopeFulfilled: missing are the indices in the scope's list that are not fulfilled; the result "
    "is valid if there are none. All messages can be opened; the nonce is \"req\".",
    "acceptable: a library may count the row as fulfilled. failure: missing.",
]

FILE = File("required_made", "PassportRequired", HEADER, NOTES)
STREAM = Stream("telegram passport required 1")
KEY = Key.of("messages.json")


def submission():
    return Submission(STREAM, KEY, "req")


FILE.group("ScopeFulfilled", privateKeyPem=KEY.pem)


def complete(made, documents, name, options):
    """Whether an element of that type is there with all it must have and all that was asked for."""
    elements = [element for element in made.elements if element["type"] == name]
    if not elements:
        return False
    element, keys = elements[0], made.secure_data.get(name, {})
    if name in PLAIN:
        return bool(element.get(name))
    parts = required_parts(name) + [it for it in ("selfie", "translation") if it in options]
    if not all(element.get(part) and keys.get(part) for part in parts):
        return False
    document = documents.get(name, {})
    return "native_names" not in options or all(document.get(it) for it in NATIVE)


def unmet(scope, made, documents):
    rows = enumerate(check(scope))
    return [index for index, row in rows
            if not any(complete(made, documents, *alternative) for alternative in row)]


def test(comment, flag, elements, made, missing=(), result=None, documents=None, short=False):
    scope = {"v": 1, "d" if short else "data": elements}
    assert unmet(scope, made, documents or {}) == list(missing), comment
    fields = {"scope": scope, "passportData": made.bot_api(), "missing": list(missing)}
    result = result or ("invalid" if missing else "valid")
    FILE.test(comment, [flag], result, "missing" if result == "invalid" else None, **fields)


def without(made, kind, part, where="keys"):
    """Takes a part out of the credentials, or out of the element."""
    if where == "keys":
        del made.secure_data[kind][part]
    else:
        del made.named(kind)[part]
    return made


SELFIE = {"type": "passport", "selfie": True}

for kind in TYPES:
    test(f"{kind} alone", "Complete", [kind], submission().add(kind))
    other = "email" if kind != "email" else "phone_number"
    test(f"{kind} is asked for, {other} came", "Absent", [kind], submission().add(other), [0])
everything = submission()
for kind in reversed(TYPES):
    everything.add(kind)
test("all 13 types, in another order than asked for", "Complete", list(TYPES), everything)
test("nothing came", "Absent", ["passport", "address", "email"], submission(), [0, 1, 2])
test("the second of three is missing", "Absent", ["email", "address", "phone_number"],
     submission().add("email").add("phone_number"), [1])

either = {"one_of": ["passport", "driver_license", "identity_card"]}
for kind in either["one_of"]:
    test(f"one of three: {kind}", "OneOf", [either], submission().add(kind))
test("one of three, and two came", "OneOf", [either],
     submission().add("passport").add("identity_card"))
test("one of three: the first lacks its front, the last is complete", "OneOf", [either],
     submission().add("passport", front_side=False).add("identity_card"))
test("the alternatives in short", "OneOf", [{"_": ["ub", "bs"]}],
     submission().add("bank_statement"),
     short=True)
test("no alternative came", "Absent", [either], submission().add("internal_passport"), [0])
test("one has the selfie, the other has both sides", "OneOfSplit",
     [{"one_of": ["passport", "driver_license"], "selfie": True}],
     submission().add("passport").add("driver_license", selfie=True, reverse_side=False), [0])
test("one has the selfie, the other the translation", "OneOfSplit",
     [{"one_of": ["passport", "internal_passport"], "selfie": True, "translation": True}],
     submission().add("passport", selfie=True).add("internal_passport", translation=1), [0])
test("a bill for a passport", "OtherGroup", ["passport"], submission().add("utility_bill"), [0])
test("an address for a bill", "OtherGroup", ["utility_bill"], submission().add("address"), [0])
test("a passport for personal details", "OtherGroup", ["personal_details"],
     submission().add("passport"), [0])
test("an internal passport for a passport", "OtherGroup", ["passport"],
     submission().add("internal_passport"), [0])

for alias, group in (("id_document", IDENTITY), ("address_document", ADDRESS)):
    for kind in group:
        inside = kind not in ("internal_passport", "passport_registration",
                              "temporary_registration")
        test(f"{alias}: {kind}", "Alias", [alias], submission().add(kind), [] if inside else [0])
test("id_document with a selfie: a driver license with one", "Alias",
     [{"type": "id_document", "selfie": True}], submission().add("driver_license", selfie=True))
test("id_document with a selfie: a driver license without one", "Selfie",
     [{"type": "id_document", "selfie": True}], submission().add("driver_license"), [0])

test("the selfie is there", "Complete", [SELFIE], submission().add("passport", selfie=True))
test("the selfie is not there", "Selfie", [SELFIE], submission().add("passport"), [0])
test("the selfie has no credentials", "Unreadable", [SELFIE],
     without(submission().add("passport", selfie=True), "passport", "selfie"), [0])
test("the selfie has credentials and no file", "Selfie", [SELFIE],
     without(submission().add("passport", selfie=True), "passport", "selfie", "element"), [0])
test("the selfie belongs to another document", "Selfie", [SELFIE],
     submission().add("passport").add("internal_passport", selfie=True), [0])
test("the selfie has no credentials, and was not asked for", "More", ["passport"],
     without(submission().add("passport", selfie=True), "passport", "selfie"))
for kind in ("utility_bill", "driver_license"):
    asked = {"type": kind, "translation": True}
    test(f"{kind}, one page of translation", "Complete", [asked],
         submission().add(kind, translation=1))
    test(f"{kind}, twenty pages of translation", "Complete", [asked],
         submission().add(kind, translation=20))
    test(f"{kind}, no translation", "Translation", [asked], submission().add(kind), [0])
    test(f"{kind}, a translation without credentials", "Unreadable", [asked],
         without(submission().add(kind, translation=2), kind, "translation"), [0])
    test(f"{kind}, credentials without a translation", "Translation", [asked],
         without(submission().add(kind, translation=2), kind, "translation", "element"), [0])
test("selfie and translation, both there", "Complete",
     [{"type": "passport", "selfie": True, "translation": True}],
     submission().add("passport", selfie=True, translation=3))
test("selfie and translation, only the selfie there", "Translation",
     [{"type": "passport", "selfie": True, "translation": True}],
     submission().add("passport", selfie=True), [0])

for part, kind in (("front_side", "passport"), ("reverse_side", "identity_card"),
                   ("data", "passport"),
                   ("data", "address"), ("files", "bank_statement")):
    parts = {part: 0 if part == "files" else False}
    test(f"{kind} without {part}", "Sides", [kind], submission().add(kind, **parts), [0])
    test(f"{kind}, {part} without credentials", "Unreadable", [kind],
         without(submission().add(kind), kind, part), [0])
test("a phone number without its text", "Sides", ["phone_number"],
     submission().add("phone_number", phone_number=None), [0])
test("one file suffices", "Complete", ["utility_bill"], submission().add("utility_bill", files=1))
test("twenty files", "Complete", ["utility_bill"], submission().add("utility_bill", files=20))

NAMES = {"type": "personal_details", "native_names": True}
for comment, document in (
    ("both native names", DETAILS | NATIVE),
    ("both native names and a middle one", DETAILS | NATIVE | {"middle_name_native": "\u0411"}),
    ("no native names", DETAILS),
    ("only the first native name", DETAILS | {"first_name_native": "\u0410"}),
    ("only the last native name", DETAILS | {"last_name_native": "\u0410"}),
    ("native names that are empty", DETAILS | dict.fromkeys(NATIVE, "")),
    ("native names that are null", DETAILS | dict.fromkeys(NATIVE)),
    ("only a native middle name", DETAILS | {"middle_name_native": "\u0410"}),
):
    made = submission().add("personal_details", document)
    met = all(document.get(name) for name in NATIVE)
    test(f"{comment}, asked for", "Complete" if met else "NativeNames", [NAMES], made,
         [] if met else [0], None if met else "acceptable", {"personal_details": document})
test("no native names, not asked for", "Complete", ["personal_details"],
     submission().add("personal_details"))

member = {"one_of": [{"type": "passport", "selfie": True}, "identity_card"]}
test("a selfie asked of the first member only, the second came", "Options", [member],
     submission().add("identity_card"))
test("a selfie asked of the first member only, the first came without", "Selfie", [member],
     submission().add("passport"), [0])
test("a selfie asked of the row, the second came without", "Options",
     [{"one_of": ["passport", "identity_card"], "selfie": True}], submission().add("identity_card"),
     [0])
test("selfie of the row and translation of the member", "Options",
     [{"one_of": [{"type": "passport", "translation": True}, "identity_card"], "selfie": True}],
     submission().add("passport", selfie=True, translation=1))
test("options that are switched off", "Options",
     [{"_": "pp", "s": 0, "t": False}], submission().add("passport"), short=True)
test("an element of an unknown type beside", "More", ["email"],
     submission().add("email").add("hologram", data=False))
test("everything, though only an e-mail was asked for", "More", ["email"], everything)
FILE.finish()
