#!/usr/bin/env python3
"""Writes links_made.json: request links as they are read and built.

    python3 conformance/vectors/generators/links_made.py [--check]

Reading and building are written anew in making/link.py, from the protocol reference, section 4. Each
case says what must come of it; that reader must agree.
"""

import json

from making import File
from making.link import quote, read, short

NOTES = {
    "Form": ("BASIC", "The forms of a link that all official clients know, also without slashes "
             "and with a slash before the question mark. Whoever refuses one, loses the users of "
             "the clients and pages that write it."),
    "LetterCase": ("FUNCTIONALITY", "Scheme, host or name of a parameter in capitals. Clients "
                   "differ; whoever takes them, must find the same request in them."),
    "OldHost": ("LEGACY", "tg://secureid was known to some old clients only."),
    "OtherLink": ("AUTH_BYPASS", "A link of another kind, which no client shows as a request. "
                  "Whoever takes it, can be led to ask a user for documents by any web page."),
    "Percent": ("FUNCTIONALITY", "Percent-encoding, undone exactly once. Whoever undoes it twice or "
                "not at all, hands on a key or nonce that the service does not have, and the "
                "submission is lost."),
    "NotUtf8": ("CAN_OF_WORMS", "The bytes are not UTF-8. Whoever repairs them, shows the user one "
                "text and sends the server another."),
    "BadPercent": ("CAN_OF_WORMS", "A percent sign without two digits. TDLib takes it literally, a "
                   "strict reader refuses it; neither may invent a byte."),
    "Unescaped": ("FUNCTIONALITY", "A character that the writer should have encoded. Readers may "
                  "refuse it; whoever takes it, must not cut the value there."),
    "Plus": ("FUNCTIONALITY", "A bare plus sign: a space to some clients, a plus to others. In a "
             "key that is another key."),
    "Order": ("BASIC", "The order of the parameters is free; unknown ones are passed over."),
    "Twice": ("CAN_OF_WORMS", "A parameter stands twice: the first one counts. Whoever takes the "
              "last, shows the user another request than the next program in the chain has checked "
              "(an attacker appends a parameter to somebody's link)."),
    "Missing": ("MISSING_STEP", "A required parameter is missing or empty. Whoever goes on, asks "
                "for documents that can never be tied to a request."),
    "BotId": ("MISSING_STEP", "1 to 2^40 - 1. Whoever lets a number wrap around, shows the user "
              "another bot than the one that gets the documents."),
    "BotIdText": ("CAN_OF_WORMS", "A bot id that is not plain decimal digits. Clients differ; "
                  "whoever takes it, must read the same bot."),
    "NonceByShape": ("AUTH_BYPASS", "With a scope of the form {..} the nonce counts, else the "
                     "payload, by the first and last character alone. Whoever mixes them up, takes "
                     "the literal payload=nonce of all SDKs for everybody's nonce, so that any old "
                     "submission passes for an answer."),
    "NonceFallback": ("CAN_OF_WORMS", "Only the parameter is there that the shape of the scope does "
                      "not ask for, or both are with an old scope. TDLib falls back, Telegram "
                      "Desktop does not."),
    "Fragment": ("CAN_OF_WORMS", "A fragment: TDLib cuts it off, by its pattern Telegram Desktop "
                 "does not always."),
    "Long": ("FUNCTIONALITY", "No length is published. Texts up to some kilobytes must pass."),
    "TooLong": ("RESOURCES", "More than the 35000 bytes that TDLib leaves of a text. It may "
                "be refused, and must not be cut in silence."),
    "Callback": ("BASIC", "The callback URL is handed on as it is; it may be empty."),
    "Build": ("BASIC", "The official JavaScript SDK makes the same link. Whoever encodes less, has "
              "links that end early or carry another key."),
    "BuildEdge": ("FUNCTIONALITY", "A character in nonce, key or callback that has a meaning in "
                  "links. Left as it is, it ends the value or becomes another."),
    "BuildRefused": ("MISSING_STEP", "A request that no client accepts. Whoever builds the link all "
                     "the same, learns of it from the users."),
}

