#!/usr/bin/env python3
"""Writes scope_made.json: which scopes may be requested.

    python3 conformance/vectors/generators/scope_made.py [--check]

The rules are written anew in making/scope.py, from the protocol reference, section 5.
"""

from making import File
from making.scope import ADDRESS, ALIASES, IDENTITY, OPTIONS, TYPES, Wrong, allowed, check

NOTES = {
    "Type": ("BASIC", "Every type, by its long and its short name. Whoever does not know one, cannot "
             "ask for that document."),
    "UnknownType": ("MISSING_STEP", "No such type. Whoever takes it, builds a link on which the "
                    "server answers with an error, at the user's desk."),
    "Form": ("FUNCTIONALITY", "Long form, short form, and what the official JavaScript SDK writes, "
             "which has something of both. A reader must know all."),
    "Mixed": ("FUNCTIONALITY", "Names and keys of both forms, as nobody official writes them."),
    "Flag": ("BASIC", "An option is true, false, 1 or 0."),
    "FlagType": ("CAN_OF_WORMS", "An option is something else. Whoever asks for its truth by the "
                 "rules of their language, takes the text false for true: the user is asked for a "
                 "selfie that nobody wants, or is not asked for one that is needed."),
    "Option": ("MISSING_STEP", "Selfie: identity documents and id_document. Translation: documents. "
               "Native names: personal details. Elsewhere an option must be refused: the service "
               "would wait for what never comes."),
    "OptionOff": ("FUNCTIONALITY", "An option that the type cannot have, but switched off."),
    "OneOf": ("BASIC", "Alternatives: all of the identity group, or all of the address group."),
    "OneOfMixed": ("MISSING_STEP", "Alternatives of two groups, or of none. Whoever takes them, lets "
                   "a bill pass where an identity document is wanted."),
    "OneOfAlias": ("MISSING_STEP", "An alias or further alternatives among alternatives: the official "
                   "SDKs refuse it, and clients do not show such a row."),
    "OneOfSingle": ("FUNCTIONALITY", "A single alternative: odd, and harmless."),
    "Twice": ("MISSING_STEP", "Each type at most once in the whole scope, alternatives included. "
              "Telegram Desktop refuses a form in which one repeats: the user sees an error."),
    "TwiceByAlias": ("MISSING_STEP", "The same by an alias, which stands for its members. That this "
                     "counts is inferred, so it may be taken."),
    "Alias": ("BASIC", "Aliases stand for three types each, and not for internal passports and "
              "registrations: beside those they are no repetition."),
    "Version": ("MISSING_STEP", "The version must be there and be 1. Of another version nobody knows "
                "what it means."),
    "Empty": ("MISSING_STEP", "Nothing is asked for: a form without rows."),
    "Shape": ("MISSING_STEP", "Something of another type stands where an object, a list or a text "
              "must be. Whoever relies on it, crashes at the word of whoever made the link."),
    "UnknownKey": ("FUNCTIONALITY", "A key without a meaning: to be ignored with a warning, or to be "
                   "refused by a strict reader."),
}

HEADER = [
    "ScopeValidate: whether a scope may be requested. The field scope is JSON, in the long or the "
    "short form.",
    "failure: missing (also: an empty list), unknown (version or name of a type), json (a value of "
    "another type), combination (options and alternatives), duplicate.",
]

FILE = File("scope_made", "PassportScope", HEADER, NOTES)
FILE.group("ScopeValidate")


def test(comment, flag, scope, result="valid"):
    """`result` as a class of failure means invalid."""
    try:
        check(scope)
        found = "valid"
    except Wrong as wrong:
        found = wrong.args[0]
    if result == "acceptable":
        FILE.test(comment, [flag], result, scope=scope)
        return
    assert found == result, (comment, found)
    if result == "valid":
        FILE.test(comment, [flag], result, scope=scope)
    else:
        FILE.test(comment, [flag], "invalid", result, scope=scope)


def rows(*elements):
    return {"v": 1, "data": list(elements)}


def short(*elements):
    return {"v": 1, "d": list(elements)}


for name in TYPES | ALIASES:
    code = (TYPES | ALIASES)[name]
    test(f"{name}", "Type", rows(name))
    test(f"{name}, in short {code}", "Type", short({"_": code}))
