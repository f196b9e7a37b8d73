// The npm package telegram-passport behind the shim protocol. It decrypts; of
// the nonce it hands out only the `payload` of old requests.
const crypto = require("crypto");
const fs = require("fs");
const TelegramPassport = require("telegram-passport");
const { serve } = require("../serve.js");

const base64 = (text) => Buffer.from(text, "base64");
const hex = (text) => Buffer.from(text, "hex");

const file = ({ file, secret, hash }) => ({ file_id: file.file_id, file_hash: hash, secret });

serve({
  value: ({ secret, hash, ct }) =>
    new TelegramPassport("").decryptPassportData(hex(ct), hex(hash), hex(secret)).toString("hex"),

  file: ({ path, secret, hash }) => {
    const plain = new TelegramPassport("").decryptPassportData(fs.readFileSync(path), base64(hash), base64(secret));
    return { sha256: crypto.createHash("sha256").update(plain).digest("hex"), size: plain.length };
  },

  message: ({ pem, passportData }) => {
    const { payload, ...values } = new TelegramPassport(pem).decrypt(passportData);
    const elements = passportData.data.map(({ type, phone_number, email }) => {
      const { data, front_side, reverse_side, selfie, files = [] } = values[type] || {};
      const element = { type, phone_number, email, data, files: files.map(file) };
      for (const [name, part] of Object.entries({ front_side, reverse_side, selfie }))
        if (part) element[name] = file(part);
      return element;
    });
    return { nonce: payload, elements };
  },
}, (error) => error.constructor === Error);
