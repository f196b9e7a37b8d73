// GramJS (the npm package telegram) behind the shim protocol: TL and the two-step password.
const crypto = require("crypto");
const bigInt = require("big-integer");
const { Api } = require("telegram");
const { BinaryReader } = require("telegram/extensions");
const password = require("telegram/Password");
const { parseTl, variableSnakeToCamelCase } = require("telegram/tl/generationHelpers");
const { serve, Unsupported } = require("../serve.js");

const { randomBytes } = crypto;
const hex = (text) => Buffer.from(text, "hex");
const capital = (text) => text[0].toUpperCase() + text.slice(1);

// The fields of each definition, since its class does not tell their types.
const fields = {};
for (const { namespace, name, argsConfig } of parseTl(require("telegram/tl/apiTl.js"), 198))
  fields[[namespace, name].filter(Boolean).join(".")] = argsConfig;

function build(value, type) {
  if (Array.isArray(value)) return value.map((one) => build(one, type));
  if (type === "bytes") return hex(value);
  if (type === "long" || /^int\d/.test(type)) return bigInt(value);
  if (typeof value !== "object") return value;
  const path = value._.split(".");
  const name = [...path.slice(0, -1), capital(path.at(-1))];
  const known = fields[name.join(".")];
  if (!known) throw new Unsupported(); // layer 198 does not have it
  const given = Object.entries(value).filter(([key]) => key !== "_");
  const named = given.map(([key, one]) => [variableSnakeToCamelCase(key), one]);
  const args = named.map(([key, one]) => [key, build(one, known[key] && known[key].type)]);
  return new (name.reduce((space, part) => space[part], Api))(Object.fromEntries(args));
}

const algorithm = ({ salt1, salt2, g, p }) =>
  new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow({ salt1: hex(salt1), salt2: hex(salt2), g, p: hex(p) });

serve({
  tl_encode: ({ value }) => build(value).getBytes().toString("hex"),

  tl_decode: ({ bytes }) => {
    const reader = new BinaryReader(hex(bytes));
    const value = reader.tgReadObject();
    if (reader.tellPosition() !== hex(bytes).length) throw new Error("bytes are left");
    return { reencoded: value.getBytes().toString("hex") };
  },

  srp: async ({ password: text, srpB, a, ...request }) => {
    const draws = [hex(a)];
    const state = { currentAlgo: algorithm(request), srp_B: hex(srpB), srpId: bigInt(1) };
    crypto.randomBytes = () => draws.pop(); // a second draw would be undefined
    try {
      const { A, M1 } = await password.computeCheck(state, text);
      return { A: A.toString("hex"), M1: M1.toString("hex") };
    } finally {
      crypto.randomBytes = randomBytes;
    }
  },

  srp_verifier: async ({ password: text, ...request }) =>
    (await password.computeDigest(algorithm(request), text)).toString("hex"),
}, (error) => error.constructor === Error || error.name === "TypeNotFoundError");
