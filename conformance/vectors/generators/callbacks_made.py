#!/usr/bin/env python3
"""Writes callbacks_made.json: the URL that a user's client opens when the form is closed.

    python3 conformance/vectors/generators/callbacks_made.py [--check]

The rule is that of the protocol reference, section 4.5, as Telegram Desktop has it for pages and
the Apple SDK for applications.
"""

from making import File

NOTES = {
    "Page": ("BASIC", "http and https: the parameters go to the very end, joined by & if the last "
             "question mark stands behind the last number sign, else by a question mark."),
    "Fragment": ("FUNCTIONALITY", "The URL has a fragment, and the parameters go behind it all the "
                 "same. Whoever tidies this up, opens a page that looks for them in vain."),
    "QuestionMark": ("FUNCTIONALITY", "A question mark that is doubled, encoded, the last character, "
                     "or only looks like one. Whoever searches wrongly, loses the service's own "
                     "parameters or the outcome."),
    "Outcome": ("BASIC", "success, cancel, and the five errors of which a page is told."),
    "NotTold": ("CONFIDENTIALITY", "Any other error: nothing is opened, so url is null. Whoever "
                "opens something, tells a page what the server thinks of the user's client."),
    "Injection": ("MODIFIED_PARAMETER", "An error name with parameters in it. Whoever appends it, lets "
                  "whoever chooses the name report a success that there was not."),
    "Application": ("BASIC", "The application of the bot that asks: tgbot<id>://passport, with the "
                    "outcome as a path."),
    "ForbiddenScheme": ("AUTH_BYPASS", "Neither http nor https nor the bot's own application. "
                        "Whoever opens it, runs a script, opens a file or does something in "
                        "Telegram as the user, at the word of anybody who made the link."),
    "OtherBot": ("AUTH_BYPASS", "The application of another bot than the one that asks. Whoever "
                 "opens it, lets one service speak to the application of another."),
    "Disguised": ("AUTH_BYPASS", "A forbidden scheme behind white space, a line end or letters in "
                  "other case. Whoever compares texts before they are cleaned, opens it."),
    "NoHost": ("FUNCTIONALITY", "Begins as a page does, but names no host. It may be refused."),
    "Unescaped": ("CAN_OF_WORMS", "White space or a control character within. It may be refused; "
                  "whoever takes it, must open just that."),
    "Empty": ("FUNCTIONALITY", "Without a callback Android returns a result and other platforms open "
              "the bot's application: a library may leave that to its user."),
}

HEADER = [
    "CallbackBuild: what a client opens. In: bot_id (text), callback_url (as the link has it), "
    "outcome (success, cancel or error) and, with error, error (its name). Out: url, null if nothing "
    "is opened.",
    "invalid: nothing may ever be opened, whatever the outcome. failure is form.",
    "Android joins otherwise (always by &); these are the rules of Telegram Desktop.",
]

TOLD = ("BOT_INVALID", "PUBLIC_KEY_REQUIRED", "PUBLIC_KEY_INVALID", "SCOPE_EMPTY", "PAYLOAD_EMPTY")
TOLD_APPLICATIONS = ("BOT_INVALID", "PUBLIC_KEY_REQUIRED", "PUBLIC_KEY_INVALID", "SCOPE_EMPTY",
                     "NONCE_EMPTY", "TELEGRAM_NOT_INSTALLED", "USER_NOT_LOGGED_IN")

ELSE = object()
FILE = File("callbacks_made", "PassportCallback", HEADER, NOTES)


def opened(url, outcome, error=None):
    """What is opened; None for nothing."""
    if outcome == "error" and error not in TOLD:
        return None
    parameters = f"tg_passport={outcome}" + (f"&error={error}" if outcome == "error" else "")
    return url + ("&" if url.rfind("?") > url.rfind("#") else "?") + parameters


def test(comment, flag, url, outcome="success", error=None, result="valid", opens=ELSE):
    fields = {"bot_id": "77", "callback_url": url, "outcome": outcome}
    if error is not None:
        fields["error"] = error
    if result == "invalid":
        FILE.test(comment, [flag], result, "form", **fields)
        return
    out = opens if opens is not ELSE else opened(url, outcome, error)
    FILE.test(comment, [flag], result, **fields, url=out)


FILE.group("CallbackBuild")
# The first five are the table of the reference.
for url, joined in (
    ("https://a.example/x", "https://a.example/x?tg_passport=success"),
    ("https://a.example/x?s=1", "https://a.example/x?s=1&tg_passport=success"),
    ("https://a.example/x#f", "https://a.example/x#f?tg_passport=success"),
    ("https://a.example/x?s=1#f", "https://a.example/x?s=1#f?tg_passport=success"),
    ("https://a.example/x#f?s=1", "https://a.example/x#f?s=1&tg_passport=success"),
):
    assert opened(url, "success") == joined
    test(f"joined to {url}", "Fragment" if "#" in url else "Page", url)
