#!/usr/bin/env python3
"""Writes documents_made.json: the JSON documents, as they are read and as they should be written.

    python3 conformance/vectors/generators/documents_made.py [--check]

Reader and rules are written anew in making/document.py.
"""

from making import File
from making.bytes import compact
from making.document import DETAILS, HOME, NATIVE, NUMBER, check, outcome, read

NOTES = {
    "Plain": ("BASIC", "As official clients write it."),
    "Order": ("FUNCTIONALITY", "Keys in any order, white space anywhere."),
    "Unknown": ("FUNCTIONALITY", "Unknown keys, whatever they hold, are passed over. Whoever refuses "
                "them, refuses all documents from the day on which Telegram adds a field."),
    "Deep": ("RESOURCES", "An unknown key holds arrays within arrays. It may be refused, but "
             "must not cost the stack of the program."),
    "Tolerated": ("FUNCTIONALITY", "null is as good as nothing, a number counts as its text: clients "
                  "wrote both."),
    "NumberForm": ("CAN_OF_WORMS", "A number that a floating-point reader changes. It may be refused; "
                   "whoever takes it, must keep its characters: 007 and 7 are two passports."),
    "WrongType": ("MISSING_STEP", "A known key holds a truth value, an array or an object. Whoever "
                  "prints it as text, stores True or [object Object] as somebody's name."),
    "Empty": ("FUNCTIONALITY", "Empty and missing are the same; expected leaves both out."),
    "Escape": ("FUNCTIONALITY", "The escapes of JSON, also in keys. TDLib escapes all that is not "
               "ASCII, so whoever reads them wrongly, misspells everybody's name."),
    "Surrogate": ("CAN_OF_WORMS", "Half a surrogate pair: no character. Whoever lets it in, has text "
                  "that other parts of the program cannot write down."),
    "NotUtf8": ("CAN_OF_WORMS", "The text is not UTF-8. Whoever repairs it, has another name than the "
                "one whose hash was checked."),
    "NotJson": ("MISSING_STEP", "No JSON. A lenient reader sees another document than the next one."),
    "NotObject": ("MISSING_STEP", "JSON, but no object."),
    "Twice": ("CAN_OF_WORMS", "A known key twice, with two texts. Readers differ in which they "
              "believe, so one system of a service sees another person than the next."),
    "Mark": ("CAN_OF_WORMS", "A byte order mark before the object. It may be refused or skipped."),
    "Hygiene": ("CAN_OF_WORMS", "Control characters and marks of direction, which TDLib cleans away "
                "and others keep. A reader that keeps them shows names that look like others."),
    "Rules": ("BASIC", "Keeps all rules, at their limits."),
    "Missing": ("MISSING_STEP", "A required field is missing, empty or null: half a document."),
    "Date": ("MISSING_STEP", "Not DD.MM.YYYY, or no day that the calendar has. Whoever takes it, "
             "computes an age from nonsense."),
    "Leap": ("BASIC", "Gregorian leap years: every fourth, not every hundredth, but every four "
             "hundredth."),
    "Length": ("MISSING_STEP", "Longer or shorter than official clients can save. The next client that "
               "the user edits it with refuses it."),
    "LengthUnit": ("CAN_OF_WORMS", "Within the limit in code points and beyond it in UTF-16 units: "
                   "clients count differently."),
    "InputLimit": ("CAN_OF_WORMS", "Longer than the input field of one client, which is no rule."),
    "Letters": ("MISSING_STEP", "A character that the field cannot have. Names are compared with those "
                "of Latin registers: a letter that only looks Latin is another name."),
    "Word": ("MISSING_STEP", "Not one of the words: gender is male or female, a country two letters "
             "from A to Z."),
}

HEADER = [
    "DocumentRead: what a tolerant reader makes of the document that was decrypted. expected has the "
    "fields that are not empty, as text, unchanged.",
    "DocumentCheck: whether the document keeps the rules of both TDLib and Telegram Desktop, so that "
    "every client can save it; writers must keep them, readers may tell. An invalid one breaks one "
    "rule, at field. With nativeNames, native names were asked for.",
    "The document is in document, as text, or in documentHex. elementType says what it belongs to. "
    "failure: utf-8 (also: half a surrogate pair), json, duplicate, rule.",
]

FILE = File("documents_made", "PassportDocument", HEADER, NOTES)
KIND = {"elementType": "personal_details", "nativeNames": False}
FULL = {"personal_details": DETAILS | NATIVE | {"middle_name": "Maria",
                                                "middle_name_native": "\u041c"},
        "address": HOME | {"street_line2": "c/o Ada", "state": "Berlin"}}


