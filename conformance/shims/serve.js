// The loop of a shim for Node: a JSON object per line in, an answer per line out.
const readline = require("readline");

// The implementation cannot be asked that.
class Unsupported extends Error {}

// Answers by `operations`, functions by the name of `op`; `typed` tells the library's own errors.
function serve(operations, typed) {
  readline.createInterface({ input: process.stdin }).on("line", async (line) => {
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
  });
}

module.exports = { serve, Unsupported };