HEADER = [
    "Links of requests, beyond deep_links.json, with the same fields.",
    "DeepLinkParse: expected is bot_id as text, scope, public_key, nonce (or payload) and "
    "callback_url, empty if there is none. acceptable: official clients differ; it may be refused, "
    "but whoever takes it must find expected.",
    "DeepLinkBuild: url is as the official JavaScript SDK makes it; other orders of the parameters "
    "and the long scope are right, too. Read again, url must give the same texts.",
    "failure: form (another kind of link, or a URL that no client opens), missing, utf-8, range (of "
    "bot ids).",
]

SCOPE = '{"v":1,"d":["pp"]}'
REQUIRED = {"bot_id": "77", "scope": SCOPE, "public_key": "k", "nonce": "N"}


def link(start="tg://passport?", tail="", **parameters):
    """A link; a parameter that is None is left out, bytes stand as they are."""
    pairs = REQUIRED | parameters
    text = lambda value: value.decode() if isinstance(value, bytes) else quote(value)
    pairs = [f"{name}={text(value)}" for name, value in pairs.items() if value is not None]
    return start + "&".join(pairs) + tail


FILE = File("links_made", "PassportDeepLink", HEADER, NOTES)


def parse(comment, flag, result, url, failure=None, **expected):
    """`result` as a class of failure means invalid."""
    found = read(url)
    if result in ("valid", "acceptable"):
        assert isinstance(found, dict), (comment, found)
        assert all(found[name] == value for name, value in expected.items()), (comment, found)
        FILE.test(comment, [flag], result, url=url, expected=found)
    else:
        assert found == result, (comment, found)
        FILE.test(comment, [flag], "invalid", result, url=url)


def forms():
    resolve = "resolve?domain=telegrampassport&"
    for start in ("tg://" + resolve, "tg:" + resolve, "tg://resolve/?domain=telegrampassport&",
                  "tg:passport?", "tg://passport/?", "tg:passport/?"):
        parse(f"begins with {start}", "Form", "valid", link(start))
    parse("the domain behind the rest", "Form", "valid",
          link("tg://resolve?", "&domain=telegrampassport"))
    parse("tg://passport with the domain of the other form", "Form", "valid",
          link(domain="telegrampassport"))
    parse("tg://passport with another domain, which is no parameter of that form", "Form", "valid",
          link(domain="durov"))
    for start in ("TG://passport?", "tg://PASSPORT?", "Tg:Resolve?domain=telegrampassport&"):
        parse(f"letters in other case: {start}", "LetterCase", "acceptable", link(start))
    parse("names of parameters in capitals", "LetterCase", "acceptable",
          "tg://passport?BOT_ID=77&Scope=s&Public_Key=k&Payload=P", nonce="P")
    FILE.test("tg://secureid", ["OldHost"], "acceptable", url=link("tg://secureid?"),
              expected=read(link()))
    for start in ("https://t.me/telegrampassport?", "https://telegram.me/telegrampassport?",
                  "http://t.me/passport?", "tg://telegrampassport?", "tg://passportx?",
                  "tg://xpassport?", "tgs://passport?", "passport?", "//passport?", "ton://passport?",
                  "tg://passport&", "tg://resolve?domain=durov&", "tg://resolve?domain=&",
                  "tg://resolve?", "tg://resolve?domain=durov&domain=telegrampassport&",
                  "tg://passport#?", "tg://socks?", "javascript:tg://passport?"):
        parse(f"begins with {start} and is no request", "OtherLink", "form", link(start))