for name in ("visa", "", "Passport", "PP", " passport", "passport\u0000", "secureValueTypePassport",
             "pasport", "idd_", "v", "p\u0430ssport"):
    test(f"unknown type {name!a}", "UnknownType", rows(name), "unknown")
    test(f"unknown type {name!a} among alternatives", "UnknownType",
         rows({"one_of": ["passport", name]}), "unknown")

test("all 13 types, as texts", "Form", rows(*TYPES))
test("all 13 types, in short", "Form", short(*TYPES.values()))
test("the official example", "Form", short(
    {"_": "pd", "n": 1}, "ad", "pn", "em", {"_": [{"_": "pp", "s": 1, "t": 1}, "ip", "dl", "ic"]},
    {"_": ["ub", "bs", "ra", "pr", "tr"]}))
test("the official example, long", "Form", rows(
    {"type": "personal_details", "native_names": True}, "address", "phone_number", "email",
    {"one_of": [{"type": "passport", "selfie": True, "translation": True}, *list(IDENTITY)[1:]]},
    {"one_of": list(ADDRESS)}))
test("short, with an option that is off under its long name, as the SDK leaves it", "Form",
     short({"_": "pp", "s": 1, "translation": False}))
test("short, options as booleans", "Form", short({"_": ["pp", "dl"], "s": True, "t": True}))
test("data before the version", "Form", {"data": ["email"], "v": 1})
test("the short list with long names", "Mixed", short("passport"), "acceptable")
test("the long list with short names", "Mixed", rows("pp"), "acceptable")
test("the long key with a short name", "Mixed", short({"type": "pp", "s": 1}), "acceptable")
test("both lists", "Mixed", {"v": 1, "d": ["pp"], "data": ["email"]}, "acceptable")
test("an option under both names", "Mixed", short({"_": "pp", "s": 1, "selfie": False}),
     "acceptable")
test("type and alternatives at once", "Mixed", rows({"type": "email", "one_of": ["passport"]}),
     "acceptable")

for value in (True, False, 1, 0):
    test(f"selfie is {value!r}", "Flag", rows({"type": "passport", "selfie": value}))
    test(f"s is {value!r}", "Flag", short({"_": "pp", "s": value}))
for value in (2, -1, 0.5, "true", "false", "1", "", None, [], [True], {}):
    for at, scope in (("an element", rows({"type": "passport", "selfie": value})),
                      ("alternatives", rows({"one_of": ["passport"], "selfie": value})),
                      ("a member", rows({"one_of": [{"type": "passport", "selfie": value}]}))):
        if at == "an element" or value in (2, "false", None):
            test(f"selfie of {at} is {value!r}", "FlagType", scope, "json")

for name in TYPES | ALIASES:
    for option in OPTIONS:
        right = allowed(name, option)
        test(f"{option} of {name}", "Option", rows({"type": name, option: True}),
             "valid" if right else "combination")
        if not right and name in ("email", "utility_bill", "passport"):
            test(f"{option} of {name}, switched off", "OptionOff",
                 rows({"type": name, option: False}),
                 "acceptable")
for group, options in ((IDENTITY, {"selfie", "translation"}), (ADDRESS, {"translation"})):
    names = list(group)
    for option in OPTIONS:
        result = "valid" if option in options else "combination"
        test(f"{option} of alternatives such as {names[0]}", "Option",
             rows({"one_of": names, option: True}), result)
        test(f"{option} of one alternative, {names[1]}", "Option",
             rows({"one_of": [names[0], {"type": names[1], option: True}]}), result)

test("all identity documents", "OneOf", rows({"one_of": list(IDENTITY)}))
test("all address documents", "OneOf", rows({"one_of": list(ADDRESS)}))
test("one row of each group", "OneOf", rows({"one_of": ["passport", "identity_card"]},
                                            {"one_of": ["utility_bill", "rental_agreement"]}))
test("two rows of one group", "OneOf", rows({"one_of": ["passport", "identity_card"]},
                                            {"one_of": ["driver_license", "internal_passport"]}))
test("a member as an object without options", "OneOf", rows({"one_of": [{"type": "passport"},
                                                                        "driver_license"]}))
for names in (["passport", "utility_bill"], ["utility_bill", "passport"], ["email", "passport"],
              ["passport", "email"], ["personal_details", "address"], ["phone_number", "email"],
              ["address", "utility_bill"], ["personal_details", "passport"]):
    test(f"alternatives {' or '.join(names)}", "OneOfMixed", rows({"one_of": names}), "combination")
