// What the phone keeps: boxes sealed with a key that exists only in memory, made from the PIN.
// A box is "kept" only when it has been read back from the disk's own transaction and opened again.

const NAME = "dondoc-thuc-dia";
const ROUNDS = 600_000;
const text = new TextEncoder();
const words = new TextDecoder();

export class WrongPin extends Error {}
export class Full extends Error {}
export class NotKept extends Error {}
export class ElsewhereOpen extends Error {}

const asked = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });

const done = (transaction) =>
  new Promise((good, bad) => {
    transaction.oncomplete = () => good();
    transaction.onabort = () => bad(transaction.error || new NotKept("abort"));
  });

export async function derive(pin, salt, rounds = ROUNDS) {
  const raw = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function seal(key, name, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(name) }, key, bytes);
  return { iv, data };
}

export async function unseal(key, name, box) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv, additionalData: text.encode(name) }, key, box.data);
}

export class Vault {
  constructor() {
    this.key = null;
    this.base = null;
  }

  async open() {
    if (this.base) return this.base;
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts");
      request.result.createObjectStore("boxes");
    };
    const base = await asked(request);
    base.onversionchange = () => base.close();
    base.onclose = () => (this.base = null); // closed under us: opened again by whoever asks next
    this.base = base;
    return base;
  }

  async fact(name) {
    const base = await this.open();
    return asked(base.transaction("facts").objectStore("facts").get(name));
  }

  get exists() {
    return this.fact("vault").then(Boolean);
  }

  // A new vault for one person on one registered device.
  async create(pin, { device, owner }) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const key = await derive(pin, salt);
    const check = await seal(key, "check", text.encode("dondoc"));
    const base = await this.open();
    const writing = base.transaction(["facts", "boxes"], "readwrite", { durability: "strict" });
    writing.objectStore("facts").put({ salt, rounds: ROUNDS, check, device, owner }, "vault");
    writing.objectStore("facts").put(0, "counter");
    await done(writing);
    this.key = key;
  }

  async unlock(pin) {
    const { salt, rounds, check } = await this.fact("vault");
    const key = await derive(pin, salt, rounds);
    try {
      await unseal(key, "check", check);
    } catch {
      throw new WrongPin();
    }
    this.key = key;
  }

  lock() {
    this.key = null;
  }

  // Write these records (null takes one away) in one transaction, then read them back and compare.
  // `counter` is the next number of the sequence: two tabs can never give the same one.
  async keep(records, { counter = null } = {}) {
    const key = this.key;
    const prepared = [];
    for (const [name, record] of Object.entries(records)) {
      const bytes = record === null ? null : record instanceof ArrayBuffer ? record : text.encode(JSON.stringify(record));
      prepared.push({ name, bytes, box: bytes === null ? null : await seal(key, name, bytes) });
    }
    await this.write(prepared, counter);
    for (const { name, bytes } of prepared) {
      if (bytes !== null && !same(await this.bytes(name), bytes)) throw new NotKept(name);
    }
  }

  async write(prepared, counter, again = true) {
    const base = await this.open();
    let writing;
    try {
      writing = base.transaction(["facts", "boxes"], "readwrite", { durability: "strict" });
    } catch (closed) {
      this.base = null;
      if (again) return this.write(prepared, counter, false);
      throw closed;
    }
    const ended = done(writing);
    ended.catch(() => {});
    const boxes = writing.objectStore("boxes");
    try {
      if (counter !== null) {
        const facts = writing.objectStore("facts");
        if ((await asked(facts.get("counter"))) !== counter - 1) {
          writing.abort();
          throw new ElsewhereOpen();
        }
        facts.put(counter, "counter");
      }
      for (const { name, box } of prepared) {
        if (box === null) boxes.delete(name);
        else boxes.put(box, name);
      }
      await ended;
    } catch (failed) {
      if (failed?.name === "QuotaExceededError") throw new Full();
      throw failed;
    }
  }

  async bytes(name) {
    const base = await this.open();
    const box = await asked(base.transaction("boxes").objectStore("boxes").get(name));
    return box ? unseal(this.key, name, box) : null;
  }

  // Every record but pictures, opened.
  async all() {
    const base = await this.open();
    const store = base.transaction("boxes").objectStore("boxes");
    const [names, boxes] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    const found = new Map();
    for (const [place, name] of names.entries()) {
      if (name.startsWith("photo:")) continue;
      found.set(name, JSON.parse(words.decode(await unseal(this.key, name, boxes[place]))));
    }
    return found;
  }

  async destroy() {
    this.base?.close();
    this.base = this.key = null;
    await asked(indexedDB.deleteDatabase(NAME));
  }
}

function same(one, other) {
  if (one === null || one.byteLength !== other.byteLength) return false;
  const a = new Uint8Array(one);
  const b = new Uint8Array(other.buffer ? other.buffer : other);
  return a.every((byte, place) => byte === b[place]);
}