def encoding():
    for shown, raw, text in (
        ("letters that need none", b"%4e%4F%6e%6F", "NOno"),
        ("a plus", b"a%2Bb", "a+b"), ("a plus by small digits", b"a%2bb", "a+b"),
        ("a space", b"a%20b", "a b"), ("a percent sign", b"100%25", "100%"),
        ("what looks encoded after decoding", b"%2541%252B", "%41%2B"),
        ("all that separates parameters", b"%26%3D%23%3F%2F%3B", "&=#?/;"),
        ("line ends as in PEM", b"a%0Ab%0A", "a\nb\n"), ("quotes", b"%22%27%60", "\"'`"),
        ("two bytes a character", b"%C3%A4%D0%96", "\u00e4\u0416"),
        ("three bytes a character", b"%E2%82%AC%EF%BF%BD", "\u20ac\ufffd"),
        ("four bytes a character", b"%F0%9F%98%80%F4%8F%BF%BF", "\U0001f600\U0010ffff"),
        ("a decomposed letter, which stays so", b"a%CC%88", "a\u0308"),
        ("a byte order mark inside", b"a%EF%BB%BFb", "a\ufeffb"),
    ):
        parse(f"percent-encoded: {shown}", "Percent", "valid", link(nonce=raw), nonce=text)
        if shown in ("a plus", "line ends as in PEM"):
            parse(f"percent-encoded in the key: {shown}", "Percent", "valid",
                  link(public_key=raw), public_key=text)
    for shown, raw in (
        ("a byte that never occurs", b"%FF"), ("a lone continuation", b"%80"),
        ("a cut sequence", b"a%E2%82"), ("an overlong slash", b"%C0%AF"),
        ("an overlong zero in three bytes", b"%E0%80%80"), ("a surrogate", b"%ED%A0%80"),
        ("beyond the last code point", b"%F4%90%80%80"), ("five bytes", b"%F8%88%80%80%80"),
        ("Latin-1", b"M%FCller"),
    ):
        parse(f"not UTF-8 in the nonce: {shown}", "NotUtf8", "utf-8", link(nonce=raw))
    for name in ("bot_id", "scope", "public_key"):
        parse(f"not UTF-8 in {name}", "NotUtf8", "utf-8", link(**{name: b"7%FF"}))
    parse("not UTF-8 in the payload of an old scope", "NotUtf8", "utf-8",
          link(scope="pp", nonce=None, payload=b"%FF"))
    parse("not UTF-8 in an unknown parameter", "Order", "acceptable", link(other=b"%FF"))
    for raw in (b"a%", b"a%4", b"%zz", b"%%41", b"%+1", b"%-1"):
        shown = raw.decode()
        parse(f"bad percent sign: {shown}", "BadPercent", "acceptable", link(nonce=raw))
    for raw in ("a=b", "a==", "a;b", "a?b", "a/b:c@d", "a,b$c", "\u043d\u043e\u0447\u044c", "a b",
                "a\"b", "{a}|b^c", "a\tb"):
        parse(f"not encoded: {raw!a}", "Unescaped", "acceptable", link(nonce=raw.encode()), nonce=raw)
    for name in ("nonce", "public_key"):
        parse(f"a bare plus in {name}", "Plus", "acceptable", link(**{name: b"a+b"}))


