// GramJS (the npm package telegram) behind the shim protocol: TL and the two-step password.
const bigInt = require("big-integer");
const schema = require("telegram/tl/generationHelpers");
const { hex, serve, withRandom, Unsupported } = require("../serve.js");

// The fields of each definition, caught while GramJS reads its schema: its classes do not tell them.
const { parseTl, variableSnakeToCamelCase } = schema;
const fields = {};
schema.parseTl = function* (...content) {
  for (const one of parseTl(...content)) {
    fields[[one.namespace, one.name].filter(Boolean).join(".")] = one.argsConfig;
    yield one;
  }
};
const { Api } = require("telegram");
const { BinaryReader } = require("telegram/extensions");
const password = require("telegram/Password");
const vectors = Object.values(fields).flatMap(Object.values).filter((field) => field.isVector);

function build(value, type) {
  if (Array.isArray(value)) return value.map((one) => build(one, type));
  if (type === "bytes") return hex(value);
  if (type === "long" || /^int\d/.test(type)) return bigInt(value);
  if (typeof value !== "object") return value;
  const { _: path, ...given } = value;
  const name = path.replace(/\w+$/, (last) => last[0].toUpperCase() + last.slice(1));
  const known = fields[name];
  const named = Object.entries(given).map(([key, one]) => [variableSnakeToCamelCase(key), one]);
  if (!known || named.some(([key]) => !known[key])) throw new Unsupported(); // layer 198 does not have it
  const args = named.map(([key, one]) => [key, build(one, known[key].type)]);
  return new (name.split(".").reduce((space, part) => space[part], Api))(Object.fromEntries(args));
}

function decode(bytes) {
  const reader = new BinaryReader(bytes);
  try {
    const value = reader.tgReadObject();
    if (reader.tellPosition() !== bytes.length) throw new Error("bytes are left");
    return value.getBytes();
  } finally {
    // GramJS takes the mark off a vector while it reads one. If it fails there, the mark stays off, and the type
    // with that field cannot be written any more. Each case is to find GramJS as if it were the first.
    for (const field of vectors) field.isVector = true;
  }
}

const algorithm = ({ salt1, salt2, g, p }) =>
  new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow({ salt1: hex(salt1), salt2: hex(salt2), g, p: hex(p) });

serve({
  tl_encode: ({ value }) => build(value).getBytes().toString("hex"),
  tl_decode: ({ bytes }) => ({ reencoded: decode(hex(bytes)).toString("hex") }),
  srp: async ({ password: text, srpB, a, ...request }) => {
    const state = { currentAlgo: algorithm(request), srp_B: hex(srpB), srpId: bigInt(1) };
    const { A, M1 } = await withRandom(hex(a), () => password.computeCheck(state, text));
    return { A: A.toString("hex"), M1: M1.toString("hex") };
  },
  srp_verifier: async ({ password: text, ...request }) =>
    (await password.computeDigest(algorithm(request), text)).toString("hex"),
}, (error) => error.constructor === Error || error.name === "TypeNotFoundError");