for alias, other in (("id_document", "internal_passport"), ("address_document", "utility_bill")):
    test(f"{alias} among alternatives", "OneOfAlias", rows({"one_of": [other, alias]}), "combination")
    test(f"{alias} as the first alternative", "OneOfAlias", rows({"one_of": [alias, other]}),
         "combination")
test("alternatives among alternatives", "OneOfAlias", rows({"one_of": [
    "driver_license", {"one_of": ["passport", "identity_card"]}]}), "combination")
test("alternatives among alternatives, in short", "OneOfAlias", short({"_": ["dl", {"_": ["pp"]}]}),
     "combination")
test("a single alternative", "OneOfSingle", rows({"one_of": ["passport"]}), "acceptable")
test("no alternatives", "Empty", rows({"one_of": []}), "missing")
test("no alternatives, behind a sound row", "Empty", rows("email", {"one_of": []}), "missing")
test("no elements", "Empty", rows(), "missing")
test("no elements, in short", "Empty", short(), "missing")

for first, second in (("passport", "passport"), ("email", {"type": "email"}),
                      ("utility_bill", {"one_of": ["bank_statement", "utility_bill"]}),
                      ({"one_of": ["passport", "driver_license"]}, "driver_license"),
                      ({"one_of": ["passport", "driver_license"]},
                       {"one_of": ["identity_card", "passport"]})):
    test(f"twice: {first} and {second}", "Twice", rows(first, second), "duplicate")
test("twice among the alternatives of a row", "Twice", rows({"one_of": ["passport", "passport"]}),
     "duplicate")
test("twice, with other options", "Twice", rows("passport", {"type": "passport", "selfie": True}),
     "duplicate")
test("twice, once in short", "Twice", short("em", {"_": "em"}), "duplicate")
for alias, inside, outside in (("id_document", "identity_card", "internal_passport"),
                               ("address_document", "bank_statement", "temporary_registration")):
    test(f"{alias} and {outside}", "Alias", rows(alias, outside))
    test(f"{alias} and {inside}", "TwiceByAlias", rows(alias, inside), "acceptable")
    test(f"{alias} twice", "Twice", rows(alias, alias), "duplicate")
test("both aliases", "Alias", rows("id_document", "address_document"))

test("no version", "Version", {"data": ["email"]}, "missing")
for version, result in ((0, "unknown"), (2, "unknown"), (-1, "unknown"),
                        (1 << 70, "unknown"), (1.5, "unknown"), ("1", "json"),
                        (None, "json"),
                        (True, "json"), ([1], "json"), (1.0, "acceptable")):
    test(f"version {version!r}", "Version", {"v": version, "data": ["email"]}, result)
test("no list", "Shape", {"v": 1}, "missing")
for value in ({}, "email", None, 1, True, {"0": "email"}):
    test(f"the list is {value!r}", "Shape", {"v": 1, "data": value}, "json")
for value in (None, 1, True, [], ["email"], 1.5):
    test(f"an element is {value!r}", "Shape", rows("email", value), "json")
    test(f"an alternative is {value!r}", "Shape", rows({"one_of": ["passport", value]}), "json")
for element, result in (({}, "missing"), ({"selfie": True}, "missing"), ({"type": None}, "json"),
                        ({"type": 1}, "json"), ({"type": ["passport"]}, "json"),
                        ({"_": None}, "json"),
                        ({"one_of": "passport"}, "json"), ({"one_of": {"0": "passport"}}, "json")):
    test(f"an element is {element!r}", "Shape", rows(element), result)
for scope in (None, 1, "email", ["passport"], [], True):
    test(f"the scope is {scope!r}", "Shape", scope, "json")
test("an unknown key beside the list", "UnknownKey", {"v": 1, "data": ["email"], "x": [{}]},
     "acceptable")
test("an unknown option", "UnknownKey", rows({"type": "passport", "hologram": True}), "acceptable")
test("an unknown option of alternatives", "UnknownKey", rows({"one_of": list(IDENTITY), "x": 1}),
     "acceptable")
for shown, scope in (("long", rows({"one_of": [{"type": "passport", "selfie": True}, "passport"]})),
                     ("short", short({"_": ["pp", {"_": "pp", "s": 1}]}))):
    test(f"twice among the alternatives of a row, once with an option, {shown}", "Twice", scope,
         "duplicate")
FILE.finish()