def parameters():
    parse("the parameters from last to first", "Order", "valid",
          "tg://passport?payload=P&callback_url=&nonce=N&public_key=k&scope=%7B%7D&bot_id=77")
    parse("empty pairs between and around", "Order", "valid",
          "tg://passport?&&bot_id=77&&scope=s&public_key=k&payload=P&", nonce="P")
    parse("names without a value, and a value without a name", "Order", "valid", link(tail="&x&=y&z="))
    parse("names that begin like others", "Order", "valid", link("tg://passport?nonce2=X&bot_ids=5&"))
    for name, other in (("bot_id", "78"), ("scope", "{}"), ("public_key", "other"), ("nonce", "X"),
                        ("callback_url", "https://b.example/"), ("payload", "X")):
        first = {"callback_url": "https://a.example/", "payload": "P"} | REQUIRED
        parse(f"{name} twice", "Twice", "valid", link(**first, tail=f"&{name}={quote(other)}"))
        if name in REQUIRED:
            parse(f"{name} twice, the first empty", "Twice", "missing",
                  link(**{name: ""}, tail=f"&{name}={quote(other)}"))
            parse(f"{name} left out", "Missing", "missing", link(**{name: None}))
            parse(f"{name} empty", "Missing", "missing", link(**{name: ""}))
    parse("an old scope with an empty payload", "Missing", "missing",
          link(scope="pp", nonce=None, payload=""))
    parse("separators as HTML writes them", "Missing", "missing", link().replace("&", "&amp;"))
    for number in ("1", str((1 << 31) - 1), str(1 << 31), str(1 << 32), str((1 << 40) - 1)):
        parse(f"bot id {number}", "BotId", "valid", link(bot_id=number), bot_id=number)
    for number in ("0", "00", "-1", str(1 << 40), str(1 << 63), str((1 << 64) + 77), "9" * 40, "abc",
                   "x77"):
        parse(f"bot id {number}", "BotId", "range", link(bot_id=number))
    for text in ("0077", "+77", " 77", "77 ", "77abc", "77.0", "77:token"):
        parse(f"bot id as {text!r}", "BotIdText", "acceptable", link(bot_id=text), bot_id="77")


def nonces():
    for shown, scope in (("an object", SCOPE), ("an empty object", "{}"), ("no JSON", "{x}"),
                         ("two objects", "{}{}"), ("an object of an unknown version", '{"v":9}')):
        parse(f"{shown} as scope, nonce and payload: the nonce", "NonceByShape", "valid",
              link(scope=scope, payload="nonce"), nonce="N")
    for shown, scope in (("an array", '["passport"]'), ("a space before the object", " {}"),
                         ("a line end behind the object", "{}\n"), ("an opening brace", "{"),
                         ("a closing brace", "}"), ("a word", "asd"), ("braces inside", "[{}]")):
        parse(f"{shown} as scope, only a payload: that", "NonceByShape", "valid",
              link(scope=scope, nonce=None, payload="P"), nonce="P")
        parse(f"{shown} as scope, an empty nonce and a payload: that", "NonceByShape", "valid",
              link(scope=scope, nonce="", payload="P"), nonce="P")
    parse("an old scope and both", "NonceFallback", "acceptable", link(scope="pp", payload="P"),
          nonce="N")
    parse("an old scope and only a nonce", "NonceFallback", "acceptable", link(scope="pp"), nonce="N")
    parse("an object as scope and only a payload", "NonceFallback", "acceptable",
          link(nonce=None, payload="P"), nonce="P")
    parse("an object as scope and only the payload of the SDKs", "NonceFallback", "acceptable",
          link(nonce=None, payload="nonce"), nonce="nonce")


def rest():
    parse("a fragment behind the nonce", "Fragment", "acceptable", link(tail="#top"))
    parse("a fragment with parameters", "Fragment", "acceptable", link(tail="#&nonce=X&bot_id=78"))
    parse("a fragment that is empty", "Fragment", "acceptable", link(tail="#"))
    parse("a required parameter only in the fragment", "Fragment", "missing",
          link(nonce=None, tail="#&nonce=N"))
    for name, length in (("nonce", 4096), ("scope", 6000), ("public_key", 2000)):
        text = "x" * (length - 2)
        text = "{" + text + "}"
        parse(f"{name} of {length} bytes", "Long", "valid", link(**{name: text}), **{name: text})
    parse("a nonce of 40000 bytes", "TooLong", "acceptable", link(nonce="x" * 40000))
    for url in ("", "https://a.example/", "https://a.example/x?a=1&b=2#c", "tgbot77://passport",
                "http://[::1]:8080/\u00e4"):
        parse(f"callback {url!a}", "Callback", "valid", link(callback_url=url), callback_url=url)


