"""Scopes, by the protocol reference, sections 5.1 to 5.4 and 6."""

IDENTITY = {"passport": "pp", "driver_license": "dl", "identity_card": "ic",
            "internal_passport": "ip"}
ADDRESS = {"utility_bill": "ub", "bank_statement": "bs", "rental_agreement": "ra",
           "passport_registration": "pr", "temporary_registration": "tr"}
PLAIN = {"phone_number": "pn", "email": "em"}
OTHERS = {"personal_details": "pd", "address": "ad"} | PLAIN
ALIASES = {"id_document": "idd", "address_document": "add"}
MEMBERS = {"id_document": ["passport", "driver_license", "identity_card"],
           "address_document": ["utility_bill", "bank_statement", "rental_agreement"]}
TYPES = OTHERS | IDENTITY | ADDRESS
NAMES = {short: long for long, short in (TYPES | ALIASES).items()} | {it: it for it in TYPES | ALIASES}
OPTIONS = {"selfie": "s", "translation": "t", "native_names": "n"}
TWO_SIDED = ("driver_license", "identity_card")
WITH_DATA = ("personal_details", "address", *IDENTITY)
# The parts without which an element is not complete, and the types that have them.
REQUIRED = {"data": WITH_DATA, "front_side": IDENTITY, "reverse_side": TWO_SIDED, "files": ADDRESS}


class Wrong(Exception):
    """A broken rule: the class of failure, and for one of documents the field."""


def require(right, failure):
    if not right:
        raise Wrong(failure)


def required_parts(kind):
    return [part for part, kinds in REQUIRED.items() if kind in kinds]


def field(value, *names):
    found = [name for name in names if name in value]
    return (found[0], value[found[0]]) if found else (None, None)


def name_of(text):
    require(text in NAMES, "unknown")
    return NAMES[text]


def allowed(name, option):
    if option == "selfie":
        return name in IDENTITY or name == "id_document"
    if option == "translation":
        return name in IDENTITY or name in ADDRESS or name in ALIASES
    return name == "personal_details"


def options_of(value):
    found = set()
    for long, short in OPTIONS.items():
        _, flag = field(value, long, short)
        if any(key in value for key in (long, short)):
            require(flag in (True, False) and isinstance(flag, (bool, int)), "json")
            if flag:
                found.add(long)
    return found


def element(value, inside=False):
    """The kind of an element: a name, or a list of names with their options, and its options."""
    if isinstance(value, str):
        return name_of(value), set()
    require(isinstance(value, dict), "json")
    key, what = field(value, "_", "type", "one_of")
    require(key is not None, "missing")
    if isinstance(what, str) and key != "one_of":
        return name_of(what), options_of(value)
    require(isinstance(what, list) and key != "type", "json")
    require(not inside, "combination")
    return [element(member, True) for member in what], options_of(value)


def check(scope):
    """The rows of a scope: for each the alternatives, with their options. Raises Wrong."""
    require(isinstance(scope, dict), "json")
    require("v" in scope, "missing")
    version = scope["v"]
    require(isinstance(version, (int, float)) and not isinstance(version, bool), "json")
    require(version == 1, "unknown")
    key, rows = field(scope, "data", "d")
    require(key is not None, "missing")
    require(isinstance(rows, list), "json")
    rows = [element(row) for row in rows]
    require(rows, "missing")
    seen, out = set(), []
    for what, common in rows:
        if isinstance(what, str):
            require(all(allowed(what, option) for option in common), "combination")
            alternatives = [(name, common) for name in MEMBERS.get(what, [what])]
        else:
            require(what, "missing")
            for group in (IDENTITY, ADDRESS):
                if what[0][0] in group:
                    break
            require(all(name in group for name, _ in what), "combination")
            alternatives = [(name, own | common) for name, own in what]
            for name, options in alternatives:
                require(all(allowed(name, option) for option in options), "combination")
        for name, _ in alternatives:
            require(name not in seen, "duplicate")
            seen.add(name)
        out.append(alternatives)
    return out