def group(kind, element_type, native_names=False):
    KIND.update(elementType=element_type, nativeNames=native_names)
    FILE.group(kind, **KIND)


def named(comment):
    return f"{KIND['elementType']}{' with native names' * KIND['nativeNames']}: {comment}"


def test_read(comment, flag, document, failure=None, result=None, expected=None):
    """A document as text, as bytes, or as an object; `expected` where the reader here has its own
    limits."""
    text = compact(document) if isinstance(document, dict) else document
    data = text if isinstance(text, bytes) else text.encode()
    found, (wrong, _) = expected, (None, None)
    if expected is None:
        found, (wrong, _) = outcome(read, KIND["elementType"], data)
    fields = {"documentHex": data.hex()} if isinstance(text, bytes) else {"document": text}
    assert wrong == failure, (comment, wrong)
    if found is not None:
        fields["expected"] = found
    FILE.test(named(comment), [flag], result or ("invalid" if failure else "valid"), failure,
              **fields)


def test_check(comment, flag, document, field=None, result=None):
    text = compact(document) if isinstance(document, dict) else document
    _, (failure, found) = outcome(check, KIND["elementType"], KIND["nativeNames"], text.encode())
    fields = {"document": text}
    if result is None:
        assert found == field, (comment, found)
        fields |= {"field": field} if field else {}
        failure = "rule" if field else None
    result = result or ("invalid" if field else "valid")
    FILE.test(named(comment), [flag], result, failure if result == "invalid" else None, **fields)


def reading(name):
    """Cases that are the same for every type; `name` is a field that any text can stand in."""
    one = lambda text: '{"%s":%s}' % (name, text)
    full = FULL.get(KIND["elementType"], NUMBER)
    test_read("all fields", "Plain", full)
    test_read("no fields", "Empty", "{}")
    test_read("all fields empty", "Empty", dict.fromkeys(full, ""))
    test_read("all fields null", "Tolerated", dict.fromkeys(full))
    test_read("the keys from last to first", "Order", dict(reversed(full.items())))
    test_read("white space everywhere", "Order", ' \t\r\n{ "%s"\n:\t"x" \r, "x" : 1 } \n' % name)
    test_read("one unknown key of each type", "Unknown",
              '{"a":1,"b":true,"c":null,"d":[{}],"e":{"%s":"y"},"f":"","%s":"x"}' % (name, name))
    test_read("keys in capitals are unknown", "Unknown", '{"%s":"y"}' % name.upper())
    test_read("an unknown key twice", "Unknown", '{"new":1,"new":2,"%s":"x"}' % name)
    test_read("a number", "Tolerated", one("123456"))
    test_read("zero", "Tolerated", one("0"))
    test_read("a negative number", "Tolerated", one("-7"))
    for number in ("1.50", "1e5", "-0", "123456789012345678901234567890", "0.1e-7"):
        test_read(f"the number {number}", "NumberForm", one(number), result="acceptable")
    for value in ("true", "false", "[]", "{}", '["x"]', '{"x":"y"}'):
        test_read(f"a field is {value}", "WrongType", one(value), "json")
    test_read("a field is an array behind a sound one", "WrongType",
              compact(full | {list(full)[-1]: []}), "json")
    for shown, text in (("an umlaut", "\\u00e4"), ("an emoji as a pair", "\\ud83d\\ude00"),
                        ("capital digits", "\\u00C4"), ("all short ones", '\\"\\\\\\/\\n'),
                        ("mixed with raw text", "a\\u0062c\u0416"),
                        ("a literal backslash u", "\\\\u0041"),
                        ("what HTML escapes", "&amp;<\\u003e")):
        test_read(f"escapes: {shown}", "Escape", one(f'"{text}"'))
    test_read("an escape in a key", "Escape", '{"\\u%04x%s":"x"}' % (ord(name[0]), name[1:]))
    test_read("decomposed letters stay so", "Plain", one('"a\u0308"'))
    for shown, text in (("high half alone", "\\ud83d"), ("low half alone", "\\ude00"),
                        ("halves the wrong way round", "\\ude00\\ud83d"),
                        ("high half before a letter", "\\ud83dx"),
                        ("two high halves", "\\ud83d\\ud83d")):
        test_read(shown, "Surrogate", one(f'"{text}"'), "utf-8")
    for shown, raw in (("a lone continuation", b"\x80"), ("Latin-1", b"M\xfcller"),
                       ("overlong", b"\xc0\xaf"),
                       ("a surrogate", b"\xed\xa0\x80"), ("cut", b"\xe2\x82")):
        test_read(f"not UTF-8: {shown}", "NotUtf8", one('"~"').encode().replace(b"~", raw),
                  "utf-8")
    test_read("not UTF-8, in an unknown key", "NotUtf8", b'{"x":"\xff"}', "utf-8")
    test_read("UTF-16", "NotUtf8", "\ufeff{}".encode("utf-16-be"), "utf-8")
    for text in ("", " ", "{", "}", "{}}", "{}{}", '{"a"}', '{"a":}', '{"a":1,}', "{,}", "{'a':1}",
                 "{a:1}",
                 '{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":1.}', '{"a":NaN}', '{"a":-Infinity}',
                 '{"a":0x1}',
                 '{"a":"\n"}', '{"a":"\x00"}', '{"a":"\\x41"}', '{"a":"\\u12"}', '{"a":TRUE}',
                 '{"a":1}x', '{"a":1}//', '/**/{"a":1}', '{"a":[1}', '{"a":"b}', '{"a":1 "b":2}'):
        test_read(f"no JSON: {text!a}", "NotJson", text, "json")
    for text in ("null", "[]", '"x"', "1", "true", '["first_name"]', "[{}]"):
        test_read(f"no object: {text}", "NotObject", text, "json")
    test_read("a known key twice", "Twice", '{"%s":"x","%s":"y"}' % (name, name), "duplicate")
    test_read("a known key twice, once as null", "Twice", '{"%s":null,"%s":"y"}' % (name, name),
              "duplicate")
    test_read("a byte order mark", "Mark", "\ufeff" + one('"x"'), result="acceptable",
              expected={name: "x"})
    for text in ("a\\u0000b", "a\\tb", "\\r\\n", "\u202ex", "a\u2028b", "a\u030ab"):
        test_read(f"characters that TDLib cleans: {text!a}", "Hygiene", one(f'"{text}"'),
                  result="acceptable")
    test_read("100 arrays in an unknown key", "Deep", '{"x":' + "[" * 100 + "]" * 100 + "}")
    test_read("5000 arrays in an unknown key", "Deep", '{"x":' + "[" * 5000 + "]" * 5000 + "}",
              result="acceptable", expected={})


