"""The JSON documents, by the protocol reference, sections 7.5 to 7.9."""

import json
import re

from .scope import IDENTITY, Wrong

FIELDS = {
    "personal_details": (
        "first_name", "middle_name", "last_name", "birth_date", "gender", "country_code",
        "residence_country_code", "first_name_native", "last_name_native", "middle_name_native",
    ),
    "address": ("street_line1", "street_line2", "city", "state", "country_code", "post_code"),
} | dict.fromkeys(IDENTITY, ("document_no", "expiry_date"))

DETAILS = {
    "birth_date": "10.12.1985", "country_code": "DE", "first_name": "Ada", "gender": "female",
    "last_name": "Meier", "residence_country_code": "DE",
}
NATIVE = {"first_name_native": "\u0410\u0434\u0430",
          "last_name_native": "\u041c\u0430\u0439\u0435\u0440"}
HOME = {"city": "Berlin", "country_code": "DE", "post_code": "10115", "street_line1": "Ring 1"}
NUMBER = {"document_no": "C01X00T47", "expiry_date": "31.12.2039"}
# A sound document of each type that has one.
EXAMPLES = {"personal_details": DETAILS, "address": HOME} | dict.fromkeys(IDENTITY, NUMBER)


class Number(str):
    """The characters of a JSON number."""


def pairs(items):
    return [list(item) for item in items] or Empty


Empty = object()


def refuse(_):
    raise ValueError


def read(kind, data):
    """The fields of a document that are not empty, as text; raises Wrong."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Wrong("utf-8") from None
    if not re.match(r"[ \t\r\n]*\{", text):
        raise Wrong("json")
    try:
        found = json.loads(text, object_pairs_hook=pairs, parse_int=Number, parse_float=Number,
                           parse_constant=refuse)
    except ValueError:
        raise Wrong("json") from None
    out = {}
    for key, value in [] if found is Empty else found:
        if key not in FIELDS[kind]:
            continue
        if key in out:
            raise Wrong("duplicate")
        if value is not None and not isinstance(value, str):
            raise Wrong("json")
        out[key] = str(value or "")
        if any(0xD800 <= ord(letter) < 0xE000 for letter in out[key]):
            raise Wrong("utf-8")
    return {key: value for key, value in out.items() if value}


def is_date(text):
    found = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", text)
    if found is None:
        return False
    day, month, year = map(int, found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= days[month - 1] and year >= 1


LATIN = r"[a-zA-Z0-9.,/&\-' ]{1,255}"
COUNTRY = "[A-Z]{2}"


def matches(pattern):
    return lambda text: re.fullmatch(pattern, text, re.DOTALL) is not None


RULES = {
    "first_name": matches(LATIN), "middle_name": matches(LATIN), "last_name": matches(LATIN),
    "birth_date": is_date, "expiry_date": is_date, "gender": matches("male|female"),
    "country_code": matches(COUNTRY), "residence_country_code": matches(COUNTRY),
    "first_name_native": matches(".{1,255}"), "middle_name_native": matches(".{1,255}"),
    "last_name_native": matches(".{1,255}"), "street_line1": matches(".{1,64}"),
    "street_line2": matches(".{1,64}"), "city": matches(".{2,64}"), "state": matches(".{1,64}"),
    "post_code": matches("[a-zA-Z0-9-]{2,10}"), "document_no": matches(".{1,24}"),
}

OPTIONAL = ("middle_name", "middle_name_native", "street_line2", "state", "expiry_date")


def check(kind, native_names, data):
    """Raises Wrong, with the field, if a document breaks a rule that writers must keep."""
    fields = read(kind, data)
    for name in FIELDS[kind]:
        if name in fields:
            if not RULES[name](fields[name]):
                raise Wrong("rule", name)
        elif name not in OPTIONAL and (native_names or not name.endswith("_native")):
            raise Wrong("rule", name)


def outcome(work, *arguments):
    """What came of it, and the failure with the field."""
    try:
        return work(*arguments), (None, None)
    except Wrong as wrong:
        return None, (*wrong.args, None)[:2]
