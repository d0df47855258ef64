// The fallback file: everything unsent, sealed with the PIN, for the day the phone cannot send by itself.

import { derive, seal, unseal } from "./vault.js";

const FORMAT = "dondoc-thuc-dia-1";
const NAME = "bundle";
const text = new TextEncoder();

const toText = (bytes) => {
  let told = "";
  for (const byte of new Uint8Array(bytes)) told += String.fromCharCode(byte);
  return btoa(told);
};
const toBytes = (told) => Uint8Array.from(atob(told), (letter) => letter.charCodeAt(0));

export class NotOurs extends Error {}

export async function wrap(work) {
  const { salt, rounds } = await work.vault.fact("vault");
  const photos = {};
  for (const each of work.unsent.filter((one) => one.kind === "PHOTO")) photos[each.id] = toText(await work.vault.bytes(`photo:${each.id}`));
  const told = { device: work.device, owner: work.owner, operations: work.unsent, photos, offset: work.offset };
  const { iv, data } = await seal(work.vault.key, NAME, text.encode(JSON.stringify(told)));
  const file = { format: FORMAT, salt: toText(salt), rounds, iv: toText(iv), data: toText(data) };
  return new Blob([JSON.stringify(file)], { type: "application/json" });
}

export async function unwrap(words, pin) {
  let file;
  try {
    file = JSON.parse(words);
  } catch {
    throw new NotOurs();
  }
  if (file.format !== FORMAT) throw new NotOurs();
  const key = await derive(pin, toBytes(file.salt), file.rounds);
  const opened = await unseal(key, NAME, { iv: toBytes(file.iv), data: toBytes(file.data) });
  const told = JSON.parse(new TextDecoder().decode(opened));
  for (const [id, photo] of Object.entries(told.photos)) told.photos[id] = toBytes(photo).buffer;
  return told;
}