def dates(document, name):
    for date in ("01.01.1970", "31.01.2001", "30.04.2020", "31.12.9999", "01.01.0001",
                 "28.02.1900"):
        test_check(f"{name} {date}", "Rules", document | {name: date})
    for year in ("1996", "2000", "2024", "2400"):
        test_check(f"{name} 29.02.{year}", "Leap", document | {name: f"29.02.{year}"})
    for date in ("29.02.1900", "29.02.2100", "29.02.2023", "30.02.2000", "31.04.2020", "31.06.2020",
                 "31.09.2020", "31.11.2020", "32.01.2020", "00.01.2020", "01.00.2020", "01.13.2020",
                 "01.01.0000", "1.1.2000", "01.1.2000", "1.01.2000", "01.01.20", "01.01.02000",
                 "2000-01-01",
                 "2000.01.01", "01/01/2000", "01-01-2000", "01.01.2000 ", " 01.01.2000",
                 "01. 1.2000",
                 "01.01.2000.", "01.01", "01.01.200a", "+1.01.2000", "-1.01.2000", "01..2000",
                 "01012000",
                 "\u0660\u0661.\u0660\u0661.\u0662\u0660\u0660\u0660", "01\uff0e01\uff0e2000",
                 "12/31/2000", "today", "01.01.2000\n"):
        test_check(f"{name} {date!a}", "Date", document | {name: date}, name)


def required(document, *names):
    for name in names:
        test_check(f"{name} is missing", "Missing",
                   {key: it for key, it in document.items() if key != name}, name)
        test_check(f"{name} is empty", "Missing", document | {name: ""}, name)
        test_check(f"{name} is null", "Missing", document | {name: None}, name)


def lengths(document, name, least, most, letter="x", beyond="invalid"):
    test_check(f"{name} of {least}", "Rules", document | {name: letter * least})
    test_check(f"{name} of {most}", "Rules", document | {name: letter * most})
    longer = document | {name: letter * (most + 1)}
    if beyond == "invalid":
        test_check(f"{name} of {most + 1}", "Length", longer, name)
    else:
        test_check(f"{name} of {most + 1}", "InputLimit", longer, result="acceptable")


