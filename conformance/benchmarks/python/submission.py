"""Opens one submission with python-telegram-bot, as often as each line of the input says, and answers
with the nanoseconds of processor time that it took. What it opens is in a JSON file: the text of
`passport_data`, the private key in PEM, the nonce, the kinds of the elements."""

import json
import sys
import time

from telegram import Bot, PassportData


def main(path):
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    bot = Bot("1:none", private_key=given["private_key"].encode())

    def once():
        data = PassportData.de_json(json.loads(given["passport_data"]), bot)
        if data.decrypted_credentials.nonce != given["nonce"]:
            raise ValueError("the nonce differs")
        return data.decrypted_data

    if [element.type for element in once()] != given["elements"]:
        raise ValueError("these are not the elements")
    for line in sys.stdin:
        times = int(line)
        start = time.thread_time_ns()
        for _ in range(times):
            once()
        print(time.thread_time_ns() - start, flush=True)


main(*sys.argv[1:])