for url in ("http://a.example", "https://a.example:8443/x/", "HTTPS://A.EXAMPLE/x",
            "hTTp://a.example/",
            "https://user:word@a.example/x", "https://[2001:db8::1]/x",
            "https://\u00e4.example/\u0436",
            "https://a.example/" + "x" * 3000):
    shown = url if len(url) < 80 else "a URL of 3000 letters"
    test(f"joined to {shown!a}", "Page", url)
for url in ("https://a.example/#", "https://a.example/?#", "https://a.example/#?",
            "https://a.example/?a#b#c", "https://a.example/#a?b#c", "https://a.example/?a#b?c#d?e"):
    test(f"fragment: joined to {url}", "Fragment", url)
for url in ("https://a.example/?", "https://a.example/?a=1&", "https://a.example/?a?b?c",
            "https://a.example/x%3Fa=1", "https://a.example/x%23?a=1",
            "https://a.example/x\uff1fa=1",
            "https://a.example/?u=https://b.example/?c", "https://a.example/?tg_passport=cancel",
            "https://a.example?s=1"):
    test(f"question mark: joined to {url!a}", "QuestionMark", url)
for url in ("https://a.example/x", "https://a.example/x?s=1#f"):
    test(f"cancel, joined to {url}", "Outcome", url, "cancel")
    test(f"an error, joined to {url}", "Outcome", url, "error", "BOT_INVALID")
for name in TOLD[1:]:
    test(f"the error {name}", "Outcome", "https://a.example/x?s=1", "error", name)
for name in ("NONCE_EMPTY", "APP_VERSION_OUTDATED", "PASSWORD_REQUIRED", "FLOOD_WAIT_3",
             "bot_invalid",
             "BOT_INVALID ", ""):
    test(f"the error {name!r}, of which no page is told", "NotTold", "https://a.example/x", "error",
         name)
for name in ("BOT_INVALID&tg_passport=success", "BOT_INVALID#", "%42OT_INVALID", "BOT_INVALID\n"):
    test(f"the error {name!r}", "Injection", "https://a.example/x", "error", name)

test("the application, success", "Application", "tgbot77://passport",
     opens="tgbot77://passport/success")
test("the application, cancel", "Application", "tgbot77://passport", "cancel",
     opens="tgbot77://passport/cancel")
for name in TOLD_APPLICATIONS:
    test(f"the application, {name}", "Application", "tgbot77://passport", "error", name,
         opens=f"tgbot77://passport/error?error={name}")
for url in ("tgbot78://passport", "tgbot770://passport", "tgbot7://passport", "tgbot077://passport",
            "tgbot://passport", "tgbot-77://passport", "tgbot77x://passport"):
    test(f"the application of another bot: {url}", "OtherBot", url, result="invalid")

for url in ("javascript:alert(1)", "javascript://a.example/%0Aalert(1)", "data:text/html,x",
            "file:///etc/passwd", "tg://resolve?domain=durov", "tg:passport?bot_id=1",
            "ftp://a.example/",
            "intent://a.example#Intent;scheme=https;end", "mailto:a@a.example", "tel:110",
            "vbscript:x",
            "ws://a.example/", "about:blank", "view-source:https://a.example/",
            "blob:https://a.example/1", "httpx://a.example/", "httpss://a.example/",
            "a.example/x", "//a.example/x", "/x", "?https://a.example/", "https", "https:"):
    test(f"forbidden: {url}", "ForbiddenScheme", url, result="invalid")
for url in (" javascript:alert(1)", "\tjavascript:alert(1)", "java\nscript:alert(1)",
            "JaVaScRiPt:x//http://",
            "javascript:/*https://a.example/*/1", "\u200bjavascript:x", "h\u0442tps://a.example/",
            "\uff48ttps://a.example/", "TG://resolve?domain=durov", "\x00tg:resolve?domain=durov"):
    test(f"forbidden, disguised: {url!a}", "Disguised", url, result="invalid")
test("forbidden, also when the user cancels", "ForbiddenScheme", "javascript:alert(2)", "cancel",
     result="invalid")
test("forbidden, also for an error that is told", "ForbiddenScheme", "javascript:alert(3)", "error",
     "BOT_INVALID", result="invalid")

for url in ("https://", "http:///x", "https://?a=1", "https://#f"):
    test(f"no host: {url}", "NoHost", url, result="acceptable")
for url in ("https://a.example/a b", "https://a.example/a\nb", "https://a.example/\u2028x",
            "https://a.example/\x7f"):
    test(f"not encoded: {url!a}", "Unescaped", url, result="acceptable")
test("no callback", "Empty", "", result="acceptable", opens="tgbot77://passport/success")
FILE.finish()
