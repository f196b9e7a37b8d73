// The loop of a shim for Node: a JSON object per line in, an answer per line out.
const crypto = require("crypto");
const readline = require("readline");

// The implementation cannot be asked that.
class Unsupported extends Error {}

// Answers by `operations`, functions by the name of `op`; `typed` tells the library's own errors.
// One request after the other: what an operation changes for its own time reaches no other.
async function serve(operations, typed) {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { id, op, ...request } = JSON.parse(line);
    let answer;
    try {
      if (!operations[op]) throw new Unsupported();
      answer = { ok: await operations[op](request) };
    } catch (error) {
      answer = { err: String(error.message).slice(0, 200), kind: typed(error) ? "typed" : "untyped" };
      if (error instanceof Unsupported) answer = { unsupported: true };
    }
    console.log(JSON.stringify({ id, ...answer }));
  }
}

// What comes of `task` if Node draws these random bytes; a second draw is undefined.
async function withRandom(bytes, task) {
  const { randomBytes } = crypto;
  const draws = [bytes];
  crypto.randomBytes = () => draws.pop();
  try {
    return await task();
  } finally {
    crypto.randomBytes = randomBytes;
  }
}

const hex = (text) => Buffer.from(text, "hex");

module.exports = { hex, serve, withRandom, Unsupported };