def build(comment, flag, failure=None, *, bot_id="77", nonce="N", public_key="k", callback_url="",
          scope={"data": ["passport"], "v": 1}):
    fields = {"bot_id": bot_id, "scope": scope, "public_key": public_key, "nonce": nonce,
              "callback_url": callback_url}
    if failure is not None:
        FILE.test(comment, [flag], "invalid", failure, **fields)
        return
    in_link = json.dumps(short(scope), separators=(",", ":"))
    pairs = {"bot_id": bot_id, "scope": in_link, "public_key": public_key, "nonce": nonce}
    pairs |= {"callback_url": callback_url} if callback_url else {}
    pairs |= {"payload": "nonce"}
    url = "tg://resolve?domain=telegrampassport"
    url += "".join(f"&{name}={quote(value)}" for name, value in pairs.items())
    assert read(url) == {name: pairs.get(name, "") for name in read(url)}, comment
    FILE.test(comment, [flag], "valid", **fields, scopeShort=short(scope), url=url)


def builds():
    one_of = lambda members, **options: {"data": [{"one_of": members, **options}], "v": 1}
    build("all options", "Build", scope={"v": 1, "data": [
        {"type": "personal_details", "native_names": True}, "address", "phone_number", "email",
        {"type": "passport", "selfie": True, "translation": True},
        {"one_of": ["utility_bill", {"type": "bank_statement", "translation": True}]}]})
    build("alternatives with options of the row and of a member", "Build", scope=one_of(
        [{"type": "passport", "translation": True}, "internal_passport"], selfie=True))
    build("both aliases", "Build", scope={"data": [
        {"type": "id_document", "selfie": True}, {"type": "address_document", "translation": True}],
        "v": 1})
    build("the least bot id", "Build", bot_id="1")
    build("the greatest bot id", "Build", bot_id=str((1 << 40) - 1))
    pem = "-----BEGIN PUBLIC KEY-----\nMIG+a/b+c/d+e=\n-----END PUBLIC KEY-----"
    build("a key in lines, with a final line end", "Build", public_key=pem + "\n")
    build("a key without a final line end, which stays so", "Build", public_key=pem)
    build("a key with CR LF, which is kept", "BuildEdge", public_key=pem.replace("\n", "\r\n"))
    for shown, text in (
        ("all printable characters of ASCII", "".join(map(chr, range(32, 127)))),
        ("control characters", "\t\n\r\x1b\x7f"), ("what looks encoded", "%41%2B%"),
        ("a literal nonce", "nonce"), ("emoji and a byte order mark", "\U0001f600\ufeff"),
        ("Cyrillic, and a decomposed letter", "\u043d\u043ea\u0308"),
        ("only a plus", "+"), ("only a space", " "), ("4000 ampersands", "&" * 4000),
    ):
        build(f"nonce: {shown}", "BuildEdge", nonce=text)
    for url in ("https://a.example/", "http://a.example", "HTTPS://A.example/x?y=1&z=2#f",
                "https://a.example/?u=tg%3A%2F%2Fpassport%3Fnonce%3DX", "tgbot77://passport",
                "https://\u00e4.example/"):
        build(f"with the callback {url!a}", "BuildEdge", callback_url=url)
    build("a request of bot 0", "BuildRefused", "range", bot_id="0")
    build("a request of bot -5", "BuildRefused", "range", bot_id="-5")
    build("a request of bot 2^40", "BuildRefused", "range", bot_id=str(1 << 40))
    build("no nonce", "BuildRefused", "missing", nonce="")
    build("no key", "BuildRefused", "missing", public_key="")
    build("no version in the scope", "BuildRefused", "missing", scope={"data": ["passport"]})
    build("no elements in the scope", "BuildRefused", "missing", scope={"data": [], "v": 1})
    for url in ("javascript:alert(1)", "file:///etc/passwd", "tg://resolve?domain=durov",
                "tgbot78://passport", "a.example/x"):
        build(f"callback that no client opens: {url}", "BuildRefused", "form", callback_url=url)


FILE.group("DeepLinkParse")
for part in (forms, encoding, parameters, nonces, rest):
    part()
FILE.group("DeepLinkBuild")
builds()
FILE.finish()