def countries(document, name):
    for code in ("DE", "ZZ", "AA"):
        test_check(f"{name} {code}", "Rules", document | {name: code})
    for code in ("de", "De", "D", "DEU", "D1", "49", "D ", " D", "D\u0415", "\uff24\uff25",
                 "Germany", "D\n"):
        test_check(f"{name} {code!a}", "Word", document | {name: code}, name)


def checking_details():
    test_check("nothing but what is required", "Rules", DETAILS)
    required(DETAILS, *DETAILS)
    dates(DETAILS, "birth_date")
    for name in ("first_name", "middle_name", "last_name"):
        lengths(DETAILS, name, 1, 255)
        test_check(f"{name} with all that is allowed", "Rules", DETAILS | {name: "aZ09 .,/&-'"})
        for text in ("J\u00f6rg", "\u0410da", "Ad\u0430", "A_b", "A\"b", "A(b)", "A@b", "\uff21da",
                     "A;b", "A\u00a0b", "A\u2019b", "A\nb"):
            test_check(f"{name} {text!a}", "Letters", DETAILS | {name: text}, name)
    for word in ("Male", "FEMALE", "m", "other", "male ", "\u043cale", "0"):
        test_check(f"gender {word!a}", "Word", DETAILS | {"gender": word}, "gender")
    test_check("gender male", "Rules", DETAILS | {"gender": "male"})
    countries(DETAILS, "country_code")
    countries(DETAILS, "residence_country_code")
    test_check("native names of 256, though not asked for", "LengthUnit",
               DETAILS | dict.fromkeys(NATIVE, "x" * 256), result="acceptable")


def checking_native():
    full = DETAILS | NATIVE
    test_check("both", "Rules", full)
    test_check("Chinese, with an emoji", "Rules", full | {"last_name_native": "\u738b\U0001f600"})
    required(full, *NATIVE)
    for name in (*NATIVE, "middle_name_native"):
        lengths(full, name, 1, 255, "\u0436")
        test_check(f"{name} of 200 emoji", "LengthUnit", full | {name: "\U0001f600" * 200},
                   result="acceptable")


def checking_address():
    test_check("nothing but what is required", "Rules", HOME)
    required(HOME, *HOME)
    lengths(HOME, "street_line1", 1, 64, "\u00df")
    lengths(HOME, "city", 2, 64, "\u00e9")
    test_check("city of 1", "Length", HOME | {"city": "A"}, "city")
    lengths(HOME, "street_line2", 1, 64, beyond="acceptable")
    lengths(HOME, "state", 1, 64, beyond="acceptable")
    countries(HOME, "country_code")
    lengths(HOME, "post_code", 2, 10, "9")
    test_check("post_code of 1", "Length", HOME | {"post_code": "9"}, "post_code")
    test_check("post_code with letters", "Rules", HOME | {"post_code": "SW1A-1AA"})
    test_check("post_code as a number", "Rules", HOME | {"post_code": 10115})
    for text in ("SW1A 1AA", "10.115", "1011\u0660", "\u0410123", "10_15", "10115\n", "--\u2014"):
        test_check(f"post_code {text!a}", "Letters", HOME | {"post_code": text}, "post_code")


def checking_number():
    alone = {"document_no": "C01X00T47"}
    test_check("without expiry date", "Rules", alone)
    test_check("with an empty expiry date", "Rules", alone | {"expiry_date": ""})
    test_check("expired long ago", "Rules", alone | {"expiry_date": "01.01.1950"})
    required(alone, "document_no")
    dates(alone, "expiry_date")
    lengths(alone, "document_no", 1, 24)
    test_check("document_no of 24 Cyrillic letters", "Rules", {"document_no": "\u0416" * 24})
    test_check("document_no as a number", "Rules", '{"document_no":123456}')
    test_check("document_no of 24 emoji", "LengthUnit", {"document_no": "\U0001f600" * 24},
               result="acceptable")


for kind, name in (("personal_details", "first_name"), ("address", "city"),
                   ("passport", "document_no")):
    group("DocumentRead", kind)
    reading(name)
for kind in ("driver_license", "identity_card", "internal_passport"):
    group("DocumentRead", kind)
    test_read("both fields", "Plain", NUMBER)
    test_read("fields of other documents are unknown", "Unknown",
              NUMBER | {"first_name": 1, "city": []})
for kind, checking in (("personal_details", checking_details), ("address", checking_address),
                       ("passport", checking_number)):
    group("DocumentCheck", kind)
    checking()
group("DocumentCheck", "personal_details", True)
checking_native()
FILE.finish()
