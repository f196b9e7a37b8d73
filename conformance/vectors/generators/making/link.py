"""Links of requests, by the protocol reference, sections 4 and 5.2."""

import re
import urllib.parse

from .scope import ALIASES, OPTIONS, TYPES


def quote(text):
    """encodeURIComponent."""
    return urllib.parse.quote(text, safe="!'()*~-._")


def unquote(text):
    """Percent signs undone once, a bare plus a space; None if it is not UTF-8."""
    if re.search("%(?![0-9A-Fa-f]{2})", text):
        text = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    try:
        return urllib.parse.unquote_to_bytes(text.replace("+", " ")).decode()
    except UnicodeDecodeError:
        return None


def read(url):
    """What a link says by the rules that clients have in common, or the class of failure."""
    form = re.fullmatch(r"tg:(?://)?(passport|resolve)/?\?([^#]*)(?:#.*)?", url, re.DOTALL | re.I)
    if form is None:
        return "form"
    query = {}
    for pair in form[2].split("&"):
        name, _, value = pair.partition("=")
        query.setdefault(name.lower(), value)
    if form[1].lower() == "resolve" and query.get("domain") != "telegrampassport":
        return "form"
    query = {name: unquote(value) for name, value in query.items()}
    out = {name: query.get(name, "") for name in ("bot_id", "scope", "public_key")}
    for name, value in out.items():
        if not value:
            return "utf-8" if value is None else "missing"
        if name == "bot_id":
            digits = re.match("[0-9]*", value.strip().removeprefix("+"))[0]
            if not 0 < int(digits or 0) < 1 << 40:
                return "range"
            out["bot_id"] = str(int(digits))
    nonces = [query.get("nonce", ""), query.get("payload", "")]
    if None in nonces:
        return "utf-8"
    out["nonce"] = nonces[0] or nonces[1]
    if not out["nonce"]:
        return "missing"
    out["callback_url"] = query.get("callback_url", "") or ""
    return out


def short(scope):
    """The scope as the JavaScript SDK writes it into the link."""
    names = TYPES | ALIASES

    def element(it):
        if isinstance(it, str):
            return names[it]
        if "one_of" in it:
            out = {"_": [element(member) for member in it["one_of"]]}
        else:
            out = {"_": names[it["type"]]}
        return out | {OPTIONS[name]: 1 for name, value in it.items() if name in OPTIONS and value}

    return {"v": 1, "d": [element(it) for it in scope["data"]]}
